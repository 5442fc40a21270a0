/**
 * The list of custodians as it is kept: encrypted and authenticated with a key of the patient's wallet, and always of the same size.
 *
 * It is a JWE (RFC 7516) in compact form, `dir` and `A256GCM`, with the members `typ`, `v`, `salt` and `check` in its header. From the wallet's key and the fresh
 * `salt` come the key of this file alone and `check`, by which a wrong key is told from a change. No two files have anything in common by which
 * a store could tell that they are of one patient.
 */
import { base64urlnopad } from '@scure/base';
import { compactDecrypt, CompactEncrypt, decodeProtectedHeader } from 'jose';
import { bytes32, concat, equal, InvalidArgument, printable, random, utf8, type Hex } from '@salus/types';
import { hash } from '@salus/types/arguments';
import type { Json } from '@salus/types/json';
import { listIn, membersOf, readMembers, textIn, unknownIn, wholeIn, type Members } from '../json-members.js';
import { checkList, type Custodian, type CustodianList, type LinkState, type Removed } from './list.js';
import { CustodiansRefused } from './refused.js';

/** The version of what is written. A newer one is not read. */
export const LIST_VERSION = 1;
/** What is encrypted has this many bytes, however many custodians there are: the fullest list fits. */
export const LIST_BYTES = 65_536;
/** The longest text that is looked at, in characters. A newer version may be longer than this one. */
const MAX_TEXT = 1_048_576;

const KIND = 'salus-custodians';
const KEY_BYTES = 32;
const CHECK_BYTES = 16;
const WALLET_DOMAIN = utf8('salus:custodians:key:v1');
const FILE_DOMAIN = utf8('salus:custodians:file:v1');
/** Space is white space of JSON. */
const FILLER = 0x20;

/** HKDF (RFC 5869) with SHA-256. */
async function derived(secret: Uint8Array, salt: Uint8Array, info: Uint8Array, bytes: number): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('raw', new Uint8Array(secret), 'HKDF', false, ['deriveBits']);
  const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(salt), info: new Uint8Array(info) };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, 8 * bytes));
}

function keyBytes(key: Uint8Array): Uint8Array {
  if (key instanceof Uint8Array && key.length === KEY_BYTES) return key;
  throw new InvalidArgument('key', `must be ${KEY_BYTES} bytes: listKeyOf or newListKey makes one`);
}

/** A fresh key for a list, for a wallet that keeps keys of its own. Without it the list is lost. */
export const newListKey = (): Uint8Array => random(KEY_BYTES);

/**
 * The key of a patient's list from a secret of her wallet: at least 32 random bytes, such as the seed of a key. Each device with that secret has the same
 * key, and nobody learns the secret from it. A password is no such secret, and neither is a signature: most wallets make another one each time.
 */
export async function listKeyOf(secret: Uint8Array, { genesisHash, handle }: { genesisHash: string; handle: string }): Promise<Uint8Array> {
  // Nothing is said of what is wrong but its length: it is a secret.
  if (!(secret instanceof Uint8Array) || secret.length < KEY_BYTES) throw new InvalidArgument('secret', `must be at least ${KEY_BYTES} bytes`);
  const patient = concat(bytes32(hash(genesisHash, 'genesisHash')), bytes32(hash(handle, 'handle')));
  return derived(secret, new Uint8Array(0), concat(WALLET_DOMAIN, patient), KEY_BYTES);
}

/** The key of one file, and the bytes by which it is told that the wallet's key is the right one. */
async function keysOf(key: Uint8Array, salt: Uint8Array): Promise<{ file: Uint8Array; check: Uint8Array }> {
  const bytes = await derived(keyBytes(key), salt, FILE_DOMAIN, KEY_BYTES + CHECK_BYTES);
  return { file: bytes.slice(0, KEY_BYTES), check: bytes.slice(KEY_BYTES) };
}

/** What is encrypted: the list as JSON, and blanks up to the one size. */
function plainOf(list: CustodianList): Uint8Array {
  const written = utf8(JSON.stringify(checkList(list)));
  if (written.length > LIST_BYTES) throw new InvalidArgument('list', `takes ${written.length} bytes, and may take ${LIST_BYTES}`);
  const plain = new Uint8Array(LIST_BYTES).fill(FILLER);
  plain.set(written);
  return plain;
}

/** Encrypts a list with the wallet's key. The text can be kept anywhere: whoever has it learns that it is a list, and nothing else. */
export async function sealList(list: CustodianList, key: Uint8Array): Promise<string> {
  const salt = random(KEY_BYTES);
  const { file, check } = await keysOf(key, salt);
  return new CompactEncrypt(plainOf(list))
    .setProtectedHeader({
      alg: 'dir', enc: 'A256GCM', typ: KIND, v: LIST_VERSION, salt: base64urlnopad.encode(salt), check: base64urlnopad.encode(check),
    })
    .encrypt(file);
}

