/** Sending transactions: sign, submit, wait, and say in words what happened. */
import type { ApiPromise } from '@polkadot/api';
import type { Signer, SubmittableExtrinsic } from '@polkadot/api/types';
import type { EventRecord } from '@polkadot/types/interfaces';
import type { ISubmittableResult, SignerPayloadJSON } from '@polkadot/types/types';
import type { KeyringPair } from '@polkadot/keyring/types';
import { addressEq } from '@polkadot/util-crypto';
import {
  InvalidArgument, NodeError, NodeUnavailable, PoolRejected, SalusError, SigningFailed, SigningTimedOut, TransactionLost, type Hex,
  type SentTransaction,
} from '@salus/types';
import { account, code, duration, u32 } from '@salus/types/arguments';
import { Deadline, pause } from './deadline.js';
import { dispatchFailure, wrappedFailure } from './failures.js';
import { Search, type Inclusion, type Whereabouts } from './inclusion.js';
import { transportError } from './provider.js';
import { signatureOf, signerOf, SIGNING_TIMEOUT, watched, type SigningOptions } from './wallet.js';

export type Call = SubmittableExtrinsic<'promise', ISubmittableResult>;

/** A key pair in memory, or the address of an account whose key a wallet holds. */
export type Sender = KeyringPair | { address: string; signer: Signer };

