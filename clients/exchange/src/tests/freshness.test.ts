/** Old facts permit nothing: by the host's clock, by what the node says of itself, and to the second. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { ageProblem, MAX_FINAL_AGE, present, presentAsTold } from '@salus/client';
import { InvalidArgument, NodeUnavailable, StaleNode, verifyLog, type LogEntry } from '@salus/types';
import type { GateOptions } from '../gate.js';
import { MemoryLog } from '../log.js';
import { receive } from '../receive.js';
import { ask, askAsPatient, cast, chain, newClock, openGate, refused, START, type Cast, type Clock } from './gate-fixture.js';

let people: Cast;

before(async () => {
  people = await cast();
});

/** What is said of a node that is as `node` says. */
async function problemOf(node: Partial<Clock>, options: object = {}): Promise<string | undefined> {
  const clock = newClock(node);
  return (await presentAsTold(chain(people, clock), { now: () => clock.now * 1000, ...options })).problem();
}

const OLD: [Partial<Clock>, RegExp][] = [
  [{ lag: 13, finalLag: 13 }, /best block is of 1970-01-01 02:46:27 UTC, 13 s ago, and may be 12 s old/],
  [{ lag: 3_600, finalLag: 3_600 }, /best block is of .*, 3600 s ago/],
  [{ finalLag: 61 }, /last final block is of .*, 61 s ago, and may be 60 s old/],
  [{ lag: -7, finalLag: 0 }, /7 s ahead of the clock here, and may be 6 s ahead/],
  [{ isSyncing: true }, /catching up/],
  [{ peers: 0 }, /no peers/],
  [{ peers: 0, bootNodes: false, chainType: 'Local' }, /no peers/],
  [{ peers: 0, bootNodes: true, chainType: 'Development' }, /no peers/],
];

test('the limits are four block times, sixty seconds, and two block times ahead, each to the second', async () => {
  for (const [node, reason] of OLD) assert.match(await problemOf(node) ?? 'fresh', reason, JSON.stringify(node));
  for (const node of [
    { lag: 12, finalLag: 12 }, { finalLag: MAX_FINAL_AGE }, { lag: -6, finalLag: 0 }, { peers: 0, bootNodes: false, chainType: 'Development' },
  ] as Partial<Clock>[]) {
    assert.equal(await problemOf(node), undefined, JSON.stringify(node));
  }
  assert.equal(await problemOf({ peers: 0 }, { peers: false }), undefined);
  assert.match(await problemOf({ peers: 0, bootNodes: false, chainType: 'Development' }, { peers: true }) ?? '', /no peers/);
  // What is no number is no age.
  assert.ok(ageProblem(Number.NaN, { best: 1, finalised: 1 }, 3));
  assert.ok(ageProblem(1, { best: 1, finalised: Number.NaN }, 3));
  assert.ok(ageProblem(1, { best: 1, finalised: 1 }, Number.NaN));
});

test('a parachain\'s limits are of its own block time, and leave room for one of two collators to be away', async () => {
  for (const [node, reason] of [
    [{ lag: 25, finalLag: 25 }, /best block is of .*, 25 s ago, and may be 24 s old/],
    [{ lag: -13, finalLag: 0 }, /13 s ahead of the clock here, and may be 12 s ahead/],
    [{ lag: 14, finalLag: 61 }, /last final block is of .*, 61 s ago, and may be 60 s old/],
    [{ peers: 0 }, /no peers/],
  ] as [Partial<Clock>, RegExp][]) {
    assert.match(await problemOf({ parachain: true, ...node }) ?? 'fresh', reason, JSON.stringify(node));
  }
  // Alone a collator has every second slot: the next block comes after 12 seconds. The relay chain makes it final some 30 seconds later.
  for (const node of [{ lag: 24, finalLag: 24 }, { lag: -12, finalLag: 0 }, { lag: 14, finalLag: 30 + 14 }, { finalLag: MAX_FINAL_AGE }]) {
    assert.equal(await problemOf({ parachain: true, ...node }), undefined, JSON.stringify(node));
  }
  const { gate } = openGate(people, {}, { parachain: true, lag: 14, finalLag: 30 + 14, peers: 1 });
  assert.equal((await gate.release(await ask(people.requester))).recordId, 'r1');
});

test('the chain\'s own clock is believed of a development chain alone', async () => {
  const moved = { lag: 9_999, finalLag: 9_999, bootNodes: false, peers: 0 };
  assert.equal(await problemOf({ ...moved, chainType: 'Development' }, { clock: 'chain' }), undefined);
  assert.match(await problemOf({ ...moved, finalLag: 10_100, chainType: 'Development' }, { clock: 'chain' }) ?? '', /final block/);
  for (const chainType of ['Local', 'Live'] as const) {
    await assert.rejects(problemOf({ chainType }, { clock: 'chain' }), InvalidArgument);
    await assert.rejects(problemOf({ chainType }, { clock: 'Chain' as 'chain' }), InvalidArgument);
    const { gate } = openGate(people, { freshness: { clock: 'chain' } }, { chainType });
    await assert.rejects(gate.release(await ask(people.requester)), InvalidArgument);
  }
  const { gate } = openGate(people, { freshness: { clock: 'chain' } }, { ...moved, chainType: 'Development', now: START + 9_999 });
  assert.equal((await gate.release(await ask(people.requester))).recordId, 'r1');
});

