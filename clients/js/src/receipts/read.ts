/**
 * Reading receipts and the files with which they are verified. Strict, though not in all the same places as `salus-verify`: of a
 * member that is there twice JavaScript's parser takes the last, it takes 1.0 for 1, and digits of bytes must be in lower case.
 */
import type { Hex } from '../bytes.js';
import { FORMS } from '../commitment.js';
import { ReceiptMalformed } from './errors.js';
import {
  FORMAT_VERSION, LATER_VERSION, RECEIPT_FORMAT, START_FORMAT, isHex,
  type Receipt, type ReceiptRecord, type RelayEvidence, type Votes,
} from './format.js';

/** The largest receipt that is read, in characters; the most records, nodes of a proof, and hashes in a path. */
const MAX_RECEIPT = 64 * 1024 * 1024;
const MAX_RECORDS = 100_000;
const MAX_NODES = 1024 * 1024;
const MAX_DEPTH = 32;
const MAX_U32 = 2 ** 32 - 1;
const MAX_U64 = 2n ** 64n - 1n;

/** A block and what of its state leads to the authorities behind it: block 0, or the block of a start. */
export interface Beginning {
  header: Hex;
  proof: Hex[];
}

type Members = Record<string, unknown>;

/** Reads one file, and says of it what is wrong. */
class File {
  constructor(private readonly what: string) {}

  bad(why: string): never {
    throw new ReceiptMalformed(this.what, why);
  }

  json(text: string, format: string, versions: readonly number[]): Members {
    if (text.length > MAX_RECEIPT) this.bad('it is larger than 64 MiB');
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      throw new ReceiptMalformed(this.what, 'it is not JSON', { cause: error });
    }
    const { format: found, version } = (value ?? {}) as Members;
    if (found !== format) this.bad(`its format is not "${format}"`);
    if (!versions.includes(version as number)) this.bad(`its version is not ${versions.join(' or ')}`);
    return value as Members;
  }

  /** The members of an object: all of `names`, perhaps `optional`, and no others. */
  members(value: unknown, names: readonly string[], optional: readonly string[] = []): Members {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) this.bad(`an object with ${names.join(', ')} is missing`);
    const missing = names.find((name) => !Object.hasOwn(value, name));
    if (missing !== undefined) this.bad(`${missing} is missing`);
    const stray = Object.keys(value).find((name) => !names.includes(name) && !optional.includes(name));
    if (stray !== undefined) this.bad('it has a member that is not known');
    return value as Members;
  }

  hex(value: unknown, name: string): Hex {
    return isHex(value) ? value : this.bad(`${name} is not 0x and hexadecimal digits`);
  }

  hash(value: unknown, name: string): Hex {
    const hex = this.hex(value, name);
    return hex.length === 66 ? hex : this.bad(`${name} is not 32 bytes`);
  }

  number(value: unknown, most: number, name: string): number {
    const whole = typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= most;
    return whole ? value : this.bad(`${name} is no number of its kind`);
  }

  decimal(value: unknown, name: string): string {
    const plain = typeof value === 'string' && /^(?:0|[1-9][0-9]{0,19})$/.test(value) && BigInt(value) <= MAX_U64;
    return plain ? value : this.bad(`${name} is not a decimal number of 64 bits in a string`);
  }

  list<T>(value: unknown, most: number, name: string, read: (each: unknown) => T): T[] {
    if (!Array.isArray(value)) return this.bad(`${name} is no list`);
    if (value.length > most) this.bad(`${name} has ${value.length} parts, and ${most} are the most`);
    return value.map(read);
  }

  nodes = (value: unknown): Hex[] => this.list(value, MAX_NODES, 'proof', (node) => this.hex(node, 'a node'));

  votes({ setId, justification }: Members): Votes {
    return { setId: this.number(setId, Number.MAX_SAFE_INTEGER, 'setId'), justification: this.hex(justification, 'justification') };
  }

  relay(value: unknown): RelayEvidence {
    const relay = this.members(value, ['genesis', 'paraId', 'header', 'setId', 'justification', 'proof']);
    return {
      genesis: this.hash(relay['genesis'], 'the relay chain\'s genesis'), paraId: this.number(relay['paraId'], MAX_U32, 'paraId'),
      header: this.hex(relay['header'], 'the relay chain\'s header'), ...this.votes(relay), proof: this.nodes(relay['proof']),
    };
  }

  record = (value: unknown): ReceiptRecord => {
    const { author, seq, form, salt, digest, leaf, name } =
      this.members(value, ['author', 'seq', 'form', 'salt', 'digest', 'leaf'], ['name']);
    const known = FORMS.find((each) => each === form) ?? this.bad('a record is of no known form');
    if (name !== undefined && name !== null && typeof name !== 'string') this.bad('a record\'s name is no text');
    return {
      author: this.number(author, MAX_U32, 'author'), seq: this.decimal(seq, 'seq'), form: known,
      salt: this.hash(salt, 'salt'), digest: this.hash(digest, 'digest'), leaf: leaf === null ? null : this.leaf(leaf),
      ...(typeof name === 'string' ? { name } : {}),
    };
  };

  leaf(value: unknown): { index: string; path: Hex[] } {
    const { index, path } = this.members(value, ['index', 'path']);
    return { index: this.decimal(index, 'index'), path: this.list(path, MAX_DEPTH, 'path', (hash) => this.hash(hash, 'a sibling')) };
  }
}

/** Reads a receipt from a file's text. Throws {@link ReceiptMalformed} if it is none. It says nothing of what it is worth. */
export function parseReceipt(text: string): Receipt {
  const file = new File('receipt');
  const value = file.json(text, RECEIPT_FORMAT, [FORMAT_VERSION, LATER_VERSION]);
  const { version, genesis, header, finality, proof, records } =
    file.members(value, ['format', 'version', 'genesis', 'header', 'finality', 'proof', 'records']);
  const body = {
    genesis: file.hash(genesis, 'genesis'), header: file.hex(header, 'header'), proof: file.nodes(proof),
    records: file.list(records, MAX_RECORDS, 'records', file.record),
  };
  if (body.records.length === 0) file.bad('it is for no record');
  const places = new Set(body.records.map(({ author, seq, leaf }) => `${author}/${seq}/${leaf?.index ?? ''}`));
  if (places.size < body.records.length) file.bad('it has a record twice');
  const format = RECEIPT_FORMAT;
  if (version === FORMAT_VERSION) {
    return { format, version: FORMAT_VERSION, ...body, finality: file.votes(file.members(finality, ['setId', 'justification'])) };
  }
  return { format, version: LATER_VERSION, ...body, finality: { relay: file.relay(file.members(finality, ['relay'])['relay']) } };
}

const beginning = (what: string, format: string) => (text: string): Beginning => {
  const file = new File(what);
  const { header, proof } = file.members(file.json(text, format, [FORMAT_VERSION]), ['format', 'version', 'header', 'proof']);
  return { header: file.hex(header, 'header'), proof: file.nodes(proof) };
};

/** Reads the compact form of a chain's genesis, as `salus-verify genesis --write` makes it. */
export const parseGenesis = beginning('genesis file', 'salus-genesis');
/** Reads a start: a later block from which authorities are followed. */
export const parseStart = beginning('start', START_FORMAT);
