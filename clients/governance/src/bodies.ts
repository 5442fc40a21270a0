/** The two bodies that decide, their seats, and how many votes a decision takes. */
import type { ApiAt } from '@salus/client';
import { maybe } from '@salus/client/query';
import { blake2, toHex, type Hex } from '@salus/types';

export const BODIES = ['council', 'technicalCommittee'] as const;
/** A body by the name of its pallet. */
export type Body = (typeof BODIES)[number];

export const BODY_NAMES: Record<Body, string> = { council: 'Council', technicalCommittee: 'Technical Committee' };

/** The body whose name is `text`: `council`, or `technical` in any of its usual spellings. */
export function bodyNamed(text: string): Body | undefined {
  const plain = text.toLowerCase().replace(/[^a-z]/g, '');
  if (plain === 'council') return 'council';
  return ['technical', 'technicalcommittee', 'techcomm', 'tc'].includes(plain) ? 'technicalCommittee' : undefined;
}

/**
 * How many ayes of so many seats make the two thirds that every power of the bodies takes. What is
 * dispatched with fewer fails with `BadOrigin`, whatever threshold its motion had.
 */
export const votesNeeded = (seats: number): number => Math.ceil((2 * seats) / 3);

/** A seat, and the organisation that it is for, as far as the chain knows it. */
export interface Seat {
  account: string;
  organisation: number | undefined;
}

/** The organisation behind an account: the one that it administers, or whose validator it is. */
export async function organisationOf(api: ApiAt, account: string): Promise<number | undefined> {
  const [administered, validator] = await Promise.all([
    api.query.registry.administrators(account), api.query.validatorSet.members(account),
  ]);
  return maybe(administered, (org) => org.toNumber()) ?? maybe(validator, ({ organisation }) => organisation.toNumber());
}

/** The seats of a body, and its prime, whose vote counts no more than any other: who does not vote has not agreed. */
export async function seatsOf(api: ApiAt, body: Body): Promise<{ seats: Seat[]; prime: string | undefined }> {
  const [members, prime] = await Promise.all([api.query[body].members(), api.query[body].prime()]);
  const seats = await Promise.all(members.map(async (member): Promise<Seat> => {
    const account = member.toString();
    return { account, organisation: await organisationOf(api, account) };
  }));
  return { seats, prime: maybe(prime, String) };
}

/** The validators, by what governance must know of them. */
export interface Validators {
  /** Those that validate in this session. */
  inSet: string[];
  /** Those that governance has made members. */
  members: string[];
  /** Members that have session keys and did not offend: they count for the minimum. */
  sound: string[];
  offenders: string[];
  minimum: number;
}

/** The validators now. */
export async function validatorsOf(api: ApiAt): Promise<Validators> {
  const [inSet, entries, keyed, offenders, minimum] = await Promise.all([
    api.query.session.validators(), api.query.validatorSet.members.keys(), api.query.session.nextKeys.keys(),
    api.query.validatorSet.offenders.keys(), api.query.validatorSet.minimum(),
  ]);
  const accounts = (keys: { args: unknown[] }[]): string[] => keys.map((key) => String(key.args[0]));
  const [members, withKeys, bad] = [accounts(entries), new Set(accounts(keyed)), accounts(offenders)];
  return {
    inSet: inSet.map(String), members, minimum: minimum.toNumber(), offenders: bad,
    sound: members.filter((member) => withKeys.has(member) && !bad.includes(member)),
  };
}

/** The hash under which a motion, or a proposal of the pallet `enactment`, is known: of its SCALE-encoded call. */
export const callHash = (encoded: Uint8Array): Hex => toHex(blake2(encoded));
