/** Making a receipt: everything it will claim is checked first, from the very proof that goes into it. */
import type { ApiPromise } from '@polkadot/api';
import { hexToU8a } from '@polkadot/util';
import type { AnchorRef } from '@salus/client/anchors';
import { bytes32, commitDigest, digest as digestOf, equal, toHex, verifyPath, type Form, type Hex } from '@salus/types';
import { duration } from '@salus/types/arguments';
import { ReceiptRefused } from './errors.js';
import { awaitJustification, finalBlock, headerOf, readProof, storageAt, storedJustification, type FinalBlock } from './finality.js';
import { FORMAT_VERSION, RECEIPT_FORMAT, type OwnReceipt, type ReceiptRecord } from './format.js';
import type { BlockHeader } from './grandpa.js';
import { decodeAnchor, keysOf, listOf, retractionInWords, subjectsPrefix, successorInWords, type SlotKeys } from './slot.js';
import { StorageProof } from './trie.js';

/** A record to be proven: the record itself or its digest, what opens its commitment, and where it is anchored. */
export interface ReceiptRequest {
  /** The slot and, of a batch, the path: as `anchors.anchoredAt` and `MerkleTree.path` give them. */
  anchor: AnchorRef;
  salt: Uint8Array | string;
  /** `Bytes` unless told. */
  form?: Form;
  /** The record's bytes as stored, or else `digest`. */
  record?: Uint8Array;
  /** BLAKE2b-256 of the record's bytes in its form. */
  digest?: Uint8Array | string;
  /** A hint for the reader at the record's file. It is shown to whoever sees the receipt: name no person in it. */
  name?: string;
}

/** What may be said of every receipt. */
export interface CommonOptions {
  /** Make it also for a record that was retracted or superseded by then, or has been since. */
  allowEnded?: boolean;
  /** How long to wait for the next justification, in milliseconds. 120,000 unless told. */
  timeout?: number;
}

export interface MakeOptions extends CommonOptions {
  /**
   * Prove the state of this block, or of the next one whose justification the node keeps. The node must
   * still hold that state: an archive node does. Unless told, the first block that becomes final and is not
   * older than the best one of now.
   */
  at?: number;
}

/** How far behind a block a kept justification is looked for. Nodes keep one every 32 blocks. */
const BLOCKS_BEHIND = 512;

export interface Wanted {
  request: ReceiptRequest;
  keys: SlotKeys;
  called: string;
  digest: Uint8Array;
}

/**
 * Makes a receipt for one record or many, which share one proof. Throws {@link ReceiptRefused} if any of
 * them is not what its slot holds, does not stand any more, or cannot be proven from this node; a RangeError if none
 * is asked for, or one twice.
 */
export async function make(api: ApiPromise, requests: readonly ReceiptRequest[], options: MakeOptions = {}): Promise<OwnReceipt> {
  const timeout = patience(options);
  const wanted = wantedOf(api, requests);
  if (!('grandpa' in api.query)) {
    throw new ReceiptRefused('WrongRelay', 'this chain has no authorities that make its blocks final: of a parachain, a receipt needs a connection to the relay chain too');
  }
  const { at } = options;
  return unpruned('ask an archive node, or leave out `at`', async () => {
    const best = (await api.rpc.chain.getBlockHash()).toHex();
    await standing(api, wanted, best, options);
    if (at !== undefined) return receiptAt(api, wanted, await finalBlock(api, await keptFrom(api, at)), options);
    const { header: { number: now } } = await headerOf(api, best);
    return awaitJustification(api, timeout, async (bytes, { target, number }) => {
      // An older block may not have the record yet, or may not know yet what has become of it.
      if (number < now || !await allThere(api, wanted, target)) return undefined;
      return receiptAt(api, wanted, await finalBlock(api, bytes), options);
    });
  });
}

/** How long to wait for the next justification, in milliseconds. */
export const patience = ({ timeout = 120_000 }: CommonOptions): number => duration(timeout, 'timeout');

