/**
 * How long a node takes for blocks that another has made: to check them, to execute them and to write them to its database. The blocks of a chain that
 * has stopped are exported, and imported into a fresh folder: those of each row by themselves, so that each has a time.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binary, run } from '../node.js';
import { quantile } from '../quantile.js';

/** Blocks one after the other, all of them full of one call. */
export interface Span {
  name: string;
  from: number;
  to: number;
  /** How many calls are in them, and what these declare together, in milliseconds. */
  calls: number;
  declared: number;
}

export interface Replayed extends Span {
  /** For one block, in milliseconds, without the start of the program. */
  each: number;
  /** What one block has as it is exported, in bytes. */
  bytes: number;
}

/** How many blocks are imported alone, to know how long the program takes for a start and an end. */
const ALONE = 5;
/** How many of the blocks between two spans are imported at once: a program that takes minutes is given up. */
const AT_ONCE = 100;
/** By how many blocks the chain must go on after the last span, for these. */
export const AFTERWARDS = ALONE + 1;

/**
 * The blocks of the chain in `folder`, which no node serves, and how long each of the blocks took that were imported alone. `spec` is the file of its raw
 * specification: with `--dev` the program would make its genesis anew at each start, by a runtime that it compiles for that, and seconds of blocks would be
 * looked for in fifteen of a start.
 */
export async function replayed(folder: string, spec: string, spans: readonly Span[]): Promise<{ found: Replayed[]; starts: number[] }> {
  const chain = ['--chain', spec];
  const own = await mkdtemp(join(tmpdir(), 'salus-replay-'));
  const file = join(own, 'blocks');
  const said = async (args: string[]): Promise<void> => {
    const { code, stderr } = await run(binary(), args);
    if (code !== 0) throw new Error(`${args[0]} ended with ${code}:\n${stderr.slice(-2_000)}`);
  };
  /** Imports the blocks from one to another. In milliseconds, with the start of the program. */
  const imported = async (from: number, to: number): Promise<number> => {
    await said(['export-blocks', ...chain, '--base-path', folder, '--from', String(from), '--to', String(to), '--binary', file]);
    const start = performance.now();
    // All states are kept: each is written at once, and none is taken away again.
    await said(['import-blocks', ...chain, '--base-path', join(own, 'chain'), '--state-pruning', 'archive', '--binary', file]);
    return performance.now() - start;
  };
  try {
    const found: Replayed[] = [];
    let next = 1;
    for (const span of [...spans].sort((one, other) => one.from - other.from)) {
      for (; next < span.from; next += AT_ONCE) await imported(next, Math.min(next + AT_ONCE, span.from) - 1);
      const millis = await imported(span.from, span.to);
      const blocks = span.to - span.from + 1;
      found.push({ ...span, each: millis / blocks, bytes: (await stat(file)).size / blocks });
      next = span.to + 1;
      process.stderr.write(`${span.name}: ${blocks} blocks imported\n`);
    }
    const starts: number[] = [];
    // The first may have what the flood has left.
    await imported(next, next);
    for (let nth = 1; nth <= ALONE; nth += 1) starts.push(await imported(next + nth, next + nth));
    const start = quantile(starts, 0.5);
    return { found: found.map((span) => ({ ...span, each: span.each - start / (span.to - span.from + 1) })), starts };
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}
