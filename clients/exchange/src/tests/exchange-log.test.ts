/** Vectors of access logs, for whoever else writes or checks one: `docs/vectors/exchange/log.json`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AUTHENTICATION_FAILURES, chainEntry, checkEvent, entryHash, IntegrityBroken, InvalidArgument, MAX_DECISION, MAX_RECORD_ID, toHex, verifyLog,
  type AccessEvent, type AuthenticationFailureSummary, type Hex, type LogEntry, type LogEvent,
} from '@salus/types';
import { agreesWithVectors } from '@salus/types/testing';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const bytesOf = (byte: number): Hex => toHex(new Uint8Array(32).fill(byte));

const released: AccessEvent = {
  time: 1_800_000_000, side: 'source', organisation: 1, outcome: 'released', requestId: bytesOf(1), recordId: 'r1', requester: ALICE, requesterOrganisation: 2,
  purpose: 'Treat', action: 'Read', decision: 'best state Permit (directive 0) at block 9, finalised state Permit (directive 0) at block 7',
};
const { requesterOrganisation: _, ...ofPatient } = { ...released, purpose: 'Patrqt', action: 'Export' };
const received: AccessEvent = { ...released, side: 'recipient', organisation: 2, outcome: 'received', counterpart: bytesOf(7), custodian: 1 };
const { organisation: __, ...atPatient } = received;
const summary: AuthenticationFailureSummary = {
  time: 1_800_003_600, side: 'source', organisation: 1, outcome: 'unauthenticated', since: 1_800_000_000, failures: { signature: 3, malformed: 1, affiliation: Number.MAX_SAFE_INTEGER },
};

const EVENTS: LogEvent[] = [
  released,
  { ...released, outcome: 'refused', decision: 'Deny\n\t"quoted" \\ \u0000\u001f\u007f \u2028 \u00e9 \u{1f600} /' },
  ofPatient, received, atPatient, summary,
  { ...released, requesterKind: 'machine' }, { ...received, requesterKind: 'person' },
  { ...released, time: 253_402_300_799, organisation: 0, requesterOrganisation: 0xffff_fffe, recordId: '\u{1f600}'.repeat(MAX_RECORD_ID / 2), decision: '\u00e9'.repeat(MAX_DECISION) },
  { ...released, time: 0, recordId: '', decision: '', requestId: toHex(new Uint8Array(32).fill(0xab)).toUpperCase().replace('X', 'x') as Hex },
  { ...summary, failures: Object.fromEntries(Object.keys(AUTHENTICATION_FAILURES).map((why, at) => [why, at + 1])) },
];

/** Written by version 0.1.0 for a patient. */
const OLD = {
  time: 1, side: 'source', organisation: 1, outcome: 'released', requestId: bytesOf(1), recordId: 'r', requester: ALICE,
  requesterOrganisation: -1, purpose: 'Patrqt', action: 'Read', decision: 'best state Permit (Own) at block 9, finalised state Permit (Own) at block 7', seq: 0, previous: bytesOf(0),
  hash: '0x38ec87c6bc0bef444872a386327a6749fddfe6ae20f44aa57a23fb84be2b91ee',
} as LogEntry;

const chained = (first: LogEntry | undefined, events: readonly LogEvent[]): LogEntry[] => {
  const entries: LogEntry[] = first ? [first] : [];
  for (const event of events) entries.push(chainEntry(entries.at(-1), event));
  return entries;
};

/** Where a log breaks; null if it holds. */
function brokenAt(lines: readonly string[]): number | null {
  try {
    verifyLog(lines.map((line) => JSON.parse(line) as LogEntry));
    return null;
  } catch (error) {
    assert.ok(error instanceof IntegrityBroken);
    return Number(/entry (\d+)/.exec(error.message)?.[1]);
  }
}

