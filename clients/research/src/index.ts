/** Research on a Salus chain: data use, permits, queries at several sites and their answers, for researchers and for those who answer them. */
export * as answers from './answers/index.js';
export * from './chain/index.js';
export * from './disease.js';
export * from './fhir/consent.js';
export * from './fhir/study.js';
export * from './ga4gh/duo.js';
export * from './ga4gh/visa.js';
export * from './refused.js';
export * from './words.js';
