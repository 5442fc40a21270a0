/**
 * A link of a patient with a house's record of her: what a desk shows as a QR code, and what the patient's wallet signs and sends. Nothing is linked
 * by that: somebody of the house, who sees the person, confirms it.
 */
import type { KeyringPair } from '@polkadot/keyring/types';
import type { SigningOptions, Wallet } from '@salus/client';
import { blake2, InvalidArgument, SalusError, toHex, utf8, type Hex } from '@salus/types';
import { duration, hash, moment, orgId } from '@salus/types/arguments';
import { signRequest } from './request.js';
import { hasTls, plainUrl } from './web-url.js';

/** An offer of a link, as a desk shows it. */
export interface LinkOffer {
  /** Where the gateway is: `https://…`, without a slash at its end. */
  gateway: string;
  /** The organisation whose desk it is. A wallet shows the name that the registry has of it, and asks before it signs. */
  organisation: number;
  /** The chain. */
  genesis: Hex;
  /** The nonce of the offer: 64 hexadecimal digits. */
  offer: string;
  /** From when on it cannot be signed any more, in seconds since 1970. */
  expires: number;
}

/** A signature under an offer, ready to be sent. */
export interface SignedLink {
  url: string;
  /** The header `Authorization`. */
  authorization: string;
}

/** What a wallet knows when it reads an offer. */
export interface LinkReading {
  /** The chain of the wallet: an offer for another one is refused. */
  genesisHash: string;
  /** The time in seconds since 1970, if not that of this device. */
  now?: number;
}

/** How a signature is sent. */
export interface LinkSending {
  /** How long the gateway may take, in milliseconds. 30,000 unless told. */
  timeout?: number;
  /** What sends, if not `fetch`. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/** The gateway did not take the signature. */
export class LinkRefused extends SalusError {
  /** `status` is that of HTTP, `code` the gateway's own, where it told one. */
  constructor(readonly status: number, readonly code: string | undefined, reason: string) {
    super(`the link is not signed: ${reason}`);
  }
}

const KIND = 'salus-link:';
const VERSION = '1?';
const NAMES = ['gateway', 'organisation', 'genesis', 'offer', 'expires'] as const;
/** The longest text, in UTF-16 code units. */
const MAX_TEXT = 1_024;
/** How long a gateway may take, in milliseconds. */
const TIMEOUT = 30_000;
/** The largest answer that is read, in bytes. */
const MAX_ANSWER = 16_384;

const bad = (problem: string): InvalidArgument => new InvalidArgument('text', problem);

/** Where a gateway is. */
function gatewayOf(written: string): string {
  let text: string;
  let url: URL;
  try {
    text = decodeURIComponent(written);
    url = new URL(text);
  } catch {
    throw bad('names a gateway that is no URL');
  }
  if (!hasTls(url)) throw bad('names a gateway without TLS');
  if (!plainUrl(text, MAX_TEXT) || text.endsWith('/')) throw bad('names a gateway by what is not the plain URL of one');
  return text;
}

/** A whole number as it is written, and no other way. */
function numberOf(written: string, name: string): number {
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(written)) throw bad(`has a member ${name} that is no whole number`);
  return Number(written);
}

/**
 * Reads what a desk shows. It must be written as gateways write it: each member once, in their order, and no others. Throws `InvalidArgument`, with
 * words for the person who holds the wallet.
 */
