/** Resources for the vectors of classes and labels, each with what is special about it. */
import type { ClassifyOptions, OwnClass } from '../classify.js';
import type { OwnRule } from '../label-rules.js';
import type { OwnLabel } from '../labels.js';
import { ruleCases } from './exchange-rule-cases.js';

/** A record, and what is given beside it: JSON texts. */
export interface ClassCase {
  name: string;
  record: string;
  documents?: string[];
  results?: string[];
  missingResults?: NonNullable<ClassifyOptions['missingResults']>;
  ownClasses?: OwnClass[];
  ownLabels?: OwnLabel[];
  ownRules?: OwnRule[];
}

const hl7 = (name: string): string => `http://terminology.hl7.org/CodeSystem/${name}`;
const [V2, CATEGORY, CONFIDENTIALITY, ACT_CODE] = [hl7('v2-0074'), hl7('observation-category'), hl7('v3-Confidentiality'), hl7('v3-ActCode')];
const LOINC = 'http://loinc.org';
const DS4P = 'http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension';
const OWN = 'https://ehr.example/codes';

const concept = (...codings: [string, string][]) => ({ coding: codings.map(([system, code]) => ({ system, code })) });
const coding = (code: string) => ({ system: 'ULMNRV'.includes(code) ? CONFIDENTIALITY : ACT_CODE, code });
const secured = (...codes: string[]) => ({ meta: { security: codes.map(coding) } });
const vital = (more: object = {}) => ({ resourceType: 'Observation', category: [concept([CATEGORY, 'vital-signs'])], ...more });
const lab = (id: string, more: object = {}) => ({ resourceType: 'Observation', id, category: [concept([CATEGORY, 'laboratory'])], ...more });
const sections = (...codes: string[]) => ({ resourceType: 'DiagnosticReport', category: codes.map((code) => concept([V2, code])) });
const reportOf = (...references: string[]) => ({ resourceType: 'DiagnosticReport', code: concept([OWN, '17']), result: references.map((reference) => ({ reference })) });
const letter = (more: object = {}) => ({ resourceType: 'DocumentReference', id: 'd', type: concept([LOINC, '11488-4']), ...more });
const genetic = { code: concept([LOINC, '69548-6']) };
const bundle = (more: object, ...entries: object[]) => ({ resourceType: 'Bundle', ...more, entry: entries });

type Beside = { documents?: (object | string)[]; results?: (object | string)[] } & Omit<ClassCase, 'name' | 'record' | 'documents' | 'results'>;

function theCase(name: string, record: object | string, { documents, results, ...rest }: Beside = {}): ClassCase {
  const text = (value: object | string): string => (typeof value === 'string' ? value : JSON.stringify(value));
  return { name, record: text(record), ...(documents && { documents: documents.map(text) }), ...(results && { results: results.map(text) }), ...rest };
}

/** The same resource with each of several values in one place. */
const each = <T>(name: string, values: readonly T[], record: (value: T) => object | string, beside?: (value: T) => Beside): ClassCase[] =>
  values.map((value, at) => theCase(`${name}, ${at}: ${(typeof value === 'string' ? value : JSON.stringify(value) ?? 'none').slice(0, 60)}`, record(value), beside?.(value)));

