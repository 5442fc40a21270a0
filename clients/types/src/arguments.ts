/** Arguments of calls and questions, checked before anything is encoded: what is wrong is said by its name. */
import { isHex } from '@polkadot/util';
import { decodeAddress } from '@polkadot/util-crypto';
import { toHex, type Hex } from './bytes.js';
import { InvalidArgument } from './errors.js';

const U8 = 0xff;
const U32 = 0xffff_ffff;

/** The end of the year 9999, in seconds since 1970. What is later was meant in milliseconds. */
export const LAST_MOMENT = 253_402_300_799;

const shown = (value: unknown): string => {
  const text = typeof value === 'bigint' ? `${value}` : JSON.stringify(value) ?? String(value);
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
};

function whole(name: string, value: unknown, most: number, what: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= most) return value;
  throw new InvalidArgument(name, `is ${shown(value)}, and must be ${what} from 0 to ${most}`);
}

/** The number of an organisation. The last one stands for none in what is signed. */
export const orgId = (value: unknown, name = 'organisation'): number => whole(name, value, U32 - 1, 'the number of an organisation,');

/** A number of 32 bits: a directive, a request. */
export const u32 = (value: unknown, name: string): number => whole(name, value, U32, 'a whole number');

/** A number of 8 bits: a mask of purposes of a key. */
export const u8 = (value: unknown, name: string): number => whole(name, value, U8, 'a whole number');

/** A number of 64 bits, as far as JavaScript's numbers are exact: a slot. */
export const u64 = (value: unknown, name: string): number => whole(name, value, Number.MAX_SAFE_INTEGER, 'a whole number');

/** A moment in seconds since 1970. */
export const moment = (value: unknown, name: string): number => whole(name, value, LAST_MOMENT, 'a moment in seconds since 1970,');

/** The longest time that a timer of JavaScript keeps, in milliseconds: some 24 days. It takes a longer one for none. */
const LONGEST = 2 ** 31 - 1;

/** A time to wait, in milliseconds. */
export function duration(value: unknown, name: string): number {
  if (typeof value === 'number' && value > 0 && value <= LONGEST) return value;
  // Infinity is null in JSON.
  throw new InvalidArgument(name, `is ${typeof value === 'number' ? value : shown(value)}, and must be a number of milliseconds above 0 and up to ${LONGEST}`);
}

/** 32 bytes: a handle, a commitment, a key to encrypt to. */
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

/** One code of a list. */
export function code<T extends string>(list: readonly T[], value: unknown, name: string): T {
  if (list.includes(value as T)) return value as T;
  throw new InvalidArgument(name, `is ${shown(value)}, and must be one of ${list.join(', ')}`);
}

/** The mask of codes of a list, at least one of them unless `empty`. */
export function mask<T extends string>(list: readonly T[], values: unknown, name: string, empty = false): number {
  if (!Array.isArray(values)) throw new InvalidArgument(name, `is ${shown(values)}, and must be a list of codes`);
  if (values.length === 0 && !empty) throw new InvalidArgument(name, 'is empty, and the chain takes no empty set');
  return values.reduce<number>((sum, value) => sum | (1 << list.indexOf(code(list, value, name))), 0) >>> 0;
}

/** A list of 1 to `most` things, each checked. */
export function list<T, R>(values: readonly T[], most: number, name: string, check: (value: T, name: string) => R): R[] {
  if (!Array.isArray(values) || values.length < 1 || values.length > most) {
    throw new InvalidArgument(name, `must be a list of 1 to ${most}`);
  }
  return values.map((value: T, at) => check(value, `${name}[${at}]`));
}
