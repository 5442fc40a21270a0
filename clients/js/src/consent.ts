/** Consent: asking, granting, withdrawing, and deciding on what is final. */
import type { ApiPromise } from '@polkadot/api';
import {
  actions, dataClasses, labels as labelMask, purposes,
  type Action, type DataClass, type Purpose, type Role, type SensitivityLabel,
} from './codes.js';
import { best, finalised, type Snapshot } from './connect.js';
import { QueryFailed } from './errors.js';
import { numberOf, okOf } from './query.js';
import { eventOf, type Call, type Included } from './tx.js';

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

export interface Decision {
  verdict: 'Permit' | 'Deny' | 'Emergency' | 'LawfulBasis';
  /** The chain's own word for why: `Directive 3`, `Default`, `Veto`, `State`, `Credential` ... */
  why: string;
  /** The block whose state answered, and its time. */
  block: number;
  moment: number;
}

/** What is asked for, or granted. */
export interface Scope {
  actions: Action[];
  purposes: Purpose[];
  classes: DataClass[];
  /** From when the data is, in seconds since 1970; data of any age unless given. */
  data?: { from: number; until: number };
}

const ALWAYS = { from: 0, until: '18446744073709551615' };

const encodeScope = (scope: Scope) => ({
  actions: actions(...scope.actions),
  purposes: purposes(...scope.purposes),
  classes: dataClasses(...scope.classes),
  labels: labelMask(),
  data: scope.data ?? ALWAYS,
});

/** A scope, and for how long. */
export interface Access extends Scope {
  /** When it ends, in seconds since 1970. It begins with the block that makes it. */
  until: number;
  /** By when copies must be erased, in seconds since 1970; as the law says unless given. */
  eraseAfter?: number;
}

const encodeAccess = (access: Access) => ({
  scope: encodeScope(access),
  until: access.until,
  maxUses: null,
  rediscloseDepth: 0,
  eraseAfter: access.eraseAfter ?? null,
});

/** Whom a directive is about. */
export type Grantee =
  | 'Any'
  | { organisation: number; role?: Role }
  | { practitioner: string };

const encodeGrantee = (grantee: Grantee) => {
  if (grantee === 'Any') return { Any: null };
  if ('practitioner' in grantee) return { Practitioner: grantee.practitioner };
  const { organisation, role } = grantee;
  return role === undefined ? { Organisation: organisation } : { RoleAt: [organisation, role] };
};

/** For whom at the asking organisation: all of it, a role, or the one who signs. */
export type RequestFor = 'Organisation' | 'Requester' | { role: Role };

/**
 * Asks a patient for access; signed by whoever acts for the organisation. `terms` commits to the
 * document that the patient is asked to agree to.
 */
export const requestAccess = (
  api: ApiPromise,
  organisation: number,
  patient: string,
  requestFor: RequestFor,
  access: Access,
  terms: string,
): Call => api.tx.consent.requestAccess(
  organisation, patient, typeof requestFor === 'string' ? requestFor : { Role: requestFor.role },
  encodeAccess(access), terms,
);

/** The number that a request was given. */
export const requestedAs = (included: Included): number =>
  numberOf(eventOf(included, 'consent', 'AccessRequested')['request'] as number);

/** Approves a request with an access that is no more than was asked for; signed by the patient. */
export const approve = (api: ApiPromise, request: number, access: Access): Call =>
  api.tx.consent.approve(request, encodeAccess(access));

/** Declines a request; free. */
export const decline = (api: ApiPromise, request: number): Call => api.tx.consent.decline(request);

/** Lets somebody do something, on the patient's own initiative. */
export const permit = (api: ApiPromise, grantee: Grantee, access: Access): Call =>
  api.tx.consent.permit(encodeGrantee(grantee), encodeAccess(access));

/** Forbids somebody something, until a moment. */
export const deny = (api: ApiPromise, grantee: Grantee, scope: Scope, until: number): Call =>
  api.tx.consent.deny(encodeGrantee(grantee), encodeScope(scope), until);

/** The number of the directive that `approve` or `permit` made. */
export const grantedAs = (included: Included): number =>
  numberOf(eventOf(included, 'consent', 'PermitGranted')['directive'] as number);

/** Ends a Permit in this block; by any live key of the patient, free. A second time is an error. */
export const revoke = (api: ApiPromise, directive: number): Call => api.tx.consent.revoke(directive);

/** Forbids a purpose whoever was permitted; by any live key of the patient, free. */
export const vetoPurpose = (api: ApiPromise, purpose: Purpose): Call => api.tx.consent.vetoPurpose(purpose);

const encodeActor = (actor: Actor) => {
  if ('own' in actor) return { Own: actor.own };
  const { organisation, practitioner } = actor;
  return practitioner === undefined
    ? { Organisation: organisation }
    : { Practitioner: { who: practitioner, organisation } };
};

const encodeQuestion = (question: Question) => ({
  subject: question.subject,
  actor: encodeActor(question.actor),
  purpose: question.purpose,
  action: question.action,
  class: question.dataClass,
  labels: labelMask(...(question.labels ?? [])),
  dataTime: question.dataTime ?? null,
  at: question.at ?? null,
});

/** What the state of one block answers. Prefer {@link decideSafely} before acting on a Permit. */
export async function decideAt(at: Snapshot, question: Question): Promise<Decision> {
  const verdict = okOf(await at.api.call.consentApi.decide(encodeQuestion(question)), 'the consent decision');
  const inner = verdict.inner as unknown as { type?: string; value?: { toString(): string } };
  const why = inner.type ? `${inner.type} ${inner.value?.toString() ?? ''}`.trim() : verdict.inner.toString();
  return { verdict: verdict.type, why, block: at.number, moment: at.moment };
}

export interface SafeDecision {
  permitted: boolean;
  best: Decision;
  finalised: Decision;
  /** In words, with the blocks on which it rests. */
  reason: string;
}

/**
 * Asks the best and the finalised state. Permitted only if **both** say Permit; refused if either
 * does not: a Permit that could still be undone is none, and a revocation counts at once.
 *
 * A question that one of the states cannot answer (it does not know the patient yet, or the moment
 * asked about is not final yet) counts as Deny there.
 */
export async function decideSafely(api: ApiPromise, question: Question): Promise<SafeDecision> {
  const ask = async (at: Snapshot): Promise<Decision> => {
    try {
      return await decideAt(at, question);
    } catch (error) {
      if (!(error instanceof QueryFailed)) throw error;
      return { verdict: 'Deny', why: error.reason, block: at.number, moment: at.moment };
    }
  };
  const [inBest, inFinalised] = await Promise.all([
    best(api).then(ask),
    finalised(api).then(ask),
  ]);
  const permitted = inBest.verdict === 'Permit' && inFinalised.verdict === 'Permit';
  const words = ({ verdict, why, block }: Decision): string => `${verdict} (${why}) at block ${block}`;
  return {
    permitted,
    best: inBest,
    finalised: inFinalised,
    reason: `best state ${words(inBest)}, finalised state ${words(inFinalised)}`,
  };
}
