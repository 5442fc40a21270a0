import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { u8aWrapBytes } from '@polkadot/util';
import { encodeAddress } from '@polkadot/util-crypto';
import { newOpening, type Opening } from '@salus/client/sealed';
import { IntegrityBroken, newSalt, ReleaseRefused, toHex, verifyLog, type AccessEvent, type LogEntry, type RequesterKind } from '@salus/types';
import { open, seal } from '../envelope.js';
import { ReleaseGate, type GateOptions } from '../gate.js';
import { MemoryLog, type AccessLog } from '../log.js';
import { receive } from '../receive.js';
import { requestMessage, type ReleaseRequest, type SignedRequest } from '../request.js';
import { ask, askAsPatient, cast, content, GENESIS, KEYLESS, openGate, refused, SEALED, START, type Cast } from './gate-fixture.js';

let people: Cast;

before(async () => {
  people = await cast();
});

const counterpartOf = (entry: LogEntry | undefined): string | undefined =>
  entry?.outcome === 'received' ? entry.counterpart : undefined;

test('a permitted request gets an envelope that opens for the reader alone, and both sides log', async () => {
  const { requester, reader, custodian } = people;
  const { gate, log, api, freshness } = openGate(people);
  const signed = await ask(requester);
  const released = await gate.release(signed);
  await assert.rejects(open(released.envelope, custodian.identity), IntegrityBroken);
  const theirs = new MemoryLog();
  const received = await receive(released, { api, identity: reader.identity, log: theirs, request: signed.request, freshness });
  assert.deepEqual(received.record, content);
  const [source, recipient] = [await log.entries(), await theirs.entries()];
  verifyLog(source);
  verifyLog(recipient);
  assert.equal(source[0]?.outcome, 'released');
  assert.equal(counterpartOf(recipient[0]), source[0]?.hash);
});

test('what is known of who asked, a person or a machine, stands in both logs; a word that is none refuses, and is not logged', async () => {
  const { requester, reader } = people;
  for (const kind of ['person', 'machine'] as const) {
    const asked: ReleaseRequest[] = [];
    const { gate, log, api, freshness } = openGate(people, { requesterKind: (request) => { asked.push(request); return kind; } });
    const signed = await ask(requester);
    const released = await gate.release(signed);
    assert.deepEqual(asked, [signed.request]);
    const theirs = new MemoryLog();
    await receive(released, { api, identity: reader.identity, log: theirs, request: signed.request, requesterKind: kind, freshness });
    await assert.rejects(gate.release(await ask(requester, { purpose: 'Hpaymt' })), refused(/Deny/));
    const kinds = [...await log.entries(), ...await theirs.entries()].map((entry) => (entry as AccessEvent).requesterKind);
    assert.deepEqual(kinds, [kind, kind, kind]);
  }
  for (const requesterKind of [() => 'robot' as RequesterKind, () => { throw new Error('no token'); }]) {
    const { gate, log } = openGate(people, { requesterKind });
    await assert.rejects(gate.release(await ask(requester)));
    const [entry, ...more] = await log.entries();
    // What the request itself says is known all the same.
    assert.deepEqual([entry?.outcome, (entry as AccessEvent).requesterKind, more], ['refused', 'machine', []]);
  }
});

test('where the custodian knows nothing better, what the request says of who asks stands in both logs; of a patient, that a person does', async () => {
  const { requester, patient, reader } = people;
  const cases = [
    [await ask(requester), 'machine'], [await ask(requester, { requesterKind: 'person' }), 'person'], [await ask(requester, { requesterKind: 'machine' }), 'machine'],
  ] as const;
  for (const [signed, kind] of cases) {
    const { gate, log, api, freshness } = openGate(people, { requesterKind: () => undefined });
    const theirs = new MemoryLog();
    await receive(await gate.release(signed), { api, identity: reader.identity, log: theirs, request: signed.request, freshness });
    const kinds = [...await log.entries(), ...await theirs.entries()].map((entry) => (entry as AccessEvent).requesterKind);
    assert.deepEqual(kinds, [kind, kind]);
  }
  const { gate, log } = openGate(people);
  const own = await gate.release(await askAsPatient(patient));
  assert.deepEqual([own.entry.requesterKind, (await log.entries()).length], ['person', 1]);
});

