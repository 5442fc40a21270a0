/** Directives of the chain as FHIR Consents, of R4 or of R5. */
import type { Consent } from 'fhir/r4.js';
import type { Consent as ConsentR5 } from 'fhir/r5.js';
import { ACTIONS, DATA_CLASSES, PURPOSES, SENSITIVITY_LABELS, type ConsentDirective, type DataTime, type Grantee } from '@salus/types';
import { date, dateTime, period } from '@salus/types/days';
import { ORGANISATION_SYSTEM } from './claims/fhir-parts.js';
import { ACCOUNT_AT_SYSTEM, ACCOUNT_SYSTEM, ACTION_SYSTEM, CONSENT_ACTION, CONSENT_SCOPE, DATA_CLASS_SYSTEM, ERASE_AFTER, LABEL_CODES, NEAREST_ACTION, PATIENT_SYSTEM, purposeCode, REDISCLOSE_DEPTH, ROLE_SYSTEM, SEALED } from './consent-codes.js';
import { versionOf, type FhirVersion } from './consent-rules.js';
import { LOINC, V3_ACT_CODE, V3_ACT_REASON, V3_CONFIDENTIALITY, V3_PARTICIPATION_TYPE, type Code } from './systems.js';

/** The last moment that FHIR can tell. */
const LAST = 253_402_300_799;

// Both versions have these in the same form, and so the types of neither are named.
const concept = (...coding: Code[]) => ({ coding });
const reference = (type: string, system: string, value: string) => ({ type, identifier: { system, value } });

/** Nobody in particular is no actor: that is what FHIR makes of it. */
function actors(grantee: Grantee) {
  if (grantee === 'Any') return [];
  const who = 'practitioner' in grantee
    ? grantee.at === undefined ? reference('Practitioner', ACCOUNT_SYSTEM, grantee.practitioner)
      : reference('PractitionerRole', ACCOUNT_AT_SYSTEM, `${grantee.at}/${grantee.practitioner}`)
    : grantee.role === undefined ? reference('Organization', ORGANISATION_SYSTEM, String(grantee.organisation))
      : reference('PractitionerRole', ROLE_SYSTEM, `${grantee.organisation}/${grantee.role}`);
  return [{ role: concept({ system: V3_PARTICIPATION_TYPE, code: 'PRCP' }), reference: who }];
}

/** In the order of the lists, each once. */
const sorted = <T>(list: readonly T[], codes: readonly T[]): T[] => list.filter((code) => codes.includes(code));

function duties({ eraseAfter, rediscloseDepth }: ConsentDirective, zone: string) {
  return [
    ...(eraseAfter === undefined ? [] : [{ url: ERASE_AFTER, valueDateTime: dateTime(eraseAfter, zone) }]),
    ...(rediscloseDepth === undefined ? [] : [{ url: REDISCLOSE_DEPTH, valueInteger: rediscloseDepth }]),
  ];
}

/** How a Consent is written. */
export interface ConsentOptions {
  /** The version of FHIR: R4 (`4.0`) unless said, or R5 (`5.0`). */
  fhirVersion?: FhirVersion;
  /** The time zone of its dates, by its IANA name. */
  zone: string;
  /** Whether the directive was revoked or lifted, and when in Unix seconds. */
  ended?: number;
}

/** Data of a time without an end is a period that has none. */
const dataPeriod = ({ from, until }: DataTime, zone: string) => (until === undefined ? { start: dateTime(from, zone) } : period({ from, until }, zone));

/** What a provision says in either version, and the classes of data, which each calls otherwise. */
function limits(directive: ConsentDirective, { zone, ended }: ConsentOptions) {
  const { effect, grantee, scope, labels, from, until } = directive;
  const end = ended === undefined ? until : Math.min(ended, until);
  const modifierExtension = duties(directive, zone);
  const securityLabel: Code[] = [
    // A Permit reaches ordinary data and data with its labels; a Deny that names labels reaches only these.
    ...(effect === 'Permit' ? [{ system: V3_CONFIDENTIALITY, code: 'N' }] : []),
    ...sorted(SENSITIVITY_LABELS, labels).map((label) => ({ system: V3_ACT_CODE, code: LABEL_CODES[label] })),
  ];
  const actor = actors(grantee);
  return {
    head: modifierExtension.length > 0 ? { modifierExtension } : {},
    said: {
      period: forceOf(from, end, zone),
      ...(actor.length > 0 ? { actor } : {}),
      action: sorted(ACTIONS, scope.actions).map((action) => concept(
        { system: ACTION_SYSTEM, code: action }, { system: CONSENT_ACTION, code: NEAREST_ACTION[action] },
      )),
      ...(securityLabel.length > 0 ? { securityLabel } : {}),
      purpose: sorted(PURPOSES, scope.purposes).map((purpose) => ({ system: V3_ACT_REASON, code: purposeCode(purpose) })),
    },
    classes: sorted(DATA_CLASSES, scope.classes).map((dataClass) => ({ system: DATA_CLASS_SYSTEM, code: dataClass })),
    data: scope.data === undefined ? {} : { dataPeriod: dataPeriod(scope.data, zone) },
  };
}

