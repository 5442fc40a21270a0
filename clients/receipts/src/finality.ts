/** Justifications from a node: as they come, and those that it keeps. */
import type { ApiPromise } from '@polkadot/api';
import { compactToU8a, hexToBn, hexToU8a } from '@polkadot/util';
import { concat, toHex, type Hex } from '@salus/types';
import { Reader } from '@salus/types/scale';
import { decodeAuthorities, decodeHeader, decodeJustification, type Authority, type BlockHeader, type Justification } from './grandpa.js';
import { flawOf } from './majority.js';
import { ReceiptRefused } from './errors.js';

const ENGINE = 'FRNK';

/** A block, its justification, and the set that signed it: checked against each other. */
export interface FinalBlock {
  header: BlockHeader;
  headerBytes: Hex;
  justification: Hex;
  setId: number;
}

/** A header as nodes send it. */
interface RawHeader {
  parentHash: Hex;
  number: Hex;
  stateRoot: Hex;
  extrinsicsRoot: Hex;
  digest: { logs: Hex[] };
}

/**
 * A header as a node sends it, or `undefined`. All questions here are raw: the typed ones first ask for the
 * runtime of that block, which nodes that have dropped its state cannot answer.
 */
export async function rawHeader(api: ApiPromise, hash: string): Promise<RawHeader | undefined> {
  return await api.rpc.chain.getHeader.raw(hash) as RawHeader | null ?? undefined;
}

/** A header by its hash, which it is checked against. */
export async function headerOf(api: ApiPromise, hash: string): Promise<{ header: BlockHeader; headerBytes: Hex }> {
  const raw = await rawHeader(api, hash);
  if (!raw) throw new ReceiptRefused('Unsound', `the node has no block ${hash}`);
  const { logs } = raw.digest;
  const bytes = concat(
    hexToU8a(raw.parentHash), compactToU8a(hexToBn(raw.number)), hexToU8a(raw.stateRoot), hexToU8a(raw.extrinsicsRoot),
    compactToU8a(logs.length), ...logs.map((item) => hexToU8a(item)),
  );
  const header = decodeHeader(bytes);
  if (header.hash !== hash) throw new ReceiptRefused('Unsound', `the node answers ${header.hash} when asked for the header of ${hash}`);
  return { header, headerBytes: toHex(bytes) };
}

/** The justification that a node keeps with a block, or `undefined`. */
export async function storedJustification(api: ApiPromise, hash: string): Promise<Uint8Array | undefined> {
  const block = await api.rpc.chain.getBlock.raw(hash) as { justifications?: [number[], number[]][] | null } | null;
  const found = block?.justifications?.find(([engine]) => String.fromCharCode(...engine) === ENGINE);
  return found && Uint8Array.from(found[1]);
}

/** How many keys are asked for at once. */
const KEYS_AT_ONCE = 512;

/** Asks for many keys in parts, and hands each part's answer to `take`. */
async function inParts<T>(keys: readonly Hex[], ask: (part: Hex[]) => Promise<T>, take: (answer: T) => void): Promise<void> {
  for (let start = 0; start < keys.length; start += KEYS_AT_ONCE) take(await ask(keys.slice(start, start + KEYS_AT_ONCE)));
}

/** The values of storage at a block, of those keys that have one. */
export async function storageAt(api: ApiPromise, keys: readonly Hex[], hash: string): Promise<Map<Hex, Uint8Array>> {
  const found = new Map<Hex, Uint8Array>();
  await inParts(
    keys,
    async (part) => await api.rpc.state.queryStorageAt.raw(part, hash) as { changes: [Hex, Hex | null][] }[],
    (answer) => {
      for (const [key, value] of answer.flatMap(({ changes }) => changes)) if (value !== null) found.set(key, hexToU8a(value));
    },
  );
  return found;
}

/** The nodes of the state trie that prove what stands under the keys at a block, each node once. */
export async function readProof(api: ApiPromise, keys: readonly Hex[], hash: string): Promise<Hex[]> {
  const nodes = new Set<Hex>();
  await inParts(
    keys,
    async (part) => await api.rpc.state.getReadProof.raw(part, hash) as { proof: Hex[] },
    ({ proof }) => { for (const node of proof) nodes.add(node); },
  );
  return [...nodes];
}

/** The set that is in force behind a block, as that block's state has it. */
export async function setBehind(api: ApiPromise, hash: string): Promise<{ setId: number; authorities: Authority[] }> {
  const { authorities, currentSetId } = api.query.grandpa;
  const [listKey, setKey] = [authorities.key() as Hex, currentSetId.key() as Hex];
  const found = await storageAt(api, [listKey, setKey], hash);
  const [list, set] = [found.get(listKey), found.get(setKey)];
  if (!list) throw new ReceiptRefused('Unsound', `the chain has no authorities at block ${hash}`);
  return { setId: set ? Number(new Reader(set).u64()) : 0, authorities: decodeAuthorities(list) };
}

/**
 * What a justification proves: its target, if the authorities of that moment signed it. The set is that of
 * the block before, since a block that names the next set is still signed by the old one.
 */
export async function finalBlock(api: ApiPromise, bytes: Uint8Array): Promise<FinalBlock> {
  const decoded = decodeJustification(bytes);
  const { header, headerBytes } = await headerOf(api, decoded.target);
  const { setId, authorities } = await setBehind(api, header.parent);
  const flaw = flawOf(decoded, header, BigInt(setId), authorities);
  if (flaw) throw new ReceiptRefused('Unsound', `the justification of block ${header.number} does not hold: ${flaw}`);
  return { header, headerBytes, justification: toHex(bytes), setId };
}

/**
 * Hands each justification that the node tells of to `visit`, one at a time and the newest first, until it
 * answers something. Refuses after `timeout` milliseconds.
 */
export async function awaitJustification<T>(
  api: ApiPromise,
  timeout: number,
  visit: (bytes: Uint8Array, decoded: Justification) => Promise<T | undefined>,
): Promise<T> {
  const subscribe = api.rpc.grandpa?.subscribeJustifications;
  if (!subscribe) throw new ReceiptRefused('NotFinal', 'the node does not tell of justifications (grandpa_subscribeJustifications)');
  let stop: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let done = false;
  try {
    return await new Promise<T>((resolve, reject) => {
      let newest: Uint8Array | undefined;
      let busy = false;
      const work = async (): Promise<void> => {
        if (busy) return;
        busy = true;
        while (newest && !done) {
          const bytes = newest;
          newest = undefined;
          const answer = await visit(bytes, decodeJustification(bytes));
          if (answer !== undefined) resolve(answer);
        }
        busy = false;
      };
      timer = setTimeout(
        () => reject(new ReceiptRefused('NotFinal', `no justification of such a block within ${timeout / 1000} s`)), timeout,
      );
      subscribe((notification) => {
        newest = notification.toU8a(true);
        work().catch(reject);
      }).then((unsubscribe) => {
        stop = unsubscribe;
        if (done) unsubscribe();
      }).catch(reject);
    });
  } finally {
    done = true;
    clearTimeout(timer);
    stop?.();
  }
}
