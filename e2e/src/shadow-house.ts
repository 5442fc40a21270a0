/**
 * A house whose records are those of made-up patients: in a FHIR server that others wrote, before which each request is seen. What a gateway in
 * shadow is to tell of them is found out here without it.
 */
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { classify, ResourceRefused } from '@salus/fhir';
import { utf8, type DataClass, type SensitivityLabel } from '@salus/types';
import { syntheticRecords } from './fixtures.js';

export interface Resource {
  resourceType: string;
  id: string;
  [member: string]: unknown;
}

export const referenceOf = ({ resourceType, id }: Resource): string => `${resourceType}/${id}`;

/** How many resources one Bundle has. */
const SOME = 100;

/** What resources refer to by `urn:uuid:` is named by type and id, as a server names it. */
function named(resources: readonly Resource[]): Resource[] {
  const types = new Map(resources.map(({ id, resourceType }) => [id, resourceType]));
  const text = JSON.stringify(resources).replace(/urn:uuid:([0-9a-f-]{36})/g, (whole, id: string) => (types.has(id) ? `${types.get(id)}/${id}` : whole));
  return JSON.parse(text) as Resource[];
}

/** The made-up patient of the fixtures, or all patients of a folder of Synthea's Bundles; each resource once. */
export async function synthetic(folder = process.env['SALUS_SYNTHEA']): Promise<Resource[]> {
  const bundles: Resource[][] = [];
  if (folder) {
    for (const name of (await readdir(folder)).filter((each) => each.endsWith('.json')).sort()) {
      const { entry } = JSON.parse(await readFile(join(folder, name), 'utf8')) as { entry: { resource: Resource }[] };
      bundles.push(entry.map(({ resource }) => resource));
    }
  } else {
    bundles.push((await syntheticRecords()).map(({ bytes }) => JSON.parse(new TextDecoder().decode(bytes)) as Resource));
  }
  return [...new Map(bundles.flatMap(named).map((resource) => [referenceOf(resource), resource])).values()];
}

/** A FHIR server, as the house's own systems ask it. */
export class HouseServer {
  constructor(readonly url: string) {}

