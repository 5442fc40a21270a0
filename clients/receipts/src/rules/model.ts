/**
 * What the rules take and answer, in the terms of this SDK. The rules read nothing else: whoever asks them states all of it, and
 * must have it from somewhere that is to be trusted.
 */
import type { Opening as SealedOpening, SealedContent as PlainContent, SealedDirective as ChainSealed } from '@salus/client/sealed';
import type {
  Action, AdvanceDirective, BaseDecision, Basis, CarePolicy, DataClass, Effect, Grantee, OrgKind, PatientState, Purpose, Question as ChainQuestion,
  Reason, Role, SensitivityLabel,
} from '@salus/types';
import type { Benefit, BenefitCategory, ClaimLine, Coordination, LineResult, PlanTerms, Totals } from '@salus/types/claims';
import type { Whole } from '@salus/types/scale';

/** Seconds since 1970, of 64 bits. */
export type Moment = Whole;

/** A half-open interval: `until` is the first moment outside. */
export interface Interval {
  from: Moment;
  until: Moment;
}

/** All of time, as the chain writes it. */
export const ALWAYS: Interval = { from: 0n, until: 2n ** 64n - 1n };

/** A question as `decideSafely` takes it, but for the width of its moments. Its `at` is not read: see {@link Case.at}. */
export interface Question extends Omit<ChainQuestion, 'dataTime' | 'at'> {
  dataTime?: Moment;
  at?: Moment;
}

export const END_REASONS = ['Revoked', 'Lifted', 'Replaced'] as const;

/** A directive as the chain holds it, with its number. */
export interface Directive {
  number: number;
  effect: Effect;
  grantee: Grantee;
  scope: {
    actions: readonly Action[];
    purposes: readonly Purpose[];
    classes: readonly DataClass[];
    labels: readonly SensitivityLabel[];
    /** From when the data is; {@link ALWAYS} where that does not matter. */
    data: Interval;
  };
  period: Interval;
  maxUses?: number;
  rediscloseDepth: number;
  eraseAfter?: Moment;
  grantedBy: 'Key' | { mandate: number };
  basis: 'SelfMade' | { request: number };
  /** When it ended before its time, and why. */
  ended?: { at: Moment; why: (typeof END_REASONS)[number] };
}

export interface Veto {
  purpose: Purpose;
  from: Moment;
  /** Since when it holds no more. */
  until?: Moment;
}

/** A care relationship with its number. */
export interface Relationship {
  number: Whole;
  organisation: number;
  period: Interval;
  /** When it ended before its time. */
  ended?: Moment;
}

export interface OptOut {
  towards: 'Everybody' | { organisation: number };
  from: Moment;
  /** Since when it holds no more. */
  until?: Moment;
}

/** An emergency with its number: who may read which classes of data, and when. */
export interface EmergencyAccess {
  number: number;
  who: string;
  organisation: number;
  classes: readonly DataClass[];
  period: Interval;
}

/** What the chain holds of a sealed directive, as `sealedAt` and `sealedDirectives` give it, but for the width of its moments. */
export interface SealedDirective extends Omit<ChainSealed, 'from' | 'until' | 'ended'> {
  from: Moment;
  until: Moment;
  /** When it ended before its time: a Permit was revoked, a Deny lifted. */
  ended?: Moment | undefined;
}

/** What a sealed directive says, as `openingFrom` gives it, but for the width of its moments. */
export interface SealedContent extends Omit<PlainContent, 'data' | 'eraseAfter'> {
  /** Of any time unless given; without an end unless that is. */
  data?: { from: Moment; until?: Moment };
  eraseAfter?: Moment;
}

/** What opens a sealed directive. */
export interface Opening extends Omit<SealedOpening, 'content'> {
  content: SealedContent;
}

