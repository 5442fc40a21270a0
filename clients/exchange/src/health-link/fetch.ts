/** Asking for what is behind a SMART Health Link. */
import { InvalidArgument, printable } from '@salus/types';
import { duration, moment } from '@salus/types/arguments';
import { JsonRefused, textOf, type Json } from '@salus/types/json';
import { listIn, membersOf, readMembers, textIn, wholeIn } from '../json-members.js';
import { webUrl } from '../web-url.js';
import { decryptHealthFile, MAX_ENCRYPTED, type HealthFile } from './file.js';
import { checkExpiry, type HealthLink } from './link.js';
import { HealthLinkRefused, malformed } from './refused.js';

/** The most files of a manifest that are read. */
export const MAX_FILES = 16;
/** The longest file that a manifest may have in itself, in characters: with as many as are read, and what is said of them, it is no longer than an answer. */
const MAX_EMBEDDED = Math.floor(MAX_ENCRYPTED / MAX_FILES) - 10_000;
/** How long a server may take over one answer, in milliseconds. */
const TIMEOUT = 30_000;
/** The longest URL of a file, in characters: those that stores sign are long. */
const MAX_LOCATION = 4_096;
/** The largest answer that tells of a refusal, in bytes. */
const MAX_REFUSAL = 16_384;
const MAX_PART = 100;

