/** A chain in memory, with as much of an api as receipts need: blocks, states, proofs, and voters that sign. */
import { compactToU8a, stringToU8a } from '@polkadot/util';
import { blake2AsU8a, ed25519PairFromSeed, ed25519Sign, xxhashAsU8a } from '@polkadot/util-crypto';
import type { ApiPromise } from '@polkadot/api';
import { blake2, bytes32, concat, FORMS, toHex, utf8, type Form, type Hex } from '@salus/types';
import { toLittleEndian } from '@salus/types/scale';
import { decodeHeader, type Authority } from '../grandpa.js';
import { precommitMessage } from '../majority.js';
import { Trie } from './receipts-trie.js';

const u32 = (value: number): Uint8Array => toLittleEndian(BigInt(value), 4);
const u64 = (value: number): Uint8Array => toLittleEndian(BigInt(value), 8);
const twox128 = (text: string): Uint8Array => xxhashAsU8a(utf8(text), 128);
const twox64Concat = (bytes: Uint8Array): Uint8Array => concat(xxhashAsU8a(bytes, 64), bytes);
const blake128Concat = (bytes: Uint8Array): Uint8Array => concat(blake2AsU8a(bytes, 128), bytes);

/** The storage keys, made by hand as the format of receipts says. */
const item = (pallet: string, name: string, ...keys: Uint8Array[]): Hex => toHex(concat(twox128(pallet), twox128(name), ...keys));
const slot = (name: string) => (org: number, seq: number): Hex =>
  item('RecordAnchor', name, twox64Concat(u32(org)), twox64Concat(u64(seq)));
export const KEYS = {
  anchors: slot('Anchors'),
  successors: slot('Successors'),
  subjects: slot('Subjects'),
  retractions: (org: number, seq: number, leaf: number | null): Hex => item(
    'RecordAnchor', 'Retractions', twox64Concat(u32(org)), twox64Concat(u64(seq)),
    blake128Concat(leaf === null ? Uint8Array.of(0) : concat(Uint8Array.of(1), u64(leaf))),
  ),
  authorities: (): Hex => item('Grandpa', 'Authorities'),
  currentSetId: (): Hex => item('Grandpa', 'CurrentSetId'),
  now: (): Hex => item('Timestamp', 'Now'),
};

/** A value of `Anchors`, of a single record or a batch. */
export const anchorValue = (commitment: Uint8Array, options: { form?: Form; leaves?: number } = {}): Uint8Array => {
  const { form = 'Bytes', leaves } = options;
  const kind = leaves === undefined ? Uint8Array.of(0) : concat(Uint8Array.of(1), u64(leaves), Uint8Array.of(0));
  return concat(
    commitment, Uint8Array.of(FORMS.indexOf(form), 0), kind,
    u64(7), u32(1), Uint8Array.of(0), Uint8Array.of(0, 0), u64(1_700_000_000), Uint8Array.of(0), u32(0),
  );
};
export const retractionValue = (reason: number): Uint8Array => concat(Uint8Array.of(reason), u64(1_700_000_600));
export const successorValue = (seq: number): Uint8Array => concat(u64(seq), u64(1_700_000_700));

export interface Voter {
  id: Hex;
  sign: (message: Uint8Array) => Uint8Array;
}

export function voter(name: string): Voter {
  const pair = ed25519PairFromSeed(blake2(utf8(name)));
  return { id: toHex(pair.publicKey), sign: (message) => ed25519Sign(message, pair) };
}
export const authoritiesOf = (voters: readonly Voter[]): Authority[] => voters.map(({ id }) => ({ id, weight: 1n }));
const encodeAuthorities = (voters: readonly Voter[]): Uint8Array =>
  concat(compactToU8a(voters.length), ...voters.map(({ id }) => concat(bytes32(id), u64(1))));

/** The digest item that names the next set. */
export const change = (voters: readonly Voter[], options: { delay?: number; forced?: boolean } = {}): Uint8Array => {
  const { delay = 0, forced = false } = options;
  const log = concat(Uint8Array.of(forced ? 2 : 1), forced ? u32(0) : new Uint8Array(), encodeAuthorities(voters), u32(delay));
  return concat(Uint8Array.of(4), stringToU8a('FRNK'), compactToU8a(log.length), log);
};

interface Block {
  number: number;
  hash: Hex;
  bytes: Uint8Array;
  items: Uint8Array[];
  storage: Map<Hex, Uint8Array>;
  justification?: Uint8Array;
}

/** The justification of a block by some voters, in the encoding of nodes. */
export function justify(block: { hash: Hex; number: number }, setId: number, voters: readonly Voter[], round = 3): Uint8Array {
  const vote = { target: block.hash, number: block.number };
  const message = precommitMessage(vote, BigInt(round), BigInt(setId));
  const target = concat(bytes32(block.hash), u32(block.number));
  const precommits = voters.map(({ id, sign }) => concat(target, sign(message), bytes32(id)));
  return concat(u64(round), target, compactToU8a(precommits.length), ...precommits, compactToU8a(0));
}

export class Chain {
  readonly blocks: Block[] = [];
  /** The state from the last block on. */
  storage = new Map<Hex, Uint8Array>();
  /** Blocks below have no state any more. */
  prunedBelow = 0;
  /** The last final block; the newest unless set. */
  final: number | undefined;
  readonly #listeners = new Set<(notification: { toU8a: () => Uint8Array }) => void>();

