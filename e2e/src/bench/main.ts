/**
 * How much a node of this chain does in a second, of each call that is made most, beside plain transfers in the same run.
 *
 *   node dist/bench/main.js [--only TEXT] [--blocks] [--count N] [--patients N,N...] [--json FILE]
 *
 * Prints tables in Markdown. `scripts/bench.sh` calls it; what the columns mean stands in docs/performance.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { best, blockAtLeast, blockMillis, consent, type ApiPromise } from '@salus/client';
import { runtimeCache } from '../chains.js';
import { insured, type Insured } from '../insured.js';
import { developmentSpec, fixedPort, startNode } from '../node.js';
import { registerPatients } from '../steps/patient.js';
import { DAY } from '../world.js';
import { HOT, TRANSFER } from './agreed.js';
import { chained } from './chained.js';
import { otherwise, ownOfTransfer, writesOfSigned } from './declared.js';
import { flood } from './flood.js';
import { populated } from './population.js';
import { mostMemory } from './processes.js';
import { asked, ofEach, questions, type Asking } from './questions.js';
import { verified } from './receipt.js';
import { AFTERWARDS, replayed } from './replay.js';
import { agreedIn, AHEAD, faultsOfRun, floorOf, LEAST, report, summary, toFlood, unmeasured, type Found, type Prices } from './report.js';
import { researchQuestions } from './research.js';
import { declaring, rows, type Row } from './rows.js';
import { serve, starts } from './start.js';

const { values: { count: counted, only, blocks: blocksOnly, json, patients: wanted } } = parseArgs({
  options: {
    count: { type: 'string' }, only: { type: 'string' }, blocks: { type: 'boolean', default: false },
    json: { type: 'string' }, patients: { type: 'string', default: '' },
  },
});
const populations = wanted.split(',').filter(Boolean).map(Number);
if (populations.some((patients) => !Number.isSafeInteger(patients) || patients < 1)) {
  throw new Error('--patients is the number of patients of a second chain, of which questions are asked too, or several numbers with commas');
}
const count = counted === undefined ? undefined : Number(counted);
if (count !== undefined && (!Number.isSafeInteger(count) || count < 100)) throw new Error('--count is the number of transactions of each row, at least 100');

/** Whether this part is to be measured. */
const wants = (name: string): boolean => only === undefined || name.includes(only);
/** The same of what is no flood. */
const wantsToo = (name: string): boolean => !blocksOnly && wants(name);

const FLOODS = [TRANSFER, ...HOT];
/** What is asked of the chain that is flooded. */
const ASKED = ['decide', 'research', 'receipt'];
const PARTS = blocksOnly ? FLOODS : [...ASKED, ...FLOODS, 'start', 'postgresql'];
if (!PARTS.some(wants)) throw new Error(`nothing has "${only}" in its name. The parts are: ${PARTS.join(', ')}`);

/**
 * How many full blocks must be left to make when all is handed in: those of which it is told how long they take to be built, the one that is being made
 * then, the one after it if that was announced late, and the last, which is not full.
 */
const BLOCKS = LEAST + 3;
const ROUNDS = 2000;
/** In seconds: for a node to build a genesis of gigabytes. */
const LARGE = 1800;

const found: Found = { results: [], prices: undefined, asked: [], start: undefined, receipt: undefined, replayed: [], starts: [], memory: undefined, chained: undefined };
/** What could not be measured. */
const faults: string[] = [];

const tell = (text: string): void => { process.stderr.write(`${text}\n`); };

/** Measures one part. One that cannot be measured does not keep the others from it. */
async function part(name: string, measure: () => Promise<void>): Promise<void> {
  tell(`${name}: begins after ${process.uptime().toFixed(0)} s`);
  try {
    await measure();
  } catch (error) {
    faults.push(`${name}: ${(error as Error).message}`);
    tell(faults.at(-1) as string);
  }
}

