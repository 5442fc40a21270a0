/**
 * The Salus SDK: thin helpers over `@polkadot/api`. The generated types in `interfaces/` make
 * `api.tx`, `api.query`, `api.call` and `api.errors` of this chain known to TypeScript.
 */
import './interfaces/augment-api.js';

export * as accessLog from './access-log/index.js';
export * as acknowledgement from './acknowledgement.js';
export * as anchors from './anchors.js';
export * as care from './care.js';
export * as claims from './claims/index.js';
export * as consent from './consent.js';
export * as emergency from './emergency.js';
export * as governance from './governance/index.js';
export * as identity from './identity.js';
export * as receipts from './receipts/index.js';
export * as registry from './registry.js';
export * as rules from './rules/index.js';
export * as sealed from './sealed/index.js';
export type { AnchorRef, NotVerified, Verified } from './anchors.js';
export { allows, decideAt, decideSafely } from './consent.js';
export type { Access, Actor, Basis, DataTime, Decide, Decision, Grantee, LiftTarget, Question, Reason, SafeDecision, Scope, Told } from './consent.js';
export { toldInWords, toldOf, whyInWords } from './consent.js';
export { AUTHENTICATION_FAILURES } from './authentication.js';
export type { AuthenticationFailure, FailureCounts } from './authentication.js';
export { FAILURE_SUMMARY_INTERVAL } from './tally.js';
export { MemoryReplayCache } from './replay.js';
export type { ReplayCache } from './replay.js';
export type { PatientInfo, PatientKey, PatientState } from './identity.js';
export type { LicenceStatus, Organisation } from './registry.js';
export type { Inclusion, Whereabouts } from './inclusion.js';
export * from './bytes.js';
export * from './challenge.js';
export * from './codes.js';
export * from './commitment.js';
export * from './connect.js';
export * from './did.js';
export * from './envelope.js';
export * from './errors.js';
export * from './failures.js';
export * from './fhir.js';
export * from './blocks.js';
export * from './freshness.js';
export * from './gate.js';
export * from './log.js';
export * from './merkle.js';
export * from './merkle-stream.js';
export * from './profile.js';
export * from './receive.js';
export * from './release.js';
export * from './request.js';
export * from './signing.js';
export * from './store.js';
export * from './tx.js';
export { SIGNING_TIMEOUT } from './wallet.js';
export type { SigningOptions } from './wallet.js';
