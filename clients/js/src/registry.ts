/** Organisations, licences, staff: who may act in a professional capacity. */
import type { ApiPromise } from '@polkadot/api';
import { orgKinds, ROLES, codesOf, type OrgKind, type Role } from './codes.js';
import type { ApiAt } from './connect.js';
import { maybe, numberOf, okOf } from './query.js';
import { eventOf, type Call, type Included } from './tx.js';
import { bytes32, toHex, type Hex } from './bytes.js';

export type LicenceStatus = 'Live' | 'Expired' | 'Suspended' | 'Revoked';

export interface Organisation {
  org: number;
  admin: string;
  profile: Hex;
  /** The X25519 public key to which others encrypt what is for it, if it has named one. */
  agreementKey: Hex | undefined;
  /** Whether its very name says something about its patients. */
  flagged: boolean;
  licences: { kind: OrgKind; status: LicenceStatus }[];
}

/** Applies for licences; signed by whoever will administer the organisation. */
export const apply = (api: ApiPromise, kinds: OrgKind[], profile: string): Call =>
  api.tx.registry.apply(orgKinds(...kinds), profile);

/** The number that an application was given. */
export const appliedAs = (included: Included): number =>
  numberOf(eventOf(included, 'registry', 'Applied')['org'] as number);

/** Admits an organisation to a kind until a moment (seconds since 1970); signed by a registrar. */
export const admit = (api: ApiPromise, org: number, kind: OrgKind, until: number): Call =>
  api.tx.registry.admit(org, kind, until);

/**
 * Names the raw X25519 public key to which others encrypt what is for the organisation, from now on;
 * signed by its administrator.
 */
export const setAgreementKey = (api: ApiPromise, org: number, agreementKey: Uint8Array | string): Call =>
  api.tx.registry.setAgreementKey(org, toHex(bytes32(agreementKey)));

/** Invites an account in a role; signed by the organisation's administrator. */
export const invite = (api: ApiPromise, org: number, account: string, role: Role, until: number): Call =>
  api.tx.registry.invite(org, account, role, until);

/** Accepts an invitation; signed by the invited account, which needs no tokens. */
export const acceptAffiliation = (api: ApiPromise, org: number, role: Role): Call =>
  api.tx.registry.acceptAffiliation(org, role);

export async function organisation(api: ApiAt, org: number): Promise<Organisation | undefined> {
  return maybe(await api.call.registryApi.organisation(org), (found) => ({
    org,
    admin: found.admin.toString(),
    profile: found.profile.toHex() as Hex,
    agreementKey: maybe(found.agreementKey, ({ key }) => key.toHex() as Hex),
    flagged: found.flagged.isTrue,
    licences: found.licences.map((licence) => ({
      kind: licence.kind.type as OrgKind,
      status: licence.status.type as LicenceStatus,
    })),
  }));
}

/** The roles of an account at an organisation at a moment that is not in the future. */
export async function rolesAt(api: ApiAt, org: number, account: string, at: number): Promise<Role[]> {
  const answer = okOf(await api.call.registryApi.roles(org, account, at), `the roles of ${account}`);
  return codesOf(ROLES, numberOf(answer));
}
