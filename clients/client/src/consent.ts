/** Consent: asking, granting, withdrawing, and deciding on what is final. */
import type { ApiPromise } from '@polkadot/api';
import {
  ACTIONS, allows, BASE_DECISIONS, DATA_CLASSES, InvalidArgument, MAX_REDISCLOSE_DEPTH, PURPOSES, QueryFailed, ROLES, SalusError,
  SENSITIVITY_LABELS, whyInWords, type Access, type Actor, type BaseDecision, type DataTime, type Decision, type Grantee, type Purpose,
  type Question, type Role, type SafeDecision, type Scope, type Unknown,
} from '@salus/types';
import { account, code, hash, mask, moment, orgId, u32 } from '@salus/types/arguments';
import type { ApiAt, Snapshot } from './connect.js';
import { present, presentAsTold, type FreshnessOptions } from './freshness.js';
import { numberOf, okOf } from './query.js';
import { eventOf, type Call, type Included } from './tx.js';

/** What the chain takes for no end. */
export const FOREVER = 2n ** 64n - 1n;

/** Break-the-glass is no matter of directives and vetoes. */
const PLAIN_PURPOSES = PURPOSES.filter((purpose) => purpose !== 'Btg');

/** Of which time data is, as the chain has it: all of its time unless it is said. */
export function dataInterval(data: DataTime = { from: 0 }): { from: bigint; until: bigint } {
  const from = BigInt(moment(data.from, 'data.from'));
  const until = data.until === undefined ? FOREVER : BigInt(moment(data.until, 'data.until'));
  if (from >= until) throw new InvalidArgument('data', 'ends before it begins');
  return { from, until };
}

/** The mask of purposes that a directive can have. The bits are those of the whole list. */
export function purposesOf(purposes: readonly Purpose[]): number {
  mask(PLAIN_PURPOSES, purposes, 'purposes');
  return mask(PURPOSES, purposes, 'purposes');
}

function noLabels(labels: unknown): number {
  if (labels === undefined || (Array.isArray(labels) && labels.length === 0)) return 0;
  throw new InvalidArgument('labels', 'are said in sealed directives alone: a plain one would tell everybody');
}

/** Without labels: in plain they would disclose what they protect, and a Permit without them would let other data than was meant. */
const encodeScope = (scope: Scope & { labels?: unknown }) => ({
  actions: mask(ACTIONS, scope.actions, 'actions'),
  purposes: purposesOf(scope.purposes),
  classes: mask(DATA_CLASSES, scope.classes, 'classes'),
  labels: noLabels(scope.labels),
  data: dataInterval(scope.data),
});

function encodeAccess(access: Access) {
  const { until, eraseAfter, rediscloseDepth = 0 } = access;
  const scope = encodeScope(access);
  if (!Number.isInteger(rediscloseDepth) || rediscloseDepth < 0 || rediscloseDepth > MAX_REDISCLOSE_DEPTH) {
    throw new InvalidArgument('rediscloseDepth', `is ${rediscloseDepth}, and must be 1 to ${MAX_REDISCLOSE_DEPTH} hands`);
  }
  if (access.actions.includes('Redisclose') !== rediscloseDepth > 0) {
    throw new InvalidArgument('rediscloseDepth', 'is given with the action Redisclose, and only with it');
  }
  return {
    scope, until: moment(until, 'until'), maxUses: null, rediscloseDepth,
    eraseAfter: eraseAfter === undefined ? null : moment(eraseAfter, 'eraseAfter'),
  };
}

const encodeGrantee = (grantee: Grantee) => {
  if (grantee === 'Any') return { Any: null };
  if ('practitioner' in grantee) {
    const who = account(grantee.practitioner, 'practitioner');
    return grantee.at === undefined ? { Practitioner: who } : { PractitionerAt: [who, orgId(grantee.at, 'at')] };
  }
  const organisation = orgId(grantee.organisation);
  return grantee.role === undefined ? { Organisation: organisation } : { RoleAt: [organisation, code(ROLES, grantee.role, 'role')] };
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
  orgId(organisation), hash(patient, 'patient'),
  typeof requestFor === 'string' ? code(['Organisation', 'Requester'], requestFor, 'requestFor') : { Role: code(ROLES, requestFor.role, 'role') },
  encodeAccess(access), hash(terms, 'terms'),
);

