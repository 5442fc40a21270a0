/** AuditEvents of FHIR R4: entries of access logs go out and are read back; others' are read, or refused with the reason. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditEvent, AuditEventAgent } from 'fhir/r4.js';
import { chainEntry, IntegrityBroken, InvalidArgument, NotFhirJson, utf8, verifyLog, type AccessEvent, type LogEntry } from '@salus/types';
import { seeded } from '@salus/types/testing';
import { AUDIT_FAULTS, ResourceRefused, auditEventFromFhir, toAuditEvent, type AuditFault, type ReadAuditEventOptions } from '../index.js';
import { ALICE, anyAccess, anyLog, anySummary, BOB, checkPattern, foreignDisclosure, foreignRead, NOW, PATIENT } from './audit-fixture.js';
import { checkForm } from './claims-structure.js';
import { exampleResources } from './fhir-examples.js';
import { oddVariants } from './odd-values.js';

const read = (audit: unknown, options?: ReadAuditEventOptions) => auditEventFromFhir(utf8(JSON.stringify(audit)), options);

const ACCESS: AccessEvent = {
  time: NOW, side: 'source', organisation: 4, outcome: 'released', requestId: `0x${'11'.repeat(32)}`, recordId: 'lab-7', requester: ALICE,
  requesterOrganisation: 5, purpose: 'Treat', action: 'Read', decision: 'Directive 3 of block 17',
};
const entryOf = (more: Partial<AccessEvent> = {}): LogEntry<AccessEvent> => chainEntry(undefined, { ...ACCESS, ...more });

/** Every text and number in it. */
const leaves = (node: unknown): string[] => (typeof node === 'object' && node !== null ? Object.values(node).flatMap(leaves) : [String(node)]);

test('every entry of a log goes out and is read back, in the form of R4 and of the pattern that it claims', (context) => {
  const entries = anyLog(seeded(20_261_128), 1_200);
  const counts: Record<string, number> = {};
  const back = entries.map((entry, at) => {
    const patient = at % 3 === 0 && entry.outcome !== 'unauthenticated' ? PATIENT : undefined;
    const audit = toAuditEvent(entry, patient === undefined ? {} : { patient });
    if (at % 10 === 0) checkForm(audit, 'r4');
    // Requesters choose the names of records. FHIR allows no empty string and no control character, and XML drops white space at the ends.
    for (const leaf of leaves(audit)) assert.match(leaf, /^[^\p{Cc}\p{Cs}\s]([^\p{Cc}\p{Cs}]*[^\p{Cc}\p{Cs}\s])?$/u);
    const pattern = checkPattern(audit) ?? `no pattern: ${entry.outcome}`;
    counts[pattern] = (counts[pattern] ?? 0) + 1;
    const { seq: _seq, previous: _previous, hash: _hash, ...event } = entry;
    assert.deepEqual(read(audit), { event, entry, unread: [], ...(patient === undefined ? {} : { patient }) }, JSON.stringify(audit));
    return read(audit).entry as LogEntry;
  });
  verifyLog(back);
  context.diagnostic(JSON.stringify(counts));
  assert.deepEqual(Object.keys(counts).sort(), [
    'PatientRead', 'PrivacyDisclosure.Recipient', 'PrivacyDisclosure.Source', 'no pattern: refused', 'no pattern: unauthenticated',
  ]);
});

test('a record read within the house is a Patient Read, and one that leaves it a Privacy Disclosure', () => {
  const patternOf = (more: Partial<AccessEvent>) => checkPattern(toAuditEvent(entryOf(more)));
  assert.equal(patternOf({ requesterOrganisation: 4 }), 'PatientRead');
  assert.equal(patternOf({ requesterOrganisation: 4, action: 'Export' }), 'PrivacyDisclosure.Source');
  assert.equal(patternOf({}), 'PrivacyDisclosure.Source');
  assert.equal(patternOf({ requesterOrganisation: undefined }), 'PrivacyDisclosure.Source');
  assert.equal(patternOf({ side: 'recipient', outcome: 'received', organisation: 5, custodian: 4 }), 'PrivacyDisclosure.Recipient');
  const refused = toAuditEvent(entryOf({ outcome: 'refused' }));
  assert.deepEqual([refused.outcome, refused.outcomeDesc, refused.meta], ['4', ACCESS.decision, undefined]);
});

