/** Who owes a FHIR claim, and who is to be paid: the plan of one coverage, and the provider. All else is refused. */
import { checkElements } from './elements.js';
import { INSURANCE, PAYEE, RELATED, SUPPORTING } from './claim-elements.js';
import { CLAIM_SYSTEM, COVERAGE_SYSTEM, MEMBER_KEY_SYSTEM, ORGANISATION_SYSTEM, hl7 } from './fhir-parts.js';
import { codesOf, valueIn, type FhirElement } from './fhir-tree.js';

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
  if (party && !isSameParty(party, provider)) party.refuse('Payee', 'it is not the provider of the claim');
}

/** Whether two references are to the same, as far as they tell: all that both of them say is the same, and something is. */
export function isSameParty(one: FhirElement, other: FhirElement): boolean {
  const number = (reference: FhirElement): string | undefined => {
    const identifier = reference.child('identifier');
    const value = identifier?.string('value');
    return value === undefined ? undefined : `${identifier?.string('system') ?? ''}|${value}`;
  };
  const both = [[one.string('reference'), other.string('reference')], [number(one), number(other)]].filter((pair) => pair.every((part) => part !== undefined));
  return both.length > 0 && both.every(([a, b]) => a === b);
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
  // A coverage that is second comes after one that was left out.
  if (first !== 1) only.refuse('Insurance', `it is number ${first}, and the first is not in the claim`, 'sequence');
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
  checkInsured(coverage);
}

/** Whether a reference says that it is to a patient, or to somebody of the family. */
export const isPerson = (reference: FhirElement): boolean =>
  /(^|\/)(Patient|RelatedPerson)\//.test(reference.string('reference') ?? '') || /(^|\/)(Patient|RelatedPerson)$/.test(reference.string('type') ?? '');

/** Refuses a coverage of which the patient, or somebody of the family, is the payer. */
export function checkInsured(coverage: FhirElement): void {
  if (codesOf(coverage.child('type')).some((code) => code.startsWith(`${hl7('coverage-selfpay')}|`))) {
    coverage.refuse('Insurance', 'the patient pays, and no insurer', 'type');
  }
  const beneficiary = coverage.child('beneficiary');
  for (const payor of coverage.children('payor')) {
    if (isPerson(payor) || (beneficiary && isSameParty(payor, beneficiary))) payor.refuse('Insurance', 'the patient pays, and no insurer');
  }
}

const UCUM = 'http://unitsofmeasure.org';
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

/** The systems of types of bill and of their last sign alone, of the National Uniform Billing Committee, of Medicare and of X12. */
const BILL_TYPE = /bill-?type|typeofbill|type-of-bill|clm_?freq|claim-?freq|frequency-?type|005010\/1325/i;

/** The last sign of a type of bill is its frequency: 1 a whole one, 2 to 4 and 9 parts of a long stay. The others change an earlier bill. */
const FIRST_BILL = /[12349]$/;

/** What an amount of money has as its unit, if it is in a quantity. */
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
const isMoney = (quantity: FhirElement): boolean => {
  const [system, ...units] = ['system', 'unit', 'code'].map((name) => quantity.string(name));
  if (system !== undefined && /4217|currenc/i.test(system)) return true;
  return system !== UCUM && units.some((unit) => unit !== undefined && (/\p{Sc}/u.test(unit) || CURRENCIES.has(unit.trim())));
};

/** What is told beside the items: no other kind of bill, and no money that would have to be counted. */
export function checkSupporting(claim: FhirElement): void {
  const checkBill = (concept: FhirElement | undefined, isBillType = false): void => {
    const found = codesOf(concept).find((code) => (isBillType || BILL_TYPE.test(code)) && !FIRST_BILL.test(code));
    if (found !== undefined) concept?.refuse('BillType', `${found} changes an earlier bill: correct or void the claim that it is about`);
  };
  checkBill(claim.child('subType'));
  for (const information of claim.children('supportingInfo')) {
    checkElements(information, SUPPORTING);
    const isBillType = codesOf(information.child('category')).some((kind) => BILL_TYPE.test(kind));
    checkBill(information.child('code'), isBillType);
    const words = [information.child('code')?.string('text'), information.string('valueString')].find((text) => text !== undefined && !FIRST_BILL.test(text));
    if (isBillType && codesOf(information.child('code')).length === 0 && words !== undefined) information.refuse('BillType', `"${words.slice(0, 60)}" is not known to be a first bill`);
    const quantity = information.child('valueQuantity');
    if (quantity && isMoney(quantity)) quantity.refuse('OtherMoney', 'an amount of money that is not part of the sum');
  }
}
