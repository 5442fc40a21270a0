/** Consents of FHIR R5: what goes out is read back, and what comes from others is read or refused with the reason. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACTIONS, DATA_CLASSES, InvalidArgument, PURPOSES, ROLES, SENSITIVITY_LABELS, utf8, type ConsentDirective, type Grantee } from '@salus/types';
import { seeded } from '@salus/types/testing';
import { consentFromFhir, ResourceRefused, toConsent, type ConsentFault, type FhirVersion } from '../index.js';
import { checkForm } from './claims-structure.js';
import { ALICE, book, concept, eachLimits, foreignR5 as foreign, hl7, NOW, PATIENT, PERMITTED, reader, ZONE } from './consent-fixture.js';
import { exampleResources } from './fhir-examples.js';
import { oddVariants } from './odd-values.js';

const read = reader('5.0');

/** Any directive that the chain may hold. */
function anyDirective(next: () => number): ConsentDirective {
  const upTo = (most: number): number => Math.floor(next() * most);
  const one = <T>(list: readonly T[]): T => list[upTo(list.length)] as T;
  const some = <T>(list: readonly T[]): T[] => {
    const sure = one(list);
    return list.filter((each) => each === sure || next() < 0.3);
  };
  const grantees: Grantee[] = [
    'Any', { organisation: upTo(4_294_967_295) }, { organisation: upTo(9), role: one(ROLES) }, { practitioner: ALICE }, { practitioner: ALICE, at: upTo(9) },
  ];
  const effect = one(['Permit', 'Deny'] as const);
  const actions = some(ACTIONS);
  const from = NOW - upTo(100_000_000);
  const data = { from: upTo(NOW), until: NOW + 1 + upTo(1_000) };
  return {
    effect, patient: PATIENT, grantee: one(grantees), labels: next() < 0.5 ? [] : some(SENSITIVITY_LABELS), from, until: NOW + 1 + upTo(100_000_000),
    scope: {
      actions, purposes: some(PURPOSES.filter((purpose) => purpose !== 'Btg')), classes: some(DATA_CLASSES), ...(next() < 0.3 ? { data } : {}),
    },
    ...(effect === 'Permit' && next() < 0.3 ? { eraseAfter: NOW + upTo(100_000_000) } : {}),
    ...(effect === 'Permit' && actions.includes('Redisclose') ? { rediscloseDepth: 1 + upTo(2) } : {}),
  };
}

test('every directive of the chain goes out in R5 and is read back, in any zone', () => {
  const next = seeded(20_261_128);
  const zones = [ZONE, 'UTC', 'Asia/Kolkata', 'Pacific/Apia'];
  for (let round = 0; round < 600; round += 1) {
    const directive = anyDirective(next);
    const zone = zones[round % zones.length] as string;
    const consent = toConsent(directive, { zone, fhirVersion: '5.0' });
    if (round < 40) checkForm(consent, 'r5');
    assert.deepEqual(read(consent).directives, [directive], JSON.stringify(consent));
    assert.equal(consent.decision, 'deny', 'a base rule that permits would permit all the rest');
  }
});

test('both versions say the same of a directive: through one and then the other nothing is lost', () => {
  const next = seeded(5);
  for (let round = 0; round < 200; round += 1) {
    const directive = anyDirective(next);
    const versions: FhirVersion[] = ['4.0', '5.0', '4.0'];
    const last = versions.reduce((given, fhirVersion) => {
      const [back] = read(toConsent(given, { zone: ZONE, fhirVersion }), { fhirVersion }).directives;
      assert.ok(back);
      return back;
    }, directive);
    assert.deepEqual(last, directive);
  }
});

