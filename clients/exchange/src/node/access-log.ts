/** `salus-log`: verifies access logs against their heads, commits to them, compares two of them. `bin/salus-log.js` runs it. */
import { stat, writeFile } from 'node:fs/promises';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { cryptoWaitReady } from '@polkadot/util-crypto';
import { knownCommand, inputText, UsageError, wholeNumber, withoutNoise, withoutSecrets, type SignerOptions } from '@salus/client/node';
import { InvalidArgument, printable, type AccessEvent, type LogEntry } from '@salus/types';
import { moment } from '@salus/types/time';
import {
  allCommits, dayFrom, dayInWords, DEFAULT_SLACK, entryNotProved, findingInWords, lookInWords, looksAt, nextCommit, NOT_PROVED, proveEntry,
  reconcile, verifyLogAgainstHeads, type Audit, type Comparison, type EntryProof, type LogReport,
} from '../access-log/index.js';
import { openLogChain, type LogChain, type LogChainOptions, type Prepared } from './access-log-chain.js';
import { entriesIn } from './log-lines.js';

const HELP = `salus-log: access logs of custodians, and the heads that they commit to

  salus-log verify LOG --organisation N        compare a log with its heads, and name what is wrong with it
      --epoch N        of which epoch the log is, of one that was begun anew; the last unless told. Also with prove
      --slack S        by how many seconds the time of an entry may be off; ${DEFAULT_SLACK} unless told
  salus-log commit LOG --organisation N        show the next commit, also if there are no new entries
      --send           sign and send it
  salus-log begin-anew --organisation N        begin the log anew: it is lost, or was committed to wrongly. All see it
      --send           sign and send it
  salus-log reconcile OURS THEIRS --day 2026-11-28   compare the logs of two organisations for a day, in UTC
      --organisation N --counterparty N   whose logs they are; as the first entries say unless told
      --send           sign and send what was found, as numbers alone
  salus-log prove LOG --organisation N --entry N --out FILE   the proof of one entry, for whom it is about
  salus-log check FILE --organisation N        whether the organisation committed to the entry in such a proof
  salus-log patient LOG... --records FILE      who looked at the records of a patient; FILE is JSON:
                                               [{"custodian": 1, "recordId": "..."}, ...]

  LOG is a file with one entry a line, as FileLog writes it; the whole of it, from entry 0.
  --node URL           the node; SALUS_WS or ws://127.0.0.1:9944 unless told. --ws is the same
  --genesis HASH       refuse any other chain
  --chain-clock        tell the present by the chain's clock, of a development chain alone
  --suri-file FILE     the signer's secret, mode 600; SALUS_SURI_FILE or SALUS_SURI unless told
  --crypto KIND        sr25519 (unless told), ed25519 or ecdsa
  --json               print one JSON object
Exit codes: 0 all is well, 1 refused or not reached, 2 wrong usage, 3 something was found.`;

