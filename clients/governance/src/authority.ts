import type { EnactmentClass } from './adapter.js';

/** Who may make a call. */
export type Authority =
  /** Two thirds of the Council, by a motion. */
  | { by: 'council' }
  /** Two thirds of the Technical Committee, by a motion. */
  | { by: 'technical' }
  /** Two thirds of the Council or two thirds of the Technical Committee, by a motion. */
  | { by: 'either' }
  /** Root, reached by two thirds of both bodies and a public delay: `enactment.approve`. */
  | { by: 'enactment'; class: EnactmentClass }
  /** A member of the body, signing alone. */
  | { by: 'seat' }
  /** Any account that signs. */
  | { by: 'anyone' }
  /** The account that the call concerns, by its signature; `who` says which. */
  | { by: 'signer'; who: string }
  /** A carrier: whoever may make all that it carries. */
  | { by: 'carrier' }
  /** The node that makes the block, or that noticed an equivocation. */
  | { by: 'node' }
  /** Nobody; `why` says why. */
  | { by: 'nobody'; why: string };