test('the example of a disclosure, as it goes out', () => {
  const entry = entryOf({ side: 'recipient', outcome: 'received', organisation: 5, custodian: 4, counterpart: `0x${'22'.repeat(32)}` });
  const who = (value: string) => ({ type: 'Organization', identifier: { system: 'urn:salus:organisation', value } });
  const unknown = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] };
  const dicom = (code: string) => ({ coding: [{ system: 'http://dicom.nema.org/resources/ontology/DCM', code }] });
  const type = (code: string) => ({ system: 'http://terminology.hl7.org/CodeSystem/audit-entity-type', code });
  const role = (code: string) => ({ system: 'http://terminology.hl7.org/CodeSystem/object-role', code });
  const own = (code: string) => ({ system: 'urn:salus:audit-entity', code });
  const logged = (value: string | undefined) => ({ identifier: { system: 'urn:salus:access-log-entry', value } });
  assert.deepEqual(toAuditEvent(entry, { patient: PATIENT }), {
    resourceType: 'AuditEvent', meta: { profile: ['https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PrivacyDisclosure.Recipient'] },
    type: { system: 'http://dicom.nema.org/resources/ontology/DCM', code: '110107' },
    subtype: [
      { system: 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle', code: 'disclose' }, { system: 'urn:salus:action', code: 'Read' },
      { system: 'urn:salus:access-log-outcome', code: 'received' },
    ],
    action: 'C', recorded: '2027-01-15T08:00:00Z', outcome: '0', outcomeDesc: 'Directive 3 of block 17',
    purposeOfEvent: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'TREAT' }] }],
    agent: [
      { type: dicom('110153'), who: who('4'), requestor: false, network: unknown }, { type: dicom('110152'), who: who('5'), requestor: false, network: unknown },
      {
        type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'IRCP' }] },
        who: { type: 'PractitionerRole', identifier: { system: 'urn:salus:account-at', value: `5/${ALICE}` } }, requestor: true,
      },
      { type: { coding: [{ system: 'http://snomed.info/sct', code: '159541003' }] }, who: who('4'), requestor: false },
    ],
    source: { observer: who('5') },
    entity: [
      { what: { type: 'Patient', identifier: { system: 'urn:salus:patient', value: PATIENT } }, type: type('1'), role: role('1') },
      { what: { identifier: { system: 'urn:salus:record', value: 'lab-7' } }, type: type('2'), role: role('4') },
      { what: { identifier: { system: 'urn:salus:request', value: ACCESS.requestId } }, type: { system: 'https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType', code: 'XrequestId' } },
      { what: logged(entry.hash), type: own('entry'), detail: [{ type: 'seq', valueString: '0' }, { type: 'previous', valueString: entry.previous }] },
      { what: logged(entry.counterpart), type: own('counterpart') },
    ],
  });
});

const HUMAN = { system: 'http://terminology.hl7.org/CodeSystem/extra-security-role-type', code: 'humanuser' };
const PROGRAM = { system: 'http://dicom.nema.org/resources/ontology/DCM', code: '110150' };

