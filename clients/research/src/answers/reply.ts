/** A reply: what a custodian's gateway says to a job, as signed JSON by a key that its profile names. */
import { hexToU8a } from '@polkadot/util';
import { base64url, compactVerify, importJWK } from 'jose';
import type { ProfileKey } from '@salus/exchange';
import { bytes32, commit, toHex, utf8, type Hex } from '@salus/types';
import { LAPSES, type Lapse } from '../chain/codes.js';
import { canonical, Closed, Malformed, readJson } from './closed.js';
import type { Job } from './job.js';
import { queryCommitment } from './query.js';

/** The largest reply, in bytes. */
export const MAX_REPLY = 8 << 10;
export const REPLY_TYPE = 'salus-count-reply';
/** Counts are told in steps of it. */
export const STEP = 5;
/** The least cohort, unless a dataset or a site says more. No site may be configured for less. */
export const LEAST_COHORT = 10;

export const REFUSAL_CODES = [
  'malformed', 'otherChain', 'expired', 'notYet', 'tooLong', 'signature', 'otherDataset', 'unknownPermit', 'notInvestigator', 'permitNotYet', 'permitSuspended',
  'epochOverdue', 'permitRevoked', 'permitClosed', 'datasetRetired', 'oldVersion', 'unknownValueSet', 'unknownCode', 'budgetSpent', 'commitmentUsed', 'tooManyJobs',
  'tooManyPeople', 'tookTooLong', 'notReserved',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** What is told of a count with noise: rounded, or that it is below the least cohort, perhaps 0. */
export type Told = { count: number } | { fewerThan: number };

/** A count as it is stored: made once, and told again to whoever asks the same. */
export interface Count {
  block: Hex;
  blockNumber: number;
  custodian: number;
  dataset: number;
  epoch: number;
  epsilon: number;
  genesis: Hex;
  moment: number;
  permit: number;
  query: Hex;
  reservation: number;
  result: Told;
  version: number;
}

export interface CountAnswer {
  count: Count;
  querySalt: Hex;
  resultSalt: Hex;
}

export interface Refusal {
  code: RefusalCode;
  lapses: Lapse[];
}

export interface Reply {
  custodian: number;
  dataset: number;
  genesis: Hex;
  job: Hex;
  /** None of a job that could not be read. */
  permit: number | undefined;
  /** When it was told, by the site's clock. */
  told: number;
  says: { answer: CountAnswer } | { refusal: Refusal };
}

export interface SignedReply {
  reply: Reply;
  /** The name of the key that has signed it, as it says. */
  kid: string;
  /** The text as it came. */
  text: string;
}

/** Why a reply is not the one to a job. */
export type ReplyFault = 'otherJob' | 'otherCount' | 'otherQuery';

const ofSteps = (value: number): number => {
  if (value % STEP !== 0) throw new Malformed('result');
  return value;
};

function countFrom(value: unknown): Count {
  const count = new Closed(value, 'count', [
    'block', 'blockNumber', 'custodian', 'dataset', 'epoch', 'epsilon', 'genesis', 'moment', 'permit', 'query', 'reservation', 'result', 'version',
  ]);
  const result = new Closed(count.need('result'), 'result', ['count', 'fewerThan']);
  if (result.has('count') === result.has('fewerThan')) throw new Malformed('result');
  const told = ((): Told => {
    try {
      return result.has('count') ? { count: ofSteps(result.whole('count')) } : { fewerThan: ofSteps(result.small('fewerThan')) };
    } catch (error) {
      throw new Malformed('result', { cause: error });
    }
  })();
  return {
    block: count.hash('block'), blockNumber: count.small('blockNumber'), custodian: count.small('custodian'), dataset: count.small('dataset'),
    epoch: count.small('epoch'), epsilon: count.whole('epsilon'), genesis: count.hash('genesis'), moment: count.whole('moment'), permit: count.small('permit'),
    query: count.hash('query'), reservation: count.whole('reservation'), result: told, version: count.small('version'),
  };
}

function refusalFrom(value: unknown): Refusal {
  const refusal = new Closed(value, 'refusal', ['code', 'lapses']);
  const code = REFUSAL_CODES.find((each) => each === refusal.need('code'));
  if (code === undefined) throw new Malformed('code');
  if (!refusal.has('lapses')) return { code, lapses: [] };
  const told = refusal.list('lapses');
  const lapses = LAPSES.filter((lapse) => told.includes(lapse));
  const mayHave = code === 'permitSuspended' || code === 'epochOverdue';
  if (!mayHave || told.length === 0 || lapses.length !== told.length) throw new Malformed('lapses');
  return { code, lapses };
}

export function replyFrom(value: unknown): Reply {
  const reply = new Closed(value, 'document', ['answer', 'custodian', 'dataset', 'genesis', 'job', 'permit', 'refusal', 'told']);
  if (reply.has('answer') === reply.has('refusal')) throw new Malformed('answer');
  const says = ((): Reply['says'] => {
    if (reply.has('refusal')) return { refusal: refusalFrom(reply.need('refusal')) };
    const answer = new Closed(reply.need('answer'), 'answer', ['count', 'querySalt', 'resultSalt']);
    return { answer: { count: countFrom(answer.need('count')), querySalt: answer.hash('querySalt'), resultSalt: answer.hash('resultSalt') } };
  })();
  const permit = reply.has('permit') ? reply.small('permit') : undefined;
  if (permit === undefined && 'answer' in says) throw new Malformed('permit');
  return { genesis: reply.hash('genesis'), custodian: reply.small('custodian'), dataset: reply.small('dataset'), job: reply.hash('job'), permit, told: reply.whole('told'), says };
}

/** A part of a token in base64url without padding, in its one form. */
function part(text: string | undefined): Uint8Array {
  if (text === undefined || !/^[A-Za-z0-9_-]+$/.test(text)) throw new Malformed('document');
  try {
    const bytes = base64url.decode(text);
    if (base64url.encode(bytes) === text) return bytes;
  } catch (error) {
    throw new Malformed('document', { cause: error });
  }
  throw new Malformed('document');
}

/** Reads a reply. Whose it is, {@link isOf} tells. */
export function readReply(text: string): SignedReply {
  if (text.length > MAX_REPLY) throw new Malformed('document');
  const parts = text.split('.');
  if (parts.length !== 3) throw new Malformed('document');
  const header = readJson(part(parts[0]), MAX_REPLY) as Record<string, unknown>;
  const { alg, typ, kid } = header ?? {};
  if (alg !== 'ES384') throw new Malformed('document');
  if (typ !== REPLY_TYPE) throw new Malformed('typ');
  if (typeof kid !== 'string' || !/^[\x21-\x7e]{1,256}$/.test(kid)) throw new Malformed('kid');
  if (part(parts[2]).length !== 96) throw new Malformed('document');
  return { reply: replyFrom(readJson(part(parts[1]), MAX_REPLY)), kid, text };
}

/** Whether this key has signed it, and is of the name that the reply says. */
export async function isOf({ kid, text }: Pick<SignedReply, 'kid' | 'text'>, key: ProfileKey): Promise<boolean> {
  if (key.kid !== kid || key.crv !== 'P-384' || key.kty !== 'EC') return false;
  try {
    await compactVerify(text, await importJWK({ ...key }, 'ES384'), { algorithms: ['ES384'] });
    return true;
  } catch {
    return false;
  }
}

/** Whether this is the reply of `custodian` to `job`, and, if it is an answer, one to its query. `undefined` if so. */
export function replyFault(reply: Reply, job: Job, custodian: number): ReplyFault | undefined {
  const isToIt = reply.genesis === job.genesis && reply.custodian === custodian && reply.dataset === job.dataset && reply.job === job.id
    && (reply.permit === undefined || reply.permit === job.permit);
  if (!isToIt) return 'otherJob';
  if (!('answer' in reply.says)) return undefined;
  const { count, querySalt } = reply.says.answer;
  const isOfIt = count.genesis === job.genesis && count.custodian === custodian && count.dataset === job.dataset && count.version === job.version;
  if (!isOfIt) return 'otherCount';
  return queryCommitment(job.query, querySalt) === count.query ? undefined : 'otherQuery';
}

/** The least cohort that is told: what the site and the dataset say, the larger, up to the next multiple of {@link STEP}. */
export const leastCohort = (site: number, dataset: number): number => Math.ceil(Math.max(site, dataset, STEP) / STEP) * STEP;

/** Whether something is told of fewer people than `least`. Who follows the protocol tells neither such a count nor that there are fewer than so few. */
export const isBelowCohort = (told: Told, least: number): boolean => ('count' in told ? told.count : told.fewerThan) < least;

/** With which commitment the query must be settled on the chain. */
export const resultCommitment = ({ count, resultSalt }: CountAnswer): Hex => toHex(commit(bytes32(hexToU8a(resultSalt)), utf8(canonical(count))));

/** The answer of a reply as `salus-verify reservation` reads it: the count, and the salts that open the commitments to it and to the query. */
export function answerText(text: string): string {
  const { says } = readReply(text).reply;
  if (!('answer' in says)) throw new Malformed('answer');
  return canonical(says.answer);
}

/** The claims in their canonical form. */
export function replyText({ says, ...reply }: Reply): string {
  const told = 'answer' in says ? { answer: says.answer }
    : { refusal: { code: says.refusal.code, ...(says.refusal.lapses.length > 0 ? { lapses: [...says.refusal.lapses].sort() } : {}) } };
  return canonical({ ...reply, ...told });
}
