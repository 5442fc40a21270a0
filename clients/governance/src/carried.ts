/** Walking a call and all that it carries, and whether a body could make it. */
import type { ApiPromise } from '@polkadot/api';
import type { Enum } from '@polkadot/types-codec';
import type { Call as RuntimeCall } from '@polkadot/types/interfaces';
import type { Authority } from './authority.js';
import { BODY_NAMES, type Body } from './bodies.js';
import { authorityOf, ENACTABLE, inWords, isSettlementAccount, refusedWhere } from './powers.js';

/** `pallet.call` of a decoded call. */
export const nameOfCall = (call: RuntimeCall): string => `${call.section}.${call.method}`;

const isCall = (value: unknown): value is RuntimeCall =>
  typeof value === 'object' && value !== null && 'callIndex' in value && 'args' in value;

/** The calls that `call` carries, one level down. */
export function carriedBy(call: RuntimeCall): RuntimeCall[] {
  return [...call.args].flatMap((arg: unknown) => {
    if (isCall(arg)) return [arg];
    if (Array.isArray(arg)) return arg.filter(isCall);
    return [];
  });
}

/** A call and all that it carries, from the outside in. */
export const allCalls = (call: RuntimeCall): RuntimeCall[] => [call, ...carriedBy(call).flatMap(allCalls)];

/** How deep calls may carry calls, counted as the runtime's filter does. */
export const MAX_NESTING = 8;

const depthOf = (call: RuntimeCall): number =>
  Math.max(0, ...carriedBy(call).map((inner) => 1 + depthOf(inner)));

function whyNot(name: string, authority: Authority, body: Body): string | undefined {
  switch (authority.by) {
    case 'council':
      return body === 'council' ? undefined : `${name} takes the Council; a motion of the ${BODY_NAMES[body]} fails with BadOrigin`;
    case 'technical':
      return body === 'technicalCommittee' ? undefined : `${name} takes the Technical Committee; a motion of the ${BODY_NAMES[body]} fails with BadOrigin`;
    case 'either': case 'carrier': return undefined;
    case 'nobody': return `${name} can be made by nobody: ${authority.why}`;
    case 'enactment':
      return `${name} takes Root: a body approves it with enactment.approve, and a motion for the call itself fails with BadOrigin`;
    default:
      return `${name} takes ${inWords(authority)}; a motion signs nothing and fails with BadOrigin`;
  }
}

const REACHING = new Set(['assets.burn', 'assets.freeze', 'assets.block']);

/** Whether an asset's administrator would reach into a settlement account; the filter takes whoever is no plain account for one. */
function reachesIntoAPot(call: RuntimeCall): boolean {
  if (!REACHING.has(nameOfCall(call))) return false;
  // The SDK's `MultiAddress` has no `isId`, unlike other enums.
  const who = call.args[1] as unknown as Enum;
  return who.type !== 'Id' || isSettlementAccount(who.inner.toU8a());
}

/**
 * Why a motion of `body` for `call` would be refused or would fail, whatever the state of the chain; empty
 * if it would not. What depends on the state is told by {@link effectsOf}.
 */
export function refusalsOf(call: RuntimeCall, body: Body): string[] {
  const refusals: string[] = [];
  const visit = (inner: RuntimeCall): void => {
    const name = nameOfCall(inner);
    const authority = authorityOf(name);
    const why = authority
      ? whyNot(name, authority, body)
      : `who may make ${name} is not known to this version of the SDK`;
    if (why) refusals.push(why);
    if (reachesIntoAPot(inner)) refusals.push(`the call filter refuses ${name} ${refusedWhere(name)}, whoever administers the asset`);
    if (name === 'enactment.approve') {
      for (const wanted of carriedBy(inner).map(nameOfCall)) {
        if (!ENACTABLE.has(wanted)) refusals.push(`${wanted} is not in the catalogue of Enactment, which takes ${[...ENACTABLE.keys()].join(', ')}; approve fails with NotInCatalogue`);
      }
      return;
    }
    carriedBy(inner).forEach(visit);
  };
  visit(call);
  // The motion that proposes it is a level too.
  if (depthOf(call) + 1 > MAX_NESTING) refusals.push(`calls are carried more than ${MAX_NESTING} levels deep; the call filter refuses that`);
  return refusals;
}

/** Decodes a call or an extrinsic from hexadecimal digits; `undefined` if it is neither on this chain. */
export function decodeCall(api: ApiPromise, hex: string): RuntimeCall | undefined {
  try {
    const call = api.registry.createType('Call', hex) as RuntimeCall;
    if (call.toHex() === hex.toLowerCase()) return call;
  } catch { /* not a call: perhaps an extrinsic */ }
  try {
    const extrinsic = api.registry.createType('Extrinsic', hex) as unknown as { toHex(): string; method: RuntimeCall };
    return extrinsic.toHex() === hex.toLowerCase() ? extrinsic.method : undefined;
  } catch {
    return undefined;
  }
}
