/** Patients' handles: registering, resolving, and the free ways to stop things. */
import type { ApiPromise } from '@polkadot/api';
import { codesOf, KEY_PURPOSES, type Hex, type KeyPurpose, type PatientState } from '@salus/types';
import { account, hash, mask, moment, orgId } from '@salus/types/arguments';
import type { ApiAt } from './connect.js';
import { maybe, numberOf, okOf } from './query.js';
import type { TypedSignature } from './signing.js';
import type { Call } from './tx.js';

export interface PatientKey {
  account: string;
  purposes: KeyPurpose[];
  /** Whether it can act now; a key that was just added waits. */
  live: boolean;
}

export interface PatientInfo {
  handle: Hex;
  state: PatientState;
  /** Since when it is in that state, in seconds since 1970. */
  since: number;
  registeredBy: number | undefined;
  keys: PatientKey[];
  /** The raw X25519 public key to which others encrypt for the patient. */
  agreementKey: Hex;
}

/** Registers the signer's own handle. */
export const register = (api: ApiPromise, agreementKey: string): Call =>
  api.tx.patientIdentity.register(hash(agreementKey, 'agreementKey'));

/** Registers a wallet that holds no tokens, with its signature over `registerForMessage`. */
export const registerFor = (
  api: ApiPromise,
  org: number,
  key: string,
  agreementKey: string,
  expiry: number,
  signature: TypedSignature,
): Call => api.tx.patientIdentity.registerFor(
  orgId(org), account(key, 'key'), hash(agreementKey, 'agreementKey'), moment(expiry, 'expiry'), signature,
);

/** Adds a key for some purposes, live after a delay; `signature` is the new key's, over `addKeyMessage`. */
export const addKey = (api: ApiPromise, key: string, purposes: KeyPurpose[], expiry: number, signature: TypedSignature): Call =>
  api.tx.patientIdentity.addKey(account(key, 'key'), mask(KEY_PURPOSES, purposes, 'purposes'), moment(expiry, 'expiry'), signature);

/** Stops a key before it is live; free. */
export const cancelPendingKey = (api: ApiPromise, key: string): Call => api.tx.patientIdentity.cancelPendingKey(account(key, 'key'));

/** Removes another key after a delay. */
export const removeKey = (api: ApiPromise, key: string): Call => api.tx.patientIdentity.removeKey(account(key, 'key'));

/** Stops the removal of a key; signed by another one, free. */
export const cancelKeyRemoval = (api: ApiPromise, key: string): Call => api.tx.patientIdentity.cancelKeyRemoval(account(key, 'key'));

/** Removes the signer's own key at once, in every state; free. */
export const removeOwnKey = (api: ApiPromise): Call => api.tx.patientIdentity.removeOwnKey();

/** Names another raw X25519 public key to which others encrypt, after a delay. */
export const rotateAgreementKey = (api: ApiPromise, agreementKey: string): Call =>
  api.tx.patientIdentity.rotateAgreementKey(hash(agreementKey, 'agreementKey'));

/** Stops such a change; free. */
export const cancelRotation = (api: ApiPromise): Call => api.tx.patientIdentity.cancelRotation();

/** Stops all loosening at once; signed by any live key, free. */
export const freeze = (api: ApiPromise): Call => api.tx.patientIdentity.freeze();

/** Makes the handle active again after a delay. */
export const unfreeze = (api: ApiPromise): Call => api.tx.patientIdentity.unfreeze();

/** Stops that: the handle stays frozen. */
export const cancelUnfreeze = (api: ApiPromise): Call => api.tx.patientIdentity.cancelUnfreeze();

/** Asks for the handle's end, which anybody completes after a delay. */
export const retire = (api: ApiPromise): Call => api.tx.patientIdentity.retire();

/** Stops that; free. */
export const cancelRetirement = (api: ApiPromise): Call => api.tx.patientIdentity.cancelRetirement();

/** Retires a handle for ever, when its delay is over; signed by anybody. */
export const completeRetirement = (api: ApiPromise, patient: string): Call =>
  api.tx.patientIdentity.completeRetirement(hash(patient, 'patient'));

/** All that the chain says about a handle at the block to which `api` is bound. */
export async function resolve(api: ApiAt, handle: string): Promise<PatientInfo | undefined> {
  const now = Math.floor(Number(await api.query.timestamp.now()) / 1000);
  return maybe(await api.call.patientIdentityApi.resolve(hash(handle, 'handle')), (found) => ({
    handle: found.patient.toHex() as Hex,
    state: found.state.type as PatientState,
    since: numberOf(found.since),
    registeredBy: maybe(found.registeredBy, numberOf),
    keys: found.keys_.map((key) => ({
      account: key.account.toString(),
      purposes: codesOf(KEY_PURPOSES, numberOf(key.purposes)),
      live: numberOf(key.from) <= now && (key.until.isNone || now < numberOf(key.until.unwrap())),
    })),
    agreementKey: found.agreementKey.value.toHex() as Hex,
  }));
}

/** The handle of which `key` is, was or will be a key. */
export async function patientOf(api: ApiAt, key: string): Promise<Hex | undefined> {
  return maybe(await api.call.patientIdentityApi.patientOf(account(key, 'account')), (handle) => handle.toHex() as Hex);
}

/** The state of a handle at a moment that is not in the future. */
export async function stateAt(api: ApiAt, handle: string, at: number): Promise<PatientState | undefined> {
  const answer = okOf(await api.call.patientIdentityApi.stateAt(hash(handle, 'handle'), moment(at, 'at')), `the state of ${handle}`);
  return maybe(answer, (state) => state.type as PatientState);
}
