/** A validator that has lost its database is back by warp sync, and takes part again. */
import assert from 'node:assert/strict';
import {
  blocks, countAuthors, eventually, heads, inWords, lagOf, Network, saw, scene, seconds, send, session, sleep, Traffic,
} from '../harness.js';

/** A justification is kept at least every so many blocks: a chain as old as this has one to prove. */
const OLD_ENOUGH = 40;

let traffic: Traffic;

scene('a wiped validator', () => Network.start({ sessionLength: 8 }), (step) => {
  step('the chain is old enough, and its set has changed once', 240, async (network) => {
    const api = await network.api();
    traffic = await Traffic.start(api, () => [network.member('Alice'), network.member('Charlie')], 2);
    // Bob changes its keys: the proof of finality has to lead over a change of the set.
    const bob = network.account('Bob');
    const { keys, proof } = await network.member('Bob').rpc<{ keys: string; proof: string }>(
      'author_rotateKeysWithOwner', [`0x${Buffer.from(bob.publicKey).toString('hex')}`]);
    await send(api, api.tx.session.setKeys(keys, proof), bob);
    await eventually('the set has changed', 120, async () => (await session(api)).setId === 1);
    await network.everywhere(`block ${OLD_ENOUGH} is final`, 200, ({ finalised }) => finalised.number >= OLD_ENOUGH);
    saw(`session ${(await session(api)).index}, set 1, ${OLD_ENOUGH} blocks final`);
  });

  step('wiped, and synced back by warp sync', 200, async (network) => {
    const dave = network.member('Dave');
    await dave.stop();
    await dave.wipe();
    const began = Date.now();
    await dave.start({ sync: 'warp' });
    const { finalised } = await heads(network.member('Alice'));
    await eventually('it has the others\' finalised block', 150, async () => (await heads(dave)).finalised.number >= finalised.number, 300);
    saw(`after ${seconds(began)} s it has block ${finalised.number} as final`);
    const said = dave.logged(/Warp sync is complete|State sync is complete|Verification failed|rror/);
    for (const line of said) saw(`Dave: ${line}`);
    assert.ok(said.some((line) => /Warp sync is complete/.test(line)), 'it did not use warp sync');
    assert.ok(said.some((line) => /State sync is complete/.test(line)), 'it did not fetch the state');
  });

  step('its state is the others\' state', 60, async (network) => {
    const target = (await heads(network.member('Dave'))).finalised.number;
    // Polkadot.js also asks for the block before, and those before the first are fetched last.
    const { finalised } = await eventually('Dave follows', 40, async () => {
      const seen = await heads(network.member('Dave'));
      return seen.finalised.number >= target + 2 && seen;
    });
    const answers = await Promise.all(['Alice', 'Dave'].map(async (name) => {
      const api = await network.api(name);
      const at = await api.at(finalised.hash);
      const [accounts, organisations, head] = await Promise.all([
        at.query.system.account.entries(), at.query.registry.organisations.entries(), api.rpc.chain.getHeader(finalised.hash),
      ]);
      return JSON.stringify([head.stateRoot, accounts, organisations]);
    }));
    assert.equal(answers[0], answers[1]);
    assert.ok(answers[0] && answers[0].length > 1_000);
    saw(`${answers[0].length} bytes of accounts and organisations at block ${finalised.number} are the same`);
  });

  step('it makes blocks and votes again', 150, async (network) => {
    const alice = network.member('Alice');
    const dave = network.account('Dave').address;
    const from = (await heads(network.member('Dave'))).best.number;
    const began = Date.now();
    await eventually('Dave has made a block', 90, async () =>
      countAuthors(await blocks(await network.api(), from, (await heads(alice)).best.number)).has(dave), 3_000);
    saw(`its first block came within ${seconds(began)} s`);
    // Without Charlie the others need its votes.
    await network.member('Charlie').stop('SIGKILL');
    const { finalised } = await heads(alice);
    await eventually('five more are final with its votes', 60, async () => (await heads(alice)).finalised.number >= finalised.number + 5);
  });

  step('it fetches the history too', 120, async (network) => {
    const dave = network.member('Dave');
    // The bodies of old blocks come last.
    await eventually('block 1 is there', 90, async () => {
      const hash = await dave.rpc<string | null>('chain_getBlockHash', [1]);
      return hash !== null && await dave.rpc<unknown>('chain_getBlock', [hash]) !== null;
    });
    await network.member('Charlie').start();
    await sleep(1_000);
    await network.everywhere('finality is close', 60, (seen) => lagOf(seen) <= 5);
    const sums = await traffic.stop(network.member('Alice'));
    saw(inWords(sums));
    assert.equal(sums.included, sums.accepted);
  });
});
