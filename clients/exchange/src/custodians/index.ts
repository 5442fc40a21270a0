/** Where a patient's records are: the wallet's list of custodians, how it is kept, and how it is shown to others. */
export * from './believed.js';
export * from './bundle.js';
export * from './kept.js';
export * from './list.js';
export * from './refused.js';
