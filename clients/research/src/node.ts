/** A researcher's folder, the mailbox over HTTP, audits and research objects. For Node.js; the rest of the package runs in browsers too. */
export * from './answers/audit.js';
export * from './answers/crate.js';
export * from './answers/folder.js';
export * from './answers/mailbox.js';
export type { SiteOutcome } from './cli/asking.js';
export { answerChain } from './cli/chain.js';
export { main } from './cli/main.js';
