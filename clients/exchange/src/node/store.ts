/** Envelopes in a plain folder. */
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bytes32, toHex } from '@salus/types';
import type { RecordStore, StoredRecord } from '../store.js';

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
