/** Waiting with a limit that is part of what a test says: for a condition, and for time to pass where absence is what is measured. */
import { sleep, type NotYet } from '../wait.js';

export { sleep };

export const seconds = (since: number): number => Math.round((Date.now() - since) / 100) / 10;

/**
 * Asks `probe` every `every` milliseconds until it answers with something, and gives that. An error
 * of the probe counts as "not yet": nodes are restarted while they are asked.
 */
export async function eventually<T>(
  what: string,
  limit: number,
  probe: () => Promise<T | NotYet> | T | NotYet,
  every = 1_000,
): Promise<T> {
  const started = Date.now();
  let last: unknown;
  for (;;) {
    try {
      const answer = await probe();
      if (answer !== false && answer !== undefined && answer !== null) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() - started > limit * 1000) {
      throw new Error(`not within ${limit} s: ${what}${last instanceof Error ? `; the last error: ${last.message}` : ''}`);
    }
    await sleep(every);
  }
}

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