/** Everything that a decision depends on, as it was at the moment `at`. Lists are in any order. */
export interface Case {
  question: Question;
  /** The moment for which the answer is given. */
  at: Moment;
  /** Of the subject's handle. */
  state: PatientState;
  /** What the registry and the subject's keys say of the actor. */
  standing: {
    /** Whether the account is a live key of the subject, for viewing. */
    ownKey: boolean;
    /** Of which kinds the organisation holds a licence. */
    kinds: readonly OrgKind[];
    /** In which roles the practitioner is affiliated to the organisation. */
    roles: readonly Role[];
  };
  /** Of the subject, past and present. */
  vetoes: readonly Veto[];
  /** Of the subject, at least all that are in force. */
  directives: readonly Directive[];
  /** The subject's base decision at `at`, as `baseDecisionAt` tells it: a Permit whose term is over is `Unset`. */
  base: BaseDecision;
  care: {
    policy: CarePolicy;
    /** Of the subject, at least all with the actor's organisation that last. */
    relationships: readonly Relationship[];
    /** Of the subject, past and present. */
    optOuts: readonly OptOut[];
  };
  emergency: {
    advance: AdvanceDirective;
    /** At least all of the actor that last. */
    accesses: readonly EmergencyAccess[];
  };
  /** What the subject has said without saying it on the chain. */
  sealed: {
    /** Of the chain: every commitment binds it. */
    genesisHash: string;
    /**
     * When the actor could not be denied in plain, at least as far as that began by `at`: when the organisation was flagged, because its
     * very name says something about its patients, and when the practitioner was affiliated to one that was flagged then. They may
     * overlap. The runtime API `refused_times` of the registry tells them.
     */
    flagged: readonly Interval[];
    /** Of the subject, at least all that are in force. */
    directives: readonly SealedDirective[];
    /** What whoever decides was given, each with the number of the directive that it is for. Those that do not match mean nothing. */
    openings: readonly { sealed: number; opening: Opening }[];
  };
}

/** The answer to a {@link Case}, and why. */
export type Verdict =
  | { verdict: 'Permit'; why: Basis }
  | { verdict: 'Deny'; why: Exclude<Reason, { kind: 'Unanswered' }> }
  /** Not by consent: under the emergency with that number. It is reviewed. */
  | { verdict: 'Emergency'; why: { kind: 'Emergency'; emergency: number } }
  /** Not by consent: within the care relationship with that number. */
  | { verdict: 'LawfulBasis'; why: { kind: 'TreatmentRelationship'; relationship: bigint } };

/** An opening, and what the chain holds of the sealed directive that it is for. */
export interface Disclosure {
  /** Of the chain. */
  genesisHash: string;
  patient: string;
  directive: SealedDirective;
  opening: Opening;
  /** The moment that is asked about. */
  at: Moment;
}

/**
 * Whether a directive is in force at a moment: it begins later, it is in force, its time is over, or it ended before. A Permit is
 * `Revoked`, a Deny `Lifted`; an upgrade of the rules may have `Replaced` it by one that permits less.
 */
export type Force = 'NotYet' | 'InForce' | 'RunOut' | (typeof END_REASONS)[number];

/** What a sealed directive says to whoever has its opening. */
export interface Disclosed {
  /** What it says holds only if this is `InForce`. */
  force: Force;
  /** Whether it lets or forbids. */
  effect: Effect;
  content: SealedContent;
  from: Moment;
  /** The first moment at which it is in force no more, as far as was known when it was read from the chain. */
  until: Moment;
}

export const COORDINATIONS: readonly Coordination[] = ['HigherAllowed', 'OwnAllowed'];
export const AMOUNT_LIMITS: readonly NonNullable<Benefit['amountLimit']>['kind'][] = ['Considered', 'Paid'];

/** A version of a plan, as far as the arithmetic goes. */
export type Plan = Pick<PlanTerms, 'deductible' | 'outOfPocketMaximum' | 'coordination' | 'benefits'>;

/** What a member has used of a plan in its period. Of a category that is not there, nothing. */
export interface Accumulators {
  deductible: bigint;
  outOfPocket: bigint;
  usage: Partial<Record<BenefitCategory, { visits: number; amount: bigint }>>;
}

export const DENIALS = [
  'BeforeCoverage', 'AfterCoverage', 'FilingLimit', 'Duplicate', 'LacksInformation', 'ProviderNotEligible', 'NonCovered',
  'AuthorisationAbsent',
] as const;
export type Denial = (typeof DENIALS)[number];

/** A line, as far as the arithmetic goes. */
export interface Line extends Omit<ClaimLine, 'detail'> {
  /** The live authorisation: the most units, and the most that is allowed for them. */
  authorisation?: { quantity: number; amount: bigint };
  /** A reason to deny the line that the caller has found. It comes before every other. */
  denial?: Denial;
  /** What the payers before did: what they paid, and what the last of them left to the patient. */
  prior?: { paid: bigint; patientResponsibility: bigint };
}

/** A claim, the plan, and what was used of it before. */
export interface Claim {
  plan: Plan;
  before: Accumulators;
  lines: readonly Line[];
}

/** What becomes of a {@link Claim}. */
export interface Adjudication {
  /** One for each line, in their order. */
  results: LineResult[];
  totals: Totals;
  /** After the claim. */
  accumulators: Accumulators;
}
