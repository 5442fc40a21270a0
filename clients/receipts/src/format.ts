/** The files: receipts, and the trail of authority sets. JSON; bytes as `0x` and hexadecimal digits. */
import { decodeHeader, decodeJustification, type Authority, type BlockHeader } from './grandpa.js';
import { flawOf } from './majority.js';
import { TrailBroken } from './errors.js';
import { hexToU8a } from '@polkadot/util';
import type { Form, Hex } from '@salus/types';

export const RECEIPT_FORMAT = 'salus-receipt';
export const TRAIL_FORMAT = 'salus-trail';
export const START_FORMAT = 'salus-start';
export const FORMAT_VERSION = 1;
/** Of receipts under a relay chain, and of trails that do not begin at genesis. */
export const LATER_VERSION = 2;

/** One record of a receipt: where it is anchored, and what opens its commitment but for the record itself. */
export interface ReceiptRecord {
  author: number;
  /** The slot, in decimal digits. */
  seq: string;
  form: Form;
  salt: Hex;
  /** BLAKE2b-256 of the record's bytes in the form. */
  digest: Hex;
  /** Its place in the batch, or null if it is anchored alone. */
  leaf: { index: string; path: Hex[] } | null;
  /** A hint at the record's file. Chosen by the maker: not proven, and not to name a person. */
  name?: string;
}

/** Who made a block final: the number of the authority set, and its votes. */
export interface Votes {
  setId: number;
  justification: Hex;
}

/** A final block of a relay chain that names the receipt's block as the head of a parachain. */
export interface RelayEvidence extends Votes {
  /** The relay chain's genesis hash. */
  genesis: Hex;
  paraId: number;
  /** The SCALE header of the relay chain's block. */
  header: Hex;
  /** Nodes of its state trie that lead to the parachain's head. */
  proof: Hex[];
}

interface Body {
  format: typeof RECEIPT_FORMAT;
  genesis: Hex;
  /** The SCALE header of the block. */
  header: Hex;
  /** Nodes of the state trie, each once. */
  proof: Hex[];
  records: ReceiptRecord[];
}

/** A proof of one or more records as of one block, which authorities of the same chain made final. It names no patient. */
export interface OwnReceipt extends Body {
  version: typeof FORMAT_VERSION;
  finality: Votes;
}

/** The same of a parachain's block, which the relay chain made final. Its proof says which chain it is as well. */
export interface ParachainReceipt extends Body {
  version: typeof LATER_VERSION;
  finality: { relay: RelayEvidence };
}

export type Receipt = OwnReceipt | ParachainReceipt;

/** The last block of an authority set, which names the next set, and the old set's signatures under it. */
export interface Handoff {
  header: Hex;
  justification: Hex;
}

/** How the authority sets of a chain followed one another since genesis, or since a later set. */
export interface Trail {
  format: typeof TRAIL_FORMAT;
  version: typeof FORMAT_VERSION | typeof LATER_VERSION;
  genesis: Hex;
  /** The set that the first hand-off ends; only in version 2, and otherwise 0. */
  from?: number;
  handoffs: Handoff[];
}

/** Where a trail ends, or begins: the set that signs now, as far as it tells, and the block that named it. */
export interface TrailEnd {
  setId: number;
  /** Unknown only where the trail is empty and the genesis set was not given. */
  authorities: Authority[] | undefined;
  /** The last hand-off's block, or the block that was begun from; 0 if there is none. */
  number: number;
}

/**
 * Follows a trail from genesis, and checks each hand-off: its block names a next set without delay, comes
 * after the one before, and was signed by the set before. Signatures under the first hand-off are
 * checked only if the genesis set is given, which the raw chain spec proves.
 */
export const followTrail = (handoffs: readonly Handoff[], genesisSet?: readonly Authority[]): TrailEnd =>
  followFrom({ setId: 0, authorities: genesisSet && [...genesisSet], number: 0 }, handoffs);

/** The same from another beginning, of which `handoffs` are the next. */
export const followFrom = (begin: TrailEnd, handoffs: readonly Handoff[]): TrailEnd =>
  handoffs.reduce(step, begin);

/** Where a trail ends, as it says itself: signatures under its first hand-off are not checked. */
export const endOf = ({ from = 0, handoffs }: Trail): TrailEnd => followFrom({ setId: from, authorities: undefined, number: 0 }, handoffs);

/** The end of a trail that ended at `end` and goes on with `handoff`. */
export function step(end: TrailEnd, handoff: Handoff): TrailEnd {
  const header = decodeHeader(hexToU8a(handoff.header));
  const { number, change } = header;
  const which = `hand-off ${end.setId}, block ${number}`;
  if (!change) throw new TrailBroken(`${which}: the block names no next authority set`);
  if (change.forced) throw forcedChange(header);
  if (change.delay !== 0) throw new TrailBroken(`${which}: the change is delayed by ${change.delay} blocks`);
  if (number <= end.number) throw new TrailBroken(`${which}: it does not come after block ${end.number}`);
  const justification = decodeJustification(hexToU8a(handoff.justification));
  if (justification.target !== header.hash) {
    throw new TrailBroken(`${which}: the justification is for block ${justification.number}, ${justification.target}`);
  }
  const flaw = end.authorities && flawOf(justification, header, BigInt(end.setId), end.authorities);
  if (flaw) throw new TrailBroken(`${which}: ${flaw}`);
  return { setId: end.setId + 1, authorities: change.authorities, number };
}

export const forcedChange = ({ number }: BlockHeader): TrailBroken => new TrailBroken(
  `block ${number} forces a change of the authority set, which its set did not sign; verifiers need a checkpoint from there on`,
);
