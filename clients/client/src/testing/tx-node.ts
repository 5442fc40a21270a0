/** A node with a chain of small blocks, which answers, stays silent or goes away as a test says. */
import { EventEmitter } from 'node:events';
import type { ApiPromise } from '@polkadot/api';
import type { Signer } from '@polkadot/api/types';
import { Keyring } from '@polkadot/keyring';
import { TypeRegistry } from '@polkadot/types';
import { blake2, NodeUnavailable, toHex, utf8, type Hex } from '@salus/types';
import type { Call } from '../tx.js';

export const registry = new TypeRegistry();
export const NONCE = 7;
/** The call that is sent, and another. */
export const METHOD: Hex = '0x0102';
export const OTHER: Hex = '0x0304';
/** The hash of what is sent, the first time that it is signed. */
export const hashOfSigning = (count: number): Hex => toHex(blake2(utf8(`signed ${count}`)));

export const version = (specVersion: number, transactionVersion = 1) =>
  registry.createType('RuntimeVersion', { specVersion, transactionVersion });

export interface Extrinsic {
  hash: Hex;
  signer: string;
  nonce: number;
  method: Hex;
  failed?: boolean;
}

interface Block {
  hash: Hex;
  extrinsics: Extrinsic[];
}

type Tell = (result: object) => void;
/** What a node does when a transaction is sent to it. */
export type Reaction = (node: FakeNode, tell: Tell, sent: Extrinsic) => unknown;

const codec = (hex: string) => ({ toHex: () => hex, toString: () => hex });
const number = (value: number) => ({ number: { toNumber: () => value } });

export class FakeNode extends EventEmitter {
  readonly pair = new Keyring({ type: 'ed25519' }).addFromSeed(new Uint8Array(32).fill(1));
  readonly blocks: Block[] = [];
  /** Blocks that compete with those: their numbers by their hashes. */
  readonly beside = new Map<string, number>();
  /** By how many blocks the node that answers now is behind the others. */
  behind = 0;
  /** The last final block. */
  final = 2;
  /** How the node treats requests. */
  mode: 'well' | 'silent' | 'gone' = 'well';
  running = version(1_000);
  /** The next free nonce, with what the pool holds. */
  next = NONCE;
  /** With which nonces the call was signed. */
  readonly nonces: number[] = [];
  /** How often something was sent. */
  sends = 0;
  /** What was sent again without being watched. */
  readonly resent: string[] = [];
  /** What the node does with that; it throws to refuse. */
  atResending: (hash: string) => void = () => undefined;
  /** How many blocks were read. */
  bodies = 0;
  /** Whether the node keeps the events of blocks. */
  keepsEvents = true;
  /** What a wallet that signs a whole transaction of its own puts into it instead. */
  bySigner: Record<string, unknown> = {};

  readonly api: ApiPromise;
  readonly call: Call;

  constructor(...reactions: Reaction[]) {
    super();
    for (let count = 0; count <= 4; count += 1) this.add();
    this.api = this.#api();
    this.call = this.#call(reactions);
  }

  /** What the call is as an extrinsic, signed for the `count`th time. */
  extrinsic(count = this.nonces.length, over: Partial<Extrinsic> = {}): Extrinsic {
    return { hash: hashOfSigning(count), signer: this.pair.address, nonce: NONCE, method: METHOD, ...over };
  }

  /** Adds a block, with these extrinsics behind one that every block has. */
  add(...extrinsics: Extrinsic[]): Block {
    const inherent: Extrinsic = { hash: `0x${'ee'.repeat(32)}`, signer: '', nonce: 0, method: '0x00' };
    const block: Block = { hash: `0x${String(this.blocks.length).padStart(2, '0').repeat(32)}`, extrinsics: [inherent, ...extrinsics] };
    this.blocks.push(block);
    return block;
  }

  disconnect(): void {
    this.mode = 'gone';
    this.emit('disconnected');
  }

  /** The events of a transaction that did what it should, or failed. */
  eventsOf(index: number, failed = false) {
    const error = { isModule: false, isToken: false, isArithmetic: false, type: 'Unavailable' };
    return [{
      phase: { isApplyExtrinsic: true, asApplyExtrinsic: { toNumber: () => index } },
      event: { section: 'system', method: failed ? 'ExtrinsicFailed' : 'ExtrinsicSuccess', data: [error] },
    }];
  }