export interface SubmitOptions extends SigningOptions {
  /** Wait until the block is final (the default), or only until one of the node's best chain includes the transaction. */
  until?: 'inBlock' | 'finalized';
  /** How long to wait for everything but a wallet, together, in milliseconds. 120,000 unless told. */
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

const ALREADY_IN_POOL = 1013;
const POOL_CODES: Record<number, string> = {
  1010: 'the transaction is invalid',
  1011: 'the validity of the transaction cannot be told',
  1012: 'the transaction was banned for a while after it failed',
  [ALREADY_IN_POOL]: 'the same transaction is already in the pool',
  1014: 'a transaction with the same nonce and a higher or equal priority is in the pool',
  1016: 'the pool is full',
};

/** What the error of `author_submitExtrinsic` means. */
export function poolRejection(error: unknown, call: string): SalusError {
  if (error instanceof NodeUnavailable) return error;
  const message = error instanceof Error ? error.message : String(error);
  const [, codeText, rest] = /^(\d{4}): (.*)$/s.exec(message) ?? [];
  if (!codeText) return error instanceof NodeError ? error : transportError(error, `${call} could not be sent`);
  const code = Number(codeText);
  const custom = /Custom error: (\d+)/.exec(rest ?? '')?.[1];
  const sentence = custom === undefined ? undefined : CUSTOM_REFUSALS[Number(custom)];
  return new PoolRejected(code, sentence ?? [POOL_CODES[code], rest].filter(Boolean).join(': '), call);
}

/** `pallet.call` of an extrinsic. */
export const nameOf = (call: Call): string => `${call.method.section}.${call.method.method}`;

/** How often a transaction is signed again at most, for any reason. */
const AGAIN = 4;

/** How often the chain is searched, in milliseconds. */
const POLL = 500;

/**
 * After which time, in milliseconds, what a node let go is sent to it again; each further pause is twice as long. A node refuses for
 * a while what it let go, and begins that while anew with every attempt: asked at a steady pace, it would refuse for ever.
 */
const RESEND = 5_000;

/** The part of the time, and the most in milliseconds, that is kept for searching the chain in the end. */
const SEARCH_SHARE = 0.25;
const MAX_SEARCH = 5_000;

/** The calls that are on their way. Each has one signature: a second sender would take the first one's place. */
const onTheirWay = new WeakSet<Call>();

/**
 * Signs and sends `call`, and resolves once it is included (and, by default, final).
 *
 * The call is signed in place, as Polkadot.js does: make one for each transaction. One that is on its way already is refused.
 *
 * Whatever the node says of the transaction, or does not say, the chain is searched for it before anything is said to
 * the caller: it may be included although the connection broke, the node stopped answering, or its pool let the
 * transaction go. After a broken connection, and when a full pool let it go, it is sent again, the same bytes, so that it can
 * never be included twice.
 *
 * A signature is good for one version of the runtime. If the chain is upgraded before the transaction
 * is included, the node refuses or drops it. And when two blocks compete, the node may drop a transaction of the
 * one that loses. If such a one is not in the chain and its nonce is still free, it is signed again, with the same
 * nonce: again, it can never be included twice. A wallet asks its user again, who again has `signingTimeout` for it. If a
 * new version of the runtime also encodes calls in another way, that is an error: the call has to be built again.
 *
 * If the node refuses the nonce that it told itself, because it is used by now, the call is signed again with the next one:
 * the refused transaction is in no pool, and cannot be included.
 *
 * Throws {@link PoolRejected} if the node refuses it, `DispatchFailed` if it, or a call that it wraps, fails in its
 * block, `SigningFailed` if it was not signed (`SigningTimedOut`, which is one, if the wallet did not answer),
 * `NodeUnavailable` if the node was silent before anything was sent, and
 * {@link TransactionLost} if it cannot be included any more, or if that is not known in time: its `fate` says which,
 * and {@link whatBecameOf} tells later what became of it.
 */
export async function submit(api: ApiPromise, call: Call, sender: Sender, options: SubmitOptions = {}): Promise<Included> {
  const { until = 'finalized' } = options;
  const timeout = duration(options.timeout ?? 120_000, 'timeout');
  const signingTimeout = duration(options.signingTimeout ?? SIGNING_TIMEOUT, 'signingTimeout');
  // A word that is not known must not mean the weaker promise.
  code(['inBlock', 'finalized'], until, 'until');
  const signer = account(sender.address, 'the sender');
  const name = nameOf(call);
  if (onTheirWay.has(call)) throw new InvalidArgument('call', `is the same ${name} that is on its way already: make one for each transaction`);
  onTheirWay.add(call);
  const deadline = new Deadline(timeout);
  try {
    // Whatever fork wins, the transaction is in none of the blocks up to this one.
    const after = await deadline.within(finalNumber(api), name);
    for (let again = 0; ; again += 1) {
      const nonce = options.nonce === undefined
        ? (await deadline.within(api.rpc.system.accountNextIndex(signer), name)).toNumber() : u32(options.nonce, 'nonce');
      const sending = new Sending(api, call, sender, until, deadline, signingTimeout, { signer, nonce, call: name, method: call.method.toHex(), hashes: [], after, until: undefined });
      try {
        return await sending.toTheEnd();
      } catch (error) {
        // The node told the nonce while two blocks competed, and the one that won holds a transaction with it.
        if (options.nonce !== undefined || again === AGAIN || !isOutdated(error)) throw error;
        await pause(Math.min(POLL, deadline.left));
      }
    }
  } catch (error) {
    throw error instanceof SalusError ? error : transportError(error, name);
  } finally {
    onTheirWay.delete(call);
  }
}

/**
 * What the chain says, now, of a transaction of which `submit` could not tell in time. `included` and `forgotten` with `final`, and
 * `expired`, and `replaced` with `final`, are for ever; only after the last two may it be sent again.
 */
export async function whatBecameOf(api: ApiPromise, sent: SentTransaction, timeout = 30_000): Promise<Whereabouts> {
  const what = `looking for ${sent.call} of ${sent.signer}`;
  try {
    return await new Deadline(duration(timeout, 'timeout')).within(new Search(api, sent).whereabouts(), what);
  } catch (error) {
    throw error instanceof SalusError ? error : transportError(error, what);
  }
}

const finalNumber = async (api: ApiPromise): Promise<number> =>
  (await api.rpc.chain.getHeader(await api.rpc.chain.getFinalizedHead())).number.toNumber();

/** How watching a transaction ended: in a block, refused before any, or with nothing certain. */
type Watched =
  | { how: 'included'; inclusion: Omit<Inclusion, 'number'> }
  | { how: 'refused'; error: SalusError }
  | { how: 'left'; status: string };

/** One transaction on its way. */
class Sending {
  readonly #search: Search;
  readonly #sent: SentTransaction & { hashes: string[] };
  /** Why the chain could not be searched the last time. */
  #trouble: unknown;

  constructor(
    readonly api: ApiPromise,
    readonly call: Call,
    readonly sender: Sender,
    readonly goal: 'inBlock' | 'finalized',
    readonly deadline: Deadline,
    readonly signingTimeout: number,
    sent: SentTransaction & { hashes: string[] },
  ) {
    this.#sent = sent;
    this.#search = new Search(api, sent);
  }

