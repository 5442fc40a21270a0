/** Consents of FHIR R4: what goes out is read back, and what comes from others is read or refused with the reason. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Consent } from 'fhir/r4.js';
import { ACTIONS, DATA_CLASSES, NotFhirJson, PURPOSES, ROLES, SENSITIVITY_LABELS, utf8, type ConsentDirective, type Grantee } from '@salus/types';
import { CONSENT_FAULTS, consentFromFhir, ResourceRefused, toConsent, type ConsentFault, type ReadConsentOptions } from '../index.js';
import { ALICE, book, concept, eachLimits, foreignR4 as foreign, hl7, NOW, PATIENT, reader, ZONE } from './consent-fixture.js';
import { exampleResources } from './fhir-examples.js';

const options: ReadConsentOptions = { now: NOW, zone: ZONE };
const read = reader('4.0');

const PERMIT: ConsentDirective = {
  effect: 'Permit', patient: PATIENT, grantee: { organisation: 4 }, labels: [], from: NOW - 60, until: NOW + 86_400,
  scope: { actions: ['Read'], purposes: ['Treat'], classes: ['Laboratory', 'Observations'] },
};

test('every directive of the chain goes out and is read back', () => {
  const grantees: Grantee[] = ['Any', { organisation: 0 }, { organisation: 4_294_967_294 }, { practitioner: ALICE }, { practitioner: ALICE, at: 7 }, ...ROLES.map((role) => ({ organisation: 7, role }))];
  const pick = <T>(list: readonly T[], seed: number): T[] => {
    const picked = list.filter((_, index) => (seed * 2_654_435_761 >>> (index % 29)) % 3 === 0);
    return picked.length > 0 ? picked : [list[seed % list.length] as T];
  };
  const plain = PURPOSES.filter((purpose) => purpose !== 'Btg');
  let seed = 0;
  for (const effect of ['Permit', 'Deny'] as const) {
    for (const grantee of grantees) {
      for (let round = 0; round < 12; round += 1) {
        seed += 1;
        const actions = pick(ACTIONS, seed);
        const directive: ConsentDirective = {
          effect, patient: PATIENT, grantee, labels: round % 2 === 0 ? [] : pick(SENSITIVITY_LABELS, seed + 7),
          from: NOW - seed * 997, until: NOW + seed * 3_601,
          scope: {
            actions, purposes: pick(plain, seed + 1), classes: pick(DATA_CLASSES, seed + 2),
            ...(round % 3 === 0 ? { data: { from: seed * 86_413, until: NOW - seed } } : {}),
            ...(round % 3 === 1 ? { data: { from: seed * 86_413 } } : {}),
          },
          ...(effect === 'Permit' && round % 4 === 0 ? { eraseAfter: NOW + seed * 7_000 } : {}),
          ...(effect === 'Permit' && actions.includes('Redisclose') ? { rediscloseDepth: 1 + (seed % 2) } : {}),
        };
        const consent = toConsent(directive, { zone: ZONE });
        assert.deepEqual(read(consent).directives, [directive], JSON.stringify(consent));
      }
    }
  }
});

test('a directive that ended goes out as inactive, and is not read as in force', () => {
  const consent = toConsent(PERMIT, { zone: 'UTC', ended: NOW - 10 });
  assert.equal(consent.status, 'inactive');
  assert.deepEqual(consent.provision?.provision?.[0]?.period, { start: '2027-01-15T07:59:00Z', end: '2027-01-15T07:59:49Z' });
  assert.throws(() => read(consent), { fault: 'not-in-force' });
});

test('a Deny for ever has no end in FHIR', () => {
  const deny: ConsentDirective = { ...PERMIT, effect: 'Deny', until: 2 ** 64 };
  const consent = toConsent(deny, { zone: ZONE });
  assert.equal(consent.provision?.provision?.[0]?.period?.end, undefined);
  assert.throws(() => read(consent), { fault: 'unlimited' });
  assert.deepEqual(read(consent, { denyUntil: NOW + 5 }).directives, [{ ...deny, until: NOW + 5 }]);
});

test('data from some moment on, without an end, is a period without an end', () => {
  const consent = toConsent({ ...PERMIT, scope: { ...PERMIT.scope, data: { from: NOW } } }, { zone: 'UTC' });
  assert.deepEqual(consent.provision?.provision?.[0]?.dataPeriod, { start: '2027-01-15T08:00:00Z' });
  assert.deepEqual(read(consent).directives[0]?.scope.data, { from: NOW });
});

test('a Consent of another system is read, by what its references mean here', () => {
  const { directives, remarks } = read(foreign(), book);
  assert.deepEqual(directives, [{
    effect: 'Permit', patient: PATIENT, grantee: { organisation: 4 }, labels: [],
    // The whole of the last day, where it was written.
    from: Date.parse('2027-01-01T08:00:00Z') / 1000, until: Date.parse('2028-01-01T08:00:00Z') / 1000,
    scope: { actions: ['Read'], purposes: ['Treat'], classes: ['Problems'] },
  }]);
  assert.deepEqual(remarks, []);
  assert.deepEqual(read(foreign({ action: [concept(hl7('consentaction', 'correct'))] }), book).directives[0]?.scope.actions, ['Read', 'Amend']);
  const two = foreign({ actor: ['f001', 'f002'].map((id) => ({ role: concept(hl7('v3-ParticipationType', 'IRCP')), reference: { reference: `Organization/${id}` } })) });
  const grantees = { ...book.grantees, 'Organization/f002': { organisation: 5, role: 'Nurse' } as const };
  assert.deepEqual(read(two, { ...book, grantees }).directives.map(({ grantee }) => grantee), [{ organisation: 4 }, { organisation: 5, role: 'Nurse' }]);
  const byIdentifier = foreign({}, { patient: { identifier: { system: 'urn:oid:1.2', value: '77' } } });
  assert.equal(read(byIdentifier, { ...book, patients: { 'urn:oid:1.2|77': PATIENT } }).directives[0]?.patient, PATIENT);
});

test('a Deny that names no action, purpose or class denies all, and under a base rule that permits it is said so', () => {
  const bare = { type: 'deny', period: { end: '2027-12-31' }, action: undefined, purpose: undefined, class: undefined, securityLabel: undefined, actor: undefined };
  const { directives: [deny], remarks } = read(foreign(bare, { policyRule: concept(hl7('v3-ActCode', 'OPTIN')), sourceAttachment: { title: 'terms' } }), book);
  assert.deepEqual(deny?.scope, { actions: [...ACTIONS], purposes: PURPOSES.filter((purpose) => purpose !== 'Btg'), classes: [...DATA_CLASSES] });
  assert.equal(deny?.grantee, 'Any');
  assert.equal(remarks.length, 2);
});

const refusals: [ConsentFault, string, object, Partial<ReadConsentOptions>?][] = [
  ['not-a-consent', 'resource', { resourceType: 'Contract' }],
  ['not-a-consent', 'Consent.decision', foreign({}, { decision: 'permit' })],
  ['not-a-consent', 'Consent.provision.documentType', foreign({ documentType: [] })],
  ['not-in-force', 'Consent.status', foreign({}, { status: 'rejected' })],
  ['not-in-force', 'Consent.status', foreign({}, { status: 'proposed' })],
  ['not-in-force', 'Consent.provision.period', foreign({ period: { end: '2026-12-31' } })],
  ['not-in-force', 'Consent.provision.period', foreign({ period: { start: '2027-06-01', end: '2027-12-31' } })],
  ['other-kind', 'Consent.scope', foreign({}, { scope: concept(hl7('consentscope', 'research')) })],
  ['other-kind', 'Consent.scope', foreign({}, { scope: concept(hl7('consentscope', 'patient-privacy'), hl7('consentscope', 'research')) })],
  ['other-kind', 'Consent.scope', foreign({}, { scope: { text: 'privacy' } })],
  ['other-kind', 'Consent.category', foreign({}, { category: [] })],
  ['other-kind', 'Consent.category[0]', foreign({}, { category: [concept(hl7('consentcategorycodes', 'acd'))] })],
  ['modified', 'Consent.implicitRules', foreign({}, { implicitRules: 'https://rules.example' })],
  ['modified', 'Consent.modifierExtension', foreign({}, { modifierExtension: [{ url: 'https://x.example', valueBoolean: true }] })],
  ['modified', 'Consent.provision.actor[0].modifierExtension', foreign({ actor: [{ modifierExtension: [{ url: 'https://x.example' }] }] })],
  ['modified', 'Consent.modifierExtension', foreign({}, { modifierExtension: [{ url: 'urn:salus:erase-after', valueDateTime: '2027-12-31T00:00:00Z' }] })],
  ['modified', 'Consent.meta.tag[0]', foreign({}, { meta: { tag: [hl7('v3-ObservationValue', 'SUBSETTED')] } })],
  ['not-in-force', 'Consent.meta.security[0]', foreign({}, { meta: { security: [hl7('v3-ActReason', 'HTEST')] } })],
  ['extension-unknown', 'Consent.provision.extension', foreign({ extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/consent-ResearchStudyContext' }] })],
  ['not-verified', 'Consent.verification[1]', foreign({}, { verification: [{ verified: true }, { verified: false }] })],
  ['given-by-another', 'Consent.performer[0]', foreign({}, { performer: [{ reference: 'RelatedPerson/peter' }] })],
  ['policy-unknown', 'Consent.policy', foreign({}, { policy: [{ uri: 'https://law.example' }] })],
  ['policy-unknown', 'Consent.policyRule', foreign({}, { policyRule: concept(hl7('consentpolicycodes', 'hipaa-auth')) })],
  ['policy-unknown', 'Consent.policyRule', foreign({}, { policyRule: concept(hl7('v3-ActCode', 'OPTOUT'), hl7('v3-ActCode', 'OPTIN')) })],
  ['base-permits', 'Consent.policyRule', foreign({}, { policyRule: concept(hl7('v3-ActCode', 'OPTIN')) })],
  ['nested', 'Consent.provision.provision', foreign({ provision: [{ type: 'deny' }] })],
  ['nested', 'Consent.provision.provision[0].provision', foreign({}, { provision: { provision: [{ type: 'deny', provision: [{ type: 'permit' }] }] } })],
  ['nested', 'Consent.provision.provision', foreign({}, { provision: { provision: [{ type: 'deny' }, { type: 'permit' }] } })],
  ['no-effect', 'Consent.provision', foreign({}, { provision: undefined })],
  ['no-effect', 'Consent.provision.type', foreign({ type: undefined })],
  ['patient-unknown', 'Consent.patient', foreign({}, { patient: { reference: 'Patient/f002' } })],
  ['patient-unknown', 'Consent.patient', foreign({}, { patient: { identifier: { system: 'urn:salus:patient', value: '0xABC' } } })],
  ['patient-unknown', 'Consent.patient', foreign({}, { patient: { reference: 'constructor' } })],
  ['actor-unknown', 'Consent.provision.actor[0].reference', foreign(), { grantees: {} }],
  ...['0x7', '-1', '4294967295', '7.0'].map((value): (typeof refusals)[number] => ['actor-unknown', 'Consent.provision.actor.reference',
    foreign({ actor: { role: concept(hl7('v3-ParticipationType', 'PRCP')), reference: { identifier: { system: 'urn:salus:organisation', value } } } })]),
  ['actor-unknown', 'Consent.provision.actor.reference', foreign({ actor: { role: concept(hl7('v3-ParticipationType', 'PRCP')), reference: { identifier: { system: 'urn:salus:role', value: '4/Surgeon' } } } })],
  ['actor-role', 'Consent.provision.actor[0].role', foreign({ actor: [{ role: concept(hl7('v3-ParticipationType', 'CST')), reference: { reference: 'Organization/f001' } }] })],
  ['actor-role', 'Consent.provision.actor[0].role', foreign({ actor: [{ role: concept(hl7('v3-ParticipationType', 'IRCP'), hl7('v3-ParticipationType', 'CST')), reference: { reference: 'Organization/f001' } }] })],
  ['action-unknown', 'Consent.provision.action[1]', foreign({ action: [concept(hl7('consentaction', 'access')), concept(hl7('consentaction', 'use'))] })],
  // Passed over, the second would make a Deny narrower.
  ['action-unknown', 'Consent.provision.action[0]', foreign({ type: 'deny', securityLabel: undefined, action: [concept(hl7('consentaction', 'access'), hl7('consentaction', 'disclose'))] })],
  ['action-unknown', 'Consent.provision.action[0]', foreign({ action: [concept({ system: 'urn:salus:action', code: 'Read' }, hl7('consentaction', 'disclose'))] })],
  ['purpose-unknown', 'Consent.provision.purpose[0]', foreign({ purpose: [hl7('v3-ActReason', 'BTG')] })],
  ['purpose-unknown', 'Consent.provision.purpose[0]', foreign({ purpose: [{ code: 'TREAT' }] })],
  ['class-unknown', 'Consent.provision.class[0]', foreign({ class: [{ system: 'urn:ietf:bcp:13', code: 'application/hl7-cda+xml' }] })],
  ['too-fine', 'Consent.provision.class', foreign({ class: [{ system: 'http://hl7.org/fhir/resource-types', code: 'MedicationRequest' }] })],
  ['too-fine', 'Consent.provision.class', foreign({ class: [{ system: 'http://hl7.org/fhir/resource-types', code: 'Observation' }] })],
  ['too-fine', 'Consent.provision.code', foreign({ code: [concept({ system: 'http://loinc.org', code: '34133-9' })] })],
  ['too-fine', 'Consent.provision.data', foreign({ data: [{ meaning: 'related', reference: { reference: 'Task/example3' } }] })],
  ['label-unknown', 'Consent.provision.securityLabel[0]', foreign({ securityLabel: [hl7('v3-Confidentiality', 'R')] })],
  ['label-unknown', 'Consent.provision.securityLabel[0]', foreign({ securityLabel: [hl7('v3-Confidentiality', 'L')] })],
  ['label-unknown', 'Consent.provision.securityLabel[1]', foreign({ securityLabel: [hl7('v3-Confidentiality', 'N'), { code: 'HIV' }] })],
  ['label-unknown', 'Consent.provision.securityLabel', foreign({ securityLabel: [hl7('v3-ActCode', 'HIV')] })],
  ['label-unknown', 'Consent.provision.securityLabel[0]', foreign({ type: 'deny' })],
  ...['actor', 'action', 'purpose', 'class', 'period'].map((name): (typeof refusals)[number] => ['unlimited', `Consent.provision.${name}`, foreign({ [name]: undefined })]),
  // Another system knows the number of our patient, and forgot to say who is permitted.
  ['unlimited', 'Consent.provision.actor', foreign({ actor: undefined }, { patient: { identifier: { system: 'urn:salus:patient', value: PATIENT } } })],
  ['unlimited', 'Consent.provision', foreign({ action: [concept({ system: 'urn:salus:action', code: 'Redisclose' })] })],
  ['unlimited', 'Consent.provision', foreign({ modifierExtension: [{ url: 'urn:salus:redisclose-depth', valueInteger: 1 }] })],
  ['modified', 'Consent.provision.modifierExtension[1]', foreign({ modifierExtension: [1, 2].map((valueInteger) => ({ url: 'urn:salus:redisclose-depth', valueInteger })) })],
  ['no-moment', 'Consent.provision.period', foreign({ period: { start: '2027-02-30', end: '2027-12-31' } })],
  ['no-moment', 'Consent.provision.period', foreign({ period: { end: '2027-12-31T10:00' } })],
  ['no-moment', 'Consent.provision.period', foreign({ period: { end: 2027 } })],
  ['no-moment', 'Consent.provision.dataPeriod', foreign({ dataPeriod: { end: '2020-01-01' } })],
];

test('what the chain cannot say exactly is refused, with the reason and the place', () => {
  for (const [fault, path, consent, more] of refusals) {
    assert.throws(() => read(consent, { ...book, ...more }), (error) => {
      assert.ok(error instanceof ResourceRefused, `${fault} ${path}: ${String(error)}`);
      assert.deepEqual([error.fault, error.path], [fault, path], error.message);
      return true;
    }, `${fault} ${path} was taken`);
  }
  const reached = new Set(refusals.map(([fault]) => fault));
  assert.deepEqual(CONSENT_FAULTS.filter((fault) => !reached.has(fault)), []);
  assert.throws(() => consentFromFhir(utf8('{"resourceType":"Consent","status":"active","status":"draft"}'), options), NotFhirJson);
});

test('each element that limits a Permit is read, or the Permit is refused', () => {
  eachLimits({
    period: { end: '2027-02-01' }, actor: [], action: [concept(hl7('consentaction', 'correct'))], purpose: [hl7('v3-ActReason', 'HPAYMT')],
    class: [{ system: 'urn:salus:data-class', code: 'Imaging' }], securityLabel: [hl7('v3-Confidentiality', 'N'), hl7('v3-ActCode', 'PSY')],
    dataPeriod: { start: '2020-01-01', end: '2021-01-01' }, code: [concept()], data: [{}], provision: [{}], modifierExtension: [{ url: 'x' }], type: 'deny', unheardOf: 1,
  }, (rule) => read(foreign(rule), book).directives);
});

test('the standard\'s own Consents: how many are taken, and why the others are not', (context) => {
  const examples = exampleResources('consents') as unknown as { from: string; resource: Consent }[];
  const everybody = {
    // After all of them were made, the last on 2016-06-23.
    now: Date.parse('2016-07-01T00:00:00Z') / 1000, denyUntil: NOW,
    patients: Object.fromEntries(['Patient/f001', 'Patient/example', 'Patient/72', 'Patient/xcda'].map((key) => [key, PATIENT])),
    grantees: Object.fromEntries(['Organization/f001', 'Practitioner/f204', 'Practitioner/13', 'Patient/example'].map((key) => [key, { organisation: 4 }])),
  };
  const taken: string[] = [];
  const faults: Record<string, string> = {};
  for (const { from, resource } of examples) {
    try {
      const { directives } = read(resource, everybody);
      assert.ok(directives.length > 0, from);
      taken.push(from);
      context.diagnostic(`${from}: ${directives.map(({ effect }) => effect).join(', ')}`);
    } catch (error) {
      assert.ok(error instanceof ResourceRefused, `${from}: ${String(error)}`);
      faults[from.replace(/^Consent-consent-example-|\.json$/g, '')] = error.fault;
      context.diagnostic(`${from}: ${error.message}`);
    }
  }
  context.diagnostic(`${taken.length} of ${examples.length} taken`);
  assert.deepEqual(taken, ['Consent-consent-example-notOrg.json']);
  assert.deepEqual(faults, {
    Emergency: 'other-kind', Out: 'no-effect', basic: 'no-effect', grantor: 'other-kind', notAuthor: 'no-effect', notThem: 'no-effect',
    notThis: 'no-effect', notTime: 'no-effect', pkb: 'nested', signature: 'other-kind', smartonfhir: 'given-by-another',
  });
});
