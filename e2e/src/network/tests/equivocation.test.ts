/** Two nodes with the same keys: reported, disabled at once, out two sessions later, finality unharmed. */
import assert from 'node:assert/strict';
import {
  countAuthors, eventsNamed, eventually, FinalBlocks, heads, lagOf, Network, newSessionKeys, saw, scene, sessionAt,
  type SeenBlock,
} from '../harness.js';

const LAG = 6;
/** Blocks from the offence's record until the offender is disabled: none. */
const AT_ONCE = 0;

interface Recorded {
  block: SeenBlock;
  session: number;
}

let walk: FinalBlocks;
let recorded: Recorded;

/** Starts a second node with the same session keys, and follows the chain until its offence is recorded. */
async function duplicate(network: Network, name: string, organisation: number, only: 'blocks' | 'all' = 'all'): Promise<Recorded> {
  const api = await network.api();
  const own = network.keys.get(name);
  assert.ok(own);
  const keys = only === 'all' ? own : { ...own, grandpa: newSessionKeys().grandpa };
  const began = (await heads(network.member('Alice'))).finalised.number;
  walk = new FinalBlocks(api, began + 1);
  const twin = await network.add({ name: `${name}-again`, keys });
  await twin.start();
  const { block, data } = await eventually('an offence is recorded', 240, () => walk.find('validatorSet.OffenceRecorded'));
  const offender = network.account(name).address;
  assert.equal(String(data['validator']), offender);
  assert.equal(Number(data['organisation']), organisation, 'the event names another organisation');
  const { index, disabled } = await sessionAt(await api.at(block.hash));
  saw(`offence of ${name}, organisation ${organisation}, recorded in block ${block.number}, ${block.number - began} blocks after its second node was started; session ${index}`);
  assert.deepEqual(disabled, [offender], `not disabled in block ${block.number + AT_ONCE}, which recorded the offence`);
  return { block, session: index };
}

/** Follows the final blocks until a session begins, and answers its first block. */
async function firstOf(network: Network, wanted: number): Promise<SeenBlock> {
  const api = await network.api();
  return eventually(`session ${wanted} begins`, 150, async () => {
    await walk.more();
    for (const block of walk.seen) {
      const [data] = eventsNamed(block, 'session.NewSession');
      if (data && (await sessionAt(await api.at(block.hash))).index === wanted) return block;
    }
    return undefined;
  });
}

/** What the offender made after its offence was recorded. */
const madeAfter = (account: string): number =>
  countAuthors(walk.seen.filter(({ number }) => number > recorded.block.number)).get(account) ?? 0;

/** Whether finality kept up everywhere, of the first nodes. */
async function keepsUp(network: Network): Promise<void> {
  await network.everywhere(`finality is at most ${LAG} behind`, 30, (seen) => lagOf(seen) <= LAG);
}

scene('five validators, four needed', () => Network.start({
  names: ['Alice', 'Bob', 'Charlie', 'Dave', 'Eve'], minValidators: 4, sessionLength: 10,
}), (step) => {
  step('the offence is recorded, and the offender disabled at once', 400, async (network) => {
    recorded = await duplicate(network, 'Eve', 5);
    await keepsUp(network);
  });

  step('it is out two sessions later, and made no block in between', 200, async (network) => {
    const api = await network.api();
    const eve = network.account('Eve').address;
    const next = await firstOf(network, recorded.session + 1);
    const between = await sessionAt(await api.at(next.hash));
    assert.ok(between.validators.includes(eve), 'it left before its time');
    assert.deepEqual(between.disabled, [eve]);
    await keepsUp(network);
    const left = await firstOf(network, recorded.session + 2);
    const after = await sessionAt(await api.at(left.hash));
    saw(`session ${after.index} begins with block ${left.number}: ${after.validators.length} validators, set ${after.setId}`);
    assert.ok(!after.validators.includes(eve), 'it is still in the set');
    assert.equal(after.validators.length, 4);
    assert.deepEqual(after.disabled, []);
    assert.equal(after.setId, between.setId + 1);
    assert.equal(String(eventsNamed(left, 'validatorSet.ValidatorLeft')[0]?.['validator']), eve);
    assert.ok((await api.query.session.nextKeys(eve)).isNone, 'its keys were not purged');
    assert.equal(madeAfter(eve), 0, 'a disabled validator made blocks');
    await keepsUp(network);
  });

  step('the four others make and finalise blocks', 90, async (network) => {
    const { finalised } = await heads(network.member('Alice'));
    await network.everywhere('five more are final', 60, (seen) => seen.finalised.number >= finalised.number + 5);
    await keepsUp(network);
    const record = await (await network.api()).query.validatorSet.offences(5);
    saw(`record of organisation 5: ${record.count.toString()} offence(s)`);
    assert.ok(record.count.toNumber() >= 1);
  });
});

scene('four validators, four needed', () => Network.start({ minValidators: 4, sessionLength: 10 }), (step) => {
  step('the offence is recorded, and the offender disabled at once', 400, async (network) => {
    recorded = await duplicate(network, 'Dave', 4);
    await keepsUp(network);
  });

  step('it stays, disabled, and that is told', 200, async (network) => {
    const api = await network.api();
    const dave = network.account('Dave').address;
    const { block, data } = await eventually('the offender is retained', 90, () => walk.find('validatorSet.OffenderRetained'));
    saw(`retained in block ${block.number}`);
    assert.equal(String(data['validator']), dave);
    assert.equal(Number(data['organisation']), 4);
    const later = await firstOf(network, recorded.session + 3);
    const after = await sessionAt(await api.at(later.hash));
    saw(`session ${after.index}: ${after.validators.length} validators, disabled still: ${after.disabled.length}, set ${after.setId}`);
    assert.ok(after.validators.includes(dave));
    assert.equal(after.validators.length, 4);
    assert.deepEqual(after.disabled, [dave]);
    assert.equal(madeAfter(dave), 0, 'a disabled validator made blocks');
    await keepsUp(network);
  });
});

scene('two nodes that make blocks with one key, and vote with one', () => Network.start({
  names: ['Alice', 'Bob', 'Charlie', 'Dave', 'Eve'], minValidators: 4, sessionLength: 10,
}), (step) => {
  step('two blocks for one slot are enough', 400, async (network) => {
    recorded = await duplicate(network, 'Eve', 5, 'blocks');
    assert.equal(eventsNamed(recorded.block, 'offences.Offence').length, 1);
    const kind = Buffer.from(String(eventsNamed(recorded.block, 'offences.Offence')[0]?.['kind']).slice(2), 'hex').toString();
    saw(`kind of offence: ${kind}`);
    assert.match(kind, /^babe:/);
    await keepsUp(network);
  });
});
