/** Why a FHIR resource is not taken. */
import { SalusError, type SensitivityLabel } from '@salus/types';
import type { AuditFault } from './audit-faults.js';
import type { ConsentFault } from './consent-faults.js';

/** Why class or labels of a resource cannot be told: it is treated by hand, and not released meanwhile. */
export type ClassFault =
  | 'not-a-resource'
  /** Something says that the rest means something else: `implicitRules`, a `modifierExtension`. */
  | 'modifier-unknown'
  /** The type has no class: Bundles, Parameters, lists and the like, whose parts may be of several. */
  | 'type-without-class'
  /** Neither category nor code says of which class it is. */
  | 'class-unknown'
  /** Category and code say that it is of several classes. */
  | 'class-conflict'
  /** A security label that is in no table. */
  | 'label-unknown'
  /** Restricted or very restricted, without a label that says why. */
  | 'restricted-unexplained'
  /** A document is referenced, whose labels count, and it was not given. */
  | 'document-not-given'
  /** A result is named, whose class and labels count, and it was not given. */
  | 'result-not-given';

/** What is the matter, for programs: with a record, a Consent or an AuditEvent. */
export type ResourceFault = ClassFault | ConsentFault | AuditFault;

/** A path for a message: names of members are the sender's, and may be long. */
export const shortPath = (path: string): string => (path.length > 300 ? `${path.slice(0, 200)} ... ${path.slice(-90)}` : path);

export interface RefusedOptions extends ErrorOptions {
  /** What would make it known. */
  help?: string;
  /** The labels that were found all the same, where that got so far. */
  labels?: readonly SensitivityLabel[];
}

/** A resource that is not taken, because it does not say what is to be read from it, or says what nothing here can represent. */
export class ResourceRefused extends SalusError {
  /** Where, as a path from the resource: `DocumentReference.securityLabel[0].coding[1]`. */
  readonly path: string;
  /** What would make it known: of one whose class or labels cannot be told. */
  readonly help: string | undefined;
  /** The labels that were found all the same: of the same, where that got so far. */
  readonly labels: readonly SensitivityLabel[] | undefined;

  constructor(readonly fault: ResourceFault, path: string, readonly detail: string, { help, labels, ...options }: RefusedOptions = {}) {
    super(`${shortPath(path)}: ${detail} (${fault})${help === undefined ? '' : `. ${help}`}`, options);
    this.path = shortPath(path);
    this.help = help;
    this.labels = labels;
  }
}

/** The members of a JSON value by name, or its items by position. */
export const membersOf = (node: unknown): [string, unknown][] =>
  typeof node === 'object' && node !== null ? Object.entries(node) : [];

/** A member of a JSON object, if it is its own. */
export const member = (node: unknown, name: string): unknown =>
  typeof node === 'object' && node !== null && Object.hasOwn(node, name) ? (node as Record<string, unknown>)[name] : undefined;

/** The items there are: FHIR repeats by arrays, and one thing in the place of an array is taken too. */
export const listOf = (node: unknown): unknown[] =>
  node === undefined || node === null ? [] : Array.isArray(node) ? node : [node];

/** The items with their paths. */
export const pathsOf = (node: unknown, path: string): [unknown, string][] =>
  listOf(node).map((item, index) => [item, Array.isArray(node) ? `${path}[${index}]` : path]);
