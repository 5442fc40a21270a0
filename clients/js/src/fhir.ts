/** What the SDK must know of FHIR: class and labels of a resource of R4, Consents of R4 and R5, audit events, and the chain's form `FhirJson`. */
export { AUDIT_ENTITY_SYSTEM, ENTRY_SYSTEM, LOG_OUTCOME_SYSTEM, RECORD_SYSTEM, REQUEST_SYSTEM } from './fhir/audit-codes.js';
export * from './fhir/audit-in.js';
export * from './fhir/audit-out.js';
export * from './fhir/audit-refused.js';
export * from './fhir/class-table.js';
export * from './fhir/classify.js';
export * from './fhir/json.js';
export * from './fhir/label-table.js';
export { labelsOf, type LabelOptions, type OwnLabel } from './fhir/labels.js';
export { ResourceRefused, type ResourceFault } from './fhir/refused.js';
export { ACCOUNT_SYSTEM, ACTION_SYSTEM, DATA_CLASS_SYSTEM, PATIENT_SYSTEM, ROLE_SYSTEM, type ConsentDirective } from './fhir/consent-codes.js';
export * from './fhir/consent-chain.js';
export * from './fhir/consent-in.js';
export * from './fhir/consent-out.js';
export * from './fhir/consent-refused.js';
export { FHIR_VERSIONS, type FhirVersion } from './fhir/consent-rules.js';
