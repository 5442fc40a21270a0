/** Decoding headers and GRANDPA's justifications. */
import { blake2, IntegrityBroken, toHex, type Hex } from '@salus/types';
import { Reader } from '@salus/types/scale';

const GRANDPA = 'FRNK';
/** The kinds of a header's digest items, by their index. */
const ITEM = { other: 0, consensus: 4, seal: 5, preRuntime: 6, runtimeUpdated: 8 } as const;
/** What GRANDPA says in a digest, by its index; the others do not touch who signs. */
const LOG = { scheduledChange: 1, forcedChange: 2 } as const;
/** A voter of GRANDPA. */
export interface Authority {
  /** Its ed25519 public key. */
  id: Hex;
  weight: bigint;
}

/** The change of the authority set that a block announces. */
export interface SetChange {
  forced: boolean;
  /** After how many blocks the next set signs; 0 where the block itself is the last of the old set. */
  delay: number;
  authorities: Authority[];
}

export interface BlockHeader {
  hash: Hex;
  parent: Hex;
  number: number;
  stateRoot: Hex;
  change: SetChange | undefined;
}

export interface Precommit {
  target: Hex;
  number: number;
  signature: Uint8Array;
  id: Hex;
}

export interface Justification {
  round: bigint;
  /** The block that is final. */
  target: Hex;
  number: number;
  precommits: Precommit[];
  /** The headers from the target, without it, to the blocks that were voted for. */
  ancestries: BlockHeader[];
}

const hash = (reader: Reader): Hex => toHex(reader.take(32));

/** A list of authorities as the chain stores it under `Grandpa.Authorities`. */
export function decodeAuthorities(bytes: Uint8Array): Authority[] {
  const reader = new Reader(bytes);
  const list = authorities(reader);
  reader.end();
  return list;
}

const authorities = (reader: Reader): Authority[] =>
  reader.list(() => ({ id: hash(reader), weight: reader.u64() }));

function setChange(log: Uint8Array): SetChange | undefined {
  const reader = new Reader(log);
  const kind = reader.u8();
  if (kind !== LOG.scheduledChange && kind !== LOG.forcedChange) return undefined;
  const forced = kind === LOG.forcedChange;
  if (forced) reader.u32();
  const change = { forced, authorities: authorities(reader), delay: reader.u32() };
  reader.end();
  return change;
}

/** The change that counts: the first forced one, else the first scheduled one. */
function changeIn(reader: Reader): SetChange | undefined {
  const changes: SetChange[] = [];
  reader.list(() => {
    const kind = reader.u8();
    if (kind === ITEM.runtimeUpdated) return;
    if (kind === ITEM.other) {
      reader.bytes();
      return;
    }
    if (kind !== ITEM.consensus && kind !== ITEM.seal && kind !== ITEM.preRuntime) {
      throw new IntegrityBroken(`a header has a digest item of the unknown kind ${kind}`);
    }
    const engine = new TextDecoder().decode(reader.take(4));
    const payload = reader.bytes();
    const change = kind === ITEM.consensus && engine === GRANDPA ? setChange(payload) : undefined;
    if (change) changes.push(change);
  });
  return changes.find(({ forced }) => forced) ?? changes[0];
}

function header(reader: Reader): BlockHeader {
  const start = reader.at;
  const parent = hash(reader);
  const number = reader.compact();
  const stateRoot = hash(reader);
  reader.take(32);
  const change = changeIn(reader);
  return { hash: toHex(blake2(reader.since(start))), parent, number, stateRoot, change };
}

/** Decodes a header and hashes it. Throws {@link IntegrityBroken} if it is none. */
export function decodeHeader(bytes: Uint8Array): BlockHeader {
  const reader = new Reader(bytes);
  const decoded = header(reader);
  reader.end();
  return decoded;
}

/** Decodes a justification. Throws {@link IntegrityBroken} if it is none. */
export function decodeJustification(bytes: Uint8Array): Justification {
  const reader = new Reader(bytes);
  const decoded = {
    round: reader.u64(),
    target: hash(reader),
    number: reader.u32(),
    precommits: reader.list(() => ({
      target: hash(reader), number: reader.u32(), signature: reader.take(64), id: hash(reader),
    })),
    ancestries: reader.list(() => header(reader)),
  };
  reader.end();
  return decoded;
}
