/** Consents of FHIR on a running chain: read as proposals, signed by the patient, decided, and written again without loss. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { care, consent, decideAt, directivesOf, snapshot, type ApiPromise, type Call, type Included } from '@salus/client';
import { consentFromFhir, FHIR_VERSIONS, ResourceRefused, toConsent, type FhirVersion, type ReadConsentOptions } from '@salus/fhir';
import { utf8, type ConsentDirective, type Decision, type Question } from '@salus/types';
import { consentExamples } from '../fixtures.js';
import { begin, people, type Peopled } from '../setting.js';
import type { Institutions } from '../steps/admission.js';
import { signWord } from '../steps/care.js';
import { registerPatient } from '../steps/patient.js';
import { hire, type Staff } from '../steps/staff.js';
import { DAY, type Patient, type World } from '../world.js';

const ZONE = 'Europe/Amsterdam';

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

/** Reads a Consent of another system, which knows the patient, the hospital and its nurse by the names in the standard's examples. */
async function propose(resource: unknown, patient: Patient, fhirVersion: FhirVersion): Promise<ConsentDirective[]> {
  const now = await world.now();
  const options: ReadConsentOptions = {
    fhirVersion, now, zone: ZONE, denyUntil: now + 30 * DAY,
    patients: Object.fromEntries(['f001', 'example', '72', 'xcda', 'mom', 'f201', 'pat2'].map((id) => [`Patient/${id}`, patient.handle])),
    grantees: {
      'Organization/f001': { organisation: institutions.hospital.org },
      'Practitioner/f204': { practitioner: staff.nurse.address, at: institutions.hospital.org },
    },
  };
  return consentFromFhir(utf8(JSON.stringify(resource)), options).directives;
}

/** What the patient signs. */
function callOf({ effect, grantee, scope, until, eraseAfter, rediscloseDepth }: ConsentDirective): Call {
  if (effect === 'Deny') return consent.deny(api, grantee, scope, until);
  return consent.permit(api, grantee, {
    ...scope, until, ...(eraseAfter === undefined ? {} : { eraseAfter }), ...(rediscloseDepth === undefined ? {} : { rediscloseDepth }),
  });
}

const ask = async ({ blockHash }: Pick<Included, 'blockHash'>, { handle }: Patient, more: Partial<Question> = {}): Promise<Pick<Decision, 'verdict' | 'why'>> => {
  const { verdict, why } = await decideAt(await snapshot(api, blockHash), {
    subject: handle, actor: { organisation: institutions.hospital.org, practitioner: staff.nurse.address },
    purpose: 'Treat', action: 'Read', dataClass: 'Problems', ...more,
  });
  return { verdict, why } as Pick<Decision, 'verdict' | 'why'>;
};
const byDirective = (verdict: 'Permit' | 'Deny', directive: number) => ({ verdict, why: { kind: 'Directive', directive } });

/** The directive as the chain holds it goes out in each version, and comes back to the same. */
async function goesOutWithoutLoss(patient: Patient, number: number, proposed: ConsentDirective, signed: Included): Promise<void> {
  const { moment } = await snapshot(api, signed.blockHash);
  const held = (await directivesOf(api, patient.handle)).find((each) => each.number === number);
  // It holds from the block in which it was signed, whenever it was proposed.
  assert.deepEqual(held, { number, directive: { ...proposed, from: moment } });
  for (const fhirVersion of FHIR_VERSIONS) {
    const written = toConsent(held.directive, { fhirVersion, zone: ZONE });
    const { directives } = consentFromFhir(utf8(JSON.stringify(written)), { fhirVersion, zone: ZONE, now: await world.now() });
    assert.deepEqual(directives, [held.directive], `in ${fhirVersion}`);
  }
}

