/** Resources for the vectors of classes and labels that have codes for which label rules ask, or that reference such. */
import { ATC, HCPCS, ICD_10, ICD_10_CM, ICD_10_PCS, ICD_9_CM, LOINC, OBSERVATION_CATEGORY, RXNORM, SNOMED, V3_ACT_CODE, V3_CONFIDENTIALITY } from '../systems.js';
import type { ClassCase } from './exchange-class-cases.js';

const OWN = 'https://ehr.example/codes';
const concept = (system: string | undefined, code: unknown) => ({ coding: [{ system, code }] });
const condition = (system: string | undefined, code: unknown, more: object = {}) => ({ resourceType: 'Condition', code: concept(system, code), ...more });
const secured = (...codes: string[]) => ({ meta: { security: codes.map((code) => ({ system: 'NR'.includes(code) ? V3_CONFIDENTIALITY : V3_ACT_CODE, code })) } });
const lab = (more: object) => ({ resourceType: 'Observation', category: [concept(OBSERVATION_CATEGORY, 'laboratory')], ...more });
const bundle = (more: object, ...entries: object[]) => ({ resourceType: 'Bundle', ...more, entry: entries });

type Beside = { documents?: object[] } & Pick<ClassCase, 'ownRules' | 'ownClasses'>;

const theCase = (name: string, record: object, { documents, ...rest }: Beside = {}): ClassCase => ({
  name: `by rule: ${name}`, record: JSON.stringify(record), ...(documents && { documents: documents.map((each) => JSON.stringify(each)) }), ...rest,
});

/** Diagnoses by one system, those that ask for something and those that do not. */
const diagnoses = (name: string, system: string | undefined, codes: readonly unknown[]): ClassCase[] =>
  codes.map((code) => theCase(`${name} ${JSON.stringify(code)}`, condition(system, code)));

const codes = (): ClassCase[] => [
  ...diagnoses('ICD-10', ICD_10, [
    'B20', 'b20.1', 'B24', 'B19.9', 'Z21', 'Z20.6', 'Z20.8', 'F10.2', 'F102', 'F10.2\u2020', 'F11.2', 'F17.2', 'F19', 'F00.1', 'F32.1', 'F64.0', 'F79', 'T74.2', 'T74', 'O04', 'O04.9', 'O80', 'O00.1', 'A53.9', 'X78',
    'Z30.1', 'E11.9', 'I10', 'K70.3', 'K71.0', 'U60', '', '.', 'F', 'B2', '2B20', ' B20', 7, null,
  ]),
  ...diagnoses('ICD-10-CM', ICD_10_CM, ['T74.21XA', 'T36.0X2A', 'T36.0X1A', 'R45.851', 'Z62.810', 'O99.314', 'O99.334', 'F11.20', 'Z33.2', 'Z33.1']),
  ...diagnoses('ICD-10-GM', 'http://fhir.de/CodeSystem/bfarm/icd-10-gm', ['U60.1!', 'U61.1!', 'F20.0', 'J45.0']),
  ...diagnoses('ICD-9-CM', ICD_9_CM, ['042', '0429', 'V08', '304.00', '30.4', '304', '305.1', '305.00', '296.2', 'E950.0', '099.9', '09.9', '250.00']),
  ...diagnoses('ICD-10-PCS', ICD_10_PCS, ['10A07ZZ', '10D07Z3', 'HZ2ZZZZ', 'GZ50ZZZ', '0HZ']),
  ...diagnoses('SNOMED CT', SNOMED, ['86406008', '7200002', '5602001', '370143000', '706893006', '714812005', '44054006', '86406008 ', '864060080']),
  ...diagnoses('the object identifier of ICD-10', 'urn:oid:2.16.840.1.113883.6.3', ['B20']),
  ...diagnoses('ICD codes of another system', OWN, ['B20', 'F10.2']), ...diagnoses('ICD codes of no system', undefined, ['B20']), ...diagnoses('codes of ICD in LOINC', LOINC, ['B20', 'F10.2']),
  theCase('a code in words', { resourceType: 'Condition', code: { text: 'HIV infection' } }),
  theCase('several codings', { resourceType: 'Condition', code: { coding: [{ system: OWN, code: '1' }, { system: ICD_10, code: 'F10.2' }, { system: SNOMED, code: '86406008' }] } }),
  ...['7917-8', '25836-8', '72109-2', '44249-1', '76504-0', '2106-3', '718-7'].map((code) => theCase(`LOINC ${code}`, lab({ code: concept(LOINC, code) }))),
  ...['J05AR02', 'J05AE30', 'J05AF05', 'N06AB06', 'N05AN01', 'N07BC02', 'N07BB01', 'G03AA07', 'C10AA05', 'N05BA01'].map((code) => theCase(`ATC ${code}`, { resourceType: 'MedicationStatement', medicationCodeableConcept: concept(ATC, code) })),
  ...['1433868', '36437', '7243', '1819', '6809'].map((code) => theCase(`RxNorm ${code}`, { resourceType: 'MedicationRequest', medicationCodeableConcept: concept(RXNORM, code) })),
  ...['H0020', 'G0008'].map((code) => theCase(`HCPCS ${code}`, { resourceType: 'Procedure', code: concept(HCPCS, code) })),
];

