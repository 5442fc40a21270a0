/**
 * What takes Root: both bodies approve the same call, each by a motion of its own, a public delay
 * runs, and then any account enacts it.
 */
import type { ApiPromise } from '@polkadot/api';
import type { Call as RuntimeCall } from '@polkadot/types/interfaces';
import type { Call } from '@salus/client';
import { SalusError } from '@salus/types';
import {
  enactmentApprove, enactmentCancel, enactmentDelays, storedProposals, type StoredProposal,
} from './adapter.js';
import { BODIES, type Body } from './bodies.js';
import { carriedBy, decodeCall, nameOfCall } from './carried.js';
import { openMotions, propose, type Motion } from './motions.js';

/** How far a proposal has come. */
export type Stage =
  /** One body has approved it. */
  | 'OneBody'
  /** Both have, and the public delay runs. */
  | 'Delay'
  /** The delay is over: any account may enact it. */
  | 'Ready'
  /** It was not enacted in time: it can only be cleared. */
  | 'Lapsed';

/** The stage of a proposal at the moment `now`, in Unix seconds. */
export function stageOf({ due, lapses }: Pick<StoredProposal, 'due' | 'lapses'>, now: number): Stage {
  if (now >= lapses) return 'Lapsed';
  if (due === undefined) return 'OneBody';
  return now >= due ? 'Ready' : 'Delay';
}

/** The bodies that have not approved a proposal. */
export const bodiesMissing = ({ approvals }: Pick<StoredProposal, 'approvals'>): Body[] =>
  BODIES.filter((body) => !approvals[body]);

/** Proposes in a body that it approve `call` for enactment. */
export const proposeApproval = (api: ApiPromise, body: Body, call: Call | RuntimeCall | string): Promise<Call> =>
  propose(api, body, enactmentApprove(api, call));

/** Proposes in a body that a proposal be cancelled; either body alone can. */
export const proposeCancellation = (api: ApiPromise, body: Body, proposal: string): Promise<Call> =>
  propose(api, body, enactmentCancel(api, proposal));

export interface ProposalStatus {
  stored: StoredProposal;
  /** The call, decoded by the runtime of today; `undefined` if it does not decode. */
  call: RuntimeCall | undefined;
  stage: Stage;
  /** Bodies that have not approved it. */
  missing: Body[];
  /** Open motions to approve it or to cancel it. */
  motions: Motion[];
  /** The public delay of its class now, in seconds: what begins when the second body approves. */
  delay: number;
  /** The best block's time, in Unix seconds. */
  now: number;
}

/** The argument of `enactment.approve` and of `enactment.cancel` in a motion: the hash of the proposal. */
function concerns(motion: Motion, stored: StoredProposal): boolean {
  const name = nameOfCall(motion.call);
  if (name === 'enactment.approve') return carriedBy(motion.call)[0]?.toHex() === stored.call;
  return name === 'enactment.cancel' && String(motion.call.args[0]) === stored.hash;
}

/** The proposals that are stored now, and how far each has come. */
export async function proposalStatuses(api: ApiPromise): Promise<ProposalStatus[]> {
  const [proposals, motions, delays, millis] = await Promise.all([
    storedProposals(api), openMotions(api), enactmentDelays(api), api.query.timestamp.now(),
  ]);
  const now = Math.floor(millis.toNumber() / 1000);
  return proposals.map((stored) => ({
    stored, call: decodeCall(api, stored.call), stage: stageOf(stored, now), missing: bodiesMissing(stored),
    motions: motions.filter((motion) => concerns(motion, stored)), delay: delays[stored.class], now,
  }));
}

/** The proposal whose hash is `hash` or begins with it; throws if there is none or more than one. */
export async function findProposal(api: ApiPromise, hash: string): Promise<ProposalStatus> {
  const found = (await proposalStatuses(api)).filter(({ stored }) => stored.hash.startsWith(hash.toLowerCase()));
  const [only, second] = found;
  if (!only) throw new SalusError(`no proposal for enactment has the hash ${hash}`);
  if (second) throw new SalusError(`${found.length} proposals have a hash that begins with ${hash}: give more digits`);
  return only;
}
