/**
 * Envelopes: records encrypted with age (https://age-encryption.org/v1) to the X25519 keys of those
 * who may read them.
 *
 * What is encrypted is `"salus:envelope:v1" ‖ form ‖ salt ‖ record`. The salt travels inside, because
 * a reader needs it to check the record against its commitment, and nobody else may have it. age
 * authenticates the whole: an envelope changed anywhere does not open.
 */
import { bech32 } from '@scure/base';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { bytes32, commit, concat, equal, FORMS, IntegrityBroken, toHex, utf8, type Form, type Hex } from '@salus/types';

const DOMAIN = utf8('salus:envelope:v1');
const HEAD = DOMAIN.length + 1 + 32;

/** An X25519 key pair. `publicKey` is what registries hold; `identity` opens, and stays secret. */
export interface AgreementKeyPair {
  /** The raw public key, as `agreement_key` on the chain. */
  publicKey: Hex;
  /** `AGE-SECRET-KEY-1…`, as every age tool reads it. */
  identity: string;
}

/** The age recipient `age1…` of a raw X25519 public key. */
export const recipientOf = (publicKey: Uint8Array | string): `age1${string}` =>
  bech32.encodeFromBytes('age', bytes32(publicKey)) as `age1${string}`;

/** The raw X25519 public key of an age recipient `age1…`. */
export function publicKeyOf(recipient: string): Uint8Array {
  const { prefix, bytes } = bech32.decodeToBytes(recipient);
  if (prefix !== 'age') throw new RangeError(`not an X25519 recipient of age: ${recipient}`);
  return bytes32(bytes);
}

export async function newAgreementKey(): Promise<AgreementKeyPair> {
  const identity = await generateX25519Identity();
  return { publicKey: toHex(publicKeyOf(await identityToRecipient(identity))), identity };
}

/** A record with what its reader needs to check it. */
export interface SealedRecord {
  form: Form;
  salt: Uint8Array;
  record: Uint8Array;
}

/** Encrypts `sealed` to every one of `readers` (raw X25519 public keys). */
export async function seal(
  sealed: SealedRecord,
  readers: readonly (Uint8Array | string)[],
): Promise<Uint8Array> {
  if (readers.length === 0) throw new RangeError('an envelope without readers opens for nobody');
  const age = new Encrypter();
  for (const reader of readers) age.addRecipient(recipientOf(reader));
  const form = Uint8Array.of(FORMS.indexOf(sealed.form));
  return age.encrypt(concat(DOMAIN, form, bytes32(sealed.salt), sealed.record));
}

/** Opens an envelope. Throws {@link IntegrityBroken} if it was changed or is not for this key. */
export async function open(envelope: Uint8Array, identity: string): Promise<SealedRecord> {
  const age = new Decrypter();
  age.addIdentity(identity);
  let plain: Uint8Array;
  try {
    plain = await age.decrypt(envelope);
  } catch (error) {
    throw new IntegrityBroken(`the envelope does not open: ${(error as Error).message}`);
  }
  const form = FORMS[plain[DOMAIN.length] ?? -1];
  if (plain.length < HEAD || !form || !equal(plain.subarray(0, DOMAIN.length), DOMAIN)) {
    throw new IntegrityBroken('the envelope holds no record of this version');
  }
  return { form, salt: plain.slice(DOMAIN.length + 1, HEAD), record: plain.slice(HEAD) };
}

/** The commitment that an opened record must have. */
export const commitmentOf = ({ salt, record, form }: SealedRecord): Uint8Array =>
  commit(salt, record, form);

/** Opens an envelope with the key of one reader and encrypts the same record to other readers. */
export const rewrap = async (
  envelope: Uint8Array,
  identity: string,
  readers: readonly (Uint8Array | string)[],
): Promise<Uint8Array> => seal(await open(envelope, identity), readers);