const places = (): ClassCase[] => {
  const [hiv, alcohol] = [concept(ICD_10, 'B24'), concept(ICD_10, 'F10.1')];
  const medicine = { resourceType: 'Medication', ingredient: [{ itemCodeableConcept: concept(RXNORM, '1433868') }] };
  return [
    theCase('the reason of a visit', { resourceType: 'Encounter', reasonCode: [alcohol] }), theCase('the type of a visit', { resourceType: 'Encounter', type: [concept(SNOMED, '185347001'), concept(SNOMED, '79094001')] }),
    theCase('the reason of a procedure', { resourceType: 'Procedure', reasonCode: [hiv] }), theCase('what was done', { resourceType: 'Procedure', code: concept(SNOMED, '22523008') }),
    theCase('the reason of an order', { resourceType: 'ServiceRequest', code: concept(LOINC, '718-7'), reasonCode: [hiv] }), theCase('the reason of a medicine', { resourceType: 'MedicationRequest', reasonCode: [hiv] }),
    theCase('the conclusion of a report', { resourceType: 'DiagnosticReport', category: [concept('http://terminology.hl7.org/CodeSystem/v2-0074', 'LAB')], conclusionCode: [hiv] }),
    theCase('the value of an observation', lab({ valueCodeableConcept: concept(SNOMED, '165816005') })), theCase('a component', lab({ component: [{ code: concept(LOINC, '7917-8') }] })),
    theCase('an extension', lab({ extension: [{ url: 'urn:x', valueCoding: { system: SNOMED, code: '86406008' } }] })), theCase('an illness of the father', { resourceType: 'FamilyMemberHistory', condition: [{ code: alcohol }] }),
    theCase('a diagnosis of a claim', { resourceType: 'Claim', diagnosis: [{ sequence: 1, diagnosisCodeableConcept: hiv }] }), theCase('an answer', { resourceType: 'QuestionnaireResponse', item: [{ linkId: '1', answer: [{ valueCoding: { system: SNOMED, code: '7200002' } }] }] }),
    theCase('a unit of that code', lab({ valueQuantity: { system: 'http://unitsofmeasure.org', code: 'B24' } })), theCase('a tag', lab({ meta: { tag: [{ system: ICD_10, code: 'B24' }] } })),
    theCase('an ingredient of what is contained', { resourceType: 'MedicationRequest', contained: [{ ...medicine, id: 'm' }], medicationReference: { reference: '#m' } }),
    theCase('a contained condition', { resourceType: 'Encounter', contained: [condition(ICD_10, 'B24', { id: 'c' })], reasonReference: [{ reference: '#c' }] }),
    theCase('ordinary by its label and not by its code', condition(ICD_10, 'B24', secured('N'))), theCase('another label beside', condition(ICD_10, 'B24', secured('SEX'))),
    theCase('restricted, and no label but a code', condition(ICD_10, 'B24', secured('R'))), theCase('restricted, with a label and a code', condition(ICD_10, 'F10.2', secured('R', 'HIV'))),
    theCase('restricted, with a code inside', lab({ ...secured('R'), contained: [condition(ICD_10, 'B24')] })),
    ...(['exact', 'under'] as const).map((match) => theCase(`a rule of the house, ${match}`, { resourceType: 'Condition', code: { coding: [{ system: OWN, code: 'A12.3' }, { system: ICD_10, code: 'B24' }] } }, {
      ownRules: [{ systems: [OWN], match, codes: ['A12.3'], labels: ['Psy', 'Minor'] }, { systems: [ICD_10], match, codes: ['B24'], labels: ['Sex'] }],
    })),
    theCase('a rule of the house for what is below', condition(OWN, 'a123.9'), { ownRules: [{ systems: [OWN], match: 'under', codes: ['A12'], labels: ['Sdv'] }] }),
  ];
};

