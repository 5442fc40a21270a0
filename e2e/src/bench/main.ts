/**
 * How much a node of this chain does in a second, of each call that is made most, beside plain transfers in the same run.
 *
 *   node dist/bench/main.js [--count N] [--only TEXT] [--patients N] [--json FILE]
 *
 * Prints a table in Markdown. `scripts/bench.sh` calls it; what the columns mean stands in docs/performance.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { blockMillis, consent } from '@salus/client';
import { insured, type Insured } from '../insured.js';
import { fixedPort, startChain, startNode } from '../node.js';
import { quantile } from '../quantile.js';
import { registerPatients } from '../steps/patient.js';
import { DAY } from '../world.js';
import { flood, type Flooded } from './flood.js';
import { populated } from './population.js';
import { asked, ofEach, questions, type Asked, type Asking } from './questions.js';
import { rows } from './rows.js';
import { starts } from './start.js';

const { values: { count: counted, only, json, patients: wanted } } = parseArgs({
  options: { count: { type: 'string', default: '6000' }, only: { type: 'string' }, json: { type: 'string' }, patients: { type: 'string', default: '0' } },
});
const patients = Number(wanted);
if (!Number.isSafeInteger(patients) || patients < 0) throw new Error('--patients is the number of patients of a second chain, of which questions are asked too');
const count = Number(counted);
if (!Number.isSafeInteger(count) || count < 100) throw new Error('--count is the number of transactions of each row, at least 100');

interface Result {
  name: string;
  aim: number | undefined;
  /** Of a block that was full. */
  perBlock: number;
  perSecond: number;
  declaredPerCall: number;
  declared: number;
  built: number;
  /** Of all, from the first request until all were final. */
  untilFinal: number;
  full: number;
  lost: number;
  failed: number;
  own: number;
  handedIn: number;
}

/** A block counts as full that declares at least this share of what its calls may. */
const FULL = 0.95;
/** How many full blocks a row must have. */
const LEAST = 3;

function summary(name: string, aim: number | undefined, millis: number, room: number, flooded: Flooded): Result {
  const { blocks, seconds, lost, failed, own, handedIn } = flooded;
  const full = blocks.filter(({ declared }) => declared >= FULL * room);
  if (full.length < LEAST) throw new Error(`${name}: ${full.length} of ${blocks.length} blocks were full, too few to say anything: raise --count`);
  const perBlock = quantile(full.map(({ transactions }) => transactions), 0.5);
  const declared = quantile(full.map((block) => block.declared), 0.5);
  return {
    name, aim, perBlock, perSecond: perBlock * 1000 / millis, declared, declaredPerCall: declared / perBlock * 1000,
    built: quantile(full.flatMap(({ built }) => built ?? []), 0.5), full: full.length, lost, failed, own, handedIn,
    untilFinal: blocks.reduce((sum, { transactions }) => sum + transactions, 0) / seconds,
  };
}

const metrics = await fixedPort();
const chain = await startChain('--prometheus-port', String(metrics), '--pool-limit', '65536', '--pool-kbytes', '262144');
process.env['SALUS_WS'] = chain.endpoint;
const results: Result[] = [];
/** What could not be measured, or is not as it must be. */
const faults: string[] = [];
/** What was asked, by the chain. */
const answered: { chain: string; asked: Asked[] }[] = [];
const ROUNDS = 2000;

