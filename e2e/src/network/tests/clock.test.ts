/** Validators whose clocks are wrong by five seconds harm nobody but themselves. */
import assert from 'node:assert/strict';
import {
  blocks, countAuthors, during, eventually, hashAt, heads, lagOf, Network, saw, scene, seconds,
} from '../harness.js';

const LENGTH = 60;
const LAG = 5;

interface Observed {
  /** Blocks of the final chain, and how many of them the validator with the wrong clock made. */
  final: number;
  its: number;
  worst: number;
}

/** Watches the others for a minute while Dave's clock is wrong. */
async function watch(network: Network): Promise<Observed> {
  const alice = network.member('Alice');
  const from = (await heads(alice)).best.number + 1;
  let worst = 0;
  await during(LENGTH, async () => { worst = Math.max(worst, lagOf(await heads(alice))); });
  const { finalised } = await heads(alice);
  const seen = await blocks(await network.api(), from, finalised.number);
  return { final: seen.length, its: countAuthors(seen).get(network.account('Dave').address) ?? 0, worst };
}

const others = ['Alice', 'Bob', 'Charlie'];

scene('one clock of four is wrong', () => Network.start({ sessionLength: 10 }), (step) => {
  step('five seconds ahead: its blocks are refused, finality goes on', 150, async (network) => {
    const dave = network.member('Dave');
    await dave.stop();
    await dave.start({ clock: 5 });
    const seen = await watch(network);
    const made = dave.logged(/Prepared block for proposing/).length;
    const refused = others.flatMap((name) => network.member(name).logged(/too far in the future/i));
    saw(`in ${LENGTH} s: ${seen.final} blocks became final, ${seen.its} of them Dave's; at most ${seen.worst} behind`);
    saw(`the others refused ${refused.length} times; the first: ${refused[0]}`);
    saw(`Dave prepared ${made} blocks in its life`);
    assert.ok(seen.final >= 10, 'hardly anything became final');
    assert.ok(seen.worst <= LAG, `finality was ${seen.worst} behind`);
    assert.equal(seen.its, 0, 'a block from the future is in the chain');
    assert.ok(refused.length > 0, 'nobody refused anything');
  });

  step('five seconds behind: it falls behind alone, finality goes on', 150, async (network) => {
    const dave = network.member('Dave');
    await dave.stop();
    await dave.start({ clock: -5 });
    const seen = await watch(network);
    const its = await heads(dave);
    const { best } = await heads(network.member('Alice'));
    const refused = dave.logged(/too far in the future/i);
    saw(`in ${LENGTH} s: ${seen.final} blocks became final, ${seen.its} of them Dave's; at most ${seen.worst} behind`);
    saw(`Dave itself is at ${its.best.number} (${its.finalised.number} final) while the others are at ${best.number}; it refused ${refused.length} times: ${refused[0]}`);
    assert.ok(seen.final >= 10, 'hardly anything became final');
    assert.ok(seen.worst <= LAG, `finality was ${seen.worst} behind`);
    // To a clock that is behind, everybody else's is ahead.
    assert.ok(refused.length > 0, 'it took the others\' blocks in time');
    const same = await hashAt(network.member('Alice'), its.finalised.number);
    assert.equal(same, its.finalised.hash, 'it holds another block for final');
  });

  step('set right: it takes part again', 360, async (network) => {
    const dave = network.member('Dave');
    await dave.stop();
    const began = Date.now();
    await dave.start();
    const alice = network.member('Alice');
    const from = (await heads(alice)).best.number + 1;
    await eventually('Dave has made a block of the chain', 300, async () =>
      countAuthors(await blocks(await network.api(), from, (await heads(alice)).best.number)).has(network.account('Dave').address), 3_000);
    saw(`after ${seconds(began)} s`);
    await network.everywhere('finality is close', 60, (seen) => lagOf(seen) <= LAG);
  });
});