const references = (): ClassCase[] => {
  const hiv = condition(ICD_10, 'B24', { id: 'c' });
  const visit = (reference: string, more: object = {}) => ({ resourceType: 'Encounter', diagnosis: [{ condition: { reference, ...more } }] });
  const order = (reference: object) => ({ resourceType: 'MedicationRequest', medicationReference: reference });
  const medicine = { resourceType: 'Medication', id: 'm', code: concept(ATC, 'J05AR02') };
  const found = (name: string, record: object, ...documents: object[]) => theCase(name, record, { documents });
  return [
    found('a condition that is here', visit('Condition/c'), hiv), found('of another id', visit('Condition/d'), hiv), found('on another server', visit('https://x.example/Condition/c'), hiv), theCase('a condition that is not here', visit('Condition/c')),
    found('a condition of a version', visit('Condition/c/_history/2'), hiv), found('a condition by its URL', visit('urn:uuid:1'), { fullUrl: 'urn:uuid:1', resource: hiv }), theCase('by a URL that is not here', visit('urn:uuid:1')),
    found('a condition in a labelled Bundle', visit('Condition/c'), bundle(secured('PSY'), { resource: hiv })), found('a condition with a label', visit('Condition/c'), { ...hiv, ...secured('SDV') }),
    found('a restricted condition', visit('Condition/c'), { ...hiv, ...secured('R') }), found('a condition with a letter that is not here', visit('Condition/c'), { ...hiv, evidence: [{ detail: [{ reference: 'DocumentReference/d' }] }] }),
    found('a condition of a condition', visit('Condition/c'), condition(ICD_10, 'I10', { id: 'c', extension: [{ url: 'x', valueReference: { reference: 'Condition/e' } }] }), { ...hiv, id: 'e' }),
    found('what a condition contains', visit('Condition/c'), condition(ICD_10, 'I10', { id: 'c', contained: [hiv] })), found('two of one name', visit('Condition/c'), hiv, condition(ICD_10, 'I10', { id: 'c' })),
    found('a visit of that name', visit('Encounter/c', { type: 'Condition' }), { resourceType: 'Encounter', id: 'c', reasonCode: [concept(ICD_10, 'B24')] }),
    found('the visit of an observation', lab({ encounter: { reference: 'Encounter/v' } }), { resourceType: 'Encounter', id: 'v', reasonCode: [concept(ICD_10, 'B24')] }),
    found('a procedure of which it is a part', lab({ partOf: [{ reference: 'Procedure/p' }] }), { resourceType: 'Procedure', id: 'p', code: concept(SNOMED, '714812005') }),
    found('a condition as a source, that is a reason too', lab({ extension: [{ url: 'x', valueReference: { reference: 'Condition/c' } }], derivedFrom: [{ reference: 'Condition/c' }] }), hiv),
    found('a medicine that is here', order({ reference: 'Medication/m' }), medicine), theCase('a medicine that is not here', order({ reference: 'Medication/m' })), theCase('a medicine in words', order({ display: 'efavirenz' })),
    theCase('a medicine by its number', order({ type: 'Medication', identifier: { value: '1' } })), found('a medicine by its URL', order({ reference: 'urn:uuid:1' }), bundle({}, { fullUrl: 'urn:uuid:1', resource: medicine })),
    theCase('a medicine by a URL that is not here', order({ reference: 'urn:uuid:1' })),
    found('a substance in a medicine', order({ reference: 'Medication/m' }), { resourceType: 'Medication', id: 'm', ingredient: [{ itemReference: { reference: 'Substance/s' } }] }, { resourceType: 'Substance', id: 's', code: concept(RXNORM, '1433868') }),
    found('a substance that is not here', order({ reference: 'Medication/m' }), { resourceType: 'Medication', id: 'm', ingredient: [{ itemReference: { reference: 'urn:uuid:2' } }] }),
  ];
};

/** Each case once. */
export const ruleCases = (): ClassCase[] => [codes(), places(), references()].flat();
