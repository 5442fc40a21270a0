/** Entries of access logs as FHIR AuditEvents, of R4 or of R5. */
import { base64 } from '@scure/base';
import type { AuditEvent, AuditEventAgent, AuditEventEntity, AuditEventEntityDetail, Extension, Reference } from 'fhir/r4.js';
import type { AuditEvent as AuditEventR5 } from 'fhir/r5.js';
import {
  checkEvent, entryHash, IntegrityBroken, InvalidArgument, utf8, type AccessEvent, type AuthenticationFailureSummary, type LogEntry, type Purpose,
} from '@salus/types';
import { hash } from '@salus/types/arguments';
import { dateTime } from '@salus/types/days';
import { organisation as organisationReference } from './claims/fhir-parts.js';
import {
  CUSTODIAN, DATA_ROLE, DATA_TYPE, ENTRY_SYSTEM, isPlain, KIND_CODES, KINDS, LOG_OUTCOME_SYSTEM, ownEntity, PATIENT_ROLE, PATIENT_TYPE, RECIPIENT, RECORD_SYSTEM, REFUSAL,
  REQUEST_SYSTEM, SOURCE, SUCCESS, TRANSACTION_TYPE, USER, type Kind,
} from './audit-codes.js';
import { inR5 } from './audit-r5.js';
import { ACCOUNT_AT_SYSTEM, ACCOUNT_SYSTEM, ACTION_SYSTEM, PATIENT_SYSTEM, purposeCode } from './consent-codes.js';
import { versionOf, type FhirVersion } from './consent-rules.js';
import { V3_ACT_REASON, type Code } from './systems.js';

/** What is said beside the entry. */
export interface AuditEventOptions {
  /** The version of FHIR: R4 (`4.0`) unless said, or R5 (`5.0`). */
  fhirVersion?: FhirVersion;
  /**
   * The handle of the patient whose record it is, for readers who may know it. The entry does not have it, and without it the
   * AuditEvent says that it is kept back (`masked`). The entry's hash does not cover it.
   */
  patient?: string;
}

/** Why something is not there that a pattern requires. */
const absent = (reason: 'masked' | 'unknown'): Extension[] => [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: reason }];
const UNKNOWN: Reference = { extension: absent('unknown') };

const reference = (type: string, system: string, value: string): Reference => ({ type, identifier: { system, value } });

/** Who asked: somebody for an organisation, or a patient; a machine if it is known to be one. */
const requesterReference = ({ requester, requesterOrganisation, requesterKind }: AccessEvent): Reference => {
  const type = requesterKind === 'machine' ? 'Device' : requesterOrganisation === undefined ? 'Patient' : 'PractitionerRole';
  return requesterOrganisation === undefined ? reference(type, ACCOUNT_SYSTEM, requester)
    : reference(type, ACCOUNT_AT_SYSTEM, `${requesterOrganisation}/${requester}`);
};

/** A machine, of which the log knows whose it is, and not its address. */
const machine = (code: Code, who: Reference): AuditEventAgent =>
  ({ type: { coding: [code] }, who, requestor: false, network: { extension: absent('unknown') } });

function agentsOf(event: AccessEvent, kind: Kind): AuditEventAgent[] {
  const { side, organisation, requesterOrganisation, requester, requesterKind } = event;
  const from = side === 'source' ? organisation : event.custodian;
  const to = side === 'source' ? requesterOrganisation : organisation;
  const toWhom = to !== undefined ? organisationReference(to)
    : reference(requesterOrganisation === undefined ? 'Patient' : 'Practitioner', ACCOUNT_SYSTEM, requester);
  return [
    machine(SOURCE, from === undefined ? UNKNOWN : organisationReference(from)),
    machine(RECIPIENT, toWhom),
    { type: { coding: [USER, ...(requesterKind === undefined ? [] : [KIND_CODES[requesterKind]])] }, who: requesterReference(event), requestor: true },
    ...(kind !== KINDS.read && from !== undefined ? [{ type: { coding: [CUSTODIAN] }, who: organisationReference(from), requestor: false }] : []),
  ];
}

/** Texts that FHIR's strings would change are carried beside, as JSON in base64. */
const carried = (type: string, text: string): AuditEventEntityDetail[] =>
  (isPlain(text) ? [] : [{ type, valueBase64Binary: base64.encode(utf8(JSON.stringify(text))) }]);

/** The entry's place in its log. */
const entryEntity = ({ seq, previous, hash: own }: LogEntry, more: AuditEventEntityDetail[] = []): AuditEventEntity => ({
  what: { identifier: { system: ENTRY_SYSTEM, value: own } }, type: ownEntity('entry'),
  detail: [{ type: 'seq', valueString: String(seq) }, { type: 'previous', valueString: previous }, ...more],
});

