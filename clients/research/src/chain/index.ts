/** The chain's side of research: calls, questions, and what they say. */
export * from './calls.js';
export * from './codes.js';
export { decisionOf, offerOf, standingOf } from './decode.js';
export { encodeOffer, encodeStatement, MAX_MONTHS } from './encode.js';
export * from './events.js';
export type * from './model.js';
export * from './questions.js';
