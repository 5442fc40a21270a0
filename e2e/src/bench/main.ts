/**
 * How much a node of this chain does in a second, of each call that is made most, beside plain transfers in the same run.
 *
 *   node dist/bench/main.js [--only TEXT] [--blocks] [--count N] [--patients N,N...] [--json FILE]
 *
 * Prints tables in Markdown. `scripts/bench.sh` calls it; what the columns mean stands in docs/performance.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { best, blockAtLeast, blockMillis, consent, type ApiPromise } from '@salus/client';
import { runtimeCache, soloSpec } from '../chains.js';
import { insured, type Insured } from '../insured.js';
import { fixedPort, startNode } from '../node.js';
import { registerPatients } from '../steps/patient.js';
import { DAY } from '../world.js';
import { flood } from './flood.js';
import { populated } from './population.js';
import { mostMemory } from './processes.js';
import { asked, ofEach, questions, type Asking } from './questions.js';
import { verified } from './receipt.js';
import { AFTERWARDS, replayed } from './replay.js';
import { faultsOf, faultsOfBlocks, floorOf, report, summary, type Found, type Prices } from './report.js';
import { researchQuestions } from './research.js';
import { rows, type Row } from './rows.js';
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

/** Of how many full blocks a flood is. The first is full in part, and so is the last; four between them are needed. */
const BLOCKS = 7;
const ROUNDS = 2000;
/** In seconds: for a node to build a genesis of gigabytes. */
const LARGE = 1800;

const found: Found = { results: [], prices: undefined, asked: [], start: undefined, receipt: undefined, replayed: [], memory: undefined };
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
  return { fixed: (weight.refTime.toNumber() + base) / 1e6, read: read.toNumber() / 1e6, write: write.toNumber() / 1e6 };
}

async function floodWith(all: Insured, endpoint: string, metrics: number, row: Row, prices: Prices): Promise<void> {
  const room = all.api.consts.system.blockWeights.perClass.normal.maxTotal.unwrap().refTime.toNumber() / 1e9;
  // More than there is room for: a call takes time besides.
  const calls = count ?? Math.ceil(BLOCKS * room * 1000 / floorOf(row.own, prices));
  const signed = await row.prepare(calls);
  tell(`${row.name}: ${signed.length} calls are signed after ${process.uptime().toFixed(0)} s`);
  const flooded = await flood(all.api, endpoint, `http://127.0.0.1:${metrics}/metrics`, signed, row.effect);
  tell(`${row.name}: ${JSON.stringify(flooded)}`);
  found.results.push(summary(row, prices, blockMillis(all.api), room, flooded));
}

async function onOneChain(folder: string): Promise<void> {
  const metrics = await fixedPort();
  // Its folder stays when it stops, for its blocks.
  const chain = await startNode(['--dev', ...soloSpec(), '--prometheus-port', String(metrics), '--pool-limit', '65536', '--pool-kbytes', '262144'], folder);
  process.env['SALUS_WS'] = chain.endpoint;
  try {
    const all = await insured(4);
    try {
      if (wantsToo('decide')) await part('decide', () => ask(all, chain.endpoint));
      if (wantsToo('research')) await part('research', () => askOfResearch(all, chain.endpoint));
      if (wantsToo('receipt')) await part('receipt', async () => { found.receipt = await verified(all); });
      const prices = await pricesOf(all.api, all.staff.steward.address);
      found.prices = prices;
      const every = rows(all);
      const isTransfer = ({ name }: Row): boolean => name.startsWith('balances.');
      const chosen = every.filter((row) => wants(row.name) && !(blocksOnly && isTransfer(row)));
      // Ratios are to the transfers of the same run.
      const needed = blocksOnly || chosen.length === 0 || chosen.some(isTransfer) ? [] : every.filter(isTransfer);
      for (const row of [...needed, ...chosen]) await part(row.name, () => floodWith(all, chain.endpoint, metrics, row, prices));
      found.memory = await mostMemory();
      if (found.results.length > 0) await blockAtLeast(all.api, (await best(all.api)).number + AFTERWARDS);
    } finally {
      await all.stop();
    }
  } finally {
    await chain.stop();
  }
}

const parts = ['decide', 'research', 'receipt', 'balances.transfer_keep_alive', 'patient_identity.register', 'consent.permit (to an organisation)', 'consent.revoke',
  'record_anchor.anchor', 'record_anchor.anchor_batch', 'claims.submit (one line, settled)'];
if (blocksOnly || parts.some(wants)) {
  const folder = await mkdtemp(join(tmpdir(), 'salus-bench-'));
  try {
    await onOneChain(folder);
    if (found.results.length > 0) {
      await part('blocks imported', async () => { found.replayed = (await replayed(folder, found.results.map(({ span }) => span))).found; });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
if (wantsToo('start')) await part('start', async () => { found.start = await starts(5); });

const cpu = (cpus()[0]?.model ?? 'unknown').trim();
const load = readFileSync('/proc/loadavg', 'utf8').split(' ')[0];
process.stdout.write(`${availableParallelism()} cores (${cpu}), ${Math.round(totalmem() / 2 ** 30)} GiB; load of the machine at the end ${load}; ${process.uptime().toFixed(0)} s\n\n${report(found, only === undefined && !blocksOnly)}\n`);
if (json !== undefined) writeFileSync(json, `${JSON.stringify({ cpu, ...found }, null, 2)}\n`);
faults.push(...faultsOfBlocks(found));
if (!blocksOnly) faults.push(...faultsOf(found));
for (const fault of faults) tell(`RESULT: ${fault}`);
if (faults.length === 0) tell('RESULT: all as it must be');
process.exitCode = faults.length === 0 ? 0 : 1;
