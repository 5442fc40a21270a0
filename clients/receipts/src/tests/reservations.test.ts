/** Reservation receipts: the client says of each vector what `salus-verify` says, makes receipts from a node, and makes none that is not complete. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import { compactToU8a } from '@polkadot/util';
import { cryptoWaitReady } from '@polkadot/util-crypto';
import { concat, IntegrityBroken, utf8, type Hex } from '@salus/types';
import { toLittleEndian } from '@salus/types/scale';
import { decisionKeys, layoutKey, reservationKeys, runtimeKey } from '../keys.js';
import {
  fromGenesis, makeReservation, makeReservationUnderRelay, parseGenesis, parseReservation, parseTrail, ReceiptInvalid, ReceiptMalformed, ReceiptRefused, Sets,
  verifyReservation, type RefusalReason, type VerifiedReservation,
} from '../receipts.js';
import { authoritiesOf, Chain, justify, voter } from './receipts-chain.js';
import { asParachain, PARA, Relay, withoutGrandpa } from './receipts-relay-chain.js';
import { reservationVectors, type Believed } from './receipts-vectors.js';

before(async () => { await cryptoWaitReady(); });

function verify({ receipt, expectGenesis, genesis, trail, relay }: Believed): VerifiedReservation {
  const sets = new Sets(fromGenesis(parseGenesis(JSON.stringify(genesis)), relay?.expectGenesis ?? expectGenesis), parseTrail(JSON.stringify(trail)));
  return verifyReservation(parseReservation(JSON.stringify(receipt)), relay ? { relay: sets, paraId: relay.paraId, genesis: expectGenesis } : sets);
}

/** What is wrong with the answer and not with the receipt: `@salus/research` judges those. */
const OF_ANSWERS = new Set(['other-reservation', 'other-answer', 'other-query', 'not-settled', 'malformed']);

test('every reservation of the vectors is worth to the client what it is worth to salus-verify', () => {
  let [accepted, refused] = [0, 0];
  for (const vector of reservationVectors) {
    const { name, verdict: { error: code } } = vector;
    if (code === null || OF_ANSWERS.has(code)) {
      if (name === 'malformed-query') {
        assert.throws(() => verify(vector), ReceiptMalformed, name);
        continue;
      }
      const { reservation } = verify(vector);
      assert.ok(reservation.result !== undefined && reservation.reservedAt <= reservation.result.at && reservation.result.at <= reservation.time, name);
      assert.deepEqual([reservation.custodian, reservation.query, reservation.version, reservation.epoch, reservation.epsilon], [4, 0, 0, 0, 1_000_000], name);
      accepted += 1;
      continue;
    }
    assert.throws(() => verify(vector), (error) => {
      assert.ok(error instanceof ReceiptInvalid, `${name}: ${String(error)}`);
      assert.equal(error.code, code === 'bad-signature' ? 'votes' : code, name);
      return true;
    });
    refused += 1;
  }
  assert.ok(accepted >= 8 && refused >= 6, `${accepted} and ${refused}`);
});

test('a file that is not as it must be is malformed', () => {
  const receipt = reservationVectors.find(({ name }) => name === 'settled')?.receipt;
  assert.ok(receipt);
  const good = receipt as Record<string, unknown>;
  for (const wrong of [{ ...good, query: 3 }, { ...good, query: '03' }, { ...good, query: String(2n ** 64n) }, { ...good, custodian: '7' }, { ...good, more: 1 }, { ...good, version: 3 }, { ...good, format: 'salus-decision' }]) {
    assert.throws(() => parseReservation(JSON.stringify(wrong)), ReceiptMalformed);
  }
});

// Made from a node.

const [CUSTODIAN, QUERY, PERMIT, DATASET] = [7, 3, 12, 5];
const u32 = (value: number): Uint8Array => toLittleEndian(BigInt(value), 4);
const u64 = (value: number): Uint8Array => toLittleEndian(BigInt(value), 8);
const COMMITMENT = new Uint8Array(32).fill(0x71);
const stored = (result?: Uint8Array): Uint8Array => concat(
  u32(PERMIT), u32(1), COMMITMENT, u64(100_000), u64(1_600_000_000), result ? concat(Uint8Array.of(1), result, u64(1_600_000_060)) : Uint8Array.of(0),
);
const RESULT = new Uint8Array(32).fill(0x72);