export function readLinkOffer(text: string, { genesisHash, now = Math.floor(Date.now() / 1000) }: LinkReading): LinkOffer {
  const chain = hash(genesisHash, 'genesisHash');
  moment(now, 'now');
  if (typeof text !== 'string' || !text.startsWith(KIND)) throw bad('is no offer of a link');
  if (text.length > MAX_TEXT) throw bad(`is longer than ${MAX_TEXT} characters`);
  const rest = text.slice(KIND.length);
  if (!rest.startsWith(VERSION)) throw bad('is an offer of a version that this wallet does not know');
  const members = rest.slice(VERSION.length).split('&');
  const values = NAMES.map((name, at) => {
    const member = members[at];
    if (member === undefined || !member.startsWith(`${name}=`)) throw bad(`has no member ${name} in its place`);
    return member.slice(name.length + 1);
  });
  if (members.length !== NAMES.length) throw bad('has more members than an offer has');
  const [gateway, organisation, genesis, offer, expires] = values as [string, string, string, string, string];
  const read: LinkOffer = {
    gateway: gatewayOf(gateway), organisation: orgId(numberOf(organisation, 'organisation')), genesis: genesis as Hex, offer,
    expires: moment(numberOf(expires, 'expires'), 'expires'),
  };
  if (!/^0x[0-9a-f]{64}$/.test(genesis)) throw bad('has a member genesis that is no hash');
  if (!/^[0-9a-f]{64}$/.test(offer)) throw bad('has a member offer that is no nonce');
  if (genesis !== chain) throw bad('is for another chain than that of this wallet');
  if (read.expires <= now) throw bad('has expired; ask at the desk for another one');
  return read;
}

/** What is signed as `recordId`: the hash of the offer and the query, as they stand in the URL after `/links/`. */
export const linkTarget = (offer: string, query: string): string => `$link?${toHex(blake2(utf8(`${offer}?${query}`)))}`;

const base64url = (text: string): string =>
  btoa(String.fromCharCode(...utf8(text))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

/**
 * Signs an offer, with a key of the patient who has this handle. The wallet must have asked her: whoever confirms it at the desk sees her handle, and
 * records of that house are hers from then on.
 */
export async function signLink(offer: LinkOffer, handle: string, signer: KeyringPair | Wallet, options: SigningOptions = {}): Promise<SignedLink> {
  const query = `patient=${hash(handle, 'handle')}`;
  const signed = await signRequest(offer.genesis, signer, {
    custodian: offer.organisation, recordId: linkTarget(offer.offer, query), purpose: 'Patrqt', action: 'Read', expiry: offer.expires,
  }, options);
  return { url: `${offer.gateway}/links/${offer.offer}?${query}`, authorization: `Salus-Signed ${base64url(JSON.stringify(signed))}` };
}

/** The code of an OperationOutcome, if an answer is one. */
async function codeOf(response: Response): Promise<string | undefined> {
  try {
    const text = await response.text();
    if (text.length > MAX_ANSWER) return undefined;
    const told = JSON.parse(text) as { issue?: { details?: { coding?: { code?: unknown }[] } }[] };
    const code = told.issue?.[0]?.details?.coding?.[0]?.code;
    return typeof code === 'string' ? code : undefined;
  } catch {
    return undefined;
  }
}

/** Why an answer is none that was hoped for, for the person who holds the wallet. */
function reasonOf(status: number, code: string | undefined): string {
  switch (status) {
    case 404: return 'there is no such offer for this key: it is unknown, has expired, was signed already, or the key is none of the handle\'s';
    case 409: return 'this signature was handed in before; ask at the desk whether it is there';
    case 429: return 'this key has asked too often; try again later';
    case 503: return 'the gateway cannot tell now what the chain says; try again';
    default: return `the gateway answered ${status}${code === undefined ? '' : ` (${code})`}`;
  }
}

/** Sends a signature. When it returns, the gateway has it, and the desk can confirm. Throws {@link LinkRefused}; what the network says is thrown as it is. */
export async function sendLink({ url, authorization }: SignedLink, { timeout = TIMEOUT, fetch: send = fetch }: LinkSending = {}): Promise<void> {
  const signal = AbortSignal.timeout(duration(timeout, 'timeout'));
  const response = await send(url, { method: 'POST', headers: { authorization }, redirect: 'error', signal });
  if (response.status === 202) return;
  const code = await codeOf(response);
  throw new LinkRefused(response.status, code, reasonOf(response.status, code));
}
