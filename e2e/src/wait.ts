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

/** Asks `probe` until it answers with something, and gives that. `what` says what is waited for. */
export async function until<T>(what: string, probe: () => Promise<T | NotYet> | T | NotYet): Promise<T> {
  const end = Date.now() + PATIENCE * 1000;
  for (;;) {
    const answer = await probe();
    if (answer !== false && answer !== undefined && answer !== null) return answer;
    if (Date.now() > end) throw new Error(`not within ${PATIENCE} s: ${what}`);
    await sleep(250);
  }
}
