/** Reading FHIR's JSON: members by name, lists, references and codings of systems that are ours. */
import { canonicalFhirJson } from '@salus/types';
import { refuse, shown } from '../refused.js';

export type Node = Readonly<Record<string, unknown>>;

/** A resource from its bytes, of one reading (`NotFhirJson` otherwise), and of the type that is wanted. */
export function resourceIn(record: Uint8Array, type: string): Node {
  const value = JSON.parse(new TextDecoder().decode(canonicalFhirJson(record))) as unknown;
  if (member(value, 'resourceType') !== type) refuse('other-kind', 'resource', `it is no ${type}`);
  return value as Node;
}

/** A member of a JSON object, if it is its own. */
export const member = (node: unknown, name: string): unknown =>
  (typeof node === 'object' && node !== null && Object.hasOwn(node, name) ? (node as Node)[name] : undefined);

/** The items with their paths: FHIR repeats by arrays, and one thing in the place of an array is taken too. */
export function itemsOf(node: unknown, path: string): [unknown, string][] {
  if (node === undefined || node === null) return [];
  return Array.isArray(node) ? node.map((item: unknown, at) => [item, `${path}[${at}]`]) : [[node, path]];
}

/** The codings of a concept, with their paths. Refuses a concept that is text alone: nobody can tell what it means. */
export function codingsOf(concept: unknown, path: string): { system: string; code: string; path: string }[] {
  const codings = itemsOf(member(concept, 'coding'), `${path}.coding`);
  if (codings.length === 0) refuse('code-unknown', path, 'it has no code');
  return codings.map(([coding, at]) => {
    const [system, code] = [member(coding, 'system'), member(coding, 'code')];
    if (typeof system !== 'string' || typeof code !== 'string') return refuse('code-unknown', at, `${shown(coding)} has no system, or no code`);
    return { system, code, path: at };
  });
}

/** The value of an identifier of ours in a reference. */
export function identifiedBy(reference: unknown, system: string): string | undefined {
  const identifier = member(reference, 'identifier');
  const value = member(identifier, 'value');
  return member(identifier, 'system') === system && typeof value === 'string' ? value : undefined;
}

/** A whole number in decimal digits and nothing else. */
export const numberIn = (text: string | undefined): number | undefined =>
  (text !== undefined && /^(0|[1-9]\d{0,9})$/.test(text) ? Number(text) : undefined);

/**
 * Refuses whatever changes the meaning of the rest (`implicitRules`, any `modifierExtension`), wherever it stands, and what says of itself that parts
 * are missing or that it is a test.
 */
export function unmodified(resource: Node): void {
  const open: [unknown, string][] = [[resource, String(resource['resourceType'])]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [node, path] = next;
    if (typeof node !== 'object' || node === null) continue;
    for (const [name, value] of Object.entries(node)) {
      const at = Array.isArray(node) ? `${path}[${name}]` : `${path}.${name}`;
      if (name === 'implicitRules' || name === 'modifierExtension') refuse('modified', at, 'it changes the meaning of the rest, and is not known here');
      open.push([value, at]);
    }
  }
  for (const [tag, at] of [...itemsOf(member(resource['meta'], 'tag'), 'meta.tag'), ...itemsOf(member(resource['meta'], 'security'), 'meta.security')]) {
    const code = member(tag, 'code');
    if (code === 'SUBSETTED') refuse('modified', at, 'parts of it were left out (SUBSETTED)');
    if (code === 'HTEST') refuse('not-in-force', at, 'it is marked as test data (HTEST)');
  }
}
