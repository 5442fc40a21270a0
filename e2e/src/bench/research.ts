/**
 * How fast a node answers about research: whether a statement fits terms, and whether a permit is alive, now and at a past moment. The permit's histories
 * are as long as pallets let them be, but for two: yearly reports, which take years, and the versions of its dataset.
 */
import { best, registry, type Call } from '@salus/client';
import * as research from '@salus/research';
import { ROLES } from '@salus/types';
import type { Peopled } from '../setting.js';
import { approveStudy, permitByMatch, sealed, setUpResearch, type Researchers } from '../steps/research.js';
import { hire } from '../steps/staff.js';
import { expect } from '../transcript.js';
import { DAY, YEAR } from '../world.js';
import { cheapest, REPORTED, requestOf, type Asking } from './questions.js';

/** How many versions of its protocol a study has at most, how many approvals; how many acceptances a permit has, and how many outputs. */
const FULL = { protocols: 16, approvals: 64, accepted: 32, outputs: 16 };
/**
 * How many versions the dataset has: the one that was in force at a past moment is looked for among them in 10 steps. Among the most that there can be, 65,536, it
 * would be 16. So many take minutes to publish, and the rows that come after would have another state than without them.
 */
const VERSIONS = 1_024;
/** How many calls one batch has. */
const BATCH = 100;

const DISEASE = research.diseaseCode('MONDO:0005015');

/**
 * Every condition that has a rule and does not exclude the statement below, and all that an offer can name: one disease, one place, months and a moment.
 * Each rule is asked, to the last one.
 */
const WIDEST: research.Offer = {
  permission: 'DS', disease: DISEASE, modifiers: ['NPU', 'NCU', 'NPUNCU', 'GSO', 'PUB', 'COL', 'IRB', 'RTN', 'US', 'PS', 'IS', 'CC'],
  region: { country: 276 }, months: 24, moratorium: 1_800_000_000,
};
/** A statement that says something of all that is asked. What the chain itself knows, nobody states. */
const STATED: research.Statement = {
  uses: ['DISEASE', 'METHODS', 'CLINICAL-CARE'], genotypes: true, forProfit: false, commercial: false, publishes: true, collaborates: true, returns: true,
  region: { country: 276 }, months: 24, publishesFrom: 1_800_000_000,
};

const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

/** A permit that is held, and all that it rests on. */
interface Held extends Researchers {
  study: number;
  dataset: number;
  permit: number;
}

/** A dataset is offered, a study is approved, and a request for it, which matches; the permit begins. */
async function held({ world, institutions: { hospital }, staff }: Peopled): Promise<Held> {
  const parties = await setUpResearch(world);
  const study = await approveStudy(world, parties);
  return { ...parties, study, ...await permitByMatch(world, parties, { name: hospital.name, org: hospital.org, steward: staff.steward }, study) };
}

/** As many versions of the protocol as there can be, and as many approvals, of which the last one lasts. */
async function fillStudy({ api, world }: Peopled, { institute, investigator, board, ethicist, study }: Held): Promise<void> {
  const { batchAll } = api.tx.utility;
  const protocols = range(FULL.protocols - 1).map((nth) => sealed(`amendment ${nth}`));
  await world.send(batchAll(protocols.map((protocol) => research.amendStudy(api, institute.org, study, protocol))), investigator);
  const until = await world.now() + 300 * DAY;
  const last = protocols.at(-1) as (typeof protocols)[number];
  await world.send(batchAll(range(FULL.approvals - 1).map(() => research.approveEthics(api, board.org, study, last, until))), ethicist);
}

/** As many acceptances as there can be, each of tighter terms; then versions that change nothing, and as many outputs as there can be. */
async function fillPermit({ api, world, institutions: { hospital } }: Peopled, { institute, investigator, dataset, permit }: Held): Promise<void> {
  const { batchAll } = api.tx.utility;
  const offered = await research.dataset(api, dataset);
  expect(offered?.version.number === 0, 'the dataset has other versions than the first');
  const { terms, root, size, epoch } = offered.version;
  const months = (termsVersion: number): number => research.MAX_MONTHS - termsVersion;
  const publish = (termsVersion: number): Call =>
    research.publishVersion(api, hospital.org, dataset, { terms: { ...terms, months: months(termsVersion) }, root, size, epoch });
  // The researcher keeps the data too, now that it is permitted: so one account publishes terms and accepts them, in one batch.
  await hire(world, hospital, 'DataSteward', investigator);
  await world.send(batchAll(range(FULL.accepted - 1).flatMap((nth) => [publish(nth + 1), research.acceptTerms(api, institute.org, permit, nth + 1)])), investigator);
  const more = range(VERSIONS - FULL.accepted);
  const batches = range(Math.ceil(more.length / BATCH)).map((nth) => more.slice(nth * BATCH, (nth + 1) * BATCH));
  await world.sendAll(batches.map((each) => batchAll(each.map(() => publish(FULL.accepted - 1)))), investigator);
  const outputs = range(FULL.outputs).map((nth) => research.recordOutput(api, institute.org, permit, nth === 0 ? 'Return' : 'Publication', sealed(`output ${nth}`)));
  await world.send(batchAll(outputs), investigator);
}

