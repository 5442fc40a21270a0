/**
 * What blocks leave for everybody to read: transactions with their signers, events with who paid, and what the state became. For tests of what must
 * not be found there, and for controls in which the same search finds it.
 */
import type { ApiPromise } from '@salus/client';
import { stringCamelCase, u8aToHex } from '@polkadot/util';
import { stateAt } from './state.js';

/** One thing that was left. */
export interface Trace {
  /** What it is, for people. */
  where: string;
  /** All its bytes, as hexadecimal digits. */
  hex: string;
  /** The same as it is read, by names. */
  told: unknown;
}

export interface Footprint {
  blocks: number;
  traces: Trace[];
  /** The accounts that signed a transaction, and those that paid a fee. */
  signers: Set<string>;
  payers: Set<string>;
}

const bare = (hex: string): string => hex.replace(/^0x/, '').toLowerCase();

/** The parts of an event or of a call by their names, where they have any. */
const byName = (names: readonly string[] | null, parts: readonly { toJSON: () => unknown }[]): unknown =>
  names?.length === parts.length ? Object.fromEntries(names.map((name, at) => [name, parts[at]?.toJSON()])) : parts.map((part) => part.toJSON());

/** What the blocks from `first` to `last` have: every transaction, with its signature, and every event. */
export async function blocksOf(api: ApiPromise, first: number, last: number): Promise<Footprint> {
  const found: Footprint = { blocks: 0, traces: [], signers: new Set(), payers: new Set() };
  for (let number = first; number <= last; number++) {
    const hash = await api.rpc.chain.getBlockHash(number);
    const [{ block }, at] = await Promise.all([api.rpc.chain.getBlock(hash), api.at(hash)]);
    const events = await at.query.system.events();
    found.blocks += 1;
    for (const extrinsic of block.extrinsics) {
      const { section, method } = extrinsic.method;
      if (extrinsic.isSigned) found.signers.add(extrinsic.signer.toString());
      found.traces.push({ where: `the transaction ${section}.${method} of block ${number}`, hex: bare(extrinsic.toHex()), told: extrinsic.method.toJSON() });
    }
    // Of a transaction with a sponsor its signer is told to have paid as well.
    const sponsors = new Map(events.filter(({ event: { section, method } }) => section === 'sponsorship' && method === 'FeeSponsored')
      .map(({ phase, event }) => [phase.toString(), String(event.data[1])]));
    for (const record of events) {
      const { section, method, data } = record.event;
      if (section === 'transactionPayment' && method === 'TransactionFeePaid') found.payers.add(sponsors.get(record.phase.toString()) ?? String(data[0]));
      found.traces.push({ where: `the event ${section}.${method} of block ${number}`, hex: bare(record.toHex()), told: byName(data.names, data) });
    }
  }
  return found;
}

/** The storage items of the chain, by the bytes with which their keys begin. */
function items(api: ApiPromise): Map<string, { pallet: string; item: string }> {
  const found = new Map<string, { pallet: string; item: string }>();
  for (const { name, storage } of api.runtimeMetadata.asLatest.pallets) {
    const pallet = stringCamelCase(name);
    for (const each of storage.isSome ? storage.unwrap().items : []) {
      const item = stringCamelCase(each.name);
      const query = api.query[pallet]?.[item];
      if (!query) throw new Error(`${pallet}.${item} cannot be read`);
      found.set(query.keyPrefix(), { pallet, item });
    }
  }
  return found;
}

/** The length of what the keys of a storage item begin with, as hexadecimal digits behind `0x`. */
const PREFIX = 2 + 2 * 32;

/**
 * What became of the state in each of the blocks from `first` to `last`: the keys of what was written or removed, with the values before and after.
 * `url` is where the node answers over HTTP.
 */
export async function changesOf(api: ApiPromise, url: string, first: number, last: number): Promise<Trace[]> {
  const known = items(api);
  const traces: Trace[] = [];
  const hashOf = async (number: number): Promise<string> => (await api.rpc.chain.getBlockHash(number)).toHex();
  let hash = await hashOf(first - 1);
  let before = await stateAt(url, hash);
  for (let number = first; number <= last; number++) {
    const [earlier, now] = [hash, await hashOf(number)];
    const after = await stateAt(url, now);
    const changed = [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key));
    for (const key of changed) {
      const owner = known.get(key.slice(0, PREFIX));
      const where = `what block ${number} made of ${owner ? `${owner.pallet}.${owner.item}` : key}`;
      const told = owner ? await Promise.all([earlier, now].map((each) => entryTold(api, each, owner, key))) : [];
      traces.push({ where, hex: [key, before.get(key) ?? '', after.get(key) ?? ''].map(bare).join(' '), told });
    }
    [hash, before] = [now, after];
  }
  return traces;
}

/** Pallets whose keys are numbers of organisations, among others; numbers of blocks and sessions are keys elsewhere. */
const OF_ORGANISATIONS = [
  'registry', 'patientIdentity', 'consent', 'care', 'emergency', 'accessLog', 'acknowledgement', 'sealed', 'recordAnchor', 'claims', 'sponsorship',
];

/** An entry of storage in the state of a block, as it is read. */
async function entryTold(api: ApiPromise, hash: string, { pallet, item }: { pallet: string; item: string }, key: string): Promise<unknown> {
  const query = (await api.at(hash)).query[pallet]?.[item];
  if (!query) return undefined;
  const { args } = api.registry.createType('StorageKey', key).setMeta(query.creator.meta);
  const keys = args.map((arg) => arg.toJSON());
  return { [OF_ORGANISATIONS.includes(pallet) ? 'organisationOrOther' : 'key']: keys, value: (await query(...args)).toJSON() };
}

/** Names under which a number is an organisation's. */
const NAMES = /^org|organisation|roleAt|practitionerAt|provider|payer|custodian|author|party/i;

/** Whether a number stands somewhere in `told` as that of an organisation. */
function names(told: unknown, organisation: number, named = false): boolean {
  if (typeof told === 'number') return named && told === organisation;
  if (Array.isArray(told)) return told.some((each) => names(each, organisation, named));
  if (typeof told !== 'object' || told === null) return false;
  return Object.entries(told).some(([name, each]) => names(each, organisation, named || NAMES.test(name)));
}

/** Where an organisation is named by its number. */
export const namingOrganisation = (traces: readonly Trace[], organisation: number): string[] =>
  traces.filter(({ told }) => names(told, organisation)).map(({ where }) => where);

/** Where these bytes stand. */
export function holding(traces: readonly Trace[], bytes: Uint8Array): string[] {
  const needle = bare(u8aToHex(bytes));
  if (needle.length < 8) throw new RangeError('so few bytes come up by chance');
  return traces.filter(({ hex }) => hex.split(' ').some((part) => holds(part, needle))).map(({ where }) => where);
}

function holds(hex: string, needle: string): boolean {
  for (let at = hex.indexOf(needle); at >= 0; at = hex.indexOf(needle, at + 1)) {
    if (at % 2 === 0) return true;
  }
  return false;
}
