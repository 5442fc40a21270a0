/** A transaction that an upgrade of the runtime overtakes is signed again, once, with its nonce. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import type { KeyringPair } from '@polkadot/keyring/types';
import type { EventRecord } from '@polkadot/types/interfaces';
import { TypeRegistry } from '@polkadot/types';
import { PoolRejected, SalusError, TransactionLost } from '../errors.js';
import { submit, type Call } from '../tx.js';

const registry = new TypeRegistry();
const HASH = registry.createType('H256', `0x${'11'.repeat(32)}`);
const BAD_SIGNATURE = new Error('1010: Invalid Transaction: Transaction has a bad signature');
const SIGNER = { sign: () => new Uint8Array() } as unknown as KeyringPair;

const version = (specVersion: number, transactionVersion = 1) =>
  registry.createType('RuntimeVersion', { specVersion, transactionVersion });

/** A connection that knows the version `known`, to a node that runs `running`; it learns after a while. */
function connection(known: ReturnType<typeof version>, running = known): ApiPromise {
  const api = {
    runtimeVersion: known,
    rpc: {
      chain: { getHeader: async () => ({ number: { toNumber: () => 3 } }) },
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

test('refused after an upgrade: signed again with the same nonce', async () => {
  for (const answer of [BAD_SIGNATURE, 'Invalid'] as const) {
    const { call, nonces } = callAnswered(answer, 'InBlock');
    const included = await send(connection(version(1_000), version(2_000)), call);
    assert.equal(included.blockNumber, 3);
    assert.deepEqual(nonces, [-1, 7]);
  }
});

test('refused without an upgrade: an error, and nothing is signed again', async () => {
  const bad = callAnswered(BAD_SIGNATURE);
  await assert.rejects(send(connection(version(1_000)), bad.call), (error) => error instanceof PoolRejected && error.code === 1010);
  const invalid = callAnswered('Invalid');
  await assert.rejects(send(connection(version(1_000)), invalid.call), TransactionLost);
  assert.deepEqual([bad.nonces, invalid.nonces], [[-1], [-1]]);
});

test('refused again after it was signed again: an error', async () => {
  const { call, nonces } = callAnswered(BAD_SIGNATURE, BAD_SIGNATURE);
  await assert.rejects(send(connection(version(1_000), version(2_000)), call), PoolRejected);
  assert.deepEqual(nonces, [-1, 7]);
});

test('any other refusal is not answered by signing again, upgrade or not', async () => {
  const api = () => connection(version(1_000), version(2_000));
  const paid = callAnswered(new Error('1010: Invalid Transaction: Inability to pay some fees'));
  await assert.rejects(send(api(), paid.call), PoolRejected);
  const dropped = callAnswered('Dropped');
  await assert.rejects(send(api(), dropped.call), TransactionLost);
  assert.deepEqual([paid.nonces, dropped.nonces], [[-1], [-1]]);
});

test('an upgrade that encodes calls in another way is an error in words', async () => {
  const { call, nonces } = callAnswered(BAD_SIGNATURE);
  await assert.rejects(send(connection(version(1_000), version(2_000, 2)), call), (error) =>
    error instanceof SalusError && /build the call again/.test(error.message));
  assert.deepEqual(nonces, [-1]);
});
