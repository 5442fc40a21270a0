/**
 * A FHIR resource as it was sent, with its numbers as they were written. JavaScript's own reader makes
 * 100 of 100.00 and rounds what does not fit a double, so nothing here goes through one.
 */
import type { CodeableConcept } from 'fhir/r4.js';
import { canonicalFhirJson, IntegrityBroken, utf8 } from '@salus/types';
import { WrittenNumber } from '@salus/types/json';
import { marksOf, modifiersOf } from '../modifiers.js';
import { FhirRefused, type RefusalCode } from './refused.js';

export interface Members {
  [name: string]: Tree;
}
export type Tree = null | boolean | string | WrittenNumber | Tree[] | Members;

/** Instead of a number while `JSON.parse` reads: an object with this one member. No name in FHIR is like it. */
const MARK = '\u0000';
const QUOTED_MARK = JSON.stringify(MARK);

const isMark = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 1 && MARK in value;

/** Reads a resource. `FhirRefused` for what is not JSON, and for an object that was parsed already. */
export function readTree(resource: Uint8Array | string): Tree {
  if (typeof resource !== 'string' && !(resource instanceof Uint8Array)) {
    throw new FhirRefused('NotFhirJson', 'resource', 'give it as it was sent, in bytes or text: a parsed object has lost how its numbers were written');
  }
  if (typeof resource === 'string' && /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(resource)) {
    throw new FhirRefused('NotFhirJson', 'resource', 'half of a surrogate pair');
  }
  let text: string;
  try {
    text = new TextDecoder().decode(canonicalFhirJson(typeof resource === 'string' ? utf8(resource) : resource));
  } catch (error) {
    if (!(error instanceof IntegrityBroken)) throw error;
    throw new FhirRefused('NotFhirJson', 'resource', error.message, { cause: error });
  }
  if (text.includes(`${QUOTED_MARK}:`)) throw new FhirRefused('NotFhirJson', 'resource', 'a member whose name is U+0000');
  return JSON.parse(withMarkedNumbers(text), (_, value: unknown) => (isMark(value) ? new WrittenNumber(value[MARK] as string) : value)) as Tree;
}

/** Canonical JSON with each number as a marked string. */
function withMarkedNumbers(text: string): string {
  const parts: string[] = [];
  let from = 0;
  let at = 0;
  while (at < text.length) {
    const sign = text[at] as string;
    if (sign === '"') {
      at += 1;
      while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
      at += 1;
    } else if (sign === '-' || (sign >= '0' && sign <= '9')) {
      let end = at + 1;
      while (end < text.length && !',]}'.includes(text[end] as string)) end += 1;
      parts.push(text.slice(from, at), `{${QUOTED_MARK}:"`, text.slice(at, end), '"}');
      from = at = end;
    } else {
      at += 1;
    }
  }
  parts.push(text.slice(from));
  return parts.join('');
}

/** The canonical form of a part of a resource: the bytes that the form `FhirJson` commits to. */
export function canonicalText(tree: Tree): string {
  if (tree instanceof WrittenNumber) return tree.text;
  if (Array.isArray(tree)) return `[${tree.map(canonicalText).join(',')}]`;
  if (!isMembers(tree)) return JSON.stringify(tree);
  return `{${Object.keys(tree).sort().map((name) => `${JSON.stringify(name)}:${canonicalText(tree[name] as Tree)}`).join(',')}}`;
}

/** The part as a program reads it that knows nothing of this. Its numbers are doubles: for codes and words only. */
export const plain = (tree: Tree): unknown => JSON.parse(canonicalText(tree));

export const isMembers = (tree: Tree | undefined): tree is Members =>
  typeof tree === 'object' && tree !== null && !Array.isArray(tree) && !(tree instanceof WrittenNumber);

/** An element of a resource, and where it is. What is not of the type that is asked for is `Malformed`. */
export class FhirElement {
  constructor(readonly members: Members, readonly path: string) {}

  refuse(code: RefusalCode, reason: string, name?: string): never {
    throw new FhirRefused(code, name === undefined ? this.path : `${this.path}.${name}`, reason);
  }

  has(name: string): boolean {
    return Object.hasOwn(this.members, name);
  }

  private get(name: string): Tree | undefined {
    if (this.has(name)) return this.members[name];
    if (this.has(`_${name}`)) return this.refuse('Malformed', 'it is not there, and an extension says why', name);
    return undefined;
  }

  string(name: string): string | undefined {
    const value = this.get(name);
    if (value === undefined || (typeof value === 'string' && value !== '')) return value;
    return this.refuse('Malformed', 'it is not a string', name);
  }

