/** Sending transactions: sign, submit, wait, and say in words what happened. */
import type { ApiPromise } from '@polkadot/api';
import type { Signer, SubmittableExtrinsic } from '@polkadot/api/types';
import type { DispatchError, EventRecord } from '@polkadot/types/interfaces';
import type { ISubmittableResult } from '@polkadot/types/types';
import type { KeyringPair } from '@polkadot/keyring/types';
import { PoolRejected, SalusError, TransactionLost } from './errors.js';
import { dispatchFailure, wrappedFailure } from './failures.js';
import { fateOf, findInclusion } from './inclusion.js';
import type { Hex } from './bytes.js';

export type Call = SubmittableExtrinsic<'promise', ISubmittableResult>;

/** A key pair in memory, or the address of an account whose key a wallet holds. */
export type Sender = KeyringPair | { address: string; signer: Signer };

export interface SubmitOptions {
  /** Wait until the block is final (the default), or only until one includes the transaction. */
  until?: 'inBlock' | 'finalized';
  /** How long to wait, in milliseconds. 120,000 unless told. */
  timeout?: number;
  /** The nonce; taken from the node, with what its pool already holds, unless given. */
  nonce?: number;
}

export interface Included {
  txHash: Hex;
  blockHash: Hex;
  blockNumber: number;
  /** What the payer was charged in the end, in the smallest unit, and who that was; 0 if free. */
  fee: bigint;
  payer: string | undefined;
  events: EventRecord[];
}

/**
 * Sentences for the codes with which this chain's own checks refuse a transaction. The codes are
 * those of `pallets/sponsorship`.
 */
export const CUSTOM_REFUSALS: Record<number, string> = {
  160: 'the account holds no tokens and this call is not one that a sponsor pays for, or it would have no effect',
  161: 'a sponsor pays no tips',
  162: 'what is left of the account\'s allowance does not cover the fee; it refills over 24 hours',
  163: 'the sponsor itself cannot pay at the moment',
  164: 'the account acts for nobody who is sponsored with this call, or not any more',
};

const POOL_CODES: Record<number, string> = {
  1010: 'the transaction is invalid',
  1011: 'the validity of the transaction cannot be told',
  1012: 'the transaction was banned for a while after it failed',
  1013: 'the same transaction is already in the pool',
  1014: 'a transaction with the same nonce and a higher or equal priority is in the pool',
  1016: 'the pool is full',
};

/** What the error of `author_submitExtrinsic` means. */
export function poolRejection(error: unknown, call: string): SalusError {
  const message = error instanceof Error ? error.message : String(error);
  const [, codeText, rest] = /^(\d{4}): (.*)$/s.exec(message) ?? [];
  if (!codeText) return new SalusError(`${call} could not be sent: ${message}`, { cause: error });
  const code = Number(codeText);
  const custom = /Custom error: (\d+)/.exec(rest ?? '')?.[1];
  const sentence = custom === undefined ? undefined : CUSTOM_REFUSALS[Number(custom)];
  return new PoolRejected(code, sentence ?? [POOL_CODES[code], rest].filter(Boolean).join(': '), call);
}

/** `pallet.call` of an extrinsic. */
export const nameOf = (call: Call): string => `${call.method.section}.${call.method.method}`;

const ENDED = ['Invalid', 'Dropped', 'Usurped', 'FinalityTimeout'];

/** How often a transaction is signed again at most, for any reason. */
const AGAIN = 4;

/**
 * Signs and submits `call`, and resolves once it is included (and, by default, final).
 *
 * A signature is good for one version of the runtime. If the chain is upgraded before the transaction
 * is included, the node refuses or drops it. And when two blocks compete, the node may drop a transaction of the
 * one that loses. So what a node lets go is looked for in the chain; if it is not there and its nonce is still free,
 * it is signed again, with the same nonce, so that it can never be included twice. A wallet asks its user again. If a
 * new version of the runtime also encodes calls in another way, that is an error: the call has to be built again.
 *
 * Throws {@link PoolRejected} if the node refuses it, `DispatchFailed` if it, or a call that it
 * wraps, fails in its block, {@link TransactionLost} if it disappears or nothing is heard of it in time.
 */
export async function submit(api: ApiPromise, call: Call, sender: Sender, options: SubmitOptions = {}): Promise<Included> {
  const { timeout = 120_000, until = 'finalized' } = options;
  const end = Date.now() + timeout;
  // Whatever fork wins, the transaction is in none of the blocks up to this one.
  const final = (await api.rpc.chain.getHeader(await api.rpc.chain.getFinalizedHead())).number.toNumber();
  let nonce = options.nonce ?? -1;
  for (let again = 0; ; again += 1) {
    const version = api.runtimeVersion;
    const outcome = await attempt(api, call, sender, { ...options, nonce, timeout: end - Date.now() });
    if (!('refused' in outcome)) {
      const header = await api.rpc.chain.getHeader(outcome.blockHash);
      return { ...outcome, blockNumber: header.number.toNumber() };
    }
    const upgraded = await upgradedSince(api, version, nameOf(call), end);
    if (outcome.refused instanceof TransactionLost) {
      const included = await inChain(api, call, final + 1, until, end);
      if (included) return included;
      const next = await api.rpc.system.accountNextIndex(sender.address);
      if (next.toNumber() > call.nonce.toNumber()) throw outcome.refused;
    } else if (!upgraded) {
      throw outcome.refused;
    }
    if (again === AGAIN) throw outcome.refused;
    nonce = call.nonce.toNumber();
  }
}

