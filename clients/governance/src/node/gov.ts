/** `gov`: the command line tool for governance. `main` is the whole of it; `bin/gov.js` runs it. */
import { UsageError, withoutNoise } from '@salus/client/node';
import { DispatchFailed, PoolRejected, TransactionLost } from '@salus/types';
import { BadArgument } from '../governance.js';
import { build, cancel, clear, closeMotion, enact, inspectAny, kindHint, status, proposeMotion, voteOn } from './gov-commands.js';
import { NotDecided, parseCommandLine, type CommandLine } from './gov-options.js';
import { Session, type Terminal } from './gov-session.js';
import { HELP, jsonText, kindsText } from './gov-text.js';
import { upgrade } from './gov-upgrade.js';

const COMMANDS: Record<string, (session: Session, args: string[]) => Promise<void>> = {
  build, inspect: inspectAny, propose: proposeMotion, vote: voteOn, close: closeMotion, status, upgrade, enact, cancel, clear,
};

const REAL: Terminal = {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
  interactive: process.stdin.isTTY === true,
};

const sentence = (error: unknown): string => {
  const text = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
  return /[.!?]$/.test(text) ? text : `${text}.`;
};

/**
 * 2 for what was not meant, 3 for what is not decided yet, 4 for a transaction that was sent and of which nobody knows yet what became of
 * it (whoever repeats it may do it twice), 1 for what the chain refused or could not be reached for.
 */
export function exitCodeOf(error: unknown): 1 | 2 | 3 | 4 {
  if (error instanceof NotDecided) return 3;
  if (error instanceof TransactionLost && error.fate === 'unknown') return 4;
  return error instanceof UsageError || error instanceof BadArgument ? 2 : 1;
}

const details = (error: unknown): Record<string, unknown> => {
  if (error instanceof TransactionLost) return { fate: error.fate, sent: error.sent };
  if (error instanceof DispatchFailed) return { pallet: error.pallet, name: error.error, blockHash: error.blockHash ?? null };
  return error instanceof PoolRejected ? { code: error.code ?? null } : {};
};

async function run({ command, args, options }: CommandLine, env: NodeJS.ProcessEnv, terminal: Terminal): Promise<void> {
  if (command === 'help') return terminal.out(HELP);
  if (command === 'kinds') return terminal.out(kindsText().join('\n'));
  const action = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (!action) throw new UsageError(kindHint(command));
  const session = await Session.open(options, env, terminal);
  try {
    await action(session, args);
    if (options.json) terminal.out(jsonText({ ok: true, ...session.result }));
  } catch (error) {
    if (options.json) terminal.out(jsonText({ ok: false, error: sentence(error), ...details(error), ...session.result }));
    throw error;
  } finally {
    await session.api.disconnect();
  }
}

/** Runs one command and answers with the exit code. */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv = process.env, terminal: Terminal = REAL): Promise<0 | 1 | 2 | 3 | 4> {
  const restore = withoutNoise();
  try {
    await run(parseCommandLine(argv, env), env, terminal);
    return 0;
  } catch (error) {
    terminal.err(`error: ${sentence(error)}`);
    return exitCodeOf(error);
  } finally {
    restore();
  }
}
