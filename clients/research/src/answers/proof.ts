/**
 * That budget was reserved for a query, and settled, as of a final block: what the chain stores of the query, with the nodes of the state trie that lead to it from
 * the root in the block's header. That the block is final is the node's word: whoever has its hash from a source of their own needs nobody to check it. A
 * reservation receipt (`@salus/receipts`) has the signatures under the block besides, and takes the place of the proof as soon as it is made.
 */
import type { ApiPromise } from '@polkadot/api';
import { bnToU8a, hexToU8a, u8aToBn } from '@polkadot/util';
import { xxhashAsU8a } from '@polkadot/util-crypto';
import { receipts } from '@salus/receipts';
import { concat, IntegrityBroken, toHex, utf8, type Hex } from '@salus/types';
import { orgId, u64 } from '../checks.js';
import type { Query } from '../chain/model.js';
import { canonical, Closed, Malformed, readJson } from './closed.js';

export const PROOF_FORMAT = 'salus-reservation-proof';
/** The largest proof, in bytes. */
const MAX_PROOF = 1 << 20;

/** A proof as it is kept in a file. */
export interface ReservationProof {
  format: typeof PROOF_FORMAT;
  version: 1;
  custodian: number;
  query: number;
  /** The header of a final block, as its hash is taken. */
  header: Hex;
  /** Nodes of the state trie. */
  nodes: Hex[];
}

const number = (value: number, bits: 32 | 64): Uint8Array => bnToU8a(value, { bitLength: bits, isLe: true });
const twox64Concat = (bytes: Uint8Array): Uint8Array => concat(xxhashAsU8a(bytes, 64), bytes);

/** Where the chain stores the query with this number of a custodian's population. */
export const queryKey = (custodian: number, query: number): Uint8Array => concat(
  xxhashAsU8a(utf8('Research'), 128), xxhashAsU8a(utf8('Queries'), 128),
  twox64Concat(number(orgId(custodian, 'custodian'), 32)), twox64Concat(number(u64(query, 'query'), 64)),
);

/** A stored query: all its parts have a fixed size but for the result, which may be missing. */
export function decodeQuery(id: number, bytes: Uint8Array): Query {
  // Four numbers and a commitment, the tag of the result, and the result: a commitment and a moment.
  if (bytes.length !== 57 && bytes.length !== 97) throw new IntegrityBroken(`the chain's query has ${bytes.length} bytes`);
  let at = 0;
  const take = (length: number): Uint8Array => bytes.subarray(at, at += length);
  const whole = (length: number): number => u8aToBn(take(length), { isLe: true }).toNumber();
  const [permit, version, commitment, epsilon, reservedAt] = [whole(4), whole(4), toHex(take(32)), whole(8), whole(8)];
  const tag = take(1)[0];
  if (tag !== 0 && tag !== 1) throw new IntegrityBroken('the chain\'s query is not of its form');
  const result = tag === 0 ? undefined : { commitment: toHex(take(32)), at: whole(8) };
  if (at !== bytes.length) throw new IntegrityBroken(`the chain's query has ${bytes.length} bytes, and ${at} are read`);
  return { id, permit, version, commitment, epsilon, reservedAt, result };
}

/** Takes the proof of a query from a node, as of its last final block. `undefined` if that state has no such query. */
export async function fetchProof(api: ApiPromise, custodian: number, query: number): Promise<ReservationProof | undefined> {
  const hash = await api.rpc.chain.getFinalizedHead();
  const header = await api.rpc.chain.getHeader(hash);
  const { proof } = await api.rpc.state.getReadProof([toHex(queryKey(custodian, query))], hash);
  const found: ReservationProof = { format: PROOF_FORMAT, version: 1, custodian, query, header: header.toHex() as Hex, nodes: proof.map((node) => node.toHex() as Hex) };
  const { block, stored } = openProof(found);
  if (block.hash !== hash.toHex()) throw new IntegrityBroken(`the node answers ${block.hash} when asked for the header of ${hash.toHex()}`);
  return stored && found;
}

/** What a proof proves: the query, if there is one, and as of which block. Throws `IntegrityBroken` if it proves neither that nor the contrary. */
export function openProof(proof: ReservationProof): { block: { number: number; hash: Hex }; stored: Query | undefined } {
  const { number: at, hash, stateRoot } = receipts.decodeHeader(hexToU8a(proof.header));
  const trie = new receipts.StorageProof(stateRoot as Hex, proof.nodes.map((node) => hexToU8a(node)));
  const value = trie.get(queryKey(proof.custodian, proof.query));
  return { block: { number: at, hash: hash as Hex }, stored: value && decodeQuery(proof.query, value) };
}

/** Reads a proof from a file. */
export function readProof(text: string | Uint8Array): ReservationProof {
  const proof = new Closed(readJson(text, MAX_PROOF), 'document', ['custodian', 'format', 'header', 'nodes', 'query', 'version']);
  const bytes = /^0x([0-9a-f]{2})+$/;
  const nodes = proof.list('nodes');
  if (!nodes.every((node): node is Hex => typeof node === 'string' && bytes.test(node))) throw new Malformed('nodes');
  if (proof.text('format') !== PROOF_FORMAT || proof.whole('version') !== 1) throw new Malformed('format');
  return { format: PROOF_FORMAT, version: 1, custodian: proof.small('custodian'), query: proof.whole('query'), header: proof.text('header', bytes) as Hex, nodes };
}

export const proofText = (proof: ReservationProof): string => canonical(proof);

/** What is kept with an answer: a receipt, which needs nobody's word; or a proof, as long as no receipt could be made. */
export type KeptProof = ReservationProof | receipts.ReservationReceipt;

export const isReceipt = (kept: KeptProof): kept is receipts.ReservationReceipt => kept.format === receipts.RESERVATION_FORMAT;

/** The block as of which it shows the reservation. */
export const blockOf = (kept: KeptProof): { number: number; hash: Hex } => {
  const { number: at, hash } = receipts.decodeHeader(hexToU8a(kept.header));
  return { number: at, hash };
};

export function readKept(bytes: Uint8Array): KeptProof {
  const isProof = (() => {
    try {
      return (JSON.parse(new TextDecoder().decode(bytes)) as { format?: unknown }).format === PROOF_FORMAT;
    } catch {
      return false;
    }
  })();
  return isProof ? readProof(bytes) : receipts.parseReservation(bytes);
}

export const keptText = (kept: KeptProof): string => canonical(kept);
