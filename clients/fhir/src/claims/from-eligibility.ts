/** Our questions about a coverage, and the answers to them, read back. */
import { decimal, inUnits, type Benefit, type BenefitCategory, type Eligibility, type Settlement } from '@salus/types/claims';
import { categoryOf } from './fhir-categories.js';
import {
  BENEFIT_TYPE_SYSTEM, COVERAGE_EXTENSION, COVERAGE_SYSTEM, ELIGIBILITY_REQUEST_SYSTEM, ELIGIBILITY_RESPONSE_SYSTEM, MEMBER_KEY_SYSTEM,
  ORGANISATION_SYSTEM, hl7,
} from './fhir-parts.js';
import { toEligibilityRequest, toEligibilityResponse, type EligibilityQuestion } from './fhir-eligibility.js';
import { codesOf, conceptOf, readResource, type FhirElement } from './fhir-tree.js';
import { moreOf, spanOf, type ReadOptions } from './from-coverage.js';
import { Extensions, checkUnchanged, momentOf, numbered, ourNumber, ourReference } from './ours.js';
import { unitsOfMoney } from './prices.js';

/** A question that `toEligibilityRequest` made. `FhirRefused` if others made it (`NotOurs`), or changed it. */
export function eligibilityQuestionFromFhir(resource: Uint8Array | string, { zone }: ReadOptions): EligibilityQuestion {
  const read = readResource(resource, 'CoverageEligibilityRequest');
  ourNumber(read, ELIGIBILITY_REQUEST_SYSTEM);
  const categories = read.children('item').map((item) => category(item));
  const question: EligibilityQuestion = {
    coverage: coverageOf(read),
    at: momentOf(read, 'created'),
    zone,
    ...(read.has('provider') ? { requestor: numbered(read, ourReference(read, 'provider', ORGANISATION_SYSTEM)) } : {}),
    ...(categories.length > 0 ? { categories } : {}),
  };
  checkUnchanged(read, toEligibilityRequest(question));
  return question;
}

/** An answer that `toEligibilityResponse` made. Of a category that is not covered, nothing else holds. */
export function eligibilityFromFhir(resource: Uint8Array | string, { settlement, zone }: ReadOptions & { settlement: Settlement }): Eligibility {
  const read = readResource(resource, 'CoverageEligibilityResponse');
  ourNumber(read, ELIGIBILITY_RESPONSE_SYSTEM);
  const insurance = insuranceOf(read);
  const more = Extensions.required(insurance, COVERAGE_EXTENSION);
  const [whole, ...items] = insurance.children('item');
  if (!whole) return insurance.refuse('Malformed', 'it has no item for the plan as a whole', 'item');
  const outOfPocket = benefitIn(whole, `${hl7('coverage-copay-type')}|maxoutofpocket`);
  const limit = (benefit: FhirElement) => ({ limit: money(benefit, 'allowedMoney', settlement), used: money(benefit, 'usedMoney', settlement) });
  const eligibility: Eligibility = {
    coverage: {
      ...coverageOf(read),
      plan: more.needed(more.number('plan'), 'plan'),
      planVersion: more.needed(more.number('planVersion'), 'planVersion'),
      ...spanOf(insurance.required(insurance.child('benefitPeriod'), 'benefitPeriod'), zone, more),
      ...moreOf(more),
    },
    at: momentOf(read, 'created'),
    inForce: insurance.required(insurance.boolean('inforce'), 'inforce'),
    deductible: limit(benefitIn(whole, type('deductible')) ?? whole.refuse('Malformed', 'it has no deductible', 'benefit')),
    ...(outOfPocket ? { outOfPocket: limit(outOfPocket) } : {}),
    benefits: items.map((item) => benefitOf(item, settlement)),
  };
  checkUnchanged(read, toEligibilityResponse(eligibility, settlement, zone));
  return eligibility;
}

const type = (code: string): string => `${hl7('benefit-type')}|${code}`;

function insuranceOf(read: FhirElement): FhirElement {
  const [insurance, ...others] = read.children('insurance');
  return insurance && others.length === 0 ? insurance : read.refuse('Insurance', 'it is not on one coverage', 'insurance');
}

const coverageOf = (read: FhirElement): EligibilityQuestion['coverage'] => ({
  coverage: numbered(read, ourReference(insuranceOf(read), 'coverage', COVERAGE_SYSTEM)),
  payer: numbered(read, ourReference(read, 'insurer', ORGANISATION_SYSTEM)),
  member: ourReference(read, 'patient', MEMBER_KEY_SYSTEM),
});

function category(item: FhirElement): BenefitCategory {
  const concept = item.required(item.child('category'), 'category');
  return categoryOf(conceptOf(concept)) ?? concept.refuse('Category', 'it is no benefit category');
}

const benefitIn = (item: FhirElement, code: string): FhirElement | undefined =>
  item.children('benefit').find((benefit) => codesOf(benefit.child('type')).includes(code));

const money = (benefit: FhirElement, name: string, settlement: Settlement): bigint =>
  unitsOfMoney(benefit.required(benefit.child(name), name), settlement);

const count = (benefit: FhirElement, name: string): number | undefined => {
  const written = benefit.number(name);
  return written === undefined ? undefined : numbered(benefit, written);
};

function benefitOf(item: FhirElement, settlement: Settlement): Eligibility['benefits'][number] {
  const needed = (code: string): FhirElement => benefitIn(item, code) ?? item.refuse('Malformed', `it has no ${code}`, 'benefit');
  const visit = benefitIn(item, type('visit'));
  const considered = benefitIn(item, `${BENEFIT_TYPE_SYSTEM}|considered`);
  const limited = considered ?? benefitIn(item, type('benefit'));
  const used = {
    category: category(item),
    visitsUsed: (visit && count(visit, 'usedUnsignedInt')) ?? 0,
    amountUsed: limited ? money(limited, 'usedMoney', settlement) : 0n,
  };
  if (item.boolean('excluded')) {
    return { ...used, benefit: { covered: false, authorisationRequired: false, deductibleApplies: false, copay: 0n, coinsurance: 0 } };
  }
  const cap = benefitIn(item, `${BENEFIT_TYPE_SYSTEM}|allowed`);
  const visitLimit = visit && count(visit, 'allowedUnsignedInt');
  const benefit: Benefit = {
    covered: true,
    authorisationRequired: item.required(item.boolean('authorizationRequired'), 'authorizationRequired'),
    deductibleApplies: needed(type('deductible')).string('allowedString') === 'comes first',
    ...(cap ? { allowedCap: money(cap, 'allowedMoney', settlement) } : {}),
    ...(visitLimit === undefined ? {} : { visitLimit }),
    ...(limited?.has('allowedMoney') ? { amountLimit: { kind: considered ? 'Considered' : 'Paid', amount: money(limited, 'allowedMoney', settlement) } } : {}),
    copay: money(needed(type('copay')), 'allowedMoney', settlement),
    coinsurance: partsPerMillion(needed(type('copay-percent'))),
  };
  return { ...used, benefit };
}

/** A percentage, as a whole number or in words such as `12.5 %`. */
function partsPerMillion(benefit: FhirElement): number {
  const text = benefit.number('allowedUnsignedInt') ?? /^(\d{1,3}(?:\.\d{1,4})?) %$/.exec(benefit.string('allowedString') ?? '')?.[1];
  if (text === undefined || text.length > 8) return benefit.refuse('Malformed', 'it is not a percentage');
  return Number(inUnits(decimal(text), 4));
}
