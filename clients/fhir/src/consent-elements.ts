/**
 * What is done with each element of a FHIR Consent of R4 and of R5, at every level: what is in no table is refused, so
 * that nothing is overlooked. A test compares the tables with the types of the standard.
 *
 * A plain extension is in no table. FHIR lets those who do not know it pass over it, yet HL7's own
 * `consent-ResearchStudyContext`, which says for which study alone a provision holds, is a plain one. So it is refused
 * in all that is read, and passed over only in what is ignored.
 */
import { refuse, type FhirVersion } from './consent-rules.js';
import { listOf, member, membersOf, pathsOf } from './refused.js';
import { inWords } from './systems.js';

/** What is done with an element. */
export type ConsentElement =
  /** A value without elements of its own: the code that reads it gives it its meaning, or refuses it. */
  | { kind: 'value'; repeats: boolean }
  /** It has elements: those of the table of this name. */
  | { kind: 'inside'; table: string; repeats: boolean }
  /** The code that reads the rest refuses it whatever is in it. */
  | { kind: 'refused'; repeats: boolean }
  /** It cannot change who may do what, nor when. Nothing inside is looked at. */
  | { kind: 'ignored'; why: string };

/** The elements of one type, by name. */
export type ConsentElements = Readonly<Record<string, ConsentElement>>;

const all = (element: ConsentElement, names: string[]): ConsentElements => Object.fromEntries(names.map((name) => [name, element]));
const value = (...names: string[]): ConsentElements => all({ kind: 'value', repeats: false }, names);
const values = (...names: string[]): ConsentElements => all({ kind: 'value', repeats: true }, names);
const one = (table: string, ...names: string[]): ConsentElements => all({ kind: 'inside', table, repeats: false }, names);
const many = (table: string, ...names: string[]): ConsentElements => all({ kind: 'inside', table, repeats: true }, names);
const refusedOne = (...names: string[]): ConsentElements => all({ kind: 'refused', repeats: false }, names);
const refusedMany = (...names: string[]): ConsentElements => all({ kind: 'refused', repeats: true }, names);
const ignored = (why: string, ...names: string[]): ConsentElements => all({ kind: 'ignored', why }, names);

const ELEMENT = ignored('a name within the resource', 'id');

/** The types that both versions have in the same form. */
const DATA_TYPES: Readonly<Record<string, ConsentElements>> = {
  CodeableConcept: { ...ELEMENT, ...many('Coding', 'coding'), ...ignored('words for people', 'text') },
  Coding: { ...ELEMENT, ...value('system', 'code', 'display'), ...ignored('a code means the same in each version', 'version', 'userSelected') },
  Period: { ...ELEMENT, ...value('start', 'end') },
  Reference: { ...ELEMENT, ...value('reference', 'display'), ...one('Identifier', 'identifier'), ...ignored('the caller says whom it means', 'type') },
  Identifier: { ...ELEMENT, ...value('system', 'value'), ...ignored('says who gave it, and for what', 'use', 'type', 'period', 'assigner') },
  // An extension here is about how the resource is kept.
  Meta: { ...ELEMENT, ...many('Coding', 'security', 'tag'), ...ignored('how it is kept', 'versionId', 'lastUpdated', 'source', 'profile', 'extension') },
  /** One of ours: no other that changes the meaning is read. */
  Extension: { ...ELEMENT, ...value('url', 'valueDateTime', 'valueInteger') },
  ConsentProvisionActor: { ...ELEMENT, ...one('CodeableConcept', 'role'), ...one('Reference', 'reference') },
};

const SOURCE = 'what people agreed to in words: a remark says that there is one';

const CONSENT: ConsentElements = {
  ...ELEMENT,
  ...value('resourceType', 'status'),
  ...one('Meta', 'meta'),
  ...many('CodeableConcept', 'category'),
  ...many('ConsentVerification', 'verification'),
  ...ignored('words for people, and its language', 'text', 'language'),
  ...ignored('a number of the Consent', 'identifier'),
  ...ignored('the caller says whom references mean', 'contained'),
  ...ignored(SOURCE, 'sourceAttachment', 'sourceReference'),
};

