import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import { StaleNode, toldInWords, toldOf, whyInWords, type Decision, type Question, type SafeDecision } from '@salus/types';
import { BASE_PERMIT_TERM, baseDecisionAt, decideSafely } from '../consent.js';
import { sealed } from '../index.js';

type Answer = 'Permit' | 'Deny' | 'Emergency' | 'LawfulBasis' | 'UnknownPatient';
const NOW = 1_000;

/** What stands inside a verdict. */
function innerOf(answer: Answer, inner: object): unknown {
  if (answer === 'Emergency') return 3;
  return answer === 'LawfulBasis' && 'type' in inner && inner.type === 'Directive' ? { type: 'TreatmentRelationship', value: 3 } : inner;
}

/** An api with two blocks, best (9) and finalised (7), each of which gives one answer. */
function chain(best: Answer, finalised: Answer, inner: object = { type: 'Directive', value: 3 }): ApiPromise {
  const hash = (name: string) => ({ toHex: () => name });
  const state = (answer: Answer) => {
    const told = async () => answer === 'UnknownPatient'
      ? { isErr: true, asErr: { toString: () => answer } }
      : { isErr: false, asOk: { type: answer, inner: innerOf(answer, inner) } };
    const decideWith = async (_: unknown, openings: unknown[]) => {
      assert.equal(openings.length, 1, 'each state is asked with the opening');
      return told();
    };
    return { query: { timestamp: { now: async () => NOW * 1000 } }, call: { consentApi: { decide: told, decideWith } } };
  };
  return {
    consts: { babe: { expectedBlockTime: { toNumber: () => 3_000 } } },
    rpc: {
      system: {
        health: async () => ({ peers: { toNumber: () => 1 }, isSyncing: { isTrue: false }, shouldHavePeers: { isTrue: true } }),
        chainType: async () => ({ isDevelopment: false }),
      },
      chain: {
        getBlockHash: async () => hash('best'),
        getFinalizedHead: async () => hash('finalised'),
        getHeader: async (block: string) => ({ number: { toNumber: () => (block === 'best' ? 9 : 7) } }),
      },
    },
    at: async (block: string) => state(block === 'best' ? best : finalised),
  } as unknown as ApiPromise;
}

const question: Question = {
  subject: `0x${'00'.repeat(32)}`, actor: { organisation: 1 }, purpose: 'Treat', action: 'Read', dataClass: 'Laboratory',
};

/** A host whose clock stands still. */
const at = (seconds: number) => ({ now: () => seconds * 1000 });

/** By consent, in an emergency, or on another lawful basis. */
const LETS: Answer[] = ['Permit', 'Emergency', 'LawfulBasis'];

test('permitted only if the best and the finalised state both let', async () => {
  const answers: Answer[] = ['Permit', 'Deny', 'Emergency', 'LawfulBasis', 'UnknownPatient'];
  for (const inBest of answers) {
    for (const inFinalised of answers) {
      const decision = await decideSafely(chain(inBest, inFinalised), question, at(NOW));
      assert.equal(decision.permitted, LETS.includes(inBest) && LETS.includes(inFinalised), `${inBest}, ${inFinalised}`);
    }
  }
});

test('a lawful basis that this SDK does not know lets nothing', async () => {
  const value = { toString: () => '' };
  const newer = { type: 'CourtOrder', value };
  assert.equal((await decideSafely(chain('LawfulBasis', 'LawfulBasis', newer), question, at(NOW))).permitted, false);
});

test('the reason names both answers and their blocks', async () => {
  const { reason } = await decideSafely(chain('Deny', 'Permit'), question, at(NOW));
  assert.match(reason, /best state Deny \(Directive 3\) at block 9, finalised state Permit \(Directive 3\) at block 7/);
});

test('why is one of the chain\'s reasons, with its fields', async () => {
  const whyOf = async (answer: Answer, inner?: object): Promise<Decision['why']> =>
    (await decideSafely(chain(answer, answer, inner), question, at(NOW))).best.why;
  const value = { toString: () => '' };
  assert.deepEqual(await whyOf('Permit'), { kind: 'Directive', directive: 3 });
  assert.deepEqual(await whyOf('Permit', { type: 'Own', value }), { kind: 'Own' });
  assert.deepEqual(await whyOf('Permit', { type: 'Base', value }), { kind: 'Base' });
  assert.deepEqual(await whyOf('Deny'), { kind: 'Directive', directive: 3 });
  for (const kind of ['Default', 'Veto', 'State', 'Credential']) assert.deepEqual(await whyOf('Deny', { type: kind, value }), { kind });
  const number = { toString: () => '7' };
  assert.deepEqual(await whyOf('Permit', { type: 'SealedDirective', value: number }), { kind: 'SealedDirective', sealed: 7 });
  for (const kind of ['Sealed', 'SealedDirective']) assert.deepEqual(await whyOf('Deny', { type: kind, value: number }), { kind, sealed: 7 });
  assert.deepEqual(await whyOf('Permit', { type: 'Sealed', value: number }), { kind: 'Unknown', name: 'Sealed' });
  assert.deepEqual(await whyOf('Emergency'), { kind: 'Emergency', emergency: 3 });
  const relationship = { type: 'TreatmentRelationship', value: { toString: () => '3' } };
  assert.deepEqual(await whyOf('LawfulBasis', relationship), { kind: 'TreatmentRelationship', relationship: 3 });
  assert.deepEqual(await whyOf('LawfulBasis', { type: 'CourtOrder', value }), { kind: 'Unknown', name: 'CourtOrder' });
  assert.deepEqual(await whyOf('UnknownPatient'), { kind: 'Unanswered', error: 'UnknownPatient' });
  // Of a runtime that is newer than this SDK: no other reason is made of it.
  assert.deepEqual(await whyOf('Deny', { type: 'Curfew', value }), { kind: 'Unknown', name: 'Curfew' });
  assert.deepEqual(await whyOf('Permit', { type: 'Veto', value }), { kind: 'Unknown', name: 'Veto' });
  const words = ['Directive 3', 'Own', 'Emergency 4', 'TreatmentRelationship 5', 'UnknownPatient', 'Curfew', 'Sealed 7', 'SealedDirective 8'];
  const whys: Decision['why'][] = [
    { kind: 'Directive', directive: 3 }, { kind: 'Own' }, { kind: 'Emergency', emergency: 4 }, { kind: 'TreatmentRelationship', relationship: 5 },
    { kind: 'Unanswered', error: 'UnknownPatient' }, { kind: 'Unknown', name: 'Curfew' },
    { kind: 'Sealed', sealed: 7 }, { kind: 'SealedDirective', sealed: 8 },
  ];
  assert.deepEqual(whys.map(whyInWords), words);
});

