/** The equation of the X12 835, checked before anything is said of a claim to anybody. */
import { IntegrityBroken } from '../errors.js';
import { isDenied, sumOf } from './codes.js';
import type { Adjustment, ClaimLine, Explanation, Group, LineResult, Totals } from './model.js';

/** Whether there are results. */
export const isDecided = ({ results }: Explanation): boolean => results.length > 0;

/** Whether the claim no longer counts: corrected, taken back, or a correction that came to nothing. */
export const isCancelled = ({ state }: Explanation): boolean =>
  state.kind === 'Superseded' || state.kind === 'Voided' || state.kind === 'Lapsed';

/** The sum of the adjustments that a group bears. */
export const borneBy = (adjustments: readonly Adjustment[], group: Group): bigint =>
  adjustments.reduce((sum, adjustment) => (adjustment.group === group ? sum + adjustment.amount : sum), 0n);

/** What the plan allows of a line: its charge without what is above the fee (CARC 45), and nothing of a denied line. */
export const allowedOf = (line: ClaimLine, result: LineResult): bigint =>
  isDenied(result) ? 0n : line.charge - sumOf(result.adjustments, 'FeeSchedule');

/** The totals that lines and results come to. */
export function totalsOf(lines: readonly ClaimLine[], results: readonly LineResult[]): Totals {
  const adjustments = results.flatMap((result) => result.adjustments);
  return {
    charge: lines.reduce((sum, { charge }) => sum + charge, 0n),
    paid: results.reduce((sum, { paid }) => sum + paid, 0n),
    contractualObligation: borneBy(adjustments, 'ContractualObligation'),
    patientResponsibility: borneBy(adjustments, 'PatientResponsibility'),
    otherAdjustment: borneBy(adjustments, 'OtherAdjustment'),
    payerInitiated: borneBy(adjustments, 'PayerInitiated'),
  };
}

/**
 * Checks that an explanation adds up: that each decided line's charge is what was paid and all
 * adjustments, that totals are the sums of the lines, and that nothing was paid on a denied line.
 * `IntegrityBroken` if not; the chain gives no such claim.
 */
export function checkBalance(explanation: Explanation): void {
  const { claim, lines, results, state, totals } = explanation;
  const broken = (what: string): never => {
    throw new IntegrityBroken(`claim ${claim} does not add up: ${what}`);
  };
  if (lines.length === 0) broken('it has no lines');
  const pending = state.kind === 'Pended' || state.kind === 'InformationRequested';
  const needed = state.kind === 'Waiting' || state.kind === 'Settled';
  if (pending && isDecided(explanation)) broken('it is pended and has results');
  if (needed && !isDecided(explanation)) broken('it is decided and has no results');
  if (!isDecided(explanation)) return;
  if (results.length !== lines.length) broken(`${lines.length} lines and ${results.length} results`);
  results.forEach((result, at) => {
    const line = lines[at] as ClaimLine;
    const all = result.adjustments.reduce((sum, { amount }) => sum + amount, 0n);
    if (result.category !== line.category) broken(`line ${at + 1} is of another category than its result`);
    if (result.adjustments.some(({ amount }) => amount <= 0n)) broken(`line ${at + 1} has an adjustment of nothing`);
    if (result.paid < 0n || line.charge !== result.paid + all) broken(`line ${at + 1} is not what was paid and adjusted`);
    if (isDenied(result) && result.paid !== 0n) broken(`line ${at + 1} is denied and paid`);
    if (result.patientResponsibility !== borneBy(result.adjustments, 'PatientResponsibility')) {
      broken(`what the patient owes for line ${at + 1} is not the sum of its adjustments`);
    }
  });
  const sums = totalsOf(lines, results);
  for (const name of Object.keys(sums) as (keyof Totals)[]) {
    if (totals[name] !== sums[name]) broken(`the total ${name} is not the sum of the lines`);
  }
}
