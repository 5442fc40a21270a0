/** Whatever is done to a log after it was committed to is found and named, and an honest log is sound. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes32, chainEntry, entryHash, InvalidArgument, type LogEntry } from '@salus/types';
import {
  DEFAULT_SLACK, findingInWords, FINDINGS, headOf, HEAD_ORIGIN, nextCommit, rootOf, type Audit, type Commit, type Finding, type FindingKind,
} from '../access-log/index.js';
import {
  accessFrom, audit, below, commitOf, committed, dated, DAY, GENESIS, HOUR, ORG, OTHER, planFrom, play, rechained, sceneFrom, seeded, START,
  type Plan, type Random, type Scene,
} from './access-log-fixture.js';

const SEEDS = Array.from({ length: 40 }, (_, seed) => 1_000 + seed);

/** What is compared of findings: their names and places. */
const places = (findings: readonly Finding[]): Finding[] => findings.map(({ kind, entries, commits, moments }) => ({
  kind, ...(entries && { entries }), ...(commits && { commits }), ...(moments && { moments }),
}));
const kinds = (findings: readonly Finding[]): FindingKind[] => [...new Set(findings.map(({ kind }) => kind))].sort();
const one = (from: number): { from: number; until: number } => ({ from, until: from + 1 });

/** The number of an entry that is committed to and has `beside` such entries before and after it. */
const anyCommitted = (random: Random, scene: Scene, beside = 0): number => beside + below(random, committed(scene) - 2 * beside);

const edit = (entry: LogEntry): LogEntry => ({ ...entry, ...(entry.outcome === 'unauthenticated' ? { failures: { signature: 99 } } : { decision: 'changed' }) }) as LogEntry;
const rehashed = (entry: LogEntry): LogEntry => ({ ...entry, hash: entryHash(entry) });

test('an honest log has no findings, however it is streamed', async () => {
  for (const seed of SEEDS) {
    const scene = await sceneFrom(seeded(seed));
    async function* streamed(): AsyncGenerator<unknown> { yield* scene.entries.map((entry) => JSON.parse(JSON.stringify(entry)) as unknown); }
    const last = scene.chain.made.at(-1)!;
    for (const entries of [scene.entries, streamed()]) {
      assert.deepEqual(await audit(scene, { entries }), {
        organisation: ORG, epoch: 0, now: scene.now, lines: scene.entries.length, uncommitted: scene.entries.length - committed(scene), findings: [],
        proved: { commit: last.number, entries: committed(scene), at: last.at, head: last.head },
      }, `seed ${seed}`);
    }
  }
});

test('a log that was never begun, and one without an access, are sound', async () => {
  const never = await audit({ entries: [], chain: (await play({ slots: [], tail: [], now: START })).chain, now: START });
  assert.deepEqual([never.findings, never.proved], [[], undefined]);
  const quiet = await audit(await play({ slots: [{ events: [], at: START }, { events: [], at: START + DAY }], tail: [], now: START + DAY }));
  assert.deepEqual([quiet.findings, quiet.proved?.commit, quiet.proved?.entries], [[], 1, 0]);
});

/** What is done to a scene, and what an audit must say: exactly that. */
interface Tampering {
  name: string;
  make: (scene: Scene, random: Random) => { replaced: Partial<Audit>; expected: Finding[] };
}

