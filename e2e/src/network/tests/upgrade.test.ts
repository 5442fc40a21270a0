/** The runtime is upgraded through Enactment while people work: nothing is lost, receipts still verify. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { u8aToHex } from '@polkadot/util';
import { blake2AsHex } from '@polkadot/util-crypto';
import { anchors, registry, type ApiPromise } from '@salus/client';
import { governance } from '@salus/governance';
import { metadataHash, sendWithHash } from '../../digest.js';
import {
  account, blocks, eventsNamed, eventually, Journeys, lagOf, lastLine, motion, Network, refusal, saw, scene, seconds, send, Steady,
} from '../harness.js';

const { enactmentApprove: approve, enactmentEnact: enact, storedProposalOf } = governance;

/** Anchors that the rehearsed migration rewrites in one block, and the blocks it takes besides. */
const ANCHORS_PER_BLOCK = 8;
const BESIDES = 2;

let api: ApiPromise;
let code: Uint8Array;
let versionBefore: number;
/** The height at which the new code was set. */
let applied: number;

interface Receipt {
  org: number;
  seq: number;
  commitment: Uint8Array;
  moment: number;
}
const receipts: Receipt[] = [];

/** The height of the best block. */
const bestNumber = async (): Promise<number> => (await api.rpc.chain.getHeader()).number.toNumber();

let journeys: Journeys;
let steady: Steady[];
let upgradedAt: number;

