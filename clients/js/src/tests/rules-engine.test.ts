/** The module itself, in Node.js: every vector, any bytes, and what is no such module. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hexToU8a } from '@polkadot/util';
import { concat, toHex, utf8 } from '../bytes.js';
import { Engine, loadEngine, MAX_INPUT, MAX_PRESENTATION } from '../rules/engine.js';
import { RulesFailed, RulesRefused, RulesUnusable } from '../rules/errors.js';
import { load, type Case, type Presentation } from '../rules/index.js';
import { vectors, type Vector } from './receipts-vectors.js';
import { adjudications, decisions, MISSING, moduleBytes } from './rules-vectors.js';

test('every vector, in bytes', { skip: MISSING }, async () => {
  const engine = await loadEngine(moduleBytes());
  for (const { input, output } of decisions()) assert.equal(toHex(engine.call('decide', hexToU8a(input))), output, input);
  for (const { input, output } of adjudications()) assert.equal(toHex(engine.call('adjudicate', hexToU8a(input))), output, input);
});

test('every vector, in the terms of this SDK', { skip: MISSING }, async () => {
  const rules = await load(await WebAssembly.compile(moduleBytes()));
  let decided = 0;
  for (const { case: given, answer } of decisions()) {
    if (!given) continue;
    assert.deepEqual(rules.decide(given), answer);
    decided++;
  }
  assert.ok(decided >= 300, `${decided} cases`);
  let adjudicated = 0;
  for (const { claim, answer, error: expected } of adjudications()) {
    if (!claim) continue;
    adjudicated++;
    if (answer) assert.deepEqual(rules.adjudicate(claim), answer);
    else {
      assert.throws(() => rules.adjudicate(claim), (error) => {
        assert.ok(error instanceof RulesRefused);
        assert.deepEqual(error.fault, { kind: 'Adjudication', error: expected });
        return true;
      });
    }
  }
  assert.ok(adjudicated >= 150, `${adjudicated} claims`);
});

test('the example of docs/front-end.md: who never signed a directive is treated within a care relationship', { skip: MISSING }, async () => {
  const rules = await load(moduleBytes());
  const [handle, clinician] = [toHex(new Uint8Array(32).fill(1)), toHex(new Uint8Array(32).fill(2))];
  const treated: Case = {
    question: { subject: handle, actor: { organisation: 4, practitioner: clinician }, purpose: 'Treat', action: 'Read', dataClass: 'Laboratory' },
    at: 1_790_000_000,
    state: 'Active',
    standing: { ownKey: false, kinds: ['Provider'], roles: ['Clinician'] },
    vetoes: [], directives: [], base: 'Unset',
    care: { policy: 'CareTeam', relationships: [{ number: 7, organisation: 4, period: { from: 1_780_000_000, until: 1_800_000_000 } }], optOuts: [] },
    emergency: { advance: 'Unrestricted', accesses: [] },
  };
  assert.deepEqual(rules.decide(treated), { verdict: 'LawfulBasis', why: { kind: 'TreatmentRelationship', relationship: 7n } });
  // One opt-out, one veto, one Deny by choice each stop it.
  const refused = (change: Partial<Case>, kind: string) =>
    assert.deepEqual(rules.decide({ ...treated, ...change }), { verdict: 'Deny', why: { kind } });
  refused({ care: { ...treated.care, optOuts: [{ towards: 'Everybody', from: 1_785_000_000 }] } }, 'Default');
  refused({ vetoes: [{ purpose: 'Treat', from: 1_785_000_000 }] }, 'Veto');
  refused({ base: 'Deny' }, 'Default');
  refused({ question: { ...treated.question, labels: ['Hiv'] } }, 'Default');
});

const file = (value: unknown): string => JSON.stringify(value);

function presentationOf({ receipt, record, expectGenesis, genesis, trail, checkpoint, relay }: Vector): Presentation {
  return {
    start: relay?.expectBlock
      ? { block: file(relay.start), hash: relay.expectBlock }
      : { genesis: file(genesis), hash: relay?.expectGenesis ?? expectGenesis },
    ...(relay ? { parachain: { id: relay.paraId, genesis: expectGenesis } } : {}),
    trail: file(trail),
    checkpoints: checkpoint ? [file(checkpoint)] : [],
    receipt: file(receipt),
    record: hexToU8a(record),
  };
}

test('every receipt of the vectors is worth to the module what it is worth to salus-verify', { skip: MISSING }, async () => {
  const rules = await load(moduleBytes());
  const seen = { current: 0, former: 0, refused: new Set<string>() };
  for (const vector of vectors) {
    const { folder, name, verdict: { exit, error: code } } = vector;
    if (code !== null) {
      assert.throws(() => rules.verify(presentationOf(vector)), (error) => {
        assert.ok(error instanceof RulesRefused && error.fault.kind === 'Receipt', `${folder}/${name}`);
        assert.equal(error.fault.code, code, `${folder}/${name}: ${error.fault.why}`);
        return true;
      });
      seen.refused.add(code);
      continue;
    }
    const { records: [record], voters, of, vouched } = rules.verify(presentationOf(vector));
    assert.equal(record?.standing.kind === 'Current' ? 0 : 3, exit, `${folder}/${name}`);
    assert.ok(voters * 3 > of * 2);
    assert.equal(vouched !== undefined, name === 'forced-vouched');
    if (exit === 0) seen.current++;
    else seen.former++;
  }
  assert.ok(seen.current >= 15 && seen.former >= 8 && seen.refused.size >= 30, JSON.stringify({ ...seen, refused: [...seen.refused] }));
});

/** The same numbers each time (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

test('any bytes have an answer, and leave nothing behind', { skip: MISSING }, async () => {
  const { exports } = await WebAssembly.instantiate(await WebAssembly.compile(moduleBytes()), {});
  const engine = new Engine(exports);
  const memory = exports['memory'] as WebAssembly.Memory;
  const below = numbers(15);
  const seen = { answers: 0, faults: 0 };
  const inputs = ([['decide', decisions()], ['adjudicate', adjudications()]] as const)
    .flatMap(([rule, vectors]) => vectors.map(({ input }) => ({ rule, input: hexToU8a(input) })));
  const round = (): void => {
    for (const { rule, input } of inputs) {
      const bytes = input.slice();
      for (let changes = below(4); changes > 0 && bytes.length > 0; changes--) bytes[below(bytes.length)] = below(256);
      const [first] = engine.call(rule, below(4) === 0 ? bytes.slice(0, below(bytes.length + 1)) : bytes);
      assert.ok(first === 0 || first === 1);
      if (first === 0) seen.answers++;
      else seen.faults++;
    }
  };
  round();
  const grown = memory.buffer.byteLength;
  // The least that is kept of a call is 16 bytes: were it kept, they would be some pages of 64 KiB by now.
  for (let more = 0; more < 50; more++) round();
  assert.ok(inputs.length * 50 * 16 > 4 * 65_536);
  assert.equal(memory.buffer.byteLength, grown);
  assert.ok(seen.answers > 5_000 && seen.faults > 5_000, JSON.stringify(seen));
});

test('the longest input is taken, and no longer one', { skip: MISSING }, async () => {
  const engine = await loadEngine(moduleBytes());
  assert.equal(toHex(engine.call('decide', new Uint8Array(MAX_INPUT))), '0x0102', 'it goes on behind its end');
  assert.throws(() => engine.call('decide', new Uint8Array(MAX_INPUT + 1)), (error) => error instanceof RulesRefused && error.fault.kind === 'TooLong');
  assert.equal(toHex(engine.call('decide', new Uint8Array())), '0x0101', 'it ends too early');
  assert.equal(toHex(engine.call('verify', new Uint8Array(MAX_PRESENTATION))), '0x0102', 'it goes on behind its end');
  assert.throws(() => engine.call('verify', new Uint8Array(MAX_PRESENTATION + 1)), (error) => error instanceof RulesRefused && error.fault.kind === 'TooLong');
  // Who calls the module by itself finds the same bound.
  const { exports } = await WebAssembly.instantiate(await WebAssembly.compile(moduleBytes()), {});
  const alloc = exports['alloc'] as (length: number) => number;
  assert.notEqual(alloc(MAX_PRESENTATION), 0);
  assert.deepEqual([0, MAX_PRESENTATION + 1, -1].map((length) => alloc(length)), [0, 0, 0]);
  const decide = exports['decide'] as (address: number, length: number) => bigint;
  const packed = BigInt.asUintN(64, decide(16, -1));
  const memory = new Uint8Array((exports['memory'] as WebAssembly.Memory).buffer);
  const at = Number(packed >> 32n);
  assert.equal(toHex(memory.slice(at, at + Number(packed & 0xffff_ffffn))), '0x0100', 'it is too long');
});

// ----------------------------------------------------------------------------------------------
// Modules made by hand.

const vec = (...items: Uint8Array[]): Uint8Array => concat(Uint8Array.of(items.length), ...items);
const section = (id: number, content: Uint8Array): Uint8Array => concat(Uint8Array.of(id, content.length), content);
const text = (value: string): Uint8Array => concat(Uint8Array.of(value.length), utf8(value));
const HEAD = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
const [I32, I64] = [0x7f, 0x7e];
const body = (...code: number[]): Uint8Array => concat(Uint8Array.of(code.length + 2, 0), Uint8Array.of(...code, 0x0b));
const constant = (value: number): number[] => [0x41, value];
const UNREACHABLE = [0x00];

/** A module that exports what rules export, with these bodies. */
function moduleOf({ version = 1, room = 8, decide = UNREACHABLE }: { version?: number; room?: number; decide?: number[] }): Uint8Array<ArrayBuffer> {
  const types = vec(
    Uint8Array.of(0x60, 0, 1, I32), Uint8Array.of(0x60, 1, I32, 1, I32), Uint8Array.of(0x60, 2, I32, I32, 0),
    Uint8Array.of(0x60, 2, I32, I32, 1, I64),
  );
  const names = ['abi_version', 'alloc', 'free', 'decide', 'adjudicate', 'verify'];
  const exported = names.map((name, index) => concat(text(name), Uint8Array.of(0, index)));
  return new Uint8Array(concat(
    HEAD,
    section(1, types),
    section(3, Uint8Array.of(6, 0, 1, 2, 3, 3, 3)),
    section(5, Uint8Array.of(1, 0, 1)),
    section(7, vec(concat(text('memory'), Uint8Array.of(2, 0)), ...exported)),
    section(10, vec(body(...constant(version)), body(...constant(room)), body(), body(...decide), body(...UNREACHABLE), body(...UNREACHABLE))),
  ));
}

