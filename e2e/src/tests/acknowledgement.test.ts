/**
 * Acknowledgements of what patients took back: who says so, in time, without money; who cannot; and what needs none. The three days after which
 * one is overdue go by in the network test `days`, where clocks are moved.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { KeyringPair } from '@polkadot/keyring/types';
import { acknowledgement, consent, decideAt, registry, snapshot, type ApiPromise, type Call, type Included } from '@salus/client';
import { PoolRejected, type Access, type Grantee } from '@salus/types';
import { isFiltered } from '../governing.js';
import { begin, people, type Peopled } from '../setting.js';
import type { Institutions } from '../steps/admission.js';
import { allFail, fails } from '../steps/amendment.js';
import { registerPatients } from '../steps/patient.js';
import { hireAtAll, type Staff } from '../steps/staff.js';
import { DAY, type Institution, type Patient, type World } from '../world.js';

const HOUR = 3_600;
const NOTHING: acknowledgement.Tally = { onTime: 0, late: 0, overdue: 0, unpaid: 0 };

let all: Peopled;
let api: ApiPromise;
let world: World;
let institutions: Institutions;
let staff: Staff;
/** Keeps records for the insurer, and looks after privacy at the clinic as well. */
let both: KeyringPair;
/** What each has permitted, by number, and which of it is revoked. */
let scene: Record<'answered' | 'waiting' | 'insured' | 'flagged', { patient: Patient; revoked: Map<number, Included> }>;

/** Patients who permit and revoke at the same time, each its own: `kept` says which directives stay in force. */
async function withdrawals<T extends string>(permits: Record<T, { grantees: Grantee[]; kept?: number[] }>) {
  const { hospital } = institutions;
  const entries = Object.entries<{ grantees: Grantee[]; kept?: number[] }>(permits);
  const patients = await registerPatients(world, hospital, staff, entries.length);
  const access = { actions: ['Read'], purposes: ['Treat', 'Hpaymt'], classes: ['Laboratory'], until: await world.now() + 30 * DAY } satisfies Access;
  const each = async <R>(act: (patient: Patient, whom: Grantee[], kept: number[]) => Promise<R>): Promise<R[]> =>
    Promise.all(entries.map(([, { grantees, kept = [] }], at) => act(patients[at] as Patient, grantees, kept)));
  await each(({ pair }, grantees) => world.sendAll(grantees.map((grantee) => consent.permit(api, grantee, access)), pair));
  const revoked = await each(async ({ pair }, grantees, kept) => {
    const numbers = [...grantees.keys()].filter((number) => !kept.includes(number));
    const included = await world.sendAll(numbers.map((number) => consent.revoke(api, number)), pair);
    return new Map(numbers.map((number, at) => [number, included[at] as Included]));
  });
  return Object.fromEntries(entries.map(([name], at) => [name, { patient: patients[at], revoked: revoked[at] }])) as
    Record<T, { patient: Patient; revoked: Map<number, Included> }>;
}

before(async () => {
  all = await people(await begin());
  ({ api, world, institutions, staff } = all);
  const { hospital, clinic, insurer } = institutions;
  const { specialist } = staff;
  const toClinic = { organisation: clinic.org };
  [both, scene] = await Promise.all([
    hireAtAll(world, [[insurer, 'DataSteward'], [clinic, 'PrivacyOfficer']]),
    withdrawals({
      answered: {
        grantees: [toClinic, { ...toClinic, role: 'Clinician' }, { practitioner: specialist.address, at: clinic.org }, { practitioner: specialist.address }, 'Any'],
      },
      waiting: { grantees: [toClinic, toClinic, { organisation: hospital.org }], kept: [1] },
      insured: { grantees: [{ organisation: insurer.org }] },
      flagged: { grantees: [{ organisation: insurer.org }, toClinic] },
    }),
  ]);
});

after(() => all?.stop());

const standing = async (patient: Patient, directive: number): Promise<acknowledgement.Revocation | undefined> =>
  acknowledgement.revocation(api, patient.handle, directive);
