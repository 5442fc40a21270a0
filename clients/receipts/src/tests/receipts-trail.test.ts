/** The trail of authority sets: fetching it, continuing it, and what breaks it. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { cryptoWaitReady } from '@polkadot/util-crypto';
import { toHex, type Hex } from '@salus/types';
import { MAX_HANDOFFS } from '../read.js';
import { ReceiptMalformed, TrailBroken, fetchTrail, followTrail, genesisAuthorities, parseTrail, type Trail } from '../receipts.js';
import { Chain, KEYS, authoritiesOf, change, justify, voter } from './receipts-chain.js';

before(async () => { await cryptoWaitReady(); });

const sets = [['a', 'b', 'c', 'd'], ['a', 'b', 'c', 'e'], ['a', 'b', 'e'], ['f', 'g', 'h', 'i']].map((names) => names.map(voter));
const set = (i: number) => sets[i] as (typeof sets)[number];

/** Three changes of the set, with blocks between. */
function chainOfSets(): Chain {
  const chain = new Chain(set(0));
  for (const next of [1, 2, 3]) {
    for (let i = 0; i < 3 + next; i++) chain.add();
    chain.add({ next: set(next) });
  }
  chain.add();
  return chain;
}
const refused = (kind: typeof TrailBroken | typeof ReceiptMalformed) => (words: RegExp) => (error: unknown): boolean => {
  assert.ok(error instanceof kind, String(error));
  assert.match(error.message, words);
  return true;
};
const [broken, malformed] = [refused(TrailBroken), refused(ReceiptMalformed)];
const genesis = { genesisAuthorities: authoritiesOf(set(0)) };

test('the trail has each change of the set, in order, whatever the batches', async () => {
  const chain = chainOfSets();
  for (const batch of [1, 2, 7, 256]) {
    const seen: number[] = [];
    const trail = await fetchTrail(chain.api(), undefined, { ...genesis, batch, progress: (block) => seen.push(block) });
    assert.deepEqual([trail.format, trail.version, trail.genesis], ['salus-trail', 1, chain.blocks[0]?.hash]);
    assert.deepEqual(trail.handoffs.map(({ header }) => header), chain.blocks.filter(({ justification }) => justification).map(({ bytes }) => toHex(bytes)));
    const end = followTrail(trail.handoffs, genesis.genesisAuthorities);
    assert.deepEqual([end.setId, end.authorities], [3, authoritiesOf(set(3))]);
    assert.equal(seen.at(-1), chain.best.number);
    assert.deepEqual(parseTrail(JSON.stringify(trail)), trail);
  }
});

test('only final blocks count, and a trail is continued from its end', async () => {
  const chain = chainOfSets();
  const whole = await fetchTrail(chain.api());
  chain.final = 8; // after the first change, in block 5, and before the second
  const early = await fetchTrail(chain.api(), undefined, genesis);
  assert.equal(early.handoffs.length, 1);
  chain.final = undefined;
  let looked = chain.best.number;
  const continued = await fetchTrail(chain.api(), early, { batch: 1, progress: (block) => { looked = Math.min(looked, block); } });
  assert.deepEqual(continued, whole);
  assert.equal(looked, 6, 'what the file knows is not read again');
  assert.equal(early.handoffs.length, 1, 'the trail given is left as it is');
});

test('an empty trail is a trail: nothing has changed since genesis', async () => {
  const chain = new Chain(set(0));
  chain.add();
  assert.deepEqual((await fetchTrail(chain.api(), undefined, genesis)).handoffs, []);
});

test('a node that does not keep a justification says so', async () => {
  const chain = chainOfSets();
  const second = chain.blocks.filter(({ justification }) => justification)[1];
  delete second?.justification;
  await assert.rejects(fetchTrail(chain.api()), broken(/does not keep the justification of block 11.*warp sync/));
});

test('a forced change, a delayed one, another chain and another fork are refused', async () => {
  const forced = chainOfSets();
  forced.add({ digest: [change(set(1)), change(set(0), { forced: true })] });
  await assert.rejects(fetchTrail(forced.api()), broken(/forces a change of the authority set.*checkpoint/));

  const delayed = chainOfSets();
  const block = delayed.add({ digest: [change(set(1), { delay: 4 })] });
  block.justification = justify(block, 3, set(3));
  await assert.rejects(fetchTrail(delayed.api()), broken(/delayed by 4 blocks/));

  const trail = await fetchTrail(chainOfSets().api());
  await assert.rejects(fetchTrail(new Chain(set(1)).api(), trail), broken(/the file is of the chain 0x/));
  const fork = new Chain(set(0));
  for (let i = 0; i < 30; i++) fork.add({ digest: [Uint8Array.of(0, 4, i)] });
  await assert.rejects(fetchTrail(fork.api(), trail), broken(/on another fork/));
});

