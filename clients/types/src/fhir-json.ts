/** The chain's form `FhirJson`: the twin of `verify/src/fhir.rs`, with the same limits and the same faults. */
import { utf8 } from './bytes.js';
import { IntegrityBroken } from './errors.js';
import { JsonRefused, readJson, textOf, WrittenNumber, type Json, type JsonFault } from './json.js';

export { JSON_FAULTS, MAX_JSON_DEPTH, MAX_JSON_NUMBER, MAX_JSON_VALUES, type JsonFault } from './json.js';

/** The largest record in this form, in bytes. What is larger is committed to as `Bytes`. */
export const MAX_JSON_BYTES = 64 * 1024 * 1024;

/** The bytes are not FHIR JSON of one reading, or beyond a limit. */
export class NotFhirJson extends IntegrityBroken {
  constructor(readonly fault: JsonFault, detail: string, options?: ErrorOptions) {
    super(detail, options);
  }
}

/** An object or array that is being printed: what is in it, in order, and how much of that is done. */
interface Printing {
  node: Json[] | Map<string, Json>;
  names: string[] | undefined;
  done: number;
}

function print(whole: Json): string {
  const parts: string[] = [];
  const open: Printing[] = [];
  let value: Json | undefined = whole;
  for (;;) {
    if (value instanceof Map) {
      parts.push('{');
      open.push({ node: value, names: [...value.keys()].sort(), done: 0 });
    } else if (Array.isArray(value)) {
      parts.push('[');
      open.push({ node: value, names: undefined, done: 0 });
    } else if (value !== undefined) {
      parts.push(value instanceof WrittenNumber ? value.text : JSON.stringify(value));
    }
    const last = open.at(-1);
    if (!last) return parts.join('');
    const { node, names, done } = last;
    last.done += 1;
    if (done > 0 && done < (names ?? node as Json[]).length) parts.push(',');
    if (!names) {
      value = (node as Json[])[done];
    } else {
      const name = names[done];
      if (name !== undefined) parts.push(JSON.stringify(name), ':');
      value = name === undefined ? undefined : (node as Map<string, Json>).get(name);
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
  try {
    return utf8(print(readJson(textOf(record, MAX_JSON_BYTES, 'taken off'))));
  } catch (error) {
    if (!(error instanceof JsonRefused)) throw error;
    throw new NotFhirJson(error.fault, error.message, { cause: error });
  }
}

/**
 * What a record says, as JavaScript's values, after {@link canonicalFhirJson} has found one reading of it.
 * Numbers are doubles here: use this for what is not a number.
 */
export const parseFhirJson = (record: Uint8Array): unknown =>
  JSON.parse(new TextDecoder().decode(canonicalFhirJson(record))) as unknown;
