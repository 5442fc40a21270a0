/** What the SDK makes of what the chain tells about acknowledgements. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SalusError } from '@salus/types';
import { revocation, tally, type Notice } from '../acknowledgement.js';
import type { ApiAt } from '../connect.js';

const PATIENT = `0x${'11'.repeat(32)}`;
const none = { isSome: false };
const some = <T>(value: T) => ({ isSome: true, unwrap: () => value });

/** A state in which the revocation of every directive stands like this. */
function chain(standing: object): ApiAt {
  const found = { organisation: 7, revokedAt: 100, due: 400, standing };
  return { call: { acknowledgementApi: {
    revocation: async () => some(found),
    tally: async () => ({ onTime: 1, late: 2, overdue: 3, unpaid: 4 }),
  } } } as unknown as ApiAt;
}

const noticeOf = async (standing: object): Promise<Notice | undefined> => (await revocation(chain(standing), PATIENT, 3))?.notice;

test('each way in which a revocation stands is told as what it is', async () => {
  assert.deepEqual(await noticeOf({ type: 'Awaited' }), { kind: 'Awaited' });
  assert.deepEqual(await noticeOf({ type: 'Overdue', asOverdue: { markedAt: none } }), { kind: 'Overdue', markedAt: undefined });
  assert.deepEqual(await noticeOf({ type: 'Overdue', asOverdue: { markedAt: some(500) } }), { kind: 'Overdue', markedAt: 500 });
  const acknowledged = { type: 'Acknowledged', asAcknowledged: { at: 300, onTime: { isTrue: true } } };
  assert.deepEqual(await noticeOf(acknowledged), { kind: 'Acknowledged', at: 300, onTime: true });
  assert.deepEqual(await noticeOf({ type: 'TooLongAgo' }), { kind: 'TooLongAgo' }, 'which is not awaited any more');
});

test('a way that this SDK does not know is not taken for another', async () => {
  await assert.rejects(noticeOf({ type: 'Waived' }), SalusError);
});

test('the counts are told with those that have no deposit', async () => {
  assert.deepEqual(await tally(chain({}), 7), { onTime: 1, late: 2, overdue: 3, unpaid: 4 });
});
