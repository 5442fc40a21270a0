/** What a patient signs for a token of a custodian's gateway: a text that a wallet shows. */
import { decodeAddress } from '@polkadot/util-crypto';
import type { KeyringPair } from '@polkadot/keyring/types';
import { signMessage, type SigningOptions, type Wallet } from '@salus/client';
import { InvalidArgument, toHex, utf8, type Hex } from '@salus/types';
import { account as accountOf, hash, orgId } from '@salus/types/arguments';

export interface Challenge {
  /** What the gateway gives by `POST /challenge`: the chain, the organisation, where it is, and what is good once. */
  genesis: string;
  custodian: number;
  url: string;
  nonce: string;
  /** What the token shall be good for, such as `patient/*.rs`. */
  scope: string;
  /** The thumbprint (RFC 7638) of the key that the token is bound to, in base64url. */
  key: string;
}

/** What is sent to the token endpoint, as a form. */
export interface SignedChallenge {
  grant_type: typeof CHALLENGE_GRANT;
  account: string;
  nonce: string;
  scope: string;
  signature: Hex;
}

export const CHALLENGE_GRANT = 'urn:salus:grant-type:signed-challenge';

/** The most characters of a part that stands in the text. */
const MAX_PART = 512;

/** A part of one line: nothing in it begins another, and no two texts look alike. */
function line(name: string, value: string): string {
  if (typeof value === 'string' && value.length <= MAX_PART && /^[!-~](?:[ -~]*[!-~])?$/.test(value)) return value;
  throw new InvalidArgument(name, `must be 1 to ${MAX_PART} visible characters of ASCII, with blanks inside at most`);
}

/** The text that `account` signs: lines, each with a name, and no end of line after the last. */
export function challengeText(challenge: Challenge, account: string): string {
  const { genesis, custodian, url, nonce, scope, key } = challenge;
  if (!/^[A-Za-z0-9_-]{43}$/.test(key)) throw new InvalidArgument('key', 'must be a thumbprint: 43 characters of base64url');
  return [
    'salus:token:v1',
    'Let a program read health records for you.',
    `Custodian: ${orgId(custodian, 'custodian')}`,
    `At: ${line('url', url)}`,
    `Account: ${toHex(decodeAddress(accountOf(account)))}`,
    `For: ${line('scope', scope)}`,
    `Key: ${key}`,
    `Chain: ${hash(genesis, 'genesis')}`,
    `Nonce: ${line('nonce', nonce)}`,
  ].join('\n');
}

/** Signs with a key or wallet of the patient. */
export async function signChallenge(challenge: Challenge, signer: KeyringPair | Wallet, options: SigningOptions = {}): Promise<SignedChallenge> {
  const typed = await signMessage(signer, utf8(challengeText(challenge, signer.address)), options);
  return {
    grant_type: CHALLENGE_GRANT, account: signer.address, nonce: challenge.nonce, scope: challenge.scope, signature: Object.values(typed)[0] as Hex,
  };
}
