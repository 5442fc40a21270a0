/**
 * Salted commitments to records: the twin of `pallets/primitives/src/commitment.rs`, checked
 * against the same vectors (`docs/vectors`).
 */
import { blake2, bytes32, concat, equal, random, utf8 } from './bytes.js';
import { canonicalFhirJson } from './fhir-json.js';

/** Over which bytes of a record its digest is taken, by the index of the chain's `Form`. */
export const FORMS = ['Bytes', 'FhirJson'] as const;
/** `Bytes`: the exact bytes as stored (the default). `FhirJson`: see {@link canonicalFhirJson}. */
export type Form = (typeof FORMS)[number];

export const RECORD_DOMAIN = utf8('salus:record:v1');

/** A fresh salt for one record. Use it once, keep it with the record, never send it to the chain. */
export const newSalt = (): Uint8Array => random(32);

/** The digest of a record's bytes in the given form. */
export const digest = (record: Uint8Array, form: Form = 'Bytes'): Uint8Array =>
  blake2(form === 'FhirJson' ? canonicalFhirJson(record) : record);

/** `blake2_256("salus:record:v1" ‖ salt ‖ form ‖ digest)`. */
export function commitDigest(salt: Uint8Array, form: Form, recordDigest: Uint8Array): Uint8Array {
  const tag = Uint8Array.of(FORMS.indexOf(form));
  return blake2(concat(RECORD_DOMAIN, bytes32(salt), tag, bytes32(recordDigest)));
}

/** The commitment to `record`, which is all that the chain ever sees of it. */
export const commit = (salt: Uint8Array, record: Uint8Array, form: Form = 'Bytes'): Uint8Array =>
  commitDigest(salt, form, digest(record, form));

/** Whether `commitment` is the one to `record` under `salt`. One flipped bit anywhere: `false`. */
export const opens = (
  commitment: Uint8Array,
  salt: Uint8Array,
  record: Uint8Array,
  form: Form = 'Bytes',
): boolean => equal(commitment, commit(salt, record, form));
