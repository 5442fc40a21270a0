/**
 * What a reservation receipt proves, and where the chain stores it: the same as in `verify/src/reservation`, which reads it from the receipt.
 * Both are held to the vectors in `docs/vectors/reservations-chain`.
 */
import { hexToU8a } from '@polkadot/util';
import { IntegrityBroken, type Hex } from '@salus/types';
import { Reader } from '@salus/types/scale';
import { there, type Reading } from './decision-reading.js';
import { ReceiptInvalid } from './errors.js';
import { decisionKeys, layoutKey, reservationKeys, runtimeKey, timeKey } from './keys.js';

/** The pallets whose storage is read, each with the version of its layout. */
export const RESERVATION_LAYOUTS = { Registry: 1, Research: 1 } as const;

/** A query for which budget was reserved, as of a block. */
export interface ProvenReservation {
  custodian: number;
  query: number;
  permit: number;
  /** The dataset of the permit, of which the custodian is the same. */
  dataset: number;
  /** Its version, and the withdrawal epoch that the version honours. */
  version: number;
  epoch: number;
  /** The commitment to the query. */
  commitment: Hex;
  /** In millionths. */
  epsilon: number;
  /** When it was reserved, in seconds since 1970. */
  reservedAt: number;
  /** The commitment to the answer, and when it was settled. */
  result: { commitment: Hex; at: number } | undefined;
  /** The commitment to the document whose keys sign for the custodian: its profile, or keys that it has named since. */
  keys: Hex;
  /** The time of the block, in seconds since 1970. */
  time: number;
}

/** A number of 64 bits that is a safe one: counts and moments of a chain are. */
function safe(value: bigint, tells: string): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new IntegrityBroken(`${tells}: ${value} is beyond what is counted with here`);
  return Number(value);
}

/** What an organisation has committed to with its profile. */
function profileOf(value: Uint8Array): Hex {
  const reader = new Reader(value);
  reader.take(32);
  reader.option(() => reader.take(32));
  return reader.hash();
}

/** The withdrawal epoch of a version: it stands behind the terms, whose length varies, their number, the root and the size. */
function epochOf(value: Uint8Array): number {
  const reader = new Reader(value);
  const permission = reader.u8();
  // Of a disease, with its code.
  if (permission === 3) reader.take(32);
  else if (permission > 5) throw new IntegrityBroken(`the terms of the version have the permission ${permission}, which is not known here`);
  reader.u32();
  reader.option(() => reader.take(3));
  reader.option(() => reader.u16());
  reader.option(() => reader.u64());
  reader.u32();
  reader.take(33);
  return reader.u32();
}

/** Reads all that a reservation receipt proves; `undefined` if the chain has no such query. */
export function* reservationOf(custodian: number, query: bigint): Reading<ProvenReservation | undefined> {
  if (!(yield { key: runtimeKey(), tells: 'which runtime the state is of' })) throw new IntegrityBroken('the state does not tell of which runtime it is');
  for (const [pallet, version] of Object.entries(RESERVATION_LAYOUTS)) {
    const found = yield { key: layoutKey(pallet), tells: `in which version ${pallet} stores` };
    if ((found ? new Reader(found).u16() : 0) !== version) throw new ReceiptInvalid('unknown-layout', `${pallet} stores in a version that this SDK does not read`);
  }
  const now = yield { key: timeKey(), tells: 'the block\'s time' };
  const number = `query ${query} of organisation ${custodian}`;
  const stored = yield { key: reservationKeys.query(custodian, query), tells: number };
  if (!stored) return undefined;
  const reader = new Reader(stored);
  const [permit, version, commitment] = [reader.u32(), reader.u32(), reader.hash()];
  const [epsilon, reservedAt] = [safe(reader.u64(), number), safe(reader.u64(), number)];
  const result = reader.option(() => ({ commitment: reader.hash(), at: safe(reader.u64(), number) }));
  reader.end();
  let tells = `permit ${permit}`;
  const record = new Reader(there(yield { key: reservationKeys.permit(permit), tells }, tells));
  record.u32();
  const dataset = record.u32();
  tells = `dataset ${dataset}`;
  const owner = new Reader(there(yield { key: reservationKeys.dataset(dataset), tells }, tells)).u32();
  if (owner !== custodian) throw new IntegrityBroken(`dataset ${dataset} is of organisation ${owner}, and the query of organisation ${custodian}`);
  tells = `version ${version} of dataset ${dataset}`;
  const epoch = epochOf(there(yield { key: reservationKeys.version(dataset, version), tells }, tells));
  tells = `organisation ${custodian}`;
  const profile = profileOf(there(yield { key: decisionKeys.organisation(custodian), tells }, tells));
  const named = yield { key: reservationKeys.clientKeys(custodian), tells: `the keys of the systems of organisation ${custodian}` };
  return {
    custodian, query: safe(query, number), permit, dataset, version, epoch, commitment, epsilon, reservedAt, result,
    keys: named ? new Reader(named).hash() : profile, time: now ? safe(new Reader(now).u64() / 1000n, 'the block\'s time') : 0,
  };
}

/** Runs a reading over what `get` answers for each key. */
export function readBy<T>(reading: Reading<T>, get: (key: Uint8Array, tells: string) => Uint8Array | undefined): T {
  let next = reading.next();
  while (next.done !== true) next = reading.next(get(hexToU8a(next.value.key), next.value.tells));
  return next.value;
}
