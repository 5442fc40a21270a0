/**
 * Hands signed transactions to a node as fast as it takes them, and tells what its blocks made of them. They are signed before
 * the clock starts, so that signing takes no part of what is measured; how much of a core this program used itself is told too.
 */
import type { KeyringPair } from '@polkadot/keyring/types';
import { WsProvider } from '@polkadot/rpc-provider';
import type { ApiPromise, Call } from '@salus/client';
import { until } from '../wait.js';

/** How many requests may wait for their answers on the connection. */
const WINDOW = 256;
/** How many blocks may come with nothing of ours, before what is still missing is given up. */
const PATIENT_BLOCKS = 8;

export type Signed = `0x${string}`;

/** Calls of one account, signed with the nonces from `nonce` on. They are good for ever. */
export function sign(api: ApiPromise, pair: KeyringPair, calls: readonly Call[], nonce: number): Signed[] {
  const { genesisHash, runtimeVersion } = api;
  return calls.map((call, at) => call.sign(pair, { blockHash: genesisHash, genesisHash, runtimeVersion, nonce: nonce + at }).toHex());
}

/** A block with transactions of ours. */
export interface Filled {
  number: number;
  /** How many. */
  transactions: number;
  /** What the normal transactions declare to take, in milliseconds. */
  declared: number;
  /** What the node took to make it, in milliseconds, by its own metrics. Unknown if it made several between two looks. */
  built: number | undefined;
  /** Whether the node began it after all had been handed in: before that it also validates what comes in, on the same processors. */
  quiet: boolean;
}

export interface Flooded {
  blocks: Filled[];
  /** From the first request until the last of them was in a block, in seconds. */
  seconds: number;
  /** From then until that block was final. */
  tail: number;
  /** How many were refused by the pool, or never included. */
  lost: number;
  /** How many were included, and failed or did not do what they were for. */
  failed: number;
  /** The processor time of this program while it handed in, as a share of that time. */
  own: number;
  /** How many it handed in a second. */
  handedIn: number;
}

/** The event of which each transaction must have one, as pallet and name; or that it succeeded. */
export type Effect = readonly [section: string, method: string];
const SUCCESS: Effect = ['system', 'ExtrinsicSuccess'];

/** How many transactions of a block, by their places in it, did not have that effect. */
async function failedIn(api: ApiPromise, hash: string, places: ReadonlySet<number>, [section, method]: Effect): Promise<number> {
  const events = await (await api.at(hash)).query.system.events();
  const done = new Set(events.flatMap(({ phase, event }) =>
    (phase.isApplyExtrinsic && event.section === section && event.method === method ? [phase.asApplyExtrinsic.toNumber()] : [])));
  return [...places].filter((place) => !done.has(place)).length;
}

/** How long the node has made blocks, in seconds, and how many: from its metrics. */
async function made(metrics: string): Promise<{ seconds: number; blocks: number }> {
  const text = await (await fetch(metrics)).text();
  const value = (name: string): number => {
    const line = text.split('\n').find((each) => each.startsWith(`substrate_proposer_block_constructed_${name}{`));
    return line === undefined ? 0 : Number(line.slice(line.lastIndexOf(' ')));
  };
  return { seconds: value('sum'), blocks: value('count') };
}

/** Floods the node at `endpoint`, whose metrics are at `metrics`, and follows its blocks until all is final. Each transaction must have its effect. */
export async function flood(
  api: ApiPromise, endpoint: string, metrics: string, signed: readonly Signed[], effect: Effect = SUCCESS,
): Promise<Flooded> {
  const provider = new WsProvider(endpoint);
  await provider.isReady;
  const ours = new Set<string>(signed);
  const blocks: (Omit<Filled, 'quiet'> & { begun: number })[] = [];
  let [silent, missing, included, last, before] = [0, ours.size, 0, 0, await made(metrics)];
  // When the latest block was seen: the next one is not begun sooner.
  let latest = Number.NEGATIVE_INFINITY;
  const looks: Promise<void>[] = [];
  const ofOurs: [hash: string, places: Set<number>][] = [];
  const unsubscribe = await api.rpc.chain.subscribeNewHeads((head) => {
    const [seen, begun] = [performance.now(), latest];
    latest = seen;
    looks.push((async () => {
      const after = await made(metrics);
      const one = after.blocks === before.blocks + 1;
      const built = one ? (after.seconds - before.seconds) * 1000 : undefined;
      before = after;
      // Without the client's types: to read thousands of transactions takes it longer than the node takes to make the block.
      const [{ block }, at] = await Promise.all([
        provider.send<{ block: { extrinsics: string[] } }>('chain_getBlock', [head.hash.toHex()]), api.at(head.hash),
      ]);
      const places = new Set(block.extrinsics.flatMap((extrinsic, place) => (ours.has(extrinsic) ? [place] : [])));
      const transactions = places.size;
      silent = transactions === 0 ? silent + 1 : 0;
      missing -= transactions;
      if (transactions === 0) return;
      [included, last] = [Math.max(included, seen), Math.max(last, head.number.toNumber())];
      ofOurs.push([head.hash.toHex(), places]);
      const weight = await at.query.system.blockWeight();
      blocks.push({ number: head.number.toNumber(), transactions, declared: weight.normal.refTime.toNumber() / 1e9, built, begun });
    })());
  });
  const [start, used] = [performance.now(), process.cpuUsage()];
  let refused = 0;
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let transaction = signed[next++]; transaction !== undefined; transaction = signed[next++]) {
      await provider.send('author_submitExtrinsic', [transaction]).catch(() => { refused += 1; });
    }
  };
  await Promise.all(Array.from({ length: WINDOW }, lane));
  const handed = performance.now();
  const handing = (handed - start) / 1000;
  const { user, system } = process.cpuUsage(used);
  await until('all transactions are included', () => missing <= refused || silent >= PATIENT_BLOCKS, { limit: 1800 });
  await until('the last block is final', async () => {
    const head = await api.rpc.chain.getHeader(await api.rpc.chain.getFinalizedHead());
    return head.number.toNumber() >= last || undefined;
  });
  const final = performance.now();
  unsubscribe();
  await Promise.all(looks);
  await provider.disconnect();
  let failed = 0;
  for (const [hash, places] of ofOurs) failed += await failedIn(api, hash, places, effect);
  return {
    blocks: blocks.sort((one, other) => one.number - other.number).map(({ begun, ...block }) => ({ ...block, quiet: begun >= handed })), seconds: (included - start) / 1000,
    tail: (final - included) / 1000, lost: missing, failed, own: (user + system) / 1e6 / handing, handedIn: signed.length / handing,
  };
}