const classes = (): ClassCase[] => [
  ...each('no resource', ['[]', '{}', '7', 'null', '{"resourceType":7}', '{"resourceType":""}', '{"resourceType":null}'], (text) => text),
  ...each('no JSON', ['', '{', '{"resourceType":"Patient","resourceType":"Observation"}', '{"resourceType":"Patient"}x', `{"x":${'['.repeat(600)}${']'.repeat(600)}}`, '{"resourceType":"\\ud800"}'], (text) => text),
  ...each('a type', ['Patient', 'Condition', 'MedicationRequest', 'Specimen', 'ImagingStudy', 'Immunization', 'Encounter', 'Provenance', 'CareTeam', 'FamilyMemberHistory', 'MolecularSequence', 'Claim'], (resourceType) => ({ resourceType })),
  ...each('a type without a class', ['Bundle', 'Parameters', 'List', 'Consent', 'constructor', '__proto__', 'patient', 'x'.repeat(400)], (resourceType) => ({ resourceType })),
  ...each('rules and modifiers', [
    { implicitRules: 'urn:rules' }, { implicitRules: null }, { _implicitRules: {} }, { modifierExtension: [] }, { modifierExtension: [{ url: 'urn:a' }, { url: 'urn:b' }] }, { modifierExtension: [7] },
    { _modifierExtension: [null] }, { contained: [{ resourceType: 'Patient', name: [{ given: ['A'], modifierExtension: [{ url: 'urn:a' }] }] }] }, { extension: [{ url: 'urn:a' }] },
    { text: 'modifierExtension' }, { x: ['implicitRules', ['implicitRules'], [{ implicitRules: '' }]] },
  ], (more) => lab('a', more)),
  theCase('a modifier beside', reportOf('Observation/a'), { results: [lab('a', { component: [{ modifierExtension: [{ url: 'urn:a' }] }] })] }),
  theCase('a modifier in a document', letter(), { documents: [{ resourceType: 'Binary', id: 'b', implicitRules: 'urn:rules' }] }),
  ...each('a section of reports', ['RAD', 'CUS', 'EC', 'PF', 'GE', 'LAB', 'HM', 'ICU', 'PHR', 'PHY', 'OTH', 'lab', 'constructor'], (code) => sections(code)),
  ...each('a category of observations', ['laboratory', 'imaging', 'procedure', 'therapy', 'exam', 'activity', 'social-history', 'survey', 'LAB'], (code) => ({ resourceType: 'Observation', category: [concept([CATEGORY, code])] })),
  ...each('a category in another system, in none, in words', [
    [], [concept([OWN, 'LAB'])], [{ coding: [{ code: 'LAB' }] }], [{ coding: [{ system: V2 }] }], [{ coding: [{ system: '', code: 'LAB' }] }], [{ text: 'Laboratory' }], [null], ['LAB'], [{ coding: [{ system: V2, code: 7 }] }], { coding: { system: V2, code: 'LAB' } },
  ], (category) => ({ resourceType: 'DiagnosticReport', category })),
  ...each('two sections', [['RAD', 'CUS'], ['RAD', 'LAB'], ['HM', 'GE'], ['LAB', 'GE'], ['GE', 'LAB'], ['LAB', 'GE', 'RAD']], (codes) => sections(...codes)),
  theCase('an older name of the system', { resourceType: 'DiagnosticReport', category: [concept(['urn:oid:2.16.840.1.113883.12.74', 'RAD'])] }),
  theCase('a code that contradicts the category', { ...sections('LAB'), code: concept([LOINC, '85354-9']) }),
  theCase('social history that is a survey', { resourceType: 'Observation', category: [concept([CATEGORY, 'social-history']), concept([CATEGORY, 'survey'])] }),
  theCase('genetics by the code', { ...lab('a'), ...genetic }),
  theCase('a gene among the components', lab('a', { component: [{ code: concept([LOINC, '8310-5']) }, { code: concept([LOINC, '48018-6']) }] })),
  theCase('a temperature among the components', lab('a', { component: [{ code: concept([LOINC, '8310-5']) }] })),
  theCase('a gene among the components of a vital sign', vital({ component: [{ code: concept([LOINC, '48018-6']) }] })),
  ...each('a document by its type', ['18842-5', '18748-4', '11502-2', '51969-4', '99999-9'], (code) => ({ resourceType: 'Composition', type: concept([LOINC, code]) })),
  theCase('a heading over documents', { ...letter({ type: concept([LOINC, '18748-4']) }), category: [concept(['http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category', 'clinical-note'])] }),
  theCase('a scanned image', { resourceType: 'Media', type: concept([hl7('media-type'), 'image']), modality: concept([hl7('media-modality'), 'scan']) }),
  theCase('a recording of sound', { resourceType: 'Media', type: concept([hl7('media-type'), 'audio']) }),
  ...each('inside a vital sign', [
    { contained: [{ resourceType: 'MolecularSequence' }] }, { contained: [{ resourceType: 'Observation', ...genetic }] }, { contained: [{ resourceType: 'Observation', contained: [{ resourceType: 'MolecularSequence' }] }] },
    { extension: [{ url: 'urn:x', valueResource: { resourceType: 'MolecularSequence' } }] }, { contained: [{ resourceType: 'QuestionnaireResponse' }] }, { contained: [{ resourceType: 'Bundle' }] }, { contained: [{ resourceType: 'Parameters' }] },
    { contained: [{ resourceType: 'Patient' }, { resourceType: 'Medication' }, { resourceType: 'Condition' }, { resourceType: 'Observation' }] }, { contained: [vital()] }, { contained: { resourceType: 'MolecularSequence' } },
  ], (more) => vital(more)),
  ...each('an organisation\'s own class', [['17', OWN], ['18', OWN], ['RAD', V2]] as const, ([code, system]) => ({ resourceType: 'DiagnosticReport', code: concept([system, code]) }), () => ({
    ownClasses: [{ system: OWN, code: '17', dataClass: 'Laboratory' }, { system: V2, code: 'RAD', dataClass: 'Laboratory' }],
  })),
];

