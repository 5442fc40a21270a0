/** Both sides of an exchange of records: asking for one, the release gate, opening and checking what came, and the access logs of both. */
export * as accessLog from './access-log/index.js';
export { FAILURE_SUMMARY_INTERVAL } from './tally.js';
export { MemoryReplayCache } from './replay.js';
export type { ReplayCache } from './replay.js';
export * from './challenge.js';
export * from './envelope.js';
export * from './gate.js';
export * from './linking.js';
export * from './log.js';
export * from './profile.js';
export * from './receive.js';
export * from './release.js';
export * from './request.js';
export * from './store.js';
