/** The chain's form `FhirJson`: the twin of `verify/src/fhir.rs`, with the same limits and the same faults. */
import { utf8 } from '../bytes.js';
import { IntegrityBroken } from '../errors.js';

/** The largest record in this form, in bytes. What is larger is committed to as `Bytes`. */
export const MAX_JSON_BYTES = 64 * 1024 * 1024;
/** In how many objects and arrays a value may stand. FHIR's own resources stay below fifty. */
export const MAX_JSON_DEPTH = 512;
/** The most values of one record: objects, arrays, strings, numbers and literals, all counted. */
export const MAX_JSON_VALUES = 4_194_304;
/** The most characters of one number. FHIR asks for 18 digits. A string may be as long as the record. */
export const MAX_JSON_NUMBER = 1_024;

/** Why something has no form `FhirJson`, as the vectors and `salus-verify` name it. */
export const JSON_FAULTS = [
  'too-large', 'not-utf-8', 'not-json', 'member-twice', 'lone-surrogate', 'too-deep', 'too-many-values', 'number-too-long',
] as const;
export type JsonFault = (typeof JSON_FAULTS)[number];

/** The bytes are not FHIR JSON of one reading, or beyond a limit. */
export class NotFhirJson extends IntegrityBroken {
  constructor(readonly fault: JsonFault, detail: string) {
    super(detail);
  }
}

/** A scalar is its canonical text; an object keeps its members until all are known and can be sorted. */
type Node = string | Node[] | Map<string, Node>;

/** An object or array that is not closed yet. `name` is the member whose value comes next. */
interface Open {
  node: Node[] | Map<string, Node>;
  name: string;
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const LITERALS = ['true', 'false', 'null'] as const;

/**
 * Reads JSON from left to right. It neither recurses nor matches anything long by a regular expression:
 * both would exhaust the stack at a depth or a length that a sender chooses.
 */
class Reader {
  #at = 0;
  #values = 0;
  readonly #open: Open[] = [];

  constructor(readonly text: string) {}

