/** Coverages, encounters, claims and money: the calls of the pallet, and what the chain answered them. */
import type { ApiPromise } from '@polkadot/api';
import type { u128 } from '@polkadot/types-codec';
import { toHex } from '@salus/types';
import { account, moment, orgId, u32, u64 } from '@salus/types/arguments';
import { linesTree, planTerms, type ClaimDecision, type ClaimLine, type PlanDescription, type WithDetail } from '@salus/types/claims';
import { numberOf } from '../query.js';
import type { TypedSignature } from '../signing.js';
import { eventOf, type Call, type Included } from '../tx.js';
import { unitsOf } from './chain.js';
import { encodeDecision, encodeLines, encodeTerms } from './encode.js';

const periodOf = ({ from, until }: { from: number; until: number }) =>
  ({ from: moment(from, 'period.from'), until: moment(until, 'period.until') });

// Plans and coverages.

/** Publishes a plan; signed by the administrator of `org`, a licensed payer. */
export const createPlan = (api: ApiPromise, org: number, plan: PlanDescription): Call =>
  api.tx.claims.createPlan(orgId(org), encodeTerms(planTerms(plan)));

/** Publishes a further version of a plan. Coverages keep the version that they have. */
export const revisePlan = (api: ApiPromise, org: number, plan: number, revised: PlanDescription): Call =>
  api.tx.claims.revisePlan(orgId(org), u32(plan, 'plan'), encodeTerms(planTerms(revised)));

/**
 * Offers a coverage under the newest version of a plan, from now or later (seconds since 1970), for about
 * a year at most; signed by the administrator or a biller of the payer. `member` is a key that the person
 * has made for this coverage and uses for nothing else. It needs no tokens.
 */
export const enrol = (api: ApiPromise, org: number, plan: number, member: string, period: { from: number; until: number }): Call =>
  api.tx.claims.enrol(orgId(org), u32(plan, 'plan'), account(member, 'member'), periodOf(period));

/** Accepts a coverage, for its whole period; signed by the member key. */
export const acceptCoverage = (api: ApiPromise, coverage: number): Call => api.tx.claims.acceptCoverage(u64(coverage, 'coverage'));

/** Brings the end of a coverage forward; signed by the member key, or by who bills for the payer. */
export const terminateCoverage = (api: ApiPromise, coverage: number, until: number): Call =>
  api.tx.claims.terminateCoverage(u64(coverage, 'coverage'), moment(until, 'until'));

/** Proposes another member key, which may accept after a delay; signed by who bills for the payer. */
export const rekeyCoverage = (api: ApiPromise, org: number, coverage: number, key: string): Call =>
  api.tx.claims.rekeyCoverage(orgId(org), u64(coverage, 'coverage'), account(key, 'key'));

/** Takes the place of the present member key; signed by the new one. */
export const acceptRekey = (api: ApiPromise, coverage: number): Call => api.tx.claims.acceptRekey(u64(coverage, 'coverage'));

/** Says no to another member key; signed by the present one, or by who bills for the payer. */
export const cancelRekey = (api: ApiPromise, coverage: number): Call => api.tx.claims.cancelRekey(u64(coverage, 'coverage'));

// Encounters. Signed by the provider's administrator, or by who treats or bills there.

/** Opens an encounter when the patient arrives: the service date of all its lines. */
export const openEncounter = (api: ApiPromise, org: number): Call => api.tx.claims.openEncounter(orgId(org));

/** Opens an encounter with somebody who cannot be asked. Nothing is paid without the member or the payer. */
export const openEmergency = (api: ApiPromise, org: number, coverage: number): Call =>
  api.tx.claims.openEmergency(orgId(org), u64(coverage, 'coverage'));

/** Attests an encounter, and that it is on this coverage; signed by the member key. */
export const attest = (api: ApiPromise, encounter: number, coverage: number): Call =>
  api.tx.claims.attest(u64(encounter, 'encounter'), u64(coverage, 'coverage'));

/** Hands in the member's signature over `attestMessage`, with which it attests the encounter. */
export const attestFor = (
  api: ApiPromise,
  org: number,
  encounter: number,
  coverage: number,
  expiry: number,
  signature: TypedSignature,
): Call => api.tx.claims.attestFor(orgId(org), u64(encounter, 'encounter'), u64(coverage, 'coverage'), moment(expiry, 'expiry'), signature);

/** Writes down what was done: the root over the details of the lines, in the order in which they will be claimed. */
export function closeEncounter(api: ApiPromise, org: number, encounter: number, lines: readonly WithDetail[]): Call {
  const tree = linesTree(lines);
  return api.tx.claims.closeEncounter(orgId(org), u64(encounter, 'encounter'), toHex(tree.root), tree.leaves);
}

