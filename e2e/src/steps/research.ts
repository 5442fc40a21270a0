/** Research: what is offered, who approves, who asks, who votes, whether the permit is alive, and a patient who says no. Counts are in `counts.ts`. */
import { randomBytes } from 'node:crypto';
import type { KeyringPair } from '@polkadot/keyring/types';
import { consent, decideAt, registry, snapshot, type Included } from '@salus/client';
import { profileCommitment } from '@salus/exchange';
import * as research from '@salus/research';
import { allows, commit, newSalt, toHex, utf8, type Decision, type Hex, type OrgKind } from '@salus/types';
import { LOCAL_PATIENT } from '../fixtures.js';
import { expect } from '../transcript.js';
import { DAY, YEAR, type Institution, type Patient, type World } from '../world.js';
import type { Institutions } from './admission.js';
import { fails } from './amendment.js';
import { countAtTwoSites } from './counts.js';
import { NO_GATEWAYS, type Houses } from './gateways.js';
import { hire } from './staff.js';

/** Who studies, and who decides. */
export interface Researchers {
  institute: Institution;
  /** Leads the study, and the seed of that account. */
  investigator: KeyringPair;
  seed: Uint8Array;
  /** The ethics body, whose members for data access are the committee as well. */
  board: Institution;
  ethicist: KeyringPair;
  members: KeyringPair[];
}

/** Who keeps data: an organisation, and the person who speaks for it on the chain. */
export interface Custodian extends Pick<Institution, 'name' | 'org'> {
  steward: KeyringPair;
}

/** The committee's terms: health research, by who is not for profit. */
const TERMS: research.Offer = { permission: 'HMB', modifiers: ['NPU'] };
const STATEMENT: research.Statement = { uses: ['BIOMEDICAL'], months: 12, forProfit: false };
/** What a custodian may answer in all, in millionths of epsilon: the most that the chain lets it begin with. */
const BUDGET = 10_000_000;
/** A commitment to a document that nobody here has to open. */
export const sealed = (text: string): Hex => toHex(commit(newSalt(), utf8(text)));

/** An organisation applies and is admitted. */
export async function admitted(world: World, institution: Institution, kind: OrgKind): Promise<void> {
  const { api, registrar } = world;
  const applied = await world.sendForGood(registry.apply(api, [kind], profileCommitment(institution.profile)), institution.admin);
  institution.org = registry.appliedAs(applied);
  await world.send(registry.admit(api, institution.org, kind, await world.now() + YEAR), registrar);
}

/** An institute that studies and an ethics board apply and are admitted; each takes people on, who hold no tokens. */
export async function setUpResearch(world: World): Promise<Researchers> {
  const { out } = world;
  const [institute, board] = [await world.institution('Heart Institute', 'Institute'), await world.institution('Ethics Board', 'Board')] as const;
  await world.fund([institute, board].map(({ admin }) => admin));
  await admitted(world, institute, 'Research');
  await admitted(world, board, 'Ethics');
  const seed = randomBytes(32);
  const investigator = await hire(world, institute, 'Researcher', world.keyring.addFromSeed(seed));
  const people: KeyringPair[] = [];
  // One after the other: the board's administrator signs each invitation.
  for (const role of ['EthicsMember', 'DacMember', 'DacMember', 'DacMember'] as const) people.push(await hire(world, board, role));
  out.saw(`organisation ${institute.org} studies, organisation ${board.org} approves and decides`);
  const [ethicist, ...members] = people as [KeyringPair, ...KeyringPair[]];
  return { institute, investigator, seed, board, ethicist, members };
}

/** A custodian opens its population and offers a dataset. Answers the dataset. */
export async function offerData(world: World, { board }: Researchers, { name, org, steward }: Custodian, basis: research.DatasetBasis = { basis: 'OptOut' }): Promise<number> {
  const { api, out } = world;
  if (await research.population(api, org) === undefined) {
    await out.did(await world.send(research.openPopulation(api, org, board.org, 3, BUDGET), steward), `${name} opens its population: an epsilon of ${research.epsilon(BUDGET)} for all that it will ever offer`);
  }
  const floor = (api.consts as unknown as Record<string, Record<string, unknown>>)['research']?.['minDeliberation'];
  const offered = await world.send(research.offerDataset(api, org, {
    basis, minCohort: 10, rule: { committee: board.org, quorum: 3, deliberation: floor === undefined ? DAY : Number(String(floor)) }, terms: TERMS,
    // Whoever offers a dataset has no tree yet: nobody can open this one, and the first epoch that a gateway publishes takes its place.
    root: sealed('nobody can open it'), size: 'Below10000',
  }), steward);
  const dataset = research.offeredAs(offered);
  await out.did(offered, `it offers dataset ${dataset}: ${research.offerInWords(TERMS)}; ${basis.basis === 'Consent' ? 'of those who have said yes' : 'of those who have not said no'}`);
  return dataset;
}