test('an account has one name in both logs, whichever of its addresses it came with', async () => {
  const { requester, reader } = people;
  const key = toHex(requester.publicKey);
  const { request } = await ask(requester);
  const names: string[] = [];
  const addresses = [requester.address, encodeAddress(requester.publicKey, 0), encodeAddress(requester.publicKey, 16_383), key, `0x${key.slice(2).toUpperCase()}`];
  for (const [at, address] of addresses.entries()) {
    const other: ReleaseRequest = { ...request, id: toHex(new Uint8Array(32).fill(at + 1)), requester: address };
    const signed = { request: other, signature: toHex(requester.sign(requestMessage(GENESIS, other))) };
    const { gate, log, api, freshness } = openGate(people);
    const theirs = new MemoryLog();
    await receive(await gate.release(signed), { api, identity: reader.identity, log: theirs, request: other, freshness });
    for (const entry of [...await log.entries(), ...await theirs.entries()]) names.push((entry as AccessEvent).requester);
  }
  assert.deepEqual(names, Array(2 * addresses.length).fill(key));
});

test('a patient gets the own record', async () => {
  const { gate, log } = openGate(people);
  const { envelope } = await gate.release(await askAsPatient(people.patient));
  assert.deepEqual((await open(envelope, people.reader.identity)).record, content);
  assert.deepEqual((await log.entries()).map(({ outcome }) => outcome), ['released']);
});

test('a purpose that is not permitted, and a record that does not exist, are refused and logged', async () => {
  const { gate, log } = openGate(people);
  await assert.rejects(gate.release(await ask(people.requester, { purpose: 'Hpaymt' })), refused(/Deny/));
  await assert.rejects(gate.release(await ask(people.requester, { recordId: 'r2' })), refused(/no such record/));
  assert.deepEqual((await log.entries()).map(({ outcome }) => outcome), ['refused', 'refused']);
});

/** The opening of the one sealed directive of the fixture, and the moment after which that is in force no more. */
const OPENINGS = new Map([[SEALED, newOpening({ grantee: 'Any', actions: ['Read'], purposes: ['Hpaymt'], classes: ['Observations'] })]]);
const SEALS = { sealedUntil: START + 1_000 };
/** How an answer about a patient who has sealed directives is told. */
const TOLD = (verdict: string): RegExp => new RegExp(`^${verdict}, by the states of blocks 9 and 7$`);

/** What the gate answers, as the house that asked gets it. */
async function answerOf(gate: ReleaseGate, signed: SignedRequest): Promise<string> {
  try {
    return JSON.stringify(await gate.release(signed));
  } catch (error) {
    if (error instanceof ReleaseRefused) return JSON.stringify({ ...error, message: error.message, reason: error.reason });
    throw error;
  }
}

test('whoever asks is not told whether there is a record that may not be seen; the log is', async () => {
  const { requester, record } = people;
  const unclassified = { get: async () => ({ ...record, labels: undefined }) as unknown as typeof record, put: async () => undefined };
  const given: [Partial<GateOptions>, Partial<ReleaseRequest>, Parameters<typeof openGate>[2], RegExp][] = [
    [{}, { recordId: 'r2' }, {}, /^there is no such record$/], [{}, { purpose: 'Hpaymt' }, {}, /state Deny \(Default\) at block 9/], [{ store: unclassified }, {}, {}, /kept without/],
    [{}, { purpose: 'Hpaymt' }, SEALS, TOLD('Deny')],
  ];
  const told = new Set<string>();
  for (const [over, asked, node, why] of given) {
    const { gate, log } = openGate(people, over, node);
    told.add(await answerOf(gate, await ask(requester, asked)));
    assert.match((await log.entries() as AccessEvent[])[0]?.decision ?? '', why);
  }
  const reason = 'there is no such record, or none that may be seen';
  assert.deepEqual([...told].map((text) => JSON.parse(text) as unknown), [{ name: 'RecordWithheld', reason, message: `release refused: ${reason}` }]);
});

test('a gate decides with the openings that it has of the patient, and both logs have the same of it', async () => {
  const { requester, reader, record } = people;
  const asked: string[] = [];
  const { gate, log, api, freshness } = openGate(people, { openings: (subject) => { asked.push(subject); return OPENINGS; } }, SEALS);
  const signed = await ask(requester, { purpose: 'Hpaymt' });
  const released = await gate.release(signed);
  assert.deepEqual(released.decision.best.why, { kind: 'SealedDirective', sealed: SEALED }, 'the house itself knows');
  const theirs = new MemoryLog();
  const received = await receive(released, { api, identity: reader.identity, log: theirs, request: signed.request, freshness });
  assert.deepEqual(received.record, content);
  // Without an opening it would be released for treatment.
  await assert.rejects(gate.release(await ask(requester)), refused(TOLD('Deny')));
  assert.deepEqual(asked, [record.subject, record.subject]);
  const told = [...await log.entries(), ...await theirs.entries()].map((entry) => [entry.outcome, (entry as AccessEvent).decision] as const);
  assert.deepEqual(told.map(([outcome]) => outcome), ['released', 'refused', 'received']);
  for (const [outcome, decision] of told) assert.match(decision, TOLD(outcome === 'refused' ? 'Deny' : 'Permit'));
});