scene('an upgrade under traffic', () => Network.start({ sessionLength: 20 }), (step) => {
  step('records are anchored, the journey and others begin', 200, async (network) => {
    const file = process.env['SALUS_UPGRADE_WASM'];
    assert.ok(file, 'name the newer runtime in SALUS_UPGRADE_WASM');
    code = await readFile(file);
    api = await network.api();
    versionBefore = api.runtimeVersion.specVersion.toNumber();
    const admin = account('Hospital');
    const org = registry.appliedAs(await send(api, registry.apply(api, ['Provider'], `0x${'11'.repeat(32)}`), admin));
    await send(api, registry.admit(api, org, 'Provider', Math.floor(Date.now() / 1000) + 86_400), account('Registrar'));
    for (let batch = 0; batch < 4; batch += 1) {
      const commitments = Array.from({ length: 10 }, () => randomBytes(32));
      const included = await send(api, api.tx.utility.batchAll(commitments.map((each) => anchors.anchor(api, org, each))), admin);
      const slots = included.events.filter(({ event }) => event.section === 'recordAnchor' && event.method === 'Anchored')
        .map(({ event }) => Number((event.data as unknown as { seq: unknown }).seq));
      const { timestamp: { now } } = (await api.at(included.blockHash)).query;
      const moment = Math.floor((await now()).toNumber() / 1000);
      commitments.forEach((commitment, index) => receipts.push({ org, seq: slots[index] as number, commitment, moment }));
    }
    saw(`version ${versionBefore}; ${receipts.length} records anchored`);
    // Through another node than that of the governors.
    journeys = new Journeys(network.member('Bob').endpoint, { SALUS_CHAIN_SPEC: network.spec });
    steady = ['Alice//stash', 'Bob//stash', 'Charlie//stash'].map((name) => new Steady(api, name));
  });

  step('both bodies approve, the public delay passes, anybody enacts and applies', 300, async () => {
    const upgrade = api.tx.system.authorizeUpgrade(blake2AsHex(code));
    const hash = upgrade.method.hash.toHex();
    await motion(api, approve(api, upgrade));
    await motion(api, approve(api, upgrade), 'technicalCommittee');
    const agreed = await storedProposalOf(api, hash);
    assert.ok(agreed?.due, 'both have approved, and nothing is due');
    const early = await refusal(() => send(api, enact(api, hash), account('Ferdie')));
    saw(`enacted before its time: ${early}`);
    assert.equal(early, 'enactment.TooEarly');
    const other = await refusal(() => send(api, api.tx.system.applyAuthorizedUpgrade('0x0011'), account('Ferdie')));
    saw(`code that nobody has authorised: ${other}`);
    assert.ok(other);
    const due = agreed.due;
    await eventually('the delay is over', 120, async () => (await api.query.timestamp.now()).toNumber() / 1000 >= due);
    const enacted = await send(api, enact(api, hash), account('Ferdie'));
    saw(`enacted in block ${enacted.blockNumber}, fee ${enacted.fee}`);
    assert.ok((await api.query.system.authorizedUpgrade()).isSome);
    const wrong = await refusal(() => send(api, api.tx.system.applyAuthorizedUpgrade('0x0011'), account('Ferdie')));
    saw(`other code than the authorised: ${wrong}`);
    assert.ok(wrong);

    upgradedAt = Date.now();
    const from = await bestNumber();
    // Unsigned: it needs nobody's account.
    await api.rpc.author.submitExtrinsic(api.tx.system.applyAuthorizedUpgrade(u8aToHex(code)));
    applied = await eventually('the code is set', 60, async () => {
      const seen = await blocks(api, from, await bestNumber());
      return seen.find((block) => eventsNamed(block, 'system.CodeUpdated').length > 0)?.number;
    });
    saw(`the code is set in block ${applied}`);
  });

  step('Polkadot.js sees the new version, and the migration ends in time', 240, async (network) => {
    await eventually('Polkadot.js knows the new version', 60, () => api.runtimeVersion.specVersion.toNumber() > versionBefore, 200);
    saw(`version ${versionBefore} became ${api.runtimeVersion.specVersion.toNumber()}, known ${seconds(upgradedAt)} s after the code was sent`);
    const fresh = await network.api('Charlie');
    assert.equal(fresh.runtimeVersion.specVersion.toNumber(), api.runtimeVersion.specVersion.toNumber());
    const count = (await api.rpc.state.getKeysPaged((api.query.recordAnchor.anchors as unknown as { keyPrefix(): string }).keyPrefix(), 1_000)).length;
    const bound = Math.ceil(count / ANCHORS_PER_BLOCK) + BESIDES;
    const find = async (name: string): Promise<number> => eventually(name, 150, async () => {
      const seen = await blocks(api, applied, await bestNumber());
      return seen.find((block) => eventsNamed(block, name).length > 0)?.number;
    }, 3_000);
    const began = await find('multiBlockMigrations.UpgradeStarted');
    const ended = await find('multiBlockMigrations.UpgradeCompleted');
    saw(`the migration of ${count} anchors took blocks ${began} to ${ended}; at most ${bound} were allowed`);
    assert.ok(ended - began + 1 <= bound, `${ended - began + 1} blocks, more than ${bound}`);
    assert.ok((await api.query.multiBlockMigrations.cursor()).isNone);
    assert.ok((await api.query.safeMode.enteredUntil()).isNone, 'the migration failed into safe mode');
    await network.everywhere('finality is close', 60, (seen) => lagOf(seen) <= 5);
  });

  step('a wallet that checks the metadata hash can use the new runtime', 60, async () => {
    const call = api.tx.balances.transferKeepAlive(account('Ferdie').address, 1_000_000_000n);
    const hash = await metadataHash(api);
    await assert.rejects(sendWithHash(api, call, account('Dave//stash'), `0x${'11'.repeat(32)}`), /bad signature/i);
    const { nonce } = await api.query.system.account(account('Dave//stash').address);
    await sendWithHash(api, call, account('Dave//stash'), hash);
    await eventually('the transfer is included', 30, async () =>
      (await api.query.system.account(account('Dave//stash').address)).nonce.gt(nonce));
    saw(`signed with the metadata hash ${hash}`);
  });

  step('nothing was lost: every transaction of the journey and of the others is included', 600, async () => {
    await Promise.all([...steady.map((each) => each.stop()), journeys.stop()]);
    for (const played of journeys.ends) {
      const across = played.began < upgradedAt && upgradedAt < played.ended;
      saw(`a journey${across ? ' across the upgrade' : ''} ended with ${played.code}: ${lastLine(played)}`);
      if (played.code !== 0) console.log(played.said);
      assert.equal(played.code, 0);
    }
    assert.ok(journeys.ends.some(({ began, ended }) => began < upgradedAt && upgradedAt < ended), 'no journey ran across the upgrade');
    for (const [index, { included, failures }] of steady.entries()) {
      saw(`account ${index + 1}: ${included} transactions included, ${failures.length} not: ${failures.join('; ')}`);
    }
    assert.deepEqual(steady.flatMap(({ failures }) => failures), []);
    assert.ok(steady.every(({ included }) => included > 10), 'there was hardly any traffic');
  });

  step('receipts from before verify, as of now and as of then', 120, async () => {
    for (const { org, seq, commitment, moment } of receipts) {
      for (const at of [undefined, moment]) {
        const verified = await anchors.verify(api, { org, seq }, commitment, at);
        assert.ok(verified.ok && verified.status === 'Current', `${org}/${seq} at ${at}: ${JSON.stringify(verified)}`);
        assert.equal(verified.anchoredAt, moment);
      }
    }
    saw(`${receipts.length} receipts verify`);
  });
});
