/** Motions of the collectives, and what became of a call that must not succeed. */
import type { KeyringPair } from '@polkadot/keyring/types';
import { submit, type ApiPromise, type Call, type Included } from '@salus/client';
import { governance } from '@salus/governance';
import { DispatchFailed, PoolRejected } from '@salus/types';
import { account } from './keys.js';
import { eventually } from './wait.js';

/** Sends a call and waits until a block includes it. */
export const send = (api: ApiPromise, call: Call, sender: KeyringPair): Promise<Included> =>
  submit(api, call, sender, { until: 'inBlock' });

/** Two of three, and not Alice, from whose account the journey spends beside them. */
const VOTERS = ['Bob', 'Charlie'];

/**
 * Carries a motion: proposed, voted for by two of the three members, closed. Throws `DispatchFailed` with
 * the error of the call inside if that fails.
 */
export async function motion(api: ApiPromise, call: Call, body: governance.Body = 'council'): Promise<Included> {
  const [proposer, ...others] = VOTERS.map(account);
  if (!proposer) throw new Error('a motion needs somebody to propose it');
  const proposed = governance.proposedAs(await send(api, await governance.propose(api, body, call), proposer), body);
  if (!proposed) throw new Error('a motion of a body with one seat is carried at once');
  await Promise.all([proposer, ...others].map((voter) => send(api, governance.vote(api, { body, ...proposed }, true), voter)));
  const open = await governance.motionOf(api, body, proposed.hash);
  if (!open) throw new Error(`the motion ${proposed.hash} is gone before it was closed`);
  return send(api, await governance.close(api, open), proposer);
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

/** Takes a call of the catalogue all the way: both bodies approve, the public delay passes, and anybody enacts. */
export async function enactByBoth(api: ApiPromise, call: Call, limit: number): Promise<Included> {
  const hash = call.method.hash.toHex();
  await motion(api, governance.enactmentApprove(api, call));
  await motion(api, governance.enactmentApprove(api, call), 'technicalCommittee');
  const due = (await governance.storedProposalOf(api, hash))?.due;
  if (!due) throw new Error('both have approved, and nothing is due');
  await eventually('the public delay is over', limit, async () => (await api.query.timestamp.now()).toNumber() / 1000 >= due);
  return send(api, governance.enactmentEnact(api, hash), account('Ferdie'));
}
