/** Care relationships: who treats whom, with both words; and the patient's way out of care by default. */
import type { ApiPromise } from '@polkadot/api';
import { RELATIONSHIP_KINDS, type CarePolicy, type RelationshipKind } from '@salus/types';
import { account, code, hash, moment, orgId, u32, u64 } from '@salus/types/arguments';
import type { ApiAt } from './connect.js';
import { maybe, numberOf } from './query.js';
import type { TypedSignature } from './signing.js';
import { eventOf, type Call, type Included } from './tx.js';


/** Towards whom a patient opts out: everybody, or one organisation. */
export type Towards = 'Everybody' | { organisation: number };

/** A relationship between a patient and an organisation. All times are in seconds since 1970. */
export interface Relationship {
  id: number;
  organisation: number;
  kind: RelationshipKind;
  from: number;
  /** The first moment at which it lasts no more, unless it ends earlier. */
  until: number;
  /** The first moment at which it lasted no more, if it ended before its time. */
  ended: number | undefined;
  /** Who ended it then; a `Renewal` put another relationship of the two in its place. */
  endedBy: 'Patient' | 'Organisation' | 'Renewal' | undefined;
  /** The organisation that sent the patient, if one did. */
  referredBy: number | undefined;
  /** Whether it counts now: it lasts, and the patient has not opted out since it began. */
  live: boolean;
}

/** A patient's word that an organisation may record a relationship. */
export interface Invitation {
  number: number;
  organisation: number;
  /** Until when the relationship may last at most. */
  until: number;
  /** When it was made. If the handle has left Active since, it opens nothing. */
  madeAt: number;
  /** From when the invitation can be used no more. */
  expiresAt: number;
  referredBy: number | undefined;
}

/** A patient's word that no care relationship lets anybody see anything. */
export interface OptOut {
  towards: Towards;
  from: number;
  /** Since when it holds no more; `undefined` while it does. */
  until: number | undefined;
}

const encodeTowards = (towards: Towards) =>
  towards === 'Everybody' ? { Everybody: null } : { Organisation: orgId(towards.organisation) };

/** Lets an organisation record a relationship until `until` at most; signed by the patient. */
export const invite = (api: ApiPromise, organisation: number, until: number): Call =>
  api.tx.care.invite(orgId(organisation), moment(until, 'until'));

/** Takes an invitation back, and voids what was signed for the organisation before; free. */
export const withdrawInvitation = (api: ApiPromise, invitation: number): Call =>
  api.tx.care.withdrawInvitation(u32(invitation, 'invitation'));

/** Records that the organisation treats a patient who has invited it; signed by its staff. */
export const open = (api: ApiPromise, organisation: number, patient: string, kind: RelationshipKind, until: number): Call =>
  api.tx.care.open(orgId(organisation), hash(patient, 'patient'), code(RELATIONSHIP_KINDS, kind, 'kind'), moment(until, 'until'));

/** The word that a patient has signed off chain: over `openForMessage`, or `referMessage`. */
export interface SignedWord {
  /** The patient's key. */
  key: string;
  /** Until when the relationship may last. */
  until: number;
  /** What {@link nextWord} told when it was signed. */
  id: number;
  /** The number of the block that the message names: of its `seen`. */
  block: number;
  /** Until when the signature can be handed in. */
  expiry: number;
  signature: TypedSignature;
}

/** Records that the organisation treats the patient who has signed `openForMessage`; signed by its staff. */
export const openFor = (api: ApiPromise, organisation: number, kind: RelationshipKind, word: SignedWord): Call =>
  api.tx.care.openFor(
    orgId(organisation), account(word.key, 'key'), code(RELATIONSHIP_KINDS, kind, 'kind'), moment(word.until, 'until'),
    u32(word.id, 'id'), u32(word.block, 'block'), moment(word.expiry, 'expiry'), word.signature,
  );

/** Sends a patient, who has signed `referMessage`, on to another organisation: an invitation for it; signed by staff of `from`. */
export const refer = (api: ApiPromise, from: number, to: number, word: SignedWord): Call =>
  api.tx.care.refer(
    orgId(from, 'from'), orgId(to, 'to'), account(word.key, 'key'), moment(word.until, 'until'),
    u32(word.id, 'id'), u32(word.block, 'block'), moment(word.expiry, 'expiry'), word.signature,
  );

/** Ends a relationship at once, or what took its place by renewals alone; signed by any live key of the patient, free. */
export const end = (api: ApiPromise, relationship: number): Call => api.tx.care.end(u64(relationship, 'relationship'));

/** Ends a relationship as {@link end} does, and opts out towards its organisation; signed by any live key of the patient, free. */
export const leave = (api: ApiPromise, relationship: number): Call => api.tx.care.leave(u64(relationship, 'relationship'));

