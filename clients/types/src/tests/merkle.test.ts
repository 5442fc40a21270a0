import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blake2, utf8 } from '../bytes.js';
import { MerkleTree, depthOf, leaf, node, verifyPath } from '../merkle.js';

const commitments = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, i) => blake2(utf8(`record ${i}`)));

const flip = (bytes: Uint8Array): Uint8Array => {
  const changed = bytes.slice();
  changed[0] = (changed[0] as number) ^ 1;
  return changed;
};

test('every leaf of every small tree proves, and nothing else does', () => {
  for (let count = 1; count <= 33; count++) {
    const all = commitments(count);
    const tree = new MerkleTree(all);
    all.forEach((commitment, index) => {
      const proof = tree.path(index);
      assert.ok(verifyPath(tree.root, commitment, proof), `${index} of ${count}`);
      assert.ok(proof.path.length <= tree.depth);
      assert.ok(!verifyPath(tree.root, flip(commitment), proof));
      assert.ok(!verifyPath(tree.root, commitment, { ...proof, index: count }));
      assert.ok(!verifyPath(tree.root, commitment, { ...proof, path: [...proof.path, tree.root] }));
      if (proof.path.length > 0) {
        assert.ok(!verifyPath(tree.root, commitment, { ...proof, path: proof.path.slice(1) }));
        assert.ok(!verifyPath(tree.root, commitment, { ...proof, path: proof.path.map(flip) }));
      }
    });
  }
});

test('a node is no leaf, and a leaf no commitment', () => {
  const [a, b, c, d] = commitments(4) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const { root } = new MerkleTree([a, b, c, d]);
  const inner = node(leaf(a), leaf(b));
  const right = node(leaf(c), leaf(d));
  assert.deepEqual(root, node(inner, right));
  assert.ok(!verifyPath(root, inner, { index: 0, leaves: 2, path: [right] }));
  assert.ok(!verifyPath(root, leaf(a), { index: 0, leaves: 4, path: [leaf(b), right] }));
});

test('depth follows from the count', () => {
  for (const [leaves, depth] of [[1, 0], [2, 1], [3, 2], [4, 2], [5, 3], [1_000_000, 20], [2 ** 32, 32]]) {
    assert.equal(depthOf(leaves as number), depth);
  }
  assert.throws(() => depthOf(0), RangeError);
  assert.throws(() => depthOf(2 ** 32 + 1), RangeError);
  assert.throws(() => new MerkleTree([]), RangeError);
  assert.throws(() => new MerkleTree(commitments(3)).path(3), RangeError);
});
