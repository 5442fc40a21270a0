/** Making a receipt of a parachain: its block is final once a final block of the relay chain names it. */
import type { ApiPromise } from '@polkadot/api';
import { hexToU8a } from '@polkadot/util';
import { equal, toHex, type Hex } from '@salus/types';
import { Reader } from '@salus/types/scale';
import { ReceiptInvalid, ReceiptRefused } from './errors.js';
import { awaitJustification, finalBlock, headerOf, rawHeader, readProof, storageAt } from './finality.js';
import { FORMAT_VERSION, LATER_VERSION, RECEIPT_FORMAT, START_FORMAT, type ParachainReceipt, type RelayEvidence } from './format.js';
import { decodeHeader, type BlockHeader } from './grandpa.js';
import { authoritiesKey, genesisKey, headKey, paraIdKey, setKey } from './keys.js';
import { allThere, patience, provenAt, standing, unpruned, wantedOf, type CommonOptions, type ReceiptRequest } from './make.js';
import type { Beginning } from './read.js';
import { fromStart } from './sets.js';
import { StorageProof } from './trie.js';
import { decodeHead, headIn } from './verify.js';

/** What to say where a relay chain's node has dropped a state. */
const RELAY_STATES = 'a node of a relay chain keeps its states for 256 blocks, some 25 minutes: make the receipt soon, or ask an archive node';

/**
 * Makes a receipt for one record or many of a parachain, as of the first block that the relay chain makes final and that is
 * not older than the best one of now. `relay` is a connection to a node of the relay chain (`connectRelay`). Throws
 * as `make` does.
 *
 * It cannot be made of a past block: a relay chain's nodes drop their states after 256 blocks, and keep few justifications.
 */
export async function makeUnderRelay(
  api: ApiPromise,
  relay: ApiPromise,
  requests: readonly ReceiptRequest[],
  options: CommonOptions = {},
): Promise<ParachainReceipt> {
  const timeout = patience(options);
  const wanted = wantedOf(api, requests);
  await unpruned(RELAY_STATES, async () => standing(api, wanted, (await api.rpc.chain.getBlockHash()).toHex(), options));
  // An older block may not have the record yet.
  return awaitNamed(api, relay, timeout, ({ hash }) => allThere(api, wanted, hash), async ({ header, headerBytes, evidence }) => {
    const { nodes, records } = await provenAt(api, wanted, header, options, [genesisKey()]);
    const genesis = api.genesisHash.toHex() as Hex;
    return { format: RECEIPT_FORMAT, version: LATER_VERSION, genesis, header: headerBytes, finality: { relay: evidence }, proof: nodes, records };
  });
}

/** A parachain's block, and what shows that the relay chain made it final. */
export interface NamedBlock {
  header: BlockHeader;
  headerBytes: Hex;
  evidence: RelayEvidence;
}

/**
 * Hands the first block to `make` that the relay chain makes final, that is not older than the best one of now, and that `fits`. Refuses
 * after `timeout` milliseconds.
 */
export async function awaitNamed<T extends { proof: Hex[] }>(
  api: ApiPromise,
  relay: ApiPromise,
  timeout: number,
  fits: (header: BlockHeader) => Promise<boolean>,
  make: (named: NamedBlock) => Promise<T>,
): Promise<T> {
  return unpruned(RELAY_STATES, async () => {
    const best = (await api.rpc.chain.getBlockHash()).toHex();
    const paraId = await numberOf(api, best);
    const { header: { number: now } } = await headerOf(api, best);
    return awaitJustification(relay, timeout, async (bytes, { target }) => {
      const head = await headAt(relay, paraId, target);
      const header = decodeHeader(head);
      // A newer one may not have come to the parachain's node yet.
      if (header.number < now || !await known(api, header) || !await fits(header)) return undefined;
      const made = await make({ header, headerBytes: toHex(head), evidence: await evidenceOf(relay, paraId, head, bytes) });
      const own = new StorageProof(header.stateRoot, made.proof.map((node) => hexToU8a(node))).get(hexToU8a(genesisKey()));
      if (!own || toHex(own) !== api.genesisHash.toHex()) throw new ReceiptRefused('Unsound', 'the chain\'s state names another genesis than its node');
      return made;
    });
  });
}

