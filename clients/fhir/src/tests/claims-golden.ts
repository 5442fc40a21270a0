/** Files that tests compare byte for byte. `WRITE_FIXTURES=1` writes them anew, to be read before they are committed. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';

export const fixture = (name: string): URL => new URL(`../../fixtures/claims/${name}.json`, import.meta.url);

export const load = <T>(name: string): T => JSON.parse(readFileSync(fixture(name), 'utf8')) as T;

export const compare = (name: string, produced: unknown): void => compareWith(fixture(name), produced);

export function compareWith(file: URL, produced: unknown): void {
  const text = `${JSON.stringify(produced, null, 2)}\n`;
  if (process.env['WRITE_FIXTURES'] === '1') writeFileSync(file, text);
  assert.equal(text, readFileSync(file, 'utf8'));
}
