/**
 * The chain's rules without a node: the consent decision and claims adjudication, by the same code as the chain's, and the verifier of
 * receipts, compiled to WebAssembly (`clients/wasm`, built by `scripts/wasm-rules.sh`). For recomputing an answer that was given, and for showing what an
 * answer would be. **It does not replace `decideSafely`**: what goes in is the caller's word, and is as old as the caller's data.
 */
import { Reader } from '../receipts/scale.js';
import { decodeAdjudication, encodeClaim } from './adjudication.js';
import { decodeVerdict, encodeCase } from './decision.js';
import { loadEngine, type Engine } from './engine.js';
import { CLAIM_ERRORS, LINE_ERRORS, RulesFailed, RulesRefused, RulesUnusable, type ClaimError, type Fault } from './errors.js';
import type { Adjudication, Case, Claim, Verdict } from './model.js';
import { decodeProven, encodePresentation, textOf, type Presentation, type Proven } from './receipt.js';
import { codeAt } from './scale.js';

export { encodeClaim } from './adjudication.js';
export { encodeCase } from './decision.js';
export { encodePresentation } from './receipt.js';
export type { File, Presentation, Proven, ProvenRecord, RecordStanding } from './receipt.js';
export { ABI_VERSION, loadEngine, MAX_INPUT, MAX_PRESENTATION } from './engine.js';
export type { Engine, Rule } from './engine.js';
export { RulesFailed, RulesRefused, RulesUnusable } from './errors.js';
export type { ClaimError, Fault, LineError } from './errors.js';
export { ALWAYS } from './model.js';
export type {
  Accumulators, Adjudication, AdvanceDirective, BaseDecision, CarePolicy, Case, Claim, Denial, Directive, EmergencyAccess, Interval, Line,
  Moment, OptOut, PatientState, Plan, Question, Relationship, Verdict, Veto,
} from './model.js';

const FAULTS = ['TooLong', 'Malformed', 'Trailing', 'Adjudication', 'Receipt'] as const;

function claimErrorOf(reader: Reader): ClaimError {
  const kind = codeAt(CLAIM_ERRORS, reader.u8());
  return kind === 'Line' ? { kind, index: reader.u8(), error: codeAt(LINE_ERRORS, reader.u8()) } : { kind };
}

function faultOf(reader: Reader): Fault {
  const kind = codeAt(FAULTS, reader.u8());
  if (kind === 'Receipt') return { kind, code: textOf(reader), why: textOf(reader) };
  return kind === 'Adjudication' ? { kind, error: claimErrorOf(reader) } : { kind };
}

/** The value of an encoded answer; its fault as {@link RulesRefused}. */
export function answerOf<T>(bytes: Uint8Array, read: (reader: Reader) => T): T {
  const reader = new Reader(bytes);
  const refused = reader.u8();
  if (refused > 1) throw new RulesUnusable(`their answer begins with ${refused}`);
  const answer = refused === 1 ? new RulesRefused(faultOf(reader)) : read(reader);
  reader.end();
  if (answer instanceof RulesRefused) throw answer;
  return answer;
}

/** The rules, loaded. */
export class Rules {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** What the chain answers in this case. Throws `InvalidArgument`, {@link RulesRefused} or {@link RulesFailed}. */
  decide(given: Case): Verdict {
    return answerOf(this.#engine.call('decide', encodeCase(given)), decodeVerdict);
  }

  /** What becomes of this claim. Throws `InvalidArgument`, {@link RulesRefused} with why it is unsound, or {@link RulesFailed}. */
  adjudicate(claim: Claim): Adjudication {
    return answerOf(this.#engine.call('adjudicate', encodeClaim(claim)), decodeAdjudication);
  }

  /**
   * What a receipt proves of a record, without any node. Throws `InvalidArgument`, {@link RulesRefused} with why it proves nothing, or
   * {@link RulesFailed}. Like `OpenedReceipt`, and it follows a forced change that somebody vouches for, too.
   */
  verify(presentation: Presentation): Proven {
    return answerOf(this.#engine.call('verify', encodePresentation(presentation)), decodeProven);
  }
}

/** Loads the rules from the bytes of `salus_wasm_rules.wasm`. Throws {@link RulesUnusable} if they are not those that this SDK is for. */
export const load = async (source: BufferSource | WebAssembly.Module): Promise<Rules> => new Rules(await loadEngine(source));
