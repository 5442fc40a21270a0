/** Access logs: one gap-free chain of entries for each custodian, wherever it is kept. What an entry says is in `@salus/types`. */
import { chainEntry, type LogEntry, type LogEvent } from '@salus/types';

/** Where entries are kept. {@link MemoryLog} for tests; `FileLog` in `@salus/exchange/node`. */
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
