/** Why something of FHIR or GA4GH is not taken, or cannot be written. */

export const FAULTS = [
  /** Not the resource, the term or the token that is wanted, or not in its form. */
  'other-kind',
  /** A code of a system that is read here, but which no list has. */
  'code-unknown',
  /** A code that is known, and that the chain has no word for. */
  'not-representable',
  /** Two things that cannot both be. */
  'contradiction',
  /** Something that is needed is not there. */
  'missing',
  /** Something says that the rest means something else: `implicitRules`, a `modifierExtension`. */
  'modified',
  /** A study or a consent that is over, or not begun. */
  'not-in-force',
  /** An organisation, a person or a disease that is not known here. */
  'unknown-party',
] as const;
export type Fault = (typeof FAULTS)[number];

/** Something is refused: it says what nothing here can represent, or does not say what is needed. `path` says where. */
export class NotRepresentable extends SalusError {
  constructor(readonly fault: Fault, readonly path: string, readonly detail: string, options?: ErrorOptions) {
    super(`${path}: ${detail} (${fault})`, options);
  }
}

/** Refuses. */
export const refuse = (fault: Fault, path: string, detail: string): never => {
  throw new NotRepresentable(fault, path, detail);
};

/** A value of somebody else's, for a sentence. */
export const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
};import { SalusError } from '@salus/types';

