/** The class and the labels of one FHIR R4 resource. */
import { SENSITIVITY_LABELS, type DataClass, type SensitivityLabel } from '../codes.js';
import { CLASS_BY_TYPE, TELLING_ELEMENTS, toldBy, type ToldClass } from './class-table.js';
import { parseFhirJson, type NotFhirJson } from './json.js';
import { labelsOf, type OwnLabel } from './labels.js';
import { Given, targetOf } from './references.js';
import { listOf, member, membersOf, pathsOf, ResourceRefused } from './refused.js';
import { codeOf, keyOf, shown, type Code } from './systems.js';

/** Of which class an organisation's own code is. */
export interface OwnClass extends Code {
  dataClass: DataClass;
}

/** What is known beside the resource. */
export interface ClassifyOptions {
  /** Documents that the resource references, as they are stored: their labels count as its own. */
  documents?: readonly Uint8Array[];
  /**
   * Results that a report references, as they are stored, or the Bundle that it came in with them. A report that says nothing
   * else is of the class that all of them are of, and their labels count as its own.
   */
  results?: readonly Uint8Array[];
  /** The organisation's own codes of reports, tests and documents. A code of the tables means what it means there. */
  ownClasses?: readonly OwnClass[];
  /** The organisation's own security codes. */
  ownLabels?: readonly OwnLabel[];
}

/** The parts of a resource that say how it is to be treated; the rest is nobody's business here. */
export interface Classification {
  resourceType: string;
  dataClass: DataClass;
  labels: SensitivityLabel[];
}

/** Results, answers and documents that, inside another resource, must not be of another class: who may see it sees them. */
const RESULTS = new Set([...Object.keys(TELLING_ELEMENTS), 'ImagingStudy', 'MolecularSequence', 'QuestionnaireResponse', 'FamilyMemberHistory']);
/** Types that are nothing but others: inside another resource they are of no class. */
const HOLDERS = new Set(['Bundle', 'Parameters']);

// Maps: an object has members that nobody put there, such as "constructor".
const BY_TYPE = new Map(Object.entries(CLASS_BY_TYPE));
const TELLING = new Map(Object.entries(TELLING_ELEMENTS));

interface Told extends ToldClass {
  path: string;
  what: string;
}

/** What a report may hold beside its results, and what these do not tell. */
const BESIDE_RESULTS = ['media', 'imagingStudy', 'presentedForm'];

class Classifier {
  readonly #own: Map<string, DataClass>;
  /** Whether the results of a report are looked at: a report inside one of them is not told by results again. */
  #isAtResults = false;

  constructor(own: readonly OwnClass[], readonly labels: readonly SensitivityLabel[], readonly results: Given) {
    this.#own = new Map(own.map((row) => [keyOf(row), row.dataClass]));
  }

  /** The class of a resource, in which all results are of that class. */
  classOf(resource: unknown, path: string): DataClass {
    const dataClass = this.#classAlone(resource, path);
    for (const [inner, at] of innerResources(resource, path)) {
      const inside = this.#inside(inner, at);
      if (inside !== undefined && inside !== dataClass) {
        throw this.#refused('class-conflict', at, `it is of the class ${inside}, and what contains it of the class ${dataClass}`, 'Keep it as a record of its own.');
      }
    }
    return dataClass;
  }