function entitiesOf(entry: LogEntry<AccessEvent>, patient: string | undefined): AuditEventEntity[] {
  const { recordId, requestId, decision, counterpart } = entry;
  return [
    {
      what: patient === undefined ? { extension: absent('masked'), type: 'Patient' } : reference('Patient', PATIENT_SYSTEM, hash(patient, 'patient')),
      type: PATIENT_TYPE, role: PATIENT_ROLE,
    },
    { what: { identifier: { system: RECORD_SYSTEM, ...(isPlain(recordId) ? { value: recordId } : {}) } }, type: DATA_TYPE, role: DATA_ROLE },
    { what: { identifier: { system: REQUEST_SYSTEM, value: requestId } }, type: TRANSACTION_TYPE },
    entryEntity(entry, [...carried('recordId', recordId), ...carried('decision', decision)]),
    ...(counterpart === undefined ? [] : [{ what: { identifier: { system: ENTRY_SYSTEM, value: counterpart } }, type: ownEntity('counterpart') }]),
  ];
}

/** The house's own people reading is no disclosure; all else that leaves is one. */
function kindOf({ outcome, organisation, requesterOrganisation, action }: AccessEvent): Kind {
  if (outcome === 'received') return KINDS.received;
  return outcome === 'refused' || (organisation === requesterOrganisation && action === 'Read') ? KINDS.read : KINDS.disclosed;
}

function accessEvent(entry: LogEntry<AccessEvent>, patient: string | undefined): AuditEvent {
  const { time, outcome, decision, purpose, action, side } = entry;
  const kind = kindOf(entry);
  const succeeded = outcome !== 'refused';
  const agent = agentsOf(entry, kind);
  // BALP: whoever records it is the source itself, or the recipient itself.
  const observer = agent[side === 'source' ? 0 : 1]?.who ?? UNKNOWN;
  return {
    resourceType: 'AuditEvent',
    ...(succeeded && kind.profile !== undefined ? { meta: { profile: [kind.profile] } } : {}),
    type: kind.type,
    subtype: [kind.subtypes[0], { system: ACTION_SYSTEM, code: action }, { system: LOG_OUTCOME_SYSTEM, code: outcome }],
    action: kind.action,
    recorded: dateTime(time, 'UTC'),
    outcome: succeeded ? SUCCESS : REFUSAL,
    ...(isPlain(decision) ? { outcomeDesc: decision } : {}),
    purposeOfEvent: [{ coding: [{ system: V3_ACT_REASON, code: purposeCode(purpose as Purpose) }] }],
    agent, source: { observer }, entity: entitiesOf(entry, patient),
  };
}

function strangersEvent(entry: LogEntry<AuthenticationFailureSummary>): AuditEvent {
  const { time, since, organisation, failures } = entry;
  const { type, subtypes, action } = KINDS.strangers;
  const who = organisationReference(organisation);
  return {
    resourceType: 'AuditEvent', type, subtype: [...subtypes], action,
    period: { start: dateTime(since, 'UTC'), end: dateTime(time, 'UTC') },
    recorded: dateTime(time, 'UTC'),
    outcome: REFUSAL,
    agent: [{ type: { coding: [SOURCE] }, who, requestor: false }],
    source: { observer: who },
    entity: [
      entryEntity(entry),
      // In the order of the entry, for its hash goes by it.
      { type: ownEntity('failures'), detail: Object.entries(failures).map(([why, count]) => ({ type: why, valueString: String(count) })) },
    ],
  };
}

/**
 * An entry of an access log as a FHIR AuditEvent, of R4 or R5. `auditEventFromFhir` reads it back to the same entry. In R4, what was released
 * or received is one of IHE's Basic Audit Log Patterns (`meta.profile` says which); refusals and counts of strangers have no pattern. There are
 * none of R5: it says the same there.
 * It names nobody and nothing that the entry does not name, but the patient if you give one.
 *
 * Throws `InvalidArgument` for what is no entry (those of version 0.1.0 that have an organisation -1 among it), and `IntegrityBroken`
 * for one whose hash is not that of what it says.
 */
export function toAuditEvent(entry: LogEntry, options: AuditEventOptions & { fhirVersion: '5.0' }): AuditEventR5;
export function toAuditEvent(entry: LogEntry, options?: AuditEventOptions & { fhirVersion?: '4.0' }): AuditEvent;
export function toAuditEvent(entry: LogEntry, options?: AuditEventOptions): AuditEvent | AuditEventR5;
export function toAuditEvent(entry: LogEntry, { patient, fhirVersion }: AuditEventOptions = {}): AuditEvent | AuditEventR5 {
  const version = versionOf(fhirVersion);
  const { seq: _seq, previous: _previous, hash: _hash, ...event } = entry;
  checkEvent(event);
  if (entry.hash !== entryHash(entry)) throw new IntegrityBroken(`the hash of entry ${entry.seq} is not that of what it says`);
  if (entry.outcome === 'unauthenticated' && patient !== undefined) {
    throw new InvalidArgument('patient', 'is given with a count of strangers, which is about no patient');
  }
  const audit = entry.outcome === 'unauthenticated' ? strangersEvent(entry) : accessEvent(entry, patient);
  return version === '5.0' ? inR5(audit) : audit;
}