const OPTIONS = {
  node: { type: 'string' }, ws: { type: 'string' }, genesis: { type: 'string' }, 'chain-clock': { type: 'boolean' },
  organisation: { type: 'string' }, counterparty: { type: 'string' }, slack: { type: 'string' }, day: { type: 'string' }, entry: { type: 'string' }, epoch: { type: 'string' },
  out: { type: 'string' }, records: { type: 'string' }, send: { type: 'boolean' }, 'suri-file': { type: 'string' }, crypto: { type: 'string' },
  json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsConfig['options'];

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

/** Where the tool writes, and how it reaches a chain; the process's own streams and a node unless a test gives others. */
export interface Surroundings {
  out: (line: string) => void;
  err: (line: string) => void;
  env: NodeJS.ProcessEnv;
  open: (options: LogChainOptions, env: NodeJS.ProcessEnv) => Promise<LogChain>;
}

const REAL: Surroundings = {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  env: process.env,
  open: openLogChain,
};

const CHAIN = ['node', 'ws', 'genesis', 'chain-clock', 'json'] as const;
const SIGNER = ['send', 'suri-file', 'crypto'] as const;

/** Only these: an option that a command does not know is a mistake, not a wish. */
const KNOWN: Record<string, readonly (keyof Values)[]> = {
  verify: [...CHAIN, 'organisation', 'slack', 'epoch'],
  commit: [...CHAIN, ...SIGNER, 'organisation'],
  'begin-anew': [...CHAIN, ...SIGNER, 'organisation'],
  reconcile: [...CHAIN, ...SIGNER, 'organisation', 'counterparty', 'day'],
  prove: [...CHAIN, 'organisation', 'entry', 'epoch', 'out'],
  check: [...CHAIN, 'organisation'],
  patient: ['records', 'json'],
};

/** A command's run. What it finds out is printed in the end, as lines or as one JSON object. */
interface Run {
  args: string[];
  values: Values;
  surroundings: Surroundings;
  /** What `--json` prints. */
  result: Record<string, unknown>;
  say: (...lines: string[]) => void;
}

/** 0 if all is well, 3 if something was found. */
type Outcome = 0 | 3;

function commandLine(argv: readonly string[]): { command: string; args: string[]; values: Values } {
  withoutSecrets(argv);
  let parsed;
  try {
    parsed = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const { values, positionals: [command = '', ...args] } = parsed;
  if (values.help || command === 'help') return { command: 'help', args: [], values };
  knownCommand(command, values, KNOWN);
  if (values.node !== undefined && values.ws !== undefined) throw new UsageError('either --node or --ws: they are the same');
  return { command, args, values };
}

/** So many arguments, each named. */
function exactly<const N extends readonly string[]>({ args }: Run, command: string, ...names: N): { [I in keyof N]: string } {
  if (args.length > names.length) throw new UsageError(`${command} does not know what to do with "${args[names.length]}"`);
  if (args.length < names.length) throw new UsageError(`${command} needs ${names.join(' and ')}`);
  return args as unknown as { [I in keyof N]: string };
}

function needed(value: string | undefined, command: string, option: string): string {
  if (value === undefined) throw new UsageError(`${command} needs ${option}`);
  return value;
}

/** An existing file. A stream would say that there is none only when it is read. */
async function file(path: string): Promise<string> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error.code ?? String(error));
  if (typeof found === 'string') throw new UsageError(`${path} cannot be read: ${found}`);
  if (!found.isFile()) throw new UsageError(`${path} is no file`);
  return path;
}

function cryptoIn(text: string | undefined): SignerOptions['crypto'] {
  const crypto = text ?? 'sr25519';
  if (crypto === 'sr25519' || crypto === 'ed25519' || crypto === 'ecdsa') return crypto;
  throw new UsageError(`there is no kind of key "${crypto}": sr25519, ed25519 or ecdsa`);
}

async function withChain({ values, surroundings: { env, open, err }, result }: Run, use: (chain: LogChain) => Promise<Outcome>): Promise<Outcome> {
  const chain = await open({
    node: values.node ?? values.ws ?? env['SALUS_WS'] ?? 'ws://127.0.0.1:9944', genesis: values.genesis, chainClock: values['chain-clock'] ?? false,
    suriFile: values['suri-file'] ?? env['SALUS_SURI_FILE'], crypto: cryptoIn(values.crypto),
  }, env);
  try {
    if (chain.problem !== undefined) {
      result['notPresent'] = chain.problem;
      err(`Note: what follows is not of the present. The node cannot be relied on now: ${chain.problem}.`);
    }
    return await use(chain);
  } finally {
    await chain.close();
  }
}

/** Compares a log with its heads in a state of the chain. */
async function audited(chain: LogChain, state: 'final' | 'best', organisation: number, path: string, options: Pick<Audit, 'slack' | 'epoch'> = {}): Promise<LogReport> {
  const { commits: reader, moment: now } = chain[state];
  const { genesisHash, heartbeat } = chain;
  return verifyLogAgainstHeads({ organisation, genesisHash, heartbeat, now, ...await allCommits(reader, organisation), ...options, entries: entriesIn(path) });
}