/** The requests with what is asked for them. None of them may be there twice. */
export function wantedOf(api: ApiPromise, requests: readonly ReceiptRequest[]): Wanted[] {
  if (requests.length === 0) throw new RangeError('a receipt without records proves nothing');
  const wanted = requests.map((request) => wantedBy(api, request));
  const places = new Set<Hex>();
  for (const { keys, called } of wanted) {
    const place = keys.leafRetraction ?? keys.anchor;
    if (places.has(place)) throw new RangeError(`${called} is asked for twice, and verifiers refuse that`);
    places.add(place);
  }
  return wanted;
}

/** Whether the slots of all hold something at a block. */
export async function allThere(api: ApiPromise, wanted: readonly Wanted[], hash: string): Promise<boolean> {
  const there = await storageAt(api, wanted.map(({ keys }) => keys.anchor), hash);
  return wanted.every(({ keys }) => there.has(keys.anchor));
}

function wantedBy(api: ApiPromise, request: ReceiptRequest): Wanted {
  const { anchor: { org, seq, proof }, form, record, digest } = request;
  if ((record === undefined) === (digest === undefined)) throw new RangeError('a record, or else its digest, makes a receipt');
  return {
    request,
    keys: keysOf(api, org, seq, proof?.index),
    called: `${request.name ?? 'the record'} in slot ${org}/${seq}${proof ? `, leaf ${proof.index}` : ''}`,
    digest: record ? digestOf(record, form) : bytes32(digest as Uint8Array | string),
  };
}

/** Refuses before any waiting what is not anchored, or does not stand now. */
export async function standing(api: ApiPromise, wanted: Wanted[], best: string, { allowEnded, at }: MakeOptions): Promise<void> {
  const found = await storageAt(api, wanted.flatMap(({ keys }) => listOf(keys)), best);
  for (const { keys, called } of wanted) {
    // As of a past block it may have been there, and evicted or shredded since.
    if (!found.has(keys.anchor) && at === undefined) throw notAnchored(called, 'now');
    if (!allowEnded) refuseEnded(called, keys, (key) => found.get(key), 'now');
  }
}

const notAnchored = (called: string, when: string): ReceiptRefused => new ReceiptRefused(
  'NotAnchored', `${called} is not anchored ${when}: the slot is empty; it never was, or was evicted or shredded`,
);

function refuseEnded(called: string, keys: SlotKeys, read: (key: Hex) => Uint8Array | undefined, when: string): void {
  // A leaf is never retracted after its batch, so its own retraction is the earlier one.
  const retraction = (keys.leafRetraction && read(keys.leafRetraction)) ?? read(keys.retraction);
  if (retraction) {
    throw new ReceiptRefused('Retracted', `${called} does not stand ${when}: retracted (${retractionInWords(retraction)})`);
  }
  const successor = read(keys.successor);
  if (successor) {
    throw new ReceiptRefused('Superseded', `${called} does not stand ${when}: superseded (${successorInWords(successor)})`);
  }
}

/** The justification that the node keeps with block `number` or the next that has one. */
export async function keptFrom(api: ApiPromise, number: number): Promise<Uint8Array> {
  const { header: { number: last } } = await headerOf(api, (await api.rpc.chain.getFinalizedHead()).toHex());
  if (number > last) throw new ReceiptRefused('NotFinal', `block ${number} is not final: the last final one is ${last}`);
  const until = Math.min(last, number + BLOCKS_BEHIND);
  for (let n = number; n <= until; n++) {
    const found = await storedJustification(api, (await api.rpc.chain.getBlockHash(n)).toHex());
    if (found) return found;
  }
  throw new ReceiptRefused('NotFinal', `the node keeps no justification of a block from ${number} to ${until}`);
}

async function receiptAt(api: ApiPromise, wanted: Wanted[], block: FinalBlock, options: MakeOptions): Promise<OwnReceipt> {
  const { header, headerBytes, justification, setId } = block;
  const { nodes, records } = await provenAt(api, wanted, header, options);
  return {
    format: RECEIPT_FORMAT, version: FORMAT_VERSION,
    genesis: api.genesisHash.toHex() as Hex,
    header: headerBytes, finality: { setId, justification }, proof: nodes, records,
  };
}

