/** Two logs are compared: what one side alone logged is named, and both sides come to the same numbers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeAddress } from '@polkadot/util-crypto';
import { chainEntry, IntegrityBroken, InvalidArgument, toHex, type AccessEvent, type Hex, type LogEntry, type LogEvent } from '@salus/types';
import { COMPARED, dayFrom, dayInWords, dayOf, reconcile, type Comparison } from '../access-log/index.js';
import { accessFrom, ALICE, below, bytesFrom, DAY, HOUR, ORG, OTHER, rechained, seeded, START, type Random } from './access-log-fixture.js';

const THIRD = 9;
const TODAY = dayOf(START);

/** The logs of two organisations that are written side by side. */
class Logs {
  readonly of: Record<number, LogEntry[]> = { [ORG]: [], [OTHER]: [] };

  log<E extends LogEvent>(organisation: number, event: E): LogEntry<E> {
    const log = this.of[organisation]!;
    const entry = chainEntry(log.at(-1), { ...event, organisation });
    log.push(entry);
    return entry;
  }

  /** What one gives. */
  give(random: Random, from: number, to: number, time: number): LogEntry<AccessEvent> {
    return this.log(from, accessFrom(random, time, { outcome: 'released', requesterOrganisation: to, requestId: bytesFrom(random) }));
  }

  /** What the other gets of it, if that is not something else. */
  get(to: number, source: LogEntry<AccessEvent>, time: number, more: Partial<AccessEvent> = {}): LogEntry<AccessEvent> {
    const { requestId, recordId, requester, requesterOrganisation, requesterKind, purpose, action, decision } = source;
    return this.log(to, {
      time, side: 'recipient', organisation: to, outcome: 'received', requestId, recordId, requester, requesterOrganisation, requesterKind, purpose, action, decision,
      counterpart: source.hash, custodian: source.organisation, ...more,
    });
  }

  compare(day = TODAY, [organisation, counterparty]: readonly [number, number] = [ORG, OTHER]): Promise<Comparison> {
    return reconcile({ organisation, counterparty, day, ours: this.of[organisation]!, theirs: this.of[counterparty]! });
  }
}

const ids = (entries: readonly { requestId: Hex }[]): Hex[] => entries.map(({ requestId }) => requestId).sort();
const summary = ({ counts, onlyOurs, onlyTheirs, disagreements, unattributed, matched }: Comparison) => ({
  counts, onlyOurs: ids(onlyOurs), onlyTheirs: ids(onlyTheirs), disagreements: disagreements.map(({ source, differ }) => [source.requestId, differ]),
  unattributed: ids(unattributed), matched: ids(matched.map(({ source }) => source)),
});

test('a disclosure that both logged matches, one that a side alone logged is named', async () => {
  const random = seeded(1);
  const logs = new Logs();
  logs.get(OTHER, logs.give(random, ORG, OTHER, START + 1), START + 2);
  logs.get(ORG, logs.give(random, OTHER, ORG, START + 3), START + 4);
  const given = logs.give(random, ORG, OTHER, START + 5);
  const kept = logs.give(random, OTHER, ORG, START + 6);
  // Received, and the one that gave has no entry of it.
  const secret = logs.get(OTHER, { ...given, requestId: bytesFrom(random), hash: bytesFrom(random) }, START + 7);
  const { counts, onlyOurs, onlyTheirs, disagreements, matched } = await logs.compare();
  assert.deepEqual(counts, { matched: 2, onlyOurs: 1, onlyTheirs: 2 });
  assert.deepEqual(onlyOurs, [given]);
  assert.deepEqual(onlyTheirs, [kept, secret]);
  assert.deepEqual([disagreements.length, matched.map(({ source }) => source.organisation)], [0, [ORG, OTHER]]);
});

test('what one side logged just before midnight and the other just after is of the day of the source, on both sides', async () => {
  const random = seeded(2);
  const logs = new Logs();
  const late = START + DAY - 1;
  const source = logs.give(random, ORG, OTHER, late);
  logs.get(OTHER, source, late + 2);
  // The recipient's clock is behind.
  const next = logs.give(random, ORG, OTHER, START + DAY);
  logs.get(OTHER, next, START + DAY - 3);
  const [today, tomorrow] = [await logs.compare(), await logs.compare(TODAY + 1)];
  assert.deepEqual([today.counts, ids(today.matched.map((pair) => pair.source))], [{ matched: 1, onlyOurs: 0, onlyTheirs: 0 }, [source.requestId]]);
  assert.deepEqual([tomorrow.counts, ids(tomorrow.matched.map((pair) => pair.source))], [{ matched: 1, onlyOurs: 0, onlyTheirs: 0 }, [next.requestId]]);
  assert.deepEqual((await logs.compare(TODAY - 1)).counts, { matched: 0, onlyOurs: 0, onlyTheirs: 0 });
});

