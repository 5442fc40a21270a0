/** Files of receipts are read in one way: the vectors in `docs/vectors/files.json`, which `salus-verify` is held to too. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { cryptoWaitReady } from '@polkadot/util-crypto';
import { utf8 } from '@salus/types';
import {
  FILE_FAULTS, genesisAuthorities, parseDecision, parseGenesis, parseReceipt, parseStart, parseTrail, ReceiptMalformed, type FileFault,
} from '../receipts.js';
import { contentOf, KINDS, makeVectors, VECTORS, vectorsText, type Kind, type Vectors } from './file-cases.js';

const TEXT = readFileSync(new URL('files.json', VECTORS), 'utf8');
const { bases, cases } = JSON.parse(TEXT) as Vectors;

const READERS: Record<Kind, (file: Uint8Array | string) => unknown> = {
  receipt: parseReceipt, decision: parseDecision, trail: parseTrail, genesis: parseGenesis, start: parseStart, 'chain-spec': genesisAuthorities,
};

/** Why a file is refused, or `null` if it is read. Anything but a refusal is a mistake of the reader. */
function faultOf(kind: Kind, file: Uint8Array | string): FileFault | null {
  try {
    READERS[kind](file);
    return null;
  } catch (error) {
    if (error instanceof ReceiptMalformed) return error.fault;
    throw error;
  }
}

before(async () => { await cryptoWaitReady(); });

test('the vectors are what their generator makes', () => {
  assert.ok(TEXT === vectorsText(makeVectors()), 'run npm run file-vectors, and look at what it changed');
});

test('every file of the vectors is accepted, or refused for its reason', () => {
  const differing = cases.flatMap((each) => {
    const { kind, bytes } = contentOf(each, bases);
    const found = faultOf(kind, bytes);
    return found === each.fault ? [] : [`${each.name}: ${each.fault}, here ${found}`];
  });
  assert.deepEqual(differing, []);
});

test('text is read as its bytes are', () => {
  let read = 0;
  for (const each of cases) {
    if ('bytes' in each) continue;
    const { kind, bytes } = contentOf(each, bases);
    assert.equal(faultOf(kind, new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)), each.fault, each.name);
    read += 1;
  }
  assert.ok(read > 1_500, String(read));
  const { text } = bases['receipt'] as { text: string };
  const half = text.replace('letter.txt', 'letter\ud83d.txt');
  assert.notEqual(half, text);
  assert.equal(faultOf('receipt', half), 'lone-surrogate', 'which no bytes can have');
});

test('the vectors have every kind of file, every reason, and files that are accepted', () => {
  const names = new Set(cases.map(({ name }) => name));
  assert.equal(names.size, cases.length, 'each has a name of its own');
  for (const kind of KINDS) {
    const own = cases.filter((each) => contentOf(each, bases).kind === kind);
    assert.ok(own.filter(({ fault }) => fault === null).length >= 10, kind);
    assert.ok(own.length >= 130, `${kind}: ${own.length}`);
  }
  const reasons = new Set(cases.map(({ fault }) => fault));
  // Two would make the vectors large: the first is below, and both are among the vectors of FHIR JSON, which the same reader reads.
  assert.deepEqual(FILE_FAULTS.filter((fault) => !reasons.has(fault)), ['too-large', 'too-many-values']);
});

test('what is larger than the largest file is refused before it is read', () => {
  for (const kind of KINDS) {
    const most = kind === 'trail' || kind === 'chain-spec' ? 256 : 64;
    assert.equal(faultOf(kind, new Uint8Array(most * 1024 * 1024 + 1).fill(0x20)), 'too-large', kind);
  }
  assert.equal(faultOf('receipt', new Uint8Array(64 * 1024 * 1024).fill(0x20)), 'not-json', 'the largest is read');
  // By its bytes, not by its characters.
  const wide = '\u20ac'.repeat((64 * 1024 * 1024) / 3 + 1);
  assert.ok(utf8(wide).length > 64 * 1024 * 1024);
  assert.equal(faultOf('receipt', wide), 'too-large');
});
