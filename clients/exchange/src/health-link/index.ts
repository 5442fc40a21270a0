/** SMART Health Links: making one, reading one, and asking for what is behind it. */
export * from './fetch.js';
export { decryptHealthFile, encryptHealthFile, FHIR_JSON, MAX_CONTENT, type Encrypting, type HealthFile } from './file.js';
export { healthLinkText, MAX_LABEL, MAX_LINK_URL, newHealthLink, readHealthLink, type HealthLink, type NewHealthLink, type ReadingLink } from './link.js';
export { HEALTH_LINK_FAULTS, HealthLinkRefused, type HealthLinkDetails, type HealthLinkFault } from './refused.js';
