/** A plan in words, and what is left of it, for whoever is to accept a coverage or to use it. */
import { categoryInWords } from './categories.js';
import { BENEFIT_CATEGORIES, type Benefit, type Eligibility, type PlanTerms, type Settlement } from './model.js';
import { toDecimal } from './money.js';
import { percentInWords } from './words.js';

const DAY = 86_400;
const HOUR = 3_600;

/** A length of time, exactly: `30 days`, `1 hour`. */
function timeInWords(seconds: number): string {
  const units: [number, string][] = [[DAY, 'day'], [HOUR, 'hour'], [1, 'second']];
  const [length, name] = units.find(([unit]) => seconds > 0 && seconds % unit === 0) ?? [1, 'second'];
  const count = seconds / length;
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

type Amount = (units: bigint) => string;

const amountIn = (settlement: Settlement): Amount => (units) => toDecimal(units, settlement.decimals);

/** What a covered category costs the member, in the order in which a claim is priced. */
function benefitInWords(benefit: Benefit, amount: Amount): string {
  const { allowedCap, amountLimit, authorisationRequired, coinsurance, copay, deductibleApplies, visitLimit } = benefit;
  const said: string[] = [];
  if (authorisationRequired) said.push('only with an authorisation beforehand');
  if (allowedCap !== undefined) said.push(`up to ${amount(allowedCap)} a unit`);
  if (visitLimit !== undefined) said.push(`${visitLimit} ${visitLimit === 1 ? 'unit' : 'units'} at most`);
  if (amountLimit?.kind === 'Considered') said.push(`${amount(amountLimit.amount)} at most, your share with it`);
  if (deductibleApplies) said.push('the deductible comes first');
  if (copay > 0n) said.push(`you pay ${amount(copay)} a unit`);
  if (coinsurance > 0) said.push(`you pay ${percentInWords(coinsurance)} of ${copay > 0n || deductibleApplies ? 'the rest' : 'it'}`);
  if (amountLimit?.kind === 'Paid') said.push(`the plan pays ${amount(amountLimit.amount)} at most`);
  return said.length === 0 ? 'paid in full' : said.join('; ');
}

/** A plan for its members and for those who claim, in short lines. */
export function planInWords(terms: PlanTerms, settlement: Settlement): string[] {
  const amount = amountIn(settlement);
  const { deductible, outOfPocketMaximum, benefits, interest } = terms;
  const covered = BENEFIT_CATEGORIES.filter((category) => benefits[category].covered);
  const others = BENEFIT_CATEGORIES.filter((category) => !benefits[category].covered);
  const late = interest > 0 ? `, and bears ${percentInWords(interest)} of interest a year after that` : '';
  return [
    deductible > 0n ? `Where a deductible comes first, you pay the first ${amount(deductible)} ${settlement.currency}.` : 'There is no deductible.',
    outOfPocketMaximum === undefined
      ? 'There is no limit to what your shares come to.'
      : `Your shares come to ${amount(outOfPocketMaximum)} ${settlement.currency} at most.`,
    ...covered.map((category) => `${categoryInWords(category)}: ${benefitInWords(benefits[category], amount)}.`),
    ...(others.length === 0 ? [] : [`Not covered: ${others.map(categoryInWords).join(', ')}.`]),
    `A payment of up to ${amount(terms.autoLimit)} is made at once; above it a person decides within ${timeInWords(terms.decisionTime)}, or the rules do.`,
    `A claim is filed within ${timeInWords(terms.filingLimit)}, a question answered within ${timeInWords(terms.answerTime)}.`,
    `What is owed is due ${terms.paymentTime === 0 ? 'at once' : `within ${timeInWords(terms.paymentTime)}`}${late}.`,
  ];
}

/** What of a coverage is used, and what is left: only where there is a limit or something was used. */
export function eligibilityInWords(eligibility: Eligibility, settlement: Settlement): string[] {
  const amount = amountIn(settlement);
  const { deductible, outOfPocket, benefits, inForce } = eligibility;
  const of = ({ used, limit }: { used: bigint; limit: bigint }): string => `${amount(used)} of ${amount(limit)} used`;
  const said = [inForce ? 'The coverage is in force.' : 'The coverage is not in force.'];
  if (deductible.limit > 0n) said.push(`Deductible: ${of(deductible)}.`);
  if (outOfPocket) said.push(`Your shares: ${of(outOfPocket)}.`);
  for (const { category, benefit, visitsUsed, amountUsed } of benefits) {
    const { visitLimit, amountLimit } = benefit;
    const parts: string[] = [];
    if (visitLimit !== undefined) parts.push(`${visitsUsed} of ${visitLimit} units used`);
    else if (visitsUsed > 0) parts.push(`${visitsUsed} ${visitsUsed === 1 ? 'unit' : 'units'} used`);
    if (amountLimit) parts.push(of({ used: amountUsed, limit: amountLimit.amount }));
    if (benefit.covered && parts.length > 0) said.push(`${categoryInWords(category)}: ${parts.join(', ')}.`);
  }
  return said;
}
