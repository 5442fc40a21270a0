/**
 * SMART Health Links (https://hl7.org/fhir/uv/smart-health-cards-and-links/, version 1): a text that says where an encrypted file is, and with which key it
 * opens. Whoever has the text can read the file.
 */
import { base64urlnopad } from '@scure/base';
import { InvalidArgument, printable, random, utf8 } from '@salus/types';
import { LAST_MOMENT, moment } from '@salus/types/arguments';
import { WrittenNumber, type Json } from '@salus/types/json';
import { readMembers, textIn, type Members } from '../json-members.js';
import { plainUrl, webUrl } from '../web-url.js';
import { HealthLinkRefused, malformed } from './refused.js';

/** The longest `url` of a link, in characters. */
export const MAX_LINK_URL = 128;
/** The longest `label` of a link, in characters. */
export const MAX_LABEL = 80;

/** What a link says. */
export interface HealthLink {
  /** Where the encrypted file is, or the manifest that names files. */
  url: string;
  /** The 32 bytes with which the files are encrypted. A secret. */
  key: Uint8Array;
  /** `U`: at the URL is the one file, and no manifest. */
  direct: boolean;
  /** `L`: what is there may change over time. */
  longTerm: boolean;
  /** `P`: the server asks for a passcode. Never together with `direct`. */
  passcode: boolean;
  /** From when on it is not good any more, in seconds since 1970. The server may end it earlier. */
  expires?: number;
  /** What it is about. */
  label?: string;
}

/** How a link is made. */
export interface NewHealthLink {
  /** The folder of a store in which the file will be: an URL with TLS. The file gets a name that nobody guesses. */
  folder: string;
  /** From when on the link is not good any more, in seconds since 1970. Have the store delete the file by then: the link only says it. */
  expires: number;
  /** What it is about, for whoever reads it: up to 80 characters. Not who the patient is, since it is not encrypted in the link. */
  label?: string;
  /** Whether the file may be replaced by later ones. */
  longTerm?: boolean;
  /** The time in seconds since 1970, if not that of this device. */
  now?: number;
}

const SCHEME = 'shlink:/';
const VERSION = 1;
const KEY_BYTES = 32;
/** The longest text of a link, in characters, with the URL of a viewer before it. */
const MAX_TEXT = 4_096;

const hereAndNow = (): number => Math.floor(Date.now() / 1000);
const lengthOf = (text: string): number => [...text].length;

/** A link to one file, which is not there yet: encrypt it for the link (`encryptHealthFile`) and put it at its `url`. */
export function newHealthLink({ folder, expires, label, longTerm = false, now = hereAndNow() }: NewHealthLink): HealthLink {
  if (!plainUrl(folder, MAX_LINK_URL)) throw new InvalidArgument('folder', 'must be the plain URL of a folder, with TLS');
  const url = `${folder.replace(/\/$/, '')}/${base64urlnopad.encode(random(32))}`;
  if (moment(expires, 'expires') <= moment(now, 'now')) throw new InvalidArgument('expires', `is ${expires}, which is over`);
  const link = { url, key: random(KEY_BYTES), direct: true, longTerm, passcode: false, expires, ...(label === undefined ? {} : { label }) };
  healthLinkText(link);
  return link;
}

/** The flags of a link, in the order of the alphabet. */
const flagOf = ({ direct, longTerm, passcode }: HealthLink): string => `${longTerm ? 'L' : ''}${passcode ? 'P' : ''}${direct ? 'U' : ''}`;

/**
 * A link as a text, which is sent or shown as a QR code. With the URL of a viewer before it, it opens in a browser; nothing of the link is sent to
 * the server of the viewer, but its programs see it. Throws `InvalidArgument` for what no link may say.
 */
export function healthLinkText(link: HealthLink, viewer?: string): string {
  const { url, key, expires, label, direct, passcode } = link;
  if (!webUrl(url, MAX_LINK_URL)) throw new InvalidArgument('url', `must be a URL with TLS of at most ${MAX_LINK_URL} characters`);
  if (!(key instanceof Uint8Array) || key.length !== KEY_BYTES) throw new InvalidArgument('key', `must be ${KEY_BYTES} bytes`);
  if (direct && passcode) throw new InvalidArgument('passcode', 'goes with a manifest alone, and the link is direct');
  if (label !== undefined && (label === '' || printable(label, MAX_LABEL) !== label)) throw new InvalidArgument('label', `must be 1 to ${MAX_LABEL} characters that can be shown`);
  if (viewer !== undefined && !plainUrl(viewer, MAX_TEXT)) throw new InvalidArgument('viewer', 'must be a plain URL with TLS, without a fragment');
  const flag = flagOf(link);
  const payload = {
    url, ...(flag === '' ? {} : { flag }), key: base64urlnopad.encode(key), ...(expires === undefined ? {} : { exp: moment(expires, 'expires') }),
    ...(label === undefined ? {} : { label }),
  };
  return `${viewer === undefined ? '' : `${viewer}#`}${SCHEME}${base64urlnopad.encode(utf8(JSON.stringify(payload)))}`;
}

