/** Claims in FHIR R4: to it, and from it. */
export { toClaim } from './fhir-claim.js';
export type { ClaimContext, Detail } from './fhir-claim.js';
export { toCoverage } from './fhir-coverage.js';
export { toEligibilityRequest, toEligibilityResponse } from './fhir-eligibility.js';
export type { EligibilityQuestion } from './fhir-eligibility.js';
export { outcomeOf, toClaimResponse, toExplanationOfBenefit } from './fhir-response.js';
export { ClaimRefused, claimLinesFromFhir } from './from-fhir.js';
export type { CategoryMapping, CommittedLine, FromFhirOptions } from './from-fhir.js';
export {
  CLAIM_RESPONSE_SYSTEM, CLAIM_SYSTEM, COVERAGE_SYSTEM, ELIGIBILITY_REQUEST_SYSTEM, ELIGIBILITY_RESPONSE_SYSTEM,
  ENCOUNTER_SYSTEM, EXPLANATION_SYSTEM, MEMBER_KEY_SYSTEM, ORGANISATION_SYSTEM,
} from './fhir-parts.js';
