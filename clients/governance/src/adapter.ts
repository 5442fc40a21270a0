/**
 * The one place where this module reaches the pallets `enactment` and `txPause` by name: everything
 * else here speaks in the types below, also on a chain whose runtime is older and has neither.
 */
import type { ApiPromise } from '@polkadot/api';
import type { Call as RuntimeCall } from '@polkadot/types/interfaces';
import type { Codec } from '@polkadot/types/types';
import type { ApiAt, Call } from '@salus/client';
import { SalusError, type Hex } from '@salus/types';

export const ENACTMENT_CLASSES = ['Upgrade', 'Parameter', 'Emergency'] as const;
/** What kind of change a proposal makes; each class has its own public delay. */
export type EnactmentClass = (typeof ENACTMENT_CLASSES)[number];

/** A proposal of the pallet `enactment` as it is stored. Moments are Unix seconds. */
export interface StoredProposal {
  hash: Hex;
  /** The SCALE-encoded call. */
  call: Hex;
  class: EnactmentClass;
  proposedAt: number;
  approvals: { council: boolean; technicalCommittee: boolean };
  /** From when on it can be enacted; `undefined` until both bodies have approved. */
  due: number | undefined;
  /** From when on it can be neither approved nor enacted any more. */
  lapses: number;
}

/** Seconds of public delay, by class. */
export type ClassSeconds = Record<EnactmentClass, number>;

type Anything = (...args: unknown[]) => unknown;
type Loose = Record<string, Record<string, unknown> | undefined>;

function member(place: unknown, pallet: string, name: string): Anything {
  const found = (place as Loose)[pallet]?.[name];
  if (typeof found !== 'function') throw new SalusError(`this chain's runtime has no ${pallet}.${name}`);
  return found as Anything;
}

const tx = (api: ApiPromise, pallet: string, name: string, ...args: unknown[]): Call =>
  member(api.tx, pallet, name)(...args) as Call;

/** Whether the chain's runtime has the pallet `enactment`. */
export const hasEnactment = (api: ApiPromise): boolean => (api.tx as unknown as Loose)['enactment'] !== undefined;
/** Whether the chain's runtime has the pallet `txPause`. */
export const hasTxPause = (api: ApiPromise): boolean => (api.tx as unknown as Loose)['txPause'] !== undefined;

export const enactmentApprove = (api: ApiPromise, call: Call | RuntimeCall | string): Call =>
  tx(api, 'enactment', 'approve', call);
export const enactmentCancel = (api: ApiPromise, proposal: string): Call => tx(api, 'enactment', 'cancel', proposal);
export const enactmentEnact = (api: ApiPromise, proposal: string): Call => tx(api, 'enactment', 'enact', proposal);
export const enactmentClear = (api: ApiPromise, proposal: string): Call => tx(api, 'enactment', 'clear', proposal);
export const enactmentSetDelay = (api: ApiPromise, ofClass: EnactmentClass, seconds: number | bigint): Call =>
  tx(api, 'enactment', 'setDelay', ofClass, seconds);

/** `pallet` and `call` as the metadata spells them: `Balances`, `transfer_keep_alive`. */
export const txPausePause = (api: ApiPromise, pallet: string, call: string): Call =>
  tx(api, 'txPause', 'pause', [pallet, call]);
export const txPauseUnpause = (api: ApiPromise, pallet: string, call: string): Call =>
  tx(api, 'txPause', 'unpause', [pallet, call]);

interface StoredJson {
  call: Hex;
  class: string;
  proposedAt: number | string;
  approvals: { council: boolean; technical: boolean };
  due: number | string | null;
  lapses: number | string;
}

/** A stored proposal from its JSON form. */
export function storedProposal(hash: string, json: unknown): StoredProposal {
  const stored = json as StoredJson;
  return {
    hash: hash as Hex, call: stored.call, class: stored.class as EnactmentClass, proposedAt: Number(stored.proposedAt),
    approvals: { council: stored.approvals.council, technicalCommittee: stored.approvals.technical },
    due: stored.due === null ? undefined : Number(stored.due), lapses: Number(stored.lapses),
  };
}

interface MapEntry {
  (key: string): Promise<Codec & { isSome?: boolean }>;
  entries: () => Promise<[{ args: Codec[] }, Codec][]>;
}

const query = (api: ApiAt, name: string): MapEntry => member(api.query, 'enactment', name) as unknown as MapEntry;

/** The proposals that are stored now, the oldest first. */
export async function storedProposals(api: ApiAt): Promise<StoredProposal[]> {
  const entries = await query(api, 'proposals').entries();
  return entries
    .map(([key, value]) => storedProposal(String(key.args[0]), value.toJSON()))
    .sort((a, b) => a.proposedAt - b.proposedAt);
}

/** The proposal with that hash, if it is stored now. */
export async function storedProposalOf(api: ApiAt, hash: string): Promise<StoredProposal | undefined> {
  const json = (await query(api, 'proposals')(hash)).toJSON();
  return json === null ? undefined : storedProposal(hash, json);
}

async function secondsByClass(api: ApiAt, name: 'delays' | 'floors'): Promise<ClassSeconds> {
  const value = await (query(api, name) as unknown as () => Promise<Codec>)();
  const table = value.toJSON() as Record<string, number | string>;
  return { Upgrade: Number(table['upgrade']), Parameter: Number(table['parameter']), Emergency: Number(table['emergency']) };
}

/** How long a proposal of each class waits now. */
export const enactmentDelays = (api: ApiAt): Promise<ClassSeconds> => secondsByClass(api, 'delays');
/** The shortest delay that each class can be given on this chain. */
export const enactmentFloors = (api: ApiAt): Promise<ClassSeconds> => secondsByClass(api, 'floors');

/** The longest delay that a class can be given, in seconds. */
export const longestDelay = (api: ApiPromise): number =>
  Number(String((api.consts as unknown as Loose)['enactment']?.['maxDelay'] ?? Number.MAX_SAFE_INTEGER));

/** The calls that are paused now, each as `[pallet, call]` in the metadata's spelling. */
export async function pausedCalls(api: ApiPromise): Promise<[string, string][]> {
  if (!hasTxPause(api)) return [];
  const entry = member(api.query, 'txPause', 'pausedCalls') as unknown as { keys: () => Promise<{ args: Codec[] }[]> };
  const keys = await entry.keys();
  return keys.map((key) => {
    const [pallet, call] = key.args[0] as unknown as [{ toUtf8(): string }, { toUtf8(): string }];
    return [pallet.toUtf8(), call.toUtf8()];
  });
}