/** The number that a request was given. */
export const requestedAs = (included: Included): number =>
  numberOf(eventOf(included, 'consent', 'AccessRequested')['request'] as number);

/** Approves a request with an access that is no more than was asked for; signed by the patient. */
export const approve = (api: ApiPromise, request: number, access: Access): Call =>
  api.tx.consent.approve(u32(request, 'request'), encodeAccess(access));

/** Declines a request; free. */
export const decline = (api: ApiPromise, request: number): Call => api.tx.consent.decline(u32(request, 'request'));

/** Takes a request that has run out off the chain, and gives its deposit back; signed by anybody. */
export const expireRequest = (api: ApiPromise, patient: string, request: number): Call =>
  api.tx.consent.expireRequest(hash(patient, 'patient'), u32(request, 'request'));

/** Takes no more requests from an organisation; by any live key of the patient. */
export const blockRequester = (api: ApiPromise, organisation: number): Call => api.tx.consent.blockRequester(orgId(organisation));

/** Asks to take requests from an organisation again: ready after a delay, see {@link applyLift}. */
export const unblockRequester = (api: ApiPromise, organisation: number): Call => api.tx.consent.unblockRequester(orgId(organisation));

/** Lets somebody do something, on the patient's own initiative. */
export const permit = (api: ApiPromise, grantee: Grantee, access: Access): Call =>
  api.tx.consent.permit(encodeGrantee(grantee), encodeAccess(access));

/** Forbids somebody something, until a moment. */
export const deny = (api: ApiPromise, grantee: Grantee, scope: Scope, until: number): Call =>
  api.tx.consent.deny(encodeGrantee(grantee), encodeScope(scope), moment(until, 'until'));

/** The number of the directive that `approve` or `permit` made. */
export const grantedAs = (included: Included): number =>
  numberOf(eventOf(included, 'consent', 'PermitGranted')['directive'] as number);

/** The number of the directive that `deny` made. */
export const deniedAs = (included: Included): number =>
  numberOf(eventOf(included, 'consent', 'DenialMade')['directive'] as number);

/** Ends a Permit in this block; by any live key of the patient, free. A second time is an error. */
export const revoke = (api: ApiPromise, directive: number): Call => api.tx.consent.revoke(u32(directive, 'directive'));

/** Asks to end a denial: ready after a delay, see {@link applyLift}. */
export const lift = (api: ApiPromise, directive: number): Call => api.tx.consent.lift(u32(directive, 'directive'));

/** Forbids a purpose whoever was permitted; by any live key of the patient, free. */
export const vetoPurpose = (api: ApiPromise, purpose: Purpose): Call => api.tx.consent.vetoPurpose(code(PLAIN_PURPOSES, purpose, 'purpose'));

/** Asks to end a veto: ready after a delay, see {@link applyLift}. */
export const liftVeto = (api: ApiPromise, purpose: Purpose): Call => api.tx.consent.liftVeto(code(PLAIN_PURPOSES, purpose, 'purpose'));

/** Makes the patient's base decision stricter, at once; signed by any live key of the patient, free. */
export const setBaseDecision = (api: ApiPromise, decision: BaseDecision): Call =>
  api.tx.consent.setBaseDecision(code(BASE_DECISIONS, decision, 'decision'));

/**
 * Asks for a looser base decision: ready after a delay, see {@link applyLift}. `Permit` lets whoever has a credential read and
 * export unlabelled data for two years, for every purpose but `Btg`, research and marketing among them, unless a denial or a veto speaks.
 */
export const relaxBaseDecision = (api: ApiPromise, decision: BaseDecision): Call =>
  api.tx.consent.relaxBaseDecision(code(BASE_DECISIONS, decision, 'decision'));

/** How long a base decision of `Permit` holds, in seconds: two years of 365 days. After that it is `Unset`. */
export const BASE_PERMIT_TERM = 63_072_000;

/** Which of a patient's base decisions, as {@link baseDecisions} has them, held at a moment. */
export function baseDecisionAt(decisions: readonly { from: number; decision: BaseDecision }[], at: number): BaseDecision {
  const made = decisions.findLast(({ from }) => from <= moment(at, 'at'));
  if (made === undefined) return 'Unset';
  return made.decision === 'Permit' && at >= made.from + BASE_PERMIT_TERM ? 'Unset' : made.decision;
}