const results = (): ClassCase[] => {
  const [a, b] = [lab('a'), lab('b')];
  const two = reportOf('Observation/a', 'Observation/b');
  const laboratory = { ...two, category: [concept([V2, 'LAB'])] };
  const inBundle = bundle({}, { resource: bundle({}, { resource: two }, { fullUrl: 'urn:uuid:1', resource: a }, { resource: b }) });
  const panel = (id: string, element: string, ...references: string[]) => lab(id, { [element]: references.map((reference) => ({ reference })) });
  const tells = (name: string, report: object, ...given: object[]) => theCase(name, report, { results: given });
  return [
    tells('a report by its results', two, a, b),
    tells('by one contained and one given', { ...reportOf('#a', 'Observation/b'), contained: [a] }, b),
    tells('by a URL', reportOf('https://ehr.example/fhir/Observation/a'), { fullUrl: 'https://ehr.example/fhir/Observation/a', resource: a }),
    tells('by a version', reportOf('Observation/a/_history/3'), a),
    tells('by a Bundle in a Bundle', two, inBundle),
    tells('by the URL of an entry', reportOf('urn:uuid:1'), inBundle),
    tells('of vital signs', reportOf('Observation/v'), vital({ id: 'v' })),
    tells('none is here', two), tells('one is missing', two, a), tells('one says nothing', two, a, { resourceType: 'Observation', id: 'b' }), tells('one is no observation', two, a, { ...b, resourceType: 'Media' }),
    tells('another id', reportOf('Observation/a'), lab('A')), tells('on another server', reportOf('https://ehr.example/fhir/Observation/a'), a), tells('contained by name and not there', reportOf('#a'), a),
    tells('no result', reportOf(), a), tells('a result in words', { ...two, result: [{ display: 'normal' }] }, a), tells('two of one name', reportOf('Observation/a'), a, { ...a, category: [concept([CATEGORY, 'imaging'])] }),
    tells('the same one twice', reportOf('Observation/a'), a, { category: a.category, id: 'a', resourceType: 'Observation' }), tells('the same but for a member', reportOf('Observation/a'), { ...a, n: 1 }, a),
    theCase('the same but for how a number is written', reportOf('Observation/a'), { results: [JSON.stringify({ ...a, n: 1 }), JSON.stringify({ ...a, n: 1 }).replace('"n":1', '"n":1.00')] }),
    theCase('the same but for the value of a number', reportOf('Observation/a'), { results: [{ ...a, n: 1 }, { ...a, n: 1.5 }] }),
    tells('two contained of one name', { ...reportOf('#a'), contained: [a, { ...a, category: [concept([CATEGORY, 'imaging'])] }] }),
    tells('of two classes', two, a, lab('b', { category: [concept([CATEGORY, 'imaging'])] })), tells('with another class inside', reportOf('Observation/a'), { ...a, contained: [{ resourceType: 'MolecularSequence' }] }),
    tells('in a circle', reportOf('Observation/a'), { ...a, contained: [reportOf('Observation/a')] }),
    ...each('beside its results', [{ media: [{ link: { reference: 'Media/1' } }] }, { imagingStudy: [] }, { presentedForm: [{ data: 'AA==' }] }], (more) => ({ ...two, ...more }), () => ({ results: [a, b] })),
    tells('says another class itself', { ...two, category: [concept([V2, 'RAD'])] }, a, b), tells('no report', { ...two, resourceType: 'Observation' }, a, b),
    tells('a heading over genetic results', laboratory, lab('a', genetic), lab('b', genetic)), tells('a heading over one genetic result', laboratory, lab('a', genetic), b),
    tells('a heading, and a result that says nothing', laboratory, a, { resourceType: 'Observation', id: 'b' }), tells('a heading over vital signs', laboratory, a, vital({ id: 'b' })),
    tells('no heading over genetic results', { ...two, category: [concept([V2, 'HM'])] }, lab('a', genetic), b),
    ...['hasMember', 'derivedFrom'].flatMap((element) => {
      const root = panel('p', element, 'Observation/q');
      return [
        tells(`${element}: through one to a genetic and labelled one`, root, panel('q', element, 'Observation/r'), lab('r', { ...genetic, ...secured('HIV') })),
        tells(`${element}: a sequence`, root, panel('q', element, 'MolecularSequence/s'), { resourceType: 'MolecularSequence', id: 's' }),
        tells(`${element}: another class`, root, lab('q', { category: [concept([CATEGORY, 'imaging'])] })), tells(`${element}: of a report's result`, reportOf('Observation/p'), root, lab('q', secured('HIV'))),
        tells(`${element}: contained where it is named`, panel('p', element, 'Observation/q'), { ...panel('q', element, '#r'), contained: [lab('r', genetic)] }),
        tells(`${element}: contained elsewhere`, panel('p', element, 'Observation/q', '#r'), { ...panel('q', element, '#r'), contained: [lab('r')] }),
        tells(`${element}: named by what is contained`, { ...lab('x'), contained: [panel('p', element, 'Observation/q')] }, lab('q', secured('HIV'))),
        tells(`${element}: not here`, root), tells(`${element}: the next is not here`, root, panel('q', element, 'Observation/r')), tells(`${element}: a patient of that name`, root, { resourceType: 'Patient', id: 'q' }),
        tells(`${element}: two of one name`, root, lab('q'), lab('q', secured('HIV'))), tells(`${element}: in a circle`, root, panel('q', element, 'Observation/p', 'Observation/q'), root),
        tells(`${element}: in words`, lab('p', { [element]: [{ display: 'the viral load' }] })), tells(`${element}: by its number`, lab('p', { [element]: [{ type: 'Observation', identifier: { value: '1' } }] })),
      ];
    }),
    tells('a result that is not here, with the labels found', laboratory, lab('a', secured('HIV'))),
    theCase('a result that is not here, told of', laboratory, { results: [lab('a', secured('HIV'))], missingResults: 'tell' }),
    theCase('a report without a category, one result told of', two, { results: [a], missingResults: 'tell' }),
  ];
};

