/**
 * Whether a request comes from somebody whom the chain vouches for. Nothing is decided, remembered or
 * logged line by line for anybody else: fresh keys cost nothing, and room in a log does.
 */
import { addressEq, signatureVerify } from '@polkadot/util-crypto';
import { u8aWrapBytes } from '@polkadot/util';
import type { Snapshot } from '@salus/client';
import { resolve } from '@salus/client/identity';
import { organisation, rolesAt } from '@salus/client/registry';
import type { AuthenticationFailure } from '@salus/types';
import { isWellFormed, MAX_REQUEST_LIFE, requestMessage, type ReleaseRequest, type SignedRequest } from './request.js';
import type { StoredRecord } from './store.js';

/** Checks the request itself: its form, its addressee, its time and its signature. Undefined if all is well. */
export function signatureFailure(
  signed: SignedRequest,
  gate: { genesisHash: string; custodian: number; now: number },
): AuthenticationFailure | undefined {
  if (!isWellFormed(signed)) return 'malformed';
  const { request, signature } = signed;
  if (request.custodian !== gate.custodian) return 'otherCustodian';
  if (request.expiry <= gate.now) return 'expired';
  if (request.expiry > gate.now + MAX_REQUEST_LIFE) return 'tooLong';
  const message = requestMessage(gate.genesisHash, request);
  const holds = [message, u8aWrapBytes(message)].some((bytes) => {
    try {
      return signatureVerify(bytes, signature, request.requester).isValid;
    } catch {
      return false;
    }
  });
  return holds ? undefined : 'signature';
}

/**
 * Checks the requester's credential in the state of one block. Undefined if there is one:
 *
 * - for an organisation: a licence that is not revoked, and the requester has a role there or
 *   administers it. One that is suspended or has expired counts: its people are known and answerable,
 *   so what they are refused belongs into the log by name.
 * - for a patient: a live key of the very patient whose record it is. Anybody can register a handle
 *   for a deposit, so that some other handle's key proves nothing.
 */
export async function credentialFailure(
  { api, moment }: Snapshot,
  { requester, organisation: org }: ReleaseRequest,
  record: StoredRecord | undefined,
): Promise<AuthenticationFailure | undefined> {
  if (org === undefined) {
    const patient = record && await resolve(api, record.subject);
    const own = patient?.keys.some(({ account, live }) => live && addressEq(account, requester));
    return own ? undefined : 'notOwn';
  }
  const found = await organisation(api, org);
  if (!found?.licences.some(({ status }) => status !== 'Revoked')) return 'organisation';
  if (addressEq(found.admin, requester)) return undefined;
  const roles = await rolesAt(api, org, requester, moment);
  return roles.length > 0 ? undefined : 'affiliation';
}
