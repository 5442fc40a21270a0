/** The module itself, in Node.js: every vector, any bytes, and what is no such module. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hexToU8a } from '@polkadot/util';
import { CODES_VERSION, newOpening, openingBytes, openingFrom, sealedCommitment, type SealedDirective } from '@salus/client/sealed';
import { concat, toHex, utf8, type Effect } from '@salus/types';
import { Engine, loadEngine, MAX_FILES, MAX_INPUT } from '../rules/engine.js';
import { RulesFailed, RulesRefused, RulesUnusable, WrongOpening } from '../rules/errors.js';
import { ALWAYS, load, type Case, type Disclosure, type Interval } from '../rules/index.js';
import { adjudications, decisions, MISSING, moduleBytes, openings } from './rules-vectors.js';

test('every vector, in bytes', { skip: MISSING }, async () => {
  const engine = await loadEngine(moduleBytes());
  for (const { input, output } of decisions()) assert.equal(toHex(engine.call('decide', hexToU8a(input))), output, input);
  for (const { input, output } of adjudications()) assert.equal(toHex(engine.call('adjudicate', hexToU8a(input))), output, input);
  for (const { input, output } of openings()) assert.equal(toHex(engine.call('open_sealed', hexToU8a(input))), output, input);
});

test('every vector, in the terms of this SDK', { skip: MISSING }, async () => {
  const rules = await load(await WebAssembly.compile(moduleBytes()));
  let decided = 0;
  for (const { case: given, answer } of decisions()) {
    if (!given) continue;
    assert.deepEqual(rules.decide(given), answer);
    decided++;
  }
  assert.ok(decided >= 700, `${decided} cases`);
  let disclosed = 0;
  for (const { disclosure, answer, error: expected } of openings()) {
    if (!disclosure) continue;
    disclosed++;
    if (answer) assert.equal(rules.openSealed(disclosure).force, answer);
    else assert.throws(() => rules.openSealed(disclosure), (error) => error instanceof WrongOpening && error.why === expected);
  }
  assert.ok(disclosed >= 100, `${disclosed} openings`);
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
    sealed: { genesisHash: toHex(new Uint8Array(32).fill(3)), flagged: [], directives: [], openings: [] },
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

/** The patient's front end seals a directive about HIV; the clinician's is given its opening as bytes, and reads the rest from the chain. */
function sealedFor(effect: Effect): { disclosure: Disclosure; directive: SealedDirective } {
  const [genesisHash, patient, clinician] = [0x47, 0x11, 2].map((byte) => toHex(new Uint8Array(32).fill(byte))) as [string, string, string];
  const made = newOpening({
    grantee: { practitioner: clinician, at: 4 }, actions: ['Read'], purposes: ['Treat'], classes: ['Laboratory'], labels: ['Hiv'],
  });
  const directive: SealedDirective = {
    id: 3, effect, commitment: sealedCommitment(genesisHash, patient, 3, effect, made), from: 1_780_000_000, until: 1_800_000_000, ended: undefined,
    version: CODES_VERSION,
  };
  return { directive, disclosure: { genesisHash, patient, directive, opening: openingFrom(openingBytes(made)), at: 1_790_000_000 } };
}

/** What the clinician asks, with the disclosure as all that is known of the patient. */
const askedBy = ({ genesisHash, patient, directive, opening, at }: Disclosure, opened: boolean): Case => ({
  question: {
    subject: patient, actor: { organisation: 4, practitioner: toHex(new Uint8Array(32).fill(2)) },
    purpose: 'Treat', action: 'Read', dataClass: 'Laboratory', labels: ['Hiv'],
  },
  at, state: 'Active', standing: { ownKey: false, kinds: ['Provider'], roles: ['Clinician'] },
  vetoes: [], directives: [], base: 'Unset', care: { policy: 'CareTeam', relationships: [], optOuts: [] },
  emergency: { advance: 'Unrestricted', accesses: [] },
  sealed: { genesisHash, flagged: [], directives: [directive], openings: opened ? [{ sealed: directive.id, opening }] : [] },
});

