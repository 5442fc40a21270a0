/** `docs/fhir-classes.md`: the tables of classes and labels, and what they make of the standard's examples. */
import { utf8 } from '@salus/types';
import { CLASS_BY_TYPE, CLASS_TABLE, classify, LABEL_TABLE, ResourceRefused, TELLING_ELEMENTS, type LabelRule } from '../index.js';
import { exampleResources, type Example } from './fhir-examples.js';

const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/[\s\u200b]+/g, ' ').trim();
const table = (head: string[], rows: string[][]): string[] => [
  `| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`),
];

/** A system as it is spoken of. */
const SHORT = new Map([['http://loinc.org', 'LOINC'], ['http://snomed.info/sct', 'SNOMED CT'], ['http://dicom.nema.org/resources/ontology/DCM', 'DICOM']]);
const short = (system: string | undefined): string => SHORT.get(system ?? '') ?? (system ?? 'no system').replace(/^http:\/\/(terminology\.)?hl7\.org\/(fhir\/us\/core\/)?(CodeSystem|fhir)\//, '');

interface Coding { system?: string; code?: string; display?: string }
interface Concept { coding?: Coding[]; text?: string }

const codingInWords = ({ system, code, display }: Coding): string => `${short(system)} ${code ?? ''}${display === undefined ? '' : ` ${display}`}`;

/** What an example says of itself in the elements that tell its class. */
function says({ resource }: Example): string {
  const elements = TELLING_ELEMENTS[String(resource['resourceType'])] ?? [];
  const said = elements.flatMap((name) => {
    const concepts = [resource[name] ?? []].flat() as Concept[];
    return concepts.map(({ coding = [], text }) => {
      const words = coding.length > 0 ? coding.map(codingInWords).join(' + ') : text === undefined ? '' : `"${text}"`;
      return `${name}: ${words}`;
    });
  });
  return said.length > 0 ? said.join('; ') : 'nothing';
}

const bytesOf = (resource: object): Uint8Array => utf8(JSON.stringify(resource));

/** The observations that came in the same Bundle as a report or an observation. */
function resultsOf({ from, resource }: Example): Uint8Array[] {
  const bundle = /^.*\.json#(.*\.)?entry\[/.exec(from)?.[0];
  if (!['DiagnosticReport', 'Observation'].includes(String(resource['resourceType'])) || bundle === undefined) return [];
  if (!['result', 'hasMember', 'derivedFrom'].some((name) => name in resource)) return [];
  return exampleResources('resources').filter((each) => each.resource['resourceType'] === 'Observation' && each.from.startsWith(bundle)).map((each) => bytesOf(each.resource));
}

/** Whether a report is of its class by its results alone. */
function isByResults(resource: object): boolean {
  try {
    classify(bytesOf(resource));
    return false;
  } catch (error) {
    return error instanceof ResourceRefused && error.fault === 'class-unknown';
  }
}

/** What is made of it: the class, the labels, or why it is refused. */
function made(example: Example): [string, string] {
  const { resource } = example;
  try {
    const results = resultsOf(example);
    const { dataClass, labels } = classify(bytesOf(resource), { results });
    return [`**${dataClass}**${results.length > 0 && isByResults(resource) ? ', by its results' : ''}`, labels.length > 0 ? labels.join(', ') : 'none'];
  } catch (error) {
    if (!(error instanceof ResourceRefused)) throw error;
    // The labels are why, or were found before the class was asked for.
    const labels = error.fault.startsWith('class-') || error.fault === 'type-without-class' ? error.labels?.join(', ') || 'none' : 'refused';
    return [`refused: \`${error.fault}\`, ${error.path}`, labels];
  }
}

/** Examples that say the same and of which the same is made, in one row. */
function exampleRows(type: string): string[][] {
  const rows = new Map<string, { from: string; count: number; row: string[] }>();
  for (const example of exampleResources('resources')) {
    if (example.resource['resourceType'] !== type) continue;
    const row = [says(example), ...made(example)];
    const key = row.join(' ');
    const there = rows.get(key);
    if (there) there.count += 1;
    else rows.set(key, { from: example.from, count: 1, row });
  }
  return [...rows.values()].map(({ from, count, row }) => [count > 1 ? `${from} and ${count - 1} more` : from, ...row]);
}

/** How many of a type were taken, by class, and how many refused, by why. */
function counts(type: string): string {
  const found = new Map<string, number>();
  const examples = exampleResources('resources').filter(({ resource }) => resource['resourceType'] === type);
  for (const example of examples) {
    const [what] = made(example);
    const key = what.replaceAll('*', '').replace(/,.*/, '');
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  const parts = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([what, count]) => `${what} ${count}`);
  return `${examples.length} in all: ${parts.join(', ')}.`;
}

const ruleInWords = (rule: LabelRule): string => {
  if (typeof rule === 'object') return rule.join(', ');
  return { ordinary: 'ordinary', restricted: 'restricted: refused without a label beside it or inside', 'no-label': 'refused: the chain has no label for it' }[rule];
};

const byClass = (): string[][] => {
  const classes = new Map<string, string[]>();
  for (const [type, dataClass] of Object.entries(CLASS_BY_TYPE)) classes.set(dataClass, [...(classes.get(dataClass) ?? []), type]);
  return [...classes].map(([dataClass, types]) => [dataClass, types.join(', ')]);
};

/** The whole document. */
export function classesDocument(): string {
  const examples = (title: string, type: string): string[] => [
    `### ${title}`, '', counts(type), '', ...table(['Example', 'Says of itself', 'Class', 'Labels'], exampleRows(type)), '',
  ];
  return [
    '# Classes and labels of FHIR resources',
    '',
    'For a clinician or privacy officer to check. Who may see a record is decided by its class and its labels, and',
    '`classify` of the SDK takes both from the resource, by the tables below',
    '([decision 0030](decisions/0030-classes-and-labels.md)). What cannot be told is refused and stays in the house. This',
    'page is printed from the tables in `clients/fhir/src` and checked by a test:',
    '`npm run fhir-classes --workspace @salus/fhir` writes it anew.',
    '',
    '## The rules',
    '',
    '1. The type alone tells the class of most resources. Of reports, observations, documents and media it tells nothing:',
    '   their category and their code do, each by a code **and** its system. Text tells nothing.',
  '   A gene or a variant among the components of an observation makes it genetic; other components tell nothing.',
    '2. All that is told must agree. A report in two sections of one class (radiology and cardiac ultrasound) is of that class;',
    '   of two classes it is refused. A heading gives way to what is below it: "Laboratory" to "Genetics".',
    '   So must what the results tell that it names: `result` of a report, `hasMember` and `derivedFrom` of an observation, and what these',
    '   name. A laboratory report with a genetic result is genetic; one with vital signs among its results is refused.',
    '3. A code in no table tells nothing. An organisation names the classes of its own codes in `ownClasses`.',
    '   A report of which category and code tell nothing is of the class of its results, if all of them are given and are of',
    '   one class, and if it has no images and no attached form beside them.',
    '4. A result, an answer or a document inside another resource must not be of another class than that.',
    '5. Labels are read from `meta.security`, `securityLabel`, `Composition.confidentiality` and extensions that hold labels, of',
    '   the resource, of all inside it, of the documents that it references, of the results that it names, and of the Bundles in which',
    '   these, or it, were given.',
    '   Each code must be known with its system. A reference that names no type (`urn:uuid:…`) is looked up in the Bundle that it',
    '   came in; where a document may stand, it is refused if it is not there. A medicine that is referenced counts as a document does.',
    '   Every other code asks for labels too, wherever it stands, by the [label rules](label-rules.md): a diagnosis of HIV is labelled',
    '   whether or not anybody has labelled it. So are conditions and procedures that are referenced and given.',
    '6. A result that is named and neither inside nor given may be genetic, or labelled, and what the report concludes tells of it. So it',
    '   is refused (`result-not-given`), as a document is. Whoever keeps a report without its Bundle gives the results, which are records',
    '   of the same house. Where they are in another, `missingResults: \'tell\'` answers with the class and the labels of what is',
    '   here and with the paths of what is `missing`: then a person decides, and nothing is released meanwhile.',
    '',
    '## Class by type',
    '',
    ...table(['Class', 'Types'], byClass()),
    '',
    `By what they say: ${Object.entries(TELLING_ELEMENTS).map(([type, elements]) => `${type} (${elements.join(', ')})`).join('; ')}. All other types are refused.`,
    '',
    '## Class by category and code',
    '',
    ...table(['System', 'Class', 'Codes', 'Source'], CLASS_TABLE.map(({ system, dataClass, above, source, codes }) => [
      short(system), `${dataClass}${above ? `; a heading above ${above.join(', ')}` : ''}`,
      Object.entries(codes).map(([code, display]) => `${code} ${display}`).join('; '), source,
    ])),
    '',
    'This material contains content from [LOINC](https://loinc.org), which is copyright Regenstrief Institute, Inc. and the',
    'LOINC Committee, and is available at no cost under the licence at https://loinc.org/license. SNOMED CT identifiers are',
    'used as the examples of FHIR R4 use them; SNOMED CT is copyright SNOMED International.',
    '',
    '## Labels by code',
    '',
    ...table(['System', 'Code', 'Means', 'Labels'], LABEL_TABLE.map(({ system, code, display, rule }) => [short(system), code, display, ruleInWords(rule)])),
    '',
    '## The examples of FHIR R4',
    '',
    'Every such resource of `hl7.fhir.r4.examples` 4.0.1, those in Bundles and contained ones too. Examples that say the same are one row.',
    'Each is classified as it stands, without the Bundle that it came in; only reports and observations with the observations of their Bundle.',
    'So some are refused for a reference by `urn:uuid:…` to what their Bundle has, and some because the results that they name are in no',
    'Bundle with them: whoever keeps such a record has these results, and gives them.',
    'The examples carry few categories: real servers write more of them than these do.',
    '',
    ...examples('Diagnostic reports', 'DiagnosticReport'),
    ...examples('Document references', 'DocumentReference'),
    ...examples('Document manifests', 'DocumentManifest'),
    ...examples('Compositions', 'Composition'),
    ...examples('Media', 'Media'),
    ...examples('Imaging studies', 'ImagingStudy'),
    ...examples('Observations', 'Observation'),
  ].join('\n').replace(/\n+$/, '\n');
}
