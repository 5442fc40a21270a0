/**
 * The trees of `merkle.ts` for more commitments than memory holds. Nodes are written in the order in
 * which they are complete, so that one pass over the commitments makes the tree, with at most one node a
 * level in memory; where a node stands follows from its place, so that a path is read without a search.
 */
import { MAX_DEPTH, depthOf, leaf, node, type MerklePath, type MerkleRoot } from './merkle.js';

/** Receives the nodes of a tree, 32 bytes each, in order. The bytes are not changed afterwards. */
export type NodeSink = (node: Uint8Array) => void | Promise<void>;
/** Reads the node at a position: the how many-th that the sink received, from 0. */
export type NodeSource = (position: number) => Uint8Array | Promise<Uint8Array>;

/**
 * Builds a tree from commitments as they come. A node goes to `sink` after all below it: leaf 0, leaf 1,
 * the node above both, leaf 2, leaf 3, the node above these, the node above four, and so on. Nodes that
 * the end of the list hands up or joins are not among them.
 */
export async function streamTree(
  commitments: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sink?: NodeSink,
): Promise<MerkleRoot> {
  // Complete trees from the left, each smaller than the one before it: one for each bit of the count.
  const peaks: { height: number; hash: Uint8Array }[] = [];
  let leaves = 0;
  const write = async (hash: Uint8Array): Promise<void> => {
    // Awaited only where there is something to wait for: a million times it is not.
    const done = sink?.(hash);
    if (done) await done;
  };
  for await (const commitment of commitments) {
    if (leaves >= 2 ** MAX_DEPTH) throw new RangeError(`a tree has at most 2^${MAX_DEPTH} leaves`);
    leaves += 1;
    let hash = leaf(commitment);
    let height = 0;
    await write(hash);
    for (let last = peaks.at(-1); last?.height === height; last = peaks.at(-1)) {
      peaks.pop();
      hash = node(last.hash, hash);
      height += 1;
      await write(hash);
    }
    peaks.push({ height, hash });
  }
  depthOf(leaves); // refuses none at all
  const root = peaks.map(({ hash }) => hash).reduceRight((right, left) => node(left, right));
  return { root, leaves };
}

/** How many nodes `sink` receives for that many leaves. */
export function nodesOf(leaves: number): number {
  let nodes = 0;
  // A complete tree of k leaves has 2k - 1 nodes, and there is one for each bit of the count.
  for (let rest = leaves; rest > 0; rest = Math.floor(rest / 2)) nodes -= rest % 2;
  return nodes + 2 * leaves;
}

/** The position of the complete node `index` of a level; level 0 has the leaves. */
export function positionOf(level: number, index: number): number {
  const lastLeaf = (index + 1) * 2 ** level - 1;
  // Behind everything that the leaves before the last one made, and the nodes between that leaf and it.
  return nodesOf(lastLeaf) + level;
}

/** The path of the commitment at `index`, read from the nodes that {@link streamTree} wrote. */
export async function readPath(leaves: number, index: number, source: NodeSource): Promise<MerklePath> {
  const depth = depthOf(leaves);
  if (!Number.isInteger(index) || index < 0 || index >= leaves) {
    throw new RangeError(`no leaf ${index} in a tree of ${leaves}`);
  }
  const nodeAt = async (level: number, at: number): Promise<Uint8Array> => {
    const size = 2 ** level;
    if ((at + 1) * size <= leaves) return source(positionOf(level, at));
    // At the right edge: the tree over what is left, handed up where there is nothing beside it.
    const left = await nodeAt(level - 1, 2 * at);
    return (2 * at + 1) * (size / 2) < leaves ? node(left, await nodeAt(level - 1, 2 * at + 1)) : left;
  };
  const path: Uint8Array[] = [];
  let position = index;
  for (let level = 0; level < depth; level++) {
    const sibling = position % 2 === 0 ? position + 1 : position - 1;
    if (sibling * 2 ** level < leaves) path.push(await nodeAt(level, sibling));
    position = Math.floor(position / 2);
  }
  return { index, leaves, path };
}