const tallyOf = async ({ org }: Institution): Promise<acknowledgement.Tally> => acknowledgement.tally(api, org);
const acknowledging = ({ org }: Institution, { handle }: Patient, directive: number): Call => acknowledgement.acknowledge(api, org, handle, directive);
const marking = ({ handle }: Patient, directive: number): Call => acknowledgement.markOverdue(api, handle, directive);
const reservedBy = async ({ address }: KeyringPair): Promise<bigint> => (await api.query.system.account(address)).data.reserved.toBigInt();

// The two are about different organisations.
describe('a withdrawal', { concurrency: true }, () => {
  describe('from the clinic and the hospital', { concurrency: false }, () => {
    test('what named an organisation is awaited from it for 72 hours, and what named none or a person anywhere is awaited from nobody', async () => {
      const { clinic } = institutions;
      const { patient, revoked } = scene.answered;
      assert.equal(Number(api.consts.acknowledgement.deadline), 72 * HOUR);
      for (const [directive, included] of revoked) {
        const revokedAt = await world.momentOf(included);
        const expected = directive <= 2 ? { organisation: clinic.org, revokedAt, due: revokedAt + 72 * HOUR, notice: { kind: 'Awaited' } } : undefined;
        assert.deepEqual(await standing(patient, directive), expected, `directive ${directive}`);
        assert.equal(included.fee, 0n);
      }
      assert.deepEqual(await standing(scene.waiting.patient, 1), undefined, 'what is in force');
      assert.deepEqual(await standing(patient, 77), undefined, 'what there is not');
      assert.deepEqual(await tallyOf(clinic), NOTHING);
    });

    test('a withdrawal is acknowledged in time by who holds no tokens, once, and the patient and everybody see it', async () => {
      const { clinic } = institutions;
      const { patient } = scene.answered;
      const { officer, specialist } = staff;
      assert.equal(await world.tokensOf(officer.address), 0n);
      const putDown = await reservedBy(clinic.admin);
      const done = await world.sendAll([0, 1, 2].map((directive) => acknowledging(clinic, patient, directive)), officer);
      for (const [directive, included] of done.entries()) {
        assert.ok(included.fee > 0n && included.payer !== officer.address, 'the sponsor pays the fee');
        const at = await world.momentOf(included);
        assert.deepEqual((await standing(patient, directive))?.notice, { kind: 'Acknowledged', at, onTime: true });
      }
      assert.equal(await world.tokensOf(officer.address), 0n);
      assert.ok(await reservedBy(clinic.admin) > putDown, 'the administrator puts a deposit down, if it can');
      assert.deepEqual(await tallyOf(clinic), { ...NOTHING, onTime: 3 });
      // It is no second way to anything: the directive is over, and stays so.
      const answer = await decideAt(await snapshot(api, (done[2] as Included).blockHash), {
        subject: patient.handle, actor: { organisation: clinic.org, practitioner: specialist.address }, purpose: 'Treat', action: 'Read', dataClass: 'Laboratory',
      });
      assert.deepEqual([answer.verdict, answer.why], ['Deny', { kind: 'Default' }]);

      await Promise.all([
        allFail(world, [[acknowledging(clinic, patient, 0), 'AlreadyAcknowledged'], [acknowledging(clinic, patient, 3), 'NotRevoked']], officer, 'acknowledgement'),
        allFail(world, [[marking(patient, 0), 'AlreadyAcknowledged'], [marking(patient, 4), 'NotRevoked']], patient.pair, 'acknowledgement'),
      ]);
      assert.deepEqual(await tallyOf(clinic), { ...NOTHING, onTime: 3 });
    });

    test('who may not acknowledge is refused, each by its own error, and before its time nobody marks it overdue', async () => {
      const { hospital, clinic } = institutions;
      const { patient } = scene.waiting;
      const { officer, specialist, steward, biller } = staff;
      const [ofClinic, kept, ofHospital] = [0, 1, 2];
      await Promise.all([
        // On the staff, in another role.
        allFail(world, [[acknowledging(clinic, patient, ofClinic), 'NotAuthorised']], specialist, 'acknowledgement'),
        // For its own house, of what another has to acknowledge.
        allFail(world, [[acknowledging(hospital, patient, ofClinic), 'WrongOrganisation']], steward, 'acknowledgement'),
        allFail(world, [
          [acknowledging(clinic, patient, ofHospital), 'WrongOrganisation'],
          [acknowledging(clinic, patient, kept), 'NotRevoked'], [acknowledging(clinic, patient, 77), 'NotRevoked'],
        ], officer, 'acknowledgement'),
        // For a house in which they do not work: nobody sponsors that, and whoever pays is refused all the same.
        assert.rejects(world.send(acknowledging(clinic, patient, ofClinic), biller), PoolRejected),
        fails(world, acknowledging(clinic, patient, ofClinic), hospital.admin, 'NotAuthorised', 'acknowledgement'),
        // Anybody may mark, also the patient without tokens; three days are not over.
        allFail(world, [
          [marking(patient, ofClinic), 'TooEarly'], [marking(patient, ofHospital), 'TooEarly'], [marking(patient, kept), 'NotRevoked'],
        ], patient.pair, 'acknowledgement'),
        fails(world, marking(patient, ofClinic), world.registrar, 'TooEarly', 'acknowledgement'),
      ]);
      await assert.rejects(world.send(acknowledging(clinic, patient, ofClinic), patient.pair), PoolRejected);
      for (const directive of [ofClinic, ofHospital]) assert.deepEqual((await standing(patient, directive))?.notice, { kind: 'Awaited' });
      assert.deepEqual(await tallyOf(hospital), NOTHING);
    });
  });

  test('an acknowledgement needs no money, and one without a deposit is counted', async () => {
    const { insurer } = institutions;
    const { patient } = scene.insured;
    await world.send(api.tx.balances.transferAll(world.registrar.address, true), insurer.admin);
    const putDown = await reservedBy(insurer.admin);
    const included = await world.send(acknowledging(insurer, patient, 0), both);
    assert.deepEqual((await standing(patient, 0))?.notice, { kind: 'Acknowledged', at: await world.momentOf(included), onTime: true });
    assert.equal(await reservedBy(insurer.admin), putDown, 'nothing is put down');
    assert.deepEqual(await tallyOf(insurer), { ...NOTHING, onTime: 1, unpaid: 1 });
    assert.equal(await world.tokensOf(both.address), 0n);
  });
});

