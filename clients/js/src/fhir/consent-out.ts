/** Directives of the chain as FHIR R4 Consents. */
import type { CodeableConcept, Coding, Consent, ConsentProvision, ConsentProvisionActor, Extension, Reference } from 'fhir/r4.js';
import { ACTIONS, DATA_CLASSES, PURPOSES, SENSITIVITY_LABELS } from '../codes.js';
import { dateTime, period } from '../claims/days.js';
import { ORGANISATION_SYSTEM } from '../claims/fhir-parts.js';
import type { Grantee } from '../consent.js';
import {
  ACCOUNT_AT_SYSTEM, ACCOUNT_SYSTEM, ACTION_SYSTEM, CONSENT_ACTION, CONSENT_SCOPE, DATA_CLASS_SYSTEM, ERASE_AFTER, LABEL_CODES, NEAREST_ACTION,
  PATIENT_SYSTEM, purposeCode, REDISCLOSE_DEPTH, ROLE_SYSTEM, type ConsentDirective,
} from './consent-codes.js';
import { LOINC, V3_ACT_CODE, V3_ACT_REASON, V3_CONFIDENTIALITY, V3_PARTICIPATION_TYPE } from './systems.js';

/** The last moment that FHIR can tell. */
const LAST = 253_402_300_799;

const concept = (...coding: Coding[]): CodeableConcept => ({ coding });
const reference = (type: string, system: string, value: string): Reference => ({ type, identifier: { system, value } });

/** Nobody in particular is no actor: that is what FHIR makes of it. */
function actors(grantee: Grantee): ConsentProvisionActor[] {
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

function duties({ eraseAfter, rediscloseDepth }: ConsentDirective, zone: string): Extension[] {
  return [
    ...(eraseAfter === undefined ? [] : [{ url: ERASE_AFTER, valueDateTime: dateTime(eraseAfter, zone) }]),
    ...(rediscloseDepth === undefined ? [] : [{ url: REDISCLOSE_DEPTH, valueInteger: rediscloseDepth }]),
  ];
}

/** How a Consent is written. */
export interface ConsentOptions {
  /** The time zone of its dates, by its IANA name. */
  zone: string;
  /** Whether the directive was revoked or lifted, and when in Unix seconds. */
  ended?: number;
}

/**
 * A directive as a FHIR R4 Consent: a base rule that denies, as the chain's does, and one provision below it.
 * `consentFromFhir` reads it back to the same directive.
 */
export function toConsent(directive: ConsentDirective, { zone, ended }: ConsentOptions): Consent {
  const { effect, patient, grantee, scope, labels, from, until } = directive;
  const end = ended === undefined ? until : Math.min(ended, until);
  const modifierExtension = duties(directive, zone);
  const securityLabel: Coding[] = [
    // A Permit reaches ordinary data and data with its labels; a Deny that names labels reaches only these.
    ...(effect === 'Permit' ? [{ system: V3_CONFIDENTIALITY, code: 'N' }] : []),
    ...sorted(SENSITIVITY_LABELS, labels).map((label) => ({ system: V3_ACT_CODE, code: LABEL_CODES[label] })),
  ];
  const actor = actors(grantee);
  const rule: ConsentProvision = {
    ...(modifierExtension.length > 0 ? { modifierExtension } : {}),
    type: effect === 'Permit' ? 'permit' : 'deny',
    // A Deny may hold for ever, which FHIR says by no end.
    period: end > LAST ? { start: dateTime(from, zone) } : period({ from, until: end }, zone),
    ...(actor.length > 0 ? { actor } : {}),
    action: sorted(ACTIONS, scope.actions).map((action) => concept(
      { system: ACTION_SYSTEM, code: action }, { system: CONSENT_ACTION, code: NEAREST_ACTION[action] },
    )),
    ...(securityLabel.length > 0 ? { securityLabel } : {}),
    purpose: sorted(PURPOSES, scope.purposes).map((purpose) => ({ system: V3_ACT_REASON, code: purposeCode(purpose) })),
    class: sorted(DATA_CLASSES, scope.classes).map((dataClass) => ({ system: DATA_CLASS_SYSTEM, code: dataClass })),
    ...(scope.data === undefined ? {} : { dataPeriod: period(scope.data, zone) }),
  };
  return {
    resourceType: 'Consent',
    status: ended === undefined ? 'active' : 'inactive',
    scope: concept({ system: CONSENT_SCOPE, code: 'patient-privacy' }),
    category: [concept({ system: LOINC, code: '59284-0' })],
    patient: reference('Patient', PATIENT_SYSTEM, patient),
    dateTime: dateTime(from, zone),
    policyRule: concept({ system: V3_ACT_CODE, code: 'OPTOUT' }),
    // R4 forbids a type in the root provision, and requires it in those below.
    provision: { provision: [rule] },
  };
}
