/** Receipts: what is in them, and everything for which none is made. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import { cryptoWaitReady } from '@polkadot/util-crypto';
import { hexToU8a } from '@polkadot/util';
import { blake2, commit, digest, IntegrityBroken, MerkleTree, newSalt, toHex, utf8, type Hex } from '@salus/types';
import { ReceiptRefused, StorageProof, decodeAuthorities, decodeHeader, decodeJustification, flawOf, make, type RefusalReason } from '../receipts.js';
import type { ReceiptRequest } from '../make.js';
import { Chain, KEYS, anchorValue, authoritiesOf, headerIsOwn, justify, retractionValue, successorValue, voter } from './receipts-chain.js';

before(async () => { await cryptoWaitReady(); });

const salts = [newSalt(), newSalt(), newSalt()] as const;
const record = utf8('{"resourceType":"Observation","valueQuantity":{"value":1.00}}');
const batch = Array.from({ length: 11 }, (_, i) => utf8(`record ${i}`));
const tree = new MerkleTree(batch.map((each) => commit(salts[1], each)));
const HANDLE = blake2(utf8('a patient'));

const single = (over: Partial<ReceiptRequest> = {}): ReceiptRequest =>
  ({ anchor: { org: 1, seq: 5 }, salt: salts[0], record, ...over });
const leaf = (index: number, over: Partial<ReceiptRequest> = {}): ReceiptRequest =>
  ({ anchor: { org: 1, seq: 6, proof: tree.path(index) }, salt: salts[1], record: batch[index] as Uint8Array, ...over });
const fhir = (over: Partial<ReceiptRequest> = {}): ReceiptRequest =>
  ({ anchor: { org: 2, seq: 0 }, form: 'FhirJson', salt: salts[2], record: utf8(`\n${new TextDecoder().decode(record)} `), ...over });

const voters = ['a', 'b', 'c', 'd'].map(voter);

/** A chain with a record alone, one about a patient, a batch, and one in the FHIR form. */
function chainWithRecords(): Chain {
  const chain = new Chain(voters);
  chain.set(KEYS.anchors(1, 5), anchorValue(commit(salts[0], record)))
    .set(KEYS.anchors(1, 6), anchorValue(tree.root, { leaves: tree.leaves }))
    .set(KEYS.anchors(2, 0), anchorValue(commit(salts[2], record, 'FhirJson'), { form: 'FhirJson' }))
    .set(KEYS.subjects(1, 5), HANDLE).set(KEYS.subjects(1, 9), HANDLE)
    // Neighbours, so that what is absent is absent beside something.
    .set(KEYS.successors(1, 3), successorValue(4)).set(KEYS.retractions(1, 3, null), retractionValue(0))
    .set(KEYS.retractions(1, 6, 4), retractionValue(5));
  chain.add();
  return chain;
}

/** Makes a receipt of the newest block, whose justification is told once somebody listens. */
const makeNow = (chain: Chain, requests: ReceiptRequest[], options = {}, by = voters.slice(1), asked?: (keys: Hex[]) => void) =>
  make(chain.api(asked, () => chain.tell(justify(chain.best, chain.setId, by))), requests, { timeout: 60_000, ...options });

const refused = (reason: RefusalReason, words: RegExp) => (error: unknown): boolean => {
  assert.ok(error instanceof ReceiptRefused, String(error));
  assert.equal(error.reason, reason, error.message);
  assert.match(error.message, words);
  assert.ok(!error.message.includes('\n'));
  return true;
};