  /** Resolves as the node does now. */
  async #answer<T>(value: () => T): Promise<T> {
    await new Promise((resolve) => { setTimeout(resolve, 1); });
    if (this.mode === 'silent') return new Promise(() => undefined);
    if (this.mode === 'gone') throw new NodeUnavailable('WebSocket is not connected');
    return value();
  }

  #at(hash: string): Block {
    const found = this.blocks.find((block) => block.hash === hash);
    if (!found) throw new Error(`no block ${hash}`);
    return found;
  }

  #api(): ApiPromise {
    const header = (hash?: { toString(): string }) => this.#answer(() => {
      const competing = hash && this.beside.get(hash.toString());
      if (competing) return { ...number(competing), hash: codec(String(hash)) };
      const block = hash === undefined ? this.blocks.at(-1 - this.behind) as Block : this.#at(hash.toString());
      return { ...number(this.blocks.indexOf(block)), hash: codec(block.hash) };
    });
    const api = {
      runtimeVersion: this.running,
      on: this.on.bind(this), off: this.off.bind(this),
      at: async (hash: string) => ({ query: { system: { events: () => this.#answer(() => {
        if (!this.keepsEvents) throw new NodeUnavailable('State already discarded');
        return this.#at(hash).extrinsics.flatMap(({ failed }, index) => this.eventsOf(index, failed));
      }) } } }),
      rpc: {
        author: { submitExtrinsic: (signed: Call) => this.#answer(() => {
          this.resent.push(signed.hash.toHex());
          this.atResending(signed.hash.toHex());
        }) },
        chain: {
          getHeader: header,
          getFinalizedHead: () => this.#answer(() => codec((this.blocks[this.final] as Block).hash)),
          getBlockHash: (at: number) => this.#answer(() => codec((this.blocks[at] as Block).hash)),
          getBlock: (hash: string) => this.#answer(() => {
            this.bodies += 1;
            const block = this.#at(hash);
            const parent = this.blocks[this.blocks.indexOf(block) - 1] ?? block;
            return { block: {
              header: { parentHash: codec(parent.hash) },
              extrinsics: block.extrinsics.map(({ hash: own, signer, nonce, method }) => ({
                hash: codec(own), isSigned: signer !== '', signer, nonce: { toNumber: () => nonce }, method: codec(method),
              })),
            } };
          }),
        },
        system: { accountNextIndex: () => this.#answer(() => ({ toNumber: () => this.next })) },
        state: {
          getRuntimeVersion: () => this.#answer(() => {
            setTimeout(() => { api.runtimeVersion = this.running; }, 50);
            return this.running;
          }),
        },
      },
    };
    return api as unknown as ApiPromise;
  }

  #call(reactions: Reaction[]): Call {
    const call = {
      method: { section: 'consent', method: 'revoke', toHex: () => METHOD },
      era: { isMortalEra: true, asMortalEra: { death: (current: number) => current + 5 }, toHex: () => '0xe500' },
      signer: this.pair.address, nonce: { toNumber: () => NONCE },
      registry: { createType: () => ({ sign: () => ({ signature: '0x00' }) }) },
      hash: codec('0x'),
      // As the API does it: the node is asked first, and then the wallet, if there is one.
      signAsync: async (_who: unknown, { nonce, signer }: { nonce: number; signer?: Signer }) => {
        const era = '0xe500';
        const head = await this.#answer(() => this.blocks.length - 1);
        const answer = await signer?.signPayload?.({ era, nonce: toHex(Uint8Array.of(nonce)), blockNumber: toHex(Uint8Array.of(head)) } as never);
        this.nonces.push(nonce);
        call.hash = codec(hashOfSigning(this.nonces.length));
        return answer?.signedTransaction ? { ...call, ...this.bySigner } : call;
      },
      send: async (tell: Tell) => {
        await this.#answer(() => undefined);
        this.sends += 1;
        const reaction = reactions.shift() as (Reaction & { error?: Error }) | undefined;
        if (reaction?.error) throw reaction.error;
        setTimeout(() => { void reaction?.(this, tell, this.extrinsic()); }, 1);
        return () => undefined;
      },
    };
    return call as unknown as Call;
  }
}

/** Refuses what is sent. */
export const refuses = (message: string): Reaction => Object.assign(() => undefined, { error: new Error(message) });

/** Tells a status that names no block. */
export const says = (type: string): Reaction => (_node, tell) => tell({ status: { type, isInBlock: false, isFinalized: false }, events: [] });

/** Puts what was sent into a block and says so. */
export const includes = (over: { final?: boolean; failed?: boolean; quietly?: boolean; eventless?: boolean } = {}): Reaction => (node, tell, sent) => {
  const { final = false, failed = false, quietly = false, eventless = false } = over;
  const block = node.add({ ...sent, failed });
  if (final) node.final = node.blocks.length - 1;
  if (quietly) return;
  const events = eventless ? [] : node.eventsOf(1, failed);
  const name = final ? 'Finalized' : 'InBlock';
  const status = { type: name, isInBlock: !final, isFinalized: final, asInBlock: codec(block.hash), asFinalized: codec(block.hash) };
  tell({ status, events, txHash: codec(sent.hash), dispatchError: failed ? events[0]?.event.data[0] : undefined });
};

/** Says that what was sent is in a block, which is not the one that the best chain has at that height. */
export const competes: Reaction = (node, tell, sent) => {
  node.add();
  const block = `0x${'cc'.repeat(32)}`;
  node.beside.set(block, node.blocks.length - 1);
  const status = { type: 'InBlock', isInBlock: true, isFinalized: false, asInBlock: codec(block) };
  tell({ status, events: node.eventsOf(1), txHash: codec(sent.hash), dispatchError: undefined });
};

/** One after the other. */
export const both = (...reactions: Reaction[]): Reaction => async (node, tell, sent) => {
  for (const reaction of reactions) await reaction(node, tell, sent);
};

/** Does something to the node after some milliseconds. */
export const later = (millis: number, what: (node: FakeNode, sent: Extrinsic) => void): Reaction => (node, _tell, sent) => {
  setTimeout(() => what(node, sent), millis);
};