const bundles = (): ClassCase[] => {
  const report = { ...reportOf('Observation/a'), id: 'r', category: [concept([V2, 'LAB'])] };
  const a = lab('a');
  const hiv = secured('HIV');
  const inner = bundle({}, { resource: a });
  const restricted = secured('R');
  const visit = { resourceType: 'Encounter', extension: [{ url: 'x', valueReference: { reference: 'DocumentReference/d' } }] };
  return [
    ...each('a result in a Bundle', [
      bundle({}, { resource: a }), bundle(hiv, { resource: a }), bundle(hiv, { resource: inner }), bundle({}, { resource: bundle(hiv, { resource: a }) }), { fullUrl: 'urn:uuid:1', resource: bundle(hiv, { resource: inner }) },
      bundle(hiv, { resource: report }), bundle({}, { resource: a, extension: [{ url: `${DS4P}-inline-sec-label`, valueCoding: coding('PSY') }] }), bundle(hiv, { resource: lab('other') }), bundle({}, { resource: a }, { resource: lab('other', hiv) }),
      { ...bundle(hiv), entry: { resource: a } },
    ], () => report, (around) => ({ results: [around, a] })),
    theCase('the labels of a Bundle around the record, in which a number is written otherwise', vital({ id: 'v', n: 1 }), { results: [JSON.stringify(bundle(hiv, { resource: vital({ id: 'v', n: 1 }) })).replace('"n":1', '"n":1.0e0')] }),
    theCase('a document in a labelled Bundle', visit, { documents: [bundle(hiv, { resource: { resourceType: 'DocumentReference', id: 'd' } })] }),
    theCase('a labelled Bundle in which nothing is that counts', visit, { documents: [{ resourceType: 'DocumentReference', id: 'd' }, bundle(hiv, { resource: a })] }),
    theCase('a restriction of a Bundle, unexplained', report, { results: [bundle(restricted, { resource: a })] }),
    theCase('a restriction of a Bundle, explained by what is found', report, { results: [bundle(restricted, { resource: lab('a', hiv) })] }),
    theCase('a restriction of a Bundle, explained by another entry', report, { results: [bundle(restricted, { resource: a }, { resource: lab('other', hiv) })] }),
  ];
};

