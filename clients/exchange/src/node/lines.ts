/** Files of one JSON value a line, to which lines are added so that they survive a crash. */
import { constants, type FileHandle, mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { IntegrityBroken } from '@salus/types';

const NEWLINE = 0x0a;

/** Opens a file, lets `use` work with it, and resolves only when that is on the disk. */
async function durably(path: string, flags: number | string, use: (file: FileHandle) => Promise<unknown>): Promise<void> {
  const file = await open(path, flags);
  try {
    await use(file);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Resolves when the names in a folder are on the disk: a new file is not found again before that. */
async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders, and writes names at once.
  if (process.platform !== 'win32') await durably(folder, 'r', async () => undefined);
}

/**
 * A file of lines. One process may have it open at a time.
 *
 * A last line without its end is what a crash leaves of a line that was being written: whoever waited
 * for it never heard that it was, so it is dropped. After a write that failed nothing more is written,
 * for nobody knows what is in the file then; opening it again finds out.
 */
export class LineFile {
  readonly #path: string;
  #count: number;
  #failure: unknown;
  /** One thing at a time, in the order in which it was asked for. */
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(path: string, count: number) {
    this.#path = path;
    this.#count = count;
  }

  /** Opens a file, or makes an empty one, and returns it with the value of each of its lines. */
  static async open(path: string): Promise<{ file: LineFile; values: unknown[] }> {
    let bytes: Buffer;
    try {
      bytes = await readFile(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      await mkdir(dirname(path), { recursive: true });
      await durably(path, 'a', async () => undefined);
      await syncFolder(dirname(path));
      bytes = Buffer.alloc(0);
    }
    const values = valuesOf(path, bytes);
    const whole = bytes.lastIndexOf(NEWLINE) + 1;
    if (whole < bytes.length) await durably(path, 'r+', (file) => file.truncate(whole));
    return { file: new LineFile(path, values.length), values };
  }

  /** How many lines there are. */
  get count(): number {
    return this.#count;
  }

  /** The values of all lines. */
  values(): Promise<unknown[]> {
    return this.#next(async () => valuesOf(this.#path, await readFile(this.#path)));
  }

  /** Adds a line; resolves when it is on the disk. */
  append(value: unknown): Promise<void> {
    return this.#write(async () => {
      // Without O_CREAT: a file that somebody took away must not begin again as if nothing had been in it.
      const flags = constants.O_WRONLY | constants.O_APPEND;
      await durably(this.#path, flags, (file) => file.writeFile(`${JSON.stringify(value)}\n`));
      this.#count += 1;
    });
  }

  /** Puts other lines in the place of all lines, or none if `make`, when its turn comes, returns undefined. */
  rewrite(make: () => unknown[] | undefined): Promise<void> {
    return this.#write(async () => {
      const values = make();
      if (!values) return;
      const fresh = `${this.#path}.new`;
      await durably(fresh, 'w', (file) => file.writeFile(values.map((value) => `${JSON.stringify(value)}\n`).join('')));
      await rename(fresh, this.#path);
      await syncFolder(dirname(this.#path));
      this.#count = values.length;
    });
  }

  #next<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(task);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  #write(task: () => Promise<void>): Promise<void> {
    return this.#next(async () => {
      if (this.#failure) throw new Error(`${this.#path} could not be written before`, { cause: this.#failure });
      try {
        await task();
      } catch (error) {
        this.#failure = error;
        throw error;
      }
    });
  }
}

/** The values of the lines that have an end. Throws {@link IntegrityBroken} at one that is no JSON. */
function valuesOf(path: string, bytes: Buffer): unknown[] {
  const lines = bytes.subarray(0, bytes.lastIndexOf(NEWLINE) + 1).toString('utf8').split('\n').slice(0, -1);
  return lines.map((line, index) => {
    try {
      return JSON.parse(line) as unknown;
    } catch {
      throw new IntegrityBroken(`${path}: line ${index + 1} is unreadable`);
    }
  });
}
