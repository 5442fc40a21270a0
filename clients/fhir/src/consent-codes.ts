/** The chain's directives and their codes in FHIR, in both directions. */
import type { Action, DataClass, Purpose, SensitivityLabel } from '@salus/types';
import { CLASS_BY_TYPE, CLASS_TABLE, TELLING_ELEMENTS } from './class-table.js';
import { codingsOf } from './books.js';
import { codeOf, keyOf, LOINC, shown, V3_ACT_CODE, V3_PARTICIPATION_TYPE } from './systems.js';

export const PATIENT_SYSTEM = 'urn:salus:patient';
/** An organisation and a role there: `4/Nurse`. */
export const ROLE_SYSTEM = 'urn:salus:role';
export const ACCOUNT_SYSTEM = 'urn:salus:account';
/** A person at one organisation: the organisation's number, `/` and the account. */
export const ACCOUNT_AT_SYSTEM = 'urn:salus:account-at';
export const ACTION_SYSTEM = 'urn:salus:action';
export const DATA_CLASS_SYSTEM = 'urn:salus:data-class';
/** What binds the grantee besides: who does not know it must not take the provision. */
export const ERASE_AFTER = 'urn:salus:erase-after';
export const REDISCLOSE_DEPTH = 'urn:salus:redisclose-depth';
/** There is a sealed directive, which permits or denies what it does not say. */
export const SEALED = 'urn:salus:sealed';

export const CONSENT_SCOPE = 'http://terminology.hl7.org/CodeSystem/consentscope';
/** The one kind of Consents that is read. In R5, which has no scope, it may stand among the categories. */
export const PRIVACY: ReadonlySet<string> = new Set([`${CONSENT_SCOPE} patient-privacy`]);
/** Consents to share: the general one, to release, to access, to disclose. */
export const CATEGORIES: ReadonlySet<string> = new Set([`${LOINC} 59284-0`, `${LOINC} 64292-6`, `${V3_ACT_CODE} INFA`, `${V3_ACT_CODE} IDSCL`]);
/** Who receives: primarily, or as such. */
export const RECIPIENTS: ReadonlySet<string> = new Set([`${V3_PARTICIPATION_TYPE} PRCP`, `${V3_PARTICIPATION_TYPE} IRCP`]);
export const CONSENT_ACTION = 'http://terminology.hl7.org/CodeSystem/consentaction';
export const RESOURCE_TYPES = 'http://hl7.org/fhir/resource-types';

/** Whether a concept is of the given codes, and has no other: a coding that is passed over may say something else, or more. */
export function isOneOf(concept: unknown, keys: ReadonlySet<string>): boolean {
  const codes = codingsOf(concept).map(codeOf);
  return codes.length > 0 && codes.every((code) => code !== undefined && keys.has(keyOf(code)));
}

/** The codings of a concept for a sentence. */
export const codesShown = (concept: unknown): string => codingsOf(concept).map(shown).join(', ').slice(0, 200) || 'text';

/** HL7's word that is nearest to an action. Only `access` and `correct` are read: the others can mean several of the chain's. */
export const NEAREST_ACTION: Readonly<Record<Action, string>> = { Read: 'access', Export: 'collect', Amend: 'correct', Redisclose: 'disclose' };
export const ACTIONS_READ: Readonly<Record<string, readonly Action[]>> = { access: ['Read'], correct: ['Read', 'Amend'] };

/** v3-ActReason has the chain's purposes under the same names in capitals. */
export const purposeCode = (purpose: Purpose): string => purpose.toUpperCase();

/** v3-ActCode's word for a label. */
export const LABEL_CODES: Readonly<Record<SensitivityLabel, string>> = {
  Eth: 'ETH', Ethud: 'ETHUD', Opioidud: 'OPIOIDUD', Psy: 'PSY', Sdv: 'SDV', Hiv: 'HIV', Sex: 'SEX', Minor: 'ADOL',
};

/**
 * The resource types of which a class consists, for classes that types alone make up. A Consent that names some of
 * them only says less than the class, and a class is the least that the chain can say.
 */
export const TYPES_OF_CLASS: ReadonlyMap<DataClass, ReadonlySet<string>> = (() => {
  const told = new Set(CLASS_TABLE.map(({ dataClass }) => dataClass));
  const classes = new Map<DataClass, Set<string>>();
  for (const [type, dataClass] of Object.entries(CLASS_BY_TYPE)) {
    if (!told.has(dataClass)) classes.set(dataClass, (classes.get(dataClass) ?? new Set()).add(type));
  }
  return classes;
})();

/** Whether a resource type is of some class, or of several. */
export const isClassified = (type: string): boolean => Object.hasOwn(CLASS_BY_TYPE, type) || Object.hasOwn(TELLING_ELEMENTS, type);
