/** Claims as FHIR R4 `Claim`, and what the other resources of a claim share with it. */
import type { Claim, ClaimItem, ClaimRelated, CodeableConcept } from 'fhir/r4.js';
import type { Hex } from '@salus/types';
import { checkBalance, isCancelled, type ClaimLine, type CoverageInfo, type Explanation, type Settlement } from '@salus/types/claims';
import { date, dateTime, period } from '@salus/types/days';
import { categoryConcept } from './fhir-categories.js';
import {
  CLAIM_SYSTEM, DETAIL_EXTENSION, absent, claimReference, concept, coverageReference, encounterReference, hl7, identifier, organisation, patient,
} from './fhir-parts.js';
import { toMoney } from './fhir-money.js';
import { quantityOf } from './units.js';

/** Where coded detail is found by its commitment: at a billing system, never on chain. */
export type Detail = ((commitment: Hex) => CodeableConcept | undefined) | ReadonlyMap<Hex, CodeableConcept>;

/** What the resources say beyond the claim itself. */
export interface ClaimContext {
  /** The coverage of the claim: it has the member key. */
  coverage: Pick<CoverageInfo, 'coverage' | 'payer' | 'member' | 'from' | 'until'>;
  settlement: Settlement;
  /** The zone in which the provider writes days, by its IANA name: 17:30 on the 24th is still the 24th there. */
  zone: string;
  /** Coded detail by commitment. Without it, products and services are not disclosed. */
  detail?: Detail;
  /** Whether `detail` is given for lines of the category `Sensitive` too. Off unless said. */
  discloseSensitive?: boolean;
  /** The kind of claim, which the chain does not know. */
  type?: 'institutional' | 'oral' | 'pharmacy' | 'professional' | 'vision';
}

const NOT_DISCLOSED = absent('masked', 'not disclosed');

/** The parts of an item that `Claim` and `ExplanationOfBenefit` have both. */
export type SharedItem = Pick<ClaimItem,
  'extension' | 'sequence' | 'category' | 'productOrService' | 'servicedDate' | 'quantity' | 'net' | 'encounter'>;

/** A line as an item, numbered from 1. The commitment to its detail is an extension. */
export function itemOf(explanation: Explanation, line: ClaimLine, at: number, context: ClaimContext): SharedItem {
  return {
    extension: [{ url: DETAIL_EXTENSION, valueString: line.detail }],
    sequence: at + 1,
    category: categoryConcept(line.category),
    productOrService: productOrService(line, context),
    servicedDate: date(explanation.serviceDate, context.zone),
    quantity: quantityOf(line.quantity, line.category),
    net: toMoney(line.charge, context.settlement),
    encounter: [encounterReference(explanation.encounter)],
  };
}

function productOrService(line: ClaimLine, { detail, discloseSensitive }: ClaimContext): CodeableConcept {
  if (!detail || (line.category === 'Sensitive' && discloseSensitive !== true)) return NOT_DISCLOSED;
  return (typeof detail === 'function' ? detail(line.detail) : detail.get(line.detail)) ?? NOT_DISCLOSED;
}

/** The claims before and after this one in its lineage. */
export function relatedOf({ previous, state }: Explanation): ClaimRelated[] | undefined {
  const related: ClaimRelated[] = [];
  if (previous !== undefined) {
    related.push({ claim: claimReference(previous), relationship: concept(hl7('ex-relatedclaimrelationship'), 'prior', 'It corrects this claim') });
  }
  if (state.kind === 'Superseded') {
    const system = 'http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBRelatedClaimRelationshipCodes';
    related.push({ claim: claimReference(state.by), relationship: concept(system, 'replacedby', 'It was corrected by this claim') });
  }
  return related.length > 0 ? related : undefined;
}

export const claimType = ({ type }: ClaimContext): CodeableConcept =>
  type === undefined ? absent('unknown', 'not known to the chain') : concept(hl7('claim-type'), type);

export const statusOf = (explanation: Explanation): 'active' | 'cancelled' => (isCancelled(explanation) ? 'cancelled' : 'active');

/** Refuses a claim that does not add up (`IntegrityBroken`), or a coverage that is not the claim's (`RangeError`). */
export function checkContext(explanation: Explanation, { coverage }: ClaimContext): void {
  checkBalance(explanation);
  if (coverage.coverage !== explanation.coverage || coverage.payer !== explanation.payer) {
    throw new RangeError(`claim ${explanation.claim} is on coverage ${explanation.coverage} of payer ${explanation.payer}, not on ${coverage.coverage} of ${coverage.payer}`);
  }
}

/** A claim as it was submitted. Throws as {@link checkContext}, and `RangeError` for an amount that JSON may not carry. */
export function toClaim(explanation: Explanation, context: ClaimContext): Claim {
  checkContext(explanation, context);
  const { lines, serviceDate } = explanation;
  const related = relatedOf(explanation);
  return {
    resourceType: 'Claim',
    identifier: [identifier(CLAIM_SYSTEM, explanation.claim)],
    status: statusOf(explanation),
    type: claimType(context),
    use: 'claim',
    patient: patient(context.coverage.member),
    billablePeriod: period({ from: serviceDate, until: serviceDate }, context.zone),
    created: dateTime(explanation.submitted, context.zone),
    insurer: organisation(explanation.payer),
    provider: organisation(explanation.provider),
    priority: concept(hl7('processpriority'), 'normal'),
    ...(related ? { related } : {}),
    payee: { type: concept(hl7('payeetype'), 'provider') },
    insurance: [{ sequence: 1, focal: true, coverage: coverageReference(explanation.coverage) }],
    item: lines.map((line, at) => itemOf(explanation, line, at, context)),
    total: toMoney(lines.reduce((sum, { charge }) => sum + charge, 0n), context.settlement),
  };
}
