/**
 * Compares two files of weights, as scripts/weights.sh writes them: what each call costs at the lower and at the upper ends of its ranges.
 *
 *   node scripts/weights.mjs KEPT MEASURED [TOLERANCE]
 *
 * Says which calls take more or less time than TOLERANCE percent (15) apart, or have another number of accesses to the state or another proof, and ends
 * with 1 if there are any; with 2 if the files were measured on different processors, whose times cannot be compared. Of calls of a few
 * microseconds a difference up to SLACK counts as none. Time that the database takes is not in these numbers: it comes from the number of accesses.
 */
import { readFileSync } from 'node:fs';

const [kept, measured, tolerance = '15'] = process.argv.slice(2);
if (measured === undefined) {
  console.error('usage: node scripts/weights.mjs KEPT MEASURED [TOLERANCE]');
  process.exit(2);
}
/** In picoseconds: less than two runs of one benchmark are apart. */
const SLACK = 5_000_000;

const number = (text) => Number(text.replaceAll('_', ''));
const none = () => ({ time: 0, proof: 0, reads: 0, writes: 0 });

/** What a line of a function adds, and by which component it is multiplied. */
function added(line) {
  const sum = none();
  const weight = /Weight::from_parts\(([\d_]+), ([\d_]+)\)/.exec(line);
  if (weight) [sum.time, sum.proof] = [number(weight[1]), number(weight[2])];
  const access = /DbWeight::get\(\)\.(reads|writes)\(\(?([\d_]+)_u64/.exec(line);
  if (access) sum[access[1]] = number(access[2]);
  return { sum, by: /saturating_mul\((\w+)\.into\(\)\)/.exec(line)?.[1] };
}

/** The calls of a file, by name: what each costs at both ends of its ranges. And the processor on which that was measured. */
function weightsOf(file) {
  const text = readFileSync(file, 'utf8');
  const processor = /CPU: (.*)\.$/m.exec(text)?.[1];
  const body = text.split('WeightInfo for SubstrateWeight<T> {')[1]?.split('impl WeightInfo for ()')[0];
  if (body === undefined || processor === undefined) throw new Error(`${file} has another form`);
  const calls = new Map();
  let [ranges, call, name] = [{}, undefined, ''];
  for (const line of body.split('\n')) {
    const range = /The range of component `(\w+)` is `\[(\d+), (\d+)\]`/.exec(line);
    if (range) ranges[range[1]] = [Number(range[2]), Number(range[3])];
    const begins = /^\tfn (\w+)/.exec(line)?.[1];
    if (begins !== undefined) {
      [call, name] = [{ ranges, ends: [none(), none()] }, begins];
      calls.set(name, call);
      ranges = {};
      continue;
    }
    if (!call) continue;
    const { sum, by } = added(line);
    if (by !== undefined && !call.ranges[by]) throw new Error(`${file}: ${name} has no range of ${by}`);
    call.ends.forEach((end, at) => {
      for (const what of Object.keys(end)) end[what] += sum[what] * (by === undefined ? 1 : call.ranges[by][at]);
    });
  }
  return { calls, processor };
}

/** What of two calls is not the same. */
function differences(one, other) {
  const faults = [];
  ['lower', 'upper'].forEach((end, at) => {
    const [before, after] = [one.ends[at], other.ends[at]];
    const apart = Math.abs(after.time - before.time);
    if (apart > Math.max(SLACK, before.time * Number(tolerance) / 100)) {
      faults.push(`takes ${(after.time / 1e6).toFixed(1)} µs at the ${end} end, and ${(before.time / 1e6).toFixed(1)} µs are declared: ${(apart / before.time * 100).toFixed(0)} % apart`);
    }
    for (const what of ['reads', 'writes', 'proof']) {
      if (before[what] !== after[what]) faults.push(`has ${after[what]} ${what === 'proof' ? 'bytes of proof' : what} at the ${end} end, and ${before[what]} are declared`);
    }
  });
  return faults;
}

const [before, after] = [weightsOf(kept), weightsOf(measured)];
if (before.processor !== after.processor) {
  console.log(`measured on ${after.processor}, and the kept ones on ${before.processor}: times cannot be compared`);
}
let wrong = 0;
for (const name of new Set([...before.calls.keys(), ...after.calls.keys()])) {
  const [one, other] = [before.calls.get(name), after.calls.get(name)];
  const faults = one && other ? differences(one, other) : [one ? 'is not measured any more' : 'has no weight'];
  for (const fault of new Set(faults)) console.log(`${name} ${fault}`);
  if (faults.length > 0) wrong += 1;
}
console.log(`${after.calls.size} calls measured, ${wrong} not as declared`);
process.exit(before.processor !== after.processor ? 2 : wrong === 0 ? 0 : 1);
