/** Sealed directives on the chain: a commitment, an end and a number, signed by the patient alone. */
import type { ApiPromise } from '@polkadot/api';
import type { SalusConsentDecisionSealedSealedDirective } from '@polkadot/types/lookup';
import type { ITuple } from '@polkadot/types-codec/types';
import type { u32 as U32 } from '@polkadot/types-codec';
import { hash, moment, u32 } from '../arguments.js';
import type { Hex } from '../bytes.js';
import type { ApiAt, Snapshot } from '../connect.js';
import { decisionOf, encodeQuestion, type Decision, type Question } from '../consent.js';
import { InvalidArgument } from '../errors.js';
import { maybe, numberOf, okOf } from '../query.js';
import { eventOf, type Call, type Included } from '../tx.js';
import { openingBytes, sealedCommitment, type Effect, type Opening } from './opening.js';

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
}

/** A sealed directive that is about to be made: keep the opening, with the number. */
export interface Sealing {
  /** The number that it gets, unless another transaction of the patient comes first: compare {@link sealedAs}. */
  sealed: number;
  call: Call;
}

/** Lets what the commitment says, until a moment; signed by a key for consent. */
export const permitSealed = (api: ApiPromise, commitment: string, until: number): Call =>
  api.tx.sealed.permitSealed(hash(commitment, 'commitment'), moment(until, 'until'));

/** Forbids what the commitment says, until a moment; signed by any live key of the patient. Whoever lacks the opening refuses all labelled data. */
export const denySealed = (api: ApiPromise, commitment: string, until: number): Call =>
  api.tx.sealed.denySealed(hash(commitment, 'commitment'), moment(until, 'until'));

/** The call that seals `opening` as the patient's next directive. */
export async function sealing(api: ApiPromise, patient: string, effect: Effect, opening: Opening, until: number): Promise<Sealing> {
  const sealed = await nextSealed(api, patient);
  const commitment = sealedCommitment(api.genesisHash.toHex(), patient, sealed, effect, opening);
  return { sealed, call: effect === 'Permit' ? permitSealed(api, commitment, until) : denySealed(api, commitment, until) };
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

/** The number that a sealed directive was given. If it is not the one that the commitment was made for, nothing opens it: revoke or lift it. */
export const sealedAs = (included: Included, effect: Effect): number =>
  numberOf(eventOf(included, 'sealed', effect === 'Permit' ? 'PermitSealed' : 'DenialSealed')['sealed'] as number);

/** The number that the patient's next sealed directive gets. */
export async function nextSealed(api: ApiAt, patient: string): Promise<number> {
  return numberOf(await api.call.sealedApi.nextSealed(hash(patient, 'patient')));
}

const directiveOf = ([id, { effect, commitment, period, ended }]: ITuple<[U32, SalusConsentDecisionSealedSealedDirective]>): SealedDirective => ({
  id: numberOf(id),
  effect: effect.type,
  commitment: commitment.toHex() as Hex,
  from: numberOf(period.from),
  until: numberOf(period.until),
  ended: maybe(ended, ({ at }) => numberOf(at)),
});

/** The patient's sealed directives that were in force at a moment, not after now. */
export async function sealedAt(api: ApiAt, patient: string, at: number): Promise<SealedDirective[]> {
  return okOf(await api.call.sealedApi.sealed(hash(patient, 'patient'), moment(at, 'at')), 'the sealed directives').map(directiveOf);
}

/** The patient's sealed directives in force, and those that ended but are not in the history yet. */
export async function sealedDirectives(api: ApiAt, patient: string): Promise<SealedDirective[]> {
  return (await api.call.sealedApi.sealedDirectives(hash(patient, 'patient'))).map(directiveOf);
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
 * What the state of one block answers with openings of sealed directives, each with its number. Ask **your own node** alone: whoever else
 * gets an opening knows what the patient has sealed. An opening that does not fit means nothing.
 */
export async function decideWithAt(at: Snapshot, question: Question, openings: ReadonlyMap<number, Opening>): Promise<Decision> {
  if (openings.size > MAX_OPENINGS) throw new InvalidArgument('openings', `are ${openings.size}, and at most ${MAX_OPENINGS} are taken at once`);
  const encoded = [...openings].map(([sealed, opening]): [number, Uint8Array] => [u32(sealed, 'sealed'), openingBytes(opening)]);
  const verdict = okOf(await at.api.call.consentApi.decideWith(encodeQuestion(question), encoded), 'the consent decision');
  return decisionOf(verdict, at);
}
