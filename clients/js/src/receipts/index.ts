/**
 * Receipts: files with which anyone can verify records offline, years later, against the genesis of the
 * chain; and the trail of authority sets that verifiers of all receipts share.
 */
export { make } from './make.js';
export type { MakeOptions, ReceiptRequest } from './make.js';
export { fetchTrail } from './trail.js';
export type { TrailOptions } from './trail.js';
export { genesisAuthorities } from './spec.js';
export { ReceiptRefused, TrailBroken } from './errors.js';
export type { RefusalReason } from './errors.js';
export { followTrail, parseTrail } from './format.js';
export type { Handoff, Receipt, ReceiptRecord, Trail, TrailEnd } from './format.js';
export { decodeAuthorities, decodeHeader, decodeJustification } from './grandpa.js';
export type { Authority, BlockHeader, Justification, Precommit, SetChange } from './grandpa.js';
export { flawOf } from './majority.js';
export { StorageProof } from './trie.js';
