/** A claim in words for the patient: what was charged, who pays what, and why. */
import { allowedOf, borneBy, checkBalance, isCancelled, isDecided } from './balance.js';
import { categoryInWords } from './categories.js';
import { carcLabel, carcMeaning, groupMeaning, isDenial, isDenied, sumOf } from './codes.js';
import { date } from '../days.js';
import { toDecimal } from './money.js';
import type { Adjustment, BenefitCategory, ClaimLine, Explanation, LineResult, Settlement } from './model.js';

export interface WordsOptions {
  /** The zone whose days the patient lives by, by its IANA name. */
  zone: string;
  /** The name of an organisation of the registry; without it, its number. */
  names?: (organisation: number) => string | undefined;
  /** The plan's coinsurance of a category in parts per million, to be named where it explains the amount. */
  coinsurance?: (category: BenefitCategory) => number | undefined;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The day of a moment where the reader is, such as `24 Nov 2026`. */
export function dateInWords(seconds: number, zone: string): string {
  const [year, month, day] = date(seconds, zone).split('-').map(Number);
  return `${day} ${MONTHS[(month as number) - 1]} ${year}`;
}

/** A share in parts per million as a percentage: 125000 is `12.5 %`. */
export const percentInWords = (ppm: number): string => `${toDecimal(BigInt(ppm), 4).replace(/\.?0+$/, '')} %`;

/** Why an amount is not paid, and who bears it. */
export const reasonInWords = ({ carc, group }: Adjustment): string => `${carcMeaning(carc)} ${groupMeaning(group)}`;

/** Where a claim stands, in a sentence or two without amounts. */
export function stateInWords({ state, previous }: Explanation, zone: string): string {
  const day = (seconds: number): string => dateInWords(seconds, zone);
  switch (state.kind) {
    case 'Pended': {
      const why = {
        AboveLimit: 'the amount is above what the plan pays without one',
        NotAttested: 'it was an emergency and you have not confirmed the visit',
        Reviewed: 'a person has decided about this visit before',
      }[state.reason];
      const otherwise = state.reason === 'NotAttested' ? 'and you have not confirmed the visit, the claim is denied' : 'the rules of the plan do';
      return `Your insurer has not decided yet. A person has to look at the claim, because ${why}. If nobody decides by ${day(state.due)}, ${otherwise}.`;
    }
    case 'InformationRequested':
      return `Your insurer asked the provider for more information on ${day(state.since)}. If there is no answer by ${day(state.due)}, the claim is denied.`;
    case 'Waiting':
      return `Your insurer decided on ${day(state.since)}, and pays as soon as it has the funds.`;
    case 'Settled':
      return `The claim was settled on ${day(state.at)}.`;
    case 'Superseded':
      return `The claim was corrected and no longer counts. Claim ${state.by} stands in its place.`;
    case 'Voided':
      return `The provider took the claim back on ${day(state.at)}. It no longer counts.`;
    case 'Lapsed':
      return `The correction came to nothing on ${day(state.at)}.${previous === undefined ? '' : ` Claim ${previous} stands as it was.`}`;
  }
}

/**
 * An explanation of benefits for the patient, in short lines. Throws `IntegrityBroken` if the claim
 * does not add up.
 */
export function explanationInWords(explanation: Explanation, settlement: Settlement, options: WordsOptions): string[] {
  checkBalance(explanation);
  const { lines, results, state, totals, interest, previous } = explanation;
  const amount = (units: bigint): string => toDecimal(units, settlement.decimals);
  const charge = lines.reduce((sum, line) => sum + line.charge, 0n);
  const provider = options.names?.(explanation.provider) ?? `organisation ${explanation.provider}`;
  const said = [`Visit on ${dateInWords(explanation.serviceDate, options.zone)} at ${provider}: charged ${amount(charge)} ${settlement.currency}.`];
  if (previous !== undefined && state.kind !== 'Lapsed') said.push(`This claim corrects claim ${previous}.`);
  if (isCancelled(explanation) || !isDecided(explanation)) return [...said, stateInWords(explanation, options.zone)];

  results.forEach((result, at) => {
    const line = lines[at] as ClaimLine;
    if (lines.length > 1) said.push(`${categoryInWords(line.category)}: charged ${amount(line.charge)}.`);
    said.push(...lineInWords(line, result, amount, options));
  });
  if (lines.length > 1) said.push(`In all, you pay ${amount(totals.patientResponsibility)}.`);
  said.push(...paymentInWords(explanation, amount, options.zone));
  if (interest > 0n) said.push(`Your insurer also paid the provider ${amount(interest)} of interest for being late. It costs you nothing.`);
  return said;
}

/** What the insurer has paid, or owes. Of a correction, what the provider has of all its versions together. */
function paymentInWords(explanation: Explanation, amount: (units: bigint) => string, zone: string): string[] {
  const { state, totals: { paid }, transferred, previous } = explanation;
  if (paid === 0n) return ['Your insurer pays nothing.'];
  if (state.kind !== 'Settled') {
    const owed = transferred === 0n
      ? `Your insurer owes the provider ${amount(paid)}.`
      : `Your insurer paid ${amount(transferred)} before and owes the provider ${amount(paid - transferred)} more.`;
    return [owed, stateInWords(explanation, zone)];
  }
  const on = dateInWords(state.at, zone);
  return [previous === undefined
    ? `Your insurer paid ${amount(paid)} on ${on}.`
    : `For this visit your insurer has paid ${amount(paid)} in all, settled on ${on}.`];
}

function lineInWords(line: ClaimLine, result: LineResult, amount: (units: bigint) => string, options: WordsOptions): string[] {
  const { adjustments, patientResponsibility } = result;
  const prior = sumOf(adjustments, 'PriorPayer');
  const said: string[] = [];
  if (prior > 0n) said.push(`The insurer before this one settled ${amount(prior)}.`);
  else if (!isDenied(result)) said.push(`Your plan allows ${amount(allowedOf(line, result))}.`);
  for (const { carc, group } of adjustments) {
    if (isDenial(carc)) said.push(`Denied: ${carcMeaning(carc)}`);
    else if (group !== 'PatientResponsibility' && carc !== 'FeeSchedule' && carc !== 'PriorPayer') said.push(carcMeaning(carc));
  }
  const shares = adjustments.filter(({ group }) => group === 'PatientResponsibility')
    .map((share) => `${amount(share.amount)} ${carcLabel(share.carc)}${share.carc === 'Coinsurance' ? rateInWords(line, result, options) : ''}`);
  said.push(shares.length === 0 ? 'You pay nothing.' : `You pay ${amount(patientResponsibility)}: ${shares.join(', ')}.`);
  const writtenOff = borneBy(adjustments, 'ContractualObligation') + borneBy(adjustments, 'PayerInitiated');
  if (writtenOff > 0n) said.push(`The provider writes off ${amount(writtenOff)} and may not bill you for it.`);
  const open = borneBy(adjustments, 'OtherAdjustment') - prior;
  if (open > 0n) said.push(`Nobody pays ${amount(open)} on this claim.`);
  return said;
}

/** The coinsurance as a percentage, if it is what the amount comes from and nothing else has cut it. */
function rateInWords(line: ClaimLine, result: LineResult, { coinsurance }: WordsOptions): string {
  const ppm = coinsurance?.(line.category);
  if (ppm === undefined) return '';
  const base = allowedOf(line, result) - sumOf(result.adjustments, 'Deductible', 'Copay', 'BenefitMaximum', 'AuthorisationExceeded');
  const off = sumOf(result.adjustments, 'Coinsurance') * 1_000_000n - base * BigInt(ppm);
  return off > -1_000_000n && off < 1_000_000n ? ` (${percentInWords(ppm)})` : '';
}
