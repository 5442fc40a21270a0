import { anchors, finalised } from '@salus/client';
import { receipts } from '@salus/receipts';
import { toHex } from '@salus/types';
import { CHAIN } from '../chains.js';
import { LOCAL_PATIENT } from '../fixtures.js';
import { expect } from '../transcript.js';
import { receiptFor, type Answer, type Verifier } from '../verifier.js';
import { until } from '../wait.js';
import type { Institution, Patient, World } from '../world.js';
import { fails, salted, written } from './amendment.js';
import { NO_GATEWAYS, type Houses } from './gateways.js';
import { ingest } from './records.js';
import type { Staff } from './staff.js';

/** The patient asks for a record to be erased, and the hospital does it: off the chain, and on it. */
export async function erase(
  world: World,
  hospital: Institution,
  houses: Houses | undefined,
  { steward }: Staff,
  patient: Patient,
  verifier: Verifier | undefined,
  endpoint: string,
): Promise<void> {
  const { api, out } = world;
  const { org } = hospital;
  const subject = patient.handle;
  out.chapter('The patient asks for a record to be erased, and it is');
  const { record, salt, commitment } = salted(await written('FamilyMemberHistory-father', (resource) => {
    resource['patient'] = { reference: `Patient/${LOCAL_PATIENT}` };
  }));
  const anchored = await world.send(anchors.anchor(api, org, commitment, { subject }), steward);
  const ref = anchors.anchoredAt(anchored);
  await out.did(anchored, `what the patient told of the father's illness: slot ${ref.org}/${ref.seq}`);
  const reference = houses && await keep(houses, patient, record);

  const copy = verifier && await copyOf(world, verifier, { anchor: ref, salt, record, name: 'family history' });

  out.refused('the hospital, to shred it of its own accord', await fails(world, anchors.shred(api, ref), steward, 'RetentionNotOver'));
  expect(await world.tokensOf(patient.pair.address) === 0n, 'the patient holds tokens');
  const asked = await world.send(anchors.requestErasure(api, ref), patient.pair);
  expect(asked.payer !== patient.pair.address && await world.tokensOf(patient.pair.address) === 0n, 'the patient paid for the request');
  await out.did(asked, 'the patient, without tokens, asks for it to be erased');
  const { erasure } = (await api.call.recordAnchorApi.anchor(ref.org, ref.seq)).unwrap();
  expect(erasure.isSome && erasure.unwrap().state.isOpen, 'the request is not to be seen');
  out.saw(`whoever asks sees: the hospital has until ${new Date(erasure.unwrap().state.asOpen.due.toNumber() * 1000).toISOString().slice(0, 10)} to erase it or to say why not`);

  if (houses && reference !== undefined) await destroy(world, houses, patient, reference, record);
  else out.skipped('what the hospital\'s gateway destroys', NO_GATEWAYS);
  const shredded = await world.send(anchors.shred(api, ref), steward);
  await out.did(shredded, `and shreds slot ${ref.org}/${ref.seq}`);

  const { recordAnchor } = api.query;
  const [slot, index, whom, next, left] = await Promise.all([
    recordAnchor.anchors(ref.org, ref.seq), recordAnchor.commitments(ref.org, toHex(commitment)), recordAnchor.subjects(ref.org, ref.seq),
    recordAnchor.nextSeq(ref.org), api.call.recordAnchorApi.slot(ref.org, ref.seq),
  ]);
  expect(slot.isNone && index.isNone && whom.isNone, 'something of the slot is still there');
  expect(left.isShredded && left.asShredded.why.isErasureRequested, `the slot is ${left.type}`);
  out.saw(`the state holds neither the commitment nor whom it was about; the slot is ${left.type}: ${left.asShredded.why.type}`);
  const verified = await anchors.verify(api, ref, commitment);
  expect(!verified.ok && verified.reason === 'Shredded', 'the chain still confirms the record');
  out.refused('the chain, to confirm the record, also with record and salt in hand', verified.reason);
  out.refused('to shred it twice', await fails(world, anchors.shred(api, ref), steward, 'NotFound'));

  const another = salted(await written('Goal-example', () => undefined));
  const other = await world.send(anchors.anchor(api, org, another.commitment), steward);
  const { seq } = anchors.anchoredAt(other);
  expect(seq === next.toNumber() && seq > ref.seq, `the next record got slot ${seq}`);
  await out.did(other, `the next record gets slot ${org}/${seq}: the number ${ref.seq} is never given again`);

  if (!copy) {
    out.skipped('the receipt of somebody who has a copy', CHAIN.lacks.finality ?? '');
    return;
  }
  const after = await copy();
  expect(after.code === 0, `the receipt does not hold any more (exit code ${after.code}): ${after.sentence}`);
  out.saw('the receipt that was made before still verifies with the network off: it shows what it showed');
  await until('the shredding is final', async () => (await finalised(api)).number >= shredded.blockNumber);
  const today = await copy(endpoint.replace(/^ws/, 'http'));
  expect(today.code === 4 && today.sentence.includes('shredded'), `asked with a node, it ends with exit code ${today.code}: ${today.sentence}`);
  out.saw('and to whoever also asks a node (--node), salus-verify says with exit code 4 what became of it');
  out.because(today.sentence);
}

/** The hospital's gateway takes a record in, and the patient can read it there. Answers its type and id. */
async function keep({ hospital, counter }: Houses, { pair }: Patient, record: Uint8Array): Promise<string> {
  const [taken] = await ingest(hospital.gateway, record);
  expect(taken?.state === 'held', `the record is ${taken?.state} ${taken?.fault ?? ''}`);
  await counter.released(await counter.sign(pair, undefined, taken.reference, { purpose: 'Patrqt' }));
  return taken.reference;
}

/** It destroys the record with its salt, which is what erases, and does not take it again. */
async function destroy({ out }: World, { hospital, counter }: Houses, { pair }: Patient, reference: string, record: Uint8Array): Promise<void> {
  const gone = await hospital.gateway.house(`/records/${reference}`, undefined, { method: 'DELETE' });
  expect(gone.status === 200, `the gateway does not erase ${reference}: ${gone.body}`);
  out.saw('the hospital\'s gateway destroys the record with its salt, which is what erases');
  out.refused('the patient, at the gateway', await counter.refusal(await counter.sign(pair, undefined, reference, { purpose: 'Patrqt' })));
  const [back] = await ingest(hospital.gateway, record);
  expect(back?.state === 'refused' && back.fault === 'erased', `the record is ${back?.state} when it comes again`);
  out.refused('a system of the hospital, which sends the record once more', 'erased: it does not come back');
}

/** Somebody keeps a record and a receipt for it. Answers how it verifies then: offline, or with a node. */
async function copyOf(
  { api, out }: World,
  verifier: Verifier,
  request: receipts.ReceiptRequest & { record: Uint8Array; name: string },
): Promise<(node?: string) => Promise<Answer>> {
  const receipt = await verifier.keep('family.receipt.json', await receiptFor(api, request));
  const file = await verifier.keep('family.json', request.record);
  const verify = (node?: string): Promise<Answer> => verifier.verify(receipt, file, request.name, node);
  const { code, sentence } = await verify();
  expect(code === 0, `the record does not verify (exit code ${code}): ${sentence}`);
  out.saw('somebody has a copy and a receipt for it, which verifies');
  return verify;
}
