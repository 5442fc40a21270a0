/**
 * Amounts of an adjudication in FHIR: by item, in total, and as paid.
 *
 * Every adjustment is there once, with its X12 group and reason as `reason`. So the amount `submitted`
 * of an item is its `benefit` and all amounts with a reason together.
 */
import type {
  CodeableConcept, ClaimResponseItemAdjudication as Adjudication, ClaimResponsePayment as Payment,
  ClaimResponseTotal as Total,
} from 'fhir/r4.js';
import {
  allowedOf, carcCode, carcMeaning, groupCode, groupLabel, isCancelled, isDecided, sumOf, X12_CARC_SYSTEM, X12_GROUP_SYSTEM, type Adjustment,
  type Carc, type ClaimLine, type Explanation, type Group, type LineResult, type Settlement,
} from '@salus/types/claims';
import { date } from '@salus/types/days';
import { concept, hl7 } from './fhir-parts.js';
import { toMoney } from './fhir-money.js';

const C4BB = 'http://hl7.org/fhir/us/carin-bb/CodeSystem';

/** What an amount is: HL7's adjudication codes and, for what these lack, those of CARIN Blue Button. */
const AMOUNTS = {
  submitted: concept(hl7('adjudication'), 'submitted', 'Charged'),
  eligible: concept(hl7('adjudication'), 'eligible', 'Allowed by the plan'),
  deductible: concept(hl7('adjudication'), 'deductible', 'Deductible'),
  copay: concept(hl7('adjudication'), 'copay', 'Copay'),
  coinsurance: concept(`${C4BB}/C4BBAdjudication`, 'coinsurance', 'Coinsurance'),
  adjustment: concept(`${C4BB}/C4BBAdjudicationDiscriminator`, 'adjustmentreason', 'Not paid'),
  memberLiability: concept(`${C4BB}/C4BBAdjudication`, 'memberliability', 'Patient pays'),
  benefit: concept(hl7('adjudication'), 'benefit', 'Paid by the insurer'),
};

const SHARES: [Carc, CodeableConcept][] = [
  ['Deductible', AMOUNTS.deductible], ['Copay', AMOUNTS.copay], ['Coinsurance', AMOUNTS.coinsurance],
];

const reason = (adjustment: Adjustment): CodeableConcept => ({
  coding: [
    { system: X12_GROUP_SYSTEM, code: groupCode(adjustment.group) },
    { system: X12_CARC_SYSTEM, code: carcCode(adjustment.carc) },
  ],
  text: carcMeaning(adjustment.carc),
});

/** The adjudication of a line; while it is not decided, only what was charged. */
export function adjudicationOf(line: ClaimLine, result: LineResult | undefined, settlement: Settlement): Adjudication[] {
  const entry = (category: CodeableConcept, units: bigint): Adjudication => ({ category, amount: toMoney(units, settlement) });
  const submitted = entry(AMOUNTS.submitted, line.charge);
  if (!result) return [submitted];
  return [
    submitted,
    entry(AMOUNTS.eligible, allowedOf(line, result)),
    ...result.adjustments.map((adjustment): Adjudication => ({
      category: SHARES.find(([carc]) => carc === adjustment.carc)?.[1] ?? AMOUNTS.adjustment,
      reason: reason(adjustment),
      amount: toMoney(adjustment.amount, settlement),
    })),
    entry(AMOUNTS.memberLiability, result.patientResponsibility),
    entry(AMOUNTS.benefit, result.paid),
  ];
}

/** The totals over all lines: of each kind of amount, and of each X12 group that bears anything. */
export function totalsInFhir(explanation: Explanation, settlement: Settlement): Total[] {
  const { lines, results, totals } = explanation;
  const total = (category: CodeableConcept, units: bigint): Total => ({ category, amount: toMoney(units, settlement) });
  const unlessNone = (category: CodeableConcept, units: bigint): Total[] => (units === 0n ? [] : [total(category, units)]);
  const submitted = total(AMOUNTS.submitted, lines.reduce((sum, { charge }) => sum + charge, 0n));
  if (!isDecided(explanation)) return [submitted];
  const allowed = results.reduce((sum, result, at) => sum + allowedOf(lines[at] as ClaimLine, result), 0n);
  const adjustments = results.flatMap((result) => result.adjustments);
  const groups: [Group, bigint][] = [
    ['ContractualObligation', totals.contractualObligation], ['PatientResponsibility', totals.patientResponsibility],
    ['OtherAdjustment', totals.otherAdjustment], ['PayerInitiated', totals.payerInitiated],
  ];
  return [
    submitted,
    total(AMOUNTS.eligible, allowed),
    ...SHARES.flatMap(([carc, category]) => unlessNone(category, sumOf(adjustments, carc))),
    ...groups.flatMap(([group, units]) => unlessNone(concept(X12_GROUP_SYSTEM, groupCode(group), groupLabel(group)), units)),
    total(AMOUNTS.memberLiability, totals.patientResponsibility),
    total(AMOUNTS.benefit, totals.paid),
  ];
}

/**
 * What the provider has of a claim, with its interest. FHIR's amount is the benefit *less* the
 * adjustment, so interest, which comes on top, is a negative one, as in the PLB of an X12 835. A
 * correction shows what its whole lineage was paid; a cancelled claim therefore shows nothing.
 */
export function paymentOf(explanation: Explanation, { settlement, zone }: { settlement: Settlement; zone: string }): Payment | undefined {
  const { state, totals, transferred, interest } = explanation;
  if (isCancelled(explanation) || !isDecided(explanation) || (transferred === 0n && interest === 0n)) return undefined;
  return {
    type: concept(hl7('ex-paymenttype'), transferred < totals.paid ? 'partial' : 'complete'),
    ...(interest === 0n ? {} : {
      adjustment: toMoney(-interest, settlement),
      adjustmentReason: concept('urn:salus:payment-adjustment', 'interest', 'Interest for late payment, on top of the benefit'),
    }),
    ...(state.kind === 'Settled' ? { date: date(state.at, zone) } : {}),
    amount: toMoney(transferred + interest, settlement),
  };
}
