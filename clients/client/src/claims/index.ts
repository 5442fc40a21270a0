/**
 * Claims: the calls and questions of the pallet. What they take and give, in words and codes, is in `@salus/types/claims`, and their
 * form in FHIR R4 in `@salus/fhir/claims`.
 */
export * from './calls.js';
export { asDecision } from './encode.js';
export * from './queries.js';
