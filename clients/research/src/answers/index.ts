/** Queries at several sites, and what makes an answer believed. */
export { canonical, Malformed } from './closed.js';
export * from './epoch.js';
export * from './job.js';
export * from './proof.js';
export * from './query.js';
export * from './reply.js';
export * from './verify.js';
export { toBeacon, toMeasureReport, type BeaconResponse } from './views.js';
export { countInWords, rangeOf, refusalInWords, toldInWords } from './words.js';
