/**
 * Compares two files of weights, as scripts/weights.sh writes them: what each call costs at the upper end of its ranges.
 *
 *   node scripts/weights.mjs KEPT MEASURED [TOLERANCE]
 *
 * Says which calls take more or less time than TOLERANCE percent (15) apart, or touch the state another number of times, and ends
 * with 1 if there are any. Time that the database takes is not in these numbers: it comes from the number of accesses.
 */
import { readFileSync } from 'node:fs';

const [kept, measured, tolerance = '15'] = process.argv.slice(2);
if (measured === undefined) {
  console.error('usage: node scripts/weights.mjs KEPT MEASURED [TOLERANCE]');
  process.exit(2);
}

const number = (text) => Number(text.replaceAll('_', ''));

/** The calls of a file, by name: picoseconds, reads and writes at the upper ends. */
function weightsOf(file) {
  const text = readFileSync(file, 'utf8');
  const body = text.split('WeightInfo for SubstrateWeight<T> {')[1]?.split('impl WeightInfo for ()')[0];
  if (body === undefined) throw new Error(`${file} has another form`);
  const calls = new Map();
  let most = {};
  for (const line of body.split('\n')) {
    const range = /The range of component `(\w+)` is `\[(\d+), (\d+)\]`/.exec(line);
    if (range) most[range[1]] = Number(range[3]);
    const name = /^\tfn (\w+)/.exec(line)?.[1];
    if (name !== undefined) {
      calls.set(name, { time: 0, reads: 0, writes: 0, most });
      most = {};
      continue;
    }
    const call = [...calls.values()].at(-1);
    if (!call) continue;
    const times = /saturating_mul\((\w+)\.into\(\)\)/.exec(line)?.[1];
    const count = times === undefined ? 1 : call.most[times];
    const time = /Weight::from_parts\(([\d_]+), /.exec(line);
    if (time) call.time += number(time[1]) * count;
    const access = /DbWeight::get\(\)\.(reads|writes)\(\(?(\d+)_u64/.exec(line);
    if (access) call[access[1]] += Number(access[2]) * count;
  }
  return calls;
}

const [before, after] = [weightsOf(kept), weightsOf(measured)];
let wrong = 0;
for (const name of new Set([...before.keys(), ...after.keys()])) {
  const [one, other] = [before.get(name), after.get(name)];
  const faults = [];
  if (!one || !other) faults.push(one ? 'is not measured any more' : 'has no weight');
  else {
    const apart = Math.abs(other.time / one.time - 1) * 100;
    if (apart > Number(tolerance)) faults.push(`takes ${(other.time / 1e6).toFixed(1)} µs, and ${(one.time / 1e6).toFixed(1)} µs are declared: ${apart.toFixed(0)} % apart`);
    for (const what of ['reads', 'writes']) if (one[what] !== other[what]) faults.push(`has ${other[what]} ${what}, and ${one[what]} are declared`);
  }
  for (const fault of faults) console.log(`${name} ${fault}`);
  if (faults.length > 0) wrong += 1;
}
console.log(`${after.size} calls measured, ${wrong} not as declared`);
process.exit(wrong === 0 ? 0 : 1);
