/** The same bytes as the chain: the vectors that the Rust tests wrote and check too. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Keyring } from '@polkadot/keyring';
import { cryptoWaitReady, signatureVerify } from '@polkadot/util-crypto';
import { bnToU8a, hexToU8a, u8aWrapBytes } from '@polkadot/util';
import {
  blake2, bytes32, commit, commitDigest, depthOf, digest, leaf, MerkleTree, node, toHex, utf8, verifyPath, type Form, type RelationshipKind,
} from '@salus/types';
import { addKeyMessage, attestMessage, handleOf, openForMessage, referMessage, registerForMessage, signMessage, type SeenBlock } from '../signing.js';

const load = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../../../docs/vectors/${name}`, import.meta.url), 'utf8')) as T;

interface Path {
  index: number;
  path: string[];
}

const merkle = load<{
  leaf: { commitment: string; leaf: string };
  node: { left: string; right: string; node: string };
  records: { record: string; salt: string; form: Form; digest: string; commitment: string }[];
  trees: { leaves: number; depth: number; root: string; paths: Path[] }[];
  refused: (Path & { root: string; leaves: number; commitment: string; why: string })[];
}>('merkle.json');

const commitmentsOf = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, i) => blake2(bnToU8a(i, { bitLength: 64, isLe: true })));

test('leaf, node and record commitments', () => {
  assert.equal(toHex(leaf(bytes32(merkle.leaf.commitment))), merkle.leaf.leaf);
  assert.equal(toHex(node(bytes32(merkle.node.left), bytes32(merkle.node.right))), merkle.node.node);
  assert.ok(merkle.records.length > 0);
  for (const { record, salt, form, digest: expected, commitment } of merkle.records) {
    assert.equal(toHex(commitDigest(bytes32(salt), form, bytes32(expected))), commitment);
    if (form !== 'Bytes') continue;
    assert.equal(toHex(digest(utf8(record))), expected);
    assert.equal(toHex(commit(bytes32(salt), utf8(record))), commitment);
  }
});

test('roots, depths and paths of trees', () => {
  assert.ok(merkle.trees.length > 0);
  for (const { leaves, depth, root, paths } of merkle.trees) {
    const all = commitmentsOf(leaves);
    const tree = new MerkleTree(all);
    assert.equal(toHex(tree.root), root);
    assert.equal(depthOf(leaves), depth);
    for (const { index, path } of paths) {
      assert.deepEqual(tree.path(index).path.map(toHex), path, `${index} of ${leaves}`);
      assert.ok(verifyPath(bytes32(root), all[index] as Uint8Array, { index, leaves, path: path.map(bytes32) }));
    }
  }
});

test('paths that prove nothing', () => {
  assert.ok(merkle.refused.length > 0);
  for (const { root, leaves, index, commitment, path, why } of merkle.refused) {
    const proof = { index, leaves, path: path.map(bytes32) };
    assert.ok(!verifyPath(bytes32(root), bytes32(commitment), proof), why);
  }
});

interface Signed {
  genesis: string;
  key: string;
  expiry: number;
  message: string;
  seed: string;
  signature: string;
  signatureWrapped: string;
}

test('what a patient signs for a care relationship', () => {
  interface Word { genesis: string; patient: string; until: number; id: number; seen: SeenBlock; expiry: number; message: string }
  const { openFor, refer } = load<{ openFor: Word & { org: number; kind: RelationshipKind }; refer: Word & { from: number; to: number } }>('signing.json');
  const opening = openForMessage(openFor.genesis, openFor.org, openFor.patient, openFor.kind, openFor.until, openFor.id, openFor.seen, openFor.expiry);
  assert.equal(toHex(opening), openFor.message);
  assert.equal(toHex(referMessage(refer.genesis, refer.from, refer.patient, refer.to, refer.until, refer.id, refer.seen, refer.expiry)), refer.message);
});

test('handles, and what wallets sign', async () => {
  await cryptoWaitReady();
  const vectors = load<{
    handle: { genesis: string; firstKey: string; handle: string };
    registerFor: Signed & { org: number; agreementKey: string };
    addKey: Signed & { patient: string; purposes: number };
    attest: Signed & { org: number; encounter: number; coverage: number };
  }>('signing.json');
  const { handle, registerFor, addKey, attest } = vectors;
  const keyring = new Keyring({ type: 'ed25519' });
  const address = (key: string): string => keyring.encodeAddress(key);
  assert.equal(handleOf(handle.genesis, address(handle.firstKey)), handle.handle);

  const messages: [Signed, Uint8Array][] = [
    [registerFor, registerForMessage(registerFor.genesis, registerFor.org, address(registerFor.key), registerFor.agreementKey, registerFor.expiry)],
    [addKey, addKeyMessage(addKey.genesis, addKey.patient, address(addKey.key), addKey.purposes, addKey.expiry)],
    [attest, attestMessage(attest.genesis, attest.org, attest.encounter, attest.coverage, attest.expiry)],
  ];
  for (const [vector, message] of messages) {
    assert.equal(toHex(message), vector.message);
    const pair = keyring.addFromSeed(hexToU8a(vector.seed));
    assert.equal(toHex(pair.publicKey), vector.key);
    // ed25519 is deterministic: the signature is the vector's, behind the index of its kind.
    assert.deepEqual(await signMessage(pair, message), { Ed25519: `0x${vector.signature.slice(4)}` });
    const wrapped = `0x${vector.signatureWrapped.slice(4)}`;
    assert.ok(signatureVerify(u8aWrapBytes(message), wrapped, pair.address).isValid);
  }
});