const TAMPERINGS: Tampering[] = [
  {
    name: 'an entry is edited, and keeps its hash',
    make: (scene, random) => {
      const seq = anyCommitted(random, scene);
      return { replaced: { entries: scene.entries.with(seq, edit(scene.entries[seq]!)) }, expected: [{ kind: 'EditedEntry', entries: one(seq) }] };
    },
  },
  {
    name: 'an entry is edited and has the hash of what it says now',
    make: (scene, random) => {
      // Another entry behind it is needed to tell.
      const seq = below(random, Math.min(committed(scene), scene.entries.length - 1));
      return { replaced: { entries: scene.entries.with(seq, rehashed(edit(scene.entries[seq]!))) }, expected: [{ kind: 'EditedEntry', entries: one(seq) }] };
    },
  },
  {
    name: 'an entry is edited and every later one linked anew',
    make: (scene, random) => {
      const seq = anyCommitted(random, scene);
      const first = commitOf(scene, seq);
      const { made } = scene.chain;
      // Commits without entries have nothing that could differ.
      const expected: Finding[] = [];
      for (let number = first; number < made.length; number += 1) {
        const { seqFrom, seqUntil } = made[number]!;
        if (seqFrom === seqUntil) continue;
        const [entries, commits] = [{ from: Number(seqFrom), until: Number(seqUntil) }, one(number)];
        const last = expected.at(-1);
        if (last) {
          last.entries!.until = entries.until;
          last.commits!.until = commits.until;
        } else expected.push({ kind: 'EditedCommit', entries, commits });
      }
      return { replaced: { entries: rechained(scene.entries.with(seq, edit(scene.entries[seq]!)), seq) }, expected };
    },
  },
  {
    name: 'the end is cut off',
    make: (scene, random) => {
      const end = below(random, committed(scene));
      return { replaced: { entries: scene.entries.slice(0, end) }, expected: [{ kind: 'Truncated', entries: { from: end, until: committed(scene) } }] };
    },
  },
  {
    name: 'entries are taken out of the middle',
    make: (scene, random) => {
      const from = 1 + below(random, committed(scene) - 2);
      const count = 1 + below(random, Math.min(3, scene.entries.length - 1 - from));
      return { replaced: { entries: scene.entries.toSpliced(from, count) }, expected: [{ kind: 'Missing', entries: { from, until: from + count } }] };
    },
  },
  {
    name: 'the beginning is taken away',
    make: (scene, random) => {
      const from = 1 + below(random, committed(scene) - 1);
      return { replaced: { entries: scene.entries.slice(from) }, expected: [{ kind: 'Missing', entries: { from: 0, until: from } }] };
    },
  },
  {
    name: 'another entry is put in with a number that there is',
    make: (scene, random) => {
      const seq = anyCommitted(random, scene);
      const other = chainEntry(scene.entries[seq - 1], accessFrom(random, scene.entries[seq]!.time));
      const after = seq + 1 + below(random, scene.entries.length - seq);
      return { replaced: { entries: scene.entries.toSpliced(after, 0, other) }, expected: [{ kind: 'ForkedEntry', entries: one(seq) }] };
    },
  },
  {
    name: 'an entry is there twice',
    make: (scene, random) => {
      const seq = anyCommitted(random, scene);
      const after = seq + 1 + below(random, scene.entries.length - seq);
      return { replaced: { entries: scene.entries.toSpliced(after, 0, scene.entries[seq]!) }, expected: [{ kind: 'RepeatedEntry', entries: one(seq) }] };
    },
  },
  {
    name: 'two entries change places',
    make: (scene, random) => {
      const seq = below(random, Math.min(committed(scene), scene.entries.length - 1));
      const [first, second] = [scene.entries[seq]!, scene.entries[seq + 1]!];
      return { replaced: { entries: scene.entries.with(seq, second).with(seq + 1, first), slack: 10 * DAY }, expected: [{ kind: 'OutOfOrder', entries: one(seq) }] };
    },
  },
  {
    name: 'what stands there is no entry',
    make: (scene, random) => {
      const at = below(random, scene.entries.length + 1);
      const junk: unknown = [undefined, null, 7, 'x', [], {}, { ...scene.entries[0], seq: -1 }, { ...scene.entries[0], seq: 2 ** 60 }, { ...scene.entries[0], hash: '0x12' }, { ...scene.entries[0], outcome: 'lost' }][below(random, 10)];
      return { replaced: { entries: (scene.entries as unknown[]).toSpliced(at, 0, junk) }, expected: [{ kind: 'Malformed' }] };
    },
  },
  {
    name: 'a commit is another than the one that the heads were made of',
    make: (scene, random) => {
      const number = below(random, scene.chain.made.length);
      const commits = scene.chain.made.with(number, { ...scene.chain.made[number]!, head: `0x${'ab'.repeat(32)}` });
      // The one after it follows from another head, or the chain says that the log stands elsewhere.
      const expected: Finding[] = number + 1 < commits.length
        ? [{ kind: 'ForkedHeads', commits: { from: number, until: number + 2 } }]
        : [{ kind: 'ForkedHeads', commits: one(number) }, { kind: 'ForkedHeads' }];
      return { replaced: { commits }, expected };
    },
  },
  {
    name: 'the last commit is kept back',
    make: (scene) => ({
      replaced: { commits: scene.chain.made.slice(0, -1), heartbeat: 100 * DAY }, expected: [{ kind: 'ForkedHeads' }],
    }),
  },
  {
    name: 'a log is not committed to any more',
    make: (scene) => {
      const last = scene.chain.made.at(-1)!;
      const now = last.at + 3 * DAY;
      const tail = scene.entries.slice(committed(scene));
      const stale: Finding = { kind: 'Stale', commits: one(last.number), moments: { from: last.at + DAY, until: now } };
      return {
        replaced: { now }, expected: tail.length === 0 ? [stale]
          : [stale, { kind: 'UncommittedTail', entries: { from: committed(scene), until: scene.entries.length }, moments: { from: Math.min(...tail.map(({ time }) => time)), until: now } }],
      };
    },
  },
];

