/** What the tests of several packages use. */
export * from './claims-fixture.js';
export * from './vector-file.js';
