/**
 * The Salus chain: thin helpers over `@polkadot/api`. The generated types in `@salus/types/chain` make
 * `api.tx`, `api.query`, `api.call` and `api.errors` of this chain known to TypeScript.
 */
import '@salus/types/chain';

export * as acknowledgement from './acknowledgement.js';
export * as anchors from './anchors.js';
export * as care from './care.js';
export * as claims from './claims/index.js';
export * as consent from './consent.js';
export * as emergency from './emergency.js';
export * as identity from './identity.js';
export * as registry from './registry.js';
export * as sealed from './sealed/index.js';
export type { AnchorRef, NotVerified, Verified } from './anchors.js';
export { decideAt, decideSafely } from './consent.js';
export type { Decide, LiftTarget } from './consent.js';
export type { PatientInfo, PatientKey } from './identity.js';
export type { LicenceStatus, Organisation } from './registry.js';
export type { Inclusion, Whereabouts } from './inclusion.js';
export * from './blocks.js';
export * from './connect.js';
export * from './consent-directives.js';
export * from './did.js';
export * from './failures.js';
export * from './freshness.js';
export * from './signing.js';
export * from './tx.js';
export { SIGNING_TIMEOUT } from './wallet.js';
export type { SigningOptions } from './wallet.js';
