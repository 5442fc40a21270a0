import { randomUUID } from 'node:crypto';
import { anchors, classify, consent, finalised, open, seal, sealed, snapshot, toHex, whyInWords, type Decision } from '@salus/client';
import { blocksOf, holding, namingOrganisation } from '../footprint.js';
import { expect } from '../transcript.js';
import { until } from '../wait.js';
import { YEAR, type Patient, type World } from '../world.js';
import type { Institutions } from './admission.js';
import { salted, written } from './amendment.js';
import type { Records } from './records.js';
import type { Counter } from './release.js';
import type { Staff } from './staff.js';

const HIV = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HIV' };

/** The patient shows one clinic one result that bears a label, and the chain does not learn what, nor whom. */
export async function shareSealed(
  world: World, { hospital, clinic }: Institutions, { specialist, officer, steward }: Staff, patient: Patient, records: Records, counter: Counter,
): Promise<void> {
  const { api, out } = world;
  const { ask, refusal } = counter;
  out.chapter('The patient shares one labelled result with the clinic, by a sealed directive');
  const result = salted(await written('Observation-f001', (resource) => { resource['meta'] = { security: [HIV] }; }));
  const { dataClass, labels } = classify(result.record);
  expect(dataClass === 'Laboratory' && labels.join() === 'Hiv', `the result is of the class ${dataClass} with the labels ${labels.join()}`);
  const anchored = await world.send(anchors.anchor(api, hospital.org, result.commitment, { subject: patient.handle }), steward);
  const anchor = anchors.anchoredAt(anchored);
  const id = randomUUID();
  const envelope = await seal({ form: 'Bytes', salt: result.salt, record: result.record }, [patient.agreement.publicKey, hospital.agreement.publicKey]);
  await records.store.put({ id, subject: patient.handle, dataClass, labels, anchor, envelope });
  await out.did(anchored, `the hospital anchors a result that bears the label ${labels.join()}: slot ${anchor.org}/${anchor.seq}`);
  out.refused('the cardiologist, to treat', await refusal(await ask(specialist, clinic.org, id, 'Treat')));

  // The wallet keeps the opening before anything is sent.
  const opening = sealed.newOpening({
    grantee: { practitioner: specialist.address, at: clinic.org }, actions: ['Read'], purposes: ['Treat'], classes: ['Laboratory'], labels: ['Hiv'],
  });
  const { sealed: number, until: end, call } = await sealed.sealing(api, patient.handle, 'Permit', opening, await world.now() + YEAR);
  const made = await world.send(call, patient.pair);
  expect(await world.tokensOf(patient.pair.address) === 0n, 'the patient holds tokens');
  await out.did(made, `the patient seals a Permit, number ${number}, until ${new Date((end ?? 0) * 1000).toISOString().slice(0, 10)}`);
  const { traces, signers } = await blocksOf(api, made.blockNumber, made.blockNumber);
  const [held] = await sealed.sealedAt((await snapshot(api, made.blockHash)).api, patient.handle, await world.momentOf(made));
  expect(held !== undefined && holding(traces, Buffer.from(held.commitment.slice(2), 'hex')).length > 0, 'the commitment is not found');
  const own = traces.filter(({ hex }) => hex.includes(patient.handle.slice(2)) || hex.includes(toHex(patient.pair.publicKey).slice(2)));
  for (const bytes of [opening.salt, sealed.openingBytes(opening).slice(32), specialist.publicKey]) {
    expect(holding(traces, bytes).length === 0, 'the block tells what is sealed');
  }
  expect(namingOrganisation(own, clinic.org).length === 0 && !signers.has(specialist.address), 'the block names the clinic');
  out.saw('the block has the commitment and the patient\'s signature: neither the label, nor the clinic, nor the cardiologist');

  // The opening travels off the chain, to those whom it concerns.
  const letter = await seal({ form: 'Bytes', salt: opening.salt, record: sealed.openingBytes(opening) }, [clinic.agreement.publicKey, hospital.agreement.publicKey]);
  const received = sealed.openingFrom((await open(letter, hospital.agreement.identity)).record);
  out.saw('the opening goes to the clinic and to the hospital, encrypted');
  await until('the sealed Permit is final', async () => (await finalised(api)).number >= made.blockNumber);

  out.refused('the cardiologist, as long as the hospital has not read its post', await refusal(await ask(specialist, clinic.org, id, 'Treat')));
  counter.openings.set(patient.handle, new Map([[number, received]]));
  const signed = await ask(specialist, clinic.org, id, 'Treat');
  const released = await counter.gate.release(signed);
  const { best: { why }, reason } = released.decision;
  expect(why.kind === 'SealedDirective' && why.sealed === number, reason);
  const told = consent.toldOf(released.decision);
  expect(JSON.stringify(told) === '{"verdict":"Permit"}', `it is told as ${JSON.stringify(told)}`);
  const { record } = await counter.receiveAt(clinic, clinic.agreement.identity, signed, released);
  out.saw(`the cardiologist asks for it, to treat: released; the clinic has ${record.length} bytes, which are what was anchored`);
  out.because(`the hospital alone knows why: ${whyInWords(why)}. Its log says: ${released.entry.decision}`);
  const colleague = await refusal(await ask(officer, clinic.org, id, 'Treat'));
  for (const words of [colleague, released.entry.decision]) expect(!/sealed|directive/i.test(words), `it is told that ${words}`);
  out.refused('the clinic\'s privacy officer, to treat, who is not told why', colleague);
  out.refused('the cardiologist, for payment', await refusal(await ask(specialist, clinic.org, id, 'Hpaymt')));

  const revoked = await world.send(sealed.revoke(api, number), patient.pair);
  expect(revoked.fee === 0n, `the revocation cost ${revoked.fee}`);
  await out.did(revoked, `the patient revokes number ${number}; it cost nothing`);
  const state = await snapshot(api, revoked.blockHash);
  const [since, then] = await Promise.all([undefined, state.moment - 1].map((at) => sealed.decideWithAt(state, {
    subject: patient.handle, actor: { organisation: clinic.org, practitioner: specialist.address }, purpose: 'Treat', action: 'Read', dataClass, labels, at,
  }, new Map([[number, received]])))) as [Decision, Decision];
  expect(since.verdict === 'Deny' && then.verdict === 'Permit', `since: ${since.verdict}, before: ${then.verdict}`);
  out.refused('the cardiologist, by the state of that very block and with the opening', `${since.verdict} (${whyInWords(since.why)})`);
  out.refused('the cardiologist, at the gate', await refusal(await ask(specialist, clinic.org, id, 'Treat')));
  out.saw('as of the moment before, the answer is still Permit');
}