/** The number of the parachain on its relay chain, as it says itself. */
async function numberOf(api: ApiPromise, hash: string): Promise<number> {
  const key = paraIdKey();
  const value = (await storageAt(api, [key], hash)).get(key);
  if (!value) throw new ReceiptRefused('WrongRelay', 'this chain is no parachain: it makes its blocks final itself, and its receipts need no relay chain');
  return new Reader(value).u32();
}

/** The bytes of the parachain's head as of a block of the relay chain. */
async function headAt(relay: ApiPromise, paraId: number, hash: string): Promise<Uint8Array> {
  const key = headKey(paraId);
  const value = (await storageAt(relay, [key], hash)).get(key);
  if (!value) throw new ReceiptRefused('WrongRelay', `the relay chain knows no parachain ${paraId}: this is another relay chain, or the parachain is not registered yet`);
  return decodeHead(value);
}

/** Whether the parachain's node has a block. If it has made another one of that number final, the head is of another chain. */
async function known(api: ApiPromise, { hash, number }: BlockHeader): Promise<boolean> {
  if (await rawHeader(api, hash)) return true;
  const { header: { number: last } } = await headerOf(api, (await api.rpc.chain.getFinalizedHead()).toHex());
  if (number > last) return false;
  throw new ReceiptRefused('WrongRelay', `the relay chain's head of the parachain, block ${number}, is not this chain's: this is another relay chain, or the number is another parachain's`);
}

/** What shows that a justification of the relay chain makes a head of the parachain final. */
async function evidenceOf(relay: ApiPromise, paraId: number, head: Uint8Array, bytes: Uint8Array): Promise<RelayEvidence> {
  const above = await finalBlock(relay, bytes);
  const proof = await readProof(relay, [headKey(paraId)], above.header.hash);
  const shown = unsound(() => headIn(above.header, proof, paraId));
  if (!equal(shown, head)) throw new ReceiptRefused('Unsound', 'the relay chain\'s node proves another head than it told');
  return {
    genesis: relay.genesisHash.toHex() as Hex, paraId, header: above.headerBytes,
    setId: above.setId, justification: above.justification, proof,
  };
}

/** Says of what a node sent that it does not fit together. */
function unsound<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ReceiptInvalid)) throw error;
    throw new ReceiptRefused('Unsound', error.why, { cause: error });
  }
}

/** A start's file: a block of a chain, and what of its state leads to the authorities behind it. */
export interface StartFile extends Beginning {
  format: typeof START_FORMAT;
  version: typeof FORMAT_VERSION;
}

/**
 * The start at the last final block of a chain, for whoever shall verify without its past. Whoever uses it compares the
 * block's hash with a source of their own: it pins all that is in the file.
 */
export async function fetchStart(relay: ApiPromise): Promise<{ file: StartFile; block: BlockHeader }> {
  return unpruned(RELAY_STATES, async () => {
    const hash = (await relay.rpc.chain.getFinalizedHead()).toHex();
    const { header: block, headerBytes } = await headerOf(relay, hash);
    if (block.number === 0) throw new ReceiptRefused('NotFinal', 'nothing is final yet but block 0');
    const proof = await readProof(relay, [authoritiesKey(), setKey(), genesisKey()], hash);
    const file: StartFile = { format: START_FORMAT, version: FORMAT_VERSION, header: headerBytes, proof };
    const { genesis } = unsound(() => fromStart(file, block.hash));
    if (genesis !== relay.genesisHash.toHex()) throw new ReceiptRefused('Unsound', 'the chain\'s state names another genesis than its node');
    return { file, block };
  });
}
