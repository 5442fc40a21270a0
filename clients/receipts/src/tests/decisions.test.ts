/** Decision receipts: the client asks for what `salus-verify` reads, no more and no less, and makes none that is not complete. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import { hexToU8a } from '@polkadot/util';
import { cryptoWaitReady, encodeAddress } from '@polkadot/util-crypto';
import { concat, InvalidArgument, type Hex, type Question } from '@salus/types';
import { toLittleEndian } from '@salus/types/scale';
import type { DecisionQuestion } from '../decision-format.js';
import { circumstances, factsOf } from '../decision-items.js';
import type { Reading } from '../decision-reading.js';
import { checkComplete } from '../decisions.js';
import { decisionKeys, genesisKey, layoutKey, runtimeKey, timeKey } from '../keys.js';
import { decodeHeader, makeDecision, makeDecisionUnderRelay, parseDecision, ReceiptMalformed, ReceiptRefused, StorageProof, type RefusalReason } from '../receipts.js';
import { Chain, justify } from './receipts-chain.js';
import { asParachain, PARA, Relay, voters, withoutGrandpa, type Block } from './receipts-relay-chain.js';

interface Vector {
  name: string;
  receipt: { question: DecisionQuestion; proof: Hex[]; header: Hex };
  /** Of a genuine one, what the answer depends on: each key, with what stands there. */
  items: Record<Hex, Hex | null> | null;
  verdict: { exit: number; error: string | null };
}

const VECTORS = new URL('../../../../docs/vectors/decisions/', import.meta.url);
const vectors = readdirSync(VECTORS).filter((name) => name !== 'usual.json')
  .map((name) => JSON.parse(readFileSync(new URL(name, VECTORS), 'utf8')) as Vector);
const named = (name: string): Vector => {
  const found = vectors.find((vector) => vector.name === name);
  assert.ok(found, name);
  return found;
};

before(async () => { await cryptoWaitReady(); });

/** The keys that are asked for, where `items` stand. */
function asked(question: DecisionQuestion, items: Record<Hex, Hex | null>): Hex[] {
  const keys: Hex[] = [];
  const run = <T>(reading: Reading<T>): T => {
    let next = reading.next();
    while (next.done !== true) {
      const { key } = next.value;
      keys.push(key);
      assert.ok(key in items, `salus-verify does not read ${next.value.tells}`);
      const value = items[key] ?? undefined;
      next = reading.next(value && hexToU8a(value));
    }
    return next.value;
  };
  const { time, strange } = run(circumstances());
  assert.equal(strange, undefined);
  assert.equal(run(factsOf(question, time)), undefined);
  return keys;
}

test('the client asks for exactly what salus-verify reads', () => {
  let genuine = 0;
  for (const { name, receipt, items } of vectors) {
    if (!items) continue;
    const keys = asked(receipt.question, items);
    assert.deepEqual(new Set(keys), new Set(Object.keys(items)), name);
    assert.equal(new Set(keys).size, keys.length, 'nothing twice');
    genuine += 1;
  }
  assert.equal(genuine, 33);
});

test('the client reads the files that salus-verify reads, and finds incomplete what salus-verify does', () => {
  const open: string[] = [];
  for (const { name, receipt, verdict } of vectors) {
    const text = JSON.stringify(receipt);
    if (verdict.error === 'malformed') {
      assert.throws(() => parseDecision(text), ReceiptMalformed, name);
      continue;
    }
    const { question, header, proof } = parseDecision(text);
    const check = (): void => checkComplete(question, decodeHeader(hexToU8a(header)), proof);
    // Values that lead to no other key are read by salus-verify alone.
    if (name === 'circle' || ['fact-unproven', 'other-state', 'future-moment', 'no-such-patient'].includes(verdict.error ?? '')) {
      assert.throws(check, (error) => error instanceof ReceiptRefused && error.reason === 'Unsound', name);
      open.push(name);
    } else {
      check();
    }
  }
  assert.ok(open.length >= 9, open.join());
});