/** Ends a relationship at once; signed by staff of the organisation. */
export const endFor = (api: ApiPromise, organisation: number, relationship: number): Call =>
  api.tx.care.endFor(orgId(organisation), u64(relationship, 'relationship'));

/** Opts out of care by default towards everybody, at once and until {@link optIn}; signed by any live key of the patient, free. */
export const optOut = (api: ApiPromise): Call => api.tx.care.optOut();

/** Opts out towards one organisation. While a relationship with it lasts, {@link leave} does the same and is free. */
export const optOutOf = (api: ApiPromise, organisation: number): Call => api.tx.care.optOutOf(orgId(organisation));

/** Asks to end an opt-out, after a delay. */
export const optIn = (api: ApiPromise, towards: Towards): Call => api.tx.care.optIn(encodeTowards(towards));

/** Ends an opt-out whose delay is over; signed by anybody. */
export const applyOptIn = (api: ApiPromise, patient: string, towards: Towards): Call =>
  api.tx.care.applyOptIn(hash(patient, 'patient'), encodeTowards(towards));

/** Calls that off; signed by any live key of the patient, free. */
export const cancelOptIn = (api: ApiPromise, towards: Towards): Call => api.tx.care.cancelOptIn(encodeTowards(towards));

/** The number that a relationship was given by the transaction that opened it. */
export const openedAs = (included: Included): number =>
  numberOf(eventOf(included, 'care', 'RelationshipOpened')['relationship'] as number);

/** The number of the invitation that a transaction made. */
export const invitedAs = (included: Included): number => numberOf(eventOf(included, 'care', 'Invited')['invitation'] as number);

/** The network's care policy at a moment that is not in the future. */
export async function policyAt(api: ApiAt, at: number): Promise<CarePolicy> {
  return (await api.call.careApi.carePolicy(moment(at, 'at'))).type;
}

/** The care policies of the network, past, present and announced, the oldest first; each holds until the next begins. */
export async function policies(api: ApiAt): Promise<{ from: number; policy: CarePolicy }[]> {
  return (await api.call.careApi.carePolicies()).map(({ from, policy }) => ({ from: numberOf(from), policy: policy.type }));
}

/** The patient's last relationship with each organisation. */
export async function relationships(api: ApiAt, patient: string): Promise<Relationship[]> {
  const found = await api.call.careApi.relationships(hash(patient, 'patient'));
  return found.map(({ id, treatment, kind, endedBy, referredBy, live }) => ({
    id: numberOf(id),
    organisation: numberOf(treatment.organisation),
    kind: kind.type,
    from: numberOf(treatment.period.from),
    until: numberOf(treatment.period.until),
    ended: maybe(treatment.ended, numberOf),
    endedBy: maybe(endedBy, (by) => by.type),
    referredBy: maybe(referredBy, numberOf),
    live: live.isTrue,
  }));
}

/** The patient's invitations that can be used. */
export async function invitations(api: ApiAt, patient: string): Promise<Invitation[]> {
  const found = await api.call.careApi.invitations(hash(patient, 'patient'));
  return found.map(([number, { organisation, until, madeAt, expiresAt, referredBy }]) => ({
    number: numberOf(number),
    organisation: numberOf(organisation),
    until: numberOf(until),
    madeAt: numberOf(madeAt),
    expiresAt: numberOf(expiresAt),
    referredBy: maybe(referredBy, numberOf),
  }));
}

/** The patient's opt-outs, past and present. */
export async function optOuts(api: ApiAt, patient: string): Promise<OptOut[]> {
  const found = await api.call.careApi.optOuts(hash(patient, 'patient'));
  return found.map(({ towards, from, until }) => ({
    towards: towards.isEverybody ? 'Everybody' : { organisation: numberOf(towards.asOrganisation) },
    from: numberOf(from),
    until: maybe(until, numberOf),
  }));
}

/** The id that the patient's next signature for the organisation must bear; `undefined` if there can be none. */
export async function nextWord(api: ApiAt, patient: string, organisation: number): Promise<number | undefined> {
  return maybe(await api.call.careApi.nextWord(hash(patient, 'patient'), orgId(organisation)), numberOf);
}

/** The returns of a patient that wait, and from when each can be applied. */
export async function pendingOptIns(api: ApiAt, patient: string): Promise<{ towards: Towards; readyAt: number }[]> {
  const found = await api.call.careApi.pendingOptIns(hash(patient, 'patient'));
  return found.map(({ towards, readyAt }) => ({
    towards: towards.isEverybody ? 'Everybody' : { organisation: numberOf(towards.asOrganisation) }, readyAt: numberOf(readyAt),
  }));
}