for (const [fhirVersion, taken] of [['4.0', ['notOrg']], ['5.0', ['notOrg', 'notThem']]] as const) {
  test(`the standard's own Consents of ${fhirVersion}: what is taken decides by the chain's rules, and the others are refused whole`, async () => {
    const { hospital, clinic } = institutions;
    const found: string[] = [];
    const colleague = await hire(world, hospital, 'Nurse');
    const somebody = await newPatient();
    for (const { from, resource } of await consentExamples(fhirVersion)) {
      const name = from.replace(/^Consent-consent-example-|\.json$/g, '');
      if (!(taken as readonly string[]).includes(name)) {
        await assert.rejects(propose(resource, somebody, fhirVersion), ResourceRefused, name);
        continue;
      }
      found.push(name);
      const patient = await newPatient();
      const [directive, ...more] = await propose(resource, patient, fhirVersion) as [ConsentDirective];
      assert.deepEqual([directive.effect, more], ['Deny', []]);
      assert.notEqual(directive.scope.actions.length, 0);
      // Before it, the hospital treats the patient, and the clinic has a permit.
      const word = await signWord(world, hospital, patient, await world.now() + 14 * DAY);
      const opened = await world.send(care.openFor(api, hospital.org, 'Admission', word), staff.nurse);
      const permitted = await world.send(consent.permit(api, { organisation: clinic.org }, {
        actions: ['Read'], purposes: ['Treat'], classes: ['Problems'], until: await world.now() + DAY,
      }), patient.pair);
      const atClinic = { actor: { organisation: clinic.org, practitioner: staff.specialist.address } };
      assert.deepEqual(await ask(permitted, patient), { verdict: 'LawfulBasis', why: { kind: 'TreatmentRelationship', relationship: care.openedAs(opened) } });

      const signed = await world.send(callOf(directive), patient.pair);
      const number = consent.deniedAs(signed);
      for (const action of directive.scope.actions) assert.deepEqual(await ask(signed, patient, { action }), byDirective('Deny', number), `${name}: ${action}`);
      for (const dataClass of ['Problems', 'Imaging', 'Laboratory'] as const) assert.deepEqual(await ask(signed, patient, { dataClass }), byDirective('Deny', number), name);
      assert.deepEqual(await ask(signed, patient, atClinic), byDirective('Permit', consent.grantedAs(permitted)), 'it is about the hospital alone');
      // A colleague of the nurse is denied by what is about the hospital, and not by what is about the nurse.
      const actor = { organisation: hospital.org, practitioner: colleague.address };
      assert.equal((await ask(signed, patient, { actor })).verdict, name === 'notThem' ? 'LawfulBasis' : 'Deny', `${name}: a colleague`);
      await goesOutWithoutLoss(patient, number, directive, signed);
    }
    assert.deepEqual(found, [...taken]);
  });
}

test('a Consent that permits lets what it says and nothing else, and one that was revoked goes out as over', async () => {
  const { hospital } = institutions;
  const [example] = (await consentExamples('4.0')).filter(({ from }) => from.includes('notOrg'));
  assert.ok(example);
  const day = (moment: number): string => new Date(moment * 1000).toISOString().slice(0, 10);
  const now = await world.now();
  const { actor } = example.resource['provision'] as { actor: object[] };
  // The standard has no example of a Permit that is limited as the chain's are: this one with another provision.
  const resource = {
    ...example.resource, policyRule: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'OPTOUT' }] },
    provision: {
      type: 'permit', actor, period: { start: day(now - 2 * DAY), end: day(now + 20 * DAY) },
      action: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentaction', code: 'access' }] }],
      purpose: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'TREAT' }],
      securityLabel: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'N' }],
      class: ['Condition', 'AllergyIntolerance'].map((code) => ({ system: 'http://hl7.org/fhir/resource-types', code })),
    },
  };
  const patient = await newPatient();
  const directives = await propose(resource, patient, '4.0');
  assert.ok(directives.length > 0 && directives.every(({ effect }) => effect === 'Permit'));
  const [directive] = directives as [ConsentDirective];
  assert.deepEqual([directive.grantee, directive.scope.actions, directive.scope.purposes], [{ organisation: hospital.org }, ['Read'], ['Treat']]);
  const [dataClass] = directive.scope.classes;
  assert.ok(dataClass !== undefined);

  const signed = await world.send(callOf(directive), patient.pair);
  const number = consent.grantedAs(signed);
  assert.deepEqual(await ask(signed, patient, { dataClass }), byDirective('Permit', number));
  for (const more of [{ purpose: 'Hpaymt' }, { action: 'Export' }, { dataClass: 'Imaging' }, { labels: ['Hiv'] }] as Partial<Question>[]) {
    assert.equal((await ask(signed, patient, { dataClass, ...more })).verdict, 'Deny', JSON.stringify(more));
  }
  await goesOutWithoutLoss(patient, number, directive, signed);

  const revoked = await world.send(consent.revoke(api, number), patient.pair);
  assert.equal((await ask(revoked, patient, { dataClass })).verdict, 'Deny');
  const { moment } = await snapshot(api, revoked.blockHash);
  const [held] = (await directivesOf(api, patient.handle)).filter((each) => each.number === number);
  assert.equal(held?.ended, moment);
  for (const fhirVersion of FHIR_VERSIONS) {
    const written: { status: string } = toConsent(held.directive, { fhirVersion, zone: ZONE, ended: moment });
    assert.equal(written.status, 'inactive');
    assert.throws(() => consentFromFhir(utf8(JSON.stringify(written)), { fhirVersion, zone: ZONE, now: moment }), { fault: 'not-in-force' });
  }
});