/** What became of a transaction that a node let go, if the chain has it. */
async function inChain(api: ApiPromise, call: Call, from: number, until: SubmitOptions['until'], end: number): Promise<Included | undefined> {
  const txHash = call.hash.toHex() as Hex;
  const found = await findInclusion(api, txHash, from);
  if (!found) return undefined;
  if (until === 'finalized') {
    const fate = await fateOf(api, found.block, found.number, end);
    if (fate === 'undecided') throw new TransactionLost(`${nameOf(call)} is in block ${found.number}, which did not become final in time`);
    if (fate === 'replaced') return undefined;
  }
  const { block, number, events, dispatchError } = found;
  const failure = failureOf(api, nameOf(call), block, events, dispatchError);
  if (failure) throw failure;
  return { txHash, blockHash: block, blockNumber: number, events, ...feeOf(events) };
}

/** How a transaction, or a call that it wraps, failed in its block. */
const failureOf = (api: ApiPromise, name: string, block: string, events: EventRecord[], error: DispatchError | undefined): SalusError | undefined =>
  (error ? dispatchFailure(api, error, name, block) : wrappedFailure(api, events, name, block));

/** The signature or the transaction does not hold: perhaps because the runtime is another one now. */
interface Refused {
  refused: SalusError;
}

async function attempt(
  api: ApiPromise,
  call: Call,
  sender: Sender,
  { until = 'finalized', timeout = 0, nonce = -1 }: SubmitOptions,
): Promise<Omit<Included, 'blockNumber'> | Refused> {
  const name = nameOf(call);
  const isPair = 'sign' in sender;
  return new Promise((resolve, reject) => {
    let stop: (() => void) | undefined;
    let settled = false;
    const settle = (finish: () => void): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      stop?.();
      finish();
    };
    const timer = setTimeout(
      () => settle(() => reject(new TransactionLost(`${name}: nothing heard for ${timeout} ms`))),
      timeout,
    );
    call
      .signAndSend(isPair ? sender : sender.address, isPair ? { nonce } : { nonce, signer: sender.signer }, (result) => {
        const { status, events, dispatchError } = result;
        if (ENDED.includes(status.type)) {
          const lost = new TransactionLost(`${name} left the pool: ${status.type}`);
          settle(() => (status.type === 'Invalid' ? resolve({ refused: lost }) : reject(lost)));
        } else if (until === 'finalized' ? status.isFinalized : status.isInBlock || status.isFinalized) {
          const block = (status.isFinalized ? status.asFinalized : status.asInBlock).toHex();
          const failure = failureOf(api, name, block, events, dispatchError);
          settle(() => (failure ? reject(failure) : resolve({
            txHash: result.txHash.toHex() as Hex, blockHash: block as Hex, events, ...feeOf(events),
          })));
        }
      })
      .then((unsubscribe) => {
        stop = unsubscribe;
        if (settled) unsubscribe();
      })
      .catch((error: unknown) => settle(() => {
        const refused = poolRejection(error, name);
        if (refused instanceof PoolRejected && /bad signature/.test(refused.detail)) resolve({ refused });
        else reject(refused);
      }));
  });
}

/**
 * Whether the chain runs another version of its runtime than `version`, for which a call was signed.
 * Resolves when the connection knows the new one.
 */
async function upgradedSince(api: ApiPromise, version: ApiPromise['runtimeVersion'], name: string, end: number): Promise<boolean> {
  const now = await api.rpc.state.getRuntimeVersion();
  if (now.specVersion.eq(version.specVersion)) return false;
  if (!now.transactionVersion.eq(version.transactionVersion)) {
    throw new SalusError(`${name}: the chain was upgraded to version ${now.specVersion.toString()}, which encodes calls in another way; connect and build the call again`);
  }
  while (!api.runtimeVersion.specVersion.eq(now.specVersion)) {
    if (Date.now() > end) throw new TransactionLost(`${name}: the chain was upgraded, and the connection has not noticed`);
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  return true;
}

function feeOf(events: EventRecord[]): { fee: bigint; payer: string | undefined } {
  const dataOf = (section: string, method: string) =>
    events.find(({ event }) => event.section === section && event.method === method)?.event.data;
  const paid = dataOf('transactionPayment', 'TransactionFeePaid');
  if (!paid) return { fee: 0n, payer: undefined };
  const [signer, fee, tip] = paid;
  const sponsor = dataOf('sponsorship', 'FeeSponsored')?.[1];
  return { fee: BigInt(String(fee)) + BigInt(String(tip)), payer: String(sponsor ?? signer) };
}

/** The data of the first event `pallet.method`; throws if the transaction emitted none. */
export function eventOf(included: Included, pallet: string, method: string): Record<string, unknown> & EventData {
  const found = included.events.find(({ event }) => event.section === pallet && event.method === method);
  if (!found) throw new SalusError(`the transaction ${included.txHash} emitted no ${pallet}.${method}`);
  return found.event.data as unknown as Record<string, unknown> & EventData;
}

interface EventData {
  toHuman(): unknown;
}
