/** Failures of calls that other calls wrap: the transaction succeeds, and an event tells. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import type { KeyringPair } from '@polkadot/keyring/types';
import type { DispatchError, EventRecord } from '@polkadot/types/interfaces';
import { TypeRegistry } from '@polkadot/types';
import { DispatchFailed } from '@salus/types';
import { wrappedFailure } from '../failures.js';
import { submit, type Call } from '../tx.js';

const registry = new TypeRegistry();
const ALREADY_ENDED = { Module: { index: 42, error: '0x07000000' } };
const HASH = `0x${'11'.repeat(32)}`;

/** An api that knows one error of one pallet. */
const api = {
  registry: {
    findMetaError: ({ index, error }: { index: { toNumber(): number }; error: Uint8Array }) => {
      assert.deepEqual([index.toNumber(), error[0]], [42, 7]);
      return { section: 'consent', name: 'AlreadyEnded', docs: ['It has', ' ended.'] };
    },
  },
  on: () => undefined, off: () => undefined,
  rpc: {
    chain: {
      getHeader: async () => ({ number: { toNumber: () => 3 } }), getFinalizedHead: async () => '0x',
      getBlockHash: async () => ({ toHex: () => HASH }),
    },
    system: { accountNextIndex: async () => ({ toNumber: () => 0 }) },
  },
} as unknown as ApiPromise;

const error = (value: object | string = ALREADY_ENDED): DispatchError => registry.createType('DispatchError', value);
const failed = (value?: object) => registry.createType('Result<Null, DispatchError>', { Err: error(value) });
const succeeded = () => registry.createType('Result<Null, DispatchError>', { Ok: null });
const u32 = (value: number) => registry.createType('u32', value);

function event(name: string, ...data: unknown[]): EventRecord {
  const [section, method] = name.split('.');
  return { event: { section, method, data } } as unknown as EventRecord;
}

const completed = event('utility.ItemCompleted');
const itemFailed = event('utility.ItemFailed', error());
const withErrors = event('utility.BatchCompletedWithErrors');

const failureOf = (...events: EventRecord[]): DispatchFailed | undefined => wrappedFailure(api, events, 'outer.call', HASH);

/** Asserts that the one failure is decoded, and returns where it hid. */
function wrapping(...events: EventRecord[]) {
  const failure = failureOf(...events);
  assert.ok(failure);
  assert.ok(failure.is('consent', 'AlreadyEnded'), failure.message);
  assert.equal(failure.docs, 'It has  ended.');
  assert.equal(failure.blockHash, HASH);
  return failure.wrappedIn;
}

test('a call that fails inside another is found, by the name of its own error', () => {
  const account = registry.createType('AccountId', `0x${'22'.repeat(32)}`);
  const hash = registry.createType('H256', HASH);
  const wrappers: [string, ...unknown[]][] = [
    ['proxy.ProxyExecuted', failed()],
    ['multisig.MultisigExecuted', account, u32(1), account, hash, failed()],
    ['council.Executed', hash, failed()],
    ['technicalCommittee.MemberExecuted', hash, failed()],
    ['scheduler.Dispatched', u32(1), registry.createType('Option<H256>', null), failed()],
    ['utility.DispatchedAs', failed()],
    ['sudo.Sudid', failed()],
    ['sudo.SudoAsDone', failed()],
    ['system.RejectedInvalidAuthorizedUpgrade', hash, error()],
  ];
  for (const [name, ...data] of wrappers) {
    assert.deepEqual(wrapping(event('balances.Withdraw', account, u32(5)), event(name, ...data)), { event: name, index: undefined });
  }
});

test('errors that are no module\'s have their names too', () => {
  assert.ok(failureOf(event('proxy.ProxyExecuted', failed({ Token: 'Frozen' })))?.is('system', 'Token.Frozen'));
  assert.ok(failureOf(event('proxy.ProxyExecuted', failed({ BadOrigin: null })))?.is('system', 'BadOrigin'));
});

test('a batch that stopped names the call at which it did', () => {
  const failure = failureOf(completed, completed, event('utility.BatchInterrupted', u32(2), error()));
  assert.deepEqual(failure?.wrappedIn, { event: 'utility.BatchInterrupted', index: 2 });
  assert.match(failure.message, /^outer\.call failed with consent\.AlreadyEnded in call 2 of the batch \(utility\.BatchInterrupted\): It has/);
});

test('a batch that goes on names each call that failed', () => {
  const failure = failureOf(completed, itemFailed, completed, itemFailed, withErrors);
  assert.deepEqual(failure?.wrappedIn, { event: 'utility.ItemFailed', index: 1 });
  assert.deepEqual(failure.others.map(({ wrappedIn }) => wrappedIn?.index), [3]);
  assert.match(failure.message, /1 more failed/);
});

test('a failure inside a call of a batch has the number of that call', () => {
  const proxied = event('proxy.ProxyExecuted', failed());
  assert.deepEqual(wrapping(completed, proxied, completed, event('utility.BatchCompleted')), { event: 'proxy.ProxyExecuted', index: 1 });
  // A batch by proxy, and then a multisig that is none of it.
  assert.equal(wrapping(completed, itemFailed, withErrors, event('proxy.ProxyExecuted', succeeded()))?.index, 1);
  assert.equal(wrapping(completed, event('utility.BatchCompleted'), proxied)?.index, undefined);
});

test('of batches in batches it gives no number rather than a wrong one', () => {
  assert.deepEqual(wrapping(completed, itemFailed, withErrors, completed, withErrors), { event: 'utility.ItemFailed', index: undefined });
  const inner = event('utility.BatchInterrupted', u32(0), error());
  assert.equal(wrapping(completed, inner, completed, event('utility.BatchCompleted'))?.index, 0);
});

test('what succeeded, and a fallback that took over, is no failure', () => {
  assert.equal(failureOf(), undefined);
  assert.equal(failureOf(
    completed, event('utility.BatchCompleted'), event('proxy.ProxyExecuted', succeeded()),
    event('utility.IfElseFallbackCalled', error()), event('system.ExtrinsicSuccess', u32(1)),
  ), undefined);
});

test('submit throws what a wrapped call failed with, and resolves if none did', async () => {
  const block = { toHex: () => HASH };
  const call = (...events: EventRecord[]): Call => ({
    method: { section: 'proxy', method: 'proxy', toHex: () => '0x' }, era: { isMortalEra: false }, hash: block,
    async signAsync() { return this; },
    send: async (tell: (result: object) => void) => {
      tell({ status: { type: 'InBlock', isInBlock: true, asInBlock: block }, events: [...events, event('system.ExtrinsicSuccess')], txHash: block });
      return () => undefined;
    },
  }) as unknown as Call;
  const sender = { address: HASH, sign: () => undefined } as unknown as KeyringPair;
  await assert.rejects(
    submit(api, call(event('proxy.ProxyExecuted', failed())), sender, { until: 'inBlock' }),
    (thrown) => thrown instanceof DispatchFailed && thrown.is('consent', 'AlreadyEnded')
      && thrown.call === 'proxy.proxy' && thrown.wrappedIn?.event === 'proxy.ProxyExecuted',
  );
  const included = await submit(api, call(event('proxy.ProxyExecuted', succeeded())), sender, { until: 'inBlock' });
  assert.equal(included.blockNumber, 3);
});
