/**
 * JSON of one reading: text of which every reader makes the same. The twin of `verify/src/json.rs`, with the same limits and the same
 * faults; `docs/vectors/fhir-forms.json` and `docs/vectors/files.json` have cases of both.
 */
import { utf8 } from './bytes.js';
import { SalusError } from './errors.js';

/** In how many objects and arrays a value may stand. FHIR's own resources stay below fifty, and the SDK's files below ten. */
export const MAX_JSON_DEPTH = 512;
/** The most values of one text: objects, arrays, strings, numbers and literals, all counted. */
export const MAX_JSON_VALUES = 4_194_304;
/** The most characters of one number. FHIR asks for 18 digits. A string may be as long as the text. */
export const MAX_JSON_NUMBER = 1_024;

/** Why something is no JSON of one reading, as the vectors and `salus-verify` name it. */
export const JSON_FAULTS = [
  'too-large', 'not-utf-8', 'not-json', 'member-twice', 'lone-surrogate', 'too-deep', 'too-many-values', 'number-too-long',
] as const;
export type JsonFault = (typeof JSON_FAULTS)[number];

/** The text is no JSON of one reading, or beyond a limit. Whoever reads for a caller says what was read. */
export class JsonRefused extends SalusError {
  constructor(readonly fault: JsonFault, detail: string) {
    super(detail);
  }
}

/** A number, as it is written: a double would round it, and would not tell 7.0 from 7. */
export class WrittenNumber {
  constructor(readonly text: string) {}
}

/** A value. Objects are maps, in which no name means anything to JavaScript. */
export type Json = null | boolean | string | WrittenNumber | Json[] | Map<string, Json>;

/** An object or array that is not closed yet. `name` is the member whose value comes next. */
interface Open {
  node: Json[] | Map<string, Json>;
  name: string;
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const LITERALS: readonly [string, Json][] = [['true', true], ['false', false], ['null', null]];

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
  read(): Json {
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
  #value(): Json | undefined {
    this.#space();
    if (this.#open.length > MAX_JSON_DEPTH) throw new JsonRefused('too-deep', `more than ${MAX_JSON_DEPTH} levels at character ${this.#at}`);
    this.#values += 1;
    if (this.#values > MAX_JSON_VALUES) throw new JsonRefused('too-many-values', `more than ${MAX_JSON_VALUES} values at character ${this.#at}`);
    const first = this.text[this.#at];
    if (first === '{') return this.#begin(new Map<string, Json>(), '}');
    if (first === '[') return this.#begin([], ']');
    if (first === '"') return this.#string();
    if (first !== undefined && (first === '-' || isDigit(first.charCodeAt(0)))) return this.#number();
    const [word, literal] = LITERALS.find(([each]) => this.text.startsWith(each, this.#at)) ?? [];
    if (word === undefined || literal === undefined) throw this.#notJson('a value is missing');
    this.#at += word.length;
    return literal;
  }

  #begin(node: Open['node'], end: string): Json | undefined {
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
    if (open.node.has(open.name)) throw new JsonRefused('member-twice', `the member ${JSON.stringify(open.name.slice(0, 60))} occurs twice`);
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
    if (LONE_SURROGATE.test(plain)) throw new JsonRefused('lone-surrogate', `half of a surrogate pair before character ${this.#at}`);
    return plain;
  }

  #number(): WrittenNumber {
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
    if (length > MAX_JSON_NUMBER) throw new JsonRefused('number-too-long', `a number of ${length} characters, and ${MAX_JSON_NUMBER} are the most`);
    return new WrittenNumber(this.text.slice(start, this.#at));
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

  #end(value: Json): Json {
    this.#space();
    if (this.#at < this.text.length) throw this.#notJson('there is something behind its end');
    return value;
  }

  #notJson(why: string): JsonRefused {
    return new JsonRefused('not-json', `not JSON: ${why} at character ${this.#at}`);
  }
}

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;

/**
 * The text of bytes in UTF-8, no more than `most` of them. A byte order mark before it is taken off, or kept and so no JSON. Throws
 * {@link JsonRefused}.
 */
export function textOf(bytes: Uint8Array, most: number, mark: 'taken off' | 'kept'): string {
  if (bytes.length > most) throw tooLarge(most);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: mark === 'kept' }).decode(bytes);
  } catch {
    throw new JsonRefused('not-utf-8', 'not JSON: not in UTF-8');
  }
}

/** The same of text that is in JavaScript's memory: it may have half of a surrogate pair, which no bytes can have. */
export function asText(text: string, most: number): string {
  if (text.length > most || (3 * text.length > most && utf8(text).length > most)) throw tooLarge(most);
  const at = text.search(LONE_SURROGATE);
  if (at >= 0) throw new JsonRefused('lone-surrogate', `half of a surrogate pair at character ${at}`);
  return text;
}

const tooLarge = (most: number): JsonRefused => new JsonRefused('too-large', `more than ${most} bytes`);

/**
 * The one value that a text is. Throws {@link JsonRefused} for what is not JSON, for a member that occurs twice, for half of a
 * surrogate pair, and beyond a limit.
 */
export const readJson = (text: string): Json => new Reader(text).read();
