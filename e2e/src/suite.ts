/**
 * Runs the test files, several at a time, each in a process of its own: `node dist/suite.js [FILE...] [--test-...]`. Before that it
 * has the development chain's raw specification made once: a node that has to make its genesis from the preset
 * takes three times as long to start.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CHAIN, has } from './chains.js';
import { developmentSpec } from './node.js';

/** The tests of the sources, so that what an earlier build left is not run. */
async function all(): Promise<string[]> {
  const names = await readdir(fileURLToPath(new URL('../src/tests', import.meta.url)));
  return names.filter((name) => name.endsWith('.test.ts')).sort()
    .map((name) => fileURLToPath(new URL(`tests/${name.replace(/ts$/, 'js')}`, import.meta.url)));
}

const args = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'salus-suite-'));
try {
  const env = { ...process.env };
  if (has('node') && !env['SALUS_DEV_SPEC']) {
    env['SALUS_DEV_SPEC'] = join(folder, 'dev.json');
    await writeFile(env['SALUS_DEV_SPEC'], await developmentSpec());
  }
  const files = args.filter((arg) => !arg.startsWith('--'));
  const runner = spawn(process.execPath, [
    '--test', `--test-concurrency=${Math.max(CHAIN.atOnce, availableParallelism())}`, '--test-timeout=1800000', ...args.filter((arg) => arg.startsWith('--')),
    ...files.length > 0 ? files : await all(),
  ], { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => runner.kill(signal));
  process.exitCode = await new Promise<number>((resolve, reject) => {
    runner.once('error', reject);
    runner.once('close', (code, signal) => {
      if (signal) console.error(`the tests were ended by ${signal}`);
      resolve(code ?? 1);
    });
  });
} finally {
  await rm(folder, { recursive: true, force: true });
}
