/**
 * Waiting for what must come. How soon it comes is the machine's affair and not what a test is about, so there is one
 * bound for all, far beyond what a busy machine takes: only a test that fails waits for so long.
 */

/** In seconds. */
export const PATIENCE = 240;

/** By how many milliseconds an answer may come after its time-out on a busy machine. One that never comes is beyond: a request to a node is given up after 30 s. */
export const GRACE = 15_000;

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => { setTimeout(resolve, milliseconds); });

/** Whatever a probe answers when the condition does not hold yet. */
export type NotYet = false | undefined | null;

export interface UntilOptions {
  /** For how many seconds to ask: {@link PATIENCE} unless the limit is part of what a test says. */
  limit?: number;
  /** How often, in milliseconds. 250 unless told. */
  every?: number;
  /** Whether an error of the probe counts as "not yet": for nodes that are restarted while they are asked. Otherwise it ends the waiting. */
  retryErrors?: boolean;
}

/** Asks `probe` until it answers with something, and gives that. `what` says what is waited for. */
export async function until<T>(
  what: string,
  probe: () => Promise<T | NotYet> | T | NotYet,
  { limit = PATIENCE, every = 250, retryErrors = false }: UntilOptions = {},
): Promise<T> {
  const end = Date.now() + limit * 1000;
  for (;;) {
    let last: unknown;
    try {
      const answer = await probe();
      if (answer !== false && answer !== undefined && answer !== null) return answer;
    } catch (error) {
      if (!retryErrors) throw error;
      last = error;
    }
    if (Date.now() > end) throw new Error(`not within ${limit} s: ${what}${last instanceof Error ? `; the last error: ${last.message}` : ''}`);
    await sleep(every);
  }
}
