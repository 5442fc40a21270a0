/** Care by default: who is let in without a directive, what stops it, and what opens nothing. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  best, care, consent, decideAt, emergency, identity, openForMessage, signMessage, snapshot, type ApiPromise, type Call, type Included,
} from '@salus/client';
import { PoolRejected, SENSITIVITY_LABELS, type Decision, type Question, type Scope } from '@salus/types';
import { begin, people, type Peopled } from '../setting.js';
import type { Institutions } from '../steps/admission.js';
import { allFail, fails } from '../steps/amendment.js';
import { signWord, type WordOptions } from '../steps/care.js';
import { registerPatient, registerPatients } from '../steps/patient.js';
import { hire, type Staff } from '../steps/staff.js';
import { DAY, type Patient, type World } from '../world.js';

let all: Peopled;
let api: ApiPromise;
let world: World;
let institutions: Institutions;
let staff: Staff;

before(async () => {
  all = await people(await begin());
  ({ api, world, institutions, staff } = all);
  assert.equal(await care.policyAt(api, await world.now()), 'CareTeam');
});

after(() => all?.stop());

const newPatient = (): Promise<Patient> => registerPatient(world, institutions.hospital, staff);

/** May the nurse read medications, in order to treat? */
const question = (patient: Patient, more: Partial<Question>): Question => ({
  subject: patient.handle, actor: { organisation: institutions.hospital.org, practitioner: staff.nurse.address },
  purpose: 'Treat', action: 'Read', dataClass: 'Medications', ...more,
});

/** What the state of a block answers, and what the best one does. */
const askIn = async ({ blockHash }: Pick<Included, 'blockHash'>, patient: Patient, more: Partial<Question> = {}): Promise<Decision> =>
  decideAt(await snapshot(api, blockHash), question(patient, more));
const askNow = async (patient: Patient, more: Partial<Question> = {}): Promise<Decision> => decideAt(await best(api), question(patient, more));

/** What an answer says, without the block that gave it. */
const said = ({ verdict, why }: Decision): Pick<Decision, 'verdict' | 'why'> => ({ verdict, why }) as Pick<Decision, 'verdict' | 'why'>;
const treated = (relationship: number) => ({ verdict: 'LawfulBasis', why: { kind: 'TreatmentRelationship', relationship } });
const denied = (kind: string, more: object = {}) => ({ verdict: 'Deny', why: { kind, ...more } });


interface Admitted {
  patient: Patient;
  relationship: number;
  opened: Included;
}

/** A patient who has signed nothing but the word for the hospital, which has recorded an admission. */
async function admitted(patient?: Patient, lasts = 14 * DAY): Promise<Admitted> {
  const who = patient ?? await newPatient();
  const word = await signWord(world, institutions.hospital, who, await world.now() + lasts);
  const opened = await world.send(care.openFor(api, institutions.hospital.org, 'Admission', word), staff.nurse);
  return { patient: who, relationship: care.openedAs(opened), opened };
}

test('a patient who never signed a directive is treated by whom it let in, and nobody else sees anything', async () => {
  const { hospital, clinic } = institutions;
  const { patient, relationship, opened } = await admitted();
  assert.equal((await api.call.consentApi.directives(patient.handle)).length, 0, 'the patient has a directive');
  assert.deepEqual(said(await askIn(opened, patient)), treated(relationship));
  assert.deepEqual(said(await askIn(opened, patient, { at: await world.momentOf(opened) - 1 })), denied('Default'));
  // A system of the hospital's own is the hospital, whoever sits before it.
  assert.deepEqual(said(await askIn(opened, patient, { actor: { organisation: hospital.org } })), treated(relationship));
  for (const [more, kind] of [
    [{ actor: { organisation: clinic.org, practitioner: staff.specialist.address } }, 'Default'],
    [{ actor: { organisation: hospital.org, practitioner: staff.specialist.address } }, 'Credential'],
    // Those who work there and do not treat.
    [{ actor: { organisation: hospital.org, practitioner: staff.steward.address } }, 'Default'],
    [{ actor: { organisation: hospital.org, practitioner: staff.clerk.address } }, 'Default'],
    [{ purpose: 'Hpaymt' }, 'Default'], [{ purpose: 'Hresch' }, 'Default'], [{ purpose: 'Btg' }, 'Default'],
    [{ action: 'Export' }, 'Default'], [{ action: 'Amend' }, 'Default'], [{ action: 'Redisclose' }, 'Default'],
  ] as [Partial<Question>, string][]) {
    const { verdict, why } = await askIn(opened, patient, more);
    assert.deepEqual([verdict, why.kind], ['Deny', kind], JSON.stringify(more));
  }
});

