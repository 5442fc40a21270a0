/** Transactions and nodes that stand still, are cut off or let them go: each is found in the chain, and none is paid twice. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import type { KeyringPair } from '@polkadot/keyring/types';
import type { ISubmittableResult } from '@polkadot/types/types';
import { best, blockAtLeast, claims, connect, identity, submit, whatBecameOf, type Call, type Included } from '@salus/client';
import { NodeUnavailable, SalusError, TransactionLost } from '@salus/types';
import { reach, startChain, type RunningNode } from '../node.js';
import { Proxy } from '../proxy.js';
import { quiet } from '../quiet.js';
import { begin, type Setting } from '../setting.js';
import { Transcript } from '../transcript.js';
import { GRACE, PATIENCE, until } from '../wait.js';
import { World } from '../world.js';

let all: Setting;
let node: RunningNode;
let api: ApiPromise;
let world: World;

quiet();

before(async () => {
  all = await begin(async () => {
    node = await startChain();
    return node;
  });
  ({ api } = all);
  world = new World(api, new Transcript(api, () => undefined), all.folder);
});

after(async () => {
  node?.thaw();
  await all?.stop();
});

/** A call of which every inclusion can be seen: it moves tokens. */
const AMOUNT = 1_000_000_000_000n;
const pay = (to: string, at = api): Call => at.tx.balances.transferKeepAlive(to, AMOUNT);
const alice = (): KeyringPair => world.keyring.addFromUri('//Alice');
const nonceOf = async (who: KeyringPair): Promise<number> => (await api.rpc.system.accountNextIndex(who.address)).toNumber();
const paid = async (to: string): Promise<bigint> => world.tokensOf(to);

/** What the node tells of a call, as it comes, from when it is sent on: the first word is that its pool has it. */
function toldOf(call: Call): string[] {
  const told: string[] = [];
  const send = call.send.bind(call) as unknown as (listener: (result: ISubmittableResult) => void) => Promise<() => void>;
  const heard = (listener: (result: ISubmittableResult) => void): Promise<() => void> => send((result) => {
    told.push(result.status.type);
    listener(result);
  });
  Object.assign(call, { send: heard });
  return told;
}

/** How a submission ended, without waiting for it here. */
const outcomeOf = (work: Promise<Included>): Promise<Included | Error> => work.catch((error: Error) => error);

test('a node that stands still: the caller hears of it in time, and learns later what became of the transaction', async () => {
  const to = world.stranger().address;
  const call = pay(to);
  const told = toldOf(call);
  const timeout = 10_000;
  const nonce = await nonceOf(alice());
  const began = Date.now();
  // Behind a gap, so that no block takes it before the node stands still.
  const sending = outcomeOf(submit(api, call, alice(), { nonce: nonce + 1, timeout }));
  await until('the pool has it', () => told.length > 0);
  node.freeze();
  const ended = await sending;
  assert.ok(Date.now() - began <= timeout + GRACE, `${Date.now() - began} ms`);
  node.thaw();
  assert.ok(ended instanceof TransactionLost, String(ended));
  assert.equal(ended.fate, 'unknown');
  await submit(api, pay(alice().address), alice(), { nonce, until: 'inBlock' });
  await until('it is final', async () => {
    const found = await whatBecameOf(api, ended.sent);
    return found.state === 'included' && found.final;
  });
  assert.equal(await paid(to), AMOUNT);
});

test('a node that stands still before anything is sent: an error of this SDK, in time, and nothing is sent', async () => {
  const to = world.stranger().address;
  node.freeze();
  const began = Date.now();
  await assert.rejects(submit(api, pay(to), alice(), { timeout: 2_000 }), NodeUnavailable);
  await assert.rejects(connect(node.endpoint, { timeout: 2_000 }), SalusError);
  assert.ok(Date.now() - began < 4_000 + GRACE, `${Date.now() - began} ms`);
  node.thaw();
  const now = await best(api);
  await blockAtLeast(api, now.number + 2);
  assert.equal(await paid(to), 0n);
});

