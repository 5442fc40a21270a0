/**
 * Receipts from a running chain, of short sessions, whose one validator changes its keys: so authority sets
 * follow one another. The node keeps the last states only, as most do.
 */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { ApiPromise } from '@polkadot/api';
import { hexToU8a, u8aToHex } from '@polkadot/util';
import { xxhashAsHex } from '@polkadot/util-crypto';
import {
  anchors, blockAtLeast, best, commit, equal, MerkleTree, newSalt, receipts, seal, streamTree, toHex, utf8, verifyPath,
  type AnchorRef, type Hex, type Included,
} from '@salus/client';
import { FileStore, TreeFile } from '@salus/client/node';
import { binary, reach, run, startNode, type Ended } from '../node.js';
import { admission, type Institutions } from '../steps/admission.js';
import { registerPatient } from '../steps/patient.js';
import { takeOnStaff, type Staff } from '../steps/staff.js';
import { Transcript } from '../transcript.js';
import { Verifier } from '../verifier.js';
import { World, type Patient } from '../world.js';

/** In slots of three seconds. */
const SESSION = 5;
/** How many states the node keeps behind the last final block: more than blocks between two justifications that it keeps. */
const STATES = 40;

let folder: string;
let endpoint: string;
let stopNode: (() => Promise<void>) | undefined;
let api: ApiPromise;
let world: World;
let institutions: Institutions;
let staff: Staff;
let patient: Patient;
let rawSpec: string;

/** The preset `dev` with shorter sessions, raw. */
async function shortSessions(): Promise<string> {
  const built = async (args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await run(binary(), ['build-spec', '--disable-default-bootnode', '--base-path', join(folder, 'spec'), ...args]);
    assert.equal(code, 0, stderr.slice(-2_000));
    return stdout;
  };
  const spec = JSON.parse(await built(['--chain', 'dev'])) as { genesis: { runtimeGenesis: { patch: { validatorSet: { sessionLength: number } } } } };
  spec.genesis.runtimeGenesis.patch.validatorSet.sessionLength = SESSION;
  const [plain, raw] = [join(folder, 'plain.json'), join(folder, 'raw.json')];
  await writeFile(plain, JSON.stringify(spec));
  await writeFile(raw, await built(['--chain', plain, '--raw']));
  return raw;
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'salus-receipts-'));
  rawSpec = await shortSessions();
  process.env['SALUS_CHAIN_SPEC'] = rawSpec;
  ({ endpoint, stop: stopNode } = await startNode([
    '--dev', '--chain', rawSpec, '--state-pruning', String(STATES),
  ]));
  api = await reach(endpoint);
  world = new World(api, new Transcript(api, () => undefined), folder);
  institutions = await admission(world);
  staff = await takeOnStaff(world, institutions);
  patient = await registerPatient(world, institutions.hospital, staff);
});

