/** Justifications from a node: as they come, and those that it keeps. */
import type { ApiPromise } from '@polkadot/api';
import { hexToU8a, u8aToHex } from '@polkadot/util';
import type { Hex } from '../bytes.js';
import { decodeAuthorities, decodeHeader, decodeJustification, flawOf, type BlockHeader, type Justification } from './grandpa.js';
import { ReceiptRefused } from './errors.js';
import { Reader } from './scale.js';

const ENGINE = 'FRNK';

/** A block, its justification, and the set that signed it: checked against each other. */
export interface FinalBlock {
  header: BlockHeader;
  headerBytes: Hex;
  justification: Hex;
  setId: number;
}

/** A header by its hash, which it is checked against. */
export async function headerOf(api: ApiPromise, hash: string): Promise<{ header: BlockHeader; headerBytes: Hex }> {
  const bytes = (await api.rpc.chain.getHeader(hash)).toU8a();
  const header = decodeHeader(bytes);
  if (header.hash !== hash) throw new ReceiptRefused('Unsound', `the node answers ${header.hash} when asked for the header of ${hash}`);
  return { header, headerBytes: u8aToHex(bytes) as Hex };
}

/** The justification that a node keeps with a block, or `undefined`. */
export async function storedJustification(api: ApiPromise, hash: string): Promise<Uint8Array | undefined> {
  // Raw: the typed form would take the bytes' own beginning for their length.
  const block = await api.rpc.chain.getBlock.raw(hash) as { justifications?: [number[], number[]][] | null } | null;
  const found = block?.justifications?.find(([engine]) => String.fromCharCode(...engine) === ENGINE);
  return found && Uint8Array.from(found[1]);
}

/** A value of storage at a block; null where there is none. */
export async function storageAt(api: ApiPromise, key: string, hash: string): Promise<Uint8Array | null> {
  const value = await api.rpc.state.getStorage.raw(key, hash) as Hex | null;
  return value === null ? null : hexToU8a(value);
}

/**
 * What a justification proves: its target, if the authorities of that moment signed it. The set is that of
 * the block before, since a block that names the next set is still signed by the old one.
 */
export async function finalBlock(api: ApiPromise, bytes: Uint8Array): Promise<FinalBlock> {
  const decoded = decodeJustification(bytes);
  const { header, headerBytes } = await headerOf(api, decoded.target);
  const { grandpa } = api.query;
  const [authorities, set] = await Promise.all([
    storageAt(api, grandpa.authorities.key(), header.parent), storageAt(api, grandpa.currentSetId.key(), header.parent),
  ]);
  if (!authorities) throw new ReceiptRefused('Unsound', `the chain has no authorities at block ${header.number - 1}`);
  const setId = set ? new Reader(set).u64() : 0n;
  const flaw = flawOf(decoded, setId, decodeAuthorities(authorities));
  if (flaw) throw new ReceiptRefused('Unsound', `the justification of block ${header.number} does not hold: ${flaw}`);
  return { header, headerBytes, justification: u8aToHex(bytes) as Hex, setId: Number(setId) };
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
