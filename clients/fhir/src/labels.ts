/** The sensitivity labels of a FHIR resource, from every place where FHIR puts them. */
import { MAX_JSON_DEPTH, SENSITIVITY_LABELS, type SensitivityLabel } from '@salus/types';
import { LabelRules, STANDARD_RULES, type OwnRule } from './label-rules.js';
import { labelRule, type LabelRule } from './label-table.js';
import { fits, namedBy, type Named } from './members.js';
import { Given, isDocument, mayBeDocument, REASONS, targetOf, typeIn } from './references.js';
import { listOf, member, membersOf, pathsOf, ResourceRefused } from './refused.js';
import { codeOf, keyOf, shown, V3_CONFIDENTIALITY, type Code } from './systems.js';

/** What an organisation's own security code asks for: labels, or none if any record gets that care. */
export interface OwnLabel extends Code {
  labels: readonly SensitivityLabel[];
}

/** What is known beside the resource. */
export interface LabelOptions {
  /**
   * Documents that the resource references, as JSON values: their labels count as its own. Also entries of Bundles, and whole
   * Bundles: they tell what a reference is to that names no type (`urn:uuid:…`).
   */
  documents?: readonly unknown[];
  /** Results that it names (`result`, `hasMember`, `derivedFrom`), as JSON values, or the Bundle that it came in. Each may name others. */
  results?: readonly unknown[];
  /** The organisation's own security codes. A code of HL7's tables means what it means there. */
  ownLabels?: readonly OwnLabel[];
  /** The organisation's own rules, beside those of `label-rules-data.ts`. */
  ownRules?: readonly OwnRule[];
}

/** Extensions that hold a label: of a part of a resource (DS4P), and a Composition's second confidentiality. */
const LABEL_EXTENSION = /sec-label|security-label|confidentiality/i;

/** Extensions of DS4P that are about labels: whether there are any inside, who gave them, by which law. */
const ABOUT_LABELS = /^http:\/\/hl7\.org\/fhir\/uv\/security-label-ds4p\/StructureDefinition\/extension-(has-inline-sec-label|sec-label-(basis|classifier|related-artifact))$/;

/** A place where FHIR puts a label: the codings of one concept. An empty list is a label without a code. */
interface Label {
  codings: unknown[];
  path: string;
}

/** The labels of a value that is a `Coding`, a `CodeableConcept`, or a list of either. */
const labelsIn = (value: unknown, path: string): Label[] => pathsOf(value, path).map(([item, at]) => {
  const codings = member(item, 'coding');
  return codings === undefined ? { codings: [item], path: at } : { codings: listOf(codings), path: at };
});

/** The labels of one object, without those of what is inside it. No list is spread over arguments: it may be long. */
function labelsAt(node: unknown, path: string): Label[] {
  const security = pathsOf(member(node, 'meta'), `${path}.meta`).flatMap(([meta, at]) => labelsIn(member(meta, 'security'), `${at}.security`));
  // DocumentReference, a provision of a Consent, an entity of an AuditEvent.
  const labels = labelsIn(member(node, 'securityLabel'), `${path}.securityLabel`);
  // In a Composition it is a code, whose system the element fixes.
  const confidentiality = pathsOf(member(node, 'confidentiality'), `${path}.confidentiality`).flatMap(([code, at]) =>
    labelsIn(typeof code === 'string' ? { system: V3_CONFIDENTIALITY, code } : code, at));
  // A code that is not there but has an extension, which says why it is not there.
  const absent = member(node, 'confidentiality') === undefined && member(node, '_confidentiality') !== undefined
    ? [{ codings: [], path: `${path}._confidentiality` }] : [];
  const url = member(node, 'url');
  const values = typeof url === 'string' && LABEL_EXTENSION.test(url) && !ABOUT_LABELS.test(url) ? membersOf(node).filter(([name]) => name.startsWith('value')) : [];
  const extended = values.flatMap(([name, value]) =>
    labelsIn(name === 'valueCode' ? { system: V3_CONFIDENTIALITY, code: value } : value, `${path}.${name}`));
  return [security, labels, confidentiality, absent, extended].flat();
}

/** A reference to a document, or whatever stands where a document is referenced. */
interface Pointer {
  reference: string | undefined;
  path: string;
  /** Nothing says of which type it is: it may be a document. */
  isUntyped: boolean;
}

