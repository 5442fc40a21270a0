/** Every element of the FHIR R4 `ClaimResponse`, `ExplanationOfBenefit`, `Coverage` and of the eligibility resources. */
import { ELEMENT, RESOURCE, ignored, refused, understood, type Elements } from './elements.js';

const READ = 'read';
const BESIDE = 'changes no amount of the answer';

const AGREED = 'it agrees to something beforehand, or honours it';

const ANSWER: Elements = {
  ...RESOURCE,
  ...understood('only `none`', 'fundsReserve'),
  ...understood(READ, 'status', 'use', 'outcome', 'type', 'patient', 'insurer', 'created', 'item', 'total', 'payment', 'insurance'),
  ...ignored(BESIDE, 'contained', 'identifier', 'subType', 'disposition', 'formCode', 'form', 'processNote'),
  ...refused('Items', 'the payer put items in, which are not in the claim', 'addItem'),
  ...refused('OtherMoney', 'amounts for the whole claim are not those of its items', 'adjudication'),
};

export const CLAIM_RESPONSE: Elements = {
  ...ANSWER,
  ...understood(READ, 'requestor', 'request', 'payeeType'),
  ...ignored(BESIDE, 'communicationRequest'),
  ...refused('Undecided', 'the payer found errors in the claim', 'error'),
  ...refused('PreAuthorisation', AGREED, 'preAuthRef', 'preAuthPeriod'),
};

export const EXPLANATION: Elements = {
  ...ANSWER,
  ...understood(READ, 'provider', 'claim', 'payee', 'precedence'),
  ...ignored(BESIDE, 'claimResponse', 'billablePeriod', 'enterer', 'priority', 'related', 'prescription', 'originalPrescription', 'referral', 'facility',
    'careTeam', 'supportingInfo', 'diagnosis', 'procedure', 'accident', 'benefitPeriod', 'benefitBalance'),
  ...ignored('a wish; what came of it is `fundsReserve`', 'fundsReserveRequested'),
  ...refused('PreAuthorisation', AGREED, 'preAuthRef', 'preAuthRefPeriod'),
};

export const RESPONSE_ITEM: Elements = {
  ...ELEMENT, ...understood(READ, 'itemSequence', 'adjudication'),
  ...ignored('the amounts of an item hold for its parts', 'detail', 'noteNumber'),
};

export const EXPLANATION_ITEM: Elements = {
  ...ELEMENT, ...understood(READ, 'sequence', 'adjudication', 'net'),
  ...ignored('the amounts of an item hold for its parts', 'detail', 'noteNumber'),
  ...ignored(BESIDE, 'careTeamSequence', 'diagnosisSequence', 'procedureSequence', 'informationSequence', 'revenue', 'category', 'productOrService',
    'modifier', 'programCode', 'servicedDate', 'servicedPeriod', 'locationCodeableConcept', 'locationAddress', 'locationReference', 'quantity',
    'unitPrice', 'factor', 'udi', 'bodySite', 'subSite', 'encounter'),
};

export const ADJUDICATION: Elements = { ...ELEMENT, ...understood(READ, 'category', 'reason', 'amount', 'value') };
export const TOTAL: Elements = { ...ELEMENT, ...understood(READ, 'category', 'amount') };
export const PAYMENT: Elements = {
  ...ELEMENT, ...understood(READ, 'amount', 'adjustment', 'date'), ...ignored(BESIDE, 'type', 'adjustmentReason', 'identifier'),
};
export const CLAIM_RESPONSE_INSURANCE: Elements = {
  ...ELEMENT, ...understood(READ, 'focal', 'coverage'), ...ignored(BESIDE, 'sequence', 'businessArrangement'),
  ...refused('PriorPayer', 'another payer has answered too, and what it paid is not known here', 'claimResponse'),
};
export const EXPLANATION_INSURANCE: Elements = {
  ...ELEMENT, ...understood(READ, 'focal', 'coverage'), ...refused('PreAuthorisation', AGREED, 'preAuthRef'),
};

