/** Keeping envelopes, logs, answered requests and trees in plain files. For Node.js; the rest of the SDK runs in browsers too. */
export { FileLog } from './log.js';
export { entriesIn } from './log-lines.js';
export { FileReplayCache } from './replay.js';
export { FileStore } from './store.js';
export { TreeFile, commitmentsIn } from './tree.js';
// What the command line tools have in common.
export { secretIn, signerOf, withoutSecrets } from './gov-options.js';
export { withoutNoise } from './noise.js';
export { input, inputText, UsageError, wholeNumber } from './receipt-inputs.js';