  /** The whole text as one value. */
  read(): Node {
    for (;;) {
      let value = this.#value();
      if (value === undefined) continue;
      // The value may be the last of what is around it, and that of what is around that.
      for (;;) {
        const around = this.#open.at(-1);
        if (!around) return this.#end(value);
        if (around.node instanceof Map) around.node.set(around.name, value);
        else around.node.push(value);
        if (!this.#closes(around)) break;
        this.#open.pop();
        value = around.node;
      }
    }
  }

  /** A scalar, or an object or array without content; `undefined` where one with content begins. */
  #value(): Node | undefined {
    this.#space();
    if (this.#open.length > MAX_JSON_DEPTH) throw new NotFhirJson('too-deep', `more than ${MAX_JSON_DEPTH} levels at character ${this.#at}`);
    this.#values += 1;
    if (this.#values > MAX_JSON_VALUES) throw new NotFhirJson('too-many-values', `more than ${MAX_JSON_VALUES} values at character ${this.#at}`);
    const first = this.text[this.#at];
    if (first === '{') return this.#begin(new Map<string, Node>(), '}');
    if (first === '[') return this.#begin([], ']');
    if (first === '"') return JSON.stringify(this.#string());
    if (first !== undefined && (first === '-' || isDigit(first.charCodeAt(0)))) return this.#number();
    const literal = LITERALS.find((word) => this.text.startsWith(word, this.#at));
    if (literal === undefined) throw this.#notJson('a value is missing');
    this.#at += literal.length;
    return literal;
  }

  #begin(node: Open['node'], end: string): Node | undefined {
    this.#at += 1;
    this.#space();
    if (this.#skip(end)) return node;
    const open = { node, name: '' };
    this.#open.push(open);
    this.#name(open);
    return undefined;
  }

  /** Goes past what stands behind a value: a comma and the next member's name, or the end. */
  #closes(around: Open): boolean {
    this.#space();
    if (this.#skip(around.node instanceof Map ? '}' : ']')) return true;
    if (!this.#skip(',')) throw this.#notJson('a comma or the end is missing');
    this.#name(around);
    return false;
  }

  #name(open: Open): void {
    if (!(open.node instanceof Map)) return;
    this.#space();
    if (this.text[this.#at] !== '"') throw this.#notJson('a member without a name');
    open.name = this.#string();
    if (open.node.has(open.name)) throw new NotFhirJson('member-twice', `the member "${open.name.slice(0, 60)}" occurs twice`);
    this.#space();
    if (!this.#skip(':')) throw this.#notJson('a member\'s name without a colon');
  }

  /** What a string says. JSON can write half of a surrogate pair, but that is no text. */
  #string(): string {
    const { text } = this;
    const start = this.#at;
    let escaped = false;
    let at = start + 1;
    for (; ; at += 1) {
      const unit = text.charCodeAt(at);
      if (unit === 0x22) break;
      if (unit === 0x5c) {
        escaped = true;
        at += 1;
      } else if (!(unit >= 0x20)) {
        this.#at = at;
        throw this.#notJson('a string does not end, or has a control character');
      }
    }
    this.#at = at + 1;
    // Only escapes can write what the decoder of UTF-8 would have refused.
    if (!escaped) return text.slice(start + 1, at);
    let plain: string;
    try {
      plain = JSON.parse(text.slice(start, this.#at)) as string;
    } catch {
      throw this.#notJson('a wrong escape in the string');
    }
    if (LONE_SURROGATE.test(plain)) throw new NotFhirJson('lone-surrogate', `half of a surrogate pair before character ${this.#at}`);
    return plain;
  }

  /** A number, kept as it is written. */
  #number(): string {
    const start = this.#at;
    this.#skip('-');
    // A zero ends the whole part: a digit behind it is no part of the number.
    if (!this.#skip('0')) this.#digits();
    if (this.#skip('.')) this.#digits();
    if (this.#skip('e') || this.#skip('E')) {
      if (!this.#skip('+')) this.#skip('-');
      this.#digits();
    }
    const length = this.#at - start;
    if (length > MAX_JSON_NUMBER) throw new NotFhirJson('number-too-long', `a number of ${length} characters, and ${MAX_JSON_NUMBER} are the most`);
    return this.text.slice(start, this.#at);
  }

  #digits(): void {
    const start = this.#at;
    while (isDigit(this.text.charCodeAt(this.#at))) this.#at += 1;
    if (this.#at === start) throw this.#notJson('a number without digits');
  }

  #space(): void {
    for (;;) {
      const unit = this.text.charCodeAt(this.#at);
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return;
      this.#at += 1;
    }
  }

  #skip(token: string): boolean {
    const found = this.text[this.#at] === token;
    if (found) this.#at += 1;
    return found;
  }

  #end(value: Node): Node {
    this.#space();
    if (this.#at < this.text.length) throw this.#notJson('there is something behind its end');
    return value;
  }

  #notJson(why: string): NotFhirJson {
    return new NotFhirJson('not-json', `not JSON: ${why} at character ${this.#at}`);
  }
}

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;

/** An object or array that is being printed: what is in it, in order, and how much of that is done. */
interface Printing {
  node: Node[] | Map<string, Node>;
  names: string[] | undefined;
  done: number;
}

function print(whole: Node): string {
  const parts: string[] = [];
  const open: Printing[] = [];
  let value: Node | undefined = whole;
  for (;;) {
    if (typeof value === 'string') parts.push(value);
    else if (value !== undefined) {
      const isObject = value instanceof Map;
      parts.push(isObject ? '{' : '[');
      open.push({ node: value, names: isObject ? [...(value as Map<string, Node>).keys()].sort() : undefined, done: 0 });
    }
    const last = open.at(-1);
    if (!last) return parts.join('');
    const { node, names, done } = last;
    last.done += 1;
    if (done > 0 && done < (names ?? node as Node[]).length) parts.push(',');
    if (!names) {
      value = (node as Node[])[done];
    } else {
      const name = names[done];
      if (name !== undefined) parts.push(JSON.stringify(name), ':');
      value = name === undefined ? undefined : (node as Map<string, Node>).get(name);
    }
    if (value === undefined) {
      parts.push(names ? '}' : ']');
      open.pop();
    }
  }
}

/**
 * FHIR JSON with members sorted (by UTF-16 code units, as in RFC 8785), white space removed, strings
 * in their shortest escape, and numbers **kept as they are written**: 1.0 is not 1.00 in FHIR, and
 * RFC 8785 would make both 1. A byte order mark before it is ignored.
 *
 * Throws {@link NotFhirJson} for what is not JSON in UTF-8, for a member that occurs twice, for half of a
 * surrogate pair, and beyond a limit. `docs/vectors/fhir-forms.json` has cases of each.
 */
export function canonicalFhirJson(record: Uint8Array): Uint8Array {
  if (record.length > MAX_JSON_BYTES) throw new NotFhirJson('too-large', `${record.length} bytes, and ${MAX_JSON_BYTES} are the most`);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(record);
  } catch {
    throw new NotFhirJson('not-utf-8', 'not JSON: not in UTF-8');
  }
  return utf8(print(new Reader(text).read()));
}

/**
 * What a record says, as JavaScript's values, after {@link canonicalFhirJson} has found one reading of it.
 * Numbers are doubles here: use this for what is not a number.
 */
export const parseFhirJson = (record: Uint8Array): unknown =>
  JSON.parse(new TextDecoder().decode(canonicalFhirJson(record))) as unknown;
