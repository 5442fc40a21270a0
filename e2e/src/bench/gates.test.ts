/** What turns the bench red, and what does not: by figures that are made up. It needs no node; scripts/bench.sh runs it before it measures. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CALLS, costOf, HOT, judge, TOLERANCE, TRANSFER, type Cost, type Hot } from './agreed.js';
import { constantsIn, ownIn, type Own } from './declared.js';
import type { Filled, Flooded } from './flood.js';
import { agreedIn, faultsOf, faultsOfBlocks, LEAST, report, summary, unmeasured, type Found, type Result } from './report.js';
import type { Replayed } from './replay.js';

const COST: Cost = {
  aim: { compute: 60, reads: 4, writes: 4, ratio: 0.8 },
  agreed: { compute: 100, reads: 7, writes: 6, ratio: 0.5, because: { compute: 'why it computes', accesses: 'what it touches', ratio: 'why it falls back' } },
};
const AS_AGREED: Own = { compute: 100, reads: 7, writes: 6 };
const of = (own: Partial<Own>, ratio = 0.6, cost = COST): ReturnType<typeof judge> => judge('a call', { ...AS_AGREED, ...own }, ratio, cost);

test('a missed aim that is agreed is told with its reason, and is no fault', () => {
  const { faults, missed, loose } = of({});
  assert.deepEqual([faults, loose], [[], []]);
  assert.deepEqual(missed, [
    'a call: aim missed, as agreed: 100.0 µs of computing, and 60.0 µs are aimed at: why it computes',
    'a call: aim missed, as agreed: 7 reads, and 4 are aimed at; 6 writes, and 4 are aimed at: what it touches',
    'a call: aim missed, as agreed: 0.60 of the rate of transfers, and 0.8 are aimed at: why it falls back',
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
  const { faults, missed } = of({}, 0.6, { ...COST, agreed: { ...COST.agreed, because: {} } });
  assert.equal(faults.length, 3);
  assert.deepEqual(missed, []);
});

test('what is agreed and not needed is told', () => {
  assert.deepEqual(of({ reads: 6, compute: 80 }).loose, [
    'a call: it declares 80.0 µs of computing, and 100.0 µs are agreed: lower that', 'a call: it declares 6 reads, and 7 are agreed: lower that',
  ]);
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
const PRICES = { fixed: 361, read: 8, write: 50 };
const block = (number: number, more: Partial<Filled> = {}): Filled => ({ number, transactions: 1_000, declared: ROOM, built: 800, quiet: true, ...more });
const flooded = (blocks: Filled[]): Flooded => ({ blocks, seconds: 30, tail: 6, lost: 0, failed: 0, own: 0.1, handedIn: 1_000 });
const resultOf = (name: Hot | typeof TRANSFER, blocks: Filled[]): Result =>
  summary({ name, own: costOf(name)?.agreed ?? { compute: 39, reads: 1, writes: 1 }, ...(name.endsWith('batch') ? { leaves: 65_536 } : {}) }, PRICES, 3_000, ROOM, flooded(blocks));
const full = (count: number, more: Partial<Filled> = {}): Filled[] => Array.from({ length: count }, (_, nth) => block(nth + 1, more));
const found = (more: Partial<Found> = {}): Found => ({
  results: [], prices: PRICES, asked: [], start: undefined, receipt: undefined, replayed: [], starts: [], memory: undefined, chained: undefined, ...more,
});

test('how long a block takes is told by those that were begun after the hand-in alone', () => {
  const during = full(6, { built: 5_000, quiet: false });
  assert.equal(resultOf('consent.permit (to an organisation)', [...during, ...full(LEAST)]).built, 800);
  const few = resultOf('consent.permit (to an organisation)', [...during, ...full(LEAST - 1)]);
  assert.ok(Number.isNaN(few.built));
  assert.match(faultsOfBlocks(found({ results: [few] })).join(), /3 were begun after all was handed in, and 4 must be/);
  assert.match(report(found({ results: [few] }), true), /\(run\)/);
  // One that is not full, and one of which it is not known, do not count.
  assert.equal(resultOf('consent.revoke', [...full(LEAST), block(9, { built: undefined }), block(10, { declared: ROOM / 2, built: 1 })]).quiet, LEAST);
});

const imported = (name: string, each: number): Replayed => ({ name, from: 1, to: 6, calls: 6_000, declared: 6 * ROOM, each, bytes: 1 });

test('a block that takes longer than it declares is a fault, built or imported, of transfers too', () => {
  for (const name of [TRANSFER, HOT[0] as Hot] as const) {
    assert.deepEqual(faultsOfBlocks(found({ results: [resultOf(name, full(6))], replayed: [imported(name, ROOM - 1)] })), []);
    assert.match(faultsOfBlocks(found({ results: [resultOf(name, full(6, { built: ROOM + 1 }))] })).join(), /declares 1200 ms and takes 1201 to be built/);
    assert.match(faultsOfBlocks(found({ results: [resultOf(name, full(6))], replayed: [imported(name, 2 * ROOM)] })).join(), /takes 2\.00 of what a full block declares/);
  }
});

test('a block that takes far less than it declares is a fault', () => {
  assert.match(faultsOfBlocks(found({ results: [resultOf('consent.revoke', full(6, { built: 700 }))] })).join(), /0\.58 of what it declares, and 0\.6 must be/);
  assert.deepEqual(faultsOfBlocks(found({ results: [resultOf(TRANSFER, full(6, { built: 100 }))] })), []);
});

test('a run in which all is as agreed has no fault, and tells each missed aim', () => {
  const results = [TRANSFER, ...HOT].map((name) => resultOf(name as Hot, full(6)));
  assert.deepEqual(faultsOf(found({ results })), []);
  const { missed, loose } = agreedIn(found({ results }));
  assert.deepEqual(loose, []);
  // Here all are as fast as transfers.
  const because = HOT.map((name) => (CALLS[name] as Cost).agreed.because);
  assert.equal(missed.length, because.filter(({ compute }) => compute !== undefined).length + because.filter(({ accesses }) => accesses !== undefined).length);
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
