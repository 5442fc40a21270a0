/** The class of a resource: by category and code, with their systems; what cannot be told is refused. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { DATA_CLASSES, utf8, type DataClass } from '@salus/types';
import { CLASS_BY_TYPE, CLASS_TABLE, classify, ResourceRefused, TELLING_ELEMENTS, type ResourceFault } from '../index.js';
import { classesDocument } from './classes-document.js';
import { exampleResources } from './fhir-examples.js';

const V2 = 'http://terminology.hl7.org/CodeSystem/v2-0074';
const CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category';
const concept = (...codings: [string, string][]) => ({ coding: codings.map(([system, code]) => ({ system, code })) });
const resource = (resourceType: string, ...category: object[]) => ({ resourceType, category, code: { text: 'a test' } });
const classOf = (value: object): DataClass => classify(utf8(JSON.stringify(value))).dataClass;
const refused = (fault: ResourceFault) => (error: unknown) => {
  assert.ok(error instanceof ResourceRefused, String(error));
  assert.equal(error.fault, fault, error.message);
  assert.ok(error.path.length > 0 && (error.help ?? '').length > 0);
  return true;
};
const shared = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/fhir-cases/${name}.json`, import.meta.url)));

test('reports of radiology, cardiology, genetics, pathology and the laboratory are told apart', () => {
  for (const [section, dataClass] of [
    ['RAD', 'Imaging'], ['CUS', 'Imaging'], ['CT', 'Imaging'], ['OUS', 'Imaging'], ['NMR', 'Imaging'], ['EC', 'Procedures'], ['CTH', 'Procedures'],
    ['EN', 'Procedures'], ['PF', 'Procedures'], ['GE', 'Genomics'], ['CG', 'Genomics'], ['LAB', 'Laboratory'], ['HM', 'Laboratory'],
    ['PAT', 'Laboratory'], ['ICU', 'Observations'], ['PHR', 'Medications'], ['PHY', 'Documents'],
  ] as const) assert.equal(classOf(resource('DiagnosticReport', concept([V2, section]))), dataClass, section);
});

test('so are observations', () => {
  for (const [category, dataClass] of [
    ['laboratory', 'Laboratory'], ['imaging', 'Imaging'], ['procedure', 'Procedures'], ['therapy', 'Procedures'], ['vital-signs', 'Observations'],
    ['exam', 'Observations'], ['activity', 'Observations'], ['social-history', 'Observations'], ['survey', 'Questionnaires'],
  ] as const) assert.equal(classOf(resource('Observation', concept([CATEGORY, category]))), dataClass, category);
});

test('a code of another system, of none, or in words tells nothing', () => {
  for (const type of ['DiagnosticReport', 'Observation']) {
    for (const category of [
      [], [concept(['https://ehr.example/sections', 'LAB'])], [{ coding: [{ code: 'LAB' }] }], [{ coding: [{ code: 'laboratory' }] }], [{ text: 'Laboratory' }],
      [concept([V2, 'OTH'])], [concept([V2, 'laboratory'])], [concept([CATEGORY, 'LAB'])], [concept([V2, 'lab'])], [concept([V2, 'constructor'])],
    ]) assert.throws(() => classOf(resource(type, ...category)), refused('class-unknown'), JSON.stringify(category));
    assert.throws(() => classOf({ resourceType: type }), refused('class-unknown'));
  }
  // Beside one that is known it does no harm.
  assert.equal(classOf(resource('DiagnosticReport', concept(['https://ehr.example/sections', '7'], [V2, 'RAD']), { text: 'CT' })), 'Imaging');
});

test('older names of the systems are theirs', () => {
  for (const system of ['http://hl7.org/fhir/v2/0074', 'urn:oid:2.16.840.1.113883.12.74']) {
    assert.equal(classOf(resource('DiagnosticReport', concept([system, 'RAD']))), 'Imaging');
  }
  assert.equal(classOf(resource('Observation', concept(['http://hl7.org/fhir/observation-category', 'imaging']))), 'Imaging');
});

test('a report in two sections of one class is of that class, of two classes it is refused', () => {
  const report = (...sections: string[]) => resource('DiagnosticReport', ...sections.map((section) => concept([V2, section])));
  assert.equal(classOf(report('RAD', 'CUS')), 'Imaging');
  for (const sections of [['RAD', 'LAB'], ['HM', 'GE'], ['EC', 'CUS'], ['LAB', 'GE', 'RAD']]) {
    assert.throws(() => classOf(report(...sections)), refused('class-conflict'), sections.join());
    assert.throws(() => classOf(report(...sections.reverse())), refused('class-conflict'), sections.join());
  }
  const byCode = { ...report('LAB'), code: concept(['http://loinc.org', '85354-9']) };
  assert.throws(() => classOf(byCode), refused('class-conflict'), 'a blood pressure among the laboratory\'s');
});

test('what people were asked about their lives is filed as social history and survey, and is an answer', () => {
  const sdoh: [string, string] = ['http://hl7.org/fhir/us/core/CodeSystem/us-core-category', 'sdoh'];
  for (const categories of [[[CATEGORY, 'social-history'], [CATEGORY, 'survey']], [[CATEGORY, 'survey'], sdoh, [CATEGORY, 'social-history']]] as [string, string][][]) {
    assert.equal(classOf(resource('Observation', ...categories.map((each) => concept(each)))), 'Questionnaires');
  }
  assert.equal(classOf(resource('Observation', concept([CATEGORY, 'social-history']), concept(sdoh))), 'Observations');
  assert.throws(() => classOf(resource('Observation', concept([CATEGORY, 'vital-signs']), concept([CATEGORY, 'survey']))), refused('class-conflict'));
});

test('genetics under the heading of the laboratory is genetics', () => {
  const report = (...sections: string[]) => resource('DiagnosticReport', ...sections.map((section) => concept([V2, section])));
  assert.equal(classOf(report('LAB', 'GE')), 'Genomics');
  assert.equal(classOf(report('GE', 'LAB')), 'Genomics');
  assert.equal(classOf({ ...report('LAB'), code: concept(['http://loinc.org', '55233-1']) }), 'Genomics');
  assert.equal(classOf({ ...resource('Observation', concept([CATEGORY, 'laboratory'])), code: concept(['http://loinc.org', '69548-6']) }), 'Genomics');
});

test('so are the observations of a guide whose only category is the laboratory, by their code or that of a component', () => {
  const observation = (code: [string, string] | undefined, ...components: string[]) => ({
    ...resource('Observation', concept([CATEGORY, 'laboratory'])), ...(code ? { code: concept(code) } : {}),
    component: components.map((each) => ({ code: concept(['http://loinc.org', each]) })),
  });
  for (const code of ['84413-4', '84414-2', '51968-6', '53041-0', '82120-7']) assert.equal(classOf(observation(['http://loinc.org', code])), 'Genomics', code);
  for (const code of ['diagnostic-implication', 'therapeutic-implication']) {
    assert.equal(classOf(observation(['http://hl7.org/fhir/uv/genomics-reporting/CodeSystem/tbd-codes-cs', code])), 'Genomics');
  }
  assert.equal(classOf(observation(undefined, '8310-5', '48018-6')), 'Genomics', 'a gene among the components');
  assert.equal(classOf(observation(undefined, '8310-5')), 'Laboratory', 'the temperature of a blood gas');
  assert.throws(() => classOf({ ...observation(undefined, '48018-6'), category: [concept([CATEGORY, 'vital-signs'])] }), refused('class-conflict'));
});

test('the code tells where no category does', () => {
  for (const [type, code, dataClass] of [
    ['DiagnosticReport', '58410-2', 'Laboratory'], ['DiagnosticReport', '18748-4', 'Imaging'], ['DiagnosticReport', '51969-4', 'Genomics'],
    ['DiagnosticReport', '11524-6', 'Procedures'], ['Observation', '85354-9', 'Observations'], ['Observation', '718-7', 'Laboratory'],
    ['Observation', '24701-5', 'Imaging'],
  ] as const) assert.equal(classOf({ resourceType: type, code: concept(['http://loinc.org', code]) }), dataClass, code);
});

test('documents are of the class that their type tells', () => {
  for (const type of ['DocumentReference', 'Composition', 'DocumentManifest']) {
    const typed = (...codings: [string, string][]) => ({ resourceType: type, type: concept(...codings) });
    assert.equal(classOf(typed(['http://loinc.org', '18842-5'])), 'Documents');
    assert.equal(classOf(typed(['http://loinc.org', '18748-4'])), 'Imaging');
    assert.equal(classOf(typed(['http://loinc.org', '11502-2'])), 'Laboratory');
    assert.equal(classOf(typed(['http://loinc.org', '51969-4'])), 'Genomics');
    assert.throws(() => classOf(typed(['https://ehr.example/types', 'letter'])), refused('class-unknown'));
    assert.throws(() => classOf({ resourceType: type, type: { text: 'Discharge summary' } }), refused('class-unknown'));
    assert.throws(() => classOf({ resourceType: type }), refused('class-unknown'));
  }
  const note = 'http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category';
  const clinical = (code: string) => ({ resourceType: 'DocumentReference', category: [concept([note, 'clinical-note'])], type: concept(['http://loinc.org', code]) });
  assert.equal(classOf(clinical('34117-2')), 'Documents');
  assert.equal(classOf(clinical('18748-4')), 'Imaging', 'a heading gives way');
  assert.equal(classOf(clinical('11502-2')), 'Laboratory', 'through two headings');
});

test('a recording of sound is no image, a scan is a document', () => {
  const media = (type?: string, modality?: [string, string]) => ({
    resourceType: 'Media',
    ...(type === undefined ? {} : { type: concept(['http://terminology.hl7.org/CodeSystem/media-type', type]) }),
    ...(modality === undefined ? {} : { modality: concept(modality) }),
  });
  const modality = 'http://terminology.hl7.org/CodeSystem/media-modality';
  assert.equal(classOf(media('image')), 'Imaging');
  assert.equal(classOf(media(undefined, ['http://dicom.nema.org/resources/ontology/DCM', 'US'])), 'Imaging');
  assert.equal(classOf(media('image', [modality, 'scan'])), 'Documents');
  for (const unknown of [media(), media('audio'), media(undefined, [modality, 'fingerprint'])]) assert.throws(() => classOf(unknown), refused('class-unknown'));
});

test('a result inside another resource must not be of another class', () => {
  const genetic = { resourceType: 'Observation', code: concept(['http://loinc.org', '69548-6']) };
  for (const around of [{ resourceType: 'Encounter' }, resource('DiagnosticReport', concept([V2, 'RAD']))]) {
    assert.throws(() => classOf({ ...around, contained: [genetic] }), refused('class-conflict'));
    assert.throws(() => classOf({ ...around, contained: [{ resourceType: 'MolecularSequence' }] }), refused('class-conflict'));
  }
  assert.equal(classOf({ ...resource('DiagnosticReport', concept([V2, 'GE'])), contained: [genetic, { resourceType: 'Practitioner' }] }), 'Genomics');
});

test('so it is wherever inside it is, and of answers to questions; what holds others is of no class', () => {
  const sequence = { resourceType: 'MolecularSequence' };
  const vital = (more: object) => ({ ...resource('Observation', concept([CATEGORY, 'vital-signs'])), ...more });
  for (const inside of [
    { contained: [{ resourceType: 'Observation', contained: [sequence] }] }, { contained: [{ resourceType: 'Patient', contained: [sequence] }] },
    { extension: [{ url: 'urn:x', valueResource: sequence }] }, { contained: [{ resourceType: 'QuestionnaireResponse' }] }, { contained: [{ resourceType: 'FamilyMemberHistory' }] },
  ]) assert.throws(() => classOf(vital(inside)), refused('class-conflict'), JSON.stringify(inside));
  for (const holder of ['Bundle', 'Parameters']) assert.throws(() => classOf(vital({ contained: [{ resourceType: holder }] })), refused('type-without-class'));
  for (const part of ['Patient', 'Practitioner', 'Organization', 'Device', 'Medication', 'Condition', 'ServiceRequest', 'Specimen']) {
    assert.equal(classOf(vital({ contained: [{ resourceType: part }] })), 'Observations', part);
  }
});

test('what could mean that the rest means something else is refused, wherever it is; that it was entered in error is no matter of class', () => {
  const extension = [{ url: 'http://example.org/not', valueBoolean: true }];
  const report = resource('DiagnosticReport', concept([V2, 'LAB']));
  for (const more of [
    { modifierExtension: extension }, { implicitRules: 'http://example.org/rules' }, { _implicitRules: { extension } }, { meta: { modifierExtension: extension } },
    { contained: [{ resourceType: 'Patient', modifierExtension: extension }] }, { category: [{ ...concept([V2, 'LAB']), modifierExtension: extension }] },
  ]) assert.throws(() => classOf({ ...report, ...more }), refused('modifier-unknown'), JSON.stringify(more));
  assert.throws(() => classOf({ resourceType: 'Condition', modifierExtension: extension }), refused('modifier-unknown'));
  const given = { results: [utf8(JSON.stringify({ ...result('a', 'laboratory'), modifierExtension: extension }))] };
  assert.throws(() => classify(utf8(JSON.stringify(reportOf('Observation/a'))), given), refused('modifier-unknown'));
  assert.equal(classOf({ ...report, status: 'entered-in-error' }), 'Laboratory');
});

test('an organisation can say of which class its own codes are, and not what others\' are', () => {
  const system = 'https://ehr.example/orders';
  const ownClasses = [{ system, code: '17', dataClass: 'Laboratory' }, { system: V2, code: 'RAD', dataClass: 'Laboratory' }] as const;
  const own = (value: object) => classify(utf8(JSON.stringify(value)), { ownClasses }).dataClass;
  assert.equal(own({ resourceType: 'DiagnosticReport', code: concept([system, '17']) }), 'Laboratory');
  assert.equal(own(resource('DiagnosticReport', concept([V2, 'RAD']))), 'Imaging');
  assert.throws(() => own({ resourceType: 'DiagnosticReport', code: concept([system, '18']) }), refused('class-unknown'));
});

const result = (id: string, category: string, more: object = {}) => ({ resourceType: 'Observation', id, category: [concept([CATEGORY, category])], ...more });
const reportOf = (...references: string[]) => ({
  resourceType: 'DiagnosticReport', code: concept(['https://ehr.example/reports', '17']), result: references.map((reference) => ({ reference })),
});

test('a report that says nothing is of the class of its results, if all are here and of one', () => {
  const bytes = (value: object) => utf8(JSON.stringify(value));
  const by = (report: object, ...results: object[]) => classify(bytes(report), { results: results.map(bytes) });
  const [a, b] = [result('a', 'laboratory'), result('b', 'laboratory')];
  const report = reportOf('Observation/a', 'Observation/b');
  assert.equal(by(report, a, b).dataClass, 'Laboratory');
  assert.equal(by({ ...reportOf('#a', 'Observation/b'), contained: [a] }, b).dataClass, 'Laboratory');
  assert.equal(by(reportOf('https://ehr.example/fhir/Observation/a'), { fullUrl: 'https://ehr.example/fhir/Observation/a', resource: a }).dataClass, 'Laboratory');
  const bundle = { resourceType: 'Bundle', entry: [{ resource: { resourceType: 'Bundle', entry: [{ resource: report }, { fullUrl: 'urn:uuid:1', resource: a }, { resource: b }] } }] };
  assert.equal(by(report, bundle).dataClass, 'Laboratory');
  assert.equal(by(reportOf('urn:uuid:1'), bundle).dataClass, 'Laboratory');
  assert.equal(by(reportOf('Observation/v'), result('v', 'vital-signs')).dataClass, 'Observations');
  // One is not here, says nothing, is no observation, or is two things.
  for (const [of, ...results] of [
    [report], [report, a], [report, a, { resourceType: 'Observation', id: 'b' }], [report, a, { ...b, resourceType: 'Media' }], [reportOf('Observation/a'), { ...a, id: 'A' }],
    [reportOf('https://ehr.example/fhir/Observation/a'), a], [reportOf('#a'), a], [reportOf(), a], [{ ...report, result: [{ display: 'normal' }] }, a],
    [reportOf('Observation/a'), a, result('a', 'imaging')], [{ ...reportOf('#a'), contained: [a, result('a', 'imaging')] }],
  ] as [object, ...object[]][]) assert.throws(() => by(of, ...results), refused('class-unknown'), JSON.stringify([of, results]));
  // Results of two classes, and a result with another inside.
  assert.throws(() => by(report, a, result('b', 'imaging')), refused('class-conflict'));
  assert.throws(() => by(reportOf('Observation/a'), { ...a, contained: [{ resourceType: 'MolecularSequence' }] }), refused('class-conflict'));
  // A result that contains a report of itself: its own code decides, and nothing goes in circles.
  assert.equal(by(reportOf('Observation/a'), { ...a, contained: [reportOf('Observation/a')] }).dataClass, 'Laboratory');
  // What the results do not tell of.
  for (const more of [{ media: [{ link: { reference: 'Media/1' } }] }, { imagingStudy: [{ reference: 'ImagingStudy/1' }] }, { presentedForm: [{ data: 'AA==' }] }]) {
    assert.throws(() => by({ ...report, ...more }, a, b), refused('class-unknown'), JSON.stringify(more));
  }
  // What it says itself must agree, and no other resource is classed by what it references.
  assert.throws(() => by({ ...report, category: [concept([V2, 'RAD'])] }, a, b), refused('class-conflict'));
  assert.throws(() => by({ ...report, resourceType: 'Observation' }, a, b), refused('class-unknown'));
});

const bytesOf = (value: object) => utf8(JSON.stringify(value));
const classifyWith = (record: object, ...results: object[]) => classify(bytesOf(record), { results: results.map(bytesOf) });
const genetic = { code: concept(['http://loinc.org', '69548-6']) };
const hiv = { meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HIV' }] } };
const panel = (id: string, element: 'hasMember' | 'derivedFrom', ...references: string[]) =>
  result(id, 'laboratory', { [element]: references.map((reference) => ({ reference })) });

test('a report that tells its class is of that of its results, if its own is a heading above it, and refused if it is another', () => {
  const laboratory = { ...reportOf('Observation/a', 'Observation/b'), category: [concept([V2, 'LAB'])] };
  const [a, b] = [result('a', 'laboratory', genetic), result('b', 'laboratory', genetic)];
  assert.equal(classifyWith(laboratory, a, b).dataClass, 'Genomics');
  assert.equal(classifyWith(laboratory, a, result('b', 'laboratory')).dataClass, 'Genomics', 'one of them');
  assert.equal(classifyWith({ ...laboratory, result: [{ reference: '#a' }], contained: [a] }).dataClass, 'Genomics', 'contained');
  assert.equal(classifyWith(laboratory, result('a', 'laboratory'), { resourceType: 'Observation', id: 'b' }).dataClass, 'Laboratory', 'one that says nothing is a part');
  for (const other of ['vital-signs', 'imaging', 'survey']) assert.throws(() => classifyWith(laboratory, a, result('b', other)), refused('class-conflict'), other);
  assert.throws(() => classifyWith({ ...laboratory, category: [concept([V2, 'HM'])] }, a, b), refused('class-conflict'), 'no heading');
  // A part of a result of which nothing is told.
  assert.throws(() => classifyWith({ ...reportOf('Observation/a'), category: [concept([V2, 'LAB'])] }, { resourceType: 'Observation', id: 'a', contained: [{ resourceType: 'MolecularSequence' }] }), refused('class-conflict'));
});

test('the members of a panel, and what a value was derived from, count as its own, however far away', () => {
  for (const element of ['hasMember', 'derivedFrom'] as const) {
    const root = panel('p', element, 'Observation/q');
    assert.deepEqual(classifyWith(root, panel('q', element, 'Observation/r'), result('r', 'laboratory', { ...genetic, ...hiv })), { resourceType: 'Observation', dataClass: 'Genomics', labels: ['Hiv'], missing: [] });
    assert.equal(classifyWith(root, panel('q', element, 'MolecularSequence/s'), { resourceType: 'MolecularSequence', id: 's' }).dataClass, 'Genomics');
    assert.throws(() => classifyWith(root, result('q', 'imaging')), refused('class-conflict'));
    assert.throws(() => classifyWith(root, panel('q', element, 'QuestionnaireResponse/s'), { resourceType: 'QuestionnaireResponse', id: 's' }), refused('class-conflict'));
    // Of a report's results too, and of what is contained: `#id` is in the resource that says it.
    assert.deepEqual(classifyWith(reportOf('Observation/p'), root, result('q', 'laboratory', { ...genetic, ...hiv })), { resourceType: 'DiagnosticReport', dataClass: 'Genomics', labels: ['Hiv'], missing: [] });
    assert.equal(classifyWith(panel('p', element, 'Observation/q'), { ...panel('q', element, '#r'), contained: [result('r', 'laboratory', genetic)] }).dataClass, 'Genomics');
    assert.throws(() => classifyWith(panel('p', element, 'Observation/q', '#r'), { ...panel('q', element, '#r'), contained: [result('r', 'laboratory')] }), refused(element === 'hasMember' ? 'result-not-given' : 'document-not-given'));
    assert.deepEqual(classifyWith({ ...result('x', 'laboratory'), contained: [panel('p', element, 'Observation/q')] }, result('q', 'laboratory', hiv)).labels, ['Hiv']);
    // What is not here may be genetic, or labelled.
    for (const results of [[], [panel('q', element, 'Observation/r')], [{ resourceType: 'Patient', id: 'q' }], [result('q', 'laboratory'), result('q', 'laboratory', hiv)]]) {
      assert.throws(() => classifyWith(root, ...results), refused('result-not-given'), JSON.stringify(results));
    }
    // In a circle, and in a line that no stack could hold.
    assert.equal(classifyWith(root, panel('q', element, 'Observation/p', 'Observation/q'), root).dataClass, 'Laboratory');
    const line = Array.from({ length: 20_000 }, (_, at) => panel(`l${at}`, element, at === 19_999 ? 'Observation/end' : `Observation/l${at + 1}`));
    assert.deepEqual(classifyWith(panel('p', element, 'Observation/l0'), ...line, result('end', 'laboratory', hiv)).labels, ['Hiv']);
  }
  assert.throws(() => classifyWith(result('p', 'laboratory', { hasMember: [{ display: 'the viral load' }] })), refused('result-not-given'));
});

test('a result that is not here is refused with the labels that were found, or told of if that is asked', () => {
  const report = { ...reportOf('Observation/a', 'Observation/b'), category: [concept([V2, 'LAB'])] };
  const a = result('a', 'laboratory', hiv);
  assert.throws(() => classifyWith(report, a), (error) => {
    assert.ok(refused('result-not-given')(error) && error instanceof ResourceRefused);
    assert.deepEqual([error.path, error.labels], ['DiagnosticReport.result[1]', ['Hiv']]);
    return true;
  });
  const told = classify(bytesOf(report), { results: [bytesOf(a)], missingResults: 'tell' });
  assert.deepEqual(told, { resourceType: 'DiagnosticReport', dataClass: 'Laboratory', labels: ['Hiv'], missing: ['DiagnosticReport.result[1]'] });
  assert.deepEqual(classifyWith(report, a, result('b', 'laboratory')).missing, []);
  // Without a category nothing is told by the rest of them.
  assert.throws(() => classify(bytesOf(reportOf('Observation/a', 'Observation/b')), { results: [bytesOf(a)], missingResults: 'tell' }), refused('class-unknown'));
});

test('the labels of a Bundle are those of all that is found in it', () => {
  const report = { ...reportOf('Observation/a'), id: 'r', category: [concept([V2, 'LAB'])] };
  const a = result('a', 'laboratory');
  const bundle = (meta: object, ...entries: object[]) => ({ resourceType: 'Bundle', ...meta, entry: entries.map((resource) => ({ resource })) });
  const inner = bundle({}, a);
  assert.deepEqual(classifyWith(report, bundle({}, a)).labels, []);
  for (const around of [bundle(hiv, a), bundle(hiv, inner), bundle({}, bundle(hiv, a)), { fullUrl: 'urn:uuid:1', resource: bundle(hiv, inner) }, bundle(hiv, report)]) {
    assert.deepEqual(classifyWith(report, around, a).labels, ['Hiv'], JSON.stringify(around));
  }
  // Of documents too; of Bundles in which nothing is that counts, not.
  const visit = { resourceType: 'Encounter', extension: [{ url: 'x', valueReference: { reference: 'DocumentReference/d' } }] };
  const letter = { resourceType: 'DocumentReference', id: 'd' };
  assert.deepEqual(classify(bytesOf(visit), { documents: [bytesOf(bundle(hiv, letter))] }).labels, ['Hiv']);
  assert.deepEqual(classify(bytesOf(visit), { documents: [bytesOf(letter), bytesOf(bundle(hiv, a))] }).labels, []);
  // A restriction of the whole is explained by what is found, and else refused.
  const restricted = { meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] } };
  assert.throws(() => classifyWith(report, bundle(restricted, a)), refused('restricted-unexplained'));
  assert.deepEqual(classifyWith(report, bundle(restricted, { ...a, ...hiv })).labels, ['Hiv']);
});

test('the labels of a report\'s results are its own, if they are given', () => {
  const bytes = (value: object) => utf8(JSON.stringify(value));
  const labelled = (code: string) => result('a', 'laboratory', { meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code }] } });
  assert.deepEqual(classify(bytes(reportOf('Observation/a')), { results: [bytes(labelled('HIV'))] }).labels, ['Hiv']);
  assert.deepEqual(classify(bytes({ ...reportOf('Observation/a'), category: [concept([V2, 'LAB'])] }), { results: [bytes(labelled('HIV'))] }).labels, ['Hiv']);
  assert.throws(() => classify(bytes(reportOf('Observation/a')), { results: [bytes(labelled('nonsense'))] }), refused('label-unknown'));
});

test('a resource of which nothing is told is refused with the labels that were found', () => {
  const security = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HIV' }];
  assert.throws(() => classOf({ resourceType: 'Observation', meta: { security } }), (error) => {
    assert.ok(error instanceof ResourceRefused);
    assert.deepEqual(error.labels, ['Hiv']);
    return true;
  });
  for (const type of ['Bundle', 'Parameters', 'List', 'Consent', 'constructor', '__proto__']) {
    assert.throws(() => classOf({ resourceType: type }), refused('type-without-class'), type);
  }
  for (const text of ['[]', '{}', '7', 'null', '{"resourceType":7}', '{"resourceType":""}']) assert.throws(() => classify(utf8(text)), refused('not-a-resource'), text);
});

test('no code is in two rows, and each type is in one table', () => {
  const codes = CLASS_TABLE.flatMap(({ system, codes: row }) => Object.keys(row).map((code) => `${system} ${code}`));
  assert.deepEqual(codes.filter((code, index) => codes.indexOf(code) !== index), []);
  assert.deepEqual(Object.keys(CLASS_BY_TYPE).filter((type) => type in TELLING_ELEMENTS), []);
  const classes = new Set([...CLASS_TABLE.map(({ dataClass }) => dataClass), ...Object.values(CLASS_BY_TYPE)]);
  assert.deepEqual(DATA_CLASSES.filter((dataClass) => !classes.has(dataClass)), []);
});

test('small resources that once passed as something else', () => {
  assert.equal(classify(shared('report-v2-0074-radiology')).dataClass, 'Imaging');
  assert.throws(() => classify(shared('label-other-system')), refused('label-unknown'));
  // Its type is not told either, so it is refused, with the label that asks for a directive.
  assert.throws(() => classify(shared('document-very-restricted')), (error) => {
    assert.ok(error instanceof ResourceRefused && error.fault === 'class-unknown');
    assert.deepEqual(error.labels, ['Hiv']);
    return true;
  });
});

test('docs/fhir-classes.md says what is made of each example of the standard', () => {
  const written = readFileSync(new URL('../../../../docs/fhir-classes.md', import.meta.url), 'utf8');
  assert.equal(written, classesDocument(), 'write it anew: npm run fhir-classes --workspace @salus/fhir');
  const types = ['DiagnosticReport', 'DocumentReference', 'DocumentManifest', 'Composition', 'Observation', 'Media', 'ImagingStudy'];
  const counts = types.map((type) => exampleResources('resources').filter(({ resource: { resourceType } }) => resourceType === type).length);
  assert.deepEqual(counts, [33, 4, 2, 3, 573, 4, 2]);
  // Two tell no class: one has results of which nothing is told, and one a form attached and a result that is not here. Of five, which
  // tell it, the results are not among the examples, or are there by the URLs of a Bundle that is not.
  assert.match(written, /33 in all: Imaging 2, Laboratory 24, refused: `class-unknown` 2, refused: `result-not-given` 5\./);
});