/** A chain in whose state the query stands, settled or not. */
function chainWith(result?: Uint8Array): Chain {
  const chain = new Chain(['a', 'b', 'c', 'd'].map(voter));
  chain.set(runtimeKey(), concat(compactToU8a(2_000), compactToU8a(5), utf8('salus')));
  for (const pallet of ['Registry', 'Research']) chain.set(layoutKey(pallet), Uint8Array.of(1, 0));
  chain.set(reservationKeys.query(CUSTODIAN, BigInt(QUERY)), stored(result));
  chain.set(reservationKeys.permit(PERMIT), concat(u32(1), u32(DATASET), new Uint8Array(40)));
  chain.set(reservationKeys.dataset(DATASET), concat(u32(CUSTODIAN), new Uint8Array(60)));
  chain.set(reservationKeys.version(DATASET, 1), concat(Uint8Array.of(2), u32(1), Uint8Array.of(0, 0, 0), u32(0), new Uint8Array(33), u32(2), new Uint8Array(17)));
  chain.set(decisionKeys.organisation(CUSTODIAN), concat(new Uint8Array(32), Uint8Array.of(0), new Uint8Array(32).fill(3), new Uint8Array(10)));
  chain.add();
  return chain;
}

/** Tells of the newest block as soon as somebody listens. */
const telling = (chain: Chain): ApiPromise => chain.api(undefined, () => { setTimeout(() => chain.tell(justify(chain.best, chain.setId, chain.voters)), 5); });

const refused = (reason: RefusalReason, words: RegExp) => (error: unknown): boolean => {
  assert.ok(error instanceof ReceiptRefused, String(error));
  assert.equal(error.reason, reason, error.message);
  assert.match(error.message, words);
  return true;
};

test('a receipt is made as of the first final block in which the query is settled, and follows from the file alone', async () => {
  const chain = chainWith();
  await assert.rejects(makeReservation(telling(chain), CUSTODIAN, QUERY, { timeout: 100 }), refused('NotFinal', /no justification of such a block/));
  chain.set(reservationKeys.query(CUSTODIAN, BigInt(QUERY)), stored(RESULT)).add();
  const receipt = await makeReservation(telling(chain), CUSTODIAN, QUERY, { timeout: 5_000 });
  assert.equal(chain.listeners, 0, 'nobody listens on');
  assert.deepEqual(parseReservation(JSON.stringify(receipt)), receipt);
  assert.deepEqual([receipt.custodian, receipt.query], [CUSTODIAN, String(QUERY)]);
  const genesis = (chain.blocks[0] as { hash: Hex }).hash;
  const sets = new Sets({ genesis, setId: 0, authorities: authoritiesOf(chain.voters), block: undefined });
  const { reservation, block } = verifyReservation(receipt, sets);
  assert.deepEqual([reservation.result?.commitment, reservation.commitment, reservation.epoch], [`0x${'72'.repeat(32)}`, `0x${'71'.repeat(32)}`, 2]);
  assert.equal(block.hash, chain.best.hash);
  assert.throws(() => verifyReservation({ ...receipt, query: '4' }, sets), (error) => error instanceof ReceiptInvalid && ['fact-unproven', 'not-reserved'].includes(error.code));
  assert.throws(() => verifyReservation(receipt, new Sets({ genesis, setId: 0, authorities: [], block: undefined })), (error) => error instanceof ReceiptInvalid || error instanceof IntegrityBroken);
});

test('a node whose proof lacks something, and a chain without authorities, make none', async () => {
  const chain = chainWith(RESULT);
  const api = telling(chain);
  const whole = api.rpc.state.getReadProof.raw.bind(api.rpc.state.getReadProof) as unknown as (keys: Hex[], hash: string) => Promise<{ proof: Hex[] }>;
  const lacking = { ...api, rpc: { ...api.rpc, state: { ...api.rpc.state, getReadProof: { raw: (keys: Hex[], hash: string) => whole(keys.filter((key) => key !== reservationKeys.permit(PERMIT)), hash) } } } } as unknown as ApiPromise;
  await assert.rejects(makeReservation(lacking, CUSTODIAN, QUERY), refused('Unsound', /leaves open permit 12/));
  await assert.rejects(makeReservation(withoutGrandpa(api), CUSTODIAN, QUERY), refused('WrongRelay', /a parachain/));
  chain.set(layoutKey('Research'), Uint8Array.of(2, 0)).add();
  await assert.rejects(makeReservation(telling(chain), CUSTODIAN, QUERY), refused('Unsound', /Research stores in a version/));
});

test('of a parachain, the relay chain names the block, and the proof says which chain it is', async () => {
  const para = asParachain(chainWith(RESULT));
  para.add();
  const relay = new Relay();
  const named = relay.name(para.best);
  const tell = (): void => { setTimeout(() => relay.tell(justify(named, relay.setId, relay.voters)), 5); };
  const receipt = await makeReservationUnderRelay(withoutGrandpa(para.api()), relay.api(undefined, tell), CUSTODIAN, QUERY, { timeout: 5_000 });
  assert.deepEqual(parseReservation(JSON.stringify(receipt)), receipt);
  const genesis = (para.blocks[0] as { hash: Hex }).hash;
  const { reservation, relay: above } = verifyReservation(receipt, { relay: new Sets(relay.start), paraId: PARA, genesis });
  assert.deepEqual([reservation.query, above?.number], [QUERY, relay.best.number]);
});
