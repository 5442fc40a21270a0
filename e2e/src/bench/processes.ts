/** What the programs take that this one has started: from `/proc`. */
import { readFile } from 'node:fs/promises';

/** How many of the kernel's ticks a second has: on Linux always these. */
const TICKS = 100;

/** A file of `/proc` of each. One that has ended meanwhile has none. */
async function ofEach(file: string): Promise<string[]> {
  const children = await readFile(`/proc/self/task/${process.pid}/children`, 'utf8');
  const texts = await Promise.all(children.split(' ').filter(Boolean).map((child) => readFile(`/proc/${child}/${file}`, 'utf8').catch(() => '')));
  return texts.filter(Boolean);
}

/** The processor time of all of them together, in seconds. */
export async function processorTime(): Promise<number> {
  let ticks = 0;
  for (const text of await ofEach('stat')) {
    // The name before may have spaces in it.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks / TICKS;
}

/** The most memory that one of them has had, in MiB. */
export async function mostMemory(): Promise<number> {
  const found = (await ofEach('status')).map((text) => Number(/^VmHWM:\s*(\d+) kB$/m.exec(text)?.[1] ?? 0));
  return Math.max(0, ...found) / 1024;
}