/** What stands behind `shlink:/`, alone or behind the URL of a viewer, which is not asked. */
function payloadOf(text: string): Uint8Array {
  if (typeof text !== 'string' || text.length > MAX_TEXT) throw malformed(`it is no text of up to ${MAX_TEXT} characters`);
  const at = text.indexOf(SCHEME);
  const before = text.slice(0, Math.max(at, 0));
  if (at < 0 || (before !== '' && !/^https?:\/\/[!-~]+#$/.test(before))) throw malformed('it is no SMART Health Link');
  try {
    return base64urlnopad.decode(text.slice(at + SCHEME.length));
  } catch {
    throw malformed('what it says is not in base64url');
  }
}

/** A number that JSON has, as JavaScript has it. */
const numberOf = (value: Json | undefined): number | undefined => (value instanceof WrittenNumber ? Number(value.text) : undefined);

function labelIn(payload: Members): string | undefined {
  if (!payload.has('label')) return undefined;
  const label = textIn(payload, 'label');
  if (label === undefined || lengthOf(label) > MAX_LABEL) throw malformed(`its label is no text of up to ${MAX_LABEL} characters`);
  return printable(label, MAX_LABEL);
}

function checkVersion(payload: Members, label: string | undefined): void {
  if (!payload.has('v')) return;
  const version = numberOf(payload.get('v'));
  if (version === undefined || !Number.isSafeInteger(version) || version < 1) throw malformed('its version is no whole number from 1 on');
  if (version <= VERSION) return;
  const details = label === undefined ? {} : { label };
  throw new HealthLinkRefused('newer-version', `it is of version ${version} of the protocol, and version ${VERSION} is read here`, details);
}

function expiryIn(payload: Members): number | undefined {
  if (!payload.has('exp')) return undefined;
  const expires = numberOf(payload.get('exp'));
  if (expires === undefined || !(expires >= 0 && expires <= LAST_MOMENT)) throw malformed('its end is no moment in seconds since 1970');
  return Math.floor(expires);
}

function keyIn(payload: Members): Uint8Array {
  const written = textIn(payload, 'key');
  try {
    const key = base64urlnopad.decode(written as string);
    if (key.length === KEY_BYTES) return key;
  } catch { /* said below */ }
  throw malformed('its key is not 32 bytes in 43 characters of base64url');
}

/** The flags that are known. Others change nothing, by the specification. */
function flagsIn(payload: Members): Pick<HealthLink, 'direct' | 'longTerm' | 'passcode'> {
  const flag = payload.has('flag') ? textIn(payload, 'flag') : '';
  if (flag === undefined) throw malformed('its flags are no text');
  const [direct, longTerm, passcode] = ['U', 'L', 'P'].map((each) => flag.includes(each)) as [boolean, boolean, boolean];
  if (direct && passcode) throw malformed('it wants a passcode for a file that is asked for directly, which no link may');
  return { direct, longTerm, passcode };
}

/** Refuses a link whose time is over. */
export function checkExpiry({ expires }: Pick<HealthLink, 'expires'>, now: number): void {
  if (expires !== undefined && expires <= now) throw new HealthLinkRefused('expired', 'its time is over; ask for another one');
}

/** How a link is read. */
export interface ReadingLink {
  /** The time in seconds since 1970, if not that of this device. */
  now?: number;
  /** Whether it may lead to this device, by plain HTTP: for trials alone. Else whoever made the link could ask what listens here. */
  local?: boolean;
}

/**
 * Reads a link, with or without the URL of a viewer before it. What the specification does not know it passes over: members, flags. Throws
 * {@link HealthLinkRefused}.
 */
export function readHealthLink(text: string, { now = hereAndNow(), local = false }: ReadingLink = {}): HealthLink {
  moment(now, 'now');
  const payload = readMembers(payloadOf(text), MAX_TEXT, (problem) => malformed(`what it says ${problem}`));
  const label = labelIn(payload);
  checkVersion(payload, label);
  const expires = expiryIn(payload);
  const url = textIn(payload, 'url');
  const place = webUrl(url, MAX_LINK_URL);
  if (url === undefined || !place || (place.protocol !== 'https:' && !local)) throw malformed(`it leads to no URL with TLS of up to ${MAX_LINK_URL} characters`);
  const link = {
    url, key: keyIn(payload), ...flagsIn(payload), ...(expires === undefined ? {} : { expires }), ...(label === undefined ? {} : { label }),
  };
  checkExpiry(link, now);
  return link;
}