test('of an organisation whose very name tells nothing is awaited while it is so, its time goes on afterwards, and its people sign none for others', async () => {
  const { clinic, insurer } = institutions;
  const { patient } = scene.flagged;
  const [ofInsurer, ofClinic] = [0, 1];
  const before = await tallyOf(insurer);
  const awaited = await standing(patient, ofInsurer);
  assert.deepEqual(awaited?.notice, { kind: 'Awaited' });
  const flagged = await world.send(registry.setFlag(api, insurer.org, true), world.registrar);
  assert.equal(await standing(patient, ofInsurer), undefined);
  // The organisation and the patient must not stand in a block together: neither its own staff nor who also works elsewhere gets there.
  for (const [who, institution, directive] of [[both, insurer, ofInsurer], [staff.biller, insurer, ofInsurer], [both, clinic, ofClinic]] as const) {
    await assert.rejects(world.send(acknowledging(institution, patient, directive), who), isFiltered);
  }
  await fails(world, marking(patient, ofInsurer), world.registrar, 'FlaggedOrganisation', 'acknowledgement');

  const cleared = await world.send(registry.setFlag(api, insurer.org, false), world.registrar);
  // The time in which it could not answer is added to its own.
  const [from, until] = [await world.momentOf(flagged), await world.momentOf(cleared)];
  assert.deepEqual(await standing(patient, ofInsurer), { ...awaited, due: awaited.due + until - from });
  await fails(world, marking(patient, ofInsurer), world.registrar, 'TooEarly', 'acknowledgement');
  assert.deepEqual(await tallyOf(insurer), before, 'nothing of it is counted yet');
  // Whoever works there too signs for both again.
  await world.send(acknowledging(clinic, patient, ofClinic), both);
  await world.send(acknowledging(insurer, patient, ofInsurer), both);
  assert.deepEqual((await standing(patient, ofInsurer))?.notice.kind, 'Acknowledged');

  // What became of the flag changes nothing about then.
  const told = await Promise.all([from - 1, from, until - 1, until].map((at) => registry.wasFlagged(api, insurer.org, at)));
  assert.deepEqual(told, [false, true, true, false]);
});
