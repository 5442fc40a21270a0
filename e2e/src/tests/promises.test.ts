/** One test per promise, from outside: through the SDK, against a running chain. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import { anchors, best, blockAtLeast, connect, consent, decideAt, registry, snapshot } from '@salus/client';
import { newAgreementKey } from '@salus/exchange';
import { commit, ConnectionFailed, DispatchFailed, newSalt, PoolRejected, utf8, type Access, type Decision, type Question } from '@salus/types';
import { begin, people, type Peopled } from '../setting.js';
import type { Institutions } from '../steps/admission.js';
import { registerPatient } from '../steps/patient.js';
import type { Staff } from '../steps/staff.js';
import { PATIENCE, until } from '../wait.js';
import { DAY, type Patient, type World } from '../world.js';

let all: Peopled;
let api: ApiPromise;
let world: World;
let institutions: Institutions;
let staff: Staff;
let endpoint: string;

before(async () => {
  all = await people(await begin());
  ({ api, world, institutions, staff, endpoint } = all);
});

after(() => all?.stop());

const newPatient = (): Promise<Patient> => registerPatient(world, institutions.hospital, staff);

const access = async (over: Partial<Access> = {}): Promise<Access> => ({
  actions: ['Read'], purposes: ['Treat'], classes: ['Laboratory'], until: await world.now() + 30 * DAY, ...over,
});

const toClinic = () => ({ organisation: institutions.clinic.org });

const question = (patient: Patient, over: Partial<Question> = {}): Question => ({
  subject: patient.handle, purpose: 'Treat', action: 'Read', dataClass: 'Laboratory',
  actor: { organisation: institutions.clinic.org, practitioner: staff.specialist.address }, ...over,
});

const decideNow = async (asked: Question): Promise<Decision> => decideAt(await best(api), asked);


test('grant, revoke, re-grant: the gap stays Deny for ever', async () => {
  const patient = await newPatient();
  const granted = await world.send(consent.permit(api, toClinic(), await access()), patient.pair);
  const revoked = await world.send(consent.revoke(api, consent.grantedAs(granted)), patient.pair);
  await blockAtLeast(api, revoked.blockNumber + 2);
  const again = await world.send(consent.permit(api, toClinic(), await access()), patient.pair);
  const [from, gap, since] = [await world.momentOf(granted), await world.momentOf(revoked), await world.momentOf(again)];
  const at = async (moment: number) => (await decideNow(question(patient, { at: moment }))).verdict;
  assert.deepEqual(
    [await at(from - 1), await at(from), await at(gap - 1), await at(gap), await at(since - 1), await at(since)],
    ['Deny', 'Permit', 'Permit', 'Deny', 'Deny', 'Permit'],
  );
});

test('a replayed grant does nothing after the revocation', async () => {
  const patient = await newPatient();
  const signed = await consent.permit(api, toClinic(), await access()).signAsync(patient.pair, { nonce: -1 });
  const bytes = signed.toHex();
  await api.rpc.author.submitExtrinsic(bytes);
  await until('the grant is in force', async () => (await decideNow(question(patient))).verdict === 'Permit');
  const revoked = await world.send(consent.revoke(api, 0), patient.pair);
  // Outdated, or still known to the pool: refused either way.
  await assert.rejects(api.rpc.author.submitExtrinsic(bytes), /^NodeError: 101[023]:/);
  await blockAtLeast(api, revoked.blockNumber + 2);
  assert.equal((await decideNow(question(patient))).verdict, 'Deny');
  assert.equal((await api.call.consentApi.directives(patient.handle)).length, 1);
});

test('a grant expires by itself, to the second', async () => {
  const patient = await newPatient();
  const end = await world.after(6);
  const { blockHash } = await world.send(consent.permit(api, toClinic(), await access({ until: end })), patient.pair);
  // In the state of that block: the end may have come before the answer of a later one.
  assert.equal((await decideAt(await snapshot(api, blockHash), question(patient))).verdict, 'Permit');
  await world.until(end);
  assert.equal((await decideNow(question(patient))).verdict, 'Deny');
  assert.equal((await decideNow(question(patient, { at: end - 1 }))).verdict, 'Permit');
  assert.equal((await decideNow(question(patient, { at: end }))).verdict, 'Deny');
});

test('passing data on is permitted by its own action, over as many hands as are named', async () => {
  const patient = await newPatient();
  await world.send(consent.permit(api, toClinic(), await access({ actions: ['Read', 'Redisclose'], rediscloseDepth: 2 })), patient.pair);
  for (const action of ['Read', 'Redisclose'] as const) assert.equal((await decideNow(question(patient, { action }))).verdict, 'Permit', action);
  assert.equal((await decideNow(question(patient, { action: 'Export' }))).verdict, 'Deny');
});

test('a veto beats a more specific Permit', async () => {
  const patient = await newPatient();
  await world.send(consent.permit(api, { practitioner: staff.specialist.address }, await access()), patient.pair);
  assert.equal((await decideNow(question(patient))).verdict, 'Permit');
  const vetoed = await world.send(consent.vetoPurpose(api, 'Treat'), patient.pair);
  assert.equal(vetoed.fee, 0n);
  const decision = await decideNow(question(patient));
  assert.deepEqual([decision.verdict, decision.why], ['Deny', { kind: 'Veto' }]);
});

test('lifting a Deny takes its time and is not free', async () => {
  const patient = await newPatient();
  await world.send(consent.permit(api, toClinic(), await access()), patient.pair);
  await world.send(consent.deny(api, toClinic(), await access(), await world.now() + DAY), patient.pair);
  assert.deepEqual((await decideNow(question(patient))).why, { kind: 'Directive', directive: 1 });
  const lifted = await world.send(consent.lift(api, 1), patient.pair);
  assert.ok(lifted.events.some(({ event }) => event.section === 'sponsorship' && event.method === 'FeeSponsored'));
  await assert.rejects(
    world.send(consent.applyLift(api, patient.handle, { directive: 1 }), world.registrar),
    (error) => error instanceof DispatchFailed && error.is('consent', 'TooEarly'),
  );
  assert.equal((await decideNow(question(patient))).verdict, 'Deny');
});

test('a suspended licence turns Permit into Deny at that second', async () => {
  const patient = await newPatient();
  const { clinic } = institutions;
  await world.send(consent.permit(api, toClinic(), await access()), patient.pair);
  const suspended = await world.send(registry.suspend(api, clinic.org, 'Provider'), world.registrar);
  const at = await world.momentOf(suspended);
  const decision = await decideNow(question(patient));
  assert.deepEqual([decision.verdict, decision.why], ['Deny', { kind: 'Credential' }]);
  assert.equal((await decideNow(question(patient, { at: at - 1 }))).verdict, 'Permit');
  await world.send(registry.reinstate(api, clinic.org, 'Provider', await world.now() + 100 * DAY), world.registrar);
  assert.equal((await decideNow(question(patient))).verdict, 'Permit');
  assert.equal((await decideNow(question(patient, { at }))).verdict, 'Deny');
});

test('an anchor copied by another organisation changes nothing for the first', async () => {
  const { hospital, clinic } = institutions;
  const commitment = commit(newSalt(), utf8('{"resourceType":"Observation"}'));
  const [copied, original] = await Promise.all([
    world.send(anchors.anchor(api, clinic.org, commitment), clinic.admin),
    world.send(anchors.anchor(api, hospital.org, commitment), staff.steward),
  ]);
  const first = anchors.anchoredAt(original);
  const other = anchors.anchoredAt(copied);
  assert.notDeepEqual(first, other);
  const verified = await anchors.verify(api, first, commitment);
  assert.ok(verified.ok && verified.status === 'Current');
  await assert.rejects(
    world.send(anchors.anchor(api, hospital.org, commitment), staff.steward),
    (error) => error instanceof DispatchFailed && error.is('recordAnchor', 'AlreadyAnchored'),
  );
});

test('a stranger without tokens is refused before any block, in words', async () => {
  await assert.rejects(
    world.send(consent.vetoPurpose(api, 'Treat'), world.stranger()),
    (error) => error instanceof PoolRejected && error.code === 1010,
  );
});

test('what somebody may not do fails by name, and what nobody may do is not even included', async () => {
  const { hospital } = institutions;
  await assert.rejects(
    world.send(registry.admit(api, hospital.org, 'Pharmacy', await world.now() + DAY), hospital.admin),
    (error) => error instanceof DispatchFailed && error.is('registry', 'NotRegistrar') && error.docs.length > 0,
  );
  const { publicKey } = await newAgreementKey();
  await assert.rejects(
    world.send(api.tx.system.remark(publicKey), hospital.admin),
    (error) => error instanceof PoolRejected && error.code === 1010,
  );
});

test('a call that fails inside a batch that goes on is found, by name and number', async () => {
  const { hospital } = institutions;
  const calls = [
    api.tx.balances.transferKeepAlive(hospital.admin.address, 0),
    registry.admit(api, hospital.org, 'Pharmacy', await world.now() + DAY),
  ];
  await assert.rejects(
    world.send(api.tx.utility.forceBatch(calls), hospital.admin),
    (error) => error instanceof DispatchFailed && error.is('registry', 'NotRegistrar')
      && error.wrappedIn?.event === 'utility.ItemFailed' && error.wrappedIn.index === 1,
  );
});

test('connecting to nothing, or to another chain, fails in words', async () => {
  await assert.rejects(connect('ws://127.0.0.1:9', { timeout: 2_000 }), ConnectionFailed);
  await assert.rejects(connect(endpoint, { genesisHash: `0x${'11'.repeat(32)}`, timeout: PATIENCE * 1000 }), /the genesis hash is/);
});