test('a bundle proves its records under one header, and everything in it follows from the file alone', async () => {
  const chain = chainWithRecords();
  let asked: Hex[] = [];
  const receipt = await makeNow(chain, [single({ name: 'letter.json' }), leaf(0), leaf(10), fhir()], {}, voters.slice(1), (keys) => { asked = keys; });
  assert.equal(chain.listeners, 0, 'nobody listens on');
  assert.deepEqual([receipt.format, receipt.version, receipt.genesis], ['salus-receipt', 1, chain.blocks[0]?.hash]);

  const header = decodeHeader(hexToU8a(receipt.header));
  assert.ok(headerIsOwn(chain.best));
  assert.equal(header.hash, chain.best.hash);
  const justification = decodeJustification(hexToU8a(receipt.finality.justification));
  assert.equal(justification.target, header.hash);
  assert.equal(flawOf(justification, header, BigInt(receipt.finality.setId), authoritiesOf(voters)), undefined);

  assert.equal(new Set(receipt.proof).size, receipt.proof.length, 'each node once');
  const proof = new StorageProof(header.stateRoot, receipt.proof.map((node) => hexToU8a(node)));
  const value = (key: Hex): Uint8Array | undefined => proof.get(hexToU8a(key));
  assert.deepEqual(value(KEYS.anchors(1, 5)), chain.storage.get(KEYS.anchors(1, 5)));
  assert.deepEqual(value(KEYS.now()), chain.storage.get(KEYS.now()));
  for (const absent of [
    KEYS.retractions(1, 5, null), KEYS.successors(1, 5), KEYS.retractions(1, 6, null), KEYS.successors(1, 6),
    KEYS.retractions(1, 6, 0), KEYS.retractions(1, 6, 10), KEYS.retractions(2, 0, null), KEYS.successors(2, 0),
  ]) assert.equal(value(absent), undefined);

  const [one, first, last, resource] = receipt.records;
  assert.deepEqual(one, {
    author: 1, seq: '5', form: 'Bytes', salt: toHex(salts[0]), digest: toHex(digest(record)), leaf: null, name: 'letter.json',
  });
  assert.deepEqual(first?.leaf, { index: '0', path: tree.path(0).path.map(toHex) });
  assert.equal(last?.leaf?.index, '10');
  assert.ok(!('name' in (last ?? {})));
  assert.equal(resource?.digest, toHex(digest(record)), 'the digest is of the canonical bytes');

  const text = JSON.stringify(receipt);
  assert.ok(!text.includes(toHex(HANDLE).slice(2)));
  assert.ok(!asked.some((key) => key.startsWith(KEYS.subjects(1, 5).slice(0, 66))));
  assert.deepEqual([...proof.keys()].filter((key) => key.startsWith(KEYS.subjects(1, 5).slice(0, 66))), []);
});

test('nothing is asked for twice: verifiers refuse such a receipt', async () => {
  const chain = chainWithRecords();
  const twice = (...requests: ReceiptRequest[]) => assert.rejects(makeNow(chain, requests), /RangeError: .* is asked for twice/);
  await twice(single(), leaf(0), single({ name: 'again' }));
  await twice(leaf(0), leaf(10), leaf(0));
});

test('what is not the anchored record is refused, each in its own words', async () => {
  const chain = chainWithRecords();
  const cases: [RefusalReason, RegExp, ReceiptRequest][] = [
    ['NotAnchored', /slot 1\/7 is not anchored now/, single({ anchor: { org: 1, seq: 7 } })],
    ['WrongRecord', /not its salt/, single({ salt: newSalt() })],
    ['WrongRecord', /the record was changed/, single({ record: record.map((byte, i) => (i === 9 ? byte ^ 1 : byte)) })],
    ['WrongForm', /the form Bytes, not FhirJson/, single({ form: 'FhirJson' })],
    ['WrongForm', /the form FhirJson, not Bytes/, fhir({ form: 'Bytes' })],
    ['PathUnexpected', /one record and no batch/, single({ anchor: { org: 1, seq: 5, proof: tree.path(0) } })],
    ['PathRequired', /a batch of 11/, leaf(2, { anchor: { org: 1, seq: 6 } })],
    ['WrongPath', /root/, leaf(2, { anchor: { org: 1, seq: 6, proof: { ...tree.path(2), path: tree.path(3).path } } })],
    ['WrongPath', /root/, leaf(2, { salt: salts[0] })],
    ['WrongPath', /a tree of 12, and the batch has 11/, leaf(2, { anchor: { org: 1, seq: 6, proof: { ...tree.path(2), leaves: 12 } } })],
  ];
  for (const [reason, words, request] of cases) {
    await assert.rejects(makeNow(chain, [leaf(10), request]), refused(reason, words));
  }
  await assert.rejects(make(chain.api(), []), RangeError);
  await assert.rejects(make(chain.api(), [{ ...single(), digest: digest(record) }]), RangeError);
  const byDigest = await makeNow(chain, [{ anchor: { org: 1, seq: 5 }, salt: toHex(salts[0]), digest: toHex(digest(record)) }]);
  assert.equal(byDigest.records[0]?.digest, toHex(digest(record)));
});

