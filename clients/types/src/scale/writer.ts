/**
 * Writing SCALE, as much of it as the rules and sealed directives take. Each value is checked by its name before it is written
 * ({@link InvalidArgument}): what is wrong never becomes another value.
 */
import { compactToU8a } from '@polkadot/util';
import { decodeAddress } from '@polkadot/util-crypto';
import { account, code, hash, mask } from '../arguments.js';
import { bytes32, concat } from '../bytes.js';
import { InvalidArgument } from '../errors.js';
import { toLittleEndian } from './reader.js';

/** A whole number: a `number` as far as those are exact, a `bigint` beyond. */
export type Whole = number | bigint;

/** The parts of a struct, in the order of its fields. */
export const struct = concat;

export const NONE = Uint8Array.of(0);
export const SOME = Uint8Array.of(1);

/** An unsigned number that `bits` bits can hold. */
function checked(value: Whole, bits: number, name: string): bigint {
  const whole = typeof value === 'bigint' || Number.isSafeInteger(value);
  const big = whole ? BigInt(value) : -1n;
  if (big >= 0n && big < 1n << BigInt(bits)) return big;
  throw new InvalidArgument(name, `is ${String(value)}, and must be a whole number of ${bits} bits, as a bigint where a number is not exact`);
}

/** A number of fixed length. */
export const fixed = (bits: 8 | 16 | 32 | 64 | 128, value: Whole, name: string): Uint8Array =>
  toLittleEndian(checked(value, bits, name), bits / 8);

/** A number of at most `bits` bits, in as many bytes as it needs. */
export const compact = (bits: 32 | 128, value: Whole, name: string): Uint8Array => compactToU8a(checked(value, bits, name));

export function bool(value: boolean, name: string): Uint8Array {
  if (typeof value !== 'boolean') throw new InvalidArgument(name, `is ${String(value)}, and must be true or false`);
  return Uint8Array.of(value ? 1 : 0);
}

/** One code of a list, by its index there. */
export const oneOf = <T extends string>(list: readonly T[], value: T, name: string): Uint8Array =>
  Uint8Array.of(list.indexOf(code(list, value, name)));

/** A set of codes of a list, which may be empty, as a mask of `bits` bits. */
export const setOf = <T extends string>(list: readonly T[], bits: 8 | 16 | 32, values: readonly T[], name: string): Uint8Array =>
  fixed(bits, mask(list, values, name, true), name);

/** An account's key. */
export const key = (value: string, name: string): Uint8Array => decodeAddress(account(value, name));

/** 32 bytes. */
export const digest = (value: string, name: string): Uint8Array => bytes32(hash(value, name));

/** The variant with an index, and its fields. */
export const variant = (index: number, ...fields: Uint8Array[]): Uint8Array => concat(Uint8Array.of(index), ...fields);

/** A value, or none. `null` is no way to say none: who writes it may have meant something else. */
export const option = <T>(value: T | undefined, write: (value: T) => Uint8Array): Uint8Array =>
  (value === undefined ? NONE : concat(SOME, write(value)));

/** A list of any length, each element named by its place. */
export function listOf<T>(values: readonly T[], name: string, write: (value: T, name: string) => Uint8Array): Uint8Array {
  if (!Array.isArray(values)) throw new InvalidArgument(name, 'is no list');
  return concat(compactToU8a(values.length), ...values.map((value: T, at) => write(fields(value, `${name}[${at}]`), `${name}[${at}]`)));
}

/** Something with fields. */
export function fields<T>(value: T, name: string): T {
  if (typeof value !== 'object' || value === null) throw new InvalidArgument(name, `is ${String(value)}, and must have fields`);
  return value;
}
