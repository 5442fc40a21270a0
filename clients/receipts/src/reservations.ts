/**
 * Reservation receipts: that a custodian had reserved budget for a query, and with which answer it was settled, in a final block. For whoever
 * verifies an answer to a researcher years later without any node (`salus-verify reservation`, `salus-research verify --offline`).
 */
import type { ApiPromise } from '@polkadot/api';
import { hexToU8a } from '@polkadot/util';
import { IntegrityBroken, type Hex } from '@salus/types';
import { orgId } from '@salus/types/arguments';
import { ReceiptInvalid, ReceiptRefused } from './errors.js';
import { awaitJustification, finalBlock, readProof, storageAt } from './finality.js';
import { FORMAT_VERSION, LATER_VERSION } from './format.js';
import type { BlockHeader } from './grandpa.js';
import { genesisKey } from './keys.js';
import { patience, unpruned, type CommonOptions } from './make.js';
import { MAX_RECEIPT, nodes as nodesOf, relayOf, VERSIONS, votes } from './read.js';
import { RESERVATION_FORMAT, type OwnReservation, type ParachainReservation, type ReservationReceipt } from './reservation-format.js';
import { readBy, reservationOf, type ProvenReservation } from './reservation-items.js';
import { StrictFile } from './strict.js';
import { StorageProof } from './trie.js';
import { awaitNamed } from './under-relay.js';
import { open, type Opened, type Trust } from './verify.js';

/** The options of making one. */
export type ReservationOptions = Pick<CommonOptions, 'timeout'>;

/**
 * Makes the receipt of a settled query, as of the first block that becomes final and in which it is settled. Throws {@link ReceiptRefused}:
 * `NotFinal` if no such block becomes final in time, `WrongRelay` of a parachain, `Unsound` where the node's answers do not fit together.
 */
export async function makeReservation(api: ApiPromise, custodian: number, query: number, options: ReservationOptions = {}): Promise<OwnReservation> {
  const timeout = patience(options);
  const [org, number] = wanted(custodian, query);
  if (!('grandpa' in api.query)) {
    throw new ReceiptRefused('WrongRelay', 'this chain has no authorities that make its blocks final: of a parachain, a receipt needs a connection to the relay chain too');
  }
  return unpruned('make it at once', () => awaitJustification(api, timeout, async (bytes, { target }) => {
    if (!await isSettled(api, org, number, target)) return undefined;
    const { header, headerBytes, justification, setId } = await finalBlock(api, bytes);
    return {
      format: RESERVATION_FORMAT, version: FORMAT_VERSION, genesis: api.genesisHash.toHex() as Hex, header: headerBytes, finality: { setId, justification },
      ...await provenAt(api, org, number, header),
    } satisfies OwnReservation;
  }));
}

/** The same of a parachain. `relay` is a connection to a node of the relay chain (`connectRelay`). */
export async function makeReservationUnderRelay(
  api: ApiPromise,
  relay: ApiPromise,
  custodian: number,
  query: number,
  options: ReservationOptions = {},
): Promise<ParachainReservation> {
  const [org, number] = wanted(custodian, query);
  return awaitNamed(api, relay, patience(options), ({ hash }) => isSettled(api, org, number, hash), async ({ header, headerBytes, evidence }) => ({
    format: RESERVATION_FORMAT, version: LATER_VERSION, genesis: api.genesisHash.toHex() as Hex, header: headerBytes, finality: { relay: evidence },
    ...await provenAt(api, org, number, header, [genesisKey()]),
  } satisfies ParachainReservation));
}

function wanted(custodian: number, query: number): [number, bigint] {
  if (!Number.isSafeInteger(query) || query < 0) throw new RangeError('query must be the number of a query');
  return [orgId(custodian, 'custodian'), BigInt(query)];
}

/** Reads from a node, and keeps the keys that were asked for. */
async function fromNode(api: ApiPromise, custodian: number, query: bigint, hash: string): Promise<{ found: ProvenReservation | undefined; keys: Hex[] }> {
  const keys: Hex[] = [];
  const reading = reservationOf(custodian, query);
  let next = reading.next();
  while (next.done !== true) {
    const { key } = next.value;
    keys.push(key);
    next = reading.next((await storageAt(api, [key], hash)).get(key));
  }
  return { found: next.value, keys };
}

