/**
 * Claims: the calls and questions of the pallet, and what they come to for people and for billing systems,
 * in FHIR R4, in X12 codes and in plain words.
 */
export * from './balance.js';
export { MAX_LINES } from './bounds.js';
export * from './calls.js';
export * from './categories.js';
export * from './codes.js';
export * from './detail.js';
export { asDecision } from './encode.js';
export * from './fhir.js';
export * from './model.js';
export * from './money.js';
export * from './plan-words.js';
export * from './plans.js';
export * from './queries.js';
export * from './words.js';