export const COVERAGE: Elements = {
  ...RESOURCE,
  ...understood(READ, 'status', 'type', 'beneficiary', 'period', 'payor', 'class', 'order', 'subrogation'),
  ...ignored('a number or a person; the coverage is the beneficiary\'s', 'contained', 'identifier', 'policyHolder', 'subscriber', 'subscriberId', 'dependent', 'relationship',
    'network', 'contract'),
  ...refused('BusinessArrangement', 'costs of its own, beside those of the plan', 'costToBeneficiary'),
};

const ELIGIBILITY: Elements = {
  ...RESOURCE,
  ...understood(READ, 'status', 'purpose', 'patient', 'servicedDate', 'servicedPeriod', 'created', 'insurer', 'insurance'),
  ...ignored('a number, or a resource that others are told of by', 'contained', 'identifier'),
};

export const ELIGIBILITY_REQUEST: Elements = {
  ...ELIGIBILITY, ...understood(READ, 'provider', 'item'), ...ignored('who asked where, and how fast', 'priority', 'enterer', 'facility', 'supportingInfo'),
};
export const REQUEST_INSURANCE: Elements = {
  ...ELEMENT, ...understood(READ, 'focal', 'coverage'),
  ...refused('BusinessArrangement', 'provider and payer have terms of their own, which the plan does not know', 'businessArrangement'),
};
export const REQUEST_ITEM: Elements = {
  ...ELEMENT, ...understood(READ, 'category'),
  ...ignored('an answer is by category', 'supportingInfoSequence', 'productOrService', 'modifier', 'provider', 'quantity', 'unitPrice', 'facility', 'diagnosis', 'detail'),
};

export const ELIGIBILITY_RESPONSE: Elements = {
  ...ELIGIBILITY, ...understood(READ, 'outcome', 'requestor', 'request'), ...ignored(BESIDE, 'disposition', 'form'),
  ...refused('Undecided', 'the payer found errors in the question', 'error'),
  ...refused('PreAuthorisation', AGREED, 'preAuthRef'),
};
export const RESPONSE_INSURANCE: Elements = { ...ELEMENT, ...understood(READ, 'coverage', 'inforce', 'benefitPeriod', 'item') };
export const ELIGIBILITY_ITEM: Elements = {
  ...ELEMENT, ...understood(READ, 'category', 'excluded', 'network', 'unit', 'term', 'benefit', 'authorizationRequired', 'name'),
  ...ignored('said of a service, or in words', 'productOrService', 'modifier', 'provider', 'description', 'authorizationSupporting', 'authorizationUrl'),
};
export const BENEFIT: Elements = {
  ...ELEMENT, ...understood(READ, 'type', 'allowedUnsignedInt', 'allowedString', 'allowedMoney', 'usedUnsignedInt', 'usedString', 'usedMoney'),
};

/** All of them, by the type and path of the element. */
export const ANSWER_ELEMENTS: Readonly<Record<string, Elements>> = {
  'ClaimResponse': CLAIM_RESPONSE, 'ClaimResponse.item': RESPONSE_ITEM, 'ClaimResponse.item.adjudication': ADJUDICATION,
  'ClaimResponse.total': TOTAL, 'ClaimResponse.payment': PAYMENT, 'ClaimResponse.insurance': CLAIM_RESPONSE_INSURANCE,
  'ExplanationOfBenefit': EXPLANATION, 'ExplanationOfBenefit.item': EXPLANATION_ITEM, 'ExplanationOfBenefit.item.adjudication': ADJUDICATION,
  'ExplanationOfBenefit.total': TOTAL, 'ExplanationOfBenefit.payment': PAYMENT, 'ExplanationOfBenefit.insurance': EXPLANATION_INSURANCE,
  'Coverage': COVERAGE,
  'CoverageEligibilityRequest': ELIGIBILITY_REQUEST, 'CoverageEligibilityRequest.insurance': REQUEST_INSURANCE,
  'CoverageEligibilityRequest.item': REQUEST_ITEM,
  'CoverageEligibilityResponse': ELIGIBILITY_RESPONSE, 'CoverageEligibilityResponse.insurance': RESPONSE_INSURANCE,
  'CoverageEligibilityResponse.insurance.item': ELIGIBILITY_ITEM, 'CoverageEligibilityResponse.insurance.item.benefit': BENEFIT,
};