for (const { name, make } of TAMPERINGS) {
  test(`found and named: ${name}`, async () => {
    for (const seed of SEEDS) {
      const random = seeded(seed);
      const scene = await sceneFrom(random);
      const { replaced, expected } = make(scene, random);
      assert.ok(expected.length > 0, 'the tampering is of something');
      const { findings, proved } = await audit(scene, replaced);
      assert.deepEqual(places(findings), expected, `seed ${seed}: ${findings.map(findingInWords).join('; ')}`);
      for (const finding of findings) assert.ok(findingInWords(finding).startsWith(`${finding.kind}: `) && findingInWords(finding).includes(FINDINGS[finding.kind]));
      // What is said to be proved is what was committed to.
      if (proved) assert.deepEqual([proved.head, proved.at], [scene.chain.made[proved.commit]!.head, scene.chain.made[proved.commit]!.at]);
    }
  });
}

test('the last entry, which no other follows, is found by its own hash, else by the root', async () => {
  for (const seed of SEEDS) {
    const plan = planFrom(seeded(seed));
    const scene = await play({ ...plan, tail: [] });
    const seq = scene.entries.length - 1;
    const number = commitOf(scene, seq);
    const { seqFrom, seqUntil } = scene.chain.made[number]!;
    const edited = edit(scene.entries[seq]!);
    const { findings: byHash } = await audit(scene, { entries: scene.entries.with(seq, edited) });
    assert.deepEqual(places(byHash), [{ kind: 'EditedEntry', entries: one(seq) }]);
    const { findings: byRoot } = await audit(scene, { entries: scene.entries.with(seq, rehashed(edited)) });
    assert.deepEqual(places(byRoot), [{ kind: 'EditedCommit', entries: { from: Number(seqFrom), until: Number(seqUntil) }, commits: one(number) }]);
  }
});

test('an entry that is not committed to yet and is not what its hash is of is found', async () => {
  const plan = planFrom(seeded(1));
  const scene = await play({ ...plan, tail: [accessFrom(seeded(2), plan.now), accessFrom(seeded(3), plan.now)] });
  const seq = committed(scene);
  for (const edited of [seq, seq + 1]) {
    const { findings } = await audit(scene, { entries: scene.entries.with(edited, edit(scene.entries[edited]!)) });
    assert.deepEqual(places(findings), [{ kind: 'EditedEntry', entries: one(edited) }]);
  }
  // Nothing tells which of two that do not fit is the right one.
  const { findings } = await audit(scene, { entries: scene.entries.with(seq, rehashed(edit(scene.entries[seq]!))) });
  assert.deepEqual(places(findings), [{ kind: 'BrokenChain', entries: one(seq + 1) }]);
});

