/** Research: a permit lives only while all that it rests on does, and sites count whoever has not said no. More of sites is in `research-sites.test.ts`. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { snapshot, type ApiPromise } from '@salus/client';
import * as research from '@salus/research';
import { needs } from '../chains.js';
import { begin, people, type Peopled } from '../setting.js';
import { fails } from '../steps/amendment.js';
import { countAtTwoSites, tie, type Known, type Site } from '../steps/counts.js';
import { setUp, type House } from '../steps/gateways.js';
import { registerPatient } from '../steps/patient.js';
import { approveStudy, ask, offerData, permitByMatch, sayNo, setUpResearch, suspendLicence, vote, type Custodian, type Researchers } from '../steps/research.js';
import { hire } from '../steps/staff.js';
import type { World } from '../world.js';

let all: Peopled;
let api: ApiPromise;
let world: World;
let parties: Researchers;
let custodian: Custodian;
let study: number;
let permit: number;
let dataset: number;

before(async () => {
  all = await people(await begin());
  ({ api, world } = all);
  parties = await setUpResearch(world);
  custodian = { name: all.institutions.hospital.name, org: all.institutions.hospital.org, steward: all.staff.steward };
  study = await approveStudy(world, parties);
  ({ permit, dataset } = await permitByMatch(world, parties, custodian, study));
});

after(() => all?.stop());

test('a dataset that is offered is found with its terms, and what they exclude can be known before anything is signed', async () => {
  const found = [];
  for await (const each of research.datasets(api)) found.push(each);
  const offered = found.find(({ id }) => id === dataset);
  assert.deepEqual(offered?.version.terms, { permission: 'HMB', modifiers: ['NPU'] });
  assert.deepEqual([offered?.custodian, offered?.rule.committee, offered?.version.epoch, offered?.shortcut], [custodian.org, parties.board.org, 0, true]);
  const terms = offered?.version.terms as research.Offer;
  const answer = async (statement: research.Statement) => (await research.matchTerms(api, terms, statement)).answer;
  assert.deepEqual(await answer({ uses: ['BIOMEDICAL'], months: 3, forProfit: false }), { answer: 'Match' });
  assert.deepEqual(await answer({ uses: ['BIOMEDICAL'], months: 3, forProfit: true }), { answer: 'NoMatch', rule: 'Npu' });
  assert.deepEqual(await answer({ uses: ['GENERAL'], months: 3, forProfit: false }), { answer: 'NoMatch', rule: 'General' });
  assert.deepEqual(await answer({ uses: ['BIOMEDICAL'], months: 3 }), { answer: 'Abstain', because: { about: 'Condition', rule: 'Npu' } });
  assert.deepEqual(research.offerFromDuo(research.offerToDuo(terms)), terms);
});

test('a committee votes on what it has not agreed to leave to the table, and its votes are counted after the deliberation only', async () => {
  await vote(world, parties, await ask(world, parties, study, await offerData(world, parties, custodian)));
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
  await suspendLicence(world, parties, custodian, permit);
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

/** A parachain that is alone has a clock of its own, by which gateways do not go. */
const options = { ...needs('node'), timeout: 1_500_000 };

test('two sites count, refuse under a suspended permit, and leave out who has said no, of counts and of the next epoch', options, async () => {
  const houses: House[] = [];
  try {
    const sites: Site[] = [];
    for (const [institution, basis] of [[all.institutions.hospital, 'OptOut'], [all.institutions.clinic, 'Consent']] as const) {
      const house = await setUp(world, institution, all.endpoint, { name: `gateway-${basis}`, asks: ['Auditor'] });
      houses.push(house);
      await house.handIn();
      const steward = await hire(world, institution, 'DataSteward');
      const by = { name: institution.name, org: institution.org, steward };
      sites.push({ ...by, house, basis, ...await permitByMatch(world, parties, by, study, { basis }) });
    }
    const [first, second] = sites as [Site, Site];
    const patient: Known = { ...await registerPatient(world, all.institutions.hospital, all.staff), local: 'who-says-no' };
    await tie(first.house, [patient]);
    await countAtTwoSites(world, parties, all.endpoint, [first, second], patient);
  } catch (error) {
    for (const { name, gateway } of houses) console.error(`What the gateway of ${name} said last:\n${await gateway.said()}`);
    throw error;
  } finally {
    await Promise.all(houses.map(({ gateway }) => gateway.stop()));
  }
});

test('a patient who says no to research is heard in that block', async () => {
  await sayNo(world, custodian, await registerPatient(world, all.institutions.hospital, all.staff));
});

test('tighter terms suspend the permit until they are accepted', async () => {
  const { institute, investigator } = parties;
  const { steward } = custodian;
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
  await world.send(research.revoke(api, custodian.org, permit, 'OfferEnded'), custodian.steward);
  assert.deepEqual((await research.permit(api, permit))?.standing, { standing: 'Ended', how: 'Revoked' });
});
