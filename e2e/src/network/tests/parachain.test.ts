/** The parachain under a relay chain of two validators: a collator lost and an upgrade, during the journey. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { blake2AsHex } from '@polkadot/util-crypto';
import type { ApiPromise } from '@salus/client';
import { governance } from '@salus/governance';
import {
  account, Ages, blockAt, blocks, countAuthors, enactByBoth, eventsNamed, eventually, hashAt, heads, lastLine, messageFromRelay, playJourney, RelayNetwork,
  saw, scene, seconds, send, sleep, Steady, usageOf, type Played,
} from '../harness.js';

/** Blocks by which finality may be behind: a block is final once its relay block is, some 30 seconds later. */
const LAG = 15;

const began = Date.now();
let api: ApiPromise;
let steady: Steady;
let journey: Promise<Played>;

const bestNumber = async (): Promise<number> => (await api.rpc.chain.getHeader()).number.toNumber();

/** Who made how many of the blocks of the next `length` seconds. */
async function authorsFor(length: number): Promise<{ count: number; of: Map<string, number> }> {
  const from = await bestNumber();
  await sleep(length * 1000);
  const seen = await blocks(api, from + 1, await bestNumber());
  return { count: seen.length, of: countAuthors(seen) };
}

/** The height of the first block from `from` on that has the event. */
const find = (name: string, from: number, limit: number): Promise<number> => eventually(name, limit, async () => {
  const seen = await blocks(api, from, await bestNumber());
  return seen.find((block) => eventsNamed(block, name).length > 0)?.number;
}, 2_000);

/** Prints what each process takes. */
function printUsage(network: RelayNetwork): void {
  for (const { name, pid } of network.members) {
    if (pid === undefined) continue;
    const { memory, workers, processor } = usageOf(pid);
    const helpers = workers.length > 0 ? `, workers ${workers.join(' and ')} MB` : '';
    saw(`${name}: ${memory} MB${helpers}; ${processor} s of a processor in ${Math.round(seconds(began))} s`);
  }
}

