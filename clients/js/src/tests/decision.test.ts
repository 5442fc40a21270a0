import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import { decideSafely, whyInWords, type Decision, type Question } from '../consent.js';
import { StaleNode } from '../errors.js';

type Answer = 'Permit' | 'Deny' | 'Emergency' | 'LawfulBasis' | 'UnknownPatient';
const NOW = 1_000;

/** An api with two blocks, best (9) and finalised (7), each of which gives one answer. */
/** What stands inside a verdict. */
function innerOf(answer: Answer, inner: object): unknown {
  if (answer === 'Emergency') return 3;
  return answer === 'LawfulBasis' && 'type' in inner && inner.type === 'Directive' ? { type: 'TreatmentRelationship', value: 3 } : inner;
}

function chain(best: Answer, finalised: Answer, inner: object = { type: 'Directive', value: 3 }): ApiPromise {
  const hash = (name: string) => ({ toHex: () => name });
  const state = (answer: Answer) => ({
    query: { timestamp: { now: async () => NOW * 1000 } },
    call: {
      consentApi: {
        decide: async () => answer === 'UnknownPatient'
          ? { isErr: true, asErr: { toString: () => answer } }
          : { isErr: false, asOk: { type: answer, inner: innerOf(answer, inner) } },
      },
    },
  });
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
  assert.deepEqual(await whyOf('Emergency'), { kind: 'Emergency', emergency: 3 });
  const relationship = { type: 'TreatmentRelationship', value: { toString: () => '3' } };
  assert.deepEqual(await whyOf('LawfulBasis', relationship), { kind: 'TreatmentRelationship', relationship: 3 });
  assert.deepEqual(await whyOf('LawfulBasis', { type: 'CourtOrder', value }), { kind: 'Unknown', name: 'CourtOrder' });
  assert.deepEqual(await whyOf('UnknownPatient'), { kind: 'Unanswered', error: 'UnknownPatient' });
  // Of a runtime that is newer than this SDK: no other reason is made of it.
  assert.deepEqual(await whyOf('Deny', { type: 'Curfew', value }), { kind: 'Unknown', name: 'Curfew' });
  assert.deepEqual(await whyOf('Permit', { type: 'Veto', value }), { kind: 'Unknown', name: 'Veto' });
  const words = ['Directive 3', 'Own', 'Emergency 4', 'TreatmentRelationship 5', 'UnknownPatient', 'Curfew'];
  const whys: Decision['why'][] = [
    { kind: 'Directive', directive: 3 }, { kind: 'Own' }, { kind: 'Emergency', emergency: 4 }, { kind: 'TreatmentRelationship', relationship: 5 },
    { kind: 'Unanswered', error: 'UnknownPatient' }, { kind: 'Unknown', name: 'Curfew' },
  ];
  assert.deepEqual(whys.map(whyInWords), words);
});

test('a question about now is not answered by a node that is behind; one about the past is', async () => {
  await assert.rejects(decideSafely(chain('Permit', 'Permit'), question, at(NOW + 13)), StaleNode);
  const past = await decideSafely(chain('Permit', 'Permit'), { ...question, at: NOW - 1 }, at(NOW + 13));
  assert.equal(past.permitted, true);
});