/**
 * The patient's base decisions, past and present, the oldest first; each holds until the next begins, and `Permit` for
 * {@link BASE_PERMIT_TERM} at most: see {@link baseDecisionAt}. None: `Unset` from the beginning.
 */
export async function baseDecisions(api: ApiAt, patient: string): Promise<{ from: number; decision: BaseDecision }[]> {
  const found = await api.call.consentApi.baseDecisions(hash(patient, 'patient'));
  return found.map(({ from, decision }) => ({ from: numberOf(from), decision: decision.type }));
}

/** What a lift is to end: a denial, a veto, a block of requests, or a base decision that is stricter than the one named. */
export type LiftTarget = { directive: number } | { veto: Purpose } | { requester: number } | { baseDecision: BaseDecision };

function encodeTarget(target: LiftTarget) {
  if ('directive' in target) return { Directive: u32(target.directive, 'directive') };
  if ('veto' in target) return { Veto: code(PLAIN_PURPOSES, target.veto, 'veto') };
  if ('baseDecision' in target) return { BaseDecision: code(BASE_DECISIONS, target.baseDecision, 'baseDecision') };
  return { Requester: orgId(target.requester, 'requester') };
}

/** Carries out a lift whose delay is over, if the handle was not frozen meanwhile; signed by anybody. */
export const applyLift = (api: ApiPromise, patient: string, target: LiftTarget): Call =>
  api.tx.consent.applyLift(hash(patient, 'patient'), encodeTarget(target));

/** Stops a lift that waits; by any live key of the patient, free. */
export const cancelLift = (api: ApiPromise, target: LiftTarget): Call => api.tx.consent.cancelLift(encodeTarget(target));

const encodeActor = (actor: Actor) => {
  if ('own' in actor) return { Own: account(actor.own, 'own') };
  const organisation = orgId(actor.organisation);
  return actor.practitioner === undefined
    ? { Organisation: organisation }
    : { Practitioner: { who: account(actor.practitioner, 'practitioner'), organisation } };
};

/** A question as the chain takes it. */
export const encodeQuestion = (question: Question) => ({
  subject: hash(question.subject, 'subject'),
  actor: encodeActor(question.actor),
  purpose: code(PURPOSES, question.purpose, 'purpose'),
  action: code(ACTIONS, question.action, 'action'),
  class: code(DATA_CLASSES, question.dataClass, 'dataClass'),
  labels: mask(SENSITIVITY_LABELS, question.labels ?? [], 'labels', true),
  dataTime: question.dataTime === undefined ? null : moment(question.dataTime, 'dataTime'),
  at: question.at === undefined ? null : moment(question.at, 'at'),
});

interface Variant {
  type: string;
  value: { toString(): string };
}

const BASES = ['Own', 'Base'] as const;
const REASONS = ['Default', 'Veto', 'State', 'Credential'] as const;
/** Those that have the number of a sealed directive. */
const SEALED_BASES = ['SealedDirective'] as const;
const SEALED_REASONS = ['Sealed', 'SealedDirective'] as const;

/** A variant without a value, or with the number of a directive, by its name. */
function whyOf<K extends string, S extends string>(
  kinds: readonly K[],
  sealed: readonly S[],
  { type, value }: Variant,
): { kind: K } | { kind: 'Directive'; directive: number } | { kind: S; sealed: number } | Unknown {
  if (type === 'Directive') return { kind: 'Directive', directive: numberOf(value) };
  if (sealed.includes(type as S)) return { kind: type as S, sealed: numberOf(value) };
  return kinds.includes(type as K) ? { kind: type as K } : { kind: 'Unknown', name: type };
}

function basisInLaw({ type, value }: Variant): { kind: 'TreatmentRelationship'; relationship: number } | Unknown {
  return type === 'TreatmentRelationship' ? { kind: type, relationship: numberOf(value) } : { kind: 'Unknown', name: type };
}

