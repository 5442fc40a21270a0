/** Entries of access logs from a seed, what BALP asks of its patterns, and an AuditEvent as another system may write it. */
import assert from 'node:assert/strict';
import type { AuditEvent, Coding } from 'fhir/r4.js';
import {
  ACTIONS, AUTHENTICATION_FAILURES, chainEntry, MAX_DECISION, MAX_RECORD_ID, PURPOSES, REQUESTER_KINDS, type AccessEvent,
  type AuthenticationFailureSummary, type FailureCounts, type Hex, type LogEntry, type LogEvent,
} from '@salus/types';

export const NOW = 1_800_000_000;
export const PATIENT: Hex = `0x${'5a'.repeat(32)}`;
export const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
export const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';

/** Texts that FHIR's strings carry, and texts that they would change. */
const TEXTS = ['Directive 3 of block 17', 'Ü 漢 🩺', 'a/b?c|d', '', ' ', ' x', 'x\t', 'two\nlines', '\u0000', '\ud800\udc00', '\ufeff', '\u0085', '\uffff', '"\\'];

/** The event as a log keeps it: without what is undefined. */
const compact = <E extends LogEvent>(event: E): E => JSON.parse(JSON.stringify(event)) as E;

export function anyAccess(next: () => number): AccessEvent {
  const upTo = (most: number): number => Math.floor(next() * most);
  const one = <T>(list: readonly T[]): T => list[upTo(list.length)] as T;
  const maybe = <T>(value: T): T | undefined => (next() < 0.6 ? value : undefined);
  const hash = (): Hex => `0x${Array.from({ length: 64 }, () => one([...'0123456789abcdef'])).join('')}`;
  const organisation = (): number => one([0, 1, 4, 4_294_967_294, upTo(4_294_967_294)]);
  const side = one(['source', 'recipient'] as const);
  const house = organisation();
  // Each member is made here: one that entries get anew does not compile until it is.
  const all: { [Name in keyof Required<AccessEvent>]: AccessEvent[Name] } = {
    time: one([0, NOW, upTo(NOW), 253_402_300_799]), side, organisation: side === 'source' ? house : maybe(house),
    outcome: side === 'source' ? one(['released', 'refused'] as const) : 'received',
    requestId: next() < 0.9 ? hash() : hash().toUpperCase().replace('X', 'x') as Hex, recordId: next() < 0.05 ? 'r'.repeat(MAX_RECORD_ID) : one(TEXTS),
    requester: one([ALICE, BOB, `0x${'ab'.repeat(32)}`]), requesterOrganisation: maybe(next() < 0.5 ? house : organisation()), requesterKind: maybe(one(REQUESTER_KINDS)),
    purpose: one(PURPOSES), action: one(ACTIONS), decision: next() < 0.05 ? 'd'.repeat(MAX_DECISION) : one(TEXTS),
    counterpart: side === 'recipient' ? maybe(hash()) : next() < 0.1 ? hash() : undefined, custodian: side === 'recipient' ? maybe(organisation()) : undefined,
  };
  return compact(all);
}

export function anySummary(next: () => number): AuthenticationFailureSummary {
  const upTo = (most: number): number => Math.floor(next() * most);
  const reasons = Object.keys(AUTHENTICATION_FAILURES).sort(() => next() - 0.5).slice(0, 1 + upTo(11));
  const time = upTo(NOW);
  const failures: FailureCounts = Object.fromEntries(reasons.map((why) => [why, 1 + upTo(next() < 0.1 ? Number.MAX_SAFE_INTEGER : 99)]));
  return { time, side: 'source', organisation: upTo(9), outcome: 'unauthenticated', since: time - upTo(time), failures };
}

/** A log of some length. */
export function anyLog(next: () => number, length: number): LogEntry[] {
  const entries: LogEntry[] = [];
  while (entries.length < length) entries.push(chainEntry(entries.at(-1), next() < 0.15 ? anySummary(next) : anyAccess(next)));
  return entries;
}

/** An agent or an entity that a pattern asks for, by the code of its type. */
interface Slice {
  system: string;
  code: string;
  min: number;
  who?: boolean;
  network?: boolean;
  observes?: boolean;
}
interface Pattern {
  type: Coding;
  subtype: Coding[];
  action: string;
  agents: Slice[];
  entities: Slice[];
}
const DCM = 'http://dicom.nema.org/resources/ontology/DCM';
const hl7 = (name: string, code: string) => ({ system: `http://terminology.hl7.org/CodeSystem/${name}`, code });
const machines = (side: string): Slice[] => ['110153', '110152'].map((code) => ({ system: DCM, code, min: 1, who: true, network: true, observes: code === side }));
const disclosure = (code: string, action: string, side: string): Pattern => ({
  type: { system: DCM, code }, subtype: [hl7('iso-21089-lifecycle', 'disclose')], action,
  agents: [...machines(side), { system: 'http://snomed.info/sct', code: '159541003', min: 0, who: true }],
  entities: [{ ...hl7('audit-entity-type', '1'), min: 1 }],
});

