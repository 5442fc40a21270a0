/** Files behind SMART Health Links: JWEs in compact form, `dir` and `A256GCM`, with the key of the link. */
import { compactDecrypt, CompactEncrypt } from 'jose';
import { InvalidArgument, printable } from '@salus/types';
import { HealthLinkRefused, malformed } from './refused.js';
import type { HealthLink } from './link.js';

/** The largest content of a file, in bytes. */
export const MAX_CONTENT = 4_194_304;
/** The longest encrypted file, in characters: four for three bytes, and a header. */
export const MAX_ENCRYPTED = 5_600_000;
/** What a FHIR resource is as a file. */
export const FHIR_JSON = 'application/fhir+json';

/** What a file holds. */
export interface HealthFile {
  /** Its media type, without parameters, in lower case. */
  contentType: string;
  content: Uint8Array;
}

/** A media type without its parameters. In a JWE, `application/` may be left out (RFC 7515, 4.1.10). */
export function mediaType(written: string): string {
  const bare = (written.split(';')[0] ?? '').trim().toLowerCase();
  return bare.includes('/') ? bare : `application/${bare}`;
}

/** The form of media types (RFC 6838, 4.2). Whoever shows one shows nothing else with it. */
const isMediaType = (type: string): boolean => /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/.test(type);

/** How a file is encrypted. */
export interface Encrypting {
  /** Its media type. FHIR in JSON unless told. */
  contentType?: string;
  /** Whether it is compressed before. Then its size tells what is in it: leave it out for what was padded. */
  compress?: boolean;
}

/** Encrypts a file for a link, with a fresh nonce. What it answers is what the store must give, as `application/jose`. */
export async function encryptHealthFile(link: Pick<HealthLink, 'key'>, content: Uint8Array, { contentType = FHIR_JSON, compress = false }: Encrypting = {}): Promise<string> {
  if (content.length > MAX_CONTENT) throw new InvalidArgument('content', `is of ${content.length} bytes, and may be of ${MAX_CONTENT}`);
  if (!isMediaType(mediaType(contentType))) throw new InvalidArgument('contentType', 'must be a media type');
  return new CompactEncrypt(content)
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', cty: contentType, ...(compress ? { zip: 'DEF' } : {}) })
    .encrypt(link.key);
}

/**
 * Decrypts a file with the key of its link. `listed` is the media type under which a manifest has it, which must be its own. Throws
 * {@link HealthLinkRefused}.
 */
export async function decryptHealthFile(link: Pick<HealthLink, 'key'>, encrypted: string, listed?: string): Promise<HealthFile> {
  if (encrypted.length > MAX_ENCRYPTED) throw new HealthLinkRefused('too-large', `a file is longer than ${MAX_ENCRYPTED} characters`);
  let plaintext: Uint8Array;
  let cty: unknown;
  try {
    const opened = await compactDecrypt(encrypted.trim(), link.key, {
      keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'], maxDecompressedLength: MAX_CONTENT,
    });
    ({ plaintext, protectedHeader: { cty } } = opened);
  } catch (error) {
    throw new HealthLinkRefused('not-decrypted', `a file does not open with the link's key: ${(error as Error).message}`);
  }
  const [own, told] = [typeof cty === 'string' ? mediaType(cty) : undefined, listed === undefined ? undefined : mediaType(listed)];
  const contentType = own ?? told;
  if (contentType === undefined || !isMediaType(contentType)) throw malformed('a file does not say what it is');
  if (told !== undefined && told !== contentType) throw malformed(`a file is listed as ${printable(told, 80)}, and says that it is ${printable(contentType, 80)}`);
  return { contentType, content: plaintext };
}
