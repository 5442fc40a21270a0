/** Access logs in files. */
import { chainEntry, verifyLog, type LogEntry, type LogEvent } from '@salus/types';
import type { AccessLog } from '../log.js';
import { LineFile } from './lines.js';

/** A log as a file with one JSON entry a line. It is checked from the start when it is opened. */
export class FileLog implements AccessLog {
  readonly #file: LineFile;
  #last: LogEntry | undefined;

  private constructor(file: LineFile, last: LogEntry | undefined) {
    this.#file = file;
    this.#last = last;
  }

  static async open(path: string): Promise<FileLog> {
    const { file, values } = await LineFile.open(path);
    const entries = values as LogEntry[];
    verifyLog(entries);
    return new FileLog(file, entries.at(-1));
  }

  async append<E extends LogEvent>(event: E): Promise<LogEntry<E>> {
    const entry = chainEntry(this.#last, event);
    // At once: two at the same time would follow the same entry.
    this.#last = entry;
    await this.#file.append(entry);
    return entry;
  }

  async entries(): Promise<LogEntry[]> {
    return await this.#file.values() as LogEntry[];
  }
}