test('a Consent of one version is not read as one of the other, and another version is no argument', () => {
  const directive = anyDirective(seeded(1));
  for (const [written, fhirVersion] of [['4.0', '5.0'], ['5.0', '4.0']] as const) {
    assert.throws(() => read(toConsent(directive, { zone: ZONE, fhirVersion: written }), { fhirVersion }), { fault: 'not-a-consent' });
  }
  const fhirVersion = '4.3' as FhirVersion;
  assert.throws(() => read({}, { fhirVersion }), InvalidArgument);
  assert.throws(() => toConsent(directive, { zone: ZONE, fhirVersion }), (error) => error instanceof InvalidArgument && error.argument === 'fhirVersion');
});

test('a directive that ended goes out as inactive in R5, and one for ever has no end', () => {
  const directive: ConsentDirective = { ...anyDirective(seeded(2)), effect: 'Deny', until: 2 ** 64 };
  const consent = toConsent(directive, { zone: 'UTC', fhirVersion: '5.0' });
  assert.equal(consent.provision?.[0]?.period?.end, undefined);
  assert.throws(() => read(consent), { fault: 'unlimited' });
  assert.deepEqual(read(consent, { denyUntil: NOW + 9 }).directives, [{ ...directive, until: NOW + 9 }]);
  const ended = toConsent(directive, { zone: 'UTC', fhirVersion: '5.0', ended: NOW });
  assert.equal(ended.status, 'inactive');
  assert.throws(() => read(ended), { fault: 'not-in-force' });
});

test('below a base rule that denies a provision permits, and below one that permits it denies', () => {
  const scope = { actions: ['Read'], purposes: ['Treat'], classes: ['Problems'] };
  const span = { from: Date.parse('2027-01-01T08:00:00Z') / 1000, until: Date.parse('2028-01-01T08:00:00Z') / 1000 };
  const shared = { patient: PATIENT, grantee: { organisation: 4 }, labels: [], scope, ...span };
  assert.deepEqual(read(foreign(), book), { directives: [{ effect: 'Permit', ...shared }], remarks: [] });
  const denies = read(foreign({ securityLabel: undefined }, { decision: 'permit', grantee: [{ reference: 'Organization/f001' }], policyText: [{ reference: 'DocumentReference/1' }] }), book);
  assert.deepEqual(denies.directives, [{ effect: 'Deny', ...shared }]);
  assert.equal(denies.remarks.length, 3);
});

test('the period of the Consent is that of provisions without one', () => {
  const period = { start: '2027-01-02T00:00:00Z', end: '2027-06-30T00:00:00Z' };
  const whole = read(foreign({ period: undefined }, { period }), book).directives[0];
  assert.deepEqual([whole?.from, whole?.until], [Date.parse(period.start) / 1000, Date.parse(period.end) / 1000 + 1]);
  assert.equal(read(foreign({}, { period }), book).directives[0]?.from, Date.parse('2027-01-01T08:00:00Z') / 1000);
  assert.throws(() => read(foreign({ period: undefined }, { period: { end: '2026-01-01' } }), book), { fault: 'not-in-force', path: 'Consent.period' });
});

