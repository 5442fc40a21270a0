/** Governing a chain: with `gov` as people use it, and with the SDK. Council and Technical Committee are Alice, Bob and Charlie. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { ApiPromise } from '@polkadot/api';
import type { Codec } from '@polkadot/types/types';
import { Keyring } from '@polkadot/keyring';
import type { KeyringPair } from '@polkadot/keyring/types';
import { best, blockAtLeast, claims, DispatchFailed, governance as gov, PoolRejected, submit, type Call } from '@salus/client';
import { chain, reach, run, type Ended } from '../node.js';
import { PATIENCE } from '../wait.js';

const GOV = fileURLToPath(new URL('../../../clients/js/bin/gov.js', import.meta.url));
const MEMBERS = ['Alice', 'Bob', 'Charlie'] as const;
type Name = (typeof MEMBERS)[number] | 'Dave';

/** The settlement asset of the presets. */
const ASSET = 1;

let api: ApiPromise;
let endpoint: string;
let stopChain: () => Promise<void>;
let folder: string;
const keyring = new Keyring({ type: 'sr25519' });
const pair = (name: string): KeyringPair => keyring.addFromUri(`//${name}`);
/** A key that no other run has seen. */
let newcomer: KeyringPair;

before(async () => {
  ({ endpoint, stop: stopChain } = await chain());
  api = await reach(endpoint);
  folder = await mkdtemp(join(tmpdir(), 'salus-governance-'));
  newcomer = keyring.addFromSeed(new Uint8Array(randomBytes(32)));
  for (const name of [...MEMBERS, 'Dave']) {
    await writeFile(join(folder, name), `//${name}`);
    await chmod(join(folder, name), 0o600);
  }
});

