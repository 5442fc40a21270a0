/** Access logs of custodians from a seed, and a chain that takes commits by the rules of the pallet. */
import { strict as assert } from 'node:assert';
import {
  ACTIONS, chainEntry, entryHash, GENESIS_OF_LOG, PURPOSES, toHex, type AccessEvent, type Hex, type LogEntry, type LogEvent,
} from '@salus/types';
import { seeded } from '@salus/types/testing';
import {
  EMPTY_ROOT, HEAD_ORIGIN, headOf, nextCommit, verifyLogAgainstHeads, type Audit, type Commit, type Custodian, type LogCommits,
  type LogReport, type NextCommit,
} from '../access-log/index.js';

export { seeded };

export const GENESIS: Hex = `0x${'11'.repeat(32)}`;
export const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
export const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
export const ORG = 7;
export const OTHER = 8;
export const HOUR = 3_600;
export const DAY = 86_400;
export const START = 20_000 * DAY;

export type Random = () => number;

/** A whole number from 0 to just below `below`. */
export const below = (random: Random, count: number): number => Math.floor(random() * count);
export const oneOf = <T>(random: Random, list: readonly T[]): T => list[below(random, list.length)] as T;
export const bytesFrom = (random: Random): Hex => toHex(Uint8Array.from({ length: 32 }, () => below(random, 256)));

export function accessFrom(random: Random, time: number, more: Partial<AccessEvent> = {}): AccessEvent {
  return {
    time, side: 'source', organisation: ORG, outcome: random() < 0.8 ? 'released' : 'refused', requestId: bytesFrom(random),
    recordId: `r-${below(random, 9)}`, requester: oneOf(random, [ALICE, BOB]), requesterOrganisation: OTHER, purpose: oneOf(random, PURPOSES),
    action: oneOf(random, ACTIONS), decision: 'best state Permit (Directive 3) at block 9, finalised state Permit (Directive 3) at block 7', ...more,
  };
}

function eventFrom(random: Random, time: number): LogEvent {
  const kind = random();
  if (kind < 0.1) return { time, side: 'source', organisation: ORG, outcome: 'unauthenticated', since: time - 60, failures: { signature: 1 + below(random, 5) } };
  if (kind < 0.3) return accessFrom(random, time, { side: 'recipient', outcome: 'received', counterpart: bytesFrom(random), custodian: OTHER });
  return accessFrom(random, time);
}

/** The same event at another time. */
export const dated = (event: LogEvent, time: number): LogEvent =>
  (event.outcome === 'unauthenticated' ? { ...event, time, since: Math.min(event.since, time) } : { ...event, time });

/** The chain, as far as one custodian's log is concerned. It refuses what the pallet refuses. */
export class Chain implements LogCommits {
  readonly made: Commit[] = [];
  /** How many it tells of at a time. */
  page = 3;

  constructor(readonly organisation = ORG) {}

  get stands(): Custodian | undefined {
    const last = this.made.at(-1);
    return last && { commits: this.made.length, epoch: last.epoch, entries: last.seqUntil, head: last.head, lastAt: last.at, unpaid: 0 };
  }

  commit({ organisation, seqFrom, seqUntil, root, previous }: NextCommit, at: number): Commit {
    assert.equal(organisation, this.organisation);
    assert.equal(previous, this.stands?.head ?? HEAD_ORIGIN, 'WrongPrevious');
    assert.ok(seqFrom === (this.stands?.entries ?? 0n) && seqFrom <= seqUntil, 'WrongSequence');
    assert.equal(root === EMPTY_ROOT, seqFrom === seqUntil, 'WrongRoot');
    return this.#put({ epoch: this.stands?.epoch ?? 0, seqFrom, seqUntil, root, at });
  }

  beginAnew(at: number): Commit {
    assert.ok(this.stands, 'LogNotCommitted');
    return this.#put({ epoch: this.stands.epoch + 1, seqFrom: 0n, seqUntil: 0n, root: EMPTY_ROOT, at });
  }

  #put(parts: Omit<Commit, 'number' | 'head'>): Commit {
    const link = { ...parts, number: this.made.length };
    const commit = { ...link, head: headOf(GENESIS, this.organisation, this.stands?.head ?? HEAD_ORIGIN, link) };
    this.made.push(commit);
    return commit;
  }

  async custodian(organisation: number): Promise<Custodian | undefined> {
    return organisation === this.organisation ? this.stands : undefined;
  }

  async commits(organisation: number, first: number): Promise<Commit[]> {
    return organisation === this.organisation ? this.made.slice(first, first + this.page) : [];
  }
}

/** What a custodian is going to log, and when it commits. */
export interface Plan {
  slots: { events: LogEvent[]; at: number }[];
  /** What is logged after the last commit. */
  tail: LogEvent[];
  /** When it is audited. */
  now: number;
}

/** A week or so of an honest custodian, which commits twice a day or less often, but in time. */
export function planFrom(random: Random): Plan {
  const slots: Plan['slots'] = [];
  let at = START;
  const events = (until: number, count: number): LogEvent[] =>
    Array.from({ length: count }, () => at + 1 + below(random, until - at - 1)).sort((a, b) => a - b).map((time) => eventFrom(random, time));
  for (let slot = 0; slot < 5 + below(random, 6); slot += 1) {
    const until = at + 10 * HOUR + below(random, 14 * HOUR);
    // In the first slots there is always something to tamper with; later ones may be empty.
    slots.push({ events: events(until, slot < 3 ? 3 + below(random, 5) : below(random, 6)), at: until });
    at = until;
  }
  const now = at + HOUR + below(random, 20 * HOUR);
  return { slots, tail: events(now, below(random, 4)), now };
}

/** A log, what was committed to of it, and the moment of the audit. */
export interface Scene {
  entries: LogEntry[];
  chain: Chain;
  now: number;
}

/** Carries a plan out. */
export async function play({ slots, tail, now }: Plan): Promise<Scene> {
  const chain = new Chain();
  const entries: LogEntry[] = [];
  const log = (event: LogEvent): unknown => entries.push(chainEntry(entries.at(-1), event));
  for (const { events, at } of slots) {
    events.forEach(log);
    chain.commit(await nextCommit(ORG, chain.stands, entries), at);
  }
  tail.forEach(log);
  return { entries, chain, now };
}

export const sceneFrom = (random: Random): Promise<Scene> => play(planFrom(random));

/** Entries with the numbers, links and hashes that they would have had from the start. */
export function rechained(entries: readonly LogEntry[], from = 0): LogEntry[] {
  let previous = entries[from - 1]?.hash ?? GENESIS_OF_LOG;
  return entries.map((entry, seq) => {
    if (seq < from) return entry;
    const linked = { ...entry, seq, previous };
    previous = entryHash(linked);
    return { ...linked, hash: previous };
  });
}

/** Audits a scene, of which parts can be replaced. */
export function audit({ entries, chain, now }: Scene, replaced: Partial<Audit> = {}): Promise<LogReport> {
  return verifyLogAgainstHeads({
    organisation: ORG, genesisHash: GENESIS, heartbeat: DAY, now, stands: chain.stands, commits: chain.made, entries, ...replaced,
  });
}

/** The number of the commit that has an entry. */
export const commitOf = ({ chain }: Scene, seq: number): number => chain.made.findIndex(({ seqUntil }) => seq < seqUntil);

/** How many entries are committed to. */
export const committed = ({ chain }: Scene): number => Number(chain.stands?.entries ?? 0n);