const refusals: [ConsentFault, string, object][] = [
  ['not-a-consent', 'Consent.policyRule', foreign({}, { policyRule: concept() })],
  ['not-a-consent', 'Consent.provision[0].type', foreign({ type: 'permit' })],
  ['not-a-consent', 'Consent.provision[0].class', foreign({ class: [] })],
  ['not-in-force', 'Consent.status', foreign({}, { status: 'not-done' })],
  ['modified', 'Consent.provision[0].modifierExtension', foreign({ modifierExtension: [{ url: 'https://x.example' }] })],
  ['modified', 'Consent.policyBasis.modifierExtension', foreign({}, { policyBasis: { modifierExtension: [{ url: 'https://x.example' }] } })],
  ['other-kind', 'Consent.category', foreign({}, { category: undefined })],
  ['other-kind', 'Consent.category[0]', foreign({}, { category: [concept(hl7('consentscope', 'research'))] })],
  ['given-by-another', 'Consent.grantor[1]', foreign({}, { grantor: [{ reference: 'Patient/f001' }, { reference: 'RelatedPerson/peter' }] })],
  ['patient-unknown', 'Consent.subject', foreign({}, { subject: { reference: 'Patient/f002' } })],
  ['patient-unknown', 'Consent.subject', foreign({}, { subject: undefined })],
  ['policy-unknown', 'Consent.policyBasis', foreign({}, { policyBasis: { url: 'https://law.example' } })],
  ['policy-unknown', 'Consent.regulatoryBasis[0]', foreign({}, { regulatoryBasis: [concept(hl7('consentpolicycodes', 'hipaa-auth'))] })],
  ['policy-unknown', 'Consent.regulatoryBasis[0]', foreign({}, { regulatoryBasis: [{ text: 'a law' }] })],
  ['no-effect', 'Consent.decision', foreign({}, { decision: undefined })],
  ['no-effect', 'Consent.provision', foreign({}, { provision: undefined })],
  ['base-permits', 'Consent.decision', foreign({}, { decision: 'permit', provision: [] })],
  ['nested', 'Consent.provision[0].provision', foreign({ provision: [{ purpose: [hl7('v3-ActReason', 'HMARKT')] }] })],
  ['nested', 'Consent.provision[0].provision', foreign({ provision: [PERMITTED, PERMITTED] })],
  ['nested', 'Consent.provision[0].provision', foreign({ provision: [{ ...PERMITTED, provision: [PERMITTED] }] })],
  ['nested', 'Consent.provision[0].provision', foreign({ provision: [PERMITTED] }, { decision: 'permit' })],
  // What permits would win over what it shares with the other, and the chain lets the one that denies win.
  ['nested', 'Consent.provision', foreign({}, { provision: [PERMITTED, { ...PERMITTED, provision: [PERMITTED] }] })],
  ['too-fine', 'Consent.provision[0].documentType', foreign({ documentType: [{ system: 'urn:ietf:bcp:13', code: 'application/hl7-cda+xml' }] })],
  ['too-fine', 'Consent.provision[0].expression', foreign({ expression: { language: 'text/fhirpath', expression: 'true' } })],
  ['too-fine', 'Consent.provision[0].code', foreign({ code: [concept()] })],
  ['too-fine', 'Consent.provision[0].resourceType', foreign({ resourceType: [{ system: 'http://hl7.org/fhir/resource-types', code: 'Condition' }] })],
  ['class-unknown', 'Consent.provision[0].resourceType[0]', foreign({ resourceType: [{ system: 'http://hl7.org/fhir/resource-types', code: 'Permission' }] })],
  ...['actor', 'action', 'purpose', 'resourceType', 'period'].map((name): (typeof refusals)[number] => ['unlimited', `Consent.provision[0].${name}`, foreign({ [name]: undefined })]),
  // Another system knows the number of our patient, and forgot to say who is permitted.
  ['unlimited', 'Consent.provision[0].actor', foreign({ actor: undefined }, { subject: { identifier: { system: 'urn:salus:patient', value: PATIENT } }, grantor: undefined })],
];

test('what the chain cannot say exactly of an R5 Consent is refused, with the reason and the place', () => {
  for (const [fault, path, consent] of refusals) {
    assert.throws(() => read(consent, book), (error) => {
      assert.ok(error instanceof ResourceRefused, `${fault} ${path}: ${String(error)}`);
      assert.deepEqual([error.fault, error.path], [fault, path], error.message);
      return true;
    }, `${fault} ${path} was taken`);
  }
});

test('each element that limits an R5 Permit is read, or the Permit is refused', () => {
  eachLimits({
    period: { end: '2027-02-01' }, actor: [], action: [concept(hl7('consentaction', 'correct'))], purpose: [hl7('v3-ActReason', 'HPAYMT')],
    resourceType: [{ system: 'urn:salus:data-class', code: 'Imaging' }], securityLabel: [hl7('v3-Confidentiality', 'N'), hl7('v3-ActCode', 'PSY')],
    dataPeriod: { start: '2020-01-01', end: '2021-01-01' }, code: [concept()], data: [{}], documentType: [{}], expression: {}, provision: [{}],
    modifierExtension: [{ url: 'x' }], unheardOf: 1,
  }, (rule) => read(foreign(rule), book).directives);
});

