/** Organisations, licences, staff: who may act in a professional capacity. */
import type { ApiPromise } from '@polkadot/api';
import { codesOf, ORG_KINDS, ROLES, type Hex, type OrgKind, type Role } from '@salus/types';
import { account, code, hash, mask, moment, orgId } from '@salus/types/arguments';
import type { ApiAt } from './connect.js';
import { maybe, numberOf, okOf } from './query.js';
import { eventOf, type Call, type Included } from './tx.js';

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

const kindOf = (kind: OrgKind): OrgKind => code(ORG_KINDS, kind, 'kind');
const roleOf = (role: Role): Role => code(ROLES, role, 'role');

/** Applies for licences; signed by whoever will administer the organisation. */
export const apply = (api: ApiPromise, kinds: OrgKind[], profile: string): Call =>
  api.tx.registry.apply(mask(ORG_KINDS, kinds, 'kinds'), hash(profile, 'profile'));

/** The number that an application was given. */
export const appliedAs = (included: Included): number =>
  numberOf(eventOf(included, 'registry', 'Applied')['org'] as number);

/** Withdraws what is pending, and the organisation itself if it never held a licence; signed by its administrator. */
export const withdraw = (api: ApiPromise, org: number): Call => api.tx.registry.withdraw(orgId(org));

// Licences. Signed by a registrar that covers the kind.

/** Admits an organisation to a kind until a moment (seconds since 1970); signed by a registrar. */
export const admit = (api: ApiPromise, org: number, kind: OrgKind, until: number): Call =>
  api.tx.registry.admit(orgId(org), kindOf(kind), moment(until, 'until'));

/** Declines an application for a kind; free. */
export const decline = (api: ApiPromise, org: number, kind: OrgKind): Call => api.tx.registry.decline(orgId(org), kindOf(kind));

/** Renews a licence that is in force or has expired, from now until a moment. */
export const renew = (api: ApiPromise, org: number, kind: OrgKind, until: number): Call =>
  api.tx.registry.renew(orgId(org), kindOf(kind), moment(until, 'until'));

/** Suspends a licence at once; free. */
export const suspend = (api: ApiPromise, org: number, kind: OrgKind): Call => api.tx.registry.suspend(orgId(org), kindOf(kind));

/** Reinstates a suspended licence, from now until a moment. */
export const reinstate = (api: ApiPromise, org: number, kind: OrgKind, until: number): Call =>
  api.tx.registry.reinstate(orgId(org), kindOf(kind), moment(until, 'until'));

/** Revokes a licence for ever; free. */
export const revoke = (api: ApiPromise, org: number, kind: OrgKind): Call => api.tx.registry.revoke(orgId(org), kindOf(kind));

/** Flags an organisation whose very name says something about its patients, or takes the flag away. */
export const setFlag = (api: ApiPromise, org: number, flagged: boolean): Call => api.tx.registry.setFlag(orgId(org), flagged === true);

// The organisation itself. Signed by its administrator, unless said otherwise.

/** Offers the administration to another account, instead of any offer before. */
export const rotateAdmin = (api: ApiPromise, org: number, to: string): Call => api.tx.registry.rotateAdmin(orgId(org), account(to, 'to'));

/** Accepts the administration, with its deposits; signed by the account to which it was offered. */
export const acceptAdmin = (api: ApiPromise, org: number): Call => api.tx.registry.acceptAdmin(orgId(org));

/**
 * Names the raw X25519 public key to which others encrypt what is for the organisation, from now on;
 * signed by its administrator.
 */
export const setAgreementKey = (api: ApiPromise, org: number, agreementKey: Uint8Array | string): Call =>
  api.tx.registry.setAgreementKey(orgId(org), hash(agreementKey, 'agreementKey'));

/**
 * Names the keys with which the organisation's systems authenticate, from now on and instead of any before, those of its
 * profile too: by the salted commitment to a document that lists them. 32 zero bytes take all of them out of service. Signed
 * by its administrator.
 */
export const setClientKeys = (api: ApiPromise, org: number, keys: Uint8Array | string): Call =>
  api.tx.registry.setClientKeys(orgId(org), hash(keys, 'keys'));

/** Invites an account in a role; signed by the organisation's administrator. */
export const invite = (api: ApiPromise, org: number, who: string, role: Role, until: number): Call =>
  api.tx.registry.invite(orgId(org), account(who), roleOf(role), moment(until, 'until'));

/** Takes an invitation back that was not accepted; free. */
export const cancelInvitation = (api: ApiPromise, org: number, who: string, role: Role): Call =>
  api.tx.registry.cancelInvitation(orgId(org), account(who), roleOf(role));

/** Takes over the deposit for somebody whom an earlier administrator invited. */
export const assumeDeposit = (api: ApiPromise, org: number, who: string): Call => api.tx.registry.assumeDeposit(orgId(org), account(who));

/** Accepts an invitation; signed by the invited account, which needs no tokens. */
export const acceptAffiliation = (api: ApiPromise, org: number, role: Role): Call =>
  api.tx.registry.acceptAffiliation(orgId(org), roleOf(role));

/** Declines an invitation; signed by the invited account, free. */
export const declineAffiliation = (api: ApiPromise, org: number, role: Role): Call =>
  api.tx.registry.declineAffiliation(orgId(org), roleOf(role));

/** Ends an affiliation at once; signed by the administrator or by whom it is about. */
export const endAffiliation = (api: ApiPromise, org: number, who: string, role: Role): Call =>
  api.tx.registry.endAffiliation(orgId(org), account(who), roleOf(role));

export async function organisation(api: ApiAt, org: number): Promise<Organisation | undefined> {
  return maybe(await api.call.registryApi.organisation(orgId(org)), (found) => ({
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
export async function rolesAt(api: ApiAt, org: number, who: string, at: number): Promise<Role[]> {
  const answer = okOf(await api.call.registryApi.roles(orgId(org), account(who), moment(at, 'at')), `the roles of ${who}`);
  return codesOf(ROLES, numberOf(answer));
}

/**
 * When a plain denial of the organisation, or of `who` asking for it, was refused, because the very name of the organisation, or of another at which
 * `who` worked then, was taken to say something about its patients; in any order, up to now. At these times a sealed denial without its
 * opening forbids the actor everything, so whoever decides without a node needs them. In seconds since 1970; `until` is 2^64 - 1 (`consent.FOREVER`) of
 * what goes on.
 */
export async function refusedTimes(api: ApiAt, org: number, who?: string): Promise<{ from: bigint; until: bigint }[]> {
  const found = await api.call.registryApi.refusedTimes(orgId(org), who === undefined ? null : account(who));
  return found.map(({ from, until }) => ({ from: from.toBigInt(), until: until.toBigInt() }));
}

/** Whether the organisation's very name was taken, at a moment that is not in the future, to say something about its patients. */
export async function wasFlagged(api: ApiAt, org: number, at: number): Promise<boolean> {
  return okOf(await api.call.registryApi.wasFlagged(orgId(org), moment(at, 'at')), `the flag of organisation ${org}`).isTrue;
}