after(async () => {
  await api?.disconnect();
  await stopNode?.();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const tool = (...args: string[]): Promise<Ended> =>
  run(process.execPath, [fileURLToPath(new URL('../../../clients/js/bin/salus-receipt.js', import.meta.url)), ...args]);

const org = (): number => institutions.hospital.org;
const send = (call: Parameters<World['send']>[0]): Promise<Included> => world.send(call, staff.steward);

interface Kept {
  anchor: AnchorRef;
  salt: Uint8Array;
  record: Uint8Array;
}

/** Anchors one record alone. */
async function anchorOne(text: string, options: anchors.AnchorOptions = {}): Promise<Kept> {
  const [salt, record] = [newSalt(), utf8(text)];
  const included = await send(anchors.anchor(api, org(), commit(salt, record, options.form), options));
  return { anchor: anchors.anchoredAt(included), salt, record };
}

/** How the authority sets followed one another, once the first test has fetched it. */
let trail: receipts.Trail;

const genesisSet = async (): Promise<receipts.Authority[]> => receipts.genesisAuthorities(await readFile(rawSpec, 'utf8'));

/** The set that the trail leads to, after so many changes. */
const setAfter = async (changes: number): Promise<receipts.Authority[]> =>
  receipts.followTrail(trail.handoffs.slice(0, changes), await genesisSet()).authorities ?? [];

/** Checks that a receipt follows from itself and the trail, as a verifier would, and answers its block's number. */
async function checked(receipt: receipts.OwnReceipt, given?: readonly receipts.Authority[]): Promise<number> {
  const set = given ?? await setAfter(receipt.finality.setId);
  const header = receipts.decodeHeader(hexToU8a(receipt.header));
  const justification = receipts.decodeJustification(hexToU8a(receipt.finality.justification));
  assert.equal(receipts.flawOf(justification, header, BigInt(receipt.finality.setId), set), undefined);
  const proof = new receipts.StorageProof(header.stateRoot, receipt.proof.map((node) => hexToU8a(node)));
  const value = (key: string): Uint8Array | undefined => proof.get(hexToU8a(key));
  const { anchors: slots, retractions, successors } = api.query.recordAnchor;
  for (const { author, seq, leaf } of receipt.records) {
    assert.ok(value(slots.key(author, seq)), `slot ${author}/${seq} is proven`);
    assert.equal(value(retractions.key(author, seq, null)), undefined);
    assert.equal(value(successors.key(author, seq)), undefined);
    if (leaf) assert.equal(value(retractions.key(author, seq, leaf.index)), undefined);
  }
  assert.ok(value(api.query.timestamp.now.key()), 'the time is proven');
  return header.number;
}

const refused = (reason: receipts.RefusalReason) => (error: unknown): boolean =>
  error instanceof receipts.ReceiptRefused && error.reason === reason;

/** No trace of the patient: neither the handle, nor a key that leads to it, nor a key of the patient's. */
function namesNobody(text: string, { anchor }: Kept): void {
  const subject = api.query.recordAnchor.subjects.key(anchor.org, anchor.seq).slice(2);
  const map = xxhashAsHex('Subjects', 128).slice(2);
  for (const secret of [patient.handle.slice(2), subject, map, patient.agreement.publicKey.slice(2), u8aToHex(patient.pair.publicKey).slice(2)]) {
    assert.ok(!text.includes(secret));
  }
}

/** The validator takes new keys; resolves when they are in force. */
async function changeKeys(): Promise<number> {
  const alice = world.keyring.addFromUri('//Alice');
  const response = await fetch(endpoint.replace('ws:', 'http:'), {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'author_rotateKeysWithOwner', params: [u8aToHex(alice.publicKey)] }),
  });
  const { result } = await response.json() as { result: { keys: Hex; proof: Hex } };
  const before = (await api.query.grandpa.currentSetId()).toNumber();
  await world.send(api.tx.session.setKeys(result.keys, result.proof), alice);
  const until = (await best(api)).number + 4 * SESSION;
  for (;;) {
    const { number } = await best(api);
    const now = (await api.query.grandpa.currentSetId.at(await api.rpc.chain.getFinalizedHead())).toNumber();
    if (now > before) return now;
    assert.ok(number < until, `no new authority set by block ${until}`);
    await blockAtLeast(api, number + 1);
  }
}

test('the trail has every change of the authority set, is continued, and leads to every receipt', async () => {
  const spec = await genesisSet();
  const kept = await anchorOne('before every change');
  const early = await receipts.make(api, [kept]);
  assert.equal(early.finality.setId, 0);
  assert.deepEqual((await receipts.fetchTrail(api, undefined, { genesisAuthorities: spec })).handoffs, []);

  assert.equal(await changeKeys(), 1);
  const first = await receipts.fetchTrail(api, undefined, { genesisAuthorities: spec });
  assert.equal(first.handoffs.length, 1);
  assert.equal(await changeKeys(), 2);

  const path = join(folder, 'trail.json');
  await writeFile(path, JSON.stringify(first));
  const continued = await tool('trail', path, '--ws', endpoint, '--chain-spec', rawSpec);
  assert.equal(continued.code, 0, continued.stderr);
  assert.match(continued.stdout, /2 hand-offs, 1 of them new; the chain is in authority set 2/);
  trail = receipts.parseTrail(await readFile(path, 'utf8'));
  assert.deepEqual(trail, await receipts.fetchTrail(api, undefined, { genesisAuthorities: spec }), 'the same as fetched at once');
  assert.deepEqual(trail.handoffs[0], first.handoffs[0]);

  const late = await receipts.make(api, [kept]);
  assert.equal(late.finality.setId, 2);
  await checked(late);
  await checked(early);
  assert.notDeepEqual(await setAfter(2), spec);
  await assert.rejects(checked(late, spec), 'the genesis set signs no more');
  assert.throws(() => receipts.followTrail(trail.handoffs.slice(1), spec), receipts.TrailBroken);
});

