/** Whether an answer may be believed: whose it is, that it answers what was asked, and that the chain knew of it before it was given. */
import { decodeAddress } from '@polkadot/util-crypto';
import { isProfile, type Profile } from '@salus/exchange';
import { receipts } from '@salus/receipts';
import { SalusError, toHex, type Hex } from '@salus/types';
import type { Dataset, Permit, Query, Standing, Study, Version } from '../chain/model.js';
import { standingInWords, utc } from '../words.js';
import { isSigned, type Job, type SignedJob } from './job.js';
import { isReceipt, openProof, type KeptProof, type ReservationProof } from './proof.js';
import { isBelowCohort, isOf, LEAST_COHORT, leastCohort, readReply, replyFault, resultCommitment, type Count, type CountAnswer, type SignedReply } from './reply.js';

/** Why an answer is not believed. */
export const DOUBTS = [
  /** The job was changed since it was signed; or who has signed it does not lead the study of its permit. */
  'job',
  /** The profile, or the document of its keys, is not what the organisation has committed to on the chain. */
  'profile',
  /** The reply is not signed by a key that the custodian's profile names. */
  'signature',
  /** It is to another job, counts something else, or is to another query. */
  'otherJob', 'otherCount', 'otherQuery',
  /** It is a refusal. */
  'refused',
  /** The chain has no such reservation: no budget was ever reserved for it. */
  'neverReserved',
  /** The reservation is another's: of another query, permit, version, or cost. */
  'otherReservation',
  /** The reservation has no result yet. */
  'notSettled',
  /** The custodian has settled it with another result. */
  'otherResult',
  /** The permit is for another dataset, or the dataset is another custodian's. */
  'otherDataset',
  /** It tells of fewer people than the dataset promises on the chain; without a node, of fewer than any site may. */
  'belowCohort',
  /** The permit was not active when budget was reserved. */
  'permit',
  /** The count is of another version or epoch than was in force, or was made at a block that the chain does not have. */
  'otherVersion', 'otherBlock',
  /** Without a node: what is kept with the answer does not prove, from the genesis on, that the chain had the reservation in a final block. */
  'unproven',
] as const;
export type Doubt = (typeof DOUBTS)[number];

/** An answer that is not believed. */
export class AnswerRefused extends SalusError {
  constructor(readonly doubt: Doubt, readonly detail: string) {
    super(`${detail} (${doubt})`);
  }
}

/** What the chain is asked for an answer. All of it at the last final block. */
export interface AnswerChain {
  genesis: Hex;
  /** The commitment to the document with an organisation's keys: of its profile, or of keys that it has named since. A commitment of zero is to none. */
  profileOf(organisation: number): Promise<Hex | undefined>;
  dataset(id: number): Promise<Dataset | undefined>;
  permit(id: number): Promise<Permit | undefined>;
  study(id: number): Promise<Study | undefined>;
  permitAt(id: number, at: number): Promise<Standing | undefined>;
  versionAt(dataset: number, at: number): Promise<Version | undefined>;
  /** The hash and the time of a block of the chain. */
  block(number: number): Promise<{ hash: Hex; moment: number } | undefined>;
  /** The proof of a query; `undefined` if there is no such query. */
  proof(custodian: number, query: number): Promise<ReservationProof | undefined>;
}

/** An answer that is believed, and what it rests on. */
export interface Believed {
  count: Count;
  proof: ReservationProof;
  /** The final block whose state was asked. */
  block: { number: number; hash: Hex };
  /** When budget was reserved, and when the result was settled. */
  reservedAt: number;
  settledAt: number;
}

const refuse = (doubt: Doubt, detail: string): never => {
  throw new AnswerRefused(doubt, detail);
};

/** Checks whose reply it is: the profile is what the custodian has committed to, and one of its keys has signed. */
export async function signedBy(chain: Pick<AnswerChain, 'profileOf'>, custodian: number, profile: Profile, reply: SignedReply): Promise<void> {
  const commitment = await chain.profileOf(custodian);
  if (commitment === undefined || !isProfile(profile, commitment)) refuse('profile', `the profile is not what organisation ${custodian} has committed to on the chain: ask it for the present one`);
  for (const key of profile.keys ?? []) if (await isOf(reply, key)) return;
  refuse('signature', `no key of organisation ${custodian}'s profile has signed it`);
}

/**
 * Verifies the reply to a job. Throws {@link AnswerRefused} with the first thing that speaks against it: above all, an answer for which no budget was reserved
 * on the chain is refused, whatever it says.
 */
