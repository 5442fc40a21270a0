/**
 * The chain's answers in the terms of `model`. Amounts go from decimal text to bigint, and through no
 * double.
 */
import type {
  PalletClaimsAnswersEligibility, PalletClaimsAnswersExplanation, PalletClaimsClaimClaimState, PalletClaimsCoverage,
  PalletClaimsEncounter, PalletClaimsPlanTerms, SalusClaimsAdjudicationPlanBenefit, SalusClaimsAdjudicationPlanUsage,
  SalusClaimsAdjudicationResultAdjudication, SalusClaimsAdjudicationResultLineResult, SalusClaimsAdjudicationResultTotals,
} from '@polkadot/types/lookup';
import type { Codec } from '@polkadot/types/types';
import type { Option } from '@polkadot/types-codec';
import type { Hex } from '@salus/types';
import {
  BENEFIT_CATEGORIES, totalsOf, type Adjustment, type Benefit, type ClaimLine, type ClaimState, type CoverageInfo, type Eligibility,
  type EncounterInfo, type Estimate, type Explanation, type LineResult, type PlanTerms, type Totals,
} from '@salus/types/claims';
import { numberOf } from '../query.js';
import { inCategory } from './encode.js';

/** An amount, exactly. */
export const unitsOf = (value: { toString(): string }): bigint => BigInt(value.toString());

/** The member `name`, if the option has a value. */
const given = <N extends string, T extends Codec, R>(name: N, option: Option<T>, map: (value: T) => R): Partial<Record<N, R>> =>
  (option.isSome ? { [name]: map(option.unwrap()) } as Record<N, R> : {});

function benefitOf(found: SalusClaimsAdjudicationPlanBenefit): Benefit {
  return {
    covered: found.covered.isTrue,
    authorisationRequired: found.authorisationRequired.isTrue,
    deductibleApplies: found.deductibleApplies.isTrue,
    ...given('allowedCap', found.allowedCap, unitsOf),
    ...given('visitLimit', found.visitLimit, numberOf),
    ...given('amountLimit', found.amountLimit, (limit): NonNullable<Benefit['amountLimit']> =>
      ({ kind: limit.type, amount: unitsOf(limit.isPaid ? limit.asPaid : limit.asConsidered) })),
    copay: unitsOf(found.copay),
    coinsurance: numberOf(found.coinsurance),
  };
}

// The fields of a codec are getters of its class: they are not there for a rest pattern (`...found`).

export function termsOf(found: PalletClaimsPlanTerms): PlanTerms {
  const { rules } = found;
  return {
    asset: numberOf(found.asset),
    deductible: unitsOf(rules.deductible),
    ...given('outOfPocketMaximum', rules.outOfPocketMaximum, unitsOf),
    coordination: rules.coordination.type,
    benefits: Object.fromEntries(BENEFIT_CATEGORIES.map((category) =>
      [category, benefitOf(inCategory(rules.benefits, category))])) as PlanTerms['benefits'],
    autoLimit: unitsOf(found.autoLimit),
    filingLimit: numberOf(found.filingLimit),
    decisionTime: numberOf(found.decisionTime),
    answerTime: numberOf(found.answerTime),
    paymentTime: numberOf(found.paymentTime),
    interest: numberOf(found.interest),
  };
}

export const coverageInfo = (coverage: number, found: PalletClaimsCoverage): CoverageInfo => ({
  coverage,
  payer: numberOf(found.payer),
  plan: numberOf(found.plan),
  planVersion: numberOf(found.version),
  member: found.member.toString(),
  from: numberOf(found.period.from),
  until: numberOf(found.period.until),
  ...given('accepted', found.accepted, numberOf),
  ...given('nextKey', found.nextKey, ({ key, from }) => ({ key: key.toString(), from: numberOf(from) })),
});

export function eligibilityOf(coverage: number, found: PalletClaimsAnswersEligibility): Eligibility {
  const { rules, used } = found;
  return {
    coverage: coverageInfo(coverage, found.coverage),
    at: numberOf(found.at),
    inForce: found.inForce.isTrue,
    deductible: { limit: unitsOf(rules.deductible), used: unitsOf(used.deductible) },
    ...given('outOfPocket', rules.outOfPocketMaximum, (limit) => ({ limit: unitsOf(limit), used: unitsOf(used.outOfPocket) })),
    benefits: BENEFIT_CATEGORIES.map((category) => {
      const { visits, amount } = inCategory<SalusClaimsAdjudicationPlanUsage>(used.usage, category);
      return {
        category, benefit: benefitOf(inCategory(rules.benefits, category)), visitsUsed: numberOf(visits), amountUsed: unitsOf(amount),
      };
    }),
  };
}

