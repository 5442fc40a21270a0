/** Waiting with a limit that is part of what a test says: for a condition, and for time to pass where absence is what is measured. */
import { sleep, until, type NotYet } from '../wait.js';

export { sleep };

export const seconds = (since: number): number => Math.round((Date.now() - since) / 100) / 10;

/** `until` with a limit in seconds, once a second, where an error of the probe counts as "not yet": nodes are restarted while they are asked. */
export const eventually = <T>(what: string, limit: number, probe: () => Promise<T | NotYet> | T | NotYet, every = 1_000): Promise<T> =>
  until(what, probe, { limit, every, retryErrors: true });

/** Runs `look` once a second for `length` seconds; what it throws ends it. */
export async function during(length: number, look: () => Promise<void>): Promise<void> {
  const end = Date.now() + length * 1000;
  while (Date.now() < end) {
    await look();
    await sleep(1_000);
  }
}

const endings = new Set<() => void>();

/** Remembers what has to stop when the network does, however a test has ended. */
export const atEnd = (stop: () => void): void => { endings.add(stop); };

/** Stops all of it. */
export function endAll(): void {
  for (const stop of endings) stop();
  endings.clear();
}
