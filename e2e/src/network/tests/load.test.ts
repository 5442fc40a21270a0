/** Four validators under half of what a block holds: how soon a transaction is included and final; memory and disk. */
import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { blockMillis } from '@salus/client';
import { load, transfersInBlock, type Latency } from '../latency.js';
import { quantile } from '../../quantile.js';
import { Network, saw, scene, usageOf } from '../harness.js';

/** `SALUS_LOAD_MINUTES` of load: two unless told. Ten is what docs/performance.md is about. */
const MINUTES = Number(process.env['SALUS_LOAD_MINUTES'] ?? '2');

const PARTS = 3;
/** How much longer it may take to hand in what was due. */
const LATE = 1.05;
/** How much the memory of a node may have grown from the first third to the last, as a factor. */
const GROWTH = 1.1;
/** The most bytes that a transfer may take on the disk of a node: its block with events, and what the state became. */
const MOST_BYTES = 3000;

/** The bytes of all files in a folder. */
const sizeOf = (folder: string): number => readdirSync(folder, { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile())
  .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

scene('four validators', () => Network.start(), (step) => {
  step(`half of full blocks for ${MINUTES} min: included within a block time, final within two`, MINUTES * 120 + 300, async (network) => {
    const api = await network.api();
    const seconds = blockMillis(api) / 1000;
    const perBlock = await transfersInBlock(api);
    const rate = Math.floor(perBlock / 2 / seconds);
    const look = (): { memory: number[]; disk: number } => ({
      memory: network.members.map(({ pid }) => usageOf(pid as number).memory), disk: sizeOf(network.folder),
    });
    const first = await load(api, network.members, rate, 30);
    const warm = look();
    saw(`warm after ${first.sent} transfers; memory ${warm.memory.join(', ')} MB, disk ${megabytes(warm.disk)}`);
    // In three parts of the same length: what grows is seen between the first and the last.
    const parts: { latency: Latency; memory: number[] }[] = [];
    for (let part = 0; part < PARTS; part += 1) {
      const latency = await load(api, network.members, rate, MINUTES * 60 / PARTS);
      parts.push({ latency, memory: look().memory });
    }
    const sum = (of: (latency: Latency) => number): number => parts.reduce((all, { latency }) => all + of(latency), 0);
    const found = {
      sent: sum(({ sent }) => sent), refused: sum(({ refused }) => refused), included: sum((each) => each.included), final: sum((each) => each.final),
      inclusion: parts.flatMap(({ latency }) => latency.inclusion), finality: parts.flatMap(({ latency }) => latency.finality),
    };
    const end = look();
    const [included, final] = [found.inclusion, found.finality].map((times) => ({ p50: quantile(times, 0.5), p99: quantile(times, 0.99) }));
    saw(`${perBlock} transfers fit into a block; ${rate} a second for ${MINUTES} min: ${found.sent} sent, ${found.refused} refused, ${found.included} included, ${found.final} final`);
    saw(`included p50 ${included?.p50.toFixed(1)} s, p99 ${included?.p99.toFixed(1)} s; final p50 ${final?.p50.toFixed(1)} s, p99 ${final?.p99.toFixed(1)} s; a block takes ${seconds} s`);
    saw(`memory ${end.memory.join(', ')} MB, disk ${megabytes(end.disk)}, which is ${((end.disk - warm.disk) / found.sent / network.members.length).toFixed(0)} bytes a transfer and node`);
    saw(`this program took ${parts.map(({ latency }) => latency.own.toFixed(2)).join(', ')} of a core; memory after each third ${parts.map(({ memory }) => memory.join(', ')).join(' | ')} MB`);
    for (const { latency: { handing } } of parts) {
      assert.ok(handing <= MINUTES * 60 / PARTS * LATE, `it took ${handing.toFixed(0)} s to hand in what was due in ${(MINUTES * 60 / PARTS).toFixed(0)} s: this was no half load`);
    }
    assert.equal(found.refused, 0, 'some were refused');
    assert.equal(found.final, found.sent, 'some are not final');
    assert.ok((included?.p50 ?? Infinity) <= seconds, `half were included after ${included?.p50} s`);
    assert.ok((final?.p50 ?? Infinity) <= 2 * seconds, `half were final after ${final?.p50} s`);
    for (const [at, memory] of (parts.at(-1)?.memory ?? []).entries()) {
      const before = parts[0]?.memory[at] as number;
      assert.ok(memory <= before * GROWTH + 20, `${network.members[at]?.name} grew from ${before} MB after a third to ${memory} MB`);
    }
    const each = (end.disk - warm.disk) / found.sent / network.members.length;
    assert.ok(each <= MOST_BYTES, `${each.toFixed(0)} bytes of disk for each transfer and node`);
  });
});
