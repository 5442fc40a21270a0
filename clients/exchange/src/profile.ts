/**
 * An organisation's profile: the public document behind the `profile` commitment with which it
 * applied. The chain holds the commitment alone; whoever is shown the document checks it against
 * the chain. The key to which others encrypt is not in it: it can be rotated, and stands in the registry.
 */
import { bytes32, commit, opens, random, toHex, utf8, type Hex } from '@salus/types';

/** A public key with which a system of the organisation authenticates (RFC 7517), on the curve P-384. */
export interface ProfileKey {
  /** Its name: what it signs says it as `kid`. */
  kid: string;
  crv: 'P-384';
  kty: 'EC';
  x: string;
  y: string;
}

export interface Profile {
  name: string;
  /** Where the organisation's gateway is: `https://…`. */
  gateway?: string;
  /** Up to 16, each with a name of its own. */
  keys?: readonly ProfileKey[];
  /** Fresh randomness: without it a guessed name would confirm itself against the chain. */
  salt: Hex;
}

export const newProfile = (name: string, more: Pick<Profile, 'gateway' | 'keys'> = {}): Profile => ({ name, ...more, salt: toHex(random(32)) });

/** The text that is committed to: its members in this order, and no others. */
export const profileDocument = ({ name, gateway, keys = [] }: Profile): string => JSON.stringify({
  name,
  ...(gateway === undefined ? {} : { gateway }),
  ...(keys.length === 0 ? {} : { keys: keys.map(({ kid, crv, kty, x, y }) => ({ kid, crv, kty, x, y })) }),
});

const document = (profile: Profile): Uint8Array => utf8(profileDocument(profile));

/** What the organisation gives as `profile` when it applies. */
export const profileCommitment = (profile: Profile): Hex =>
  toHex(commit(bytes32(profile.salt), document(profile)));

/** Whether `profile` is the document behind `commitment`. */
export const isProfile = (profile: Profile, commitment: Uint8Array | string): boolean =>
  opens(bytes32(commitment), bytes32(profile.salt), document(profile));

/** What the organisation hands to the gateways of others, as text: its profile with its number. */
export const shownProfile = (organisation: number, profile: Profile): string =>
  JSON.stringify({ organisation, ...JSON.parse(profileDocument(profile)) as object, salt: profile.salt });