export const encounterInfo = (encounter: number, found: PalletClaimsEncounter): EncounterInfo => ({
  encounter,
  provider: numberOf(found.provider),
  opened: numberOf(found.opened),
  emergency: found.emergency.isTrue,
  ...given('coverage', found.coverage, numberOf),
  ...given('attested', found.attested, numberOf),
  ...given('closing', found.closing, ({ at, root, lines, amendments }) =>
    ({ at: numberOf(at), root: root.toHex() as Hex, lines: numberOf(lines), amendments: numberOf(amendments) })),
  reviewed: found.reviewed.isTrue,
  ...given('claim', found.claim, numberOf),
  ...given('correction', found.correction, numberOf),
});

function stateOf(state: PalletClaimsClaimClaimState): ClaimState {
  switch (state.type) {
    case 'Pended':
      return { kind: 'Pended', reason: state.asPended.reason.type, due: numberOf(state.asPended.due) };
    case 'InformationRequested': {
      const { since, due } = state.asInformationRequested;
      return { kind: 'InformationRequested', since: numberOf(since), due: numberOf(due) };
    }
    case 'Waiting':
      return { kind: 'Waiting', since: numberOf(state.asWaiting.since) };
    case 'Settled':
      return { kind: 'Settled', at: numberOf(state.asSettled.at) };
    case 'Superseded':
      return { kind: 'Superseded', by: numberOf(state.asSuperseded.by) };
    case 'Voided':
      return { kind: 'Voided', at: numberOf(state.asVoided.at) };
    case 'Lapsed':
      return { kind: 'Lapsed', at: numberOf(state.asLapsed.at) };
  }
}

const chainTotals = (found: SalusClaimsAdjudicationResultTotals): Totals => ({
  charge: unitsOf(found.charge),
  paid: unitsOf(found.paid),
  contractualObligation: unitsOf(found.contractualObligation),
  patientResponsibility: unitsOf(found.patientResponsibility),
  otherAdjustment: unitsOf(found.otherAdjustment),
  payerInitiated: unitsOf(found.payerInitiated),
});

const resultOf = (found: SalusClaimsAdjudicationResultLineResult): LineResult => ({
  category: found.category.type,
  paid: unitsOf(found.paid),
  patientResponsibility: unitsOf(found.patientResponsibility),
  usage: { visits: numberOf(found.usage.visits), amount: unitsOf(found.usage.amount) },
  adjustments: [...found.adjustments].map(({ group, carc, amount }): Adjustment =>
    ({ group: group.type, carc: carc.type, amount: unitsOf(amount) })),
});

export function explanationOf({ id, claim, encounter, lines, results }: PalletClaimsAnswersExplanation): Explanation {
  const claimed = [...lines].map(({ category, quantity, charge, detail }): ClaimLine =>
    ({ category: category.type, quantity: numberOf(quantity), charge: unitsOf(charge), detail: detail.toHex() as Hex }));
  return {
    claim: numberOf(id),
    encounter: numberOf(claim.encounter),
    coverage: numberOf(claim.coverage),
    provider: numberOf(claim.provider),
    payer: numberOf(claim.payer),
    version: numberOf(claim.version),
    ...given('previous', claim.previous, numberOf),
    serviceDate: numberOf(encounter.opened),
    submitted: numberOf(claim.submitted),
    state: stateOf(claim.state),
    lines: claimed,
    results: [...results].map(resultOf),
    totals: claim.totals.isSome ? chainTotals(claim.totals.unwrap()) : totalsOf(claimed, []),
    transferred: unitsOf(claim.transferred),
    interest: unitsOf(claim.interest),
  };
}

export const estimateOf = ({ lines, totals }: SalusClaimsAdjudicationResultAdjudication): Estimate =>
  ({ results: [...lines].map(resultOf), totals: chainTotals(totals) });
