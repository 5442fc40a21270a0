/** Sealed directives on the chain: a commitment, an end and a number, signed by the patient alone. */
import type { ApiPromise } from '@polkadot/api';
import type { SalusConsentDecisionSealedSealedDirective } from '@polkadot/types/lookup';
import type { ITuple } from '@polkadot/types-codec/types';
import type { u32 as U32 } from '@polkadot/types-codec';
import { EFFECTS, InvalidArgument, type Decision, type Effect, type Hex, type Question, type SafeDecision } from '@salus/types';
import { code, hash, LAST_MOMENT, moment, u32 } from '@salus/types/arguments';
import type { ApiAt, Snapshot } from '../connect.js';
import { decisionOf, encodeQuestion, safely } from '../consent.js';
import type { FreshnessOptions } from '../freshness.js';
import { maybe, numberOf, okOf } from '../query.js';
import { eventOf, type Call, type Included } from '../tx.js';
import { openingBytes, sealedCommitment, type Opening } from './opening.js';

/** What the chain holds of a sealed directive. All times are in seconds since 1970. */
export interface SealedDirective {
  /** Its number; each patient's are counted from 0. */
  id: number;
  effect: Effect;
  commitment: Hex;
  from: number;
  /** The first moment at which it is in force no more, unless it ends earlier. */
  until: number;
  /** The first moment at which it was in force no more, if it ended before its time. */
  ended: number | undefined;
  /** Which version of the lists of codes the chain had when it was made: what it says is read by that one. */
  version: number;
}

/** A sealed directive that is about to be made. Keep its number, effect and opening **before** the call is sent. */
export interface Sealing {
  /** The number that it gets. If another device of the patient takes it first, the call fails with `WrongNumber`: make it anew. */
  sealed: number;
  /** When it ends, in seconds since 1970; `undefined` if never. */
  until: number | undefined;
  call: Call;
}

/** What the ends of sealed directives are multiples of, in seconds since 1970: 30 days, so that no end tells who proposed it. */
export const GRID = 30 * 86_400;

/**
 * The moment nearest to `wished` at which a sealed directive with this effect may end, so that it lets no more and forbids no less than was wished:
 * a Permit ends at the last such moment that is not after `wished`, a Deny at the first that is not before it. `undefined`, which is never, for
 * a Deny that would end after the year 9999. The chain takes no Deny that ends later than two years from now, rounded up (`TermTooLong`): let one
 * that is to last longer be for ever.
 *
 * Where the moment for a Permit is over already, take the next, {@link GRID} later, and revoke when the time has come: the chain refuses an
 * end that is over (`InvalidInterval`).
 */
export function endOnGrid(wished: number, effect: 'Permit'): number;
export function endOnGrid(wished: number, effect: Effect): number | undefined;
export function endOnGrid(wished: number, effect: Effect): number | undefined {
  const steps = moment(wished, 'until') / GRID;
  if (code(EFFECTS, effect, 'effect') === 'Permit') return Math.floor(steps) * GRID;
  const end = Math.ceil(steps) * GRID;
  return end > LAST_MOMENT ? undefined : end;
}

/** What the chain takes for "never". */
const NEVER = '18446744073709551615';

function endOf(until: number | undefined): number | string {
  if (until === undefined) return NEVER;
  if (moment(until, 'until') % GRID !== 0) throw new InvalidArgument('until', `is ${until}, and must be a multiple of 30 days: endOnGrid makes one`);
  return until;
}

/** Lets what the commitment says, until a moment on the {@link GRID}; signed by a key for consent. `sealed` is the number it was made for. */
export const permitSealed = (api: ApiPromise, sealed: number, commitment: string, until: number): Call =>
  api.tx.sealed.permitSealed(u32(sealed, 'sealed'), hash(commitment, 'commitment'), endOf(moment(until, 'until')));

/**
 * Forbids what the commitment says, until a moment on the {@link GRID}, or for ever; signed by any live key of the patient. `sealed` is the
 * number it was made for. Whoever lacks the opening refuses labelled data to everybody, and everything to whoever could not be denied in
 * plain: an organisation whose very name says something about its patients, and a person who works at one, for whichever employer that person
 * asks, if that is so now or was so at any moment since the denial began.
 */
export const denySealed = (api: ApiPromise, sealed: number, commitment: string, until?: number): Call =>
  api.tx.sealed.denySealed(u32(sealed, 'sealed'), hash(commitment, 'commitment'), endOf(until));

/**
 * The call that seals `opening` as the patient's next directive, until the moment that {@link endOnGrid} makes of `until`: a Permit ends then or up
 * to {@link GRID} earlier, a Deny then or up to {@link GRID} later. A Deny without `until` holds for ever.
 */
export async function sealing(api: ApiPromise, patient: string, effect: Effect, opening: Opening, until?: number): Promise<Sealing> {
  if (effect === 'Permit' && until === undefined) throw new InvalidArgument('until', 'is missing: a Permit ends');
  const sealed = await nextSealed(api, patient);
  const commitment = sealedCommitment(api.genesisHash.toHex(), patient, sealed, effect, opening);
  const end = until === undefined ? undefined : endOnGrid(until, effect);
  const call = effect === 'Permit' && end !== undefined ? permitSealed(api, sealed, commitment, end) : denySealed(api, sealed, commitment, end);
  return { sealed, until: end, call };
}

