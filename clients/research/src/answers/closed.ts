/** Closed JSON objects, as the protocol of counts has them (`docs/research-protocol.md`): each member is known, nothing is `null`, and there is one reading. */

/** Something is not of the form that it must have. `part` is `document`, or the name of a member. */
export class Malformed extends SalusError {
  constructor(readonly part: string, options?: ErrorOptions) {
    super(`malformed: ${part}`, options);
  }
}

/** The most levels that anything here has. */
const DEEPEST = 12;

const isShallow = (value: unknown, left: number): boolean => left > 0
  && (typeof value !== 'object' || value === null || Object.values(value).every((each) => isShallow(each, left - 1)));

/** Reads JSON of at most `most` bytes, with each member once. */
export function readJson(text: string | Uint8Array, most: number): unknown {
  const bytes = typeof text === 'string' ? utf8(text) : text;
  if (bytes.length > most) throw new Malformed('document');
  try {
    const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(canonicalFhirJson(bytes))) as unknown;
    if (isShallow(value, DEEPEST)) return value;
  } catch (error) {
    throw new Malformed('document', { cause: error });
  }
  throw new Malformed('document');
}

/** The canonical form (RFC 8785) of what is made here: ASCII texts, whole numbers, lists and objects. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, each]) => each !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join(',')}}`;
}

/** An object whose members are known. */
export class Closed {
  readonly #members: Readonly<Record<string, unknown>>;

  constructor(value: unknown, name: string, known: readonly string[]) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.keys(value).some((key) => !known.includes(key))) throw new Malformed(name);
    this.#members = value as Readonly<Record<string, unknown>>;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#members, name);
  }

  need(name: string): unknown {
    if (!this.has(name)) throw new Malformed(name);
    return this.#members[name];
  }

  text(name: string, form: RegExp = /^[\x20-\x7e]*$/): string {
    const value = this.need(name);
    if (typeof value !== 'string' || !form.test(value)) throw new Malformed(name);
    return value;
  }

  /** A whole number from 0 to `most`. */
  whole(name: string, most = Number.MAX_SAFE_INTEGER): number {
    const value = this.need(name);
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || value > most) throw new Malformed(name);
    return value;
  }

  small(name: string): number {
    return this.whole(name, 0xffff_ffff);
  }

  /** A hash in its one form. */
  hash(name: string): Hex {
    return this.text(name, /^0x[0-9a-f]{64}$/) as Hex;
  }

  list(name: string): unknown[] {
    const value = this.need(name);
    if (!Array.isArray(value)) throw new Malformed(name);
    return value;
  }
}import { canonicalFhirJson, SalusError, utf8, type Hex } from '@salus/types';

