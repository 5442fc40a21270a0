/** Receipts of a parachain: made over two connections, from a relay chain's word for the parachain's head. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { cryptoWaitReady } from '@polkadot/util-crypto';
import type { ApiPromise } from '@polkadot/api';
import { commit, newSalt, toHex, utf8, type Hex } from '@salus/types';
import {
  fetchStart, fetchTrail, fromStart, make, makeUnderRelay, OpenedReceipt, parseReceipt, parseStart, parseTrail, ReceiptInvalid, ReceiptRefused,
  Sets, TrailBroken, type RefusalReason,
} from '../receipts.js';
import { paraIdKey } from '../keys.js';
import { Chain, KEYS, anchorValue, authoritiesOf, justify, retractionValue, voter } from './receipts-chain.js';
import { asParachain, PARA, Relay, voters, withoutGrandpa, type Block } from './receipts-relay-chain.js';

before(async () => { await cryptoWaitReady(); });

const salt = newSalt();
const record = utf8('a discharge letter');
const request = { anchor: { org: 1, seq: 5 }, salt, record };
const next = ['b', 'c', 'd', 'e'].map(voter);

/** A parachain with one record, whose nodes have no GRANDPA. */
function parachain(): Chain {
  const chain = asParachain(new Chain([]));
  chain.set(KEYS.anchors(1, 5), anchorValue(commit(salt, record)));
  chain.add();
  return chain;
}

const apiOf = (chain: Chain): ApiPromise => withoutGrandpa(chain.api());

/** Makes the receipt while the relay chain tells of these blocks, one after the other. */
function makeWith(para: Chain, relay: Relay, told: Block[], options = {}, api = apiOf(para)) {
  const tell = (): void => told.forEach((block, i) => setTimeout(() => relay.tell(justify(block, relay.setId, relay.voters)), 20 * i));
  return makeUnderRelay(api, relay.api(undefined, tell), [request], { timeout: 2_000, ...options });
}

const refused = (reason: RefusalReason, words: RegExp) => (error: unknown): boolean => {
  assert.ok(error instanceof ReceiptRefused, String(error));
  assert.equal(error.reason, reason, error.message);
  assert.match(error.message, words);
  return true;
};

test('a receipt of a parachain proves its record from the relay chain\'s genesis, and follows from the file alone', async () => {
  const [para, relay] = [parachain(), new Relay()];
  const genesis = (para.blocks[0] as Block).hash;
  const receipt = await makeWith(para, relay, [relay.name(para.best)]);
  assert.deepEqual([receipt.version, receipt.genesis, receipt.header], [2, genesis, toHex(para.best.bytes)]);
  const { relay: above } = receipt.finality;
  assert.deepEqual([above.genesis, above.paraId, above.header, above.setId], [(relay.blocks[0] as Block).hash, PARA, toHex(relay.best.bytes), 0]);
  assert.equal(relay.listeners, 0, 'nobody listens on');

  const read = parseReceipt(JSON.stringify(receipt));
  assert.deepEqual(read, receipt);
  const sets = new Sets(relay.start);
  const opened = new OpenedReceipt(read, { relay: sets, paraId: PARA, genesis });
  assert.equal(opened.verify(opened.find(record)[0] as never), 'Current');
  assert.deepEqual([opened.relay, opened.block.number], [{ number: relay.best.number, hash: relay.best.hash, start: undefined }, para.best.number]);
  assert.deepEqual(opened.signers, { setId: 0, end: 'untold' });
  for (const [trust, code] of [
    [sets, 'other-genesis'],
    [{ relay: sets, paraId: PARA + 1, genesis }, 'other-para'],
    [{ relay: sets, paraId: PARA, genesis: `0x${'11'.repeat(32)}` }, 'other-genesis'],
    [{ relay: new Sets(new Relay(next).start), paraId: PARA, genesis }, 'other-relay'],
  ] as [Sets, string][]) {
    assert.throws(() => new OpenedReceipt(read, trust), (error) => error instanceof ReceiptInvalid && error.code === code, code);
  }
});

test('it waits for a head that is not older than the record, and that the parachain\'s node has', async () => {
  const [para, relay] = [parachain(), new Relay()];
  const older = relay.name(para.blocks[0] as Block);
  const current = relay.name(para.best);
  const receipt = await makeWith(para, relay, [older, older, current]);
  assert.equal(receipt.header, toHex(para.best.bytes));
  await assert.rejects(makeWith(para, relay, [older], { timeout: 100 }), refused('NotFinal', /no justification of such a block within 0.1 s/));

  // The relay chain is ahead of the parachain's node.
  const ahead = parachain();
  Object.assign(ahead.blocks, para.blocks);
  const later = ahead.add();
  const named = relay.name(later);
  setTimeout(() => para.blocks.push(later), 30);
  const late = await makeWith(para, relay, [named, named, named, named]);
  assert.equal(late.header, toHex(later.bytes));
});

