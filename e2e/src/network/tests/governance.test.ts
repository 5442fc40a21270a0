/** Validators come and go by motions of the Council, with proven keys, and the set never gets too small. */
import assert from 'node:assert/strict';
import { registry, type ApiPromise } from '@salus/client';
import {
  blocks, countAuthors, eventsNamed, eventually, FinalBlocks, heads, inWords, lagOf, motion, Network, refusal, saw,
  scene, send, session, sessionAt, Traffic, type Member, type SeenBlock,
} from '../harness.js';

let traffic: Traffic;
let walk: FinalBlocks;
/** The sessions in which the set was changed. */
const changed: number[] = [];

interface Rotated {
  keys: string;
  proof: string;
}

/** Makes session keys inside the node, and the proof that `owner` has them. */
const rotate = (member: Member, owner: Uint8Array): Promise<Rotated> =>
  member.rpc<Rotated>('author_rotateKeysWithOwner', [`0x${Buffer.from(owner).toString('hex')}`]);

/** Waits for the beginning of a session, so that what comes next fits in it. */
async function freshSession(api: ApiPromise): Promise<number> {
  const { index } = await session(api);
  await eventually('a session begins', 60, async () => (await session(api)).index > index, 500);
  return index + 1;
}

/** The first final block of a session, and the set that it began with. */
async function beginning(api: ApiPromise, wanted: number): Promise<{ block: SeenBlock; set: Awaited<ReturnType<typeof session>> }> {
  return eventually(`session ${wanted} begins`, 150, async () => {
    await walk.more();
    for (const block of walk.seen) {
      if (eventsNamed(block, 'session.NewSession').length === 0) continue;
      const set = await sessionAt(await api.at(block.hash));
      if (set.index === wanted) return { block, set };
    }
    return undefined;
  });
}