  boolean(name: string): boolean | undefined {
    const value = this.get(name);
    return value === undefined || typeof value === 'boolean' ? value : this.refuse('Malformed', 'it is neither true nor false', name);
  }

  /** A number as it is written. */
  number(name: string): string | undefined {
    const value = this.get(name);
    if (value === undefined || value instanceof WrittenNumber) return value?.text;
    return this.refuse('Malformed', 'it is not a number', name);
  }

  /** A positive integer. */
  positive(name: string): number | undefined {
    const text = this.number(name);
    if (text === undefined) return undefined;
    return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : this.refuse('Malformed', `${text} is not a positive whole number`, name);
  }

  child(name: string): FhirElement | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    return isMembers(value) ? new FhirElement(value, `${this.path}.${name}`) : this.refuse('Malformed', 'it is not one element with members', name);
  }

  /** The repetitions of an element; none if it is not there. */
  children(name: string): FhirElement[] {
    return this.values(name).map((value, at) => {
      const path = `${this.path}.${name}[${at}]`;
      if (isMembers(value)) return new FhirElement(value, path);
      throw new FhirRefused('Malformed', path, 'it is not an element with members');
    });
  }

  /** The repetitions of a primitive element, all of them strings. */
  strings(name: string): string[] {
    return this.values(name).map((value) => (typeof value === 'string' ? value : this.refuse('Malformed', 'not all of it are strings', name)));
  }

  private values(name: string): Tree[] {
    const value = this.get(name);
    if (value === undefined) return [];
    return Array.isArray(value) && value.length > 0 ? value : this.refuse('Malformed', 'it is not a list of one or more', name);
  }

  /** What is required of an element by R4. */
  required<T>(value: T | undefined, name: string): T {
    return value ?? this.refuse('Malformed', 'it is required, and is not there', name);
  }
}

/** The codes of a CodeableConcept, as `system|code`. */
export const codesOf = (concept: FhirElement | undefined): string[] =>
  (concept?.has('coding') ? concept.children('coding') : []).map((coding) => `${coding.string('system') ?? ''}|${coding.string('code') ?? ''}`);

/** A concept as a program reads it that knows nothing of this, once its codes have the form of codes. */
export function conceptOf(concept: FhirElement): CodeableConcept {
  codesOf(concept);
  return plain(concept.members) as CodeableConcept;
}

/** Whether a concept has codes, and all of them say `none`. */
export const isNone = (concept: FhirElement): boolean => {
  const codes = codesOf(concept);
  return codes.length > 0 && codes.every((code) => code.endsWith('|none'));
};

/** What a reference is to: the same text for the same thing, as far as the resource itself tells. */
export function targetOf(reference: FhirElement | undefined): string | undefined {
  const written = reference?.string('reference');
  if (written !== undefined) return written;
  const identifier = reference?.child('identifier');
  const value = identifier?.string('value');
  return value === undefined ? undefined : `${identifier?.string('system') ?? ''}|${value}`;
}

/** The value of an identifier of the given system, if the reference has one. */
export function valueIn(system: string, reference: FhirElement | undefined): string | undefined {
  const identifier = reference?.child('identifier');
  return identifier?.string('system') === system ? identifier.string('value') : undefined;
}

/**
 * The resource, if it is of the type, and nothing anywhere in it changes the meaning of the rest:
 * no `modifierExtension`, no `implicitRules`, not a summary, not test data.
 */
export function readResource(resource: Uint8Array | string, type: string): FhirElement {
  const tree = readTree(resource);
  if (!isMembers(tree)) throw new FhirRefused('OtherResource', 'resource', 'it is not a resource');
  const found = new FhirElement(tree, type);
  const resourceType = tree['resourceType'];
  if (resourceType !== type) {
    throw new FhirRefused('OtherResource', 'resourceType', `it is ${typeof resourceType === 'string' ? `of type ${resourceType}` : 'of no type'}, not ${type}`);
  }
  const [modifier] = modifiersOf(tree, type);
  if (modifier) {
    throw new FhirRefused(
      modifier.name === 'implicitRules' ? 'ImplicitRules' : 'ModifierExtension', modifier.path,
      'it may change the meaning of everything around it, and is not understood',
    );
  }
  const meta = found.child('meta');
  // What is no coding could hide one of these marks.
  for (const name of ['tag', 'security']) meta?.children(name).forEach((coding) => [coding.string('system'), coding.string('code')]);
  for (const [mark, path] of marksOf(tree, type)) {
    if (mark === 'SUBSETTED') throw new FhirRefused('Partial', path, 'parts of it were left out (SUBSETTED)');
    throw new FhirRefused('TestData', path, 'it is marked as test data (HTEST)');
  }
  return found;
}