test('whether a person looked or a machine is said by the type of the agent, and the hash covers it', () => {
  for (const [requesterKind, code, type] of [['person', HUMAN, 'PractitionerRole'], ['machine', PROGRAM, 'Device'], [undefined, undefined, 'PractitionerRole']] as const) {
    const entry = entryOf(requesterKind === undefined ? {} : { requesterKind });
    const audit = toAuditEvent(entry);
    const user = audit.agent[2];
    assert.deepEqual([user?.type?.coding?.slice(1), user?.who?.type], [code === undefined ? [] : [code], type]);
    assert.equal(checkPattern(audit), 'PrivacyDisclosure.Source');
    assert.deepEqual(read(audit).entry, entry);
    // Another kind than the entry's, none, or one where it has none.
    for (const other of [HUMAN, PROGRAM, undefined].filter((each) => each !== code)) {
      const coding = [...user?.type?.coding?.slice(0, 1) ?? [], ...other === undefined ? [] : [other]];
      const changed = { ...audit, agent: audit.agent.with(2, { ...user, type: { coding }, who: { ...user?.who, type: other === PROGRAM ? 'Device' : 'Patient' } } as AuditEventAgent) };
      assert.throws(() => read(changed), { fault: 'entry-broken', path: 'AuditEvent.entity[3]' });
    }
  }
  // A patient's device, by itself.
  const { requesterOrganisation: _house, ...ofPatient } = ACCESS;
  const own = chainEntry(undefined, { ...ofPatient, requesterKind: 'machine' });
  assert.deepEqual([toAuditEvent(own).agent[2]?.who?.type, read(toAuditEvent(own)).entry], ['Device', own]);
});

test('of another system it is read where a code says it, and where two parts contradict each other nothing is', () => {
  const by = (who: object, ...codes: object[]) => foreignRead({ agent: [RECIPIENT, SOURCE, { ...USER, who, type: { coding: [hl7('v3-ParticipationType', 'IRCP'), ...codes] } }] });
  const kindOf = (audit: unknown): unknown => (read(audit, { ...BOOK, requesters: { ...BOOK.requesters, 'Device/robot': { account: BOB, organisation: 5 } } }).event as AccessEvent).requesterKind;
  const [smith, robot] = [{ reference: 'Practitioner/smith' }, { reference: 'Device/robot' }];
  assert.deepEqual([kindOf(by(smith)), kindOf(by(smith, HUMAN)), kindOf(by(robot, PROGRAM)), kindOf(by(robot))], [undefined, 'person', 'machine', undefined]);
  for (const audit of [by(smith, HUMAN, PROGRAM), by(smith, PROGRAM), by(robot, HUMAN), by({ ...smith, type: 'Practitioner' }, PROGRAM)]) {
    assert.throws(() => kindOf(audit), { fault: 'contradiction', path: 'AuditEvent.agent[2].type' });
  }
});

test('an AuditEvent names nothing that its entry does not name', () => {
  // Words of the form alone: what two entries have in common that share no content.
  const other: AccessEvent = {
    ...ACCESS, time: 7, organisation: 8, recordId: 'x', requester: BOB, requesterOrganisation: 9, purpose: 'Hresch', action: 'Amend', decision: 'y', requestId: `0x${'33'.repeat(32)}`,
  };
  const form = new Set(leaves(toAuditEvent(entryOf(other))));
  const entry = chainEntry(entryOf(), { ...ACCESS, organisation: 41, requesterOrganisation: 52 });
  const own = leaves(toAuditEvent(entry)).filter((leaf) => !form.has(leaf));
  assert.deepEqual(own.sort(), [
    // Organisation 41 is source, custodian and observer.
    '41', '41', '41', '52', `52/${ALICE}`, 'lab-7', ACCESS.requestId, 'Directive 3 of block 17', 'Read', 'TREAT', '2027-01-15T08:00:00Z', entry.hash, entry.previous,
  ].sort());
});

