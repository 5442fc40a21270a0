/**
 * The upgrade of a parachain. Its own block only stores the new code; the relay chain checks it, and tells a later block to
 * apply or to discard it.
 */
import type { ApiPromise } from '@polkadot/api';
import { compactAddLength } from '@polkadot/util';
import type { ApiAt } from '@salus/client';
import { Deadline, pause } from '@salus/client/deadline';
import type { Hex } from '@salus/types';
import { duration } from '@salus/types/arguments';
import { callHash } from './bodies.js';

/** Code that is stored, and of which the relay chain has not decided. */
export interface PendingCode {
  hash: Hex;
  size: number;
}

/** What became of stored code. */
export type CodeDecision =
  /**
   * The code is set in this block; the next block is the first that runs it. Or it was given up there, and the chain runs as
   * before. Told by `state` it was decided in this block or in one before it: the block that decided could not be asked for.
   */
  | { state: 'Applied' | 'Discarded'; blockNumber: number; blockHash: Hex; toldBy: 'event' | 'state' }
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
  parachainSystem?: { pendingValidationCode?: (() => Promise<{ toU8a(bare: boolean): Uint8Array }>) & { key(): string } };
}

/** Whether the chain is a parachain, by its metadata. */
export const isParachain = (api: ApiAt): boolean => 'parachainSystem' in api.query;

/**
 * The code that waits for the relay chain; `undefined` if none does, and always on a chain that is no parachain. The whole code is
 * fetched: a node's hash of the stored value is one over the code's length and the code, and the code's own hash cannot be told from it.
 */
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

/** Where every chain has the code that it runs. */
const CODE_KEY = '0x3a636f6465';

/** What the state of a block says of code: it waits for the relay chain, it is the code of the chain, or neither. */
async function codeAt(api: ApiPromise, code: Uint8Array, block: Hex): Promise<'Pending' | 'Applied' | 'Neither'> {
  const hashOf = async (key: string): Promise<string> => (await api.rpc.state.getStorageHash(key, block)).toHex();
  const pending = (api.query as unknown as OfParachain).parachainSystem?.pendingValidationCode;
  // The stored value begins with the code's length.
  if (pending && await hashOf(pending.key()) === callHash(compactAddLength(code))) return 'Pending';
  return await hashOf(CODE_KEY) === callHash(code) ? 'Applied' : 'Neither';
}

/** How often a block is asked for that the node does not have, though it answers, before the state of the last block is asked instead. */
const TRIES = 3;

/**
 * Looks for the relay chain's decision in the blocks above one, in their order, and remembers how far it came. What the node cannot
 * tell is thrown, and looked for again the next time.
 */
class DecisionSearch {
  /** The last block that was looked at. */
  private seen: { number: number; hash: Hex } | undefined;
  /** Code that never waited was not discarded: perhaps the block that stores it is not among these yet. */
  private everPending = false;
  /** How often in a row the next block was not to be had. */
  private failed = 0;

  constructor(
    private readonly api: ApiPromise,
    private readonly code: Uint8Array,
    private readonly after: number,
  ) {}

  /** The number of the last block that was looked at. */
  get upTo(): number {
    return this.seen?.number ?? this.after;
  }

  /** The decision, if one of the blocks up to `last` brought it. */
  async lookUpTo(last: number, deadline: Deadline): Promise<CodeDecision | undefined> {
    await this.forgetOtherFork();
    this.everPending ||= await this.wasPending(last) || await this.wasPending(this.after).catch(() => false);
    while (this.upTo < last && !deadline.isOver) {
      const decision = await this.next().catch((error: unknown) => this.insteadOf(error, last));
      if (decision) return decision;
    }
    return undefined;
  }

  /** The decision by the state of block `number`. If the code still waits there, the blocks up to it have not decided. */
  async byState(number: number): Promise<CodeDecision | undefined> {
    const hash = await this.hashAt(number);
    const found = await codeAt(this.api, this.code, hash);
    if (found === 'Pending') {
      this.everPending = true;
      this.seen = { number, hash };
      return undefined;
    }
    if (found === 'Neither' && !this.everPending) return undefined;
    return { state: found === 'Applied' ? 'Applied' : 'Discarded', blockNumber: number, blockHash: hash, toldBy: 'state' };
  }

  /** The decision by the events of the next block. An event before this code was stored is about an earlier one. */
  private async next(): Promise<CodeDecision | undefined> {
    const number = this.upTo + 1;
    const hash = await this.hashAt(number);
    const state = decisionIn(await (await this.api.at(hash)).query.system.events());
    const decided = state && await this.wasPending(number - 1);
    this.seen = { number, hash };
    this.failed = 0;
    return decided ? { state, blockNumber: number, blockHash: hash, toldBy: 'event' } : undefined;
  }

  /**
   * When the next block is not to be had again and again: the state of the last one tells of all blocks up to it. Throws `error` as long as
   * the block may still come, or if the state does not tell.
   */
  private async insteadOf(error: unknown, last: number): Promise<CodeDecision | undefined> {
    this.failed += 1;
    if (this.failed < TRIES) throw error;
    const decision = await this.byState(last);
    if (decision) return decision;
    if (this.upTo < last) throw error;
    this.failed = 0;
    return undefined;
  }

  /** The best chain may have changed to another fork: then what was looked at is not of it. */
  private async forgetOtherFork(): Promise<void> {
    if (!this.seen || await this.hashAt(this.seen.number) === this.seen.hash) return;
    this.seen = undefined;
    this.everPending = false;
  }

  private async wasPending(number: number): Promise<boolean> {
    return await codeAt(this.api, this.code, await this.hashAt(number)) === 'Pending';
  }

  private async hashAt(number: number): Promise<Hex> {
    return (await this.api.rpc.chain.getBlockHash(number)).toHex() as Hex;
  }
}

/**
 * Waits for the relay chain's decision on `code`, which was pending in block `after` or was stored in a block above it: looks at every
 * block above `after`. The relay chain's signals (`upgradeGoAhead`, `upgradeRestrictionSignal`) cannot be asked for instead: the runtime
 * removes both from its state at the end of the block that brought them.
 *
 * A node keeps the state of its last blocks alone, and so may have forgotten a block before it is looked at. Then, and
 * when the time is over, the state of the last block is asked: whether the code still waits there, and if not, whether the chain has it.
 */
export async function followPendingCode(api: ApiPromise, code: Uint8Array, after: number, options: FollowOptions = {}): Promise<CodeDecision> {
  const { until = 'finalized', every = 2_000 } = options;
  const deadline = new Deadline(duration(options.timeout ?? DECISION_TIMEOUT, 'timeout'));
  const search = new DecisionSearch(api, code, after);
  const lastBlock = async (): Promise<number> => {
    const header = until === 'inBlock' ? api.rpc.chain.getHeader() : api.rpc.chain.getHeader(await api.rpc.chain.getFinalizedHead());
    return (await header).number.toNumber();
  };
  let trouble: unknown;
  for (;;) {
    try {
      const last = await lastBlock();
      const decision = await search.lookUpTo(last, deadline);
      if (decision) return decision;
      if (search.upTo >= last) trouble = undefined;
    } catch (error) {
      // In so long a time a node may be restarted. It is asked again, until the time is over.
      trouble = error;
    }
    if (deadline.isOver) {
      const decision = await lastBlock().then((last) => search.byState(last)).catch((error: unknown) => { trouble ??= error; });
      return decision ?? { state: 'Pending', upTo: search.upTo, trouble };
    }
    await pause(Math.min(every, deadline.left));
  }
}
