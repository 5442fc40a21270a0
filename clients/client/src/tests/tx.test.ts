/** Whatever a node says of a transaction, or does not say: what is told to the caller is what the chain says. */
import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, mock, test } from 'node:test';
import type { SignerPayloadJSON } from '@polkadot/types/types';
import { hexToU8a } from '@polkadot/util';
import {
  DispatchFailed, InvalidArgument, NodeUnavailable, PoolRejected, SalusError, SigningFailed, SigningTimedOut, TransactionLost, type Hex,
  type SentTransaction,
} from '@salus/types';
import { blockAtLeast, connect } from '../connect.js';
import { presentAsTold } from '../freshness.js';
import { signMessage } from '../signing.js';
import { submit, whatBecameOf, type SubmitOptions } from '../tx.js';
import { signerOf } from '../wallet.js';
import { both, competes, FakeNode, hashOfSigning, includes, later, METHOD, NONCE, OTHER, refuses, registry, says, version, type Reaction } from '../testing/tx-node.js';

const BAD_SIGNATURE = '1010: Invalid Transaction: Transaction has a bad signature';
/** How long a caller waits in these tests. */
const TIMEOUT = 1_600;
/** By how much an answer may come later than that: steps of the clock. */
const GRACE = 50;

// Time goes on whenever there is nothing else to do, in steps of five milliseconds: how busy the machine is makes nobody late.
// Each test has a clock of its own, which has ended before the next begins.
let clock: { stop: AbortController; ended: Promise<void> };
beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.now() });
  const stop = new AbortController();
  const ticking = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      mock.timers.tick(5);
      await setImmediate();
    }
  };
  clock = { stop, ended: ticking() };
});
afterEach(async () => {
  clock.stop.abort();
  await clock.ended;
  mock.timers.reset();
});

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

test('a call that is on its way is refused to a second sender, and not when it has ended', async () => {
  const node = new FakeNode(includes({ final: true }));
  const [first, second] = await Promise.allSettled([send(node), send(node)]);
  assert.equal(first?.status, 'fulfilled');
  assert.ok(second?.status === 'rejected' && second.reason instanceof InvalidArgument && second.reason.argument === 'call');
  assert.equal(node.sends, 1);
  const refusing = new FakeNode(refuses(BAD_SIGNATURE));
  for (const _ of [1, 2]) await assert.rejects(send(refusing), (error) => !(error instanceof InvalidArgument));
});

