/** `salus-research`: a researcher's command line. `main` is the whole of it; `bin/salus-research.js` runs it. */
import { setTimeout as pause } from 'node:timers/promises';
import { cryptoWaitReady } from '@polkadot/util-crypto';
import { withoutNoise } from '@salus/client/node';
import { InvalidArgument, SalusError, TransactionLost } from '@salus/types';
import { Malformed } from '../answers/closed.js';
import { answersCommand, askCommand, auditCommand, collectCommand, packageCommand, serveCommand } from './asking.js';
import { openChain } from './chain.js';
import { epochCommand } from './epochs.js';
import { HELP } from './help.js';
import { commandLine } from './options.js';
import {
  acceptCommand, amendCommand, closeOutCommand, cosignCommand, datasetsCommand, followCommand, outputCommand, registerCommand, renewCommand, reportCommand,
  requestCommand, showCommand,
} from './permits.js';
import { printableLine } from './printable.js';
import { verifyCommand } from './verifying.js';
import { Run, type Outcome, type Surroundings } from './run.js';

const COMMANDS: Record<string, (run: Run) => Promise<Outcome>> = {
  datasets: datasetsCommand, 'study register': registerCommand, 'study amend': amendCommand, 'study show': showCommand, request: requestCommand,
  cosign: cosignCommand, follow: followCommand, accept: acceptCommand, report: reportCommand, output: outputCommand, renew: renewCommand,
  'close-out': closeOutCommand, serve: serveCommand, ask: askCommand, collect: collectCommand, answers: answersCommand, verify: verifyCommand, audit: auditCommand,
  package: packageCommand, epoch: epochCommand,
};

const REAL: Surroundings = {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  env: process.env,
  open: openChain,
  stopped: () => new Promise((resolve) => { for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve()); }),
  pause: async (millis) => { await pause(millis); },
};

/** 2 for what was not meant, 4 for a transaction of which nobody knows what became of it, 1 for the rest. */
export function exitCodeOf(error: unknown): 1 | 2 | 4 {
  if (error instanceof TransactionLost && error.fate === 'unknown') return 4;
  const isUsage = error instanceof InvalidArgument || error instanceof Malformed || (error instanceof SalusError && error.name === 'UsageError');
  return isUsage ? 2 : 1;
}

async function execute(argv: readonly string[], around: Surroundings): Promise<Outcome> {
  const line = commandLine(argv);
  const action = COMMANDS[line.command];
  if (!action) {
    around.out(HELP);
    return 0;
  }
  await cryptoWaitReady();
  const run = new Run(line, around);
  const outcome = await action(run);
  if (line.values.json) around.out(JSON.stringify(run.result));
  return outcome;
}

/** Runs one command and answers with the exit code. */
export async function main(argv: readonly string[], surroundings: Partial<Surroundings> = {}): Promise<0 | 1 | 2 | 3 | 4> {
  const around = { ...REAL, ...surroundings };
  const restore = withoutNoise();
  try {
    return await execute(argv, around);
  } catch (error) {
    around.err(`error: ${printableLine((error as Error).message.split('\n')[0] ?? '')}`);
    return exitCodeOf(error);
  } finally {
    restore();
  }
}