test('what does not stand any more is refused unless asked for', async () => {
  const chain = chainWithRecords();
  await assert.rejects(makeNow(chain, [leaf(4)]), refused('Retracted', /leaf 4 does not stand now: retracted \(replaced, since 2023-11-14T22:23:20Z\)/));
  assert.equal((await makeNow(chain, [leaf(4)], { allowEnded: true })).records[0]?.leaf?.index, '4');
  await makeNow(chain, [leaf(3)]);
  chain.set(KEYS.successors(1, 5), successorValue(8)).set(KEYS.retractions(1, 6, null), retractionValue(1));
  chain.add();
  await assert.rejects(makeNow(chain, [single()]), refused('Superseded', /by slot 8/));
  await assert.rejects(makeNow(chain, [leaf(3)]), refused('Retracted', /wrong subject/));
  const receipt = await makeNow(chain, [single(), leaf(3)], { allowEnded: true });
  const proof = new StorageProof(decodeHeader(hexToU8a(receipt.header)).stateRoot, receipt.proof.map((node) => hexToU8a(node)));
  assert.deepEqual(proof.get(hexToU8a(KEYS.successors(1, 5))), successorValue(8), 'and the receipt says so itself');
});

test('it waits for a block that knows what became of the record, and not for ever', async () => {
  const chain = new Chain(voters);
  const before = chain.add();
  chain.set(KEYS.anchors(1, 5), anchorValue(commit(salts[0], record)));
  const anchored = chain.add();
  const receipt = await make(chain.api(undefined, () => {
    chain.tell(justify(before, 0, voters));
    setImmediate(() => chain.tell(justify(anchored, 0, voters)));
  }), [single()], { timeout: 60_000 });
  assert.equal(decodeHeader(hexToU8a(receipt.header)).number, anchored.number);
  chain.set(KEYS.retractions(1, 5, null), retractionValue(0));
  const retracted = chain.add();
  const late = await make(chain.api(undefined, () => {
    chain.tell(justify(anchored, 0, voters));
    setImmediate(() => chain.tell(justify(retracted, 0, voters)));
  }), [single()], { timeout: 60_000, allowEnded: true });
  assert.equal(decodeHeader(hexToU8a(late.header)).number, retracted.number, 'not the block before the retraction');
  chain.storage.delete(KEYS.retractions(1, 5, null));
  chain.add();
  const silent = make(chain.api(undefined, () => chain.tell(justify(before, 0, voters))), [single()], { timeout: 50 });
  await assert.rejects(silent, refused('NotFinal', /no justification of such a block within 0.05 s/));
  assert.equal(chain.listeners, 0);
});

test('a past block: from the justification that the node keeps, while it holds that state', async () => {
  const chain = chainWithRecords();
  const stood = chain.best;
  chain.add();
  const kept = chain.add();
  kept.justification = justify(kept, 0, voters);
  chain.set(KEYS.retractions(1, 5, null), retractionValue(0));
  chain.add();
  const api = chain.api();
  await assert.rejects(make(api, [single()], { at: stood.number }), refused('Retracted', /does not stand now/));
  const receipt = await make(api, [single()], { at: stood.number, allowEnded: true });
  const header = decodeHeader(hexToU8a(receipt.header));
  assert.equal(header.number, kept.number, 'the next block with a justification');
  const proof = new StorageProof(header.stateRoot, receipt.proof.map((node) => hexToU8a(node)));
  assert.equal(proof.get(hexToU8a(KEYS.retractions(1, 5, null))), undefined, 'as of that block it stood');
  await assert.rejects(make(api, [single()], { at: kept.number + 1, allowEnded: true }), refused('NotFinal', /keeps no justification of a block from 4 to 4/));
  await assert.rejects(make(api, [single()], { at: 5, allowEnded: true }), refused('NotFinal', /block 5 is not final: the last final one is 4/));
  chain.prunedBelow = kept.number + 1;
  await assert.rejects(make(api, [single()], { at: stood.number, allowEnded: true }), refused('StatePruned', /archive node/));
});

