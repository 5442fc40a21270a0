/**
 * Compares two files of weights, as scripts/weights.sh writes them: what each call costs at the lower and at the upper ends of its ranges, or what constants are.
 *
 *   node scripts/weights.mjs KEPT MEASURED [TOLERANCE]
 *
 * Says which calls take more or less time than TOLERANCE percent (15) apart, or have another number of accesses to the state or another proof, and ends
 * with 1 if there are any; with 2 if the files were measured on processors of different names, or one of them does not say how fast its machine was: their
 * times cannot be compared. Two machines can have one name for their processors and differ by a third, so times are compared as multiples of the reference that
 * each header has (scripts/machine.mjs). Of calls of a few microseconds a difference up to SLACK counts as none. Time that the database takes is not in these
 * numbers: it comes from the number of accesses.
 */
import { readFileSync } from 'node:fs';
import { referenceIn } from './machine.mjs';

const [kept, measured, tolerance = '15'] = process.argv.slice(2);
if (measured === undefined) {
  console.error('usage: node scripts/weights.mjs KEPT MEASURED [TOLERANCE]');
  process.exit(2);
}
/** In picoseconds: less than two runs of one benchmark are apart. A tenth of it for a constant, which is the average of many runs. */
const SLACK = 5_000_000;
/** By how much two figures of one machine's reference are apart at most, as a share. */
const SAME = 0.03;
/** The load of a machine that does nothing but measure, at most. */
const IDLE = 1.5;

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

/** What a module of constants declares (runtime/common/composed/measured): times in nanoseconds, by the names before them. */
function constantsOf(text) {
  const constants = new Map();
  for (const [, name, time] of text.matchAll(/(\w+):(?: Weight =)?\s[^;,{]*?PER_NANOS\.saturating_mul\(([\d_]+)\)/g)) {
    const end = { ...none(), time: number(time) * 1e3 };
    constants.set(name, { ranges: {}, ends: [end, end], slack: SLACK / 10 });
  }
  return constants;
}

/** The calls of a file, by name: what each costs at both ends of its ranges. And the processor on which that was measured. */
function weightsOf(file) {
  const text = readFileSync(file, 'utf8');
  const machine = { processor: /CPU: (.*)\.$/m.exec(text)?.[1], reference: referenceIn(text) };
  if (text.includes('parameter_types!')) {
    const calls = constantsOf(text);
    if (calls.size === 0 || machine.processor === undefined) throw new Error(`${file} has another form`);
    return { calls, machine };
  }
  const body = text.split('WeightInfo for SubstrateWeight<T> {')[1]?.split('impl WeightInfo for ()')[0];
  if (body === undefined || machine.processor === undefined) throw new Error(`${file} has another form`);
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
  return { calls, machine };
}

/** What of two calls is not the same. Of the machine that measured the second one, all times are `scale` times as long. */
function differences(one, other, scale) {
  const faults = [];
  ['lower', 'upper'].forEach((end, at) => {
    const [before, after] = [one.ends[at], other.ends[at]];
    const due = before.time * scale;
    const apart = Math.abs(after.time - due);
    if (apart > Math.max(one.slack ?? SLACK, due * Number(tolerance) / 100)) {
      const here = scale === 1 ? '' : `, which are ${(due / 1e6).toFixed(1)} µs here`;
      faults.push(`takes ${(after.time / 1e6).toFixed(1)} µs at the ${end} end, and ${(before.time / 1e6).toFixed(1)} µs are declared${here}: ${(apart / due * 100).toFixed(0)} % apart`);
    }
    for (const what of ['reads', 'writes', 'proof']) {
      if (before[what] !== after[what]) faults.push(`has ${after[what]} ${what === 'proof' ? 'bytes of proof' : what} at the ${end} end, and ${before[what]} are declared`);
    }
  });
  return faults;
}

const [before, after] = [weightsOf(kept), weightsOf(measured)];
const [old, now] = [before.machine, after.machine];
const comparable = old.processor === now.processor && old.reference !== undefined && now.reference !== undefined;
if (old.processor !== now.processor) console.log(`measured on ${now.processor}, and the kept ones on ${old.processor}: times cannot be compared`);
for (const [file, { reference }] of [[kept, old], [measured, now]]) {
  if (reference === undefined) console.log(`${file} does not say how fast its machine was (scripts/machine.mjs): times cannot be compared`);
  else if (reference.load > IDLE) console.log(`${file} was measured beside other work: the load was ${reference.load}`);
}
const ratio = comparable ? now.reference.reference / old.reference.reference : 1;
// The reference too is a measurement: what it differs by on one machine is not passed on.
const scale = Math.abs(ratio - 1) <= SAME ? 1 : ratio;
if (scale !== 1) console.log(`this machine takes ${scale.toFixed(2)} times as long as that of the kept ones (${now.reference.reference} µs and ${old.reference.reference}): their times are taken so many times`);
let wrong = 0;
for (const name of new Set([...before.calls.keys(), ...after.calls.keys()])) {
  const [one, other] = [before.calls.get(name), after.calls.get(name)];
  const faults = one && other ? differences(one, other, scale) : [one ? 'is not measured any more' : 'has no weight'];
  for (const fault of new Set(faults)) console.log(`${name} ${fault}`);
  if (faults.length > 0) wrong += 1;
}
console.log(`${after.calls.size} calls measured, ${wrong} not as declared`);
process.exit(!comparable ? 2 : wrong === 0 ? 0 : 1);
