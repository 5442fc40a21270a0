/** Keeping envelopes, logs and answered requests in plain files. For Node.js; the rest of the package runs in browsers too. */
export { FileLog } from './log.js';
export { entriesIn } from './log-lines.js';
export { FileReplayCache } from './replay.js';
export { FileStore } from './store.js';