test('each node that is left out of a proof is noticed', () => {
  const { receipt: { question, header, proof } } = named('past-permit');
  for (const [left] of proof.entries()) {
    const rest = proof.filter((_, i) => i !== left);
    assert.throws(() => checkComplete(question, decodeHeader(hexToU8a(header)), rest), ReceiptRefused, `node ${left}`);
  }
});

const HOUR = 3_600;

/** A chain with the state of a vector, beside others' items, whose time is its own. */
function chainOf({ items }: Vector): Chain {
  assert.ok(items);
  const chain = new Chain(voters);
  for (const [key, value] of Object.entries(items) as [Hex, Hex | null][]) {
    if (value !== null && key !== timeKey()) chain.set(key, hexToU8a(value));
  }
  const other = `0x${'78'.repeat(32)}` as Hex;
  chain.set(decisionKeys.vetoes(other), new Uint8Array(40)).set(decisionKeys.directives(other), new Uint8Array(40));
  return chain;
}

/** The time of a chain's next block, in seconds, as `Chain` has it. */
const timeOf = (chain: Chain): number => 1_700_000_000 + 3 * chain.blocks.length;

interface Told {
  isErr: boolean;
  asErr?: string;
  asOk?: { type: string; inner: { type: string; value: number } };
}

const PERMITTED: Told = { isErr: false, asOk: { type: 'Permit', inner: { type: 'Directive', value: 3 } } };

/** The chain's api, with an answer of the runtime API; `seen` learns what it was asked. */
const apiOf = (chain: Chain, told: Told, seen: unknown[] = [], change: (key: Hex, value: Uint8Array) => Uint8Array = (_, value) => value): ApiPromise => {
  const api = chain.api(undefined, () => chain.tell(justify(chain.best, chain.setId, voters)));
  const raw = api.rpc.state.queryStorageAt.raw.bind(api.rpc.state.queryStorageAt) as (keys: Hex[], hash: string) => Promise<{ changes: [Hex, Hex | null][] }[]>;
  return {
    ...api,
    rpc: {
      ...api.rpc,
      state: {
        ...api.rpc.state,
        queryStorageAt: {
          raw: async (keys: Hex[], hash: string) => (await raw(keys, hash)).map(({ changes }) => ({
            changes: changes.map(([key, value]) => [key, value && Buffer.from(change(key, hexToU8a(value))).toString('hex').replace(/^/, '0x')]),
          })),
        },
      },
    },
    at: async () => ({ call: { consentApi: { decide: async (question: unknown) => { seen.push(question); return told; } } } }),
  } as unknown as ApiPromise;
};

const refused = (reason: RefusalReason, words: RegExp) => (error: unknown): boolean => {
  assert.ok(error instanceof ReceiptRefused, String(error));
  assert.equal(error.reason, reason, error.message);
  assert.match(error.message, words);
  return true;
};

/** A question of the vectors as an application asks it. */
function questionOf({ receipt: { question: { subject, actor, purpose, action, dataClass } } }: Vector, at?: number): Question {
  assert.ok(actor.account !== null && actor.organisation !== null);
  return { subject, actor: { organisation: actor.organisation, practitioner: encodeAddress(actor.account) }, purpose, action, dataClass, at };
}

/** The vector with everything that is old made older than the test chain: from its beginning on. */
function aged(name: string): Vector {
  const vector = named(name);
  const began = BigInt(vector.receipt.question.at) - 30n * 86_400n;
  const bytes = Buffer.from(toLittleEndian(began, 8)).toString('hex');
  const older = Buffer.from(toLittleEndian(1_600_000_000n, 8)).toString('hex');
  const items = JSON.parse(JSON.stringify(vector.items).replaceAll(bytes, older)) as Vector['items'];
  return { ...vector, items };
}

