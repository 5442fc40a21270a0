/** What the tests of several packages use. */
export * from './tx-node.js';