test('a question about now is not answered by a node that is behind; one about the past is', async () => {
  await assert.rejects(decideSafely(chain('Permit', 'Permit'), question, at(NOW + 13)), StaleNode);
  const past = await decideSafely(chain('Permit', 'Permit'), { ...question, at: NOW - 1 }, at(NOW + 13));
  assert.equal(past.permitted, true);
});

const OPENINGS = new Map([[7, sealed.newOpening({ grantee: 'Any', actions: ['Read'], purposes: ['Treat'], classes: ['Laboratory'], labels: ['Hiv'] })]]);
const WITH_SEALED = { type: 'SealedDirective', value: { toString: () => '7' } };
const decideSealed = (inBest: Answer, inFinalised: Answer, inner: object = WITH_SEALED): Promise<SafeDecision> =>
  sealed.decideSafely(chain(inBest, inFinalised, inner), question, OPENINGS, at(NOW));

test('with openings, too, it is permitted only if the best and the finalised state both let', async () => {
  const letIn = await decideSealed('Permit', 'Permit');
  assert.deepEqual([letIn.permitted, letIn.best.why], [true, { kind: 'SealedDirective', sealed: 7 }]);
  assert.equal((await decideSealed('Deny', 'Permit')).permitted, false, 'revoked in the best state');
  assert.equal((await decideSealed('Permit', 'Deny')).permitted, false, 'not final yet');
  assert.equal((await decideSealed('Permit', 'UnknownPatient')).permitted, false);
});

test('with openings, too, a node that is behind answers nothing about now', async () => {
  await assert.rejects(sealed.decideSafely(chain('Permit', 'Permit', WITH_SEALED), question, OPENINGS, at(NOW + 13)), StaleNode);
  const past = await sealed.decideSafely(chain('Permit', 'Permit', WITH_SEALED), { ...question, at: NOW - 1 }, OPENINGS, at(NOW + 13));
  assert.equal(past.permitted, true);
});

test('whoever asked is told nothing that rests on an opening', async () => {
  const value = { toString: () => '7' };
  const inners = [{ type: 'Directive', value: 3 }, { type: 'Default', value }, { type: 'Sealed', value }, WITH_SEALED];
  for (const inner of inners) assert.deepEqual(toldOf(await decideSealed('Deny', 'Deny', inner)), { verdict: 'Deny' });
  for (const inner of [{ type: 'Directive', value: 3 }, { type: 'Base', value }, WITH_SEALED]) {
    assert.deepEqual(toldOf(await decideSealed('Permit', 'Permit', inner)), { verdict: 'Permit' });
  }
  assert.deepEqual(toldOf(await decideSealed('Permit', 'Deny')), { verdict: 'Deny' });
  // These stand on the chain, and oblige to something.
  assert.deepEqual(toldOf(await decideSealed('Emergency', 'Emergency')), { verdict: 'Emergency', emergency: 3 });
  const relationship = { type: 'Directive', value: 3 };
  assert.deepEqual(toldOf(await decideSealed('LawfulBasis', 'LawfulBasis', relationship)), { verdict: 'LawfulBasis', relationship: 3 });
});

test('in words no more is told of an answer with openings, but the blocks on which it rests', async () => {
  const value = { toString: () => '7' };
  const words = async (verdict: Parameters<typeof decideSealed>[0], inner?: Parameters<typeof decideSealed>[2]): Promise<string> =>
    toldInWords(await decideSealed(verdict, verdict, inner)).replace(/, by the states of blocks \d+ and \d+$/, '');
  for (const inner of [{ type: 'Default', value }, { type: 'Sealed', value }, WITH_SEALED]) assert.equal(await words('Deny', inner), 'Deny');
  assert.equal(await words('Permit', WITH_SEALED), 'Permit');
  assert.equal(await words('Emergency'), 'Emergency 3');
  assert.equal(await words('LawfulBasis', { type: 'Directive', value: 3 }), 'LawfulBasis (relationship 3)');
});

test('a base decision of Permit is Unset after two years, and the others stay', () => {
  const term = BASE_PERMIT_TERM;
  assert.equal(term, 2 * 365 * 86_400);
  const made = [{ from: 100, decision: 'Deny' }, { from: 200, decision: 'Permit' }] as const;
  const held = [99, 100, 199, 200, 199 + term, 200 + term].map((moment) => baseDecisionAt(made, moment));
  assert.deepEqual(held, ['Unset', 'Deny', 'Deny', 'Permit', 'Permit', 'Unset']);
  assert.equal(baseDecisionAt(made.slice(0, 1), 200 + 2 * term), 'Deny');
});
