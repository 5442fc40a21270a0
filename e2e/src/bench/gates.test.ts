/** What turns the bench red, and what does not: by figures that are made up. It needs no node; the tests run it, and scripts/bench.sh before it measures. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CALLS, costOf, HOT, judge, MARGIN, TOLERANCE, TRANSFER, type Cost, type Hot } from './agreed.js';
import { constantsIn, ownIn, ownOf, writesIn, writesOfSigned, type Own } from './declared.js';
import type { Filled, Flooded } from './flood.js';
import { DECIDE, EMPTY, type Asked } from './questions.js';
import { agreedIn, faultsOf, faultsOfBlocks, faultsOfFloods, faultsOfRun, judgeAnswers, LEAST, report, summary, toFlood, unmeasured, type Found, type Result } from './report.js';
import type { Replayed } from './replay.js';
import { WEIGHED } from './weighed.js';

const COST: Cost = {
  aim: { compute: 60, reads: 4, writes: 4, ratio: 0.8 },
  agreed: { compute: 100, reads: 7, writes: 6, ratio: 0.5, because: { compute: 'why it computes', accesses: 'what it touches', ratio: 'why it falls back' } },
};
const AS_AGREED: Own = { compute: 100, reads: 7, writes: 6 };
const of = (own: Partial<Own>, ratio = 0.54, cost = COST): ReturnType<typeof judge> => judge('a call', { ...AS_AGREED, ...own }, ratio, cost);

test('a missed aim that is agreed is told with its reason, and is no fault', () => {
  const { faults, missed, loose } = of({});
  assert.deepEqual([faults, loose], [[], []]);
  assert.deepEqual(missed, [
    'a call: aim missed, as agreed: 100.0 µs of computing, and 60.0 µs are aimed at: why it computes',
    'a call: aim missed, as agreed: 7 reads, and 4 are aimed at; 6 writes, and 4 are aimed at: what it touches',
    'a call: aim missed, as agreed: 0.54 of the rate of transfers, and 0.8 are aimed at: why it falls back',
  ]);
});

test('one access more than is agreed is a fault, whatever it does to the ceiling', () => {
  assert.deepEqual(of({ reads: 8 }).faults, ['a call: it declares 8 reads, and 7 are agreed']);
  assert.deepEqual(of({ writes: 7 }).faults, ['a call: it declares 7 writes, and 6 are agreed']);
});

test('more computing is a fault beyond the tolerance', () => {
  assert.deepEqual(of({ compute: 100 * (1 + TOLERANCE) - 0.1 }).faults, []);
  assert.deepEqual(of({ compute: 100 * (1 + TOLERANCE) + 0.1 }).faults, ['a call: it declares 115.1 µs of computing, and 100.0 µs are agreed']);
});

test('a share below the agreed one is a fault, and so is one that is no number', () => {
  assert.deepEqual(of({}, 0.49).faults, ['a call: 0.49 of the rate of transfers, and 0.5 are agreed']);
  assert.equal(of({}, Number.NaN).faults.length, 1);
});

test('a missed aim without a reason is a fault', () => {
  const { faults, missed } = of({}, 0.54, { ...COST, agreed: { ...COST.agreed, because: {} } });
  assert.equal(faults.length, 3);
  assert.deepEqual(missed, []);
});

test('what is agreed and not needed is told', () => {
  assert.deepEqual(of({ reads: 6, compute: 80 }).loose, [
    'a call: it declares 80.0 µs of computing, and 100.0 µs are agreed: lower that', 'a call: it declares 6 reads, and 7 are agreed: lower that',
  ]);
  assert.deepEqual(of({}, 0.5 + MARGIN).loose, []);
  assert.deepEqual(of({}, 0.56), { faults: [], missed: of({}, 0.56).missed, loose: ['a call: 0.56 of the rate of transfers, and 0.5 are agreed: that can be raised'] });
});

test('what each hot call declares by the weights of this checkout is as agreed', () => {
  for (const name of HOT) assert.deepEqual(judge(name, ownOf(WEIGHED[name]), undefined, costOf(name) as Cost).faults, []);
});

test('each number of the table that differs from its aim has its reason, and no other has one', () => {
  for (const name of HOT) {
    const { aim, agreed } = costOf(name) as Cost;
    const { because } = agreed;
    assert.equal(because.compute !== undefined, agreed.compute > aim.compute, `${name}: computing`);
    const more = [[agreed.reads, aim.reads], [agreed.writes, aim.writes]].some(([is = 0, most = Number.POSITIVE_INFINITY]) => is > most);
    assert.equal(because.accesses !== undefined, more, `${name}: accesses`);
    assert.equal(because.ratio !== undefined, agreed.ratio < aim.ratio, `${name}: ratio`);
  }
});

const ROOM = 1_200;
const PRICES = { fixed: 361, read: 8, write: 50, signed: { always: 1, fee: 2 } };
const block = (number: number, more: Partial<Filled> = {}): Filled => ({ number, transactions: 1_000, declared: ROOM, built: 600, quiet: true, ...more });
const flooded = (blocks: Filled[], more: Partial<Flooded> = {}): Flooded =>
  ({ blocks, seconds: 3 * blocks.length + 1, tail: 6, lost: 0, failed: 0, own: 0.1, handedIn: 1_000, ...more });
const resultOf = (name: Hot | typeof TRANSFER, blocks: Filled[], more: Partial<Flooded> = {}): Result => summary(
  { name, own: costOf(name)?.agreed ?? { compute: 39, reads: 1, writes: 1 }, free: name === 'consent.revoke', ...(name.endsWith('batch') ? { leaves: 65_536 } : {}) },
  PRICES, 3_000, ROOM, flooded(blocks, more),
);
const full = (count: number, more: Partial<Filled> = {}): Filled[] => Array.from({ length: count }, (_, nth) => block(nth + 1, more));
const found = (more: Partial<Found> = {}): Found => ({
  results: [], prices: PRICES, asked: [], start: undefined, receipt: undefined, replayed: [], starts: [], memory: undefined, chained: undefined, ...more,
});

test('how long a block takes is told by those that were begun after the hand-in alone', () => {
  const during = full(6, { built: 5_000, quiet: false });
  assert.equal(resultOf('consent.permit (to an organisation)', [...during, ...full(LEAST)]).built, 600);
  const few = resultOf('consent.permit (to an organisation)', [...during, ...full(LEAST - 1)]);
  assert.ok(Number.isNaN(few.built));
  assert.match(faultsOfBlocks(found({ results: [few] })).join(), /3 were begun after all was handed in, and 4 must be/);
  assert.match(report(found({ results: [few] }), true), /\(run\)/);
  // One that is not full, and one of which it is not known, do not count.
  assert.equal(resultOf('consent.revoke', [...full(LEAST), block(9, { built: undefined }), block(10, { declared: ROOM / 2, built: 1 })]).quiet, LEAST);
});

const imported = (name: string, each: number): Replayed => ({ name, from: 1, to: 6, calls: 6_000, declared: 6 * ROOM, each, bytes: 1 });

test('a block that takes longer than it declares is a fault, built or imported, of transfers too', () => {
  for (const name of [TRANSFER, 'patient_identity.register'] as const) {
    assert.deepEqual(faultsOfBlocks(found({ results: [resultOf(name, full(6))], replayed: [imported(name, ROOM - 1)] })), []);
    const builtIn = (built: number): string => faultsOfBlocks(found({ results: [resultOf(name, full(6, { built }))] })).join();
    assert.equal(builtIn(ROOM), '');
    assert.match(builtIn(ROOM + 1), new RegExp(`declares ${ROOM} ms and takes ${ROOM + 1} to be built`));
    assert.match(faultsOfBlocks(found({ results: [resultOf(name, full(6))], replayed: [imported(name, 2 * ROOM)] })).join(), /takes 2\.00 of what a full block declares/);
  }
});

test('a block that takes far less than it declares is a fault', () => {
  // One write of its own and one of its extensions: it is free, and gives back what the fee declares.
  assert.match(faultsOfBlocks(found({ results: [resultOf('consent.revoke', full(6, { built: 650 }))] })).join(), /0\.59 of what it declares without its writes, and 0\.6 must be/);
  assert.deepEqual(faultsOfBlocks(found({ results: [resultOf('consent.revoke', full(6, { built: 660 }))] })), []);
  assert.deepEqual(faultsOfBlocks(found({ results: [resultOf(TRANSFER, full(6, { built: 100 }))] })), []);
});

test('a run in which all is as agreed has no fault, and tells each missed aim', () => {
  const results = [TRANSFER, ...HOT].map((name) => resultOf(name as Hot, full(6)));
  assert.deepEqual([...faultsOf(found({ results })), ...faultsOfFloods(found({ results }))], []);
  const { missed, loose } = agreedIn(found({ results }));
  // Here all are as fast as transfers.
  assert.equal(loose.length, HOT.length);
  assert.ok(loose.every((line) => line.endsWith('that can be raised')));
  const because = HOT.map((name) => (CALLS[name] as Cost).agreed.because);
  assert.equal(missed.length, because.filter(({ compute }) => compute !== undefined).length + because.filter(({ accesses }) => accesses !== undefined).length);
});

test('what a block declares without its writes is told, and is what a block that writes much is judged by', () => {
  // 1,000 claims with twelve writes each, and three of their extensions, declare 750 of 1,200 ms in writes: no block of them is built in 0.6 of 1,200 ms.
  const claims = resultOf('claims.submit (one line, settled)', full(6, { built: 300 }));
  assert.equal(claims.withoutWrites, 450);
  assert.deepEqual(faultsOfBlocks(found({ results: [claims] })), []);
  assert.match(faultsOfBlocks(found({ results: [resultOf('claims.submit (one line, settled)', full(6, { built: 260 }))] })).join(), /0\.58 of what it declares without its writes/);
  const [head = '', , row = ''] = report(found({ results: [claims] }), false).split('\n');
  const cell = (column: string): string | undefined => row.split(' | ')[head.split(' | ').indexOf(column)];
  assert.deepEqual(['without its writes, ms', 'built, ms', 'built / without writes', 'built / declared'].map(cell), ['450', '300', '0.67', '0.25']);
  assert.match(report(found({ results: [claims] }), true), /`claims\.submit[^|]*: the same, of what it declares without its writes \| ≥ 0\.6 \| not measured \| 0\.67 \|/);
});

test('a flood of which calls fail or are lost is a fault, also where only blocks are judged', () => {
  const of = (more: Partial<Flooded>, name: Hot | typeof TRANSFER = TRANSFER): string[] => faultsOfFloods(found({ results: [resultOf(name, full(6), more)] }));
  assert.deepEqual(of({}), []);
  assert.deepEqual(of({ failed: 1 }), [`${TRANSFER}: 1 failed`]);
  assert.deepEqual(of({ lost: 2 }, 'consent.revoke'), ['consent.revoke: 2 were lost']);
  assert.match(of({ own: 0.6 }).join(), /took 0\.60 of a core/);
  assert.match(of({ handedIn: 400 }).join(), /400 a second were handed in/);
  for (const blocksOnly of [true, false]) {
    assert.match(faultsOfRun(found({ results: [resultOf(TRANSFER, full(6), { failed: 1 })] }), blocksOnly).join(), /1 failed/);
    assert.match(faultsOfRun(found({ results: [resultOf(TRANSFER, full(6, { built: ROOM + 1 }))] }), blocksOnly).join(), /to be built/);
  }
});

test('transfers are flooded too where only blocks are judged, and come before what is compared with them', () => {
  const every = [...HOT.slice(0, 2), TRANSFER, ...HOT.slice(2)].map((name) => ({ name }));
  const names = (only: string, blocksOnly: boolean): string[] => toFlood(every, (name) => name.includes(only), blocksOnly).map(({ name }) => name);
  assert.deepEqual(names('', true).toSorted(), [TRANSFER, ...HOT].toSorted());
  assert.deepEqual(names('', false).toSorted(), [TRANSFER, ...HOT].toSorted());
  assert.deepEqual(names('register', true), ['patient_identity.register']);
  assert.deepEqual(names('register', false), [TRANSFER, 'patient_identity.register']);
  assert.deepEqual(names('decide', false), []);
});

test('full blocks must come in every slot and become final', () => {
  const of = (blocks: Filled[], more: Partial<Flooded> = {}): string => faultsOfFloods(found({ results: [resultOf(TRANSFER, blocks, more)] })).join();
  // The first request came just after a block was begun, and the last block was seen when it was made.
  assert.equal(of(full(20), { seconds: 60 + 2 }), '');
  assert.match(of(full(20), { seconds: 60 + 3.3 }), /20 blocks were made in the time of 21\.1 slots: not every slot had a block/);
  // A block without calls of the flood is one that was made, and has none of them.
  assert.match(of(full(20).filter(({ number }) => number !== 7 && number !== 8)), /from the first full block to the last each has 900 calls on average, and a full one 1000/);
  assert.equal(of(full(40).filter(({ number }) => number !== 7), { seconds: 120 }), '');
  assert.equal(of(full(6), { tail: 12 }), '');
  assert.match(of(full(6), { tail: 12.3 }), /final after 4\.1 slots, and 4 are the most/);
});

test('the writes of the extensions are those that their weights declare', () => {
  const text = `impl<T: frame_system::Config> frame_system::ExtensionsWeightInfo for SubstrateWeight<T> {
\tfn one() -> Weight {\n\t\tWeight::from_parts(1_000, 1)\n\t\t\t.saturating_add(T::DbWeight::get().reads(4_u64))\n\t\t\t.saturating_add(T::DbWeight::get().writes(1_u64))\n\t}
\tfn two() -> Weight {\n\t\tWeight::from_parts(1_000, 1)\n\t\t\t.saturating_add(T::DbWeight::get().writes(2_u64))\n\t}
}
`;
  assert.equal(writesIn(text), 3);
  assert.throws(() => writesIn('pub use frame_system::weights::SubstrateWeight;'), /no weights/);
  // The nonce is written by every transaction.
  assert.equal(writesOfSigned().always, 1);
});

test('an aim of a question that a machine cannot reach is missed as agreed only if the question takes little', () => {
  const of = (name: string, p50: number, perCore: number, aims?: typeof DECIDE): Asked => ({ name, ...(aims && { aims }), p50, p99: 1, perSecond: 5_000, perCore, own: 0.2 });
  const judged = (p50: number, perCore: number) => judgeAnswers('a chain', [of(EMPTY, 0.27, 6_600), of('`decide`', p50, perCore, DECIDE)]);
  assert.deepEqual(judged(0.29, 6_600).faults, []);
  assert.match(judged(0.4, 3_300).missed.join(), /p50 is 0\.40 ms, and 0\.3 are aimed at; an empty function: p50 0\.27 ms/);
  assert.deepEqual(judged(0.4, 3_300).faults, []);
  // More of an answer, or of the node's processors, than is agreed.
  assert.equal(judged(0.5, 3_300).faults.length, 3);
  assert.equal(judged(0.4, 2_500).faults.length, 3);
  // Without the empty function nothing is known of the machine.
  assert.match(judgeAnswers('a chain', [of('`decide`', 0.4, 3_300, DECIDE)]).faults.join(), /p50 is 0\.40/);
});

test('what a whole run has not measured is named, and stands as (run) in the table', () => {
  const none = unmeasured(found());
  for (const what of ['decide, 64 directives, among 1,000 patients', 'decide, 64 directives, among 1,000,000 patients', 'start', 'receipt', 'postgresql', ...HOT]) {
    assert.ok(none.includes(what), what);
  }
  const asked = (patients: number, names: string[]): Found['asked'][number] => (
    { chain: 'a chain', patients, asked: names.map((name) => ({ name, aims: {}, p50: 1, p99: 1, perSecond: 1, perCore: 1, own: 0 })) }
  );
  const all = [TRANSFER, ...HOT];
  const complete = found({
    results: all.map((name) => resultOf(name as Hot, full(6))), replayed: all.map((name) => imported(name, 700)), starts: [1, 2], memory: 1,
    asked: [asked(0, ['`decide`, 64', '`decideMany`, 256', '`match_terms`, all', '`permit_at`, now', '`permit_at`, of its first moment']), asked(1_000, ['`decide`']), asked(1_000_000, ['`decide`'])],
    start: { first: 1, second: 1 }, receipt: { bytes: 1, p50: 1, p99: 1 }, chained: { version: '15', disk: 'a disk', written: [], verified: 1 },
  });
  assert.deepEqual(unmeasured(complete), []);
  assert.match(report(found(), true), /among 1,000,000 patients \|[^\n]*\| \(run\) \|/);
  assert.match(report(complete, true), /±/);
});

test('a function of weights is read with its components', () => {
  const text = `impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
\tfn one(l: u32, ) -> Weight {
\t\tWeight::from_parts(10_000_000, 1)
\t\t\t.saturating_add(Weight::from_parts(2_000_000, 0).saturating_mul(l.into()))
\t\t\t.saturating_add(T::DbWeight::get().reads(3_u64))
\t\t\t.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(l.into())))
\t\t\t.saturating_add(T::DbWeight::get().writes(1_u64))
\t}
}`;
  assert.deepEqual(ownIn(text, 'one', { l: 4 }), { compute: 18, reads: 11, writes: 1 });
  assert.throws(() => ownIn(text, 'one'), /component l/);
  assert.throws(() => ownIn(text, 'two'), /no weight of two/);
});

test('constants are read by their names', () => {
  const database = 'parameter_types! {\n\tpub const DatabaseWeight: RuntimeDbWeight = RuntimeDbWeight {\n\t\tread: WEIGHT_REF_TIME_PER_NANOS.saturating_mul(8_000),\n'
    + '\t\twrite: WEIGHT_REF_TIME_PER_NANOS.saturating_mul(50_500),\n\t};\n}\n';
  assert.deepEqual([...constantsIn(database)], [['read', 8], ['write', 50.5]]);
  const base = 'parameter_types! {\n\tpub const ExtrinsicBaseWeight: Weight =\n\t\tWeight::from_parts(WEIGHT_REF_TIME_PER_NANOS.saturating_mul(108_157), 0);\n}\n';
  assert.deepEqual([...constantsIn(base)], [['ExtrinsicBaseWeight', 108.157]]);
  assert.equal(constantsIn('pub use frame_support::weights::constants::ExtrinsicBaseWeight;').size, 0);
});

/** Compares two files of weights with one call: what each says of its machine, and how long the call takes, in microseconds. */
function compared(kept: [machine: string, micros: number], measured: [machine: string, micros: number]): { code: number | null; said: string } {
  const folder = mkdtempSync(join(tmpdir(), 'salus-gates-'));
  try {
    const files = [kept, measured].map(([machine, micros], nth) => {
      const file = join(folder, String(nth));
      writeFileSync(file, `\n//! Date: 2026-12-01. CPU: Some CPU.\n${machine}\nimpl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
\tfn one() -> Weight {\n\t\tWeight::from_parts(${micros}_000_000, 1)\n\t}\n}\n`);
      return file;
    });
    const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL('../../../scripts/weights.mjs', import.meta.url)), ...files], { encoding: 'utf8' });
    return { code: status, said: stdout + stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
const machine = (reference: string, load = '1.00'): string => `//! Reference: ${reference} µs (ed25519 1.00 µs, SHA-256 of 64 KiB 1.00 µs); load ${load}.`;

test('weights of two machines are compared by what each takes for the same work', () => {
  assert.equal(compared([machine('60.00'), 100], [machine('60.60'), 110]).code, 0);
  assert.equal(compared([machine('60.00'), 100], [machine('60.00'), 130]).code, 1);
  // A machine that is slower by a third, though its processor has the same name.
  assert.equal(compared([machine('60.00'), 100], [machine('80.00'), 133]).code, 0);
  const { code, said } = compared([machine('60.00'), 100], [machine('80.00'), 100]);
  assert.equal(code, 1);
  assert.match(said, /this machine takes 1\.33 times as long/);
});

test('weights of a machine that is not known are not compared', () => {
  const { code, said } = compared(['//!', 100], [machine('60.00'), 100]);
  assert.equal(code, 2);
  assert.match(said, /does not say how fast its machine was/);
  assert.match(compared([machine('60.00'), 100], [machine('60.00', '2.50'), 100]).said, /beside other work: the load was 2\.5/);
});
