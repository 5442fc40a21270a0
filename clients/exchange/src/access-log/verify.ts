/** Comparing a custodian's access log with the heads that it committed to. */
import { bytes32, entryHash, equal, GENESIS_OF_LOG, InvalidArgument, toHex, type Hex, type LogEntry } from '@salus/types';
import { hash as hashArgument, moment, orgId, u32, u64 } from '@salus/types/arguments';
import { moment as inWords } from '@salus/types/time';
import { EntryHashes, isEntry, type Entries } from './entries.js';
import { Findings, type Finding, type Span } from './findings.js';
import { EMPTY_ROOT, HEAD_ORIGIN, headOf, rootOf, type Commit, type Custodian } from './heads.js';

/**
 * By how many seconds the time of an entry may be off unless told: the custodian's clock and the chain's differ, and a commit
 * that is made of the entries so far takes some minutes to come into a block.
 */
export const DEFAULT_SLACK = 900;

/** What is audited, and against what. */
export interface Audit {
  organisation: number;
  genesisHash: string;
  /** After how many seconds without a commit a log is stale: the constant `Heartbeat` of the pallet. */
  heartbeat: number;
  /** When the audit is made, in seconds since 1970: the time of the block whose state the commits were read from. */
  now: number;
  /** Where the chain says that the log stands; undefined if it was never committed to. */
  stands: Custodian | undefined;
  /** All commits, of all epochs, in order. */
  commits: readonly Commit[];
  /** Of which epoch the log is: the last unless told. Each has a log of its own. */
  epoch?: number | undefined;
  /** The whole log of the epoch, from entry 0, as it was received from the custodian. It is read once. */
  entries: Entries;
  /** By how many seconds the time of an entry may be off; {@link DEFAULT_SLACK} unless told. */
  slack?: number | undefined;
}

/** Up to where a log is proved to be as it was committed to. */
export interface Proved {
  /** The last commit of which, and of all before it in its epoch, every entry is the one that was committed to. */
  commit: number;
  /** How many entries of the epoch that are: the number of the first one that is not proved. */
  entries: number;
  /** When that commit was made, in seconds since 1970, and the head with it. */
  at: number;
  head: Hex;
}

/** What came of an audit. Without findings the log is sound, up to `proved`. */
export interface LogReport {
  organisation: number;
  epoch: number;
  /** When the audit was made, in seconds since 1970. */
  now: number;
  /** How many lines there are in the log. */
  lines: number;
  /** How many entries are not committed to. That is no finding until the oldest is a heartbeat old. */
  uncommitted: number;
  findings: readonly Finding[];
  proved: Proved | undefined;
}

/**
 * Compares a log with its heads, and names everything that is wrong with it, and where. Reads the log once, as a stream, and
 * keeps some 40 bytes an entry.
 *
 * What it cannot find: an access that was never logged. Comparing with the log of the other side can (`reconcile`).
 *
 * Throws `InvalidArgument` if an argument cannot be meant.
 */
export async function verifyLogAgainstHeads(audit: Audit): Promise<LogReport> {
  const { commits, stands } = audit;
  const checked = { ...audit, slack: u64(audit.slack ?? DEFAULT_SLACK, 'slack'), epoch: u32(audit.epoch ?? stands?.epoch ?? 0, 'epoch') };
  orgId(audit.organisation);
  if (checked.epoch > (stands?.epoch ?? 0)) throw new InvalidArgument('epoch', `is ${checked.epoch}, and the log's last is ${stands?.epoch ?? 0}`);
  hashArgument(audit.genesisHash, 'genesisHash');
  if (u64(audit.heartbeat, 'heartbeat') === 0) throw new InvalidArgument('heartbeat', 'must be a number of seconds above 0');
  const last = commits.at(-1);
  if (moment(audit.now, 'now') < (last?.at ?? 0)) throw new InvalidArgument('now', 'is before the last commit: it is the time of the block from which the commits were read');

  const findings = new Findings();
  const followsUntil = checkHeads(checked, findings);
  const log = new LogReader(checked, findings);
  for await (const value of audit.entries) log.read(value);
  const good = await log.compareWithRoots();
  log.tellOfTail();
  const proved = commits.slice(0, Math.min(followsUntil, good)).filter(({ epoch }) => epoch === checked.epoch).at(-1);
  return {
    organisation: audit.organisation, epoch: checked.epoch, now: audit.now, lines: log.lines, uncommitted: log.uncommitted, findings: findings.list,
    proved: proved && { commit: proved.number, entries: Number(proved.seqUntil), at: proved.at, head: proved.head },
  };
}