test('commits that are more or fewer than the chain says are not believed', async () => {
  const scene = await sceneFrom(seeded(1));
  const count = scene.chain.made.length;
  for (const [replaced, detail] of [
    [{ stands: undefined }, `the chain says that there are 0 commits, and ${count} were read`],
    [{ stands: { ...scene.chain.stands!, commits: count + 1 } }, `the chain says that there are ${count + 1} commits, and ${count} were read`],
    [{ stands: { ...scene.chain.stands!, epoch: 1 }, epoch: 0 }, 'where the chain says that the log stands is not where its last commit ends'],
    [{ stands: { ...scene.chain.stands!, lastAt: 1 } }, 'where the chain says that the log stands is not where its last commit ends'],
    [{ stands: { ...scene.chain.stands!, entries: 1n } }, 'where the chain says that the log stands is not where its last commit ends'],
  ] as const) {
    assert.deepEqual((await audit(scene, replaced)).findings, [{ kind: 'ForkedHeads', detail }]);
  }
});

test('commits with gaps, in another order, or that go back in time are no chain', async () => {
  const scene = await sceneFrom(seeded(2));
  const { made } = scene.chain;
  const [first, second, third] = made as [Commit, Commit, Commit];
  for (const [commits, words] of [
    [made.with(1, { ...second, number: 5 }), /it has the number 5/], [made.with(1, { ...second, seqFrom: second.seqFrom + 1n }), /it is of entries \d+ up to before \d+, and \d+ is due/],
    [made.with(1, { ...second, seqUntil: 0n }), /is due/], [made.with(1, { ...second, root: HEAD_ORIGIN }), /entries without a root/],
    [made.with(1, { ...second, epoch: 1 }), /it is of entries \d+ up to before \d+, and 0 is due/], [made.with(1, { ...second, epoch: 1, seqFrom: 0n }), /it is of entries 0 up to before \d+, and 0 is due/],
    [made.with(1, { ...second, epoch: 2 }), /it is of epoch 2, and the one before of 0/],
    [made.with(1, { ...second, at: first.at - 1 }), /made before the one before it/], [made.with(1, third).with(2, second), /it has the number 2/],
  ] as const) {
    const { findings, proved } = await audit(scene, { commits });
    const flaw = findings.find(({ kind, commits: of }) => kind === 'ForkedHeads' && of?.from === 1);
    assert.match(flaw?.detail ?? '', words);
    assert.equal(proved?.commit, 0);
  }
});

test('what was edited, and all behind it, is not proved; what is before it is', async () => {
  for (const seed of SEEDS) {
    const random = seeded(seed);
    const scene = await sceneFrom(random);
    const seq = anyCommitted(random, scene);
    for (const entries of [scene.entries.with(seq, edit(scene.entries[seq]!)), scene.entries.slice(0, seq), scene.entries.toSpliced(seq, 1)]) {
      const { proved } = await audit(scene, { entries, slack: 10 * DAY });
      assert.equal(proved?.commit ?? -1, commitOf(scene, seq) - 1);
      assert.ok((proved?.entries ?? 0) <= seq);
    }
  }
});

test('entries put in, taken out or put in another order with all links made anew are found by the roots', async () => {
  for (const seed of SEEDS) {
    const random = seeded(seed);
    const scene = await sceneFrom(random);
    const seq = 1 + below(random, committed(scene) - 1);
    const extra = chainEntry(undefined, accessFrom(random, scene.entries[seq]!.time));
    const swapped = scene.entries.with(seq - 1, scene.entries[seq]!).with(seq, scene.entries[seq - 1]!);
    for (const [log, first] of [[scene.entries.toSpliced(seq, 0, extra), seq], [scene.entries.toSpliced(seq, 1), seq], [swapped, seq - 1]] as const) {
      const { findings } = await audit(scene, { entries: rechained(log), slack: 10 * DAY });
      // Without its last entry a log may be as it was but for that.
      const cutOff = log.length < scene.entries.length && seq === committed(scene) - 1 && scene.entries.length === committed(scene);
      if (cutOff) {
        assert.deepEqual(kinds(findings), ['Truncated']);
        continue;
      }
      const edited = findings.filter(({ kind }) => kind === 'EditedCommit' || kind === 'Truncated');
      assert.ok(edited.length > 0, `seed ${seed}`);
      assert.equal(edited[0]?.kind === 'EditedCommit' ? edited[0].commits?.from : commitOf(scene, first), commitOf(scene, first));
    }
  }
});