test('in a block that competes with the best one: waited for until the best chain has it', async () => {
  const node = new FakeNode(both(competes, later(200, (it, sent) => { it.add(sent); })));
  const included = await send(node, { until: 'inBlock' });
  assert.deepEqual([included.blockNumber, included.blockHash], [6, node.blocks[6]?.hash]);
  assert.deepEqual([node.sends, node.resent, node.nonces], [1, [], [NONCE]]);
  await rejectsInTime(new FakeNode(competes), lost('unknown', /not in the node's best chain/), { until: 'inBlock' });
});

// One after which a node is silent about the transaction for ever, or which it may send at any time.
const ENDINGS = ['Invalid', 'Dropped', 'Usurped', 'FinalityTimeout', 'Ready', 'Broadcast', 'Future', 'Retracted'];

/** With each of them, all at once. */
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

test('asked long after, the chain still tells: only the blocks that could have it are read, and a state that is gone is said to be', async () => {
  const node = new FakeNode(says('Dropped'));
  let sent: SentTransaction | undefined;
  await rejectsInTime(node, (error) => { sent = (error as TransactionLost).sent; return lost('unknown', /left the pool|nothing was heard/)(error); });
  assert.ok(sent);
  node.add(node.extrinsic(1));
  const until = node.blocks.length;
  for (let more = 0; more < 300; more += 1) node.add();
  node.final = node.blocks.length - 1;
  node.keepsEvents = false;
  const read = node.bodies;
  const found = await whatBecameOf(node.api, { ...sent, until });
  assert.deepEqual(found, { state: 'forgotten', final: true, block: node.blocks[5]?.hash, number: 5, txHash: hashOfSigning(1) });
  assert.ok(node.bodies - read <= until - sent.after, `${node.bodies - read} blocks were read`);
  assert.deepEqual(await whatBecameOf(node.api, { ...sent, hashes: [], nonce: NONCE + 1, until }), { state: 'expired' });
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

test('the same call with the same nonce, sent by somebody else: only what was sent here is a success', async () => {
  const other = new FakeNode(both((it) => { it.add(it.extrinsic(9)); it.next = NONCE + 1; it.final = 5; }, says('Usurped')));
  await rejectsInTime(other, lost('never', /in block 5, has its nonce 7/));
  // Two windows with the same call: one transaction is in a block, and one of them alone is told so.
  const [first, second] = [new FakeNode(both(includes({ final: true, quietly: true }), says('Usurped'))), new FakeNode((it) => { it.add(it.extrinsic(1)); it.final = 5; })];
  Object.assign(second.call, { signAsync: async () => Object.assign(second.call, { hash: { toHex: () => hashOfSigning(2) } }) });
  second.next = NONCE + 1;
  const told = await Promise.allSettled([send(first), send(second)]);
  assert.deepEqual(told.map(({ status }) => status), ['fulfilled', 'rejected']);
});

test('the end of its validity is final without it: never', async () => {
  const node = new FakeNode(both(says('Dropped'), (it) => {
    for (let count = 0; count < 5; count += 1) it.add();
    it.final = 9;
  }));
  await rejectsInTime(node, lost('never', /valid up to block 9/));
});

test('the end of its validity is told by the block with which it was signed, and not by a node that is behind', async () => {
  const node = new FakeNode(both(says('Dropped'), (it) => {
    it.behind = 0;
    for (let count = 0; count < 3; count += 1) it.add();
    it.final = 7;
  }, later(700, (it) => { it.add(it.extrinsic()); it.final = 8; })));
  const { signAsync } = node.call;
  Object.assign(node.call, { signAsync: async (...args: Parameters<typeof signAsync>) => {
    const signed = await signAsync(...args);
    node.behind = 2;
    return signed;
  } });
  assert.equal((await send(node)).blockNumber, 8);
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

/** A node that refuses what it let go for `millis`, which begin anew with each attempt; then it takes it into a block that is final. */
function banning(millis: number, ...reactions: Reaction[]): { node: FakeNode; attempts: number[] } {
  const node = new FakeNode(...reactions);
  const began = Date.now();
  const attempts: number[] = [];
  let until = millis;
  node.atResending = () => {
    const now = Date.now() - began;
    attempts.push(now);
    const banned = now < until;
    until = now + millis;
    if (banned) throw new Error('1012: Transaction is temporarily banned');
    node.add(node.extrinsic());
    node.final = node.blocks.length - 1;
  };
  return { node, attempts };
}

test('let go by a full pool: sent again, the same bytes, with longer and longer pauses, until the node takes it', async () => {
  const { node, attempts } = banning(12_000, says('Dropped'));
  assert.equal((await send(node, { timeout: 120_000 })).blockNumber, 5);
  assert.deepEqual([node.resent, node.nonces], [Array(3).fill(hashOfSigning(1)), [NONCE]]);
  const pauses = attempts.map((at, index) => at - (attempts[index - 1] ?? 0));
  assert.deepEqual(pauses.map((each) => Math.floor(each / 5_000)), [1, 2, 4], String(attempts));
});

test('a node that refuses what it let go for longer than the caller waits: unknown, with the reason, and found when it comes all the same', async () => {
  const { node } = banning(1_800_000, says('Dropped'));
  await assert.rejects(send(node, { timeout: 120_000 }), (error: TransactionLost) => {
    assert.ok(error.cause instanceof PoolRejected && error.cause.code === 1012, String(error.cause));
    return lost('unknown', /left the pool \(Dropped\)/)(error);
  });
  // Another node has it.
  const { node: other } = banning(1_800_000, both(says('Dropped'), later(30_000, (it) => { it.add(it.extrinsic()); it.final = 5; })));
  assert.equal((await send(other, { timeout: 120_000 })).blockNumber, 5);
});

test('sent again on a new connection, and let go there too: sent once more', async () => {
  const { node } = banning(4_000, (it) => {
    it.disconnect();
    setTimeout(() => { it.mode = 'well'; }, 200);
  });
  assert.equal((await send(node, { timeout: 60_000 })).blockNumber, 5);
  assert.deepEqual([node.resent, node.nonces], [Array(2).fill(hashOfSigning(1)), [NONCE]]);
});

test('what the node may still have, or another has replaced, is not sent again', async () => {
  await each(async (status) => {
    if (status === 'Dropped') return;
    const node = new FakeNode(...Array<Reaction>(9).fill(says(status)));
    await assert.rejects(send(node, { timeout: 120_000 }), lost('unknown', /left the pool|nothing was heard/));
    assert.deepEqual(node.resent, [], status);
  });
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
  await rejectsInTime(pruned, lost('unknown', /is in block 5, and the node, .*does not tell what it did there/));
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

test('a nonce that was used when it was sent: signed again with the next one, unless the caller chose it', async () => {
  const outdated = '1010: Invalid Transaction: Transaction is outdated';
  const node = new FakeNode(refuses(outdated), (it, tell, sent) => includes()(it, tell, { ...sent, nonce: NONCE + 1 }));
  // Between the first question and the second the nonce is used.
  Object.defineProperty(node, 'next', { get: () => NONCE + node.nonces.length });
  assert.equal((await send(node, { until: 'inBlock' })).blockNumber, 5);
  assert.deepEqual(node.nonces, [NONCE, NONCE + 1]);
  const chosen = new FakeNode(refuses(outdated));
  await rejectsInTime(chosen, (error) => error instanceof PoolRejected && /outdated/.test(error.message), { nonce: NONCE });
  assert.deepEqual(chosen.nonces, [NONCE]);
  // It ends, whatever the node says.
  const never = new FakeNode(...Array<Reaction>(9).fill(refuses(outdated)));
  await rejectsInTime(never, (error) => error instanceof PoolRejected, { timeout: 10_000 });
  assert.equal(never.nonces.length, 5);
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

/** A wallet whose user looks at it for so long; for ever, unless told. */
const wallet = (node: FakeNode, millis?: number, result: object = {}) => ({
  address: node.pair.address,
  signer: {
    signPayload: () => new Promise<never>((resolve) => {
      if (millis !== undefined) setTimeout(() => resolve({ id: 1, signature: '0x00', ...result } as never), millis);
    }),
  },
});

test('a wallet that never answers: an error of its own after the time for signing, and nothing was sent', async () => {
  const node = new FakeNode(includes());
  const began = Date.now();
  await assert.rejects(submit(node.api, node.call, wallet(node), { timeout: 60_000, signingTimeout: 300 }), (error) => {
    assert.ok(error instanceof SigningTimedOut && error instanceof SigningFailed, String(error));
    assert.equal(error.message, 'consent.revoke was not signed: the wallet did not answer within 0.3 s; nothing was sent');
    return true;
  });
  assert.ok(Date.now() - began < 300 + GRACE);
  assert.deepEqual([node.nonces, node.sends], [[], 0]);
});

test('a wallet that answers after that: its signature is not sent', async () => {
  const node = new FakeNode(includes());
  await assert.rejects(submit(node.api, node.call, wallet(node, 300), { signingTimeout: 100 }), SigningTimedOut);
  await new Promise((resolve) => { setTimeout(resolve, 500); });
  assert.deepEqual([node.nonces, node.sends], [[NONCE], 0]);
});

test('a person may take longer over a wallet than the chain has for the rest', async () => {
  const node = new FakeNode(includes());
  const began = Date.now();
  assert.equal((await submit(node.api, node.call, wallet(node, 900), { until: 'inBlock', timeout: 600 })).blockNumber, 5);
  assert.ok(Date.now() - began >= 900);
  // All of the rest is still there afterwards, and no more.
  const silent = new FakeNode(() => undefined);
  await assert.rejects(
    submit(silent.api, silent.call, wallet(silent, 400), { timeout: 600 }), lost('unknown', /nothing was heard/),
  );
});

test('a node that is silent before the wallet is asked is not the wallet\'s silence', async () => {
  for (const mode of ['silent', 'gone'] as const) {
    const node = new FakeNode();
    let asked = 0;
    const { address, signer } = wallet(node, 0);
    const counted = { address, signer: { signPayload: () => { asked += 1; return signer.signPayload(); } } };
    node.mode = mode;
    await assert.rejects(submit(node.api, node.call, counted, { timeout: 300, nonce: NONCE }), (error) => error instanceof NodeUnavailable);
    // Silent from when it is asked for what is to be signed.
    const later = new FakeNode();
    const { call } = later;
    const { signAsync } = call;
    Object.assign(call, { signAsync: (...args: Parameters<typeof signAsync>) => { later.mode = mode; return signAsync(...args); } });
    await assert.rejects(submit(later.api, call, { ...counted, address: later.pair.address }, { timeout: 300 }), (error) => error instanceof NodeUnavailable);
    assert.equal(asked, 0);
  }
});

test('a signature that comes when it does not hold any more is not sent', async () => {
  const node = new FakeNode(refuses(BAD_SIGNATURE));
  setTimeout(() => { for (let count = 0; count < 4; count += 1) node.add(); }, 100);
  await assert.rejects(submit(node.api, node.call, wallet(node, 300)), (error) => {
    assert.ok(error instanceof SigningTimedOut, String(error));
    assert.match(error.message, /held before block 9, and the chain is at block 8; nothing was sent/);
    return true;
  });
  assert.equal(node.sends, 0);
  const just = new FakeNode(includes());
  setTimeout(() => { for (let count = 0; count < 3; count += 1) just.add(); }, 100);
  assert.equal((await submit(just.api, just.call, wallet(just, 300), { until: 'inBlock' })).blockNumber, 8);
});

test('a wallet that signs a whole transaction signs this one, or nothing is sent', async () => {
  const whole = { signedTransaction: '0x00' };
  const good = new FakeNode(includes());
  assert.equal((await submit(good.api, good.call, wallet(good, 0, whole), { until: 'inBlock' })).blockNumber, 5);
  const other = new FakeNode().pair.derive('//other').address;
  for (const bySigner of [{ nonce: { toNumber: () => NONCE + 1 } }, { signer: other }, { method: { toHex: () => OTHER } }]) {
    const node = new FakeNode(includes());
    node.bySigner = bySigner;
    await assert.rejects(submit(node.api, node.call, wallet(node, 0, whole)), (error) => {
      assert.ok(error instanceof SigningFailed && !(error instanceof SigningTimedOut), String(error));
      assert.match(error.message, /the wallet signed another transaction/);
      return true;
    });
    assert.equal(node.sends, 0);
  }
});

test('a key pair signs, as a wallet does, the bytes of the payload that it is given', async () => {
  const { pair } = new FakeNode();
  const hash = (byte: string): Hex => `0x${byte.repeat(32)}`;
  const payload: SignerPayloadJSON = {
    address: pair.address, method: METHOD, nonce: '0x07', era: '0xe500', blockNumber: '0x0e', blockHash: hash('11'), genesisHash: hash('22'), tip: '0x00',
    specVersion: '0x07d0', transactionVersion: '0x01', signedExtensions: ['CheckMortality', 'CheckNonce', 'CheckSpecVersion', 'CheckGenesis'], version: 4,
  };
  registry.setSignedExtensions(payload.signedExtensions);
  const signed = await signerOf(pair, registry).signPayload?.(payload);
  // The call, the era and the nonce; then what is signed and not sent: the block, the version and the genesis.
  const bytes = (block: string) => hexToU8a(`${METHOD}e5001c${block.repeat(32)}d0070000${'22'.repeat(32)}`);
  // Before the signature is the kind of the key.
  const signature = hexToU8a(signed?.signature).subarray(1);
  assert.deepEqual(['11', '33'].map((block) => pair.verify(bytes(block), signature, pair.publicKey)), [true, false]);
});

test('a wallet that never signs a message is the same', async () => {
  const { address } = new FakeNode().pair;
  const silent = { address, signer: { signRaw: () => new Promise<never>(() => undefined) } };
  await assert.rejects(signMessage(silent, Uint8Array.of(1), { signingTimeout: 200 }), (error) =>
    error instanceof SigningTimedOut && /did not answer within 0.2 s/.test(error.message));
});

test('a time that no clock can keep is an argument that nothing can mean', async () => {
  const node = new FakeNode(includes());
  const silent = { address: node.pair.address, signer: { signRaw: () => new Promise<never>(() => undefined) } };
  for (const millis of [0, -1, Number.NaN, Infinity, 2 ** 31, '100' as unknown as number]) {
    await assert.rejects(submit(node.api, node.call, node.pair, { timeout: millis }), { name: 'InvalidArgument', argument: 'timeout' });
    await assert.rejects(submit(node.api, node.call, node.pair, { signingTimeout: millis }), { name: 'InvalidArgument', argument: 'signingTimeout' });
    await assert.rejects(signMessage(silent, Uint8Array.of(1), { signingTimeout: millis }), { name: 'InvalidArgument', argument: 'signingTimeout' });
    const sent = { signer: node.pair.address, nonce: NONCE, call: '', method: '', hashes: [], after: 0, until: undefined };
    const timeout = { name: 'InvalidArgument', argument: 'timeout' };
    await assert.rejects(whatBecameOf(node.api, sent, millis), timeout);
    await assert.rejects(connect('ws://127.0.0.1:1', { timeout: millis }), timeout);
    await assert.rejects(connect('ws://127.0.0.1:1', { answerTimeout: millis }), { name: 'InvalidArgument', argument: 'answerTimeout' });
    await assert.rejects(blockAtLeast(node.api, 1, millis), timeout);
    await assert.rejects(presentAsTold(node.api, { timeout: millis }), timeout);
  }
  assert.equal(node.sends, 0);
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
