/** AuditEvents of FHIR R5: entries of access logs go out and are read back; others' are read, or refused with the reason. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditEvent } from 'fhir/r5.js';
import { chainEntry, InvalidArgument, NotFhirJson, utf8, verifyLog, type AccessEvent, type LogEntry } from '@salus/types';
import { seeded } from '@salus/types/testing';
import { auditEventFromFhir, ResourceRefused, toAuditEvent, type AuditFault, type FhirVersion, type ReadAuditEventOptions } from '../index.js';
import { ALICE, anyAccess, anyLog, anySummary, foreignRead, NOW, PATIENT } from './audit-fixture.js';
import { checkForm } from './claims-structure.js';
import { exampleResources } from './fhir-examples.js';
import { oddVariants } from './odd-values.js';

const R5 = { fhirVersion: '5.0' } as const;
const read = (audit: unknown, options: ReadAuditEventOptions = {}) => auditEventFromFhir(utf8(JSON.stringify(audit)), { ...R5, ...options });

const ACCESS: AccessEvent = {
  time: NOW, side: 'source', organisation: 4, outcome: 'released', requestId: `0x${'11'.repeat(32)}`, recordId: 'lab-7', requester: ALICE,
  requesterOrganisation: 5, requesterKind: 'person', purpose: 'Treat', action: 'Read', decision: 'Directive 3 of block 17',
};
const entryOf = (more: Partial<AccessEvent> = {}): LogEntry<AccessEvent> => chainEntry(undefined, { ...ACCESS, ...more });

test('every entry of a log goes out in R5 and is read back, in the form of R5', () => {
  const entries = anyLog(seeded(5), 600);
  const back = entries.map((entry, at) => {
    const patient = at % 3 === 0 && entry.outcome !== 'unauthenticated' ? PATIENT : undefined;
    const audit = toAuditEvent(entry, { ...R5, ...(patient === undefined ? {} : { patient }) });
    if (at % 10 === 0) checkForm(audit, 'r5');
    const { seq: _seq, previous: _previous, hash: _hash, ...event } = entry;
    const found = read(audit);
    assert.deepEqual(found, { event, entry, unread: [], ...(patient === undefined ? {} : { patient }) }, JSON.stringify(audit));
    return found.entry as LogEntry;
  });
  verifyLog(back);
});

test('both versions say the same of an entry: through one and then the other nothing is lost', () => {
  const versions: FhirVersion[] = ['4.0', '5.0', '4.0'];
  for (const entry of anyLog(seeded(6), 200)) {
    const last = versions.reduce((given, fhirVersion) =>
      auditEventFromFhir(utf8(JSON.stringify(toAuditEvent(given, { fhirVersion }))), { fhirVersion }).entry as LogEntry, entry);
    assert.deepEqual(last, entry);
  }
});

test('the example of a disclosure, as it goes out in R5', () => {
  const entry = entryOf();
  const who = (value: string) => ({ type: 'Organization', identifier: { system: 'urn:salus:organisation', value } });
  const concept = (system: string, code: string) => ({ coding: [{ system, code }] });
  const DCM = 'http://dicom.nema.org/resources/ontology/DCM';
  const own = (code: string) => concept('urn:salus:audit-entity', code);
  assert.deepEqual(toAuditEvent(entry, { ...R5, patient: PATIENT }), {
    resourceType: 'AuditEvent',
    category: [concept(DCM, '110106'), concept('urn:salus:action', 'Read'), concept('urn:salus:access-log-outcome', 'released')],
    code: concept('http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle', 'disclose'),
    action: 'R', recorded: '2027-01-15T08:00:00Z',
    outcome: { code: { system: 'http://terminology.hl7.org/CodeSystem/audit-event-outcome', code: '0' }, detail: [{ text: 'Directive 3 of block 17' }] },
    authorization: [concept('http://terminology.hl7.org/CodeSystem/v3-ActReason', 'TREAT')],
    patient: { type: 'Patient', identifier: { system: 'urn:salus:patient', value: PATIENT } },
    agent: [
      { type: concept(DCM, '110153'), who: who('4'), requestor: false }, { type: concept(DCM, '110152'), who: who('5'), requestor: false },
      {
        type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'IRCP' }, { system: 'http://terminology.hl7.org/CodeSystem/extra-security-role-type', code: 'humanuser' }] },
        who: { type: 'PractitionerRole', identifier: { system: 'urn:salus:account-at', value: `5/${ALICE}` } }, requestor: true,
      },
      { type: concept('http://snomed.info/sct', '159541003'), who: who('4'), requestor: false },
    ],
    source: { observer: who('4') },
    entity: [
      { what: { identifier: { system: 'urn:salus:record', value: 'lab-7' } }, role: concept('http://terminology.hl7.org/CodeSystem/object-role', '4') },
      { what: { identifier: { system: 'urn:salus:request', value: ACCESS.requestId } }, role: concept('https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType', 'XrequestId') },
      {
        what: { identifier: { system: 'urn:salus:access-log-entry', value: entry.hash } }, role: own('entry'),
        detail: [{ type: own('seq'), valueString: '0' }, { type: own('previous'), valueString: entry.previous }],
      },
    ],
  });
  assert.throws(() => toAuditEvent(chainEntry(undefined, anySummary(seeded(1))), { ...R5, patient: PATIENT }), InvalidArgument);
  assert.throws(() => toAuditEvent(entry, { fhirVersion: '3.0' as FhirVersion }), InvalidArgument);
});

test('whatever is changed in an AuditEvent of ours in R5, no other entry comes of it', (context) => {
  const next = seeded(7);
  const entries = [...Array.from({ length: 3 }, () => chainEntry(undefined, anyAccess(next))), chainEntry(undefined, anySummary(next))];
  let [refused, unchanged] = [0, 0];
  for (const entry of entries) {
    for (const variant of oddVariants(toAuditEvent(entry, { ...R5, ...(entry.outcome === 'unauthenticated' ? {} : { patient: PATIENT }) }))) {
      try {
        const found = auditEventFromFhir(utf8(variant), R5);
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

const hl7 = (name: string, code: string) => ({ system: `http://terminology.hl7.org/CodeSystem/${name}`, code });
const concept = (...coding: object[]) => ({ coding });
const VREAD = { system: 'http://hl7.org/fhir/restful-interaction', code: 'vread' };

/** A read as the server of another system may write it in R5. */
function foreign(more: object = {}): Record<string, unknown> {
  const [recipient, source, user] = foreignRead().agent.map(({ type, who, requestor }) => ({ type, who, requestor }));
  return {
    resourceType: 'AuditEvent', id: '7', category: [concept(hl7('audit-event-type', 'rest'))], code: concept(VREAD), action: 'R', severity: 'informational',
    occurredDateTime: '2027-01-15T09:00:00+01:00', recorded: '2027-01-15T09:00:00.250+01:00',
    outcome: { code: hl7('audit-event-outcome', '0'), detail: [{ text: 'the patient agreed' }] },
    patient: { reference: 'Patient/f001' },
    agent: [
      { ...recipient, networkString: '2001:db8::1' }, source,
      { ...user, who: { reference: 'Practitioner/smith', display: 'Dr Smith' }, authorization: [concept(hl7('v3-ActReason', 'TREAT'))] },
    ],
    source: { site: { display: 'server.example' }, observer: { reference: 'Device/gateway' } },
    entity: [
      { what: { reference: 'Observation/7/_history/2' }, role: concept(hl7('object-role', '4')) },
      { what: { identifier: { value: '76d148b6' } }, role: concept({ system: 'https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType', code: 'XrequestId' }) },
    ],
    ...more,
  };
}

