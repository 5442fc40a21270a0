/**
 * The one place where this module reaches the pallets `enactment` and `txPause` by name: everything
 * else here speaks in the types below, also on a chain whose runtime is older and has neither.
 */
import type { ApiPromise } from '@polkadot/api';
import type { Call as RuntimeCall } from '@polkadot/types/interfaces';
import type { Codec } from '@polkadot/types/types';
import type { ApiAt } from '../connect.js';
import { SalusError } from '../errors.js';
import type { Hex } from '../bytes.js';
import type { Call } from '../tx.js';

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
  agreedAt: number | undefined;
  due: number | undefined;
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
  agreedAt: number | string | null;
  due: number | string | null;
  lapses: number | string;
}

const optional = (value: number | string | null): number | undefined => (value === null ? undefined : Number(value));

/** A stored proposal from its JSON form. */
export function storedProposal(hash: string, json: unknown): StoredProposal {
  const stored = json as StoredJson;
  return {
    hash: hash as Hex, call: stored.call, class: stored.class as EnactmentClass, proposedAt: Number(stored.proposedAt),
    approvals: { council: stored.approvals.council, technicalCommittee: stored.approvals.technical },
    agreedAt: optional(stored.agreedAt), due: optional(stored.due), lapses: Number(stored.lapses),
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

/** The seconds by class of `Delays` or `Floors`, be it stored as a value or as a map over the classes. */
async function secondsByClass(api: ApiAt, name: 'delays' | 'floors'): Promise<ClassSeconds> {
  const entry = member(api.query, 'enactment', name) as unknown as MapEntry & { creator?: { meta?: { type?: { isMap?: boolean } } } };
  const read = async (ofClass: EnactmentClass): Promise<number> => Number((await entry(ofClass)).toJSON());
  if (entry.creator?.meta?.type?.isMap) {
    const [upgrade, parameter, emergency] = await Promise.all(ENACTMENT_CLASSES.map(read));
    return { Upgrade: upgrade as number, Parameter: parameter as number, Emergency: emergency as number };
  }
  const json = (await (entry as unknown as () => Promise<Codec>)()).toJSON() as Record<string, number | string>;
  return { Upgrade: Number(json['upgrade']), Parameter: Number(json['parameter']), Emergency: Number(json['emergency']) };
}

/** How long a proposal of each class waits now. */
export const enactmentDelays = (api: ApiAt): Promise<ClassSeconds> => secondsByClass(api, 'delays');
/** The shortest delay that each class can be given on this chain. */
export const enactmentFloors = (api: ApiAt): Promise<ClassSeconds> => secondsByClass(api, 'floors');

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
