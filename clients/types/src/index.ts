/** What all packages of the SDK have in common: values, codes, errors and commitments. Nothing here talks to a chain. */
export * from './authentication-failures.js';
export * from './bytes.js';
export * from './codes.js';
export * from './commitment.js';
export * from './consent.js';
export * from './digits.js';
export * from './errors.js';
export * from './fhir-json.js';
export * from './log-entry.js';
export * from './merkle.js';
export * from './merkle-stream.js';
export * from './printable.js';
export * from './request-id.js';