const BOOK: ReadAuditEventOptions = {
  organisations: { 'Device/gateway': 4 }, requesters: { 'Practitioner/smith': { account: ALICE, organisation: 5 } }, patients: { 'Patient/f001': PATIENT },
  records: { 'Observation/7': 'lab-7' }, requests: { '76d148b6': ACCESS.requestId },
};

test('a read of another system in R5 is read, and what has no place is told by its path in R5', () => {
  const { requesterKind: _kind, ...said } = ACCESS;
  const expected = {
    event: { ...said, decision: 'the patient agreed' }, patient: PATIENT,
    unread: ['AuditEvent.agent[0].who', 'AuditEvent.severity', 'AuditEvent.occurredDateTime', 'AuditEvent.source.site', 'AuditEvent.agent[0].networkString'],
  };
  const found = read(foreign(), BOOK);
  assert.deepEqual({ ...found, unread: [...found.unread].sort() }, { ...expected, unread: [...expected.unread].sort() });
  // The standard's own examples have the two in either place.
  const swapped = read(foreign({ category: [concept(VREAD)], code: concept(hl7('audit-event-type', 'rest')) }), BOOK);
  assert.deepEqual(swapped, found);
  // R5's own code for success; a purpose of the event before that of the agent; words that are several.
  const success = { code: { system: 'http://hl7.org/fhir/issue-severity', code: 'success' }, detail: [{ text: 'a' }, { text: 'b' }] };
  const other = read(foreign({ outcome: success, authorization: [concept(hl7('v3-ActReason', 'ETREAT'))] }), BOOK);
  assert.deepEqual(other.event, { ...said, decision: '', purpose: 'Etreat' });
  assert.deepEqual(other.unread.filter((path) => /outcome|authorization/.test(path)), ['AuditEvent.agent[2].authorization', 'AuditEvent.outcome.detail[0]', 'AuditEvent.outcome.detail[1]']);
});

