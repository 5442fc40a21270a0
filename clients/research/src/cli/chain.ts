/** What the command line needs of a node. */
import type { ApiPromise } from '@polkadot/api';
import type { KeyringPair } from '@polkadot/keyring/types';
import type { H256 } from '@polkadot/types/interfaces';
import type { Option, Struct } from '@polkadot/types-codec';
import { connect, connectRelay, presentAsTold, registry, submit, type ApiAt, type Call, type Included, type Snapshot } from '@salus/client';
import { signerOf } from '@salus/client/node';
import { receipts } from '@salus/receipts';
import { StaleNode, type Hex } from '@salus/types';
import { fetchProof } from '../answers/proof.js';
import type { AuditChain } from '../answers/audit.js';
import { dataset, permit, permitAt, queries, study, versionAt } from '../chain/questions.js';

/** One state of the chain. */
export interface State {
  api: ApiAt;
  number: number;
  /** The time of its block, in seconds since 1970. */
  moment: number;
}

/** A call that can be shown, or signed and sent. */
export interface Prepared {
  name: string;
  hex: Hex;
  /** Signs and sends it, and waits until it is final. */
  send: () => Promise<{ by: string; block: number; included: Included }>;
}

/** A chain with research. */
export interface ResearchChain {
  genesis: Hex;
  final: State;
  best: State;
  /** Now, in seconds since 1970, by the clock that was chosen. */
  now: () => number;
  /** Why the node cannot be relied on about the present, if so. */
  problem: string | undefined;
  /** What an answer is verified against. Asks the last final block anew. */
  answers: () => Promise<AuditChain>;
  /** The receipt of a query that is settled, with the signatures that made its block final. Throws `ReceiptRefused` if none can be made now. */
  receipt: (custodian: number, query: number) => Promise<receipts.ReservationReceipt>;
  /** A constant of the pallet, in seconds. */
  constant: (name: string) => number | undefined;
  prepare: (make: (api: ApiPromise) => Call) => Prepared;
  /** The key that signs. */
  signer: () => Promise<KeyringPair>;
  close: () => Promise<void>;
}

export interface ChainOptions {
  node: string;
  genesis: string | undefined;
  chainClock: boolean;
  /** A node of the relay chain, of a parachain. */
  relay: string | undefined;
  suriFile: string | undefined;
  crypto: 'sr25519' | 'ed25519' | 'ecdsa';
}

const stateOf = ({ api, number, moment }: Snapshot): State => ({ api, number, moment });

/** The chain as an answer is verified against: all of it in one final state. */
export function answerChain(api: ApiPromise, { api: at }: State): AuditChain {
  return {
    genesis: api.genesisHash.toHex() as Hex,
    profileOf: (organisation) => keysOf(at, organisation),
    dataset: (id) => dataset(at, id),
    permit: (id) => permit(at, id),
    study: (id) => study(at, id),
    permitAt: (id, moment) => permitAt(at, id, moment),
    versionAt: (id, moment) => versionAt(at, id, moment),
    block: (number) => blockOf(api, number),
    proof: (custodian, query) => fetchProof(api, custodian, query),
    queries: (custodian) => queries(at, custodian),
  };
}

/**
 * The commitment to the document whose keys count: the one that the organisation has named last, where it has changed its keys, and else its profile. Of
 * chains that know no other keys it is the profile always.
 */
async function keysOf(at: ApiAt, organisation: number): Promise<Hex | undefined> {
  const { clientKeys } = at.query.registry as unknown as { clientKeys?: (organisation: number) => Promise<Option<Struct & { keys_: H256 }>> };
  // Polkadot.js gives a field another name than its structs have: `keys_`.
  const named = await clientKeys?.(organisation);
  return named?.isSome ? named.unwrap().keys_.toHex() as Hex : (await registry.organisation(at, organisation))?.profile;
}

/** A block's hash and time. The time is in the block itself: the states of old blocks are dropped. */
async function blockOf(api: ApiPromise, number: number): Promise<{ hash: Hex; moment: number } | undefined> {
  const hash = (await api.rpc.chain.getBlockHash(number)).toHex() as Hex;
  if (/^0x0+$/.test(hash)) return undefined;
  const { block } = await api.rpc.chain.getBlock(hash);
  const set = block.extrinsics.find(({ method }) => method.section === 'timestamp' && method.method === 'set');
  return set && { hash, moment: Math.floor(Number(String(set.method.args[0])) / 1000) };
}

/** How long a receipt waits for the next final block, in milliseconds. */
const RECEIPT_TIMEOUT = 60_000;

async function receiptOf(api: ApiPromise, relay: string | undefined, custodian: number, query: number): Promise<receipts.ReservationReceipt> {
  const options = { timeout: RECEIPT_TIMEOUT };
  if (relay === undefined) return receipts.makeReservation(api, custodian, query, options);
  const above = await connectRelay(relay);
  try {
    return await receipts.makeReservationUnderRelay(api, above, custodian, query, options);
  } finally {
    await above.disconnect();
  }
}

/** Opens a connection. It has to be closed. */
export async function openChain(options: ChainOptions, env: NodeJS.ProcessEnv): Promise<ResearchChain> {
  const { node, genesis, chainClock } = options;
  const api = await connect(node, genesis === undefined ? {} : { genesisHash: genesis });
  const clock = chainClock ? 'chain' : 'host';
  try {
    const facts = await presentAsTold(api, { clock });
    const signer = (): Promise<KeyringPair> => signerOf(options, env, api.registry.chainSS58 ?? 42);
    return {
      genesis: api.genesisHash.toHex() as Hex, final: stateOf(facts.finalised), best: stateOf(facts.best), now: facts.now, problem: facts.problem(), signer,
      answers: async () => answerChain(api, stateOf((await presentAsTold(api, { clock })).finalised)),
      receipt: (custodian, query) => receiptOf(api, options.relay, custodian, query),
      constant: (name) => {
        const value = (api.consts as unknown as Record<string, Record<string, unknown>>)['research']?.[name];
        return value === undefined ? undefined : Number(String(value));
      },
      prepare: (make) => {
        const call = make(api);
        return {
          name: `${call.method.section}.${call.method.method}`, hex: call.method.toHex() as Hex,
          send: async () => {
            const problem = facts.problem();
            if (problem !== undefined) throw new StaleNode(problem);
            const pair = await signer();
            const included = await submit(api, call, pair);
            return { by: pair.address, block: included.blockNumber, included };
          },
        };
      },
      close: () => api.disconnect(),
    };
  } catch (error) {
    await api.disconnect();
    throw error;
  }
}
