/** Who owes a FHIR claim, and who is to be paid: the plan of one coverage, and the provider. All else is refused. */
import { checkElements } from './elements.js';
import { INSURANCE, PAYEE, RELATED, SUPPORTING } from './claim-elements.js';
import { CLAIM_SYSTEM, COVERAGE_SYSTEM, MEMBER_KEY_SYSTEM, ORGANISATION_SYSTEM, hl7 } from './fhir-parts.js';
import { codesOf, targetOf, valueIn, type FhirElement } from './fhir-tree.js';

/** Whom the claim is submitted for: compared with the identifiers of ours that it has. */
export interface Parties {
  /** The member key as an SS58 address. */
  member?: string;
  payer?: number;
  provider?: number;
  coverage?: number;
  encounter?: number;
}

/** Refuses a reference with an identifier of ours that is another one. */
export function checkParty(reference: FhirElement | undefined, system: string, expected: number | string | undefined): void {
  const stated = valueIn(system, reference);
  if (expected !== undefined && stated !== undefined && stated !== String(expected)) {
    reference?.refuse('OtherParty', `it is ${stated}, and the claim is submitted for ${expected}`);
  }
}

/** The parties that a claim names at its top, and who is to be paid. */
export function checkParties(claim: FhirElement, parties: Parties): void {
  claim.required(claim.child('patient'), 'patient');
  const provider = claim.required(claim.child('provider'), 'provider');
  checkParty(claim.child('patient'), MEMBER_KEY_SYSTEM, parties.member);
  checkParty(claim.child('insurer'), ORGANISATION_SYSTEM, parties.payer);
  checkParty(provider, ORGANISATION_SYSTEM, parties.provider);
  const payee = claim.child('payee');
  if (!payee) return;
  checkElements(payee, PAYEE);
  const types = codesOf(payee.child('type'));
  const known = new Set([`${hl7('payeetype')}|provider`, '|provider']);
  if (types.length === 0 || !types.every((type) => known.has(type))) {
    payee.refuse('Payee', `it is ${types.join(', ') || 'nobody known'}: the chain pays the provider and nobody else`, 'type');
  }
  const party = payee.child('party');
  if (party && targetOf(party) !== targetOf(provider)) party.refuse('Payee', 'it is not the provider of the claim');
}

/** One coverage, which comes first, and of which nobody has answered or agreed to anything yet. */
export function checkInsurance(claim: FhirElement, parties: Parties): void {
  const insurances = claim.children('insurance');
  if (insurances.length === 0) claim.refuse('Insurance', 'there is none', 'insurance');
  for (const insurance of insurances) checkElements(insurance, INSURANCE);
  const sequences = insurances.map((one) => one.required(one.positive('sequence'), 'sequence'));
  if (new Set(sequences).size !== sequences.length) claim.refuse('Insurance', 'two have the same sequence', 'insurance');
  const focal = insurances.filter((one) => one.required(one.boolean('focal'), 'focal'));
  const [only] = focal;
  if (!only || focal.length > 1) return claim.refuse('Insurance', `${focal.length} of them are the focal one, and one must be`, 'insurance');
  const first = sequences[insurances.indexOf(only)] as number;
  // One by one: a list that is spread over arguments exhausts the stack if it is long.
  if (sequences.some((sequence) => sequence < first)) only.refuse('Insurance', 'another coverage comes before it');
  const coverage = only.required(only.child('coverage'), 'coverage');
  checkParty(coverage, COVERAGE_SYSTEM, parties.coverage);
  checkContained(claim, coverage);
}

/** A coverage that is in the claim itself must be one that this payer owes in full. */
function checkContained(claim: FhirElement, reference: FhirElement): void {
  const target = reference.string('reference');
  if (!target?.startsWith('#')) return;
  const [coverage, ...others] = claim.children('contained').filter((one) => `#${one.string('id')}` === target);
  if (!coverage || others.length > 0) return reference.refuse('Insurance', `${target} is ${others.length + (coverage ? 1 : 0)} times in the claim`);
  if (coverage.string('resourceType') !== 'Coverage') coverage.refuse('Insurance', 'it is not a coverage', 'resourceType');
  const status = coverage.string('status');
  if (status !== 'active') coverage.refuse('Insurance', `its status is ${status}, not active`, 'status');
  const order = coverage.positive('order');
  if (order !== undefined && order !== 1) coverage.refuse('Insurance', 'another coverage comes before it', 'order');
  if (coverage.boolean('subrogation')) coverage.refuse('Insurance', 'somebody else may owe it (subrogation)', 'subrogation');
  if (codesOf(coverage.child('type')).some((code) => code.startsWith(`${hl7('coverage-selfpay')}|`))) {
    coverage.refuse('Insurance', 'the patient pays, and no insurer', 'type');
  }
}

const RELATIONSHIPS = hl7('ex-relatedclaimrelationship');

/** A claim that replaces another goes by `correct`, and says which. */
export function checkRelated(claim: FhirElement, replaces: number | undefined): void {
  let named = false;
  for (const related of claim.children('related')) {
    checkElements(related, RELATED);
    const relationships = codesOf(related.child('relationship'));
    if (relationships.length === 1 && relationships[0] === `${RELATIONSHIPS}|associated`) continue;
    const number = valueIn(CLAIM_SYSTEM, related.child('claim'));
    const isPrior = relationships.length === 1 && relationships[0] === `${RELATIONSHIPS}|prior`;
    if (!isPrior || replaces === undefined || number !== String(replaces)) {
      related.refuse('Related', `it is related to another claim as ${relationships.join(', ') || 'nobody knows what'}: a replacement is a correction of that claim`);
    }
    named = true;
  }
  if (replaces !== undefined && !named) claim.refuse('Related', `it does not say that it replaces claim ${replaces}`, 'related');
}

/** The systems of types of bill, of the National Uniform Billing Committee and of Medicare. */
const BILL_TYPE = /bill-?type|typeofbill|type-of-bill/i;

/** The last sign of a type of bill is its frequency: 1 a whole one, 2 to 4 and 9 parts of a long stay. The others change an earlier bill. */
const FIRST_BILL = /[12349]$/;

/** What is told beside the items: no other kind of bill, and no money that would have to be counted. */
export function checkSupporting(claim: FhirElement): void {
  const checkBill = (concept: FhirElement | undefined, isBillType = false): void => {
    const found = codesOf(concept).find((code) => (isBillType || BILL_TYPE.test(code)) && !FIRST_BILL.test(code));
    if (found !== undefined) concept?.refuse('BillType', `${found} changes an earlier bill: correct or void the claim that it is about`);
  };
  checkBill(claim.child('subType'));
  for (const information of claim.children('supportingInfo')) {
    checkElements(information, SUPPORTING);
    checkBill(information.child('code'), codesOf(information.child('category')).some((kind) => BILL_TYPE.test(kind)));
    const quantity = information.child('valueQuantity');
    if (quantity?.string('system') === 'urn:iso:std:iso:4217') quantity.refuse('OtherMoney', 'an amount of money that is not part of the sum');
  }
}
