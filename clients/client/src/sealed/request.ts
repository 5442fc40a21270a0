/**
 * Requests for sealed Permits. On the chain a request would tie the organisation to the patient, which is what sealing hides: so it
 * travels off the chain, encrypted to the patient, and the patient alone makes the transaction.
 */
import { addressEq, decodeAddress, signatureVerify } from '@polkadot/util-crypto';
import { isHex, u8aWrapBytes } from '@polkadot/util';
import type { KeyringPair } from '@polkadot/keyring/types';
import { bytes32, concat, IntegrityBroken, InvalidArgument, isRequestId, KINDS_FOR, random, toHex, utf8, type Hex, type Purpose } from '@salus/types';
import { account, hash, moment, orgId } from '@salus/types/arguments';
import { toLittleEndian } from '@salus/types/scale';
import type { Snapshot } from '../connect.js';
import { organisation as organisationOf, rolesAt } from '../registry.js';
import { signMessage, type Wallet } from '../signing.js';
import type { SigningOptions } from '../wallet.js';
import { checkEffect, contentBytes, type SealedContent } from './opening.js';

/** The longest time from now to the expiry of a request, in seconds: as long as a plain request is open on the chain. */
export const MAX_SEALED_REQUEST_LIFE = 7 * 86_400;

/** What an organisation asks a patient to seal. */
export interface SealedRequest {
  /** 32 random bytes: a wallet answers a request once. */
  id: Hex;
  patient: Hex;
  organisation: number;
  /** The account that asks for the organisation. */
  requester: string;
  /** What is to be permitted: to this organisation, a role there, or a person for it. */
  content: SealedContent;
  /** Until when the Permit is to last, in seconds since 1970. */
  until: number;
  /** Until when the patient can answer, in seconds since 1970. */
  expiry: number;
}

/** A request with the requester's signature over {@link sealedRequestMessage}. */
export interface SignedSealedRequest {
  request: SealedRequest;
  signature: Hex;
}

/** A Permit that came from a request is for who asked alone, as with plain ones. */
function checkGrantee({ organisation, content: { grantee } }: SealedRequest): void {
  const at = grantee === 'Any' ? undefined : 'practitioner' in grantee ? grantee.at : grantee.organisation;
  if (at !== organisation) throw new InvalidArgument('content.grantee', 'is not the asking organisation, a role there, or a person for it');
}

/** What the requester signs: every part of the request, bound to this chain. */
export function sealedRequestMessage(genesisHash: Uint8Array | string, request: SealedRequest): Uint8Array {
  const { id, patient, organisation, requester, content, until, expiry } = request;
  checkEffect('Permit', content);
  checkGrantee(request);
  return concat(
    utf8('salus:sealed-request:v1'), bytes32(hash(genesisHash, 'genesisHash')), bytes32(hash(id, 'id')), bytes32(hash(patient, 'patient')),
    toLittleEndian(BigInt(orgId(organisation)), 4), decodeAddress(account(requester, 'requester')),
    toLittleEndian(BigInt(moment(until, 'until')), 8), toLittleEndian(BigInt(moment(expiry, 'expiry')), 8), contentBytes(content),
  );
}

/** Signs a request with the key or wallet of the one who asks. Send it to the patient encrypted. */
export async function signSealedRequest(
  genesisHash: Uint8Array | string,
  signer: KeyringPair | Wallet,
  request: Omit<SealedRequest, 'id' | 'requester'>,
  options: SigningOptions = {},
): Promise<SignedSealedRequest> {
  const whole = { ...request, id: toHex(random(32)), requester: account(signer.address, 'signer') };
  const typed = await signMessage(signer, sealedRequestMessage(genesisHash, whole), options);
  return { request: whole, signature: Object.values(typed)[0] as Hex };
}

function verifies(message: Uint8Array, { request, signature }: SignedSealedRequest): boolean {
  // A wallet wraps what it signs.
  return [message, u8aWrapBytes(message)].some((bytes) => {
    try {
      return signatureVerify(bytes, signature, request.requester).isValid;
    } catch {
      return false;
    }
  });
}

/**
 * Checks a request that came from outside: that it is for this patient, can be answered now, asks for what can be sealed, and was signed by
 * who it says. Throws {@link IntegrityBroken} with the reason. Whether that account acts for the organisation, only the chain knows: {@link mayAsk}.
 */
export function checkSealedRequest(genesisHash: Uint8Array | string, signed: SignedSealedRequest, wallet: { patient: string; now: number }): void {
  const refuse = (why: string): never => { throw new IntegrityBroken(`the request ${why}`); };
  const { request, signature } = (signed ?? {}) as Partial<SignedSealedRequest>;
  if (typeof request !== 'object' || request === null || !isRequestId(request.id) || !isHex(signature)) return refuse('is malformed');
  let message: Uint8Array;
  try {
    message = sealedRequestMessage(genesisHash, request);
  } catch (error) {
    if (error instanceof InvalidArgument && error.argument === 'genesisHash') throw error;
    // What is read here came from outside, and may lack any part.
    return refuse(`is malformed: ${(error as Error).message}`);
  }
  if (hash(request.patient, 'patient') !== hash(wallet.patient, 'patient')) refuse('is for another patient');
  if (request.expiry <= wallet.now) refuse('has expired');
  if (request.expiry > wallet.now + MAX_SEALED_REQUEST_LIFE) refuse('runs for too long');
  if (request.until <= wallet.now) refuse('is for a time that is over');
  // A Permit that says so opens nothing, and a plain one is refused by the chain.
  const { eraseAfter } = request.content;
  if (eraseAfter !== undefined && eraseAfter <= wallet.now) refuse('asks for an erasure at a time that is over');
  if (!verifies(message, { request, signature })) refuse('is not signed by who it says');
}

/**
 * Whether the requester may ask this in the state of one block, as for a plain request: the account administers the organisation or has a role
 * there, and for each purpose the organisation has a live licence of a kind that acts for it ({@link KINDS_FOR}). A payer asks for no treatment.
 */
export async function mayAsk({ api, moment: now }: Snapshot, { organisation, requester, content }: SealedRequest): Promise<boolean> {
  const found = await organisationOf(api, organisation);
  if (!found) return false;
  const live = found.licences.filter(({ status }) => status === 'Live').map(({ kind }) => kind);
  const acts = (purpose: Purpose): boolean => KINDS_FOR[purpose].some((kind) => live.includes(kind));
  if (content.purposes.length === 0 || !content.purposes.every(acts)) return false;
  return addressEq(found.admin, requester) || (await rolesAt(api, organisation, requester, now)).length > 0;
}
