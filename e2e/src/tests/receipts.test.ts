/** Receipts from a running chain: of one record, several, and those of a batch; what has none; and the tool. */
import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import { hexToU8a } from '@polkadot/util';
import { anchors, type Included } from '@salus/client';
import { seal } from '@salus/exchange';
import { FileStore } from '@salus/exchange/node';
import { receipts } from '@salus/receipts';
import { TreeFile } from '@salus/receipts/node';
import { commit, equal, MerkleTree, newSalt, streamTree, toHex, utf8, verifyPath, type Hex } from '@salus/types';
import { has, needs } from '../chains.js';
import { anchorOne, checked, namesNobody, refused, tool, type Kept } from '../receipt-checks.js';
import { begin, people, type Peopled } from '../setting.js';
import { registerPatient } from '../steps/patient.js';
import { presetDev, Verifier } from '../verifier.js';
import type { Patient } from '../world.js';

/** How many records a large batch has: a million, as a hospital has, with `scripts/test.sh --long`. */
const MANY = process.env['SALUS_LONG'] ? 1_000_000 : 50_000;

let all: Peopled;
let api: ApiPromise;
let patient: Patient;
let folder: string;
let endpoint: string;
let authorities: receipts.Authority[];

before(async () => {
  if (!has('authorities')) return;
  all = await people(await begin());
  ({ api, folder, endpoint } = all);
  patient = await registerPatient(all.world, all.institutions.hospital, all.staff);
  authorities = receipts.genesisAuthorities(await readFile(await presetDev(folder), 'utf8'));
});

after(() => all?.stop());

const org = (): number => all.institutions.hospital.org;
const send = (call: Parameters<Peopled['world']['send']>[0]): Promise<Included> => all.world.send(call, all.staff.steward);
const holds = (receipt: receipts.OwnReceipt): number => checked(api, receipt, authorities);

test('a record about a patient, two of a batch and one in the FHIR form share a receipt that names nobody', needs('authorities'), async () => {
  const alone = await anchorOne(all, '{"resourceType":"DiagnosticReport"}', { subject: patient.handle });
  assert.equal((await api.query.recordAnchor.subjects(alone.anchor.org, alone.anchor.seq)).unwrap().toHex(), patient.handle);
  const resource = await anchorOne(all, '{ "value": 1.00, "resourceType": "Observation" }', { form: 'FhirJson' });
  const salt = newSalt();
  const batch = Array.from({ length: 9 }, (_, i) => utf8(`record ${i}`));
  const tree = new MerkleTree(batch.map((record) => commit(salt, record)));
  const slot = anchors.anchoredAt(await send(anchors.anchorBatch(api, org(), tree)));
  const leaf = (index: number): receipts.ReceiptRequest =>
    ({ anchor: { ...slot, proof: tree.path(index) }, salt, record: batch[index] as Uint8Array });

  const other = utf8('{"resourceType":"Observation","value":1.00}');
  const receipt = await receipts.make(api, [alone, { ...resource, record: other, form: 'FhirJson' }, leaf(0), leaf(8)]);
  holds(receipt);
  namesNobody(api, JSON.stringify(receipt), alone, patient);
  assert.ok((await receipts.make(api, [alone])).proof.length < receipt.proof.length, 'nodes are shared, not repeated');

  const wrongSalt = { ...alone, salt: newSalt() };
  await assert.rejects(receipts.make(api, [leaf(0), wrongSalt]), refused('WrongRecord'));
  await assert.rejects(receipts.make(api, [{ ...leaf(1), record: batch[2] as Uint8Array }]), refused('WrongPath'));
  await assert.rejects(receipts.make(api, [{ ...resource, form: 'Bytes' }]), refused('WrongForm'));
  await assert.rejects(receipts.make(api, [{ ...alone, anchor: { org: org(), seq: 4_000 } }]), refused('NotAnchored'));
});

test('what was retracted or superseded has no receipt, unless on demand', needs('authorities'), async () => {
  const first = await anchorOne(all, 'version 1');
  const early = await receipts.make(api, [first]);
  const second = await anchorOne(all, 'version 2', { previous: { seq: first.anchor.seq, relation: 'Corrects' } });
  await assert.rejects(receipts.make(api, [first]), refused('Superseded'));
  await send(anchors.retract(api, second.anchor, 'WrongContent'));
  await assert.rejects(receipts.make(api, [second]), refused('Retracted'));
  assert.equal((await receipts.make(api, [first, second], { allowEnded: true })).records.length, 2);
  assert.ok(holds(early) > 0, 'the one made before still says how it stood');
});

test(`${MANY} records in one extrinsic: three of them verify on the chain, and offline by one receipt`, needs('authorities'), async (t) => {
  const count = MANY;
  const wanted = [0, Math.floor(count * 0.617_283), count - 1];
  const salt = newSalt();
  const recordOf = (i: number): Uint8Array => utf8(`result ${i}: 1.00`);
  const path = join(folder, 'large.tree');
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
  holds(receipt);
  const verifier = await Verifier.prepare(api, folder);
  const kept = await verifier.keep('large.receipt.json', receipt);
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
  t.diagnostic(`a receipt has ${JSON.stringify(one).length} bytes for one of them, ${JSON.stringify(receipt).length} for three; ${receipt.proof.length} trie nodes`);
  assert.ok(JSON.stringify(one).length < 100_000);
});

test('the command line tool: from plain files, from a tree, from a store of envelopes; and the same refusals', needs('authorities'), async () => {
  const alone = await anchorOne(all, 'a discharge letter', { subject: patient.handle });
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
  assert.match(made.stdout, /2 records as of block \d+, authority set 0/);
  const written = await readFile(out, 'utf8');
  const receipt = JSON.parse(written) as receipts.OwnReceipt;
  holds(receipt);
  namesNobody(api, written, alone, patient);
  assert.ok(!written.includes('letter'), 'no file names unless asked for');
  assert.deepEqual(receipt.records.map(({ seq, leaf }) => [seq, leaf?.index]), [[String(alone.anchor.seq), undefined], [String(slot.seq), '2']]);

  const { agreement } = all.institutions.hospital;
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
  namesNobody(api, stored, alone, patient);

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

