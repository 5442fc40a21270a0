/**
 * The chain's rules without a node: the consent decision and claims adjudication, by the same code as the chain's, and the verifier of
 * receipts, compiled to WebAssembly (`clients/wasm`, built by `scripts/wasm-rules.sh`). For recomputing an answer that was given, and for showing what an
 * answer would be. **It does not replace `decideSafely`**: what goes in is the caller's word, and is as old as the caller's data.
 */
import { Reader } from '@salus/types/scale';
import { decodeAdjudication, encodeClaim } from './adjudication.js';
import { decodeVerdict, encodeCase } from './decision.js';
import { loadEngine, type Engine } from './engine.js';
import {
  CLAIM_ERRORS, LINE_ERRORS, OPENING_ERRORS, ReceiptUnproven, RulesFailed, RulesRefused, RulesUnusable, WrongOpening, type ClaimError,
} from './errors.js';
import type { Adjudication, Case, Claim, Disclosed, Disclosure, Verdict } from './model.js';
import { decodeForce, encodeDisclosure } from './opening.js';
import {
  decodeProven, decodeProvenDecision, encodeClaimedDecision, encodePresentation, flawOf, type ClaimedDecision, type Presentation, type Proven,
  type ProvenDecision,
} from './receipt.js';
import { codeAt } from './codes.js';

export { encodeClaim } from './adjudication.js';
export { encodeCase } from './decision.js';
export { ABI_VERSION, loadEngine, MAX_FILES, MAX_INPUT } from './engine.js';
export type { Engine, Rule } from './engine.js';
export { ReceiptUnproven, RulesFailed, RulesRefused, RulesUnusable, WrongOpening } from './errors.js';
export type { ClaimError, Fault, LineError, OpeningError, ReceiptFlaw } from './errors.js';
export { encodeDisclosure } from './opening.js';
export { encodeClaimedDecision, encodePresentation } from './receipt.js';
export type {
  Beliefs, ClaimedDecision, Finality, JudgedRecord, Presentation, Proven, ProvenDecision, ReceiptFile, RecordStanding,
} from './receipt.js';
export { ALWAYS } from './model.js';
export type {
  Accumulators, Adjudication, Case, Claim, Denial, Directive, Disclosed, Disclosure, EmergencyAccess, Force, Interval, Line, Moment,
  Opening, OptOut, Plan, Question, Relationship, SealedContent, SealedDirective, Verdict, Veto,
} from './model.js';

const FAULTS = ['TooLong', 'Malformed', 'Trailing', 'Adjudication', 'Opening', 'Receipt'] as const;

function claimErrorOf(reader: Reader): ClaimError {
  const kind = codeAt(CLAIM_ERRORS, reader.u8());
  return kind === 'Line' ? { kind, index: reader.u8(), error: codeAt(LINE_ERRORS, reader.u8()) } : { kind };
}

function refusalOf(reader: Reader): RulesRefused {
  const kind = codeAt(FAULTS, reader.u8());
  if (kind === 'Opening') return new WrongOpening(codeAt(OPENING_ERRORS, reader.u8()));
  if (kind === 'Receipt') return new ReceiptUnproven(flawOf(reader));
  return new RulesRefused(kind === 'Adjudication' ? { kind, error: claimErrorOf(reader) } : { kind });
}

/** The value of an encoded answer; its fault as {@link RulesRefused}. */
export function answerOf<T>(bytes: Uint8Array, read: (reader: Reader) => T): T {
  const reader = new Reader(bytes);
  const refused = reader.u8();
  if (refused > 1) throw new RulesUnusable(`their answer begins with ${refused}`);
  const answer = refused === 1 ? refusalOf(reader) : read(reader);
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
   * What a sealed directive says, and whether that holds: for whoever was given its opening. Throws {@link WrongOpening} if the opening is
   * not of this directive, `InvalidArgument`, or {@link RulesFailed}.
   *
   * What the chain holds of the directive is the caller's to read, from a node that is to be trusted, and not long before: a directive that
   * was revoked since is told as in force. What a Permit lets, {@link Rules.decide} says: something else may forbid it.
   */
  openSealed(disclosure: Disclosure): Disclosed {
    const force = answerOf(this.#engine.call('open_sealed', encodeDisclosure(disclosure)), decodeForce);
    const { directive: { effect, from, until, ended }, opening: { content } } = disclosure;
    return { force, effect, content, from, until: ended !== undefined && BigInt(ended) < BigInt(until) ? ended : until };
  }

  /**
   * What a receipt proves of a record, by the code of `salus-verify`, without any node. Throws {@link ReceiptUnproven} with why it proves
   * nothing, `InvalidArgument`, or {@link RulesFailed}. Unlike `OpenedReceipt` it follows a forced change that somebody vouches for.
   *
   * **What the record was worth at the receipt's block**: look at `standing` of each record, and ask a node whether it still holds.
   */
  verifyReceipt(presentation: Presentation): Proven {
    return answerOf(this.#engine.call('verify_receipt', encodePresentation(presentation)), decodeProven);
  }

  /**
   * The answer of consent that a decision receipt proves, recomputed by the chain's rules from proven facts, without any node. Throws
   * {@link ReceiptUnproven} if it proves nothing, or another answer than it claims; `InvalidArgument`, or {@link RulesFailed}.
   *
   * **A receipt of a refusal is genuine too**: look at `verdict`, and at `question` for what it is about.
   */
  verifyDecision(claimed: ClaimedDecision): ProvenDecision {
    return answerOf(this.#engine.call('verify_decision', encodeClaimedDecision(claimed)), decodeProvenDecision);
  }
}

/** Loads the rules from the bytes of `salus_wasm_rules.wasm`. Throws {@link RulesUnusable} if they are not those that this SDK is for. */
export const load = async (source: BufferSource | WebAssembly.Module): Promise<Rules> => new Rules(await loadEngine(source));
