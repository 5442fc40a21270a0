import { blake2AsU8a } from '@polkadot/util-crypto';
import { hexToU8a, u8aToHex } from '@polkadot/util';

/** `0x` and hexadecimal digits in lower case. */
export type Hex = `0x${string}`;

/** BLAKE2b with 256 bits of output: the chain's hash. */
export const blake2 = (bytes: Uint8Array): Uint8Array => blake2AsU8a(bytes, 256);

export const toHex = (bytes: Uint8Array): Hex => u8aToHex(bytes) as Hex;

/**
 * Whether a text has half of a surrogate pair. {@link utf8} makes one replacement character of each, so that two such
 * texts have the same bytes, and the same signature.
 */
export const hasLoneSurrogate = (text: string): boolean => /\p{Surrogate}/u.test(text);

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** 32 bytes from hexadecimal digits or from bytes; anything else is a `RangeError`. */
export function bytes32(value: Uint8Array | string): Uint8Array {
  const bytes = typeof value === 'string' ? hexToU8a(value) : value;
  if (bytes.length !== 32) throw new RangeError(`expected 32 bytes, got ${bytes.length}`);
  return bytes;
}

export function concat(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Equality in time that does not depend on where the two differ. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number);
  return difference === 0;
}

/** Random bytes from the platform's generator. */
export const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
