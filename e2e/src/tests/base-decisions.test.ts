/**
 * Base decisions: what a patient's Deny of everything stops and what it leaves, and that the way back takes a day. A base decision of Permit is in
 * force after that day alone, so what it lets is in the network test `days`, where clocks are moved.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { KeyringPair } from '@polkadot/keyring/types';
import { care, consent, decideAt, emergency, snapshot, type ApiPromise, type Included } from '@salus/client';
import { PoolRejected, type Decision, type Question } from '@salus/types';
import { begin, people, type Peopled } from '../setting.js';
import type { Institutions } from '../steps/admission.js';
import { allFail, fails } from '../steps/amendment.js';
import { signWord } from '../steps/care.js';
import { registerPatients } from '../steps/patient.js';
import { hire, type Staff } from '../steps/staff.js';
import { DAY, type Patient, type World } from '../world.js';

let all: Peopled;
let api: ApiPromise;
let world: World;
let institutions: Institutions;
let staff: Staff;
let doctor: KeyringPair;
let patients: [treated: Patient, waits: Patient, unset: Patient];
/** The admission of each of the first two, and its number. */
let admissions: [Included, Included];

before(async () => {
  all = await people(await begin());
  ({ api, world, institutions, staff } = all);
  const { hospital } = institutions;
  const [registered, hired] = await Promise.all([registerPatients(world, hospital, staff, 3), hire(world, hospital, 'Clinician')]);
  [patients, doctor] = [registered as [Patient, Patient, Patient], hired];
  const words = await Promise.all(patients.slice(0, 2).map(async (patient) => signWord(world, hospital, patient, await world.now() + 14 * DAY)));
  admissions = await world.sendAll(words.map((word) => care.openFor(api, hospital.org, 'Admission', word)), staff.nurse) as [Included, Included];
});

after(() => all?.stop());

/** May the nurse read medications, in order to treat? */
const question = (patient: Patient, more: Partial<Question> = {}): Question => ({
  subject: patient.handle, actor: { organisation: institutions.hospital.org, practitioner: staff.nurse.address },
  purpose: 'Treat', action: 'Read', dataClass: 'Medications', ...more,
});
const ask = async ({ blockHash }: Pick<Included, 'blockHash'>, patient: Patient, more: Partial<Question> = {}): Promise<Pick<Decision, 'verdict' | 'why'>> => {
  const { verdict, why } = await decideAt(await snapshot(api, blockHash), question(patient, more));
  return { verdict, why } as Pick<Decision, 'verdict' | 'why'>;
};
const treated = (admission: Included) => ({ verdict: 'LawfulBasis', why: { kind: 'TreatmentRelationship', relationship: care.openedAs(admission) } });
const DEFAULT = { verdict: 'Deny', why: { kind: 'Default' } };
const termsOf = ({ handle }: Patient): ReturnType<typeof consent.baseDecisions> => consent.baseDecisions(api, handle);