const unsound = (error: unknown): unknown =>
  (error instanceof IntegrityBroken || error instanceof ReceiptInvalid ? new ReceiptRefused('Unsound', error.message, { cause: error }) : error);

async function isSettled(api: ApiPromise, custodian: number, query: bigint, hash: string): Promise<boolean> {
  try {
    return (await fromNode(api, custodian, query, hash)).found?.result !== undefined;
  } catch (error) {
    throw unsound(error);
  }
}

async function provenAt(
  api: ApiPromise,
  custodian: number,
  query: bigint,
  header: BlockHeader,
  more: readonly Hex[] = [],
): Promise<Pick<OwnReservation, 'proof' | 'custodian' | 'query'>> {
  try {
    const { keys } = await fromNode(api, custodian, query, header.hash);
    const proof = await readProof(api, [...keys, ...more], header.hash);
    // As a verifier reads it: what the node said of single items counts for nothing here.
    if (shown(new StorageProof(header.stateRoot, proof.map((node) => hexToU8a(node))), custodian, query)?.result === undefined) {
      throw new IntegrityBroken('the node proves that the query is not settled');
    }
    return { proof, custodian, query: String(query) };
  } catch (error) {
    throw unsound(error);
  }
}

/** What a proof shows of a query; `undefined` if there is none. Throws {@link ReceiptInvalid} if it leaves open what it has to show. */
function shown(state: StorageProof, custodian: number, query: bigint): ProvenReservation | undefined {
  try {
    return readBy(reservationOf(custodian, query), (key, tells) => {
      const value = state.lookUp(key);
      if (value === 'open') throw new ReceiptInvalid('fact-unproven', `the proof leaves open ${tells}`);
      return value;
    });
  } catch (error) {
    if (!(error instanceof IntegrityBroken)) throw error;
    throw new ReceiptInvalid('unreadable-fact', error.message);
  }
}

/** Reads a reservation receipt from a file: its bytes, or its text. Throws `ReceiptMalformed` if it is none. It says nothing of what it is worth. */
export function parseReservation(bytes: Uint8Array | string): ReservationReceipt {
  const file = new StrictFile('reservation receipt');
  const value = file.json(bytes, MAX_RECEIPT);
  const version = file.version(value, RESERVATION_FORMAT, VERSIONS);
  const { genesis, header, finality, proof, custodian, query } =
    file.members(value, 'the reservation receipt', ['format', 'version', 'genesis', 'header', 'finality', 'proof', 'custodian', 'query']);
  const body = {
    genesis: file.hash(genesis, 'genesis'), header: file.hex(header, 'header'), proof: nodesOf(file, proof),
    custodian: file.u32(custodian, 'custodian'), query: file.decimal(query, 'query'),
  };
  const format = RESERVATION_FORMAT;
  if (version === FORMAT_VERSION) {
    return { format, version, ...body, finality: votes(file, file.members(finality, 'finality', ['setId', 'justification'])) };
  }
  return { format, version, ...body, finality: { relay: relayOf(file, file.members(finality, 'finality', ['relay']).relay) } };
}

/** What a reservation receipt proves, and who made its block final. */
export interface VerifiedReservation extends Omit<Opened, 'state'> {
  reservation: ProvenReservation;
}

/** Verifies a reservation receipt with nothing but files. Throws {@link ReceiptInvalid}, with the words of `salus-verify`. */
export function verifyReservation(receipt: ReservationReceipt, trust: Trust): VerifiedReservation {
  const { state, ...opened } = open('reservation receipt', receipt, trust);
  const { block } = opened;
  if (!state.hasRoot) throw new ReceiptInvalid('other-state', `the proof is of another state than that of block ${block.number}: it has nothing of it`);
  const reservation = shown(state, receipt.custodian, BigInt(receipt.query));
  if (!reservation) throw new ReceiptInvalid('not-reserved', `organisation ${receipt.custodian} had reserved no query ${receipt.query} as of block ${block.number}`);
  return { ...opened, reservation };
}
