/** Headers and GRANDPA's justifications: decoding them, and checking who signed. */
import { hexToU8a } from '@polkadot/util';
import { ed25519Verify } from '@polkadot/util-crypto';
import { blake2, concat, toHex, type Hex } from '../bytes.js';
import { IntegrityBroken } from '../errors.js';
import { Reader, toLittleEndian } from './scale.js';

const GRANDPA = 'FRNK';
/** The kinds of a header's digest items, by their index. */
const ITEM = { other: 0, consensus: 4, seal: 5, preRuntime: 6, runtimeUpdated: 8 } as const;
/** What GRANDPA says in a digest, by its index; the others do not touch who signs. */
const LOG = { scheduledChange: 1, forcedChange: 2 } as const;
/** The index of a precommit among the messages that voters sign. */
const PRECOMMIT = 1;

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

/** What a voter signs when it precommits to a block. */
export const precommitMessage = (vote: Pick<Precommit, 'target' | 'number'>, round: bigint, setId: bigint): Uint8Array =>
  concat(
    Uint8Array.of(PRECOMMIT), hexToU8a(vote.target), toLittleEndian(BigInt(vote.number), 4),
    toLittleEndian(round, 8), toLittleEndian(setId, 8),
  );

/**
 * Why a justification does not prove its target final for the set `setId`, or `undefined` if it does:
 * more than two thirds of the weight signed for the target or a block above it. A voter counts once.
 */
export function flawOf(justification: Justification, setId: bigint, set: readonly Authority[]): string | undefined {
  const { round, target, precommits, ancestries } = justification;
  const weights = new Map(set.map(({ id, weight }) => [id, weight]));
  const parents = new Map(ancestries.map((ancestor) => [ancestor.hash, ancestor.parent]));
  const used = new Set<Hex>();
  const reaches = (from: Hex): boolean => {
    for (let at = from; at !== target;) {
      const parent = parents.get(at);
      if (!parent) return false;
      used.add(at);
      at = parent;
    }
    return true;
  };
  const signed = new Set<Hex>();
  for (const vote of precommits) {
    if (!weights.has(vote.id)) return `${vote.id} signed and is not in the set ${setId}`;
    if (!reaches(vote.target)) return `${vote.id} voted for a block that is not above the target`;
    if (!ed25519Verify(precommitMessage(vote, round, setId), vote.signature, vote.id)) {
      return `the signature of ${vote.id} does not hold for the set ${setId}`;
    }
    signed.add(vote.id);
  }
  if (used.size !== parents.size || parents.size !== ancestries.length) return 'it carries headers that no vote needs';
  const sum = (weight: Iterable<bigint>): bigint => [...weight].reduce((total, each) => total + each, 0n);
  const total = sum(weights.values());
  const given = sum([...signed].map((id) => weights.get(id) ?? 0n));
  return 3n * given > 2n * total ? undefined : `only ${given} of ${total} signed`;
}
