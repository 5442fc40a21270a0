/** Claims in FHIR R4: to it, and from it. */
export { CLAIM_ELEMENTS } from './claim-elements.js';
export type { Parties } from './claim-parties.js';
export { NotAMoment, UnknownZone, date, dateTime, daySpan, isDay, moment, momentSpan, period, periodSpan } from './days.js';
export type { Span } from './days.js';
export { toClaim } from './fhir-claim.js';
export type { ClaimContext, Detail } from './fhir-claim.js';
export { toCoverage } from './fhir-coverage.js';
export { toEligibilityRequest, toEligibilityResponse } from './fhir-eligibility.js';
export type { EligibilityQuestion } from './fhir-eligibility.js';
export { outcomeOf, toClaimResponse, toExplanationOfBenefit } from './fhir-response.js';
export { claimLinesFromFhir } from './from-fhir.js';
export type { BilledVisit, CategoryMapping, CommittedLine, FromFhirOptions } from './from-fhir.js';
export { ClaimRefused, FhirRefused, REFUSALS } from './refused.js';
export type { RefusalCode } from './refused.js';
export {
  CLAIM_RESPONSE_SYSTEM, CLAIM_SYSTEM, COVERAGE_SYSTEM, ELIGIBILITY_REQUEST_SYSTEM, ELIGIBILITY_RESPONSE_SYSTEM,
  ENCOUNTER_SYSTEM, EXPLANATION_SYSTEM, MEMBER_KEY_SYSTEM, ORGANISATION_SYSTEM,
} from './fhir-parts.js';
