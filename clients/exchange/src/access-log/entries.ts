/** Entries of access logs that came from elsewhere: what is an entry at all, and the hashes of many of them. */
import { entryHash, GENESIS_OF_LOG, IntegrityBroken, type AccessEvent, type LogEntry } from '@salus/types';

/** A log, entry by entry, as it was read. What is in it is checked, whatever it is. */
export type Entries = AsyncIterable<unknown> | Iterable<unknown>;

const HASH = /^0x[0-9a-f]{64}$/;
const TEXTS = ['requestId', 'recordId', 'requester', 'purpose', 'action', 'decision'] as const;

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isHash = (value: unknown): boolean => typeof value === 'string' && HASH.test(value);

/** Whether a value has the members of an entry. Whether they are true is another question. */
export function isEntry(value: unknown): value is LogEntry {
  if (typeof value !== 'object' || value === null) return false;
  const entry = value as Record<string, unknown>;
  if (!isCount(entry['seq']) || !isCount(entry['time']) || !isHash(entry['hash']) || !isHash(entry['previous'])) return false;
  if (entry['outcome'] === 'unauthenticated') return true;
  return ['released', 'refused', 'received'].includes(entry['outcome'] as string) && TEXTS.every((name) => typeof entry[name] === 'string');
}

/** Whether an entry tells of one request. The others count strangers. */
export const isAccess = (entry: LogEntry): entry is LogEntry<AccessEvent> => entry.outcome !== 'unauthenticated';

/**
 * The entries of one organisation's log, each checked to follow from the one before. The log may begin at any entry; one
 * that begins with entry 0 must be the beginning.
 *
 * Throws {@link IntegrityBroken} at the first that does not. To be told everything that is wrong with a log, and where, use
 * `verifyLogAgainstHeads`.
 */
export async function* following(entries: Entries, organisation: number): AsyncGenerator<LogEntry> {
  let last: LogEntry | undefined;
  let line = 0;
  for await (const entry of entries) {
    line += 1;
    if (!isEntry(entry)) throw new IntegrityBroken(`line ${line} of the access log is no entry`);
    const flaw = flawOf(entry, last, organisation);
    if (flaw !== undefined) throw new IntegrityBroken(`the access log is broken at entry ${entry.seq}: ${flaw}`);
    yield entry;
    last = entry;
  }
}

function flawOf(entry: LogEntry, last: LogEntry | undefined, organisation: number): string | undefined {
  if (entry.organisation !== organisation) return `it is of organisation ${entry.organisation ?? 'none'}, not of ${organisation}`;
  if (entry.hash !== entryHash(entry)) return 'its hash is not that of what it says';
  if (last && entry.seq !== last.seq + 1) return `it comes after entry ${last.seq}`;
  const previous = last?.hash ?? (entry.seq === 0 ? GENESIS_OF_LOG : entry.previous);
  return entry.previous === previous ? undefined : 'it does not follow from the one before';
}

const CHUNK = 65_536;

/** The hashes of entries whose numbers only grow: some 40 bytes for each, however far apart they are. */
export class EntryHashes {
  readonly #numbers: Float64Array[] = [];
  readonly #hashes: Uint8Array[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** The last number, or -1. */
  get last(): number {
    return this.#count === 0 ? -1 : this.#at(this.#count - 1);
  }

  push(seq: number, hash: Uint8Array): void {
    const place = this.#count % CHUNK;
    if (place === 0) {
      this.#numbers.push(new Float64Array(CHUNK));
      this.#hashes.push(new Uint8Array(CHUNK * 32));
    }
    (this.#numbers.at(-1) as Float64Array)[place] = seq;
    (this.#hashes.at(-1) as Uint8Array).set(hash, place * 32);
    this.#count += 1;
  }

  /** The hash of the entry with that number, if there is one. */
  get(seq: number): Uint8Array | undefined {
    // Of a log without holes the number is the place.
    let [low, high] = seq >= 0 && seq < this.#count && this.#at(seq) === seq ? [seq, seq + 1] : [0, this.#count];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.#at(middle) <= seq) low = middle;
      else high = middle;
    }
    if (low >= this.#count || this.#at(low) !== seq) return undefined;
    const place = (low % CHUNK) * 32;
    return (this.#hashes[Math.floor(low / CHUNK)] as Uint8Array).subarray(place, place + 32);
  }

  #at(index: number): number {
    return (this.#numbers[Math.floor(index / CHUNK)] as Float64Array)[index % CHUNK] as number;
  }
}
