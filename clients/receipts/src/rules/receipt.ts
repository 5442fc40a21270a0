/**
 * Receipts and what they prove, as the module takes and gives them: `Beliefs`, `Presentation` and `ClaimedDecision` of `clients/wasm/src`,
 * field by field.
 */
import { compactToU8a } from '@polkadot/util';
import { ACTIONS, concat, DATA_CLASSES, InvalidArgument, PURPOSES, SENSITIVITY_LABELS, toHex, utf8, type Actor, type Hex } from '@salus/types';
import { digest, fields, fixed, NONE, option, SOME, struct, variant, type Reader } from '@salus/types/scale';
import { decodeVerdict } from './decision.js';
import { RulesUnusable, type ReceiptFlaw } from './errors.js';
import type { Question, Verdict } from './model.js';
import { codeAt } from './codes.js';

/** A file as it is kept, in bytes or as text. */
export type ReceiptFile = Uint8Array | string;

/** What the reader of a receipt trusts, and what shows what follows from that. */
export interface Beliefs {
  /**
   * From where the authorities are followed whose signatures count (the relay chain's, if there is one), and the hash by which the
   * reader knows that it is the right place: from block 0 by its genesis file, or from a later block by a file of `salus-receipt start`.
   */
  start: { genesis: ReceiptFile; hash: string } | { block: ReceiptFile; hash: string };
  /** Which parachain it is of, if it is of one: its number at the relay chain, and the hash of its own block 0. */
  parachain?: { id: number; genesis: string };
  /** The changes of authorities since. */
  trail?: ReceiptFile;
  /** Of those who vouch for authorities after a forced change. */
  checkpoints?: readonly ReceiptFile[];
}

/** A receipt, and the record that it is presented with. */
export interface Presentation extends Beliefs {
  receipt: ReceiptFile;
  record: Uint8Array;
}

/** A decision receipt. */
export interface ClaimedDecision extends Beliefs {
  receipt: ReceiptFile;
}

const ENDS = ['Proven', 'Unproven', 'Open', 'Untold'] as const;

/** The block as of which a receipt speaks, and why that is final. */
export interface Finality {
  block: Hex;
  number: number;
  /** Seconds since 1970. */
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
}

/** How a record stood. Moments are in seconds since 1970. */
export type RecordStanding =
  | { kind: 'Current' }
  /** A newer version was in that slot of the author. */
  | { kind: 'Superseded'; by: bigint; since: bigint }
  /** Its author had taken it back: the whole batch, or this record of it alone. */
  | { kind: 'Retracted'; reason: number; since: bigint; whole: boolean };

/** A record that was anchored, and how it stood. */
export interface JudgedRecord {
  /** The organisation, and in which of its slots. */
  author: number;
  seq: bigint;
  /** Its index in the slot's batch, if it is one. */
  leaf?: bigint;
  commitment: Hex;
  /** Seconds since 1970. */
  anchoredAt: bigint;
  standing: RecordStanding;
}

/** What a receipt proves. */
export interface Proven extends Finality {
  /** Each record of the receipt that the presented one is: one, nearly always. */
  records: JudgedRecord[];
}

/** What a decision receipt proves. */
export interface ProvenDecision extends Finality {
  /** The runtime that made the block's state: its name, and its `spec_version`. */
  runtime: { name: string; version: number };
  /** The moment for which the answer is, in seconds since 1970: not later than the block. */
  at: bigint;
  /** What was asked. Accounts are keys, in hexadecimal digits. */
  question: Question;
  verdict: Verdict;
}

function bytesOf(value: ReceiptFile, name: string): Uint8Array {
  const bytes = typeof value === 'string' ? utf8(value) : value;
  if (!(bytes instanceof Uint8Array)) throw new InvalidArgument(name, `is ${String(bytes)}, and must be bytes or text`);
  return concat(compactToU8a(bytes.length), bytes);
}

function startOf(start: Beliefs['start']): Uint8Array {
  const hash = digest(fields(start, 'start').hash, 'start.hash');
  return 'genesis' in start ? variant(0, bytesOf(start.genesis, 'start.genesis'), hash) : variant(1, bytesOf(start.block, 'start.block'), hash);
}

function beliefsOf({ start, parachain, trail, checkpoints = [] }: Beliefs): Uint8Array {
  if (!Array.isArray(checkpoints)) throw new InvalidArgument('checkpoints', 'is no list');
  return struct(
    startOf(start),
    option(parachain, (para) => struct(
      fixed(32, fields(para, 'parachain').id, 'parachain.id'), digest(para.genesis, 'parachain.genesis'),
    )),
    trail === undefined ? NONE : struct(SOME, bytesOf(trail, 'trail')),
    compactToU8a(checkpoints.length),
    ...checkpoints.map((file: ReceiptFile, at) => bytesOf(file, `checkpoints[${at}]`)),
  );
}

