/** `docs/label-rules.md`: which codes of diagnoses, tests and medicines ask for which labels, and what becomes of examples. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { utf8 } from '@salus/types';
import { classify, LABEL_RULES, ResourceRefused, type LabelRuleRow } from '../index.js';
import { exampleResources } from './fhir-examples.js';

const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();
const table = (head: string[], rows: string[][]): string[] => [
  `| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`),
];

const NAMES = new Map([
  ['http://snomed.info/sct', 'SNOMED CT'], ['http://loinc.org', 'LOINC'], ['http://www.nlm.nih.gov/research/umls/rxnorm', 'RxNorm'], ['http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets', 'HCPCS'],
  ['http://hl7.org/fhir/sid/icd-10', 'ICD-10 and its editions'], ['http://hl7.org/fhir/sid/icd-10-cm', 'ICD-10-CM'], ['http://fhir.de/CodeSystem/bfarm/icd-10-gm', 'ICD-10-GM'], ['http://hl7.org/fhir/sid/icd-9-cm', 'ICD-9-CM'],
  ['http://www.cms.gov/Medicare/Coding/ICD10', 'ICD-10-PCS'], ['http://www.whocc.no/atc', 'ATC'],
]);
const named = ({ systems }: LabelRuleRow): string => NAMES.get(systems[0] ?? '') ?? String(systems[0]);

const categories = (): string[][] => LABEL_RULES.rules.filter(({ match, codes }) => match === 'under' && codes.length < 100)
  .map((rule) => [rule.title, rule.labels.join(', '), named(rule), rule.codes.join(' '), rule.source]);
const lists = (): string[][] => LABEL_RULES.rules.filter(({ match, codes }) => match === 'exact' || codes.length >= 100)
  .map((rule) => [rule.title, rule.labels.join(', '), named(rule), String(rule.codes.length), rule.source]);

const inWords = (counts: ReadonlyMap<string, number>, none: string): string =>
  [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([what, count]) => `${what} ${count}`).join(', ') || none;

/** What becomes of resources: how many are held, with which labels, and why the others are not. */
function numbers(resources: readonly Record<string, unknown>[]): string[][] {
  const rows = new Map<string, { all: number; held: number; labels: Map<string, number>; faults: Map<string, number> }>();
  for (const resource of resources) {
    const type = String(resource['resourceType']);
    const row = rows.get(type) ?? { all: 0, held: 0, labels: new Map<string, number>(), faults: new Map<string, number>() };
    rows.set(type, row);
    row.all += 1;
    try {
      const { labels } = classify(utf8(JSON.stringify(resource)));
      row.held += 1;
      for (const label of labels) row.labels.set(label, (row.labels.get(label) ?? 0) + 1);
    } catch (error) {
      if (!(error instanceof ResourceRefused)) throw error;
      const fault = `\`${error.fault}\``;
      row.faults.set(fault, (row.faults.get(fault) ?? 0) + 1);
    }
  }
  return [...rows].map(([type, { all, held, labels, faults }]) => [type, String(all), String(held), inWords(labels, 'none'), inWords(faults, 'none')]);
}
const COLUMNS = ['Type', 'All', 'Held', 'Labels', 'In quarantine'];