test('each hand-off must be signed by the set before, and follow it', async () => {
  const chain = chainOfSets();
  const trail = await fetchTrail(chain.api(), undefined, genesis);
  const [first, second, third] = trail.handoffs as [Trail['handoffs'][0], Trail['handoffs'][0], Trail['handoffs'][0]];
  const follow = (...handoffs: Trail['handoffs']) => () => followTrail(handoffs, genesis.genesisAuthorities);
  assert.throws(follow(first, third), broken(/is not in the set 1|does not hold for the set 1/));
  assert.throws(follow(second, first, third), broken(/hand-off 0/));
  assert.throws(follow(first, first), broken(/does not come after block/));
  assert.throws(follow(first, { ...second, justification: first.justification }), broken(/the justification is for block/));
  const block = chain.blocks.filter(({ justification }) => justification)[1] as (typeof chain.blocks)[0];
  const by = (names: string[], setId = 1): Trail['handoffs'][0] => ({ ...second, justification: toHex(justify(block, setId, names.map(voter))) });
  assert.throws(follow(first, by(['a', 'b'])), broken(/only 2 of 4 signed/));
  assert.throws(follow(first, by(['a', 'b', 'c', 'd'])), broken(/is not in the set 1/));
  assert.throws(follow(first, by(['a', 'b', 'c'], 0)), broken(/does not hold for the set 1/));
  assert.throws(follow(first, { ...second, header: toHex(chain.best.bytes) }), broken(/names no next authority set/));
  assert.doesNotThrow(follow(first, by(['a', 'b', 'e']), third));
  assert.throws(() => followTrail([first], authoritiesOf(set(3))), broken(/hand-off 0/), 'another genesis set');
});

test('a trail that ends elsewhere than the chain is refused', async () => {
  const chain = chainOfSets();
  chain.set(KEYS.currentSetId(), Uint8Array.of(7, 0, 0, 0, 0, 0, 0, 0));
  chain.add();
  await assert.rejects(fetchTrail(chain.api()), broken(/ends in set 3, and the chain is in set 7/));
});

test('files that are no trail are refused in words', () => {
  const good = { format: 'salus-trail', version: 1, genesis: `0x${'00'.repeat(32)}` as Hex, handoffs: [] };
  assert.deepEqual(parseTrail(JSON.stringify(good)), good);
  for (const [bad, words] of [
    ['', /not JSON/], ['null', /the file is null, and not an object/], ['[]', /the file is a list, and not an object/],
    [JSON.stringify({ ...good, format: 'salus-receipt' }), /format is "salus-receipt" and not "salus-trail"/],
    [JSON.stringify({ ...good, version: 3 }), /version 3 is not known here, only 1 and 2/],
    [JSON.stringify({ ...good, version: 2 }), /has no from/], [JSON.stringify({ ...good, version: 2, from: -1 }), /from is not a number/],
    [JSON.stringify({ ...good, version: 2, from: '1' }), /from is a text/], [JSON.stringify({ ...good, from: 1 }), /not known, "from"/], [JSON.stringify({ ...good, genesis: '0x00' }), /genesis is not 32 bytes/],
    [JSON.stringify({ ...good, handoffs: {} }), /hand-offs is an object/], [JSON.stringify({ ...good, handoffs: [null] }), /a hand-off is null/],
    [JSON.stringify({ ...good, handoffs: [{ header: '0x0', justification: '0x' }] }), /header is not 0x/],
    [JSON.stringify({ ...good, handoffs: Array.from({ length: MAX_HANDOFFS + 1 }, () => ({ header: '0x', justification: '0x' })) }), /1048577 hand-offs/],
  ] as [string, RegExp][]) assert.throws(() => parseTrail(bad), malformed(words));
});

test('the genesis set is read from a raw chain spec', () => {
  const chain = new Chain(set(0));
  const top = { [KEYS.authorities()]: toHex(chain.storage.get(KEYS.authorities()) as Uint8Array) };
  assert.deepEqual(genesisAuthorities(JSON.stringify({ genesis: { raw: { top } } })), authoritiesOf(set(0)));
  assert.throws(() => genesisAuthorities('{"genesis":{"runtimeGenesis":{}}}'), malformed(/genesis has no raw/));
  assert.throws(() => genesisAuthorities('x'), malformed(/not JSON/));
  assert.throws(() => genesisAuthorities('{"genesis":{"raw":{"top":{}}}}'), broken(/no GRANDPA authorities/));
});
