/** Sensitivity labels count wherever they are in a resource. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IntegrityBroken, utf8 } from '@salus/types';
import { classify, LABEL_TABLE, labelsOf, ResourceRefused, type ResourceFault } from '../index.js';
import { exampleResources } from './fhir-examples.js';

const CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const coding = (code: string) => ({ system: 'ULMNRV'.includes(code) && code !== '' ? CONFIDENTIALITY : ACT_CODE, code });
const category = [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }];
const labelled = (...codes: string[]) => ({
  resourceType: 'Observation', category, meta: { security: codes.map(coding) },
});
const classified = (resource: object) => classify(utf8(JSON.stringify(resource)));
const refused = (fault: ResourceFault, path?: string) => (error: unknown) => {
  assert.ok(error instanceof ResourceRefused, String(error));
  assert.equal(error.fault, fault, error.message);
  if (path !== undefined) assert.equal(error.path, path);
  return true;
};
const consultNote = { coding: [{ system: 'http://loinc.org', code: '11488-4' }] };
const bundle = (...resources: object[]) => ({
  resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })),
});

test('a contained resource labels the one that contains it', () => {
  const uncategorised = (...codes: string[]) => ({ ...labelled(...codes), category: undefined });
  const order = { resourceType: 'MedicationRequest', contained: [{ resourceType: 'Medication' }, uncategorised('HIV'), uncategorised('PSY', 'N')] };
  assert.deepEqual(classified(order).labels, ['Psy', 'Hiv']);
  assert.deepEqual(classified({ ...order, ...labelled('HIV', 'SEX') }).labels, ['Psy', 'Hiv', 'Sex']);
  // Not allowed by FHIR, and not lost for that.
  assert.deepEqual(classified({ ...labelled(), contained: [{ ...labelled(), contained: [labelled('ETH')] }] }).labels, ['Eth']);
});

test('so do the entries of a Bundle, the parts of Parameters, and what these contain', () => {
  const inside = { ...labelled('SDV'), contained: [labelled('MINOR')] };
  assert.deepEqual(labelsOf(bundle(labelled(), inside)), ['Sdv', 'Minor']);
  assert.deepEqual(labelsOf(bundle(bundle(inside))), ['Sdv', 'Minor']);
  assert.deepEqual(labelsOf({
    resourceType: 'Parameters',
    parameter: [{ name: 'a', resource: labelled('OPIOIDUD') }, { name: 'b', part: [{ name: 'c', part: [{ name: 'd', resource: inside }] }] }],
  }), ['Opioidud', 'Sdv', 'Minor']);
  assert.deepEqual(labelsOf({ resourceType: 'Bundle', entry: [{ response: { outcome: labelled('ETHUD') } }] }), ['Ethud']);
  assert.throws(() => classified(bundle(labelled('HIV'))), refused('type-without-class'));
  assert.throws(() => classified({ resourceType: 'Parameters' }), refused('type-without-class'));
});

test('an unknown security code is refused wherever it is', () => {
  for (const code of ['TBOO', 'whatever', '', 'constructor', 'toString', '__proto__']) {
    const bad = labelled('HIV', code);
    const unknown = refused('label-unknown');
    assert.throws(() => classified(bad), unknown, code);
    assert.throws(() => classified({ ...labelled('HIV'), contained: [bad] }), unknown, code);
    assert.throws(() => labelsOf(bundle(labelled('HIV'), bad)), unknown, code);
    assert.throws(() => labelsOf({ resourceType: 'Parameters', parameter: [{ part: [{ resource: bad }] }] }), unknown, code);
  }
  for (const security of [[{ display: 'by word alone' }], [null], ['HIV'], [{ code: 7 }], [{ code: 'HIV' }], { code: 'TBOO' }, 'HIV']) {
    const contained = [{ resourceType: 'Patient', meta: { security } }];
    assert.throws(() => classified({ ...labelled(), contained }), refused('label-unknown'), JSON.stringify(security));
  }
  assert.deepEqual(classified({ ...labelled(), contained: [{ meta: { security: coding('HIV') } }, { meta: null }] }).labels, ['Hiv']);
});

test('a restriction is explained by a label beside it or inside, and by no other', () => {
  assert.deepEqual(classified({ ...labelled('R'), contained: [labelled('HIV')] }).labels, ['Hiv']);
  assert.deepEqual(classified({ ...labelled(), contained: [labelled('V', 'HIV')] }).labels, ['Hiv']);
  assert.throws(() => classified({ ...labelled('HIV'), contained: [labelled('R')] }), refused('restricted-unexplained', 'Observation.contained[0].meta.security[0]'));
  assert.throws(() => classified({ ...labelled(), contained: [labelled('R'), labelled('HIV')] }), refused('restricted-unexplained'));
});

test('a member that is there twice hides no label', () => {
  const twice = '{"resourceType":"Observation","meta":{"security":[{"code":"HIV"}]},"meta":{}}';
  assert.throws(() => classify(utf8(twice)), IntegrityBroken);
  assert.throws(() => classify(utf8('{"resourceType":"constructor"}')), refused('type-without-class'));
});

test('a long attachment is classified like any other', () => {
  const data = 'QUJD'.repeat(4 * 1024 * 1024);
  const document = { resourceType: 'DocumentReference', type: consultNote, contained: [{ resourceType: 'Patient', meta: { security: [coding('HIV')] } }], content: [{ attachment: { data } }] };
  assert.deepEqual(classified(document).labels, ['Hiv']);
});

const document = (labels: object) => ({ resourceType: 'DocumentReference', id: 'd', type: consultNote, ...labels });
const concept = (...codes: string[]) => ({ coding: codes.map(coding) });

test('a document is labelled where documents are: securityLabel and confidentiality', () => {
  assert.deepEqual(classified(document({ securityLabel: [concept('V'), concept('HIV')] })).labels, ['Hiv']);
  assert.deepEqual(classified(document({ securityLabel: [concept('R', 'PSY')], meta: { security: [coding('SEX')] } })).labels, ['Psy', 'Sex']);
  assert.deepEqual(classified(document({ securityLabel: [concept('N')] })).labels, []);
  assert.throws(() => classified(document({ securityLabel: [concept('V')] })), refused('restricted-unexplained', 'DocumentReference.securityLabel[0]'));
  assert.throws(() => classified(document({ securityLabel: [concept('N'), { text: 'psychiatry' }] })), refused('label-unknown', 'DocumentReference.securityLabel[1]'));
  const composition = (confidentiality: unknown) => ({ resourceType: 'Composition', type: consultNote, confidentiality });
  assert.deepEqual(classified(composition('N')).labels, []);
  assert.throws(() => classified(composition('R')), refused('restricted-unexplained', 'Composition.confidentiality'));
  assert.deepEqual(classified({ ...composition('R'), meta: { security: [coding('SDV')] } }).labels, ['Sdv']);
  for (const wrong of ['HIGH', 7, {}]) assert.throws(() => classified(composition(wrong)), refused('label-unknown'), JSON.stringify(wrong));
  assert.throws(() => classified({ ...composition(undefined), _confidentiality: { extension: [] } }), refused('label-unknown'));
});

test('labels count in a Consent, an AuditEvent, a manifest, and in extensions that hold them', () => {
  const consent = { resourceType: 'Consent', provision: { provision: [{ securityLabel: [coding('PSY')] }, { securityLabel: [coding('SUD')] }] } };
  assert.deepEqual(labelsOf(consent), ['Eth', 'Ethud', 'Opioidud', 'Psy']);
  assert.deepEqual(labelsOf({ resourceType: 'AuditEvent', entity: [{ securityLabel: [coding('V'), coding('STD')] }] }), ['Hiv', 'Sex']);
  const manifest = {
    resourceType: 'DocumentManifest', content: [{ reference: '#d' }], contained: [document({ securityLabel: [concept('MINOR')] })],
  };
  assert.deepEqual(labelsOf(manifest), ['Minor']);
  const extension = (url: string, value: object) => ({ ...labelled(), code: { extension: [{ url, ...value }] } });
  const inline = 'http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-inline-sec-label';
  assert.deepEqual(classified(extension(inline, { valueCoding: coding('HIV') })).labels, ['Hiv']);
  assert.throws(() => classified(extension(inline, { valueCoding: { code: 'HIV' } })), refused('label-unknown'));
  const other = 'http://hl7.org/fhir/StructureDefinition/composition-clinicaldocument-otherConfidentiality';
  assert.throws(() => classified(extension(other, { valueCoding: coding('V') })), refused('restricted-unexplained'));
});

test('a code of another system, or of none, is unknown and never ordinary', () => {
  for (const code of ['M', 'N', 'U', 'L', 'HIV', 'HTEST']) {
    for (const system of ['https://ehr.example/sensitivity', '', undefined, 7, `${ACT_CODE}/`, 'http://terminology.hl7.org/CodeSystem/v3-ActReason ']) {
      const security = [{ code, ...(system === undefined ? {} : { system }) }];
      assert.throws(() => classified({ ...labelled(), meta: { security } }), refused('label-unknown', 'Observation.meta.security[0]'), `${String(system)} ${code}`);
    }
  }
  // A known code beside an unknown one explains nothing: the other may say more.
  const beside = [{ coding: [coding('N'), { system: 'https://ehr.example/sensitivity', code: 'N' }] }];
  assert.throws(() => classified(document({ securityLabel: beside })), refused('label-unknown', 'DocumentReference.securityLabel[0].coding[1]'));
  // In the wrong system of HL7's two it is another code.
  assert.throws(() => classified({ ...labelled(), meta: { security: [{ system: ACT_CODE, code: 'N' }] } }), refused('label-unknown'));
  assert.throws(() => classified({ ...labelled(), meta: { security: [{ system: CONFIDENTIALITY, code: 'SEX' }] } }), refused('label-unknown'));
});

test('older names of the systems are theirs, and an organisation can say what its own codes mean', () => {
  for (const [system, code, labels] of [
    ['http://hl7.org/fhir/v3/ActCode', 'HIV', ['Hiv']], ['urn:oid:2.16.840.1.113883.5.4', 'ETH', ['Eth']],
    ['http://hl7.org/fhir/v3/Confidentiality', 'N', []], ['urn:oid:2.16.840.1.113883.5.25', 'PSY', ['Psy']],
    ['http://terminology.hl7.org/CodeSystem/v3-ActReason', 'HTEST', []],
  ] as const) assert.deepEqual(classified({ ...labelled(), meta: { security: [{ system, code }] } }).labels, labels, system);
  const system = 'https://ehr.example/sensitivity';
  const ownLabels = [{ system, code: 'M', labels: ['Psy'] as const }, { system, code: 'N', labels: [] }];
  const own = (code: string) => utf8(JSON.stringify({ ...labelled(), meta: { security: [{ system, code }] } }));
  assert.deepEqual(classify(own('M'), { ownLabels }).labels, ['Psy']);
  assert.deepEqual(classify(own('N'), { ownLabels }).labels, []);
  assert.throws(() => classify(own('X'), { ownLabels }), refused('label-unknown'));
  const weaker = [{ system: ACT_CODE, code: 'HIV', labels: [] }];
  assert.deepEqual(classify(utf8(JSON.stringify(labelled('HIV'))), { ownLabels: weaker }).labels, ['Hiv']);
});

test('each code of the standard\'s value sets of confidentiality and sensitivity has a row, and one only', () => {
  const known = new Set(LABEL_TABLE.map(({ system, code }) => `${system} ${code}`));
  assert.equal(known.size, LABEL_TABLE.length);
  const codes = exampleResources('security-codes') as unknown as { system: string; code: string }[];
  assert.ok(codes.length >= 50, `${codes.length} codes`);
  assert.deepEqual(codes.filter(({ system, code }) => !known.has(`${system} ${code}`)), []);
});

test('each row of the table does what it says', () => {
  for (const { system, code, rule } of LABEL_TABLE) {
    const alone = { ...labelled(), meta: { security: [{ system, code }] } };
    if (typeof rule === 'object') assert.deepEqual(new Set(classified(alone).labels), new Set(rule), code);
    else if (rule === 'ordinary') assert.deepEqual(classified(alone).labels, [], code);
    else assert.throws(() => classified(alone), refused(rule === 'restricted' ? 'restricted-unexplained' : 'label-unknown'), code);
  }
});

test('a referenced document\'s labels count, and one that is not here is refused', () => {
  const old = document({ id: 'old', securityLabel: [concept('HIV')] });
  const appends = (reference: object) => document({ relatesTo: [{ code: 'appends', target: reference }] });
  const bytes = (resource: object) => utf8(JSON.stringify(resource));
  const there = { documents: [bytes(old)] };
  assert.deepEqual(classify(bytes(appends({ reference: 'DocumentReference/old' })), there).labels, ['Hiv']);
  assert.deepEqual(classify(bytes(appends({ reference: 'DocumentReference/old/_history/3' })), there).labels, ['Hiv']);
  assert.deepEqual(classified(appends({ reference: 'DocumentReference/d' })).labels, [], 'itself');
  for (const reference of [
    { reference: 'DocumentReference/older' }, { reference: 'https://elsewhere.example/fhir/DocumentReference/old' }, { reference: 'urn:uuid:1' },
    { identifier: { value: '1' }, type: 'DocumentReference' }, { display: 'a letter' }, { reference: '#gone' },
  ]) {
    assert.throws(() => classify(bytes(appends(reference)), there), refused('document-not-given', 'DocumentReference.relatesTo[0].target'), JSON.stringify(reference));
  }
  const url = 'https://elsewhere.example/fhir/DocumentReference/old';
  assert.deepEqual(classify(bytes(appends({ reference: url })), { documents: [bytes({ fullUrl: url, resource: old })] }).labels, ['Hiv']);
  // Wherever a document is referenced, and through documents that are given.
  const visit = { resourceType: 'Encounter', extension: [{ url: 'x', valueReference: { reference: 'DocumentReference/d' } }] };
  assert.throws(() => classified(visit), refused('document-not-given', 'Encounter.extension[0].valueReference'));
  const chain = { documents: [bytes(appends({ reference: 'DocumentReference/old' })), bytes(old)] };
  assert.deepEqual(classify(bytes(visit), chain).labels, ['Hiv']);
  assert.throws(() => classify(bytes(visit), { documents: chain.documents.slice(0, 1) }), refused('document-not-given'));
  const circle = [appends({ reference: 'DocumentReference/old' }), document({ id: 'old', relatesTo: [{ code: 'appends', target: { reference: 'DocumentReference/d' } }] })];
  assert.deepEqual(classify(bytes(visit), { documents: circle.map(bytes) }).labels, []);
  // In a Bundle, by the entry's URL.
  const entry = { fullUrl: 'urn:uuid:7', resource: document({ securityLabel: [concept('PSY')] }) };
  assert.deepEqual(labelsOf({ resourceType: 'Bundle', entry: [{ resource: appends({ reference: 'urn:uuid:7' }) }, entry] }), ['Psy']);
});

test('a contained resource goes by #id alone, and a document is one however it is referenced', () => {
  const note = { resourceType: 'DocumentReference', id: 'old', type: consultNote };
  const appends = (reference: string) => ({ resourceType: 'DocumentReference', type: consultNote, contained: [note], relatesTo: [{ code: 'appends', target: { reference } }] });
  assert.deepEqual(classified(appends('#old')).labels, []);
  assert.throws(() => classified(appends('DocumentReference/old')), refused('document-not-given', 'DocumentReference.relatesTo[0].target'));
  for (const reference of [
    'DocumentReference/old/', 'DocumentReference/old//', 'DocumentReference?identifier=urn:x|1', 'https://x.example/fhir/Composition?_id=1', '/DocumentReference/old', 'DocumentReference/old#part', 'https://x.example/DocumentManifest/1|2',
  ]) assert.throws(() => classified({ ...labelled(), derivedFrom: [{ reference }] }), refused('document-not-given', 'Observation.derivedFrom[0]'), reference);
  for (const reference of ['Observation/1', 'https://x.example/Patient?identifier=1']) {
    assert.deepEqual(classified({ ...labelled(), focus: [{ reference }] }).labels, []);
    assert.throws(() => classified({ ...labelled(), derivedFrom: [{ reference }] }), refused('result-not-given', 'Observation.derivedFrom[0]'));
  }
});

test('a reference that names no type is looked up where it may be to a document, and refused if it is not here', () => {
  const bytes = (resource: object) => utf8(JSON.stringify(resource));
  const procedure = { resourceType: 'Procedure' };
  const places: [object, string][] = [
    [{ ...labelled(), derivedFrom: [{ reference: 'urn:uuid:1' }] }, 'Observation.derivedFrom[0]'], [{ ...labelled(), focus: [{ reference: 'urn:uuid:1' }] }, 'Observation.focus[0]'],
    [{ ...procedure, report: [{ reference: 'urn:uuid:1' }] }, 'Procedure.report[0]'], [{ ...procedure, reasonReference: [{ reference: 'urn:uuid:1' }] }, 'Procedure.reasonReference[0]'],
    [{ resourceType: 'Claim', supportingInfo: [{ valueReference: { reference: 'urn:uuid:1' } }] }, 'Claim.supportingInfo[0].valueReference'],
    [{ resourceType: 'Condition', evidence: [{ detail: [{ reference: 'urn:uuid:1' }] }] }, 'Condition.evidence[0].detail[0]'],
    [{ resourceType: 'Provenance', target: [{ reference: 'urn:uuid:1' }] }, 'Provenance.target[0]'],
    [{ resourceType: 'Provenance', entity: [{ what: { reference: 'urn:oid:2.5.1' } }] }, 'Provenance.entity[0].what'],
    [{ resourceType: 'Encounter', extension: [{ url: 'x', valueReference: { reference: 'https://x.example/letters/1' } }] }, 'Encounter.extension[0].valueReference'],
    [document({ context: { related: [{ reference: '#gone' }] } }), 'DocumentReference.context.related[0]'],
    [{ resourceType: 'Patient', contained: [{ resourceType: 'List', entry: [{ item: { reference: 'urn:uuid:1' } }] }] }, 'Patient.contained[0].entry[0].item'],
  ];
  for (const [resource, path] of places) assert.throws(() => classified(resource), refused('document-not-given', path), path);
  // The Bundle that it came in tells the type, at any depth; the labels of a document there count, those of others do not.
  const [[derived]] = places as [[object, string]];
  const bundle = (resource: object) => ({ resourceType: 'Bundle', entry: [{ resource: { resourceType: 'Bundle', entry: [{ fullUrl: 'urn:uuid:1', resource }] } }] });
  const labelledHiv = { meta: { security: [{ system: ACT_CODE, code: 'HIV' }] } };
  for (const given of [bundle(document(labelledHiv)), { fullUrl: 'urn:uuid:1', resource: document(labelledHiv) }]) {
    assert.deepEqual(classify(bytes(derived), { documents: [bytes(given)] }).labels, ['Hiv']);
  }
  const observed = { documents: [bytes(bundle({ resourceType: 'Observation', ...labelledHiv }))] };
  assert.deepEqual(classify(bytes({ ...labelled(), focus: [{ reference: 'urn:uuid:1' }] }), observed).labels, []);
  // What a value was derived from is a result, whose labels count; also if something else of the record points at it.
  assert.deepEqual(classify(bytes(derived), observed).labels, ['Hiv']);
  assert.deepEqual(classify(bytes({ ...derived, contained: [{ ...labelled(), focus: [{ reference: 'urn:uuid:1' }] }] }), observed).labels, ['Hiv']);
  // Two of one name: neither can be meant for certain.
  const two = [document(labelledHiv), document({})].map((resource) => bytes({ fullUrl: 'urn:uuid:1', resource }));
  assert.throws(() => classify(bytes(derived), { documents: two }), refused('document-not-given'));
  assert.deepEqual(labelsOf({ resourceType: 'Bundle', entry: [{ resource: derived }, { fullUrl: 'urn:uuid:1', resource: document({ ...labelledHiv }) }] }), ['Hiv']);
  // It says its type, it stands where no document may, or it is of text alone.
  for (const resource of [
    { ...labelled(), focus: [{ reference: 'urn:uuid:1', type: 'Observation' }] }, { ...labelled(), subject: { reference: 'urn:uuid:1' }, encounter: { reference: 'urn:uuid:2' } },
    { ...labelled(), derivedFrom: [{ display: 'the letter of last week' }] },
  ]) assert.deepEqual(classified(resource).labels, []);
  assert.throws(() => classified({ ...labelled(), derivedFrom: [{ reference: 'urn:uuid:1', type: 'DocumentReference' }] }), refused('document-not-given'));
});

test('extensions about labels are none, and those that hold labels are', () => {
  const ds4p = 'http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension';
  const about = [
    { url: `${ds4p}-sec-label-basis`, valueCoding: { system: ACT_CODE, code: 'HIPAANOPP' } }, { url: `${ds4p}-sec-label-classifier`, valueReference: { reference: 'Organization/1' } },
  ];
  const resource = {
    ...labelled(), meta: { extension: [{ url: `${ds4p}-has-inline-sec-label`, valueBoolean: true }], security: [{ ...coding('PROCESSINLINELABEL'), extension: about }] },
    code: { extension: [{ url: `${ds4p}-inline-sec-label`, valueCoding: coding('42CFRPart2') }] },
  };
  assert.deepEqual(classified(resource).labels, ['Eth', 'Ethud', 'Opioidud']);
  assert.throws(() => classified({ ...labelled(), extension: [{ url: 'urn:x:security-label', valueBoolean: true }] }), refused('label-unknown'));
});

test('lists of any length are read: of labels, codes, references and documents', () => {
  const many = <T>(item: T, count = 150_000): T[] => Array.from({ length: count }, () => item);
  assert.deepEqual(classified({ ...labelled(), meta: { security: many(coding('HIV')) } }).labels, ['Hiv']);
  assert.deepEqual(classified({ ...labelled(), category: many(category[0]) }).labels, []);
  assert.throws(() => classified({ ...labelled(), category: many({ text: 'x' }) }), refused('class-unknown'));
  const report = { resourceType: 'DiagnosticReport', result: many({ reference: '#1' }), contained: many({ ...labelled(), id: '1' }, 1) };
  assert.equal(classified(report).dataClass, 'Observations');
  assert.throws(() => classified({ ...report, contained: many(report.contained[0], 50_000) }), refused('class-unknown'));
  assert.deepEqual(classified(document({ relatesTo: many({ code: 'appends', target: { reference: 'DocumentReference/d' } }) })).labels, []);
  assert.throws(() => classified(document({ securityLabel: [{ coding: many(coding('R')) }] })), refused('restricted-unexplained'));
});

test('a name of a million characters around many values takes no time of its own', () => {
  const around = 'x'.repeat(1_000_000);
  const contained = Array.from({ length: 50_000 }, () => ({ display: 'a letter' }));
  const manifest = { resourceType: 'DocumentReference', id: 'd', type: consultNote, [around]: { relatesTo: contained } };
  assert.deepEqual(classified(manifest).labels, []);
});

test('names that the sender makes long do not make long messages', () => {
  const long = 'x'.repeat(100_000);
  for (const resource of [{ ...labelled(), [long]: { meta: { security: [{ system: long, code: long }] } } }, { resourceType: long }, { resourceType: 'Observation', code: { coding: [{ system: long, code: long }] } }]) {
    assert.throws(() => classified(resource), (error) => error instanceof ResourceRefused && error.message.length < 1_500 && error.path.length <= 300);
  }
});

test('a value without an end is refused in words', () => {
  const circle: Record<string, unknown> = { resourceType: 'Observation' };
  circle['contained'] = [circle];
  assert.throws(() => labelsOf(circle), refused('not-a-resource'));
});
