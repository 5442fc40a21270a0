/** A node that is killed under load, or whose disk is full, is back without any damage. */
import assert from 'node:assert/strict';
import { createWriteStream } from 'node:fs';
import { rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { binary, run } from '../../node.js';
import {
  eventually, hashAt, heads, inWords, lagOf, Network, saw, scene, seconds, sleep, Traffic, type Member,
} from '../harness.js';

const DAMAGE = /corrupt|panicked|Invalid database|checksum/i;
const DISK = 96;
const THRESHOLD = 24;

let traffic: Traffic;

/** Whether the node's own blocks, the last `count`, still pass the checks of import. */
async function checkBlocks(member: Member, from: number, count: number): Promise<void> {
  for (let number = from - count + 1; number <= from; number += 1) {
    const { code, stderr } = await run(binary(), [
      'check-block', String(number), '--chain', member.options.spec, '--base-path', member.basePath,
    ], 60_000);
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

  step('the disk is full: a clear end', 150, async (network) => {
    const dave = network.member('Dave');
    const { bavail, bsize } = await statfs(dave.basePath);
    const free = Math.floor((bavail * bsize) / 2 ** 20);
    const leave = 8;
    saw(`Dave has ${free} MiB of ${DISK} free; a file leaves ${leave}`);
    assert.ok(free > THRESHOLD, 'the disk is too small for the test');
    const ballast = createWriteStream(join(dave.basePath, 'ballast'));
    for (let written = 0; written < free - leave; written += 1) ballast.write(Buffer.alloc(2 ** 20, 1));
    await new Promise<void>((resolve, reject) => {
      ballast.once('error', reject);
      ballast.end(resolve);
    });
    const began = Date.now();
    const end = await dave.ended(90);
    for (const line of dave.tail(12).split('\n')) saw(line);
    assert.ok(end, 'it runs on with a full disk');
    saw(`ended after ${seconds(began)} s with ${end.code ?? end.signal}`);
    assert.notEqual(end.code, 0);
    assert.equal(end.signal, null);
    const said = dave.logged(/storage|space/i).at(-1) ?? '';
    assert.match(said, /space/i, 'it does not say why');
    assert.deepEqual(dave.logged(DAMAGE), []);
    const { finalised } = await heads(network.member('Alice'));
    await eventually('the others finalise on', 60, async () => (await heads(network.member('Alice'))).finalised.number >= finalised.number + 3);
  });

  step('space is back: a clean start', 150, async (network) => {
    const dave = network.member('Dave');
    await rm(join(dave.basePath, 'ballast'));
    saw(`caught up within ${await catchUp(network, dave)} s`);
    assert.deepEqual(dave.logged(DAMAGE), []);
    await network.everywhere('finality is close', 60, (seen) => lagOf(seen) <= 5);
    const sums = await traffic.stop(network.member('Alice'));
    saw(inWords(sums));
    assert.equal(sums.included, sums.accepted);
    assert.deepEqual(sums.refused, []);
  });
});
