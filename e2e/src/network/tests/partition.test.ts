/** A network cut in halves finalises nothing, and heals into one chain without double finality. */
import assert from 'node:assert/strict';
import {
  during, hashAt, heads, inWords, lagOf, Network, saw, scene, seconds, Traffic, Wires, type Member,
} from '../harness.js';

let wires: Wires;
let traffic: Traffic;
/** Every block that any node ever called final: height and hash. */
const final = new Map<string, Set<string>>();

async function note(members: Member[]): Promise<void> {
  await Promise.all(members.map(async (member) => {
    const { finalised } = await heads(member);
    const seen = final.get(member.name) ?? new Set();
    seen.add(`${finalised.number} ${finalised.hash}`);
    final.set(member.name, seen);
  }));
}

async function start(): Promise<Network> {
  wires = await Wires.lay();
  const places = [];
  for (const side of ['a', 'a', 'b', 'b'] as const) places.push(await wires.place(side));
  return Network.start({ places, closed: true, sessionLength: 10 });
}

scene('two halves', start, (step) => {
  step('cut: blocks on both sides, finality on none', 200, async (network) => {
    traffic = await Traffic.start(await network.api(), () => [network.member('Alice'), network.member('Bob')], 2);
    await during(5, () => note(network.members));
    await wires.cut();
    // Votes under way may still finalise something on one side.
    await during(10, () => note(network.members));
    const before = await Promise.all(network.members.map(heads));
    await during(45, () => note(network.members));
    const after = await Promise.all(network.members.map(heads));
    for (const [index, member] of network.members.entries()) {
      const [then, now] = [before[index], after[index]];
      assert.ok(then && now);
      saw(`${member.name}: ${now.best.number - then.best.number} blocks, ${now.finalised.number - then.finalised.number} final`);
      assert.equal(now.finalised.number, then.finalised.number, `${member.name} finalised with half of the votes`);
      assert.ok(now.best.number - then.best.number >= 3, `${member.name} saw no blocks`);
    }
    const [alice, , charlie] = after;
    assert.ok(alice && charlie);
    const height = Math.min(alice.best.number, charlie.best.number);
    const [left, right] = [await hashAt(network.member('Alice'), height), await hashAt(network.member('Charlie'), height)];
    assert.notEqual(left, right, 'both halves have the same chain: nothing was cut');
  });

  step('healed: one chain', 480, async (network) => {
    const began = Date.now();
    const before = await Promise.all(network.members.map(heads));
    const height = Math.max(...before.map(({ best }) => best.number));
    await wires.mend();
    await network.everywhere('what is now best is final, and finality is close', 360, (seen) =>
      seen.finalised.number > height && lagOf(seen) <= 5);
    saw(`healed within ${seconds(began)} s`);
    await note(network.members);
    const sums = await traffic.stop(network.member('Alice'));
    saw(inWords(sums));
    assert.equal(sums.included, sums.accepted);
    assert.deepEqual(sums.refused, []);
  });

  step('no block was ever final beside another', 60, async (network) => {
    const least = Math.min(...(await Promise.all(network.members.map(heads))).map(({ finalised }) => finalised.number));
    for (let height = 0; height <= least; height += 1) {
      const hashes = await Promise.all(network.members.map((member) => hashAt(member, height)));
      assert.equal(new Set(hashes).size, 1, `the nodes differ at ${height}: ${hashes.join(', ')}`);
    }
    let count = 0;
    for (const [name, seen] of final) {
      for (const entry of seen) {
        const [number, hash] = entry.split(' ');
        assert.equal(await hashAt(network.member('Alice'), Number(number)), hash, `${name} called another block ${number} final`);
        count += 1;
      }
    }
    saw(`${least + 1} heights are the same on all nodes; ${count} observations of final blocks agree with them`);
    wires.remove();
  });
});
