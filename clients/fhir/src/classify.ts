/** The class and the labels of one FHIR R4 resource. */
import { parseFhirJson, type DataClass, type NotFhirJson, type SensitivityLabel } from '@salus/types';
import { CLASS_BY_TYPE, TELLING_ELEMENTS, toldBy, type ToldClass } from './class-table.js';
import type { OwnRule } from './label-rules.js';
import { findLabels, refuseMissing, type OwnLabel } from './labels.js';
import { BESIDE_RESULTS, HOLDERS, Members, RESULTS } from './members.js';
import { modifiersOf } from './modifiers.js';
import { Given } from './references.js';
import { listOf, member, pathsOf, ResourceRefused, type ClassFault } from './refused.js';
import { codeOf, keyOf, shown, type Code } from './systems.js';

/** Of which class an organisation's own code is. */
export interface OwnClass extends Code {
  dataClass: DataClass;
}

/** What is known beside the resource. */
export interface ClassifyOptions {
  /** Documents and medicines that the resource references, as they are stored: their labels count as its own. Also conditions and procedures. */
  documents?: readonly Uint8Array[];
  /**
   * Results that it names, as they are stored, or the Bundle that it came in with them: those of a report, the members of a panel and
   * what a value was derived from, and what these name. Their classes and labels count as its own. A report that says nothing else
   * is of the class that all of its results are of.
   */
  results?: readonly Uint8Array[];
  /**
   * What is done if one of them is neither inside nor given, and might be genetic, or labelled: `refuse`, unless told; or `tell`,
   * for the class and labels without them, with the paths in `missing`. Whoever asks for that decides about those results.
   */
  missingResults?: 'refuse' | 'tell';
  /** The organisation's own codes of reports, tests and documents. A code of the tables means what it means there. */
  ownClasses?: readonly OwnClass[];
  /** The organisation's own security codes. */
  ownLabels?: readonly OwnLabel[];
  /** The organisation's own label rules. */
  ownRules?: readonly OwnRule[];
}

/** The parts of a resource that say how it is to be treated; the rest is nobody's business here. */
export interface Classification {
  resourceType: string;
  dataClass: DataClass;
  labels: SensitivityLabel[];
  /** Where results are named that were not here. Empty unless `missingResults` is `tell`. */
  missing: string[];
}

// Maps: an object has members that nobody put there, such as "constructor".
const BY_TYPE = new Map(Object.entries(CLASS_BY_TYPE));
const TELLING = new Map(Object.entries(TELLING_ELEMENTS));

interface Told extends ToldClass {
  path: string;
  what: string;
}

class Classifier {
  readonly #own: Map<string, DataClass>;

  constructor(own: readonly OwnClass[], readonly labels: readonly SensitivityLabel[], readonly given: Given) {
    this.#own = new Map(own.map((row) => [keyOf(row), row.dataClass]));
  }

  /** The class of a resource: what it says, and what the results say that it names; nothing inside is of another one. */
  classOf(resource: unknown, path: string): DataClass {
    const members = new Members(resource, path, this.given);
    const own = this.#toldOf(resource, path);
    if (own.length === 0 && !this.#isToldByResults(resource, path, members)) throw this.#unknown(resource, path);
    const named = [...members.named].flatMap(([each, at]) => this.#toldOf(each, at));
    const dataClass = this.#agreed(own.concat(named), path);
    for (const [inner, at] of members.inner) {
      // What is named has been heard already.
      const inside = members.named.has(inner) ? undefined : this.#inside(inner, at);
      if (inside !== undefined && inside !== dataClass) {
        throw this.#refused('class-conflict', at, `it is of the class ${inside}, and what contains it of the class ${dataClass}`, 'Keep it as a record of its own.');
      }
    }
    return dataClass;
  }

  /** The class of a contained result or document; none if it does not tell, for then it is a part of what contains it. */
  #inside(resource: unknown, path: string): DataClass | undefined {
    const type = String(member(resource, 'resourceType'));
    if (!RESULTS.has(type) && !HOLDERS.has(type)) return undefined;
    const told = this.#toldOf(resource, path);
    return told.length > 0 ? this.#agreed(told, path) : undefined;
  }

  /** What a resource tells of its class: by its type, or else by category and code; nothing, if these say nothing. */
  #toldOf(resource: unknown, path: string): Told[] {
    const type = String(member(resource, 'resourceType'));
    const elements = TELLING.get(type);
    if (elements) return this.#toldIn(conceptsOf(resource, elements, path)).concat(this.#geneticIn(resource, path));
    const dataClass = BY_TYPE.get(type);
    if (dataClass === undefined) {
      throw this.#refused('type-without-class', path, `no data class for a resource of type "${type.slice(0, 60)}"`, 'Classify its parts one by one, or treat it by hand.');
    }
    return [{ dataClass, path, what: type }];
  }

