/** Counts at sites: gateways that pull a researcher's jobs, reserve, count, settle and answer; and people who say no and are in no later count, nor in the next epoch. */
import { createPrivateKey, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { consent, handleOf, identity, registerForMessage, registry, signMessage, snapshot, type Call } from '@salus/client';
import { newAgreementKey, newProfile, profileCommitment, type ProfileKey } from '@salus/exchange';
import * as research from '@salus/research';
import type { KeptAnswer, SiteOutcome } from '@salus/research/node';
import { utf8, type Hex } from '@salus/types';
import { has } from '../chains.js';
import { chainArguments, Researcher, type Told } from '../researcher.js';
import { expect } from '../transcript.js';
import { Verifier } from '../verifier.js';
import { until } from '../wait.js';
import { DAY, type Institution, type Patient, type World } from '../world.js';
import { auditEpoch, publishEpoch, refuseOtherList } from './epochs.js';
import type { House } from './gateways.js';
import { sayNo, suspendLicence, type Custodian, type Researchers } from './research.js';

const { answers } = research;

/** A site at which is counted. */
export interface Site extends Custodian {
  house: House;
  dataset: number;
  permit: number;
  /** By which right people are in the dataset: who has said yes, or who has not said no. */
  basis: 'Consent' | 'OptOut';
}

/** A patient with the house's own number, to which the handle is tied there. */
export interface Known extends Patient {
  local: string;
}

/** What a query costs, in millionths: an epsilon of 1, the most that the chain takes for one. */
export const EPSILON = 1_000_000;
/** The value set of the queries: who had haemoglobin measured. */
export const VALUES = { id: 'journey', version: 1, codes: [{ code: 'haemoglobin', of: [{ system: 'http://loinc.org', code: '718-7' }] }] };

/** Who had haemoglobin measured from a month of 2026 on. */
export const haemoglobinFrom = (month: string): research.answers.CountQuery =>
  answers.readQuery(JSON.stringify({ groups: [{ code: 'haemoglobin', from: `2026-${month}`, until: '2026-12' }], valueSet: answers.refTo(VALUES) }));

/**
 * How many people are known to a site, and how many of them say no later. The noise of an answer is a whole number `x` with a probability in proportion to
 * `exp(-|x|)`, since a query costs an epsilon of 1. It is beyond 17 less often than once in ten million counts: so a count of 40 people is told as 25 or more, and one of 4 as 20
 * or fewer, and no count of all the 40 could be taken for one without those who said no.
 */
const KNOWN = 40;
const WITHDRAWN = 36;
/** How many of them take back what they had permitted, where that is asked for, in place of a veto. A gateway acknowledges each of those before it reserves, one transaction after the other. */
const REVOKED = 3;
const MANY = 25;
const FEW = 20;

/** The number that is told, or the one below which it is. */
const sizeOf = (told: research.answers.Told | undefined): number => (told === undefined ? Number.NaN : 'count' in told ? told.count : told.fewerThan);

/** Has sites count for a researcher: each takes the mailbox's address and its token, draws a key for answers, and names it on the chain. */
export async function beginCounting(world: World, researcher: Researcher, sites: readonly Omit<Site, 'basis'>[], address: (url: string, site: Pick<Site, 'org'>) => Promise<string> = async (url) => url): Promise<void> {
  const { api, out } = world;
  const tokens = new Map<number, string>();
  for (const { org, dataset } of sites) tokens.set(org, await researcher.admit(org, [dataset]));
  const url = await researcher.serve();
  out.saw(`the researcher serves a mailbox with salus-research, and has handed a token of its own to each of ${sites.length} sites`);
  for (const { name, org, dataset, house } of sites) {
    const key = await house.gateway.counts({
      mailbox: { url: await address(url, { org }), token: tokens.get(org) as string }, values: answers.canonical(VALUES), datasets: [{ id: dataset, epsilon: EPSILON }],
    });
    await nameKey(world, house, researcher, key);
    out.saw(`the gateway of ${name} has drawn the key under which it answers (salus-gateway research-key)`);
  }
  await Promise.all(sites.map(({ org }) => until(`the keys of organisation ${org} are final`, async () => {
    const final = await api.at(await api.rpc.chain.getFinalizedHead());
    return ((await final.query.registry.clientKeys(org)) as { isSome: boolean }).isSome;
  })));
}

/** A house names the keys with which its systems authenticate from now on, and hands their document to the researcher. */
async function nameKey(world: World, { name, org, admin }: Institution, researcher: Researcher, key: ProfileKey): Promise<void> {
  const document = newProfile(name, { keys: [key] });
  await world.out.did(await world.send(registry.setClientKeys(world.api, org, profileCommitment(document)), admin), `${name} names the key for answers on the chain`);
  await researcher.keep(org, document);
}

/** Registers people at a house and has its gateway keep a result of each. One transaction of the administrator's: an account of staff has an allowance for fifty calls a day. */
export async function fillWith(world: World, { house, name }: Pick<Site, 'house' | 'name'>, count: number): Promise<Patient[]> {
  const { api, out } = world;
  const genesis = api.genesisHash.toHex();
  const expiry = await world.now() + 30 * 60;
  const patients: Patient[] = [];
  const calls: Call[] = [];
  for (let at = 0; at < count; at += 1) {
    const [pair, agreement] = [world.stranger(), await newAgreementKey()];
    const signature = await signMessage(pair, registerForMessage(genesis, house.org, pair.address, agreement.publicKey, expiry));
    calls.push(identity.registerFor(api, house.org, pair.address, agreement.publicKey, expiry, signature));
    patients.push({ pair, agreement, handle: handleOf(genesis, pair.address) });
  }
  const registered = await world.sendForGood(api.tx.utility.batchAll(calls), house.admin);
  const known = patients.map((patient, at): Known => ({ ...patient, local: `research-${at}` }));
  await tie(house, known);
  await keepResults({ house, name }, known);
  await out.did(registered, `${name} registers ${count} people, and its gateway keeps a laboratory result of each`);
  return patients;
}

/** A house ties handles to its own numbers of patients. */
export async function tie({ gateway }: Pick<House, 'gateway'>, patients: readonly Pick<Known, 'handle' | 'local'>[]): Promise<void> {
  for (const { handle, local } of patients) {
    const tied = await gateway.house('/links', JSON.stringify({ handle, patient: local }));
    expect(tied.status === 200, `a handle is not tied to the house's number: ${tied.body}`);
  }
}

/** A house's gateway keeps a laboratory result of each of some patients. */
async function keepResults({ house, name }: Pick<Site, 'house' | 'name'>, patients: readonly Pick<Known, 'local'>[]): Promise<void> {
  const lines = patients.map(({ local }) => JSON.stringify({
    resourceType: 'Observation', id: `haemoglobin-${local}`, status: 'final', subject: { reference: `Patient/${local}` }, effectiveDateTime: '2026-03-01',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }],
    code: { coding: [{ system: 'http://loinc.org', code: '718-7' }] }, valueQuantity: { value: 7.0, unit: 'mmol/L' },
  }));
  const answer = await house.gateway.house('/ingest', utf8(lines.join('\n')), { type: 'application/fhir+ndjson' });
  const held = (answer.json() as { results: { state: string }[] }).results.filter(({ state }) => state === 'held');
  expect(held.length === patients.length, `${name} holds ${held.length} of ${patients.length} records: ${answer.body.slice(0, 300)}`);
}