/** A presentation as the module takes it. Throws `InvalidArgument` with the name of what nothing can mean. */
export function encodePresentation(presentation: Presentation): Uint8Array {
  const { receipt, record, ...beliefs } = fields(presentation, 'presentation');
  if (!(record instanceof Uint8Array)) throw new InvalidArgument('record', 'is not in bytes');
  return struct(beliefsOf(beliefs), bytesOf(receipt, 'receipt'), bytesOf(record, 'record'));
}

/** A decision receipt as the module takes it. Throws as {@link encodePresentation} does. */
export function encodeClaimedDecision(claimed: ClaimedDecision): Uint8Array {
  const { receipt, ...beliefs } = fields(claimed, 'claimed');
  return struct(beliefsOf(beliefs), bytesOf(receipt, 'receipt'));
}

const textOf = (reader: Reader): string => new TextDecoder('utf-8', { fatal: true }).decode(reader.bytes());

function truthOf(reader: Reader): boolean {
  const value = reader.u8();
  if (value > 1) throw new RulesUnusable(`their answer has ${value} for true or false`);
  return value === 1;
}

/** Why a receipt proves nothing, as the module gives it. */
export const flawOf = (reader: Reader): ReceiptFlaw => ({ malformed: truthOf(reader), code: textOf(reader), why: textOf(reader) });

function finalityOf(reader: Reader): Finality {
  const [block, number, time, set, voters, of] = [reader.hash(), reader.u32(), reader.u64(), reader.u64(), reader.u32(), reader.u32()];
  const vouched = reader.option(() => textOf(reader));
  return { block, number, time, set, voters, of, ...(vouched === undefined ? {} : { vouched }), end: codeAt(ENDS, reader.u8()) };
}

function standingOf(reader: Reader): RecordStanding {
  const kind = codeAt(['Current', 'Superseded', 'Retracted'] as const, reader.u8());
  switch (kind) {
    case 'Current': return { kind };
    case 'Superseded': return { kind, by: reader.u64(), since: reader.u64() };
    case 'Retracted': return { kind, reason: reader.u8(), since: reader.u64(), whole: truthOf(reader) };
  }
}

function recordOf(reader: Reader): JudgedRecord {
  const [author, seq] = [reader.u32(), reader.u64()];
  const leaf = reader.option(() => reader.u64());
  return {
    author, seq, ...(leaf === undefined ? {} : { leaf }), commitment: reader.hash(), anchoredAt: reader.u64(), standing: standingOf(reader),
  };
}

/** What is proven, as the module gives it. */
export const decodeProven = (reader: Reader): Proven => ({ ...finalityOf(reader), records: reader.list(() => recordOf(reader)) });

function actorOf(reader: Reader): Actor {
  const kind = codeAt(['Organisation', 'Practitioner', 'Own'] as const, reader.u8());
  switch (kind) {
    case 'Organisation': return { organisation: reader.u32() };
    case 'Practitioner': {
      const practitioner = reader.hash();
      return { organisation: reader.u32(), practitioner };
    }
    case 'Own': return { own: reader.hash() };
  }
}

/** The codes of a mask. */
function setAt<T extends string>(list: readonly T[], mask: number): T[] {
  if (mask >= 2 ** list.length) throw new RulesUnusable(`they answer with the set ${mask} of ${list.join(', ')}, which this SDK does not know`);
  return list.filter((_, at) => (mask & (1 << at)) !== 0);
}

function questionOf(reader: Reader): Question {
  const [subject, actor] = [toHex(reader.take(32)), actorOf(reader)];
  const [purpose, action, dataClass] = [codeAt(PURPOSES, reader.u8()), codeAt(ACTIONS, reader.u8()), codeAt(DATA_CLASSES, reader.u8())];
  const labels = setAt(SENSITIVITY_LABELS, reader.u16());
  const [dataTime, at] = [reader.option(() => reader.u64()), reader.option(() => reader.u64())];
  return {
    subject, actor, purpose, action, dataClass, labels, ...(dataTime === undefined ? {} : { dataTime }), ...(at === undefined ? {} : { at }),
  };
}

/** What a decision receipt proves, as the module gives it. */
export const decodeProvenDecision = (reader: Reader): ProvenDecision => ({
  ...finalityOf(reader),
  runtime: { name: textOf(reader), version: reader.u32() },
  at: reader.u64(),
  question: questionOf(reader),
  verdict: decodeVerdict(reader),
});
