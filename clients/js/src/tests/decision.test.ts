import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import { decideSafely, type Question } from '../consent.js';

type Answer = 'Permit' | 'Deny' | 'Emergency' | 'LawfulBasis' | 'UnknownPatient';

/** An api with two blocks, best (9) and finalised (7), each of which gives one answer. */
function chain(best: Answer, finalised: Answer): ApiPromise {
  const hash = (name: string) => ({ toHex: () => name });
  const state = (answer: Answer) => ({
    query: { timestamp: { now: async () => 1_000_000 } },
    call: {
      consentApi: {
        decide: async () => answer === 'UnknownPatient'
          ? { isErr: true, asErr: { toString: () => answer } }
          : { isErr: false, asOk: { type: answer, inner: { type: 'Directive', value: 3 } } },
      },
    },
  });
  return {
    rpc: {
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

test('permitted only if the best and the finalised state both say Permit', async () => {
  const answers: Answer[] = ['Permit', 'Deny', 'Emergency', 'LawfulBasis', 'UnknownPatient'];
  for (const inBest of answers) {
    for (const inFinalised of answers) {
      const decision = await decideSafely(chain(inBest, inFinalised), question);
      assert.equal(decision.permitted, inBest === 'Permit' && inFinalised === 'Permit', `${inBest}, ${inFinalised}`);
    }
  }
});

test('the reason names both answers and their blocks', async () => {
  const { reason } = await decideSafely(chain('Deny', 'Permit'), question);
  assert.match(reason, /best state Deny \(Directive 3\) at block 9, finalised state Permit \(Directive 3\) at block 7/);
});
