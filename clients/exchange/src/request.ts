/** A request for a record: its parts, what of it is signed, and the one form in which it is taken. */
import { decodeAddress, randomAsU8a } from '@polkadot/util-crypto';
import { bnToU8a, isHex } from '@polkadot/util';
import type { KeyringPair } from '@polkadot/keyring/types';
import { signMessage, type SigningOptions, type Wallet } from '@salus/client';
import {
  ACTIONS, blake2, bytes32, concat, hasLoneSurrogate, isRequestId, MAX_RECORD_ID, PURPOSES, REQUESTER_KINDS, toHex, utf8, type Action, type Hex,
  type Purpose, type RequesterKind,
} from '@salus/types';
import { account, code, moment, orgId } from '@salus/types/arguments';

/** What somebody asks of a custodian's gate. */
export interface ReleaseRequest {
  /** 32 random bytes: a request is answered once. */
  id: Hex;
  /** The organisation whose gate is asked. */
  custodian: number;
  recordId: string;
  /** The account that asks, and the organisation for which it does; none for a patient. */
  requester: string;
  organisation?: number;
  /** Whether a person asks or a machine. It is signed, and stands in the custodian's log; {@link requesterKindOf} says what holds without it. */
  requesterKind?: RequesterKind;
  purpose: Purpose;
  action: Action;
  /** Until when the gate may answer, in seconds since 1970. */
  expiry: number;
}

/** A request with the requester's signature over {@link requestMessage}. */
export interface SignedRequest {
  request: ReleaseRequest;
  signature: Hex;
}

/** The longest time, in seconds, from now to the expiry of a request: what was answered is remembered that long. */
export const MAX_REQUEST_LIFE = 600;

const u32 = (value: number): Uint8Array => bnToU8a(value, { bitLength: 32, isLe: true });
const NO_ORGANISATION = 0xffff_ffff;

/**
 * Whether a person asks or a machine, for the log. A key of a patient is a person's, unless the request says otherwise. Behind a key of an
 * organisation may be either: that a person asks is what the house claims there, and signs. Where it does not, a machine asks.
 */
export const requesterKindOf = ({ requesterKind, organisation }: ReleaseRequest): RequesterKind =>
  requesterKind ?? (organisation === undefined ? 'person' : 'machine');

/**
 * What the requester signs: every part of the request, bound to this chain and this custodian. What it says of who asks stands at the end, in a
 * form of its own: a request that says nothing of it is signed as before there was this member.
 */
export const requestMessage = (genesisHash: string, request: ReleaseRequest): Uint8Array => concat(
  utf8(request.requesterKind === undefined ? 'salus:release:v1' : 'salus:release:v2'),
  bytes32(genesisHash),
  bytes32(request.id),
  u32(request.custodian),
  blake2(utf8(request.recordId)),
  decodeAddress(request.requester),
  u32(request.organisation ?? NO_ORGANISATION),
  Uint8Array.of(PURPOSES.indexOf(request.purpose), ACTIONS.indexOf(request.action)),
  bnToU8a(request.expiry, { bitLength: 64, isLe: true }),
  request.requesterKind === undefined ? new Uint8Array() : Uint8Array.of(REQUESTER_KINDS.indexOf(request.requesterKind)),
);

/** Signs a request with the key or wallet of the one who asks. */
export async function signRequest(
  genesisHash: string,
  signer: KeyringPair | Wallet,
  request: Omit<ReleaseRequest, 'id' | 'requester'>,
  options: SigningOptions = {},
): Promise<SignedRequest> {
  orgId(request.custodian, 'custodian');
  if (request.organisation !== undefined) orgId(request.organisation);
  if (request.requesterKind !== undefined) code(REQUESTER_KINDS, request.requesterKind, 'requesterKind');
  code(PURPOSES, request.purpose, 'purpose');
  code(ACTIONS, request.action, 'action');
  moment(request.expiry, 'expiry');
  const whole = { ...request, id: toHex(randomAsU8a(32)), requester: account(signer.address, 'signer') };
  const typed = await signMessage(signer, requestMessage(genesisHash, whole), options);
  return { request: whole, signature: Object.values(typed)[0] as Hex };
}

/** The length of the longest form of an account, the hexadecimal one: decoding much longer texts takes long. */
const MAX_ADDRESS = 66;

const isOrganisation = (value: unknown): boolean =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) < NO_ORGANISATION;

function isAccount(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > MAX_ADDRESS) return false;
  try {
    return decodeAddress(value).length === 32;
  } catch {
    return false;
  }
}

/**
 * Whether `signed`, which came from outside, is a request at all, and in the one form that has its
 * signature. The encoders are lenient: to them `0xAB`, `ab` and `0xab` are the same id, and a number
 * beyond 32 bits is another organisation. Such a twin would pass for a request never seen before.
 */
export function isWellFormed(signed: SignedRequest): boolean {
  const { request, signature } = (signed ?? {}) as Partial<SignedRequest>;
  if (typeof request !== 'object' || request === null || !isHex(signature)) return false;
  const { id, custodian, recordId, requester, organisation, requesterKind, purpose, action, expiry } = request;
  return isRequestId(id)
    && isOrganisation(custodian) && (organisation === undefined || isOrganisation(organisation))
    && typeof recordId === 'string' && recordId.length <= MAX_RECORD_ID && !hasLoneSurrogate(recordId)
    && isAccount(requester)
    && (requesterKind === undefined || REQUESTER_KINDS.includes(requesterKind))
    && PURPOSES.includes(purpose) && ACTIONS.includes(action)
    && Number.isSafeInteger(expiry) && expiry >= 0;
}
