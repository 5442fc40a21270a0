/**
 * Access logs: one gap-free chain of entries for each custodian. Every entry carries the hash of
 * the one before, so that nothing can be taken out or changed without every later hash changing.
 */
import type { FailureCounts } from './authentication.js';
import { blake2, concat, toHex, utf8, type Hex } from './bytes.js';
import { IntegrityBroken } from './errors.js';

/** Who wrote the entry: the custodian that discloses, or the one that receives. */
export type Side = 'source' | 'recipient';

/** One request of a credentialed actor, and what came of it. */
export interface AccessEvent {
  /** Seconds since 1970, from the chain: the time of the best block that decided. */
  time: number;
  side: Side;
  /** The organisation whose log this is. */
  organisation: number;
  outcome: 'released' | 'refused' | 'received';
  requestId: Hex;
  recordId: string;
  requester: string;
  requesterOrganisation: number;
  purpose: string;
  action: string;
  /** The decision in words, with the block numbers on which it rests. */
  decision: string;
  /** For a recipient: the hash of the source's entry for the same disclosure. */
  counterpart?: Hex;
}

/**
 * How many requests were refused whose sender could not be authenticated: one event for all of them,
 * because strangers could fill the log with a line each, and nothing they say of themselves is known
 * to be true.
 */
export interface AuthenticationFailureSummary {
  /** Until when they were counted, in seconds since 1970, from the chain. */
  time: number;
  side: 'source';
  organisation: number;
  outcome: 'unauthenticated';
  /** When the first of them came, in seconds since 1970, from the chain. */
  since: number;
  /** How many, by why. */
  failures: FailureCounts;
}

/** What a log tells of; `outcome` says which of the two it is. */
export type LogEvent = AccessEvent | AuthenticationFailureSummary;

/** An event in its place in the chain. */
export type LogEntry<E extends LogEvent = LogEvent> = E & {
  seq: number;
  previous: Hex;
  hash: Hex;
};

/** What the first entry of a log has as `previous`. */
export const GENESIS_OF_LOG: Hex = `0x${'00'.repeat(32)}`;
const DOMAIN = utf8('salus:access-log:v1');

/** The entry's members in a fixed order, without the hash: what is hashed. */
function hashOf(entry: object): Hex {
  const members = Object.entries(entry)
    .filter(([name, value]) => name !== 'hash' && value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return toHex(blake2(concat(DOMAIN, utf8(JSON.stringify(members)))));
}

/** The entry that follows `last` (or begins the log). */
export function chainEntry<E extends LogEvent>(last: LogEntry | undefined, event: E): LogEntry<E> {
  const entry = { ...event, seq: (last?.seq ?? -1) + 1, previous: last?.hash ?? GENESIS_OF_LOG };
  return { ...entry, hash: hashOf(entry) };
}

/** Throws {@link IntegrityBroken} at the first entry that does not follow from those before it. */
export function verifyLog(entries: readonly LogEntry[]): void {
  let previous = GENESIS_OF_LOG;
  entries.forEach((entry, position) => {
    if (entry.seq !== position || entry.previous !== previous || entry.hash !== hashOf(entry)) {
      throw new IntegrityBroken(`the access log is broken at entry ${position}`);
    }
    previous = entry.hash;
  });
}

/** Where entries are kept. {@link MemoryLog} for tests; `FileLog` in `@salus/client/node`. */
export interface AccessLog {
  /** Resolves once the entry is kept; an access that cannot be logged must not happen. */
  append<E extends LogEvent>(event: E): Promise<LogEntry<E>>;
  entries(): Promise<LogEntry[]>;
}

/** A log that ends with the process. */
export class MemoryLog implements AccessLog {
  readonly #entries: LogEntry[] = [];

  async append<E extends LogEvent>(event: E): Promise<LogEntry<E>> {
    const entry = chainEntry(this.#entries.at(-1), event);
    this.#entries.push(entry);
    return entry;
  }

  async entries(): Promise<LogEntry[]> {
    return [...this.#entries];
  }
}
