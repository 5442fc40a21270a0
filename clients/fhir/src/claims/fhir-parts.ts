/**
 * What the FHIR resources of a claim have in common: identifiers, references, concepts.
 *
 * The chain knows a person as a member key and nothing else. So every reference is a logical one, by
 * an identifier of ours, and `patient` is the member key: never a name, a handle or a record number.
 */
import type { CodeableConcept, Extension, Identifier, Reference } from 'fhir/r4.js';

export const MEMBER_KEY_SYSTEM = 'urn:salus:member-key';
export const ORGANISATION_SYSTEM = 'urn:salus:organisation';
export const CLAIM_SYSTEM = 'urn:salus:claim';
export const CLAIM_RESPONSE_SYSTEM = 'urn:salus:claim-response';
export const EXPLANATION_SYSTEM = 'urn:salus:explanation-of-benefit';
export const COVERAGE_SYSTEM = 'urn:salus:coverage';
export const ENCOUNTER_SYSTEM = 'urn:salus:encounter';
export const ELIGIBILITY_REQUEST_SYSTEM = 'urn:salus:eligibility-request';
export const ELIGIBILITY_RESPONSE_SYSTEM = 'urn:salus:eligibility-response';

/** The code systems of HL7 that are used by name. */
export const hl7 = (name: string): string => `http://terminology.hl7.org/CodeSystem/${name}`;

export const identifier = (system: string, value: number | string): Identifier => ({ system, value: String(value) });

const reference = (type: string, system: string, value: number | string): Reference =>
  ({ type, identifier: identifier(system, value) });

/** The person, by the member key as an SS58 address. */
export const patient = (member: string): Reference => reference('Patient', MEMBER_KEY_SYSTEM, member);
export const organisation = (number: number): Reference => reference('Organization', ORGANISATION_SYSTEM, number);
export const claimReference = (number: number): Reference => reference('Claim', CLAIM_SYSTEM, number);
export const claimResponseReference = (number: number): Reference => reference('ClaimResponse', CLAIM_RESPONSE_SYSTEM, number);
export const coverageReference = (number: number): Reference => reference('Coverage', COVERAGE_SYSTEM, number);
export const encounterReference = (number: number): Reference => reference('Encounter', ENCOUNTER_SYSTEM, number);
export const eligibilityRequestReference = (value: string): Reference =>
  reference('CoverageEligibilityRequest', ELIGIBILITY_REQUEST_SYSTEM, value);

/** A concept with one code. */
export function concept(system: string, code: string, text?: string): CodeableConcept {
  const coding = [{ system, code }];
  return text === undefined ? { coding } : { coding, text };
}

const ABSENT = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';

/** A concept that is not there: `masked` if it is kept from the reader, `unknown` if nobody here knows it. */
export const absent = (reason: 'masked' | 'unknown', text: string): CodeableConcept =>
  ({ extension: [{ url: ABSENT, valueCode: reason }], text });

/** What of an extension of ours has a value. */
export type Said = Omit<Extension, 'url' | 'id' | 'extension'>;

/** An extension of ours with parts by name; a part that is `undefined` is left out. */
export const extension = (url: string, parts: Record<string, Said | undefined>): Extension => ({
  url,
  extension: Object.entries(parts).flatMap(([name, said]) => (said ? [{ url: name, ...said }] : [])),
});

/** What FHIR has no place for. */
export const EXPLANATION_EXTENSION = 'urn:salus:explanation';
export const LINE_EXTENSION = 'urn:salus:line';
export const USAGE_EXTENSION = 'urn:salus:usage';
export const DETAIL_EXTENSION = 'urn:salus:detail-commitment';
export const COVERAGE_EXTENSION = 'urn:salus:coverage';
export const COVERAGE_CLASS_SYSTEM = 'urn:salus:coverage-class';
export const BENEFIT_TYPE_SYSTEM = 'urn:salus:benefit-type';
