/** Where a transaction stands in the chain, asked of the chain and not of a pool. */
import type { ApiPromise } from '@polkadot/api';
import type { DispatchError, EventRecord } from '@polkadot/types/interfaces';
import { addressEq } from '@polkadot/util-crypto';
import { SalusError, type Hex, type SentTransaction } from '@salus/types';

/** A block that includes a transaction, and what the transaction did there. */
export interface Inclusion {
  block: Hex;
  number: number;
  txHash: Hex;
  events: EventRecord[];
  dispatchError: DispatchError | undefined;
}

/** What the chain, as one node has it, says of a transaction. */
export type Whereabouts =
  /** It is in a block of the best chain, which may be final. */
  | { state: 'included'; final: boolean; inclusion: Inclusion }
  /**
   * It is in this block; if that is final it may not be sent again. What it did there this node does not know any
   * more: it keeps the state of its last blocks alone. A node that keeps all states tells.
   */
  | { state: 'forgotten'; final: boolean; block: Hex; number: number; txHash: Hex }
  /** Another transaction of the signer has its nonce, in a block that may be final. Only a final one settles it. */
  | { state: 'replaced'; final: boolean; by: Hex; number: number }
  /** All blocks in which it could have been are final, and it is in none of them. */
  | { state: 'expired' }
  /** It is in no block yet, and may still come into one. */
  | { state: 'open' };

/** Remembers which blocks have been searched, so that asking again reads only new ones. */
export class Search {
  readonly #without = new Set<string>();

  constructor(readonly api: ApiPromise, readonly sent: SentTransaction) {}

  /** Searches the best chain, as it is now, for the transaction or another with its nonce. */
  async whereabouts(): Promise<Whereabouts> {
    const { api, sent } = this;
    // First, so that what it says is true of the chain that is searched next, or of a longer one.
    const final = (await api.rpc.chain.getHeader(await api.rpc.chain.getFinalizedHead())).number.toNumber();
    const found = await this.#find();
    if (!found) return sent.until !== undefined && final >= sent.until ? { state: 'expired' } : { state: 'open' };
    const { block, number, index, txHash, ours } = found;
    const isFinal = number <= final && (await api.rpc.chain.getBlockHash(number)).toHex() === block;
    if (!ours) return { state: 'replaced', final: isFinal, by: txHash, number };
    try {
      return { state: 'included', final: isFinal, inclusion: { block, number, txHash, ...await outcomeOf(api, block, index) } };
    } catch (error) {
      if (!isDiscarded(error)) throw error;
      return { state: 'forgotten', final: isFinal, block, number, txHash };
    }
  }

  /** Where to look first: the head, or the last block in which it can be. */
  async #last(): Promise<{ number: number; hash: string }> {
    const { api, sent } = this;
    const head = await api.rpc.chain.getHeader();
    const number = head.number.toNumber();
    if (sent.until === undefined || number <= sent.until) return { number, hash: head.hash.toHex() };
    return { number: sent.until, hash: (await api.rpc.chain.getBlockHash(sent.until)).toHex() };
  }

  /** Looks from there backwards, to the block before which it cannot be. */
  async #find(): Promise<{ block: Hex; number: number; index: number; txHash: Hex; ours: boolean } | undefined> {
    const { api, sent } = this;
    const last = await this.#last();
    let { hash } = last;
    const searched: string[] = [];
    for (let { number } = last; number > sent.after; number -= 1) {
      if (this.#without.has(hash)) break;
      const { block } = await api.rpc.chain.getBlock(hash);
      const index = block.extrinsics.findIndex((extrinsic) => isOf(extrinsic, sent));
      const extrinsic = block.extrinsics[index];
      if (extrinsic) {
        const txHash = extrinsic.hash.toHex() as Hex;
        // The same call with the same nonce may be another's: two windows of one wallet that both sent it, of which one is included.
        return { block: hash as Hex, number, index, txHash, ours: sent.hashes.includes(txHash) };
      }
      searched.push(hash);
      hash = block.header.parentHash.toHex();
    }
    for (const each of searched) this.#without.add(each);
    return undefined;
  }
}

interface Signed {
  hash: { toHex(): string };
  isSigned: boolean;
  signer: { toString(): string };
  nonce: { toNumber(): number };
}

const isOf = (extrinsic: Signed, { hashes, signer, nonce }: SentTransaction): boolean =>
  hashes.includes(extrinsic.hash.toHex())
  || (extrinsic.isSigned && extrinsic.nonce.toNumber() === nonce && addressEq(extrinsic.signer.toString(), signer));

/** Whether an error says that a node has a block, and has discarded its state. */
const isDiscarded = (error: unknown): boolean => /state already discarded|state .*(pruned|discarded)/i.test((error as Error | undefined)?.message ?? '');

/** What the extrinsic at `index` of a block did. */
async function outcomeOf(api: ApiPromise, block: string, index: number): Promise<Pick<Inclusion, 'events' | 'dispatchError'>> {
  const all = await (await api.at(block)).query.system.events() as unknown as EventRecord[];
  const events = all.filter(({ phase }) => phase.isApplyExtrinsic && phase.asApplyExtrinsic.toNumber() === index);
  return { events, dispatchError: endOf(events, block).error };
}

/** How the extrinsic ended whose events these are. Every one ends with one of two events: without, they are not its events. */
export function endOf(events: readonly EventRecord[], block: string): { error: DispatchError | undefined } {
  for (const { event } of events) {
    if (event.section !== 'system') continue;
    if (event.method === 'ExtrinsicSuccess') return { error: undefined };
    if (event.method === 'ExtrinsicFailed') return { error: event.data[0] as unknown as DispatchError };
  }
  throw new SalusError(`the node does not tell what the transaction did in block ${block}`);
}
