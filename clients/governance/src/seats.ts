/** What changes of seats make of a body, and which of them the call filter refuses. */
import type { ApiPromise } from '@polkadot/api';
import { BODY_NAMES, votesNeeded, type Body } from './bodies.js';
import { membershipOf } from './decisions.js';

/**
 * The fewest seats that a body keeps; the filter refuses to take one of so many away. As `MIN_SEATS` in
 * `runtime/common/src/governance.rs`; the metadata does not say it.
 */
export const MIN_SEATS = 3;

/** As `MAX_MEMBERS` in `runtime/common/src/governance.rs`; the metadata does not say it. */
export const MAX_SEATS = 100;

/** The members of a body as the chain has them, and as the calls before leave them that the same motion carries. */
export interface Seating {
  readonly present: readonly string[];
  members: readonly string[];
}

/** The seatings of the bodies, read when first asked for. */
export type Seatings = (body: Body) => Promise<Seating>;

export function seatingsOf(api: ApiPromise): Seatings {
  const read = new Map<Body, Promise<Seating>>();
  return (body) => {
    const known = read.get(body) ?? api.query[membershipOf(body)].members().then((list): Seating => {
      const present = list.map(String);
      return { present, members: present };
    });
    read.set(body, known);
    return known;
  };
}

/** A change of seats: the members after it, and why it would fail. */
export interface SeatChange {
  after: string[];
  obstacles: string[];
}

export const added = (members: readonly string[], who: string): SeatChange => ({
  after: [...new Set([...members, who])],
  obstacles: [
    ...(members.includes(who) ? ['it has a seat already (AlreadyMember)'] : []),
    ...(members.length >= MAX_SEATS ? [`there can be no more than ${MAX_SEATS} members (TooManyMembers)`] : []),
  ],
});

export const swapped = (members: readonly string[], out: string, entering: string): SeatChange => ({
  after: members.map((member) => (member === out ? entering : member)),
  obstacles: [
    ...(members.includes(out) ? [] : ['the account that would give up its seat has none (NotMember)']),
    ...(members.includes(entering) ? ['the account that would take it has a seat already (AlreadyMember)'] : []),
  ],
});

/**
 * A seat taken away. The filter counts the seats of the moment when the motion is proposed and when it is closed, also
 * if the same motion adds one first; and once more when the call itself is carried out.
 */
export function removed({ present, members }: Seating, who: string, body: Body): SeatChange {
  const obstacles = members.includes(who) ? [] : ['it has no seat (NotMember)'];
  const keeps = `a body keeps ${MIN_SEATS} at least`;
  if (present.length <= MIN_SEATS) {
    obstacles.push(`the call filter refuses it: the ${BODY_NAMES[body]} has ${counted(present.length)}, and ${keeps}; swap the seat, or carry a motion that adds one first`);
  } else if (members.length <= MIN_SEATS) {
    obstacles.push(`the ${BODY_NAMES[body]} has ${counted(present.length)}, but only ${members.length} by then, and ${keeps}: the call filter refuses it when it is carried out (CallFiltered)`);
  }
  return { after: members.filter((member) => member !== who), obstacles };
}

const counted = (seats: number): string => `${seats} seat${seats === 1 ? '' : 's'}`;

/** A change of seats in one line. */
export const seatsLine = (body: Body, before: number, after: number): string =>
  `${BODY_NAMES[body]}: ${before} seats before, ${after} after; two thirds are ${votesNeeded(before)} votes before, ${votesNeeded(after)} after.`;

/** What a change of seats makes of the open motions: their thresholds stay, and the two thirds move. */
export async function motionsUnder(api: ApiPromise, body: Body, seats: number): Promise<string[]> {
  const hashes = await api.query[body].proposals();
  const votes = await Promise.all(hashes.map((hash) => api.query[body].voting(hash)));
  const under = votes.filter((found) => found.isSome && found.unwrap().threshold.toNumber() < votesNeeded(seats)).length;
  return under > 0
    ? [`${under} open motion${under === 1 ? ' has' : 's have'} a threshold below the new two thirds: closed with no more ayes than that, ${under === 1 ? 'it fails' : 'they fail'} with BadOrigin.`]
    : [];
}
