/** What takes Root, with `gov` as people use it: enactment, upgrades, the set of validators. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import type { KeyringPair } from '@polkadot/keyring/types';
import { best, blockAtLeast, care } from '@salus/client';
import { governance as gov } from '@salus/governance';
import type { CarePolicy } from '@salus/types';
import { govern, type Governing } from '../governing.js';

let all: Governing;
let api: ApiPromise;
let folder: string;
let newcomer: KeyringPair;
let done: Governing['done'];
let refused: Governing['refused'];
let carry: Governing['carry'];

before(async () => {
  all = await govern();
  ({ api, folder, newcomer, done, refused, carry } = all);
});

after(() => all?.stop());

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

// Before the delay of its class is made longer.
test('enactment: both bodies announce another care policy, a notice ahead, and withdraw it', async () => {
  const change = async (policy: CarePolicy): Promise<void> => {
    const call = gov.setCarePolicy(api, policy);
    const hash = gov.callHash(call.method.toU8a());
    for (const body of ['technicalCommittee', 'council'] as const) await carry(body, gov.enactmentApprove(api, call));
    const { due } = (await done(['status', hash])).proposal.stored;
    for (let now = await best(api); now.moment < due; now = await best(api)) await blockAtLeast(api, now.number + 1);
    await done(['enact', hash], 'Dave');
  };
  await refused(2, /in force, and no other is announced/, ['propose', 'set-care-policy', 'CareTeam', '--body', 'council'], 'Alice');
  await refused(2, /no care policy; there are ConsentOnly, CareTeam/, ['build', 'set-care-policy', 'Everything']);
  await change('ConsentOnly');
  const { api: at, moment } = await best(api);
  const terms = await care.policies(at);
  assert.deepEqual(terms.map(({ policy }) => policy), ['CareTeam', 'ConsentOnly']);
  const from = terms[1]?.from ?? 0;
  assert.ok(from > moment + 29 * 86_400 && from <= moment + 30 * 86_400, 'it begins thirty days later');
  assert.equal(await care.policyAt(at, moment), 'CareTeam');
  await refused(2, /announced already/, ['propose', 'set-care-policy', 'ConsentOnly', '--body', 'council'], 'Alice');
  const { inspection } = await done(['propose', 'set-care-policy', 'CareTeam', '--body', 'council', '--dry-run'], 'Alice');
  assert.match(JSON.stringify(inspection), /What is announced is withdrawn/);
  await change('CareTeam');
  assert.deepEqual((await care.policies((await best(api)).api)).map(({ policy }) => policy), ['CareTeam']);
});

test('enactment: two bodies, a public delay, and any account; nobody can hurry it', async () => {
  // An hour, so that what is decided next is too early for as long as this test takes.
  const seconds = 3_600;
  const decision = gov.enactmentSetDelay(api, 'Parameter', seconds);
  const hashOf = (call: typeof decision): string => gov.callHash(call.method.toU8a());
  const hash = hashOf(decision);
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
  assert.deepEqual(both.missing, []);
  assert.ok(both.stored.due - both.stored.proposedAt >= (await gov.enactmentFloors(api)).Parameter);

  for (let now = await best(api); now.moment < both.stored.due; now = await best(api)) await blockAtLeast(api, now.number + 1);
  const enacted = await done(['enact', hash], 'Dave');
  assert.equal(enacted.proposal.stage, 'Ready');
  assert.equal((await gov.enactmentDelays(api)).Parameter, seconds);
  await refused(1, /no proposal for enactment has the hash/, ['enact', hash], 'Dave');

  const next = gov.enactmentSetDelay(api, 'Parameter', seconds + 5);
  await carry('technicalCommittee', gov.enactmentApprove(api, next));
  await carry('council', gov.enactmentApprove(api, next));
  const early = (await done(['status', hashOf(next)])).proposal;
  assert.deepEqual([early.stage, early.missing], ['Delay', []]);
  assert.ok(early.stored.due > early.now && early.stored.due - early.stored.proposedAt >= seconds);
  await refused(2, /its delay is not over/, ['enact', hashOf(next)], 'Dave');
  await refused(1, /enactment\.TooEarly/, ['enact', hashOf(next), '--anyway'], 'Dave');
});

test('enactment: either body stops a proposal', async () => {
  const decision = gov.enactmentSetDelay(api, 'Upgrade', (await gov.enactmentDelays(api)).Upgrade + 5);
  const hash = gov.callHash(decision.method.toU8a());
  await carry('council', gov.enactmentApprove(api, decision));
  const shown = await done(['cancel', hash, '--body', 'technical', '--dry-run'], 'Alice');
  assert.match(shown.inspection.words[0], /Stops the proposal for enactment/);
  await carry('technicalCommittee', gov.enactmentCancel(api, hash));
  await refused(1, /no proposal for enactment has the hash/, ['cancel', hash, '--body', 'technical'], 'Alice');
});

