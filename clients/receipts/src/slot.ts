/** What receipts prove of a slot: the storage keys, and what stands under them. */
import type { ApiPromise } from '@polkadot/api';
import { FORMS, IntegrityBroken, toHex, type Form, type Hex } from '@salus/types';
import { Reader } from '@salus/types/scale';

/** The keys that the proof of one record touches. */
export interface SlotKeys {
  anchor: Hex;
  /** The slot as a whole does not stand. */
  retraction: Hex;
  /** The one record of the batch does not stand. */
  leafRetraction: Hex | undefined;
  successor: Hex;
}

export function keysOf(api: ApiPromise, org: number, seq: number, leaf: number | undefined): SlotKeys {
  const { anchors, retractions, successors } = api.query.recordAnchor;
  return {
    anchor: anchors.key(org, seq) as Hex,
    retraction: retractions.key(org, seq, null) as Hex,
    leafRetraction: leaf === undefined ? undefined : retractions.key(org, seq, leaf) as Hex,
    successor: successors.key(org, seq) as Hex,
  };
}

export const listOf = ({ anchor, retraction, leafRetraction, successor }: SlotKeys): Hex[] =>
  [anchor, retraction, successor, ...(leafRetraction ? [leafRetraction] : [])];

/** What every key of the map of subjects begins with: no receipt may hold one. */
export const subjectsPrefix = (api: ApiPromise): Hex => api.query.recordAnchor.subjects.key(0, 0).slice(0, 2 + 64) as Hex;

/** The parts of an anchor that a receipt is about. */
export interface Anchored {
  /** The commitment, or the root of the batch. */
  commitment: Uint8Array;
  form: Form;
  /** How many records are in the batch; none if it is a single record. */
  leaves: number | undefined;
  /** Seconds since 1970. */
  anchoredAt: number;
}

/** Decodes a value of `RecordAnchor.Anchors`. */
export function decodeAnchor(bytes: Uint8Array): Anchored {
  const reader = new Reader(bytes);
  const commitment = reader.take(32);
  const form = FORMS[reader.u8()];
  const algorithm = reader.u8();
  const kind = reader.u8();
  if (!form || algorithm !== 0 || kind > 1) throw new IntegrityBroken(`an anchor of a later version: ${toHex(bytes)}`);
  const leaves = kind === 1 ? Number(reader.u64()) : undefined;
  if (kind === 1) reader.u8(); // the depth, which follows from the leaves
  reader.u64(); // the first slot of the lineage
  reader.u32(); // the version
  reader.option(() => reader.u64()); // the slot before
  reader.take(2); // relation and retention class
  const anchoredAt = Number(reader.u64());
  reader.take(1 + 4); // the licence: kind and interval
  reader.end();
  return { commitment, form, leaves, anchoredAt };
}

const REASONS = ['wrong content', 'wrong subject', 'duplicate', 'not performed', 'technical fault', 'replaced'];
const day = (seconds: bigint): string => new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z');

/** What a value of `RecordAnchor.Retractions` says. */
export function retractionInWords(bytes: Uint8Array): string {
  const reader = new Reader(bytes);
  const reason = reader.u8();
  return `${REASONS[reason] ?? `reason ${reason}`}, since ${day(reader.u64())}`;
}

/** What a value of `RecordAnchor.Successors` says. */
export function successorInWords(bytes: Uint8Array): string {
  const reader = new Reader(bytes);
  return `by slot ${reader.u64()}, since ${day(reader.u64())}`;
}
