/** Plans, lines and decisions in the form that the calls of the pallet take. */
import { bytes32, toHex } from '@salus/types';
import {
  BENEFIT_CATEGORIES, checkAmount, checkCount, checkWhole, MAX_U32, type Adjustment, type Benefit, type BenefitCategory, type ClaimDecision,
  type ClaimLine, type Estimate, type LineDecision, type PlanTerms,
} from '@salus/types/claims';

const MAX_ADJUSTMENTS = 8;

/** The name of a category's field, such as `primaryCare`. */
const fieldOf = (category: BenefitCategory): string => `${category.charAt(0).toLowerCase()}${category.slice(1)}`;

/** The field of a category in a struct with one for each. */
export const inCategory = <T>(fields: object, category: BenefitCategory): T =>
  (fields as Record<string, T>)[fieldOf(category)] as T;

const encodeBenefit = (benefit: Benefit) => ({
  covered: benefit.covered,
  authorisationRequired: benefit.authorisationRequired,
  deductibleApplies: benefit.deductibleApplies,
  allowedCap: benefit.allowedCap ?? null,
  visitLimit: benefit.visitLimit ?? null,
  amountLimit: benefit.amountLimit ? { [benefit.amountLimit.kind]: benefit.amountLimit.amount } : null,
  copay: benefit.copay,
  coinsurance: benefit.coinsurance,
});

export const encodeTerms = (terms: PlanTerms) => ({
  asset: terms.asset,
  rules: {
    deductible: terms.deductible,
    outOfPocketMaximum: terms.outOfPocketMaximum ?? null,
    coordination: terms.coordination,
    benefits: Object.fromEntries(BENEFIT_CATEGORIES.map((category) => [fieldOf(category), encodeBenefit(terms.benefits[category])])),
  },
  autoLimit: terms.autoLimit,
  filingLimit: terms.filingLimit,
  decisionTime: terms.decisionTime,
  answerTime: terms.answerTime,
  paymentTime: terms.paymentTime,
  interest: terms.interest,
});

/** The number of lines and each of them, or a `RangeError`: the node would only say that it cannot decode them. */
function checkLines(lines: readonly Omit<ClaimLine, 'detail'>[]): void {
  checkCount('a claim', lines);
  for (const [at, { quantity, charge }] of lines.entries()) {
    checkWhole(`the quantity of line ${at + 1}`, quantity, 1, MAX_U32);
    checkAmount(`the charge of line ${at + 1}`, charge);
  }
}

export function encodeLines(lines: readonly ClaimLine[]) {
  checkLines(lines);
  return lines.map(({ category, quantity, charge, detail }) => ({ category, quantity, charge, detail: toHex(bytes32(detail)) }));
}

/** Lines to be estimated: without detail, authorisation, or another payer before. */
export function encodeEstimated(lines: readonly Omit<ClaimLine, 'detail'>[]) {
  checkLines(lines);
  const alone = { authorisation: null, denial: null, prior: null };
  return lines.map(({ category, quantity, charge }) => ({ category, quantity, charge, ...alone }));
}

const encodeAdjustment = ({ group, carc, amount }: Adjustment) => {
  checkAmount('an adjustment', amount, 1n);
  return { group, carc, amount };
};

function encodeLineDecision({ paid, adjustments }: LineDecision, at: number) {
  checkAmount(`the payment of line ${at + 1}`, paid);
  if (adjustments.length > MAX_ADJUSTMENTS) throw new RangeError(`line ${at + 1} has more than ${MAX_ADJUSTMENTS} adjustments`);
  return { paid, adjustments: adjustments.map(encodeAdjustment) };
}

export function encodeDecision(decision: ClaimDecision) {
  if (decision === 'AsAdjudicated') return { AsAdjudicated: null };
  checkCount('a claim', decision);
  return { Lines: decision.map(encodeLineDecision) };
}

/** What the rules come to, as a payer's own decision: to be changed where the payer sees it otherwise. */
export const asDecision = ({ results }: Pick<Estimate, 'results'>): LineDecision[] =>
  results.map(({ paid, adjustments }) => ({ paid, adjustments: adjustments.map((adjustment) => ({ ...adjustment })) }));
