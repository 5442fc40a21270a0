/** Resources that this SDK made, read back: by what they say, and checked by making them again. */
import { decimal } from '@salus/types/claims';
import { isDay, momentSpan } from '@salus/types/days';
import { WrittenNumber } from '@salus/types/json';
import { FhirElement, isMembers, readTree, valueIn, type Tree } from './fhir-tree.js';
import { FhirRefused } from './refused.js';

/** Our identifier of a resource. Others' resources are `NotOurs`. */
export function ourNumber(resource: FhirElement, system: string): string {
  const own = (resource.has('identifier') ? resource.children('identifier') : []).find((one) => one.string('system') === system);
  return own?.string('value') ?? resource.refuse('NotOurs', `it has no identifier of ${system}`, 'identifier');
}

/** Our identifier in a reference. */
export function ourReference(element: FhirElement, name: string, system: string): string {
  const reference = element.required(element.child(name), name);
  return valueIn(system, reference) ?? reference.refuse('NotOurs', `it has no identifier of ${system}`);
}

/** A number of the chain: an identifier in digits. */
export const numbered = (element: FhirElement, text: string): number =>
  (/^(0|[1-9]\d{0,15})$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : element.refuse('Malformed', `${text} is not a number of the chain`));

/** The parts of an extension of ours. `undefined` if it is not there. */
export class Extensions {
  private constructor(private readonly parts: ReadonlyMap<string, FhirElement>, private readonly around: FhirElement) {}

  static of(element: FhirElement, url: string): Extensions | undefined {
    const own = element.children('extension').find((one) => one.string('url') === url);
    return own && new Extensions(new Map(own.children('extension').map((part) => [part.string('url') ?? '', part])), own);
  }

  static required(element: FhirElement, url: string): Extensions {
    return Extensions.of(element, url) ?? element.refuse('NotOurs', `it has no extension ${url}`, 'extension');
  }

  private part<T>(name: string, read: (part: FhirElement) => T | undefined): T | undefined {
    const part = this.parts.get(name);
    return part && (read(part) ?? part.refuse('Malformed', `${name} is of another type`));
  }

  text = (name: string): string | undefined => this.part(name, (part) => part.string('valueString') ?? part.string('valueCode'));
  number = (name: string): number | undefined => this.part(name, (part) => numbered(part, part.number('valueUnsignedInt') ?? part.string('valueString') ?? ''));
  moment = (name: string): number | undefined => this.part(name, (part) => momentOf(part, 'valueDateTime'));
  money = (name: string): FhirElement | undefined => this.part(name, (part) => part.child('valueMoney'));

  needed<T>(value: T | undefined, name: string): T {
    return value ?? this.around.refuse('Malformed', `it has no ${name}`);
  }
}

/** The moment of an element; a day is none. */
export function momentOf(element: FhirElement, name: string): number {
  const written = element.required(element.string(name), name);
  if (isDay(written)) return element.refuse('Date', `${written} is a day, and not a moment`, name);
  return momentSpan(written, 'UTC').from;
}

/** What others may add to a resource without changing what it says. */
const ADDED = new Set(['id', 'meta', 'text', 'language']);

/**
 * Refuses a resource in which anything differs from the one that is made of what was read: a changed
 * amount, another state, an element more. What a server adds is not looked at (an id, a profile, plain
 * extensions of others), nor is how it writes numbers and offsets, nor what is at `without`.
 */
export function checkUnchanged(resource: FhirElement, made: object, without: (path: string) => boolean = () => false): void {
  compare(resource.members, readTree(JSON.stringify(made)), resource.path, without);
}

function compare(read: Tree | undefined, made: Tree | undefined, path: string, without: (path: string) => boolean): void {
  if (without(path)) return;
  const differs = (): never => {
    throw new FhirRefused('Changed', path, made === undefined ? 'it is not in the resource that says the same' : 'it is not what the resource says elsewhere');
  };
  if (isMembers(read) && isMembers(made)) {
    for (const name of new Set([...Object.keys(read), ...Object.keys(made)])) {
      const inMade = Object.hasOwn(made, name);
      if (!inMade && (ADDED.has(name) || name === 'extension' || name.startsWith('_'))) continue;
      compare(Object.hasOwn(read, name) ? read[name] : undefined, inMade ? made[name] : undefined, `${path}.${name}`, without);
    }
  } else if (Array.isArray(read) && Array.isArray(made)) {
    const own = path.endsWith('.extension') ? read.filter((one) => isOurs(one, made)) : read;
    if (own.length !== made.length) differs();
    made.forEach((inside, at) => compare(own[at], inside, `${path}[${at}]`, without));
  } else if (read instanceof WrittenNumber && made instanceof WrittenNumber) {
    if (!isSameNumber(read.text, made.text)) differs();
  } else if (typeof read === 'string' && typeof made === 'string') {
    if (read !== made && !isSameMoment(read, made)) differs();
  } else if (read !== made) {
    differs();
  }
}

/** Whether an extension is one of ours, or of the kind that we make here. */
function isOurs(extension: Tree, made: readonly Tree[]): boolean {
  const url = isMembers(extension) ? extension['url'] : undefined;
  return typeof url !== 'string' || /^urn:salus:|^[^:]*$/.test(url) || made.some((one) => isMembers(one) && one['url'] === url);
}

function isSameNumber(a: string, b: string): boolean {
  if (a.length > 60 || /[eE][+-]?\d{3}/.test(a)) return false;
  const [left, right] = [decimal(a), decimal(b)];
  return left.digits * 10n ** BigInt(right.scale) === right.digits * 10n ** BigInt(left.scale);
}

const MOMENT = /^\d{4}-\d\d-\d\dT/;

function isSameMoment(a: string, b: string): boolean {
  if (!MOMENT.test(a) || !MOMENT.test(b)) return false;
  try {
    return momentSpan(a, 'UTC').from === momentSpan(b, 'UTC').from;
  } catch {
    return false;
  }
}