/** A reference to what may be a reason: what it is to counts if it is here. */
interface Reason {
  reference: string;
  path: string;
  isReason: true;
}

/** A reference that the walk has met, with the number of the resource in which its `#id` is. */
type Met = { container: number } & (Pointer | Named | Reason);

/** Where a reference is to a document whatever it says: the elements by the two last names of their paths. */
export const DOCUMENT_PLACES: ReadonlySet<string> = new Set([
  'DocumentManifest content', 'DocumentReference relatesTo.target', 'Composition relatesTo.targetReference', 'Binary securityContext',
]);

/**
 * The member in which a value stands, or in whose list, the one around that, and whether it is in `contained`.
 * Paths are not searched: a sender can make them long.
 */
interface Place {
  name: string;
  around: string;
  isContained: boolean;
}

const isDocumentPlace = (resourceType: unknown, { name, around }: Place): boolean =>
  typeof resourceType === 'string' && [name, `${around}.${name}`].some((place) => DOCUMENT_PLACES.has(`${resourceType} ${place}`));

function pointerOf(node: unknown, resourceType: unknown, path: string, place: Place): Pointer | undefined {
  const [reference, identifier, type] = ['reference', 'identifier', 'type'].map((name) => member(node, name));
  const isReference = typeof reference === 'string' || (identifier !== undefined && typeof type === 'string') || member(node, 'display') !== undefined;
  if (!isReference) return undefined;
  const text = typeof reference === 'string' ? reference : undefined;
  const named = text === undefined ? type : typeIn(text) ?? type;
  if (isDocumentPlace(resourceType, place)) return { reference: text, path, isUntyped: false };
  if (typeof named === 'string') return isDocument(named) ? { reference: text, path, isUntyped: false } : undefined;
  // Of text alone nothing can be looked up; of a reference without a type it matters whether it is to a document.
  return text !== undefined && mayBeDocument(resourceType, place.name, place.around) ? { reference: text, path, isUntyped: true } : undefined;
}

/** A reference to a reason, or to what does not say of which type it is. */
function reasonOf(node: unknown, path: string): Reason | undefined {
  const reference = member(node, 'reference');
  if (typeof reference !== 'string') return undefined;
  const type = typeIn(reference) ?? member(node, 'type');
  return typeof type !== 'string' || REASONS.has(type) ? { reference, path, isReason: true } : undefined;
}

/** What was found in a value: labels that are written, and labels for which codes ask. */
interface Inside {
  written: Set<SensitivityLabel>;
  coded: Set<SensitivityLabel>;
}

/** Walks over a resource and all inside it. */
class Walk {
  readonly found = new Set<SensitivityLabel>();
  readonly pointers: Met[] = [];
  /** The reasons that the walk has been over. */
  readonly reasons = new Set<string>();
  /** What the walk has been over, by the names under which references know it. */
  readonly known = new Set<string>();
  /** What is in the `contained` of each resource, by the number of that and the `#id`. */
  readonly contained = new Map<number, Set<string>>();
  /** How many resources there were that are in no other's `contained`. */
  #containers = 0;
  readonly #own: Map<string, readonly SensitivityLabel[]>;
  readonly #rules: readonly LabelRules[];
  #isAlone = false;

  constructor(own: readonly OwnLabel[], ownRules: readonly OwnRule[]) {
    this.#own = new Map(own.map((row) => [keyOf(row), row.labels]));
    this.#rules = ownRules.length > 0 ? [STANDARD_RULES, new LabelRules(ownRules)] : [STANDARD_RULES];
  }

  /** Collects what is in `root`; a restriction must be explained in the object that has it, or inside that. */
  over(root: unknown): void {
    const resourceType = member(root, 'resourceType');
    const path = typeof resourceType === 'string' ? resourceType : 'resource';
    const { written, coded } = this.#inside(root, path, undefined, { name: '', around: '', isContained: false }, 0, 0);
    for (const labels of [written, coded]) labels.forEach((label) => this.found.add(label));
  }

  /** The same, and nothing of what that references. It is none of the results and documents that count wherever they are. */
  overAlone(root: unknown): void {
    this.#isAlone = true;
    this.over(root);
    this.#isAlone = false;
  }

