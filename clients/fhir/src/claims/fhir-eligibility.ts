/** What a coverage gives, as FHIR R4 `CoverageEligibilityRequest` and `CoverageEligibilityResponse`. */
import type {
  CodeableConcept, CoverageEligibilityRequest, CoverageEligibilityResponse,
  CoverageEligibilityResponseInsuranceItem as Item, CoverageEligibilityResponseInsuranceItemBenefit as ItemBenefit,
} from 'fhir/r4.js';
import { percentInWords, type BenefitCategory, type CoverageInfo, type Eligibility, type Settlement } from '@salus/types/claims';
import { date, dateTime, period } from '@salus/types/days';
import { HL7_CATEGORY_SYSTEM, categoryConcept } from './fhir-categories.js';
import {
  BENEFIT_TYPE_SYSTEM, ELIGIBILITY_REQUEST_SYSTEM, ELIGIBILITY_RESPONSE_SYSTEM, concept, coverageReference, eligibilityRequestReference, hl7,
  identifier, organisation, patient,
} from './fhir-parts.js';
import { coverageExtension } from './fhir-coverage.js';
import { toMoney } from './fhir-money.js';

/** A question: what does `coverage` give at the moment `at`? */
export interface EligibilityQuestion {
  coverage: Pick<CoverageInfo, 'coverage' | 'payer' | 'member'>;
  /** Unix seconds. */
  at: number;
  /** The zone in which days are written, by its IANA name. */
  zone: string;
  /** Who asks, if it is an organisation. */
  requestor?: number;
  /** The categories asked about; without them, all. */
  categories?: BenefitCategory[];
}

const PURPOSE: CoverageEligibilityRequest['purpose'] = ['validation', 'benefits', 'auth-requirements'];

/** Question and answer of one coverage at one moment belong together. */
const questionNumber = (coverage: Pick<CoverageInfo, 'coverage'>, at: number): string => `${coverage.coverage}-${at}`;

export function toEligibilityRequest({ coverage, at, zone, requestor, categories }: EligibilityQuestion): CoverageEligibilityRequest {
  return {
    resourceType: 'CoverageEligibilityRequest',
    identifier: [identifier(ELIGIBILITY_REQUEST_SYSTEM, questionNumber(coverage, at))],
    status: 'active',
    purpose: PURPOSE,
    patient: patient(coverage.member),
    servicedDate: date(at, zone),
    created: dateTime(at, zone),
    ...(requestor === undefined ? {} : { provider: organisation(requestor) }),
    insurer: organisation(coverage.payer),
    insurance: [{ focal: true, coverage: coverageReference(coverage.coverage) }],
    ...(categories ? { item: categories.map((category) => ({ category: categoryConcept(category) })) } : {}),
  };
}

const type = (code: string, text: string): CodeableConcept => concept(hl7('benefit-type'), code, text);
const ownType = (code: string, text: string): CodeableConcept => concept(BENEFIT_TYPE_SYSTEM, code, text);

/**
 * The answer: an item for the plan as a whole (deductible, out-of-pocket maximum), and one for each
 * category. A limit is `allowed…`, what was used of it `used…`. A `RangeError` for an amount that JSON
 * may not carry.
 */
export function toEligibilityResponse(eligibility: Eligibility, settlement: Settlement, zone: string): CoverageEligibilityResponse {
  const { coverage, at } = eligibility;
  return {
    resourceType: 'CoverageEligibilityResponse',
    identifier: [identifier(ELIGIBILITY_RESPONSE_SYSTEM, questionNumber(coverage, at))],
    status: 'active',
    purpose: PURPOSE,
    patient: patient(coverage.member),
    servicedDate: date(at, zone),
    created: dateTime(at, zone),
    request: eligibilityRequestReference(questionNumber(coverage, at)),
    outcome: 'complete',
    insurer: organisation(coverage.payer),
    insurance: [{
      extension: coverageExtension(coverage, zone, {
        plan: { valueString: String(coverage.plan) }, planVersion: { valueUnsignedInt: coverage.planVersion },
      }),
      coverage: coverageReference(coverage.coverage),
      inforce: eligibility.inForce,
      benefitPeriod: period(coverage, zone),
      item: [planItem(eligibility, settlement), ...eligibility.benefits.map((entry) => categoryItem(entry, settlement))],
    }],
  };
}

function planItem({ deductible, outOfPocket }: Eligibility, settlement: Settlement): Item {
  const limit = (kind: CodeableConcept, of: { limit: bigint; used: bigint }): ItemBenefit =>
    ({ type: kind, allowedMoney: toMoney(of.limit, settlement), usedMoney: toMoney(of.used, settlement) });
  const benefit = [limit(type('deductible', 'Deductible'), deductible)];
  if (outOfPocket) benefit.push(limit(concept(hl7('coverage-copay-type'), 'maxoutofpocket', 'The most that the member pays'), outOfPocket));
  return { category: concept(HL7_CATEGORY_SYSTEM, '30', 'The plan as a whole'), benefit };
}

function categoryItem({ category, benefit, visitsUsed, amountUsed }: Eligibility['benefits'][number], settlement: Settlement): Item {
  const item: Item = { category: categoryConcept(category), excluded: !benefit.covered };
  if (!benefit.covered) {
    const used: ItemBenefit[] = [
      ...(visitsUsed === 0 ? [] : [{ type: type('visit', 'Units'), usedUnsignedInt: visitsUsed }]),
      ...(amountUsed === 0n ? [] : [{ type: type('benefit', 'The most that the plan pays'), usedMoney: toMoney(amountUsed, settlement) }]),
    ];
    return used.length === 0 ? item : { ...item, benefit: used };
  }
  const { allowedCap, amountLimit, coinsurance, copay, visitLimit } = benefit;
  const given: ItemBenefit[] = [
    { type: type('copay', 'Copay for each unit'), allowedMoney: toMoney(copay, settlement) },
    { type: type('copay-percent', 'Coinsurance'), ...percentage(coinsurance) },
    { type: type('deductible', 'Deductible'), allowedString: benefit.deductibleApplies ? 'comes first' : 'does not apply' },
    {
      type: type('visit', 'Units'),
      ...(visitLimit === undefined ? {} : { allowedUnsignedInt: visitLimit }),
      usedUnsignedInt: visitsUsed,
    },
    {
      type: amountLimit?.kind === 'Considered'
        ? ownType('considered', 'The most that the plan considers, with the share of the member')
        : type('benefit', 'The most that the plan pays'),
      ...(amountLimit ? { allowedMoney: toMoney(amountLimit.amount, settlement) } : {}),
      usedMoney: toMoney(amountUsed, settlement),
    },
  ];
  if (allowedCap !== undefined) {
    given.push({ type: ownType('allowed', 'The most that the plan allows for a unit'), allowedMoney: toMoney(allowedCap, settlement) });
  }
  return { ...item, benefit: given, authorizationRequired: benefit.authorisationRequired };
}

/** Whole percentages as a number; FHIR has no place for the others but a string. */
const percentage = (ppm: number): Pick<ItemBenefit, 'allowedUnsignedInt' | 'allowedString'> =>
  ppm % 10_000 === 0 ? { allowedUnsignedInt: ppm / 10_000 } : { allowedString: percentInWords(ppm) };
