/**
 * Governance: the call of each kind of decision, what it would do, motions of the two bodies, enactment, and
 * upgrades. Framework-free; `gov` on the command line is made of it, and a dApp can be.
 */
export * from './adapter.js';
export type { Authority } from './authority.js';
export * from './bodies.js';
export * from './carried.js';
export * from './decisions.js';
export * from './effects.js';
export * from './enactment.js';
export * from './inspect.js';
export * from './kinds.js';
export * from './links.js';
export * from './motions.js';
export * from './powers.js';
export * from './seats.js';
export * from './upgrade.js';
export * from './validation-code.js';
export * from './words.js';