/** One patient of Synthea, whose whole record the journey has. */
const patient = (): Record<string, unknown>[] => gunzipSync(readFileSync(new URL('../../../../e2e/fixtures/synthea/records.ndjson.gz', import.meta.url)))
  .toString('utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>);

/** Counted once, by `npm run label-numbers --workspace @salus/fhir -- FOLDER`, of what is not kept here. */
const NUMBERS: string[] = [
  'All examples of the standard (`hl7.fhir.r4.examples` 4.0.1) but conformance resources, each entry of a Bundle with its Bundle: 1,355 resources, of which 954 are held, 3 of them with labels',
  '(a test for syphilis and its report, a questionnaire about depression), and 401 in quarantine: 278 of types without a class (Medication, Task, Library ...), 92 whose category and code tell no class, 15 with a result and 11 with a',
  'document or medicine that is in no example with them, 5 for security labels, modifiers and contradictions. No example was caught that is not about what its label says.',
];

/** The whole document. */
export function labelRulesDocument(): string {
  const count = LABEL_RULES.rules.reduce((sum, { codes }) => sum + codes.length, 0);
  return [
    '# Label rules',
    '',
    'For a privacy officer to check. A record whose codes say HIV, alcohol, opioids, other substances, mental health, violence or reproduction',
    'gets the chain\'s label for that, whether or not its sender has labelled it; then it leaves only under a grant that names the label.',
    `Version ${LABEL_RULES.version}: ${LABEL_RULES.rules.length} rules, ${count} codes (\`exchange/policy/tables/label-rules.json\`). This page is printed from them and checked by a test:`,
    '`npm run label-rules --workspace @salus/fhir` writes it anew. Why it is as it is: [decision 0054](decisions/0054-label-rules.md).',
    '',
    '## How a rule is applied',
    '',
    '1. Each code with its system counts, wherever in the resource it stands: code, value, component, reason, conclusion, type, diagnosis, ingredient,',
    '   extension, and in what is contained. Text counts nowhere, and a code without a system neither.',
    '2. Codes of ICD and ATC count by their categories: `B20` catches B20 and all below it, with or without the dot, in either case. All other codes',
    '   count if they are the same.',
    '3. Medicines that are referenced must be there (contained, given, or kept by the gateway), or the record waits in quarantine (`document-not-given`).',
    '   Conditions, procedures and substances that are referenced count if they are there; if not, they are records of their own, with their own labels.',
    '4. A rule adds labels. Nothing takes them away: not a security label `N`, and no rule of the house.',
    '5. A restriction (`R`, `V`) is still refused unless a security label says why: who restricted the record need not have meant what its codes say.',
    '',
    '## What is not caught',
    '',
    'What is written in words, attached, or drawn; codes of other systems (CPT, ICD-11, ICPC, national ones), of SNOMED CT, LOINC and RxNorm that are in no list below; products of medicines',
    'by names of brands. **Genetics** has a class of its own and no label: the chain has none, so a diagnosis of an inherited disease is labelled by nothing.',
    'Also by decision: pregnancy and birth as such, tobacco, medicines against pain, sleeplessness and anxiety, vaccines, dementia by LOINC; and **adolescents**: no code says',
    'that care was confidential. A house that wants one of these adds a rule.',
    '',
    '## Rules of the house',
    '',
    'A file beside the gateway\'s configuration (`label_rules = "/etc/salus-gateway/label-rules.toml"`), which two people approve:',
    '',
    '    version = 1',
    '',
    '    [[rule]]',
    '    name = "mental-health-clinic"',
    '    systems = ["https://ehr.hospital.example/codes"]',
    '    match = "under"                 # or "exact"',
    '    codes = ["PSY"]',
    '    labels = ["Psy"]',
    '    source = "list of the clinic, 2026-11-02"',
    '',
    '    [[approval]]',
    '    officer = "A. Example, privacy officer"',
    '    date = "2026-11-29"',
    '    approves = "…"                  # sed \'/^\\[\\[approval\\]\\]/,$d\' label-rules.toml | b2sum -l 256',
    '',
    '    [[approval]]',
    '    officer = "B. Example, data steward"',
    '    date = "2026-11-29"',
    '    approves = "…"',
    '',
    'What is approved is every byte before the first line that begins with `[[approval]]`, and each approval has its hash. `check-config` names a wrong one. The gateway does not start with',
    'rules that fewer than two names have approved, that were changed since, or that ask for nothing. **It cannot know** whether the two are two people, nor who they are: who can write the',
    'file can write both names. Keep it where two must agree to a change (a repository with a review), and the gateway\'s account must not be able to write it.',
    '',
    '**A version counts until a higher one does**, also after a start and in copies of the data. Refused at the start (`label_rules.version`) are a lower version, the same version with other bytes, and, if there were rules, a configuration that names none. To go back to',
    'what the rules said before: take that text, give it a version above the one in force, and have it approved by two. To have none any more: a file with a higher version and no `[[rule]]`, approved by two.',
    'Neither takes a label from a record that has it. `check-config` does not know what is in force, because the running gateway keeps its database to itself.',
    '',
    'A program whose own rules are of a lower version than those that counted here does not start either: put back the newer program, or the copy of the data from before it.',
    '',
    'When the rules change, here or with a new version of the gateway, all that is held is looked at anew at the next start, before anybody is answered.',
    '',
    '## Categories',
    '',
    ...table(['What', 'Labels', 'System', 'Codes, and all below them', 'Source'], categories()),
    '',
    '## Lists',
    '',
    'The codes are in the file; names of value sets are those of [VSAC](https://vsac.nlm.nih.gov), which shows what each code means.',
    '',
    ...table(['What', 'Labels', 'System', 'Codes', 'Source'], lists()),
    '',
    'This material contains content from [LOINC](https://loinc.org), which is copyright Regenstrief Institute, Inc. and the LOINC Committee, and is available at no cost under the licence at',
    'https://loinc.org/license. SNOMED CT is copyright SNOMED International; who uses its codes needs its licence.',
    '',
    '## How many',
    '',
    'The standard\'s examples of the types whose class is in what they say, each as it stands and with nothing beside it:',
    '',
    ...table(COLUMNS, numbers(exampleResources('resources').map(({ resource }) => resource))),
    '',
    ...NUMBERS,
    '',
    'One patient of Synthea (`e2e/fixtures/synthea`, 1,611 resources), each by itself. Most of what waits is one mistake of that generator: questionnaires and blood pressures under the laboratory. The labels are those of',
    'screenings for depression, alcohol, drugs and violence at home, and of two diagnoses:',
    '',
    ...table(COLUMNS, numbers(patient())),
    '',
    'For other folders: `npm run label-numbers --workspace @salus/fhir -- FOLDER...`.',
  ].join('\n').replace(/\n+$/, '\n').replace(/([^\n])$/, '$1\n');
}
