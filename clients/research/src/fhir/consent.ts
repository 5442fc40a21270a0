/**
 * A patient's word about research as FHIR R4 `Consent` of the scope `research`, both ways: a directive for the purpose HRESCH alone, or a veto of that
 * purpose, which is the opt-out. What a directive cannot say is refused, by the same rules as for consents to share.
 */
import type { Consent } from 'fhir/r4.js';
import { consentFromFhir, PATIENT_SYSTEM, toConsent, type ConsentOptions, type ReadConsentOptions } from '@salus/fhir';
import { utf8, type ConsentDirective, type Hex } from '@salus/types';
import { dateTime, moment } from '@salus/types/days';
import { refuse, shown } from '../refused.js';
import { codingsOf, identifiedBy, itemsOf, member, resourceIn, unmodified, type Node } from './json.js';

const CONSENT_SCOPE = 'http://terminology.hl7.org/CodeSystem/consentscope';
const CONSENT_CATEGORY = 'http://terminology.hl7.org/CodeSystem/consentcategorycodes';
const V3_ACT_REASON = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
const V3_ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const LOINC = 'http://loinc.org';

const concept = (system: string, code: string) => ({ coding: [{ system, code }] });
const ofResearch = { scope: concept(CONSENT_SCOPE, 'research'), category: [concept(CONSENT_CATEGORY, 'research')] };

/** A veto of the purpose HRESCH: nobody may use the patient's data for research, whatever a directive says. */
export interface ResearchVeto {
  patient: Hex;
  /** Since when, in Unix seconds. */
  from: number;
  /** Since when no more. */
  ended?: number;
}

/** What a patient has said about research. */
export type ResearchConsent = { directives: ConsentDirective[]; remarks: string[] } | { veto: ResearchVeto };

/** A directive for research as a Consent. Refuses one that has another purpose besides. */
export function toResearchConsent(directive: ConsentDirective, options: Pick<ConsentOptions, 'zone' | 'ended'>): Consent {
  const { purposes } = directive.scope;
  if (purposes.length !== 1 || purposes[0] !== 'Hresch') refuse('not-representable', 'scope.purposes', `it is for ${purposes.join(', ') || 'nothing'}, and a Consent to research is for HRESCH alone`);
  return { ...toConsent(directive, { ...options, fhirVersion: '4.0' }), ...ofResearch };
}

/** A veto of research as a Consent: all data, everybody, without an end. */
export function vetoToFhir({ patient, from, ended }: ResearchVeto, zone: string): Consent {
  return {
    resourceType: 'Consent', status: ended === undefined ? 'active' : 'inactive', ...ofResearch,
    patient: { type: 'Patient', identifier: { system: PATIENT_SYSTEM, value: patient } }, dateTime: dateTime(from, zone),
    policyRule: concept(V3_ACT_CODE, 'OPTOUT'),
    provision: { provision: [{ type: 'deny', purpose: [{ system: V3_ACT_REASON, code: 'HRESCH' }] }] },
  };
}

/** Whether a concept is this code and no other. */
function isOnly(node: unknown, path: string, system: string, code: string): boolean {
  return codingsOf(node, path).every((each) => each.system === system && each.code === code);
}

function researchAlone(consent: Node): void {
  const { scope } = consent;
  if (scope === undefined || !isOnly(scope, 'Consent.scope', CONSENT_SCOPE, 'research')) {
    refuse('other-kind', 'Consent.scope', 'it is not about research, or not about it alone');
  }
  const categories = itemsOf(consent['category'], 'Consent.category');
  if (categories.length === 0) refuse('missing', 'Consent.category', 'it has no category');
  for (const [category, path] of categories) {
    if (isOnly(category, path, CONSENT_CATEGORY, 'research')) continue;
    const codes = codingsOf(category, path).map(({ code }) => code);
    // De-identified or re-identifiable information alone: the chain makes no such difference, and counts are neither.
    refuse('not-representable', path, `${shown(codes.join(', '))} is no consent to research that the chain can say: there is one kind`);
  }
}

/** The one provision of a veto, if the Consent is one: it denies the purpose HRESCH, and limits that by nothing. */
function isVeto(consent: Node): boolean {
  const root = consent['provision'];
  const inner = itemsOf(member(root, 'provision'), 'Consent.provision.provision');
  const rules = inner.length > 0 ? inner : [[root, 'Consent.provision'] as [unknown, string]];
  const [first] = rules;
  if (rules.length !== 1 || first === undefined) return false;
  const [rule] = first;
  if (typeof rule !== 'object' || rule === null) return false;
  // An id names the provision and limits nothing. Whatever else is there makes it narrower than a veto.
  if (Object.keys(rule).some((name) => !['id', 'type', 'purpose'].includes(name)) || (inner.length > 0 && Object.keys(root as Node).some((name) => name !== 'provision' && name !== 'id'))) return false;
  const purposes = itemsOf(member(rule, 'purpose'), 'purpose');
  return member(rule, 'type') === 'deny' && purposes.length === 1
    && member(purposes[0]?.[0], 'system') === V3_ACT_REASON && member(purposes[0]?.[0], 'code') === 'HRESCH';
}

function vetoIn(consent: Node, options: ReadConsentOptions): ResearchVeto {
  if (consent['status'] !== 'active') refuse('not-in-force', 'Consent.status', `it is ${shown(consent['status'])}`);
  const own = identifiedBy(consent['patient'], PATIENT_SYSTEM);
  const text = member(consent['patient'], 'reference');
  const patient = own ?? (typeof text === 'string' && options.patients && Object.hasOwn(options.patients, text) ? options.patients[text] : undefined);
  if (patient === undefined || !/^0x[0-9a-f]{64}$/.test(patient)) return refuse('unknown-party', 'Consent.patient', `${shown(consent['patient'])} is no patient known here`);
  // A veto is signed by the patient in any case: whoever performed the Consent does not sign for somebody else.
  const written = consent['dateTime'];
  const from = typeof written === 'string' ? moment(written, options.zone) : options.now;
  if (from > options.now) refuse('not-in-force', 'Consent.dateTime', 'it is later than now');
  return { patient: patient as Hex, from };
}

/**
 * Reads a Consent about research: directives that the patient may sign, or a veto. Throws `NotRepresentable` for one that is not of research alone, and
 * `ResourceRefused` (of `@salus/client`) for what no directive can say.
 */
export function researchConsentFromFhir(record: Uint8Array, options: ReadConsentOptions): ResearchConsent {
  const consent = resourceIn(record, 'Consent');
  researchAlone(consent);
  if (isVeto(consent)) {
    unmodified(consent);
    return { veto: vetoIn(consent, options) };
  }
  // The rules of consents to share read the rest, element by element: this differs from one in its scope and its purpose.
  const shared = { ...consent, scope: concept(CONSENT_SCOPE, 'patient-privacy'), category: [concept(LOINC, '59284-0')] };
  const { directives, remarks } = consentFromFhir(utf8(JSON.stringify(shared)), options);
  directives.forEach(({ scope: { purposes } }, at) => {
    if (purposes.length !== 1 || purposes[0] !== 'Hresch') refuse('not-representable', `Consent.provision[${at}].purpose`, `it is for ${purposes.join(', ')}, and a consent to research is for HRESCH alone`);
  });
  return { directives, remarks };
}
