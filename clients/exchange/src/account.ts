/** Accounts, each of which has an address for each prefix of a network, and one key. */
import { addressEq, decodeAddress } from '@polkadot/util-crypto';
import { toHex, type Hex } from '@salus/types';

/** The account as its key: the form without a prefix. So an account has one name in a log, whichever of its addresses it came with. */
export const accountKey = (address: string): Hex => toHex(decodeAddress(address));

/** Whether two addresses are of one account. What is no address is of the account of no other text. */
export function sameAccount(one: string, other: string): boolean {
  if (one === other) return true;
  try {
    return addressEq(one, other);
  } catch {
    return false;
  }
}