/** A plan whose entries in one slot, from the third on, are changed before they are logged and committed to. */
async function withEvent(random: Random, change: (plan: Plan, slot: number) => void): Promise<{ scene: Scene; slot: number }> {
  const plan = planFrom(random);
  // A slot with an entry, and one before it: the second or the third.
  const slot = 1 + below(random, 2);
  change(plan, slot);
  return { scene: await play(plan), slot };
}
const firstOf = ({ chain }: Scene, slot: number): number => Number(chain.made[slot]!.seqFrom);

test('an entry that is dated back behind a commit is found, and one within the slack is not', async () => {
  for (const seed of SEEDS) {
    for (const [early, found] of [[DEFAULT_SLACK + 1, true], [DEFAULT_SLACK, false]] as const) {
      const random = seeded(seed);
      const { scene, slot } = await withEvent(random, ({ slots }, at) => {
        const before = slots[at - 1]!;
        // Entries before it are older still, so that the commit alone tells.
        before.events = before.events.map((event) => dated(event, Math.min(event.time, before.at - early)));
        slots[at]!.events[0] = accessFrom(random, before.at - early);
      });
      const { findings } = await audit(scene);
      assert.deepEqual(places(findings), found ? [{ kind: 'Backdated', entries: one(firstOf(scene, slot)), commits: one(slot) }] : [], `seed ${seed}`);
    }
  }
});

test('an entry that is dated before the entries before it is found', async () => {
  const random = seeded(3);
  const times = [0, 5 * HOUR, 5 * HOUR - DEFAULT_SLACK, 5 * HOUR - DEFAULT_SLACK - 1, 5 * HOUR + 1];
  const scene = await play({ slots: [{ events: times.map((time) => accessFrom(random, START + time)), at: START + 6 * HOUR }], tail: [], now: START + 7 * HOUR });
  assert.deepEqual(places((await audit(scene)).findings), [{ kind: 'Backdated', entries: one(3), commits: one(0) }]);
});

test('a count of strangers may be written long after they were counted', async () => {
  const random = seeded(4);
  const { scene } = await withEvent(random, ({ slots }, slot) => {
    const time = slots[slot - 1]!.at - 5 * HOUR;
    slots[slot]!.events.unshift({ time, since: time, side: 'source', organisation: ORG, outcome: 'unauthenticated', failures: { signature: 1 } });
  });
  assert.deepEqual((await audit(scene)).findings, []);
});

test('an entry that is dated after its commit, or after now, is found, and one within the slack is not', async () => {
  for (const seed of SEEDS) {
    for (const [late, found] of [[DEFAULT_SLACK + 1, true], [DEFAULT_SLACK, false]] as const) {
      const random = seeded(seed);
      const { scene, slot } = await withEvent(random, ({ slots }, at) => {
        slots[at]!.events = [...slots[at]!.events.map((event) => dated(event, Math.min(event.time, slots[at]!.at))), accessFrom(random, slots[at]!.at + late)];
        // What comes after is later, so that it is not dated back.
        const next = slots[at + 1]!;
        next.events = next.events.map((event) => dated(event, Math.max(event.time, slots[at]!.at + late)));
        next.at = Math.max(next.at, slots[at]!.at + late);
      });
      const { findings } = await audit(scene);
      const last = Number(scene.chain.made[slot]!.seqUntil) - 1;
      assert.deepEqual(places(findings), found ? [{ kind: 'Postdated', entries: one(last), commits: one(slot) }] : [], `seed ${seed}`);
      const tail = [...scene.entries, chainEntry(scene.entries.at(-1), accessFrom(random, scene.now + late))];
      const { findings: ofTail } = await audit(scene, { entries: tail });
      assert.deepEqual(places(ofTail).filter(({ entries }) => entries?.from === tail.length - 1), found ? [{ kind: 'Postdated', entries: one(tail.length - 1) }] : []);
    }
  }
});

