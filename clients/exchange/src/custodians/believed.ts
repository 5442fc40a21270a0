/** What may be believed of a custodian: its profile, as it shows it, if that is the one of a live licence. */
import type { ApiPromise } from '@polkadot/api';
import { present, type FreshnessOptions, type Snapshot } from '@salus/client';
import { organisation as organisationOf } from '@salus/client/registry';
import { printable, SalusError, type Hex } from '@salus/types';
import { hash, orgId } from '@salus/types/arguments';
import type { Json } from '@salus/types/json';
import { listIn, membersOf, readMembers, textIn, unknownIn, wholeIn, type Members } from '../json-members.js';
import { isProfile, type Profile, type ProfileKey } from '../profile.js';
import { plainUrl } from '../web-url.js';
import { MAX_GATEWAY, shownName, type House } from './list.js';

/** Why a profile is not believed. */
export const PROFILE_FAULTS = ['malformed', 'not-licensed', 'other-profile'] as const;
export type ProfileFault = (typeof PROFILE_FAULTS)[number];

/** A profile is not believed: it is none, the organisation has no live licence, or its licence is of another profile. */
export class ProfileNotBelieved extends SalusError {
  constructor(readonly fault: ProfileFault, detail: string) {
    super(`the profile is not believed: ${detail}`);
  }
}

/** The largest profile and the most keys of one, as a gateway takes them. */
const MAX_PROFILE = 16_384;
const MAX_KEYS = 16;
const KEY_MEMBERS = ['kid', 'crv', 'kty', 'x', 'y'] as const;

const malformed = (problem: string): ProfileNotBelieved => new ProfileNotBelieved('malformed', problem);

function keyFrom(value: Json): ProfileKey {
  const key = membersOf(value);
  const [kid, crv, kty, x, y] = KEY_MEMBERS.map((name) => key && textIn(key, name));
  if (!key || unknownIn(key, KEY_MEMBERS) !== undefined || !kid || crv !== 'P-384' || kty !== 'EC' || !x || !y) throw malformed('it has a key that is none of the curve P-384');
  return { kid, crv, kty, x, y };
}

function keysIn(members: Members): readonly ProfileKey[] | undefined {
  if (!members.has('keys')) return undefined;
  const keys = listIn(members, 'keys');
  if (!keys || keys.length === 0 || keys.length > MAX_KEYS) throw malformed(`its keys are no list of 1 to ${MAX_KEYS}`);
  return keys.map(keyFrom);
}

function gatewayIn(members: Members): string | undefined {
  if (!members.has('gateway')) return undefined;
  const gateway = textIn(members, 'gateway');
  if (gateway === undefined || !plainUrl(gateway, MAX_GATEWAY) || !gateway.startsWith('https://')) throw malformed('its gateway is no plain URL with TLS');
  return gateway;
}

function saltIn(members: Members): Hex {
  try {
    return hash(textIn(members, 'salt'), 'salt');
  } catch {
    throw malformed('its salt is not 32 bytes');
  }
}

/**
 * Reads what an organisation hands to others (`shownProfile`). A member that is not known is refused: what is committed to would lack it. Whether the
 * profile is the organisation's, {@link believedHouse} tells.
 */
export function readShownProfile(text: string): { organisation: number; profile: Profile } {
  if (typeof text !== 'string') throw malformed('it is no text');
  const members = readMembers(text, MAX_PROFILE, (problem) => malformed(`it ${problem}`));
  const unknown = unknownIn(members, ['organisation', 'name', 'gateway', 'keys', 'salt']);
  if (unknown !== undefined) throw malformed(`it has a member that no profile has: ${printable(unknown, 40)}`);
  const [organisation, name] = [wholeIn(members, 'organisation'), textIn(members, 'name')];
  if (organisation === undefined || organisation >= 0xffff_ffff) throw malformed('it has no number of an organisation');
  if (name === undefined) throw malformed('it has no name');
  const [gateway, keys] = [gatewayIn(members), keysIn(members)];
  const profile = { name, ...(gateway === undefined ? {} : { gateway }), ...(keys === undefined ? {} : { keys }), salt: saltIn(members) };
  return { organisation: orgId(organisation), profile };
}

/** Whether the profile is that of a live licence in the state of one block. Answers whether the organisation is flagged there. */
async function flaggedAt({ api }: Snapshot, organisation: number, profile: Profile): Promise<boolean> {
  const found = await organisationOf(api, organisation);
  if (!found?.licences.some(({ status }) => status === 'Live')) throw new ProfileNotBelieved('not-licensed', `organisation ${organisation} has no live licence`);
  if (!isProfile(profile, found.profile)) throw new ProfileNotBelieved('other-profile', `it is not the one with which organisation ${organisation} is licensed`);
  return found.flagged;
}

/**
 * What the profile that somebody shows tells of an organisation, if it is the one of a live licence in the best and in the last final block: as
 * a gateway believes it. Throws {@link ProfileNotBelieved}, and `StaleNode` if the node does not know the present.
 */
export async function believedHouse(api: ApiPromise, shown: string, freshness: FreshnessOptions = {}): Promise<House> {
  const { organisation, profile } = readShownProfile(shown);
  const { best, finalised } = await present(api, freshness);
  const flags = await Promise.all([best, finalised].map((at) => flaggedAt(at, organisation, profile)));
  const { name, gateway } = profile;
  // Who was flagged a moment ago may have let it be taken back: the more careful of the two.
  return { organisation, name: shownName(name, organisation), ...(gateway === undefined ? {} : { gateway }), flagged: flags.includes(true) };
}
