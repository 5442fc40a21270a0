/** Receipts of records and of decisions, judged by the module of the rules: each is worth what `salus-verify` says that it is worth. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hexToU8a } from '@polkadot/util';
import { InvalidArgument, utf8 } from '@salus/types';
import type { DecisionReceipt } from '../receipts.js';
import {
  encodeCase, encodeClaimedDecision, encodePresentation, load, ReceiptUnproven, RulesRefused, type Beliefs, type Case, type ClaimedDecision, type Presentation,
} from '../rules/index.js';
import { decisionVectors, vectors, type Believed, type Vector } from './receipts-vectors.js';
import { decisions, MISSING, moduleBytes } from './rules-vectors.js';

const file = (value: unknown): string => JSON.stringify(value);

const beliefsOf = ({ expectGenesis, genesis, trail, checkpoint, relay }: Believed): Beliefs => ({
  start: relay?.expectBlock
    ? { block: file(relay.start), hash: relay.expectBlock }
    : { genesis: file(genesis), hash: relay?.expectGenesis ?? expectGenesis },
  ...(relay ? { parachain: { id: relay.paraId, genesis: expectGenesis } } : {}),
  trail: file(trail),
  checkpoints: checkpoint ? [file(checkpoint)] : [],
});

const presentationOf = (vector: Vector): Presentation =>
  ({ ...beliefsOf(vector), receipt: file(vector.receipt), record: hexToU8a(vector.record) });

const claimOf = (vector: Believed): ClaimedDecision => ({ ...beliefsOf(vector), receipt: file(vector.receipt) });

/** That `judge` refuses for the reason of the vector; which one that is. */
function refusal({ folder, name, verdict: { exit, error: code } }: Believed, judge: () => unknown): string {
  assert.throws(judge, (error) => {
    assert.ok(error instanceof ReceiptUnproven && error instanceof RulesRefused, `${folder}/${name}: ${String(error)}`);
    assert.equal(error.code, code, `${folder}/${name}: ${error.message}`);
    assert.equal(error.malformed, exit === 2, `${folder}/${name}`);
    assert.ok(error.message.includes(`(${code}): `), error.message);
    return true;
  });
  return String(code);
}

test('every receipt of the vectors is worth to the module what it is worth to salus-verify', { skip: MISSING }, async () => {
  const rules = await load(moduleBytes());
  const seen = { current: 0, former: 0, refused: new Set<string>() };
  for (const vector of vectors) {
    const { folder, name, verdict: { exit, error: code } } = vector;
    if (code !== null) {
      seen.refused.add(refusal(vector, () => rules.verifyReceipt(presentationOf(vector))));
      continue;
    }
    const { records: [record], voters, of, vouched } = rules.verifyReceipt(presentationOf(vector));
    assert.equal(record?.standing.kind === 'Current' ? 0 : 3, exit, `${folder}/${name}`);
    assert.ok(voters * 3 > of * 2);
    assert.equal(vouched !== undefined, name === 'forced-vouched');
    if (exit === 0) seen.current++;
    else seen.former++;
  }
  assert.ok(seen.current >= 15 && seen.former >= 8 && seen.refused.size >= 30, JSON.stringify({ ...seen, refused: [...seen.refused] }));
});

/** The rule that a verdict rests on, and the number with it, as the file has them. */
function toldOf({ verdict: kind, why: { kind: rule, ...rest } }: ReturnType<Awaited<ReturnType<typeof load>>['decide']>): DecisionReceipt['verdict'] {
  const [number = null] = Object.values(rest).map(String);
  return { kind, rule, number };
}

