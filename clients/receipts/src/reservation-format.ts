/** The file of a reservation receipt: which query of which custodian, and what shows what the chain has of it. */
import type { Hex } from '@salus/types';
import type { FORMAT_VERSION, LATER_VERSION, RelayEvidence, Votes } from './format.js';

export const RESERVATION_FORMAT = 'salus-reservation';

interface Body {
  format: typeof RESERVATION_FORMAT;
  genesis: Hex;
  /** The SCALE header of the block whose state shows it. */
  header: Hex;
  /** Nodes of the state trie, each once. */
  proof: Hex[];
  /** The organisation that reserved. */
  custodian: number;
  /** The number of the query among those of its population, in decimal digits. */
  query: string;
}

/** Of a block that authorities of the same chain made final. */
export interface OwnReservation extends Body {
  version: typeof FORMAT_VERSION;
  finality: Votes;
}

/** Of a parachain's block, which the relay chain made final. */
export interface ParachainReservation extends Body {
  version: typeof LATER_VERSION;
  finality: { relay: RelayEvidence };
}

/** A reservation receipt. It says nothing of what was reserved: all of that is read out of the proof. It names no patient. */
export type ReservationReceipt = OwnReservation | ParachainReservation;
