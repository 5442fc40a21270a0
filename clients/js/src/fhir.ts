/** What the SDK must know of FHIR: class and labels of a resource of R4, Consents and AuditEvents of R4 and R5, and the chain's form `FhirJson`. */
export { AUDIT_ENTITY_SYSTEM, ENTRY_SYSTEM, LOG_OUTCOME_SYSTEM, RECORD_SYSTEM, REQUEST_SYSTEM } from './fhir/audit-codes.js';
export * from './fhir/audit-in.js';
export * from './fhir/audit-out.js';
export * from './fhir/audit-faults.js';
export * from './fhir/class-table.js';
export * from './fhir/classify.js';
export * from './fhir/json.js';
export * from './fhir/label-table.js';
export { labelsOf, type LabelOptions, type OwnLabel } from './fhir/labels.js';
export { ResourceRefused, type ClassFault, type RefusedOptions, type ResourceFault } from './fhir/refused.js';
export { ACCOUNT_SYSTEM, ACTION_SYSTEM, DATA_CLASS_SYSTEM, PATIENT_SYSTEM, ROLE_SYSTEM, type ConsentDirective } from './fhir/consent-codes.js';
export * from './fhir/consent-chain.js';
export * from './fhir/consent-in.js';
export * from './fhir/consent-out.js';
export * from './fhir/consent-faults.js';
export { FHIR_VERSIONS, type FhirVersion } from './fhir/consent-rules.js';