test('every decision receipt of the vectors is worth to the module what it is worth to salus-verify', { skip: MISSING }, async () => {
  const rules = await load(moduleBytes());
  const seen = { allowed: 0, denied: 0, refused: new Set<string>() };
  const [{ case: any } = {}] = decisions();
  assert.ok(any);
  for (const vector of decisionVectors) {
    const { name, receipt, verdict: { exit, error: code } } = vector;
    if (code !== null) {
      seen.refused.add(refusal(vector, () => rules.verifyDecision(claimOf(vector))));
      continue;
    }
    const claimed = receipt as DecisionReceipt;
    const { question, verdict, at, time, runtime, voters, of } = rules.verifyDecision(claimOf(vector));
    assert.deepEqual(toldOf(verdict), claimed.verdict, name);
    assert.equal(verdict.verdict === 'Deny' ? 3 : 0, exit, name);
    assert.equal(runtime.version, claimed.specVersion);
    assert.ok(at <= time && voters * 3 > of * 2, name);
    const { actor, dataTime, at: askedAt, ...plain } = claimed.question;
    const { actor: whom, dataTime: dated, at: asOf, ...rest } = question;
    assert.deepEqual({ ...rest, labels: new Set(rest.labels) }, { ...plain, labels: new Set(plain.labels) }, name);
    assert.deepEqual([dated, asOf, at].map((moment) => moment?.toString() ?? null), [dataTime, askedAt, askedAt], name);
    assert.deepEqual(
      'own' in whom ? { kind: 'Own', organisation: null, account: whom.own }
        : { kind: whom.practitioner === undefined ? 'Organisation' : 'Practitioner', organisation: whom.organisation, account: whom.practitioner ?? null },
      actor, name,
    );
    // What was asked can be asked of the rules as it is.
    assert.doesNotThrow(() => encodeCase({ ...(any as Case), question }), name);
    if (exit === 0) seen.allowed++;
    else seen.denied++;
  }
  assert.ok(seen.allowed >= 10 && seen.denied >= 10 && seen.refused.size >= 12, JSON.stringify({ ...seen, refused: [...seen.refused] }));
});

test('files are taken in bytes as in text, and what is no file is refused by its name', () => {
  const [vector] = vectors;
  assert.ok(vector);
  const presentation = presentationOf(vector);
  assert.deepEqual(encodePresentation({ ...presentation, receipt: utf8(presentation.receipt as string) }), encodePresentation(presentation));
  const wrong: [string, object][] = [
    ['start', { start: undefined }], ['start.hash', { start: { genesis: '{}', hash: '0x12' } }], ['start.genesis', { start: { ...presentation.start, genesis: 3 } }],
    ['trail', { trail: null }], ['checkpoints', { checkpoints: '{}' }], ['checkpoints[0]', { checkpoints: [{}] }], ['receipt', { receipt: {} }],
    ['record', { record: 'text' }], ['parachain', { parachain: null }], ['parachain.id', { parachain: { id: -1, genesis: vector.expectGenesis } }],
    ['parachain.genesis', { parachain: { id: 1, genesis: '' } }],
  ];
  for (const [name, change] of wrong) {
    const named = (error: unknown): boolean => error instanceof InvalidArgument && error.message.includes(name);
    assert.throws(() => encodePresentation({ ...presentation, ...change } as Presentation), named, name);
    if (name !== 'record') assert.throws(() => encodeClaimedDecision({ ...presentation, ...change } as ClaimedDecision), named, name);
  }
});

test('as deep a record as is read is read, and a deeper one refused by name', { skip: MISSING }, async () => {
  const rules = await load(moduleBytes());
  const vector = vectors.find(({ folder, name }) => folder === 'receipts-chain' && name === 'fhir');
  assert.ok(vector);
  const judge = (depth: number): unknown =>
    rules.verifyReceipt({ ...presentationOf(vector), record: utf8(`${'['.repeat(depth)}${']'.repeat(depth)}`) });
  for (const depth of [512, 513, 100_000]) {
    assert.throws(() => judge(depth), (error) => error instanceof ReceiptUnproven, `${depth} lists within each other`);
  }
  assert.doesNotThrow(() => rules.verifyReceipt(presentationOf(vector)), 'the module answers as before');
});