test('a veto, a denial and an opt-out each stop it in the same block, and answers about before stay', async () => {
  const { hospital } = institutions;
  const scope = { actions: ['Read'], purposes: ['Treat'], classes: ['Medications'] } satisfies Scope;
  const until = await world.now() + DAY;
  const ways: [string, (admission: Admitted) => Call, (included: Included) => object, free: boolean][] = [
    ['a veto', () => consent.vetoPurpose(api, 'Treat'), () => denied('Veto'), true],
    ['a denial', () => consent.deny(api, { organisation: hospital.org }, scope, until), (included) => denied('Directive', { directive: consent.deniedAs(included) }), false],
    ['an opt-out towards everybody', () => care.optOut(api), () => denied('Default'), true],
    ['an opt-out towards the hospital', () => care.optOutOf(api, hospital.org), () => denied('Default'), false],
    ['leaving', ({ relationship }) => care.leave(api, relationship), () => denied('Default'), true],
  ];
  // The same nurse admits them, one after the other.
  const admissions: Admitted[] = [];
  while (admissions.length < ways.length) admissions.push(await admitted());
  await Promise.all(ways.map(async ([what, callOf, answer, free], at) => {
    const admission = admissions[at] as Admitted;
    const { patient, relationship, opened } = admission;
    assert.deepEqual(said(await askIn(opened, patient)), treated(relationship), what);
    const stopped = await world.send(callOf(admission), patient.pair);
    if (free) assert.equal(stopped.fee, 0n, `${what} is not free`);
    assert.deepEqual(said(await askIn(stopped, patient)), answer(stopped), `${what}: in the same block`);
    assert.deepEqual(said(await askIn(stopped, patient, { at: await world.momentOf(opened) })), treated(relationship), `${what}: as of before`);
    assert.deepEqual(said(await askIn(stopped, patient, { at: await world.momentOf(stopped) - 1 })), treated(relationship), `${what}: as of the second before`);
  }));
});

test('what bears a label stays shut, whatever the label', async () => {
  const { patient, relationship, opened } = await admitted();
  assert.ok(SENSITIVITY_LABELS.length > 0);
  for (const label of SENSITIVITY_LABELS) assert.deepEqual(said(await askIn(opened, patient, { labels: [label] })), denied('Default'), label);
  assert.deepEqual(said(await askIn(opened, patient, { labels: [...SENSITIVITY_LABELS] })), denied('Default'));
  assert.deepEqual(said(await askIn(opened, patient, { labels: [] })), treated(relationship));
});

test('a relationship that ended answers Deny from that second, whoever ended it', async () => {
  const { hospital } = institutions;
  const byPatient = await admitted();
  const byHospital = await admitted();
  const ends: [Admitted, Call, Parameters<World['send']>[1]][] = [
    [byPatient, care.end(api, byPatient.relationship), byPatient.patient.pair],
    [byHospital, care.endFor(api, hospital.org, byHospital.relationship), staff.nurse],
  ];
  for (const [{ patient, relationship }, call, sender] of ends) {
    const ended = await world.send(call, sender);
    const at = await world.momentOf(ended);
    assert.deepEqual(said(await askIn(ended, patient)), denied('Default'));
    assert.deepEqual(said(await askIn(ended, patient, { at: at - 1 })), treated(relationship));
    const [found] = await care.relationships((await snapshot(api, ended.blockHash)).api, patient.handle);
    assert.deepEqual([found?.id, found?.ended, found?.live], [relationship, at, false]);
  }
});

test('a relationship runs out by itself, to the second', async () => {
  const patient = await newPatient();
  const until = await world.after(8);
  const word = await signWord(world, institutions.hospital, patient, until);
  const opened = await world.send(care.openFor(api, institutions.hospital.org, 'Admission', word), staff.nurse);
  const relationship = care.openedAs(opened);
  assert.deepEqual(said(await askIn(opened, patient)), treated(relationship));
  await world.until(until);
  const [before, since, now] = await Promise.all([until - 1, until, undefined].map((at) => askNow(patient, { at })));
  assert.deepEqual([before, since, now].map((answer) => said(answer as Decision)), [treated(relationship), denied('Default'), denied('Default')]);
});

