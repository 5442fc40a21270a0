/** Access logs: committing to them, verifying them against their heads, comparing two of them, and what they tell a patient. */
export { allCommits, attestReconciled, beginAnew, commit, heartbeatOf, logCommits } from './chain.js';
export type { LogCommits } from './chain.js';
export type { Entries } from './entries.js';
export { NOT_PROVED, entryNotProved, proveEntry } from './entry-proof.js';
export type { EntryNotProved, EntryProof } from './entry-proof.js';
export { FINDINGS, findingInWords } from './findings.js';
export type { Finding, FindingKind, Span } from './findings.js';
export { EMPTY_ROOT, HEAD_ORIGIN, headOf, rootOf } from './heads.js';
export type { Commit, Custodian } from './heads.js';
export { nextCommit } from './next.js';
export type { NextCommit } from './next.js';
export { COMPARED, dayFrom, dayInWords, dayOf, reconcile } from './reconcile.js';
export type { Comparison, Counts, Day, Disagreement, Pair } from './reconcile.js';
export { DEFAULT_SLACK, verifyLogAgainstHeads } from './verify.js';
export type { Audit, LogReport, Proved } from './verify.js';
export { lookInWords, looksAt, reasonInWords } from './view.js';
export type { Look, OrganisationLog } from './view.js';
