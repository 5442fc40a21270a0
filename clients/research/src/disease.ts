/** Diseases: the chain has a commitment to a code, which is the same for the same code, so that it can be compared and nothing else. */

const DISEASE_DOMAIN = utf8('salus:disease:v1');

/** A compact identifier of a term: a prefix, a colon, and the number or code. */
const CURIE = /^[A-Z][A-Za-z0-9]{0,15}:[A-Za-z0-9_.-]{1,40}$/;

/**
 * The 32 bytes that stand for a disease: `blake2_256("salus:disease:v1" ‖ code)`, for a code as `MONDO:0005015`. There is no salt, since
 * requests and offers are compared by it: whoever knows the terminology can find out which disease it is.
 */
export function diseaseCode(code: string): Hex {
  if (!CURIE.test(code)) throw new InvalidArgument('disease', `is ${JSON.stringify(code)}, and must be a term such as MONDO:0005015`);
  return toHex(blake2(concat(DISEASE_DOMAIN, utf8(code))));
}

/** Which code a commitment stands for, of those that the caller knows; `undefined` if of none. */
export const diseaseOf = (commitment: Hex, codes: Iterable<string>): string | undefined =>
  [...codes].find((code) => diseaseCode(code) === commitment.toLowerCase());import { blake2, concat, InvalidArgument, toHex, utf8, type Hex } from '@salus/types';

