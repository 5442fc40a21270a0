/** Networks of real nodes for the tests in `tests/`: all that they use, in one place. */
export * from '../rpc.js';
export * from './ages.js';
export * from './askers.js';
export * from './chain.js';
export * from './journey.js';
export * from './keys.js';
export * from './machine.js';
export * from './member.js';
export * from './motion.js';
export * from './network.js';
export * from './relay.js';
export * from './scene.js';
export * from './spec.js';
export * from './traffic.js';
export * from './usage.js';
export * from './wait.js';