test('another relay chain, another parachain, and chains that are none are told as such', async () => {
  const [para, relay] = [parachain(), new Relay()];
  await assert.rejects(makeWith(para, relay, [relay.add()]), refused('WrongRelay', /knows no parachain 2000/));
  const stranger = parachain();
  stranger.storage.set(KEYS.anchors(9, 9), anchorValue(commit(salt, record)));
  stranger.add();
  para.add();
  await assert.rejects(makeWith(para, relay, [relay.name(stranger.best)]), refused('WrongRelay', /block 2, is not this chain's/));
  const solo = parachain();
  solo.storage.delete(paraIdKey());
  solo.add();
  await assert.rejects(makeWith(solo, relay, [relay.name(solo.best)]), refused('WrongRelay', /no parachain: it makes its blocks final itself/));
  await assert.rejects(make(apiOf(para), [request]), refused('WrongRelay', /needs a connection to the relay chain/));
});

test('a relay chain\'s node that has dropped the state, and one that sends what does not fit', async () => {
  const [para, relay] = [parachain(), new Relay()];
  const named = relay.name(para.best);
  relay.prunedBelow = named.number + 1;
  await assert.rejects(makeWith(para, relay, [named]), refused('StatePruned', /256 blocks, some 25 minutes: make the receipt soon/));
  relay.prunedBelow = 0;

  const minority = makeUnderRelay(apiOf(para), relay.api(undefined, () => relay.tell(justify(named, 0, voters.slice(0, 2)))), [request]);
  await assert.rejects(minority, refused('Unsound', /only 2 of 4 signed/));
  for (const [proof, words] of [
    [[], /another relay block's state/],
    [undefined, /does not lead to parachain 2000/],
  ] as [Hex[] | undefined, RegExp][]) {
    const api = relay.api(undefined, () => relay.tell(justify(named, 0, voters)));
    const { raw } = api.rpc.state.getReadProof;
    Object.assign(api.rpc.state.getReadProof, {
      raw: async (_keys: Hex[], hash: Hex) => (proof ? { proof } : raw([KEYS.authorities()], hash)),
    });
    await assert.rejects(makeUnderRelay(apiOf(para), api, [request]), refused('Unsound', words));
  }
});

test('what does not stand any more is refused unless asked for', async () => {
  const [para, relay] = [parachain(), new Relay()];
  para.set(KEYS.retractions(1, 5, null), retractionValue(0));
  para.add();
  const named = relay.name(para.best);
  await assert.rejects(makeWith(para, relay, [named]), refused('Retracted', /does not stand now/));
  const receipt = await makeWith(para, relay, [named], { allowEnded: true });
  const opened = new OpenedReceipt(receipt, { relay: new Sets(relay.start), paraId: PARA, genesis: receipt.genesis });
  assert.deepEqual(opened.verify(opened.find(record)[0] as never), { ended: 'Retracted', words: 'wrong content, since 2023-11-14T22:23:20Z' });
});

test('from a start, the relay chain\'s past is not needed; the block\'s hash pins it', async () => {
  const [para, relay] = [parachain(), new Relay()];
  relay.add({ next });
  relay.add();
  const { file, block } = await fetchStart(relay.api());
  assert.equal(block.hash, relay.best.hash);
  const start = fromStart(parseStart(JSON.stringify(file)), block.hash);
  assert.deepEqual([start.setId, start.authorities, start.genesis], [1, authoritiesOf(next), (relay.blocks[0] as Block).hash]);
  assert.throws(() => fromStart(file, `0x${'11'.repeat(32)}`), (error) => error instanceof ReceiptInvalid && error.code === 'other-start');

  const empty = await fetchTrail(relay.api(), undefined, { start });
  assert.deepEqual([empty.version, empty.from, empty.handoffs], [2, 1, []]);
  const receipt = await makeWith(para, relay, [relay.name(para.best)]);
  const genesis = receipt.genesis;
  const trust = (trail = empty) => ({ relay: new Sets(start, trail), paraId: PARA, genesis });
  assert.equal(new OpenedReceipt(receipt, trust()).relay?.number, relay.best.number);

  relay.add({ next: voters });
  para.add();
  const later = await makeWith(para, relay, [relay.name(para.best)]);
  assert.throws(() => new OpenedReceipt(later, trust()), (error) => error instanceof ReceiptInvalid && error.code === 'trail-too-short');
  const trail = await fetchTrail(relay.api(), parseTrail(JSON.stringify(empty)), { start });
  assert.equal(trail.handoffs.length, 1);
  assert.equal(new OpenedReceipt(later, trust(trail)).block.number, para.best.number);
  const whole = await fetchTrail(relay.api());
  assert.equal(new OpenedReceipt(later, trust(whole)).block.number, para.best.number, 'a trail from genesis does as well');
  await assert.rejects(fetchTrail(relay.api(), trail), (error) => error instanceof TrailBroken && /the start that it was made with is needed/.test(error.message));
  await assert.rejects(fetchTrail(relay.api(), whole, { start }), TrailBroken);
  await assert.rejects(fetchTrail(new Relay(next).api(), undefined, { start }), TrailBroken);
  await assert.rejects(fetchStart(new Relay().api()), refused('NotFinal', /block 0/));
});
