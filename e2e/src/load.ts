/**
 * What a gateway adds to a FHIR server: one read, a page of 50 resources, and 200 resources on two pages, of the bare server, of the gateway before it, and of a
 * server that only answers what it has prepared, which shows what is the asking's own. Run by scripts/exchange-load.sh:
 *
 *   node dist/load.js            SALUS_WS names a development chain, SALUS_FHIR_SERVER a FHIR server without records, SALUS_GATEWAY the program
 *
 * SALUS_LOAD_REQUESTS is how many requests each figure has (200). The requests of each figure alternate between the three, so that a moment
 * in which the machine is busy is nobody's alone.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { Agent, createServer, request as httpRequest } from 'node:http';
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { consent } from '@salus/client';
import type { SignedRequest } from '@salus/exchange';
import { Counter, target } from './asking.js';
import { reach } from './node.js';
import { quantile } from './quantile.js';
import { admission } from './steps/admission.js';
import { setUp, type House } from './steps/gateways.js';
import { registerPatient } from './steps/patient.js';
import { untilFinal } from './steps/release.js';
import { takeOnStaff } from './steps/staff.js';
import { Transcript } from './transcript.js';
import { until } from './wait.js';
import { DAY, World } from './world.js';

const RECORDS = 1_000;
const REQUESTS = Number(process.env['SALUS_LOAD_REQUESTS'] ?? 200);
/** How many ask at the same time where requests a second are counted. */
const AT_ONCE = 4;
const LOCAL = 'load-1';

interface Timed {
  milliseconds: number;
  body: string;
}

/** Asks by a connection that is kept. */
class Asker {
  readonly #agent = new Agent({ keepAlive: true });

  get(url: string, headers: Record<string, string> = {}): Promise<Timed> {
    return new Promise((resolve, reject) => {
      const begun = performance.now();
      httpRequest(url, { agent: this.#agent, headers: { accept: 'application/fhir+json', ...headers } }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          const milliseconds = performance.now() - begun;
          const body = Buffer.concat(parts).toString();
          if (response.statusCode === 200) resolve({ milliseconds, body });
          else reject(new Error(`${response.statusCode}: ${body.slice(0, 300)}`));
        });
        response.on('error', reject);
      }).on('error', reject).end();
    });
  }
}

/** A server that answers what it was given, at once: in a process of its own. */
function serveWhatWasPrepared(): void {
  const answers = new Map<string, string>();
  const server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'application/fhir+json' });
    response.end(answers.get(request.url ?? ''));
  });
  process.on('message', ({ path, body }: { path: string; body: string }) => {
    answers.set(path, body);
    process.send?.('kept');
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.send?.(typeof address === 'object' ? address?.port : undefined);
  });
}

const told = <T>(child: ChildProcess): Promise<T> => new Promise((resolve) => { child.once('message', (message) => resolve(message as T)); });

/** One way of asking for the same. Each request is made before it is timed. */
interface Way {
  name: 'prepared' | 'bare' | 'gateway';
  /** All requests of one answer, one after the other. */
  prepare: () => Promise<(asker: Asker) => Promise<Timed[]>>;
}

/** What is asked for. */
interface Work {
  name: string;
  resources: number;
  ways: Way[];
}

const result = (at: number): object => ({
  resourceType: 'Observation', id: `load-${at}`, status: 'final', subject: { reference: `Patient/${LOCAL}` },
  effectiveDateTime: `2026-03-${String((at % 28) + 1).padStart(2, '0')}T08:00:00Z`,
  category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory', display: 'Laboratory' }] }],
  code: { coding: [{ system: 'http://loinc.org', code: '718-7', display: 'Hemoglobin [Mass/volume] in Blood' }], text: 'Hemoglobin' },
  valueQuantity: { value: 11 + (at % 60) / 10, unit: 'g/dL', system: 'http://unitsofmeasure.org', code: 'g/dL' },
  referenceRange: [{ low: { value: 12, unit: 'g/dL' }, high: { value: 16, unit: 'g/dL' } }],
});

async function putAll(server: string): Promise<void> {
  for (let start = 0; start < RECORDS; start += 100) {
    const entry = Array.from({ length: 100 }, (_, at) => ({ resource: result(start + at), request: { method: 'PUT', url: `Observation/load-${start + at}` } }));
    const answer = await fetch(`${server}/`, { method: 'POST', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify({ resourceType: 'Bundle', type: 'batch', entry }) });
    if (!answer.ok) throw new Error(`the FHIR server takes no Bundle: ${answer.status} ${await answer.text()}`);
  }
}