/** Ends a sealed Permit in this block; signed by any live key of the patient, free. */
export const revoke = (api: ApiPromise, sealed: number): Call => api.tx.sealed.revoke(u32(sealed, 'sealed'));

/** Asks to end a sealed Deny: ready after a delay, see {@link applyLift}. */
export const lift = (api: ApiPromise, sealed: number): Call => api.tx.sealed.lift(u32(sealed, 'sealed'));

/** Carries out a lift whose delay is over, if the handle was not frozen meanwhile; signed by anybody. */
export const applyLift = (api: ApiPromise, patient: string, sealed: number): Call =>
  api.tx.sealed.applyLift(hash(patient, 'patient'), u32(sealed, 'sealed'));

/** Stops a lift that waits; signed by any live key of the patient, free. */
export const cancelLift = (api: ApiPromise, sealed: number): Call => api.tx.sealed.cancelLift(u32(sealed, 'sealed'));

/** The number that a sealed directive was given: the one that its call named. */
export const sealedAs = (included: Included, effect: Effect): number =>
  numberOf(eventOf(included, 'sealed', effect === 'Permit' ? 'PermitSealed' : 'DenialSealed')['sealed'] as number);

/** The number that the patient's next sealed directive gets. */
export async function nextSealed(api: ApiAt, patient: string): Promise<number> {
  return numberOf(await api.call.sealedApi.nextSealed(hash(patient, 'patient')));
}

const directiveOf = ([id, { effect, commitment, period, ended, version }]: ITuple<[U32, SalusConsentDecisionSealedSealedDirective]>): SealedDirective => ({
  id: numberOf(id),
  effect: effect.type,
  commitment: commitment.toHex() as Hex,
  from: numberOf(period.from),
  until: numberOf(period.until),
  ended: maybe(ended, ({ at }) => numberOf(at)),
  version: numberOf(version),
});

/** The patient's sealed directives that were in force at a moment, not after now. */
export async function sealedAt(api: ApiAt, patient: string, at: number): Promise<SealedDirective[]> {
  return okOf(await api.call.sealedApi.sealed(hash(patient, 'patient'), moment(at, 'at')), 'the sealed directives').map(directiveOf);
}

/** The patient's sealed directives in force, and those that ended but are not in the history yet. */
export async function sealedDirectives(api: ApiAt, patient: string): Promise<SealedDirective[]> {
  return (await api.call.sealedApi.sealedDirectives(hash(patient, 'patient'))).map(directiveOf);
}

/** The numbers of the patient's sealed directives in force, as the state of one block knows it. Everybody can see them. */
export async function sealedInForceAt({ api, moment: now }: Snapshot, patient: string): Promise<number[]> {
  const inForce = (await sealedDirectives(api, patient)).filter(({ from, until, ended = until }) => from <= now && now < ended);
  return inForce.map(({ id }) => id);
}

/** A page, from 0, of the patient's sealed directives that ended; `undefined` past the last. */
export async function sealedHistory(api: ApiAt, patient: string, page: number): Promise<SealedDirective[] | undefined> {
  return maybe(await api.call.sealedApi.sealedHistory(hash(patient, 'patient'), u32(page, 'page')), (found) => found.map(directiveOf));
}

/** The patient's lifts of sealed denials that wait, and from when each can be applied. */
export async function pendingLifts(api: ApiAt, patient: string): Promise<{ sealed: number; readyAt: number }[]> {
  const found = await api.call.sealedApi.pendingSealedLifts(hash(patient, 'patient'));
  return found.map(({ sealed, readyAt }) => ({ sealed: numberOf(sealed), readyAt: numberOf(readyAt) }));
}

/** How many openings {@link decideWithAt} takes at most. */
export const MAX_OPENINGS = 64;

/**
 * What the state of one block answers with openings of sealed directives, each with its number, however old that block is. Prefer
 * {@link decideSafely} before acting on a Permit. Ask **your own node** alone: whoever else gets an opening knows what the patient has
 * sealed. An opening that does not fit means nothing. The decision is as secret as the openings: see `consent.toldOf`.
 */
export async function decideWithAt(at: Snapshot, question: Question, openings: ReadonlyMap<number, Opening>): Promise<Decision> {
  if (openings.size > MAX_OPENINGS) throw new InvalidArgument('openings', `are ${openings.size}, and at most ${MAX_OPENINGS} are taken at once`);
  const encoded = [...openings].map(([sealed, opening]): [number, Uint8Array] => [u32(sealed, 'sealed'), openingBytes(opening)]);
  const verdict = okOf(await at.api.call.consentApi.decideWith(encodeQuestion(question), encoded), 'the consent decision');
  return decisionOf(verdict, at);
}

/**
 * Asks the best and the finalised state of **your own node** with openings of sealed directives, each with its number, as `consent.decideSafely`
 * does without: permitted only if both let, refused if either does not, and `StaleNode` if these are not the states of the present. The
 * decision, its reason among it, is as secret as the openings: what whoever asked is told is `consent.toldOf` of it.
 */
export const decideSafely = (
  api: ApiPromise,
  question: Question,
  openings: ReadonlyMap<number, Opening>,
  freshness: FreshnessOptions = {},
): Promise<SafeDecision> => safely(api, question, freshness, (at, asked) => decideWithAt(at, asked, openings));
