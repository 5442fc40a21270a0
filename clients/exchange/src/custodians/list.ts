/**
 * The wallet's list of the custodians that keep records of the patient. It is the patient's alone: nothing of it is on the chain, and no gateway has it.
 * Each function answers a new list.
 */
import { InvalidArgument, printable, type Hex } from '@salus/types';
import { code, hash, moment, orgId } from '@salus/types/arguments';
import { plainUrl } from '../web-url.js';

/**
 * How the patient is linked with a custodian, as far as her wallet knows:
 *
 * - `Noted`: she keeps in mind that there are records.
 * - `Signed`: she has signed at its desk, and the desk has to confirm it. Only the house knows when it has.
 * - `Linked`: its gateway has answered her as its patient.
 */
export const LINK_STATES = ['Noted', 'Signed', 'Linked'] as const;
export type LinkState = (typeof LINK_STATES)[number];

/** The most custodians of a list. */
export const MAX_CUSTODIANS = 64;
/** Of how many that were removed a list remembers it: of the last ones. */
export const MAX_REMOVED = 64;
/** The longest name, in characters. A longer one is shortened. */
export const MAX_NAME = 100;
/** The longest URL of a gateway: as long as in a profile. */
export const MAX_GATEWAY = 256;

/** An organisation, as its profile and the registry tell of it. */
export interface House {
  organisation: number;
  /** Its name, fit to be shown in one line. */
  name: string;
  /** Where its gateway is, if that is known. */
  gateway?: string;
  /** Whether its very name says something about its patients. */
  flagged: boolean;
}

/** An organisation that keeps records of the patient. All times are in seconds since 1970. */
export interface Custodian extends House {
  state: LinkState;
  /** When it came onto the list. */
  added: number;
  /** When the wallet changed this line the last time. */
  changed: number;
}

/** An organisation that the patient took from the list: another of her devices must not bring it back. */
export interface Removed {
  organisation: number;
  changed: number;
}

/** A list: each organisation once, by their numbers. */
export interface CustodianList {
  /** The chain whose organisations they are. */
  genesis: Hex;
  custodians: readonly Custodian[];
  removed: readonly Removed[];
}

type Line = Custodian | Removed;

const hereAndNow = (): number => Math.floor(Date.now() / 1000);
const isRemoved = (line: Line): line is Removed => !('state' in line);
const byNumber = (a: Line, b: Line): number => a.organisation - b.organisation;
const linesOf = ({ custodians, removed }: CustodianList): Line[] => [...custodians, ...removed];
const lineOf = (list: CustodianList, organisation: number): Line | undefined => linesOf(list).find((line) => line.organisation === organisation);

/** A name in one line, as {@link MAX_NAME} lets it be. One that says nothing becomes the organisation's number. */
export const shownName = (name: string, organisation: number): string => printable(name.trim(), MAX_NAME) || `organisation ${organisation}`;

/** What a house says, checked, with its members in their order. */
export function checkHouse({ organisation, name, gateway, flagged }: House, argument: string): House {
  orgId(organisation, `${argument}.organisation`);
  if (typeof name !== 'string' || shownName(name, organisation) !== name) {
    throw new InvalidArgument(`${argument}.name`, `must be 1 to ${MAX_NAME} characters that can be shown, without blanks around them: shownName makes one`);
  }
  if (gateway !== undefined && !plainUrl(gateway, MAX_GATEWAY)) {
    throw new InvalidArgument(`${argument}.gateway`, `must be the plain URL of a gateway, with TLS, of at most ${MAX_GATEWAY} characters`);
  }
  if (typeof flagged !== 'boolean') throw new InvalidArgument(`${argument}.flagged`, 'must be true or false');
  return { organisation, name, ...(gateway === undefined ? {} : { gateway }), flagged };
}

function checkCustodian(custodian: Custodian, argument: string): Custodian {
  const { state, added, changed } = custodian;
  return {
    ...checkHouse(custodian, argument), state: code(LINK_STATES, state, `${argument}.state`),
    added: moment(added, `${argument}.added`), changed: moment(changed, `${argument}.changed`),
  };
}

const checkRemoved = ({ organisation, changed }: Removed, argument: string): Removed =>
  ({ organisation: orgId(organisation, `${argument}.organisation`), changed: moment(changed, `${argument}.changed`) });

