/** Claims in FHIR R4: to it, and from it. */
export * from './fhir-categories.js';
export * from './fhir-money.js';
export { CLAIM_ELEMENTS } from './claim-elements.js';
export type { Parties } from './claim-parties.js';
export { toClaim } from './fhir-claim.js';
export type { ClaimContext, Detail } from './fhir-claim.js';
export { toCoverage } from './fhir-coverage.js';
export { toEligibilityRequest, toEligibilityResponse } from './fhir-eligibility.js';
export type { EligibilityQuestion } from './fhir-eligibility.js';
export { outcomeOf, toClaimResponse, toExplanationOfBenefit } from './fhir-response.js';
export { ANSWER_ELEMENTS } from './answer-elements.js';
export { coverageFromFhir } from './from-coverage.js';
export type { ReadOptions } from './from-coverage.js';
export { eligibilityFromFhir, eligibilityQuestionFromFhir } from './from-eligibility.js';
export { explanationFromFhir } from './from-explanation.js';
export type { ExplanationRead, ReadExplanationOptions } from './from-explanation.js';
export { readAnswer } from './read-answer.js';
export type { Answer, AnswerLine, ReadAnswerOptions } from './read-answer.js';
export { readCoverage } from './read-coverage.js';
export type { CoverageRead } from './read-coverage.js';
export { readEligibility, readEligibilityRequest } from './read-eligibility.js';
export type { EligibilityItemRead, EligibilityRead, EligibilityRequestRead, Quantum } from './read-eligibility.js';
export { claimLinesFromFhir } from './from-fhir.js';
export type { BilledVisit, CategoryMapping, CommittedLine, FromFhirOptions } from './from-fhir.js';
export { ClaimRefused, FhirRefused, REFUSALS } from './refused.js';
export type { RefusalCode } from './refused.js';
export {
  CLAIM_RESPONSE_SYSTEM, CLAIM_SYSTEM, COVERAGE_SYSTEM, ELIGIBILITY_REQUEST_SYSTEM, ELIGIBILITY_RESPONSE_SYSTEM,
  ENCOUNTER_SYSTEM, EXPLANATION_SYSTEM, MEMBER_KEY_SYSTEM, ORGANISATION_SYSTEM,
} from './fhir-parts.js';
