/** Reading access logs of any size. */
import { createReadStream } from 'node:fs';
import { IntegrityBroken } from '@salus/types';

const BUFFER = 1 << 20;
/** In characters. No entry is as long as this: its longest parts are bounded when it is written. */
const LONGEST_LINE = 1 << 20;

/**
 * What stands in the lines of a log's file, one after the other, without holding the file in memory; `undefined` for a line
 * that is no JSON. A last line without its end, if it is no JSON, is what a crash leaves of an entry that nobody was told of:
 * it is left out.
 *
 * Throws {@link IntegrityBroken} at a line that is much longer than an entry can be, before it fills the memory.
 */
export async function* entriesIn(path: string): AsyncGenerator<unknown> {
  let rest = '';
  let line = 0;
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: BUFFER })) {
    const lines = (rest + (chunk as string)).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) {
      line += 1;
      yield valueOf(text);
    }
    if (rest.length > LONGEST_LINE) throw new IntegrityBroken(`${path}: line ${line + 1} is longer than an entry of a log can be`);
  }
  const torn = valueOf(rest);
  if (torn !== undefined) yield torn;
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