/** Checks that the commits form one chain, and were made in time. Answers how many of them, from the first, form one. */
function checkHeads({ organisation, genesisHash, heartbeat, now, stands, commits }: Audit, findings: Findings): number {
  let before: Before & Pick<Commit, 'head'> = { head: HEAD_ORIGIN, epoch: 0, seqUntil: 0n, at: 0 };
  let good = commits.length;
  commits.forEach((commit, place) => {
    const flaw = flawOfCommit(commit, place, before)
      ?? (headOf(genesisHash, organisation, before.head, commit) === commit.head ? undefined : 'its head does not follow from the one before');
    if (flaw !== undefined) {
      findings.add({ kind: 'ForkedHeads', commits: { from: place, until: place + 1 }, detail: flaw });
      good = Math.min(good, place);
    }
    if (commit.epoch > before.epoch) {
      findings.add({ kind: 'BegunAnew', commits: { from: place, until: place + 1 }, detail: `epoch ${commit.epoch} began at ${inWords(commit.at)}, after ${before.seqUntil} entries of epoch ${before.epoch}` });
    }
    if (place > 0 && commit.at - before.at > heartbeat) {
      findings.add({ kind: 'Stale', commits: { from: place - 1, until: place + 1 }, moments: { from: before.at + heartbeat, until: commit.at } });
    }
    before = commit;
  });
  if (commits.length !== (stands?.commits ?? 0)) {
    findings.add({ kind: 'ForkedHeads', detail: `the chain says that there are ${stands?.commits ?? 0} commits, and ${commits.length} were read` });
  } else if (stands && (stands.head !== before.head || stands.epoch !== before.epoch || stands.entries !== before.seqUntil || stands.lastAt !== before.at)) {
    findings.add({ kind: 'ForkedHeads', detail: 'where the chain says that the log stands is not where its last commit ends' });
  }
  if (commits.length > 0 && now - before.at >= heartbeat) {
    const place = commits.length - 1;
    findings.add({ kind: 'Stale', commits: { from: place, until: place + 1 }, moments: { from: before.at + heartbeat, until: now }, detail: 'it is stale now' });
  }
  return good;
}

type Before = Pick<Commit, 'epoch' | 'seqUntil' | 'at'>;

function flawOfCommit({ number, epoch, seqFrom, seqUntil, root, at }: Commit, place: number, before: Before): string | undefined {
  if (number !== place) return `it has the number ${number}`;
  // A log that was never begun cannot be begun anew.
  const anew = epoch === before.epoch + 1 && place > 0;
  if (epoch !== before.epoch && !anew) return `it is of epoch ${epoch}, and the one before of ${before.epoch}`;
  const due = anew ? 0n : before.seqUntil;
  if (seqFrom !== due || seqUntil < seqFrom || (anew && seqUntil > 0n)) return `it is of entries ${seqFrom} up to before ${seqUntil}, and ${due} is due`;
  if ((root === EMPTY_ROOT) !== (seqFrom === seqUntil)) return 'it has a root without entries, or entries without a root';
  return at < before.at ? 'it was made before the one before it' : undefined;
}

/** What a commit allows of the time of its entries: from when, and until when. */
interface Allowed extends Span {
  commit: number | undefined;
}

type Checked = Audit & { slack: number; epoch: number };

/** Reads a log, and remembers what is needed to compare it with the roots of its epoch. */
class LogReader {
  lines = 0;
  uncommitted = 0;
  readonly #audit: Checked;
  readonly #findings: Findings;
  /** The hashes of the entries that came in order, computed from what they say. */
  readonly #hashes = new EntryHashes();
  /** The same of those that came after one with a higher number. */
  readonly #late = new Map<number, Uint8Array>();
  /** Numbers that had not come when a higher one did. */
  readonly #holes: Span[] = [];
  /** What an entry says its own hash is, and what the next says it is, where that is not what was computed. */
  readonly #stated = new Map<number, Hex>();
  readonly #linked = new Map<number, Hex>();
  /** Entries that do not follow from the one before: whether that one was changed is told by the roots. */
  readonly #broken: number[] = [];
  readonly #edited = new Set<number>();
  /** The commits of the epoch, but for the one with which it was begun anew: that has no entries, and entries may be older. */
  readonly #commits: readonly Commit[];
  /** How many commits there are before them. */
  readonly #first: number;
  readonly #untils: number[];
  /** The latest time of an entry so far, as far as it can be true. */
  #latest = 0;
  #oldestOfTail: number | undefined;
  #firstOfTail: number | undefined;

