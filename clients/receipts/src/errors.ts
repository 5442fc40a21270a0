/** Why a receipt or a trail was not made. */
import { SalusError } from '@salus/types';
import { JSON_FAULTS } from '@salus/types/json';

export type RefusalReason =
  /** The slot holds nothing at that block: never anchored, or evicted or shredded since. */
  | 'NotAnchored'
  /** Record, salt, form or path are not those of what was anchored. */
  | 'WrongForm' | 'WrongRecord' | 'WrongPath' | 'PathRequired' | 'PathUnexpected'
  /** Its author took it back, or a newer version followed. */
  | 'Retracted' | 'Superseded'
  /** The node holds the state of that block no more. */
  | 'StatePruned'
  /** The chain is a parachain and the relay chain is missing, or the other way round, or it is another parachain's. */
  | 'WrongRelay'
  /** No justification was heard in time, or none is kept near that block. */
  | 'NotFinal'
  /** What the node sent does not fit together: another block, another set, a broken proof. */
  | 'Unsound'
  /** The proof would say something of a patient. */
  | 'Revealing'
  /** Of a decision: the chain has no answer to the question, or answers by rules, or out of a storage, that this SDK does not know. */
  | 'Unanswered' | 'UnknownRules';

/** A receipt was not made. Nothing was written. */
export class ReceiptRefused extends SalusError {
  constructor(readonly reason: RefusalReason, message: string, options?: ErrorOptions) {
    super(`no receipt: ${message}`, options);
  }
}

/**
 * How a file can be malformed, as the vectors and `salus-verify` name it: no JSON of one reading, and then: of another kind or version;
 * without a member, or with one that is not known; a value of another kind of JSON; one of the kind that is not written as it must be.
 */
export const FILE_FAULTS = [...JSON_FAULTS, 'other-format', 'member-missing', 'member-unknown', 'wrong-type', 'wrong-value'] as const;
export type FileFault = (typeof FILE_FAULTS)[number];

/** A file that belongs to receipts (`what` says which) is not as `docs/receipts.md` says that it must be. */
export class ReceiptMalformed extends SalusError {
  constructor(readonly what: string, readonly fault: FileFault, why: string, options?: ErrorOptions) {
    super(`the ${what} is malformed: ${why}`, options);
  }
}

/** A receipt does not prove what it says. `code` is the word that `salus-verify` has for why, where it has the same. */
export class ReceiptInvalid extends SalusError {
  constructor(readonly code: string, readonly why: string) {
    super(`not verified: ${why}`);
  }
}

/** The trail of authority sets cannot be told from this node, or does not lead on. */
export class TrailBroken extends SalusError {
  constructor(message: string, options?: ErrorOptions) {
    super(`no trail: ${message}`, options);
  }
}