/** For how many seconds a process has computed so far, as the kernel counts it. */
async function computed(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const ms = (milliseconds: number): string => milliseconds.toFixed(1).padStart(8);

/** How many resources the answers have. */
function count(answers: readonly Timed[]): number {
  return answers.reduce((sum, { body }) => {
    const { resourceType, entry = [] } = JSON.parse(body) as { resourceType: string; entry?: unknown[] };
    return sum + (resourceType === 'Bundle' ? entry.length : 1);
  }, 0);
}

interface Figures {
  p50: number;
  p99: number;
  perSecond: number;
}

async function measure(work: Work, processes: ReadonlyMap<string, number>): Promise<void> {
  const times = new Map<string, number[]>(work.ways.map(({ name }) => [name, []]));
  const asker = new Asker();
  for (let round = -5; round < REQUESTS; round += 1) {
    for (const { name, prepare } of work.ways) {
      const answers = await (await prepare())(asker);
      if (round === -5 && count(answers) !== work.resources) throw new Error(`${work.name}, ${name}: ${count(answers)} resources`);
      // The first ones open connections and fill caches.
      if (round >= 0) times.get(name)?.push(answers.reduce((sum, { milliseconds }) => sum + milliseconds, 0));
    }
  }
  const figures = new Map<string, Figures>();
  for (const { name, prepare } of work.ways) {
    const prepared = await Promise.all(Array.from({ length: REQUESTS }, prepare));
    const before = await Promise.all([...processes.values()].map(computed));
    const begun = performance.now();
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      for (let next = prepared.pop(); next !== undefined; next = prepared.pop()) await next(asker);
    }));
    const seconds = (performance.now() - begun) / 1000;
    const after = await Promise.all([...processes.values()].map(computed));
    const own = times.get(name) ?? [];
    figures.set(name, { p50: quantile(own, 0.5), p99: quantile(own, 0.99), perSecond: REQUESTS / seconds });
    const { p50, p99, perSecond } = figures.get(name) as Figures;
    const shares = [...processes.keys()].map((who, at) => `${who} ${(((after[at] ?? 0) - (before[at] ?? 0)) / seconds * 100).toFixed(0)} %`);
    console.log(`${work.name.padEnd(16)} ${name.padEnd(9)} p50 ${ms(p50)} ms  p99 ${ms(p99)} ms  ${perSecond.toFixed(1).padStart(7)}/s   of a core: ${shares.join(', ')}`);
  }
  const [bare, gateway, prepared] = ['bare', 'gateway', 'prepared'].map((name) => figures.get(name) as Figures) as [Figures, Figures, Figures];
  console.log(`${work.name.padEnd(16)} added to the bare server p50 ${ms(gateway.p50 - bare.p50)} ms, p99 ${ms(gateway.p99 - bare.p99)} ms; to the prepared answers p50 ${ms(gateway.p50 - prepared.p50)} ms, p99 ${ms(gateway.p99 - prepared.p99)} ms\n`);
}

const header = (signed: SignedRequest): Record<string, string> => ({ authorization: `Salus-Signed ${Buffer.from(JSON.stringify(signed)).toString('base64url')}` });

