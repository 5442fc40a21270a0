/** Where a transaction stands in the chain, asked of the chain and not of a pool. */
import type { ApiPromise } from '@polkadot/api';
import type { DispatchError, EventRecord } from '@polkadot/types/interfaces';
import type { Hex } from './bytes.js';

/** A block that includes a transaction, and what the transaction did there. */
export interface Inclusion {
  block: Hex;
  number: number;
  events: EventRecord[];
  dispatchError: DispatchError | undefined;
}

/** Looks for a transaction in the best chain as it is now, from the block `from` to its head. */
export async function findInclusion(api: ApiPromise, txHash: string, from: number): Promise<Inclusion | undefined> {
  const head = await api.rpc.chain.getHeader();
  let hash = head.hash.toHex();
  for (let number = head.number.toNumber(); number >= Math.max(from, 1); number -= 1) {
    const { block } = await api.rpc.chain.getBlock(hash);
    const index = block.extrinsics.findIndex((extrinsic) => extrinsic.hash.toHex() === txHash);
    if (index >= 0) return { block: hash as Hex, number, ...await outcomeOf(api, hash, index) };
    hash = block.header.parentHash.toHex();
  }
  return undefined;
}

/** What the extrinsic at `index` of a block did. */
async function outcomeOf(api: ApiPromise, block: string, index: number): Promise<Pick<Inclusion, 'events' | 'dispatchError'>> {
  const all = await (await api.at(block)).query.system.events() as unknown as EventRecord[];
  const events = all.filter(({ phase }) => phase.isApplyExtrinsic && phase.asApplyExtrinsic.toNumber() === index);
  const failed = events.find(({ event }) => event.section === 'system' && event.method === 'ExtrinsicFailed');
  return { events, dispatchError: failed?.event.data[0] as unknown as DispatchError | undefined };
}

/** Waits until a block with the number of `block` is final, or until `end`, in milliseconds since 1970. */
export async function fateOf(api: ApiPromise, block: string, number: number, end: number): Promise<'final' | 'replaced' | 'undecided'> {
  while (Date.now() < end) {
    const final = await api.rpc.chain.getHeader(await api.rpc.chain.getFinalizedHead());
    if (final.number.toNumber() >= number) {
      return (await api.rpc.chain.getBlockHash(number)).toHex() === block ? 'final' : 'replaced';
    }
    await new Promise((resolve) => { setTimeout(resolve, 500); });
  }
  return 'undecided';
}
