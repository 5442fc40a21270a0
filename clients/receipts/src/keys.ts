/** The storage keys that receipts are about, made by hand: whoever verifies has no metadata. */
import { hexToU8a } from '@polkadot/util';
import { blake2AsU8a, xxhashAsU8a } from '@polkadot/util-crypto';
import { concat, toHex, utf8, type Hex } from '@salus/types';
import { toLittleEndian } from '@salus/types/scale';

const twox64Concat = (bytes: Uint8Array): Uint8Array => concat(xxhashAsU8a(bytes, 64), bytes);
const blake128Concat = (bytes: Uint8Array): Uint8Array => concat(blake2AsU8a(bytes, 128), bytes);
const key = (pallet: string, item: string, ...rest: Uint8Array[]): Hex =>
  toHex(concat(xxhashAsU8a(utf8(pallet), 128), xxhashAsU8a(utf8(item), 128), ...rest));
const u32 = (value: number): Uint8Array => toLittleEndian(BigInt(value), 4);

/** The block's time. */
export const timeKey = (): Hex => key('Timestamp', 'Now');
/** The hash of block 0, which the runtime never drops. */
export const genesisKey = (): Hex => key('System', 'BlockHash', twox64Concat(u32(0)));
export const authoritiesKey = (): Hex => key('Grandpa', 'Authorities');
export const setKey = (): Hex => key('Grandpa', 'CurrentSetId');
/** The number of a parachain, in its own state. */
export const paraIdKey = (): Hex => key('ParachainInfo', 'ParachainId');
/** The head of a parachain, in the relay chain's state. */
export const headKey = (paraId: number): Hex => key('Paras', 'Heads', twox64Concat(u32(paraId)));

/** A slot in one of the maps of record-anchor. */
export const slotKey = (map: 'Anchors' | 'Successors', author: number, seq: bigint): Hex =>
  key('RecordAnchor', map, twox64Concat(u32(author)), twox64Concat(toLittleEndian(seq, 8)));
/** That a slot was retracted, or one leaf of it. */
export const retractionKey = (author: number, seq: bigint, leaf?: bigint): Hex => key(
  'RecordAnchor', 'Retractions', twox64Concat(u32(author)), twox64Concat(toLittleEndian(seq, 8)),
  blake128Concat(leaf === undefined ? Uint8Array.of(0) : concat(Uint8Array.of(1), toLittleEndian(leaf, 8))),
);

/** The runtime that made a state. */
export const runtimeKey = (): Hex => key('System', 'LastRuntimeUpgrade');
/** The version of the layout in which a pallet stores. */
export const layoutKey = (pallet: string): Hex => key(pallet, ':__STORAGE_VERSION__:');

const bytesOf = (hex: Hex): Uint8Array => hexToU8a(hex);
const twox32 = (value: number): Uint8Array => twox64Concat(u32(value));

/** The items of the state on which an answer of consent can depend: the same as in `verify/src/decision/items.rs`. */
export const decisionKeys = {
  handle: (patient: Hex): Hex => key('PatientIdentity', 'Patients', blake128Concat(bytesOf(patient))),
  pastState: (patient: Hex, place: number): Hex => key('PatientIdentity', 'StateHistory', blake128Concat(bytesOf(patient)), twox32(place)),
  key: (account: Hex): Hex => key('PatientIdentity', 'Keys', blake128Concat(bytesOf(account))),
  organisation: (id: number): Hex => key('Registry', 'Organisations', twox32(id)),
  licence: (id: number, kind: number): Hex => key('Registry', 'Licences', twox32(id), blake128Concat(Uint8Array.of(kind))),
  affiliation: (id: number, who: Hex): Hex => key('Registry', 'Affiliations', twox32(id), blake128Concat(bytesOf(who))),
  employers: (who: Hex): Hex => key('Registry', 'Employers', blake128Concat(bytesOf(who))),
  flags: (id: number): Hex => key('Registry', 'Flags', twox32(id)),
  directives: (patient: Hex): Hex => key('Consent', 'Live', blake128Concat(bytesOf(patient))),
  pastDirectives: (patient: Hex, page: number): Hex => key('Consent', 'History', blake128Concat(bytesOf(patient)), twox32(page)),
  vetoes: (patient: Hex): Hex => key('Consent', 'Vetoes', blake128Concat(bytesOf(patient))),
  baseDecisions: (patient: Hex): Hex => key('Consent', 'BaseDecisions', blake128Concat(bytesOf(patient))),
  sealed: (patient: Hex): Hex => key('Sealed', 'Live', blake128Concat(bytesOf(patient))),
  pastSealed: (patient: Hex, page: number): Hex => key('Sealed', 'History', blake128Concat(bytesOf(patient)), twox32(page)),
  carePolicies: (): Hex => key('Care', 'Policies'),
  pair: (patient: Hex, organisation: number): Hex => key('Care', 'Pairs', blake128Concat(bytesOf(patient)), twox32(organisation)),
  relationship: (id: bigint): Hex => key('Care', 'Relationships', twox64Concat(toLittleEndian(id, 8))),
  optOuts: (patient: Hex): Hex => key('Care', 'OptOuts', blake128Concat(bytesOf(patient))),
  latestEmergency: (patient: Hex, organisation: number, who: Hex): Hex =>
    key('Emergency', 'Latest', blake128Concat(bytesOf(patient)), blake128Concat(concat(u32(organisation), bytesOf(who)))),
  emergency: (id: number): Hex => key('Emergency', 'Emergencies', twox32(id)),
  advanceDirectives: (patient: Hex): Hex => key('Emergency', 'AdvanceDirectives', blake128Concat(bytesOf(patient))),
} as const;

const u64 = (value: bigint): Uint8Array => twox64Concat(toLittleEndian(value, 8));

/** The items of the state that a reservation receipt proves: the same as in `verify/src/reservation`. */
export const reservationKeys = {
  query: (custodian: number, query: bigint): Hex => key('Research', 'Queries', twox64Concat(u32(custodian)), u64(query)),
  permit: (id: number): Hex => key('Research', 'Permits', twox32(id)),
  dataset: (id: number): Hex => key('Research', 'Datasets', twox32(id)),
  version: (dataset: number, version: number): Hex => key('Research', 'Versions', twox32(dataset), twox32(version)),
  clientKeys: (id: number): Hex => key('Registry', 'ClientKeys', twox32(id)),
} as const;