  #unknown(resource: unknown, path: string): ResourceRefused {
    const elements = TELLING.get(String(member(resource, 'resourceType'))) ?? [];
    const said = conceptsOf(resource, elements, path).map(([concept, at]) => {
      const codings = listOf(member(concept, 'coding'));
      return `${at} has ${codings.length > 0 ? codings.map(shown).join(', ') : 'nothing but text'}`;
    });
    return this.#refused(
      'class-unknown', path, said.length > 0 ? `of which class it is cannot be told: ${said.join('; ').slice(0, 400)}` : `it has neither ${elements.join(' nor ')}`,
      'Add a category of HL7 (v2-0074 for reports, observation-category for observations, a LOINC type for documents), name the class of your own code in `ownClasses`, or give all results of a report in `results`.',
    );
  }

  /** The one class of what is told: all say it, or are headings above what says it. */
  #agreed(told: readonly Told[], path: string): DataClass {
    // One of each kind: a list may be long.
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

  /** Whether a report that says nothing itself is told by its results: all of them are here, and each tells its class by itself. */
  #isToldByResults(report: unknown, path: string, members: Members): boolean {
    if (member(report, 'resourceType') !== 'DiagnosticReport' || BESIDE_RESULTS.some((name) => member(report, name) !== undefined)) return false;
    const results = new Map(members.of({ resource: report, container: report, path }));
    return results.size > 0 && [...results].every(([result, at]) => result !== undefined && this.#toldOf(result, at).length > 0);
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

  #refused(fault: ClassFault, path: string, detail: string, help: string): ResourceRefused {
    return new ResourceRefused(fault, path, detail, { help, labels: this.labels });
  }
}

/** What stands in the elements that tell the class. */
const conceptsOf = (resource: unknown, elements: readonly string[], path: string): [unknown, string][] =>
  elements.flatMap((name) => pathsOf(member(resource, name), `${path}.${name}`));

/** A rule that is not known could say that a category, a code or a label means something else. */
function refuseModifiers(resource: unknown, path: string): void {
  for (const { name, path: at, urls } of modifiersOf(resource, path)) {
    const which = name === 'implicitRules' ? 'rules that are not known' : `the modifier extension ${urls.join(', ').slice(0, 200)}`;
    throw new ResourceRefused('modifier-unknown', at, `${which} may change what the rest means`, { help: 'Treat it by hand, and take out what it says once that is understood.' });
  }
}

/**
 * Classifies one FHIR R4 resource, with the labels of all that is inside it, of the documents that it references, and of the
 * results that it names. Reports, observations, documents and media are of the class that their category and code tell, with their systems, and of
 * which their results are: of a class and its heading the class decides, of two others neither. A report of which category and code
 * tell nothing is of the class of its results, if all are given and of one.
 *
 * Throws {@link ResourceRefused} for what cannot be told: a type without a class (Bundles and Parameters, whose parts
 * may be of several), a report that says nothing or says two things, a label that is unknown, a result that is not here, rules
 * or modifier extensions that may change what the rest means. That a resource was entered in error changes neither class nor labels. Throws
 * {@link NotFhirJson} for what is no JSON, or has a member twice, of which readers see either the one or the other.
 */
export function classify(record: Uint8Array, options: ClassifyOptions = {}): Classification {
  const { documents = [], results = [], missingResults = 'refuse', ownClasses = [], ownLabels = [], ownRules = [] } = options;
  const resource = parseFhirJson(record);
  const resourceType = member(resource, 'resourceType');
  if (typeof resourceType !== 'string' || resourceType === '') {
    throw new ResourceRefused('not-a-resource', 'resource', 'it has no resourceType', { help: 'Only FHIR R4 resources in JSON are classified.' });
  }
  refuseModifiers(resource, resourceType);
  const beside = [...documents, ...results].map(parseFhirJson);
  for (const each of beside) refuseModifiers(each, String(member(each, 'resourceType')).slice(0, 60));
  const given = new Given(beside);
  const found = findLabels(resource, given, ownLabels, ownRules);
  const dataClass = new Classifier(ownClasses, found.labels, given).classOf(resource, resourceType);
  if (missingResults !== 'tell') refuseMissing(found);
  return { resourceType, dataClass, ...found };
}
