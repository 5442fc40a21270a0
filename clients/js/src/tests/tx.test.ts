/** A transaction that an upgrade of the runtime overtakes, or a fork drops, is signed again, with its nonce. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import type { KeyringPair } from '@polkadot/keyring/types';
import type { EventRecord } from '@polkadot/types/interfaces';
import { TypeRegistry } from '@polkadot/types';
import { DispatchFailed, PoolRejected, SalusError, TransactionLost } from '../errors.js';
import { submit, type Call } from '../tx.js';

const registry = new TypeRegistry();
const HASH = registry.createType('H256', `0x${'44'.repeat(32)}`);
const BAD_SIGNATURE = new Error('1010: Invalid Transaction: Transaction has a bad signature');
const SIGNER = { sign: () => new Uint8Array() } as unknown as KeyringPair;

const version = (specVersion: number, transactionVersion = 1) =>
  registry.createType('RuntimeVersion', { specVersion, transactionVersion });

interface Chain {
  /** The connection knows this version, and learns that the node runs another one after a while. */
  known?: ReturnType<typeof version>;
  running?: ReturnType<typeof version>;
  /** Hashes of the transactions in block 4, the head; its parent is empty. */
  head?: string[];
  /** The event `system.ExtrinsicFailed` of the first of them. */
  failed?: boolean;
  /** The next free nonce of the sender. */
  next?: number;
  /** The last final block. Until the first question about it, which begins a submission, it is block 2. */
  final?: number;
}

function connection({ known = version(1_000), running = known, head = [], failed = false, next = 7, final = 4 }: Chain = {}): ApiPromise {
  let begun = false;
  const hashOf = (block: string) => registry.createType('H256', `0x${block.repeat(32)}`);
  const phase = { isApplyExtrinsic: true, asApplyExtrinsic: { toNumber: () => 0 } };
  const name = failed ? 'ExtrinsicFailed' : 'ExtrinsicSuccess';
  const error = { isModule: false, isToken: false, isArithmetic: false, type: 'Unavailable' };
  const api = {
    runtimeVersion: known,
    at: async () => ({ query: { system: { events: async () => [{ phase, event: { section: 'system', method: name, data: [error] } }] } } }),
    rpc: {
      chain: {
        getHeader: async (hash?: object | string) => {
          // Of the final head by its hash; else of the best block, or of the one that a transaction is said to be in.
          const number = hash ? Number(hash.toString().slice(2, 3)) : 4;
          return { number: { toNumber: () => number }, hash: hashOf('44') };
        },
        getBlock: async (hash: string) => ({ block: {
          header: { parentHash: hashOf('33') },
          extrinsics: (hash === hashOf('44').toHex() ? head : []).map((each) => ({ hash: { toHex: () => each } })),
        } }),
        getFinalizedHead: async () => {
          const number = begun ? final : 2;
          begun = true;
          return hashOf(`${number}${number}`);
        },
        getBlockHash: async (number: number) => hashOf(`${number}${number}`),
      },
      system: { accountNextIndex: async () => ({ toNumber: () => next }) },
      state: {
        getRuntimeVersion: async () => {
          setTimeout(() => { api.runtimeVersion = running; }, 150);
          return running;
        },
      },
    },
  };
  return api as unknown as ApiPromise;
}

type Answer = Error | 'Invalid' | 'Dropped' | 'InBlock';

/** A call that is answered in turn, and remembers with which nonce it was signed. */
function callAnswered(...answers: Answer[]): { call: Call; nonces: number[] } {
  const nonces: number[] = [];
  const call = {
    method: { section: 'consent', method: 'revoke' },
    nonce: registry.createType('Compact<u32>', 7),
    hash: HASH,
    signAndSend: async (_: unknown, { nonce }: { nonce: number }, tell: (result: unknown) => void) => {
      nonces.push(nonce);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      const isInBlock = answer === 'InBlock';
      const status = { type: answer, isInBlock, isFinalized: false, asInBlock: HASH };
      setTimeout(() => tell({ status, events: [] as EventRecord[], txHash: HASH }), 1);
      return () => undefined;
    },
  };
  return { call: call as unknown as Call, nonces };
}

