/**
 * The upgrade of a parachain. Its own block only stores the new code; the relay chain checks it, and tells a later block to
 * apply or to discard it.
 */
import type { ApiPromise } from '@polkadot/api';
import { duration } from '../arguments.js';
import type { Hex } from '../bytes.js';
import type { ApiAt } from '../connect.js';
import { Deadline, pause } from '../deadline.js';
import { callHash } from './bodies.js';

/** Code that is stored, and of which the relay chain has not decided. */
export interface PendingCode {
  hash: Hex;
  size: number;
}

/** What became of stored code. */
export type CodeDecision =
  /** The code is set in this block; the next block is the first that runs it. Or it was given up there, and the chain runs as before. */
  | { state: 'Applied' | 'Discarded'; blockNumber: number; blockHash: Hex }
  /** Not decided in any block up to this one. `trouble` is why the node could not be asked last, if it could not. */
  | { state: 'Pending'; upTo: number; trouble: unknown };

export interface FollowOptions {
  /** Look at final blocks alone (the default), or already at those of the best chain. */
  until?: 'inBlock' | 'finalized';
  /** How long to wait for the decision, in milliseconds. Half an hour unless told. */
  timeout?: number;
  /** How often to ask the node for new blocks, in milliseconds. 2,000 unless told. */
  every?: number;
}

/** How long the relay chain is waited for unless told, in milliseconds. */
export const DECISION_TIMEOUT = 1_800_000;

/** The types of the SDK are those of the solo runtime, which has no such pallet. */
interface OfParachain {
  parachainSystem?: { pendingValidationCode?: () => Promise<{ toU8a(bare: boolean): Uint8Array }> };
}

/** Whether the chain is a parachain, by its metadata. */
export const isParachain = (api: ApiAt): boolean => 'parachainSystem' in api.query;

/** The code that waits for the relay chain; `undefined` if none does, and always on a chain that is no parachain. */
export async function pendingCode(api: ApiAt): Promise<PendingCode | undefined> {
  const code = (await (api.query as OfParachain).parachainSystem?.pendingValidationCode?.())?.toU8a(true);
  return code && code.length > 0 ? { hash: callHash(code), size: code.length } : undefined;
}

/** What the events of a block say of stored code. */
export function decisionIn(events: Iterable<{ event: { section: string; method: string } }>): 'Applied' | 'Discarded' | undefined {
  for (const { event } of events) {
    if (event.section !== 'parachainSystem') continue;
    if (event.method === 'ValidationFunctionApplied') return 'Applied';
    if (event.method === 'ValidationFunctionDiscarded') return 'Discarded';
  }
  return undefined;
}

/**
 * Waits for the relay chain's decision on the code that was pending in block `after`: looks at every block above it. The
 * relay chain's signals (`upgradeGoAhead`, `upgradeRestrictionSignal`) cannot be asked for instead: the runtime removes both
 * from its state at the end of the block that brought them.
 */
export async function followPendingCode(api: ApiPromise, after: number, options: FollowOptions = {}): Promise<CodeDecision> {
  const { until = 'finalized', every = 2_000 } = options;
  const deadline = new Deadline(duration(options.timeout ?? DECISION_TIMEOUT, 'timeout'));
  const hashAt = async (number: number): Promise<Hex> => (await api.rpc.chain.getBlockHash(number)).toHex() as Hex;
  let seen: { number: number; hash: Hex } | undefined;
  for (;;) {
    let trouble: unknown;
    try {
      // The best chain may have changed to another fork: then what was looked at is not of it.
      if (seen && await hashAt(seen.number) !== seen.hash) seen = undefined;
      const head = until === 'inBlock' ? api.rpc.chain.getHeader() : api.rpc.chain.getHeader(await api.rpc.chain.getFinalizedHead());
      const last = (await head).number.toNumber();
      for (let number = (seen?.number ?? after) + 1; number <= last; number += 1) {
        const hash = await hashAt(number);
        const state = decisionIn(await (await api.at(hash)).query.system.events());
        if (state) return { state, blockNumber: number, blockHash: hash };
        seen = { number, hash };
      }
    } catch (error) {
      // In so long a time a node may be restarted. It is asked again, until the time is over.
      trouble = error;
    }
    if (deadline.isOver) return { state: 'Pending', upTo: seen?.number ?? after, trouble };
    await pause(Math.min(every, deadline.left));
  }
}