  #classAlone(resource: unknown, path: string): DataClass {
    const type = String(member(resource, 'resourceType'));
    const elements = TELLING.get(type);
    const dataClass = elements ? this.#told(resource, elements, path) : BY_TYPE.get(type);
    if (dataClass === undefined) {
      throw this.#refused('type-without-class', path, `no data class for a resource of type "${type.slice(0, 60)}"`, 'Classify its parts one by one, or treat it by hand.');
    }
    return dataClass;
  }

  /** The class of a contained result or document; none if it does not tell, for then it is a part of what contains it. */
  #inside(resource: unknown, path: string): DataClass | undefined {
    const type = String(member(resource, 'resourceType'));
    if (!RESULTS.has(type) && !HOLDERS.has(type)) return undefined;
    return this.#ifTold(() => this.#classAlone(resource, path));
  }

  #ifTold(dataClass: () => DataClass): DataClass | undefined {
    try {
      return dataClass();
    } catch (error) {
      if (error instanceof ResourceRefused && error.fault === 'class-unknown') return undefined;
      throw error;
    }
  }

  /** The class that category and code tell. */
  #told(resource: unknown, elements: readonly string[], path: string): DataClass {
    const concepts = elements.flatMap((name) => pathsOf(member(resource, name), `${path}.${name}`));
    const told = this.#toldIn(concepts).concat(this.#geneticIn(resource, path));
    const byResults = told.length === 0 ? this.#byResults(resource, path) : undefined;
    if (byResults !== undefined) return byResults;
    if (told.length === 0) {
      const said = concepts.map(([concept, at]) => {
        const codings = listOf(member(concept, 'coding'));
        return `${at} has ${codings.length > 0 ? codings.map(shown).join(', ') : 'nothing but text'}`;
      });
      throw this.#refused(
        'class-unknown', path, said.length > 0 ? `of which class it is cannot be told: ${said.join('; ').slice(0, 400)}` : `it has neither ${elements.join(' nor ')}`,
        'Add a category of HL7 (v2-0074 for reports, observation-category for observations, a LOINC type for documents), name the class of your own code in `ownClasses`, or give all results of a report in `results`.',
      );
    }
    // All say it, or are headings above what says it. One of each kind: a list may be long.
    const kinds = [...new Map(told.map((each) => [`${each.dataClass} ${String(each.above)}`, each])).values()];
    const agreed = kinds.filter(({ dataClass }) => kinds.every((other) => other.dataClass === dataClass || other.above?.includes(dataClass)));
    const classes = new Set(agreed.map(({ dataClass }) => dataClass));
    const [only] = classes;
    if (only === undefined || classes.size > 1) {
      throw this.#refused(
        'class-conflict', path, kinds.map(({ dataClass, what, path: at }) => `${at} says ${dataClass} by ${what}`).join(', ').slice(0, 400),
        'Put the wrong one right, or treat it by hand: of two classes neither may be left out.',
      );
    }
    return only;
  }

  /** The class of a report that says nothing but what its results were: theirs, if all are here and of one class. */
  #byResults(report: unknown, path: string): DataClass | undefined {
    if (member(report, 'resourceType') !== 'DiagnosticReport' || BESIDE_RESULTS.some((name) => member(report, name) !== undefined)) return undefined;
    if (this.#isAtResults) return undefined;
    this.#isAtResults = true;
    try {
      return this.#ofResults(report, path);
    } finally {
      this.#isAtResults = false;
    }
  }

  #ofResults(report: unknown, path: string): DataClass | undefined {
    const classes = new Map<DataClass, string>();
    for (const [result, at] of resultsOf(report, path, this.results)) {
      const dataClass = result === undefined ? undefined : this.#ifTold(() => this.classOf(result, at));
      // A result that is not here, or of which nothing is told, may be of any class.
      if (dataClass === undefined) return undefined;
      classes.set(dataClass, at);
    }
    const [first, second] = classes;
    if (first && second) {
      throw this.#refused(
        'class-conflict', path, `${first[1]} is of the class ${first[0]}, and ${second[1]} of the class ${second[0]}`,
        'Add a category to the report, or treat it by hand: of two classes neither may be left out.',
      );
    }
    return first?.[0];
  }

  #toldIn(concepts: readonly [unknown, string][]): Told[] {
    return concepts.flatMap(([concept, at]) => listOf(member(concept, 'coding')).flatMap((coding): Told[] => {
      const code = codeOf(coding);
      const row = code && (toldBy(code) ?? this.#ownClass(code));
      return row ? [{ ...row, path: at, what: shown(coding) }] : [];
    }));
  }

  /** A gene or a variant among the components makes the whole genetic; of other things they tell nothing, for a panel may have a temperature. */
  #geneticIn(resource: unknown, path: string): Told[] {
    const codes = pathsOf(member(resource, 'component'), `${path}.component`).map(([part, at]): [unknown, string] => [member(part, 'code'), `${at}.code`]);
    return this.#toldIn(codes).filter(({ dataClass }) => dataClass === 'Genomics');
  }

  #ownClass(code: Code): ToldClass | undefined {
    const dataClass = this.#own.get(keyOf(code));
    return dataClass && { dataClass };
  }

  #refused(fault: ResourceRefused['fault'], path: string, detail: string, help: string): ResourceRefused {
    return new ResourceRefused(fault, path, detail, help, this.labels);
  }
}

/** The observations that a report names as results, contained or given, each once, with the path; undefined for all that are not here. */
function resultsOf(report: unknown, path: string, given: Given): Map<unknown, string> {
  const contained = new Map<string, unknown>();
  for (const each of listOf(member(report, 'contained'))) {
    const target = `#${String(member(each, 'id'))}`;
    // Two of one name: neither is meant for certain.
    contained.set(target, contained.has(target) ? undefined : each);
  }
  return new Map(pathsOf(member(report, 'result'), `${path}.result`).map(([reference, at]) => {
    const text = member(reference, 'reference');
    const found = typeof text !== 'string' ? undefined : text.startsWith('#') ? contained.get(text) : given.find(targetOf(text));
    return [member(found, 'resourceType') === 'Observation' ? found : undefined, at];
  }));
}

/** All resources inside one, at any depth: `labelsOf` has bounded it. */
function* innerResources(node: unknown, path: string): Generator<[unknown, string]> {
  for (const [name, value] of membersOf(node)) {
    if (typeof value !== 'object' || value === null) continue;
    const at = Array.isArray(node) ? `${path}[${name}]` : `${path}.${name}`;
    if (member(value, 'resourceType') !== undefined) yield [value, at];
    yield* innerResources(value, at);
  }
}

/**
 * Classifies one FHIR R4 resource, with the labels of all that is inside it and of the documents that it references.
 * Reports, observations, documents and media are of the class that their category and code tell, with their systems. A
 * report of which these tell nothing is of the class of its results, if all are given and of one.
 *
 * Throws {@link ResourceRefused} for what cannot be told: a type without a class (Bundles and Parameters, whose parts
 * may be of several), a report that says nothing or says two things, a label that is unknown. Throws
 * {@link NotFhirJson} for what is no JSON, or has a member twice, of which readers see either the one or the other.
 */
export function classify(record: Uint8Array, { documents = [], results = [], ownClasses = [], ownLabels = [] }: ClassifyOptions = {}): Classification {
  const resource = parseFhirJson(record);
  const resourceType = member(resource, 'resourceType');
  if (typeof resourceType !== 'string' || resourceType === '') {
    throw new ResourceRefused('not-a-resource', 'resource', 'it has no resourceType', 'Only FHIR R4 resources in JSON are classified.');
  }
  const given = new Given(results.map(parseFhirJson));
  const known = { documents: documents.map(parseFhirJson), ownLabels };
  const named = resourceType === 'DiagnosticReport' ? [...resultsOf(resource, resourceType, given).keys()] : [];
  const found = new Set([resource, ...named.filter((each) => each !== undefined)].flatMap((each) => labelsOf(each, known)));
  const labels = SENSITIVITY_LABELS.filter((label) => found.has(label));
  const dataClass = new Classifier(ownClasses, labels, given).classOf(resource, resourceType);
  return { resourceType, dataClass, labels };
}
