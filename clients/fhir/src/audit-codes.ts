/**
 * What entries of access logs are as FHIR R4 AuditEvents: patterns of IHE's Basic Audit Log Patterns (BALP, version 1.1.4),
 * and our own codes for what these have no word for.
 */
import type { RequesterKind, Side } from '@salus/types';
import { DICOM, SNOMED, V3_PARTICIPATION_TYPE, type Code } from './systems.js';

export const AUDIT_EVENT_TYPE = 'http://terminology.hl7.org/CodeSystem/audit-event-type';
export const RESTFUL = 'http://hl7.org/fhir/restful-interaction';
export const LIFECYCLE = 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle';
export const ENTITY_TYPE = 'http://terminology.hl7.org/CodeSystem/audit-entity-type';
export const OBJECT_ROLE = 'http://terminology.hl7.org/CodeSystem/object-role';
export const BALP_ENTITY_TYPE = 'https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType';

/** What came of a request, in the log's word. */
export const LOG_OUTCOME_SYSTEM = 'urn:salus:access-log-outcome';
/** What an entity is that BALP has no code for: `entry`, `counterpart`, `failures`. */
export const AUDIT_ENTITY_SYSTEM = 'urn:salus:audit-entity';
/** An entry of an access log, by its hash. */
export const ENTRY_SYSTEM = 'urn:salus:access-log-entry';
export const REQUEST_SYSTEM = 'urn:salus:request';
/** A record, by the name that its custodian gave it. */
export const RECORD_SYSTEM = 'urn:salus:record';

/** Who is who in an event. */
export const SOURCE: Code = { system: DICOM, code: '110153' };
export const RECIPIENT: Code = { system: DICOM, code: '110152' };
export const CUSTODIAN: Code = { system: SNOMED, code: '159541003' };

/** Who asked, and of which kind that is: HL7's code for a person who uses a system, and DICOM's for a program. */
export const USER: Code = { system: V3_PARTICIPATION_TYPE, code: 'IRCP' };
export const KIND_CODES: Readonly<Record<RequesterKind, Code>> = {
  person: { system: 'http://terminology.hl7.org/CodeSystem/extra-security-role-type', code: 'humanuser' },
  machine: { system: DICOM, code: '110150' },
};

/** What the things and persons in an event are. */
export const PATIENT_TYPE: Code = { system: ENTITY_TYPE, code: '1' };
export const PATIENT_ROLE: Code = { system: OBJECT_ROLE, code: '1' };
export const DATA_TYPE: Code = { system: ENTITY_TYPE, code: '2' };
export const DATA_ROLE: Code = { system: OBJECT_ROLE, code: '4' };
export const TRANSACTION_TYPE: Code = { system: BALP_ENTITY_TYPE, code: 'XrequestId' };
export const ownEntity = (code: 'entry' | 'counterpart' | 'failures'): Code => ({ system: AUDIT_ENTITY_SYSTEM, code });

/** A kind of event. */
export interface Kind {
  type: Code;
  /** Of the subtypes, one at least is among these. The first is written. */
  subtypes: readonly [Code, ...Code[]];
  action: 'R' | 'C' | 'E';
  /** Who writes it, where the type tells. */
  side?: Side;
  /** The pattern, if it is one, and the event succeeded. */
  profile?: string;
}

const profile = (name: string): string => `https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.${name}`;
const disclose: Code = { system: LIFECYCLE, code: 'disclose' };

export const KINDS = {
  /** A record was read within the house, or was to be read and was refused. */
  read: {
    type: { system: AUDIT_EVENT_TYPE, code: 'rest' }, subtypes: [{ system: RESTFUL, code: 'read' }, { system: RESTFUL, code: 'vread' }], action: 'R',
    profile: profile('PatientRead'),
  },
  /** A record left the house: the source's side. */
  disclosed: {
    type: { system: DICOM, code: '110106' }, subtypes: [disclose], action: 'R', side: 'source', profile: profile('PrivacyDisclosure.Source'),
  },
  /** The same, as whoever received it writes it. */
  received: {
    type: { system: DICOM, code: '110107' }, subtypes: [disclose], action: 'C', side: 'recipient', profile: profile('PrivacyDisclosure.Recipient'),
  },
  /** Requests from strangers, counted. BALP has no pattern for it. */
  strangers: {
    type: { system: DICOM, code: '110113' }, subtypes: [{ system: LOG_OUTCOME_SYSTEM, code: 'unauthenticated' }], action: 'E', side: 'source',
  },
} satisfies Record<string, Kind>;

/** Success, and a failure like one of HTTP's 400s: a refusal. */
export const SUCCESS = '0';
export const REFUSAL = '4';

/**
 * Whether a text is one that FHIR's strings carry unchanged: not empty, without control characters, without halves of surrogate
 * pairs, and without white space at an end, which XML takes away. A requester chooses the name of a record, and may choose others.
 */
export const isPlain = (text: string): boolean =>
  text !== '' && text.trim() === text && !/[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/.test(text) && !/\p{Cs}/u.test(text);