/** What is proven of all records in the state of a block, and of `more` keys; the proof says all that is said here. */
export async function provenAt(
  api: ApiPromise,
  wanted: readonly Wanted[],
  header: BlockHeader,
  options: CommonOptions,
  more: readonly Hex[] = [],
): Promise<{ nodes: Hex[]; records: ReceiptRecord[] }> {
  const keys = new Set([...wanted.flatMap((each) => listOf(each.keys)), api.query.timestamp.now.key() as Hex, ...more]);
  const nodes = await readProof(api, [...keys], header.hash);
  const proof = new StorageProof(header.stateRoot, nodes.map((node) => hexToU8a(node)));
  refuseSubjects(api, keys, proof);
  const when = `at block ${header.number}`;
  const records = wanted.map((each) => proven(each, (key) => proof.get(hexToU8a(key)), when, options));
  return { nodes, records };
}

/**
 * Neither may a key of the map of subjects be asked for, nor may a node on the way to another key hold one:
 * a stranger who is shown the receipt would learn the patient's handle.
 */
function refuseSubjects(api: ApiPromise, asked: Iterable<Hex>, proof: StorageProof): void {
  const prefix = subjectsPrefix(api);
  for (const key of [...asked, ...proof.keys()]) {
    if (key.startsWith(prefix)) throw new ReceiptRefused('Revealing', 'the proof would hold a patient\'s handle');
  }
}

/** What the receipt says of one record, once its proof says so too. */
function proven(
  { request, keys, called, digest }: Wanted,
  read: (key: Hex) => Uint8Array | undefined,
  when: string,
  { allowEnded }: CommonOptions,
): ReceiptRecord {
  const { anchor: { org, seq, proof: path }, form = 'Bytes', name } = request;
  const salt = bytes32(request.salt);
  const value = read(keys.anchor);
  if (!value) throw notAnchored(called, when);
  const slot = decodeAnchor(value);
  if (slot.form !== form) throw new ReceiptRefused('WrongForm', `${called} was anchored in the form ${slot.form}, not ${form}`);
  const commitment = commitDigest(salt, form, digest);
  const other = 'the record was changed, or this is not its salt';
  if (slot.leaves === undefined) {
    if (path) throw new ReceiptRefused('PathUnexpected', `${called}: the slot holds one record and no batch`);
    if (!equal(slot.commitment, commitment)) throw new ReceiptRefused('WrongRecord', `${called} has another commitment: ${other}`);
  } else {
    if (!path) throw new ReceiptRefused('PathRequired', `${called}: the slot is a batch of ${slot.leaves}, and no path is given`);
    if (path.leaves !== slot.leaves) {
      throw new ReceiptRefused('WrongPath', `${called}: the path is of a tree of ${path.leaves}, and the batch has ${slot.leaves}`);
    }
    if (!verifyPath(slot.commitment, commitment, path)) {
      throw new ReceiptRefused('WrongPath', `${called} does not lead to the batch's root: ${other}, or not its path`);
    }
  }
  // Read in any case: a proof that lacks their absence is no proof.
  const ended = listOf(keys).slice(1).filter((key) => read(key) !== undefined);
  if (ended.length > 0 && !allowEnded) refuseEnded(called, keys, read, when);
  return {
    author: org, seq: String(seq), form, salt: toHex(salt), digest: toHex(digest),
    leaf: path ? { index: String(path.index), path: path.path.map(toHex) } : null,
    ...(name === undefined ? {} : { name }),
  };
}

/** Says in words that the node has dropped a state, and what helps. */
export async function unpruned<T>(remedy: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    if (!/state already discarded/i.test((error as Error).message)) throw error;
    throw new ReceiptRefused('StatePruned', `the node holds the state of that block no more: ${remedy}`, { cause: error });
  }
}
