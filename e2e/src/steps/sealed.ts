import { randomUUID } from 'node:crypto';
import {
  anchors, best, classify, commitmentOf, consent, decideSafely, finalised, open, rewrap, seal, sealed, snapshot, toHex, whyInWords,
  type AccessEvent, type Hex, type Included, type LogEntry, type Question, type SafeDecision, type SignedRequest,
} from '@salus/client';
import { CHAIN } from '../chains.js';
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
  const wanted = (): Promise<SignedRequest> => counter.ask(specialist, clinic.org, id, 'Treat');
  out.refused('the cardiologist, to treat', await counter.refusal(await wanted()));

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

  const question: Question = {
    subject: patient.handle, actor: { organisation: clinic.org, practitioner: specialist.address }, purpose: 'Treat', action: 'Read', dataClass, labels,
  };
  const freshness = { clock: CHAIN.clock };
  const withOpening = (more: Partial<Question> = {}): Promise<SafeDecision> =>
    sealed.decideSafely(api, { ...question, ...more }, new Map([[number, received]]), freshness);
  const blind = await decideSafely(api, question, freshness);
  expect(!blind.permitted, `without the opening it is ${blind.reason}`);
  out.refused('the cardiologist, by whoever lacks the opening', blind.reason);
  const decision = await withOpening();
  expect(decision.permitted && decision.best.why.kind === 'SealedDirective', decision.reason);
  const told = consent.toldOf(decision);
  expect(JSON.stringify(told) === '{"verdict":"Permit"}', `it is told as ${JSON.stringify(told)}`);
  out.saw(`the hospital decides with the opening, at its own node: ${whyInWords(decision.best.why)}; whoever asked is told "${told.verdict}" and nothing else`);
  for (const [what, more] of [
    ['data with another label as well', { labels: ['Hiv', 'Psy'] }], ['to take a copy away', { action: 'Export' }], ['for payment', { purpose: 'Hpaymt' }],
    ['asked by a colleague', { actor: { organisation: clinic.org, practitioner: officer.address } }],
  ] as [string, Partial<Question>][]) {
    const other = await withOpening(more);
    expect(!other.permitted, `${what}: ${other.reason}`);
    out.refused(`with the opening, ${what}`, consent.toldOf(other).verdict);
  }
  const { request } = await wanted();
  const opened = await open(await rewrap(envelope, hospital.agreement.identity, [clinic.agreement.publicKey]), clinic.agreement.identity);
  const verified = await anchors.verify(api, anchor, commitmentOf(opened));
  expect(verified.ok && verified.status === 'Current', 'the result does not verify');
  await logBoth({ hospital, clinic }, {
    time: (await best(api)).moment, requestId: request.id as Hex, recordId: id, requester: specialist.address, requesterOrganisation: clinic.org,
    purpose: 'Treat', action: 'Read', decision: told.verdict,
  });
  out.saw(`the clinic has it, ${opened.record.length} bytes, and it is what was anchored; both logs say "${told.verdict}"`);

  const revoked = await world.send(sealed.revoke(api, number), patient.pair);
  expect(revoked.fee === 0n, `the revocation cost ${revoked.fee}`);
  await out.did(revoked, `the patient revokes number ${number}; it cost nothing`);
  const inState = async ({ blockHash }: Pick<Included, 'blockHash'>, at?: number) =>
    sealed.decideWithAt(await snapshot(api, blockHash), { ...question, at }, new Map([[number, received]]));
  const [since, then] = [await inState(revoked), await inState(revoked, await world.momentOf(revoked) - 1)];
  expect(since.verdict === 'Deny' && then.verdict === 'Permit', `since: ${since.verdict}, before: ${then.verdict}`);
  out.refused('the cardiologist, in that very block, with the opening', `${since.verdict} (${whyInWords(since.why)})`);
}

/** Both sides log a disclosure, and no more of the decision than is told. */
async function logBoth(
  { hospital, clinic }: Pick<Institutions, 'hospital' | 'clinic'>, what: Omit<AccessEvent, 'side' | 'organisation' | 'outcome'>,
): Promise<void> {
  const entry: LogEntry<AccessEvent> = await hospital.log.append({ ...what, side: 'source', organisation: hospital.org, outcome: 'released' });
  await clinic.log.append({ ...what, side: 'recipient', organisation: clinic.org, outcome: 'received', counterpart: entry.hash as Hex, custodian: hospital.org });
}
