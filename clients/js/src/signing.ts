/**
 * What a wallet signs off chain: SCALE-encoded tuples that begin with the domain tag of their call,
 * hence plain concatenation. The byte vectors are in `docs/vectors/signing.json`.
 */
import { decodeAddress } from '@polkadot/util-crypto';
import { bnToU8a, hexToU8a, u8aToHex } from '@polkadot/util';
import type { KeyringPair } from '@polkadot/keyring/types';
import type { Signer } from '@polkadot/api/types';
import { blake2, bytes32, concat, toHex, utf8, type Hex } from './bytes.js';

const u32 = (value: number): Uint8Array => bnToU8a(value, { bitLength: 32, isLe: true });
const u64 = (value: number): Uint8Array => bnToU8a(value, { bitLength: 64, isLe: true });

/** The handle that registering `firstKey` gives on the chain with that genesis hash. */
export const handleOf = (genesisHash: string | Uint8Array, firstKey: string): Hex =>
  toHex(blake2(concat(utf8('salus:patient'), bytes32(genesisHash), decodeAddress(firstKey))));

/**
 * What a wallet signs so that the organisation `org`, and no other, may register it before `expiry`
 * (seconds since 1970).
 */
export const registerForMessage = (
  genesisHash: string | Uint8Array,
  org: number,
  key: string,
  agreementKey: string | Uint8Array,
  expiry: number,
): Uint8Array => concat(
  utf8('salus:patient-identity:register_for:v1'), bytes32(genesisHash), u32(org), decodeAddress(key),
  bytes32(agreementKey), u64(expiry),
);

/** What a new key signs so that the patient, and no other, may add it before `expiry`. */
export const addKeyMessage = (
  genesisHash: string | Uint8Array,
  patient: string | Uint8Array,
  key: string,
  purposeMask: number,
  expiry: number,
): Uint8Array => concat(
  utf8('salus:patient-identity:add_key:v1'), bytes32(genesisHash), bytes32(patient),
  decodeAddress(key), Uint8Array.of(purposeMask), u64(expiry),
);

/**
 * What a member key signs so that the provider `org`, and no other, may hand in before `expiry` that the
 * encounter took place, on this coverage.
 */
export const attestMessage = (
  genesisHash: string | Uint8Array,
  org: number,
  encounter: number,
  coverage: number,
  expiry: number,
): Uint8Array => concat(
  utf8('salus:claims:attest:v1'), bytes32(genesisHash), u32(org), u64(encounter), u64(coverage), u64(expiry),
);

/** A wallet behind an address, and the kind of its key. */
export interface Wallet {
  address: string;
  signer: Signer;
  kind?: Kind;
}

/** A `MultiSignature`, as the chain takes it. */
export type TypedSignature = { Ed25519: Hex } | { Sr25519: Hex } | { Ecdsa: Hex };

const KINDS = { ed25519: 'Ed25519', sr25519: 'Sr25519', ecdsa: 'Ecdsa' } as const;
type Kind = (typeof KINDS)[keyof typeof KINDS];

function typed(kind: Kind, signature: Hex): TypedSignature {
  if (kind === 'Ed25519') return { Ed25519: signature };
  return kind === 'Sr25519' ? { Sr25519: signature } : { Ecdsa: signature };
}

/**
 * Signs a message off chain: with a key pair the bytes as they are, with a wallet through `signRaw`,
 * which wraps them in `<Bytes>…</Bytes>`. The chain takes both.
 */
export async function signMessage(signer: KeyringPair | Wallet, message: Uint8Array): Promise<TypedSignature> {
  if ('sign' in signer) {
    const kind = KINDS[signer.type as keyof typeof KINDS];
    if (!kind) throw new RangeError(`the chain takes no signature of type ${signer.type}`);
    return typed(kind, toHex(signer.sign(message)));
  }
  if (!signer.signer.signRaw) throw new RangeError('this wallet signs no messages');
  const { signature } = await signer.signer.signRaw({
    address: signer.address, data: u8aToHex(message), type: 'bytes',
  });
  const bytes = hexToU8a(signature);
  // Some wallets put the index of the kind in front.
  const bare = bytes.length === 65 && signer.kind !== 'Ecdsa' ? bytes.subarray(1) : bytes;
  return typed(signer.kind ?? 'Sr25519', toHex(bare));
}