test('what is none of the two\'s disclosures to each other is not counted', async () => {
  const random = seeded(3);
  const logs = new Logs();
  logs.give(random, ORG, THIRD, START);
  logs.log(ORG, accessFrom(random, START, { outcome: 'refused', requesterOrganisation: OTHER }));
  logs.log(ORG, accessFrom(random, START, { outcome: 'released', requesterOrganisation: undefined, requester: ALICE, purpose: 'Patrqt' }));
  logs.log(ORG, { time: START, side: 'source', organisation: ORG, outcome: 'unauthenticated', since: START, failures: { signature: 1 } });
  logs.get(OTHER, logs.give(random, ORG, OTHER, START + DAY), START + DAY, { custodian: THIRD });
  assert.deepEqual((await logs.compare()).counts, { matched: 0, onlyOurs: 0, onlyTheirs: 0 });
  // The recipient says that it came from another: of the two it is one that only the source logged.
  assert.deepEqual((await logs.compare(TODAY + 1)).counts, { matched: 0, onlyOurs: 1, onlyTheirs: 0 });
});

test('each part of which the two say different things is named, and an address with another prefix is the same account', async () => {
  const random = seeded(4);
  const changes: Partial<AccessEvent> = {
    counterpart: bytesFrom(random), recordId: 'another', requester: encodeAddress(`0x${'05'.repeat(32)}`), requesterOrganisation: THIRD, requesterKind: 'machine', purpose: 'Hmarkt', action: 'Export', decision: 'because',
  };
  // The source's entry has one of each, and none of the changed ones.
  const source = accessFrom(random, START, { outcome: 'released', requesterOrganisation: OTHER, requesterKind: 'person', purpose: 'Treat', action: 'Read' });
  for (const part of COMPARED) {
    const logs = new Logs();
    logs.get(OTHER, logs.log(ORG, source), START + 1, { [part]: changes[part] });
    const { counts, disagreements } = await logs.compare();
    assert.deepEqual([counts.matched, counts.onlyOurs, counts.onlyTheirs, disagreements.map(({ differ }) => differ)], [1, 0, 0, [[part]]], part);
  }
  const logs = new Logs();
  logs.get(OTHER, logs.log(ORG, source), START + 1, { requester: encodeAddress(source.requester, 0) });
  assert.deepEqual((await logs.compare()).disagreements, []);
  // Whoever does not know whether it was a person or a machine contradicts nobody.
  for (const [ours, theirs] of [['person', undefined], [undefined, 'machine'], [undefined, undefined]] as const) {
    const both = new Logs();
    both.get(OTHER, both.log(ORG, { ...source, requesterKind: ours }), START + 1, { requesterKind: theirs });
    assert.deepEqual((await both.compare()).disagreements, []);
  }
});

test('what the recipient opened again counts once', async () => {
  const random = seeded(5);
  const logs = new Logs();
  const source = logs.give(random, ORG, OTHER, START);
  logs.get(OTHER, source, START + 1);
  logs.get(OTHER, source, START + HOUR);
  assert.deepEqual((await logs.compare()).counts, { matched: 1, onlyOurs: 0, onlyTheirs: 0 });
  // A second entry of the recipient for the same request, with the hash of another entry, is another disclosure.
  logs.get(OTHER, source, START + 3, { counterpart: bytesFrom(random) });
  assert.deepEqual((await logs.compare()).counts, { matched: 1, onlyOurs: 0, onlyTheirs: 1 });
});

test('what the source logged twice is one-sided the second time', async () => {
  const random = seeded(5);
  const logs = new Logs();
  const source = logs.give(random, ORG, OTHER, START);
  logs.get(OTHER, source, START + 1);
  const { seq: _, previous: __, hash: ___, ...again } = source;
  const second = logs.log(ORG, { ...again, time: START + 2 });
  const { counts, onlyOurs } = await logs.compare();
  assert.deepEqual([counts, onlyOurs], [{ matched: 1, onlyOurs: 1, onlyTheirs: 0 }, [second]]);
});

test('an entry that does not say from whom it received is matched by its hash, and else not counted', async () => {
  const random = seeded(6);
  const logs = new Logs();
  const source = logs.give(random, ORG, OTHER, START);
  logs.get(OTHER, source, START + 1, { custodian: undefined });
  const unknown = logs.get(OTHER, { ...source, hash: bytesFrom(random), requestId: bytesFrom(random) }, START + 2, { custodian: undefined });
  const { counts, unattributed } = await logs.compare();
  assert.deepEqual([counts, unattributed], [{ matched: 1, onlyOurs: 0, onlyTheirs: 0 }, [unknown]]);
});

