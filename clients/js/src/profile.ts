/**
 * An organisation's profile: the public document behind the `profile` commitment with which it
 * applied. The chain holds the commitment alone; whoever is shown the document checks it against
 * the chain. The key to which others encrypt is not in it: it can be rotated, and stands in the registry.
 */
import { bytes32, random, toHex, utf8, type Hex } from './bytes.js';
import { commit, opens } from './commitment.js';

export interface Profile {
  name: string;
  /** Fresh randomness: without it a guessed name would confirm itself against the chain. */
  salt: Hex;
}

export const newProfile = (name: string): Profile => ({ name, salt: toHex(random(32)) });

const document = ({ name }: Profile): Uint8Array => utf8(JSON.stringify({ name }));

/** What the organisation gives as `profile` when it applies. */
export const profileCommitment = (profile: Profile): Hex =>
  toHex(commit(bytes32(profile.salt), document(profile)));

/** Whether `profile` is the document behind `commitment`. */
export const isProfile = (profile: Profile, commitment: Uint8Array | string): boolean =>
  opens(bytes32(commitment), bytes32(profile.salt), document(profile));