/** Who asks, and how. */
export interface HealthLinkAsking {
  /** Who reads it, for the one who shares: the name of a person or an organisation. */
  recipient: string;
  /** What the one who shares has told, if the link wants it. */
  passcode?: string;
  /** The time in seconds since 1970, if not that of this device. */
  now?: number;
  /** How long the server may take over one answer, in milliseconds. 30,000 unless told. */
  timeout?: number;
  /** What sends, if not `fetch`. A server that reads links of strangers gives one here that connects to nothing of its own network. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/** A file, and what the manifest says of it. */
export interface SharedFile extends HealthFile {
  /** Whether it may change, or must not be used any more, in the words of the specification. */
  status?: string;
}

type Send = (url: string, init?: RequestInit) => Promise<Response>;

/** Nothing is sent along, kept or followed. */
function sender({ timeout = TIMEOUT, fetch: send = fetch }: HealthLinkAsking): Send {
  const millis = duration(timeout, 'timeout');
  return (url, init = {}) => send(url, {
    ...init, redirect: 'error', credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(millis),
  });
}

/** The body of an answer, as far as it is no larger than `most` bytes. */
async function bodyOf(response: Response, most: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const { done, value } = await reader?.read() ?? { done: true, value: undefined };
    if (done || value === undefined) break;
    length += value.length;
    if (length > most) {
      await reader?.cancel().catch(() => undefined);
      throw new HealthLinkRefused('too-large', `the server answers with more than ${most} bytes`);
    }
    parts.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  try {
    return textOf(whole, most, 'taken off');
  } catch (error) {
    throw error instanceof JsonRefused ? malformed('the server answers with what is no text') : error;
  }
}

/** How often a passcode may still be tried, if the server says it. */
async function attemptsIn(response: Response): Promise<number | undefined> {
  try {
    return wholeIn(readMembers(await bodyOf(response, MAX_REFUSAL), MAX_REFUSAL, malformed), 'remainingAttempts');
  } catch {
    return undefined;
  }
}

/** How long to wait, if the server says it in seconds. */
function waitIn(response: Response): number | undefined {
  const written = response.headers.get('retry-after') ?? '';
  return /^[0-9]{1,9}$/.test(written) ? Number(written) : undefined;
}

/** What an answer that is none means. `passcode`: whether one was sent. */
async function refusalOf(response: Response, passcode: boolean): Promise<HealthLinkRefused> {
  switch (response.status) {
    case 401: {
      if (!passcode) return new HealthLinkRefused('refused', 'the server answered 401');
      const remainingAttempts = await attemptsIn(response);
      return new HealthLinkRefused('wrong-passcode', 'the passcode is wrong', remainingAttempts === undefined ? {} : { remainingAttempts });
    }
    case 404: return new HealthLinkRefused('gone', 'there is nothing behind it any more');
    case 429: {
      const retryAfter = waitIn(response);
      return new HealthLinkRefused('too-often', 'it was asked for too often; try again later', retryAfter === undefined ? {} : { retryAfter });
    }
    default: return new HealthLinkRefused('refused', `the server answered ${response.status}`);
  }
}

async function answerOf(asked: Promise<Response>, passcode = false): Promise<string> {
  const response = await asked;
  if (response.status !== 200) throw await refusalOf(response, passcode);
  return bodyOf(response, MAX_ENCRYPTED);
}

/** A file of a manifest, as it is named there. */
interface Listed {
  contentType: string;
  embedded?: string;
  location?: string;
  status?: string;
}

/** Whether a URL has TLS, or both it and the link are for this device alone. A link from elsewhere leads to nothing that listens here. */
function mayLeadTo(link: HealthLink, location: string | undefined): boolean {
  const url = webUrl(location, MAX_LOCATION);
  return url !== undefined && (url.protocol === 'https:' || webUrl(link.url, MAX_LOCATION)?.protocol === 'http:');
}

function listedFrom(value: Json, link: HealthLink): Listed {
  const file = membersOf(value);
  const [contentType, embedded, location, status] = ['contentType', 'embedded', 'location', 'status'].map((name) => file && textIn(file, name));
  if (contentType === undefined || (embedded === undefined && location === undefined)) throw malformed('its manifest has a file without a type, or without a place');
  if (embedded === undefined && !mayLeadTo(link, location)) throw malformed('its manifest has a file that is at no URL with TLS');
  return {
    contentType, ...(embedded === undefined ? {} : { embedded }), ...(location === undefined ? {} : { location }),
    ...(status === undefined ? {} : { status: printable(status, MAX_PART) }),
  };
}

/** The files of a manifest. What else it says is passed over, by the specification. */
function manifestFrom(text: string, link: HealthLink): Listed[] {
  const manifest = readMembers(text, MAX_ENCRYPTED, (problem) => malformed(`its manifest ${problem}`));
  const files = listIn(manifest, 'files');
  if (!files || files.length === 0) throw malformed('its manifest names no files');
  if (files.length > MAX_FILES) throw new HealthLinkRefused('too-large', `its manifest names ${files.length} files, and ${MAX_FILES} are read`);
  return files.map((file) => listedFrom(file, link));
}

/** A part of a request that a person wrote. */
function partOf(name: string, value: string): string {
  if (typeof value === 'string' && value.trim() !== '' && printable(value, MAX_PART) === value) return value;
  throw new InvalidArgument(name, `must be 1 to ${MAX_PART} characters that can be shown`);
}

/** The manifest of a link, which is asked for by POST. */
async function manifestOf(link: HealthLink, recipient: string, { passcode }: HealthLinkAsking, send: Send): Promise<Listed[]> {
  if (link.passcode && passcode === undefined) throw new HealthLinkRefused('passcode-needed', 'it wants a passcode; ask whoever shares it');
  const asked = { recipient, ...(link.passcode && passcode !== undefined ? { passcode: partOf('passcode', passcode) } : {}), embeddedLengthMax: MAX_EMBEDDED };
  const answer = send(link.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(asked) });
  return manifestFrom(await answerOf(answer, link.passcode), link);
}

/**
 * Asks for the files behind a link, and decrypts them. The server learns who asks, by `recipient`, and not what is in the files. Throws
 * {@link HealthLinkRefused}; what the network says is thrown as it is.
 */
export async function fetchHealthLink(link: HealthLink, asking: HealthLinkAsking): Promise<SharedFile[]> {
  const { now = Math.floor(Date.now() / 1000) } = asking;
  checkExpiry(link, moment(now, 'now'));
  const recipient = partOf('recipient', asking.recipient);
  const send = sender(asking);
  if (link.direct) {
    const url = `${link.url}${link.url.includes('?') ? '&' : '?'}recipient=${encodeURIComponent(recipient)}`;
    return [await decryptHealthFile(link, await answerOf(send(url)))];
  }
  const files: SharedFile[] = [];
  for (const { contentType, embedded, location = '', status } of await manifestOf(link, recipient, asking, send)) {
    const file = await decryptHealthFile(link, embedded ?? await answerOf(send(location)), contentType);
    files.push({ ...file, ...(status === undefined ? {} : { status }) });
  }
  return files;
}
