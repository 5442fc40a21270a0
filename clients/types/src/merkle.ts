/**
 * Merkle trees of commitments: the twin of `pallets/primitives/src/commitment.rs`. A leaf is
 * `blake2_256(0x00 ‖ commitment)`, a node `blake2_256(0x01 ‖ left ‖ right)`; a level with an odd
 * count hands its last node up as it is.
 */
import { blake2, bytes32, concat, equal } from './bytes.js';

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
/** The deepest tree that the chain accepts: 2^32 records. */
export const MAX_DEPTH = 32;

export const leaf = (commitment: Uint8Array): Uint8Array => blake2(concat(LEAF, bytes32(commitment)));

export const node = (left: Uint8Array, right: Uint8Array): Uint8Array =>
  blake2(concat(NODE, bytes32(left), bytes32(right)));

/** The depth of a tree over that many leaves: 0 for one, 1 for two, 2 for three or four. */
export function depthOf(leaves: number): number {
  if (!Number.isSafeInteger(leaves) || leaves < 1 || leaves > 2 ** MAX_DEPTH) {
    throw new RangeError(`a tree has 1 to 2^${MAX_DEPTH} leaves, not ${leaves}`);
  }
  let depth = 0;
  while (2 ** depth < leaves) depth++;
  return depth;
}

/** A commitment's place in a tree, and the siblings from its leaf upwards. */
export interface MerklePath {
  index: number;
  leaves: number;
  path: Uint8Array[];
}

/** What the chain is told of a tree. */
export interface MerkleRoot {
  readonly root: Uint8Array;
  /** How many commitments are under it. */
  readonly leaves: number;
}

/** A tree with every level kept, so that each path costs only its own length. */
export class MerkleTree implements MerkleRoot {
  readonly #levels: Uint8Array[][];

  constructor(commitments: readonly Uint8Array[]) {
    depthOf(commitments.length);
    let level = commitments.map(leaf);
    this.#levels = [level];
    while (level.length > 1) {
      const above: Uint8Array[] = [];
      for (let i = 0; i < level.length; i += 2) {
        const left = level[i] as Uint8Array;
        const right = level[i + 1];
        above.push(right ? node(left, right) : left);
      }
      this.#levels.push(above);
      level = above;
    }
  }

  get leaves(): number {
    return this.#levels[0]?.length ?? 0;
  }

  get depth(): number {
    return depthOf(this.leaves);
  }

  get root(): Uint8Array {
    return this.#levels.at(-1)?.[0] as Uint8Array;
  }

  /** The path of the commitment at `index`; a level without a sibling adds nothing. */
  path(index: number): MerklePath {
    if (!Number.isInteger(index) || index < 0 || index >= this.leaves) {
      throw new RangeError(`no leaf ${index} in a tree of ${this.leaves}`);
    }
    const path: Uint8Array[] = [];
    let position = index;
    for (const level of this.#levels.slice(0, -1)) {
      const sibling = level[position ^ 1];
      if (sibling) path.push(sibling);
      position = Math.floor(position / 2);
    }
    return { index, leaves: this.leaves, path };
  }
}

/**
 * Whether `path` proves that `commitment` stands at its index under `root`. The shape of the tree
 * follows from the number of leaves, so a path of any other length is refused, and so is a node
 * presented as a leaf.
 */
export function verifyPath(root: Uint8Array, commitment: Uint8Array, proof: MerklePath): boolean {
  const { index, leaves, path } = proof;
  if (!Number.isSafeInteger(index) || index < 0 || index >= leaves || leaves > 2 ** MAX_DEPTH) {
    return false;
  }
  if (commitment.length !== 32 || path.some((sibling) => sibling.length !== 32)) return false;
  let hash = leaf(commitment);
  let position = index;
  let last = leaves - 1;
  let used = 0;
  while (last > 0) {
    if (position % 2 === 1) {
      const left = path[used++];
      if (!left) return false;
      hash = node(left, hash);
    } else if (position < last) {
      const right = path[used++];
      if (!right) return false;
      hash = node(hash, right);
    }
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  return used === path.length && equal(hash, root);
}