  constructor(audit: Checked, findings: Findings) {
    const { commits, epoch } = audit;
    this.#audit = audit;
    this.#findings = findings;
    const begun = commits.findIndex((commit) => commit.epoch === epoch);
    this.#first = begun < 0 ? commits.length : epoch > 0 ? begun + 1 : begun;
    this.#commits = commits.slice(this.#first).filter((commit) => commit.epoch === epoch);
    this.#untils = this.#commits.map(({ seqUntil }) => Number(seqUntil));
  }

  /** How many entries there would be if none were missing: one more than the highest number. */
  get #end(): number {
    return this.#hashes.last + 1;
  }

  get #committed(): number {
    return this.#untils.at(-1) ?? 0;
  }

  read(value: unknown): void {
    this.lines += 1;
    const lines = { from: this.lines, until: this.lines + 1 };
    if (!isEntry(value)) {
      this.#findings.add({ kind: 'Malformed', lines });
      return;
    }
    const { seq } = value;
    const entries = { from: seq, until: seq + 1 };
    if (value.organisation !== this.#audit.organisation) {
      const detail = value.organisation === undefined ? 'of a patient' : `of organisation ${String(value.organisation)}`;
      this.#findings.add({ kind: 'OtherOrganisation', entries, lines, detail });
    }
    const hash = bytes32(entryHash(value));
    if (seq >= this.#end) this.#next(value, hash);
    else if (!this.#lateOrSecond(value, hash, { entries, lines })) return;
    if (toHex(hash) !== value.hash) {
      this.#edited.add(seq);
      this.#stated.set(seq, value.hash);
    }
    this.#checkTime(value, entries);
    if (seq >= this.#committed) {
      this.uncommitted += 1;
      this.#firstOfTail = Math.min(this.#firstOfTail ?? seq, seq);
      this.#oldestOfTail = Math.min(this.#oldestOfTail ?? value.time, value.time);
    }
  }

  /** An entry with a higher number than all before it. */
  #next({ seq, previous }: LogEntry, hash: Uint8Array): void {
    const due = this.#end;
    if (seq > due) this.#holes.push({ from: due, until: seq });
    const before = seq > due ? undefined : this.#hashes.get(seq - 1);
    const follows = seq === 0 ? previous === GENESIS_OF_LOG : before !== undefined && toHex(before) === previous;
    if (!follows) {
      if (seq > 0) this.#linked.set(seq - 1, previous);
      if (seq === due) this.#broken.push(seq);
    }
    this.#hashes.push(seq, hash);
  }

  /** An entry with a number that is not higher. Answers whether it is the first with it. */
  #lateOrSecond({ seq }: LogEntry, hash: Uint8Array, { entries, lines }: { entries: Span; lines: Span }): boolean {
    const first = this.#hashOf(seq);
    if (first) {
      this.#findings.add({ kind: equal(first, hash) ? 'RepeatedEntry' : 'ForkedEntry', entries, lines });
      return false;
    }
    this.#late.set(seq, hash);
    this.#findings.add({ kind: 'OutOfOrder', entries, lines });
    return true;
  }

  #hashOf(seq: number): Uint8Array | undefined {
    return this.#hashes.get(seq) ?? this.#late.get(seq);
  }

  /** What the commits around an entry say about its time. */
  #allowed(seq: number): Allowed {
    const commits = this.#commits;
    let [low, high] = [0, commits.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.#untils[middle] as number) > seq) high = middle;
      else low = middle + 1;
    }
    const commit = commits[low];
    return { from: commits[low - 1]?.at ?? 0, until: commit?.at ?? this.#audit.now, commit: commit && this.#first + low };
  }

  #checkTime({ seq, time, outcome }: LogEntry, entries: Span): void {
    const { slack } = this.#audit;
    const { from, until, commit } = this.#allowed(seq);
    const commits = commit === undefined ? {} : { commits: { from: commit, until: commit + 1 } };
    const late = time > until + slack;
    if (late) this.#findings.add({ kind: 'Postdated', entries, ...commits });
    // A summary tells until when strangers were counted, and may be written long after that.
    if (late || outcome === 'unauthenticated') return;
    if (time + slack < Math.max(from, this.#latest)) this.#findings.add({ kind: 'Backdated', entries, ...commits });
    this.#latest = Math.max(this.#latest, time);
  }

  /** Compares with the roots, once all is read. Answers up to before which commit every entry of the epoch is as committed. */
  async compareWithRoots(): Promise<number> {
    this.#tellOfMissing();
    const explained = new Set<number>();
    let good: number | undefined;
    for (const [at, commit] of this.#commits.entries()) {
      const place = this.#first + at;
      const answer = await this.#compare(commit, place, explained);
      if (!answer) good ??= place;
    }
    for (const seq of [...this.#edited].sort((a, b) => a - b)) this.#findings.add({ kind: 'EditedEntry', entries: { from: seq, until: seq + 1 } });
    for (const seq of this.#broken) {
      const known = seq > 0 && (explained.has(seq - 1) || this.#stated.get(seq - 1) === this.#linked.get(seq - 1));
      if (!known) this.#findings.add({ kind: 'BrokenChain', entries: { from: seq, until: seq + 1 } });
    }
    return good ?? this.#audit.commits.length;
  }

  async #compare({ seqFrom, seqUntil, root }: Commit, place: number, explained: Set<number>): Promise<boolean> {
    const [from, until] = [Number(seqFrom), Number(seqUntil)];
    if (until <= from) return true;
    // It was said before that these are missing. A custodian can commit to any number of entries.
    if (until > this.#end) return false;
    const isRootOf = async (told: (seq: number) => Uint8Array | undefined): Promise<boolean> => {
      for (const seq of this.#missingIn(from, until)) if (told(seq) === undefined) return false;
      function* all(): Generator<Uint8Array> {
        for (let seq = from; seq < until; seq += 1) yield told(seq) as Uint8Array;
      }
      return (await rootOf(all())).root === root;
    };
    if (await isRootOf((seq) => this.#hashOf(seq))) return true;
    // What was committed to, if not what the entries are now: what the entries next to them, or they themselves, say that they were.
    for (const told of [this.#linked, this.#stated]) {
      const orTold = (seq: number): Uint8Array | undefined => {
        const text = told.get(seq);
        return text === undefined ? this.#hashOf(seq) : bytes32(text);
      };
      if (!await isRootOf(orTold)) continue;
      for (let seq = from; seq < until; seq += 1) {
        const [text, computed] = [told.get(seq), this.#hashOf(seq)];
        if (text === undefined || computed === undefined || toHex(computed) === text) continue;
        this.#edited.add(seq);
        explained.add(seq);
      }
      return false;
    }
    // Where entries are missing, nothing can be said of the others of their commit.
    if (this.#missingIn(from, until).next().done === true) {
      this.#findings.add({ kind: 'EditedCommit', entries: { from, until }, commits: { from: place, until: place + 1 } });
    }
    return false;
  }

  /** The numbers in a span that no entry has, one by one: as many as the caller takes. */
  * #missingIn(from: number, until: number): Generator<number> {
    let [low, high] = [0, this.#holes.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.#holes[middle] as Span).until > from) high = middle;
      else low = middle + 1;
    }
    for (let at = low; at < this.#holes.length; at += 1) {
      const hole = this.#holes[at] as Span;
      if (hole.from >= until) return;
      for (let seq = Math.max(hole.from, from); seq < Math.min(hole.until, until); seq += 1) if (!this.#late.has(seq)) yield seq;
    }
  }

  #tellOfMissing(): void {
    const late = [...this.#late.keys()].sort((a, b) => a - b);
    let at = 0;
    for (const { from, until } of this.#holes) {
      // Every late entry stands in a hole, and both are in order.
      for (let next = from; next < until; at += 1) {
        const end = Math.min(late[at] ?? until, until);
        if (end > next) this.#findings.add({ kind: 'Missing', entries: { from: next, until: end } });
        if (end === until) break;
        next = end + 1;
      }
    }
    if (this.#committed > this.#end) this.#findings.add({ kind: 'Truncated', entries: { from: this.#end, until: this.#committed } });
  }

  /** Tells of entries that have not been committed to for too long. */
  tellOfTail(): void {
    const { now, heartbeat, commits } = this.#audit;
    const [from, tail] = [this.#firstOfTail, this.#oldestOfTail];
    if (from === undefined || tail === undefined) return;
    // Entries may be older than the epoch in which they are to be committed to.
    const oldest = Math.max(tail, this.#audit.epoch > 0 ? commits[this.#first - 1]?.at ?? 0 : 0);
    if (now - oldest < heartbeat) return;
    this.#findings.add({ kind: 'UncommittedTail', entries: { from, until: this.#end }, moments: { from: oldest, until: now } });
  }
}
