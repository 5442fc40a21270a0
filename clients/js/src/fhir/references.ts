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
const MAYBE_DOCUMENTS = new Set([
  'supportingInfo', 'supportingInformation', 'supportingPatientInformation', 'outcomeReference', 'valueReference', 'contentReference', 'derivedFrom',
  'focus', 'report', 'evidence.detail', 'event.detail', 'section.entry', 'entry.item', 'related.ref', 'context.related', 'entity.what', 'data.reference',
  'subjectMedicalHistory', 'referenceDocument', 'implicated', 'about', 'evaluatedResource', 'topicReference', 'item.resource', 'action.resource',
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

/** Resources that were given beside another: alone, as entries of a Bundle with their URLs, or in Bundles at any depth. */
export class Given {
  /** By what references to them say; undefined where two different ones would be meant. */
  readonly #byTarget = new Map<string, unknown>();

  constructor(resources: readonly unknown[]) {
    const left = [...resources];
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const resource = member(next, 'resource') ?? next;
      const fullUrl = member(next, 'fullUrl');
      if (typeof fullUrl === 'string') this.#know(targetOf(fullUrl), resource);
      const [type, id] = [member(resource, 'resourceType'), member(resource, 'id')];
      if (typeof type === 'string' && typeof id === 'string') this.#know(`${type}/${id}`, resource);
      if (type === 'Bundle') for (const [, entry] of membersOf(member(resource, 'entry'))) left.push(entry);
    }
  }

  #know(target: string, resource: unknown): void {
    const there = this.#byTarget.get(target);
    const another = this.#byTarget.has(target) && there !== resource && JSON.stringify(there) !== JSON.stringify(resource);
    this.#byTarget.set(target, another ? undefined : resource);
  }

  find(target: string): unknown {
    return this.#byTarget.get(target);
  }
}
