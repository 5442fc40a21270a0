/** FHIR: class and labels of a resource of R4, and Consents and AuditEvents of R4 and R5, both ways. Claims are in `@salus/fhir/claims`. */
export { AUDIT_ENTITY_SYSTEM, ENTRY_SYSTEM, LOG_OUTCOME_SYSTEM, RECORD_SYSTEM, REQUEST_SYSTEM } from './audit-codes.js';
export * from './audit-in.js';
export * from './audit-out.js';
export * from './audit-faults.js';
export * from './class-table.js';
export * from './classify.js';
export { LABEL_RULES } from './label-rules-data.js';
export type { LabelRuleFile, LabelRuleRow, RuleMatch } from './label-rule-file.js';
export type { OwnRule } from './label-rules.js';
export * from './label-table.js';
export { labelsOf, type LabelOptions, type OwnLabel } from './labels.js';
export { ResourceRefused, type ClassFault, type RefusedOptions, type ResourceFault } from './refused.js';
export { ACCOUNT_SYSTEM, ACTION_SYSTEM, DATA_CLASS_SYSTEM, PATIENT_SYSTEM, ROLE_SYSTEM } from './consent-codes.js';
export * from './consent-in.js';
export * from './consent-out.js';
export * from './consent-faults.js';
export { FHIR_VERSIONS, type FhirVersion } from './consent-rules.js';
