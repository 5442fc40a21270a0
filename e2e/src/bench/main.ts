/**
 * How much a node of this chain does in a second, of each call that is made most, beside plain transfers in the same run.
 *
 *   node dist/bench/main.js [--count N] [--only TEXT] [--json FILE]
 *
 * Prints a table in Markdown. `scripts/bench.sh` calls it; what the columns mean stands in docs/performance.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { blockMillis } from '@salus/client';
import { insured } from '../insured.js';
import { fixedPort, startChain } from '../node.js';
import { quantile } from '../quantile.js';
import { flood, type Flooded } from './flood.js';
import { questions, type Asked } from './questions.js';
import { rows } from './rows.js';
import { starts } from './start.js';

const { values: { count: counted, only, json } } = parseArgs({
  options: { count: { type: 'string', default: '6000' }, only: { type: 'string' }, json: { type: 'string' } },
});
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
  seconds: number;
  lost: number;
  own: number;
  blocks: number;
}

/** Of the blocks between the first and the last, which are not full: the one has begun before the flood, the other has what is left. */
function summary(name: string, aim: number | undefined, millis: number, { blocks, seconds, lost, own }: Flooded): Result {
  const full = blocks.slice(1, -1);
  if (full.length < 1) throw new Error(`${name}: ${blocks.length} blocks had transactions, too few to say anything: raise --count`);
  const perBlock = quantile(full.map(({ transactions }) => transactions), 0.5);
  const declared = quantile(full.map((block) => block.declared), 0.5);
  return {
    name, aim, perBlock, perSecond: perBlock * 1000 / millis, declared, declaredPerCall: declared / perBlock * 1000,
    built: quantile(full.flatMap(({ built }) => built ?? []), 0.5), seconds, lost, own, blocks: blocks.length,
  };
}

const metrics = await fixedPort();
const chain = await startChain('--prometheus-port', String(metrics), '--pool-limit', '65536', '--pool-kbytes', '262144');
process.env['SALUS_WS'] = chain.endpoint;
const results: Result[] = [];
let asked: Asked[] = [];
try {
  const all = await insured(4);
  const millis = blockMillis(all.api);
  try {
    if (only === undefined || 'decide'.includes(only)) asked = await questions(all, chain.endpoint, 2000);
    for (const { name, aim, times = 1, prepare } of rows(all)) {
      if (only !== undefined && !name.includes(only)) continue;
      process.stderr.write(`${name}: getting ready\n`);
      const signed = await prepare(count * times);
      const flooded = await flood(all.api, chain.endpoint, `http://127.0.0.1:${metrics}/metrics`, signed);
      const result = summary(name, aim, millis, flooded);
      results.push(result);
      process.stderr.write(`${name}: ${JSON.stringify(result)} ${JSON.stringify(flooded.blocks)}\n`);
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
  '| Call | in a full block | a second | of transfers | aim | declared, µs a call | full block: declared, ms | built, ms | declared / built | lost | this program\'s share of a core |',
  '|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|',
  ...results.map((row) => `| \`${row.name}\` | ${row.perBlock} | ${row.perSecond.toFixed(0)} | ${ratio(row)} | ${row.aim ?? ''} | ${row.declaredPerCall.toFixed(0)} | ${row.declared.toFixed(0)} | ${row.built.toFixed(0)} | ${(row.declared / row.built).toFixed(1)} | ${row.lost} | ${row.own.toFixed(2)} |`),
];
const cpu = cpus()[0]?.model ?? 'unknown';
const load = readFileSync('/proc/loadavg', 'utf8').split(' ')[0];
const answers = [
  '| Asked over WebSocket | p50, ms | p99, ms | a second, 32 at a time |',
  '|---|---:|---:|---:|',
  ...asked.map(({ name, p50, p99, perSecond }) => `| ${name} | ${p50.toFixed(2)} | ${p99.toFixed(2)} | ${perSecond.toFixed(0)} |`),
];
process.stdout.write(`${availableParallelism()} cores (${cpu.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB; ${count} transactions a row; load of the machine at the end ${load}\n\n${table.join('\n')}\n\n${answers.join('\n')}\n`);
if (start) process.stdout.write(`\nFrom the start to the first answer: ${start.first.toFixed(1)} s the first time, ${start.second.toFixed(2)} s later (median of 5)\n`);
if (json !== undefined) writeFileSync(json, `${JSON.stringify({ cpu, count, results, asked, start }, null, 2)}\n`);
if (results.some(({ lost }) => lost > 0)) {
  process.stderr.write('RESULT: some transactions were lost\n');
  process.exitCode = 1;
}