  #inside(node: unknown, path: string, around: unknown, place: Place, depth: number, outer: number): Inside {
    if (depth > MAX_JSON_DEPTH) {
      throw new ResourceRefused('not-a-resource', path.slice(0, 200), `more than ${MAX_JSON_DEPTH} levels`, { help: 'No FHIR resource is so deep.' });
    }
    const written = new Set<SensitivityLabel>();
    const coded = new Set<SensitivityLabel>();
    if (typeof node !== 'object' || node === null) return { written, coded };
    const own = member(node, 'resourceType');
    const resourceType = own ?? around;
    if (own !== undefined && !place.isContained) this.#containers += 1;
    const container = own !== undefined && !place.isContained ? this.#containers : outer;
    if (!this.#isAlone) this.#note(node, resourceType, path, place, container);
    const code = codeOf(node);
    if (code) for (const rules of this.#rules) rules.addLabels(code, coded);
    const isList = Array.isArray(node);
    for (const [name, value] of membersOf(node)) {
      if (typeof value !== 'object' || value === null) continue;
      const within = isList ? place : { name, around: place.name, isContained: place.isContained || name === 'contained' };
      const inside = this.#inside(value, isList ? `${path}[${name}]` : `${path}.${name}`, resourceType, within, depth + 1, container);
      inside.written.forEach((label) => written.add(label));
      inside.coded.forEach((label) => coded.add(label));
    }
    const rules = labelsAt(node, path).flatMap((label) => this.#rulesOf(label));
    for (const [rule] of rules) if (typeof rule === 'object') rule.forEach((label) => written.add(label));
    // What restricts the whole may be explained by a part, but not a part by something around it; and not by a code, for who
    // restricted it need not have meant that.
    const unexplained = rules.find(([rule]) => rule === 'restricted');
    if (unexplained && written.size === 0) {
      throw new ResourceRefused(
        'restricted-unexplained', unexplained[1], `${unexplained[2]} is more than ordinary, and nothing says why`,
        { help: 'Add the code of v3-ActCode for the kind of sensitivity, or treat the record by hand.' },
      );
    }
    return { written, coded };
  }

  /** What references know a value by, and what it references. */
  #note(node: object, resourceType: unknown, path: string, place: Place, container: number): void {
    const own = member(node, 'resourceType');
    if (own !== undefined) {
      this.#know(node, own, place.isContained, container);
      for (const named of namedBy(node, path)) this.pointers.push({ ...named, container });
    }
    const fullUrl = member(node, 'fullUrl');
    if (typeof fullUrl === 'string' && member(node, 'resource') !== undefined) this.known.add(targetOf(fullUrl));
    const pointer = pointerOf(node, resourceType, path, place);
    if (pointer) this.pointers.push({ ...pointer, container });
    const reason = reasonOf(node, path);
    if (reason) this.pointers.push({ ...reason, container });
  }

  /** A contained resource goes by `#id` alone: under `Type/id` the server has another one. */
  #know(resource: object, type: unknown, isContained: boolean, container: number): void {
    const id = member(resource, 'id');
    if (typeof id !== 'string' || typeof type !== 'string') return;
    if (!isContained) this.known.add(`${type}/${id}`);
    else this.contained.set(container, (this.contained.get(container) ?? new Set()).add(`#${id}`));
  }

  /** Whether the walk has been over what a reference in a resource is to. */
  has(reference: string, container: number): boolean {
    return reference.startsWith('#') ? this.contained.get(container)?.has(reference) === true : this.known.has(targetOf(reference));
  }

  /** What the codings of one label ask for. Each must be known: one may say more than the other. */
  #rulesOf({ codings, path }: Label): [LabelRule, string, string][] {
    const unknown = (at: string, coding: unknown, why: string): ResourceRefused => new ResourceRefused(
      'label-unknown', at, `the security label ${shown(coding)} ${why}`,
      { help: 'Use codes of v3-Confidentiality and v3-ActCode with their systems, name your own in `ownLabels`, or treat the record by hand.' },
    );
    if (codings.length === 0) throw unknown(path, undefined, 'is no code');
    return codings.map((coding, index) => {
      const at = codings.length > 1 ? `${path}.coding[${index}]` : path;
      const code = codeOf(coding);
      const rule = code && (labelRule(code) ?? this.#ownRule(code));
      if (rule === undefined) throw unknown(at, coding, 'is unknown');
      if (rule === 'no-label') throw unknown(at, coding, 'is one for which the chain has no label');
      return [rule, at, shown(coding)];
    });
  }