test('a sealed Permit lets whoever has its opening, only until it is revoked or its time is over', { skip: MISSING }, async () => {
  const rules = await load(moduleBytes());
  const { disclosure, directive } = sealedFor('Permit');
  const { content } = disclosure.opening;
  const told = { effect: 'Permit', content, from: directive.from, until: directive.until };
  assert.deepEqual(rules.openSealed(disclosure), { force: 'InForce', ...told });
  assert.deepEqual(content.labels, ['Hiv']);
  assert.deepEqual(rules.decide(askedBy(disclosure, true)), { verdict: 'Permit', why: { kind: 'SealedDirective', sealed: 3 } });
  const byDefault = { verdict: 'Deny', why: { kind: 'Default' } };
  assert.deepEqual(rules.decide(askedBy(disclosure, false)), byDefault, 'without the opening');

  const at = (time: number, ended?: number): Disclosure => ({ ...disclosure, at: time, directive: { ...directive, ended } });
  const over: [Disclosure, object][] = [
    [at(1_779_999_999), { force: 'NotYet', ...told }],
    [at(1_800_000_000), { force: 'RunOut', ...told }],
    [at(1_790_000_000, 1_790_000_000), { force: 'Revoked', ...told, until: 1_790_000_000 }],
  ];
  for (const [given, expected] of over) {
    assert.deepEqual(rules.openSealed(given), expected);
    assert.deepEqual(rules.decide(askedBy(given, true)), byDefault, JSON.stringify(expected));
  }
  // The second before it was revoked stays what it was.
  assert.equal(rules.openSealed(at(1_789_999_999, 1_790_000_000)).force, 'InForce');
});

test('a wrong opening is refused by its name, and decides nothing', { skip: MISSING }, async () => {
  const rules = await load(moduleBytes());
  const { disclosure, directive } = sealedFor('Permit');
  const { opening } = disclosure;
  const other = toHex(new Uint8Array(32).fill(9));
  const wrong: [string, Disclosure][] = [
    ['salt', { ...disclosure, opening: newOpening(sealedFor('Permit').disclosure.opening.content as never) }],
    ['labels', { ...disclosure, opening: { ...opening, content: { ...opening.content, labels: [] } } }],
    ['grantee', { ...disclosure, opening: { ...opening, content: { ...opening.content, grantee: { organisation: 4 } } } }],
    ['chain', { ...disclosure, genesisHash: other }],
    ['patient', { ...disclosure, patient: other }],
    ['number', { ...disclosure, directive: { ...directive, id: 4 } }],
    ['effect', { ...disclosure, directive: { ...directive, effect: 'Deny' } }],
    ['commitment', { ...disclosure, directive: { ...directive, commitment: other } }],
  ];
  for (const [what, given] of wrong) {
    assert.throws(() => rules.openSealed(given), (error) => error instanceof WrongOpening && error.why === 'Mismatch' && error.name === 'WrongOpening', what);
    assert.equal(rules.decide(askedBy(given, true)).verdict, 'Deny', what);
  }
  const passedOn: Disclosure = { ...disclosure, opening: { ...opening, content: { ...opening.content, actions: ['Read', 'Redisclose'] } } };
  assert.throws(() => rules.openSealed(passedOn), (error) => error instanceof WrongOpening && error.why === 'IllFormed');
  const later: Disclosure = { ...disclosure, directive: { ...directive, version: CODES_VERSION + 1 } };
  assert.throws(() => rules.openSealed(later), (error) => error instanceof WrongOpening && error.why === 'UnknownVersion');
  assert.deepEqual(rules.decide(askedBy(later, true)), { verdict: 'Deny', why: { kind: 'Default' } });
});

