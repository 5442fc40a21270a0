/** Receipts and what they prove as the module takes and gives them: `Presentation` of `clients/wasm/src/receipt.rs`, field by field. */
import { compactToU8a } from '@polkadot/util';
import { toHex, utf8, type Hex } from '../bytes.js';
import { InvalidArgument } from '../errors.js';
import type { Reader } from '../receipts/scale.js';
import { codeAt, digest, fields, fixed, NONE, option, SOME, struct, variant } from './scale.js';

/** A file as it is kept, in bytes or as text. */
export type File = Uint8Array | string;

/** A receipt, the record that it is presented with, and what its reader trusts. */
export interface Presentation {
  /**
   * From where the authorities are followed whose signatures count (the relay chain's, if there is one), and the hash by which the
   * reader knows that it is the right place: from block 0 by its genesis file, or from a later block by a file of `salus-receipt start`.
   */
  start: { genesis: File; hash: string } | { block: File; hash: string };
  /** Which parachain it is of, if it is of one: its number at the relay chain, and the hash of its own block 0. */
  parachain?: { id: number; genesis: string };
  /** The changes of authorities since. */
  trail?: File;
  /** Of those who vouch for authorities after a forced change. */
  checkpoints?: readonly File[];
  receipt: File;
  record: Uint8Array;
}

const ENDS = ['Proven', 'Unproven', 'Open', 'Untold'] as const;

/** How a record stood. Moments are in seconds since 1970. */
export type RecordStanding =
  | { kind: 'Current' }
  /** A newer version was in that slot of the author. */
  | { kind: 'Superseded'; by: bigint; since: bigint }
  /** Its author had taken it back: the whole batch, or this record of it alone. */
  | { kind: 'Retracted'; reason: number; since: bigint; whole: boolean };

/** A record that was anchored. */
export interface ProvenRecord {
  /** The organisation, and in which of its slots. */
  author: number;
  seq: bigint;
  /** Its index in the slot's batch, if it is one. */
  leaf?: bigint;
  commitment: Hex;
  anchoredAt: bigint;
  standing: RecordStanding;
}

/** What a receipt proves. */
export interface Proven {
  /** The block as of which it speaks. */
  block: Hex;
  number: number;
  time: bigint;
  /** The set of authorities that made it final (or the relay chain's block that names it), how many voted for it, and of how many. */
  set: bigint;
  voters: number;
  of: number;
  /** Whom one must trust for the set, if it does not follow from the start alone. */
  vouched?: string;
  /**
   * What is known of the end of the set's term: it handed over later than the block; it was replaced by force, and nothing proves
   * when; it is the last of the trail; there was no trail.
   */
  end: (typeof ENDS)[number];
  /** Each record of the receipt that the presented one is: one, nearly always. */
  records: ProvenRecord[];
}

function bytesOf(value: File, name: string): Uint8Array {
  const bytes = typeof value === 'string' ? utf8(value) : value;
  if (!(bytes instanceof Uint8Array)) throw new InvalidArgument(name, `is ${String(bytes)}, and must be bytes or text`);
  return struct(compactToU8a(bytes.length), bytes);
}

function startOf(start: Presentation['start']): Uint8Array {
  const hash = digest(fields(start, 'start').hash, 'start.hash');
  return 'genesis' in start ? variant(0, bytesOf(start.genesis, 'start.genesis'), hash) : variant(1, bytesOf(start.block, 'start.block'), hash);
}

/** A presentation as the module takes it. Throws `InvalidArgument` with the name of what nothing can mean. */
export function encodePresentation(presentation: Presentation): Uint8Array {
  const { start, parachain, trail, checkpoints = [], receipt, record } = fields(presentation, 'presentation');
  if (!Array.isArray(checkpoints)) throw new InvalidArgument('checkpoints', 'is no list');
  return struct(
    startOf(start),
    option(parachain, ({ id, genesis }) => struct(fixed(32, id, 'parachain.id'), digest(genesis, 'parachain.genesis'))),
    trail === undefined ? NONE : struct(SOME, bytesOf(trail, 'trail')),
    compactToU8a(checkpoints.length),
    ...checkpoints.map((file: File, at) => bytesOf(file, `checkpoints[${at}]`)),
    bytesOf(receipt, 'receipt'),
    bytesOf(record, 'record'),
  );
}

function standingOf(reader: Reader): RecordStanding {
  const kind = codeAt(['Current', 'Superseded', 'Retracted'] as const, reader.u8());
  switch (kind) {
    case 'Current': return { kind };
    case 'Superseded': return { kind, by: reader.u64(), since: reader.u64() };
    case 'Retracted': return { kind, reason: reader.u8(), since: reader.u64(), whole: reader.u8() !== 0 };
  }
}

function recordOf(reader: Reader): ProvenRecord {
  const [author, seq] = [reader.u32(), reader.u64()];
  const leaf = reader.option(() => reader.u64());
  return {
    author, seq, ...(leaf === undefined ? {} : { leaf }), commitment: reader.hash(), anchoredAt: reader.u64(), standing: standingOf(reader),
  };
}

/** Text as the module gives it. */
export const textOf = (reader: Reader): string => new TextDecoder('utf-8', { fatal: true }).decode(reader.bytes());

/** What is proven, as the module gives it. */
export function decodeProven(reader: Reader): Proven {
  const [block, number, time, set, voters, of] = [
    toHex(reader.take(32)), reader.u32(), reader.u64(), reader.u64(), reader.u32(), reader.u32(),
  ];
  const vouched = reader.option(() => textOf(reader));
  return {
    block, number, time, set, voters, of, ...(vouched === undefined ? {} : { vouched }),
    end: codeAt(ENDS, reader.u8()), records: reader.list(() => recordOf(reader)),
  };
}
