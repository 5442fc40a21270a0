/** The receipts in `docs/vectors`, of which `salus-verify` says what each is worth. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Hex } from '../bytes.js';

export interface Vector {
  folder: string;
  name: string;
  record: Hex;
  expectGenesis: Hex;
  genesis: unknown;
  trail: unknown;
  checkpoint: unknown;
  receipt: unknown;
  relay?: { paraId: number; expectGenesis?: Hex; expectBlock?: Hex; start?: unknown };
  verdict: { exit: number; error: string | null };
}

const VECTORS = new URL('../../../../docs/vectors/', import.meta.url);
const FOLDERS = ['receipts', 'receipts-relay', 'receipts-chain', 'receipts-relay-chain'];

/** All vectors, each with what it takes from `usual.json`. */
export const vectors = FOLDERS.flatMap((folder) => {
  const path = new URL(`${folder}/`, VECTORS);
  const load = (name: string): Vector => JSON.parse(readFileSync(new URL(name, path), 'utf8')) as Vector;
  const usual = load('usual.json');
  const or = (value: unknown, other: unknown): unknown => (value === 'usual' || value === undefined ? other : value);
  return readdirSync(path).filter((name) => name !== 'usual.json').map(load).map((vector) => ({
    ...vector, folder, genesis: or(vector.genesis, usual.genesis), trail: or(vector.trail, usual.trail),
  }));
});
