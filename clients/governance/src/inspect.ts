/** Everything that somebody should see of a call before voting for it or signing it. */
import type { ApiPromise } from '@polkadot/api';
import type { Call as RuntimeCall } from '@polkadot/types/interfaces';
import type { Call } from '@salus/client';
import type { Hex } from '@salus/types';
import type { Authority } from './authority.js';
import { callHash, organisationOf, type Body } from './bodies.js';
import { nameOfCall, refusalsOf } from './carried.js';
import { effectsOf } from './effects.js';
import { authorityOf, inWords, refusedWhere } from './powers.js';
import { accountsIn, describe, wordingOf } from './words.js';

export interface Inspection {
  /** `pallet.call`. */
  name: string;
  hex: Hex;
  /** BLAKE2b-256 of the encoded call: what a motion for it is known by. */
  hash: Hex;
  length: number;
  /** What it would do. */
  words: string[];
  authority: Authority | undefined;
  /** Who may make it, in words. */
  mayBeMadeBy: string;
  /** Why a motion would be refused or would fail, whatever the state. */
  refusals: string[];
  /** What would change now. */
  changes: string[];
  /** What in the present state stands in its way. */
  obstacles: string[];
  /** What should make one think twice. */
  warnings: string[];
}

/** How accounts are called: by their address, and the organisation that the chain knows them for. */
export async function labelled(api: ApiPromise, accounts: readonly string[]): Promise<(address: string) => string> {
  const labels = new Map(await Promise.all([...new Set(accounts)].map(async (account) => {
    const organisation = await organisationOf(api, account);
    return [account, organisation === undefined ? account : `${account} (organisation ${organisation})`] as const;
  })));
  return (address) => labels.get(address) ?? address;
}

/**
 * What a call would do, who may make it and what stands in its way, judged for a motion of `body`. Nothing is
 * simulated: the runtime has no dry run.
 */
export async function inspect(api: ApiPromise, decoded: RuntimeCall | Call['method'], body: Body = 'council'): Promise<Inspection> {
  const call = decoded as RuntimeCall;
  const wording = wordingOf(api, await labelled(api, accountsIn(call)));
  const name = nameOfCall(call);
  const authority = authorityOf(name);
  const where = refusedWhere(name);
  const { changes, obstacles, warnings } = await effectsOf(api, call, wording, body);
  return {
    name, hex: call.toHex() as Hex, hash: callHash(call.toU8a()), length: call.encodedLength,
    words: describe(call, wording), authority,
    mayBeMadeBy: authority ? `${inWords(authority)}${where ? `; the call filter refuses it ${where}` : ''}` : 'not known to this version of the SDK',
    refusals: refusalsOf(call, body), changes, obstacles, warnings,
  };
}
