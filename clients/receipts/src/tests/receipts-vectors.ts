/** The receipts in `docs/vectors`, of records and of decisions, of which `salus-verify` says what each is worth. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Hex } from '@salus/types';

/** What every vector has: a receipt, what its reader believes, and what it is worth. */
export interface Believed {
  folder: string;
  name: string;
  expectGenesis: Hex;
  genesis: unknown;
  trail: unknown;
  checkpoint: unknown;
  receipt: unknown;
  relay?: { paraId: number; expectGenesis?: Hex; expectBlock?: Hex; start?: unknown } | null;
  verdict: { exit: number; error: string | null };
}

export interface Vector extends Believed {
  record: Hex;
}

const VECTORS = new URL('../../../../docs/vectors/', import.meta.url);
const FOLDERS = ['receipts', 'receipts-relay', 'receipts-chain', 'receipts-relay-chain'];

const or = (value: unknown, other: unknown): unknown => (value === 'usual' || value === undefined ? other : value);

/** The vectors of a folder, each with what it takes from `usual.json`. */
function vectorsOf<T extends Believed>(folder: string): T[] {
  const path = new URL(`${folder}/`, VECTORS);
  const load = (name: string): T => JSON.parse(readFileSync(new URL(name, path), 'utf8')) as T;
  const usual = load('usual.json');
  return readdirSync(path).filter((name) => name !== 'usual.json').map(load).map((vector) => ({
    ...vector, folder, genesis: or(vector.genesis, usual.genesis), trail: or(vector.trail, usual.trail),
  }));
}

/** Receipts of records. */
export const vectors = FOLDERS.flatMap((folder) => vectorsOf<Vector>(folder));
/** Receipts of decisions. */
export const decisionVectors = vectorsOf<Believed>('decisions');
/** Receipts of reservations, that a running node made, genuine and changed. */
export const reservationVectors = vectorsOf<Believed>('reservations-chain');
