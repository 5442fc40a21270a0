/** Whatever a node says of a transaction, or does not say: what is told to the caller is what the chain says. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DispatchFailed, InvalidArgument, NodeUnavailable, PoolRejected, SalusError, SigningFailed, TransactionLost } from '../errors.js';
import { submit, whatBecameOf, type SubmitOptions } from '../tx.js';
import { both, FakeNode, hashOfSigning, includes, later, NONCE, OTHER, refuses, says, version, type Reaction } from './tx-node.js';

const BAD_SIGNATURE = '1010: Invalid Transaction: Transaction has a bad signature';
/** How long a caller waits in these tests. */
const TIMEOUT = 1_600;
/** By how much an answer may come later than that on a busy machine. */
const GRACE = 700;

const send = (node: FakeNode, over: SubmitOptions = {}) => submit(node.api, node.call, node.pair, { timeout: TIMEOUT, ...over });

const lost = (fate: TransactionLost['fate'], words: RegExp) => (error: unknown): boolean => {
  assert.ok(error instanceof TransactionLost, String(error));
  assert.match(error.message, words);
  assert.equal(error.fate, fate);
  return true;
};

/** Rejects as it must, and not after the caller's time is over. */
async function rejectsInTime(node: FakeNode, check: (error: unknown) => boolean, over: SubmitOptions = {}): Promise<void> {
  const began = Date.now();
  await assert.rejects(send(node, over), check);
  assert.ok(Date.now() - began < (over.timeout ?? TIMEOUT) + GRACE, `it took ${Date.now() - began} ms`);
}

test('included, and final if that is asked: the result, with its nonce', async () => {
  const node = new FakeNode(includes());
  const included = await send(node, { until: 'inBlock' });
  assert.deepEqual([included.blockNumber, included.txHash, node.nonces], [5, hashOfSigning(1), [NONCE]]);
  // The node says nothing more after that, but the chain has it.
  const waited = new FakeNode(both(includes(), later(100, (it) => { it.final = 5; })));
  assert.equal((await send(waited)).blockNumber, 5);
  assert.equal((await send(new FakeNode(includes({ final: true })))).blockNumber, 5);
});

// One after which a node is silent about the transaction for ever, or which it may send at any time.
const ENDINGS = ['Invalid', 'Dropped', 'Usurped', 'FinalityTimeout', 'Ready', 'Broadcast', 'Future', 'Retracted'];

/** All at once: most of them take the caller's whole time. */
const each = (work: (status: string) => Promise<void>): Promise<unknown> => Promise.all(ENDINGS.map(work));

test('after every status the chain is searched: included and final is a success, never an error', async () => {
  await each(async (status) => {
    const node = new FakeNode(both(includes({ final: true, quietly: true }), says(status)));
    const included = await send(node);
    assert.deepEqual([included.blockNumber, included.txHash, node.nonces], [5, hashOfSigning(1), [NONCE]], status);
  });
});

test('after every status the chain is searched: what failed there is its error', async () => {
  await each(async (status) => {
    const node = new FakeNode(both(includes({ final: true, failed: true, quietly: true }), says(status)));
    await rejectsInTime(node, (error) => error instanceof DispatchFailed && error.is('system', 'Unavailable'));
    assert.deepEqual(node.nonces, [NONCE], status);
  });
});

test('after every status: in no block in time is unknown, says so in time, and is found later', async () => {
  await each(async (status) => {
    const node = new FakeNode(...Array<Reaction>(9).fill(says(status)));
    let sent;
    await rejectsInTime(node, (error) => {
      sent = (error as TransactionLost).sent;
      return lost('unknown', /left the pool|nothing was heard/)(error);
    });
    assert.ok(sent);
    assert.deepEqual(await whatBecameOf(node.api, sent), { state: 'open' }, status);
    node.add(node.extrinsic(1));
    node.final = 5;
    const found = await whatBecameOf(node.api, sent);
    assert.ok(found.state === 'included' && found.final && found.inclusion.number === 5, status);
  });
});

test('in a block that does not become final in time: unknown, with the block', async () => {
  await each(async (status) => {
    await rejectsInTime(new FakeNode(both(includes({ quietly: true }), says(status))), lost('unknown', /is in block 5, which did not become final in time/));
  });
});