  #ownRule(code: Code): LabelRule | undefined {
    const labels = this.#own.get(keyOf(code));
    return labels?.length === 0 ? 'ordinary' : labels;
  }
}

/** The labels that were found, and the paths of the named results that are not here: each may have others. */
export interface FoundLabels {
  labels: SensitivityLabel[];
  missing: string[];
}

/** As {@link labelsOf}, for a resource with what was given beside it; a result that is not here is answered and not refused. */
export function findLabels(resource: unknown, given: Given, ownLabels: readonly OwnLabel[], ownRules: readonly OwnRule[]): FoundLabels {
  const walk = new Walk(ownLabels, ownRules);
  const missing: string[] = [];
  walk.over(resource);
  for (const whole of given.sameAs(resource)) walk.over(whole);
  // The list grows while it is read: what is referenced may reference others.
  for (const met of walk.pointers) {
    const { reference, path, container } = met;
    if (reference !== undefined && walk.has(reference, container)) continue;
    // A resource inside another goes by `#id`, there alone, and nothing that is given does.
    const target = reference === undefined || reference.startsWith('#') ? undefined : targetOf(reference);
    const found = target === undefined ? undefined : given.find(target);
    if ('isReason' in met) {
      if (target === undefined || walk.reasons.has(target) || !REASONS.has(String(member(found, 'resourceType')))) continue;
      walk.reasons.add(target);
      for (const whole of given.withBundles(target)) walk.overAlone(whole);
      continue;
    }
    if ('element' in met) {
      // A source that turns out to be a document is looked up as one.
      if (met.element.isSource && isDocument(member(found, 'resourceType'))) continue;
      if (target === undefined || !fits(found, met)) {
        missing.push(path);
        continue;
      }
    } else if (target === undefined || found === undefined) {
      const shownTarget = reference === undefined ? '' : `"${targetOf(reference).slice(0, 200)}" `;
      throw new ResourceRefused(
        'document-not-given', path,
        met.isUntyped ? `${shownTarget}is not here, names no type, and may be a document or a medicine, whose labels would count` : `the document or medicine ${shownTarget}is not here, and its labels are unknown`,
        {
          help: 'Give it in `documents`: alone, or as { fullUrl, resource } or the Bundle that it came in if the reference is no Type/id.',
          labels: SENSITIVITY_LABELS.filter((label) => walk.found.has(label)),
        },
      );
      // Here it tells its type; only the labels of documents and of named results count for what references them.
    } else if (met.isUntyped && !isDocument(member(found, 'resourceType'))) continue;
    walk.known.add(target);
    for (const whole of given.withBundles(target)) walk.over(whole);
  }
  return { labels: SENSITIVITY_LABELS.filter((label) => walk.found.has(label)), missing };
}

/** Throws if a named result is not here. */
export function refuseMissing({ labels, missing: [path] }: FoundLabels): void {
  if (path === undefined) return;
  throw new ResourceRefused(
    'result-not-given', path, 'the result is not here, and its class and labels are unknown',
    { help: 'Give it in `results`: alone, or as { fullUrl, resource } or the Bundle that it came in if the reference is no Type/id.', labels },
  );
}

/**
 * The labels of a resource, as JSON gives it: its own, those of every resource inside it at any depth (`contained`,
 * the entries of a Bundle, the parts of Parameters), those of the documents that it references, and those of the results that it
 * names; also of the Bundles in which these were given.
 *
 * Read are `meta.security`, `securityLabel` (DocumentReference, Consent, AuditEvent), `Composition.confidentiality`,
 * and extensions that hold labels, each with its system: a code of another system is unknown, never ordinary. And every other
 * code with its system, wherever it stands, by the label rules; also of conditions, procedures and substances that are referenced and given.
 *
 * Throws {@link ResourceRefused} at a label that is in no table, at a restriction that no label explains, at a
 * referenced document or medicine that is neither inside the resource nor in `documents`, and at a named result that is neither inside nor in
 * `results`; also at what may be a document, because the reference names no type and stands where documents may be referenced.
 */
export function labelsOf(resource: unknown, { documents = [], results = [], ownLabels = [], ownRules = [] }: LabelOptions = {}): SensitivityLabel[] {
  const found = findLabels(resource, new Given([...documents, ...results]), ownLabels, ownRules);
  refuseMissing(found);
  return found.labels;
}
