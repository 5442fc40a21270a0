/** The console of a command line tool, without what `@polkadot/api` writes there. */

/** Lines that `@polkadot/api` writes to the console while it connects: what matters of them is in our own error. */
const NOISE = /API-WS|API\/INIT|RPC-CORE|REGISTRY/;

/** Keeps such lines out of the console until the answer is called. */
export function withoutNoise(): () => void {
  const { error, warn, log } = console;
  const unless = (write: typeof error): typeof error => (...args) => {
    if (!args.some((part) => typeof part === 'string' && NOISE.test(part))) write(...args);
  };
  Object.assign(console, { error: unless(error), warn: unless(warn), log: unless(log) });
  return () => Object.assign(console, { error, warn, log });
}
