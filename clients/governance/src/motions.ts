/** Motions of a body: propose, vote, close, and how one stands. */
import type { ApiPromise } from '@polkadot/api';
import type { Call as RuntimeCall } from '@polkadot/types/interfaces';
import { blockMillis, eventOf, type ApiAt, type Call, type Included } from '@salus/client';
import { maybe, numberOf } from '@salus/client/query';
import { SalusError, type Hex } from '@salus/types';
import { BODIES, BODY_NAMES, seatsOf, votesNeeded, type Body, type Seat } from './bodies.js';

/** A motion as it is stored. */
export interface Motion {
  body: Body;
  hash: Hex;
  /** The number that `vote` and `close` want beside the hash. */
  index: number;
  /** How many ayes let it be closed before its end. */
  threshold: number;
  ayes: string[];
  nays: string[];
  /** The block from which it can be closed whatever the votes. */
  end: number;
  call: RuntimeCall;
}

/**
 * Proposes `call` in a body, to be carried by `threshold` ayes: two thirds of the seats unless told. The
 * proposer does not vote by proposing, unless the threshold is 1: then the call is made at once.
 */
export async function propose(api: ApiPromise, body: Body, call: Call | RuntimeCall, threshold?: number): Promise<Call> {
  const method = 'method' in call && typeof call.method !== 'string' ? (call as Call).method : (call as RuntimeCall);
  const ayes = threshold ?? votesNeeded((await api.query[body].members()).length);
  return api.tx[body].propose(ayes, method, method.encodedLength);
}

/** What a proposed motion is known by. `undefined` if its threshold was 1, so that it was carried out at once. */
export function proposedAs(included: Included, body: Body): { hash: Hex; index: number } | undefined {
  const atOnce = included.events.some(({ event }) => event.section === body && event.method === 'Executed');
  if (atOnce) return undefined;
  const data = eventOf(included, body, 'Proposed');
  return { hash: String(data['proposalHash']) as Hex, index: numberOf(data['proposalIndex'] as number) };
}

/** Votes on a motion. A member's first vote on a motion is free, and a vote can be changed until it is closed. */
export const vote = (api: ApiPromise, motion: Pick<Motion, 'body' | 'hash' | 'index'>, aye: boolean): Call =>
  api.tx[motion.body].vote(motion.hash, motion.index, aye);

const U64_MAX = 2n ** 64n - 1n;
/** One tenth more, and no more than the type holds. */
export const padded = (weight: bigint): bigint => {
  const more = weight + (weight + 9n) / 10n;
  return more > U64_MAX ? U64_MAX : more;
};

/** The bounds that `close` takes: what the call weighs, and a tenth more, and its length. */
export async function boundsOf(api: ApiPromise, call: RuntimeCall): Promise<{ weight: { refTime: bigint; proofSize: bigint }; length: number }> {
  const length = call.encodedLength;
  const { weight } = await api.call.transactionPaymentCallApi.queryCallInfo(call, length);
  return {
    weight: { refTime: padded(weight.refTime.toBigInt()), proofSize: padded(weight.proofSize.toBigInt()) }, length,
  };
}

/** Closes a motion: it is carried out if it has the votes, and removed either way. Any account may sign it. */
export async function close(api: ApiPromise, motion: Motion): Promise<Call> {
  const { weight, length } = await boundsOf(api, motion.call);
  return api.tx[motion.body].close(motion.hash, motion.index, weight, length);
}

/** The motion with that hash in a body, if it is open. */
export async function motionOf(api: ApiAt, body: Body, hash: string): Promise<Motion | undefined> {
  const [voting, proposal] = await Promise.all([api.query[body].voting(hash), api.query[body].proposalOf(hash)]);
  return maybe(voting, (votes) => ({
    body, hash: hash as Hex, index: votes.index.toNumber(), threshold: votes.threshold.toNumber(),
    ayes: votes.ayes.map(String), nays: votes.nays.map(String), end: votes.end.toNumber(),
    call: (proposal as unknown as { unwrap(): RuntimeCall }).unwrap(),
  }));
}