const labels = (): ClassCase[] => [
  ...each('security labels', [['HIV'], ['PSY', 'N'], ['R', 'HIV'], ['V'], ['R'], ['SUD'], ['42CFRPart2'], ['BH', 'STD'], ['ADOL'], ['MINOR'], ['TBOO'], ['GDIS'], ['whatever'], ['HIV', 'whatever'], ['constructor'], ['PROCESSINLINELABEL'], []], (codes) => vital(secured(...codes))),
  ...each('of the older system', ['ETH', 'HIV', 'PSY', 'SDV', 'B', 'SEX'], (code) => vital({ meta: { security: [{ system: 'http://hl7.org/fhir/v3/Confidentiality', code }] } })),
  ...each('no codes', [[{ display: 'by word alone' }], [null], ['HIV'], [{ code: 7 }], [{ code: 'HIV' }], { code: 'TBOO' }, 'HIV', coding('HIV'), null, [{ system: `${ACT_CODE}/`, code: 'HIV' }], [{ system: OWN, code: 'N' }], [{ system: ACT_CODE, code: 'N' }]], (security) => vital({ meta: { security } })),
  theCase('of what is contained', { resourceType: 'MedicationRequest', contained: [{ resourceType: 'Medication' }, { resourceType: 'Observation', ...secured('HIV') }, { resourceType: 'Observation', ...secured('PSY', 'N') }] }),
  theCase('of what is contained in what is contained', vital({ contained: [vital({ contained: [vital(secured('ETH'))] })] })),
  theCase('a restriction explained inside', vital({ ...secured('R'), contained: [vital(secured('HIV'))] })),
  theCase('a restriction inside, explained around', vital({ ...secured('HIV'), contained: [vital(secured('R'))] })),
  theCase('a restriction explained beside', vital({ contained: [vital(secured('R')), vital(secured('HIV'))] })),
  ...each('of a document', [
    { securityLabel: [concept([CONFIDENTIALITY, 'V']), concept([ACT_CODE, 'HIV'])] }, { securityLabel: [concept([CONFIDENTIALITY, 'R'], [ACT_CODE, 'PSY'])], ...secured('SEX') }, { securityLabel: [concept([CONFIDENTIALITY, 'N'])] },
    { securityLabel: [concept([CONFIDENTIALITY, 'V'])] }, { securityLabel: [concept([CONFIDENTIALITY, 'N']), { text: 'psychiatry' }] }, { securityLabel: [concept([CONFIDENTIALITY, 'N'], [OWN, 'N'])] }, { securityLabel: [{ coding: [] }] },
  ], (more) => letter(more)),
  ...each('of a composition', ['N', 'R', 'HIGH', 7, {}, null, [coding('V'), coding('HIV')]], (confidentiality) => ({ resourceType: 'Composition', type: concept([LOINC, '11488-4']), confidentiality })),
  theCase('a composition whose confidentiality is absent with a reason', { resourceType: 'Composition', type: concept([LOINC, '11488-4']), _confidentiality: { extension: [] } }),
  ...each('in an extension', [
    { url: `${DS4P}-inline-sec-label`, valueCoding: coding('HIV') }, { url: `${DS4P}-inline-sec-label`, valueCoding: { code: 'HIV' } }, { url: 'http://hl7.org/fhir/StructureDefinition/composition-clinicaldocument-otherConfidentiality', valueCoding: coding('V') },
    { url: 'urn:x:SECURITY-LABEL', valueBoolean: true }, { url: 'urn:x:confidentiality', valueCode: 'N' }, { url: `${DS4P}-sec-label-basis`, valueCoding: { system: ACT_CODE, code: 'HIPAANOPP' } },
    { url: `${DS4P}-has-inline-sec-label`, valueBoolean: true }, { url: `${DS4P}-sec-label-basis-of-mine`, valueCoding: { system: ACT_CODE, code: 'HIPAANOPP' } }, { url: 'urn:x', valueCoding: coding('HIV') },
  ], (extension) => vital({ code: { extension: [extension] } })),
  ...each('an organisation\'s own label', ['M', 'N', 'X'], (code) => vital({ meta: { security: [{ system: OWN, code }] } }), () => ({ ownLabels: [{ system: OWN, code: 'M', labels: ['Psy'] }, { system: OWN, code: 'N', labels: [] }] })),
  theCase('an organisation\'s own meaning of a code of HL7', vital(secured('HIV')), { ownLabels: [{ system: ACT_CODE, code: 'HIV', labels: [] }] }),
];