test('a node that does not answer is told from one that is old, in time', async () => {
  for (const [node, error] of [[{ mode: 'silent' }, NodeUnavailable], [{ lag: 99 }, StaleNode]] as const) {
    const clock = newClock(node);
    await assert.rejects(present(chain(people, clock), { now: () => clock.now * 1000, timeout: 50 }), error);
  }
});

const refusals = (entries: LogEntry[]): unknown[] => entries.map((entry) => [entry.outcome, 'decision' in entry && entry.decision]);

test('a gate whose node is old releases nothing, and says in its log why', async () => {
  for (const [node, reason] of OLD) {
    const { gate, log } = openGate(people, {}, node);
    const signed = await ask(people.requester);
    await assert.rejects(gate.release(signed), refused(reason));
    await assert.rejects(gate.release(await askAsPatient(people.patient)), refused(reason));
    const entries = await log.entries();
    verifyLog(entries);
    assert.equal(entries.length, 2);
    for (const entry of entries) assert.ok(entry.outcome === 'refused' && reason.test(entry.decision) && entry.time === START, JSON.stringify(entry));
    // It is answered, once: nobody fills the log with copies of it.
    await assert.rejects(gate.release(signed), refused(/answered before/));
  }
});

test('strangers at a gate whose node is old write nothing into the log, and are not called unknown', async () => {
  const { gate, log } = openGate(people, {}, { lag: 60, finalLag: 60 });
  await assert.rejects(gate.release(await ask(people.stranger())), refused(/cannot be relied on now.*not known from what it has.*60 s ago/));
  assert.deepEqual([await log.entries(), gate.failures], [[], { stale: 1 }]);
});

test('a gate whose node is silent or gone refuses in time, and counts that', async () => {
  for (const mode of ['silent', 'failing'] as const) {
    const { gate, log, clock } = openGate(people, {}, { mode });
    const options: GateOptions['freshness'] = { now: () => clock.now * 1000, timeout: 50 };
    const { gate: quick, log: itsLog, clock: itsClock } = openGate(people, { freshness: options }, { mode });
    await assert.rejects(quick.release(await ask(people.requester)), refused(/did not answer/));
    assert.deepEqual([quick.failures, gate.failures, await log.entries()], [{ silent: 1 }, {}, []]);
    itsClock.mode = 'well';
    await quick.release(await ask(people.requester));
    await quick.summarise();
    assert.deepEqual((await itsLog.entries()).map(({ outcome }) => outcome), ['released', 'unauthenticated']);
  }
});

test('a node that stops in the middle of an answer: refused and logged', async () => {
  const { gate, log } = openGate(people, { timeout: 50 }, { deciding: () => { throw new NodeUnavailable('the node'); } });
  await assert.rejects(gate.release(await ask(people.requester)), NodeUnavailable);
  assert.deepEqual(refusals(await log.entries()), [['refused', 'the gate\'s node did not answer']]);
});

test('what was fresh when it was asked and old when it was answered is not handed out', async () => {
  const { gate, log, clock } = openGate(people);
  // Decided on the very blocks that were checked; their time goes on meanwhile.
  clock.deciding = () => { clock.now = START + 13; };
  await assert.rejects(gate.release(await ask(people.requester)), refused(/best block is of .*, 13 s ago/));
  assert.equal((await log.entries())[0]?.outcome, 'refused');
});

test('everything about a request is read from the blocks that were checked', async () => {
  const clock = newClock();
  const api = chain(people, clock);
  const read = new Set<string>();
  let asked = 0;
  const at = api.at.bind(api);
  const { getBlockHash, getFinalizedHead } = api.rpc.chain;
  Object.assign(api, { at: async (hash: string) => { read.add(hash); return at(hash); } });
  const counted = <T>(head: () => Promise<T>) => async () => { asked += 1; return head(); };
  Object.assign(api.rpc.chain, { getBlockHash: counted(getBlockHash), getFinalizedHead: counted(getFinalizedHead) });
  const { gate } = openGate(people, { api, freshness: { now: () => clock.now * 1000 } });
  await gate.release(await ask(people.requester));
  assert.deepEqual([read.size, asked], [2, 2], 'each head is asked for once, and no other block is read');
});

test('who receives from a node that is old is told so, and logs nothing as received', async () => {
  const { gate, api, clock, freshness } = openGate(people);
  const signed = await ask(people.requester);
  const released = await gate.release(signed);
  const log = new MemoryLog();
  const options = { api, identity: people.reader.identity, log, request: signed.request, ...(freshness && { freshness }) };
  clock.lag = 13;
  await assert.rejects(receive(released, options), StaleNode);
  assert.deepEqual(await log.entries(), []);
  clock.lag = 0;
  assert.equal((await receive(released, options)).verified.ok, true);
});