/** The researcher registers a study, and the ethics board approves it. Answers the study. */
export async function approveStudy(world: World, { institute, investigator, board, ethicist }: Researchers): Promise<number> {
  const { api, out } = world;
  const protocol = sealed('the protocol');
  const registered = await world.send(research.registerStudy(api, institute.org, board.org, ['BIOMEDICAL'], protocol), investigator);
  const study = research.registeredAs(registered);
  await out.did(registered, `a researcher registers study ${study}, with a commitment to its protocol`);
  await out.did(await world.send(research.approveEthics(api, board.org, study, protocol, await world.now() + 300 * DAY), ethicist), 'the ethics board approves it for 300 days');
  expect((await research.study(api, study))?.approved ?? false, 'the study is not approved');
  expect(await world.tokensOf(investigator.address) === 0n, 'the researcher holds tokens');
  return study;
}

/** The researcher asks for a dataset, and the institute co-signs. Answers the request. */
export async function ask(world: World, { institute, investigator }: Researchers, study: number, dataset: number): Promise<number> {
  const { api, out } = world;
  const offered = await research.dataset(api, dataset);
  expect(offered !== undefined, `there is no dataset ${dataset}`);
  const { answer } = await research.matchTerms(api, offered.version.terms, STATEMENT);
  expect(answer.answer === 'Match', `the table says: ${research.answerInWords(answer)}`);
  out.saw(`the chain's table, asked before anything is signed: ${research.answerInWords(answer)}`);
  const asked = await world.send(research.request(api, institute.org, study, dataset, STATEMENT), investigator);
  const request = research.requestedAs(asked);
  await out.did(asked, `request ${request} for dataset ${dataset}`);
  await out.did(await world.send(research.cosign(api, institute.org, request), institute.admin), 'the institute co-signs it');
  return request;
}

/** The committee votes. Its votes are counted after days of deliberation, and not before. */
export async function vote(world: World, { board, members, investigator, institute }: Researchers, request: number): Promise<void> {
  const { api, out } = world;
  expect((await research.accessRequest(api, request))?.stage.stage === 'Voting', 'the request is not with the committee');
  for (const member of members) await out.did(await world.send(research.vote(api, board.org, request, true), member), 'a member of the committee votes for it');
  const voted = await research.accessRequest(api, request);
  expect(voted?.tally.inFavour === members.length && voted.tally.against === 0, 'the votes are not those that were given');
  out.refused('the same member again', await fails(world, research.vote(api, board.org, request, true), members[0] as KeyringPair, 'AlreadyVoted', 'research'));
  out.refused('counting before the deliberation is over', await fails(world, research.conclude(api, board.org, request), board.admin, 'TooEarly', 'research'));
  out.refused('the permit before it is decided', await fails(world, research.acceptTerms(api, institute.org, request, 0), investigator, 'NotGranted', 'research'));
}

/** The committee agrees that a match will do for a dataset; so a request that matches is approved, and the permit begins. Answers it. */
export async function permitByMatch(
  world: World,
  parties: Researchers,
  custodian: Custodian,
  study: number,
  basis?: research.DatasetBasis,
): Promise<{ permit: number; dataset: number }> {
  const { api, out } = world;
  const { board, institute, investigator } = parties;
  const dataset = await offerData(world, parties, custodian, basis);
  await out.did(await world.send(research.setShortcut(api, board.org, dataset, true), board.admin), 'the committee agrees that what matches the terms needs no vote');
  const permit = await ask(world, parties, study, dataset);
  expect((await research.accessRequest(api, permit))?.stage.stage === 'Approved', 'the request was not approved');
  const accepted = await world.send(research.acceptTerms(api, institute.org, permit, 0), investigator);
  await out.did(accepted, `the researcher accepts the terms: permit ${permit} begins`);
  const { api: at, moment } = await snapshot(api, accepted.blockHash);
  const standing = await research.permitAt(at, permit, moment);
  expect(standing?.standing === 'Active', `the permit is ${JSON.stringify(standing)}`);
  return { permit, dataset };
}

const standingIn = async (world: World, { blockHash }: Pick<Included, 'blockHash'>, permit: number, before = 0): Promise<research.Standing | undefined> => {
  const { api: at, moment } = await snapshot(world.api, blockHash);
  return research.permitAt(at, permit, moment - before);
};