test('what is no entry, or a false one, does not go out', () => {
  const entry = entryOf();
  assert.throws(() => toAuditEvent({ ...entry, recordId: 'lab-8' }), IntegrityBroken);
  assert.throws(() => toAuditEvent({ ...entry, requesterOrganisation: -1 }), (error) => error instanceof InvalidArgument && error.argument === 'requesterOrganisation');
  assert.throws(() => toAuditEvent({ ...entry, note: 'x' } as LogEntry), (error) => error instanceof InvalidArgument && error.argument === 'note');
  const summary = chainEntry(undefined, anySummary(seeded(1)));
  assert.throws(() => toAuditEvent(summary, { patient: PATIENT }), (error) => error instanceof InvalidArgument && error.argument === 'patient');
  assert.throws(() => toAuditEvent(entry, { patient: 'Jane' }), (error) => error instanceof InvalidArgument && error.argument === 'patient');
});

test('an AuditEvent of ours that a repository wrote in other words is still its entry', () => {
  const entry = entryOf();
  const audit = toAuditEvent(entry, { patient: PATIENT });
  const rewritten = {
    ...audit, id: '17', meta: { versionId: '1', lastUpdated: '2027-01-15T09:00:00Z', profile: [] }, text: { status: 'generated', div: '<div/>' }, recorded: '2027-01-15T00:00:00.000-08:00',
    type: { ...audit.type, display: 'Export' }, agent: audit.agent.map((agent) => ({ ...agent, id: 'a', who: { ...agent.who, display: 'General Hospital' } })),
    source: { ...audit.source, observer: { ...audit.source.observer, display: 'General Hospital' } }, entity: [...audit.entity ?? []].reverse(),
  };
  const { entry: found, unread } = read(rewritten);
  assert.deepEqual([found, unread], [entry, []]);
});

test('whatever is changed in an AuditEvent of ours, no other entry comes of it', (context) => {
  const next = seeded(3);
  const entries = [...Array.from({ length: 3 }, () => chainEntry(undefined, anyAccess(next))), chainEntry(undefined, anySummary(next))];
  let [refused, unchanged] = [0, 0];
  for (const entry of entries) {
    const audit = toAuditEvent(entry, entry.outcome === 'unauthenticated' ? {} : { patient: PATIENT });
    for (const variant of oddVariants(audit)) {
      try {
        const found = auditEventFromFhir(utf8(variant));
        if (found.entry === undefined) continue;
        assert.deepEqual(found.entry, entry, variant);
        unchanged += 1;
      } catch (error) {
        assert.ok(error instanceof ResourceRefused || error instanceof NotFhirJson, `${variant}: ${String(error)}`);
        refused += 1;
      }
    }
  }
  context.diagnostic(`${refused} refused, ${unchanged} read to the same entry`);
  assert.ok(refused > 1_000 && unchanged > 100);
});

const BOOK: ReadAuditEventOptions = {
  organisations: { 'Device/gateway': 4 }, requesters: { 'Practitioner/smith': { account: ALICE, organisation: 5 } }, patients: { 'Patient/f001': PATIENT },
  records: { 'Observation/7': 'lab-7' }, requests: { '76d148b6': ACCESS.requestId },
};

test('a read of another system is read, by what its references mean here, and what has no place is told', () => {
  const { decision: _decision, ...said } = ACCESS;
  assert.deepEqual(read(foreignRead(), BOOK), {
    event: { ...said, decision: '' }, patient: PATIENT,
    unread: [
      'AuditEvent.agent[0].who', 'AuditEvent.source.site', 'AuditEvent.agent[0].network', 'AuditEvent.agent[1].network', 'AuditEvent.agent[2].name',
    ],
  });
  const byClient = read(foreignRead({ source: { observer: { reference: 'Device/tablet' } } }), { ...BOOK, organisations: { 'Device/tablet': 5, 'Device/gateway': 4 } });
  assert.deepEqual(byClient.event, { ...said, decision: '', side: 'recipient', outcome: 'received', organisation: 5, custodian: 4 });
});