test('whatever stands in a place of an R5 Consent, it is read or refused by name', () => {
  const consents: object[] = [foreign(), foreign({ provision: [PERMITTED] }), toConsent(anyDirective(seeded(3)), { zone: ZONE, fhirVersion: '5.0' })];
  let refused = 0;
  for (const variant of consents.flatMap((consent) => [...oddVariants(consent)])) {
    try {
      consentFromFhir(utf8(variant), { now: NOW, zone: ZONE, fhirVersion: '5.0', ...book });
    } catch (error) {
      assert.ok(error instanceof ResourceRefused, `${variant}: ${String(error)}`);
      refused += 1;
    }
  }
  assert.ok(refused > 500, `${refused}`);
});

test('the standard\'s own Consents of R5: how many are taken, and why the others are not', (context) => {
  const everybody = {
    // After all of them were made, and the last was verified, on 2021-11-11.
    now: Date.parse('2022-01-01T00:00:00Z') / 1000, denyUntil: NOW,
    patients: Object.fromEntries(['f001', 'mom', 'example', 'f201', 'pat2', 'xcda'].map((id) => [`Patient/${id}`, PATIENT])),
    grantees: Object.fromEntries(['Organization/f001', 'Practitioner/f204'].map((key) => [key, { organisation: 4 }])),
  };
  const taken: Record<string, ConsentDirective[]> = {};
  const faults: Record<string, string> = {};
  const examples = exampleResources('consents-r5');
  for (const { from, resource } of examples) {
    const name = from.replace(/^Consent-consent-example-|\.json$/g, '');
    assert.throws(() => read(resource, everybody), { fault: 'not-in-force', path: 'Consent.meta.tag[0]' }, 'each is marked as test data');
    try {
      taken[name] = read({ ...resource, meta: undefined }, everybody).directives;
      context.diagnostic(`${from}: ${taken[name].map(({ effect }) => effect).join(', ')}`);
    } catch (error) {
      assert.ok(error instanceof ResourceRefused, `${from}: ${String(error)}`);
      faults[name] = error.fault;
      context.diagnostic(`${from}: ${error.message}`);
    }
  }
  context.diagnostic(`${Object.keys(taken).length} of ${examples.length} taken, without the mark of test data`);
  assert.deepEqual(faults, {
    CDA: 'other-kind', Emergency: 'nested', Out: 'actor-role', basic: 'not-in-force', grantor: 'other-kind', notAuthor: 'actor-role',
    notThis: 'too-fine', notTime: 'not-in-force', pkb: 'nested', smartonfhir: 'given-by-another',
  });
  const scope: ConsentDirective['scope'] = { actions: ['Read', 'Amend'], purposes: PURPOSES.filter((purpose) => purpose !== 'Btg'), classes: [...DATA_CLASSES] };
  const denied: ConsentDirective[] = [{ effect: 'Deny', patient: PATIENT, grantee: { organisation: 4 }, labels: [], from: everybody.now, until: NOW, scope }];
  assert.deepEqual(taken, { notOrg: denied, notThem: denied });
  // One of them was verified long after it was made, and does not hold before.
  const notThem = examples.find(({ from }) => from.includes('notThem'));
  assert.throws(() => read({ ...notThem?.resource, meta: undefined }, { ...everybody, now: Date.parse('2019-01-01T00:00:00Z') / 1000 }), {
    fault: 'not-in-force', path: 'Consent.verification[0].verificationDate[0]',
  });
  // What was read goes out again, and comes back the same.
  for (const directive of Object.values(taken).flat()) {
    assert.deepEqual(read(toConsent(directive, { zone: ZONE, fhirVersion: '5.0' }), { now: everybody.now }).directives, [directive]);
  }
});