test('what is no module of these rules is not used', async () => {
  const unusable = (bytes: Uint8Array<ArrayBuffer>, why: RegExp) =>
    assert.rejects(loadEngine(bytes), (error) => error instanceof RulesUnusable && why.test(error.message), String(why));
  await unusable(new Uint8Array(), /no WebAssembly/);
  await unusable(utf8('<!doctype html>') as Uint8Array<ArrayBuffer>, /no WebAssembly/);
  await unusable(HEAD, /does not export/);
  await unusable(moduleOf({ version: 2 }), /version 2, and this SDK is for version 1/);
  const wants = new Uint8Array(concat(
    HEAD, section(1, vec(Uint8Array.of(0x60, 0, 0))), section(2, vec(concat(text('env'), text('send'), Uint8Array.of(0, 0)))),
  ));
  await unusable(wants, /wants env\.send/);
  await assert.doesNotReject(loadEngine(moduleOf({})));
});

test('a module that ends a call without an answer is not asked again', async () => {
  const failing = async (bytes: Uint8Array<ArrayBuffer>, why: RegExp) => {
    const engine = await loadEngine(bytes);
    assert.throws(() => engine.call('decide', Uint8Array.of(1)), (error) => error instanceof RulesFailed && why.test(error.message), String(why));
    assert.throws(() => engine.call('decide', Uint8Array.of(1)), (error) => error instanceof RulesFailed && /earlier call/.test(error.message));
  };
  await failing(moduleOf({}), /without an answer/);
  await failing(moduleOf({ room: 0 }), /no memory/);
  // Address 0, and more bytes than the memory has: i64.const 131072.
  await failing(moduleOf({ decide: [0x42, 0x80, 0x80, 0x08] }), /not in the memory/);
});