export async function verifyAnswer(chain: AnswerChain, signed: SignedJob, text: string, custodian: number, profile: Profile): Promise<Believed> {
  const answer = await answerTo(chain, signed, text, custodian, profile);
  const { count } = answer;
  const proof = await chain.proof(custodian, count.reservation);
  const { block, stored } = proof === undefined ? { block: undefined, stored: undefined } : openProof(proof);
  if (proof === undefined || block === undefined || stored === undefined) return refuse('neverReserved', `organisation ${custodian} has reserved no query ${count.reservation} on the chain: nobody may rely on this count`);
  const settledAt = settledWith(stored, answer);
  await askedByItsLead(chain, signed.job);
  await underPermit(chain, count, stored);
  return { count, proof, block, reservedAt: stored.reservedAt, settledAt };
}

/** The answer in a reply that the custodian has signed, to this very job, which its investigator has signed. */
async function answerTo(
  chain: Pick<AnswerChain, 'genesis' | 'profileOf'>,
  signed: SignedJob,
  text: string,
  custodian: number,
  profile: Profile,
): Promise<CountAnswer> {
  if (!isSigned(signed)) refuse('job', 'the job is not as its investigator signed it');
  const reply = readReply(text);
  await signedBy(chain, custodian, profile, reply);
  const fault = replyFault(reply.reply, signed.job, custodian);
  if (fault !== undefined) refuse(fault, `it is not the answer to this job: it is to ${{ otherJob: 'another job', otherCount: 'another count', otherQuery: 'another query' }[fault]}`);
  const { says } = reply.reply;
  if (!('answer' in says)) return refuse('refused', 'it is a refusal');
  if (says.answer.count.genesis !== chain.genesis) refuse('otherCount', 'it was counted for another chain');
  return says.answer;
}

/** Whoever has signed the job leads the study of the permit under which it asks. An equal query may have been reserved under another permit. */
async function askedByItsLead(chain: AnswerChain, { permit: id, dataset, investigator }: Job): Promise<void> {
  const permit = await chain.permit(id);
  if (permit?.dataset !== dataset) return refuse('otherDataset', `permit ${id} is not for dataset ${dataset}`);
  const study = await chain.study(permit.study);
  if (study === undefined || toHex(decodeAddress(study.investigator)) !== investigator) {
    refuse('job', `the account ${investigator} that has signed the job does not lead study ${permit.study}, for which permit ${id} is`);
  }
}

/** When the query was settled with this very answer. The block by which the custodian counted is from between reservation and settlement: an older one may be from before
 * somebody withdrew. */
function settledWith(stored: Omit<Query, 'id'>, answer: CountAnswer): number {
  const { count } = answer;
  sameReservation(stored, count);
  if (stored.result === undefined) return refuse('notSettled', `reservation ${count.reservation} is not settled yet`);
  if (stored.result.commitment !== resultCommitment(answer)) refuse('otherResult', `reservation ${count.reservation} was settled with another result than this`);
  if (count.moment < stored.reservedAt || count.moment > stored.result.at) {
    refuse('otherBlock', `it was counted by a block of ${utc(count.moment)}, which is not from between the reservation, at ${utc(stored.reservedAt)}, and the settlement, at ${utc(stored.result.at)}`);
  }
  return stored.result.at;
}

/** An answer that is believed without a node, and what it rests on. */
export interface BelievedOffline extends Omit<Believed, 'proof' | 'block'> {
  /** The final block whose state shows the reservation, its time, and by whom it was made final. */
  block: { number: number; hash: Hex; time: number };
  signers: receipts.Signers;
}

/**
 * Verifies the reply to a job with nothing but what is kept with it, from the genesis on: `trust` are the authorities that follow from there. Throws
 * {@link AnswerRefused}. That the permit was alive follows from the reservation: the chain takes none under another. Not asked is whether the chain has the block
 * at which the custodian counted; the answer that was settled names it. Nor whether who has signed the job leads the permit's study: its signature is checked. Nor
 * the least cohort of the dataset: only what holds for every dataset, {@link LEAST_COHORT}.
 */
export async function verifyAnswerOffline(
  trust: receipts.Trust,
  signed: SignedJob,
  text: string,
  custodian: number,
  profile: Profile,
  kept: KeptProof,
): Promise<BelievedOffline> {
  if (!isReceipt(kept)) return refuse('unproven', 'no signatures are kept that made its block final: `salus-research collect` fetches them from a node');
  return verifyByReceipt(trust.genesis, signed, text, custodian, profile, proven(kept, trust));
}