test('a disclosure of another system is read on either side, if it is told which action it was', () => {
  const source = foreignDisclosure('110106', 'R');
  assert.throws(() => read(source, BOOK), { fault: 'action-unknown', path: 'AuditEvent.subtype' });
  const { event } = read(source, { ...BOOK, action: 'Export' });
  assert.deepEqual(event, { ...ACCESS, action: 'Export', decision: 'the patient agreed' });
  const recipient = read(foreignDisclosure('110107', 'C'), { ...BOOK, action: 'Export', organisations: { 'Device/tablet': 6 } });
  assert.deepEqual(recipient.event, { ...ACCESS, side: 'recipient', outcome: 'received', organisation: 6, action: 'Export', decision: 'the patient agreed' });
  assert.ok(recipient.unread.includes('AuditEvent.agent[1].who'), 'of whom it came is not known');
  // A patient's own device recorded it: the log is of no organisation.
  const { requesterOrganisation: _house, organisation: _own, ...own } = ACCESS;
  const patient = read(foreignDisclosure('110107', 'C'), {
    ...BOOK, action: 'Export', requesters: { 'Practitioner/smith': { account: BOB }, 'Device/tablet': { account: BOB } },
  });
  assert.deepEqual(patient.event, { ...own, side: 'recipient', outcome: 'received', requester: BOB, action: 'Export', decision: 'the patient agreed', custodian: 4 });
});

const [RECIPIENT, SOURCE, USER] = foreignRead().agent as [object, object, object];
const [WHOSE, RECORD, TRANSACTION] = foreignRead().entity as [object, object, object];
const hl7 = (name: string, code: string) => ({ system: `http://terminology.hl7.org/CodeSystem/${name}`, code });
const ours = (more: (audit: AuditEvent) => object): object => {
  const audit = toAuditEvent(entryOf());
  return { ...audit, ...more(audit) };
};
const agents = (agent: object[], at: number, more: object) => ({ agent: agent.map((each, index) => (index === at ? { ...each, ...more } : each)) });

