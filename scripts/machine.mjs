/**
 * How fast this machine is now, told by two works that need nothing but Node: of two machines with one name for their processors, one can be a third
 * slower, and the same machine is slower when others use its processors.
 *
 *   node scripts/machine.mjs           prints the reference figure, and the load
 *   node scripts/machine.mjs FILE      writes them into the header of a file of weights, below the line that names the processor
 *
 * The reference is the geometric mean of two times: to verify a signature by ed25519 (whole numbers, in the processor's caches), and to hash 64 KiB with
 * SHA-256. Each is that of the fastest tenth of many short rounds: what other programs take makes rounds longer, never shorter. It takes two seconds.
 */
import { createHash, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';

/** For each of the two works, in milliseconds. */
const MEASURED = 1_000;
/** Of one round, in milliseconds: some hundred of them are compared. */
const ROUND = 5;

/** How long a work takes, in microseconds, in the fastest tenth of the rounds. */
function timeOf(work) {
  const once = () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  };
  // The first are slower: the code is compiled, and the clock of the processor rises.
  let each = once();
  for (const end = performance.now() + MEASURED / 10; performance.now() < end;) each = Math.min(each, once());
  const times = Math.max(1, Math.round(ROUND / each));
  const rounds = [];
  for (const end = performance.now() + MEASURED; performance.now() < end;) {
    const start = performance.now();
    for (let nth = 0; nth < times; nth += 1) work();
    rounds.push((performance.now() - start) / times * 1_000);
  }
  return rounds.sort((one, other) => one - other)[Math.floor(rounds.length / 10)];
}

/** In microseconds. */
export function reference() {
  const [message, bytes] = [randomBytes(32), randomBytes(64 * 1024)];
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const signature = sign(null, message, privateKey);
  const verification = timeOf(() => { if (!verify(null, message, publicKey, signature)) throw new Error('a signature does not verify'); });
  const hash = timeOf(() => { createHash('sha256').update(bytes).digest(); });
  return { reference: Math.sqrt(verification * hash), verification, hash };
}

/** As a header has it. The load is that of the last minute, with the measuring itself, which is one. */
export function inWords({ reference: figure, verification, hash }, load = loadavg()[0]) {
  return `Reference: ${figure.toFixed(2)} µs (ed25519 ${verification.toFixed(2)} µs, SHA-256 of 64 KiB ${hash.toFixed(2)} µs); load ${load.toFixed(2)}.`;
}

/** What a header says of it; nothing, if it was written without. */
export function referenceIn(text) {
  const [, figure, load] = /^\/\/! Reference: ([\d.]+) µs .*; load ([\d.]+)\.$/m.exec(text) ?? [];
  return figure === undefined ? undefined : { reference: Number(figure), load: Number(load) };
}

/** The text with what was measured in its header, in place of an older one. */
export function marked(text, words) {
  const without = text.replace(/^\/\/! Reference: .*\n/m, '');
  const found = /^\/\/! .*CPU: .*\.\n/m.exec(without);
  if (!found) throw new Error('the file has no line that names the processor');
  const end = found.index + found[0].length;
  return `${without.slice(0, end)}//! ${words}\n${without.slice(end)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [file] = process.argv.slice(2);
  const load = loadavg()[0];
  const words = inWords(reference(), load);
  if (file === undefined) console.log(words);
  else writeFileSync(file, marked(readFileSync(file, 'utf8'), words));
}