/** The same with what a receipt of the chain `genesis` was found to prove. */
export async function verifyByReceipt(
  genesis: Hex,
  signed: SignedJob,
  text: string,
  custodian: number,
  profile: Profile,
  { block: { number, hash }, signers, reservation }: receipts.VerifiedReservation,
): Promise<BelievedOffline> {
  const answer = await answerTo({ genesis, profileOf: async () => reservation.keys }, signed, text, custodian, profile);
  const { count } = answer;
  if (reservation.custodian !== custodian || reservation.query !== count.reservation) {
    refuse('neverReserved', `the receipt is of query ${reservation.query} of organisation ${reservation.custodian}, and the count of query ${count.reservation} of organisation ${custodian}`);
  }
  const settledAt = settledWith(reservation, answer);
  if (reservation.dataset !== count.dataset) refuse('otherDataset', `permit ${count.permit} is not for dataset ${count.dataset}: it is for dataset ${reservation.dataset}`);
  // What the dataset promises is not in a receipt.
  ofEnough(count, leastCohort(LEAST_COHORT, 0));
  if (reservation.epoch !== count.epoch) refuse('otherVersion', `version ${count.version} honours epoch ${reservation.epoch}, and the count says ${count.epoch}`);
  return { count, block: { number, hash, time: reservation.time }, signers, reservedAt: reservation.reservedAt, settledAt };
}

function proven(kept: receipts.ReservationReceipt, trust: receipts.Trust): receipts.VerifiedReservation {
  try {
    return receipts.verifyReservation(kept, trust);
  } catch (error) {
    // Bytes that do not decode are another class of it, and mean the same here.
    if (!(error instanceof SalusError)) throw error;
    throw new AnswerRefused('unproven', error.message);
  }
}

function sameReservation(stored: Omit<Query, 'id'>, count: Count): void {
  // A reservation of another query is none for this one.
  if (stored.commitment !== count.query) refuse('neverReserved', `reservation ${count.reservation} is for another query: no budget was reserved for this one`);
  for (const part of ['permit', 'version', 'epsilon'] as const) {
    if (stored[part] !== count[part]) refuse('otherReservation', `reservation ${count.reservation} has ${part} ${stored[part]}, and the count says ${count[part]}`);
  }
}

/** What was told is not below the least cohort. The detail does not repeat it: it should not have been told. */
function ofEnough({ custodian, dataset, result }: Count, least: number): void {
  if (isBelowCohort(result, least)) refuse('belowCohort', `organisation ${custodian} tells of fewer people than ${least}, the least of whom dataset ${dataset} may tell`);
}

/**
 * What holds at the moment of a reservation, or held the second before. The chain answers for the end of a second: what came in the same block after the reservation, a version or a
 * suspension, is in that answer, and does not undo a reservation that the chain has taken.
 */
async function heldAt<T>(at: number, ask: (at: number) => Promise<T>, holds: (found: T) => boolean): Promise<{ holds: boolean; found: T }> {
  const found = await ask(at);
  return { holds: holds(found) || (at > 0 && holds(await ask(at - 1))), found };
}

async function underPermit(chain: AnswerChain, count: Count, stored: Query): Promise<void> {
  const [permit, dataset] = await Promise.all([chain.permit(count.permit), chain.dataset(count.dataset)]);
  if (permit?.dataset !== count.dataset || dataset?.custodian !== count.custodian) {
    return refuse('otherDataset', `permit ${count.permit} is not for dataset ${count.dataset} of organisation ${count.custodian}`);
  }
  ofEnough(count, leastCohort(LEAST_COHORT, dataset.minCohort));
  const standing = await heldAt(stored.reservedAt, (at) => chain.permitAt(count.permit, at), (it) => it?.standing === 'Active');
  if (!standing.holds) {
    refuse('permit', `permit ${count.permit} was not active when budget was reserved, at ${utc(stored.reservedAt)}: ${standing.found === undefined ? 'there was none' : standingInWords(standing.found)}`);
  }
  const version = await heldAt(stored.reservedAt, (at) => chain.versionAt(count.dataset, at), (it) => it?.number === count.version && it.epoch === count.epoch);
  if (!version.holds) {
    refuse('otherVersion', `version ${version.found?.number ?? 'none'} with epoch ${version.found?.epoch ?? 'none'} was in force then, and the count is of version ${count.version} with epoch ${count.epoch}`);
  }
  const block = await chain.block(count.blockNumber);
  if (block?.hash !== count.block || block.moment !== count.moment) refuse('otherBlock', `the chain has no block ${count.blockNumber} with the hash ${count.block} and the time ${utc(count.moment)}`);
}