/** A time in which something is in force. A Deny may hold for ever, which FHIR says by no end. */
const forceOf = (from: number, end: number, zone: string) => (end > LAST ? { start: dateTime(from, zone) } : period({ from, until: end }, zone));

/** What each Consent of R4 begins with: nothing is permitted that a provision does not permit. */
function headR4(patient: string, from: number, { zone, ended }: ConsentOptions): Consent {
  return {
    resourceType: 'Consent',
    status: ended === undefined ? 'active' : 'inactive',
    scope: concept({ system: CONSENT_SCOPE, code: 'patient-privacy' }),
    category: [concept({ system: LOINC, code: '59284-0' })],
    patient: reference('Patient', PATIENT_SYSTEM, patient),
    dateTime: dateTime(from, zone),
    policyRule: concept({ system: V3_ACT_CODE, code: 'OPTOUT' }),
  };
}

function consentR4(directive: ConsentDirective, options: ConsentOptions): Consent {
  const { effect, patient, from } = directive;
  const { head, said, classes, data } = limits(directive, options);
  return {
    ...headR4(patient, from, options),
    // R4 forbids a type in the root provision, and requires it in those below.
    provision: { provision: [{ ...head, type: effect === 'Permit' ? 'permit' : 'deny', ...said, class: classes, ...data }] },
  };
}

function consentR5(directive: ConsentDirective, options: ConsentOptions): ConsentR5 {
  const { effect, patient, from } = directive;
  const { head, said, classes, data } = limits(directive, options);
  const rule = { ...head, ...said, resourceType: classes, ...data };
  const subject = reference('Patient', PATIENT_SYSTEM, patient);
  return {
    resourceType: 'Consent',
    status: options.ended === undefined ? 'active' : 'inactive',
    category: [concept({ system: LOINC, code: '59284-0' })],
    subject,
    date: date(from, options.zone),
    grantor: [subject],
    // Below a base rule that permits, an exception would deny, and all the rest would be permitted. The chain's denies:
    // so a Deny is an exception from which all of it is excepted again.
    decision: 'deny',
    provision: [effect === 'Permit' ? rule : { ...rule, provision: [rule] }],
  };
}

/**
 * A directive as a FHIR Consent, of R4 or R5: a base rule that denies, as the chain's does, and one provision that says
 * the rest. `consentFromFhir` reads it back to the same directive.
 */
export function toConsent(directive: ConsentDirective, options: ConsentOptions & { fhirVersion: '5.0' }): ConsentR5;
export function toConsent(directive: ConsentDirective, options: ConsentOptions & { fhirVersion?: '4.0' }): Consent;
export function toConsent(directive: ConsentDirective, options: ConsentOptions): Consent | ConsentR5;
export function toConsent(directive: ConsentDirective, options: ConsentOptions): Consent | ConsentR5 {
  return versionOf(options.fhirVersion) === '5.0' ? consentR5(directive, options) : consentR4(directive, options);
}

/** What everybody sees of a sealed directive on the chain. */
export interface SealedOnChain {
  effect: 'Permit' | 'Deny';
  /** The patient's handle, `0x` and 64 digits. */
  patient: string;
  /** When it is in force, in Unix seconds: from `from` up to, not including, `until`. */
  from: number;
  until: number;
}

/**
 * That there is a sealed directive, as a FHIR Consent of R4. What it says nobody reads there: it has no rule, so that nothing is
 * permitted by it, and an extension says that it is sealed. `consentFromFhir` refuses it.
 */
export function toSealedConsent({ effect, patient, from, until }: SealedOnChain, options: Omit<ConsentOptions, 'fhirVersion'>): Consent {
  const { zone, ended } = options;
  const end = ended === undefined ? until : Math.min(ended, until);
  return {
    ...headR4(patient, from, options),
    modifierExtension: [{ url: SEALED, valueCode: effect === 'Permit' ? 'permit' : 'deny' }],
    provision: { period: forceOf(from, end, zone) },
  };
}
