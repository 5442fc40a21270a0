/** Arguments of calls and questions, checked before anything is encoded: what is wrong is said by its name. */
import { isHex } from '@polkadot/util';
import { decodeAddress } from '@polkadot/util-crypto';
import { InvalidArgument, toHex, type Hex } from '@salus/types';

const U16 = 0xffff;
const U32 = 0xffff_ffff;
/** The end of the year 9999, in seconds since 1970. What is later was meant in milliseconds. */
const LAST_MOMENT = 253_402_300_799;

const shown = (value: unknown): string => {
  const text = typeof value === 'bigint' ? `${value}` : JSON.stringify(value) ?? String(value);
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
};

function whole(value: unknown, name: string, least: number, most: number, what: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw new InvalidArgument(name, `is ${shown(value)}, and must be ${what} from ${least} to ${most}`);
}

/** The number of an organisation. */
export const orgId = (value: unknown, name = 'organisation'): number => whole(value, name, 0, U32 - 1, 'the number of an organisation,');
/** A number of 16 bits. */
export const u16 = (value: unknown, name: string): number => whole(value, name, 0, U16, 'a whole number');
/** A number of 32 bits: of a dataset, a study, a request, a permit, a version. */
export const u32 = (value: unknown, name: string): number => whole(value, name, 0, U32, 'a whole number');
/** A number of 64 bits, as far as JavaScript's numbers are exact: of a query. */
export const u64 = (value: unknown, name: string): number => whole(value, name, 0, Number.MAX_SAFE_INTEGER, 'a whole number');
/** An amount of epsilon in millionths: never zero. */
export const microEpsilon = (value: unknown, name: string): number => whole(value, name, 1, Number.MAX_SAFE_INTEGER, 'millionths of epsilon');
/** A moment in seconds since 1970. */
export const moment = (value: unknown, name: string): number => whole(value, name, 0, LAST_MOMENT, 'a moment in seconds since 1970,');

/** 32 bytes: a commitment, a root, a disease. */
export function hash(value: unknown, name: string): Hex {
  if (value instanceof Uint8Array && value.length === 32) return toHex(value);
  if (typeof value === 'string' && isHex(value, 256)) return value.toLowerCase() as Hex;
  throw new InvalidArgument(name, `is ${value instanceof Uint8Array ? `${value.length} bytes` : shown(value)}, and must be 32 bytes, or 0x and 64 hexadecimal digits`);
}

/** An account: an address of any prefix, or 0x and the 64 digits of its key. */
export function account(value: unknown, name = 'account'): string {
  if (typeof value === 'string' && value.length <= 66) {
    try {
      if (decodeAddress(value).length === 32) return value;
    } catch { /* said below */ }
  }
  throw new InvalidArgument(name, `is ${shown(value)}, and must be the address of an account`);
}

/** A yes or a no: a word that is neither must not count as one. */
export function yesOrNo(value: unknown, name: string): boolean {
  if (typeof value === 'boolean') return value;
  throw new InvalidArgument(name, `is ${shown(value)}, and must be true or false`);
}

/** One code of a list. */
export function code<T extends string>(list: readonly T[], value: unknown, name: string): T {
  if (list.includes(value as T)) return value as T;
  throw new InvalidArgument(name, `is ${shown(value)}, and must be one of ${list.join(', ')}`);
}

/** The mask of codes of a list, at least one of them unless `empty`. */
export function mask<T extends string>(list: readonly T[], values: unknown, name: string, empty = false): number {
  if (!Array.isArray(values)) throw new InvalidArgument(name, `is ${shown(values)}, and must be a list of codes`);
  if (values.length === 0 && !empty) throw new InvalidArgument(name, 'is empty, and must have a code at least');
  return values.reduce<number>((sum, value) => (sum | (1 << list.indexOf(code(list, value, name)))) >>> 0, 0);
}
