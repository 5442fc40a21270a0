/** Claims as values: plans, lines, decisions and explanations of benefits, in X12 codes, in amounts and in plain words. */
export * from './balance.js';
export * from './bounds.js';
export * from './categories.js';
export * from './codes.js';
export * from './detail.js';
export * from './model.js';
export * from './money.js';
export * from './plan-words.js';
export * from './plans.js';
export * from './words.js';
