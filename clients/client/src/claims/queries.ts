/** Questions about coverages, encounters and claims, answered in the terms of `model`. */
import type { PalletClaimsAnswersQueryError, SalusClaimsAdjudicationError } from '@polkadot/types/lookup';
import type { Codec } from '@polkadot/types/types';
import type { Result } from '@polkadot/types-codec';
import { QueryFailed } from '@salus/types';
import type { ClaimLine, Eligibility, EncounterInfo, Estimate, Explanation, PlanTerms, Settlement } from '@salus/types/claims';
import type { ApiAt } from '../connect.js';
import { maybe, numberOf } from '../query.js';
import { eligibilityOf, encounterInfo, estimateOf, explanationOf, termsOf, unitsOf } from './chain.js';
import { encodeEstimated } from './encode.js';

/** The answer, or `QueryFailed` with the chain's own word for why there is none. */
function answerOf<T extends Codec>(answer: Result<T, PalletClaimsAnswersQueryError>, question: string): T {
  if (answer.isOk) return answer.asOk;
  const error = answer.asErr;
  throw new QueryFailed(error.isLines ? faultOf(error.asLines) : error.type, question);
}

const faultOf = (fault: SalusClaimsAdjudicationError): string =>
  (fault.isLine ? `line ${numberOf(fault.asLine.index) + 1}: ${fault.asLine.error.type}` : fault.type);

/** A version of a plan. */
export async function plan(api: ApiAt, number: number, version: number): Promise<PlanTerms | undefined> {
  return maybe(await api.call.claimsApi.plan(number, version), termsOf);
}

/** For which coverage a key has agreed to stand, now or formerly. Of what is offered to it, its payer tells the number. */
export async function coverageOf(api: ApiAt, member: string): Promise<number | undefined> {
  return maybe(await api.call.claimsApi.coverageOf(member), numberOf);
}

/**
 * What a coverage gives, and whether it was in force at `at` (seconds since 1970; now, unless given).
 * What is used of it is as of the block to which `api` is bound. `QueryFailed` for an unknown coverage,
 * and for the future.
 */
export async function eligibility(api: ApiAt, coverage: number, at?: number): Promise<Eligibility> {
  const answer = await api.call.claimsApi.eligibility(coverage, at ?? null);
  return eligibilityOf(coverage, answerOf(answer, `the eligibility of coverage ${coverage}`));
}

/**
 * What lines would come to, were they claimed now. Nothing is promised: other claims may come before.
 * `QueryFailed` for an unknown coverage, and for lines that cannot be adjudicated.
 */
export async function estimate(api: ApiAt, coverage: number, lines: readonly Omit<ClaimLine, 'detail'>[]): Promise<Estimate> {
  const answer = await api.call.claimsApi.estimate(coverage, encodeEstimated(lines));
  return estimateOf(answerOf(answer, `the estimate under coverage ${coverage}`));
}

export async function encounter(api: ApiAt, number: number): Promise<EncounterInfo | undefined> {
  return maybe(await api.call.claimsApi.encounter(number), (found) => encounterInfo(number, found));
}

/** What became of a claim, line by line: for `explanationInWords`, and for the resources of FHIR. */
export async function explanation(api: ApiAt, claim: number): Promise<Explanation | undefined> {
  return maybe(await api.call.claimsApi.explanation(claim), explanationOf);
}

/** A page of the claims of a coverage, oldest first, from behind the claim `after` on. Empty when there are no more. */
export async function claimsOf(api: ApiAt, coverage: number, after?: number): Promise<number[]> {
  const claims = await api.call.claimsApi.claimsOf(coverage, after ?? null);
  return [...claims].map(numberOf);
}

/** How many claims wait for a payer's funds in an asset, and the first of them, in the order in which they are paid. */
export async function waiting(api: ApiAt, payer: number, asset: number): Promise<{ count: number; claims: number[] }> {
  const [count, claims] = await api.call.claimsApi.waiting(payer, asset);
  return { count: numberOf(count), claims: [...claims].map(numberOf) };
}

/** The account in which an organisation's money for claims stands. */
export async function settlementAccount(api: ApiAt, org: number): Promise<string> {
  return (await api.call.claimsApi.settlementAccount(org)).toString();
}

/** What of an asset stands in an organisation's settlement account: free, and on hold for claims that are pended. */
export async function funds(api: ApiAt, org: number, asset: number): Promise<{ free: bigint; held: bigint }> {
  const account = await settlementAccount(api, org);
  const [free, held] = await Promise.all([
    api.query.assets.account(asset, account), api.query.assetsHolder.balancesOnHold(asset, account),
  ]);
  return { free: maybe(free, ({ balance }) => unitsOf(balance)) ?? 0n, held: maybe(held, unitsOf) ?? 0n };
}

/**
 * How an asset's smallest unit reads as money. The decimals are the chain's; for which currency of ISO
 * 4217 the asset stands, the chain does not say. `QueryFailed` for an asset without metadata.
 */
export async function settlementOf(api: ApiAt, asset: number, currency: string): Promise<Settlement & { symbol: string }> {
  const { symbol, decimals } = await api.query.assets.metadata(asset);
  if (symbol.isEmpty) throw new QueryFailed('NoMetadata', `the asset ${asset}`);
  return { currency, decimals: numberOf(decimals), symbol: symbol.toUtf8() };
}