const wholeIf = (text: string | undefined, option: string): number | undefined => (text === undefined ? undefined : wholeNumber(text, option));

const provedInWords = ({ proved }: LogReport): string => (proved
  ? `proved up to before entry ${proved.entries}, by commit ${proved.commit} of ${moment(proved.at)}, head ${proved.head}`
  : 'nothing is proved: no commit has all its entries');

async function verifyCommand(run: Run): Promise<Outcome> {
  const [path] = exactly(run, 'verify', 'LOG');
  const organisation = wholeNumber(needed(run.values.organisation, 'verify', '--organisation N'), '--organisation');
  const options = { slack: wholeIf(run.values.slack, '--slack'), epoch: wholeIf(run.values.epoch, '--epoch') };
  await file(path);
  return withChain(run, async (chain) => {
    const report = await audited(chain, 'final', organisation, path, options);
    const { findings, lines, uncommitted, now, proved } = report;
    Object.assign(run.result, { ...report, sound: findings.length === 0, block: chain.final.block });
    const standing = proved || findings.length > 0 ? provedInWords(report) : 'it was never committed to';
    run.say(
      ...findings.map(findingInWords),
      `${path}: ${findings.length === 0 ? 'sound' : `${findings.length} finding${findings.length === 1 ? '' : 's'}`}, as of block ${chain.final.block} of ${moment(now)}`,
      `${lines} lines, ${uncommitted} entries not committed to yet; ${standing}`,
    );
    return findings.length === 0 ? 0 : 3;
  });
}

/** Shows a call, or sends it. */
async function showOrSend({ values, result, say }: Run, prepared: Prepared): Promise<void> {
  result['call'] = prepared.hex;
  if (!values.send) {
    say(`To be signed: ${prepared.hex}`, 'Nothing was sent (--send).');
    return;
  }
  const done = await prepared.send();
  result['sent'] = done;
  say(`Signed by ${done.by}, in block ${done.block}, which is final.`);
}

async function commitCommand(run: Run): Promise<Outcome> {
  const [path] = exactly(run, 'commit', 'LOG');
  const organisation = wholeNumber(needed(run.values.organisation, 'commit', '--organisation N'), '--organisation');
  await file(path);
  return withChain(run, async (chain) => {
    const stands = await chain.best.commits.custodian(organisation);
    // Whoever goes on with a log that is not the one that was committed to makes it worse.
    const { proved } = await audited(chain, 'best', organisation, path);
    if ((proved?.commit ?? -1) + 1 !== (stands?.commits ?? 0)) {
      run.surroundings.err(`error: not committed to: ${path} is not the log that was committed to before; salus-log verify says what is wrong`);
      return 3;
    }
    const next = await nextCommit(organisation, stands, entriesIn(path));
    const { seqFrom, seqUntil, root, previous } = next;
    Object.assign(run.result, { organisation, number: stands?.commits ?? 0, seqFrom: `${seqFrom}`, seqUntil: `${seqUntil}`, root, previous });
    run.say(`Commit ${stands?.commits ?? 0} of organisation ${organisation}: entries ${seqFrom} up to before ${seqUntil}, root ${root}, head before ${previous}`);
    await showOrSend(run, chain.commit(next));
    return 0;
  });
}

async function beginAnewCommand(run: Run): Promise<Outcome> {
  exactly(run, 'begin-anew');
  const organisation = wholeNumber(needed(run.values.organisation, 'begin-anew', '--organisation N'), '--organisation');
  return withChain(run, async (chain) => {
    const stands = await chain.best.commits.custodian(organisation);
    if (!stands) throw new UsageError(`organisation ${organisation} has not begun a log`);
    Object.assign(run.result, { organisation, epoch: stands.epoch + 1, previous: stands.head });
    run.say(`Epoch ${stands.epoch + 1} of the log of organisation ${organisation}, after ${stands.entries} entries of epoch ${stands.epoch}, head before ${stands.head}`);
    await showOrSend(run, chain.beginAnew(organisation, stands.head));
    return 0;
  });
}

