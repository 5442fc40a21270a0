/** Finality bears the loss of one validator in four, stalls at two, and recovers by itself. */
import assert from 'node:assert/strict';
import {
  during, eventually, heads, inWords, lagOf, Network, saw, scene, seconds, session, Traffic,
} from '../harness.js';

/** Blocks that finality may be behind while it works. */
const LAG = 5;

let traffic: Traffic;

scene('four validators', () => Network.start({ sessionLength: 10 }), (step) => {
  step('all four finalise, under traffic', 90, async (network) => {
    traffic = await Traffic.start(await network.api(), () => network.running);
    const alice = network.member('Alice');
    const before = await heads(alice);
    let worst = 0;
    await during(30, async () => { worst = Math.max(worst, lagOf(await heads(alice))); });
    const after = await heads(alice);
    saw(`in 30 s: ${after.best.number - before.best.number} blocks, ${after.finalised.number - before.finalised.number} final, at most ${worst} behind`);
    assert.ok(after.finalised.number - before.finalised.number >= 7, 'fewer than 7 blocks became final in 30 s');
    assert.ok(worst <= LAG, `finality was ${worst} blocks behind`);
  });

  step('one killed: finality goes on', 120, async (network) => {
    await network.member('Dave').stop('SIGKILL');
    const alice = network.member('Alice');
    const before = await heads(alice);
    let worst = 0;
    await during(40, async () => { worst = Math.max(worst, lagOf(await heads(alice))); });
    const after = await heads(alice);
    saw(`in 40 s with three: ${after.best.number - before.best.number} blocks, ${after.finalised.number - before.finalised.number} final, at most ${worst} behind`);
    assert.ok(after.finalised.number - before.finalised.number >= 5, 'fewer than 5 blocks became final in 40 s');
    assert.ok(worst <= LAG, `finality was ${worst} blocks behind`);
  });

  step('two killed: finality stalls, blocks go on', 120, async (network) => {
    await network.member('Charlie').stop('SIGKILL');
    const alice = network.member('Alice');
    // Votes that were cast already may still finalise something.
    await during(6, async () => undefined);
    const before = await heads(alice);
    await during(40, async () => {
      const { finalised } = await heads(alice);
      assert.equal(finalised.number, before.finalised.number, 'two of four finalised a block');
    });
    const after = await heads(alice);
    saw(`in 40 s with two: ${after.best.number - before.best.number} blocks, none final, ${lagOf(after)} behind`);
    assert.ok(after.best.number - before.best.number >= 3, 'fewer than 3 blocks in 40 s');
  });

  step('one of them back: finality recovers', 150, async (network) => {
    const began = Date.now();
    await network.member('Charlie').start();
    const started = seconds(began);
    await network.everywhere('finality is close again', 90, (seen) => lagOf(seen) <= LAG);
    saw(`Charlie was up again after ${started} s, finality recovered after ${seconds(began)} s`);
  });

  step('both back: one chain, and nothing of the traffic is lost', 200, async (network) => {
    const began = Date.now();
    await network.member('Dave').start();
    const alice = network.member('Alice');
    const { finalised } = await heads(alice);
    await network.everywhere('it has caught up', 90, (seen) => seen.finalised.number >= finalised.number);
    saw(`Dave caught up within ${seconds(began)} s`);
    const sums = await traffic.stop(alice);
    saw(inWords(sums));
    assert.equal(sums.included, sums.accepted);
    assert.ok(sums.accepted > 100, 'there was hardly any traffic');
    assert.deepEqual(sums.refused, []);
  });

  step('no new GRANDPA set in all these sessions', 90, async (network) => {
    const api = await network.api();
    const now = await eventually('four sessions have begun', 80, async () => {
      const found = await session(api);
      return found.index >= 4 && found;
    });
    saw(`session ${now.index}, set ${now.setId}`);
    assert.equal(now.setId, 0);
    assert.equal(now.validators.length, 4);
  });
});
