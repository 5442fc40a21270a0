/** Code systems by the names under which FHIR servers write them. */
export const V2_0074 = 'http://terminology.hl7.org/CodeSystem/v2-0074';
export const OBSERVATION_CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category';
export const V3_CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
export const V3_ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
export const V3_ACT_REASON = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
export const V3_PARTICIPATION_TYPE = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';
export const MEDIA_TYPE = 'http://terminology.hl7.org/CodeSystem/media-type';
export const MEDIA_MODALITY = 'http://terminology.hl7.org/CodeSystem/media-modality';
export const DICOM = 'http://dicom.nema.org/resources/ontology/DCM';
export const GENOMICS_TBD = 'http://hl7.org/fhir/uv/genomics-reporting/CodeSystem/tbd-codes-cs';
export const LOINC = 'http://loinc.org';
export const SNOMED = 'http://snomed.info/sct';
export const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
export const ICD_10 = 'http://hl7.org/fhir/sid/icd-10';
export const ICD_10_CM = 'http://hl7.org/fhir/sid/icd-10-cm';
export const ICD_9_CM = 'http://hl7.org/fhir/sid/icd-9-cm';
export const ATC = 'http://www.whocc.no/atc';
export const ICD_10_PCS = 'http://www.cms.gov/Medicare/Coding/ICD10';
export const HCPCS = 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets';

/** Other names of them: of FHIR before R4, and object identifiers, as systems that speak HL7 v2, v3 or CDA write them. */
export const ALIASES: ReadonlyMap<string, string> = new Map<string, string>([
  ['http://hl7.org/fhir/v2/0074', V2_0074],
  ['urn:oid:2.16.840.1.113883.12.74', V2_0074],
  ['http://hl7.org/fhir/observation-category', OBSERVATION_CATEGORY],
  ['http://hl7.org/fhir/v3/Confidentiality', V3_CONFIDENTIALITY],
  ['urn:oid:2.16.840.1.113883.5.25', V3_CONFIDENTIALITY],
  ['http://hl7.org/fhir/v3/ActCode', V3_ACT_CODE],
  ['urn:oid:2.16.840.1.113883.5.4', V3_ACT_CODE],
  ['http://hl7.org/fhir/v3/ActReason', V3_ACT_REASON],
  ['urn:oid:2.16.840.1.113883.5.8', V3_ACT_REASON],
  ['http://hl7.org/fhir/v3/ParticipationType', V3_PARTICIPATION_TYPE],
  ['urn:oid:2.16.840.1.113883.5.90', V3_PARTICIPATION_TYPE],
  ['urn:oid:1.2.840.10008.2.16.4', DICOM],
  ['urn:oid:2.16.840.1.113883.6.1', LOINC],
  ['urn:oid:2.16.840.1.113883.6.96', SNOMED],
  ['urn:oid:2.16.840.1.113883.6.88', RXNORM],
  ['urn:oid:2.16.840.1.113883.6.3', ICD_10],
  ['urn:oid:2.16.840.1.113883.6.90', ICD_10_CM],
  ['urn:oid:2.16.840.1.113883.6.103', ICD_9_CM],
  ['urn:oid:2.16.840.1.113883.6.4', ICD_10_PCS],
  ['urn:oid:2.16.840.1.113883.6.73', ATC],
  ['urn:oid:2.16.840.1.113883.6.285', HCPCS],
]);

/** A code and the system that says what it means, by that system's first name. */
export interface Code {
  system: string;
  code: string;
}

/** The code of a `Coding`; `undefined` if it has none, or nothing says whose it is. */
export function codeOf(coding: unknown): Code | undefined {
  const { system, code } = (coding ?? {}) as { system?: unknown; code?: unknown };
  if (typeof system !== 'string' || typeof code !== 'string' || system === '' || code === '') return undefined;
  return { system: ALIASES.get(system) ?? system, code };
}

/** How a code is looked up. A system is a URI and has no space. */
export const keyOf = ({ system, code }: Code): string => `${system} ${code}`;

/** What a sender wrote where text or a number belongs, for a sentence. An object may have a `toString` that is no function, and has no text here. */
export const inWords = (value: unknown, most = 80): string =>
  (typeof value === 'object' && value !== null ? `${Array.isArray(value) ? 'a list' : 'an object'} and no text` : String(value)).slice(0, most);

/** A coding for a sentence: as it is written, and short. */
export function shown(coding: unknown): string {
  const { system, code, display } = (coding ?? {}) as { system?: unknown; code?: unknown; display?: unknown };
  if (code === undefined) return display === undefined ? 'nothing but text' : `"${inWords(display)}" without a code`;
  return system === undefined ? `"${inWords(code)}" without a system` : `"${inWords(code)}" of ${inWords(system)}`;
}
