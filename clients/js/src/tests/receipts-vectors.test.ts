/**
 * The receipts in `docs/vectors/receipts`, of which `salus-verify` says what each is worth: read with the parts from which
 * the client makes receipts, they are worth the same.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { hexToU8a } from '@polkadot/util';
import { blake2AsU8a, cryptoWaitReady, xxhashAsU8a } from '@polkadot/util-crypto';
import { bytes32, concat, equal, utf8, type Hex } from '../bytes.js';
import { commitDigest, digest } from '../commitment.js';
import { verifyPath } from '../merkle.js';
import {
  decodeAuthorities, decodeHeader, decodeJustification, flawOf, followTrail, parseTrail, StorageProof, type Authority, type Receipt, type Trail,
} from '../receipts/index.js';
import { toLittleEndian } from '../receipts/scale.js';
import { decodeAnchor } from '../receipts/slot.js';

interface Genesis {
  header: Hex;
  proof: Hex[];
}
interface Vector {
  name: string;
  record: Hex;
  expectGenesis: Hex;
  genesis: Genesis | 'usual';
  trail: Trail | 'usual';
  checkpoint: unknown;
  receipt: Receipt;
  verdict: { exit: number; error: string | null };
}
interface Usual {
  genesis: Genesis;
  trail: Trail;
}

const FOLDER = new URL('../../../../docs/vectors/receipts/', import.meta.url);
const load = <T>(name: string): T => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as T;
const usual = load<Usual>('usual.json');
const vectors = readdirSync(FOLDER).filter((name) => name !== 'usual.json').map((name) => load<Vector>(name));

/** What the client has no part for: it makes receipts and trails, and reads only trails. */
const NOT_OURS: Record<string, string> = {
  'unknown-member': 'the client reads no receipt files',
  'other-version': 'the client reads no receipt files',
  'sequence-as-number': 'the client reads no receipt files',
  'forced-vouched': 'the client follows no forced change, with a checkpoint or without',
};

const key128 = (text: string): Uint8Array => xxhashAsU8a(utf8(text), 128);
const concat64 = (bytes: Uint8Array): Uint8Array => concat(xxhashAsU8a(bytes, 64), bytes);
const slotKey = (map: string, author: number, seq: bigint): Uint8Array =>
  concat(key128('RecordAnchor'), key128(map), concat64(toLittleEndian(BigInt(author), 4)), concat64(toLittleEndian(seq, 8)));
const retractionKey = (author: number, seq: bigint, leaf?: bigint): Uint8Array => {
  const option = leaf === undefined ? Uint8Array.of(0) : concat(Uint8Array.of(1), toLittleEndian(leaf, 8));
  return concat(slotKey('Retractions', author, seq), blake2AsU8a(option, 128), option);
};

function holds(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what);
}

/** The authorities that the compact form of a genesis proves. */
function begin({ header, proof }: Genesis, expected: Hex): Authority[] {
  const block = decodeHeader(hexToU8a(header));
  holds(block.hash === expected, 'another genesis');
  const list = new StorageProof(block.stateRoot, proof.map((node) => hexToU8a(node))).get(concat(key128('Grandpa'), key128('Authorities')));
  holds(list !== undefined, 'no authorities');
  return decodeAuthorities(list);
}

/** The exit code that a receipt earns: 0 if its record stood, 3 if not any more. Throws if it proves nothing. */
function verify({ receipt, record, expectGenesis, ...rest }: Vector): number {
  const genesis = rest.genesis === 'usual' ? usual.genesis : rest.genesis;
  const { genesis: of, handoffs } = parseTrail(JSON.stringify(rest.trail === 'usual' ? usual.trail : rest.trail));
  const first = begin(genesis, expectGenesis);
  holds(of === expectGenesis && receipt.genesis === expectGenesis, 'of another chain');
  const { setId } = receipt.finality;
  followTrail(handoffs, first);
  holds(setId <= handoffs.length, 'the trail is too short');
  const { authorities, number: after } = followTrail(handoffs.slice(0, setId), first);
  const header = decodeHeader(hexToU8a(receipt.header));
  holds(setId === 0 || header.number > after, 'before the set\'s term');
  const next = handoffs[setId] && decodeHeader(hexToU8a(handoffs[setId].header));
  holds(!next || header.number < next.number || header.hash === next.hash, 'after the set\'s term');
  const justification = decodeJustification(hexToU8a(receipt.finality.justification));
  const flaw = flawOf(justification, header, BigInt(setId), authorities ?? []);
  holds(flaw === undefined, flaw ?? '');

  const proof = new StorageProof(header.stateRoot, receipt.proof.map((node) => hexToU8a(node)));
  const [one] = receipt.records;
  holds(one !== undefined, 'for no record');
  const { author, form, leaf } = one;
  const seq = BigInt(one.seq);
  holds(equal(digest(hexToU8a(record), form), bytes32(one.digest)), 'the record was changed');
  const value = proof.get(slotKey('Anchors', author, seq));
  holds(value !== undefined, 'not anchored');
  const slot = decodeAnchor(value);
  holds(slot.form === form, 'of another form');
  const commitment = commitDigest(bytes32(one.salt), form, bytes32(one.digest));
  if (leaf === null) holds(slot.leaves === undefined && equal(slot.commitment, commitment), 'not opened');
  else {
    const path = { index: Number(leaf.index), leaves: slot.leaves ?? 0, path: leaf.path.map(bytes32) };
    holds(slot.leaves !== undefined && verifyPath(slot.commitment, commitment, path), 'not in the batch');
  }
  const ended = [
    ...(leaf ? [retractionKey(author, seq, BigInt(leaf.index))] : []), retractionKey(author, seq), slotKey('Successors', author, seq),
  ].map((key) => proof.get(key));
  return ended.some((found) => found !== undefined) ? 3 : 0;
}

before(async () => { await cryptoWaitReady(); });

test('every receipt of the vectors is worth to the client what it is worth to salus-verify', () => {
  const differing: string[] = [];
  for (const vector of vectors) {
    const why = NOT_OURS[vector.name];
    if (why !== undefined) {
      console.log(`${vector.name}: not checked here: ${why}`);
      continue;
    }
    const { exit } = vector.verdict;
    let [found, said] = [1, ''];
    try {
      found = verify(vector);
    } catch (error) {
      said = (error as Error).message;
    }
    // What is malformed is no receipt either.
    if (found !== (exit === 2 ? 1 : exit)) differing.push(`${vector.name}: ${exit} (${vector.verdict.error}), here ${found} ${said}`);
  }
  assert.deepEqual(differing, []);
  assert.ok(vectors.length >= 48, `${vectors.length} vectors`);
  assert.ok(Object.keys(NOT_OURS).every((name) => vectors.some((vector) => vector.name === name)));
});

/** So that the test above cannot agree by refusing everything, or by luck. */
test('the client accepts some and refuses some, each for a reason of its own', () => {
  const reasons = new Set<string>();
  let accepted = 0;
  for (const vector of vectors.filter(({ name }) => !(name in NOT_OURS))) {
    try {
      verify(vector);
      accepted += 1;
    } catch (error) {
      reasons.add((error as Error).message.replace(/0x[0-9a-f]+/g, '…'));
    }
  }
  assert.ok(accepted >= 8, `${accepted} accepted`);
  assert.ok(reasons.size >= 15, [...reasons].join('\n'));
  assert.ok([...reasons].every((reason) => !/undefined|not a function|Cannot/.test(reason)), [...reasons].join('\n'));
});