test('a sealed Deny without its opening forbids labelled data, and everything to whoever could not be denied in plain since it began', { skip: MISSING }, async () => {
  const rules = await load(moduleBytes());
  const { disclosure, directive } = sealedFor('Deny');
  assert.equal(rules.openSealed(disclosure).effect, 'Deny');
  const because = (change: (given: Case) => void, opened: boolean) => {
    const given: Case = { ...askedBy(disclosure, opened), base: 'Permit' };
    change(given);
    return rules.decide(given).why;
  };
  const unlabelled = (given: Case): void => { given.question = { ...given.question, labels: [] }; };
  const flagged = (...times: Interval[]) => (given: Case): void => {
    unlabelled(given);
    given.sealed = { ...given.sealed, flagged: times };
  };
  const lifted = (given: Case): void => { given.sealed = { ...given.sealed, directives: [{ ...directive, ended: 1_785_000_000 }] }; };
  assert.deepEqual(because(() => {}, false), { kind: 'Sealed', sealed: 3 });
  assert.deepEqual(because(() => {}, true), { kind: 'SealedDirective', sealed: 3 });
  assert.deepEqual(because(unlabelled, false), { kind: 'Base' });
  const forbids = { kind: 'Sealed', sealed: 3 };
  assert.deepEqual(because(flagged(ALWAYS), false), forbids);
  assert.deepEqual(because(flagged(ALWAYS), true), { kind: 'Base' }, 'it is about HIV, and not about this');
  // The denial began at 1,780,000,000, and the question is about 1,790,000,000.
  const passed: Interval = { from: 0, until: 1_779_999_999 };
  const times: [string, Interval[], object][] = [
    ['taken off before the denial began', [passed], { kind: 'Base' }],
    ['taken off in the second in which it began', [{ from: 0, until: 1_780_000_000 }], forbids],
    ['taken off since', [{ from: 1_785_000_000, until: 1_785_000_001 }], forbids],
    ['set in the second that is asked about', [{ from: 1_790_000_000, until: ALWAYS.until }], forbids],
    ['set later', [{ from: 1_790_000_001, until: ALWAYS.until }], { kind: 'Base' }],
    ['one of two', [passed, { from: 1_785_000_000, until: ALWAYS.until }], forbids],
  ];
  for (const [what, flags, why] of times) assert.deepEqual(because(flagged(...flags), false), why, what);
  assert.deepEqual(because(lifted, false), { kind: 'Default' });
  assert.equal(rules.openSealed({ ...disclosure, directive: { ...directive, ended: 1_785_000_000 } }).force, 'Lifted');
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
  const inputs = ([['decide', decisions()], ['adjudicate', adjudications()], ['open_sealed', openings()]] as const)
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
  // Who calls the module by itself finds the same bound.
  const { exports } = await WebAssembly.instantiate(await WebAssembly.compile(moduleBytes()), {});
  const alloc = exports['alloc'] as (length: number) => number;
  assert.equal(toHex(engine.call('verify_receipt', new Uint8Array(MAX_FILES))), '0x0102');
  assert.throws(() => engine.call('verify_decision', new Uint8Array(MAX_FILES + 1)), (error) => error instanceof RulesRefused && error.fault.kind === 'TooLong');
  assert.notEqual(alloc(MAX_FILES), 0);
  assert.deepEqual([0, MAX_FILES + 1, -1].map((length) => alloc(length)), [0, 0, 0]);
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
function moduleOf({ version = 4, room = 8, decide = UNREACHABLE }: { version?: number; room?: number; decide?: number[] }): Uint8Array<ArrayBuffer> {
  const types = vec(
    Uint8Array.of(0x60, 0, 1, I32), Uint8Array.of(0x60, 1, I32, 1, I32), Uint8Array.of(0x60, 2, I32, I32, 0),
    Uint8Array.of(0x60, 2, I32, I32, 1, I64),
  );
  const names = ['abi_version', 'alloc', 'free', 'decide', 'adjudicate', 'open_sealed', 'verify_receipt', 'verify_decision'];
  const exported = names.map((name, index) => concat(text(name), Uint8Array.of(0, index)));
  return new Uint8Array(concat(
    HEAD,
    section(1, types),
    section(3, Uint8Array.of(8, 0, 1, 2, 3, 3, 3, 3, 3)),
    section(5, Uint8Array.of(1, 0, 1)),
    section(7, vec(concat(text('memory'), Uint8Array.of(2, 0)), ...exported)),
    section(10, vec(
      body(...constant(version)), body(...constant(room)), body(), body(...decide),
      ...Array.from({ length: names.length - 4 }, () => body(...UNREACHABLE)),
    )),
  ));
}

test('what is no module of these rules is not used', async () => {
  const unusable = (bytes: Uint8Array<ArrayBuffer>, why: RegExp) =>
    assert.rejects(loadEngine(bytes), (error) => error instanceof RulesUnusable && why.test(error.message), String(why));
  await unusable(new Uint8Array(), /no WebAssembly/);
  await unusable(utf8('<!doctype html>') as Uint8Array<ArrayBuffer>, /no WebAssembly/);
  await unusable(HEAD, /does not export/);
  await unusable(moduleOf({ version: 2 }), /version 2, and this SDK is for version 4/);
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