test('a day that is skipped is named, to the second, also long afterwards', async () => {
  for (const seed of SEEDS) {
    for (const late of [0, 1, DAY]) {
      const random = seeded(seed);
      const plan = planFrom(random);
      const skipped = 1 + below(random, plan.slots.length - 1);
      const by = plan.slots[skipped - 1]!.at + DAY + late - plan.slots[skipped]!.at;
      plan.slots.slice(skipped).forEach((slot) => {
        slot.at += by;
        slot.events = slot.events.map((event) => dated(event, event.time + by));
      });
      plan.tail = [];
      plan.now = plan.slots.at(-1)!.at;
      const { findings } = await audit(await play(plan));
      const from = plan.slots[skipped - 1]!.at + DAY;
      assert.deepEqual(places(findings), late === 0 ? [] : [
        { kind: 'Stale', commits: { from: skipped - 1, until: skipped + 1 }, moments: { from, until: from + late } },
      ], `seed ${seed}`);
    }
  }
});

test('entries that are kept back from the commits are found', async () => {
  const random = seeded(5);
  const scene = await play({ slots: [{ events: [accessFrom(random, START)], at: START + 1 }], tail: [], now: START });
  const { chain } = scene;
  const entries = [...scene.entries];
  for (let hour = 1; hour <= 20; hour += 1) entries.push(chainEntry(entries.at(-1), accessFrom(random, START + hour * HOUR)));
  // It goes on committing, to less than it has.
  for (const day of [1, 2]) chain.commit(await nextCommit(ORG, chain.stands, entries.slice(0, 10 + day)), START + day * DAY);
  const now = START + 2 * DAY;
  const { findings } = await audit({ entries, chain, now });
  assert.deepEqual(places(findings), [
    { kind: 'Backdated', entries: { from: 11, until: 12 }, commits: one(2) },
    { kind: 'Backdated', entries: { from: 12, until: 21 } },
    { kind: 'UncommittedTail', entries: { from: 12, until: 21 }, moments: { from: START + 12 * HOUR, until: now } },
  ]);
});

test('an organisation that logs and never commits is found after a heartbeat', async () => {
  const random = seeded(6);
  const entries = [chainEntry(undefined, accessFrom(random, START))];
  const { chain } = await play({ slots: [], tail: [], now: START });
  assert.deepEqual((await audit({ entries, chain, now: START + DAY - 1 })).findings, []);
  const { findings, uncommitted } = await audit({ entries, chain, now: START + DAY });
  assert.deepEqual([places(findings), uncommitted], [[{ kind: 'UncommittedTail', entries: one(0), moments: { from: START, until: START + DAY } }], 1]);
});

