/** Houses and lists for the tests of lists of custodians. */
import { addCustodian, newList, type CustodianList, type House } from '../custodians/index.js';

export const GENESIS = `0x${'47'.repeat(32)}` as const;
export const OTHER_GENESIS = `0x${'48'.repeat(32)}` as const;
export const HANDLE = `0x${'11'.repeat(32)}` as const;
/** A moment in the year 2027. */
export const NOW = 1_800_000_000;

export const house = (organisation: number, over: Partial<House> = {}): House =>
  ({ organisation, name: `House ${organisation}`, gateway: `https://gateway-${organisation}.example`, flagged: false, ...over });

/** A list of houses with these numbers, each added a second after the one before. */
export const listOf = (...numbers: number[]): CustodianList =>
  numbers.reduce((list, organisation, at) => addCustodian(list, house(organisation), { now: NOW + at }), newList(GENESIS));

/** Numbers from 0 to one before `count`. */
export const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at);
