/** Keeping envelopes and logs in plain files. For Node.js; the rest of the SDK runs in browsers too. */
import { appendFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bytes32, toHex } from '../bytes.js';
import type { RecordStore, StoredRecord } from '../gate.js';
import { chainEntry, verifyLog, type AccessEvent, type AccessLog, type LogEntry } from '../log.js';

const SAFE_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** A folder with `<id>.age`, the envelope, and `<id>.json`, what decisions need, for each record. */
export class FileStore implements RecordStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  #path(id: string, extension: string): string {
    if (!SAFE_ID.test(id)) throw new RangeError(`not an id of a record: ${id}`);
    return join(this.#folder, `${id}.${extension}`);
  }

  async put({ envelope, ...rest }: StoredRecord): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const { proof } = rest.anchor;
    const anchor = { ...rest.anchor, proof: proof && { ...proof, path: proof.path.map(toHex) } };
    await writeFile(this.#path(rest.id, 'age'), envelope);
    await writeFile(this.#path(rest.id, 'json'), `${JSON.stringify({ ...rest, anchor })}\n`);
  }

  async get(id: string): Promise<StoredRecord | undefined> {
    if (!SAFE_ID.test(id)) return undefined;
    try {
      const rest = JSON.parse(await readFile(this.#path(id, 'json'), 'utf8')) as StoredRecord;
      const proof = rest.anchor.proof;
      if (proof) proof.path = (proof.path as unknown as string[]).map(bytes32);
      return { ...rest, envelope: new Uint8Array(await readFile(this.#path(id, 'age'))) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** How many envelopes the folder holds. */
  async count(): Promise<number> {
    return (await readdir(this.#folder)).filter((name) => name.endsWith('.age')).length;
  }
}

/** A log as a file with one JSON entry a line. It is checked from the start when it is opened. */
export class FileLog implements AccessLog {
  readonly #path: string;
  #last: LogEntry | undefined;
  /** One append at a time: two at once would follow the same entry. */
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(path: string, last: LogEntry | undefined) {
    this.#path = path;
    this.#last = last;
  }

  static async open(path: string): Promise<FileLog> {
    const entries = await readEntries(path);
    verifyLog(entries);
    return new FileLog(path, entries.at(-1));
  }

  append(event: AccessEvent): Promise<LogEntry> {
    const appended = this.#queue.then(async () => {
      const entry = chainEntry(this.#last, event);
      await appendFile(this.#path, `${JSON.stringify(entry)}\n`);
      this.#last = entry;
      return entry;
    });
    this.#queue = appended.catch(() => undefined);
    return appended;
  }

  entries(): Promise<LogEntry[]> {
    return readEntries(this.#path);
  }
}

async function readEntries(path: string): Promise<LogEntry[]> {
  try {
    const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as LogEntry);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
