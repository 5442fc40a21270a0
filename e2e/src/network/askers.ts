/** Somebody who asks all the time, and what came of it: for what must not be answered after a moment. */
import { atEnd, sleep } from './wait.js';

/** One answer, with the moments at which it was asked for and had, in milliseconds by the host's clock. */
export interface Heard<T> {
  begun: number;
  ended: number;
  told: T;
}

/** Asks again and again, each time after the last answer. An answer that does not come is one that is missing: look at {@link Asker.heard}. */
export class Asker<T> {
  readonly heard: Heard<T>[] = [];
  #failure: unknown;
  #stopped = false;
  readonly #loop: Promise<void>;

  /** `every` in milliseconds. What `ask` throws ends it, and is thrown by all that looks at it. */
  constructor(readonly name: string, private readonly ask: () => Promise<T>, private readonly every: number) {
    atEnd(() => { this.#stopped = true; });
    this.#loop = this.#run();
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const begun = Date.now();
      try {
        const told = await this.ask();
        this.heard.push({ begun, ended: Date.now(), told });
      } catch (error) {
        this.#failure = error;
        return;
      }
      await sleep(this.every);
    }
  }

  /** What was asked for after a moment, and answered. */
  since(moment: number): Heard<T>[] {
    if (this.#failure !== undefined) throw new Error(`${this.name} could not go on: ${String(this.#failure)}`);
    return this.heard.filter(({ begun }) => begun >= moment);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#loop;
  }
}

/** The last of the answers that was one of these, and the first after it. */
export function turn<T>(heard: readonly Heard<T>[], isOne: (told: T) => boolean): { last: Heard<T> | undefined; next: Heard<T> | undefined } {
  const at = heard.findLastIndex(({ told }) => isOne(told));
  return { last: heard[at], next: heard[at + 1] };
}