const malformed = (problem: string): CustodiansRefused => new CustodiansRefused('malformed', problem);

/** Bytes of the header, of the length that they must have. */
function bytesIn(value: unknown, length: number): Uint8Array {
  try {
    const bytes = base64urlnopad.decode(value as string);
    if (bytes.length === length) return bytes;
  } catch { /* said below */ }
  throw malformed('its header is not that of a list');
}

/** What the header says, before anything of it is known to be true. */
function headerOf(text: string): { salt: Uint8Array; check: Uint8Array } {
  if (typeof text !== 'string' || text.length > MAX_TEXT) throw malformed(`it is no text of up to ${MAX_TEXT} characters`);
  let header: Record<string, unknown>;
  try {
    header = decodeProtectedHeader(text);
  } catch {
    throw malformed('it is none that a wallet has written');
  }
  const { alg, enc, typ, v, salt, check } = header;
  if (typ !== KIND || typeof v !== 'number' || !Number.isSafeInteger(v) || v < 1) throw malformed('it is none that a wallet has written');
  if (v > LIST_VERSION) throw new CustodiansRefused('newer-version', `it is of version ${v}, and this wallet reads up to ${LIST_VERSION}; it is not lost: update the wallet`);
  if (alg !== 'dir' || enc !== 'A256GCM') throw malformed('its header is not that of a list');
  return { salt: bytesIn(salt, KEY_BYTES), check: bytesIn(check, CHECK_BYTES) };
}

const CUSTODIAN_MEMBERS = ['organisation', 'name', 'gateway', 'flagged', 'state', 'added', 'changed'];

/** A line of the list, as it is written. What is not as it must be, `checkList` finds. */
function custodianFrom(line: Members): Custodian {
  const gateway = line.get('gateway');
  return {
    organisation: wholeIn(line, 'organisation') as number, name: textIn(line, 'name') as string,
    ...(gateway === undefined ? {} : { gateway: gateway as string }), flagged: line.get('flagged') as boolean,
    state: textIn(line, 'state') as LinkState, added: wholeIn(line, 'added') as number, changed: wholeIn(line, 'changed') as number,
  };
}

const removedFrom = (line: Members): Removed => ({ organisation: wholeIn(line, 'organisation') as number, changed: wholeIn(line, 'changed') as number });

function linesFrom<T>(lines: readonly Json[] | undefined, known: readonly string[], read: (line: Members) => T): T[] {
  if (!lines) throw malformed('it has no lines');
  return lines.map((value) => {
    const line = membersOf(value);
    if (!line || unknownIn(line, known) !== undefined) throw malformed('a line has members that this version does not know');
    return read(line);
  });
}

function listFrom(plain: Uint8Array): CustodianList {
  const whole = readMembers(plain, LIST_BYTES, (problem) => malformed(`what is in it ${problem}`));
  const unknown = unknownIn(whole, ['genesis', 'custodians', 'removed']);
  // Written again, it would be missing.
  if (unknown !== undefined) throw malformed(`it has a member that this version does not know: ${printable(unknown, 40)}`);
  const list = {
    genesis: textIn(whole, 'genesis') as Hex, custodians: linesFrom(listIn(whole, 'custodians'), CUSTODIAN_MEMBERS, custodianFrom),
    removed: linesFrom(listIn(whole, 'removed'), ['organisation', 'changed'], removedFrom),
  };
  try {
    return checkList(list);
  } catch (error) {
    if (error instanceof InvalidArgument) throw malformed(error.message);
    throw error;
  }
}

/**
 * Opens a list with the wallet's key. Throws {@link CustodiansRefused} with what is wrong; keep the file then, and ask the patient.
 *
 * An older file that somebody put back opens like any other: merge what you open with what the device has (`mergeLists`).
 */
export async function openList(text: string, key: Uint8Array, { genesisHash }: { genesisHash: string }): Promise<CustodianList> {
  const chain = hash(genesisHash, 'genesisHash');
  keyBytes(key);
  const { salt, check } = headerOf(text);
  const keys = await keysOf(key, salt);
  if (!equal(keys.check, check)) throw new CustodiansRefused('wrong-key', 'it was written with another key than this wallet\'s');
  let plain: Uint8Array;
  try {
    // Nothing is compressed: its length would tell how many there are.
    ({ plaintext: plain } = await compactDecrypt(text, keys.file, { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'], maxDecompressedLength: 0 }));
  } catch {
    throw new CustodiansRefused('altered', 'it was changed after this wallet, or another device with its key, had written it');
  }
  const list = listFrom(plain);
  if (list.genesis !== chain) throw new CustodiansRefused('other-chain', 'it is about organisations of another chain than that of this wallet');
  return list;
}
