/**
 * How long a node takes for blocks that another has made: to check them, to execute them and to write them to its database. The blocks of a chain that
 * has stopped are exported, and imported into a fresh folder: those of each row by themselves, so that each has a time.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { soloSpec } from '../chains.js';
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
/** By how many blocks the chain must go on after the last span, for these. */
export const AFTERWARDS = ALONE + 1;

const CHAIN = ['--dev', ...soloSpec()];

/** The blocks of the chain in `folder`, which no node serves. */
export async function replayed(folder: string, spans: readonly Span[]): Promise<{ found: Replayed[]; start: number }> {
  const own = await mkdtemp(join(tmpdir(), 'salus-replay-'));
  const file = join(own, 'blocks');
  const said = async (args: string[]): Promise<void> => {
    const { code, stderr } = await run(binary(), args);
    if (code !== 0) throw new Error(`${args[0]} ended with ${code}:\n${stderr.slice(-2_000)}`);
  };
  /** Imports the blocks from one to another. In milliseconds, with the start of the program. */
  const imported = async (from: number, to: number): Promise<number> => {
    await said(['export-blocks', ...CHAIN, '--base-path', folder, '--from', String(from), '--to', String(to), '--binary', file]);
    const start = performance.now();
    // All states are kept: each is written at once, and none is taken away again.
    await said(['import-blocks', ...CHAIN, '--base-path', join(own, 'chain'), '--state-pruning', 'archive', '--binary', file]);
    return performance.now() - start;
  };
  try {
    const found: Replayed[] = [];
    let next = 1;
    for (const span of [...spans].sort((one, other) => one.from - other.from)) {
      if (next < span.from) await imported(next, span.from - 1);
      const millis = await imported(span.from, span.to);
      const blocks = span.to - span.from + 1;
      found.push({ ...span, each: millis / blocks, bytes: (await stat(file)).size / blocks });
      next = span.to + 1;
      process.stderr.write(`${span.name}: ${blocks} blocks imported\n`);
    }
    const alone: number[] = [];
    // The first may have what the flood has left.
    await imported(next, next);
    for (let nth = 1; nth <= ALONE; nth += 1) alone.push(await imported(next + nth, next + nth));
    const start = quantile(alone, 0.5);
    return { found: found.map((span) => ({ ...span, each: span.each - start / (span.to - span.from + 1) })), start };
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}