/** All of them send a call, at once; waits until the last one is final. */
async function allSend(world: World, patients: readonly Patient[], call: (patient: Patient) => Call): Promise<Hex> {
  const sent = await Promise.all(patients.map((patient) => world.send(call(patient), patient.pair)));
  const last = sent.reduce((one, other) => (other.blockNumber > one.blockNumber ? other : one));
  await until('what they have said is final', async () => {
    const { number } = await world.api.rpc.chain.getHeader(await world.api.rpc.chain.getFinalizedHead());
    return number.toNumber() >= last.blockNumber;
  });
  return last.blockHash;
}

/** What each of some sites has answered. Every one must have. */
function allAnswered(told: Told, sites: readonly Pick<Site, 'org'>[]): Map<number, SiteOutcome> {
  const found = new Map(told.sites.map((each) => [each.custodian, each]));
  for (const { org } of sites) expect(found.get(org)?.outcome === 'answered', `organisation ${org}: ${found.get(org)?.words ?? 'nothing'}`);
  return found;
}

/** A researcher who asks under a suspended permit all the same: the site refuses, and says why. */
async function askSuspended(world: World, { investigator }: Researchers, researcher: Researcher, { name, org, dataset, permit }: Site): Promise<void> {
  const { api, out } = world;
  const folder = await researcher.open();
  const genesis = api.genesisHash.toHex() as Hex;
  await finalNow(world);
  const signed = await answers.makeJob(investigator, { genesis, permit, dataset, version: 0, query: haemoglobinFrom('01'), now: await world.now(), life: DAY });
  await folder.leave(org, signed);
  await until(`${name} has replied`, async () => await folder.reply(signed.job.id) !== undefined);
  const [told] = await researcher.collect();
  const site = told?.sites.find(({ custodian }) => custodian === org);
  expect(site?.outcome === 'refused' && /permitSuspended/.test(site.words) && told?.range === undefined, `the site's word under a suspended permit: ${JSON.stringify(told)}`);
  out.refused(`a job that is left under it all the same, by ${name}`, site.words);
}