/** Whose log a file is, by its first entry. */
async function organisationIn(path: string, told: string | undefined, option: string): Promise<number> {
  await file(path);
  if (told !== undefined) return wholeNumber(told, option);
  for await (const first of entriesIn(path)) {
    const { organisation } = (first ?? {}) as Partial<LogEntry>;
    if (typeof organisation === 'number') return organisation;
    break;
  }
  throw new UsageError(`${path} does not say whose log it is: say it with ${option}`);
}

const accessInWords = ({ seq, time, outcome, organisation, requestId, recordId }: LogEntry<AccessEvent>): string =>
  `entry ${seq} of organisation ${organisation}, ${moment(time)}: ${outcome}, request ${requestId}, record ${recordId}`;

function comparisonInWords({ organisation, counterparty, day, counts, onlyOurs, onlyTheirs, disagreements, unattributed }: Comparison): string[] {
  return [
    ...onlyOurs.map((entry) => `OnlyOurs: ${accessInWords(entry)}: organisation ${counterparty} has not logged it`),
    ...onlyTheirs.map((entry) => `OnlyTheirs: ${accessInWords(entry)}: organisation ${organisation} has not logged it`),
    ...disagreements.map(({ source, recipient, differ }) => `Disagreement: ${accessInWords(source)}: entry ${recipient.seq} of organisation ${recipient.organisation} says another ${differ.join(', ')}`),
    ...unattributed.map((entry) => `Unattributed: ${accessInWords(entry)}: it does not say from whom, and is not counted`),
    `Organisations ${organisation} and ${counterparty} on ${dayInWords(day)}: ${counts.matched} logged by both, ${counts.onlyOurs} by ${organisation} alone, ${counts.onlyTheirs} by ${counterparty} alone, ${disagreements.length} of which they say different things`,
  ];
}

async function reconcileCommand(run: Run): Promise<Outcome> {
  const [ourPath, theirPath] = exactly(run, 'reconcile', 'OURS', 'THEIRS');
  const day = dayFrom(needed(run.values.day, 'reconcile', '--day 2026-11-28'));
  const organisation = await organisationIn(ourPath, run.values.organisation, '--organisation N');
  const counterparty = await organisationIn(theirPath, run.values.counterparty, '--counterparty N');
  const comparison = await reconcile({ organisation, counterparty, day, ours: entriesIn(ourPath), theirs: entriesIn(theirPath) });
  const { counts, disagreements } = comparison;
  Object.assign(run.result, comparison);
  run.say(...comparisonInWords(comparison));
  const outcome = counts.onlyOurs + counts.onlyTheirs + disagreements.length === 0 ? 0 : 3;
  if (!run.values.send) return outcome;
  return withChain(run, async (chain) => {
    await showOrSend(run, chain.attest(organisation, counterparty, day, counts));
    return outcome;
  });
}

async function proveCommand(run: Run): Promise<Outcome> {
  const [path] = exactly(run, 'prove', 'LOG');
  const { values } = run;
  const organisation = wholeNumber(needed(values.organisation, 'prove', '--organisation N'), '--organisation');
  const seq = wholeNumber(needed(values.entry, 'prove', '--entry N'), '--entry');
  const target = needed(values.out, 'prove', '--out FILE');
  const epoch = wholeIf(values.epoch, '--epoch');
  await file(path);
  return withChain(run, async ({ final }) => {
    const { commits } = await allCommits(final.commits, organisation);
    const proof = await proveEntry(organisation, seq, commits, entriesIn(path), epoch);
    await writeFile(target, `${JSON.stringify(proof)}\n`);
    Object.assign(run.result, { proof });
    run.say(`${target}: entry ${seq} of organisation ${organisation}, under commit ${proof.commit}`);
    return 0;
  });
}

