/** Sending transactions: sign, submit, wait, and say in words what happened. */
import type { ApiPromise } from '@polkadot/api';
import type { Signer, SubmittableExtrinsic } from '@polkadot/api/types';
import type { EventRecord } from '@polkadot/types/interfaces';
import type { ISubmittableResult } from '@polkadot/types/types';
import type { KeyringPair } from '@polkadot/keyring/types';
import { PoolRejected, SalusError, TransactionLost } from './errors.js';
import { dispatchFailure, wrappedFailure } from './failures.js';
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

/**
 * Signs and submits `call`, and resolves once it is included (and, by default, final).
 *
 * Throws {@link PoolRejected} if the node refuses it, `DispatchFailed` if it, or a call that it
 * wraps, fails in its block, {@link TransactionLost} if it disappears or nothing is heard of it in time.
 */
export async function submit(api: ApiPromise, call: Call, sender: Sender, options: SubmitOptions = {}): Promise<Included> {
  const { until = 'finalized', timeout = 120_000, nonce = -1 } = options;
  const name = nameOf(call);
  const isPair = 'sign' in sender;
  const included = await new Promise<Omit<Included, 'blockNumber'>>((resolve, reject) => {
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
          settle(() => reject(new TransactionLost(`${name} left the pool: ${status.type}`)));
        } else if (until === 'finalized' ? status.isFinalized : status.isInBlock || status.isFinalized) {
          const block = (status.isFinalized ? status.asFinalized : status.asInBlock).toHex();
          const failure = dispatchError
            ? dispatchFailure(api, dispatchError, name, block)
            : wrappedFailure(api, events, name, block);
          settle(() => (failure ? reject(failure) : resolve({
            txHash: result.txHash.toHex() as Hex, blockHash: block as Hex, events, ...feeOf(events),
          })));
        }
      })
      .then((unsubscribe) => {
        stop = unsubscribe;
        if (settled) unsubscribe();
      })
      .catch((error: unknown) => settle(() => reject(poolRejection(error, name))));
  });
  const header = await api.rpc.chain.getHeader(included.blockHash);
  return { ...included, blockNumber: header.number.toNumber() };
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
