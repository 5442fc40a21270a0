/** Heads, commits and proofs of single entries of access logs. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { bytes32, chainEntry, entryHash, IntegrityBroken, InvalidArgument, verifyLog, type LogEntry } from '@salus/types';
import {
  allCommits, EMPTY_ROOT, entryNotProved, HEAD_ORIGIN, headOf, nextCommit, proveEntry, rootOf, type Commit, type EntryProof,
} from '../access-log/index.js';
import { accessFrom, below, Chain, committed, GENESIS, ORG, OTHER, rechained, sceneFrom, seeded, START } from './access-log-fixture.js';

interface HeadRow {
  organisation: number;
  number: number;
  epoch: number;
  previous: `0x${string}`;
  root: `0x${string}`;
  seqFrom: string;
  seqUntil: string;
  head: string;
}

const vectors = JSON.parse(readFileSync(new URL('../../../../docs/vectors/access-log.json', import.meta.url), 'utf8')) as {
  genesis: string; organisation: number; heads: HeadRow[]; entries: LogEntry[]; commits: Omit<HeadRow, 'organisation'>[];
};

const headOfRow = (organisation: number, { number, epoch, previous, root, seqFrom, seqUntil }: Omit<HeadRow, 'organisation'>): string =>
  headOf(vectors.genesis, organisation, previous, { number, epoch, root, seqFrom: BigInt(seqFrom), seqUntil: BigInt(seqUntil) });

test('heads are those of the vectors, which the pallet is checked against too', () => {
  assert.ok(vectors.heads.length > 0);
  for (const row of vectors.heads) assert.equal(headOfRow(row.organisation, row), row.head);
});

test('entries, roots and commits are those of the vectors', async () => {
  verifyLog(vectors.entries);
  const chain = new Chain(vectors.organisation);
  for (const row of vectors.commits) {
    const { number, epoch, head } = row as typeof row & Pick<Commit, 'head'>;
    assert.equal(headOfRow(vectors.organisation, row), head);
    if (epoch > (chain.stands?.epoch ?? 0)) {
      assert.deepEqual([row.previous, row.root, row.seqFrom, row.seqUntil], [chain.stands?.head, EMPTY_ROOT, '0', '0']);
      chain.made.push({ number, epoch, seqFrom: 0n, seqUntil: 0n, root: EMPTY_ROOT, head, at: START });
      continue;
    }
    const next = await nextCommit(vectors.organisation, chain.stands, vectors.entries.slice(0, Number(row.seqUntil)));
    assert.deepEqual(next, {
      organisation: vectors.organisation, seqFrom: BigInt(row.seqFrom), seqUntil: BigInt(row.seqUntil), root: row.root, previous: row.previous,
    });
    chain.made.push({ ...next, number, epoch, head, at: START });
  }
  assert.deepEqual([chain.made.length, chain.stands?.epoch, chain.stands?.entries], [vectors.commits.length, 1, BigInt(vectors.entries.length)]);
});

test('what is no number of 64 bits, no hash and no organisation makes no head', () => {
  const good = { number: 0, epoch: 0, root: EMPTY_ROOT, seqFrom: 0n, seqUntil: 0n };
  assert.match(headOf(GENESIS, ORG, HEAD_ORIGIN, good), /^0x[0-9a-f]{64}$/);
  for (const wrong of [{ seqFrom: -1n }, { seqUntil: 2n ** 64n }, { seqFrom: 0 as unknown as bigint }, { number: -1 }, { number: 2 ** 32 }, { epoch: 2 ** 32 }, { root: '0x00' as const }]) {
    assert.throws(() => headOf(GENESIS, ORG, HEAD_ORIGIN, { ...good, ...wrong }), InvalidArgument);
  }
  assert.throws(() => headOf('0x', ORG, HEAD_ORIGIN, good), InvalidArgument);
  assert.throws(() => headOf(GENESIS, -1, HEAD_ORIGIN, good), InvalidArgument);
  assert.throws(() => headOf(GENESIS, ORG, '0x1', good), InvalidArgument);
});

test('the root of no entries is zero, and of one it is not its hash', async () => {
  assert.deepEqual(await rootOf([]), { root: EMPTY_ROOT, count: 0 });
  const one = `0x${'07'.repeat(32)}`;
  const { root, count } = await rootOf([bytes32(one)]);
  assert.equal(count, 1);
  assert.notEqual(root, one);
});

test('the next commit is of the entries that are not committed to, also of none, and from the end of a log alone', async () => {
  const random = seeded(1);
  const scene = await sceneFrom(random);
  const { entries, chain } = scene;
  const { stands } = chain;
  const due = committed(scene);
  const whole = await nextCommit(ORG, stands, entries);
  assert.deepEqual([whole.seqFrom, whole.seqUntil, whole.previous], [BigInt(due), BigInt(entries.length), stands?.head]);
  assert.equal(whole.root, (await rootOf(entries.slice(due).map(({ hash }) => bytes32(hash)))).root);
  for (const from of [due, due - 1, 1]) assert.deepEqual(await nextCommit(ORG, stands, entries.slice(from)), whole, `from ${from}`);
  const quiet = await nextCommit(ORG, stands, entries.slice(due - 1, due));
  assert.deepEqual([quiet.seqFrom, quiet.seqUntil, quiet.root], [BigInt(due), BigInt(due), EMPTY_ROOT]);
  const never = await nextCommit(ORG, undefined, []);
  assert.deepEqual(never, { organisation: ORG, seqFrom: 0n, seqUntil: 0n, root: EMPTY_ROOT, previous: HEAD_ORIGIN });
});

test('a log that is broken, cut off, or another\'s is not committed to', async () => {
  const scene = await sceneFrom(seeded(2));
  const { entries, chain: { stands } } = scene;
  const due = committed(scene);
  const next = chainEntry(entries.at(-1), accessFrom(seeded(3), START));
  const edited = entries.with(1, { ...entries[1]!, time: 1 });
  const cases: [unknown[], RegExp][] = [
    [entries.slice(0, due - 1), /ends before entry \d+, and is committed to up to entry \d+/],
    [[], /ends before entry 0/],
    [[...entries, next, next], /comes after entry/],
    [edited, /broken at entry 1: its hash is not that of what it says/],
    [entries.toSpliced(1, 1), /broken at entry 2: it comes after entry 0/],
    [entries.with(1, { ...entries[1]!, previous: HEAD_ORIGIN, hash: entryHash({ ...entries[1]!, previous: HEAD_ORIGIN }) }), /broken at entry 1: it does not follow/],
    [rechained(entries.map((entry) => ({ ...entry, organisation: OTHER }))), /broken at entry 0: it is of organisation 8, not of 7/],
    [[...entries, { seq: entries.length }], new RegExp(`line ${entries.length + 1} of the access log is no entry`)],
    [[chainEntry(next, accessFrom(seeded(4), START))], /begins with entry \d+, and entry \d+ is to be committed to next/],
  ];
  for (const [log, words] of cases) await assert.rejects(nextCommit(ORG, stands, log), (error) => error instanceof IntegrityBroken && words.test(error.message), String(words));
});

test('all commits are read, page by page, and reading ends where the chain has no more', async () => {
  const { chain } = await sceneFrom(seeded(5));
  assert.ok(chain.made.length > chain.page);
  assert.deepEqual(await allCommits(chain, ORG), { stands: chain.stands, commits: chain.made });
  assert.deepEqual(await allCommits(chain, OTHER), { stands: undefined, commits: [] });
  const short: Chain = Object.assign(new Chain(), { made: chain.made });
  short.commits = async (_, first) => chain.made.slice(first, 2);
  assert.deepEqual(await allCommits(short, ORG), { stands: chain.stands, commits: chain.made.slice(0, 2) });
});

test('every entry that is committed to is proved by its commit, and by no other', async () => {
  const scene = await sceneFrom(seeded(6));
  const { entries, chain: { made } } = scene;
  for (let seq = 0; seq < committed(scene); seq += 1) {
    const proof = JSON.parse(JSON.stringify(await proveEntry(ORG, seq, made, entries))) as EntryProof;
    const commit = made[proof.commit] as Commit;
    assert.equal(entryNotProved(proof, ORG, commit), undefined);
    for (const other of made) if (other !== commit) assert.equal(entryNotProved(proof, ORG, other), 'commit');
  }
  for (const seq of [committed(scene), committed(scene) + 99]) await assert.rejects(proveEntry(ORG, seq, made, entries), InvalidArgument);
});

test('an entry of an epoch is proved by a commit of that epoch', async () => {
  const { entries, chain } = await sceneFrom(seeded(6));
  const before = chain.made.length;
  chain.beginAnew(chain.stands!.lastAt);
  chain.commit(await nextCommit(ORG, chain.stands, entries), chain.stands!.lastAt);
  const [last, first] = [await proveEntry(ORG, 0, chain.made, entries), await proveEntry(ORG, 0, chain.made, entries, 0)];
  assert.deepEqual([last.commit, first.commit], [before + 1, 0]);
  for (const proof of [last, first]) assert.equal(entryNotProved(proof, ORG, chain.made[proof.commit]!), undefined);
  await assert.rejects(proveEntry(ORG, 0, chain.made, entries, 2), /no commit of epoch 2 has that entry/);
});

test('a proof of anything else is refused with the reason', async () => {
  const { entries, chain: { made } } = await sceneFrom(seeded(7));
  const proof = await proveEntry(ORG, 1, made, entries);
  const commit = made[0] as Commit;
  const entry = proof.entry as LogEntry;
  const other = rechained([entries[0]!, { ...entry, time: entry.time + 1 } as LogEntry]).at(1)!;
  const second = await proveEntry(ORG, Number(commit.seqUntil), made, entries);
  const cases: [string, EntryProof][] = [
    ['hash', { ...proof, entry: { ...entry, time: entry.time + 1 } as LogEntry }],
    ['path', { ...proof, entry: other }],
    ['path', { ...proof, path: proof.path.slice(1) }],
    ['path', { ...proof, path: [...proof.path, HEAD_ORIGIN] }],
    ['number', { ...second, commit: 0 }],
    ['commit', { ...proof, commit: 1 }],
    ['organisation', { ...proof, organisation: OTHER }],
    ['malformed', { ...proof, path: ['0x12'] }],
    ['malformed', { ...proof, path: undefined as unknown as [] }],
    ['malformed', { ...proof, entry: undefined as unknown as LogEntry }],
  ];
  for (const [why, wrong] of cases) assert.equal(entryNotProved(wrong, ORG, commit), why);
  assert.equal(entryNotProved(proof, OTHER, commit), 'organisation');
});

test('no proof is made from a log that is not the one that was committed to', async () => {
  const { entries, chain: { made } } = await sceneFrom(seeded(8));
  const changed = rechained(entries.with(1, { ...entries[1]!, time: entries[1]!.time + 1 } as LogEntry), 1);
  await assert.rejects(proveEntry(ORG, 0, made, changed), /not the one that was committed to with commit 0/);
  await assert.rejects(proveEntry(ORG, 0, made, entries.slice(0, 2)), /does not have all entries of commit 0/);
  await assert.rejects(proveEntry(ORG, below(seeded(9), 3), made, entries.toSpliced(0, 1)), IntegrityBroken);
});
