/** What FHIR R4 references are to: by what they say, and among the resources that are there. */
import { member, membersOf } from './refused.js';

/** The parts of a reference's path, without what asks for it, or the version that it may name. */
function partsOf(reference: string): string[] {
  const parts = reference.split('/');
  while (parts.length > 1 && parts.at(-1) === '') parts.pop();
  const version = parts.lastIndexOf('_history');
  return version >= 2 ? parts.slice(0, version) : parts;
}

/** The type that a reference names, if it is of the form `Type/id`, relative or absolute, or asks for one (`Type?identifier=1`). */
export const typeIn = (reference: string): string | undefined => {
  const asked = /(?:^|\/)([A-Z][A-Za-z]+)\?/.exec(reference)?.[1];
  if (asked) return asked;
  const [type, id] = partsOf(reference).slice(-2);
  return type && id && /^[A-Z][A-Za-z]+$/.test(type) ? type : undefined;
};

/** What a reference is to: `Type/id`, `#id`, or a whole URL, for another server has other resources under the same id. */
export const targetOf = (reference: string): string => partsOf(reference).join('/');

/**
 * Elements that may reference a document and need not, by their names, by those with the name of the element around them, or
 * by those with the type of the resource: the references of R4 whose targets are `Any` or a document among others. Who or
 * what a resource is about is not among them, nor what it answers to.
 */
export const MAYBE_DOCUMENTS: ReadonlySet<string> = new Set([
  'supportingInfo', 'supportingInformation', 'supportingPatientInformation', 'outcomeReference', 'valueReference', 'contentReference', 'derivedFrom',
  'focus', 'report', 'evidence.detail', 'event.detail', 'section.entry', 'entry.item', 'related.ref', 'context.related', 'entity.what', 'data.reference',
  'medicationReference', 'ingredient.itemReference', 'suppliedItem.itemReference', 'detail.productReference', 'subjectMedicalHistory', 'referenceDocument', 'implicated', 'about', 'evaluatedResource', 'topicReference', 'item.resource', 'action.resource',
  'RiskAssessment basis', 'Provenance target', 'Media partOf', 'Communication partOf', 'Consent sourceReference', 'VerificationResult target',
  ...['CarePlan', 'Communication', 'CommunicationRequest', 'DeviceRequest', 'DeviceUseStatement', 'FamilyMemberHistory', 'GuidanceResponse', 'ImagingStudy',
    'Procedure', 'RequestGroup', 'RiskAssessment', 'ServiceRequest', 'SupplyRequest', 'Task'].map((type) => `${type} reasonReference`),
]);

/** Names of elements are shorter than that. A sender's may be long, and nothing long is put together for each value. */
const LONGEST_NAME = 40;

/** Whether an element may reference a document: its name, that of the element around it, and the resource's type. */
export const mayBeDocument = (resourceType: unknown, name: string, around: string): boolean =>
  [name, around, resourceType].every((each) => typeof each === 'string' && each.length <= LONGEST_NAME)
  && [name, `${around}.${name}`, `${String(resourceType)} ${name}`].some((place) => MAYBE_DOCUMENTS.has(place));

/** Resources whose labels count for what references them: documents, and medicines, of which whoever references one says nothing else. */
export const DOCUMENTS: ReadonlySet<string> = new Set(['DocumentReference', 'DocumentManifest', 'Composition', 'Medication']);

export const isDocument = (type: unknown): boolean => typeof type === 'string' && DOCUMENTS.has(type.replace(/^.*\//, ''));

/** Resources whose labels count for what references them if they are here: why something was done, and what was done. They are records of their own. */
export const REASONS: ReadonlySet<string> = new Set(['Condition', 'Procedure', 'Substance']);

/** A Bundle around a resource, the entry in which that Bundle itself is, and the Bundle around that. */
interface Around {
  bundle: object;
  entry: object;
  outer: Around | undefined;
}

/** A resource that was given: the value in which it stands, which may be an entry, and the Bundle around that. */
interface Item {
  resource: unknown;
  value: object;
  around: Around | undefined;
  text?: string;
}

/** Resources that were given beside another: alone, as entries of a Bundle with their URLs, or in Bundles at any depth. */
export class Given {
  /** By what references to them say; undefined where two different ones would be meant. */
  readonly #byTarget = new Map<string, Item[] | undefined>();
  readonly #items: Item[] = [];

  constructor(resources: readonly unknown[]) {
    const left: [unknown, Around | undefined][] = resources.map((each) => [each, undefined]);
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const [value, around] = next;
      const resource = member(value, 'resource') ?? value;
      if (typeof value !== 'object' || value === null || typeof resource !== 'object' || resource === null) continue;
      const item: Item = { resource, value, around };
      this.#items.push(item);
      const fullUrl = member(value, 'fullUrl');
      if (typeof fullUrl === 'string') this.#know(targetOf(fullUrl), item);
      const [type, id] = [member(resource, 'resourceType'), member(resource, 'id')];
      if (typeof type === 'string' && typeof id === 'string') this.#know(`${type}/${id}`, item);
      if (type === 'Bundle') for (const [, entry] of membersOf(member(resource, 'entry'))) left.push([entry, { bundle: resource, entry: value, outer: around }]);
    }
  }

  #know(target: string, item: Item): void {
    const there = this.#byTarget.get(target);
    if (!this.#byTarget.has(target)) this.#byTarget.set(target, [item]);
    // Its URL may be its Type/id.
    else if (there?.at(-1) === item) return;
    else if (there && textOf(there[0]) === textOf(item)) there.push(item);
    else this.#byTarget.set(target, undefined);
  }

  find(target: string): unknown {
    return this.#byTarget.get(target)?.[0]?.resource;
  }

  /** The resource with all that is around it: what is said of a Bundle, or of an entry, is said of each resource in it. */
  withBundles(target: string): unknown[] {
    return (this.#byTarget.get(target) ?? []).map(wrapped);
  }

  /** The same resource where it is in what was given, with the Bundles around it. */
  sameAs(resource: unknown): unknown[] {
    const [type, id] = ['resourceType', 'id'].map((name) => member(resource, name));
    const text = JSON.stringify(resource);
    return this.#items.filter((item) => item.value !== item.resource || item.around)
      .filter((item) => member(item.resource, 'resourceType') === type && member(item.resource, 'id') === id && textOf(item) === text)
      .map(wrapped);
  }
}

/** What two items must have in common to be one: it is written once, for there may be many of one name. */
const textOf = (item: Item | undefined): string | undefined => item && (item.text ??= JSON.stringify(item.resource));

/** An item in copies of the Bundles around it that have no other entries. */
function wrapped({ value, around }: Item): unknown {
  let whole = value;
  for (let each = around; each; each = each.outer) {
    const bundle = { ...each.bundle, entry: [whole] };
    whole = each.entry === each.bundle ? bundle : { ...each.entry, resource: bundle };
  }
  return whole;
}
