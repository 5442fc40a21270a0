/**
 * The chain of heads of a custodian's access log, byte for byte as `pallets/access-log/src/heads.rs` has it. The vectors in
 * `docs/vectors/access-log.json` are checked by both.
 */
import { bnToU8a } from '@polkadot/util';
import { blake2, bytes32, concat, InvalidArgument, streamTree, toHex, utf8, type Hex } from '@salus/types';
import { hash, orgId, u32 } from '@salus/types/arguments';

/** Where a custodian's log stands on the chain. */
export interface Custodian {
  /** How many commits there are, through all epochs: the number of the next one. */
  commits: number;
  /** How often the log was begun anew. Entries are counted from 0 in each epoch. */
  epoch: number;
  /** How many entries of this epoch are committed to: the number of the first one that is not. A number of 64 bits. */
  entries: bigint;
  head: Hex;
  /** When the last commit was made, in seconds since 1970, by the chain's clock. */
  lastAt: number;
  /** How many commits and attestations have no deposit, because the administrator could not pay it. */
  unpaid: number;
}

/** What a custodian committed to at one time; or that it began its log anew, without entries and in the next epoch. */
export interface Commit {
  /** Its number, through all epochs. */
  number: number;
  epoch: number;
  /** The number of its first entry. Numbers of 64 bits: a custodian can commit to any. */
  seqFrom: bigint;
  /** The number of the first entry that is not in it: the same as the first, if there is none. */
  seqUntil: bigint;
  /** The root of the Merkle tree over the hashes of its entries; zero if there are none. */
  root: Hex;
  /** The head of the chain with this commit. */
  head: Hex;
  /** When it was made, in seconds since 1970, by the chain's clock. */
  at: number;
}

/** The head before the first commit. */
export const HEAD_ORIGIN: Hex = `0x${'00'.repeat(32)}`;
/** The root of a commit without entries. */
export const EMPTY_ROOT: Hex = `0x${'00'.repeat(32)}`;

const HEAD_DOMAIN = utf8('salus:access-log:head:v1');
const LAST_U64 = 2n ** 64n - 1n;

function u64(value: bigint, name: string): Uint8Array {
  if (typeof value !== 'bigint' || value < 0n || value > LAST_U64) throw new InvalidArgument(name, 'must be a number of 64 bits, as a bigint');
  return bnToU8a(value, { bitLength: 64, isLe: true });
}

/** The head of the chain of `organisation` with a commit, of which `previous` is the head before. */
export function headOf(
  genesisHash: string,
  organisation: number,
  previous: Hex,
  { number, epoch, root, seqFrom, seqUntil }: Pick<Commit, 'number' | 'epoch' | 'root' | 'seqFrom' | 'seqUntil'>,
): Hex {
  return toHex(blake2(concat(
    HEAD_DOMAIN,
    bytes32(hash(genesisHash, 'genesisHash')),
    bnToU8a(orgId(organisation), { bitLength: 32, isLe: true }),
    bnToU8a(u32(number, 'number'), { bitLength: 32, isLe: true }),
    bnToU8a(u32(epoch, 'epoch'), { bitLength: 32, isLe: true }),
    bytes32(hash(previous, 'previous')),
    bytes32(hash(root, 'root')),
    u64(seqFrom, 'seqFrom'),
    u64(seqUntil, 'seqUntil'),
  )));
}

/** The root over the hashes of entries, in the order of their numbers; {@link EMPTY_ROOT} if there are none. At most 2^32. */
export async function rootOf(hashes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<{ root: Hex; count: number }> {
  let count = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const each of hashes) {
      count += 1;
      yield each;
    }
  }
  const source = counted();
  const first = await source.next();
  if (first.done === true) return { root: EMPTY_ROOT, count };
  async function* all(): AsyncGenerator<Uint8Array> {
    yield first.value as Uint8Array;
    yield* source;
  }
  const { root } = await streamTree(all());
  return { root: toHex(root), count };
}
