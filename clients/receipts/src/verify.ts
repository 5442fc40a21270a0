/**
 * Verifying a receipt with nothing but files, in the steps of `salus-verify` and with its codes. There is one notion of
 * finality: the chain's own authorities, or a relay chain's and its word for the parachain's head.
 */
import { hexToU8a } from '@polkadot/util';
import { blake2, bytes32, commitDigest, digest as digestOf, equal, toHex, verifyPath, type Form, type Hex } from '@salus/types';
import { Reader } from '@salus/types/scale';
import { ReceiptInvalid } from './errors.js';
import type { Receipt, ReceiptRecord, RelayEvidence } from './format.js';
import { decodeHeader, type BlockHeader } from './grandpa.js';
import { genesisKey, headKey, retractionKey, slotKey, timeKey } from './keys.js';
import type { Sets, Signers } from './sets.js';
import { decodeAnchor, retractionInWords, successorInWords } from './slot.js';
import { StorageProof } from './trie.js';

/** What whoever verifies believes: none of it may come from whoever made the receipt. */
export type Trust = Sets | Parachain;

/** A parachain of a relay chain. */
export interface Parachain {
  /** The relay chain's sets. */
  relay: Sets;
  /** The parachain's number there. */
  paraId: number;
  /**
   * The parachain's own genesis hash. The number alone does not say which chain it is: the relay chain's governance may
   * give it to another. Whoever verifies trusts that governance, which can replace a parachain's code and head.
   */
  genesis: Hex;
}

const isParachain = (trust: Trust): trust is Parachain => 'relay' in trust;

/** The relay chain's block that names the receipt's. */
export interface RelayBlock {
  number: number;
  hash: Hex;
  /** The block from which the relay chain's sets were followed, unless it is its genesis. */
  start: { number: number; hash: Hex } | undefined;
}

/** Why a record does not stand. */
export type Ending = { ended: 'Retracted' | 'Superseded'; words: string };

/** A receipt whose block is final, and whose proof is of that block's state. */
export class OpenedReceipt {
  readonly block: BlockHeader;
  /** Who made it final; of a parachain, the relay chain's set, which made that one's block final. */
  readonly signers: Signers;
  /** The relay chain's block that names it, of a parachain. */
  readonly relay: RelayBlock | undefined;
  /** Seconds since 1970, of the block. */
  readonly time: number;
  readonly #state: StorageProof;

