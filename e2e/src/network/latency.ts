/** Sends transactions at a steady rate to the members in turns, and tells how long each took to be included and to be final. */
import { WsProvider } from '@polkadot/rpc-provider';
import type { ApiPromise } from '@salus/client';
import { sign, type Signed } from '../bench/flood.js';
import { account } from './keys.js';
import type { Member } from './member.js';
import { send } from './motion.js';
import { atEnd, sleep } from './wait.js';

/** How many accounts sign, each its own row of nonces. */
const SENDERS = 32;

export interface Latency {
  sent: number;
  refused: number;
  included: number;
  final: number;
  /** From when the node was given it to when its block was known, and known to be final, in seconds. */
  inclusion: number[];
  finality: number[];
}

/** How many plain transfers fit into a block, by what one declares. */
export async function transfersInBlock(api: ApiPromise): Promise<number> {
  const call = api.tx.balances.transferKeepAlive(account('Ferdie').address, 1_000_000_000n);
  const { weight } = await call.paymentInfo(account('Alice').address);
  const { normal } = api.consts.system.blockWeights.perClass;
  const room = normal.maxTotal.unwrap().refTime.toNumber();
  return Math.floor(room / (weight.refTime.toNumber() + normal.baseExtrinsic.refTime.toNumber()));
}

/** Accounts of their own, with tokens. */
async function senders(api: ApiPromise): Promise<ReturnType<typeof account>[]> {
  const pairs = Array.from({ length: SENDERS }, (_, nth) => account(`Load//${nth}`));
  const calls = pairs.map(({ address }) => api.tx.balances.transferKeepAlive(address, 100_000_000_000_000n));
  await send(api, api.tx.utility.batchAll(calls), account('Alice'));
  return pairs;
}

/** `perSecond` transfers a second for so many seconds. All are signed before. */
export async function load(api: ApiPromise, members: readonly Member[], perSecond: number, duration: number): Promise<Latency> {
  const pairs = await senders(api);
  const to = account('Ferdie').address;
  const each = Math.ceil(perSecond * duration / pairs.length);
  const signed: Signed[][] = await Promise.all(pairs.map(async (pair) => {
    const calls = Array.from({ length: each }, () => api.tx.balances.transferKeepAlive(to, 1_000_000_000n));
    return sign(api, pair, calls, (await api.rpc.system.accountNextIndex(pair.address)).toNumber());
  }));
  const all = Array.from({ length: each }, (_, nth) => signed.map((calls) => calls[nth] as Signed)).flat();
  const providers = members.map(({ endpoint }) => new WsProvider(endpoint));
  atEnd(() => { for (const provider of providers) void provider.disconnect(); });
  await Promise.all(providers.map((provider) => provider.isReady));

  const sentAt = new Map<string, number>();
  const waiting = new Map<number, string[]>();
  const latency: Latency = { sent: 0, refused: 0, included: 0, final: 0, inclusion: [], finality: [] };
  const watched = providers[0] as WsProvider;
  const seen = new Set<string>();
  const unsubscribe = [
    await api.rpc.chain.subscribeNewHeads(async ({ number, hash }) => {
      const now = performance.now();
      const { block } = await watched.send<{ block: { extrinsics: string[] } }>('chain_getBlock', [hash.toHex()]);
      const ours = block.extrinsics.filter((extrinsic) => sentAt.has(extrinsic));
      // A block that another one replaced counts no more; its transactions were seen already.
      waiting.set(number.toNumber(), ours);
      for (const extrinsic of ours) {
        if (seen.has(extrinsic)) continue;
        seen.add(extrinsic);
        latency.included += 1;
        latency.inclusion.push((now - (sentAt.get(extrinsic) as number)) / 1000);
      }
    }),
    await api.rpc.chain.subscribeFinalizedHeads(({ number }) => {
      const now = performance.now();
      for (const [height, ours] of waiting) {
        if (height > number.toNumber()) continue;
        waiting.delete(height);
        latency.final += ours.length;
        for (const extrinsic of ours) latency.finality.push((now - (sentAt.get(extrinsic) as number)) / 1000);
      }
    }),
  ];
  const begin = performance.now();
  const sending: Promise<void>[] = [];
  for (let nth = 0; nth < all.length;) {
    const due = Math.min(all.length, Math.floor((performance.now() - begin) / 1000 * perSecond));
    for (; nth < due; nth += 1) {
      const transaction = all[nth] as Signed;
      // All of one account go to one member: another might not have heard of the one before yet.
      const provider = providers[nth % pairs.length % providers.length] as WsProvider;
      sentAt.set(transaction, performance.now());
      latency.sent += 1;
      sending.push(provider.send('author_submitExtrinsic', [transaction]).then(() => undefined, () => { latency.refused += 1; }));
    }
    await sleep(20);
  }
  await Promise.all(sending);
  const end = performance.now() + 60_000;
  while (latency.final + latency.refused < latency.sent && performance.now() < end) await sleep(500);
  for (const stop of unsubscribe) stop();
  return latency;
}