after(async () => {
  await api?.disconnect();
  await stopChain?.();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** Runs `gov` as its users do, and returns what it printed with `--json`. */
async function tool(args: string[], as?: Name): Promise<Ended & { json: any }> {
  const key = as ? ['--suri-file', join(folder, as), '--yes', '--in-block'] : [];
  const ended = await run(process.execPath, [GOV, ...args, '--json', '--ws', endpoint, ...key]);
  return { ...ended, json: ended.stdout.trim().startsWith('{') ? JSON.parse(ended.stdout) : undefined };
}

async function done(args: string[], as?: Name): Promise<any> {
  const { code, json, stderr, stdout } = await tool(args, as);
  assert.equal(code, 0, `gov ${args.join(' ')}\n${stderr}${stdout}`);
  assert.equal(json.ok, true);
  return json;
}

async function refused(code: 1 | 2, sentence: RegExp, args: string[], as?: Name): Promise<any> {
  const ended = await tool(args, as);
  assert.equal(ended.code, code, `gov ${args.join(' ')}\n${ended.stderr}`);
  assert.match(ended.stderr, sentence);
  assert.equal(ended.stderr.trim().split('\n').length, 1, `one sentence: ${ended.stderr}`);
  return ended.json;
}

/** The chain's call filter answers before any block. */
const isFiltered = (error: unknown): boolean => error instanceof PoolRejected && /call is not expected/.test(error.detail);

const send = (call: Call, as: Name = 'Alice') => submit(api, call, pair(as), { until: 'inBlock', timeout: PATIENCE * 1000 });

/** Carries a decision through a body with the SDK: proposed, voted by all, closed. */
async function carry(body: gov.Body, call: Call): Promise<void> {
  const made = gov.proposedAs(await send(await gov.propose(api, body, call)), body);
  assert.ok(made);
  const motion = await gov.findMotion(api, made.hash, body);
  const seats = (await api.query[body].members()).map(String);
  const voters = MEMBERS.filter((name) => seats.includes(pair(name).address)).slice(0, gov.votesNeeded(seats.length));
  await Promise.all(voters.map((name) => send(gov.vote(api, motion, true), name)));
  await send(await gov.close(api, motion), 'Dave');
}

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
  const outcomes = await Promise.all(gov.FILTERED.map(async (name) => {
    const batch = api.tx.utility.batchAll([withDefaults(name)]);
    const motion = api.tx.council.propose(2, batch.method, batch.method.encodedLength);
    const failure = await send(motion).then(() => undefined, (error: Error) => error);
    return [name, isFiltered(failure) ? 'filtered' : String(failure)];
  }));
  assert.deepEqual(outcomes, gov.FILTERED.map((name) => [name, 'filtered']));
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

test('safe mode: either body enters it, transfers stop, governance goes on, and the Council ends it', async () => {
  await refused(2, /either body can decide this/, ['propose', 'enter-safe-mode'], 'Alice');
  const { inspection } = await done(['build', 'enter-safe-mode', '--body', 'technical']);
  assert.match(inspection.changes.join('\n'), /Lasts \d+ blocks .* ends by itself[^]*Stops: [^]*Goes on: /);
  await carry('technicalCommittee', gov.enterSafeMode(api));
  const { safeMode } = await done(['status']);
  assert.ok(safeMode.until > 0);
  const transfer = api.tx.balances.transferKeepAlive(newcomer.address, 10n ** 12n);
  await assert.rejects(send(transfer), isFiltered);
  const again = await done(['build', 'enter-safe-mode', '--body', 'technical']);
  assert.match(again.inspection.obstacles.join(), /safe mode is on already/);
  assert.match((await done(['build', 'exit-safe-mode', '--body', 'technical'])).inspection.refusals.join(), /takes the Council/);
  await carry('council', gov.exitSafeMode(api));
  assert.equal((await done(['status'])).safeMode, null);
  await send(transfer);
});

test('the tool shows what a removal makes of the validators, and the minimum stands', async () => {
  const [validator] = (await api.query.validatorSet.members.keys()).map((key) => String(key.args[0]));
  assert.ok(validator);
  const sound = (await api.query.session.nextKeys.keys()).length;
  const minimum = (await api.query.validatorSet.minimum()).toNumber();
  const { inspection } = await done(['build', 'remove-validator', validator]);
  assert.equal(/BelowMinimum/.test(inspection.obstacles.join()), sound - 1 < minimum);
  assert.match(inspection.changes.join(), new RegExp(`the minimum is ${minimum}`));
  const unknown = await done(['build', 'add-validator', newcomer.address, '4000000']);
  assert.match(unknown.inspection.obstacles.join(), /UnknownOrganisation/);
});

test('a runtime file is read as the chain has it, and the present one is no upgrade', async () => {
  const code = await api.rpc.state.getStorage('0x3a636f6465') as unknown as { unwrap(): { toU8a(bare?: boolean): Uint8Array } };
  const file = join(folder, 'runtime.wasm');
  await writeFile(file, code.unwrap().toU8a(true));
  const shown = await done(['upgrade', file]);
  const present = await gov.presentVersion(api);
  assert.deepEqual(shown.runtime.version, present);
  assert.equal(shown.runtime.unreadable, undefined);
  assert.match(shown.obstacles.join(), /SpecVersionNeedsToIncrease/);
  await refused(2, /SpecVersionNeedsToIncrease/, ['upgrade', file, '--body', 'council'], 'Alice');
  await refused(2, /no runtime is authorised/, ['upgrade', file, '--apply'], 'Dave');
});

test('enactment: two bodies, a public delay, and any account; nobody can hurry it', async () => {
  const seconds = (await gov.enactmentDelays(api)).Parameter + 5;
  const decision = gov.enactmentSetDelay(api, 'Parameter', seconds);
  const hash = gov.callHash(decision.method.toU8a());
  await refused(2, /both bodies must approve this/, ['propose', 'set-delay', 'Parameter', `${seconds}s`], 'Alice');
  const low = await done(['build', 'set-delay', 'parameter', '1s']);
  assert.match(low.inspection.obstacles.join(), /BelowFloor/);

  const first = await done(['propose', 'set-delay', 'Parameter', `${seconds}s`, '--body', 'technical', '--aye'], 'Alice');
  await done(['vote', first.motion.hash, 'aye', '--body', 'technical'], 'Bob');
  await done(['close', first.motion.hash, '--body', 'technical'], 'Dave');
  const one = (await done(['status', hash])).proposal;
  assert.deepEqual([one.stage, one.missing, one.stored.due], ['OneBody', ['council'], undefined]);
  await refused(2, /only one body has approved it/, ['enact', hash], 'Dave');
  await refused(1, /enactment\.NotAgreed/, ['enact', hash, '--anyway'], 'Dave');
  await refused(2, /AlreadyApproved/, ['propose', 'set-delay', 'Parameter', `${seconds}s`, '--body', 'technical'], 'Alice');

  await carry('council', gov.enactmentApprove(api, decision));
  const both = (await done(['status', hash])).proposal;
  assert.deepEqual([both.stage, both.missing], ['Delay', []]);
  assert.ok(both.stored.due > both.now && both.stored.due - both.stored.proposedAt >= (await gov.enactmentFloors(api)).Parameter);
  await refused(2, /its delay is not over/, ['enact', hash], 'Dave');
  await refused(1, /enactment\.TooEarly/, ['enact', hash, '--anyway'], 'Dave');

  for (let now = await best(api); now.moment < both.stored.due; now = await best(api)) await blockAtLeast(api, now.number + 1);
  const enacted = await done(['enact', hash], 'Dave');
  assert.equal(enacted.proposal.stage, 'Ready');
  assert.equal((await gov.enactmentDelays(api)).Parameter, seconds);
  await refused(1, /no proposal for enactment has the hash/, ['enact', hash], 'Dave');
});

test('enactment: either body stops a proposal', async () => {
  const decision = gov.noteStalled(api, 10, 1);
  const hash = gov.callHash(decision.method.toU8a());
  await carry('council', gov.enactmentApprove(api, decision));
  const shown = await done(['cancel', hash, '--body', 'technical', '--dry-run'], 'Alice');
  assert.match(shown.inspection.words[0], /Stops the proposal for enactment/);
  await carry('technicalCommittee', gov.enactmentCancel(api, hash));
  await refused(1, /no proposal for enactment has the hash/, ['cancel', hash, '--body', 'technical'], 'Alice');
});

test('one call is paused for everybody, and what revokes cannot be', async () => {
  const transfer = api.tx.balances.transferKeepAlive(newcomer.address, 10n ** 12n);
  await carry('technicalCommittee', gov.pauseCall(api, 'balances.transferKeepAlive'));
  assert.deepEqual((await done(['status'])).paused, [['Balances', 'transfer_keep_alive']]);
  await assert.rejects(send(transfer), isFiltered);
  await carry('technicalCommittee', gov.unpauseCall(api, 'Balances.transfer_keep_alive'));
  await send(transfer);
  const unpausable = await done(['build', 'pause', 'consent.revoke', '--body', 'council']);
  assert.match(unpausable.inspection.obstacles.join(), /Unpausable/);
  await refused(2, /has no call consent\.everything/, ['build', 'pause', 'consent.everything']);
  await assert.rejects(carry('council', gov.pauseCall(api, 'consent.revoke')), (error: Error) => error instanceof DispatchFailed && error.error === 'Unpausable');
});

test('the chain pauses every call that the tool says can be paused, and no other', async () => {
  const { tx } = api;
  const names = Object.entries(tx).flatMap(([pallet, calls]) => Object.keys(calls).map((method) => `${pallet}.${method}`));
  // Each pause ends at once, inside the motion that makes it.
  const all = tx.utility.forceBatch(names.flatMap((name) => [gov.pauseCall(api, name), gov.unpauseCall(api, name)]));
  const made = gov.proposedAs(await send(await gov.propose(api, 'technicalCommittee', all)), 'technicalCommittee');
  assert.ok(made);
  const motion = await gov.findMotion(api, made.hash, 'technicalCommittee');
  await Promise.all((['Alice', 'Bob'] as const).map((name) => send(gov.vote(api, motion, true), name)));
  const failed = await send(await gov.close(api, motion), 'Dave').then(() => undefined, (error: Error) => error);
  assert.ok(failed instanceof DispatchFailed && failed.blockHash, 'what cannot be paused fails, and the batch goes on');
  const events = await (await api.at(failed.blockHash)).query.system.events();
  const paused = events.filter(({ event }) => event.section === 'txPause' && event.method === 'CallPaused')
    .map(({ event }) => (event.data[0] as unknown as { toUtf8(): string }[]).map((part) => part.toUtf8()).join('.'));
  const pausable = names.filter((name) => !gov.isNeverPaused(name)).map((name) => Object.values(gov.nameInMetadata(api, name)).join('.'));
  assert.ok(pausable.length > 50 && pausable.length < names.length);
  assert.deepEqual(paused.sort(), pausable.sort());
  assert.deepEqual((await done(['status'])).paused, []);
});

test('the seat is taken away again', async () => {
  await carry('council', gov.removeMember(api, 'council', newcomer.address));
  assert.ok(!(await council()).includes(newcomer.address));
});