test('a signature that is handed in again, or after an end or an opt-out, opens nothing', async () => {
  const { hospital } = institutions;
  const until = await world.now() + 14 * DAY;
  const again = (word: care.SignedWord): Call => care.openFor(api, hospital.org, 'Admission', word);
  const opensNothing = async (patient: Patient, word: care.SignedWord, error: string): Promise<void> => {
    await fails(world, again(word), staff.nurse, error, 'care');
    assert.equal((await care.relationships(api, patient.handle)).some(({ live }) => live), false);
  };

  const ended = await newPatient();
  const used = await signWord(world, hospital, ended, until);
  const opened = await world.send(again(used), staff.nurse);
  await fails(world, again(used), staff.nurse, 'WrongId', 'care');
  // Signed while the relationship lasts, and handed in when the patient has ended it.
  const kept = await signWord(world, hospital, ended, until);
  // With the number that the end will make due.
  const ahead = await signWord(world, hospital, ended, until, { ahead: 1 });
  await world.send(care.end(api, care.openedAs(opened)), ended.pair);
  for (const word of [used, kept]) await opensNothing(ended, word, 'WrongId');
  await opensNothing(ended, ahead, 'WordVoid');
  await world.send(again(await signWord(world, hospital, ended, until)), staff.nurse);

  const out = await newPatient();
  const early = await signWord(world, hospital, out, until);
  await world.send(care.optOut(api), out.pair);
  await opensNothing(out, early, 'OptedOut');
  // The next word has another number already, and none is taken before a return, which waits for a day.
  assert.notEqual(await care.nextWord(api, out.handle, hospital.org), early.id);
  await opensNothing(out, await signWord(world, hospital, out, until), 'OptedOut');
  await world.send(care.optIn(api, 'Everybody'), out.pair);
  await fails(world, care.applyOptIn(api, out.handle, 'Everybody'), world.registrar, 'TooEarly', 'care');
  await opensNothing(out, early, 'OptedOut');
});

test('a word that was signed ahead opens nothing after the organisation\'s end, an invitation taken back or a freeze, nor with a block that cannot be', async () => {
  const { hospital } = institutions;
  const until = await world.now() + 14 * DAY;
  const opening = (word: care.SignedWord): Call => care.openFor(api, hospital.org, 'Admission', word);
  // Another nurse than of the tests before: what a sponsor pays for one person in a day is limited.
  const [[discharged, uninvited, frozen, hasty], nurse] = await Promise.all([
    registerPatients(world, hospital, staff, 4) as Promise<[Patient, Patient, Patient, Patient]>, hire(world, hospital, 'Nurse'),
  ]);
  const sign = (patient: Patient, options?: WordOptions): Promise<care.SignedWord> => signWord(world, hospital, patient, until, options);
  const [first, invited] = await Promise.all([
    world.send(opening(await sign(discharged)), nurse), world.send(care.invite(api, hospital.org, until), uninvited.pair),
  ]);
  const [{ number }, hash] = [await best(api), `0x${'5a'.repeat(32)}`];
  // All sign before it, with the number that will be due by then: an end makes the next one due, and the others none.
  const ahead = [
    [await sign(discharged, { ahead: 1 }), 'WordVoid'], [await sign(uninvited), 'WordVoid'], [await sign(frozen), 'WrongState'],
    // Of a block that is not there yet, and of one that is another.
    [await sign(hasty, { seen: { number: number + 1_000, hash } }), 'UnknownBlock'],
    [await sign(hasty, { seen: { number, hash } }), 'BadSignature'],
  ] as [care.SignedWord, string][];
  const [, withdrawn, freezing] = await Promise.all([
    world.send(care.endFor(api, hospital.org, care.openedAs(first)), nurse),
    world.send(care.withdrawInvitation(api, care.invitedAs(invited)), uninvited.pair),
    world.send(identity.freeze(api), frozen.pair),
  ]);
  assert.deepEqual([withdrawn.fee, freezing.fee], [0n, 0n]);
  await allFail(world, ahead.map(([word, error]) => [opening(word), error] as const), nurse, 'care');
  for (const { handle } of [discharged, uninvited, frozen, hasty]) {
    assert.equal((await care.relationships(api, handle)).some(({ live }) => live), false);
  }
  // What they sign now opens, but for the handle that is frozen: it is Active again after a day, and the network test `days` goes on from there.
  const anew = [await sign(discharged), await sign(uninvited), await sign(hasty)];
  await world.sendAll(anew.map(opening), nurse);
  for (const { handle } of [discharged, uninvited, hasty]) assert.ok((await care.relationships(api, handle)).some(({ live }) => live));
  await fails(world, opening(await sign(frozen)), nurse, 'WrongState', 'care');
});

