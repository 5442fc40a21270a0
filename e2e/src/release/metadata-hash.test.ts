/** A published build: a wallet that signs the metadata hash can use the chain, and one that was shown other metadata cannot. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApiPromise, WsProvider } from '@polkadot/api';
import { Keyring } from '@polkadot/keyring';
import { cryptoWaitReady } from '@polkadot/util-crypto';
import { connect, submit } from '@salus/client';
import { PoolRejected } from '@salus/types';
import { metadataHash, sendWithHash, wholeWallet } from '../digest.js';
import { chain } from '../node.js';
import { until } from '../wait.js';

let api: ApiPromise;
let endpoint: string;
let stop: () => Promise<void>;

before(async () => {
  const node = await chain();
  ({ stop, endpoint } = node);
  await cryptoWaitReady();
  api = await ApiPromise.create({ provider: new WsProvider(node.endpoint), noInitWarn: true });
});

after(async () => {
  await api?.disconnect();
  await stop?.();
});

/** Every kind of key that a wallet may have: a Ledger's is ed25519. */
const signers = () => [
  new Keyring({ type: 'sr25519' }).addFromUri('//Alice'),
  new Keyring({ type: 'ed25519' }).addFromUri('//Ledger'),
];

test('the right metadata hash is accepted, from either kind of key', async () => {
  const [alice, ledger] = signers();
  assert.ok(alice && ledger);
  const hash = await metadataHash(api);
  const free = async (address: string): Promise<bigint> => (await api.query.system.account(address)).data.free.toBigInt();
  await sendWithHash(api, api.tx.balances.transferKeepAlive(ledger.address, 10_000_000_000_000n), alice, hash);
  await until('the first transfer is included', async () => await free(ledger.address) === 10_000_000_000_000n);
  const stranger = new Keyring({ type: 'sr25519' }).addFromUri('//Stranger').address;
  await sendWithHash(api, api.tx.balances.transferKeepAlive(stranger, 1_000_000_000_000n), ledger, hash);
  await until('the second transfer is included', async () => await free(stranger) === 1_000_000_000_000n);
});

test('the SDK sends what a wallet with the metadata hash answers, and tells if it has another', async () => {
  const [alice, ledger] = signers();
  assert.ok(alice && ledger);
  const salus = await connect(endpoint);
  try {
    const hash = await metadataHash(salus);
    const to = new Keyring({ type: 'sr25519' }).addFromUri('//Receiver').address;
    const call = () => salus.tx.balances.transferKeepAlive(to, 1_000_000_000_000n);
    const { blockNumber } = await submit(salus, call(), wholeWallet(salus, alice, hash), { until: 'inBlock' });
    assert.ok(blockNumber > 0);
    assert.equal((await salus.query.system.account(to)).data.free.toBigInt(), 1_000_000_000_000n);
    await assert.rejects(submit(salus, call(), wholeWallet(salus, alice, `0x${'11'.repeat(32)}`)), (error) =>
      error instanceof PoolRejected && /bad signature/.test(error.detail));
  } finally {
    await salus.disconnect();
  }
});

test('a wrong metadata hash is a bad signature', async () => {
  const [alice] = signers();
  assert.ok(alice);
  const call = api.tx.balances.transferKeepAlive(alice.address, 1n);
  // As if a wallet had been shown a token with other decimals, and as if it had been shown anything else.
  const others = [await metadataHash(api, { decimals: 2, tokenSymbol: 'SLS' }), `0x${'11'.repeat(32)}` as const];
  for (const hash of others) {
    await assert.rejects(sendWithHash(api, call, alice, hash), /bad signature|BadProof/i);
  }
});
