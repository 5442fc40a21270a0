/** Emergencies: who may not break the glass and why, what is beyond credit, who may not judge, and what never changes the past. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { KeyringPair } from '@polkadot/keyring/types';
import { decideAt, emergency, registry, snapshot, type ApiPromise, type Included } from '@salus/client';
import { DATA_CLASSES, type DataClass, type Decision, type Question } from '@salus/types';
import { begin, people, type Peopled } from '../setting.js';
import type { Institutions } from '../steps/admission.js';
import { fails } from '../steps/amendment.js';
import { registerPatient } from '../steps/patient.js';
import { hire, type Staff } from '../steps/staff.js';
import { DAY, YEAR, type Institution, type Patient, type World } from '../world.js';

let all: Peopled;
let api: ApiPromise;
let world: World;
let institutions: Institutions;
let staff: Staff;

before(async () => {
  all = await people(await begin());
  ({ api, world, institutions, staff } = all);
});

after(() => all?.stop());

const newPatient = (): Promise<Patient> => registerPatient(world, institutions.hospital, staff);

/** Several, one after the other: the same clerk registers them. */
async function newPatients(count: number): Promise<Patient[]> {
  const patients: Patient[] = [];
  while (patients.length < count) patients.push(await newPatient());
  return patients;
}

const declaration = ({ org }: Institution, { handle }: Patient, classes: DataClass[] = ['Medications']): emergency.Declaration => ({
  organisation: org, patient: handle, reason: 'ConsentUnobtainable', classes, detail: `0x${'5a'.repeat(32)}`,
});

/** The answer of a block's state to somebody who has broken the glass for medications. */
const askIn = async ({ blockHash }: Pick<Included, 'blockHash'>, { handle }: Patient, { org }: Institution, who: KeyringPair, more: Partial<Question> = {}): Promise<Decision> =>
  decideAt(await snapshot(api, blockHash), {
    subject: handle, actor: { organisation: org, practitioner: who.address }, purpose: 'Btg', action: 'Read', dataClass: 'Medications', ...more,
  });

const recordOf = async (id: number): Promise<emergency.EmergencyRecord> => {
  const record = await emergency.emergencyOf(api, id);
  assert.ok(record, `there is no emergency ${id}`);
  return record;
};
const happened = ({ events }: Included, method: string): boolean => events.some(({ event }) => event.section === 'emergency' && event.method === method);

test('without a licence to treat, in another role, or for others nobody breaks the glass, each by its own error', async () => {
  const { hospital, clinic, insurer } = institutions;
  const patient = await newPatient();
  const [doctor, adviser] = await Promise.all([hire(world, hospital, 'Clinician'), hire(world, insurer, 'Clinician')]);
  // Nobody sponsors what they may not do: without tokens the node would refuse it before any block.
  await world.fund([doctor, adviser, staff.nurse, staff.officer, staff.specialist]);
  for (const [who, institution, error] of [
    [adviser, insurer, 'NotLicensed'], [staff.nurse, hospital, 'WrongRole'], [staff.officer, clinic, 'WrongRole'],
    [doctor, clinic, 'NotAuthorised'], [staff.specialist, hospital, 'NotAuthorised'],
  ] as [KeyringPair, Institution, string][]) {
    await fails(world, emergency.breakGlass(api, declaration(institution, patient)), who, error, 'emergency');
  }
  assert.deepEqual(await emergency.ofPatient(api, patient.handle), []);
});

test('a suspended licence stops it, by its own error, and a reinstated one lets again', async () => {
  const { clinic } = institutions;
  const patient = await newPatient();
  // Nobody pays for the staff of an organisation without a licence.
  await world.fund([staff.specialist]);
  const first = await world.send(emergency.breakGlass(api, declaration(clinic, patient)), staff.specialist);
  const emergencyNumber = emergency.declaredAs(first);
  assert.deepEqual((await askIn(first, patient, clinic, staff.specialist)).why, { kind: 'Emergency', emergency: emergencyNumber });
  const suspended = await world.send(registry.suspend(api, clinic.org, 'Provider'), world.registrar);
  // What was broken before lets nothing from then on.
  assert.deepEqual((await askIn(suspended, patient, clinic, staff.specialist)).why, { kind: 'Credential' });
  await fails(world, emergency.breakGlass(api, declaration(clinic, patient, ['Imaging'])), staff.specialist, 'LicenceStopped', 'emergency');
  assert.equal((await emergency.ofPatient(api, patient.handle)).length, 1);
  await world.send(registry.reinstate(api, clinic.org, 'Provider', await world.now() + YEAR / 2), world.registrar);
  const again = await world.send(emergency.breakGlass(api, declaration(clinic, patient, ['Imaging'])), staff.specialist);
  assert.equal((await askIn(again, patient, clinic, staff.specialist, { dataClass: 'Imaging' })).verdict, 'Emergency');
});