test('the entries of another organisation are found, one among others and a whole log', async () => {
  for (const seed of SEEDS) {
    const random = seeded(seed);
    const { scene, slot } = await withEvent(random, ({ slots }, at) => { slots[at]!.events[0] = accessFrom(random, slots[at]!.events[0]!.time); });
    const seq = firstOf(scene, slot);
    // A custodian that commits to what is not its own.
    const foreign = rechained(scene.entries.with(seq, { ...scene.entries[seq]!, organisation: OTHER } as LogEntry));
    const commits: Commit[] = [];
    for (const { number, epoch, seqFrom, seqUntil, at } of scene.chain.made) {
      const previous = commits.at(-1)?.head ?? HEAD_ORIGIN;
      const { root } = await rootOf(foreign.slice(Number(seqFrom), Number(seqUntil)).map(({ hash }) => bytes32(hash)));
      commits.push({ number, epoch, seqFrom, seqUntil, root, at, head: headOf(GENESIS, ORG, previous, { number, epoch, seqFrom, seqUntil, root }) });
    }
    const stands = { ...scene.chain.stands!, head: commits.at(-1)!.head };
    const { findings } = await audit(scene, { entries: foreign, commits, stands });
    assert.deepEqual(places(findings), [{ kind: 'OtherOrganisation', entries: one(seq) }]);
    assert.match(findings.map(findingInWords).join(), /of another log: of organisation 8/);

    const theirs = rechained((await sceneFrom(random)).entries.map((entry) => ({ ...entry, organisation: OTHER })));
    const whole = (await audit(scene, { entries: theirs, slack: 100 * DAY })).findings;
    assert.deepEqual(places(whole)[0], { kind: 'OtherOrganisation', entries: { from: 0, until: theirs.length } });
    assert.ok(whole.some(({ kind }) => kind === 'EditedCommit' || kind === 'Truncated'));
  }
});

test('a custodian that shows two logs is found by the one that is not committed to', async () => {
  const random = seeded(8);
  const plan = planFrom(random);
  const scene = await play(plan);
  const { entries } = await play({ ...plan, slots: plan.slots.with(1, { ...plan.slots[1]!, events: plan.slots[1]!.events.slice(1) }) });
  assert.ok((await audit(scene, { entries })).findings.some(({ kind, commits }) => kind === 'EditedCommit' && commits?.from === 1));
});

test('a custodian that committed to links that do not hold is found at that link', async () => {
  const random = seeded(9);
  const scene = await sceneFrom(random);
  const seq = anyCommitted(random, scene, 1);
  const broken = scene.entries.slice(0, seq + 1).with(seq, rehashed({ ...scene.entries[seq]!, previous: `0x${'cd'.repeat(32)}` }));
  const [at, seqUntil] = [START, BigInt(broken.length)];
  const { root } = await rootOf(broken.map(({ hash }) => bytes32(hash)));
  const head = headOf(GENESIS, ORG, HEAD_ORIGIN, { number: 0, epoch: 0, seqFrom: 0n, seqUntil, root });
  const commits = [{ number: 0, epoch: 0, seqFrom: 0n, seqUntil, root, at, head }];
  const { findings } = await audit(scene, { entries: broken, commits, stands: { commits: 1, epoch: 0, entries: seqUntil, head, lastAt: at, unpaid: 0 }, now: at, slack: 100 * DAY });
  assert.deepEqual(places(findings), [{ kind: 'BrokenChain', entries: one(seq) }]);
});

/** A log that is begun anew after a ruined commit, with all that it had and more. */
async function begunAnew(): Promise<Scene & { ruined: LogEntry[]; at: number }> {
  const random = seeded(10);
  const { entries: ruined, chain } = await play({ slots: [{ events: [0, 1, 2].map((n) => accessFrom(random, START + n)), at: START + HOUR }], tail: [], now: START });
  // It commits to entries that do not exist.
  chain.commit({ organisation: ORG, seqFrom: 3n, seqUntil: 9n, root: `0x${'01'.repeat(32)}`, previous: chain.stands!.head }, START + 2 * HOUR);
  const at = START + 3 * HOUR;
  chain.beginAnew(at);
  const entries = [...ruined];
  for (let n = 0; n < 3; n += 1) entries.push(chainEntry(entries.at(-1), accessFrom(random, at - HOUR + n)));
  return { entries, ruined, chain, now: at, at };
}