/** As many suspensions of the institute's licence as there can be, each reinstated at once; and as many affiliations of the researcher with it. */
async function fillRegistry({ api, world }: Peopled, { institute, investigator }: Held): Promise<void> {
  const { batchAll } = api.tx.utility;
  const { maxLicenceIntervals, maxAffiliationIntervals } = api.consts.registry;
  const now = await world.now();
  await world.send(batchAll(range(maxLicenceIntervals.toNumber() - 1).flatMap(() => [
    registry.suspend(api, institute.org, 'Research'), registry.reinstate(api, institute.org, 'Research', now + YEAR),
  ])), world.registrar);
  for (let missing = maxAffiliationIntervals.toNumber() - 1; missing > 0; missing -= ROLES.length) {
    const roles = ROLES.slice(0, missing);
    await world.send(batchAll(roles.map((role) => registry.invite(api, institute.org, investigator.address, role, now + YEAR / 2))), institute.admin);
    await world.send(batchAll(roles.map((role) => registry.acceptAffiliation(api, institute.org, role))), investigator);
  }
}

/** Whether the histories are as long as the rows say. Tells the permit. */
async function checkFull({ api }: Peopled, { institute, investigator, study, dataset, permit }: Held): Promise<research.Permit> {
  const [studied, offered, found] = await Promise.all([research.study(api, study), research.dataset(api, dataset), research.permit(api, permit)]);
  expect(studied !== undefined && offered !== undefined && found !== undefined, 'the study, the dataset or the permit is not there');
  const { protocols, approvals } = studied;
  const { accepted, outputs } = found;
  const lengths = { protocols: protocols.length, approvals: approvals.length, accepted: accepted.length, outputs: outputs.length };
  expect(JSON.stringify(lengths) === JSON.stringify(FULL), `the histories have ${JSON.stringify(lengths)}`);
  expect(offered.version.number === VERSIONS - 1, `the last version is ${offered.version.number}`);
  const { licences, affiliations } = api.query.registry;
  const [licence, affiliation] = await Promise.all([licences(institute.org, 'Research'), affiliations(institute.org, investigator.address)]);
  const { maxLicenceIntervals, maxAffiliationIntervals } = api.consts.registry;
  const intervals = [licence.unwrap().intervals.length, affiliation.unwrap().intervals.length];
  expect(intervals.join() === [maxLicenceIntervals, maxAffiliationIntervals].join(), `the registry's histories have ${intervals.join(' and ')} intervals`);
  return found;
}

/** A question about the permit, which must be answered with Active, of the moment that `when` tells of the best block's. */
const aliveAt = (endpoint: string, permit: number, when: (now: number) => number): ReturnType<typeof requestOf> => requestOf(endpoint, async ({ api, moment }) => {
  const standing = await research.permitAt(api, permit, when(moment));
  expect(standing?.standing === 'Active', `the permit is ${JSON.stringify(standing)}`);
});

/** Whether the widest statement fits the widest terms. The terms ask for an ethics approval, which nobody states: the table abstains, once it has asked every rule. */
const widestMatch = (endpoint: string): ReturnType<typeof requestOf> => requestOf(endpoint, async ({ api }) => {
  const { answer } = await research.matchTerms(api, WIDEST, STATED, DISEASE);
  expect(answer.answer === 'Abstain' && answer.because.about === 'Condition' && answer.because.rule === 'Irb', `the table says ${research.answerInWords(answer)}`);
});

/** Makes a permit with long histories, and what is asked about it and about terms. */
export async function researchQuestions(all: Peopled, endpoint: string): Promise<Asking[]> {
  const { api, world, institutions: { hospital } } = all;
  const of = await held(all);
  // From here on each pays its own fee: what a sponsor takes on for a day is less. The administrators put deposits down.
  await world.fund([of.investigator, of.ethicist, of.institute.admin, hospital.admin, world.registrar]);
  await fillStudy(all, of);
  await fillPermit(all, of);
  await fillRegistry(all, of);
  const { from } = await checkFull(all, of);
  expect((await best(api)).moment > from, 'the permit has no past');
  return [
    ...cheapest(api),
    { name: '`match_terms`, every condition and a disease', requests: [await widestMatch(endpoint)], share: 1, aims: REPORTED },
    { name: '`permit_at`, now, full histories', requests: [await aliveAt(endpoint, of.permit, (now) => now)], share: 1, aims: REPORTED },
    { name: `\`permit_at\`, of its first moment, ${VERSIONS.toLocaleString('en')} versions later`, requests: [await aliveAt(endpoint, of.permit, () => from)], share: 1, aims: REPORTED },
  ];
}
