/**
 * Calls of the pallets Enactment, TxPause and SafeMode, by name: the one place that knows how they are
 * reached.
 */
import type { ApiPromise, Call } from '@salus/client';

type Calls = Record<string, Record<string, (...args: unknown[]) => Call> | undefined>;

function call(api: ApiPromise, pallet: string, name: string, ...args: unknown[]): Call {
  const make = (api.tx as unknown as Calls)[pallet]?.[name];
  if (!make) throw new Error(`this chain has no call ${pallet}.${name}`);
  return make(...args);
}

/** A body's agreement that `inner` be done as Root. */
export const approve = (api: ApiPromise, inner: Call): Call => call(api, 'enactment', 'approve', inner);

/** Does it, once both bodies have agreed and the delay is over. Anybody may. */
export const enact = (api: ApiPromise, proposal: string): Call => call(api, 'enactment', 'enact', proposal);

/** A body's objection. */
export const cancel = (api: ApiPromise, proposal: string): Call => call(api, 'enactment', 'cancel', proposal);

export const setDelay = (api: ApiPromise, of: string, length: number): Call => call(api, 'enactment', 'setDelay', of, length);

/** The hash under which a call is proposed. */
export const proposalOf = (inner: Call): string => inner.method.hash.toHex();

export interface Proposal {
  class: string;
  approvals: { council: boolean; technical: boolean };
  /** Seconds since 1970. */
  due: number | null;
  lapses: number;
}

/** What is proposed under a hash. */
export async function proposal(api: ApiPromise, hash: string): Promise<Proposal | undefined> {
  const stored = (api.query as unknown as Record<string, Record<string, (key: string) => Promise<{ toJSON(): unknown }>> | undefined>)['enactment']?.['proposals'];
  if (!stored) throw new Error('this chain has no pallet Enactment');
  return (await stored(hash)).toJSON() as Proposal | null ?? undefined;
}
