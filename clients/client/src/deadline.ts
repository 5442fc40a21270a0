/** Waiting for a node no longer than a caller is willing to. */
import { NodeUnavailable } from '@salus/types';

export const pause = (millis: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, millis); });

/**
 * What `work` resolves with, or an error if that takes more than `millis`: {@link NodeUnavailable} with `what` was
 * asked, or the error that `what` makes of the seconds.
 */
export async function within<T>(work: Promise<T>, millis: number, what: string | ((seconds: number) => Error)): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = typeof what === 'string' ? (count: number) => new NodeUnavailable(`${what}: no answer within ${count} s`) : what;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late(seconds(millis))), Math.max(0, millis));
  });
  // Whichever comes second is nobody's business any more, and must not end the process.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, expired]);
  } finally {
    clearTimeout(timer);
  }
}

const seconds = (millis: number): number => Math.round(Math.max(0, millis) / 100) / 10;

/** A moment by which everything must be over, by the clock of this process. */
export class Deadline {
  #end: number;

  constructor(readonly millis: number) {
    this.#end = Date.now() + millis;
  }

  get left(): number {
    return Math.max(0, this.#end - Date.now());
  }

  get isOver(): boolean {
    return this.left === 0;
  }

  /** What `work` resolves with, or {@link NodeUnavailable} when the time is over. */
  within<T>(work: Promise<T>, what: string): Promise<T> {
    return within(work, this.left, what);
  }
  /** What `work` resolves with. The time that it takes does not count. */
  async without<T>(work: Promise<T>): Promise<T> {
    const began = Date.now();
    try {
      return await work;
    } finally {
      this.#end += Date.now() - began;
    }
  }
}
