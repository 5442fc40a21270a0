/** How old a node's blocks are while something happens, and whether they still count as those of the present. */
import { presentAsTold, type ApiPromise } from '@salus/client';
import { atEnd, sleep } from './wait.js';

export class Ages {
  /** The greatest age of the best and of the last final block, in seconds by the host's clock. */
  best = 0;
  finalised = 0;
  looks = 0;
  /** How many looks found the node not to be relied on. */
  refused = 0;
  /** The same by the reason, without its moments and numbers. */
  readonly problems = new Map<string, number>();
  #stopped = false;
  readonly #loop: Promise<void>;

  constructor(private readonly api: ApiPromise) {
    atEnd(() => { this.#stopped = true; });
    this.#loop = this.#run();
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      await this.#look();
      await sleep(1_000);
    }
  }

  async #look(): Promise<void> {
    let problem: string | undefined;
    try {
      const seen = await presentAsTold(this.api);
      const now = seen.now();
      this.best = Math.max(this.best, now - seen.best.moment);
      this.finalised = Math.max(this.finalised, now - seen.finalised.moment);
      problem = seen.problem();
    } catch (error) {
      problem = String(error);
    }
    this.looks += 1;
    if (problem === undefined) return;
    this.refused += 1;
    const reason = problem.replace(/ is of .*/, ' is old');
    this.problems.set(reason, (this.problems.get(reason) ?? 0) + 1);
  }

  /** Ends it, and says what was seen. */
  async stop(): Promise<string> {
    this.#stopped = true;
    await this.#loop;
    const reasons = [...this.problems].map(([reason, count]) => `${count} times ${reason}`).join(', ');
    return `best block at most ${this.best} s old, final block ${this.finalised} s; in ${this.looks} looks not of the present: ${reasons || 'never'}`;
  }
}