const send = (api: ApiPromise, call: Call) => submit(api, call, SIGNER, { until: 'inBlock', timeout: 5_000 });
const UPGRADED: Chain = { running: version(2_000) };

test('refused after an upgrade: signed again with the same nonce', async () => {
  for (const answer of [BAD_SIGNATURE, 'Invalid'] as const) {
    const { call, nonces } = callAnswered(answer, 'InBlock');
    const included = await send(connection(UPGRADED), call);
    assert.equal(included.blockNumber, 4);
    assert.deepEqual(nonces, [-1, 7]);
  }
});

test('a bad signature without an upgrade: an error, and nothing is signed again', async () => {
  const { call, nonces } = callAnswered(BAD_SIGNATURE);
  await assert.rejects(send(connection(), call), (error) => error instanceof PoolRejected && error.code === 1010);
  assert.deepEqual(nonces, [-1]);
});

test('dropped with a block that lost: signed again with the same nonce', async () => {
  const { call, nonces } = callAnswered('Invalid', 'InBlock');
  await send(connection(), call);
  assert.deepEqual(nonces, [-1, 7]);
});

test('dropped, but in the chain: found there, and not signed again', async () => {
  for (const until of ['inBlock', 'finalized'] as const) {
    const { call, nonces } = callAnswered('Invalid');
    const included = await submit(connection({ head: [HASH.toHex()], next: 8 }), call, SIGNER, { until, timeout: 5_000 });
    assert.deepEqual([included.blockNumber, included.blockHash, included.txHash], [4, HASH.toHex(), HASH.toHex()]);
    assert.deepEqual(nonces, [-1]);
  }
});

test('dropped, and in a block that does not become final in time: an error that says so', async () => {
  const { call, nonces } = callAnswered('Invalid');
  const api = connection({ head: [HASH.toHex()], next: 8, final: 3 });
  await assert.rejects(submit(api, call, SIGNER, { timeout: 1_200 }), (error) =>
    error instanceof TransactionLost && /is in block 4, which did not become final in time/.test(error.message));
  assert.deepEqual(nonces, [-1]);
});

test('dropped, and failed in the chain: its error', async () => {
  const { call, nonces } = callAnswered('Invalid');
  await assert.rejects(send(connection({ head: [HASH.toHex()], failed: true, next: 8 }), call), (error) =>
    error instanceof DispatchFailed && error.is('system', 'Unavailable'));
  assert.deepEqual(nonces, [-1]);
});

test('dropped, and its nonce used by another: lost', async () => {
  const { call, nonces } = callAnswered('Invalid');
  await assert.rejects(send(connection({ head: [`0x${'99'.repeat(32)}`], next: 8 }), call), TransactionLost);
  assert.deepEqual(nonces, [-1]);
});

test('let go again and again: an error in the end', async () => {
  const { call, nonces } = callAnswered(...Array<Answer>(9).fill('Invalid'));
  await assert.rejects(send(connection(), call), TransactionLost);
  assert.deepEqual(nonces, [-1, 7, 7, 7, 7]);
});

test('refused again after it was signed again: an error', async () => {
  const { call, nonces } = callAnswered(BAD_SIGNATURE, BAD_SIGNATURE);
  await assert.rejects(send(connection(UPGRADED), call), PoolRejected);
  assert.deepEqual(nonces, [-1, 7]);
});

test('any other refusal is not answered by signing again, upgrade or not', async () => {
  const paid = callAnswered(new Error('1010: Invalid Transaction: Inability to pay some fees'));
  await assert.rejects(send(connection(UPGRADED), paid.call), PoolRejected);
  const dropped = callAnswered('Dropped');
  await assert.rejects(send(connection(UPGRADED), dropped.call), TransactionLost);
  assert.deepEqual([paid.nonces, dropped.nonces], [[-1], [-1]]);
});

test('an upgrade that encodes calls in another way is an error in words', async () => {
  const { call, nonces } = callAnswered(BAD_SIGNATURE);
  await assert.rejects(send(connection({ running: version(2_000, 2) }), call), (error) =>
    error instanceof SalusError && /build the call again/.test(error.message));
  assert.deepEqual(nonces, [-1]);
});