test('another transaction has the nonce: never, once that is final, and unknown before', async () => {
  await each(async (status) => {
    const usurp = (final: boolean): Reaction => both((it) => {
      it.add(it.extrinsic(9, { method: OTHER }));
      it.next = NONCE + 1;
      if (final) it.final = 5;
    }, says(status));
    await rejectsInTime(new FakeNode(usurp(true)), lost('never', /in block 5, has its nonce 7/));
    await rejectsInTime(new FakeNode(usurp(false)), lost('unknown', /left the pool|nothing was heard/));
  });
});

test('a wallet that signed it in another way: the same signer, nonce and call are the transaction', async () => {
  const node = new FakeNode(both((it) => { it.add(it.extrinsic(9)); it.final = 5; }, says('Usurped')));
  const included = await send(node);
  assert.deepEqual([included.txHash, included.blockNumber], [hashOfSigning(9), 5]);
});

test('the end of its validity is final without it: never', async () => {
  const node = new FakeNode(both(says('Dropped'), (it) => {
    for (let count = 0; count < 5; count += 1) it.add();
    it.final = 9;
  }));
  await rejectsInTime(node, lost('never', /valid up to block 9/));
});

test('a connection that breaks after it was sent: found when the node is back, or sent again, the same bytes', async () => {
  const back = (also: (it: FakeNode) => void): Reaction => (node) => {
    node.disconnect();
    setTimeout(() => { node.mode = 'well'; also(node); }, 200);
  };
  const there = new FakeNode(both(includes({ final: true, quietly: true }), back(() => undefined)));
  assert.equal((await send(there)).blockNumber, 5);
  assert.deepEqual(there.resent, []);
  const missing = new FakeNode(back((it) => { setTimeout(() => { it.add(it.extrinsic()); it.final = 5; }, 400); }));
  assert.equal((await send(missing, { timeout: 4_000 })).blockNumber, 5);
  assert.deepEqual([missing.resent, missing.nonces], [[hashOfSigning(1)], [NONCE]]);
  await rejectsInTime(new FakeNode((node) => node.disconnect()), lost('unknown', /when the connection broke/));
});

test('a node that stops answering, at any step: an error in time, which says whether anything was sent', async () => {
  const never = new FakeNode();
  never.mode = 'silent';
  await rejectsInTime(never, (error) => error instanceof NodeUnavailable);
  const gone = new FakeNode();
  gone.mode = 'gone';
  await rejectsInTime(gone, (error) => error instanceof NodeUnavailable);
  const after = (mode: FakeNode['mode']): Reaction => (node) => { node.mode = mode; };
  await rejectsInTime(new FakeNode(after('silent')), lost('unknown', /nothing was heard/));
  await each((status) => rejectsInTime(new FakeNode(both(after('silent'), says(status))), lost('unknown', /consent.revoke/)));
  await rejectsInTime(new FakeNode(both(after('silent'), includes())), lost('unknown', /in a block/), { until: 'inBlock' });
});

test('what a block did is read from the chain if the node did not tell it with the status', async () => {
  const node = new FakeNode(includes({ final: true, failed: true, eventless: true }));
  await rejectsInTime(node, (error) => error instanceof DispatchFailed);
  const pruned = new FakeNode((it, tell, sent) => {
    it.keepsEvents = false;
    includes({ final: true, eventless: true })(it, tell, sent);
  });
  await rejectsInTime(pruned, lost('unknown', /does not tell what it did there/));
});

test('a refusal is thrown, unless the chain has it', async () => {
  for (const message of ['1010: Invalid Transaction: Inability to pay some fees', '1012: Transaction is temporarily banned', '1016: Immediately Dropped']) {
    const node = new FakeNode(refuses(message));
    await rejectsInTime(node, (error) => error instanceof PoolRejected && error.code === Number(message.slice(0, 4)));
    const found = new FakeNode(refuses(message));
    found.add(found.extrinsic(1));
    found.final = 2;
    setTimeout(() => { found.final = 5; }, 300);
    assert.equal((await send(found)).blockNumber, 5, message);
  }
});