  constructor(public voters: readonly Voter[], public setId = 0) {
    this.set(KEYS.authorities(), encodeAuthorities(voters)).set(KEYS.currentSetId(), u64(setId));
    // A pallet of its own beside ours, so that branches are real.
    this.set(item('System', 'Number'), u32(0)).set(item('System', 'Events'), new Uint8Array(40));
    this.add();
  }

  set(key: Hex, value: Uint8Array): this {
    this.storage.set(key, value);
    return this;
  }

  get best(): Block {
    return this.blocks.at(-1) as Block;
  }

  /** Adds a block with the present state; with `digest` items and, if `next` is given, a hand-off to it. */
  add(options: { next?: readonly Voter[]; digest?: Uint8Array[] } = {}): Block {
    const number = this.blocks.length;
    const parent = this.blocks.at(-1)?.hash ?? toHex(new Uint8Array(32));
    this.set(KEYS.now(), u64(1_700_000_000_000 + 3_000 * number));
    const { next, digest = [] } = options;
    if (next) this.set(KEYS.authorities(), encodeAuthorities(next)).set(KEYS.currentSetId(), u64(this.setId + 1));
    const items = [...digest, ...(next ? [change(next)] : [])];
    const root = new Trie(this.storage).root;
    const bytes = concat(
      bytes32(parent), compactToU8a(number), bytes32(root), new Uint8Array(32), compactToU8a(items.length), ...items,
    );
    const block: Block = { number, bytes, items, hash: toHex(blake2(bytes)), storage: new Map(this.storage) };
    if (next) {
      block.justification = justify(block, this.setId, this.voters);
      this.voters = next;
      this.setId += 1;
    }
    this.blocks.push(block);
    return block;
  }

  /** Tells of a block's justification, as a node does. */
  tell(justification: Uint8Array): void {
    for (const listener of this.#listeners) listener({ toU8a: () => justification });
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  /** The parts of an api that receipts use; `asked` learns the keys that were asked for. */
  api(asked: (keys: Hex[]) => void = () => undefined, onSubscribe: () => void = () => undefined): ApiPromise {
    const hex = (hash: Hex) => ({ toHex: () => hash });
    const block = (hash: string): Block => {
      const found = this.blocks.find((each) => each.hash === hash);
      if (!found) throw new Error(`4001: no block ${hash}`);
      return found;
    };
    const state = (hash: string): Map<Hex, Uint8Array> => {
      const { number, storage } = block(hash);
      if (number < this.prunedBelow) throw new Error(`4003: Client error: UnknownBlock: State already discarded for ${hash}`);
      return storage;
    };
    const entry = <A extends unknown[]>(key: (...args: A) => Hex) => ({ key });
    return {
      genesisHash: hex((this.blocks[0] as Block).hash),
      query: {
        recordAnchor: {
          anchors: entry(KEYS.anchors), successors: entry(KEYS.successors),
          subjects: entry(KEYS.subjects), retractions: entry(KEYS.retractions),
        },
        grandpa: { authorities: entry(KEYS.authorities), currentSetId: entry(KEYS.currentSetId) },
        timestamp: { now: entry(KEYS.now) },
      },
      rpc: {
        chain: {
          getBlockHash: async (number?: number) => hex((number === undefined ? this.best : this.blocks[number] as Block).hash),
          getFinalizedHead: async () => hex((this.blocks[this.final ?? this.blocks.length - 1] as Block).hash),
          getHeader: {
            raw: async (hash: string) => {
              const found = this.blocks.find((each) => each.hash === hash);
              if (!found) return null;
              const { bytes, number, items } = found;
              const root = 32 + compactToU8a(number).length;
              return {
                parentHash: toHex(bytes.slice(0, 32)), number: `0x${number.toString(16)}`,
                stateRoot: toHex(bytes.slice(root, root + 32)), extrinsicsRoot: toHex(bytes.slice(root + 32, root + 64)),
                digest: { logs: items.map(toHex) },
              };
            },
          },
          getBlock: {
            raw: async (hash: string) => {
              const { justification } = block(hash);
              return { justifications: justification ? [[[...stringToU8a('FRNK')], [...justification]]] : null };
            },
          },
        },
        state: {
          queryStorageAt: {
            raw: async (keys: Hex[], hash: string) => {
              const storage = state(hash);
              return [{ block: hash, changes: keys.map((key) => [key, storage.has(key) ? toHex(storage.get(key) as Uint8Array) : null]) }];
            },
          },
          getReadProof: {
            raw: async (keys: Hex[], hash: string) => {
              asked(keys);
              return { at: hash, proof: new Trie(state(hash)).proof(keys).map(toHex) };
            },
          },
        },
        grandpa: {
          subscribeJustifications: async (listener: (notification: { toU8a: () => Uint8Array }) => void) => {
            this.#listeners.add(listener);
            onSubscribe();
            return () => { this.#listeners.delete(listener); };
          },
        },
      },
    } as unknown as ApiPromise;
  }
}

/** Checks that the chain above makes headers as the SDK reads them. */
export const headerIsOwn = ({ bytes, hash, number }: Block): boolean => {
  const header = decodeHeader(bytes);
  return header.hash === hash && header.number === number;
};