/** What a verdict of the chain says, of the state `at`. */
export function decisionOf(verdict: { type: Decision['verdict']; inner: unknown }, { number: block, moment: time }: Snapshot): Decision {
  const at = { block, moment: time };
  const inner = verdict.inner as Variant;
  switch (verdict.type) {
    case 'Permit': return { ...at, verdict: 'Permit', why: whyOf(BASES, SEALED_BASES, inner) };
    case 'Deny': return { ...at, verdict: 'Deny', why: whyOf(REASONS, SEALED_REASONS, inner) };
    case 'Emergency': return { ...at, verdict: 'Emergency', why: { kind: 'Emergency', emergency: numberOf(inner) } };
    case 'LawfulBasis': return { ...at, verdict: 'LawfulBasis', why: basisInLaw(inner) };
    default: throw new SalusError(`the chain answers ${String(verdict.type)}, which this SDK does not know`);
  }
}

/**
 * What the state of one block answers, however old that block is. Prefer {@link decideSafely} before acting on a Permit.
 */
export async function decideAt(at: Snapshot, question: Question): Promise<Decision> {
  const verdict = okOf(await at.api.call.consentApi.decide(encodeQuestion(question)), 'the consent decision');
  return decisionOf(verdict, at);
}

/** How many questions {@link decideManyAt} asks at once at most. */
export const MAX_QUESTIONS = 256;

/**
 * What the state of one block answers to up to {@link MAX_QUESTIONS} questions, in their order, in one request. A question
 * that the state cannot answer is denied with the reason `Unanswered`; the others are answered all the same.
 */
export async function decideManyAt(at: Snapshot, questions: Question[]): Promise<Decision[]> {
  if (questions.length > MAX_QUESTIONS) throw new InvalidArgument('questions', `are ${questions.length}, and at most ${MAX_QUESTIONS} are answered at once`);
  const verdicts = okOf(await at.api.call.consentApi.decideMany(questions.map(encodeQuestion)), 'the consent decisions');
  return verdicts.map((result) => (result.isOk ? decisionOf(result.asOk, at) : unanswered(String(result.asErr), at)));
}

const unanswered = (error: string, { number: block, moment: time }: Snapshot): Decision =>
  ({ verdict: 'Deny', why: { kind: 'Unanswered', error }, block, moment: time });

/**
 * Asks the best and the finalised state of a node. Permitted only if **both** let; refused if either
 * does not: a Permit that could still be undone is none, and a revocation counts at once.
 *
 * Throws `StaleNode` if these are not the states of the present: a node that is cut off knows of no revocation. That is
 * not asked for a moment in the past (`at`), whose answer never changes.
 *
 * A question that one of the states cannot answer (it does not know the patient yet, or the moment
 * asked about is not final yet) counts as Deny there.
 */
export const decideSafely = (api: ApiPromise, question: Question, freshness: FreshnessOptions = {}): Promise<SafeDecision> =>
  safely(api, question, freshness, decideAt);

/** How the state of one block is asked. */
export type Decide = (at: Snapshot, question: Question) => Promise<Decision>;

/** What {@link decideSafely} does, whichever way a state is asked: with openings or without. */
export async function safely(api: ApiPromise, question: Question, freshness: FreshnessOptions, decide: Decide): Promise<SafeDecision> {
  const read = question.at === undefined ? present : presentAsTold;
  return decideIn(await read(api, freshness), question, decide);
}

/** The same of two states that the caller has taken from `present`. */
export async function decideIn(
  states: { best: Snapshot; finalised: Snapshot },
  question: Question,
  decide: Decide = decideAt,
): Promise<SafeDecision> {
  const ask = async (at: Snapshot): Promise<Decision> => {
    try {
      return await decide(at, question);
    } catch (error) {
      if (!(error instanceof QueryFailed)) throw error;
      return unanswered(error.reason, at);
    }
  };
  const [inBest, inFinalised] = await Promise.all([ask(states.best), ask(states.finalised)]);
  const permitted = allows(inBest) && allows(inFinalised);
  const words = ({ verdict, why, block }: Decision): string => `${verdict} (${whyInWords(why)}) at block ${block}`;
  return {
    permitted,
    best: inBest,
    finalised: inFinalised,
    reason: `best state ${words(inBest)}, finalised state ${words(inFinalised)}`,
  };
}
