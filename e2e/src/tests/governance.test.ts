/** Motions, with `gov` as people use it and with the SDK: who may decide what, and how a body's seats change. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import type { Codec } from '@polkadot/types/types';
import type { KeyringPair } from '@polkadot/keyring/types';
import { claims, type Call } from '@salus/client';
import { governance as gov } from '@salus/governance';
import { DispatchFailed } from '@salus/types';
import { govern, isFiltered, MEMBERS, pair, type Governing } from '../governing.js';

/** The settlement asset of the presets. */
const ASSET = 1;

let all: Governing;
let api: ApiPromise;
let newcomer: KeyringPair;
let done: Governing['done'];
let refused: Governing['refused'];
let send: Governing['send'];
let carry: Governing['carry'];

before(async () => {
  all = await govern();
  ({ api, newcomer, done, refused, send, carry } = all);
});

after(() => all?.stop());

const council = async (): Promise<string[]> => (await api.query.council.members()).map(String);

test('the tool knows who may make every call of the chain, and has a sentence for each that governance makes', () => {
  const unknown: string[] = [];
  const unworded: string[] = [];
  for (const [pallet, calls] of Object.entries(api.tx)) {
    for (const method of Object.keys(calls)) {
      const name = `${pallet}.${method}`;
      const authority = gov.authorityOf(name);
      if (!authority) unknown.push(name);
      else if (['council', 'technical', 'either', 'enactment'].includes(authority.by) && !/^scheduler\.(setRetry|cancelRetry)/.test(name) && !gov.hasSentence(name)) unworded.push(name);
    }
  }
  assert.deepEqual({ unknown, unworded }, { unknown: [], unworded: [] });
});

/** A call of the chain with the default of each of its arguments. */
function withDefaults(name: string): Call {
  const [pallet = '', method = ''] = name.split('.');
  const make = (api.tx as any)[pallet][method];
  const args = make.meta.args.map(({ type }: { type: Codec }) => api.registry.createType(type.toString()));
  return make(...args) as Call;
}

test('what the tool says the filter refuses, the chain refuses, inside a motion and a batch', async () => {
  // A chain lacks whole pallets of the list, and never a call of a pallet that it has.
  const here = gov.FILTERED.filter((name) => name.split('.')[0] as string in api.tx);
  assert.ok(here.length > 30, `${here.length} of ${gov.FILTERED.length}`);
  const outcomes = await Promise.all(here.map(async (name) => {
    const batch = api.tx.utility.batchAll([withDefaults(name)]);
    const motion = api.tx.council.propose(2, batch.method, batch.method.encodedLength);
    const failure = await send(motion).then(() => undefined, (error: Error) => error);
    return [name, isFiltered(failure) ? 'filtered' : String(failure)];
  }));
  assert.deepEqual(outcomes, here.map((name) => [name, 'filtered']));
  const allowed = api.tx.utility.batchAll([withDefaults('membership.addMember')]);
  const made = gov.proposedAs(await send(api.tx.council.propose(2, allowed.method, allowed.method.encodedLength)), 'council');
  assert.ok(made, 'what is not filtered is proposed');
  const motion = await gov.findMotion(api, made.hash);
  await Promise.all((['Alice', 'Bob'] as const).map((name) => send(gov.vote(api, motion, false), name)));
  await send(await gov.close(api, motion));
});

/** What the tool's inspection of a call says, in one text. */
const said = async (call: Call): Promise<string> => {
  const { refusals, obstacles } = await gov.inspect(api, call.method);
  return [...refusals, ...obstacles].join('\n');
};

test('a body keeps its three seats: the tool says so, and the chain refuses the removal, alone and behind an addition', async () => {
  const charlie = pair('Charlie').address;
  const removal = gov.removeMember(api, 'council', charlie);
  const both = api.tx.utility.batchAll([gov.addMember(api, 'council', newcomer.address), removal]);
  for (const call of [removal, both]) {
    assert.match(await said(call), /call filter refuses it: the Council has 3 seats/);
    await assert.rejects(gov.propose(api, 'council', call).then((motion) => send(motion)), isFiltered);
  }
  assert.match(await said(gov.removeMember(api, 'technicalCommittee', charlie)), /the Technical Committee has 3 seats/);
  await refused(2, /call filter refuses it: the Council has 3 seats/, ['propose', 'remove-council-member', charlie], 'Alice');
  assert.equal(await said(gov.swapMember(api, 'council', charlie, newcomer.address)), '', 'a swap leaves as many');
});