test('a receipt has the question, the verdict and a complete proof, as of the block or of a moment before it', async () => {
  const vector = aged('permit');
  const chain = chainOf(vector);
  const now = timeOf(chain);
  chain.add();
  const seen: unknown[] = [];
  const receipt = await makeDecision(apiOf(chain, PERMITTED, seen), questionOf(vector));
  assert.equal(chain.listeners, 0);
  assert.deepEqual(
    [receipt.format, receipt.version, receipt.specVersion, receipt.question.at, receipt.verdict],
    ['salus-decision', 1, 2_000, String(now), { kind: 'Permit', rule: 'Directive', number: '3' }],
  );
  assert.equal((seen as { at: number }[])[0]?.at, now, 'the chain is asked about the same moment');
  assert.deepEqual(parseDecision(JSON.stringify(receipt)), receipt);
  const header = decodeHeader(hexToU8a(receipt.header));
  assert.equal(header.hash, chain.best.hash);
  const proof = new StorageProof(header.stateRoot, receipt.proof.map((node) => hexToU8a(node)));
  for (const key of [runtimeKey(), layoutKey('Consent'), timeKey(), decisionKeys.directives(receipt.question.subject)]) {
    assert.ok(proof.get(hexToU8a(key)));
  }
  const earlier = await makeDecision(apiOf(chain, PERMITTED), questionOf(vector, now - HOUR), { timeout: 10_000 });
  assert.equal(earlier.question.at, String(now - HOUR));
  const past = await makeDecision(apiOf(chain, PERMITTED), questionOf(vector), { timeout: 10_000 });
  assert.deepEqual(past, receipt, 'the same each time');
});