const ours = (more: (audit: AuditEvent) => object): object => {
  const audit = toAuditEvent(entryOf(), R5);
  return { ...audit, ...more(audit) };
};
const refusals: [AuditFault, string, object, ReadAuditEventOptions?][] = [
  ['not-an-audit-event', 'resource', { resourceType: 'Consent' }],
  // Those of R4 have a type where R5 has a code.
  ['not-an-audit-event', 'AuditEvent.type', foreign({ type: {} })],
  ['not-an-audit-event', 'AuditEvent.outcome.text', foreign({ outcome: { text: 'well' } })],
  ['not-an-audit-event', 'AuditEvent.entity[0].type', foreign({ entity: [{ type: {} }] })],
  ['modified', 'AuditEvent.outcome.modifierExtension', foreign({ outcome: { modifierExtension: [{ url: 'https://x.example' }] } })],
  ['modified', 'AuditEvent.meta.tag[0]', foreign({ meta: { tag: [hl7('v3-ObservationValue', 'SUBSETTED')] } })],
  ['test-data', 'AuditEvent.meta.tag[0]', foreign({ meta: { tag: [hl7('v3-ActReason', 'HTEST')] } })],
  ['other-kind', 'AuditEvent.category', foreign({ category: [] })],
  ['several', 'AuditEvent.code.coding[0]', foreign({ code: concept({ system: 'http://dicom.nema.org/resources/ontology/DCM', code: '110106' }) })],
  ['other-kind', 'AuditEvent.code', foreign({ code: concept({ ...VREAD, code: 'search' }) })],
  ['action-unknown', 'AuditEvent.action', foreign({ action: 'D' })],
  ['action-unknown', 'AuditEvent.code', ours(({ category = [] }) => ({ category: [...category, concept({ system: 'urn:salus:action', code: 'Amend' })] }))],
  ['missing', 'AuditEvent.recorded', foreign({ recorded: undefined })],
  ['missing', 'AuditEvent.outcome', foreign({ outcome: undefined })],
  ...['4', '8', '12'].map((code): (typeof refusals)[number] => ['outcome-unknown', 'AuditEvent.outcome', foreign({ outcome: { code: hl7('audit-event-outcome', code) } })]),
  ...['error', 'warning', 'information'].map((code): (typeof refusals)[number] =>
    ['outcome-unknown', 'AuditEvent.outcome.code', foreign({ outcome: { code: { system: 'http://hl7.org/fhir/issue-severity', code } } })]),
  ['outcome-unknown', 'AuditEvent.outcome.code', foreign({ outcome: { detail: [{ text: 'well' }] } })],
  ['purpose-unknown', 'AuditEvent.authorization[0]', foreign({ authorization: [concept(hl7('v3-ActReason', 'SNOOP'))] })],
  ['purpose-unknown', 'AuditEvent.agent[2].authorization[0]', foreign({
    agent: (foreign()['agent'] as object[]).map((agent, at) => (at === 2 ? { ...agent, authorization: [concept(hl7('v3-ActReason', 'SNOOP'))] } : agent)),
  })],
  ['several', 'AuditEvent.patient', foreign({ entity: [...foreign()['entity'] as object[], { what: { reference: 'Patient/f002' }, role: concept(hl7('object-role', '1')) }] })],
  ['missing', 'AuditEvent.entity', foreign({ entity: [] })],
  ['record-unknown', 'AuditEvent.entity[0].what', foreign(), { records: {} }],
  ['not-an-event', 'AuditEvent', foreign({ outcome: { code: hl7('audit-event-outcome', '0'), detail: [{ text: 'x'.repeat(1_025) }] } })],
  ['not-an-event', 'AuditEvent.outcome.detail[0].text', foreign({ outcome: { code: hl7('audit-event-outcome', '0'), detail: [{ text: 7 }] } })],
  ['contradiction', 'AuditEvent.code', ours(({ category = [] }) => ({ category: [...category.slice(0, 2), concept({ system: 'urn:salus:access-log-outcome', code: 'refused' })] }))],
  ['entry-broken', 'AuditEvent.entity[2]', ours(() => ({ outcome: { code: hl7('audit-event-outcome', '0'), detail: [{ text: 'Directive 4 of block 17' }] } }))],
  ['entry-broken', 'AuditEvent.entity[2]', ours(() => ({ recorded: '2027-01-15T08:00:01Z' }))],
  ['entry-broken', 'AuditEvent.entity[2]', ours(({ agent }) => ({ agent: agent.map(({ type, ...each }) => ({ ...each, type: concept(...type?.coding?.slice(0, 1) ?? []) })) }))],
];

