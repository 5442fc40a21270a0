/** Files of `docs/vectors/exchange`, which the crates in `exchange/` read too. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const FOLDER = new URL('../../../../docs/vectors/exchange/', import.meta.url);

/** What a file of vectors says; undefined if there is none yet. */
export function storedVectors<T>(name: string): T | undefined {
  const path = new URL(name, FOLDER);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) as T : undefined;
}

/** Fails unless a file holds just this value; with `SALUS_WRITE_TABLES=1` writes it instead. */
export function agreesWithFile(path: URL, made: unknown): void {
  const text = `${JSON.stringify(made, null, 1)}\n`;
  if (process.env['SALUS_WRITE_TABLES'] === '1') {
    mkdirSync(new URL('.', path), { recursive: true });
    writeFileSync(path, text);
  } else {
    assert.equal(existsSync(path) ? readFileSync(path, 'utf8') : '', text, `${path.pathname} is not what is made now: write it anew with SALUS_WRITE_TABLES=1`);
  }
}

/** The same for a file of the exchange's vectors. */
export const agreesWithVectors = (name: string, made: unknown): void => agreesWithFile(new URL(name, FOLDER), made);
