import { anchors, sealed, snapshot } from '@salus/client';
import { commitmentOf, open, seal } from '@salus/exchange';
import { classify } from '@salus/fhir';
import { toHex, whyInWords, type Decision } from '@salus/types';
import { reasonOf } from '../asking.js';
import { LOCAL_PATIENT } from '../fixtures.js';
import { blocksOf, holding, namingOrganisation } from '../footprint.js';
import { expect } from '../transcript.js';
import { YEAR, type Patient, type World } from '../world.js';
import type { Institutions } from './admission.js';
import { written } from './amendment.js';
import { NO_GATEWAYS, type Houses } from './gateways.js';
import { anchored, closeBatches, ingest } from './records.js';
import { untilFinal } from './release.js';
import type { Staff } from './staff.js';

const HIV = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HIV' };

/** The patient shows one clinic one result that bears a label, and the chain does not learn what, nor whom. */
export async function shareSealed(
  world: World, { hospital, clinic }: Institutions, houses: Houses | undefined, { specialist, officer }: Staff, patient: Patient,
): Promise<void> {
  const { api, out } = world;
  out.chapter('The patient shares one labelled result with the clinic, by a sealed directive');
  if (!houses) return out.skipped('this chapter', NO_GATEWAYS);
  const { gateway } = houses.hospital;
  const { counter } = houses;
  const result = await written('Observation-f001', (resource) => {
    resource['meta'] = { security: [HIV] };
    resource['subject'] = { reference: `Patient/${LOCAL_PATIENT}` };
  });
  const { dataClass, labels } = classify(result);
  expect(dataClass === 'Laboratory' && labels.join() === 'Hiv', `the result is of the class ${dataClass} with the labels ${labels.join()}`);
  const [taken] = await ingest(gateway, result);
  expect(taken?.state === 'held', `the result is ${taken?.state} ${taken?.fault ?? ''}`);
  const record = taken.reference;
  await closeBatches(houses.hospital);
  out.saw(`the hospital's gateway takes in a result that bears the label ${labels.join()}`);
  const ask = (who = specialist, purpose: 'Treat' | 'Hpaymt' = 'Treat') => counter.sign(who, clinic.org, record, { purpose });
  out.refused('the cardiologist, to treat', await counter.refusal(await ask()));

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
  await untilFinal(world);

  out.refused('the cardiologist, as long as the hospital has not read its post', await counter.refusal(await ask()));
  const given = await gateway.house('/openings', JSON.stringify({ handle: patient.handle, openings: [{ sealed: number, opening: toHex(sealed.openingBytes(received)) }] }));
  expect(given.status === 200 && (given.json() as { open: number[] }).open.includes(number), `the gateway does not keep the opening: ${given.body}`);
  const { record: released, entry } = await counter.released(await ask());
  expect(Buffer.compare(released, result) === 0, 'what came is not the result');
  out.saw(`the hospital gives it to its gateway, which finds that it opens number ${number}; the cardiologist asks for the result, to treat: released, ${released.length} bytes`);
  out.because(`the hospital alone knows why. Its log, which the clinic reads too, says: ${reasonOf(entry)}`);
  await anchored(houses.hospital);
  const { anchor, sealed: content } = await counter.receipted(await ask());
  const verified = await anchors.verify(api, anchor, commitmentOf(content));
  expect(verified.ok && verified.status === 'Current', 'the result is not what was anchored');
  out.saw(`it is what the hospital's gateway has anchored by itself meanwhile, in slot ${anchor.org}/${anchor.seq}`);
  const colleague = await counter.refusal(await ask(officer));
  for (const words of [colleague, reasonOf(entry)]) expect(!/sealed|directive/i.test(words), `it is told that ${words}`);
  out.refused('the clinic\'s privacy officer, to treat, who is not told why', colleague);
  out.refused('the cardiologist, for payment', await counter.refusal(await ask(specialist, 'Hpaymt')));

  const revoked = await world.send(sealed.revoke(api, number), patient.pair);
  expect(revoked.fee === 0n, `the revocation cost ${revoked.fee}`);
  await out.did(revoked, `the patient revokes number ${number}; it cost nothing`);
  const state = await snapshot(api, revoked.blockHash);
  const [since, then] = await Promise.all([undefined, state.moment - 1].map((at) => sealed.decideWithAt(state, {
    subject: patient.handle, actor: { organisation: clinic.org, practitioner: specialist.address }, purpose: 'Treat', action: 'Read', dataClass, labels, at,
  }, new Map([[number, received]])))) as [Decision, Decision];
  expect(since.verdict === 'Deny' && then.verdict === 'Permit', `since: ${since.verdict}, before: ${then.verdict}`);
  out.refused('the cardiologist, by the state of that very block and with the opening', `${since.verdict} (${whyInWords(since.why)})`);
  out.refused('the cardiologist, at the gate', await counter.refusal(await ask()));
  out.saw('as of the moment before, the answer is still Permit');
}