async function load(): Promise<void> {
  const [endpoint, server] = ['SALUS_WS', 'SALUS_FHIR_SERVER'].map((name) => {
    const value = process.env[name];
    if (!value) throw new Error(`${name} is not set: scripts/exchange-load.sh sets it`);
    return value;
  }) as [string, string];
  const api = await reach(endpoint);
  const folder = await mkdtemp(join(tmpdir(), 'salus-load-'));
  const floor = fork(fileURLToPath(import.meta.url), ['--prepared']);
  let clinic: House | undefined;
  try {
    const port = await told<number>(floor);
    const world = new World(api, new Transcript(api, () => undefined), folder);
    const institutions = await admission(world);
    const staff = await takeOnStaff(world, institutions);
    const patient = await registerPatient(world, institutions.hospital, staff);
    await putAll(server);
    const begun = Date.now();
    // Beyond what anybody is let in a second otherwise: it is measured what it can do. All is there at its first look, and none comes while it is measured.
    clinic = await setUp(world, institutions.clinic, endpoint, { name: 'clinic-gateway', asks: ['Auditor'], fhirServer: server, fhirEvery: 3_600, rate: 100_000 });
    const { gateway } = clinic;
    const metric = async (name: RegExp): Promise<number> => Number(name.exec((await gateway.house('/metrics')).body)?.[1] ?? 0);
    await until('the gateway has taken all records', async () => await metric(/upstream_total\{outcome="quarantined"\} (\d+)/) >= RECORDS);
    console.log(`${RECORDS} records were taken from the FHIR server within ${((Date.now() - begun) / 1000).toFixed(0)} s`);
    await gateway.house('/links', JSON.stringify({ handle: patient.handle, patient: LOCAL }));
    await until('none waits for whose it is', async () => await metric(/records_quarantined (\d+)/) === 0);
    await world.fund([patient.pair]);
    await world.send(consent.permit(api, { organisation: institutions.hospital.org }, { actions: ['Read'], purposes: ['Treat'], classes: ['Laboratory'], until: await world.now() + DAY }), patient.pair);
    await untilFinal(world);

    const counter = new Counter(world, clinic.org, gateway);
    const { nurse } = staff;
    const org = institutions.hospital.org;
    const search = async (query: string): Promise<(asker: Asker) => Promise<Timed>> => {
      const signed = await counter.sign(nurse, org, target('Observation', query));
      return (asker) => asker.get(`${gateway.outside}/fhir/Observation?${query}`, header(signed));
    };
    const prepared = async (path: string, url: string, times: number): Promise<Way> => {
      const { body } = await new Asker().get(url);
      const kept = told(floor);
      floor.send({ path, body });
      await kept;
      return { name: 'prepared', prepare: async () => async (asker) => {
        const answers = [];
        for (let at = 0; at < times; at += 1) answers.push(await asker.get(`http://127.0.0.1:${port}${path}`));
        return answers;
      } };
    };
    const bare = (urls: readonly string[]): Way => ({ name: 'bare', prepare: async () => async (asker) => {
      const answers = [];
      for (const url of urls) answers.push(await asker.get(url));
      return answers;
    } });
    // The next page is known from a first search, and good for whoever has begun it.
    const hundred = `patient=${patient.handle}&_count=100`;
    const next = (await counter.page(nurse, org, 'Observation', hundred)).next;
    if (next === undefined) throw new Error('the search has no next page');
    const pages = (queries: readonly string[]): Way => ({ name: 'gateway', prepare: async () => {
      const asks = await Promise.all(queries.map(search));
      return async (asker) => {
        const answers = [];
        for (const ask of asks) answers.push(await ask(asker));
        return answers;
      };
    } });
    // All records there are of that patient: it need not look for them.
    const of = `${server}/Observation?_format=json`;
    const works: Work[] = [
      { name: 'one read', resources: 1, ways: [
        await prepared('/one', `${server}/Observation/load-7`, 1),
        bare([`${server}/Observation/load-7`]),
        { name: 'gateway', prepare: async () => {
          const signed = await counter.sign(nurse, org, 'Observation/load-7');
          return async (asker) => [await asker.get(`${gateway.outside}/fhir/Observation/load-7`, header(signed))];
        } },
      ] },
      { name: 'a page of 50', resources: 50, ways: [
        await prepared('/fifty', `${of}&_count=50`, 1), bare([`${of}&_count=50`]), pages([`patient=${patient.handle}&_count=50`]),
      ] },
      { name: '2 pages of 100', resources: 200, ways: [
        await prepared('/hundred', `${of}&_count=100`, 2), bare([`${of}&_count=100`, `${of}&_count=100&_offset=100`]), pages([hundred, next]),
      ] },
    ];
    const processes = new Map([['this program', process.pid], ['gateway', gateway.pid]]);
    for (const name of ['SALUS_NODE_PID', 'SALUS_FHIR_PID'] as const) {
      const pid = process.env[name];
      if (pid) processes.set(name === 'SALUS_NODE_PID' ? 'node' : 'FHIR server', Number(pid));
    }
    console.log(`${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), ${(totalmem() / 2 ** 30).toFixed(0)} GiB; ${REQUESTS} requests a figure; p50 and p99 of one after the other, requests a second with ${AT_ONCE} at a time\n`);
    for (const work of works) await measure(work, processes);
  } finally {
    floor.kill();
    await clinic?.gateway.stop();
    await rm(folder, { recursive: true, force: true });
    await api.disconnect();
  }
}

if (process.argv.includes('--prepared')) {
  serveWhatWasPrepared();
} else {
  load().then(() => process.exit(0), (error: unknown) => {
    console.error(error);
    process.exit(1);
  });
}
