/**
 * Sends transactions at a steady rate to the members in turns, and tells how long each took to be included and to be final, as the first member sees
 * it. The clock of each begins when it was due, also if it was handed in later.
 */
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
  /** From when it was due to when its block was known, and known to be final, in seconds. */
  inclusion: number[];
  finality: number[];
  /** In which time all were handed in, in seconds. */
  handing: number;
  /** The processor time of this program meanwhile, as a share of a core. */
  own: number;
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
  const signed: Signed[][] = [];
  for (const pair of pairs) {
    const nonce = (await api.rpc.system.accountNextIndex(pair.address)).toNumber();
    const call = api.tx.balances.transferKeepAlive(to, 1_000_000_000n);
    // One at a time: so many calls at once would be more than this program's memory holds well.
    signed.push(Array.from({ length: each }, (_, nth) => sign(api, pair, [call], nonce + nth)).flat());
  }
  const all = Array.from({ length: each }, (_, nth) => signed.map((calls) => calls[nth] as Signed)).flat();
  const providers = members.map(({ endpoint }) => new WsProvider(endpoint));
  atEnd(() => { for (const provider of providers) void provider.disconnect(); });
  await Promise.all(providers.map((provider) => provider.isReady));

  const dueAt = new Map<string, number>();
  const latency: Latency = { sent: 0, refused: 0, included: 0, final: 0, inclusion: [], finality: [], handing: 0, own: 0 };
  const watched = providers[0] as WsProvider;
  /** What of ours a block has, and the block before. */
  const blockOf = async (hash: string): Promise<{ before: string; ours: string[] }> => {
    const { block } = await watched.send<{ block: { header: { parentHash: string }; extrinsics: string[] } }>('chain_getBlock', [hash]);
    return { before: block.header.parentHash, ours: block.extrinsics.filter((extrinsic) => dueAt.has(extrinsic)) };
  };
  /** Counts what blocks have that are new: from `head` back to one that was looked at, whichever were told. Each transaction counts once. */
  const counter = (start: string, count: (extrinsic: string, now: number) => void): ((head: string) => Promise<void>) => {
    const [looked, counted] = [new Set([start]), new Set<string>()];
    return async (head) => {
      const now = performance.now();
      for (let hash = head; !looked.has(hash);) {
        looked.add(hash);
        const { before, ours } = await blockOf(hash);
        for (const extrinsic of ours) {
          if (!counted.has(extrinsic)) count(extrinsic, now);
          counted.add(extrinsic);
        }
        hash = before;
      }
    };
  };
  const since = (extrinsic: string, now: number): number => (now - (dueAt.get(extrinsic) as number)) / 1000;
  const start = (await api.rpc.chain.getFinalizedHead()).toHex();
  const included = counter(start, (extrinsic, now) => {
    latency.included += 1;
    latency.inclusion.push(since(extrinsic, now));
  });
  const final = counter(start, (extrinsic, now) => {
    latency.final += 1;
    latency.finality.push(since(extrinsic, now));
  });
  const unsubscribe = [
    await api.rpc.chain.subscribeNewHeads(({ hash }) => { void included(hash.toHex()); }),
    await api.rpc.chain.subscribeFinalizedHeads(({ hash }) => { void final(hash.toHex()); }),
  ];
  const used = process.cpuUsage();
  const begin = performance.now();
  const sending: Promise<void>[] = [];
  for (let nth = 0; nth < all.length;) {
    const due = Math.min(all.length, Math.floor((performance.now() - begin) / 1000 * perSecond));
    for (; nth < due; nth += 1) {
      const transaction = all[nth] as Signed;
      // All of one account go to one member: another might not have heard of the one before yet.
      const provider = providers[nth % pairs.length % providers.length] as WsProvider;
      dueAt.set(transaction, begin + nth / perSecond * 1000);
      latency.sent += 1;
      sending.push(provider.send('author_submitExtrinsic', [transaction]).then(() => undefined, () => { latency.refused += 1; }));
    }
    await sleep(20);
  }
  await Promise.all(sending);
  latency.handing = (performance.now() - begin) / 1000;
  const { user, system } = process.cpuUsage(used);
  latency.own = (user + system) / 1e6 / latency.handing;
  const end = performance.now() + 60_000;
  while (latency.final + latency.refused < latency.sent && performance.now() < end) await sleep(500);
  for (const stop of unsubscribe) stop();
  return latency;
}
