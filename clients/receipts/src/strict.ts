/**
 * One strict reading of the files that belong to receipts, the same as in `salus-verify` (`verify/src/files.rs`, `verify/src/shape.rs`).
 * What it asks for is written down in `docs/receipts.md`, and `docs/vectors/files.json` has what both accept and refuse.
 */
import { isDecimal, type Hex } from '@salus/types';
import { asText, JsonRefused, readJson, textOf, WrittenNumber, type Json } from '@salus/types/json';
import { ReceiptMalformed, type FileFault } from './errors.js';

const HEX = /^0x(?:[0-9a-f]{2})*$/;
const MAX_U32 = 2 ** 32 - 1;
const MAX_U64 = 2n ** 64n - 1n;
/** The longest key of a state that is read, in bytes. */
const MAX_KEY = 512;

/** The members of an object: `Name` are there, `Optional` may be. */
type Members<Name extends string, Optional extends string> = Record<Name, Json> & Partial<Record<Optional, Json>>;

const inWords = (value: Json): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Map) return 'an object';
  if (value instanceof WrittenNumber) return 'a number';
  return typeof value === 'string' ? 'a text' : String(value);
};

/** Reads one file, and says of it what is wrong: every method throws {@link ReceiptMalformed}. `what` is what errors call the file. */
export class StrictFile {
  constructor(private readonly what: string) {}

  bad(fault: FileFault, why: string): never {
    throw new ReceiptMalformed(this.what, fault, why);
  }

  /** The one value that the file is. Give its bytes: text that was decoded may have lost what was wrong with it. */
  json(file: Uint8Array | string, most: number): Json {
    try {
      return readJson(typeof file === 'string' ? asText(file, most) : textOf(file, most, 'kept'));
    } catch (error) {
      if (!(error instanceof JsonRefused)) throw error;
      throw new ReceiptMalformed(this.what, error.fault, error.message, { cause: error });
    }
  }

  /** The version of a file, one of `versions`. Looked at first, so that a file of another kind or version is told as such. */
  version<V extends number>(value: Json, format: string, versions: readonly V[]): V {
    const envelope = this.some(value, 'the file', ['format', 'version']);
    const found = this.text(envelope.format, 'format');
    const version = this.u32(envelope.version, 'version');
    if (found !== format) this.bad('other-format', `its format is ${JSON.stringify(found.slice(0, 60))} and not "${format}"`);
    return versions.find((known) => known === version)
      ?? this.bad('other-format', `version ${version} is not known here, only ${versions.join(' and ')}`);
  }

  /** The members of an object: all of `names`, perhaps some of `optional`, and no others. */
  members<N extends string, O extends string = never>(value: Json, name: string, names: readonly N[], optional: readonly O[] = []): Members<N, O> {
    const known: readonly string[] = [...names, ...optional];
    const stray = [...this.map(value, name).keys()].find((each) => !known.includes(each));
    if (stray !== undefined) this.bad('member-unknown', `${name} has a member that is not known, ${JSON.stringify(stray.slice(0, 60))}`);
    return this.some(value, name, names, optional);
  }

  /** The same of an object in which there may be others, of a format that is not of this SDK. */
  some<N extends string, O extends string = never>(value: Json, name: string, names: readonly N[], optional: readonly O[] = []): Members<N, O> {
    const map = this.map(value, name);
    const missing = names.find((each) => !map.has(each));
    if (missing !== undefined) this.bad('member-missing', `${name} has no ${missing}`);
    const there = [...names, ...optional].filter((each) => map.has(each));
    return Object.fromEntries(there.map((each) => [each, map.get(each)])) as Members<N, O>;
  }

  map(value: Json, name: string): Map<string, Json> {
    return value instanceof Map ? value : this.other(value, name, 'an object');
  }

  list<T>(value: Json, most: number, name: string, read: (each: Json) => T): T[] {
    if (!Array.isArray(value)) return this.other(value, name, 'a list');
    if (value.length > most) this.bad('wrong-value', `it has ${value.length} ${name}, and ${most} are the most`);
    return value.map((each) => read(each));
  }

  text(value: Json, name: string): string {
    return typeof value === 'string' ? value : this.other(value, name, 'a text');
  }

  oneOf<T extends string>(value: Json, known: readonly T[], name: string): T {
    const text = this.text(value, name);
    return known.find((each) => each === text) ?? this.bad('wrong-value', `${name} is not one of ${known.join(', ')}`);
  }

  hex(value: Json, name: string): Hex {
    const text = this.text(value, name);
    return HEX.test(text) ? text as Hex : this.bad('wrong-value', `${name} is not 0x and hexadecimal digits in lower case, two for each byte`);
  }

  hash(value: Json, name: string): Hex {
    const hex = this.hex(value, name);
    return hex.length === 66 ? hex : this.bad('wrong-value', `${name} is not 32 bytes`);
  }

  u32(value: Json, name: string): number {
    return this.#number(value, MAX_U32, name);
  }

  /** A number that JSON can carry: what is beyond 2^53 - 1 is another one to readers that take numbers for doubles. */
  count(value: Json, name: string): number {
    return this.#number(value, Number.MAX_SAFE_INTEGER, name);
  }

  /** A number of 64 bits, as a text. */
  decimal(value: Json, name: string): string {
    const text = this.text(value, name);
    const plain = isDecimal(text) && text.length <= 20 && BigInt(text) <= MAX_U64;
    return plain ? text : this.bad('wrong-value', `${name} is not a number of 64 bits in decimal digits`);
  }

  /** The keys and values of a state. */
  entries(value: Json, name: string): Map<Hex, Hex> {
    const read = ([key, each]: [string, Json]): [Hex, Hex] => [this.hex(key, `a key of ${name}`), this.hex(each, `a value of ${name}`)];
    const entries = new Map([...this.map(value, name)].map(read));
    if ([...entries.keys()].some((key) => key.length > 2 + 2 * MAX_KEY)) this.bad('wrong-value', `a key of ${name} is too long`);
    return entries;
  }

  #number(value: Json, most: number, name: string): number {
    if (!(value instanceof WrittenNumber)) return this.other(value, name, 'a number');
    const plain = isDecimal(value.text) && Number(value.text) <= most;
    return plain ? Number(value.text) : this.bad('wrong-value', `${name} is not a number up to ${most} in decimal digits`);
  }

  private other(value: Json, name: string, wanted: string): never {
    return this.bad('wrong-type', `${name} is ${inWords(value)}, and not ${wanted}`);
  }
}
