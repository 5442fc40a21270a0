/** The results that a resource names as its own: those of a report, the members of a panel, and what a value was derived from. */
import { TELLING_ELEMENTS } from './class-table.js';
import { isDocument, targetOf, typeIn, type Given } from './references.js';
import { listOf, member, membersOf, pathsOf } from './refused.js';

/** An element that names results, and the types that R4 lets it name. */
export interface Element {
  name: string;
  types: ReadonlySet<string>;
  /** It says where a value comes from. A document there counts as a document, and what is named by text alone is nothing to look up. */
  isSource: boolean;
}

export const MEMBERS: ReadonlyMap<unknown, readonly Element[]> = new Map<unknown, readonly Element[]>([
  ['DiagnosticReport', [{ name: 'result', types: new Set(['Observation']), isSource: false }]],
  ['Observation', [
    { name: 'hasMember', types: new Set(['Observation', 'QuestionnaireResponse', 'MolecularSequence']), isSource: false },
    { name: 'derivedFrom', types: new Set(['Observation', 'QuestionnaireResponse', 'MolecularSequence', 'ImagingStudy', 'Media']), isSource: true },
  ]],
]);

/** Results, answers and documents that, inside another resource, must not be of another class: who may see it sees them. */
export const RESULTS: ReadonlySet<string> = new Set([...Object.keys(TELLING_ELEMENTS), 'ImagingStudy', 'MolecularSequence', 'QuestionnaireResponse', 'FamilyMemberHistory']);
/** Types that are nothing but others: inside another resource they are of no class. */
export const HOLDERS: ReadonlySet<string> = new Set(['Bundle', 'Parameters']);
/** What a report may hold beside its results, and what these do not tell. */
export const BESIDE_RESULTS: readonly string[] = ['media', 'imagingStudy', 'presentedForm'];

/** A reference to a result. */
export interface Named {
  /** As it is written, if it is more than text. */
  reference: string | undefined;
  path: string;
  element: Element;
}

/** The results that a resource names itself, not those inside it. */
export const namedBy = (resource: unknown, path: string): Named[] =>
  (MEMBERS.get(member(resource, 'resourceType')) ?? []).flatMap((element) => pathsOf(member(resource, element.name), `${path}.${element.name}`).flatMap(([node, at]): Named[] => {
    const [text, type] = [member(node, 'reference'), member(node, 'type')];
    const reference = typeof text === 'string' ? text : undefined;
    if (element.isSource) {
      if (reference === undefined && type === undefined) return [];
      if (isDocument(reference === undefined ? type : typeIn(reference) ?? type)) return [];
    }
    return [{ reference, path: at, element }];
  }));

/** Whether a resource may stand where it is named. */
export const fits = (resource: unknown, { element }: Named): boolean => element.types.has(String(member(resource, 'resourceType')));

/** A resource, the one in which its `#id` are, and where it is. */
export interface Standing {
  resource: unknown;
  container: unknown;
  path: string;
}

/** All resources inside one, at any depth: `labelsOf` has bounded it. */
export function* innerResources(node: unknown, path: string): Generator<[unknown, string]> {
  for (const [name, value] of membersOf(node)) {
    if (typeof value !== 'object' || value === null) continue;
    const at = Array.isArray(node) ? `${path}[${name}]` : `${path}.${name}`;
    if (member(value, 'resourceType') !== undefined) yield [value, at];
    yield* innerResources(value, at);
  }
}

/** What a resource is made of, as far as it is here. */
export class Members {
  /** The results that are named, by whatever is there, however far away; each once, with where it was named first. */
  readonly named = new Map<unknown, string>();
  /** All resources inside the first and inside the named ones. */
  readonly inner = new Map<unknown, string>();
  readonly #contained = new Map<unknown, Map<string, unknown>>();

  constructor(root: unknown, path: string, readonly given: Given) {
    const work: Standing[] = [];
    const seen = new Set<unknown>();
    const enter = (resource: unknown, at: string): void => {
      if (seen.has(resource)) return;
      seen.add(resource);
      work.push({ resource, container: resource, path: at });
      for (const [inside, where] of innerResources(resource, at)) {
        if (seen.has(inside)) continue;
        seen.add(inside);
        this.inner.set(inside, where);
        work.push({ resource: inside, container: resource, path: where });
      }
    };
    enter(root, path);
    // The list grows while it is read; each resource is in it once, so that circles end.
    for (const standing of work) {
      for (const [found, at] of this.of(standing)) {
        if (found === undefined) continue;
        if (!this.named.has(found)) this.named.set(found, at);
        enter(found, at);
      }
    }
  }

  /** What a resource names itself, with the paths; undefined for what is not here, or of another type. */
  of({ resource, container, path }: Standing): [unknown, string][] {
    return namedBy(resource, path).map((named) => {
      const { reference } = named;
      const found = reference === undefined ? undefined
        : reference.startsWith('#') ? this.#containedIn(container).get(reference) : this.given.find(targetOf(reference));
      return [fits(found, named) ? found : undefined, named.path];
    });
  }

  #containedIn(container: unknown): Map<string, unknown> {
    const there = this.#contained.get(container);
    if (there) return there;
    const contained = new Map<string, unknown>();
    for (const each of listOf(member(container, 'contained'))) {
      const target = `#${String(member(each, 'id'))}`;
      // Two of one name: neither is meant for certain.
      contained.set(target, contained.has(target) ? undefined : each);
    }
    this.#contained.set(container, contained);
    return contained;
  }
}
