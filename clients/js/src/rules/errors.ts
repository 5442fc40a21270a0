/** Why the rules, run without a node, gave no answer. */
import { SalusError } from '../errors.js';

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

/** Why an input has no answer: it is too long, is no encoding of an input, goes on behind its end, or is an unsound claim. */
export type Fault =
  | { kind: 'TooLong' | 'Malformed' | 'Trailing' }
  | { kind: 'Adjudication'; error: ClaimError }
  /** A receipt that proves nothing: the word of `salus-verify` for why, and its sentence. */
  | { kind: 'Receipt'; code: string; why: string };

const inWords = (fault: Fault): string => {
  if (fault.kind === 'Receipt') return fault.why;
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
