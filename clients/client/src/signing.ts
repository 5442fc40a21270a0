/**
 * What a wallet signs off chain: SCALE-encoded tuples that begin with the domain tag of their call,
 * hence plain concatenation. The byte vectors are in `docs/vectors/signing.json`.
 */
import { decodeAddress } from '@polkadot/util-crypto';
import { bnToU8a, hexToU8a, u8aToHex } from '@polkadot/util';
import type { KeyringPair } from '@polkadot/keyring/types';
import type { Signer } from '@polkadot/api/types';
import { blake2, concat, InvalidArgument, RELATIONSHIP_KINDS, SigningFailed, toHex, utf8, type Hex, type RelationshipKind } from '@salus/types';
import { account, code, duration, hash, moment, orgId, u32, u64, u8 } from '@salus/types/arguments';
import { signatureOf, SIGNING_TIMEOUT, type SigningOptions } from './wallet.js';

const organisation = (value: number): Uint8Array => bnToU8a(orgId(value), { bitLength: 32, isLe: true });
const number = (value: number, name: string): Uint8Array => bnToU8a(u64(value, name), { bitLength: 64, isLe: true });
const until = (value: number): Uint8Array => bnToU8a(moment(value, 'expiry'), { bitLength: 64, isLe: true });
const keyOf = (value: string): Uint8Array => decodeAddress(account(value, 'key'));
const bytesOf = (value: string | Uint8Array, name: string): Uint8Array => hexToU8a(hash(value, name));

/** The handle that registering `firstKey` gives on the chain with that genesis hash. */
export const handleOf = (genesisHash: string | Uint8Array, firstKey: string): Hex =>
  toHex(blake2(concat(utf8('salus:patient'), bytesOf(genesisHash, 'genesisHash'), keyOf(firstKey))));

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
  utf8('salus:patient-identity:register_for:v1'), bytesOf(genesisHash, 'genesisHash'), organisation(org), keyOf(key),
  bytesOf(agreementKey, 'agreementKey'), until(expiry),
);

/** What a new key signs so that the patient, and no other, may add it before `expiry`. */
export const addKeyMessage = (
  genesisHash: string | Uint8Array,
  patient: string | Uint8Array,
  key: string,
  purposeMask: number,
  expiry: number,
): Uint8Array => concat(
  utf8('salus:patient-identity:add_key:v1'), bytesOf(genesisHash, 'genesisHash'), bytesOf(patient, 'patient'),
  keyOf(key), Uint8Array.of(u8(purposeMask, 'purposeMask')), until(expiry),
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
  utf8('salus:claims:attest:v1'), bytesOf(genesisHash, 'genesisHash'), organisation(org), number(encounter, 'encounter'), number(coverage, 'coverage'), until(expiry),
);

const kindOf = (kind: RelationshipKind): Uint8Array => Uint8Array.of(RELATIONSHIP_KINDS.indexOf(code(RELATIONSHIP_KINDS, kind, 'kind')));
const wordOf = (id: number): Uint8Array => bnToU8a(u32(id, 'id'), { bitLength: 32, isLe: true });

/**
 * A recent block, which shows that a message was signed after it: nobody knows the hash before. `finalised` gives one that
 * stays; with one of `best` the signature is void if another block takes its place.
 */
export interface SeenBlock {
  number: number;
  hash: string;
}

const seenOf = ({ number: block, hash: of }: SeenBlock): Uint8Array =>
  concat(bnToU8a(u32(block, 'seen.number'), { bitLength: 32, isLe: true }), bytesOf(of, 'seen.hash'));

/**
 * What a patient's key signs so that the organisation `org`, and no other, may record before `expiry`, once, that it treats the
 * patient until `until`. `id` is what `care.nextWord` tells of the two. The chain takes it for an hour after the block `seen`, and not if
 * that was before the patient ended a relationship with the organisation, opted out, took an invitation of it back or froze its handle.
 */
export const openForMessage = (
  genesisHash: string | Uint8Array,
  org: number,
  patient: string | Uint8Array,
  kind: RelationshipKind,
  lastsUntil: number,
  id: number,
  seen: SeenBlock,
  expiry: number,
): Uint8Array => concat(
  utf8('salus:care:open_for:v2'), bytesOf(genesisHash, 'genesisHash'), organisation(org), bytesOf(patient, 'patient'),
  kindOf(kind), number(moment(lastsUntil, 'until'), 'until'), wordOf(id), seenOf(seen), until(expiry),
);

/**
 * What a patient's key signs so that the organisation `from`, and no other, may send the patient before `expiry`, once, to the
 * organisation `to`, which may then treat the patient until `until`. `id` is what `care.nextWord` tells of the patient and `to`; `seen`
 * is as with {@link openForMessage}, of `to`.
 */
export const referMessage = (
  genesisHash: string | Uint8Array,
  from: number,
  patient: string | Uint8Array,
  to: number,
  lastsUntil: number,
  id: number,
  seen: SeenBlock,
  expiry: number,
): Uint8Array => concat(
  utf8('salus:care:refer:v2'), bytesOf(genesisHash, 'genesisHash'), organisation(from), bytesOf(patient, 'patient'),
  organisation(to), number(moment(lastsUntil, 'until'), 'until'), wordOf(id), seenOf(seen), until(expiry),
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
 * which wraps them in `<Bytes>…</Bytes>`. The chain takes both. Throws {@link SigningFailed}, or of its kind
 * `SigningTimedOut` if the wallet does not answer.
 */
export async function signMessage(signer: KeyringPair | Wallet, message: Uint8Array, options: SigningOptions = {}): Promise<TypedSignature> {
  const millis = duration(options.signingTimeout ?? SIGNING_TIMEOUT, 'signingTimeout');
  if ('sign' in signer) {
    const kind = KINDS[signer.type as keyof typeof KINDS];
    if (!kind) throw new InvalidArgument('signer', `is a key of type ${signer.type}, whose signatures the chain does not take`);
    return typed(kind, toHex(signer.sign(message)));
  }
  if (!signer.signer.signRaw) throw new SigningFailed('this wallet signs no messages');
  const asked = signer.signer.signRaw({ address: signer.address, data: u8aToHex(message), type: 'bytes' });
  const { signature } = await signatureOf(asked, millis, 'the message').catch((error: unknown) => {
    if (error instanceof SigningFailed) throw error;
    throw new SigningFailed(`the wallet did not sign: ${(error as Error)?.message ?? String(error)}`, { cause: error });
  });
  const bytes = hexToU8a(signature);
  // Some wallets put the index of the kind in front.
  const bare = bytes.length === 65 && signer.kind !== 'Ecdsa' ? bytes.subarray(1) : bytes;
  return typed(signer.kind ?? 'Sr25519', toHex(bare));
}