scene('a parachain', () => RelayNetwork.start(), (step) => {
  step('its blocks are final because the relay chain made them so', 180, async (network) => {
    api = await network.api();
    const all = await blocks(api, 1, await bestNumber());
    saw(`${all.length} blocks, by ${countAuthors(all).size} collators, ${seconds(began)} s after the files were begun`);
    // No superuser below, and none above.
    assert.equal(await network.onRelay('Sudo', 'Key'), null, 'the relay chain has a superuser');
    assert.ok(!('sudo' in api.tx), 'the parachain has a superuser');
    for (let after = 0, turn = 0; turn < 3; turn += 1) {
      const head = await network.finalAfter(after, 90);
      for (const collator of network.collators) {
        await eventually(`${collator.name} has the same final block`, 30, async () => (await heads(collator)).finalised.number >= head.number);
        assert.equal(await hashAt(collator, head.number), head.hash);
      }
      saw(`block ${head.number}, ${head.hash.slice(0, 14)}…, is the head on the relay chain, and final on both collators`);
      after = head.number;
    }
    printUsage(network);
  });

  step('a message from the relay chain is dropped, and the chain goes on', 180, async (network) => {
    const from = await bestNumber();
    await messageFromRelay(network, 'Bob');
    const arrived = await find('parachainSystem.DownwardMessagesReceived', from, 90);
    const { events } = await blockAt(api, arrived);
    const names = [...new Set(events.map(({ event }) => event.section))];
    saw(`block ${arrived} has it, and nothing came of it: events of ${names.join(', ')}`);
    assert.deepEqual(names.filter((name) => name !== 'parachainSystem' && name !== 'system'), []);
    await network.finalAfter(arrived, 90);
  });

  step('the care journey begins, and an account that sends on and on', 30, async (network) => {
    const [validator] = network.validators;
    // Of a block that is made anew under the next runtime, the transactions do not hold any more. Until it is final they are signed again.
    steady = new Steady(api, 'Charlie//stash', { until: 'finalized', timeout: 240_000 });
    journey = playJourney(network.full.endpoint, {
      SALUS_CHAIN: 'parachain',
      SALUS_PARACHAIN_SPEC: network.spec,
      SALUS_RELAY_SPEC: network.relaySpec,
      SALUS_RELAY_WS: validator?.endpoint ?? '',
    });
  });

  step('one collator is killed, and the chain goes on', 420, async (network) => {
    const [alice, bob] = [network.account('Alice').address, network.account('Bob').address];
    const before = await authorsFor(90);
    saw(`with two collators ${before.count} blocks in 90 s: ${before.of.get(alice) ?? 0} and ${before.of.get(bob) ?? 0}`);
    assert.ok(before.of.size === 2, 'only one of them makes blocks');
    const ages = new Ages(api);
    await network.member('Bob').stop('SIGKILL');
    const { included } = steady;
    const final = (await network.headOnRelay()).number;
    // What was on its way when it was killed is past.
    await sleep(15_000);
    const alone = await authorsFor(90);
    saw(`with one ${alone.count} blocks in 90 s; ${steady.included - included} transactions included meanwhile`);
    assert.deepEqual([...alone.of.keys()], [alice]);
    assert.ok(alone.count >= 4, 'hardly any blocks');
    assert.ok(steady.included > included, 'no transaction was included');
    const head = await network.finalAfter(final + 3, 90);
    saw(`block ${head.number} is final`);
    saw(`at the full node, with one collator: ${await ages.stop()}`);
    assert.ok(!ages.problems.has('it has no peers'), 'the full node was alone');
    // When the relay chain changes its session a turn is lost. Then the best block is as old as it may be just before the next one comes.
    assert.ok(ages.refused <= ages.looks / 10, 'gates refuse too often');

    const back = Date.now();
    await network.member('Bob').start();
    const from = await bestNumber();
    await eventually('both make blocks again', 150, async () => countAuthors(await blocks(api, from + 1, await bestNumber())).size === 2, 3_000);
    saw(`started again, and its blocks are there after ${seconds(back)} s`);
  });

  step('an upgrade through Enactment, and the relay chain lets it through', 600, async (network) => {
    const file = process.env['SALUS_PARACHAIN_UPGRADE_WASM'];
    assert.ok(file, 'name the newer runtime in SALUS_PARACHAIN_UPGRADE_WASM');
    const code = await readFile(file);
    const before = api.runtimeVersion.specVersion.toNumber();
    await enactByBoth(api, governance.authorise(api, blake2AsHex(code)), 180);
    assert.ok((await api.query.system.authorizedUpgrade()).isSome);
    const from = await bestNumber();
    const sent = Date.now();
    // Unsigned: it needs nobody's account.
    await api.rpc.author.submitExtrinsic(governance.applyUpgrade(api, code));
    const stored = await find('parachainSystem.ValidationFunctionStored', from, 90);
    saw(`block ${stored} tells the relay chain of the new code, ${seconds(sent)} s after it was sent; until then nothing changes`);
    assert.equal(api.runtimeVersion.specVersion.toNumber(), before);
    assert.equal((await governance.pendingCode(api))?.hash, blake2AsHex(code));
    const decision = await governance.followPendingCode(api, code, stored, { until: 'inBlock', timeout: 240_000 });
    assert.ok(decision.state === 'Applied', `the relay chain has not let it through: ${decision.state}`);
    const applied = decision.blockNumber;
    await eventually('Polkadot.js knows the new version', 60, () => api.runtimeVersion.specVersion.toNumber() > before, 200);
    const after = api.runtimeVersion.specVersion.toNumber();
    saw(`the relay chain's validators have checked it, and block ${applied} has it, ${seconds(sent)} s after it was sent: version ${before} became ${after}`);
    const migrates = eventsNamed(await blockAt(api, applied), 'multiBlockMigrations.UpgradeStarted').length > 0;
    const ended = migrates ? await find('multiBlockMigrations.UpgradeCompleted', applied, 180) : applied;
    saw(migrates ? `its migration is over in block ${ended}` : 'it brings no migration');
    const head = await network.finalAfter(ended, 120);
    for (const collator of network.collators) {
      await eventually(`${collator.name} follows`, 60, async () => (await heads(collator)).finalised.number >= head.number);
      assert.equal(await hashAt(collator, head.number), head.hash);
    }
    await send(api, api.tx.balances.transferKeepAlive(account('Ferdie').address, 1_000_000_000n), account('Dave//stash'));
  });

  step('the whole journey went through all of it, and nothing was lost', 1_500, async (network) => {
    const played = await journey;
    if (played.code !== 0) console.log(played.said);
    saw(`the journey ended with ${played.code} after ${Math.round((played.ended - played.began) / 1000)} s: ${lastLine(played)}`);
    assert.equal(played.code, 0);
    const leftOut = played.said.split('not played').slice(1);
    assert.ok(leftOut.every((reason) => reason.includes('--no-gateways')), 'a chapter was left out');
    await steady.stop();
    saw(`${steady.included} transactions of one account through all of it, not included: ${steady.failures.length} ${steady.failures.join('; ')}`);
    assert.deepEqual(steady.failures, []);
    for (const collator of network.collators) {
      const { best, finalised } = await heads(collator);
      assert.ok(best.number - finalised.number <= LAG, `${collator.name}: ${best.number - finalised.number} blocks behind`);
    }
    printUsage(network);
  });
});
