/** What is done with each element of a resource: what is in no table is refused, so that nothing is overlooked. */
import type { FhirElement } from './fhir-tree.js';
import type { RefusalCode } from './refused.js';

export type Treatment =
  /** The code that reads it gives it its meaning, or refuses it. */
  | { kind: 'understood'; how: string }
  /** It cannot change what is owed or to whom. */
  | { kind: 'ignored'; why: string }
  /** Its presence is enough. */
  | { kind: 'refused'; code: RefusalCode; why: string };

/** The elements of one type, by name. */
export type Elements = Readonly<Record<string, Treatment>>;

export const understood = (how: string, ...names: string[]): Elements => all({ kind: 'understood', how }, names);
export const ignored = (why: string, ...names: string[]): Elements => all({ kind: 'ignored', why }, names);
export const refused = (code: RefusalCode, why: string, ...names: string[]): Elements => all({ kind: 'refused', code, why }, names);

const all = (treatment: Treatment, names: string[]): Elements => Object.fromEntries(names.map((name) => [name, treatment]));

/** Of every element: a plain extension may be ignored by whoever does not know it (R4, "Extensibility"). */
export const ELEMENT: Elements = ignored('says nothing about the claim; an extension that is no modifier may be ignored', 'id', 'extension');

/** Of every resource. */
export const RESOURCE: Elements = {
  ...ELEMENT,
  ...understood('says which resource it is', 'resourceType'),
  ...understood('refused if it says SUBSETTED or HTEST', 'meta'),
  ...ignored('words for people, and its language', 'text', 'language'),
};

/** Refuses what the table does not have, and what it refuses. */
export function checkElements(element: FhirElement, elements: Elements): void {
  for (const member of Object.keys(element.members)) {
    const name = member.startsWith('_') ? member.slice(1) : member;
    const treatment = Object.hasOwn(elements, name) ? elements[name] : undefined;
    if (!treatment) element.refuse('UnknownElement', 'FHIR R4 has no such element here', member);
    else if (treatment.kind === 'refused') element.refuse(treatment.code, treatment.why, member);
  }
}