test('a connection that breaks after the transaction was sent: it is found, and paid once', async (t) => {
  const proxy = await Proxy.to(node.rpcPort);
  const through = await reach(proxy.endpoint);
  t.after(async () => {
    await through.disconnect();
    await proxy.close();
  });
  // A block takes it while the connection is broken, and after that.
  for (const early of [true, false]) {
    const to = world.stranger().address;
    const call = pay(to, through);
    const told = toldOf(call);
    const nonce = await nonceOf(alice());
    const sending = submit(through, call, alice(), { nonce: nonce + 1, timeout: PATIENCE * 1000 });
    await until('it was sent', () => told.length > 0);
    proxy.cut();
    const closeGap = () => submit(api, pay(alice().address), alice(), { nonce });
    if (early) {
      await closeGap();
      await until('it was paid', async () => await paid(to) > 0n);
    }
    proxy.mend();
    if (!early) await closeGap();
    const included = await sending;
    assert.equal(included.txHash, call.hash.toHex());
    assert.equal(await paid(to), AMOUNT, 'paid once');
  }
  // While nothing gets through, every question fails with this SDK's own error.
  proxy.cut();
  await until('it is cut off', () => !through.isConnected);
  await assert.rejects(identity.resolve(through, `0x${'00'.repeat(32)}`), NodeUnavailable);
  await assert.rejects(claims.coverageOf(through, alice().address), NodeUnavailable);
  await assert.rejects(best(through), NodeUnavailable);
  await assert.rejects(submit(through, pay(alice().address, through), alice(), { timeout: 2_000 }), NodeUnavailable);
});

test('usurped by another transaction with the same nonce: it says so when that is final, and only the other is paid', async () => {
  const payer = world.account('Usurped');
  await world.fund([payer]);
  const nonce = await nonceOf(payer);
  const [first, second] = [world.stranger().address, world.stranger().address];
  // Behind a gap, so that no block takes it before the other comes.
  const call = pay(first);
  const told = toldOf(call);
  const sending = outcomeOf(submit(api, call, payer, { nonce: nonce + 1, timeout: PATIENCE * 1000 }));
  await until('the pool has it', () => told.length > 0);
  const other = await pay(second).signAsync(payer, { nonce: nonce + 1, tip: 1_000_000_000 });
  await api.rpc.author.submitExtrinsic(other);
  await submit(api, api.tx.balances.transferKeepAlive(alice().address, 1), payer, { nonce, until: 'inBlock' });
  const ended = await sending;
  assert.ok(ended instanceof TransactionLost && ended.fate === 'never', String(ended));
  assert.match(ended.message, new RegExp(other.hash.toHex()));
  assert.deepEqual([await paid(first), await paid(second)], [0n, AMOUNT]);
});

test('let go by a pool that is full: sent again when there is room, included, and paid once', async (t) => {
  const small = await startChain('--pool-type', 'single-state', '--pool-limit', '30', '--tx-ban-seconds', '1');
  const there = await reach(small.endpoint);
  t.after(async () => {
    await there.disconnect();
    await small.stop();
  });
  const [payer, flooder] = [alice(), world.keyring.addFromUri('//Bob')];
  const to = world.stranger().address;
  const call = pay(to, there);
  const told = toldOf(call);
  const { submitExtrinsic } = there.rpc.author;
  const sendAgain = t.mock.fn((bytes: Call) => submitExtrinsic(bytes));
  Object.defineProperty(there.rpc.author, 'submitExtrinsic', { value: sendAgain });
  // Behind a gap it waits; of those that wait the pool keeps three, and lets the oldest go.
  const sending = outcomeOf(submit(there, call, payer, { nonce: 1, timeout: PATIENCE * 1000 }));
  await until('the pool has it', () => told.length > 0);
  for (let nonce = 10; !told.includes('Dropped'); nonce += 1) {
    assert.ok(nonce < 70, `the pool has it still: ${told.join()}`);
    const filler = await there.tx.balances.transferKeepAlive(to, 1).signAsync(flooder, { nonce });
    await there.rpc.author.submitAndWatchExtrinsic(filler, () => undefined);
  }
  await until('it is sent again', () => sendAgain.mock.callCount() > 0);
  // Nobody else has it. While the node refuses what it let go, each attempt makes that longer: there must be pauses.
  await submit(there, there.tx.balances.transferKeepAlive(payer.address, 1), payer, { nonce: 0, until: 'inBlock' });
  const ended = await sending;
  assert.ok(!(ended instanceof Error), String(ended));
  assert.equal(ended.txHash, call.hash.toHex());
  assert.equal((await there.query.system.account(to)).data.free.toBigInt(), AMOUNT);
});