test('a record about a patient, two of a batch and one in the FHIR form share a receipt that names nobody', async () => {
  const alone = await anchorOne('{"resourceType":"DiagnosticReport"}', { subject: patient.handle });
  assert.equal((await api.query.recordAnchor.subjects(alone.anchor.org, alone.anchor.seq)).unwrap().toHex(), patient.handle);
  const resource = await anchorOne('{ "value": 1.00, "resourceType": "Observation" }', { form: 'FhirJson' });
  const salt = newSalt();
  const batch = Array.from({ length: 9 }, (_, i) => utf8(`record ${i}`));
  const tree = new MerkleTree(batch.map((record) => commit(salt, record)));
  const slot = anchors.anchoredAt(await send(anchors.anchorBatch(api, org(), tree)));
  const leaf = (index: number): receipts.ReceiptRequest =>
    ({ anchor: { ...slot, proof: tree.path(index) }, salt, record: batch[index] as Uint8Array });

  const other = utf8('{"resourceType":"Observation","value":1.00}');
  const receipt = await receipts.make(api, [alone, { ...resource, record: other, form: 'FhirJson' }, leaf(0), leaf(8)]);
  await checked(receipt);
  namesNobody(JSON.stringify(receipt), alone);
  assert.ok((await receipts.make(api, [alone])).proof.length < receipt.proof.length, 'nodes are shared, not repeated');

  const wrongSalt = { ...alone, salt: newSalt() };
  await assert.rejects(receipts.make(api, [leaf(0), wrongSalt]), refused('WrongRecord'));
  await assert.rejects(receipts.make(api, [{ ...leaf(1), record: batch[2] as Uint8Array }]), refused('WrongPath'));
  await assert.rejects(receipts.make(api, [{ ...resource, form: 'Bytes' }]), refused('WrongForm'));
  await assert.rejects(receipts.make(api, [{ ...alone, anchor: { org: org(), seq: 4_000 } }]), refused('NotAnchored'));
});

test('what was retracted or superseded has no receipt, unless on demand', async () => {
  const first = await anchorOne('version 1');
  const early = await receipts.make(api, [first]);
  const second = await anchorOne('version 2', { previous: { seq: first.anchor.seq, relation: 'Corrects' } });
  await assert.rejects(receipts.make(api, [first]), refused('Superseded'));
  await send(anchors.retract(api, second.anchor, 'WrongContent'));
  await assert.rejects(receipts.make(api, [second]), refused('Retracted'));
  assert.equal((await receipts.make(api, [first, second], { allowEnded: true })).records.length, 2);
  assert.ok(await checked(early) > 0, 'the one made before still says how it stood');
});

