/** Plans: described by what they cover, and as the chain takes them. */
import { MAX_U32, checkAmount, checkWhole } from './bounds.js';
import { BENEFIT_CATEGORIES, type Benefit, type BenefitCategory, type PlanTerms } from './model.js';
import { fromDecimal } from './money.js';

const DAY = 86_400;
const WHOLE = 1_000_000;

/** The bounds of a plan's clocks, in seconds, as the pallet has them. */
export const CLOCKS = {
  filingLimit: { least: 90 * DAY, most: 730 * DAY },
  decisionTime: { least: 1, most: 90 * DAY },
  answerTime: { least: 7 * DAY, most: 45 * DAY },
  paymentTime: { least: 0, most: 90 * DAY },
} as const;

/** What a plan gives in a category that it covers. What is left out does not apply: no cap, no limit, no share. */
export type BenefitDescription = Partial<Omit<Benefit, 'covered' | 'authorisationRequired'>>;

/**
 * A plan by what it covers; categories that are not named are not covered. Left out, there is no
 * deductible, no out-of-pocket maximum and no interest; claims may be filed for 365 days, the payer has
 * 30 days to decide and 30 to pay, and a provider 45 to answer.
 *
 * ```ts
 * const plan = { asset: 1, autoLimit: cents('1000.00'), deductible: cents('50.00'), benefits: {
 *   Specialist: { allowedCap: cents('150.00'), copay: cents('20.00'), coinsurance: percent('20') },
 * } };
 * ```
 */
export interface PlanDescription extends Partial<Omit<PlanTerms, 'asset' | 'autoLimit' | 'benefits'>> {
  asset: number;
  autoLimit: bigint;
  benefits: Partial<Record<BenefitCategory, BenefitDescription>>;
}

/** A percentage in parts per million: `12.5` is 125,000. Finer than a ten-thousandth, or above 100, is a `RangeError`. */
export function percent(text: string): number {
  const ppm = fromDecimal(text, 4);
  if (ppm < 0n || ppm > BigInt(WHOLE)) throw new RangeError(`${text} % is not a share`);
  return Number(ppm);
}

const NOT_COVERED: Benefit = { covered: false, authorisationRequired: false, deductibleApplies: false, copay: 0n, coinsurance: 0 };

/**
 * The terms that a description stands for. A `RangeError` for what no plan may say: a share above the
 * whole, a cap of nothing, a clock outside its bounds, an amount or count that the chain cannot hold.
 */
export function planTerms(description: PlanDescription): PlanTerms {
  const unknown = Object.keys(description.benefits).find((name) => !BENEFIT_CATEGORIES.includes(name as BenefitCategory));
  if (unknown !== undefined) throw new RangeError(`unknown category ${unknown}`);
  const benefits = Object.fromEntries(BENEFIT_CATEGORIES.map((category) => {
    const given = description.benefits[category];
    return [category, given ? { ...NOT_COVERED, covered: true, ...given } : NOT_COVERED];
  })) as Record<BenefitCategory, Benefit>;
  const terms: PlanTerms = {
    deductible: 0n, coordination: 'HigherAllowed', filingLimit: 365 * DAY, decisionTime: 30 * DAY,
    answerTime: 45 * DAY, paymentTime: 30 * DAY, interest: 0, ...description, benefits,
  };
  checkTerms(terms);
  return terms;
}

function checkTerms(terms: PlanTerms): void {
  checkWhole('the asset', terms.asset, 0, MAX_U32);
  checkAmount('the deductible', terms.deductible);
  if (terms.outOfPocketMaximum !== undefined) checkAmount('the out-of-pocket maximum', terms.outOfPocketMaximum);
  checkAmount('the limit for automatic settlement', terms.autoLimit);
  checkWhole('the interest', terms.interest, 0, WHOLE);
  for (const [name, { least, most }] of Object.entries(CLOCKS)) checkWhole(name, terms[name as keyof typeof CLOCKS], least, most);
  for (const category of BENEFIT_CATEGORIES) {
    const { allowedCap, amountLimit, coinsurance, copay, visitLimit } = terms.benefits[category];
    if (allowedCap !== undefined) checkAmount(`the cap of ${category}`, allowedCap, 1n);
    if (amountLimit) checkAmount(`the limit of ${category}`, amountLimit.amount);
    if (visitLimit !== undefined) checkWhole(`the visits of ${category}`, visitLimit, 0, MAX_U32);
    checkAmount(`the copay of ${category}`, copay);
    checkWhole(`the coinsurance of ${category}`, coinsurance, 0, WHOLE);
  }
}
