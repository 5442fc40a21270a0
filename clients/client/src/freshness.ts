/**
 * Whether a node may be believed about the present. A node that is cut off, or is catching up, goes on answering from
 * the last block that it has: a Permit that was revoked meanwhile, or has run out, still stands there. So whoever acts
 * on "now" takes the blocks from here, and reads everything from these very blocks.
 */
import type { ApiPromise } from '@polkadot/api';
import { InvalidArgument, StaleNode } from '@salus/types';
import { code, duration } from '@salus/types/arguments';
import { blockMillis } from './blocks.js';
import { best, finalised, type Snapshot } from './connect.js';
import { within } from './deadline.js';

/** Of how many block times the best block may be old. */
export const MAX_BEST_AGE_BLOCKS = 4;
/** How old the last final block may be, in seconds. */
export const MAX_FINAL_AGE = 60;
/** How many block times the best block may be ahead of the clock: an author may be early, and clocks differ a little. */
export const MAX_AHEAD_BLOCKS = 2;

/** How the present is told. */
export interface FreshnessOptions {
  /**
   * By whose clock blocks are old: the host's, or, of a development chain alone, the chain's own, so that its time can
   * be moved. By the chain's own clock no best block is ever old.
   */
  clock?: 'host' | 'chain';
  /** The host's clock, in milliseconds since 1970. `Date.now` unless told. */
  now?: () => number;
  /** Whether the node must have peers. Unless told: if its chain is no development chain, or it has boot nodes. */
  peers?: boolean;
  /** How long the node may take to answer, in milliseconds. 10,000 unless told. */
  timeout?: number;
}

/** The two blocks of the present, and the clock by which they were judged. */
export interface Present {
  best: Snapshot;
  finalised: Snapshot;
  /** The time now, in seconds since 1970, by the clock that was chosen. */
  now: () => number;
  /** Why the node was not to be relied on when it was asked, or why its blocks are too old by now; undefined if all is well. */
  problem: () => string | undefined;
  /** The same without asking whether the last final block is old: for who has to act because finality stands still. */
  bestProblem: () => string | undefined;
}

/** A moment for people. A node may tell any number. */
function utc(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? 'no time that there is' : date.toISOString().replace('T', ' ').replace(/\.\d+Z$/, ' UTC');
}

/** What is wrong with the ages of two blocks at a moment. All in seconds. */
export function ageProblem(now: number, blocks: { best: number; finalised: number }, blockTime: number): string | undefined {
  const [age, ahead] = [now - blocks.best, blocks.best - now];
  if (!(age <= MAX_BEST_AGE_BLOCKS * blockTime)) {
    return `its best block is of ${utc(blocks.best)}, ${Math.floor(age)} s ago, and may be ${MAX_BEST_AGE_BLOCKS * blockTime} s old`;
  }
  if (!(ahead <= MAX_AHEAD_BLOCKS * blockTime)) {
    return `its best block is of ${utc(blocks.best)}, ${Math.floor(ahead)} s ahead of the clock here, and may be ${MAX_AHEAD_BLOCKS * blockTime} s ahead`;
  }
  const finalAge = now - blocks.finalised;
  if (!(finalAge <= MAX_FINAL_AGE)) {
    return `its last final block is of ${utc(blocks.finalised)}, ${Math.floor(finalAge)} s ago, and may be ${MAX_FINAL_AGE} s old`;
  }
  return undefined;
}

/**
 * The best and the last final block as the node has them, with what speaks against believing it. For who must go on
 * whatever it is, such as a gate that logs a refusal; others take {@link present}.
 */
export async function presentAsTold(api: ApiPromise, options: FreshnessOptions = {}): Promise<Present> {
  const { clock = 'host', now: millis = Date.now } = options;
  const timeout = duration(options.timeout ?? 10_000, 'timeout');
  code(['host', 'chain'], clock, 'clock');
  const [health, chainType, inBest, inFinalised] = await within(Promise.all([
    api.rpc.system.health(), api.rpc.system.chainType(), best(api), finalised(api),
  ]), timeout, 'asking the node for its blocks');
  if (clock === 'chain' && !chainType.isDevelopment) {
    throw new InvalidArgument('clock', 'is the chain\'s own for a development chain only');
  }
  const now = clock === 'chain' ? () => inBest.moment : () => millis() / 1000;
  const blockTime = blockMillis(api) / 1000;
  const needsPeers = options.peers ?? (!chainType.isDevelopment || health.shouldHavePeers.isTrue);
  const told = health.isSyncing.isTrue ? 'it is catching up with its network'
    : needsPeers && health.peers.toNumber() === 0 ? 'it has no peers' : undefined;
  return {
    best: inBest, finalised: inFinalised, now: () => Math.floor(now()),
    problem: () => told ?? ageProblem(now(), { best: inBest.moment, finalised: inFinalised.moment }, blockTime),
    bestProblem: () => told ?? ageProblem(now(), { best: inBest.moment, finalised: now() }, blockTime),
  };
}

/** The best and the last final block; throws {@link StaleNode} unless they are those of the present. */
export async function present(api: ApiPromise, options: FreshnessOptions = {}): Promise<Present> {
  const found = await presentAsTold(api, options);
  const problem = found.problem();
  if (problem !== undefined) throw new StaleNode(problem);
  return found;
}