test('a million records in one extrinsic: three of them verify on the chain, and offline by one receipt', async (t) => {
  const count = 1_000_000;
  const wanted = [0, 617_283, count - 1];
  const salt = newSalt();
  const recordOf = (i: number): Uint8Array => utf8(`result ${i}: 1.00`);
  const path = join(folder, 'million.tree');
  const begin = performance.now();
  const tree = await TreeFile.write(path, (function* () {
    for (let i = 0; i < count; i++) yield commit(salt, recordOf(i));
  })());
  t.diagnostic(`${count} commitments and their tree in ${((performance.now() - begin) / 1000).toFixed(1)} s; the process has had ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB resident at most; the file has ${(await stat(path)).size} bytes`);
  const included = await send(anchors.anchorBatch(api, org(), tree));
  const slot = anchors.anchoredAt(included);
  assert.deepEqual(await anchors.anchorInfo(api, slot.org, slot.seq).then((info) => [info?.commitment, info?.leaves]), [toHex(tree.root), count]);

  const file = await TreeFile.open(path);
  const requests = await Promise.all(wanted.map(async (i): Promise<Kept> =>
    ({ anchor: { ...slot, proof: await file.path(i) }, salt, record: recordOf(i) })));
  await file.close();
  for (const { anchor, record } of requests) {
    const commitment = commit(salt, record);
    assert.ok(anchor.proof && verifyPath(tree.root, commitment, anchor.proof));
    const found = await anchors.verify(api, anchor, commitment);
    assert.ok(found.ok && found.status === 'Current');
    assert.deepEqual(await anchors.verify(api, anchor, commit(newSalt(), record)), { ok: false, reason: 'NotAMember' });
  }
  const receipt = await receipts.make(api, requests.map((request, n) => ({ ...request, name: `result-${wanted[n]}` })));
  await checked(receipt);
  const verifier = await Verifier.prepare(api, folder);
  const kept = await verifier.keep('million.receipt.json', receipt);
  for (const i of wanted) {
    const name = `result-${i}`;
    const { code, sentence } = await verifier.verify(kept, await verifier.keep(name, recordOf(i)), name);
    t.diagnostic(sentence);
    assert.equal(code, 0, sentence);
    assert.ok(sentence.includes(`as number ${i} of the batch in its slot ${slot.seq}`), sentence);
    const other = await verifier.verify(kept, await verifier.keep(`other-${i}`, recordOf(i + 1)), name);
    assert.equal(other.code, 1, other.sentence);
  }
  const one = await receipts.make(api, requests.slice(1, 2));
  t.diagnostic(`a receipt has ${JSON.stringify(one).length} bytes for one of the million, ${JSON.stringify(receipt).length} for three; ${receipt.proof.length} trie nodes`);
  assert.ok(JSON.stringify(one).length < 100_000);
});