/** Changes what was written down. A claim that stands is not touched: correct it. */
export function amendEncounter(api: ApiPromise, org: number, encounter: number, lines: readonly WithDetail[]): Call {
  const tree = linesTree(lines);
  return api.tx.claims.amendEncounter(orgId(org), u64(encounter, 'encounter'), toHex(tree.root), tree.leaves);
}

// Claims.

/** Claims all lines of a closed encounter; signed by the administrator or a biller of the provider. */
export const submit = (api: ApiPromise, org: number, encounter: number, lines: readonly ClaimLine[]): Call =>
  api.tx.claims.submit(orgId(org), u64(encounter, 'encounter'), encodeLines(lines));

/** Reverses a claim and puts the corrected one in its place, in one, and moves only the net; signed as `submit`. */
export const correct = (api: ApiPromise, org: number, claim: number, lines: readonly ClaimLine[]): Call =>
  api.tx.claims.correct(orgId(org), u64(claim, 'claim'), encodeLines(lines));

/** Takes a claim back, and gives back what was paid for it; signed as `submit`. */
export const voidClaim = (api: ApiPromise, org: number, claim: number): Call => api.tx.claims.void(orgId(org), u64(claim, 'claim'));

/** Asks the provider for information, off chain; signed by the administrator or a biller of the payer, whose clocks stand. */
export const requestInformation = (api: ApiPromise, org: number, claim: number): Call =>
  api.tx.claims.requestInformation(orgId(org), u64(claim, 'claim'));

/** Tells that the information was given; signed as `submit`. */
export const answer = (api: ApiPromise, org: number, claim: number): Call => api.tx.claims.answer(orgId(org), u64(claim, 'claim'));

/**
 * Decides about a pended claim, by the rules or line by line; signed by the administrator or a biller of
 * the payer who does not act for the provider. Each line's charge must be what is paid and all adjustments.
 */
export const decide = (api: ApiPromise, org: number, claim: number, decision: ClaimDecision): Call =>
  api.tx.claims.decide(orgId(org), u64(claim, 'claim'), encodeDecision(decision));

/** Lets the time that has passed take effect on a claim; signed by anybody. */
export const poke = (api: ApiPromise, claim: number): Call => api.tx.claims.poke(u64(claim, 'claim'));

// Money, in the smallest unit of an asset.

/** Pays up to `limit` of the claims that wait for a payer's funds, in their order; signed by anybody. */
export const settleWaiting = (api: ApiPromise, payer: number, asset: number, limit: number): Call =>
  api.tx.claims.settleWaiting(orgId(payer, 'payer'), u32(asset, 'asset'), u32(limit, 'limit'));

/** Puts money into an organisation's settlement account, and pays what waits for it; signed by whose money it is. */
export const fund = (api: ApiPromise, org: number, asset: number, amount: bigint): Call =>
  api.tx.claims.fund(orgId(org), u32(asset, 'asset'), amount);

/** Takes free money out, into the account of the administrator, who signs. Not while claims wait. */
export const withdraw = (api: ApiPromise, org: number, asset: number, amount: bigint): Call =>
  api.tx.claims.withdraw(orgId(org), u32(asset, 'asset'), amount);

// What became of a call, from the events of its transaction.

const numberIn = (included: Included, event: string, field: string): number =>
  numberOf(eventOf(included, 'claims', event)[field] as number);

/** The plan that `createPlan` or `revisePlan` published, and its version. */
export const publishedAs = (included: Included): { plan: number; version: number } =>
  ({ plan: numberIn(included, 'PlanPublished', 'plan'), version: numberIn(included, 'PlanPublished', 'version') });

/** The number that a coverage was given. */
export const enrolledAs = (included: Included): number => numberIn(included, 'Enrolled', 'coverage');

/** The number that an encounter was given. */
export const openedAs = (included: Included): number => numberIn(included, 'EncounterOpened', 'encounter');

/** The number that a claim was given, or its correction. */
export const submittedAs = (included: Included): number => numberIn(included, 'Submitted', 'claim');

/** What was moved when a claim was settled, or paid in part from what was on hold for it. */
export interface Payment {
  claim: number;
  /** From the payer to the provider, without interest. */
  paid: bigint;
  /** From the provider to the payer, by a correction. */
  returned: bigint;
  interest: bigint;
}

/** What a transaction moved, in order: for its own claim, or for those that waited for funds. */
export const paymentsIn = ({ events }: Included): Payment[] => events
  .filter(({ event }) => event.section === 'claims' && (event.method === 'Settled' || event.method === 'PaidInPart'))
  .map(({ event }) => {
    const { claim, paid, returned, interest } = event.data as unknown as Record<'claim' | 'paid' | 'interest', u128> & { returned?: u128 };
    // Only a correction that is settled gives anything back.
    return { claim: numberOf(claim), paid: unitsOf(paid), returned: returned === undefined ? 0n : unitsOf(returned), interest: unitsOf(interest) };
  });