const refusals: [AuditFault, string, object, ReadAuditEventOptions?][] = [
  ['not-an-audit-event', 'resource', { resourceType: 'Consent' }],
  // Those of R5 have a code where R4 has a type.
  ['not-an-audit-event', 'AuditEvent.code', foreignRead({ code: {} })],
  ['not-an-audit-event', 'AuditEvent.agent[0].authorization', foreignRead(agents([RECIPIENT], 0, { authorization: [] }))],
  ['not-an-audit-event', 'AuditEvent.entity[0].agent', foreignRead({ entity: [{ agent: [] }] })],
  ['modified', 'AuditEvent.modifierExtension', foreignRead({ modifierExtension: [{ url: 'https://x.example' }] })],
  ['modified', 'AuditEvent.entity[0].detail[0].modifierExtension', foreignRead({ entity: [{ detail: [{ modifierExtension: [] }] }] })],
  ['modified', 'AuditEvent.implicitRules', foreignRead({ implicitRules: 'https://x.example' })],
  ['modified', 'AuditEvent.meta.tag[0]', foreignRead({ meta: { tag: [hl7('v3-ObservationValue', 'SUBSETTED')] } })],
  ['test-data', 'AuditEvent.meta.security[0]', foreignRead({ meta: { security: [hl7('v3-ActReason', 'HTEST')] } })],
  ['other-kind', 'AuditEvent.type', foreignRead({ type: { system: 'http://dicom.nema.org/resources/ontology/DCM', code: '110114' } })],
  ['other-kind', 'AuditEvent.subtype', foreignRead({ subtype: [{ system: 'http://hl7.org/fhir/restful-interaction', code: 'search' }] })],
  ['other-kind', 'AuditEvent.subtype', foreignDisclosure('110106', 'R', { subtype: [{ code: 'disclose' }] })],
  ['action-unknown', 'AuditEvent.action', foreignRead({ action: 'D' })],
  ['action-unknown', 'AuditEvent.action', foreignDisclosure('110107', 'R')],
  ['missing', 'AuditEvent.action', foreignRead({ action: undefined })],
  ['action-unknown', 'AuditEvent.subtype', ours(({ subtype = [] }) => ({ subtype: [...subtype, { system: 'urn:salus:action', code: 'Amend' }] }))],
  ['action-unknown', 'AuditEvent.subtype', ours(({ subtype = [] }) => ({ subtype: [subtype[0], { system: 'urn:salus:action', code: 'Steal' }] }))],
  ['missing', 'AuditEvent.recorded', foreignRead({ recorded: undefined })],
  ['no-moment', 'AuditEvent.recorded', foreignRead({ recorded: '2027-01-15' })],
  ['no-moment', 'AuditEvent.recorded', foreignRead({ recorded: '2027-02-30T00:00:00Z' })],
  ['missing', 'AuditEvent.outcome', foreignRead({ outcome: undefined })],
  ...['4', '8', '12'].map((outcome): (typeof refusals)[number] => ['outcome-unknown', 'AuditEvent.outcome', foreignRead({ outcome })]),
  ['outcome-unknown', 'AuditEvent.outcome', ours(() => ({ outcome: '4' }))],
  ['contradiction', 'AuditEvent.subtype', ours(({ subtype = [] }) => ({ subtype: [...subtype.slice(0, 2), { system: 'urn:salus:access-log-outcome', code: 'refused' }] }))],
  ['purpose-unknown', 'AuditEvent.purposeOfEvent', foreignRead(agents([RECIPIENT, SOURCE, USER], 2, { purposeOfUse: undefined }))],
  ['purpose-unknown', 'AuditEvent.purposeOfEvent[0]', foreignRead({ purposeOfEvent: [{ coding: [hl7('v3-ActReason', 'SNOOP')] }] })],
  ['purpose-unknown', 'AuditEvent.purposeOfEvent[0]', foreignRead({ purposeOfEvent: [{ coding: [hl7('v3-ActReason', 'TREAT'), hl7('v3-ActReason', 'SNOOP')] }] })],
  ['purpose-unknown', 'AuditEvent.purposeOfEvent', foreignRead({ purposeOfEvent: ['TREAT', 'HMARKT'].map((code) => ({ coding: [hl7('v3-ActReason', code)] })) })],
  ['missing', 'AuditEvent.agent', foreignRead({ agent: [RECIPIENT, SOURCE] })],
  ['several', 'AuditEvent.agent[1]', foreignRead({ agent: [SOURCE, SOURCE, USER] })],
  ['several', 'AuditEvent.agent[3]', foreignRead({ agent: [RECIPIENT, SOURCE, USER, USER] })],
  ['side-unknown', 'AuditEvent.source.observer', foreignRead({ source: { observer: { reference: 'Device/camera' } } })],
  ['side-unknown', 'AuditEvent.source.observer', foreignDisclosure('110107', 'C', { source: { observer: { reference: 'Device/gateway' } } })],
  ['side-unknown', 'AuditEvent.source.observer', foreignRead({ source: undefined })],
  ['organisation-unknown', 'AuditEvent.agent[1].who', foreignRead(), { organisations: {} }],
  ['organisation-unknown', 'AuditEvent.agent[0].who', foreignDisclosure('110107', 'C'), { organisations: { 'Device/gateway': 4 } }],
  ['contradiction', 'AuditEvent.agent[3].who', foreignRead({ agent: [RECIPIENT, SOURCE, USER, { type: { coding: [{ system: 'http://snomed.info/sct', code: '159541003' }] }, who: { reference: 'Organization/9' } }] }), { organisations: { 'Device/gateway': 4, 'Organization/9': 9 } }],
  ['contradiction', 'AuditEvent.agent[0].who', foreignRead(), { organisations: { 'Device/gateway': 4, 'Device/tablet': 6 } }],
  ['requester-unknown', 'AuditEvent.agent[2].who', foreignRead(), { requesters: {} }],
  ['requester-unknown', 'AuditEvent.agent[2].who', foreignRead(), { requesters: { 'Practitioner/smith': { account: 'smith' } } }],
  ['missing', 'AuditEvent.entity', foreignRead({ entity: [WHOSE, TRANSACTION] })],
  ['missing', 'AuditEvent.entity', foreignRead({ entity: [WHOSE, RECORD] })],
  ['several', 'AuditEvent.entity[1]', foreignRead({ entity: [RECORD, RECORD, TRANSACTION] })],
  ['several', 'AuditEvent.entity[3]', foreignRead({ entity: [WHOSE, RECORD, TRANSACTION, WHOSE] })],
  ['record-unknown', 'AuditEvent.entity[1].what', foreignRead(), { records: {} }],
  ['request-unknown', 'AuditEvent.entity[2].what', foreignRead(), { requests: {} }],
  ['not-an-event', 'AuditEvent', foreignRead({ outcomeDesc: 'x'.repeat(1_025) })],
  ['not-an-event', 'AuditEvent', foreignRead(), { records: { 'Observation/7/_history/2': 'x'.repeat(129), 'Observation/7': 'lab-7' } }],
  ['not-an-event', 'AuditEvent.entity[3]', ours(({ entity = [] }) => ({ entity: entity.map(({ detail: _detail, ...each }) => each) }))],
  ['contradiction', 'AuditEvent.entity[3].detail[2]', { ...toAuditEvent(entryOf({ decision: ' ' })), outcomeDesc: 'the patient agreed' }],
  ['entry-broken', 'AuditEvent.entity[3]', ours(() => ({ outcomeDesc: 'Directive 4 of block 17' }))],
  ['entry-broken', 'AuditEvent.entity[3]', ours(() => ({ recorded: '2027-01-15T08:00:01Z' }))],
];