test('nothing is made that could not be complete, each with its reason', async () => {
  const vector = aged('permit');
  const chain = chainOf(vector);
  const now = timeOf(chain);
  chain.add();
  const [question, { subject }] = [questionOf(vector), vector.receipt.question];
  const make = (told: Told, asked: Question = question, change?: (key: Hex, value: Uint8Array) => Uint8Array): Promise<unknown> =>
    makeDecision(apiOf(chain, told, [], change), asked, { timeout: 50 });

  await assert.rejects(make({ isErr: true, asErr: 'UnknownPatient' }), refused('Unanswered', /UnknownPatient/));
  await assert.rejects(make(PERMITTED, { ...question, subject: `0x${'01'.repeat(32)}` }), refused('Unanswered', /UnknownPatient/));
  await assert.rejects(make({ isErr: false, asOk: { type: 'LawfulBasis', inner: { type: 'CourtOrder', value: 1 } } }), refused('UnknownRules', /CourtOrder/));
  for (const type of ['Permit', 'Deny']) {
    await assert.rejects(make({ isErr: false, asOk: { type, inner: { type: 'SealedDirective', value: 7 } } }), refused('UnknownRules', /sealed directive 7, which no receipt opens/));
  }
  await assert.rejects(make(PERMITTED, { ...question, at: now + 60 }), refused('NotFinal', /no justification of such a block/), 'a moment that has not come');
  const later = (key: Hex, value: Uint8Array): Uint8Array => (key === layoutKey('Care') ? Uint8Array.of(9, 0) : value);
  await assert.rejects(make(PERMITTED, question, later), refused('UnknownRules', /^no receipt: Care stores in a version/));
  // What the node says of an item leads elsewhere than its proof: the directives of a patient with a past.
  const past = (key: Hex, value: Uint8Array): Uint8Array => (key === decisionKeys.directives(subject)
    ? concat(value.slice(0, 4), Uint8Array.of(32, 0, 0, 0), value.slice(8)) : value);
  await assert.rejects(make(PERMITTED, { ...question, at: now - HOUR }, past), refused('Unsound', /page 0 of the patient's past directives/));
  const cut = (key: Hex, value: Uint8Array): Uint8Array => (key === decisionKeys.handle(subject) ? value.slice(0, 9) : value);
  await assert.rejects(make(PERMITTED, question, cut), refused('Unsound', /too early/));
  await assert.rejects(make(PERMITTED, { ...question, subject: '0x12' }), InvalidArgument);
  await assert.rejects(make(PERMITTED, { ...question, at: 1e12 }), InvalidArgument);
});

test('a sealed denial that the chain cannot open is told with its number', async () => {
  const vector = aged('sealed-employer');
  const chain = chainOf(vector);
  chain.add();
  const receipt = await makeDecision(apiOf(chain, { isErr: false, asOk: { type: 'Deny', inner: { type: 'Sealed', value: 7 } } }), questionOf(vector));
  assert.deepEqual(receipt.verdict, { kind: 'Deny', rule: 'Sealed', number: '7' });
  assert.deepEqual(parseDecision(JSON.stringify(receipt)), receipt);
});

test('a node whose proof lacks something is refused', async () => {
  const vector = aged('permit');
  const chain = chainOf(vector);
  chain.add();
  const api = apiOf(chain, PERMITTED);
  const whole = api.rpc.state.getReadProof.raw.bind(api.rpc.state.getReadProof) as (keys: Hex[], hash: string) => Promise<{ proof: Hex[] }>;
  const { question } = vector.receipt;
  const lacking = {
    ...api,
    rpc: {
      ...api.rpc,
      state: {
        ...api.rpc.state,
        getReadProof: { raw: (keys: Hex[], hash: string) => whole(keys.filter((key) => key !== decisionKeys.directives(question.subject)), hash) },
      },
    },
  } as unknown as ApiPromise;
  await assert.rejects(makeDecision(lacking, questionOf(vector)), refused('Unsound', /leaves open the patient's directives/));
});

test('a parachain and a block without its state are told as such', async () => {
  const vector = aged('permit');
  const chain = chainOf(vector);
  chain.add();
  const api = apiOf(chain, PERMITTED);
  await assert.rejects(makeDecision({ ...api, query: {} } as unknown as ApiPromise, questionOf(vector)), refused('WrongRelay', /a parachain/));
  const old = chain.add({ next: voters });
  chain.add();
  chain.prunedBelow = chain.blocks.length;
  await assert.rejects(makeDecision(api, questionOf(vector), { at: old.number }), refused('StatePruned', /leave out `at`/));
});

test('of a parachain, the relay chain names the block, and the proof says which chain it is', async () => {
  const vector = aged('permit');
  const para = asParachain(chainOf(vector));
  para.add();
  const relay = new Relay();
  const make = (told: Block[], asked = questionOf(vector)): ReturnType<typeof makeDecisionUnderRelay> => {
    const tell = (): void => told.forEach((block, i) => setTimeout(() => relay.tell(justify(block, relay.setId, relay.voters)), 20 * i));
    return makeDecisionUnderRelay(withoutGrandpa(apiOf(para, PERMITTED)), relay.api(undefined, tell), asked, { timeout: 300 });
  };
  const older = relay.name(para.blocks[0] as Block);
  const receipt = await make([older, relay.name(para.best)]);
  assert.deepEqual(
    [receipt.version, receipt.header, receipt.finality.relay.paraId, receipt.finality.relay.header],
    [2, `0x${Buffer.from(para.best.bytes).toString('hex')}`, PARA, `0x${Buffer.from(relay.best.bytes).toString('hex')}`],
  );
  assert.deepEqual(parseDecision(JSON.stringify(receipt)), receipt);
  const proof = new StorageProof(decodeHeader(hexToU8a(receipt.header)).stateRoot, receipt.proof.map((node) => hexToU8a(node)));
  assert.deepEqual(proof.get(hexToU8a(genesisKey())), hexToU8a(receipt.genesis));
  assert.equal(relay.listeners, 0);
  const later = questionOf(vector, Number(receipt.question.at) + 60);
  await assert.rejects(make([relay.name(para.best)], later), refused('NotFinal', /no justification of such a block/));
});
