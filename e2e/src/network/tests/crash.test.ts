/** A node that is killed under load, or whose disk is full, is back without any damage. */
import assert from 'node:assert/strict';
import { rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { binary, run } from '../../node.js';
import {
  eventually, hashAt, heads, inWords, lagOf, machine, Network, saw, scene, seconds, sleep, Traffic, type Member,
} from '../harness.js';

const DAMAGE = /corrupt|panicked|Invalid database|checksum/i;
/** Megabytes: the disk, what the node wants free, and what a file leaves of it. */
const DISK = 320;
const THRESHOLD = 160;
const LEFT = 128;

let traffic: Traffic;

/** Whether the node's own blocks, the last `count`, still pass the checks of import. */
async function checkBlocks(member: Member, from: number, count: number): Promise<void> {
  for (let number = from - count + 1; number <= from; number += 1) {
    const { code, stderr } = await run(binary(), [
      'check-block', String(number), '--chain', member.options.spec, '--base-path', member.basePath,
    ]);
    assert.equal(code, 0, `block ${number}: ${stderr.slice(-1_000)}`);
  }
}

/** How long it takes until the node has what was final elsewhere when it was started. */
async function catchUp(network: Network, member: Member): Promise<number> {
  const { finalised } = await heads(network.member('Alice'));
  const began = Date.now();
  await member.start();
  await eventually(`${member.name} has caught up`, 120, async () => (await heads(member)).finalised.number >= finalised.number, 200);
  return seconds(began);
}

/** Leaves so many megabytes free on the node's disk. */
async function fill(member: Member, left: number): Promise<void> {
  const { bavail, bsize } = await statfs(member.basePath);
  const free = (bavail * bsize) / 2 ** 20;
  saw(`${member.name} has ${Math.floor(free)} MiB of ${DISK} free; a file leaves ${left}`);
  assert.ok(free > left, 'the disk is too small for the test');
  await machine('fallocate', '-l', `${Math.floor(free - left)}MiB`, join(member.basePath, 'ballast'));
}

scene('crashes', () => Network.start({ sessionLength: 10, special: {
  Dave: { disk: DISK, args: ['--db-storage-threshold', String(THRESHOLD), '--db-storage-polling-period', '1'] },
} }), (step) => {
  step('killed three times under load: it catches up, nothing is damaged', 240, async (network) => {
    const bob = network.member('Bob');
    traffic = await Traffic.start(await network.api(), () => network.running, 8);
    for (const life of [7_000, 11_300, 4_100]) {
      await sleep(life);
      await bob.stop('SIGKILL');
      // The others go on for a while.
      await sleep(6_000);
      saw(`killed; started again, and caught up within ${await catchUp(network, bob)} s`);
    }
    assert.deepEqual(bob.logged(DAMAGE), []);
    await network.everywhere('finality is close', 60, (seen) => lagOf(seen) <= 5);
  });

  step('its last blocks pass every check', 120, async (network) => {
    const bob = network.member('Bob');
    const { finalised } = await heads(bob);
    const hashes = await Promise.all(['Alice', 'Bob'].map((name) => hashAt(network.member(name), finalised.number)));
    assert.equal(hashes[0], hashes[1]);
    await bob.stop('SIGKILL');
    await checkBlocks(bob, finalised.number, 3);
    saw(`blocks ${finalised.number - 2} to ${finalised.number} pass`);
    saw(`caught up within ${await catchUp(network, bob)} s`);
  });

  step('the disk is nearly full: it ends with a clear line', 150, async (network) => {
    const dave = network.member('Dave');
    await fill(dave, LEFT);
    const began = Date.now();
    const end = await dave.ended(60);
    for (const line of dave.tail(6).split('\n')) saw(line);
    assert.ok(end, 'it runs on with a full disk');
    saw(`ended after ${seconds(began)} s with ${end.code ?? end.signal}`);
    assert.deepEqual([end.code === 0, end.signal], [false, null]);
    assert.equal(dave.logged(/^Error: the disk is almost full/).length, 1, 'it does not say why');
    assert.deepEqual(dave.logged(DAMAGE), []);
    const { finalised } = await heads(network.member('Alice'));
    await eventually('the others finalise on', 60, async () => (await heads(network.member('Alice'))).finalised.number >= finalised.number + 3);
    await assert.rejects(dave.start(), /ended at once/);
    saw('started again without space: it ends again');
  });

  step('space is back: a clean start', 150, async (network) => {
    const dave = network.member('Dave');
    await rm(join(dave.basePath, 'ballast'));
    saw(`caught up within ${await catchUp(network, dave)} s`);
    assert.deepEqual(dave.logged(DAMAGE), []);
    await network.everywhere('finality is close', 60, (seen) => lagOf(seen) <= 5);
  });

  step('filled to the last byte at once: it ends, and starts cleanly with space', 200, async (network) => {
    const dave = network.member('Dave');
    await fill(dave, 0);
    const end = await dave.ended(90);
    saw(`ended with ${end?.code ?? end?.signal}`);
    assert.ok(end, 'it runs on with a full disk');
    assert.notEqual(end.code, 0);
    await rm(join(dave.basePath, 'ballast'));
    saw(`caught up within ${await catchUp(network, dave)} s`);
    assert.deepEqual(dave.logged(/corrupt|Invalid database|checksum/i), []);
    const { finalised } = await heads(dave);
    await dave.stop('SIGKILL');
    await checkBlocks(dave, finalised.number, 2);
    await dave.start();
    await network.everywhere('finality is close', 60, (seen) => lagOf(seen) <= 5);
    const sums = await traffic.stop(network.member('Alice'));
    saw(inWords(sums));
    assert.equal(sums.included, sums.accepted);
    assert.deepEqual(sums.refused, []);
  });
});