const PROVISION: ConsentElements = {
  ...ELEMENT,
  ...one('Period', 'period', 'dataPeriod'),
  ...many('ConsentProvisionActor', 'actor'),
  ...many('CodeableConcept', 'action'),
  ...many('Coding', 'securityLabel', 'purpose'),
  ...many('Extension', 'modifierExtension'),
  ...many('ConsentProvision', 'provision'),
  ...refusedMany('code', 'data'),
};

const VERIFICATION: ConsentElements = { ...ELEMENT, ...value('verified'), ...ignored('with whom it was verified', 'verifiedWith') };

/** The tables of each version, by the names of FHIR's types. */
export const CONSENT_ELEMENTS: Readonly<Record<FhirVersion, Readonly<Record<string, ConsentElements>>>> = {
  '4.0': {
    ...DATA_TYPES,
    Consent: {
      ...CONSENT,
      ...one('CodeableConcept', 'scope', 'policyRule'),
      ...one('Reference', 'patient'),
      ...value('dateTime'),
      ...many('Reference', 'performer'),
      ...refusedMany('policy'),
      ...one('ConsentProvision', 'provision'),
      ...ignored('who keeps the Consent', 'organization'),
    },
    ConsentProvision: { ...PROVISION, ...value('type'), ...many('Coding', 'class') },
    ConsentVerification: { ...VERIFICATION, ...value('verificationDate') },
  },
  '5.0': {
    ...DATA_TYPES,
    Consent: {
      ...CONSENT,
      ...one('Reference', 'subject'),
      ...value('date', 'decision'),
      ...one('Period', 'period'),
      ...many('Reference', 'grantor'),
      ...many('CodeableConcept', 'regulatoryBasis'),
      ...refusedOne('policyBasis'),
      ...many('ConsentProvision', 'provision'),
      ...ignored('who keeps the Consent and sees that it is kept', 'manager', 'controller'),
      ...ignored('who has to comply: a remark says that it names somebody', 'grantee'),
      ...ignored(SOURCE, 'policyText'),
    },
    ConsentProvision: { ...PROVISION, ...many('Coding', 'resourceType'), ...refusedMany('documentType'), ...refusedOne('expression') },
    ConsentVerification: { ...VERIFICATION, ...values('verificationDate'), ...ignored('how and by whom it was verified', 'verificationType', 'verifiedBy') },
  },
};

/** The path of a member for a message: the name is the sender's. */
const memberAt = (path: string, name: string): string => `${path}.${name.slice(0, 60)}`;

function refuseOther(node: unknown, name: string, path: string, version: FhirVersion): void {
  if (name !== 'extension') refuse('not-a-consent', memberAt(path, name), `FHIR R${version[0]} does not know the element`);
  const url = member(listOf(member(node, name))[0], 'url') ?? 'without a url';
  refuse('extension-unknown', memberAt(path, name), `the extension ${inWords(url, 120)} may limit what is read, and is not known here`);
}

/** What FHIR's JSON has beside a value: a name, and extensions. Only values have it. */
function checkBeside(node: unknown, name: string, path: string, version: FhirVersion): void {
  for (const [beside, at] of pathsOf(member(node, name), memberAt(path, name))) {
    for (const [inside] of membersOf(beside)) if (inside !== 'id') refuseOther(beside, inside, at, version);
  }
}

/** Refuses what the tables of a version do not have, at any depth, and a list in the place of one thing. */
function checkInside(node: unknown, table: string, path: string, version: FhirVersion): void {
  const elements = CONSENT_ELEMENTS[version][table] ?? {};
  for (const [name, inside] of membersOf(node)) {
    const isBeside = name.startsWith('_');
    const plain = isBeside ? name.slice(1) : name;
    const element = Object.hasOwn(elements, plain) ? elements[plain] : undefined;
    if (element?.kind === 'ignored') continue;
    if (element === undefined || (isBeside && element.kind !== 'value')) refuseOther(node, name, path, version);
    else if (isBeside) checkBeside(node, name, path, version);
    else if (Array.isArray(inside) && !element.repeats) refuse('not-a-consent', memberAt(path, name), 'there can be one only');
    else if (element.kind === 'inside') {
      for (const [each, at] of pathsOf(inside, memberAt(path, name))) checkInside(each, element.table, at, version);
    }
  }
}

/** Refuses what a version of FHIR does not know in a Consent, and what it knows and is not read. */
export const onlyElements = (consent: unknown, version: FhirVersion): void => checkInside(consent, 'Consent', 'Consent', version);