const documents = (): ClassCase[] => {
  const old = letter({ id: 'old', securityLabel: [concept([ACT_CODE, 'HIV'])] });
  const appends = (target: object, more: object = {}) => letter({ relatesTo: [{ code: 'appends', target }], ...more });
  const visit = { resourceType: 'Encounter', extension: [{ url: 'x', valueReference: { reference: 'DocumentReference/d' } }] };
  const hiv = secured('HIV');
  const derived = vital({ derivedFrom: [{ reference: 'urn:uuid:1' }] });
  return [
    ...each('a referenced document', [
      { reference: 'DocumentReference/old' }, { reference: 'DocumentReference/old/_history/3' }, { reference: 'DocumentReference/old//' }, { reference: 'DocumentReference/d' }, { reference: 'DocumentReference/older' },
      { reference: 'https://elsewhere.example/fhir/DocumentReference/old' }, { reference: 'urn:uuid:1' }, { identifier: { value: '1' }, type: 'DocumentReference' }, { display: 'a letter' }, { reference: '#gone' }, { reference: '_history/old' }, {}, { reference: 7 },
    ], (target) => appends(target), () => ({ documents: [old] })),
    theCase('a document in another resource, through another', visit, { documents: [appends({ reference: 'DocumentReference/old' }), old] }),
    theCase('the second of them is not here, and labels were found', { ...visit, ...secured('SEX') }, { documents: [appends({ reference: 'DocumentReference/old' }, secured('PSY'))] }),
    theCase('documents in a circle', visit, { documents: [appends({ reference: 'DocumentReference/old' }), letter({ id: 'old', relatesTo: [{ code: 'appends', target: { reference: 'DocumentReference/d' } }] })] }),
    theCase('contained, by #id', { ...letter({ id: undefined }), contained: [letter({ id: 'old' })], relatesTo: [{ target: { reference: '#old' } }] }),
    theCase('contained, by its type and id', { ...letter({ id: undefined }), contained: [letter({ id: 'old' })], relatesTo: [{ target: { reference: 'DocumentReference/old' } }] }),
    ...each('derived from', [
      'DocumentReference/old/', 'DocumentReference?identifier=urn:x|1', 'https://x.example/fhir/Composition?_id=1', '/DocumentReference/old', 'DocumentReference/old#part', 'https://x.example/DocumentManifest/1|2', 'Observation/1', 'https://x.example/Patient?identifier=1',
    ], (reference) => vital({ derivedFrom: [{ reference }] })),
    ...each('the focus', ['Observation/1', 'https://x.example/Patient?identifier=1', 'urn:uuid:1', 'Composition/1'], (reference) => vital({ focus: [{ reference }] })),
    ...each('a reference without a type', [
      { resourceType: 'Procedure', report: [{ reference: 'urn:uuid:1' }] }, { resourceType: 'Procedure', reasonReference: [{ reference: 'urn:uuid:1' }] }, { resourceType: 'Encounter', reasonReference: [{ reference: 'urn:uuid:1' }] },
      { resourceType: 'Claim', supportingInfo: [{ valueReference: { reference: 'urn:uuid:1' } }] }, { resourceType: 'Condition', evidence: [{ detail: [{ reference: 'urn:uuid:1' }] }] }, { resourceType: 'Condition', detail: [{ reference: 'urn:uuid:1' }] },
      { resourceType: 'Provenance', entity: [{ what: { reference: 'urn:oid:2.5.1' } }] }, { resourceType: 'Encounter', extension: [{ url: 'x', valueReference: { reference: 'https://x.example/letters/1' } }] },
      letter({ context: { related: [{ reference: '#gone' }] } }), { resourceType: 'Patient', contained: [{ resourceType: 'List', entry: [{ item: { reference: 'urn:uuid:1' } }] }] },
      vital({ focus: [{ reference: 'urn:uuid:1', type: 'Observation' }] }), vital({ subject: { reference: 'urn:uuid:1' }, encounter: { reference: 'urn:uuid:2' } }), vital({ derivedFrom: [{ display: 'the letter of last week' }] }),
      vital({ derivedFrom: [{ reference: 'urn:uuid:1', type: 'DocumentReference' }] }), { resourceType: 'DocumentManifest', type: concept([LOINC, '11488-4']), content: [{ reference: 'Patient/1' }] },
    ], (resource) => resource),
    ...each('what that URL is of', [
      bundle({}, { fullUrl: 'urn:uuid:1', resource: letter(hiv) }), { fullUrl: 'urn:uuid:1', resource: letter(hiv) }, bundle({}, { fullUrl: 'urn:uuid:1', resource: { resourceType: 'Observation', ...hiv } }),
    ], () => derived, (given) => ({ documents: [given] })),
    theCase('an observation, where a document may be', vital({ focus: [{ reference: 'urn:uuid:1' }] }), { documents: [{ fullUrl: 'urn:uuid:1', resource: { resourceType: 'Observation', ...hiv } }] }),
    theCase('named as a result and pointed at by another', { ...derived, contained: [vital({ focus: [{ reference: 'urn:uuid:1' }] })] }, { documents: [{ fullUrl: 'urn:uuid:1', resource: { resourceType: 'Observation', ...hiv } }] }),
    theCase('two of one URL', derived, { documents: [letter(hiv), letter()].map((resource) => ({ fullUrl: 'urn:uuid:1', resource })) }),
    theCase('a resource of which nothing is told, with its labels', { resourceType: 'Observation', ...hiv }),
  ];
};

/** Each case once. */
export const classCases = (): ClassCase[] => [classes(), results(), bundles(), labels(), documents(), ruleCases()].flat();
