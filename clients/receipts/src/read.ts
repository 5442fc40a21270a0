/** Reading receipts and the files with which they are verified, as strictly as `salus-verify` does: see `strict.ts`. */
import { hexToU8a } from '@polkadot/util';
import { FORMS, type Hex } from '@salus/types';
import type { Json } from '@salus/types/json';
import {
  FORMAT_VERSION, LATER_VERSION, RECEIPT_FORMAT, START_FORMAT, TRAIL_FORMAT,
  type Handoff, type Receipt, type ReceiptRecord, type RelayEvidence, type Trail, type Votes,
} from './format.js';
import { decodeHeader } from './grandpa.js';
import { StrictFile } from './strict.js';

/** The largest receipt, genesis file or start that is read, and the largest other file, in bytes; as in `salus-verify`. */
export const MAX_RECEIPT = 64 * 1024 * 1024;
export const MAX_FILE = 256 * 1024 * 1024;
/** The most records of a receipt, nodes of a proof, hashes in a path, and changes of authorities in a trail. */
const MAX_RECORDS = 100_000;
const MAX_NODES = 1024 * 1024;
const MAX_DEPTH = 32;
export const MAX_HANDOFFS = 1024 * 1024;

export const VERSIONS = [FORMAT_VERSION, LATER_VERSION] as const;

/** A block and what of its state leads to the authorities behind it: block 0, or the block of a start. */
export interface Beginning {
  header: Hex;
  proof: Hex[];
}

export const nodes = (file: StrictFile, value: Json): Hex[] => file.list(value, MAX_NODES, 'proof nodes', (node) => file.hex(node, 'a node of the proof'));

export const votes = (file: StrictFile, { setId, justification }: { setId: Json; justification: Json }): Votes =>
  ({ setId: file.count(setId, 'setId'), justification: file.hex(justification, 'justification') });

export function relayOf(file: StrictFile, value: Json): RelayEvidence {
  const relay = file.members(value, 'relay', ['genesis', 'paraId', 'header', 'setId', 'justification', 'proof']);
  return {
    genesis: file.hash(relay.genesis, 'the relay chain\'s genesis'), paraId: file.u32(relay.paraId, 'paraId'),
    header: file.hex(relay.header, 'the relay chain\'s header'), ...votes(file, relay), proof: nodes(file, relay.proof),
  };
}

function recordOf(file: StrictFile, value: Json): ReceiptRecord {
  const { author, seq, form, salt, digest, leaf, name } =
    file.members(value, 'a record', ['author', 'seq', 'form', 'salt', 'digest', 'leaf'], ['name']);
  return {
    author: file.u32(author, 'author'), seq: file.decimal(seq, 'seq'), form: file.oneOf(form, FORMS, 'form'),
    salt: file.hash(salt, 'salt'), digest: file.hash(digest, 'digest'), leaf: leaf === null ? null : leafOf(file, leaf),
    ...(name === undefined ? {} : { name: file.text(name, 'name') }),
  };
}

function leafOf(file: StrictFile, value: Json): { index: string; path: Hex[] } {
  const { index, path } = file.members(value, 'leaf', ['index', 'path']);
  return { index: file.decimal(index, 'index'), path: file.list(path, MAX_DEPTH, 'hashes in a path', (hash) => file.hash(hash, 'a hash of a path')) };
}

/**
 * Reads a receipt from a file: its bytes, or its text. Throws {@link ReceiptMalformed} if it is none. It says nothing of what it is
 * worth.
 */
export function parseReceipt(bytes: Uint8Array | string): Receipt {
  const file = new StrictFile('receipt');
  const value = file.json(bytes, MAX_RECEIPT);
  const version = file.version(value, RECEIPT_FORMAT, VERSIONS);
  const { genesis, header, finality, proof, records } =
    file.members(value, 'the receipt', ['format', 'version', 'genesis', 'header', 'finality', 'proof', 'records']);
  const body = {
    genesis: file.hash(genesis, 'genesis'), header: file.hex(header, 'header'), proof: nodes(file, proof),
    records: file.list(records, MAX_RECORDS, 'records', (record) => recordOf(file, record)),
  };
  if (body.records.length === 0) file.bad('wrong-value', 'it is for no record');
  const places = new Set(body.records.map(({ author, seq, leaf }) => `${author}/${seq}/${leaf?.index ?? ''}`));
  if (places.size < body.records.length) file.bad('wrong-value', 'it has a record twice');
  const format = RECEIPT_FORMAT;
  if (version === FORMAT_VERSION) {
    return { format, version, ...body, finality: votes(file, file.members(finality, 'finality', ['setId', 'justification'])) };
  }
  return { format, version, ...body, finality: { relay: relayOf(file, file.members(finality, 'finality', ['relay']).relay) } };
}

/** Reads a trail from a file: its bytes, or its text. Throws {@link ReceiptMalformed} if it is none. */
export function parseTrail(bytes: Uint8Array | string): Trail {
  const file = new StrictFile('trail');
  const value = file.json(bytes, MAX_FILE);
  const version = file.version(value, TRAIL_FORMAT, VERSIONS);
  const handoff = (each: Json): Handoff => {
    const { header, justification } = file.members(each, 'a hand-off', ['header', 'justification']);
    return { header: file.hex(header, 'header'), justification: file.hex(justification, 'justification') };
  };
  const body = (genesis: Json, handoffs: Json): { genesis: Hex; handoffs: Handoff[] } =>
    ({ genesis: file.hash(genesis, 'genesis'), handoffs: file.list(handoffs, MAX_HANDOFFS, 'hand-offs', handoff) });
  if (version === FORMAT_VERSION) {
    const { genesis, handoffs } = file.members(value, 'the trail', ['format', 'version', 'genesis', 'handoffs']);
    return { format: TRAIL_FORMAT, version, ...body(genesis, handoffs) };
  }
  const { genesis, from, handoffs } = file.members(value, 'the trail', ['format', 'version', 'genesis', 'from', 'handoffs']);
  return { format: TRAIL_FORMAT, version, from: file.count(from, 'from'), ...body(genesis, handoffs) };
}

/** The reader of a file whose block is block 0, or is not. Bytes of a header that do not decode are `IntegrityBroken`. */
const beginning = (what: string, format: string, isZero: boolean) => (bytes: Uint8Array | string): Beginning => {
  const file = new StrictFile(what);
  const value = file.json(bytes, MAX_RECEIPT);
  file.version(value, format, [FORMAT_VERSION]);
  const members = file.members(value, `the ${what}`, ['format', 'version', 'header', 'proof']);
  const [header, proof] = [file.hex(members.header, 'header'), nodes(file, members.proof)];
  if ((decodeHeader(hexToU8a(header)).number === 0) !== isZero) {
    file.bad('wrong-value', isZero ? 'its block is not block 0' : 'its block is block 0, which a genesis file is for');
  }
  return { header, proof };
};

/** Reads the compact form of a chain's genesis, as `salus-verify genesis --write` makes it. */
export const parseGenesis = beginning('genesis file', 'salus-genesis', true);
/** Reads a start: a later block from which authorities are followed. */
export const parseStart = beginning('start', START_FORMAT, false);
