/** Another client family, unmodified: it speaks the new JSON-RPC specification. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DedotClient, WsProvider } from 'dedot';
import { Keyring } from '@polkadot/keyring';
import { cryptoWaitReady } from '@polkadot/util-crypto';
import { CHAIN } from '../chains.js';
import { chain } from '../node.js';

test('dedot reads, asks a runtime API, and sends a transaction', async (t) => {
  const { endpoint, stop } = await chain();
  let client: DedotClient | undefined;
  // In this order: a client whose node has gone would try to connect again for ever.
  t.after(async () => {
    try {
      await client?.disconnect();
    } finally {
      await stop();
    }
  });
  await cryptoWaitReady();
  client = await DedotClient.new({ provider: new WsProvider(endpoint), rpcVersion: 'v2' });

  assert.equal(client.runtimeVersion.specName, CHAIN.specName);
  const stranger = new Keyring({ type: 'sr25519' }).addFromUri(`//Stranger//${Date.now()}`).address;
  const before = await client.query.system.account(stranger);
  assert.equal(before.data.free, 0n);
  const authority = await client.call['registryApi']!['organisation']!(0);
  assert.ok(authority, 'organisation 0 is the health authority');

  const amount = 5_000_000_000_000n;
  const alice = new Keyring({ type: 'sr25519' }).addFromUri('//Alice');
  const result = await client.tx.balances.transferKeepAlive(stranger, amount).signAndSend(alice).untilFinalized();
  assert.equal(result.dispatchError, undefined);
  assert.equal((await client.query.system.account(stranger)).data.free, amount);
});
