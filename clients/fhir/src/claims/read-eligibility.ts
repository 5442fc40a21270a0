/** FHIR R4 `CoverageEligibilityRequest` and `CoverageEligibilityResponse` that others made. */
import type { BenefitCategory, Settlement } from '@salus/types/claims';
import type { Span } from '@salus/types/days';
import { BENEFIT, ELIGIBILITY_ITEM, ELIGIBILITY_REQUEST, ELIGIBILITY_RESPONSE, REQUEST_INSURANCE, REQUEST_ITEM, RESPONSE_INSURANCE } from './answer-elements.js';
import { categoryOf } from './fhir-categories.js';
import { checkElements } from './elements.js';
import { codesOf, conceptOf, readResource, type FhirElement } from './fhir-tree.js';
import type { ReadAnswerOptions } from './read-answer.js';
import type { ReadOptions } from './from-coverage.js';
import { unitsOfMoney } from './prices.js';
import { checkStatus, dateIn, optionalTarget, periodIn, requiredTarget, spanIn } from './read-parts.js';

const PURPOSES = ['auth-requirements', 'benefits', 'discovery', 'validation'] as const;

/** What the two have in common, in the words of whoever made it: references are texts. */
interface Shared {
  purpose: (typeof PURPOSES)[number][];
  patient: string;
  insurer: string;
  created: Span;
  serviced?: Partial<Span>;
}

export interface EligibilityRequestRead extends Shared {
  provider?: string;
  coverage: string;
  /** Without any, all are asked about. */
  categories: BenefitCategory[];
}

/** How much there is of something: money, a count or a percentage, or words. */
export type Quantum = bigint | number | string;

export interface EligibilityItemRead {
  /** As codes, `system|code`. The chain's own category, if the codes lie within one. */
  codes: string[];
  category?: BenefitCategory;
  excluded: boolean;
  authorisationRequired?: boolean;
  /** Inside the network or not, for whom, and for what time: as codes. Amounts hold for these alone. */
  network: string[];
  unit: string[];
  term: string[];
  benefits: { type: string[]; allowed?: Quantum; used?: Quantum }[];
}

export interface EligibilityRead extends Shared {
  coverages: { coverage: string; inForce: boolean; period?: Partial<Span>; items: EligibilityItemRead[] }[];
}

function shared(read: FhirElement, zone: string): Shared {
  checkStatus(read, 'active');
  const purpose = read.strings('purpose').map((one) => PURPOSES.find((name) => name === one) ?? read.refuse('Malformed', `${one} is no purpose`, 'purpose'));
  if (purpose.length === 0) read.refuse('Malformed', 'it is required, and is not there', 'purpose');
  const serviced = dateIn(read, 'servicedDate', zone) ?? periodIn(read, 'servicedPeriod', zone);
  return {
    purpose,
    patient: requiredTarget(read, 'patient'),
    insurer: requiredTarget(read, 'insurer'),
    created: read.required(spanIn(read, 'created', zone), 'created'),
    ...(serviced ? { serviced } : {}),
  };
}

function categoryIn(item: FhirElement): BenefitCategory | undefined {
  const concept = item.child('category');
  try {
    return concept && categoryOf(conceptOf(concept));
  } catch (error) {
    if (error instanceof RangeError) return item.refuse('Category', error.message, 'category');
    throw error;
  }
}

/** Reads a question. `FhirRefused` says by `code` and `path` what is not understood. */
export function readEligibilityRequest(resource: Uint8Array | string, { zone }: ReadOptions): EligibilityRequestRead {
  const read = readResource(resource, 'CoverageEligibilityRequest');
  checkElements(read, ELIGIBILITY_REQUEST);
  const insurances = read.children('insurance');
  insurances.forEach((insurance) => checkElements(insurance, REQUEST_INSURANCE));
  const [insurance, ...others] = insurances.length === 1 ? insurances : insurances.filter((one) => one.boolean('focal') === true);
  if (!insurance || others.length > 0) return read.refuse('Insurance', `it asks about ${insurances.length} coverages, and not about one of them first`, 'insurance');
  const provider = optionalTarget(read, 'provider');
  return {
    ...shared(read, zone),
    ...(provider === undefined ? {} : { provider }),
    coverage: requiredTarget(insurance, 'coverage'),
    categories: read.children('item').map((item) => {
      checkElements(item, REQUEST_ITEM);
      return categoryIn(item) ?? item.refuse('Category', `no benefit category is known for ${codesOf(item.child('category')).join(', ') || 'an item without a category'}`, 'category');
    }),
  };
}

/** Reads an answer. `FhirRefused` says by `code` and `path` what is not understood. */
export function readEligibility(resource: Uint8Array | string, { settlement, zone }: ReadAnswerOptions): EligibilityRead {
  const read = readResource(resource, 'CoverageEligibilityResponse');
  const outcome = read.required(read.string('outcome'), 'outcome');
  if (outcome !== 'complete') {
    const codes = (read.has('error') ? read.children('error') : []).flatMap((error) => codesOf(error.child('code')));
    read.refuse('Undecided', `it is ${outcome}${codes.length > 0 ? `: ${codes.join(', ')}` : ''}`, 'outcome');
  }
  checkElements(read, ELIGIBILITY_RESPONSE);
  const coverages = read.children('insurance').map((insurance) => {
    checkElements(insurance, RESPONSE_INSURANCE);
    const period = periodIn(insurance, 'benefitPeriod', zone);
    return {
      coverage: requiredTarget(insurance, 'coverage'),
      inForce: insurance.required(insurance.boolean('inforce'), 'inforce'),
      ...(period ? { period } : {}),
      items: insurance.children('item').map((item) => itemOf(item, settlement)),
    };
  });
  if (coverages.length === 0) read.refuse('Insurance', 'it is about no coverage', 'insurance');
  return { ...shared(read, zone), coverages };
}

function itemOf(item: FhirElement, settlement: Settlement): EligibilityItemRead {
  checkElements(item, ELIGIBILITY_ITEM);
  const category = categoryIn(item);
  const authorisationRequired = item.boolean('authorizationRequired');
  return {
    codes: codesOf(item.child('category')),
    ...(category === undefined ? {} : { category }),
    excluded: item.boolean('excluded') ?? false,
    ...(authorisationRequired === undefined ? {} : { authorisationRequired }),
    network: codesOf(item.child('network')),
    unit: codesOf(item.child('unit')),
    term: codesOf(item.child('term')),
    benefits: item.children('benefit').map((benefit) => {
      checkElements(benefit, BENEFIT);
      const [allowed, used] = [quantum(benefit, 'allowed', settlement), quantum(benefit, 'used', settlement)];
      return {
        type: codesOf(benefit.required(benefit.child('type'), 'type')),
        ...(allowed === undefined ? {} : { allowed }), ...(used === undefined ? {} : { used }),
      };
    }),
  };
}

function quantum(benefit: FhirElement, name: 'allowed' | 'used', settlement: Settlement): Quantum | undefined {
  const money = benefit.child(`${name}Money`);
  const count = benefit.number(`${name}UnsignedInt`);
  const words = benefit.string(`${name}String`);
  if ([money, count, words].filter((one) => one !== undefined).length > 1) benefit.refuse('Malformed', `it has more than one ${name}`);
  if (count !== undefined) return /^\d{1,10}$/.test(count) ? Number(count) : benefit.refuse('Malformed', `${count} is not a whole number`, `${name}UnsignedInt`);
  return money ? unitsOfMoney(money, settlement) : words;
}