  async toTheEnd(): Promise<Included> {
    const { api, deadline } = this;
    const name = this.#sent.call;
    // Whether a node may have it, or have passed it on.
    let taken = false;
    for (let again = 0; ; again += 1) {
      const version = api.runtimeVersion;
      const signed = await this.#sign();
      const watched = await this.#watch(signed);
      if (watched.how === 'included') {
        const { inclusion } = watched;
        const header = await deadline.within(api.rpc.chain.getHeader(inclusion.block), name).catch(() => undefined);
        if (!header) return this.#follow(signed, this.goal === 'finalized' ? 'Finalized' : 'InBlock');
        const number = header.number.toNumber();
        // The node also tells of a block that competes with its best chain. What the caller reads next is read from the best chain.
        if (this.goal === 'inBlock' && !await this.#isBest(number, inclusion.block)) return this.#follow(signed, 'Competing');
        return this.#included({ ...inclusion, number });
      }
      if (watched.how === 'left') taken = true;
      const refusal = watched.how === 'refused' ? watched.error : undefined;
      const ended = watched.how === 'left' ? watched.status : 'Refused';
      // A node lets go what does not hold for it, for an upgrade or a fork; all else it may have taken and passed on.
      const letGo = refusal ? isBadSignature(refusal) : ended === 'Invalid';
      if (!letGo && (!refusal || isInPool(refusal))) return this.#follow(signed, ended);
      const found = await this.#known();
      if (found && found.state !== 'open') return this.#follow(signed, ended);
      const upgraded = letGo && await this.#ask(upgradedSince(api, version, name, deadline));
      if (refusal && !upgraded || again === AGAIN) {
        if (refusal && !taken) throw refusal;
        return this.#follow(signed, ended);
      }
      const next = await this.#ask(api.rpc.system.accountNextIndex(this.#sent.signer));
      if (next.toNumber() > this.#sent.nonce) return this.#follow(signed, ended);
    }
  }

  /** An answer of the node, in the time that is left; without one nobody knows what becomes of the transaction. */
  async #ask<T>(work: Promise<T>): Promise<T> {
    try {
      return await this.deadline.within(work, this.#sent.call);
    } catch (error) {
      const why = error instanceof SalusError ? error : transportError(error, this.#sent.call);
      if (why instanceof NodeUnavailable && this.#sent.hashes.length > 0) throw this.#lost('was sent, and the node does not tell what became of it', 'unknown', why);
      throw why;
    }
  }

  async #sign(): Promise<Call> {
    const { hashes, call: name } = this.#sent;
    let signed: Call;
    let end: number | undefined;
    try {
      [signed, end] = await this.#signature();
    } catch (error) {
      // Before it was sent for the first time this is the whole story; later, something may be on its way.
      if (hashes.length > 0) throw this.#lost('could not be signed again', 'unknown', error);
      if (error instanceof SalusError) throw error;
      throw new SigningFailed(`${name} was not signed: ${(error as Error).message ?? String(error)}`, { cause: error });
    }
    this.#sent.until = hashes.length > 0 && this.#sent.until === undefined ? undefined
      : end === undefined ? undefined : Math.max(this.#sent.until ?? 0, end);
    hashes.push(signed.hash.toHex());
    return signed;
  }

  /**
   * The call with the signature of a key pair, or of a wallet, whose time is not the node's, and the block before which it
   * must be included, if that is known.
   */
  async #signature(): Promise<[Call, number | undefined]> {
    const { api, call, sender, deadline } = this;
    const { nonce, signer, method, call: name } = this.#sent;
    // A key pair signs as a wallet does, so that what is signed tells at which block the validity begins.
    if ('sign' in sender) {
      const pair = watched(signerOf(sender, call.registry));
      const signed = await deadline.within(call.signAsync(signer, { nonce, signer: pair.signer }), `signing ${name}`) as Call;
      return [signed, endOfValidity(signed, pair.payload)];
    }
    const wallet = watched(sender.signer);
    // A wallet that checks the metadata hash adds it to what is signed, and answers the whole transaction.
    const signing = call.signAsync(signer, { nonce, signer: wallet.signer, withSignedTransaction: true }) as Promise<Call>;
    await deadline.within(Promise.race([signing.then(() => undefined), wallet.asked]), `signing ${name}`);
    const signed = await deadline.without(signatureOf(signing, this.signingTimeout, name));
    if (signed.nonce.toNumber() !== nonce || !addressEq(signed.signer.toString(), signer) || signed.method.toHex() !== method) {
      throw new SigningFailed(`${name} was not signed: the wallet signed another transaction; nothing was sent`);
    }
    const end = endOfValidity(signed, wallet.payload);
    if (end !== undefined) {
      const head = (await deadline.within(api.rpc.chain.getHeader(), name)).number.toNumber();
      // The next block is the first that could have it.
      if (head + 1 >= end) {
        throw new SigningTimedOut(`${name} was signed too late: the signature held before block ${end}, and the chain is at block ${head}; nothing was sent`);
      }
    }
    return [signed, end];
  }

  /** Sends the signed transaction and listens, but not to the end of the time: some is kept for searching the chain. */
  async #watch(signed: Call): Promise<Watched> {
    const { api, deadline, goal } = this;
    const name = this.#sent.call;
    const listen = deadline.left - Math.min(MAX_SEARCH, deadline.millis * SEARCH_SHARE);
    return new Promise((resolve) => {
      let stop: (() => void) | undefined;
      let settled = false;
      const settle = (watched: Watched): void => {
        if (settled) return;
        settled = true;
        clearTimeout(timer);
        api.off('disconnected', gone);
        stop?.();
        resolve(watched);
      };
      const left = (status: string) => settle({ how: 'left', status });
      // The node tells nothing more of it on a new connection.
      const gone = (): void => left('Disconnected');
      const timer = setTimeout(() => left('Silent'), Math.max(0, listen));
      api.on('disconnected', gone);
      signed
        .send((result) => {
          const { status } = result;
          if (ENDED.includes(status.type)) left(status.type);
          else if (goal === 'finalized' ? status.isFinalized : status.isInBlock || status.isFinalized) {
            const block = (status.isFinalized ? status.asFinalized : status.asInBlock).toHex() as Hex;
            const { events } = result;
            // The node may know the block and not its events: the search asks again.
            if (!events.some(isEnd)) left(status.type);
            else settle({ how: 'included', inclusion: { block, txHash: result.txHash.toHex() as Hex, events, dispatchError: result.dispatchError } });
          }
        })
        .then((unsubscribe) => {
          stop = unsubscribe;
          if (settled) unsubscribe();
        })
        .catch((error: unknown) => {
          const refused = poolRejection(error, name);
          if (refused instanceof NodeUnavailable) left('Disconnected');
          else settle({ how: 'refused', error: refused });
        });
    });
  }

  /** Whether a block is in the node's best chain. */
  async #isBest(number: number, block: Hex): Promise<boolean> {
    const found = await this.deadline.within(this.api.rpc.chain.getBlockHash(number), this.#sent.call).catch(() => undefined);
    return found?.toHex() === block;
  }

  /** What the chain says, if the node answers. */
  async #known(): Promise<Whereabouts | undefined> {
    try {
      return await this.deadline.within(this.#search.whereabouts(), this.#sent.call);
    } catch (error) {
      // The node is away, or has another head than a moment ago: it is asked again.
      this.#trouble = error;
      return undefined;
    }
  }

  /** Searches the chain until it is certain what became of the transaction, or the time is over. */
  async #follow(signed: Call, ended: string): Promise<Included> {
    const { api, deadline, goal } = this;
    const { nonce, call: name } = this.#sent;
    // A new connection may be to a node that never had it.
    let wait = ended === 'Disconnected' ? 0 : RESEND;
    let resend = SENT_AGAIN.includes(ended) ? Date.now() + wait : Infinity;
    let refused: SalusError | undefined;
    let seen: Whereabouts | undefined;
    for (;;) {
      const found = await this.#known();
      seen = found ?? seen;
      if (found?.state === 'included' && (found.final || goal === 'inBlock')) return this.#included(found.inclusion);
      if (found?.state === 'replaced' && found.final) {
        throw this.#lost(`cannot be included any more: ${found.by}, in block ${found.number}, has its nonce ${nonce}`, 'never');
      }
      if (found?.state === 'expired') {
        throw this.#lost(`cannot be included any more: it was valid up to block ${this.#sent.until}, and is in none`, 'never');
      }
      if (found?.state === 'open' && Date.now() >= resend) {
        // The same bytes: whether or not the node has them already, they can be included once only. And it may let them go again.
        wait = Math.max(RESEND, 2 * wait);
        resend = Date.now() + wait;
        refused = await deadline.within(api.rpc.author.submitExtrinsic(signed), name)
          .then(() => undefined, (error: unknown) => poolRejection(error, name));
        if (refused && isInPool(refused)) refused = undefined;
      }
      if (deadline.isOver) {
        if (seen?.state === 'included') throw this.#lost(`is in block ${seen.inclusion.number}, which did not become final in time`, 'unknown');
        if (seen?.state === 'forgotten') throw this.#lost(`is in block ${seen.number}, and the node, which has discarded its state, does not tell what it did there`, 'unknown');
        throw this.#lost(IN_WORDS[ended] ?? `left the pool (${ended}), and is in no block so far`, 'unknown', refused ?? this.#trouble);
      }
      await pause(Math.min(POLL, deadline.left));
    }
  }

  #lost(what: string, fate: TransactionLost['fate'], cause?: unknown): TransactionLost {
    return new TransactionLost(`${this.#sent.call} ${what}`, fate, { ...this.#sent, hashes: [...this.#sent.hashes] }, { cause });
  }

  /** The result, or how the transaction, or a call that it wraps, failed in its block. */
  #included({ block, number, txHash, events, dispatchError }: Inclusion): Included {
    const name = this.#sent.call;
    const failure = dispatchError ? dispatchFailure(this.api, dispatchError, name, block) : wrappedFailure(this.api, events, name, block);
    if (failure) throw failure;
    return { txHash, blockHash: block, blockNumber: number, events, ...feeOf(events) };
  }
}

/**
 * The block before which a signed transaction must be included, by the block with which it was signed: a node that is asked
 * later may be behind, and its block would give an end that is too early. Undefined if the transaction is valid for ever, or
 * if the wallet signed with another era than it was asked to, or was asked in bytes, which do not tell the block.
 */
function endOfValidity({ era }: Call, payload: SignerPayloadJSON | undefined): number | undefined {
  if (!era.isMortalEra || !payload || era.toHex() !== payload.era) return undefined;
  return era.asMortalEra.death(Number(payload.blockNumber));
}

/** Statuses after which a node says no more of a transaction. */
const ENDED = ['Invalid', 'Dropped', 'Usurped', 'FinalityTimeout'];

/** After these the node may not have it any more, though it can still be included. */
const SENT_AGAIN = ['Disconnected', 'Dropped'];

const IN_WORDS: Record<string, string> = {
  Silent: 'was sent, and nothing was heard of it in time',
  InBlock: 'is in a block, and the node does not tell what it did there',
  Finalized: 'is in a block that is final, and the node does not tell what it did there',
  Competing: 'is in a block that is not in the node\'s best chain so far',
  Disconnected: 'was sent when the connection broke, and is in no block so far',
};

const isEnd = ({ event }: EventRecord): boolean =>
  event.section === 'system' && (event.method === 'ExtrinsicSuccess' || event.method === 'ExtrinsicFailed');

/** Whether the node refused it for its nonce, which is used: then neither this node nor another can have taken it. */
const isOutdated = (error: unknown): boolean => error instanceof PoolRejected && /outdated/.test(error.detail);
const isBadSignature = (error: SalusError): boolean => error instanceof PoolRejected && /bad signature/.test(error.detail);
const isInPool = (error: SalusError): boolean => error instanceof PoolRejected && error.code === ALREADY_IN_POOL;

/**
 * Whether the chain runs another version of its runtime than `version`, for which a call was signed.
 * Resolves when the connection knows the new one.
 */
async function upgradedSince(api: ApiPromise, version: ApiPromise['runtimeVersion'], name: string, deadline: Deadline): Promise<boolean> {
  const now = await api.rpc.state.getRuntimeVersion();
  if (now.specVersion.eq(version.specVersion)) return false;
  if (!now.transactionVersion.eq(version.transactionVersion)) {
    throw new SalusError(`${name}: the chain was upgraded to version ${now.specVersion.toString()}, which encodes calls in another way; connect and build the call again`);
  }
  while (!api.runtimeVersion.specVersion.eq(now.specVersion)) {
    if (deadline.isOver) throw new NodeUnavailable(`${name}: the chain was upgraded, and the connection has not noticed`);
    await pause(Math.min(100, deadline.left));
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
