/** Trees built by streaming: the same as those in memory, in files, and a million leaves in little memory. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { cryptoWaitReady } from '@polkadot/util-crypto';
import { bnToU8a } from '@polkadot/util';
import { blake2, equal, IntegrityBroken, MerkleTree, nodesOf, positionOf, readPath, streamTree, toHex, utf8, verifyPath } from '@salus/types';
import { TreeFile, commitmentsIn } from '../node/tree.js';

let folder: string;
before(async () => {
  await cryptoWaitReady();
  folder = await mkdtemp(join(tmpdir(), 'salus-trees-'));
});
after(() => rm(folder, { recursive: true, force: true }));

const commitment = (i: number): Uint8Array => blake2(bnToU8a(i, { bitLength: 64, isLe: true }));
const commitments = (count: number): Uint8Array[] => Array.from({ length: count }, (_, i) => commitment(i));

test('root, count and every path are those of the tree in memory', async () => {
  for (const count of [...Array.from({ length: 40 }, (_, i) => i + 1), 63, 64, 65, 127, 1000, 1025]) {
    const all = commitments(count);
    const tree = new MerkleTree(all);
    const nodes: Uint8Array[] = [];
    const streamed = await streamTree(all, (node) => { nodes.push(node); });
    assert.equal(toHex(streamed.root), toHex(tree.root), `${count}`);
    assert.equal(streamed.leaves, count);
    assert.equal(nodes.length, nodesOf(count));
    for (let index = 0; index < count; index++) {
      const path = await readPath(count, index, (position) => nodes[position] as Uint8Array);
      assert.deepEqual(path, tree.path(index), `${index} of ${count}`);
    }
  }
});

test('places are exact also in the largest tree', () => {
  assert.equal(nodesOf(2 ** 32), 2 ** 33 - 1);
  assert.equal(positionOf(32, 0), 2 ** 33 - 2);
  assert.equal(positionOf(0, 2 ** 32 - 1), 2 ** 33 - 2 - 32);
  assert.equal(positionOf(31, 1), 2 ** 33 - 3);
});

test('no leaves, and a leaf that is not there, are refused', async () => {
  await assert.rejects(streamTree([]), RangeError);
  await assert.rejects(readPath(3, 3, () => new Uint8Array(32)), RangeError);
  await assert.rejects(streamTree([new Uint8Array(31)]), RangeError);
});

test('a file of commitments becomes a file of a tree, from which paths are read', async () => {
  const all = commitments(777);
  const [list, path] = [join(folder, 'list'), join(folder, 'list.tree')];
  await writeFile(list, all.map((each, i) => (i % 2 ? toHex(each) : toHex(each).slice(2).toUpperCase())).join('\n'));
  const { root, leaves } = await TreeFile.write(path, commitmentsIn(list));
  const expected = new MerkleTree(all);
  assert.deepEqual([toHex(root), leaves], [toHex(expected.root), 777]);
  const tree = await TreeFile.open(path);
  for (const index of [0, 1, 511, 512, 775, 776]) assert.deepEqual(await tree.path(index), expected.path(index));
  assert.deepEqual(tree.root, expected.root);
  await tree.close();
});

test('a broken list leaves no tree, and a broken tree does not open', async () => {
  const [list, path] = [join(folder, 'bad'), join(folder, 'bad.tree')];
  for (const bad of ['0x12\n', `${'00'.repeat(32)}\n\n`, `${'0g'.repeat(32)}\n`, 'x'.repeat(3_000_000)]) {
    await writeFile(list, bad);
    await assert.rejects(TreeFile.write(path, commitmentsIn(list)), IntegrityBroken, bad.slice(0, 20));
  }
  await writeFile(list, '');
  await assert.rejects(TreeFile.write(path, commitmentsIn(list)), RangeError);
  await assert.rejects(readFile(path), { code: 'ENOENT' });
  await assert.rejects(readFile(`${path}.new`), { code: 'ENOENT' });
  await TreeFile.write(path, commitments(10));
  await truncate(path, 300);
  await assert.rejects(TreeFile.open(path), IntegrityBroken);
  await writeFile(path, utf8('something else'));
  await assert.rejects(TreeFile.open(path), IntegrityBroken);
});

test('a million leaves: one pass, little memory, and three of them prove', async (t) => {
  const count = 1_000_000;
  const path = join(folder, 'million.tree');
  const before = process.resourceUsage().maxRSS / 1024;
  const begin = performance.now();
  const { root, leaves } = await TreeFile.write(path, (function* () {
    for (let i = 0; i < count; i++) yield commitment(i);
  })());
  const seconds = (performance.now() - begin) / 1000;
  const peak = process.resourceUsage().maxRSS / 1024;
  t.diagnostic(`${count} leaves in ${seconds.toFixed(1)} s; peak ${peak.toFixed(0)} MiB resident, ${before.toFixed(0)} MiB before`);
  assert.equal(leaves, count);
  // All nodes together are 61 MiB, and more as objects: keeping a level would show.
  assert.ok(peak - before < 96, `${(peak - before).toFixed(0)} MiB more than before`);
  const tree = await TreeFile.open(path);
  for (const index of [0, 617_283, count - 1]) {
    const proof = await tree.path(index);
    assert.ok(proof.path.length <= 20);
    assert.ok(verifyPath(root, commitment(index), proof));
    assert.ok(!verifyPath(root, commitment(index + 1), proof));
  }
  assert.ok(equal(tree.root, root));
  await tree.close();
});
