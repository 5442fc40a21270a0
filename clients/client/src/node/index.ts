/** What the command line tools have in common. For Node.js; the rest of the package runs in browsers too. */
export * from './commands.js';
export * from './inputs.js';
export { withoutNoise } from './noise.js';
export * from './signer.js';