test('nothing that leaves the house names a sealed directive, whether it can be opened there or not', async () => {
  const { requester, reader } = people;
  for (const openings of [() => OPENINGS, () => new Map<number, Opening>(), undefined]) {
    const { gate, log, api, freshness } = openGate(people, { ...(openings ? { openings } : {}) }, SEALS);
    const theirs = new MemoryLog();
    const left: string[] = [];
    for (const purpose of ['Treat', 'Hpaymt', 'Hresch'] as const) {
      const signed = await ask(requester, { purpose });
      left.push(await answerOf(gate, signed));
      const again = await ask(requester, { purpose });
      await gate.release(again).then(async (released) => {
        const copy = structuredClone({ ...released });
        assert.ok(!('decision' in copy));
        left.push(JSON.stringify(copy));
        await receive(copy, { api, identity: reader.identity, log: theirs, request: again.request, freshness });
      }, (error: unknown) => assert.ok(error instanceof ReleaseRefused));
    }
    left.push(JSON.stringify(await log.entries()), JSON.stringify(await theirs.entries()));
    assert.equal((await theirs.entries()).length, 1);
    for (const text of left) assert.doesNotMatch(text, new RegExp(`sealed|directive|\\b${SEALED}\\b`, 'i'));
  }
});

test('the form of an answer tells that the patient has sealed directives, and not whether this house has an opening', async () => {
  const { requester } = people;
  for (const openings of [() => OPENINGS, async () => new Map<number, Opening>(), undefined]) {
    const over = openings ? { openings } : {};
    await assert.rejects(openGate(people, over, SEALS).gate.release(await ask(requester, { purpose: 'Hresch' })), refused(TOLD('Deny')));
    // In force in the final state alone, which counts.
    const ending = { sealedUntil: START, finalLag: 3 };
    await assert.rejects(openGate(people, over, ending).gate.release(await ask(requester, { purpose: 'Hresch' })), refused(TOLD('Deny')));
    // Of one that is over, and of a patient who has none, everybody is told why, and no opening is read.
    for (const node of [{ sealedUntil: START }, {}]) {
      const { gate } = openGate(people, openings ? { openings: () => assert.fail('it is not needed') } : {}, node);
      await assert.rejects(gate.release(await ask(requester, { purpose: 'Hresch' })), refused(/Deny \(Default\)/));
      assert.match((await gate.release(await ask(requester))).told, /Permit \(Own\)/);
    }
  }
});

