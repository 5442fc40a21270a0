/**
 * Who may make each call of the runtimes, and which calls nobody may. `policies.json` says of every call of both chains who signs
 * it and whether it can be paused; a test of the runtimes (`runtime/testing/policies.rs`) compares that with the policies of
 * the calls. What a policy does not say (which body decides, why a call is refused) is in `powers-by-hand.ts`.
 */
import { utf8 } from '@salus/types';
import type { EnactmentClass } from './adapter.js';
import type { Authority } from './authority.js';
import policies from './policies.json' with { type: 'json' };
import { BY_HAND, signer } from './powers-by-hand.js';
import { MIN_SEATS } from './seats.js';

/** What a call's policy says of who signs it: `Signer` of `pallets/primitives/src/policy.rs`. */
type Signer = 'Anybody' | 'PatientKey' | 'Member' | 'Staff' | 'Administrator' | 'Registrar' | 'Seat' | 'Collective' | 'Root' | 'Node' | 'Nobody';

const POLICIES = new Map(Object.entries(policies as Record<string, { signer: string; pausable: boolean }>));

/** Who may make a call of which nothing is kept by hand. Which body decides, and what Root is reached by, a policy does not say. */
const BY_SIGNER: Readonly<Record<Signer, Authority | undefined>> = {
  Anybody: signer('any account, for itself'),
  PatientKey: signer('a live key of the patient'),
  Member: signer('the key of the member of the coverage'),
  Staff: signer('staff of the organisation, in a role that the call takes'),
  Administrator: signer('the account that administers the organisation'),
  Registrar: signer('a registrar'),
  Seat: { by: 'seat' },
  Node: { by: 'node' },
  Nobody: { by: 'nobody', why: 'the call filter refuses it' },
  Collective: undefined,
  Root: undefined,
};

/** Who may make the call `pallet.call`; `undefined` if this version of the SDK does not know it. */
export function authorityOf(name: string): Authority | undefined {
  const policy = POLICIES.get(name);
  return policy && (BY_HAND.get(name) ?? BY_SIGNER[policy.signer as Signer]);
}

/** The catalogue of Enactment: the calls that both bodies together can have made with Root, and the class of each. */
export const ENACTABLE: ReadonlyMap<string, EnactmentClass> = new Map([...POLICIES.keys()].flatMap((name) => {
  const authority = authorityOf(name);
  return authority?.by === 'enactment' ? [[name, authority.class]] : [];
}));

/** The calls that the runtime's filter refuses whoever makes them, at whatever depth. */
export const FILTERED: readonly string[] = [...POLICIES].filter(([, policy]) => policy.signer === 'Nobody').map(([name]) => name);

const REFUSED_WHERE = new Map<string, string>([
  ...['membership.removeMember', 'technicalMembership.removeMember'].map((name): [string, string] =>
    [name, `where the body has ${MIN_SEATS} seats or fewer`]),
  ...['assets.burn', 'assets.freeze', 'assets.block'].map((name): [string, string] =>
    [name, 'for a payer\'s settlement account']),
  ['system.applyAuthorizedUpgrade', 'for code that is not what was authorised'],
  ...['txPause.pause', 'txPause.unpause'].map((name): [string, string] => [name, 'for a name that no call has']),
]);

/** In which cases the runtime's filter refuses a call that it lets through in others; `undefined` if in none. */
export const refusedWhere = (name: string): string | undefined => REFUSED_WHERE.get(name);

/** What every settlement account begins with: it is derived from the id of the pallet `claims`, as `ClaimsPotId` in the runtime. */
const SETTLEMENT_PREFIX = utf8('modlslsclaim');

/** Whether these are the bytes of a settlement account of `claims`, which an asset's administrator cannot reach. */
export const isSettlementAccount = (account: Uint8Array): boolean =>
  SETTLEMENT_PREFIX.every((byte, at) => account[at] === byte);

/**
 * Whether the call `pallet.call` can never be paused, as its policy says: what is mandatory, governs, sets keys, reports
 * misbehaviour, tightens, or ends a credential; whatever answers a clock that runs; what keeps a record
 * from being believed; what takes a stolen key out of service; and what prolongs a licence, an affiliation or a registrar's
 * term. Of a call that this version of the SDK does not know it says no.
 */
export const isNeverPaused = (name: string): boolean => POLICIES.get(name)?.pausable === false;

/** Who may make a call, in words. */
export function inWords(authority: Authority): string {
  switch (authority.by) {
    case 'council': return 'two thirds of the Council, by a motion';
    case 'technical': return 'two thirds of the Technical Committee, by a motion';
    case 'either': return 'two thirds of the Council, or two thirds of the Technical Committee, by a motion';
    case 'enactment':
      return `two thirds of the Council and two thirds of the Technical Committee, each by a motion for enactment.approve, `
        + `and then a public delay (class ${authority.class})`;
    case 'seat': return 'a member of the body, alone';
    case 'anyone': return 'any account';
    case 'signer': return `an account that signs: ${authority.who}`;
    case 'carrier': return 'whoever may make all that it carries';
    case 'node': return 'a node';
    case 'nobody': return `nobody: ${authority.why}`;
  }
}