test('the command line tool: from plain files, from a tree, from a store of envelopes; and the same refusals', async () => {
  const alone = await anchorOne('a discharge letter', { subject: patient.handle });
  const [salt, batch] = [newSalt(), ['one', 'two', 'three']];
  const list = join(folder, 'list');
  await writeFile(list, `${batch.map((record) => toHex(commit(salt, utf8(record)))).join('\n')}\n`);
  const built = await tool('tree', list, '--out', join(folder, 'list.tree'));
  const { root, leaves } = JSON.parse(built.stdout) as { root: Hex; leaves: number };
  assert.ok(equal((await streamTree(batch.map((record) => commit(salt, utf8(record))))).root, hexToU8a(root)));
  const slot = anchors.anchoredAt(await send(anchors.anchorBatch(api, org(), { root: hexToU8a(root), leaves })));

  const file = async (name: string, content: string | Uint8Array): Promise<string> => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
  const letter = ['--record', await file('letter', alone.record), '--salt', await file('letter.json', JSON.stringify({ salt: toHex(alone.salt), anchor: alone.anchor }))];
  const third = ['--record', await file('third', 'three'), '--salt', await file('third.json', JSON.stringify({ salt: toHex(salt), anchor: { ...slot, index: 2 } }))];
  const out = join(folder, 'bundle.receipt.json');
  const made = await tool('make', '--ws', endpoint, '--genesis', api.genesisHash.toHex(), '--out', out, ...letter, ...third, '--tree', join(folder, 'list.tree'));
  assert.equal(made.code, 0, made.stderr);
  assert.match(made.stdout, /2 records as of block \d+, authority set 2/);
  const written = await readFile(out, 'utf8');
  const receipt = JSON.parse(written) as receipts.OwnReceipt;
  await checked(receipt);
  namesNobody(written, alone);
  assert.ok(!written.includes('letter'), 'no file names unless asked for');
  assert.deepEqual(receipt.records.map(({ seq, leaf }) => [seq, leaf?.index]), [[String(alone.anchor.seq), undefined], [String(slot.seq), '2']]);

  const { agreement } = institutions.hospital;
  const store = new FileStore(join(folder, 'store'));
  await store.put({
    id: 'r-1', subject: patient.handle, dataClass: 'Documents', labels: [], anchor: alone.anchor,
    envelope: await seal({ form: 'Bytes', salt: alone.salt, record: alone.record }, [agreement.publicKey]),
  });
  const identity = await file('identity', `# the hospital's\n${agreement.identity}\n`);
  const fromStore = join(folder, 'store.receipt.json');
  const sealed = await tool('make', '--ws', endpoint, '--out', fromStore, '--store', join(folder, 'store'), '--id', 'r-1', '--identity', identity);
  assert.equal(sealed.code, 0, sealed.stderr);
  const stored = await readFile(fromStore, 'utf8');
  assert.deepEqual((JSON.parse(stored) as receipts.Receipt).records, [receipt.records[0]]);
  namesNobody(stored, alone);

  const never = join(folder, 'never.json');
  for (const [args, words] of [
    [['--record', join(folder, 'third'), '--salt', join(folder, 'letter.json')], /^error: no receipt: the record in slot .* has another commitment/],
    [['--record', join(folder, 'letter'), '--salt', join(folder, 'letter.json'), '--seq', '4000'], /^error: no receipt: .* is not anchored/],
    [[...letter, '--genesis', `0x${'11'.repeat(32)}`], /^error: .*the genesis hash is/],
  ] as [string[], RegExp][]) {
    const ended = await tool('make', '--ws', endpoint, '--out', never, ...args);
    assert.equal(ended.code, 1, ended.stderr);
    assert.match(ended.stderr, words);
    assert.equal(ended.stderr.trim().split('\n').length, 1, ended.stderr);
    await assert.rejects(stat(never), { code: 'ENOENT' });
  }
});

/** The blocks from `from` to `to` with which the node keeps a justification. */
async function justified(from: number, to: number): Promise<number[]> {
  const found: number[] = [];
  for (let number = from; number <= to; number++) {
    // Raw: the typed question needs the block's state.
    const block = await api.rpc.chain.getBlock.raw(await api.rpc.chain.getBlockHash(number)) as { justifications: unknown };
    if (block.justifications) found.push(number);
  }
  return found;
}

test('a receipt as of a past block, until the node drops that state', async () => {
  const finalNumber = async (): Promise<number> => (await api.rpc.chain.getHeader(await api.rpc.chain.getFinalizedHead())).number.toNumber();
  const kept = await anchorOne('of a past block');
  const anchored = (await best(api)).number;
  const [first] = await justified(1, await finalNumber());
  assert.ok(first !== undefined, 'the node keeps justifications');
  while ((await justified(anchored, await finalNumber())).length === 0) await blockAtLeast(api, await finalNumber() + 2);
  await send(anchors.retract(api, kept.anchor, 'Duplicate'));
  await assert.rejects(receipts.make(api, [kept], { at: anchored }), refused('Retracted'), 'retracted since');
  const past = await receipts.make(api, [kept], { at: anchored, allowEnded: true });
  const [number] = await justified(anchored, await finalNumber());
  assert.equal(await checked(past), number, 'as of then it stood');

  const handoff = receipts.decodeHeader(hexToU8a(trail.handoffs[0]?.header as Hex)).number;
  while (await finalNumber() <= Math.max(first, handoff) + STATES + 1) await blockAtLeast(api, await finalNumber() + 2);
  await assert.rejects(receipts.make(api, [kept], { at: first, allowEnded: true }), refused('StatePruned'));
  const later = await receipts.fetchTrail(api, undefined, { genesisAuthorities: await genesisSet() });
  assert.deepEqual(later, trail, 'the trail needs no old state');
  await assert.rejects(receipts.make(api, [kept], { at: await finalNumber() + 100_000, allowEnded: true }), refused('NotFinal'));
});