test('a justification is checked before anything is built on it', async () => {
  const chain = chainWithRecords();
  await assert.rejects(makeNow(chain, [single()], {}, voters.slice(0, 2)), refused('Unsound', /only 2 of 4 signed/));
  await assert.rejects(makeNow(chain, [single()], {}, ['x', 'y', 'z'].map(voter)), refused('Unsound', /is not in the set 0/));
  const twice = [voters[0], voters[0], voters[0]] as typeof voters;
  await assert.rejects(makeNow(chain, [single()], {}, twice), refused('Unsound', /is there twice/));
  chain.setId = 1; // signs for another set than the state's
  await assert.rejects(makeNow(chain, [single()]), refused('Unsound', /does not hold for the set 0/));
});

test('the last block of a set is signed by that set, and the next one by the next', async () => {
  const chain = chainWithRecords();
  const next = ['e', 'f', 'g'].map(voter);
  const handoff = chain.add({ next });
  const last = await make(chain.api(undefined, () => chain.tell(handoff.justification as Uint8Array)), [single()]);
  assert.equal(last.finality.setId, 0);
  chain.add();
  assert.equal((await makeNow(chain, [single()], {}, next)).finality.setId, 1);
});

test('a proof that would hold a patient\'s handle is not written', async () => {
  const chain = chainWithRecords();
  const api = chain.api(undefined, () => chain.tell(justify(chain.best, 0, voters)));
  const { raw } = api.rpc.state.getReadProof;
  Object.assign(api.rpc.state.getReadProof, {
    raw: (keys: Hex[], hash: Hex) => raw([...keys, KEYS.subjects(1, 5)], hash),
  });
  await assert.rejects(make(api, [single()]), refused('Revealing', /handle/));
});

test('a node that leaves something out, or sends another proof, is found out', async () => {
  const chain = chainWithRecords();
  const other = chainWithRecords().set(KEYS.anchors(3, 3), anchorValue(HANDLE));
  other.add();
  for (const change of [
    (nodes: unknown[]) => nodes.slice(1),
    () => [],
  ]) {
    const api = chain.api(undefined, () => chain.tell(justify(chain.best, 0, voters)));
    const { raw } = api.rpc.state.getReadProof;
    Object.assign(api.rpc.state.getReadProof, {
      raw: async (keys: Hex[], hash: Hex) => ({ proof: change((await raw(keys, hash) as { proof: Hex[] }).proof) }),
    });
    await assert.rejects(make(api, [single()]), IntegrityBroken);
  }
  const api = chain.api(undefined, () => chain.tell(justify(chain.best, 0, voters)));
  Object.assign(api.rpc.state.getReadProof, { raw: (keys: Hex[]) => other.api().rpc.state.getReadProof.raw(keys, other.best.hash) });
  await assert.rejects(make(api, [single()]), IntegrityBroken);
});

test('encodings that are cut short, or go on, are refused', () => {
  const chain = chainWithRecords();
  const justification = justify(chain.best, 0, voters);
  for (const [bytes, decode] of [
    [justification, decodeJustification], [chain.best.bytes, decodeHeader],
    [chain.storage.get(KEYS.authorities()) as Uint8Array, decodeAuthorities],
  ] as const) {
    decode(bytes);
    for (let length = 0; length < bytes.length; length++) assert.throws(() => decode(bytes.slice(0, length)), IntegrityBroken);
    assert.throws(() => decode(Uint8Array.of(...bytes, 0)), IntegrityBroken);
  }
});

test('a time that no clock can keep is an argument that nothing can mean', async () => {
  for (const millis of [0, -1, Number.NaN, Infinity, 2 ** 31, '100' as unknown as number]) {
    await assert.rejects(make({} as ApiPromise, [{} as ReceiptRequest], { timeout: millis }), { name: 'InvalidArgument', argument: 'timeout' });
  }
});
