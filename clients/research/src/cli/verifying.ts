/** `verify`: one answer, against the chain, or without a node from the genesis on. */
import { readFile } from 'node:fs/promises';
import { receipts } from '@salus/receipts';
import { SalusError, type Hex } from '@salus/types';
import { readAnswer, type KeptAnswer } from '../answers/folder.js';
import { AnswerRefused, verifyAnswer, verifyAnswerOffline } from '../answers/verify.js';
import { countInWords } from '../answers/words.js';
import { utc } from '../words.js';
import { needed, numberIn, OFFLINE, UsageError } from './options.js';
import type { Outcome, Run } from './run.js';

/** `verify JOB|FOLDER`: one answer, against the chain or without a node. */
export async function verifyCommand(run: Run): Promise<Outcome> {
  const [named, ...more] = run.line.args;
  if (named === undefined || more.length > 0) throw new UsageError('verify needs one JOB, by its id, or the FOLDER of an answer');
  const byId = /^0x[0-9a-f]{64}$/.test(named);
  const fromFolder = (): Promise<KeptAnswer> => readAnswer(named).catch((error: unknown) => {
    throw error instanceof SalusError ? error : new UsageError(`${named} is no folder of an answer: ${(error as Error).message}`);
  });
  if (run.values.offline) {
    const kept = byId ? await (await run.folder()).kept(named) : await fromFolder();
    if (!kept) throw new SalusError(`the folder keeps no answer to job ${named}`);
    return verifyOffline(run, kept);
  }
  const given = OFFLINE.find((option) => run.values[option] !== undefined);
  if (given !== undefined) throw new UsageError(`--${given} is about verify --offline`);
  const { left, reply, profile } = byId ? await inFolder(run, named) : await fromFolder();
  return run.withChain((chain) => judged(run, async () => {
    const { count, block, reservedAt, settledAt } = await verifyAnswer(await chain.answers(), left.signed, reply, left.custodian, profile);
    run.result['believed'] = { count, block, reservedAt, settledAt };
    run.say(
      `believed: ${countInWords(count)}`,
      `signed by organisation ${count.custodian}; budget reserved ${utc(reservedAt)} as its query ${count.reservation} and settled ${utc(settledAt)}, proved as of block ${block.number}, ${block.hash}; permit ${count.permit} was active`,
    );
  }));
}

async function inFolder(run: Run, id: string): Promise<Pick<KeptAnswer, 'left' | 'reply' | 'profile'>> {
  const folder = await run.folder();
  const [left, reply] = [await folder.jobWith(id), await folder.reply(id)];
  if (!left) throw new SalusError(`the folder has no job ${id}`);
  if (reply === undefined) throw new SalusError(`nobody has replied to job ${id} yet`);
  return { left, reply, profile: await folder.profile(left.custodian) };
}

/** Says what speaks against an answer, if something does. */
async function judged(run: Run, verify: () => Promise<void>): Promise<Outcome> {
  try {
    await verify();
    return 0;
  } catch (error) {
    if (!(error instanceof AnswerRefused)) throw error;
    run.result['refused'] = { doubt: error.doubt, detail: error.detail };
    run.say(`REFUSED: ${error.message}`);
    return 3;
  }
}

function hashIn(text: string | undefined, command: string, option: string): Hex {
  const value = needed(text, command, `${option} HASH`);
  if (!/^0x[0-9a-f]{64}$/.test(value)) throw new UsageError(`${option} is 0x and 64 digits in lower case, not "${value}"`);
  return value as Hex;
}

/** The authorities that are believed: those of the genesis, or of a later block of a relay chain, whose hash is named, and all that follow by the trail. */
async function trustOf(run: Run): Promise<receipts.Trust> {
  const { values } = run;
  const command = 'verify --offline';
  const read = (path: string): Promise<Uint8Array> => readFile(path).catch((error: Error) => { throw new UsageError(`${path} cannot be read: ${error.message}`); });
  const genesis = hashIn(values.genesis, command, '--genesis');
  const trail = values.trail === undefined ? undefined : receipts.parseTrail(await read(values.trail));
  const ofGenesis = async (hash: Hex): Promise<receipts.Start> => {
    const path = needed(values['genesis-file'], command, '--genesis-file FILE, made by `salus-verify genesis --chain-spec RAW.json --write FILE`');
    return receipts.fromGenesis(receipts.parseGenesis(await read(path)), hash);
  };
  const ofRelay = values['relay-genesis'] ?? values['relay-start'] ?? values['relay-block'];
  if (values['para-id'] === undefined) {
    if (ofRelay !== undefined) throw new UsageError('--relay-genesis, --relay-start and --relay-block are about a parachain: --para-id N');
    return new receipts.Sets(await ofGenesis(genesis), trail);
  }
  const paraId = numberIn(values['para-id'], '--para-id');
  const start = values['relay-start'] === undefined ? await ofGenesis(hashIn(values['relay-genesis'], command, '--relay-genesis'))
    : receipts.fromStart(receipts.parseStart(await read(values['relay-start'])), hashIn(values['relay-block'], command, '--relay-block'));
  return { relay: new receipts.Sets(start, trail), paraId, genesis };
}

/** Who made a block final, in words. */
function finalInWords({ setId, end }: receipts.Signers): string {
  const until = { proven: '', open: ', the last that the trail knows', untold: ', whose end no trail tells' }[end];
  return `more than two thirds of authority set ${setId}${until} made that final`;
}

async function verifyOffline(run: Run, { left, reply, profile, proof }: KeptAnswer): Promise<Outcome> {
  const trust = await trustOf(run);
  return judged(run, async () => {
    const { count, block, signers, reservedAt, settledAt } = await verifyAnswerOffline(trust, left.signed, reply, left.custodian, profile, proof);
    run.result['believed'] = { count, block, signers, reservedAt, settledAt };
    run.say(
      `believed: ${countInWords(count)}`,
      `signed by organisation ${count.custodian}; budget reserved ${utc(reservedAt)} as its query ${count.reservation} under permit ${count.permit} and settled ${utc(settledAt)}, as of block ${block.number}, ${block.hash}, ${utc(block.time)}`,
      `${finalInWords(signers)}. No node was asked.`,
    );
  });
}
