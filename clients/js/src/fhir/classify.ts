/** The class and the labels of one FHIR R4 resource. */
import type { DataClass, SensitivityLabel } from '../codes.js';
import { CLASS_BY_TYPE, TELLING_ELEMENTS, toldBy, type ToldClass } from './class-table.js';
import { parseFhirJson, type NotFhirJson } from './json.js';
import { labelsOf, type OwnLabel } from './labels.js';
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

class Classifier {
  readonly #own: Map<string, DataClass>;

  constructor(own: readonly OwnClass[], readonly labels: readonly SensitivityLabel[]) {
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
    try {
      return this.#classAlone(resource, path);
    } catch (error) {
      if (error instanceof ResourceRefused && error.fault === 'class-unknown') return undefined;
      throw error;
    }
  }

  /** The class that category and code tell. */
  #told(resource: unknown, elements: readonly string[], path: string): DataClass {
    const concepts = elements.flatMap((name) => pathsOf(member(resource, name), `${path}.${name}`));
    const told = this.#toldIn(concepts).concat(this.#geneticIn(resource, path));
    if (told.length === 0) {
      const said = concepts.map(([concept, at]) => {
        const codings = listOf(member(concept, 'coding'));
        return `${at} has ${codings.length > 0 ? codings.map(shown).join(', ') : 'nothing but text'}`;
      });
      throw this.#refused(
        'class-unknown', path, said.length > 0 ? `of which class it is cannot be told: ${said.join('; ').slice(0, 400)}` : `it has neither ${elements.join(' nor ')}`,
        'Add a category of HL7 (v2-0074 for reports, observation-category for observations, a LOINC type for documents), or name the class of your own code in `ownClasses`.',
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
 * Reports, observations, documents and media are of the class that their category and code tell, with their systems.
 *
 * Throws {@link ResourceRefused} for what cannot be told: a type without a class (Bundles and Parameters, whose parts
 * may be of several), a report that says nothing or says two things, a label that is unknown. Throws
 * {@link NotFhirJson} for what is no JSON, or has a member twice, of which readers see either the one or the other.
 */
export function classify(record: Uint8Array, { documents = [], ownClasses = [], ownLabels = [] }: ClassifyOptions = {}): Classification {
  const resource = parseFhirJson(record);
  const resourceType = member(resource, 'resourceType');
  if (typeof resourceType !== 'string' || resourceType === '') {
    throw new ResourceRefused('not-a-resource', 'resource', 'it has no resourceType', 'Only FHIR R4 resources in JSON are classified.');
  }
  const labels = labelsOf(resource, { documents: documents.map(parseFhirJson), ownLabels });
  const dataClass = new Classifier(ownClasses, labels).classOf(resource, resourceType);
  return { resourceType, dataClass, labels };
}