test('that a log was begun anew is named, and the log of each epoch is compared with the commits of that epoch', async () => {
  const { entries, ruined, chain, at } = await begunAnew();
  const anew: Finding = { kind: 'BegunAnew', commits: one(2) };
  // Before the first commit of the epoch nothing is proved, and nothing is late: entries are older than the epoch.
  const first = await audit({ entries, chain, now: at + DAY - 1 });
  assert.deepEqual([places(first.findings), first.proved, first.epoch, first.uncommitted], [[anew], { commit: 2, entries: 0, at, head: chain.stands!.head }, 1, 6]);
  assert.match(findingInWords(first.findings[0]!), /^BegunAnew: commit 2: .*: epoch 1 began at 2024-10-04 03:00:00 UTC, after 9 entries of epoch 0$/);
  chain.commit(await nextCommit(ORG, chain.stands, entries), at + HOUR);
  const now = at + 2 * HOUR;
  const second = await audit({ entries, chain, now });
  assert.deepEqual([places(second.findings), second.proved?.commit, second.proved?.entries], [[anew], 3, 6]);
  // The epoch before: the commit that was ruined is still asked for.
  const old = await audit({ entries: ruined, chain, now }, { epoch: 0 });
  assert.deepEqual([places(old.findings), old.proved?.commit, old.epoch], [[anew, { kind: 'Truncated', entries: { from: 3, until: 9 } }], 0, 0]);
  // The log of one is not that of the other.
  const wrong = await audit({ entries, chain, now }, { entries: entries.slice(0, 5) });
  assert.deepEqual(places(wrong.findings), [anew, { kind: 'Truncated', entries: one(5) }]);
  const edited = await audit({ entries, chain, now }, { entries: rechained(entries.with(1, edit(entries[1]!)), 1) });
  assert.deepEqual([places(edited.findings), edited.proved?.commit], [[anew, { kind: 'EditedCommit', entries: { from: 0, until: 6 }, commits: one(3) }], 2]);
});

test('in a log that was begun anew what is not committed to is late a heartbeat after that, and later entries are not dated back', async () => {
  const { entries, chain, at } = await begunAnew();
  const { findings } = await audit({ entries, chain, now: at + DAY });
  assert.deepEqual(places(findings).slice(1), [
    { kind: 'Stale', commits: one(2), moments: { from: at + DAY, until: at + DAY } }, { kind: 'UncommittedTail', entries: { from: 0, until: 6 }, moments: { from: at, until: at + DAY } },
  ]);
  chain.commit(await nextCommit(ORG, chain.stands, entries), at + HOUR);
  const late = [...entries, chainEntry(entries.at(-1), accessFrom(seeded(1), at))];
  chain.commit(await nextCommit(ORG, chain.stands, late), at + 2 * HOUR);
  assert.deepEqual(places((await audit({ entries: late, chain, now: at + 2 * HOUR })).findings).slice(1), [{ kind: 'Backdated', entries: one(6), commits: one(4) }]);
});

test('any number that a custodian commits to is compared, and costs nothing', async () => {
  const { entries, chain } = await play({ slots: [{ events: [accessFrom(seeded(1), START)], at: START }], tail: [], now: START });
  chain.commit({ organisation: ORG, seqFrom: 1n, seqUntil: 2n ** 64n - 1n, root: `0x${'01'.repeat(32)}`, previous: chain.stands!.head }, START);
  const { findings, proved } = await audit({ entries, chain, now: START });
  assert.deepEqual([kinds(findings), findings[0]?.entries?.from, proved?.commit], [['Truncated'], 1, 0]);
  // Nor do numbers that the custodian writes into its log.
  const far = rehashed({ ...entries[0]!, seq: Number.MAX_SAFE_INTEGER - 1 });
  const { findings: found } = await audit({ entries: [...entries, far], chain, now: START });
  assert.deepEqual(places(found).slice(0, 1), [{ kind: 'Missing', entries: { from: 1, until: Number.MAX_SAFE_INTEGER - 1 } }]);
});

test('an audit that cannot be meant is refused', async () => {
  const scene = await sceneFrom(seeded(1));
  for (const wrong of [{ organisation: -1 }, { genesisHash: '0x12' }, { heartbeat: 0 }, { heartbeat: -1 }, { slack: -1 }, { slack: 0.5 }, { epoch: 1 }, { epoch: -1 }, { now: scene.chain.made.at(-1)!.at - 1 }, { now: Date.now() }]) {
    await assert.rejects(audit(scene, wrong), InvalidArgument, JSON.stringify(wrong));
  }
});
