/** Why the rules, run without a node, gave no answer. */
import { SalusError } from '@salus/types/errors';

/** What is wrong with a line of a claim, in the words of the rules. */
export const LINE_ERRORS = [
  'ZeroQuantity', 'PriorAboveCharge', 'Unbalanced', 'ZeroAdjustment', 'RepeatedAdjustment', 'WrongGroup', 'PaidThoughDenied',
  'TooManyAdjustments', 'WrongCategory', 'WrongResponsibility', 'WrongUsage', 'AboveOpen', 'WholeCharge',
] as const;
export type LineError = (typeof LINE_ERRORS)[number];

/** What is wrong with a claim, its plan, or what was used of it. `Line` has a {@link LineError} besides. */
export const CLAIM_ERRORS = [
  'NoLines', 'TooManyLines', 'UnsoundPlan', 'LimitExceeded', 'AccumulatorOverflow', 'NotAccumulated', 'TotalOverflow', 'CountMismatch',
  'Line',
] as const;
export type ClaimError =
  | { kind: Exclude<(typeof CLAIM_ERRORS)[number], 'Line'> }
  /** `index` counts the lines from 0. */
  | { kind: 'Line'; index: number; error: LineError };

/**
 * Why an opening opens nothing. `Mismatch`: the commitment on the chain is to something else (another content, salt, effect, number,
 * patient or chain). `IllFormed`: it says what no directive with this effect and this beginning can say, or its salt is all zeros.
 * `UnknownVersion`: the directive was made under a version of the chain's code lists that these rules do not know, and later ones do.
 */
export const OPENING_ERRORS = ['Mismatch', 'IllFormed', 'UnknownVersion'] as const;
export type OpeningError = (typeof OPENING_ERRORS)[number];

/**
 * Why a receipt proves nothing: `code` is the word that `salus-verify --json` has for it (`docs/receipts.md`), `why` its sentence. `malformed`:
 * a file is not as it must be; else the files can be read, and prove nothing.
 */
export interface ReceiptFlaw {
  malformed: boolean;
  code: string;
  why: string;
}

/** Why an input has no answer: it is too long, is no encoding of an input, goes on behind its end, is an unsound claim, a wrong opening, or a receipt that proves nothing. */
export type Fault =
  | { kind: 'TooLong' | 'Malformed' | 'Trailing' }
  | { kind: 'Adjudication'; error: ClaimError }
  | { kind: 'Opening'; error: OpeningError }
  | { kind: 'Receipt'; error: ReceiptFlaw };

const inWords = (fault: Fault): string => {
  if (fault.kind === 'Opening') return `the opening does not open the directive (${fault.error})`;
  if (fault.kind === 'Receipt') return `the receipt proves nothing (${fault.error.code}): ${fault.error.why}`;
  if (fault.kind !== 'Adjudication') return fault.kind;
  const { error } = fault;
  return error.kind === 'Line' ? `${error.error} in line ${error.index + 1}` : error.kind;
};

/** The rules have no answer to this input. `fault` says why. */
export class RulesRefused extends SalusError {
  constructor(readonly fault: Fault) {
    super(`the rules have no answer: ${inWords(fault)}`);
  }
}

/** An opening does not open the sealed directive that it is said to be of, and says nothing about it. `why` says in which way. */
export class WrongOpening extends RulesRefused {
  constructor(readonly why: OpeningError) {
    super({ kind: 'Opening', error: why });
  }
}

/** A receipt, or another file that it is judged with, proves nothing. `code` and `malformed` are those of {@link ReceiptFlaw}. */
export class ReceiptUnproven extends RulesRefused {
  readonly code: string;
  readonly malformed: boolean;

  constructor(flaw: ReceiptFlaw) {
    super({ kind: 'Receipt', error: flaw });
    this.code = flaw.code;
    this.malformed = flaw.malformed;
  }
}

/** The bytes are no module of the rules, or one of another version than this SDK is for. */
export class RulesUnusable extends SalusError {
  constructor(why: string, options?: ErrorOptions) {
    super(`these are no rules that can be used: ${why}`, options);
  }
}

/** The module ended a call without an answer: it had no memory left. It answers nothing any more; load it again. */
export class RulesFailed extends SalusError {
  constructor(why: string, options?: ErrorOptions) {
    super(`the rules failed: ${why}`, options);
  }
}
