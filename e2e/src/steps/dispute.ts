import { anchors } from '@salus/client';
import { bytes32, commit, newSalt, opens, utf8 } from '@salus/types';
import { clock, expect } from '../transcript.js';
import type { Patient, World } from '../world.js';
import type { Institutions } from './admission.js';
import { fails, salted, written } from './amendment.js';
import type { Staff } from './staff.js';

/** The patient says that a note is wrong, for all who ask about it to see, and so is the answer. */
export async function disputeNote(world: World, { hospital, clinic }: Institutions, { steward }: Staff, patient: Patient): Promise<void> {
  const { api, out } = world;
  const { org } = hospital;
  const subject = patient.handle;
  out.chapter('The patient disputes a note, and the hospital answers');
  const note = (summary: string): Promise<Uint8Array> => written('ClinicalImpression-example', (resource) => { resource['summary'] = summary; });
  const first = salted(await note('Smokes twenty cigarettes a day.'));
  const anchored = await world.send(anchors.anchor(api, org, first.commitment, { subject }), steward);
  const ref = anchors.anchoredAt(anchored);
  await out.did(anchored, `a note that the patient smokes: slot ${ref.org}/${ref.seq}`);

  const said = { salt: newSalt(), words: utf8('I stopped eleven years ago, and said so.') };
  const statement = commit(said.salt, said.words);
  out.refused('the clinic, to dispute it for the patient', await fails(world, anchors.dispute(api, ref, statement), clinic.admin, 'NotSubject'));
  expect(await world.tokensOf(patient.pair.address) === 0n, 'the patient holds tokens');
  const disputed = await world.send(anchors.dispute(api, ref, statement), patient.pair);
  expect(disputed.payer !== patient.pair.address && await world.tokensOf(patient.pair.address) === 0n, 'the patient paid for the dispute');
  await out.did(disputed, 'the patient, without tokens, disputes it; the chain has a salted commitment to the words');

  const standing = async () => {
    const info = (await api.call.recordAnchorApi.anchor(ref.org, ref.seq)).unwrap();
    const [only] = info.disputes;
    expect(only !== undefined && info.disputes.length === 1, `the slot tells of ${info.disputes.length} disputes`);
    return { dispute: only.dispute, state: only.state, head: info.head.toNumber() };
  };
  const { state: open } = await standing();
  expect(open.isOpen, `the dispute is ${open.type}`);
  const due = new Date(open.asOpen.due.toNumber() * 1000).toISOString().slice(0, 10);
  out.saw(`whoever asks about the note sees: disputed, the hospital has until ${due} to answer`);
  const current = await anchors.verify(api, ref, first.commitment);
  expect(current.ok && current.status === 'Current', 'the dispute hides the note');
  out.because('the note stands as before; nothing is hidden');
  out.refused('the patient again, before the answer', await fails(world, anchors.dispute(api, ref, commit(newSalt(), said.words)), patient.pair, 'DisputeOpen'));

  const reasons = { salt: newSalt(), words: utf8('The note was taken over from a record of long ago. We have corrected it.') };
  const reply = commit(reasons.salt, reasons.words);
  const empty = anchors.answer(api, ref, { Corrected: { by: ref.seq } }, reply);
  out.refused('the hospital, that it has corrected the note, which it has not', await fails(world, empty, steward, 'NotACorrection'));
  const second = salted(await note('Stopped smoking eleven years ago.'));
  const corrected = await world.send(anchors.amend(api, org, ref.seq, 'Corrects', second.commitment, { subject }), steward);
  const { seq: by } = anchors.anchoredAt(corrected);
  await out.did(corrected, `the hospital corrects the note: slot ${org}/${by}`);
  const answered = await world.send(anchors.answer(api, ref, { Corrected: { by } }, reply), steward);
  await out.did(answered, `and answers the dispute: Corrected, by slot ${org}/${by}; its reasons as a commitment too`);

  const { dispute, state, head } = await standing();
  expect(state.isAnswered && dispute.answer.isSome, `the dispute is ${state.type}`);
  const { outcome, at, statement: theirs } = dispute.answer.unwrap();
  expect(outcome.isCorrected && outcome.asCorrected.by.toNumber() === by && head === by, 'the answer does not name the newer version');
  const ours = opens(bytes32(dispute.statement.toHex()), said.salt, said.words) && opens(bytes32(theirs.toHex()), reasons.salt, reasons.words);
  expect(ours, 'the statements are not those that were exchanged');
  out.saw(`recordAnchorApi.anchor: ${state.type}, ${outcome.type} by slot ${org}/${by} at ${clock(at.toNumber())}; the newest version is ${org}/${head}`);
  out.because('patient and hospital hold words and salts of both statements, and can show that these are the ones');
}