  /** Checks all of a receipt that is not about one record. Throws {@link ReceiptInvalid}, or `IntegrityBroken` for bytes that do not decode. */
  constructor(readonly receipt: Receipt, trust: Trust) {
    const { block, signers, relay, state } = open('receipt', receipt, trust);
    [this.block, this.signers, this.relay, this.#state] = [block, signers, relay, state];
    const time = this.#state.get(hexToU8a(timeKey()));
    this.time = time ? Number(new Reader(time).u64() / 1000n) : 0;
  }

  /** The entries of the receipt that are for `record`, by its digest: none is a refusal, and several are rare. */
  find(record: Uint8Array): ReceiptRecord[] {
    const { records } = this.receipt;
    const [only, ...more] = records as [ReceiptRecord, ...ReceiptRecord[]];
    const digests = new Map<Form, Uint8Array | undefined>();
    for (const { form } of records) {
      if (digests.has(form)) continue;
      // What is not of a form is nobody's digest in it.
      try {
        digests.set(form, digestOf(record, form));
      } catch (error) {
        if (more.length === 0) throw new ReceiptInvalid('not-fhir-json', (error as Error).message);
        digests.set(form, undefined);
      }
    }
    const found = records.filter(({ form, digest }) => {
      const own = digests.get(form);
      return own !== undefined && equal(own, bytes32(digest));
    });
    if (found.length > 0) return found;
    throw more.length === 0
      ? new ReceiptInvalid('changed', `it is not the record of this receipt: its digest is not ${only.digest}`)
      : new ReceiptInvalid('not-in-receipt', 'it is none of the records of this receipt: it was changed, or is another');
  }

  /**
   * Checks that what `entry` of the receipt is for was anchored, and answers how it stood at the block: `Current`, or how it had
   * ended, in words too.
   */
  verify(entry: ReceiptRecord): 'Current' | Ending {
    const { author, form, leaf, salt, digest } = entry;
    const seq = BigInt(entry.seq);
    const where = `slot ${seq} of organisation ${author}`;
    const read = (key: Hex): Uint8Array | undefined => this.#state.get(hexToU8a(key));
    const value = read(slotKey('Anchors', author, seq));
    if (!value) throw new ReceiptInvalid('not-anchored', `${where} was empty at the receipt's block`);
    const slot = decodeAnchor(value);
    if (slot.form !== form) throw new ReceiptInvalid('other-form', `${where} is in another form`);
    const commitment = commitDigest(bytes32(salt), form, bytes32(digest));
    if (slot.leaves === undefined) {
      if (leaf) throw new ReceiptInvalid('path-unexpected', `${where} is a single record`);
      if (!equal(slot.commitment, commitment)) throw new ReceiptInvalid('not-opened', `salt and digest do not open the commitment in ${where}`);
    } else {
      if (!leaf) throw new ReceiptInvalid('path-missing', `${where} is a batch`);
      const path = { index: Number(leaf.index), leaves: slot.leaves, path: leaf.path.map(bytes32) };
      if (!verifyPath(slot.commitment, commitment, path)) throw new ReceiptInvalid('not-in-batch', `the record is not number ${leaf.index} of the batch in ${where}`);
    }
    // All are read: a proof that leaves one open is no proof. A leaf is never retracted after its batch.
    const ofLeaf = leaf ? read(retractionKey(author, seq, BigInt(leaf.index))) : undefined;
    const ofSlot = read(retractionKey(author, seq));
    const successor = read(slotKey('Successors', author, seq));
    const retraction = ofLeaf ?? ofSlot;
    if (retraction) return { ended: 'Retracted', words: retractionInWords(retraction) };
    return successor ? { ended: 'Superseded', words: successorInWords(successor) } : 'Current';
  }
}

/** What all receipts have. */
export type Evidence = Pick<Receipt, 'genesis' | 'header' | 'finality' | 'proof'>;

/** A block that is final, who made it so, and its state as far as a proof shows it. */
export interface Opened {
  block: BlockHeader;
  signers: Signers;
  relay: RelayBlock | undefined;
  state: StorageProof;
}

/** Checks of a receipt, which is called `what`, that its block is final and of the chain that is meant. */
export function open(what: string, receipt: Evidence, trust: Trust): Opened {
  if (receipt.genesis !== trust.genesis) {
    throw new ReceiptInvalid('other-genesis', `the ${what} is of another chain: its genesis is ${receipt.genesis}, not ${trust.genesis}`);
  }
  const block = decodeHeader(hexToU8a(receipt.header));
  const { signers, relay } = finality(receipt, block, trust);
  const state = proofOf(block, receipt.proof);
  if (isParachain(trust)) ofChain(state, trust);
  return { block, signers, relay, state };
}

const proofOf = ({ stateRoot }: BlockHeader, nodes: readonly Hex[]): StorageProof =>
  new StorageProof(stateRoot, nodes.map((node) => hexToU8a(node)));

interface Final {
  signers: Signers;
  relay: RelayBlock | undefined;
}

/** Throws unless the receipt's block is final by whom `trust` names. */
function finality({ finality: evidence }: Pick<Evidence, 'finality'>, block: BlockHeader, trust: Trust): Final {
  if (isParachain(trust)) {
    if (!('relay' in evidence)) {
      throw new ReceiptInvalid('not-under-relay', 'the receipt\'s block is said to be final by authorities of its own chain, and that is a parachain, which has none');
    }
    return named(evidence.relay, block, trust);
  }
  if ('relay' in evidence) {
    const { paraId, genesis } = evidence.relay;
    throw new ReceiptInvalid('relay-not-pinned', `the receipt's block became final by the relay chain ${genesis}, as a block of parachain ${paraId}, and it was not said which relay chain and which parachain to believe`);
  }
  return { signers: trust.judge(block, evidence), relay: undefined };
}

/** The block of the relay chain, which is final and names `block` as the parachain's head. */
function named(evidence: RelayEvidence, block: BlockHeader, { relay, paraId }: Parachain): Final {
  if (evidence.genesis !== relay.genesis) {
    throw new ReceiptInvalid('other-relay', `the receipt is under another relay chain: that one's genesis is ${evidence.genesis}, not ${relay.genesis}`);
  }
  if (evidence.paraId !== paraId) throw new ReceiptInvalid('other-para', `the receipt is of another parachain: of number ${evidence.paraId}, not ${paraId}`);
  const above = decodeHeader(hexToU8a(evidence.header));
  let signers: Signers;
  try {
    signers = relay.judge(above, evidence);
  } catch (error) {
    if (!(error instanceof ReceiptInvalid)) throw error;
    throw new ReceiptInvalid(error.code, `block ${above.number} of the relay chain is not proven to be final: ${error.why}`);
  }
  const head = headIn(above, evidence.proof, paraId);
  if (toHex(blake2(head)) !== block.hash) {
    throw new ReceiptInvalid('other-head', `relay block ${above.number} names another head of parachain ${paraId} than the receipt's block ${block.number}`);
  }
  return { signers, relay: { number: above.number, hash: above.hash, start: relay.start } };
}

/** The head of a parachain that a proof shows in the state of a relay chain's block. */
export function headIn(relay: BlockHeader, nodes: readonly Hex[], paraId: number): Uint8Array {
  const state = proofOf(relay, nodes);
  if (!state.hasRoot) {
    throw new ReceiptInvalid('other-relay-state', `the proof of the parachain's head is of another relay block's state: it has nothing of the state of block ${relay.number}`);
  }
  const value = state.lookUp(hexToU8a(headKey(paraId)));
  if (value === 'open') {
    throw new ReceiptInvalid('head-unproven', `the proof of the parachain's head does not lead to parachain ${paraId} in relay block ${relay.number}: nodes are missing from it, or it is for another parachain`);
  }
  if (!value) throw new ReceiptInvalid('no-head', `relay block ${relay.number} knows no parachain ${paraId}`);
  return decodeHead(value);
}

/** The bytes of the header that a relay chain keeps as a parachain's head. */
export function decodeHead(value: Uint8Array): Uint8Array {
  const reader = new Reader(value);
  const head = reader.bytes();
  reader.end();
  return head;
}

/** Throws unless the state of a parachain's block says that it is of the chain that is meant. */
function ofChain(state: StorageProof, { paraId, genesis }: Parachain): void {
  const found = state.get(hexToU8a(genesisKey()));
  if (!found || toHex(found) !== genesis) {
    throw new ReceiptInvalid('other-parachain', `parachain ${paraId} is another chain by now: the genesis that its state names is ${found ? toHex(found) : 'missing'}, not ${genesis}`);
  }
}