/** Any disclosures between two organisations over three days, with omissions, changes and repetitions on both sides. */
function anyLogs(random: Random): { logs: Logs; days: number[]; expected: Map<number, { matched: number; [ORG]: number; [OTHER]: number }> } {
  const logs = new Logs();
  const expected = new Map([0, 1, 2].map((day) => [TODAY + day, { matched: 0, [ORG]: 0, [OTHER]: 0 }]));
  let time = START;
  for (let n = 0; n < 30; n += 1) {
    time += below(random, 3 * DAY / 30);
    const [from, to] = random() < 0.5 ? [ORG, OTHER] as const : [OTHER, ORG] as const;
    const of = expected.get(dayOf(time))!;
    const kind = random();
    if (kind < 0.15) {
      // The recipient alone.
      const event = accessFrom(random, time, { side: 'recipient', outcome: 'received', requesterOrganisation: to, counterpart: bytesFrom(random), custodian: from });
      logs.log(to, event);
      of[to] += 1;
      continue;
    }
    const source = logs.give(random, from, to, time);
    if (kind < 0.3) {
      of[from] += 1;
      continue;
    }
    logs.get(to, source, time + below(random, 60), kind < 0.4 ? { recordId: 'another' } : kind < 0.5 ? { counterpart: bytesFrom(random) } : {});
    if (kind > 0.9) logs.get(to, source, time + 60);
    of.matched += 1;
  }
  return { logs, days: [...expected.keys()], expected };
}

test('the counts are those of what was done, and each side finds what the other finds, mirrored', async () => {
  let oneSided = 0;
  for (let seed = 0; seed < 60; seed += 1) {
    const { logs, days, expected } = anyLogs(seeded(seed));
    for (const day of days) {
      const [ours, theirs] = [await logs.compare(day), await logs.compare(day, [OTHER, ORG])];
      const { matched, [ORG]: onlyOurs, [OTHER]: onlyTheirs } = expected.get(day)!;
      assert.deepEqual(ours.counts, { matched, onlyOurs, onlyTheirs }, `seed ${seed}`);
      assert.deepEqual(theirs.counts, { matched, onlyOurs: onlyTheirs, onlyTheirs: onlyOurs }, `seed ${seed}`);
      const [a, b] = [summary(ours), summary(theirs)];
      assert.deepEqual({ ...a, counts: 0 }, { ...b, counts: 0, onlyOurs: b.onlyTheirs, onlyTheirs: b.onlyOurs });
      oneSided += onlyOurs + onlyTheirs;
    }
  }
  assert.ok(oneSided > 100);
});

test('a log that is broken, or another\'s, is not compared; nor is an organisation with itself', async () => {
  const random = seeded(7);
  const logs = new Logs();
  for (let n = 0; n < 3; n += 1) logs.give(random, ORG, OTHER, START + n);
  const { [ORG]: ours, [OTHER]: theirs } = logs.of as { [ORG]: LogEntry[]; [OTHER]: LogEntry[] };
  const run = (replaced: Partial<Parameters<typeof reconcile>[0]>): Promise<Comparison> => reconcile({ organisation: ORG, counterparty: OTHER, day: TODAY, ours, theirs, ...replaced });
  assert.equal((await run({})).counts.onlyOurs, 3);
  for (const wrong of [{ ours: ours.toSpliced(1, 1) }, { theirs: ours }, { ours: [null] }, { ours: rechained(ours).with(1, { ...ours[1]!, time: 1 }) }]) await assert.rejects(run(wrong), IntegrityBroken);
  for (const wrong of [{ counterparty: ORG }, { organisation: -1 }, { day: -1 }, { day: 0.5 }]) await assert.rejects(run(wrong), InvalidArgument);
});

test('a day is written as a date, and what is no day is refused', () => {
  assert.equal(dayFrom('2026-11-28'), Math.floor(Date.UTC(2026, 10, 28) / 86_400_000));
  assert.equal(dayFrom('1970-01-01'), 0);
  assert.equal(dayInWords(dayFrom('2028-02-29')), '2028-02-29');
  for (const wrong of ['2026-02-29', '2026-13-01', '2026-1-1', '1969-12-31', '28.11.2026', '2026-11-28T00:00:00Z', '', 'x']) assert.throws(() => dayFrom(wrong), InvalidArgument, wrong);
  assert.equal(dayOf(86_399), 0);
  assert.equal(dayOf(86_400), 1);
});

test('a request id is compared, not a part of it', async () => {
  const random = seeded(8);
  const logs = new Logs();
  const source = logs.give(random, ORG, OTHER, START);
  logs.get(OTHER, source, START, { requestId: toHex(new Uint8Array(32)), counterpart: bytesFrom(random) });
  assert.deepEqual((await logs.compare()).counts, { matched: 0, onlyOurs: 1, onlyTheirs: 1 });
});
