/** The storage keys that receipts are about, made by hand: whoever verifies has no metadata. */
import { blake2AsU8a, xxhashAsU8a } from '@polkadot/util-crypto';
import { concat, toHex, utf8, type Hex } from '../bytes.js';
import { toLittleEndian } from './scale.js';

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
