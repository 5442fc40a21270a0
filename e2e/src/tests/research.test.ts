/** Research: a permit lives only while all that it rests on does, a count is believed by its reservation alone, and a patient's no is heard. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { snapshot, type ApiPromise } from '@salus/client';
import * as research from '@salus/research';
import { begin, people, type Peopled } from '../setting.js';
import { fails } from '../steps/amendment.js';
import { registerPatient } from '../steps/patient.js';
import { approveStudy, ask, countByHand, offerData, permitByMatch, sayNo, setUpResearch, suspendLicence, vote, type Researchers } from '../steps/research.js';
import type { World } from '../world.js';

let all: Peopled;
let api: ApiPromise;
let world: World;
let parties: Researchers;
let study: number;
let permit: number;
let dataset: number;

before(async () => {
  all = await people(await begin());
  ({ api, world } = all);
  parties = await setUpResearch(world);
  study = await approveStudy(world, parties);
  ({ permit, dataset } = await permitByMatch(world, parties, study));
});

after(() => all?.stop());

test('a dataset that is offered is found with its terms, and what they exclude can be known before anything is signed', async () => {
  const found = [];
  for await (const each of research.datasets(api)) found.push(each);
  const offered = found.find(({ id }) => id === dataset);
  assert.deepEqual(offered?.version.terms, { permission: 'HMB', modifiers: ['NPU'] });
  assert.deepEqual([offered?.custodian, offered?.rule.committee, offered?.version.epoch, offered?.shortcut], [parties.custodian.org, parties.board.org, 0, true]);
  const terms = offered?.version.terms as research.Offer;
  const answer = async (statement: research.Statement) => (await research.matchTerms(api, terms, statement)).answer;
  assert.deepEqual(await answer({ uses: ['BIOMEDICAL'], months: 3, forProfit: false }), { answer: 'Match' });
  assert.deepEqual(await answer({ uses: ['BIOMEDICAL'], months: 3, forProfit: true }), { answer: 'NoMatch', rule: 'Npu' });
  assert.deepEqual(await answer({ uses: ['GENERAL'], months: 3, forProfit: false }), { answer: 'NoMatch', rule: 'General' });
  assert.deepEqual(await answer({ uses: ['BIOMEDICAL'], months: 3 }), { answer: 'Abstain', because: { about: 'Condition', rule: 'Npu' } });
  assert.deepEqual(research.offerFromDuo(research.offerToDuo(terms)), terms);
});

test('a committee votes on what it has not agreed to leave to the table, and its votes are counted after the deliberation only', async () => {
  await vote(world, parties, await ask(world, parties, study, await offerData(world, parties)));
});

test('what the terms exclude never reaches the committee', async () => {
  const { institute, investigator, board, members } = parties;
  const asked = await world.send(research.request(api, institute.org, study, dataset, { uses: ['BIOMEDICAL'], months: 12, forProfit: true }), investigator);
  const id = research.requestedAs(asked);
  await world.send(research.cosign(api, institute.org, id), institute.admin);
  assert.deepEqual((await research.accessRequest(api, id))?.stage, { stage: 'Excluded', rule: 'Npu' });
  await fails(world, research.vote(api, board.org, id, true), members[0] as (typeof members)[0], 'VoteClosed', 'research');
});

test('a suspended licence suspends the permit in that block, and the past stays as it was', async () => {
  await suspendLicence(world, parties, permit);
});

test('a suspended ethics approval, and an amended protocol, suspend the permit until it is approved again', async () => {
  const { board, ethicist, institute, investigator } = parties;
  const standing = async (blockHash: string) => {
    const { api: at, moment } = await snapshot(api, blockHash);
    return research.permitAt(at, permit, moment);
  };
  const approve = async (): Promise<string> => {
    const { protocols } = await research.study(api, study) as research.Study;
    return (await world.send(research.approveEthics(api, board.org, study, protocols.at(-1)?.commitment as `0x${string}`, await world.now() + 1_000_000), ethicist)).blockHash;
  };
  const suspended = await world.send(research.suspendEthics(api, board.org, study), ethicist);
  assert.deepEqual(await standing(suspended.blockHash), { standing: 'Suspended', lapses: ['Ethics'] });
  assert.deepEqual(await standing(await approve()), { standing: 'Active' });
  const amended = await world.send(research.amendStudy(api, institute.org, study, `0x${'7a'.repeat(32)}`), investigator);
  assert.deepEqual(await standing(amended.blockHash), { standing: 'Suspended', lapses: ['Ethics'] });
  assert.deepEqual(await standing(await approve()), { standing: 'Active' });
});

test('a count is believed by its reservation on the chain, with a proof, and refused without one', async () => {
  await countByHand(world, parties, permit, dataset);
  const budget = (await research.population(api, parties.custodian.org))?.budget;
  assert.deepEqual(budget, { total: 1_000_000, reserved: 0, settled: 100_000 });
});

test('a patient who says no to research is heard in that block, and the next epoch is published', async () => {
  const patient = await registerPatient(world, all.institutions.hospital, all.staff);
  await sayNo(world, parties, patient, dataset);
});

test('tighter terms suspend the permit until they are accepted', async () => {
  const { custodian, steward, institute, investigator } = parties;
  const { version } = await research.dataset(api, dataset) as research.Dataset;
  const tightened = await world.send(research.publishVersion(api, custodian.org, dataset, {
    terms: { ...version.terms, modifiers: ['NPU', 'NMDS'] }, root: version.root, size: version.size, epoch: version.epoch,
  }), steward);
  const { api: at, moment } = await snapshot(api, tightened.blockHash);
  assert.deepEqual(await research.permitAt(at, permit, moment), { standing: 'Suspended', lapses: ['Terms'] });
  await world.send(research.acceptTerms(api, institute.org, permit, version.number + 1), investigator);
  assert.equal((await research.permit(api, permit))?.standing.standing, 'Active');
  await fails(world, research.publishVersion(api, custodian.org, dataset, {
    terms: version.terms, root: version.root, size: version.size, epoch: version.epoch,
  }), steward, 'TermsLoosened', 'research');
});

test('a permit that is revoked stays so', async () => {
  const { custodian, steward } = parties;
  await world.send(research.revoke(api, custodian.org, permit, 'OfferEnded'), steward);
  assert.deepEqual((await research.permit(api, permit))?.standing, { standing: 'Ended', how: 'Revoked' });
});