// Each has a patient of its own, and others act for each.
describe('a base decision', { concurrency: true }, () => {
  test('a base decision of Deny stops a care relationship in its own block, free, and leaves directives, emergencies and the past', async () => {
    const { hospital, clinic } = institutions;
    const [patient] = patients;
    const [admission] = admissions;
    const { specialist } = staff;
    const system = { actor: { organisation: hospital.org } };
    const atClinic = { actor: { organisation: clinic.org, practitioner: specialist.address } };
    assert.deepEqual(await termsOf(patient), []);
    const permitted = await world.send(consent.permit(api, { organisation: clinic.org }, {
      actions: ['Read'], purposes: ['Treat'], classes: ['Medications'], until: await world.now() + DAY,
    }), patient.pair);
    const byDirective = { verdict: 'Permit', why: { kind: 'Directive', directive: consent.grantedAs(permitted) } };
    for (const more of [{}, system]) assert.deepEqual(await ask(permitted, patient, more), treated(admission));

    const denied = await world.send(consent.setBaseDecision(api, 'Deny'), patient.pair);
    assert.equal(denied.fee, 0n);
    const at = await world.momentOf(denied);
    assert.deepEqual(await termsOf(patient), [{ from: at, decision: 'Deny' }]);
    for (const more of [{}, system, { labels: ['Hiv'] }, { purpose: 'Hresch' }] as Partial<Question>[]) {
      assert.deepEqual(await ask(denied, patient, more), DEFAULT, JSON.stringify(more));
    }
    for (const more of [{}, system]) assert.deepEqual(await ask(denied, patient, { ...more, at: at - 1 }), treated(admission), 'as of before');
    assert.deepEqual(await ask(denied, patient, atClinic), byDirective, 'whom the patient chooses is let in');
    assert.deepEqual(await ask(denied, patient, { actor: { own: patient.pair.address }, purpose: 'Patrqt' }), { verdict: 'Permit', why: { kind: 'Own' } });

    // The relationship goes on as a record, a new one can be made, and neither lets.
    const lasting = await care.relationships((await snapshot(api, denied.blockHash)).api, patient.handle);
    assert.deepEqual(lasting.map(({ id, live }) => [id, live]), [[care.openedAs(admission), true]]);
    const renewed = await world.send(care.openFor(api, hospital.org, 'Admission', await signWord(world, hospital, patient, await world.now() + DAY)), staff.nurse);
    assert.deepEqual(await ask(renewed, patient), DEFAULT);

    // Its way out is the advance directive.
    const broken = await world.send(emergency.breakGlass(api, {
      organisation: hospital.org, patient: patient.handle, reason: 'ConsentUnobtainable', classes: ['Medications'], detail: `0x${'5a'.repeat(32)}`,
    }), doctor);
    const inEmergency = { purpose: 'Btg', actor: { organisation: hospital.org, practitioner: doctor.address } } satisfies Partial<Question>;
    assert.deepEqual(await ask(broken, patient, inEmergency), { verdict: 'Emergency', why: { kind: 'Emergency', emergency: emergency.declaredAs(broken) } });
    assert.deepEqual(await ask(broken, patient, { ...inEmergency, purpose: 'Treat' }), DEFAULT);
  });

  test('the way back from Deny takes a day, one waits at most, and saying Deny again calls it off', async () => {
    const { hospital } = institutions;
    const [, patient] = patients;
    const [, admission] = admissions;
    const denied = await world.send(consent.setBaseDecision(api, 'Deny'), patient.pair);
    assert.deepEqual([await ask(denied, patient), await ask(denied, patient, { at: await world.momentOf(denied) - 1 })], [DEFAULT, treated(admission)]);
    const terms = await termsOf(patient);
    // Nothing waits that it could call off: it has no effect, and so is neither free nor sponsored.
    await assert.rejects(world.send(consent.setBaseDecision(api, 'Deny'), patient.pair), PoolRejected);

    const [, last] = await world.sendAll([consent.relaxBaseDecision(api, 'Unset'), consent.relaxBaseDecision(api, 'Permit')], patient.pair) as [Included, Included];
    assert.deepEqual(await ask(last, patient), DEFAULT, 'it is asked for, and holds not yet');
    const applying = (decision: 'Unset' | 'Permit') => consent.applyLift(api, patient.handle, { baseDecision: decision });
    await allFail(world, [[applying('Permit'), 'TooEarly'], [applying('Unset'), 'NotFound']], world.registrar, 'consent');

    const again = await world.send(consent.setBaseDecision(api, 'Deny'), patient.pair);
    assert.equal(again.fee, 0n);
    assert.deepEqual(await termsOf(patient), terms, 'it holds since the first time');
    assert.deepEqual(await ask(again, patient), DEFAULT);
    await Promise.all([
      fails(world, applying('Permit'), world.registrar, 'NotFound', 'consent'),
      allFail(world, [[consent.relaxBaseDecision(api, 'Deny'), 'NotLooser']], patient.pair, 'consent'),
      // Whoever is no key of a patient has no base decision.
      fails(world, consent.setBaseDecision(api, 'Deny'), hospital.admin, 'NotAuthorised', 'consent'),
    ]);
  });

  test('a base decision of Permit lets nothing for a day, and is nothing that a stricter one could be', async () => {
    const [, , patient] = patients;
    await assert.rejects(world.send(consent.setBaseDecision(api, 'Permit'), patient.pair), PoolRejected);
    const asked = await world.send(consent.relaxBaseDecision(api, 'Permit'), patient.pair);
    const { clinic } = institutions;
    const atClinic = { actor: { organisation: clinic.org, practitioner: staff.specialist.address } };
    for (const more of [{}, atClinic, { ...atClinic, action: 'Export' }] as Partial<Question>[]) assert.deepEqual(await ask(asked, patient, more), DEFAULT);
    const applying = consent.applyLift(api, patient.handle, { baseDecision: 'Permit' });
    await fails(world, applying, clinic.admin, 'TooEarly', 'consent');
    // Any live key calls it off.
    const cancelled = await world.send(consent.cancelLift(api, { baseDecision: 'Permit' }), patient.pair);
    assert.equal(cancelled.fee, 0n);
    await fails(world, applying, clinic.admin, 'NotFound', 'consent');
    assert.deepEqual(await termsOf(patient), []);
    assert.equal(consent.baseDecisionAt(await termsOf(patient), await world.now()), 'Unset');
  });
});