/** Asks the same of a chain with so many patients besides. */
async function amongMany(all: Insured, asking: readonly Asking[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'salus-patients-'));
  try {
    const [one] = await registerPatients(all.world, all.institutions.hospital, all.staff, 1);
    if (!one) throw new Error('no patient');
    await all.world.fund([one.pair]);
    await all.world.send(consent.permit(all.api, { organisation: all.institutions.clinic.org }, {
      actions: ['Read'], purposes: ['Treat'], classes: ['Laboratory'], until: await all.world.now() + 30 * DAY,
    }), one.pair);
    const { spec, copies, each } = await populated(chain.endpoint, one.handle, patients, folder);
    process.stderr.write(`a chain with ${patients} patients is written\n`);
    const node = await startNode(['--chain', spec], join(folder, 'chain'));
    try {
      answered.push({ chain: `${patients} patients besides, each with a handle and a Permit (${each} bytes of state)`, asked: await asked(node.endpoint, [...asking, await ofEach(all, chain.endpoint, `\`decide\`, one Permit, of ${copies.length} patients in turns`, copies)], ROUNDS) });
    } finally {
      await node.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
try {
  const all = await insured(4);
  const millis = blockMillis(all.api);
  try {
    if (only === undefined || 'decide'.includes(only)) {
      const asking = await questions(all, chain.endpoint);
      answered.push({ chain: 'a chain with few patients', asked: await asked(chain.endpoint, asking, ROUNDS) });
      if (patients > 0) await amongMany(all, asking);
    }
    const room = all.api.consts.system.blockWeights.perClass.normal.maxTotal.unwrap().refTime.toNumber() / 1e9;
    for (const { name, aim, times = 1, effect, prepare } of rows(all)) {
      // Ratios are to the transfers of the same run.
      if (only !== undefined && !name.includes(only) && !name.startsWith('balances.')) continue;
      process.stderr.write(`${name}: getting ready\n`);
      try {
        const signed = await prepare(count * times);
        const flooded = await flood(all.api, chain.endpoint, `http://127.0.0.1:${metrics}/metrics`, signed, effect);
        process.stderr.write(`${name}: ${JSON.stringify(flooded)}\n`);
        results.push(summary(name, aim, millis, room, flooded));
      } catch (error) {
        faults.push(`${name}: ${(error as Error).message}`);
        process.stderr.write(`${faults.at(-1)}\n`);
      }
    }
  } finally {
    await all.stop();
  }
} finally {
  await chain.stop();
}

const start = only === undefined || 'start'.includes(only) ? await starts(5) : undefined;

const transfer = results.find(({ name }) => name.startsWith('balances.'));
const ratio = ({ perSecond }: Result): string => transfer ? (perSecond / transfer.perSecond).toFixed(2) : '';
const table = [
  '| Call | in a full block | a second in full blocks | of transfers | aim | a second until final | of transfers | declared, µs a call | full block: declared, ms | built, ms | declared / built | full blocks | lost | failed | this program\'s share of a core | handed in a second |',
  '|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|',
  ...results.map((row) => `| \`${row.name}\` | ${row.perBlock} | ${row.perSecond.toFixed(0)} | ${ratio(row)} | ${row.aim ?? ''} | ${row.untilFinal.toFixed(0)} | ${transfer ? (row.untilFinal / transfer.untilFinal).toFixed(2) : ''} | ${row.declaredPerCall.toFixed(0)} | ${row.declared.toFixed(0)} | ${row.built.toFixed(0)} | ${(row.declared / row.built).toFixed(1)} | ${row.full} | ${row.lost} | ${row.failed} | ${row.own.toFixed(2)} | ${row.handedIn.toFixed(0)} |`),
];
const cpu = cpus()[0]?.model ?? 'unknown';
const load = readFileSync('/proc/loadavg', 'utf8').split(' ')[0];
const answers = [
  '| Asked over WebSocket | of | p50, ms | p99, ms | a second, 32 at a time |',
  '|---|---|---:|---:|---:|',
  ...answered.flatMap(({ chain: of, asked: all }) => all.map(({ name, p50, p99, perSecond }) => `| ${name} | ${of} | ${p50.toFixed(2)} | ${p99.toFixed(2)} | ${perSecond.toFixed(0)} |`)),
];
process.stdout.write(`${availableParallelism()} cores (${cpu.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB; ${count} transactions a row; load of the machine at the end ${load}\n\n${table.join('\n')}\n\n${answers.join('\n')}\n`);
if (start) process.stdout.write(`\nFrom the start to the first answer: ${start.first.toFixed(1)} s the first time, ${start.second.toFixed(2)} s later (median of 5)\n`);
if (json !== undefined) writeFileSync(json, `${JSON.stringify({ cpu, count, results, asked: answered, start }, null, 2)}\n`);
/** What a full block declares, at most, of the time in which it was built. */
const MOST_DECLARED = 1.7;
for (const { name, aim, perSecond, declared, built, lost, failed } of results) {
  if (lost > 0) faults.push(`${name}: ${lost} were lost`);
  if (failed > 0) faults.push(`${name}: ${failed} failed`);
  if (aim !== undefined && transfer && perSecond < aim * transfer.perSecond) faults.push(`${name}: less than ${aim} of the transfers`);
  // Of transfers the SDK says what they declare. A row without one full block that was seen alone has no number, and that is a fault too.
  if (aim !== undefined && !(declared <= MOST_DECLARED * built)) faults.push(`${name}: a full block declares ${(declared / built).toFixed(1)} times what it takes`);
}
for (const fault of faults) process.stderr.write(`RESULT: ${fault}\n`);
process.stderr.write(faults.length === 0 ? 'RESULT: all as it must be\n' : '');
process.exitCode = faults.length === 0 ? 0 : 1;
