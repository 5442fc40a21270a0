/** Members of JSON objects that came from outside. */
import { asText, JsonRefused, readJson, textOf, WrittenNumber, type Json } from '@salus/types/json';

/** The members of an object, by their names. */
export type Members = ReadonlyMap<string, Json>;

/** The one object that a text is, or its bytes in UTF-8, no more than `most` of them. What it is not, `refuse` makes an error of. */
export function readMembers(from: string | Uint8Array, most: number, refuse: (problem: string) => Error): Members {
  let value: Json;
  try {
    value = readJson(typeof from === 'string' ? asText(from, most) : textOf(from, most, 'kept'));
  } catch (error) {
    throw error instanceof JsonRefused ? refuse(`is no JSON of one reading: ${error.message}`) : error;
  }
  if (!(value instanceof Map)) throw refuse('is no JSON object');
  return value;
}

/** The members of a value, if it is an object. */
export const membersOf = (value: Json | undefined): Members | undefined => (value instanceof Map ? value : undefined);

/** The text of a member, if it is one. */
export function textIn(members: Members, name: string): string | undefined {
  const value = members.get(name);
  return typeof value === 'string' ? value : undefined;
}

/** The number of a member, if it is a whole one from 0 on that JavaScript has exactly, written in digits alone. */
export function wholeIn(members: Members, name: string): number | undefined {
  const value = members.get(name);
  return value instanceof WrittenNumber && /^(?:0|[1-9][0-9]{0,14})$/.test(value.text) ? Number(value.text) : undefined;
}

/** The values of a member, if it is an array. */
export function listIn(members: Members, name: string): readonly Json[] | undefined {
  const value = members.get(name);
  return Array.isArray(value) ? value : undefined;
}

/** A member that is not among `known`, if there is one. */
export const unknownIn = (members: Members, known: readonly string[]): string | undefined => [...members.keys()].find((name) => !known.includes(name));
