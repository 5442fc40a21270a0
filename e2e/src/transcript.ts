import { snapshot, type ApiPromise, type Included } from '@salus/client';

/** Something happened that the journey did not expect, or something expected did not happen. */
export class Surprise extends Error {}

export function expect(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Surprise(otherwise);
}

/** Seconds since 1970 as a time of day in UTC. */
export const clock = (moment: number): string => new Date(moment * 1000).toISOString().slice(11, 19);

/** What a reader sees: chapters, and lines with the block and its time. */
export class Transcript {
  #chapter = 0;
  readonly #started = Date.now();
  /** The chapters of which something was not played. */
  readonly #skipped = new Set<number>();

  constructor(
    private readonly api: ApiPromise,
    private readonly write: (line: string) => void = console.log,
  ) {}

  title(text: string): void {
    this.write(`\n${text}\n${'='.repeat(text.length)}`);
  }

  chapter(text: string): void {
    this.#chapter += 1;
    this.write(`\n${this.#chapter}. ${text}`);
  }

  /** A transaction that was included. */
  async did(included: Pick<Included, 'blockHash'>, text: string): Promise<void> {
    const { number, moment } = await snapshot(this.api, included.blockHash);
    this.write(`   block ${number}  ${clock(moment)}  ${text}`);
  }

  /** Something done or read off chain. */
  saw(text: string): void {
    this.write(`     - ${text}`);
  }

  /** Why the line before is so. */
  because(reason: string): void {
    this.write(`         ${reason}`);
  }

  /** A refusal that had to come, with its reason. */
  refused(text: string, reason: string): void {
    this.write(`     x refused: ${text}`);
    this.because(reason);
  }

  /** A part that is not played here, and why. */
  skipped(text: string, reason: string): void {
    this.#skipped.add(this.#chapter);
    this.write(`     ~ not played: ${text}`);
    this.because(reason);
  }

  /** The last line of all, after which chapters were not played, as a whole or in part. */
  result(text: string): void {
    if (this.#skipped.size > 0) this.write(`\nNot wholly played: chapters ${[...this.#skipped].join(', ')}`);
    this.write(`\n${text} (${((Date.now() - this.#started) / 1000).toFixed(0)} s)`);
  }
}
