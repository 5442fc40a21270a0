/** Waiting for a node no longer than a caller is willing to. */
import { NodeUnavailable } from './errors.js';

export const pause = (millis: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, millis); });

/** What `work` resolves with, or {@link NodeUnavailable} if that takes more than `millis`. `what` says what was asked. */
export async function within<T>(work: Promise<T>, millis: number, what: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NodeUnavailable(`${what}: no answer within ${seconds(millis)} s`)), Math.max(0, millis));
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
  readonly #end: number;

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
}