/** The open motions of a body, or of both. */
export async function openMotions(api: ApiAt, ...bodies: Body[]): Promise<Motion[]> {
  const wanted = bodies.length > 0 ? bodies : [...BODIES];
  const lists = await Promise.all(wanted.map(async (body) => {
    const hashes = await api.query[body].proposals();
    return Promise.all(hashes.map((hash) => motionOf(api, body, hash.toHex())));
  }));
  return lists.flat().filter((motion) => motion !== undefined);
}

/** The open motion whose hash is `hash` or begins with it; throws if there is none or more than one. */
export async function findMotion(api: ApiAt, hash: string, body?: Body): Promise<Motion> {
  const wanted = hash.toLowerCase();
  const found = (await openMotions(api, ...(body ? [body] : []))).filter((motion) => motion.hash.startsWith(wanted));
  const [only, second] = found;
  if (only && !second) return only;
  if (!only) throw new SalusError(`no open motion ${body ? `of the ${BODY_NAMES[body]} ` : ''}has the hash ${hash}`);
  const places = [...new Set(found.map((motion) => BODY_NAMES[motion.body]))].join(' and the ');
  throw new SalusError(`${found.length} open motions have a hash that begins with ${hash}, in the ${places}: name the body, or more digits`);
}

/** What would become of a motion that is closed now. */
export type Outcome =
  /** It is carried out. */
  | 'Passes'
  /** It reaches its threshold, but not two thirds of the seats: the call fails with `BadOrigin`, and the motion is gone. */
  | 'FailsForWantOfVotes'
  /** It is removed. */
  | 'IsRejected'
  /** It cannot be closed yet. */
  | 'IsOpen';

export interface Standing {
  /** How many ayes it takes: the threshold, or two thirds of the seats of today if that is more. */
  needed: number;
  /** How many of these are missing. */
  missing: number;
  /** Whether those who have not voted could still carry it, with nobody changing a vote. */
  canPass: boolean;
  /** Whether the voting period is over. */
  over: boolean;
  outcome: Outcome;
  yetToVote: string[];
}

/**
 * How a motion stands at block `now`, in a body with these seats. When the voting period is over, those who
 * have not voted count as nays, whatever a prime has voted (`SilenceIsNay` in the runtime). The votes of
 * those who lost their seat are taken out by the chain.
 */
export function standingOf(motion: Pick<Motion, 'threshold' | 'ayes' | 'nays' | 'end'>, seats: string[], now: number): Standing {
  const { ayes, nays, threshold, end } = motion;
  const voted = new Set([...ayes, ...nays]);
  const yetToVote = seats.filter((seat) => !voted.has(seat));
  const twoThirds = votesNeeded(seats.length);
  const needed = Math.max(threshold, twoThirds);
  const over = now >= end;
  let outcome: Outcome = 'IsOpen';
  if (ayes.length >= threshold) outcome = ayes.length >= twoThirds ? 'Passes' : 'FailsForWantOfVotes';
  else if (over || seats.length - nays.length < threshold) outcome = 'IsRejected';
  return {
    needed, over, outcome, yetToVote,
    missing: Math.max(0, needed - ayes.length),
    canPass: ayes.length + yetToVote.length >= needed,
  };
}

/** A motion, how it stands, and who decides about it. */
export interface MotionStatus extends Standing {
  motion: Motion;
  seats: Seat[];
  /** Blocks until the voting period is over, and about when that is, in Unix seconds. */
  blocksLeft: number;
  endsAbout: number;
}

/** The status of a motion in the best block. */
export async function motionStatus(api: ApiPromise, motion: Motion): Promise<MotionStatus> {
  const [{ seats }, header, millis] = await Promise.all([
    seatsOf(api, motion.body), api.rpc.chain.getHeader(), api.query.timestamp.now(),
  ]);
  const now = header.number.toNumber();
  const blocksLeft = Math.max(0, motion.end - now);
  const slotMillis = blockMillis(api);
  return {
    ...standingOf(motion, seats.map(({ account }) => account), now),
    motion, seats, blocksLeft,
    endsAbout: Math.floor(millis.toNumber() / 1000) + Math.round((blocksLeft * slotMillis) / 1000),
  };
}