test('a patient who has said so in advance is excluded: of all, or of what bears a label', async () => {
  const { hospital } = institutions;
  const doctor = await hire(world, hospital, 'Clinician');
  const [closed, labelled] = await newPatients(2) as [Patient, Patient];
  const said = await world.send(emergency.setAdvanceDirective(api, 'NoEmergency'), closed.pair);
  assert.equal(said.fee, 0n);
  await fails(world, emergency.breakGlass(api, declaration(hospital, closed)), doctor, 'Excluded', 'emergency');
  assert.deepEqual(await emergency.ofPatient(api, closed.handle), []);

  await world.send(emergency.setAdvanceDirective(api, 'NoLabelled'), labelled.pair);
  const broken = await world.send(emergency.breakGlass(api, declaration(hospital, labelled)), doctor);
  assert.equal((await askIn(broken, labelled, hospital, doctor)).verdict, 'Emergency');
  assert.equal((await askIn(broken, labelled, hospital, doctor, { labels: ['Hiv'] })).verdict, 'Deny');
  // Stricter at once, less strict after a day.
  const closing = await world.send(emergency.setAdvanceDirective(api, 'NoEmergency'), labelled.pair);
  assert.equal((await askIn(closing, labelled, hospital, doctor)).verdict, 'Deny');
  assert.equal((await askIn(closing, labelled, hospital, doctor, { at: await world.momentOf(broken) })).verdict, 'Emergency');
  await world.send(emergency.relaxAdvanceDirective(api, 'Unrestricted'), labelled.pair);
  await fails(world, emergency.applyRelaxation(api, labelled.handle), world.registrar, 'TooEarly', 'emergency');
});

test('beyond credit nothing is refused, and it is told: OverCredit', async () => {
  const { hospital } = institutions;
  const doctor = await hire(world, hospital, 'Clinician');
  const credit = (api.consts.emergency.personalCredit).toNumber();
  const before = await emergency.standing(api, hospital.org);
  const patients = await newPatients(credit + 1);
  const declared: Included[] = [];
  for (const patient of patients) declared.push(await world.send(emergency.breakGlass(api, declaration(hospital, patient)), doctor));
  const told = declared.map((included) => happened(included, 'OverCredit'));
  assert.deepEqual(told, [...Array.from({ length: credit }, () => false), true]);
  const records = await Promise.all(declared.map((included) => recordOf(emergency.declaredAs(included))));
  assert.deepEqual(records.map(({ overCredit }) => overCredit), told);
  // It lets all the same.
  assert.equal((await askIn(declared.at(-1) as Included, patients.at(-1) as Patient, hospital, doctor)).verdict, 'Emergency');
  const { counts, left } = await emergency.standing(api, hospital.org);
  assert.deepEqual([counts.timely - before.counts.timely, counts.overCredit - before.counts.overCredit], [credit + 1, 1]);
  // What is beyond the credit of one person takes nothing from what colleagues need.
  assert.ok(left >= before.left - credit, `of ${before.left}, ${left} are left`);
  // What a person has used at one organisation is nobody else's.
  const colleague = await hire(world, hospital, 'Clinician');
  const other = await world.send(emergency.breakGlass(api, declaration(hospital, patients[0] as Patient)), colleague);
  assert.equal(happened(other, 'OverCredit'), false);
});

