/** What is asked of sites, and the value sets that give its codes a meaning. */
import { blake2, bytes32, commit, toHex, utf8, type Hex } from '@salus/types';
import { canonical, Closed, Malformed, readJson } from './closed.js';

export const MAX_GROUPS = 8;
/** The largest query, and the largest value set, in bytes. */
export const MAX_QUERY = 8 << 10;
export const MAX_VALUE_SET = 1 << 20;
export const MAX_CODES = 4_096;
export const MAX_CONCEPTS = 256;
/** The lowest age of the last band, which has no end. */
export const LAST_BAND = 90;
export const SEXES = ['female', 'male', 'other', 'unknown'] as const;

const NAME = /^[A-Za-z0-9._:-]{1,64}$/;
const MONTH = /^(19\d\d|20\d\d|21\d\d)-(0[1-9]|1[0-2])$/;
/** The code of a concept, or the name of its system. */
const TEXT = /^[\x21-\x7e]{1,256}$/;
const REGION = /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/;

/** Some people: those with data of a code in a time, and of what else is told. */
export interface Group {
  code: string;
  /** The first and the last month, `YYYY-MM`. */
  from: string;
  until: string;
  /** The lowest age of a band of five years, in whole years from the month of birth to `until`. */
  age?: number;
  sex?: (typeof SEXES)[number];
  /** A country or a part of one, by ISO 3166. */
  region?: string;
}

/** Which value set the codes are of. */
export interface ValueSetRef {
  hash: Hex;
  id: string;
  version: number;
}

/** 1 to 8 groups of one value set. The count is of the people who are in one of them at least. */
export interface CountQuery {
  groups: Group[];
  valueSet: ValueSetRef;
}

function groupFrom(value: unknown): Group {
  const group = new Closed(value, 'groups', ['age', 'code', 'from', 'region', 'sex', 'until']);
  const [from, until] = [group.text('from', MONTH), group.text('until', MONTH)];
  if (from > until) throw new Malformed('until');
  const read: Group = { code: group.text('code', NAME), from, until };
  if (group.has('age')) {
    const age = group.whole('age', LAST_BAND);
    if (age % 5 !== 0) throw new Malformed('age');
    read.age = age;
  }
  if (group.has('sex')) {
    const sex = SEXES.find((each) => each === group.need('sex'));
    if (sex === undefined) throw new Malformed('sex');
    read.sex = sex;
  }
  if (group.has('region')) read.region = group.text('region', REGION);
  return read;
}

/** A query from its JSON, with its groups in the order of their canonical forms. */
export function queryFrom(value: unknown): CountQuery {
  const query = new Closed(value, 'query', ['groups', 'valueSet']);
  const set = new Closed(query.need('valueSet'), 'valueSet', ['hash', 'id', 'version']);
  const valueSet = { hash: set.hash('hash'), id: set.text('id', NAME), version: set.small('version') };
  const list = query.list('groups');
  if (list.length < 1 || list.length > MAX_GROUPS) throw new Malformed('groups');
  const groups = list.map(groupFrom).map((group) => ({ group, form: canonical(group) })).sort((a, b) => (a.form < b.form ? -1 : 1));
  // Somebody who wrote a group twice meant something else by one of them.
  if (new Set(groups.map(({ form }) => form)).size < groups.length) throw new Malformed('groups');
  return { groups: groups.map(({ group }) => group), valueSet };
}

export const readQuery = (text: string | Uint8Array): CountQuery => queryFrom(readJson(text, MAX_QUERY));

/** The commitment to a query under a salt: that of a record in the form `Bytes`, over its canonical form. */
export const queryCommitment = (query: CountQuery, salt: Hex | Uint8Array): Hex =>
  toHex(commit(bytes32(salt), utf8(canonical(queryFrom(query)))));

/** What each code of a value set stands for in records. */
export interface ValueSet {
  id: string;
  version: number;
  codes: { code: string; of: { system: string; code: string }[] }[];
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Reads a value set, with its codes and concepts in the order of the canonical form. */
export function readValueSet(text: string | Uint8Array): ValueSet {
  const set = new Closed(readJson(text, MAX_VALUE_SET), 'document', ['codes', 'id', 'version']);
  const list = set.list('codes');
  if (list.length < 1 || list.length > MAX_CODES) throw new Malformed('codes');
  const codes = list.map((value) => {
    const entry = new Closed(value, 'codes', ['code', 'of']);
    const of = entry.list('of');
    if (of.length < 1 || of.length > MAX_CONCEPTS) throw new Malformed('of');
    const concepts = of.map((concept) => {
      const each = new Closed(concept, 'of', ['code', 'system']);
      return { code: each.text('code', TEXT), system: each.text('system', TEXT) };
    }).sort((a, b) => byText(a.system, b.system) || byText(a.code, b.code));
    if (concepts.some((concept, at) => canonical(concept) === canonical(concepts[at + 1] ?? null))) throw new Malformed('of');
    return { code: entry.text('code', NAME), of: concepts };
  }).sort((a, b) => byText(a.code, b.code));
  // What a code stands for would be in two places.
  if (codes.some(({ code }, at) => code === codes[at + 1]?.code)) throw new Malformed('of');
  return { id: set.text('id', NAME), version: set.small('version'), codes };
}

/** How a query names a value set. */
export const refTo = (set: ValueSet): ValueSetRef => ({ hash: toHex(blake2(utf8(canonical(set)))), id: set.id, version: set.version });
