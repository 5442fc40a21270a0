/** Counting the requests of strangers, so that however many come, the log gets one entry for all. */
import type { AuthenticationFailure, FailureCounts } from '@salus/types';

/** At most one entry in the log in this time, in seconds, tells of authentication failures. */
export const FAILURE_SUMMARY_INTERVAL = 3_600;

/** What was counted since the moment `since` (seconds since 1970). */
export interface Tally {
  since: number;
  failures: FailureCounts;
}

/** Counts authentication failures until they are taken. Moments are seconds since 1970. */
export class FailureTally {
  #tally: Tally | undefined;

  /** Counts one more. */
  count(failure: AuthenticationFailure, now: number): void {
    const { failures } = this.#tally ??= { since: now, failures: {} };
    failures[failure] = (failures[failure] ?? 0) + 1;
  }

  /** What was counted and not taken yet. */
  get failures(): FailureCounts {
    return { ...this.#tally?.failures };
  }

  /** Whether the first that was counted is an interval ago. */
  isDue(now: number): boolean {
    return this.#tally !== undefined && now - this.#tally.since >= FAILURE_SUMMARY_INTERVAL;
  }

  /** What was counted, if anything, and starts from nothing. */
  take(): Tally | undefined {
    const taken = this.#tally;
    this.#tally = undefined;
    return taken;
  }

  /** Takes back what could not be told of, and adds what was counted since. */
  restore({ since, failures }: Tally): void {
    const later = this.failures;
    this.#tally = { since, failures: { ...failures } };
    for (const [failure, count] of Object.entries(later) as [AuthenticationFailure, number][]) {
      this.#tally.failures[failure] = (this.#tally.failures[failure] ?? 0) + count;
    }
  }
}
