/** Governance: proposing, voting, reading what is proposed and what it would do. The tool `gov` is built on it. */
export * as governance from './governance.js';
