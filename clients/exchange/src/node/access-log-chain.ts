/** What `salus-log` needs of a node. */
import type { ApiPromise } from '@polkadot/api';
import { connect, presentAsTold, submit, type Call, type Snapshot } from '@salus/client';
import { signerOf, type SignerOptions } from '@salus/client/node';
import { StaleNode, type Hex } from '@salus/types';
import { attestReconciled, beginAnew, commit, heartbeatOf, logCommits, type Counts, type Day, type LogCommits, type NextCommit } from '../access-log/index.js';

/** One state of the chain, as far as access logs are concerned. */
export interface LogState {
  block: number;
  /** The time of the block, in seconds since 1970. */
  moment: number;
  commits: LogCommits;
}

/** A call that can be shown, or signed and sent. */
export interface Prepared {
  hex: Hex;
  /** Signs and sends it, waits until it is final, and tells who signed and in which block it is. */
  send: () => Promise<{ by: string; block: number }>;
}

/** A chain with access logs. */
export interface LogChain {
  genesisHash: Hex;
  /** After how many seconds without a commit a log is stale. */
  heartbeat: number;
  /** What is final, which an audit is of, and the newest state, which the next commit has to follow from. */
  final: LogState;
  best: LogState;
  /** Why the node cannot be relied on about the present, if so. */
  problem: string | undefined;
  commit: (next: NextCommit) => Prepared;
  beginAnew: (organisation: number, previous: Hex) => Prepared;
  attest: (organisation: number, counterparty: number, day: Day, counts: Counts) => Prepared;
  close: () => Promise<void>;
}

export interface LogChainOptions extends SignerOptions {
  node: string;
  /** Refuse any other chain. */
  genesis: string | undefined;
  /** Tell the present by the clock of the chain, which is a development chain. */
  chainClock: boolean;
}

/** Opens a connection. It has to be closed. Throws `ConnectionFailed`, and `SalusError` if the chain has no access logs. */
export async function openLogChain(options: LogChainOptions, env: NodeJS.ProcessEnv): Promise<LogChain> {
  const { node, genesis } = options;
  const api = await connect(node, genesis === undefined ? {} : { genesisHash: genesis });
  try {
    const facts = await presentAsTold(api, { clock: options.chainClock ? 'chain' : 'host' });
    const stateOf = (at: Snapshot): LogState => ({ block: at.number, moment: at.moment, commits: logCommits(at) });
    const prepare = (call: Call): Prepared => ({
      hex: call.method.toHex(),
      send: async () => {
        const problem = facts.problem();
        // What follows from an old head is refused by the chain; what is found out before costs nothing.
        if (problem !== undefined) throw new StaleNode(problem);
        return sent(api, call, options, env);
      },
    });
    return {
      genesisHash: api.genesisHash.toHex(), heartbeat: heartbeatOf(facts.finalised), problem: facts.problem(),
      final: stateOf(facts.finalised), best: stateOf(facts.best),
      commit: (next) => prepare(commit(api, next)),
      beginAnew: (...args) => prepare(beginAnew(api, ...args)),
      attest: (...args) => prepare(attestReconciled(api, ...args)),
      close: () => api.disconnect(),
    };
  } catch (error) {
    await api.disconnect();
    throw error;
  }
}

async function sent(api: ApiPromise, call: Call, options: LogChainOptions, env: NodeJS.ProcessEnv): Promise<{ by: string; block: number }> {
  const pair = await signerOf(options, env, api.registry.chainSS58 ?? 42);
  const { blockNumber } = await submit(api, call, pair);
  return { by: pair.address, block: blockNumber };
}