test('already in the pool is no refusal: it is waited for', async () => {
  const node = new FakeNode(refuses('1013: Transaction is already imported'));
  setTimeout(() => { node.add(node.extrinsic(1)); node.final = 5; }, 300);
  assert.equal((await send(node)).blockNumber, 5);
});

test('refused after an upgrade: signed again with the same nonce', async () => {
  for (const reaction of [refuses(BAD_SIGNATURE), says('Invalid')]) {
    const node = new FakeNode(reaction, includes());
    node.running = version(2_000);
    assert.equal((await send(node, { until: 'inBlock' })).blockNumber, 5);
    assert.deepEqual(node.nonces, [NONCE, NONCE]);
  }
});

test('signed twice, and the first is the one that is included: found by either hash', async () => {
  const node = new FakeNode(says('Invalid'), both((it) => { it.add(it.extrinsic(1)); it.final = 5; }, says('Usurped')));
  assert.equal((await send(node)).txHash, hashOfSigning(1));
  assert.deepEqual(node.nonces, [NONCE, NONCE]);
});

test('a bad signature without an upgrade: an error, and nothing is signed again', async () => {
  const node = new FakeNode(refuses(BAD_SIGNATURE));
  await rejectsInTime(node, (error) => error instanceof PoolRejected && error.code === 1010);
  assert.deepEqual(node.nonces, [NONCE]);
});

test('dropped with a block that lost: signed again with the same nonce', async () => {
  const node = new FakeNode(says('Invalid'), includes());
  await send(node, { until: 'inBlock' });
  assert.deepEqual(node.nonces, [NONCE, NONCE]);
});

test('let go again and again: an error in the end', async () => {
  const node = new FakeNode(...Array<Reaction>(9).fill(says('Invalid')));
  await rejectsInTime(node, lost('unknown', /left the pool \(Invalid\)/));
  assert.deepEqual(node.nonces, Array(5).fill(NONCE));
});

test('refused again after it was signed again: an error', async () => {
  const node = new FakeNode(refuses(BAD_SIGNATURE), refuses(BAD_SIGNATURE));
  node.running = version(2_000);
  await rejectsInTime(node, (error) => error instanceof PoolRejected);
  assert.deepEqual(node.nonces, [NONCE, NONCE]);
});

test('refused after another signature was taken: not known, and no word of a refusal', async () => {
  const node = new FakeNode(says('Invalid'), refuses('1012: Transaction is temporarily banned'));
  await rejectsInTime(node, lost('unknown', /in no block so far/));
});

test('no other refusal is answered by signing again, upgrade or not', async () => {
  const paid = new FakeNode(refuses('1010: Invalid Transaction: Inability to pay some fees'));
  const dropped = new FakeNode(says('Dropped'));
  for (const node of [paid, dropped]) node.running = version(2_000);
  await rejectsInTime(paid, (error) => error instanceof PoolRejected);
  await rejectsInTime(dropped, lost('unknown', /Dropped/));
  assert.deepEqual([paid.nonces, dropped.nonces], [[NONCE], [NONCE]]);
});

test('an upgrade that encodes calls in another way is an error in words', async () => {
  const node = new FakeNode(refuses(BAD_SIGNATURE));
  node.running = version(2_000, 2);
  await rejectsInTime(node, (error) => error instanceof SalusError && /build the call again/.test(error.message));
  assert.deepEqual(node.nonces, [NONCE]);
});

test('what was not signed was not sent, and arguments are checked first', async () => {
  const node = new FakeNode();
  const call = Object.assign(node.call, { signAsync: async () => { throw new Error('Cancelled'); } });
  await assert.rejects(submit(node.api, call, node.pair), (error) => error instanceof SigningFailed && /Cancelled/.test(error.message));
  const signer = { signPayload: async () => { throw new Error('never asked'); } };
  await assert.rejects(submit(node.api, node.call, { address: '5Nobody', signer }), InvalidArgument);
  await assert.rejects(submit(node.api, node.call, node.pair, { nonce: -2 }), InvalidArgument);
  await assert.rejects(submit(node.api, node.call, node.pair, { timeout: Number.NaN }), InvalidArgument);
  for (const until of ['final', 'inblock', '', null]) {
    await assert.rejects(submit(node.api, node.call, node.pair, { until: until as 'finalized' }), { name: 'InvalidArgument', argument: 'until' });
  }
});
