/** What of a resource says that the rest means something else. */
import { listOf, member, membersOf } from './refused.js';

/** Something that changes the meaning of what is around it. */
export interface Modifier {
  name: 'implicitRules' | 'modifierExtension';
  path: string;
  /** The URLs of the extensions. */
  urls: string[];
  /** The name of the element in which it stands. */
  place: string;
}

/** Every `implicitRules` and `modifierExtension` of a resource, at any depth. */
export function* modifiersOf(node: unknown, path: string, place = path): Generator<Modifier> {
  for (const [name, value] of membersOf(node)) {
    const at = Array.isArray(node) ? `${path}[${name}]` : `${path}.${name}`;
    // What belongs to a primitive value stands beside it, under its name with an underscore.
    const bare = name.startsWith('_') ? name.slice(1) : name;
    if (bare === 'implicitRules' || bare === 'modifierExtension') {
      yield { name: bare, path: at, urls: listOf(value).map((extension) => String(member(extension, 'url')).slice(0, 120)), place };
    }
    if (typeof value === 'object' && value !== null) yield* modifiersOf(value, at, Array.isArray(node) ? place : name);
  }
}