scene('a set that changes', () => Network.start({ minValidators: 4, sessionLength: 10 }), (step) => {
  step('two organisations are added by motions of the Council', 150, async (network) => {
    const api = await network.api();
    walk = new FinalBlocks(api, 1);
    traffic = await Traffic.start(api, () => [network.member('Alice'), network.member('Bob')], 2);
    for (const name of ['Eve', 'Ferdie']) {
      const member = await network.add({ name });
      await member.start();
    }
    const eve = network.account('Eve');
    const own = await rotate(network.member('Eve'), eve.publicKey);
    const stranger = await refusal(() => send(api, api.tx.session.setKeys(own.keys, own.proof), eve));
    saw(`session keys of an account that is no member: ${stranger}`);
    assert.equal(stranger, 'session.NoAssociatedValidatorId');
    await Promise.all(['Eve', 'Ferdie'].map(async (name) => {
      await send(api, registry.apply(api, ['Provider'], `0x${'22'.repeat(32)}`), network.account(name));
    }));
    for (const name of ['Eve', 'Ferdie']) {
      const { address } = network.account(name);
      const organisation = (await api.query.registry.organisations.entries())
        .find(([, found]) => found.unwrap().admin.toString() === address)?.[0].args[0];
      assert.ok(organisation, `${name} has no organisation`);
      await motion(api, api.tx.validatorSet.addValidator(address, organisation));
    }
    const { validators } = await session(api);
    assert.equal(validators.length, 4, 'they are in the set without keys');
  });

  step('keys without the right proof are refused; with it they are in the set two sessions later', 240, async (network) => {
    const api = await network.api();
    const [eve, ferdie] = [network.account('Eve'), network.account('Ferdie')];
    const others = await rotate(network.member('Eve'), ferdie.publicKey);
    const wrong = await refusal(() => send(api, api.tx.session.setKeys(others.keys, others.proof), eve));
    saw(`keys proven for somebody else: ${wrong}`);
    assert.equal(wrong, 'session.InvalidProof');
    const none = await refusal(() => send(api, api.tx.session.setKeys(others.keys, '0x'), eve));
    saw(`keys without a proof: ${none}`);
    assert.equal(none, 'session.InvalidProof');

    const now = await freshSession(api);
    await Promise.all([eve, ferdie].map(async (owner, index) => {
      const { keys, proof } = await rotate(network.member(index === 0 ? 'Eve' : 'Ferdie'), owner.publicKey);
      await send(api, api.tx.session.setKeys(keys, proof), owner);
    }));
    assert.equal((await session(api)).index, now, 'the session ended before the keys were set');
    const next = await beginning(api, now + 1);
    assert.equal(next.set.validators.length, 4);
    const { block, set } = await beginning(api, now + 2);
    changed.push(now + 2);
    saw(`keys set in session ${now}; session ${set.index} begins with ${set.validators.length} validators in block ${block.number}, set ${set.setId}`);
    assert.deepEqual([eve, ferdie].map(({ address }) => set.validators.includes(address)), [true, true]);
    assert.equal(set.validators.length, 6);
  });

  step('the new ones make blocks and finalise', 120, async (network) => {
    const api = await network.api();
    const { best } = await heads(network.member('Alice'));
    const counts = await eventually('both have made a block', 90, async () => {
      const seen = countAuthors(await blocks(api, best.number, (await heads(network.member('Alice'))).best.number));
      return ['Eve', 'Ferdie'].every((name) => seen.has(network.account(name).address)) && seen;
    }, 3_000);
    saw(`blocks since: ${['Alice', 'Bob', 'Charlie', 'Dave', 'Eve', 'Ferdie'].map((name) => `${name} ${counts.get(network.account(name).address) ?? 0}`).join(', ')}`);
    await network.everywhere('finality is close', 30, (seen) => lagOf(seen) <= 5);
  });

  step('one retires and one is removed: out two sessions later, keys purged', 240, async (network) => {
    const api = await network.api();
    const [charlie, dave] = [network.account('Charlie'), network.account('Dave')];
    const now = await freshSession(api);
    await Promise.all([
      motion(api, api.tx.validatorSet.removeValidator(charlie.address)),
      send(api, api.tx.validatorSet.retire(), dave),
    ]);
    assert.equal((await session(api)).index, now, 'the session ended before both were on their way out');
    const next = await beginning(api, now + 1);
    assert.equal(next.set.validators.length, 6, 'they left before their time');
    const { block, set } = await beginning(api, now + 2);
    changed.push(now + 2);
    saw(`decided in session ${now}; session ${set.index} begins with ${set.validators.length} validators in block ${block.number}, set ${set.setId}`);
    assert.equal(set.validators.length, 4);
    const left = eventsNamed(block, 'validatorSet.ValidatorLeft').map((data) => String(data['validator'])).sort();
    assert.deepEqual(left, [charlie.address, dave.address].sort());
    for (const { address } of [charlie, dave]) {
      assert.ok(!set.validators.includes(address));
      assert.ok((await api.query.session.nextKeys(address)).isNone, 'keys were not purged');
    }
    await Promise.all(['Charlie', 'Dave'].map((name) => network.member(name).stop()));
    const { finalised } = await heads(network.member('Alice'));
    await network.everywhere('three more are final without them', 60, (seen) => seen.finalised.number >= finalised.number + 3);
  });

  step('whatever is asked, four stay', 120, async (network) => {
    const api = await network.api();
    const before = await session(api);
    const [bob, eve] = [network.account('Bob'), network.account('Eve')];
    const asked: [string, () => Promise<unknown>][] = [
      ['the Council removes one', () => motion(api, api.tx.validatorSet.removeValidator(bob.address))],
      ['the Council removes all in a batch', () => motion(api, api.tx.utility.batchAll(
        before.validators.map((validator) => api.tx.validatorSet.removeValidator(validator))))],
      ['one retires', () => send(api, api.tx.validatorSet.retire(), eve)],
    ];
    for (const [title, attempt] of asked) {
      const reason = await refusal(attempt);
      saw(`${title}: ${reason}`);
      assert.equal(reason, 'validatorSet.BelowMinimum');
    }
    const purge = await refusal(() => send(api, api.tx.session.purgeKeys(), eve));
    saw(`one purges its keys: ${purge}`);
    assert.match(String(purge), /not even included|CallFiltered/);
    const members = (await api.query.validatorSet.members.keys()).map(({ args: [who] }) => who.toString()).sort();
    assert.deepEqual(members, [...before.validators].sort());
    assert.equal((await api.query.validatorSet.minimum()).toNumber(), 4);
  });

  step('a new GRANDPA set only where the set changed', 120, async (network) => {
    const api = await network.api();
    const sums = await traffic.stop(network.member('Alice'));
    saw(inWords(sums));
    assert.equal(sums.included, sums.accepted);
    assert.deepEqual(sums.refused, []);
    await walk.more();
    const sets: { index: number; setId: number }[] = [];
    for (const block of walk.seen.filter((seen) => eventsNamed(seen, 'session.NewSession').length > 0)) {
      sets.push(await sessionAt(await api.at(block.hash)));
    }
    saw(`session:set ${sets.map(({ index, setId }) => `${index}:${setId}`).join(' ')}`);
    assert.ok(sets.length >= 7, 'too few sessions to tell');
    for (const { index, setId } of sets) {
      assert.equal(setId, changed.filter((session) => session <= index).length, `set of session ${index}`);
    }
  });
});