test('what is no entry of an access log is refused in R5 too, with the reason and the place in R5', () => {
  for (const [fault, path, audit, more] of refusals) {
    assert.throws(() => read(audit, { ...BOOK, ...more }), (error) => {
      assert.ok(error instanceof ResourceRefused, `${fault} ${path}: ${String(error)}`);
      assert.deepEqual([error.fault, error.path], [fault, path], error.message);
      assert.ok(error.message.startsWith(`${path}: `), error.message);
      return true;
    }, `${fault} ${path} was taken`);
  }
  // Each version is read as itself alone.
  assert.throws(() => read(toAuditEvent(entryOf(), R5), { fhirVersion: '4.0' }), { fault: 'not-an-audit-event' });
  assert.throws(() => read(toAuditEvent(entryOf())), { fault: 'not-an-audit-event' });
});

test('the standard\'s own AuditEvents of R5: how many are taken, and why the others are not', (context) => {
  const examples = exampleResources('audit-events-r5');
  const outcomes = (strip: boolean): Record<string, string> => Object.fromEntries(examples.map(({ from, resource }) => {
    const { meta: _meta, ...rest } = resource;
    try {
      read(strip ? rest : resource, BOOK);
      return [from, 'taken'];
    } catch (error) {
      assert.ok(error instanceof ResourceRefused, `${from}: ${String(error)}`);
      if (strip) context.diagnostic(`${from}: ${error.message}`);
      return [from.replace(/^AuditEvent-|\.json$/g, ''), `${error.fault} ${error.path}`];
    }
  }));
  // Each is marked as test data.
  assert.deepEqual([...new Set(Object.values(outcomes(false)))], ['test-data AuditEvent.meta.tag[0]']);
  assert.deepEqual(outcomes(true), {
    example: 'other-kind AuditEvent.category', 'example-advanced-create': 'other-kind AuditEvent.code', 'example-breakglass-start': 'other-kind AuditEvent.code',
    'example-consent-permit-authz': 'other-kind AuditEvent.category', 'example-disclosure': 'other-kind AuditEvent.code',
    'example-error': 'outcome-unknown AuditEvent.outcome.code', 'example-login': 'other-kind AuditEvent.category', 'example-logout': 'other-kind AuditEvent.category',
    'example-media': 'other-kind AuditEvent.code', 'example-pixQuery': 'other-kind AuditEvent.category', 'example-rest': 'side-unknown AuditEvent.source.observer',
    'example-rest-create-traceID': 'other-kind AuditEvent.code', 'example-search': 'other-kind AuditEvent.code',
  });
});
