import { isDeepStrictEqual } from 'node:util';
import { anchors, consent } from '@salus/client';
import { commitmentOf } from '@salus/exchange';
import { commit, newSalt, toHex, utf8 } from '@salus/types';
import { Counter } from '../asking.js';
import { houseRecords, LOCAL_PATIENT } from '../fixtures.js';
import { expect } from '../transcript.js';
import { until } from '../wait.js';
import { DAY, type Patient, type World } from '../world.js';
import { GRANTED } from './consent.js';
import type { House, Houses } from './gateways.js';
import { anchored, ASIDE, closeBatches, LETTER, REPORT, SCAN, VITALS } from './records.js';
import { untilFinal } from './release.js';
import type { Staff } from './staff.js';

/** A resource, as far as it is looked at here. */
interface Resource {
  resourceType: string;
  id: string;
  meta?: { versionId?: string };
  [member: string]: unknown;
}

/** How many resources one Bundle has. */
const SOME = 100;

/** A FHIR server that others wrote, as the clinic's own systems ask it. */
class FhirServer {
  constructor(private readonly base: string) {}

  async #ask(path: string, method = 'GET', body?: object): Promise<Response> {
    const headers = { accept: 'application/fhir+json', 'content-type': 'application/fhir+json' };
    return fetch(`${this.base}/${path}`, body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) });
  }

  async #told(path: string, method = 'GET', body?: object): Promise<unknown> {
    const answer = await this.#ask(path, method, body);
    const text = await answer.text();
    expect(answer.ok, `the FHIR server answers ${method} ${path} with ${answer.status}: ${text.slice(0, 300)}`);
    return JSON.parse(text);
  }

  /** What it says that it is, if it does, and whether it tells what became of all resources of a type. */
  async says(): Promise<{ name: string; hasHistory: boolean }> {
    const answer = await this.#ask('metadata');
    const { software, fhirVersion, rest = [] } = await answer.json() as {
      software?: { name?: string; version?: string }; fhirVersion?: string; rest?: { resource?: { interaction?: { code: string }[] }[] }[];
    };
    const hasHistory = rest.some(({ resource = [] }) => resource.some(({ interaction = [] }) => interaction.some(({ code }) => code === 'history-type')));
    return { name: software?.name === undefined ? 'nothing' : `${software.name} ${software.version ?? ''}, FHIR ${fhirVersion ?? ''}`, hasHistory };
  }

  /** Puts them there, with the ids that they have. */
  async putAll(resources: readonly Resource[]): Promise<void> {
    for (let start = 0; start < resources.length; start += SOME) {
      const entry = resources.slice(start, start + SOME).map((resource) => ({ resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` } }));
      const { entry: answered = [] } = await this.#told('', 'POST', { resourceType: 'Bundle', type: 'batch', entry }) as { entry?: { response?: { status?: string } }[] };
      const refused = answered.findIndex(({ response }) => !response?.status?.startsWith('20'));
      expect(answered.length === entry.length && refused === -1, `the FHIR server does not take ${entry[refused]?.request.url}: ${JSON.stringify(answered[refused])}`);
    }
  }

  async put(resource: Resource): Promise<void> {
    await this.#told(`${resource.resourceType}/${resource.id}`, 'PUT', resource);
  }

  async get(reference: string): Promise<Resource> {
    return await this.#told(reference) as Resource;
  }

  async delete(reference: string): Promise<void> {
    const { status } = await this.#ask(reference, 'DELETE');
    expect(status === 200 || status === 204, `the FHIR server does not delete ${reference}: ${status}`);
  }
}

/** What lies in a gateway's quarantine: the fault by type and id. */
async function quarantineOf({ gateway }: House): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  let after = 0;
  for (;;) {
    const { quarantine } = (await gateway.house(`/quarantine?after=${after}`)).json() as { quarantine: { number: number; reference: string; fault: string }[] };
    if (quarantine.length === 0) return found;
    for (const { reference, fault } of quarantine) found.set(reference, fault);
    after = quarantine[quarantine.length - 1]?.number ?? after;
  }
}

/** How many versions of resources it has taken from the FHIR server. */
async function takenBy({ gateway }: House): Promise<number> {
  const { body } = await gateway.house('/metrics');
  const counts = [...body.matchAll(/upstream_total\{outcome="(?:held|quarantined|refused)"\} (\d+)/g)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}

/** The types that a gateway reads, of those that are among the records: not who works there, and where. */
const NOT_READ = new Set(['Organization', 'Practitioner', 'PractitionerRole', 'Location', 'Medication']);

/**
 * The clinic's records are in a FHIR server that this project did not write. Its gateway takes them from there, and what is changed or deleted
 * there; and it releases them, and refuses, as the hospital's does.
 */
export async function keepInFhirServer(world: World, { clinic, hospital }: Houses, { nurse }: Staff, patient: Patient, base: string): Promise<void> {
  const { api, out } = world;
  out.chapter('The clinic keeps its records in a FHIR server, and its gateway takes them from there');
  const server = new FhirServer(base);
  const counter = new Counter(world, clinic.org, clinic.gateway);
  const { name, hasHistory } = await server.says();
  out.saw(`of what it is, and of what it can do, the server at ${base} says: ${name}`);
  const tied = await clinic.gateway.house('/links', JSON.stringify({ handle: patient.handle, patient: LOCAL_PATIENT }));
  expect(tied.status === 200, `the handle is not tied to the patient's id: ${tied.body}`);

  const records = (await houseRecords()).map(({ bytes }) => JSON.parse(new TextDecoder().decode(bytes)) as Resource);
  const begun = Date.now();
  await server.putAll(records);
  const read = records.filter(({ resourceType }) => !NOT_READ.has(resourceType)).length;
  out.saw(`the clinic's own system puts ${records.length} resources there, in ${((Date.now() - begun) / 1000).toFixed(0)} s; of types that a gateway reads are ${read}`);
  await until(`the clinic's gateway has taken ${read} resources`, async () => await takenBy(clinic) >= read);
  out.saw(`its gateway has taken all of these ${((Date.now() - begun) / 1000).toFixed(0)} s after the first was put there: nobody handed anything in`);
  // What came before that for which it waits is looked at again after a look at the server.
  const aside = await until('no report waits for results that are there', async () => {
    const found = await quarantineOf(clinic);
    return ![...found.values()].includes('result-not-given') && found;
  });
  for (const [reference, fault] of ASIDE) expect(aside.get(reference) === fault, `${reference} is put aside as ${aside.get(reference)}, not as ${fault}`);
  const theirs = await quarantineOf(hospital);
  const otherwise = [...aside].filter(([reference, fault]) => theirs.get(reference) !== fault);
  expect(otherwise.length === 0, `what the hospital's gateway puts aside otherwise: ${JSON.stringify(otherwise.slice(0, 5))}`);
  out.saw(`${aside.size} are put aside, each for the reason for which the hospital's gateway put it aside, to which they were handed in`);

  const own = async (reference: string): Promise<{ resource: Resource; text: string }> => {
    const { record } = await counter.released(await counter.sign(patient.pair, undefined, reference, { purpose: 'Patrqt' }));
    const text = new TextDecoder().decode(record);
    return { resource: JSON.parse(text) as Resource, text };
  };
  for (const reference of [REPORT, SCAN, VITALS, LETTER]) {
    const { resource } = await own(reference);
    expect(isDeepStrictEqual(resource, await server.get(reference)), `${reference} is not what the server has`);
  }
  out.saw('the patient asks the clinic\'s gateway for four of them: each is what the server has');
  await closeBatches(clinic);
  await anchored(clinic);
  const { anchor, sealed } = await counter.receipted(await counter.sign(patient.pair, undefined, LETTER, { purpose: 'Patrqt' }));
  const verified = await anchors.verify(api, anchor, commitmentOf(sealed));
  expect(verified.ok && verified.status === 'Current', `${LETTER} does not verify`);
  out.saw(`what came from the server is anchored too: slot ${anchor.org}/${anchor.seq}, which verifies`);

  const ask = (reference = REPORT) => counter.sign(nurse, hospital.org, reference);
  out.refused(`a nurse of the hospital, ${REPORT}`, await refusalAtClinic(counter, ask));
  const asked = await world.send(consent.requestAccess(api, hospital.org, patient.handle, 'Organisation', {
    actions: ['Read'], purposes: ['Treat'], classes: GRANTED, until: await world.now() + 30 * DAY,
  }, toHex(commit(newSalt(), utf8('What the clinic found. No copies are kept.')))), nurse);
  const approved = await world.send(consent.approve(api, consent.requestedAs(asked), {
    actions: ['Read'], purposes: ['Treat'], classes: GRANTED, until: await world.now() + DAY,
  }), patient.pair);
  const directive = consent.grantedAs(approved);
  await out.did(approved, `the patient lets the hospital read ${GRANTED.join(' and ')} for a day: directive ${directive}`);
  await untilFinal(world);
  const before = await counter.released(await ask());
  out.saw(`the nurse reads ${REPORT}: ${before.record.length} bytes`);
  const { entries, next } = await counter.page(nurse, hospital.org, 'Observation', `patient=${patient.handle}&category=laboratory&_count=10`);
  expect(entries.length === 10 && next !== undefined, `a page of 10 laboratory results has ${entries.length}`);
  out.saw('and a page of 10 laboratory results');

  const changed = { ...await server.get(REPORT), conclusion: 'Corrected by the laboratory.', status: 'corrected' };
  await server.put(changed);
  const version = (await server.get(REPORT)).meta?.versionId;
  await until('the gateway serves the corrected report', async () => {
    const { record } = await counter.released(await ask());
    return (JSON.parse(new TextDecoder().decode(record)) as Resource)['conclusion'] === changed.conclusion;
  }, { every: 2000 });
  out.saw(`the laboratory corrects the report in the server, as version ${version}: within a look the nurse reads the corrected one`);
  await server.delete(VITALS);
  if (hasHistory) {
    const gone = await until(`the gateway notices that ${VITALS} is not there any more`, async () => (await quarantineOf(clinic)).get(VITALS), { every: 2000 });
    expect(gone === 'gone-upstream', `${VITALS} is put aside as ${gone}`);
    out.refused(`the nurse, ${VITALS}, which was deleted in the server`, await refusalAtClinic(counter, () => ask(VITALS)));
  } else {
    out.saw(`${VITALS} is deleted in the server, which has no history of a type: the gateway notices it when it reads all, once a day`);
  }

  const revoked = await world.send(consent.revoke(api, directive), patient.pair);
  await out.did(revoked, `the patient revokes directive ${directive}`);
  out.refused('the nurse, the report', await refusalAtClinic(counter, ask));
  const after = await counter.page(nurse, hospital.org, 'Observation', next);
  expect(after.entries.length === 0, `the next page of the search has ${after.entries.length} results`);
  out.refused('the next page of the search', 'it is empty');
}

/** The refusal that must come; of what is told in the log, the clinic's own is meant. */
async function refusalAtClinic(counter: Counter, ask: () => ReturnType<Counter['sign']>): Promise<string> {
  return (await counter.refusal(await ask())).replace('the hospital\'s own log', 'the clinic\'s own log');
}
