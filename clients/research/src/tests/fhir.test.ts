/** Studies and consents to research as FHIR R4, both ways; and what is refused. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { test } from 'node:test';
import { hexToU8a } from '@polkadot/util';
import { ResourceRefused } from '@salus/fhir';
import { opens, SalusError, toHex, utf8, type ConsentDirective } from '@salus/types';
import * as research from '../index.js';
import { ALICE, NOW, DAY, oneOfEach, repositoryPath, some, study } from './scene.js';

const bytes = (value: unknown): Uint8Array => utf8(JSON.stringify(value));
const refused = (fault: string, path?: RegExp) => (error: unknown) => {
  assert.ok(error instanceof research.NotRepresentable, String(error));
  assert.equal(error.fault, fault, error.message);
  if (path) assert.match(error.path, path, error.message);
  return true;
};

const found = async (more: object = {}, approved = true): Promise<research.Study> =>
  await research.study(oneOfEach({ study: () => some('RStudyInfo', { study: study(more), approved }) }), 1) as research.Study;

test('a study is a ResearchStudy, and is read back', async () => {
  const resource = research.toResearchStudy(await found({ uses: 0b1000_0000_0010 }), 'Europe/Berlin');
  assert.equal(resource.status, 'approved');
  assert.deepEqual(resource.identifier, [{ system: 'urn:salus:study', value: '1' }]);
  assert.deepEqual(resource.category?.map(({ coding }) => coding?.map(({ code }) => code)), [['BIOMEDICAL', 'DUO:0000037'], ['ILLEGAL-BEHAVIOUR']]);
  assert.deepEqual(research.studyFromFhir(bytes(resource)), { organisation: 6, ethics: 5, investigator: ALICE, uses: ['BIOMEDICAL', 'ILLEGAL-BEHAVIOUR'], id: 1 });
});

test('the status is that of the ethics approval', async () => {
  const ended = (how: string) => [{ by: ALICE, protocol: 0, period: { from: NOW - 9, until: NOW + 9 }, ended: [NOW - 1, how] }];
  for (const [more, approved, status] of [
    [{}, true, 'approved'], [{ approvals: [] }, false, 'in-review'], [{ approvals: ended('Amended') }, false, 'in-review'],
    [{ approvals: ended('Suspended') }, false, 'temporarily-closed-to-accrual-and-intervention'], [{ withdrawnAt: NOW }, false, 'withdrawn'],
  ] as const) assert.equal(research.toResearchStudy(await found(more, approved), 'UTC').status, status);
});

const FOREIGN = {
  resourceType: 'ResearchStudy', status: 'active', title: 'Salt and blood pressure', description: 'A cohort',
  category: [{ coding: [{ system: research.DUO_SYSTEM, code: 'DUO:0000037' }] }], sponsor: { reference: 'Organization/uni' }, principalInvestigator: { reference: 'Practitioner/pi' },
  arm: [{ name: 'all' }], site: [{ reference: 'Location/1' }],
};
const BOOK: research.StudyBook = { organisations: { 'Organization/uni': 6 }, investigators: { 'Practitioner/pi': ALICE }, ethics: 5 };

test('somebody else\'s ResearchStudy is what can be registered, and the rest of it is committed to', () => {
  const record = bytes(FOREIGN);
  assert.deepEqual(research.studyFromFhir(record, BOOK), { organisation: 6, ethics: 5, investigator: ALICE, uses: ['BIOMEDICAL'], id: undefined });
  const { commitment, salt, form } = research.protocolOf(record);
  assert.ok(opens(hexToU8a(commitment), hexToU8a(salt), record, form));
  // Its form counts, and not how it is written.
  assert.ok(opens(hexToU8a(commitment), hexToU8a(salt), utf8(JSON.stringify(FOREIGN, null, 2)), form));
  assert.ok(!opens(hexToU8a(commitment), hexToU8a(salt), bytes({ ...FOREIGN, arm: [] }), form));
  assert.notEqual(research.protocolOf(record).commitment, commitment, 'the salt is another each time');
  assert.equal(toHex(hexToU8a(salt)).length, 66);
});

test('a ResearchStudy that the chain cannot say is refused, with the reason', () => {
  const coded = (system: string, code: string) => [{ coding: [{ system, code }] }];
  for (const [change, fault, path] of [
    [{ resourceType: 'Patient' }, 'other-kind', /resource/], [{ status: 'completed' }, 'not-in-force', /status/], [{ status: 'withdrawn' }, 'not-in-force', /status/],
    [{ status: undefined }, 'not-in-force', /status/], [{ category: undefined }, 'missing', /category/], [{ category: coded('http://snomed.info/sct', '1') }, 'code-unknown', /category/],
    [{ category: coded(research.DUO_SYSTEM, 'DUO:0000999') }, 'code-unknown', /codings/], [{ category: coded(research.RESEARCH_USE_SYSTEM, 'CANCER') }, 'code-unknown', /category/],
    [{ category: [{ text: 'research' }] }, 'code-unknown', /category/],
    [{ category: [{ coding: [{ system: research.RESEARCH_USE_SYSTEM, code: 'METHODS' }, { system: research.DUO_SYSTEM, code: 'DUO:0000037' }] }] }, 'contradiction', /category/],
    [{ sponsor: undefined }, 'missing', /sponsor/], [{ sponsor: { reference: 'Organization/other' } }, 'unknown-party', /sponsor/],
    [{ principalInvestigator: { display: 'Dr. X' } }, 'unknown-party', /principalInvestigator/], [{ implicitRules: 'http://x' }, 'modified', /implicitRules/],
    [{ arm: [{ name: 'all', modifierExtension: [{ url: 'x' }] }] }, 'modified', /arm\[0\]/], [{ meta: { tag: [{ code: 'SUBSETTED' }] } }, 'modified', /tag/],
    [{ meta: { security: [{ code: 'HTEST' }] } }, 'not-in-force', /security/],
  ] as const) assert.throws(() => research.studyFromFhir(bytes({ ...FOREIGN, ...change }), BOOK), refused(fault, path), JSON.stringify(change));
  assert.throws(() => research.studyFromFhir(bytes(FOREIGN), { ...BOOK, ethics: undefined as never }), refused('missing'));
  // Two members of one name have two readings.
  assert.throws(() => research.studyFromFhir(utf8('{"resourceType":"ResearchStudy","status":"active","status":"completed"}'), BOOK), SalusError);
});

test('the standard\'s example of a ResearchStudy is completed, and refused for that', () => {
  const example = readFileSync(new URL('../../fixtures/ResearchStudy-example.json', import.meta.url));
  assert.throws(() => research.studyFromFhir(example, BOOK), refused('not-in-force', /status/));
});

// Consents.

const PATIENT = `0x${'5a'.repeat(32)}` as const;
const READ = { now: NOW, zone: 'Europe/Berlin', patients: { 'Patient/f001': PATIENT }, grantees: { 'Organization/f001': { organisation: 4 } } };
const DIRECTIVE: ConsentDirective = {
  effect: 'Permit', patient: PATIENT, grantee: { organisation: 4 }, labels: [], from: NOW - DAY, until: NOW + 300 * DAY,
  scope: { actions: ['Read'], purposes: ['Hresch'], classes: ['Laboratory', 'Problems'] },
};

test('a directive for research is a Consent of the scope research, and is read back', () => {
  for (const directive of [DIRECTIVE, { ...DIRECTIVE, effect: 'Deny', grantee: 'Any' } as ConsentDirective, { ...DIRECTIVE, grantee: { practitioner: ALICE, at: 4 }, labels: ['Hiv'] } as ConsentDirective]) {
    const consent = research.toResearchConsent(directive, { zone: 'Europe/Berlin' });
    assert.equal(consent.scope.coding?.[0]?.code, 'research');
    const read = research.researchConsentFromFhir(bytes(consent), READ);
    assert.ok('directives' in read);
    assert.deepEqual(read.directives, [{ ...directive, scope: { ...directive.scope, classes: ['Problems', 'Laboratory'] } }]);
  }
  assert.throws(() => research.toResearchConsent({ ...DIRECTIVE, scope: { ...DIRECTIVE.scope, purposes: ['Hresch', 'Treat'] } }, { zone: 'UTC' }), refused('not-representable'));
});

test('a veto of research is a Consent that denies the purpose and limits it by nothing, and is read back', () => {
  const veto = research.vetoToFhir({ patient: PATIENT, from: NOW - 60 }, 'Europe/Berlin');
  assert.deepEqual(research.researchConsentFromFhir(bytes(veto), READ), { veto: { patient: PATIENT, from: NOW - 60 } });
  assert.equal(research.vetoToFhir({ patient: PATIENT, from: NOW - 60, ended: NOW }, 'UTC').status, 'inactive');
  assert.throws(() => research.researchConsentFromFhir(bytes({ ...veto, status: 'inactive' }), READ), refused('not-in-force'));
  assert.throws(() => research.researchConsentFromFhir(bytes({ ...veto, patient: { reference: 'Patient/other' } }), READ), refused('unknown-party'));
  assert.throws(() => research.researchConsentFromFhir(bytes({ ...veto, modifierExtension: [{ url: 'x' }] }), READ), refused('modified'));
  assert.throws(() => research.researchConsentFromFhir(bytes({ ...veto, dateTime: '2030-01-01T00:00:00Z' }), READ), refused('not-in-force'));
  // Limited by anything, it is no veto: it is read as a directive, by the rules of those.
  const limited = (rule: object) => bytes({ ...veto, provision: { provision: [{ type: 'deny', purpose: veto.provision?.provision?.[0]?.purpose, ...rule }] } });
  const narrower = research.researchConsentFromFhir(limited({ class: [{ system: 'urn:salus:data-class', code: 'Laboratory' }] }), { ...READ, denyUntil: NOW + DAY });
  assert.ok('directives' in narrower && narrower.directives[0]?.scope.classes.length === 1);
  assert.throws(() => research.researchConsentFromFhir(limited({ code: [{ text: 'x' }] }), { ...READ, denyUntil: NOW + DAY }), ResourceRefused);
});

test('what is no consent to research alone is refused, with the reason', () => {
  const consent = research.toResearchConsent(DIRECTIVE, { zone: 'UTC' });
  const category = (code: string) => [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentcategorycodes', code }] }];
  for (const [change, fault, path] of [
    [{ scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'treatment' }] } }, 'other-kind', /scope/],
    [{ scope: undefined }, 'other-kind', /scope/], [{ category: undefined }, 'missing', /category/], [{ category: category('rsdid') }, 'not-representable', /category/],
    [{ category: category('rsreid') }, 'not-representable', /category/], [{ category: [...category('research'), ...category('rsdid')] }, 'not-representable', /category\[1\]/],
  ] as const) assert.throws(() => research.researchConsentFromFhir(bytes({ ...consent, ...change }), READ), refused(fault, path), JSON.stringify(change));
  const rule = consent.provision?.provision?.[0];
  const other = { ...consent, provision: { provision: [{ ...rule, purpose: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'TREAT' }] }] } };
  assert.throws(() => research.researchConsentFromFhir(bytes(other), READ), refused('not-representable', /purpose/));
  const both = { ...consent, provision: { provision: [{ ...rule, purpose: [...rule?.purpose ?? [], ...other.provision.provision[0]?.purpose ?? []] }] } };
  assert.throws(() => research.researchConsentFromFhir(bytes(both), READ), refused('not-representable', /purpose/));
});

test('none of the standard\'s examples of Consents is about research, and each is refused for what it is', () => {
  const packed = readFileSync(repositoryPath('clients/fhir/fixtures/fhir-examples/classes/consents.ndjson.gz'));
  const examples = gunzipSync(packed).toString('utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as { from: string; resource: unknown });
  assert.ok(examples.length >= 12, `${examples.length} examples`);
  for (const { from, resource } of examples) {
    assert.throws(() => research.researchConsentFromFhir(bytes(resource), READ), refused('other-kind', /scope/), from);
    // Said to be about research, its other parts are judged as those of any Consent: none says of which purpose it is, so none becomes a directive.
    const asResearch = { ...resource as object, scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'research' }] }, category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentcategorycodes', code: 'research' }] }] };
    assert.throws(() => research.researchConsentFromFhir(bytes(asResearch), READ), SalusError, from);
  }
});
