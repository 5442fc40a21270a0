/** The file of a decision receipt: a question of consent, the answer, and what shows that the chain gave it. */
import type { Action, DataClass, Hex, Purpose, SensitivityLabel } from '@salus/types';
import type { FORMAT_VERSION, LATER_VERSION, RelayEvidence, Votes } from './format.js';

export const DECISION_FORMAT = 'salus-decision';

export const ACTOR_KINDS = ['Organisation', 'Practitioner', 'Own'] as const;

/** Who asked: an organisation as such, a person who acts for one, or the patient by a key of the handle. */
export interface DecisionActor {
  kind: (typeof ACTOR_KINDS)[number];
  /** The number of the organisation; `null` for the patient. */
  organisation: number | null;
  /** The account of the person or of the patient; `null` for an organisation as such. */
  account: Hex | null;
}

/** What was asked. */
export interface DecisionQuestion {
  /** The patient's handle. */
  subject: Hex;
  actor: DecisionActor;
  purpose: Purpose;
  action: Action;
  dataClass: DataClass;
  /** Every sensitivity label of the data, none of them twice. */
  labels: SensitivityLabel[];
  /** From when the data is, in seconds since 1970, in decimal digits; `null` if unknown. */
  dataTime: string | null;
  /** As of which moment the answer is, in seconds since 1970, in decimal digits. */
  at: string;
}

export const VERDICTS = ['Permit', 'Deny', 'Emergency', 'LawfulBasis'] as const;
/**
 * Which rules a verdict can rest on; those in `NUMBERED` say which directive, emergency or relationship. `SealedDirective` is an
 * answer with openings, which the chain never gives: `salus-verify` refuses it by that name (`needs-opening`), and none is made.
 */
export const RULES = {
  Permit: ['Directive', 'SealedDirective', 'Own', 'Base'],
  Deny: ['Directive', 'SealedDirective', 'Sealed', 'Default', 'Veto', 'State', 'Credential'],
  Emergency: ['Emergency'],
  LawfulBasis: ['TreatmentRelationship'],
} as const;
export const NUMBERED: readonly string[] = ['Directive', 'SealedDirective', 'Sealed', 'Emergency', 'TreatmentRelationship'];
export type Rule = (typeof RULES)[keyof typeof RULES][number];

/** What was answered, and by which rule. */
export interface DecisionVerdict {
  kind: (typeof VERDICTS)[number];
  rule: Rule;
  /** The number of the directive, emergency or relationship, in decimal digits; `null` for the other rules. */
  number: string | null;
}

interface Body {
  format: typeof DECISION_FORMAT;
  genesis: Hex;
  /** The SCALE header of the block whose state shows it: not earlier than the question's moment. */
  header: Hex;
  /** Nodes of the state trie, each once. */
  proof: Hex[];
  /** The `spec_version` of the runtime by whose rules it was answered. */
  specVersion: number;
  question: DecisionQuestion;
  verdict: DecisionVerdict;
}

/** Of a block that authorities of the same chain made final. */
export interface OwnDecision extends Body {
  version: typeof FORMAT_VERSION;
  finality: Votes;
}

/** Of a parachain's block, which the relay chain made final. */
export interface ParachainDecision extends Body {
  version: typeof LATER_VERSION;
  finality: { relay: RelayEvidence };
}

/**
 * A decision receipt. It names the patient, and its proof holds the patient's directives: it is for whoever may see why
 * something was let or refused, and for nobody else.
 */
export type DecisionReceipt = OwnDecision | ParachainDecision;
