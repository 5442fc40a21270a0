/** The memory of answered requests, without which whoever copies a signed request could send it again. */
import type { Hex } from '@salus/types';

/**
 * Remembers the ids of requests for as long as these could be sent again. `FileReplayCache` in
 * `@salus/exchange/node` survives a restart; {@link MemoryReplayCache} does not, and is for tests.
 */
export interface ReplayCache {
  /**
   * Claims `id` until `expiry`. False if it is claimed already, or if `expiry` is so long past that it
   * may have been. Moments are seconds since 1970, and `now` is the time by which `expiry` is judged.
   *
   * Resolves with true only when the claim will outlive this process, if the cache does; rejects if
   * that is uncertain, and then the request must not be answered.
   */
  claim(id: Hex, expiry: number, now: number): Promise<boolean>;
}

/** An id, and until when it is remembered. */
export interface UsedRequest {
  id: Hex;
  expiry: number;
}

/** The ids in use. What has expired is forgotten, and refused by its expiry instead. */
export class UsedRequests {
  readonly #expiries: Map<Hex, number>;
  #horizon: number;

  constructor(horizon = 0, used: readonly UsedRequest[] = []) {
    this.#horizon = horizon;
    this.#expiries = new Map(used.map(({ id, expiry }) => [id, expiry]));
  }

  /**
   * The latest `now` there has been: nothing that expired by then is remembered. A clock can be set back (and the
   * chain's time goes back when a block is replaced by another), which must not bring back to life what was forgotten.
   */
  get horizon(): number {
    return this.#horizon;
  }

  get size(): number {
    return this.#expiries.size;
  }

  /** Adds an id, or returns false if it is there or may have been. */
  add(id: Hex, expiry: number, now: number): boolean {
    if (now > this.#horizon) {
      this.#horizon = now;
      for (const [known, until] of this.#expiries) if (until <= now) this.#expiries.delete(known);
    }
    if (expiry <= this.#horizon || this.#expiries.has(id)) return false;
    this.#expiries.set(id, expiry);
    return true;
  }

  /** All that are remembered. */
  list(): UsedRequest[] {
    return [...this.#expiries].map(([id, expiry]) => ({ id, expiry }));
  }
}

/** Forgets everything when the process ends. */
export class MemoryReplayCache implements ReplayCache {
  readonly #used = new UsedRequests();

  async claim(id: Hex, expiry: number, now: number): Promise<boolean> {
    return this.#used.add(id, expiry, now);
  }
}