/** What the StructureDefinitions of BALP 1.1.4 ask for. */
const PATTERNS: Record<string, Pattern> = {
  PatientRead: {
    type: hl7('audit-event-type', 'rest'), subtype: ['read', 'vread'].map((code) => ({ system: 'http://hl7.org/fhir/restful-interaction', code })), action: 'R',
    agents: [...machines(''), { ...hl7('v3-ParticipationType', 'IRCP'), min: 0, who: true }],
    entities: [
      { ...hl7('audit-entity-type', '1'), min: 1 }, { ...hl7('audit-entity-type', '2'), min: 1 },
      { system: 'https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType', code: 'XrequestId', min: 0 },
    ],
  },
  'PrivacyDisclosure.Source': disclosure('110106', 'R', '110153'),
  'PrivacyDisclosure.Recipient': disclosure('110107', 'C', '110152'),
};

const isOf = (coding: Coding | undefined, { system, code }: Coding): boolean => coding?.system === system && coding?.code === code;

/** Checks an AuditEvent against the pattern that it claims to follow; the name of the pattern, or undefined if it claims none. */
export function checkPattern(audit: AuditEvent): string | undefined {
  const [claimed, ...more] = audit.meta?.profile ?? [];
  if (claimed === undefined) return undefined;
  assert.deepEqual(more, []);
  const name = claimed.replace('https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.', '');
  const pattern = PATTERNS[name];
  assert.ok(pattern, claimed);
  assert.ok(isOf(audit.type, pattern.type), `${name}: type`);
  assert.equal(audit.subtype?.filter((coding) => pattern.subtype.some((each) => isOf(coding, each))).length, 1, `${name}: subtype`);
  assert.deepEqual([audit.action, audit.outcome], [pattern.action, '0'], name);
  assert.ok(audit.agent.length >= 2 && (audit.entity?.length ?? 0) >= 2, name);
  for (const slice of pattern.agents) {
    const found = audit.agent.filter(({ type }) => type?.coding?.some((coding) => isOf(coding, slice)));
    assert.ok(found.length >= slice.min && found.length <= 1, `${name}: ${found.length} agents ${slice.code}`);
    for (const agent of found) {
      assert.ok(!slice.who || agent.who, `${name}: who of ${slice.code}`);
      assert.equal(agent.network !== undefined, slice.network === true, `${name}: network of ${slice.code}`);
      assert.equal(agent.requestor, slice.code === 'IRCP');
      if (slice.observes) assert.deepEqual(agent.who, audit.source.observer, `${name}: the observer is ${slice.code}`);
    }
  }
  for (const slice of pattern.entities) {
    const found = audit.entity?.filter(({ type }) => isOf(type, slice)) ?? [];
    assert.ok(found.length >= slice.min && found.length <= 1, `${name}: ${found.length} entities ${slice.code}`);
    for (const entity of found) {
      assert.ok(entity.what, `${name}: what of ${slice.code}`);
      if (slice.code === '1') assert.deepEqual([isOf(entity.role, hl7('object-role', '1')), entity.what.type], [true, 'Patient'], name);
      if (slice.code === '2') assert.ok(['3', '4', '20'].includes(entity.role?.code ?? ''), name);
      if (slice.code === 'XrequestId') assert.ok(entity.what.identifier?.value, name);
    }
  }
  return name;
}

const agent = (code: string, who: object) => ({ type: { coding: [{ system: DCM, code }] }, who, requestor: false, network: { address: '2001:db8::1', type: '2' } });
const SERVER = { reference: 'Device/gateway' };
const CLIENT = { display: 'tablet 7', reference: 'Device/tablet' };

/** A read as the server of another system may write it. */
export const foreignRead = (more: object = {}) => ({
  resourceType: 'AuditEvent', id: '7', meta: { profile: ['https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PatientRead'] },
  type: hl7('audit-event-type', 'rest'), subtype: [{ system: 'http://hl7.org/fhir/restful-interaction', code: 'vread' }], action: 'R',
  recorded: '2027-01-15T09:00:00.250+01:00', outcome: '0',
  agent: [
    agent('110152', CLIENT), agent('110153', SERVER),
    {
      type: { coding: [hl7('v3-ParticipationType', 'IRCP')] }, who: { reference: 'Practitioner/smith' }, name: 'Dr Smith', requestor: true,
      purposeOfUse: [{ coding: [hl7('v3-ActReason', 'TREAT')] }],
    },
  ],
  source: { site: 'server.example', observer: SERVER },
  entity: [
    { what: { reference: 'Patient/f001' }, type: hl7('audit-entity-type', '1'), role: hl7('object-role', '1') },
    { what: { reference: 'Observation/7/_history/2' }, type: hl7('audit-entity-type', '2'), role: hl7('object-role', '4') },
    { what: { identifier: { value: '76d148b6' } }, type: { system: 'https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType', code: 'XrequestId' } },
  ],
  ...more,
});

/** A disclosure as the source (`110106`, `R`) or the recipient (`110107`, `C`) of another system may write it. */
export const foreignDisclosure = (code: string, action: string, more: object = {}) => foreignRead({
  type: { system: DCM, code }, subtype: [hl7('iso-21089-lifecycle', 'disclose')], action, outcomeDesc: 'the patient agreed',
  source: { observer: code === '110106' ? SERVER : CLIENT }, ...more,
});
