/** Consents as other systems may write them, in R4 and in R5, and what their references mean here. */
import assert from 'node:assert/strict';
import { utf8, type ConsentDirective } from '@salus/types';
import { consentFromFhir, ResourceRefused, type FhirVersion, type ReadConsent, type ReadConsentOptions } from '../index.js';

/** 2027-01-15, when the day begins in `ZONE`. */
export const NOW = 1_800_000_000;
export const ZONE = 'America/Los_Angeles';
export const PATIENT = `0x${'5a'.repeat(32)}`;
export const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';

/** A coding of a code system of HL7. */
export const hl7 = (name: string, code: string) => ({ system: `http://terminology.hl7.org/CodeSystem/${name}`, code });
export const concept = (...coding: object[]) => ({ coding });

export const reader = (fhirVersion: FhirVersion) => (consent: unknown, more: Partial<ReadConsentOptions> = {}): ReadConsent =>
  consentFromFhir(utf8(JSON.stringify(consent)), { now: NOW, zone: ZONE, fhirVersion, ...more });

export const book: Partial<ReadConsentOptions> = { patients: { 'Patient/f001': PATIENT }, grantees: { 'Organization/f001': { organisation: 4 } } };

const TYPES = ['Condition', 'AllergyIntolerance'].map((code) => ({ system: 'http://hl7.org/fhir/resource-types', code }));
const RULE = {
  period: { start: '2027-01-01', end: '2027-12-31' },
  actor: [{ role: concept(hl7('v3-ParticipationType', 'PRCP')), reference: { reference: 'Organization/f001' } }],
  action: [concept(hl7('consentaction', 'access'))], purpose: [hl7('v3-ActReason', 'TREAT')],
  securityLabel: [hl7('v3-Confidentiality', 'N')],
};

/** A Consent of R4 whose rule, in the root provision, permits. */
export const foreignR4 = (rule: object = {}, more: object = {}) => ({
  resourceType: 'Consent', status: 'active', scope: concept(hl7('consentscope', 'patient-privacy')),
  category: [concept({ system: 'http://loinc.org', code: '59284-0' })], patient: { reference: 'Patient/f001' },
  policyRule: concept(hl7('v3-ActCode', 'OPTOUT')),
  provision: { type: 'permit', ...RULE, class: TYPES, ...rule },
  ...more,
});

/** A provision of R5 that permits below a base rule that denies. */
export const PERMITTED = { ...RULE, resourceType: TYPES };

/** A Consent of R5 with that provision. */
export const foreignR5 = (rule: object = {}, more: object = {}) => ({
  resourceType: 'Consent', status: 'active', category: [concept(hl7('consentscope', 'patient-privacy'))], subject: { reference: 'Patient/f001' },
  grantor: [{ reference: 'Patient/f001' }], controller: [{ reference: 'Organization/f007' }],
  regulatoryBasis: [concept(hl7('v3-ActCode', 'INFA'))],
  decision: 'deny', provision: [{ ...PERMITTED, ...rule }], ...more,
});

/** Each element, put into the rule of a Permit, changes what is read, or the Permit is refused: passed over, it would make the Permit wider than it was written. */
export function eachLimits(elements: Record<string, unknown>, directivesWith: (rule: object) => ConsentDirective[]): void {
  const before = directivesWith({});
  for (const [name, value] of Object.entries(elements)) {
    let after: ConsentDirective[] | undefined;
    try {
      after = directivesWith({ [name]: value });
    } catch (error) {
      assert.ok(error instanceof ResourceRefused, String(error));
    }
    assert.notDeepEqual(after, before, name);
  }
}