test('the administrator of an asset does not reach into a settlement account: the tool says so, and so does the chain', async () => {
  const pot = await claims.settlementAccount(api, 1);
  const into = (who: string): Call[] => [api.tx.assets.burn(ASSET, who, 1), api.tx.assets.freeze(ASSET, who), api.tx.assets.block(ASSET, who)];
  for (const call of into(pot)) {
    assert.match(await said(call), /for a payer's settlement account/, call.method.method);
    await assert.rejects(send(call), isFiltered, call.method.method);
  }
  for (const call of into(newcomer.address)) {
    assert.doesNotMatch(await said(call), /settlement account/, call.method.method);
    await assert.rejects(send(call), (error: Error) => error instanceof DispatchFailed && /NoPermission|NoAccount/.test(error.error), call.method.method);
  }
});

test('a prime is shown and changes no vote', async () => {
  const { inspection } = await done(['build', 'set-council-prime', pair('Alice').address]);
  assert.match(inspection.words[0], /Makes 5\w+ \(organisation 1\) the prime.*changes no vote/);
  assert.deepEqual(inspection.warnings, []);
  await carry('council', gov.setPrime(api, 'council', pair('Alice').address));
  assert.equal((await gov.seatsOf(api, 'council')).prime, pair('Alice').address);
  await carry('council', gov.clearPrime(api, 'council'));
  assert.equal((await gov.seatsOf(api, 'council')).prime, undefined);
});

test('a member is added: shown, proposed, voted, closed, with the status at each step', async () => {
  const { address } = newcomer;
  const shown = await done(['propose', 'add-council-member', address, '--dry-run'], 'Alice');
  assert.match(shown.inspection.words[0], new RegExp(`Gives ${address} a seat in the Council`));
  assert.match(shown.inspection.changes[0], /3 seats before, 4 after; two thirds are 2 votes before, 3 after/);
  assert.deepEqual([shown.inspection.refusals, shown.inspection.obstacles, shown.done], [[], [], undefined]);
  assert.equal((await gov.openMotions(api)).length, 0, 'nothing was sent');

  const { motion } = await done(['propose', 'add-council-member', address, '--aye'], 'Alice');
  assert.equal(motion.hash, gov.callHash(gov.addMember(api, 'council', address).method.toU8a()));
  assert.deepEqual([motion.needed, motion.missing, motion.outcome, motion.canPass], [2, 1, 'IsOpen', true]);
  assert.deepEqual(motion.ayes, [pair('Alice').address]);
  assert.deepEqual(new Set(motion.yetToVote), new Set([pair('Bob').address, pair('Charlie').address]));
  assert.ok(motion.blocksLeft > 0);
  assert.equal(motion.seats.find((seat: gov.Seat) => seat.account === pair('Alice').address).organisation, 1);

  await refused(2, /is open: 1 aye missing/, ['close', motion.hash], 'Dave');
  await refused(2, /has no seat in the Council/, ['vote', motion.hash, 'aye'], 'Dave');
  await refused(2, /has voted aye already/, ['vote', motion.hash, 'aye'], 'Alice');
  await refused(2, /has the same motion open/, ['propose', 'add-council-member', address], 'Bob');

  const voted = await done(['vote', motion.hash.slice(0, 12), 'aye'], 'Bob');
  assert.equal(voted.motion.outcome, 'Passes');
  const closed = await done(['close', motion.hash], 'Dave');
  assert.equal(closed.outcome, 'carried out');
  assert.deepEqual(new Set(await council()), new Set([...MEMBERS.map((name) => pair(name).address), address]));
  await refused(1, /no open motion has the hash/, ['vote', motion.hash, 'aye'], 'Charlie');
});

test('a motion with fewer than two thirds is refused by the tool, and fails on the chain if sent anyway', async () => {
  const victim = pair('Charlie').address;
  const submitted = ['propose', 'remove-council-member', victim, '--threshold', '2'];
  await refused(2, /2 of 4 seats are less than two thirds/, submitted, 'Alice');
  const { motion: { hash } } = await done([...submitted, '--aye', '--anyway'], 'Alice');
  const { motion } = await done(['vote', hash, 'aye'], 'Bob');
  assert.deepEqual([motion.outcome, motion.needed, motion.missing], ['FailsForWantOfVotes', 3, 1]);
  await refused(2, /but not the two thirds \(3\)/, ['close', hash], 'Bob');
  const failed = await refused(1, /system\.BadOrigin/, ['close', hash, '--anyway'], 'Bob');
  assert.deepEqual([failed.ok, failed.name], [false, 'BadOrigin']);
  assert.ok((await council()).includes(victim));
  assert.equal((await gov.openMotions(api, 'council')).length, 0, 'the motion is gone');
});

test('nays end a motion, and closing it removes it', async () => {
  const made = gov.proposedAs(await send(await gov.propose(api, 'technicalCommittee', gov.enterSafeMode(api))), 'technicalCommittee');
  assert.ok(made);
  const motion = await gov.findMotion(api, made.hash);
  assert.equal(motion.body, 'technicalCommittee');
  await Promise.all((['Bob', 'Charlie'] as const).map((name) => send(gov.vote(api, motion, false), name)));
  const { motion: standing } = await done(['status', made.hash]);
  assert.deepEqual([standing.outcome, standing.canPass, standing.nays.length], ['IsRejected', false, 2]);
  assert.equal((await done(['close', made.hash], 'Dave')).outcome, 'rejected');
  assert.ok((await api.query.safeMode.enteredUntil()).isNone);
});

test('the Council cannot take what is not its own: the tool says so, and so does the chain', async () => {
  const { tx } = api;
  const dave = pair('Dave').address;
  const filtered: [Call, RegExp][] = [
    [tx.balances.forceTransfer(dave, pair('Alice').address, 1), /call filter/],
    [tx.system.setStorage([]), /call filter/],
    [tx.utility.dispatchAs({ system: 'Root' }, tx.system.setHeapPages(1)), /call filter/],
    [withDefaults('consent.permit'), /BadOrigin/],
  ];
  const dispatched: [Call, RegExp][] = [
    [tx.balances.transferKeepAlive(dave, 1), /BadOrigin/],
    [tx.council.setMembers([], null, 9), /nobody/],
    [tx.system.authorizeUpgrade(`0x${'11'.repeat(32)}`), /takes Root/],
    [tx.claims.withdraw(0, 1, 1), /BadOrigin/],
  ];
  for (const [call, sentence] of [...filtered, ...dispatched]) {
    const { refusals, name } = await gov.inspect(api, call.method);
    assert.match(refusals.join(), sentence, name);
  }
  await refused(2, /not sent: .*call filter/, ['propose', 'call', tx.system.setStorage([]).method.toHex(), '--body', 'council'], 'Alice');
  for (const [call] of filtered) await assert.rejects(async () => send(await gov.propose(api, 'council', call)), isFiltered, call.method.method);

  await send(tx.utility.batchAll(await Promise.all(dispatched.map(([call]) => gov.propose(api, 'council', call)))));
  const motions = await Promise.all(dispatched.map(([call]) => gov.findMotion(api, call.method.hash.toHex(), 'council')));
  await Promise.all(MEMBERS.map((name) => send(tx.utility.batchAll(motions.map((motion) => gov.vote(api, motion, true))), name)));
  const closing = send(tx.utility.forceBatch(await Promise.all(motions.map((motion) => gov.close(api, motion)))));
  await assert.rejects(closing, (error: Error) => {
    assert.ok(error instanceof DispatchFailed, String(error));
    assert.deepEqual([error, ...error.others].map((one) => `${one.wrappedIn?.event} ${one.error}`), dispatched.map(() => 'council.Executed BadOrigin'));
    return true;
  });
});

test('the seat is taken away again', async () => {
  await carry('council', gov.removeMember(api, 'council', newcomer.address));
  assert.ok(!(await council()).includes(newcomer.address));
});
