/** Motions of the collectives, and what became of a call that must not succeed. */
import type { KeyringPair } from '@polkadot/keyring/types';
import { DispatchFailed, PoolRejected, eventOf, submit, type ApiPromise, type Call, type Included } from '@salus/client';
import { account } from './keys.js';

export type Body = 'council' | 'technicalCommittee';

/** Sends a call and waits until a block includes it. */
export const send = (api: ApiPromise, call: Call, sender: KeyringPair): Promise<Included> =>
  submit(api, call, sender, { until: 'inBlock' });

/** A member may already know what the others will say. */
const VOTERS = ['Alice', 'Bob'];

/**
 * Carries a motion: proposed, voted for by two of the three members, closed. Throws `DispatchFailed` with
 * the error of the call inside if that fails.
 */
export async function motion(api: ApiPromise, call: Call, body: Body = 'council'): Promise<Included> {
  const pallet = api.tx[body];
  const [proposer, ...others] = VOTERS.map(account);
  if (!proposer) throw new Error('a motion needs somebody to propose it');
  const length = call.method.encodedLength;
  const proposed = await send(api, pallet.propose(VOTERS.length, call, length), proposer);
  const { proposalIndex, proposalHash } = eventOf(proposed, body, 'Proposed');
  await Promise.all([proposer, ...others].map((voter) =>
    send(api, pallet.vote(proposalHash as string, proposalIndex as number, true), voter)));
  const { weight } = await api.call.transactionPaymentCallApi.queryCallInfo(call.method, length);
  const bound = {
    refTime: weight.refTime.toBigInt() * 11n / 10n + 1_000_000n,
    proofSize: weight.proofSize.toBigInt() * 11n / 10n + 10_000n,
  };
  return send(api, pallet.close(proposalHash as string, proposalIndex as number, bound, length), proposer);
}

/** In which way a call was refused, in words; undefined if it was not. */
export async function refusal(attempt: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await attempt();
    return undefined;
  } catch (error) {
    if (error instanceof DispatchFailed) return `${error.pallet}.${error.error}`;
    if (error instanceof PoolRejected) return `not even included: ${error.detail}`;
    throw error;
  }
}