test('what is no entry of an access log is refused, with the reason and the place', () => {
  for (const [fault, path, audit, more] of refusals) {
    assert.throws(() => read(audit, { ...BOOK, ...more }), (error) => {
      assert.ok(error instanceof ResourceRefused, `${fault} ${path}: ${String(error)}`);
      assert.deepEqual([error.fault, error.path], [fault, path], error.message);
      return true;
    }, `${fault} ${path} was taken`);
  }
  const reached = new Set(refusals.map(([fault]) => fault));
  assert.deepEqual(AUDIT_FAULTS.filter((fault) => !reached.has(fault)), []);
  assert.throws(() => auditEventFromFhir(utf8('{"resourceType":"AuditEvent","action":"R","action":"C"}')), NotFhirJson);
});

test('the standard\'s own AuditEvents: how many are taken, and why the others are not', (context) => {
  const faults: Record<string, string> = {};
  const examples = exampleResources('audit-events');
  for (const { from, resource } of examples) {
    assert.throws(() => read(resource, BOOK), (error) => {
      assert.ok(error instanceof ResourceRefused, `${from}: ${String(error)}`);
      faults[from.replace(/^AuditEvent-|\.json$/g, '')] = `${error.fault} ${error.path}`;
      context.diagnostic(`${from}: ${error.message}`);
      return true;
    });
  }
  context.diagnostic(`0 of ${examples.length} taken`);
  assert.deepEqual(faults, {
    example: 'other-kind AuditEvent.type', 'example-disclosure': 'other-kind AuditEvent.subtype', 'example-error': 'other-kind AuditEvent.subtype',
    'example-login': 'other-kind AuditEvent.type', 'example-logout': 'other-kind AuditEvent.type', 'example-media': 'other-kind AuditEvent.subtype',
    'example-pixQuery': 'other-kind AuditEvent.type', 'example-rest': 'side-unknown AuditEvent.source.observer', 'example-search': 'other-kind AuditEvent.subtype',
  });
});
