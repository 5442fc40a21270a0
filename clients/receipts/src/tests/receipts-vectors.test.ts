/**
 * The receipts in `docs/vectors`, of which `salus-verify` says what each is worth: the client says the same of them, and
 * where its words for a refusal are those of `salus-verify`, the same one.
 */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { hexToU8a } from '@polkadot/util';
import { cryptoWaitReady } from '@polkadot/util-crypto';
import { IntegrityBroken } from '@salus/types';
import {
  fromGenesis, fromStart, OpenedReceipt, parseGenesis, parseReceipt, parseStart, parseTrail, ReceiptInvalid, ReceiptMalformed, Sets, TrailBroken,
} from '../receipts.js';
import { vectors, type Vector } from './receipts-vectors.js';

/** What the client has no part for. */
const NOT_OURS: Record<string, string> = {
  'forced-vouched': 'the client follows no forced change, with a checkpoint or without',
};
/** Refusals for which the client has one word. */
const OTHER_WORDS = new Set(['votes', 'hand-off']);

const text = (value: unknown): string => JSON.stringify(value);

/** The exit code that a receipt earns: 0 if its record stood, 3 if not any more. Throws if it proves nothing. */
function verify({ receipt, record, expectGenesis, genesis, trail, relay }: Vector): number {
  const parsed = parseReceipt(text(receipt));
  const start = relay?.expectBlock
    ? fromStart(parseStart(text(relay.start)), relay.expectBlock)
    : fromGenesis(parseGenesis(text(genesis)), relay?.expectGenesis ?? expectGenesis);
  const sets = new Sets(start, parseTrail(text(trail)));
  const opened = new OpenedReceipt(parsed, relay ? { relay: sets, paraId: relay.paraId, genesis: expectGenesis } : sets);
  const [entry] = opened.find(hexToU8a(record));
  assert.ok(entry);
  return opened.verify(entry) === 'Current' ? 0 : 3;
}

before(async () => { await cryptoWaitReady(); });

test('every receipt of the vectors is worth to the client what it is worth to salus-verify', () => {
  const differing: string[] = [];
  for (const vector of vectors) {
    const { name, verdict: { exit, error: code } } = vector;
    const why = NOT_OURS[name];
    if (why !== undefined) {
      console.log(`${name}: not checked here: ${why}`);
      continue;
    }
    let [found, said] = [1, ''];
    try {
      found = verify(vector);
    } catch (error) {
      said = (error as Error).message;
      // Anything else is a mistake of the client, and no refusal.
      const ours = [ReceiptInvalid, ReceiptMalformed, TrailBroken, IntegrityBroken];
      if (!ours.some((kind) => error instanceof kind)) throw error;
      if (error instanceof ReceiptMalformed) found = 2;
      if (error instanceof ReceiptInvalid && error.code !== code && !OTHER_WORDS.has(error.code)) differing.push(`${name}: ${code}, here ${error.code}`);
    }
    // Bytes that do not decode are told as broken, and not as malformed.
    const same = found === exit || (found === 1 && exit === 2);
    if (!same) differing.push(`${name}: ${exit} (${code}), here ${found} ${said}`);
  }
  assert.deepEqual(differing, []);
  for (const [folder, least] of [['receipts', 48], ['receipts-relay', 40], ['receipts-chain', 6], ['receipts-relay-chain', 5]] as const) {
    const { length } = vectors.filter((vector) => vector.folder === folder);
    assert.ok(length >= least, `${length} vectors in ${folder}`);
  }
  assert.ok(Object.keys(NOT_OURS).every((name) => vectors.some((vector) => vector.name === name)));
});

/** So that the test above cannot agree by refusing everything, or by luck. */
test('the client accepts some and refuses some, each for a reason of its own', () => {
  for (const [folder, some, many] of [['receipts', 8, 15], ['receipts-relay', 5, 20]] as const) {
    const reasons = new Set<string>();
    let accepted = 0;
    for (const vector of vectors.filter((each) => each.folder === folder && !(each.name in NOT_OURS))) {
      try {
        verify(vector);
        accepted += 1;
      } catch (error) {
        reasons.add((error as Error).message.replace(/0x[0-9a-f]+/g, '…'));
      }
    }
    assert.ok(accepted >= some, `${accepted} accepted in ${folder}`);
    assert.ok(reasons.size >= many, [...reasons].join('\n'));
    assert.ok([...reasons].every((reason) => !/undefined|not a function|Cannot/.test(reason)), [...reasons].join('\n'));
  }
});

test('genuine receipts of both kinds are read as they were written', () => {
  const genuine = vectors.filter(({ folder }) => folder.endsWith('-chain'));
  assert.ok(genuine.length >= 11);
  for (const { receipt } of genuine) assert.deepEqual(parseReceipt(text(receipt)), receipt);
});