const WRONG: [string, object, Record<string, unknown>[]][] = [
  ['released', released, [
    { time: -1 }, { time: 1.5 }, { time: '1' }, { time: 253_402_300_800 }, { time: null }, { side: 'both' }, { side: undefined }, { organisation: -1 }, { organisation: 2 ** 32 - 1 },
    { organisation: undefined }, { organisation: null }, { outcome: 'received' }, { outcome: 'lost' }, { outcome: undefined }, { requestId: '0x00' }, { requestId: 'r' }, { requestId: undefined },
    { requestId: bytesOf(1).slice(2) }, { recordId: 7 }, { recordId: 'r'.repeat(MAX_RECORD_ID + 1) }, { recordId: undefined }, { requester: 'Alice' }, { requester: '' },
    { requester: `${ALICE.slice(0, -1)}Z` }, { requesterOrganisation: -1 }, { requesterOrganisation: 2 ** 32 }, { requesterOrganisation: null }, { requesterKind: 'robot' }, { requesterKind: null }, { purpose: 'Whim' }, { action: 'Eat' },
    { decision: undefined }, { decision: 'x'.repeat(MAX_DECISION + 1) }, { counterpart: '0x' }, { counterpart: null }, { custodian: 1 }, { custodian: null }, { patient: 'Ada' }, { hash: bytesOf(1) }, { seq: 0 },
    { failures: { signature: 1 } }, { since: 1 },
  ]],
  ['received', received, [{ outcome: 'released' }, { outcome: 'refused' }, { organisation: -1 }, { organisation: null }, { custodian: -1 }]],
  ['unauthenticated', summary, [
    { since: 1_800_003_601 }, { since: -1 }, { since: undefined }, { side: 'recipient' }, { organisation: -1 }, { organisation: undefined }, { failures: {} }, { failures: undefined }, { failures: { whim: 1 } },
    { requester: ALICE },
  ]],
];

test('the vectors of access logs are what this client writes, and says of each', () => {
  const entries = chained(undefined, EVENTS);
  const lines = entries.map((entry) => JSON.stringify(entry));
  const rehashed = (entry: object): string => JSON.stringify({ ...entry, hash: entryHash(entry) });
  const third = entries[2] as LogEntry;
  const logs: [string, string[]][] = [
    ['no entry', []],
    ['every kind of entry', lines],
    ['members in another order', lines.map((line) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(line) as object).reverse())))],
    ['begun by a version that wrote -1 for no organisation', chained(OLD, [released, received]).map((entry) => JSON.stringify(entry))],
    ['the first is missing', lines.slice(1)],
    ['one is missing', lines.toSpliced(2, 1)],
    ['two have changed places', lines.toSpliced(2, 2, lines[3] as string, lines[2] as string)],
    ['one is there twice', lines.toSpliced(2, 0, lines[2] as string)],
    ['one says another purpose', lines.with(2, JSON.stringify({ ...third, purpose: 'Hpaymt' }))],
    ['one says another purpose, with its hash', lines.with(2, rehashed({ ...third, purpose: 'Hpaymt' }))],
    ['one has another number, with its hash', lines.with(2, rehashed({ ...third, seq: 3 }))],
    ['one has another before it, with its hash', lines.with(2, rehashed({ ...third, previous: bytesOf(9) }))],
    ['one has a member more', lines.with(2, JSON.stringify({ ...third, note: 'x' }))],
    ['one has lost its hash', lines.with(2, JSON.stringify({ ...third, hash: undefined }))],
    ['the last is changed', lines.with(-1, (lines.at(-1) as string).replace('"malformed":1', '"malformed":2'))],
  ];
  const refused = WRONG.flatMap(([kind, good, changes]) => changes.map((change) => {
    const event = JSON.parse(JSON.stringify({ ...good, ...change })) as LogEvent;
    let argument: string | undefined;
    try {
      checkEvent(event);
    } catch (error) {
      assert.ok(error instanceof InvalidArgument, String(error));
      argument = error.argument;
    }
    assert.ok(argument !== undefined, JSON.stringify(change));
    return { name: `${kind} with ${JSON.stringify(change) === '{}' ? `no ${Object.keys(change).join()}` : JSON.stringify(change).slice(0, 60)}`, event: JSON.stringify(event), argument };
  }));
  const vectors = {
    about: 'Access logs. An entry\'s hash is blake2b-256 of "salus:access-log:v1" and, in UTF-8, the JSON text of the list of its members but `hash`, each [name, value], sorted by name, as JavaScript\'s JSON.stringify writes it; what is inside a member keeps its order. `brokenAt` is the first entry that does not follow from those before it. An event that is refused is never written; `argument` names what is wrong with it.',
    logs: logs.map(([name, each]) => ({ name, lines: each, brokenAt: brokenAt(each) })),
    refused,
  };
  assert.deepEqual(vectors.logs.slice(0, 4).map((log) => log.brokenAt), [null, null, null, null]);
  assert.ok(vectors.logs.slice(4).every((log) => log.brokenAt !== null));
  agreesWithVectors('log.json', vectors);
});

test('half of a surrogate pair in an entry is refused', () => {
  for (const change of [{ recordId: '\ud800' }, { decision: 'x\udc00' }]) assert.throws(() => checkEvent({ ...released, ...change }), InvalidArgument);
});