  async #told(path: string, body?: object): Promise<unknown> {
    const headers = { 'content-type': 'application/fhir+json' };
    const answer = await fetch(`${this.url}/${path}`, body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the FHIR server answers ${path} with ${answer.status}: ${text.slice(0, 300)}`);
    return JSON.parse(text);
  }

  /** Puts them there, with the ids that they have. */
  async putAll(resources: readonly Resource[]): Promise<void> {
    for (let start = 0; start < resources.length; start += SOME) {
      const entry = resources.slice(start, start + SOME).map((resource) => ({ resource, request: { method: 'PUT', url: referenceOf(resource) } }));
      const { entry: answered = [] } = await this.#told('', { resourceType: 'Bundle', type: 'batch', entry }) as { entry?: { response?: { status?: string } }[] };
      const refused = entry.findIndex((_, at) => !answered[at]?.response?.status?.startsWith('20'));
      if (refused !== -1) throw new Error(`the FHIR server does not take ${entry[refused]?.request.url}: ${JSON.stringify(answered[refused])}`);
    }
  }

  /** Which version it has of each of them, and how many resources of each of their types. */
  async state(resources: readonly Resource[]): Promise<Record<string, string>> {
    const found: Record<string, string> = {};
    for (const type of new Set(resources.map(({ resourceType }) => resourceType))) {
      const { total } = await this.#told(`${type}?_summary=count`) as { total: number };
      found[type] = String(total);
    }
    for (const resource of resources) {
      const { meta } = await this.#told(referenceOf(resource)) as { meta: { versionId: string; lastUpdated: string } };
      found[referenceOf(resource)] = `${meta.versionId} ${meta.lastUpdated}`;
    }
    return found;
  }
}

/** Stands before a FHIR server, and keeps what it is asked. */
export class Listener {
  /** Method and path of each request. */
  readonly asked: string[] = [];

  private constructor(readonly server: Server) {}

  static async before(url: string): Promise<Listener> {
    const server = createServer();
    const listener = new Listener(server);
    const answer = async ({ method = '', url: path = '', headers: { accept = '*/*' } }: IncomingMessage, response: ServerResponse): Promise<void> => {
      listener.asked.push(`${method} ${path}`);
      // What is not read is seen, and not done.
      if (method !== 'GET') {
        response.writeHead(405).end();
        return;
      }
      const told = await fetch(`${url}${path}`, { headers: { accept } });
      response.writeHead(told.status, { 'content-type': told.headers.get('content-type') ?? 'application/fhir+json' }).end(Buffer.from(await told.arrayBuffer()));
    };
    server.on('request', (request, response) => { answer(request, response).catch((error: unknown) => { response.writeHead(502).end(String(error)); }); });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    return listener;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => { this.server.close(resolve); });
  }
}

/** A resource, and what is known of it. */
export interface Known {
  resource: Resource;
  /** The id of the one patient whom it names. */
  patient: string | undefined;
  /** Its class and labels, or the fault for which it waits in quarantine. */
  judged: { dataClass: DataClass; labels: SensitivityLabel[] } | { fault: string };
  /** Of what time it is, in seconds since 1970; none if that is not known. */
  time: [number, number] | undefined;
}

/** Types that tell nothing of how what refers to them is to be treated, and how many resources are looked up beside one. */
const UNTOLD = /^(Patient|Practitioner|PractitionerRole|Organization|Location|Encounter|Device|RelatedPerson)\//;
const MOST_BESIDE = 100;

/** All that a value refers to. */
function targetsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => (typeof each === 'string' ? (name === 'reference' || name === 'url' ? [each] : []) : targetsOf(each)));
}

/** What a resource refers to, and what that refers to. */
function besideOf(resource: Resource, all: ReadonlyMap<string, Resource>): Uint8Array[] {
  const [targets, seen, beside] = [targetsOf(resource), new Set<string>(), [] as Uint8Array[]];
  for (let target = targets.pop(); target !== undefined; target = targets.pop()) {
    if (seen.size >= MOST_BESIDE || seen.has(target)) continue;
    seen.add(target);
    const found = UNTOLD.test(target) ? undefined : all.get(target);
    if (!found) continue;
    targets.push(...targetsOf(found));
    beside.push(utf8(JSON.stringify(found)));
  }
  return beside;
}

function patientOf(resource: Resource): string | undefined {
  if (resource.resourceType === 'Patient') return resource.id;
  const named = ['subject', 'patient', 'beneficiary'].flatMap((name) => (resource[name] as { reference?: string } | undefined)?.reference ?? []);
  const [only, ...others] = new Set(named);
  return others.length === 0 && only?.startsWith('Patient/') ? only.slice('Patient/'.length) : undefined;
}

/** The elements that tell the time, of the types of which it matters here; all are moments, or periods of two. Of other types it is not known here. */
const WHEN: Partial<Record<string, string>> = {
  DiagnosticReport: 'effective', Immunization: 'occurrence', MedicationAdministration: 'effective', MedicationRequest: 'authoredOn',
  Observation: 'effective', Procedure: 'performed', SupplyDelivery: 'occurrence',
};

function timeOf(resource: Resource): [number, number] | undefined {
  const element = WHEN[resource.resourceType];
  const [told] = Object.entries(resource).flatMap(([name, value]) => (element !== undefined && name.startsWith(element) ? [value] : []));
  const { start, end } = (typeof told === 'object' ? told : { start: told, end: told }) as { start?: string; end?: string };
  const [from, to] = [start, end].map((moment) => Math.floor(Date.parse(moment ?? '') / 1000));
  // What is of before 1970 is of no time that the chain knows.
  return from !== undefined && to !== undefined && from >= 0 && to >= from ? [from, to] : undefined;
}

/** What the SDK says of each resource: its classifier is not the gateway's. */
export function knownOf(resources: readonly Resource[]): Known[] {
  const all = new Map(resources.map((resource) => [referenceOf(resource), resource]));
  return resources.map((resource) => {
    const known = { resource, patient: patientOf(resource), time: timeOf(resource) };
    try {
      const { dataClass, labels } = classify(utf8(JSON.stringify(resource)), { results: besideOf(resource, all) });
      return { ...known, judged: { dataClass, labels } };
    } catch (error) {
      if (!(error instanceof ResourceRefused)) throw error;
      return { ...known, judged: { fault: error.fault } };
    }
  });
}