test('a gate that cannot read its openings, or waits for them too long, releases nothing, and logs that', async () => {
  const { requester } = people;
  const last = async (log: AccessLog) => (await log.entries()).map((entry) => [entry.outcome, (entry as AccessEvent).decision]);
  for (const openings of [async () => { throw new Error('the folder is gone'); }, () => { throw new Error('the folder is gone'); }]) {
    const broken = openGate(people, { openings }, SEALS);
    await assert.rejects(broken.gate.release(await ask(requester)), /the folder is gone/);
    assert.deepEqual(await last(broken.log), [['refused', 'the gate failed']]);
  }
  const slow = openGate(people, { openings: () => new Promise(() => undefined), timeout: 50 }, SEALS);
  await assert.rejects(slow.gate.release(await ask(requester)), refused(/^the gate's own store did not answer in time$/));
  assert.deepEqual(await last(slow.log), [['refused', 'the gate\'s own store did not answer in time']]);
});

test('of many openings a gate takes those of what is in force, and one that was damaged is none', async () => {
  const { requester } = people;
  const [[, opening]] = [...OPENINGS] as [[number, Opening]];
  const many = new Map([...OPENINGS, ...Array.from({ length: 100 }, (_, n) => [1_000 + n, opening] as const)]);
  const released = await openGate(people, { openings: () => many }, SEALS).gate.release(await ask(requester, { purpose: 'Hpaymt' }));
  assert.equal(released.decision.permitted, true);
  const damaged = new Map([[SEALED, { ...opening, salt: opening.salt.slice(0, 5) }]]);
  await assert.rejects(openGate(people, { openings: () => damaged }, SEALS).gate.release(await ask(requester, { purpose: 'Hpaymt' })), refused(TOLD('Deny')));
});

test('what the requester did not sign is refused', async () => {
  const { gate, log } = openGate(people);
  const { requester } = people;
  const changed = await ask(requester, { purpose: 'Hpaymt' });
  changed.request.purpose = 'Treat';
  await assert.rejects(gate.release(changed), refused(/signature/));
  await assert.rejects(gate.release({ ...(await ask(requester)), signature: '0x00' }), refused(/signature/));
  await assert.rejects(gate.release(await ask(requester, { expiry: START })), refused(/expired/));
  await assert.rejects(gate.release(await ask(requester, { expiry: START + 100_000 })), refused(/too long/));
  await assert.rejects(gate.release(await ask(requester, { custodian: 9 })), refused(/another custodian/));
  assert.equal((await log.entries()).length, 0);
});

test('the bytes as a wallet wraps them are taken too', async () => {
  const { gate } = openGate(people);
  const { request } = await ask(people.requester);
  const signature = toHex(people.requester.sign(u8aWrapBytes(requestMessage(GENESIS, request))));
  assert.equal((await gate.release({ request, signature })).recordId, 'r1');
});

test('an organisation that has named no key is handed nothing', async () => {
  const { gate } = openGate(people);
  await assert.rejects(gate.release(await ask(people.requester, { organisation: KEYLESS })), refused(/registered no key/));
});

test('a record that is not the one anchored is told from one that is', async () => {
  const { requester, reader } = people;
  const { gate, log, api, freshness } = openGate(people);
  const signed = await ask(requester);
  const released = await gate.release(signed);
  const forged = await seal({ form: 'Bytes', salt: newSalt(), record: content }, [reader.publicKey]);
  await assert.rejects(
    receive({ ...released, envelope: forged }, { api, identity: reader.identity, log, request: signed.request, freshness }),
    IntegrityBroken,
  );
});

test('an answer to another question is refused, however genuine', async () => {
  const { requester, reader } = people;
  const { gate, api, freshness } = openGate(people);
  const signed = await ask(requester);
  const released = await gate.release(signed);
  const theirs = new MemoryLog();
  const options = { api, identity: reader.identity, log: theirs, request: signed.request, freshness };
  for (const other of [
    { ...released, recordId: 'r2' },
    { ...released, requestId: (await ask(requester)).request.id },
    { ...released, anchor: { ...released.anchor, org: 9 } },
    { ...released, entry: { ...released.entry, decision: 'Permit' } },
  ]) {
    await assert.rejects(receive(other, options), IntegrityBroken);
  }
  assert.equal((await theirs.entries()).length, 0);
});

test('a gate that fails after it has taken a request says so in the log', async () => {
  const failing = { get: async () => people.record, put: async () => undefined };
  const { gate, log } = openGate(people, { store: failing, identity: 'AGE-SECRET-KEY-1NONSENSE' });
  const signed = await ask(people.requester);
  await assert.rejects(gate.release(signed));
  const entries = await log.entries();
  assert.deepEqual(entries.map((entry) => [entry.outcome, 'decision' in entry && entry.decision]), [['refused', 'the gate failed']]);
  await assert.rejects(gate.release(signed), refused(/answered before/));
});

test('a record that is kept without a class or a list of labels known here is refused, and logged', async () => {
  const { record } = people;
  for (const other of [{ labels: undefined }, { labels: null }, { labels: 'Hiv' }, { labels: ['HIV'] }, { labels: [undefined] }, { dataClass: 'Radiology' }, { dataClass: undefined }]) {
    const { gate, log } = openGate(people, { store: { get: async () => ({ ...record, ...other }) as typeof record, put: async () => undefined } });
    await assert.rejects(gate.release(await ask(people.requester)), refused(/kept without/), JSON.stringify(other));
    assert.deepEqual((await log.entries()).map(({ outcome }) => outcome), ['refused']);
  }
});

test('counts that could not be written are kept', async () => {
  const log = new MemoryLog();
  const append = log.append.bind(log);
  let full = true;
  log.append = async (event) => {
    if (full) throw new Error('the disk is full');
    return append(event);
  };
  const { gate } = openGate(people, { log });
  await assert.rejects(gate.release(await ask(people.stranger())), refused(/not affiliated/));
  await assert.rejects(gate.summarise(), /disk is full/);
  await assert.rejects(gate.release(await ask(people.stranger())), refused(/not affiliated/));
  assert.deepEqual(gate.failures, { affiliation: 2 });
  full = false;
  await gate.summarise();
  assert.equal((await log.entries()).length, 1);
  assert.deepEqual(gate.failures, {});
});

test('a time that no clock can keep is an argument that nothing can mean', () => {
  for (const millis of [0, -1, Number.NaN, Infinity, 2 ** 31, '100' as unknown as number]) {
    assert.throws(() => new ReleaseGate({ timeout: millis } as GateOptions), { name: 'InvalidArgument', argument: 'timeout' });
  }
});