/** Asks the same of a chain with so many patients besides. */
async function amongMany(all: Insured, endpoint: string, asking: readonly Asking[], full: string, single: string, patients: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'salus-patients-'));
  try {
    const population = await populated(endpoint, full, single, patients, folder);
    tell(`a chain with ${patients} patients is written`);
    const node = await serve(['--chain', population.spec, '--base-path', join(folder, 'chain'), ...runtimeCache()], LARGE);
    try {
      tell(`it is served after ${node.seconds.toFixed(0)} s`);
      const copies = await ofEach(all, node.endpoint, `\`decide\`, 64 directives, of ${population.copies.length} patients in turns`, population.copies);
      found.asked.push({
        chain: `a chain with ${patients} patients (${population.copies.length} with 64 directives, ${population.full} bytes of state each; the others with one Permit, ${population.single} bytes)`,
        patients, asked: await asked(node.endpoint, [...asking, copies], ROUNDS),
      });
      tell(JSON.stringify(found.asked.at(-1)));
    } finally {
      await node.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A patient who has given one Permit. */
async function withOnePermit({ api, world, institutions: { hospital, clinic }, staff }: Insured): Promise<string> {
  const [one] = await registerPatients(world, hospital, staff, 1);
  if (!one) throw new Error('no patient');
  await world.fund([one.pair]);
  await world.send(consent.permit(api, { organisation: clinic.org }, {
    actions: ['Read'], purposes: ['Treat'], classes: ['Laboratory'], until: await world.now() + 30 * DAY,
  }), one.pair);
  return one.handle;
}

async function ask(all: Insured, endpoint: string): Promise<void> {
  const { asking, full } = await questions(all, endpoint);
  found.asked.push({ chain: 'a chain with few patients', patients: 0, asked: await asked(endpoint, asking, ROUNDS) });
  tell(JSON.stringify(found.asked.at(-1)));
  if (populations.length === 0) return;
  const single = await withOnePermit(all);
  for (const patients of populations) await part(`decide, ${patients} patients`, () => amongMany(all, endpoint, asking, full, single, patients));
}

async function askOfResearch(all: Insured, endpoint: string): Promise<void> {
  found.asked.push({ chain: 'a chain with a permit for research', patients: 0, asked: await asked(endpoint, await researchQuestions(all, endpoint), ROUNDS) });
  tell(JSON.stringify(found.asked.at(-1)));
}

/** What every signed call takes is what one takes that does nothing. */
async function pricesOf(api: ApiPromise, signer: string): Promise<Prices> {
  const { weight } = await api.tx.system.remark('0x').paymentInfo(signer);
  const base = api.consts.system.blockWeights.perClass.normal.baseExtrinsic.refTime.toNumber();
  const { read, write } = api.consts.system.dbWeight;
  return { fixed: (weight.refTime.toNumber() + base) / 1e6, read: read.toNumber() / 1e6, write: write.toNumber() / 1e6, signed: writesOfSigned() };
}

/** The slowest hand-in so far, in calls a second. */
let handIn: number | undefined;

/** How many calls a flood has, of which `perBlock` fill a block at most: while they are handed in, blocks take the first of them. */
function callsOf(perBlock: number, millis: number): number {
  // Of the first flood it is not known how fast it is handed in; slower than this it is a fault.
  const taken = Math.min(1 / AHEAD, handIn === undefined ? 1 : perBlock * 1000 / millis / handIn);
  return Math.ceil(BLOCKS * perBlock / (1 - taken));
}

async function floodWith(all: Insured, endpoint: string, metrics: number, row: Row, prices: Prices): Promise<void> {
  const room = all.api.consts.system.blockWeights.perClass.normal.maxTotal.unwrap().refTime.toNumber() / 1e9;
  // More than there is room for: a call takes time besides.
  const calls = count ?? callsOf(room * 1000 / floorOf(row.own, prices), blockMillis(all.api));
  const signed = await row.prepare(calls);
  tell(`${row.name}: ${signed.length} calls are signed after ${process.uptime().toFixed(0)} s`);
  const flooded = await flood(all.api, endpoint, `http://127.0.0.1:${metrics}/metrics`, signed, row.effect);
  tell(`${row.name}: ${JSON.stringify(flooded)}`);
  handIn = Math.min(flooded.handedIn, handIn ?? Number.POSITIVE_INFINITY);
  found.results.push(summary(row, prices, blockMillis(all.api), room, flooded));
}

async function onOneChain(folder: string, spec: string): Promise<void> {
  const metrics = await fixedPort();
  // Its folder stays when it stops, for its blocks.
  const chain = await startNode(['--dev', '--chain', spec, '--prometheus-port', String(metrics), '--pool-limit', '262144', '--pool-kbytes', '262144'], folder);
  process.env['SALUS_WS'] = chain.endpoint;
  try {
    const all = await insured(4);
    try {
      if (wantsToo('decide')) await part('decide', () => ask(all, chain.endpoint));
      if (wantsToo('research')) await part('research', () => askOfResearch(all, chain.endpoint));
      if (wantsToo('receipt')) await part('receipt', async () => { found.receipt = await verified(all); });
      const prices = await pricesOf(all.api, all.staff.steward.address);
      found.prices = prices;
      await part('weights of the node', async () => { faults.push(...await otherwise(all.api, declaring(all))); });
      // Ratios are to the transfers of the same run.
      for (const row of toFlood(rows(all), wants, blocksOnly)) await part(row.name, () => floodWith(all, chain.endpoint, metrics, row, prices));
      found.memory = await mostMemory();
      if (found.results.length > 0) await blockAtLeast(all.api, (await best(all.api)).number + AFTERWARDS);
    } finally {
      await all.stop();
    }
  } finally {
    await chain.stop();
  }
}

const { fromElsewhere } = ownOfTransfer();
if (fromElsewhere !== undefined) tell(fromElsewhere);
if (FLOODS.some(wants) || ASKED.some(wantsToo)) {
  const folder = await mkdtemp(join(tmpdir(), 'salus-bench-'));
  try {
    const spec = join(folder, 'raw.json');
    await writeFile(spec, await developmentSpec());
    await onOneChain(folder, spec);
    if (found.results.length > 0) {
      await part('blocks imported', async () => {
        const { found: imported, starts: alone } = await replayed(folder, spec, found.results.map(({ span }) => span));
        [found.replayed, found.starts] = [imported, alone];
      });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
if (wantsToo('start')) await part('start', async () => { found.start = await starts(5); });
// The last: what it leaves the disk to write would make a start slower.
if (wantsToo('postgresql')) {
  await part('postgresql', async () => {
    found.chained = await chained();
    tell(JSON.stringify(found.chained));
  });
}

const whole = only === undefined && !blocksOnly;
const cpu = (cpus()[0]?.model ?? 'unknown').trim();
const load = readFileSync('/proc/loadavg', 'utf8').split(' ')[0];
const machine = `${availableParallelism()} cores (${cpu}), ${Math.round(totalmem() / 2 ** 30)} GiB; load of the machine at the end ${load}; ${process.uptime().toFixed(0)} s`;
process.stdout.write(`${[machine, ...(fromElsewhere === undefined ? [] : [fromElsewhere]), report(found, whole)].join('\n\n')}\n`);
if (json !== undefined) writeFileSync(json, `${JSON.stringify({ cpu, ...found }, null, 2)}\n`);
faults.push(...faultsOfRun(found, blocksOnly));
const { missed, loose } = agreedIn(found);
for (const line of [...missed, ...loose]) tell(line);
for (const fault of faults) tell(`RESULT: ${fault}`);
const missing = whole ? unmeasured(found) : [];
const open = missing.length === 0 ? '' : `; not measured: ${missing.join(', ')}`;
if (faults.length === 0) tell(`RESULT: all as agreed, ${missed.length} aims missed${open}`);
else tell(`RESULT: ${faults.length} faults, ${missed.length} aims missed as agreed${open}`);
process.exitCode = faults.length === 0 ? 0 : 1;