/**
 * The registrar suspends the institute's licence: the permit is suspended in that block, and alive again with the licence. The past stays. `meanwhile` is done while it
 * is suspended.
 */
export async function suspendLicence(
  world: World,
  { institute }: Researchers,
  { org, steward }: Custodian,
  permit: number,
  meanwhile: () => Promise<void> = async () => undefined,
): Promise<void> {
  const { api, out, registrar } = world;
  const suspended = await world.send(registry.suspend(api, institute.org, 'Research'), registrar);
  await out.did(suspended, 'the registrar suspends the institute\'s licence for research');
  const now = await standingIn(world, suspended, permit);
  expect(now?.standing === 'Suspended' && now.lapses.join() === 'Licence', `the permit is ${JSON.stringify(now)}`);
  out.saw(`permit ${permit}, in that very block: ${research.standingInWords(now)}`);
  expect((await standingIn(world, suspended, permit, 1))?.standing === 'Active', 'a second before, the permit was not active');
  out.refused('budget for a query under it', await fails(world, research.reserveQuery(api, org, permit, 0, sealed('a query'), 100_000), steward, 'NotActive', 'research'));
  await meanwhile();
  const reinstated = await world.send(registry.reinstate(api, institute.org, 'Research', await world.now() + YEAR), registrar);
  expect((await standingIn(world, reinstated, permit))?.standing === 'Active', 'the permit is not active again');
  await out.did(reinstated, 'the licence is reinstated, and the permit is active again without a transaction of anybody');
}

/** A patient says no to research: from that block on every question about research is answered with a no. */
export async function sayNo(world: World, custodian: Pick<Custodian, 'org'>, patient: Patient): Promise<void> {
  const { api, out } = world;
  const question = { subject: patient.handle, actor: { organisation: custodian.org }, purpose: 'Hresch', action: 'Read', dataClass: 'Problems' } as const;
  const until = await world.now() + 300 * DAY;
  const permitted = await world.send(consent.permit(api, { organisation: custodian.org }, { actions: ['Read'], purposes: ['Hresch'], classes: ['Problems'], until }), patient.pair);
  const ask = async ({ blockHash }: Pick<Included, 'blockHash'>): Promise<Decision> => decideAt(await snapshot(api, blockHash), question);
  expect(allows(await ask(permitted)), 'the directive for research does not let');
  await out.did(permitted, 'the patient lets the hospital use diagnoses for research');
  const vetoed = await world.send(consent.vetoPurpose(api, 'Hresch'), patient.pair);
  expect(!allows(await ask(vetoed)), 'after the veto research is still permitted');
  expect(vetoed.fee === 0n, `saying no cost ${vetoed.fee}`);
  await out.did(vetoed, 'and later says no to all research; it cost nothing, and the patient need not know which studies there are');
}

/** The whole chapter. Counts are made by the gateways of the hospital and the clinic. */
export async function studyHearts(world: World, institutions: Institutions, houses: Houses | undefined, patient: Patient, endpoint: string): Promise<void> {
  const { out } = world;
  out.chapter('Researchers ask for counts, under permits that live only while all that they rest on does');
  if (!('research' in world.api.tx)) {
    out.skipped('research', 'the chain has no pallet for it');
    return;
  }
  const parties = await setUpResearch(world);
  const hospital: Custodian = { name: institutions.hospital.name, org: institutions.hospital.org, steward: await hire(world, institutions.hospital, 'DataSteward') };
  const study = await approveStudy(world, parties);
  await vote(world, parties, await ask(world, parties, study, await offerData(world, parties, hospital)));
  const { permit, dataset } = await permitByMatch(world, parties, hospital, study);
  if (!houses) {
    await suspendLicence(world, parties, hospital, permit);
    out.skipped('the counts and the withdrawal epochs', NO_GATEWAYS);
    await sayNo(world, hospital, patient);
  } else {
    const clinic: Custodian = { name: institutions.clinic.name, org: institutions.clinic.org, steward: await hire(world, institutions.clinic, 'DataSteward') };
    const consented = await permitByMatch(world, parties, clinic, study, { basis: 'Consent' });
    await countAtTwoSites(world, parties, endpoint, [
      { ...hospital, house: houses.hospital, permit, dataset, basis: 'OptOut' },
      { ...clinic, house: houses.clinic, ...consented, basis: 'Consent' },
    ], { ...patient, local: LOCAL_PATIENT });
  }
}
