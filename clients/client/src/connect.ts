/** The connection to a node, and what is best and what is final there. */
import { ApiPromise } from '@polkadot/api';
import type { Metadata } from '@polkadot/types';
import { cryptoWaitReady } from '@polkadot/util-crypto';
import { from, type Observable } from 'rxjs';
import { ConnectionFailed, type Hex } from '@salus/types';
import { duration } from '@salus/types/arguments';
import { within } from './deadline.js';
import { ANSWER_TIMEOUT, Provider } from './provider.js';

export type { ApiPromise };

/** An api bound to the state of one block. */
export type ApiAt = Awaited<ReturnType<ApiPromise['at']>>;

/** Extensions of transactions that Polkadot.js does not know: of parachains, which adds nothing to what is signed. */
const EXTENSIONS = { StorageWeightReclaim: { extrinsic: {}, payload: {} } };

const PALLETS = ['registry', 'patientIdentity', 'consent', 'recordAnchor', 'claims'];

export interface ConnectOptions {
  /** How long to wait for the node, in milliseconds. 30,000 unless told. */
  timeout?: number;
  /** How long the node may take over one answer afterwards, in milliseconds. 30,000 unless told. */
  answerTimeout?: number;
  /** Refuse a chain with another genesis hash: pin the one you know. */
  genesisHash?: string;
}

/**
 * Connects to a node of a Salus chain. Throws {@link ConnectionFailed} in words. Whatever is asked over the connection
 * afterwards fails with `NodeUnavailable` if the node is gone or silent, and with `NodeError` if it refuses.
 */
export const connect = (endpoint: string, options: ConnectOptions = {}): Promise<ApiPromise> => open(endpoint, options, ({ tx }) => {
  const missing = PALLETS.filter((pallet) => !(pallet in tx));
  return missing.length > 0 ? `no Salus chain: it has no ${missing.join(', ')}` : undefined;
});

/** Connects to a node of a relay chain, in the same way: to make receipts of a parachain, and starts and trails for them. */
export const connectRelay = (endpoint: string, options: ConnectOptions = {}): Promise<ApiPromise> => open(endpoint, options, ({ query }) => {
  const missing = ['grandpa', 'paras'].filter((pallet) => !(pallet in query));
  return missing.length > 0 ? `no relay chain: it has no ${missing.join(', ')}` : undefined;
});

/** Connects, unless `flaw` has a word against the chain. */
async function open(endpoint: string, options: ConnectOptions, flaw: (api: ApiPromise) => string | undefined): Promise<ApiPromise> {
  const { genesisHash } = options;
  const timeout = duration(options.timeout ?? 30_000, 'timeout');
  const answerTimeout = duration(options.answerTimeout ?? ANSWER_TIMEOUT, 'answerTimeout');
  let api: ApiPromise | undefined;
  try {
    // `new URL` would take `ws:host` and a path without a host; the provider would say so only later, on the console.
    if (!/^wss?:\/\/[^/?#\s]/.test(endpoint)) throw new Error('the address of a node begins with ws:// or wss:// and a host');
    new URL(endpoint);
    await cryptoWaitReady();
    api = new ApiPromise({ provider: new Provider(endpoint, answerTimeout), noInitWarn: true, signedExtensions: EXTENSIONS });
    keepRuntimeApis(api);
    const connected = api;
    await within(connected.isReadyOrError.catch(() => connected.isReady), timeout, 'the node');
    const found = api.genesisHash.toHex();
    const against = flaw(api);
    if (against !== undefined) throw new Error(against);
    if (genesisHash && genesisHash !== found) throw new Error(`the genesis hash is ${found}, not ${genesisHash}`);
    return api;
  } catch (error) {
    await api?.disconnect().catch(() => undefined);
    throw new ConnectionFailed(`${endpoint}: ${(error as Error).message}`, { cause: error });
  }
}

/** The parts of an api that are not public, as of @polkadot/api 16.5.6. */
interface Inside {
  _rpcCore: { state: { getMetadata: (...at: unknown[]) => Observable<unknown> } };
  _retrieveMetadata: (apis: unknown) => Promise<Metadata>;
  runtimeVersion: { apis: unknown };
}

/**
 * Polkadot.js begins with the newest metadata that the chain has, and after an upgrade goes on with version
 * 14, which knows no runtime APIs: a connection that lives through an upgrade would lose `api.call`. This lets
 * it take the newest then, too.
 */
function keepRuntimeApis(api: ApiPromise): void {
  const inside = api as unknown as Inside;
  const { state } = inside._rpcCore;
  const ofVersion14 = state.getMetadata;
  let asking = false;
  const newest = (...at: unknown[]): Observable<unknown> => {
    // A chain that tells no versions is asked in the old way, by the same function.
    if (at.length > 0 || asking) return ofVersion14(...at);
    asking = true;
    return from(inside._retrieveMetadata(inside.runtimeVersion.apis).finally(() => { asking = false; }));
  };
  Object.defineProperty(state, 'getMetadata', { value: Object.assign(newest, ofVersion14), configurable: true, enumerable: true });
}

/** A block, its time in seconds since 1970, and an api bound to its state. */
export interface Snapshot {
  hash: Hex;
  number: number;
  moment: number;
  api: ApiAt;
}

export async function snapshot(api: ApiPromise, hash: string): Promise<Snapshot> {
  const [at, header] = await Promise.all([api.at(hash), api.rpc.chain.getHeader(hash)]);
  const millis = await at.query.timestamp.now();
  return { hash: hash as Hex, number: header.number.toNumber(), moment: Math.floor(Number(millis) / 1000), api: at };
}

/** The best block, which may still be replaced by another. */
export const best = async (api: ApiPromise): Promise<Snapshot> =>
  snapshot(api, (await api.rpc.chain.getBlockHash()).toHex());

/** The last final block, which stays. */
export const finalised = async (api: ApiPromise): Promise<Snapshot> =>
  snapshot(api, (await api.rpc.chain.getFinalizedHead()).toHex());

/**
 * Resolves with the first best block that is at or above `number`; rejects with `NodeUnavailable` if there is none in
 * `timeout` milliseconds.
 */
export async function blockAtLeast(api: ApiPromise, number: number, timeout = 120_000): Promise<void> {
  duration(timeout, 'timeout');
  let stop: (() => void) | undefined;
  let over = false;
  const reached = new Promise<void>((resolve, reject) => {
    api.rpc.chain
      .subscribeNewHeads((header) => {
        if (header.number.toNumber() >= number) resolve();
      })
      .then((unsubscribe) => {
        stop = unsubscribe;
        if (over) unsubscribe();
      })
      .catch(reject);
  });
  try {
    await within(reached, timeout, `block ${number}`);
  } finally {
    over = true;
    stop?.();
  }
}
