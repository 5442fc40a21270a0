/** Every element of the FHIR R4 `Claim`. `docs/claims.md` has the same table, and a test compares the two. */
import { ELEMENT, RESOURCE, ignored, refused, understood, type Elements } from './elements.js';

const CODED = 'coded detail: committed to with the item, and for the payer to judge';
const PEOPLE = 'who wrote, referred or treated: pays nothing and is paid nothing';
const PRIVATE = 'why and how it was done: stays with provider and payer';

const PRICES: Elements = {
  ...understood('missing means 1; units are the table "Units"', 'quantity'),
  ...understood('quantity × unit price × factor; exact, of the settlement currency', 'unitPrice', 'factor'),
  ...understood('the charge; must be the product, if there is a unit price, or the product rounded to the smallest unit; of a claim with one item without a price it is the total', 'net'),
  ...understood('only `none`: another programme might owe it', 'programCode'),
};

const SERVICE: Elements = {
  ...ELEMENT,
  ...PRICES,
  ...understood('a positive number', 'sequence'),
  ...understood('the benefit category; parts of an item may not have another', 'category'),
  ...understood('must be there; its codes are coded detail', 'productOrService'),
  ...ignored(CODED, 'revenue', 'modifier', 'udi'),
};

export const SUB_DETAIL: Elements = SERVICE;
export const DETAIL: Elements = { ...SERVICE, ...understood('must sum up to what contains it', 'subDetail') };
export const ITEM: Elements = {
  ...SERVICE,
  ...understood('no two alike', 'sequence'),
  ...understood('must sum up to what contains it', 'detail'),
  ...understood('a day or period that exists; within the visit, if the visit is given', 'servicedDate', 'servicedPeriod'),
  ...understood('one encounter for all items; the visit\'s, if it has our number', 'encounter'),
  ...ignored(CODED, 'bodySite', 'subSite', 'locationCodeableConcept', 'locationAddress', 'locationReference'),
  ...ignored('points to what is ignored', 'careTeamSequence', 'diagnosisSequence', 'procedureSequence', 'informationSequence'),
};

export const INSURANCE: Elements = {
  ...ELEMENT,
  ...understood('the order of the coverages, no two alike; the focal one is number 1', 'sequence', 'focal'),
  ...understood('ours, if it has our number; contained: active, first in order, paid by an insurer, no subrogation', 'coverage'),
  ...ignored('a number of the claim', 'identifier'),
  ...refused('PriorPayer', 'another payer has answered this claim, and what it paid is not known here', 'claimResponse'),
  ...refused('PreAuthorisation', 'the payer agreed to something beforehand, which the plan on the chain does not know', 'preAuthRef'),
  ...refused('BusinessArrangement', 'provider and payer have terms of their own, which the plan on the chain does not know', 'businessArrangement'),
};

export const PAYEE: Elements = {
  ...ELEMENT,
  ...understood('only `provider`: the chain pays nobody else', 'type'),
  ...understood('only the claim\'s own provider', 'party'),
};

export const RELATED: Elements = {
  ...ELEMENT,
  ...understood('`associated`, or `prior` with the number of the claim that `correct` replaces', 'relationship', 'claim'),
  ...ignored('a number of a case', 'reference'),
};

export const SUPPORTING: Elements = {
  ...ELEMENT,
  ...understood('a type of bill, or its frequency, may not be a replacement or a reversal', 'category', 'code'),
  ...understood('may not be an amount of money', 'valueQuantity'),
  ...ignored(PRIVATE, 'sequence', 'timingDate', 'timingPeriod', 'valueBoolean', 'valueString', 'valueAttachment', 'valueReference', 'reason'),
};

export const CLAIM: Elements = {
  ...RESOURCE,
  ...understood('the focal coverage in it is looked at, the rest is not', 'contained'),
  ...ignored('a number of the claim', 'identifier'),
  ...understood('only `active`', 'status'),
  ...understood('only `claim`', 'use'),
  ...understood('required; `pharmacy` makes bare numbers unclear, and callers map categories by it', 'type'),
  ...understood('a type of bill, or its frequency, may not be a replacement or a reversal', 'subType'),
  ...understood('ours, if it has our number, must be who the claim is submitted for', 'patient', 'insurer', 'provider'),
  ...understood('a day or period that exists; within the visit, if the visit is given', 'billablePeriod'),
  ...understood('a day or moment that exists', 'created'),
  ...understood('only `none`', 'fundsReserve'),
  ...understood('by the elements in it', 'related', 'payee', 'insurance', 'supportingInfo', 'item'),
  ...understood('must be the sum of the items', 'total'),
  ...ignored('how fast it is wanted; the plan has the times', 'priority'),
  ...ignored(PEOPLE, 'enterer', 'referral', 'facility', 'careTeam'),
  ...ignored(PRIVATE, 'prescription', 'originalPrescription', 'diagnosis', 'procedure'),
  ...refused('Accident', 'after an accident another insurer may owe it first, and there is one payer for a claim here', 'accident'),
};

/** All of them, by the path that the documentation uses. */
export const CLAIM_ELEMENTS: Readonly<Record<string, Elements>> = {
  'Claim': CLAIM,
  'Claim.related': RELATED,
  'Claim.payee': PAYEE,
  'Claim.supportingInfo': SUPPORTING,
  'Claim.insurance': INSURANCE,
  'Claim.item': ITEM,
  'Claim.item.detail': DETAIL,
  'Claim.item.detail.subDetail': SUB_DETAIL,
};