/** A list with all that it says checked, in the one form that it has. Throws `InvalidArgument`. */
export function checkList({ genesis, custodians, removed }: CustodianList): CustodianList {
  const checked = {
    genesis: hash(genesis, 'list.genesis'),
    custodians: custodians.map((each, at) => checkCustodian(each, `list.custodians[${at}]`)).sort(byNumber),
    removed: removed.map((each, at) => checkRemoved(each, `list.removed[${at}]`)).sort(byNumber),
  };
  if (custodians.length > MAX_CUSTODIANS) throw new InvalidArgument('list', `has ${custodians.length} custodians, and may have ${MAX_CUSTODIANS}`);
  if (removed.length > MAX_REMOVED) throw new InvalidArgument('list', `remembers ${removed.length} that were removed, and may remember ${MAX_REMOVED}`);
  const numbers = linesOf(checked).map(({ organisation }) => organisation);
  if (new Set(numbers).size !== numbers.length) throw new InvalidArgument('list', 'has an organisation twice');
  return checked;
}

/** A list without custodians. */
export const newList = (genesisHash: string): CustodianList => ({ genesis: hash(genesisHash, 'genesisHash'), custodians: [], removed: [] });

/** A list of these lines. Of those that were removed it remembers the last ones. */
function listOf(genesis: Hex, lines: readonly Line[]): CustodianList {
  const lastFirst = (a: Removed, b: Removed): number => b.changed - a.changed || byNumber(a, b);
  return checkList({
    genesis, custodians: lines.filter((line) => !isRemoved(line)), removed: lines.filter(isRemoved).sort(lastFirst).slice(0, MAX_REMOVED),
  });
}

/** The list with a line in the place of that organisation's. It counts as later than what it replaces, whatever the clocks of the devices say. */
function withLine(list: CustodianList, line: Line): CustodianList {
  const before = lineOf(list, line.organisation);
  const changed = Math.max(moment(line.changed, 'now'), (before?.changed ?? -1) + 1);
  return listOf(list.genesis, [...linesOf(list).filter((each) => each !== before), { ...line, changed }]);
}

/**
 * Puts a house onto the list, or what is known of it now in the place of what was: its name, where its gateway is. How the patient is linked stays
 * as it was unless `state` says it; of a new one it is `Noted`.
 */
export function addCustodian(list: CustodianList, house: House, { state, now = hereAndNow() }: { state?: LinkState; now?: number } = {}): CustodianList {
  const before = list.custodians.find(({ organisation }) => organisation === house.organisation);
  if (!before && list.custodians.length >= MAX_CUSTODIANS) throw new InvalidArgument('list', `has ${MAX_CUSTODIANS} custodians, which is the most: remove one first`);
  return withLine(list, { ...checkHouse(house, 'house'), state: state ?? before?.state ?? 'Noted', added: before?.added ?? moment(now, 'now'), changed: now });
}

/** Says how the patient is linked with a custodian of the list now. */
export function setLinkState(list: CustodianList, organisation: number, state: LinkState, now = hereAndNow()): CustodianList {
  const before = list.custodians.find((each) => each.organisation === organisation);
  if (!before) throw new InvalidArgument('organisation', `is ${organisation}, which is not on the list`);
  return withLine(list, { ...before, state, changed: now });
}

/** Takes a custodian from the list. What links the patient with it stays as it is, there and on the chain. */
export function removeCustodian(list: CustodianList, organisation: number, now = hereAndNow()): CustodianList {
  if (!list.custodians.some((each) => each.organisation === organisation)) throw new InvalidArgument('organisation', `is ${organisation}, which is not on the list`);
  return withLine(list, { organisation, changed: now });
}

/** Of two lines the one that counts. At the same moment what was removed counts, and then the one whose text is later: all devices choose the same. */
function laterOf(one: Line, other: Line): Line {
  if (one.changed !== other.changed) return one.changed > other.changed ? one : other;
  if (isRemoved(one) !== isRemoved(other)) return isRemoved(one) ? one : other;
  return JSON.stringify(one) >= JSON.stringify(other) ? one : other;
}

/**
 * The list of two devices of the patient: of each organisation the line that was changed last. It does not matter which is given first, nor how often.
 * Merge also what you open from a store with what the device has: a store that gives an older file then takes nothing away.
 *
 * Throws `InvalidArgument` if the two have more custodians than a list may have: let the patient remove some, and merge again.
 */
export function mergeLists(one: CustodianList, other: CustodianList): CustodianList {
  const [left, right] = [checkList(one), checkList(other)];
  if (left.genesis !== right.genesis) throw new InvalidArgument('lists', 'are of two chains');
  const lines = new Map<number, Line>();
  for (const line of [...linesOf(left), ...linesOf(right)]) {
    const there = lines.get(line.organisation);
    lines.set(line.organisation, there ? laterOf(there, line) : line);
  }
  const count = [...lines.values()].filter((line) => !isRemoved(line)).length;
  if (count > MAX_CUSTODIANS) throw new InvalidArgument('lists', `have ${count} custodians together, and a list may have ${MAX_CUSTODIANS}: remove some first`);
  return listOf(left.genesis, [...lines.values()]);
}
