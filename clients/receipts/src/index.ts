/** Receipts: proofs of anchored records and of decisions for verifying them offline, and the chain's rules without a node. */
export * as receipts from './receipts.js';
export * as rules from './rules/index.js';
