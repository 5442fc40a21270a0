/** What of a resource says that the rest means something else, or is not all, or not real. */
import { listOf, member, membersOf, pathsOf } from './refused.js';
import { inWords } from './systems.js';

/** Something that changes the meaning of what is around it. */
export interface Modifier {
  name: 'implicitRules' | 'modifierExtension';
  path: string;
  /** The URLs of the extensions. */
  urls: string[];
  /** The name of the element in which it stands. */
  place: string;
}

/**
 * Every `implicitRules` and `modifierExtension` of a resource, at any depth. What stands beside them under a name with an
 * underscore, as FHIR's JSON has it for extensions of values, counts as they do: the path has that name.
 */
export function* modifiersOf(node: unknown, path: string, place = path): Generator<Modifier> {
  for (const [written, value] of membersOf(node)) {
    const at = Array.isArray(node) ? `${path}[${written}]` : `${path}.${written}`;
    const name = written.startsWith('_') ? written.slice(1) : written;
    if (name === 'implicitRules' || name === 'modifierExtension') {
      yield { name, path: at, urls: listOf(value).map((extension) => inWords(member(extension, 'url'), 120)), place };
    }
    if (typeof value === 'object' && value !== null) yield* modifiersOf(value, at, Array.isArray(node) ? place : written);
  }
}

/** Where a resource says of itself that parts were left out (`SUBSETTED`), or that it is test data (`HTEST`). */
export function* marksOf(resource: unknown, path: string): Generator<['SUBSETTED' | 'HTEST', string]> {
  for (const name of ['tag', 'security']) {
    for (const [coding, at] of pathsOf(member(member(resource, 'meta'), name), `${path}.meta.${name}`)) {
      const code = member(coding, 'code');
      if (code === 'SUBSETTED' || code === 'HTEST') yield [code, at];
    }
  }
}