async function json(path: string): Promise<unknown> {
  try {
    return JSON.parse(await inputText(path)) as unknown;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path} is no JSON`);
  }
}

async function checkCommand(run: Run): Promise<Outcome> {
  const [path] = exactly(run, 'check', 'FILE');
  const organisation = wholeNumber(needed(run.values.organisation, 'check', '--organisation N'), '--organisation');
  const proof = await json(path) as EntryProof | null;
  if (!Number.isSafeInteger(proof?.commit)) throw new UsageError(`${path} is no proof of an entry`);
  const { commit: number, entry } = proof as EntryProof;
  return withChain(run, async ({ final }) => {
    const commit = (await allCommits(final.commits, organisation)).commits[number];
    const why = commit ? entryNotProved(proof as EntryProof, organisation, commit) : 'commit';
    Object.assign(run.result, { proved: why === undefined, why, at: commit?.at });
    if (!commit || why !== undefined) {
      run.say(`${path}: not proved: ${NOT_PROVED[why ?? 'commit']}`);
      return 3;
    }
    run.say(`${path}: organisation ${organisation} committed to entry ${entry.seq} at ${moment(commit.at)}`);
    return 0;
  });
}

async function recordsIn(path: string): Promise<(custodian: number, recordId: string) => boolean> {
  const wrong = new UsageError(`${path} is no list of records: JSON such as [{"custodian": 1, "recordId": "..."}]`);
  const list = await json(path);
  if (!Array.isArray(list)) throw wrong;
  const known = new Set(list.map((each: unknown) => {
    const { custodian, recordId } = (each ?? {}) as Record<string, unknown>;
    if (!Number.isSafeInteger(custodian) || typeof recordId !== 'string') throw wrong;
    return `${String(custodian)} ${recordId}`;
  }));
  return (custodian, recordId) => known.has(`${custodian} ${recordId}`);
}

async function patientCommand(run: Run): Promise<Outcome> {
  if (run.args.length === 0) throw new UsageError('patient needs LOG, once or more');
  const isOf = await recordsIn(needed(run.values.records, 'patient', '--records FILE'));
  const logs = [];
  for (const path of run.args) logs.push({ organisation: await organisationIn(path, undefined, 'an entry'), entries: entriesIn(path) });
  const looks = await looksAt(isOf, logs);
  run.result['looks'] = looks;
  run.say(...looks.map(lookInWords), `${looks.length} request${looks.length === 1 ? '' : 's'}`);
  return looks.some(({ silent }) => silent !== undefined) ? 3 : 0;
}

const COMMANDS: Record<string, (run: Run) => Promise<Outcome>> = {
  verify: verifyCommand, commit: commitCommand, 'begin-anew': beginAnewCommand, reconcile: reconcileCommand, prove: proveCommand, check: checkCommand, patient: patientCommand,
};

async function execute(argv: readonly string[], surroundings: Surroundings): Promise<Outcome> {
  const { command, args, values } = commandLine(argv);
  const action = COMMANDS[command];
  if (!action) {
    surroundings.out(HELP);
    return 0;
  }
  await cryptoWaitReady(); // hashes much faster than without
  const run: Run = { args, values, surroundings, result: {}, say: (...lines) => { if (!values.json) lines.forEach((line) => surroundings.out(printable(line))); } };
  const outcome = await action(run);
  if (values.json) surroundings.out(JSON.stringify(run.result));
  return outcome;
}

/** Runs one command and answers with the exit code. */
export async function main(argv: readonly string[], surroundings: Partial<Surroundings> = {}): Promise<0 | 1 | 2 | 3> {
  const around = { ...REAL, ...surroundings };
  const restore = withoutNoise();
  try {
    return await execute(argv, around);
  } catch (error) {
    around.err(`error: ${(error as Error).message.split('\n')[0]}`);
    return error instanceof UsageError || error instanceof InvalidArgument ? 2 : 1;
  } finally {
    restore();
  }
}
