/** Consent as values: what is asked and granted, what the chain decides, and what of that may be told. */
import type { Action, DataClass, Purpose, Role, SensitivityLabel } from './codes.js';

/** Who asks: a system of an organisation, a person who acts for one, or the patient. */
export type Actor =
  | { organisation: number; practitioner?: string }
  | { own: string };

/** May `actor` do `action` with this data of `subject`, for this purpose, at this moment? */
export interface Question {
  subject: string;
  actor: Actor;
  purpose: Purpose;
  action: Action;
  dataClass: DataClass;
  /** Every sensitivity label that the data bears. */
  labels?: SensitivityLabel[];
  /** From when the data is, in seconds since 1970; unknown unless given. */
  dataTime?: number | undefined;
  /** As of which moment, in seconds since 1970; now unless given. */
  at?: number | undefined;
}

/** Why the chain permits: a directive of the patient, plain or sealed and opened; the patient's own access, or the patient's base decision. */
export type Basis =
  | { kind: 'Directive'; directive: number }
  | { kind: 'SealedDirective'; sealed: number }
  | { kind: 'Own' } | { kind: 'Base' };

/**
 * Why it does not: a directive, plain or sealed and opened; a sealed denial (`Sealed`) that could be about the question and for
 * which there is no opening; nothing that would permit, a veto of the purpose, the state of the handle, or the actor's
 * credential. `Unanswered` if the state could not answer at all, with its own word for why.
 */
export type Reason =
  | { kind: 'Directive'; directive: number }
  | { kind: 'Sealed' | 'SealedDirective'; sealed: number }
  | { kind: 'Default' } | { kind: 'Veto' } | { kind: 'State' } | { kind: 'Credential' }
  | { kind: 'Unanswered'; error: string };

/** A reason that this SDK does not know: of a runtime that is newer. */
export interface Unknown {
  kind: 'Unknown';
  name: string;
}

/** What the chain answers, and why. `verdict` says which reasons there can be, and `kind` which it is. */
export type Decision = {
  /** The block whose state answered, and its time. */
  block: number;
  moment: number;
} & (
  | { verdict: 'Permit'; why: Basis | Unknown }
  | { verdict: 'Deny'; why: Reason | Unknown }
  /** The emergency with that number lets; it does not rest on consent. */
  | { verdict: 'Emergency'; why: { kind: 'Emergency'; emergency: number } }
  /** A law or the network's rules let: a care relationship, by its number; it does not rest on consent. */
  | { verdict: 'LawfulBasis'; why: { kind: 'TreatmentRelationship'; relationship: number } | Unknown }
);

/** What is asked for, or granted. */
export interface Scope {
  actions: Action[];
  purposes: Purpose[];
  classes: DataClass[];
  /** From when the data is; data of any age unless given. */
  data?: DataTime;
}

/** From when data is, in seconds since 1970: from `from` on, up to, not including, `until`; without an end unless that is given. */
export interface DataTime {
  from: number;
  until?: number;
}

/** Over how many hands data may be passed on at most. */
export const MAX_REDISCLOSE_DEPTH = 2;

/** A scope, and for how long. A limit on uses is not offered: the chain counts none yet, and so takes none. */
export interface Access extends Scope {
  /** When it ends, in seconds since 1970. It begins with the block that makes it. */
  until: number;
  /** By when copies must be erased, in seconds since 1970; as the law says unless given. */
  eraseAfter?: number;
  /** Over how many hands the data may be passed on, 1 or 2. With the action `Redisclose`, and only with it. */
  rediscloseDepth?: number;
}

/** Whom a directive is about. */
export type Grantee =
  | 'Any'
  | { organisation: number; role?: Role }
  /** A person: at each organisation that employs it or, with `at`, for that one alone. */
  | { practitioner: string; at?: number };

/** A directive: what a patient has said, or, read from elsewhere, is proposed to say. */
export interface ConsentDirective {
  effect: 'Permit' | 'Deny';
  /** The patient's handle, `0x` and 64 digits. */
  patient: string;
  grantee: Grantee;
  scope: Scope;
  /** Which labelled data it reaches beside ordinary data; of a Deny, which alone. Sealed on the chain, if there are any. */
  labels: SensitivityLabel[];
  /** When it is in force, in Unix seconds: from `from` up to, not including, `until`. */
  from: number;
  until: number;
  /** By when copies must be erased, in Unix seconds. */
  eraseAfter?: number;
  /** Over how many hands the data may be passed on. */
  rediscloseDepth?: number;
}

/** Whether a decision lets: by consent, in an emergency, or on a lawful basis that this SDK knows. What it does not know may oblige to something: it lets nothing. */
export const allows = ({ verdict, why }: Pick<Decision, 'verdict' | 'why'>): boolean =>
  verdict === 'Permit' || verdict === 'Emergency' || (verdict === 'LawfulBasis' && why.kind !== 'Unknown');

/** Why, in a few words: `Directive 3`, `Default`, `Veto` ... */
export function whyInWords(why: Decision['why']): string {
  switch (why.kind) {
    case 'Directive': return `Directive ${why.directive}`;
    case 'Sealed': case 'SealedDirective': return `${why.kind} ${why.sealed}`;
    case 'Emergency': return `Emergency ${why.emergency}`;
    case 'TreatmentRelationship': return `TreatmentRelationship ${why.relationship}`;
    case 'Unanswered': return why.error;
    case 'Unknown': return why.name;
    default: return why.kind;
  }
}

export interface SafeDecision {
  /** Whether both states let: by a Permit, in an emergency, or on another lawful basis. The `verdict` says which. */
  permitted: boolean;
  best: Decision;
  finalised: Decision;
  /** In words, with the blocks on which it rests. If there were openings, it is as secret as they are: see {@link toldOf}. */
  reason: string;
}

/** What is left of a decision for whoever asked, and for logs, receipts and AuditEvents that leave the house. */
export type Told =
  | { verdict: 'Permit' | 'Deny' }
  | { verdict: 'Emergency'; emergency: number }
  | { verdict: 'LawfulBasis'; relationship: number };

/**
 * Reduces a decision to what may be told. **A decision that was made with openings is as secret as the openings**: that `SealedDirective 7`, a
 * number that everybody sees, lets or refuses somebody says whom it is about; and any other reason says of an opened directive that it is
 * about somebody else. So no reason of a yes or a no is told. An emergency and a care relationship are: they stand on the chain, and
 * oblige to something.
 *
 * Tell this of **every** decision about a patient who has a sealed directive in force (`sealed.sealedInForceAt`), also of one that was made without
 * openings: else whoever asked learns from the form of an answer which house was given an opening.
 */
export function toldOf({ permitted, best }: SafeDecision): Told {
  if (!permitted) return { verdict: 'Deny' };
  const { why } = best;
  switch (why.kind) {
    case 'Emergency': return { verdict: 'Emergency', emergency: why.emergency };
    case 'TreatmentRelationship': return { verdict: 'LawfulBasis', relationship: why.relationship };
    default: return { verdict: 'Permit' };
  }
}

/** What {@link toldOf} leaves, in words, with the blocks on which it rests: for whoever asked, and for logs. */
export function toldInWords(decision: SafeDecision): string {
  const told = toldOf(decision);
  const { best, finalised } = decision;
  const number = told.verdict === 'Emergency' ? ` ${told.emergency}` : told.verdict === 'LawfulBasis' ? ` (relationship ${told.relationship})` : '';
  return `${told.verdict}${number}, by the states of blocks ${best.block} and ${finalised.block}`;
}
