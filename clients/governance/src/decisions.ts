/** The call of each kind of decision. A motion of the body that may make it carries it: see `motions`. */
import type { ApiPromise } from '@polkadot/api';
import type { Call as RuntimeCall } from '@polkadot/types/interfaces';
import { stringCamelCase } from '@polkadot/util';
import type { Call } from '@salus/client';
import { CARE_POLICIES, maskOf, orgKinds, SalusError, type CarePolicy, type OrgKind } from '@salus/types';
import { code } from '@salus/types/arguments';
import { txPausePause, txPauseUnpause } from './adapter.js';
import type { Body } from './bodies.js';

/** The membership pallet behind each body. */
const MEMBERSHIP = { council: 'membership', technicalCommittee: 'technicalMembership' } as const;
export const membershipOf = (body: Body): (typeof MEMBERSHIP)[Body] => MEMBERSHIP[body];

export const CAPABILITIES = ['Mandates', 'Deaths', 'CourtOrders'] as const;
/** What a registrar may do besides licensing. */
export type Capability = (typeof CAPABILITIES)[number];

/** Gives `who` a seat in a body. Each body decides about its own seats: neither appoints the other. */
export const addMember = (api: ApiPromise, body: Body, who: string): Call => api.tx[MEMBERSHIP[body]].addMember(who);
/** Takes a seat away. */
export const removeMember = (api: ApiPromise, body: Body, who: string): Call => api.tx[MEMBERSHIP[body]].removeMember(who);
/** Gives the seat of `out` to `entering`: what a member with a lost key needs. */
export const swapMember = (api: ApiPromise, body: Body, out: string, entering: string): Call =>
  api.tx[MEMBERSHIP[body]].swapMember(out, entering);
/** Makes a member the prime. Polkadot.js Apps shows who it is; it changes no vote, as who does not vote counts as nay. */
export const setPrime = (api: ApiPromise, body: Body, who: string): Call => api.tx[MEMBERSHIP[body]].setPrime(who);
export const clearPrime = (api: ApiPromise, body: Body): Call => api.tx[MEMBERSHIP[body]].clearPrime();

/** Lets `account`, which organisation `org` operates, become a validator as soon as it has set its session keys. */
export const addValidator = (api: ApiPromise, account: string, org: number): Call =>
  api.tx.validatorSet.addValidator(account, org);
/** Takes a validator out, unless too few would remain. */
export const removeValidator = (api: ApiPromise, account: string): Call => api.tx.validatorSet.removeValidator(account);

/** Appoints a registrar that acts for `org`, until before `until` (Unix seconds). */
export const appointRegistrar = (
  api: ApiPromise, account: string, org: number, kinds: readonly OrgKind[], capabilities: readonly Capability[], until: number,
): Call => api.tx.registry.appointRegistrar(account, org, orgKinds(...kinds), maskOf(CAPABILITIES, capabilities), until);
/** Dismisses a registrar, as of the block in which it is carried out. */
export const dismissRegistrar = (api: ApiPromise, account: string): Call => api.tx.registry.dismissRegistrar(account);

export const enterSafeMode = (api: ApiPromise): Call => api.tx.safeMode.forceEnter();
export const extendSafeMode = (api: ApiPromise): Call => api.tx.safeMode.forceExtend();
export const exitSafeMode = (api: ApiPromise): Call => api.tx.safeMode.forceExit();

/** A call by the names that the metadata has for it, from `pallet.call` in either spelling; throws if there is none. */
export function nameInMetadata(api: ApiPromise, name: string): { pallet: string; call: string } {
  const [pallet = '', call = ''] = name.split('.');
  // Only this way round: `asMultiThreshold1` does not say that it is `as_multi_threshold_1`.
  const wanted = stringCamelCase(call);
  const found = api.runtimeMetadata.asLatest.pallets.find(({ name: known }) => known.toString().toLowerCase() === pallet.toLowerCase());
  const calls = found?.calls.isSome ? api.registry.lookup.getSiType(found.calls.unwrap().type).def.asVariant.variants : undefined;
  const variant = calls?.find(({ name: known }) => stringCamelCase(known.toString()) === wanted);
  if (!found || !variant) throw new SalusError(`the chain has no call ${name}`);
  return { pallet: found.name.toString(), call: variant.name.toString() };
}

/** Pauses one call, `pallet.call`, for everybody. What tightens, governs or is mandatory cannot be paused. */
export function pauseCall(api: ApiPromise, name: string): Call {
  const { pallet, call } = nameInMetadata(api, name);
  return txPausePause(api, pallet, call);
}

export function unpauseCall(api: ApiPromise, name: string): Call {
  const { pallet, call } = nameInMetadata(api, name);
  return txPauseUnpause(api, pallet, call);
}

/** Promises an amount of the native token to an account, which anybody then pays out with `treasury.payout`. */
export const spend = (api: ApiPromise, amount: bigint, beneficiary: string, validFrom?: number): Call =>
  api.tx.treasury.spend(null, amount, beneficiary, validFrom ?? null);
/** Takes a promise back that was not paid out. */
export const voidSpend = (api: ApiPromise, index: number): Call => api.tx.treasury.voidSpend(index);

/** Creates a settlement asset. The treasury owns it; `admin` issues and administers it. */
export const createAsset = (api: ApiPromise, id: number, admin: string, minBalance: bigint): Call =>
  api.tx.assets.create(id, admin, minBalance);

/** Carries out a decision of the Council at a block. */
export const scheduleAt = (api: ApiPromise, block: number, call: Call | RuntimeCall): Call =>
  api.tx.scheduler.schedule(block, null, 0, call as Call);
/** Carries out a decision of the Council so many blocks after the motion. */
export const scheduleAfter = (api: ApiPromise, blocks: number, call: Call | RuntimeCall): Call =>
  api.tx.scheduler.scheduleAfter(blocks, null, 0, call as Call);
/** Takes what is scheduled at a block, at a place in that block's agenda, out again. */
export const cancelScheduled = (api: ApiPromise, block: number, index: number): Call => api.tx.scheduler.cancel(block, index);

/** Announces another care policy, which begins when the notice is over; or, with the policy in force, withdraws what was announced. */
export const setCarePolicy = (api: ApiPromise, policy: CarePolicy): Call => api.tx.care.setPolicy(code(CARE_POLICIES, policy, 'policy'));

/** Lets the next validators finalise without the stalled authorities: `delay` blocks after it is enacted. */
export const noteStalled = (api: ApiPromise, delay: number, bestFinalised: number): Call =>
  api.tx.grandpa.noteStalled(delay, bestFinalised);
