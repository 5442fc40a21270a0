/** Patients' handles: registering, resolving, and the free ways to stop things. */
import type { ApiPromise } from '@polkadot/api';
import { codesOf, KEY_PURPOSES, type KeyPurpose } from './codes.js';
import type { ApiAt } from './connect.js';
import { maybe, numberOf, okOf } from './query.js';
import type { Hex } from './bytes.js';
import type { TypedSignature } from './signing.js';
import type { Call } from './tx.js';

export type PatientState =
  | 'Active' | 'Frozen' | 'Recovering' | 'Contested' | 'DeceasedProvisional' | 'DeceasedFinal' | 'Retired';

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
  api.tx.patientIdentity.register(agreementKey);

/** Registers a wallet that holds no tokens, with its signature over `registerForMessage`. */
export const registerFor = (
  api: ApiPromise,
  org: number,
  key: string,
  agreementKey: string,
  expiry: number,
  signature: TypedSignature,
): Call => api.tx.patientIdentity.registerFor(org, key, agreementKey, expiry, signature);

/** Stops all loosening at once; signed by any live key, free. */
export const freeze = (api: ApiPromise): Call => api.tx.patientIdentity.freeze();

/** All that the chain says about a handle at the block to which `api` is bound. */
export async function resolve(api: ApiAt, handle: string): Promise<PatientInfo | undefined> {
  const now = Math.floor(Number(await api.query.timestamp.now()) / 1000);
  return maybe(await api.call.patientIdentityApi.resolve(handle), (found) => ({
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

/** The handle of which `account` is, was or will be a key. */
export async function patientOf(api: ApiAt, account: string): Promise<Hex | undefined> {
  return maybe(await api.call.patientIdentityApi.patientOf(account), (handle) => handle.toHex() as Hex);
}

/** The state of a handle at a moment that is not in the future. */
export async function stateAt(api: ApiAt, handle: string, at: number): Promise<PatientState | undefined> {
  const answer = okOf(await api.call.patientIdentityApi.stateAt(handle, at), `the state of ${handle}`);
  return maybe(answer, (state) => state.type as PatientState);
}