/** Waits until what is the best block now is final. */
async function finalNow({ api }: World): Promise<void> {
  const { number } = await snapshot(api, (await api.rpc.chain.getBlockHash()).toHex());
  await until('the best block is final', async () => (await api.rpc.chain.getHeader(await api.rpc.chain.getFinalizedHead())).number.toNumber() >= number);
}

/** The answer of a site, as the folder keeps it. */
async function keptOf(researcher: Researcher, { job }: SiteOutcome): Promise<KeptAnswer> {
  const kept = job === undefined ? undefined : await (await researcher.open()).kept(job);
  expect(kept !== undefined, `the answer to job ${job} is not kept`);
  return kept;
}

/** Signs a reply with the key of a site's gateway, as whoever holds that key can. */
async function signAs({ house }: Pick<Site, 'house'>, { profile }: KeptAnswer, reply: research.answers.Reply): Promise<string> {
  const [key] = profile.keys ?? [];
  expect(key !== undefined, 'the profile that is kept has no key');
  const digits = (await readFile(join(house.gateway.folder, 'counts.key'), 'utf8')).trim().slice(2);
  const d = Buffer.from(digits, 'hex').toString('base64url');
  const b64 = (text: string): string => Buffer.from(text).toString('base64url');
  const text = `${b64(JSON.stringify({ alg: 'ES384', kid: key.kid, typ: answers.REPLY_TYPE }))}.${b64(answers.replyText(reply))}`;
  const signature = sign('sha384', Buffer.from(text), { key: createPrivateKey({ key: { crv: key.crv, kty: key.kty, x: key.x, y: key.y, d }, format: 'jwk' }), dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
}

/**
 * A site whose gateway signs, with its own key, an answer for which nothing was reserved: it is not believed, and the audit names it. The job has expired, so that the
 * mailbox shows it to no gateway that would answer it.
 */
async function answerUnreserved(world: World, { investigator }: Researchers, researcher: Researcher, site: Site, kept: KeptAnswer): Promise<void> {
  const { out } = world;
  const { reply: said } = answers.readReply(kept.reply);
  expect('answer' in said.says, 'the reply that is kept is no answer');
  const { answer } = said.says;
  const { genesis, permit, dataset, version, query } = kept.left.signed.job;
  const past = Math.min(await world.now(), Math.floor(Date.now() / 1000)) - 2 * DAY;
  const signed = await answers.makeJob(investigator, { genesis, permit, dataset, version, query, now: past, life: DAY });
  const forged = { ...said, job: signed.job.id, says: { answer: { ...answer, count: { ...answer.count, reservation: answer.count.reservation + 1_000, result: { count: 125 } } } } };
  const folder = await researcher.open();
  await folder.leave(site.org, signed);
  expect(await folder.keepReply(signed.job.id, await signAs(site, kept, forged)) === 'kept', 'another reply is there');
  const { code, told } = await researcher.verify<{ refused?: { doubt: string; detail: string } }>(signed.job.id);
  expect(code === 3 && told.refused?.doubt === 'neverReserved', `a count without a reservation: ${JSON.stringify(told)}`);
  out.refused(`an answer that the key of ${site.name} has signed, and for which nothing was reserved`, told.refused.detail);
  const audited = await researcher.audit();
  const [found, ...more] = audited.told.findings as { finding: string; job?: string }[];
  expect(audited.code === 3 && more.length === 0 && found?.finding === 'withoutReservation' && found.job === signed.job.id, `the audit: ${JSON.stringify(audited.told)}`);
  out.saw('the audit names that answer, and nothing else');
}

/** What is kept with an answer is verified without a node: by `salus-research`, and by `salus-verify`, with the network off. */
export async function verifyKept(world: World, researcher: Researcher, verifier: Verifier | undefined, outcome: SiteOutcome): Promise<void> {
  const { out } = world;
  if (!verifier) {
    out.skipped('the answer, verified without a node', 'a parachain alone has no finality');
    return;
  }
  const { job = '' } = outcome;
  const { code, told } = await researcher.verify<{ believed?: { block: { number: number } } }>(job, await verifier.pins());
  expect(code === 0 && told.believed !== undefined, `salus-research does not verify what it keeps: ${JSON.stringify(told)}`);
  const folder = join(researcher.folder, 'answers', job);
  const [receipt, query] = [join(folder, 'reservation.json'), join(folder, 'query.json')];
  const genuine = await verifier.reservation(receipt, join(folder, 'answer.json'), query);
  expect(genuine.code === 0, `salus-verify does not verify the answer (exit code ${genuine.code}): ${genuine.sentence}`);
  out.saw(`verified without a node, from the genesis on, by salus-research and by salus-verify, which is run ${verifier.how}`);
  out.because(genuine.sentence);
  const answer = JSON.parse(await readFile(join(folder, 'answer.json'), 'utf8')) as { count: { result: unknown } };
  answer.count.result = { count: 1_000 };
  const changed = await verifier.reservation(receipt, await verifier.keep('changed-answer.json', utf8(JSON.stringify(answer))), query);
  expect(changed.code === 1, `a changed answer ends with exit code ${changed.code}: ${changed.sentence}`);
  out.refused('the same with another count: exit code 1', changed.sentence);
  const other = await verifier.reservation(receipt, join(folder, 'answer.json'), await verifier.keep('other-query.json', utf8(answers.canonical(haemoglobinFrom('12')))));
  expect(other.code === 1, `the answer beside another query ends with exit code ${other.code}: ${other.sentence}`);
  out.refused('the same beside another query: exit code 1', other.sentence);
}

/**
 * Two sites count for a researcher; then people say no, and are in no later count, nor in the next epoch. One of them is `patient`, whom the first site knows by a number of
 * its own.
 */
export async function countAtTwoSites(world: World, parties: Researchers, endpoint: string, sites: readonly [Site, Site], patient: Known): Promise<void> {
  const { api, out, folder } = world;
  const [hospital, clinic] = sites;
  const researcher = await Researcher.open(join(folder, 'researcher'), endpoint, api.genesisHash.toHex(), parties.seed);
  const auditor = chainArguments(endpoint, api.genesisHash.toHex());
  try {
    await beginCounting(world, researcher, sites);
    await suspendLicence(world, parties, hospital, hospital.permit, () => askSuspended(world, parties, researcher, hospital));
    const atHospital = await fillWith(world, hospital, KNOWN);
    await keepResults(hospital, [patient]);
    out.saw(`and one of the patient, whom ${hospital.name} knows already`);
    const atClinic = await fillWith(world, clinic, KNOWN);
    const grants = new Map<Patient, number>();
    const end = await world.now() + 30 * DAY;
    await Promise.all(atClinic.map(async (patient) => {
      const permit = consent.permit(api, { organisation: clinic.org }, { actions: ['Read'], purposes: ['Hresch'], classes: ['Laboratory'], until: end });
      grants.set(patient, consent.grantedAs(await world.send(permit, patient.pair)));
    }));
    await finalNow(world);
    out.saw(`${KNOWN} people let ${clinic.name} use their results for research; of those at ${hospital.name} nobody has said no`);

    // With a root that can be opened, which that of the offer cannot: all who can be counted are in it.
    const [wholeHospital, wholeClinic] = await Promise.all([publishEpoch(world, hospital), publishEpoch(world, clinic)]);
    await auditEpoch(world, auditor, hospital, wholeHospital, [...atHospital, patient]);
    await auditEpoch(world, auditor, clinic, wholeClinic, atClinic);

    const first = await researcher.ask(haemoglobinFrom('01'), sites.map(({ permit }) => permit));
    const before = allAnswered(first.told, sites);
    for (const { org, name } of sites) {
      const found = before.get(org) as SiteOutcome;
      expect(sizeOf(found.told) >= MANY, `${name}: ${found.words}, of ${KNOWN} people or one more`);
      out.saw(`${name}: ${found.words}`);
    }
    out.because(`together between ${first.told.range?.least} and ${first.told.range?.most} people: they are not added up, since people are at several sites`);
    const verifier = has('finality') ? await Verifier.prepare(api, folder) : undefined;
    await verifyKept(world, researcher, verifier, before.get(hospital.org) as SiteOutcome);

    await sayNo(world, hospital, patient);
    const vetoed = await allSend(world, [...atHospital.slice(0, WITHDRAWN), ...atClinic.slice(REVOKED, WITHDRAWN)], () => consent.vetoPurpose(api, 'Hresch'));
    await out.did({ blockHash: vetoed }, `${WITHDRAWN} of those at ${hospital.name} say no to all research, and ${WITHDRAWN - REVOKED} at ${clinic.name}, each with a free call`);
    const revoked = await allSend(world, atClinic.slice(0, REVOKED), (patient) => consent.revoke(api, grants.get(patient) as number));
    await out.did({ blockHash: revoked }, `${REVOKED} more at ${clinic.name} take back what they had permitted`);
    // Another question, of the same version and epoch: what was told before stays as it was told.
    const second = await researcher.ask(haemoglobinFrom('02'), sites.map(({ permit }) => permit));
    const after = allAnswered(second.told, sites);
    for (const { org, name } of sites) {
      const found = after.get(org) as SiteOutcome;
      expect(sizeOf(found.told) <= FEW, `${name}: ${found.words}, of ${KNOWN - WITHDRAWN} people who are left`);
      out.saw(`${name}, of ${KNOWN - WITHDRAWN} who are left: ${found.words}`);
    }
    out.because(`with noise, ${KNOWN} people are told as ${MANY} or more, but for one count in ten million`);
    for (const { org, name } of sites) {
      const budget = (await research.population(api, org))?.budget;
      expect(budget?.settled === 2 * EPSILON && budget.reserved === 0, `the budget of ${name} is ${JSON.stringify(budget)}`);
    }
    const [restHospital, restClinic] = await Promise.all([publishEpoch(world, hospital), publishEpoch(world, clinic)]);
    await auditEpoch(world, auditor, hospital, restHospital, atHospital.slice(WITHDRAWN));
    await auditEpoch(world, auditor, clinic, restClinic, atClinic.slice(WITHDRAWN));
    out.because(`whoever said no is in neither, the patient among them: of ${KNOWN + 1} and ${KNOWN} people ${KNOWN - WITHDRAWN} are left at each`);
    await refuseOtherList(world, auditor, hospital, restHospital, wholeHospital, patient);

    const { code, told } = await researcher.audit();
    expect(code === 0 && told.believed === 4 && told.findings.length === 0, `the audit: ${JSON.stringify(told)}`);
    out.saw(`the audit of the researcher's folder: ${told.answers} answers, all believed, each with its reservation on the chain`);
    await answerUnreserved(world, parties, researcher, hospital, await keptOf(researcher, before.get(hospital.org) as SiteOutcome));
  } finally {
    await researcher.stop();
  }
}