test('whoever broke the glass cannot review it, in whatever role, and nobody reviews it twice', async () => {
  const { hospital } = institutions;
  const patient = await newPatient();
  // A doctor who is the hospital's privacy officer as well.
  const both = await hire(world, hospital, 'Clinician');
  await hire(world, hospital, 'PrivacyOfficer', both);
  const officer = await hire(world, hospital, 'PrivacyOfficer');
  await world.fund([staff.nurse, staff.officer]);
  const broken = await world.send(emergency.breakGlass(api, declaration(hospital, patient)), both);
  const id = emergency.declaredAs(broken);
  for (const finding of ['Justified', 'Unjustified'] as const) {
    await fails(world, emergency.review(api, hospital.org, id, finding), both, 'OwnEmergency', 'emergency');
  }
  await fails(world, emergency.review(api, hospital.org, id, 'Justified'), staff.nurse, 'NotAuthorised', 'emergency');
  await fails(world, emergency.review(api, institutions.clinic.org, id, 'Justified'), staff.officer, 'NotAuthorised', 'emergency');
  assert.deepEqual((await recordOf(id)).outcome, { kind: 'Pending' });

  const found = await world.send(emergency.review(api, hospital.org, id, 'Unjustified'), officer);
  assert.deepEqual((await recordOf(id)).outcome, { kind: 'Found', finding: 'Unjustified' });
  // It ends in that second, and what was let before stays let.
  assert.equal((await askIn(found, patient, hospital, both)).verdict, 'Deny');
  assert.equal((await askIn(found, patient, hospital, both, { at: await world.momentOf(found) - 1 })).verdict, 'Emergency');
  await fails(world, emergency.review(api, hospital.org, id, 'Justified'), officer, 'AlreadyReviewed', 'emergency');
});

test('what is recorded late lets nothing, and changes no answer about the past', async () => {
  const { hospital } = institutions;
  const doctor = await hire(world, hospital, 'Clinician');
  const officer = await hire(world, hospital, 'PrivacyOfficer');
  const patient = await newPatient();
  // From when on the patient was known, and the doctor worked there.
  const known = await world.now();
  const happenedAt = known + 4;
  const moments = [known, happenedAt - 1, happenedAt, happenedAt + 1, known + 8];
  const questions = moments.flatMap((at) => (['Btg', 'Treat'] as const).flatMap((purpose) => (['Medications', 'Imaging'] as const).map((dataClass) => ({ at, purpose, dataClass }))));
  await world.until(known + 8);
  const answers = async (included: Pick<Included, 'blockHash'>): Promise<unknown[]> =>
    Promise.all(questions.map(async (more) => {
      const { verdict, why } = await askIn(included, patient, hospital, doctor, more);
      return { ...more, verdict, why };
    }));
  const blockHash = (await api.rpc.chain.getBlockHash()).toHex();
  const then = await answers({ blockHash });

  const late = await world.send(emergency.breakGlassLate(api, declaration(hospital, patient, [...DATA_CLASSES]), happenedAt), doctor);
  const record = await recordOf(emergency.recordedLateAs(late));
  assert.deepEqual([record.late, record.from, record.until], [true, happenedAt, happenedAt]);
  assert.deepEqual(await answers(late), then);
  assert.ok(then.every((answer) => (answer as Decision).verdict === 'Deny'));
  assert.equal((await askIn(late, patient, hospital, doctor)).verdict, 'Deny');

  // A day back at most, nothing that has not happened, and what is recorded is judged outside the house.
  const recorded = (happens: number, classes: DataClass[] = ['Medications']) => emergency.breakGlassLate(api, declaration(hospital, patient, classes), happens);
  await fails(world, recorded(happenedAt), doctor, 'AlreadyRecorded', 'emergency');
  const other = await newPatient();
  const ofOther = (happens: number) => emergency.breakGlassLate(api, declaration(hospital, other), happens);
  await fails(world, ofOther(await world.now() - DAY - 60), doctor, 'TooLate', 'emergency');
  await fails(world, ofOther(await world.now() + 3_600), doctor, 'NotYet', 'emergency');
  await fails(world, emergency.review(api, hospital.org, record.id, 'Justified'), officer, 'AuditorOnly', 'emergency');
  await fails(world, emergency.review(api, hospital.org, record.id, 'Justified'), doctor, 'OwnEmergency', 'emergency');
});
