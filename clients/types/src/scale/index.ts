/** SCALE, as much of it as the SDK writes and reads by itself. */
export * from './grantee.js';
export * from './reader.js';
export * from './writer.js';