test('nobody opens a relationship without the patient\'s word, not even by an emergency', async () => {
  const { hospital, clinic } = institutions;
  const patient = await newPatient();
  const until = await world.now() + 14 * DAY;
  const none = async (): Promise<void> => assert.deepEqual(await care.relationships(api, patient.handle), []);

  await fails(world, care.open(api, hospital.org, patient.handle, 'Admission', until), staff.nurse, 'NotInvited', 'care');
  // The patient's word for the clinic is none for the hospital; nor is anybody else's, nor one for another kind or end.
  const word = await signWord(world, hospital, patient, until);
  const forClinic = await signWord(world, clinic, patient, until);
  const seen = { number: word.block, hash: (await api.rpc.chain.getBlockHash(word.block)).toHex() };
  const message = openForMessage(api.genesisHash.toHex(), hospital.org, patient.handle, 'Admission', until, word.id, seen, word.expiry);
  const forged = { ...word, signature: await signMessage(staff.nurse, message) };
  for (const [kind, wrong] of [
    ['Admission', forClinic], ['Admission', forged], ['Ambulatory', word], ['Admission', { ...word, until: until + 1 }], ['Admission', { ...word, expiry: word.expiry + 1 }],
  ] as [Parameters<typeof care.openFor>[2], care.SignedWord][]) {
    await fails(world, care.openFor(api, hospital.org, kind, wrong), staff.nurse, 'BadSignature', 'care');
  }
  await none();

  const clinician = await hire(world, hospital, 'Clinician');
  const broken = await world.send(emergency.breakGlass(api, {
    organisation: hospital.org, patient: patient.handle, reason: 'ConsentUnobtainable', classes: ['Medications'], detail: `0x${'5a'.repeat(32)}`,
  }), clinician);
  await none();
  // It lets whoever declared it, for that purpose, and makes nobody treat.
  const actor = { organisation: hospital.org, practitioner: clinician.address };
  assert.deepEqual(said(await askIn(broken, patient, { actor, purpose: 'Btg' })), { verdict: 'Emergency', why: { kind: 'Emergency', emergency: emergency.declaredAs(broken) } });
  assert.deepEqual(said(await askIn(broken, patient, { actor })), denied('Default'));
  assert.deepEqual(said(await askIn(broken, patient)), denied('Default'));
  await fails(world, care.open(api, hospital.org, patient.handle, 'Admission', until), clinician, 'NotInvited', 'care');
});

test('staff of one organisation can neither open nor end a relationship of another', async () => {
  const { hospital, clinic } = institutions;
  const { patient, relationship } = await admitted();
  const word = await signWord(world, hospital, patient, await world.now() + DAY);
  // For another organisation nobody sponsors it: it needs tokens to be included, and fails.
  await assert.rejects(world.send(care.openFor(api, hospital.org, 'Admission', word), staff.specialist), PoolRejected);
  await world.fund([staff.specialist]);
  await fails(world, care.openFor(api, hospital.org, 'Admission', word), staff.specialist, 'NotAuthorised', 'care');
  await fails(world, care.endFor(api, clinic.org, relationship), staff.specialist, 'NotRelated', 'care');
  const stranger = await newPatient();
  // What is free is refused before any block if it would fail: whoever signs it has nothing with which to pay for it.
  await assert.rejects(world.send(care.end(api, relationship), stranger.pair), PoolRejected);
  assert.deepEqual(said(await askNow(patient)), treated(relationship));
});
