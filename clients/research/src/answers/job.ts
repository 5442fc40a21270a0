/** A job: a query for one site under a permit, signed by the study's principal investigator. */
import type { KeyringPair } from '@polkadot/keyring/types';
import { bnToU8a, hexToU8a } from '@polkadot/util';
import { decodeAddress, encodeAddress, signatureVerify } from '@polkadot/util-crypto';
import { signMessage } from '@salus/client';
import { concat, InvalidArgument, newSalt, random, toHex, utf8, type Hex } from '@salus/types';
import { canonical, Closed, readJson } from './closed.js';
import { queryCommitment, queryFrom, type CountQuery } from './query.js';

/** The longest time from when a job is issued to when it expires, in seconds. */
export const MAX_JOB_LIFE = 7 * 86_400;
/** How far ahead of the clock a job may be issued, in seconds. */
export const MAX_AHEAD = 300;
/** The largest job with its signature, in bytes. */
export const MAX_JOB = 16 << 10;

export interface Job {
  dataset: number;
  expires: number;
  genesis: Hex;
  /** 32 random bytes. */
  id: Hex;
  /** The account of the principal investigator, 32 bytes. */
  investigator: Hex;
  issued: number;
  permit: number;
  query: CountQuery;
  /** 32 random bytes, another for each job, and as secret as the query. */
  salt: Hex;
  version: number;
}

export interface SignedJob {
  job: Job;
  signature: Hex;
}

/** Why a job is not taken, before the chain is asked. */
export type JobFault = 'otherChain' | 'expired' | 'notYet' | 'tooLong' | 'signature';

const u32 = (value: number): Uint8Array => bnToU8a(value, { bitLength: 32, isLe: true });
const u64 = (value: number): Uint8Array => bnToU8a(value, { bitLength: 64, isLe: true });

/** What the investigator signs. */
export const jobMessage = (job: Job): Uint8Array => concat(
  utf8('salus:count-job:v1'), hexToU8a(job.genesis), hexToU8a(job.id), u32(job.permit), u32(job.dataset), u32(job.version),
  hexToU8a(job.investigator), hexToU8a(queryCommitment(job.query, job.salt)), u64(job.issued), u64(job.expires),
);

/** What a job is about. */
export interface JobWish {
  genesis: Hex;
  permit: number;
  dataset: number;
  version: number;
  query: CountQuery;
  /** Now, and for how many seconds it is to be answered: seven days at most. */
  now: number;
  life: number;
}

/** Makes and signs a job, with an id and a salt of its own. */
export async function makeJob(signer: KeyringPair, { life, now, ...wish }: JobWish): Promise<SignedJob> {
  if (!Number.isSafeInteger(life) || life < 1 || life > MAX_JOB_LIFE) throw new InvalidArgument('life', `must be a number of seconds from 1 to ${MAX_JOB_LIFE}`);
  const job: Job = {
    ...wish, query: queryFrom(wish.query), id: toHex(random(32)), salt: toHex(newSalt()), investigator: toHex(decodeAddress(signer.address)),
    issued: now, expires: now + life,
  };
  return { job, signature: Object.values(await signMessage(signer, jobMessage(job)))[0] as Hex };
}

/** A signed job from its JSON. */
export function signedJobFrom(value: unknown): SignedJob {
  const whole = new Closed(value, 'document', ['job', 'signature']);
  const signature = whole.text('signature', /^0x([0-9a-fA-F]{2}){64,66}$/) as Hex;
  const job = new Closed(whole.need('job'), 'job', ['dataset', 'expires', 'genesis', 'id', 'investigator', 'issued', 'permit', 'query', 'salt', 'version']);
  return {
    job: {
      genesis: job.hash('genesis'), id: job.hash('id'), permit: job.small('permit'), dataset: job.small('dataset'), version: job.small('version'),
      investigator: job.hash('investigator'), query: queryFrom(job.need('query')), salt: job.hash('salt'), issued: job.whole('issued'), expires: job.whole('expires'),
    },
    signature,
  };
}

export const readJob = (text: string | Uint8Array): SignedJob => signedJobFrom(readJson(text, MAX_JOB));
/** Its canonical form. */
export const jobText = ({ job, signature }: SignedJob): string => canonical({ job, signature: signature.toLowerCase() });

/** Whether the investigator signed it. */
export function isSigned({ job, signature }: SignedJob): boolean {
  try {
    // It tries what wallets put around a message as well.
    return signatureVerify(jobMessage(job), signature, encodeAddress(job.investigator)).isValid;
  } catch {
    return false;
  }
}

/** Chain, times and signature, in this order. `undefined` if all is well. */
export function jobFault(signed: SignedJob, genesis: Hex, now: number): JobFault | undefined {
  const { job } = signed;
  if (job.genesis !== genesis) return 'otherChain';
  if (job.expires <= now) return 'expired';
  if (job.issued > now + MAX_AHEAD) return 'notYet';
  const life = job.expires - job.issued;
  if (life < 1 || life > MAX_JOB_LIFE) return 'tooLong';
  return isSigned(signed) ? undefined : 'signature';
}

