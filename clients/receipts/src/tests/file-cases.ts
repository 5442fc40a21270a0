/**
 * The cases of `docs/vectors/files.json`: genuine files, each with one change. What must be said of a case follows from the
 * change that was made, and from neither implementation. `npm run file-vectors` writes the file; a test compares it.
 */
import { readFileSync } from 'node:fs';
import { toHex, utf8 } from '@salus/types';
import type { FileFault } from '../errors.js';
import { authoritiesKey } from '../keys.js';

export const KINDS = ['receipt', 'decision', 'trail', 'genesis', 'start', 'chain-spec'] as const;
export type Kind = (typeof KINDS)[number];

/** A genuine file, in ASCII. */
export interface Base {
  kind: Kind;
  text: string;
}

/** What is to be read: a base in which `cut` bytes at `at` give way to `put`; or a whole text; or bytes. */
export type Content =
  | { base: string; at: number; cut: number; put: string }
  | { kind: Kind; text: string }
  | { kind: Kind; bytes: string };

/** `fault` is `null` where the file is accepted. */
export type Case = { name: string; fault: FileFault | null } & Content;

export interface Vectors {
  bases: Record<string, Base>;
  cases: Case[];
}

export const VECTORS = new URL('../../../../docs/vectors/', import.meta.url);
const load = (name: string): any => JSON.parse(readFileSync(new URL(name, VECTORS), 'utf8'));

type Shape = 'object' | 'list' | 'text' | 'number' | 'word';

/** A value in a text, and the member that it is the value of. `path` is made of names, and of the places in lists. */
interface Part {
  path: string[];
  shape: Shape;
  start: number;
  end: number;
  /** Where the member begins, with its name. */
  member?: number;
  /** The names and values that are in it. */
  inside: Part[];
}

/** The value of compact JSON that begins at `start`. */
function partAt(text: string, start: number, path: string[], member?: number): Part {
  const shapes: Record<string, Shape> = { '{': 'object', '[': 'list', '"': 'text', t: 'word', f: 'word', n: 'word' };
  const shape = shapes[text[start] as string] ?? 'number';
  const inside: Part[] = [];
  let end = start;
  if (shape === 'text') end = text.indexOf('"', start + 1) + 1;
  else if (shape === 'number' || shape === 'word') while (/[^,\]}]/.test(text[end] ?? ',')) end += 1;
  else {
    end = start + 1;
    while (!']}'.includes(text[end] as string)) {
      if (text[end] === ',') end += 1;
      const begin = end;
      let name = String(inside.length);
      if (shape === 'object') {
        end = text.indexOf('"', begin + 1) + 2;
        name = text.slice(begin + 1, end - 2);
      }
      const part: Part = partAt(text, end, [...path, name], shape === 'object' ? begin : undefined);
      inside.push(part);
      end = part.end;
    }
    end += 1;
  }
  return { path, shape, start, end, inside, ...(member === undefined ? {} : { member }) };
}

/** A part with what is in it; of a list the first and the last, which stand for the others. */
function* walk(part: Part): Generator<Part> {
  yield part;
  const { shape, inside } = part;
  for (const each of shape === 'list' ? new Set([inside[0], inside.at(-1)]) : inside) if (each) yield* walk(each);
}

/** A change: its name, what stands there instead, and what must be said. */
type Change = [name: string, put: string, fault: FileFault | null];

const asType = (...puts: string[]): Change[] => puts.map((put) => [`is ${put}`, put, 'wrong-type']);

const ofNumber = (digits: string): Change[] => [
  ['with a fraction', `${digits}.0`, 'wrong-value'], ['with an exponent', `${digits}e0`, 'wrong-value'], ['with an exponent and a sign', `${digits}E+0`, 'wrong-value'],
  ['negative', `-${digits}`, 'wrong-value'], ['negative zero', '-0', 'wrong-value'],
  ['beyond 53 bits', '9007199254740992', 'wrong-value'], ['beyond 64 bits', '18446744073709551616', 'wrong-value'], ['beyond a double', '1e400', 'wrong-value'],
  ['with a plus', `+${digits}`, 'not-json'], ['with a zero before it', `0${digits}`, 'not-json'], ['hexadecimal', `0x${digits}`, 'not-json'], ['not a number', 'NaN', 'not-json'],
  ['in other digits', '\u0667', 'not-json'], ['between blanks', ` \t\r\n${digits} `, null],
  ['in a text', `"${digits}"`, 'wrong-type'], ['in a list', `[${digits}]`, 'wrong-type'], ...asType('null', 'true', '{}'),
];

const ofDecimal = (digits: string): Change[] => [
  ...['+', '0', '0x', ' ', '-'].map((before): Change => [`with ${JSON.stringify(before)} before it`, `"${before}${digits}"`, 'wrong-value']),
  ...[' ', '.0', 'e0', '\\n', '\\u0000', 'n', '_0'].map((behind): Change => [`with ${JSON.stringify(behind)} behind it`, `"${digits}${behind}"`, 'wrong-value']),
  ['empty', '""', 'wrong-value'], ['beyond 64 bits', '"18446744073709551616"', 'wrong-value'], ['in other digits', '"\uff15"', 'wrong-value'],
  ['the largest', '"18446744073709551615"', null], ...asType(digits, 'null', 'true', `["${digits}"]`, '{}'),
];

/** The members that are hashes, alone or in lists: 32 bytes, where others have any number of them. */
const HASHES = new Set(['genesis', 'salt', 'digest', 'path', 'subject', 'account']);

function ofHex(hex: string, path: readonly string[]): Change[] {
  const name = path.findLast((each) => !/^\d+$/.test(each)) ?? '';
  const digits = hex.slice(2);
  const capital = digits.replace(/[a-f]/, (digit) => digit.toUpperCase());
  const isHash = HASHES.has(name);
  return [
    ...(capital === digits ? [] : [['in capitals', `"0x${capital}"`, 'wrong-value'] as Change]),
    ['with a capital X', `"0X${digits}"`, 'wrong-value'], ['without 0x', `"${digits}"`, 'wrong-value'], ['with half a byte more', `"${hex}0"`, 'wrong-value'],
    ['with a digit that is none', `"${hex}0g"`, 'wrong-value'], ['with a blank before it', `" ${hex}"`, 'wrong-value'], ['with a line end behind it', `"${hex}\\n"`, 'wrong-value'],
    ['with an escape', `"\\u0030${hex.slice(1)}"`, null], ...asType('null', '0', '[48,120]', '{}'),
    ...(isHash ? [['a byte too short', `"${hex.slice(0, -2)}"`, 'wrong-value'], ['a byte too long', `"${hex}00"`, 'wrong-value'], ['no bytes', '"0x"', 'wrong-value']] as Change[] : []),
  ];
}

/** Members of a decision receipt that are codes. */
const CODES = new Set(['purpose', 'action', 'dataClass', 'labels', 'kind', 'rule']);

function ofText(text: string, path: readonly string[]): Change[] {
  const [name, said] = [path.at(-1), text.slice(1, -1)];
  if (['seq', 'index', 'at', 'dataTime', 'number'].includes(name ?? '')) return ofDecimal(said);
  if (CODES.has(path.findLast((each) => !/^\d+$/.test(each)) ?? '')) {
    return [
      ['in small letters', text.toLowerCase(), 'wrong-value'], ['in capitals', text.toUpperCase(), 'wrong-value'], ['another', '"Other"', 'wrong-value'], ['by its number', '0', 'wrong-type'],
      ['with an escape', `"\\u${said.charCodeAt(0).toString(16).padStart(4, '0')}${said.slice(1)}"`, null], ...asType(`{${text}:null}`, 'null', `[${text}]`),
    ];
  }
  if (name === 'format') return [['of another file', '"salus-other"', 'other-format'], ['in capitals', text.toUpperCase(), 'other-format'], ...asType('null', '1', `[${text}]`)];
  if (name === 'form') return [['in small letters', '"bytes"', 'wrong-value'], ['another', '"Xml"', 'wrong-value'], ...asType(`{${text}:null}`, '0', 'null', `[${text}]`)];
  if (name === 'name') {
    return [
      ['with half of a surrogate pair', '"\\ud83d"', 'lone-surrogate'], ['with the other half', '"\\ude00x"', 'lone-surrogate'], ['with the halves swapped', '"\\ude00\\ud83d"', 'lone-surrogate'],
      ['with a pair', '"\\ud83d\\ude00"', null], ['with a character beyond 16 bits', '"\u{1f600}"', null], ['with U+0000 escaped', '"\\u0000"', null], ['with U+0000 as it is', '"\u0000"', 'not-json'],
      ['with a line end as it is', '"\n"', 'not-json'], ['with U+2028 and U+007F as they are', '"\u2028\u007f"', null], ['decomposed', '"e\u0301"', null], ['composed', '"\u00e9"', null],
      ['empty', '""', null], ['with a mark of byte order inside', '"\ufeff"', null], ['with a wrong escape', '"\\x41"', 'not-json'], ['with a short escape', '"\\u41"', 'not-json'],
      ['with a sign in an escape', '"\\u+041"', 'not-json'], ['with a slash escaped', '"a\\/b"', null], ['in single quotes', '\'a\'', 'not-json'], ['without an end', '"a', 'not-json'],
      ...asType('null', '1', 'false', '["a"]', '{}'),
    ];
  }
  return ofHex(said, path);
}

/** The order in which `docs/receipts.md` lists members: a reader that goes by their places would take a list of their values for them. */
const ORDER = [
  'format', 'version', 'author', 'seq', 'form', 'salt', 'digest', 'leaf', 'index', 'path', 'name', 'genesis', 'paraId', 'from', 'header',
  'finality', 'setId', 'justification', 'proof', 'handoffs', 'records',
  'specVersion', 'question', 'verdict', 'subject', 'actor', 'kind', 'organisation', 'account', 'purpose', 'action', 'dataClass', 'labels', 'dataTime', 'at', 'rule', 'number',
];

/** What must be said of `null` where a decision receipt has something, and of something where it has `null`. */
const OF_NULL: Record<string, FileFault | null> = { dataTime: null, organisation: 'wrong-value', account: 'wrong-value', number: 'wrong-value' };
const WHERE_NULL: Record<string, Change[]> = {
  organisation: [['is 0', '0', 'wrong-value'], ...asType('{}', '[]', 'false', '"null"')],
  account: [['is a text', '"null"', 'wrong-value'], ['is an account', `"0x${'11'.repeat(32)}"`, 'wrong-value'], ...asType('{}', '[]', 'false', '0')],
  number: [['is a text', '"null"', 'wrong-value'], ['is a number', '"0"', 'wrong-value'], ...asType('{}', '[]', 'false', '0')],
};

function changesOf(text: string, part: Part): Change[] {
  const name = part.path.at(-1) ?? '';
  const nulls = part.shape === 'word' ? WHERE_NULL[name] : undefined;
  if (nulls) return nulls;
  const found = name in OF_NULL ? OF_NULL[name] as FileFault | null : undefined;
  const changes = plainChangesOf(text, part);
  if (found === undefined) return changes;
  // The number of a directive has 32 bits, and other numbers of texts 64.
  return changes.map(([what, put, fault]) => [what, put, put === 'null' ? found : name === 'number' && what === 'the largest' ? 'wrong-value' : fault]);
}

function plainChangesOf(text: string, { shape, start, end, path, inside }: Part): Change[] {
  const said = text.slice(start, end);
  if (shape === 'number') return ofNumber(said);
  if (shape === 'text') return ofText(said, path);
  if (shape === 'word') return [['is {}', '{}', 'member-missing'], ...asType('[]', 'false', '0', '"null"')];
  if (shape === 'list') return [['as an object', '{}', 'wrong-type'], ...asType('null', '0', '"0x"')];
  const place = (part: Part): number => ORDER.indexOf(part.path.at(-1) as string);
  const values = [...inside].sort((a, b) => place(a) - place(b)).map((part) => text.slice(part.start, part.end)).join(',');
  const none: Change = path.at(-1) === 'leaf' ? ['is null', 'null', null] : ['is null', 'null', 'wrong-type'];
  return [['as a list of its values', `[${values}]`, 'wrong-type'], none, ...asType('[]', 'true', '"{}"')];
}

/** The same change, without what stays at its beginning and at its end. */
function smallest(text: string, at: number, cut: number, put: string): { at: number; cut: number; put: string } {
  const old = text.slice(at, at + cut);
  const most = Math.min(old.length, put.length);
  let [front, back] = [0, 0];
  while (front < most && old[front] === put[front]) front += 1;
  while (back < most - front && old.at(-1 - back) === put.at(-1 - back)) back += 1;
  return { at: at + front, cut: cut - front - back, put: put.slice(front, put.length - back) };
}

/** What may be left out of a file. */
const OPTIONAL = new Set(['name', 'childrenDefault']);

/** The genuine file, and each of its parts with one change after the other; of some parts only, if `within` names members. */
function casesOf(base: string, { kind, text }: Base, within?: readonly string[]): Case[] {
  const cases: Case[] = [{ name: `${base}: genuine`, fault: null, base, at: 0, cut: 0, put: '' }];
  const whole = partAt(text, 0, []);
  for (const part of walk(whole)) {
    const { path, shape, start, end, member, inside } = part;
    if (within && !path.some((each) => within.includes(each))) continue;
    const where = path.length > 0 ? path.map((each) => (each.length > 20 ? each.slice(0, 10) : each)).join('.') : 'the file';
    const add = (name: string, fault: FileFault | null, at: number, cut: number, put: string): void => {
      cases.push({ name: `${base}: ${where} ${name}`, fault, base, ...smallest(text, at, cut, put) });
    };
    for (const [name, put, fault] of changesOf(text, part)) add(name, fault, start, end - start, put);
    // The state of a chain has keys, and no members.
    const [ofState, inState] = [/^(top|childrenDefault)$/.test(path.at(2) ?? ''), path.length > 3 && kind === 'chain-spec'];
    if (shape === 'object') {
      const fault = kind !== 'chain-spec' ? 'member-unknown' : ofState ? 'wrong-value' : null;
      add('with a member that is not known', fault, start + 1, 0, inside.length > 0 ? '"other":null,' : '"other":null');
      add('with the member __proto__', fault, start + 1, 0, inside.length > 0 ? '"__proto__":{},' : '"__proto__":{}');
      add('with a comma behind its last', 'not-json', end - 1, 0, ',');
    }
    if (member === undefined) continue;
    const name = text.slice(member, start - 1);
    add('twice, and then as it was', 'member-twice', member, 0, `${name}:null,`);
    add('twice, once with its name escaped', 'member-twice', member, 0, `"\\u${name.charCodeAt(1).toString(16).padStart(4, '0')}${name.slice(2)}:null,`);
    add('twice, as it was and then otherwise', 'member-twice', end, 0, `,${name}:0`);
    if (inState) {
      add('with a key in capitals', 'wrong-value', member, name.length, name.replace('0x', '0x0A'));
      continue;
    }
    const first = text[member - 1] === '{';
    const from = first ? member : member - 1;
    const to = first && text[end] === ',' ? end + 1 : end;
    add('left out', OPTIONAL.has(path.at(-1) as string) ? null : 'member-missing', from, to - from, '');
    add('with its name escaped', null, member, name.length, `"\\u${name.charCodeAt(1).toString(16).padStart(4, '0')}${name.slice(2)}`);
  }
  return cases;
}

/** Around a genuine file, and inside it where no walk comes by. */
function around(base: string, { text }: Base): Case[] {
  const end = text.length;
  const at = (name: string, fault: FileFault | null, at: number, cut: number, put: string): Case => ({ name: `${base}: ${name}`, fault, base, at, cut, put });
  const behind = (name: string, put: string, fault: FileFault | null): Case => at(name, fault, end, 0, put);
  const before = (name: string, put: string, fault: FileFault | null): Case => at(name, fault, 0, 0, put);
  return [
    behind('a line end behind it', '\n', null), behind('blanks behind it', ' \t\r\n', null), before('blanks before it', ' \t\r\n', null),
    behind('itself once more', '{}', 'not-json'), behind('a comma behind it', ',', 'not-json'), behind('a brace behind it', '}', 'not-json'), behind('U+0000 behind it', '\u0000', 'not-json'),
    behind('a no-break space behind it', '\u00a0', 'not-json'), behind('a form feed behind it', '\u000c', 'not-json'), behind('a comment behind it', '// end', 'not-json'),
    before('a comment before it', '/* begin */', 'not-json'), before('a mark of byte order before it', '\ufeff', 'not-json'), before('a list around its beginning', '[', 'not-json'),
    at('in a list', 'wrong-type', 0, end, `[${text}]`), at('without its end', 'not-json', end - 1, 1, ''), at('half of it', 'not-json', end >> 1, end - (end >> 1), ''),
    at('without a comma', 'not-json', text.indexOf(','), 1, ''), at('with two commas', 'not-json', text.indexOf(','), 0, ','), at('without a colon', 'not-json', text.indexOf(':'), 1, ''),
  ];
}

/** Whole texts that are no file of any kind. */
function ofNoKind(): Case[] {
  const text = (name: string, text: string, fault: FileFault): Case[] => KINDS.map((kind) => ({ name: `${kind}: ${name}`, fault, kind, text }));
  const bytes = (name: string, bytes: number[], fault: FileFault): Case[] => KINDS.map((kind) => ({ name: `${kind}: ${name}`, fault, kind, bytes: toHex(Uint8Array.from(bytes)) }));
  return [
    ...text('empty', '', 'not-json'), ...text('blanks', ' \n', 'not-json'), ...text('null', 'null', 'wrong-type'), ...text('a list', '[]', 'wrong-type'), ...text('a text', '"salus"', 'wrong-type'),
    ...text('a number', '0', 'wrong-type'), ...text('an empty object', '{}', 'member-missing'), ...text('a word', 'undefined', 'not-json'),
    ...text('514 lists in each other', '['.repeat(514) + ']'.repeat(514), 'too-deep'), ...text('513 lists in each other', '['.repeat(513) + ']'.repeat(513), 'wrong-type'), ...text('lists without end', '['.repeat(2_000), 'too-deep'),
    ...text('a number of 1,025 digits', `[${'7'.repeat(1_025)}]`, 'number-too-long'), ...text('a member twice, deep inside', '{"a":[{"b":{"c":1,"d":2,"c":1}}]}', 'member-twice'),
    ...text('a member without a name twice', '{"":1,"":2}', 'member-twice'), ...text('the member __proto__ twice', '{"__proto__":1,"__proto__":2}', 'member-twice'),
    ...bytes('a byte that no text has', [0x7b, 0xff, 0x7d], 'not-utf-8'), ...bytes('in UTF-16', [0xff, 0xfe, 0x7b, 0, 0x7d, 0], 'not-utf-8'), ...bytes('an overlong character', [0x22, 0xc0, 0x80, 0x22], 'not-utf-8'),
    ...bytes('half of a surrogate pair in bytes', [0x22, 0xed, 0xa0, 0x80, 0x22], 'not-utf-8'), ...bytes('a character without its end', [0x22, 0xe2, 0x82, 0x22], 'not-utf-8'), ...bytes('only a mark of byte order', [0xef, 0xbb, 0xbf], 'not-json'),
  ];
}

/** What the change of one place cannot show. */
function byHand(bases: Record<string, Base>): Case[] {
  const edit = (base: string, name: string, fault: FileFault | null, from: string, to: string): Case => {
    const at = (bases[base] as Base).text.indexOf(from);
    if (at < 0) throw new Error(`${from} is not in ${base}`);
    return { name: `${base}: ${name}`, fault, base, at, cut: from.length, put: to };
  };
  const headerOf = (base: string): string => JSON.parse((bases[base] as Base).text).header as string;
  const receipt = load('receipts-chain/before-changes.json').receipt;
  const { format, version, genesis, header, finality, proof, records: [record] } = receipt;
  const file = (name: string, fault: FileFault | null, change: object, indent?: number): Case =>
    ({ name: `receipt: ${name}`, fault, kind: 'receipt', text: JSON.stringify({ format, version, genesis, header, finality, proof, records: [record], ...change }, null, indent) });
  const decision = load('decisions/labelled.json').receipt;
  const hashes = (count: number): string[] => Array.from({ length: count }, () => genesis);
  const leaf = (index: string, path: string[]): object => ({ ...record, leaf: { index, path } });
  return [
    file('as the client writes it', null, {}), file('on many lines', null, {}, 2), file('without records', 'wrong-value', { records: [] }), file('with a record twice', 'wrong-value', { records: [record, record] }),
    file('with two records of a batch', null, { records: [leaf('0', []), leaf('1', [])] }), file('with a record of a batch twice', 'wrong-value', { records: [leaf('0', []), leaf('0', hashes(1))] }),
    file('with a path of 32 hashes', null, { records: [leaf('0', hashes(32))] }), file('with a path of 33 hashes', 'wrong-value', { records: [leaf('0', hashes(33))] }),
    file('of another kind, and without a version', 'member-missing', { format: 'salus-trail', version: undefined }),
    edit('receipt', 'of version 0', 'other-format', '"version":1', '"version":0'), edit('receipt', 'of version 3', 'other-format', '"version":1', '"version":3'),
    edit('receipt', 'with another\'s finality', 'member-unknown', '"version":1', '"version":2'), edit('parachain', 'with another\'s finality', 'member-unknown', '"version":2', '"version":1'),
    edit('decision', 'of version 0', 'other-format', '"version":1', '"version":0'), edit('decision', 'of version 3', 'other-format', '"version":1', '"version":3'),
    edit('decision', 'with another\'s finality', 'member-unknown', '"version":1', '"version":2'), edit('parachain-decision', 'with another\'s finality', 'member-unknown', '"version":2', '"version":1'),
    edit('decision', 'with a label twice', 'wrong-value', '"labels":[', '"labels":["Hiv",'), edit('decision', 'with another label', null, '"labels":[', '"labels":["Eth",'),
    edit('decision', 'without labels', null, JSON.stringify(decision.question.labels), '[]'),
    edit('decision', 'by a person as an organisation', 'wrong-value', '"kind":"Practitioner"', '"kind":"Organisation"'), edit('decision', 'by a person as the patient', 'wrong-value', '"kind":"Practitioner"', '"kind":"Own"'),
    edit('own-decision', 'by the patient as a person', 'wrong-value', '"kind":"Own"', '"kind":"Practitioner"'),
    ...['Directive', 'Own', 'Base', 'Emergency', 'TreatmentRelationship'].map((rule) => edit('decision', `refused by the rule ${rule}, without a number`, 'wrong-value', '"rule":"Default"', `"rule":"${rule}"`)),
    ...['Veto', 'State', 'Credential'].map((rule) => edit('decision', `refused by the rule ${rule}`, null, '"rule":"Default"', `"rule":"${rule}"`)),
    ...['Deny', 'Permit'].map((kind) => edit('parachain-decision', `by a directive: ${kind}`, null, '"kind":"Permit"', `"kind":"${kind}"`)),
    ...['Emergency', 'LawfulBasis'].map((kind) => edit('parachain-decision', `by a directive: ${kind}`, 'wrong-value', '"kind":"Permit"', `"kind":"${kind}"`)),
    edit('trail', 'of version 2', 'member-missing', '"version":1', '"version":2'), edit('later-trail', 'of version 1', 'member-unknown', '"version":2', '"version":1'),
    edit('genesis', 'of version 2', 'other-format', '"version":1', '"version":2'), edit('start', 'of version 2', 'other-format', '"version":1', '"version":2'),
    edit('genesis', 'as a start', 'other-format', 'salus-genesis', 'salus-start'), edit('start', 'as a genesis', 'other-format', 'salus-start', 'salus-genesis'),
    edit('genesis', 'with the header of a later block', 'wrong-value', headerOf('genesis'), headerOf('start')), edit('start', 'with the header of block 0', 'wrong-value', headerOf('start'), headerOf('genesis')),
    edit('later-trail', 'with the largest number', null, '"from":0', `"from":${Number.MAX_SAFE_INTEGER}`),
    edit('chain-spec', 'with members of its own', null, '{"genesis"', '{"name":"\\u00e9","properties":{"tokenDecimals":12.0,"x":-1e400},"bootNodes":[],"genesis"'),
    edit('chain-spec', 'with a member of its own twice', 'member-twice', '{"genesis"', '{"name":"a","name":"b","genesis"'),
    edit('chain-spec', 'that is not raw', 'member-missing', '"raw"', '"runtimeGenesis"'),
    edit('chain-spec', 'with a key of 513 bytes', 'wrong-value', '"top":{', `"top":{"0x${'00'.repeat(513)}":"0x",`), edit('chain-spec', 'with a key of 512 bytes', null, '"top":{', `"top":{"0x${'00'.repeat(512)}":"0x",`),
  ];
}

/** All of the vectors, the same each time. */
export function makeVectors(): Vectors {
  const authority = toHex(Uint8Array.of(4, ...Array.from({ length: 32 }, (_, i) => i), 1, 0, 0, 0, 0, 0, 0, 0));
  const spec = { genesis: { raw: { top: { [toHex(utf8(':code'))]: '0x5a', [authoritiesKey()]: authority }, childrenDefault: { '0x01': { '0x02': '0x0a' } } } } };
  const genuine: [string, Kind, unknown][] = [
    ['receipt', 'receipt', load('receipts-chain/before-changes.json').receipt],
    ['bundle', 'receipt', load('receipts-chain/retracted-leaf.json').receipt],
    ['parachain', 'receipt', load('receipts-relay-chain/batch.json').receipt],
    ['decision', 'decision', load('decisions/labelled.json').receipt],
    ['own-decision', 'decision', load('decisions/own.json').receipt],
    ['parachain-decision', 'decision', load('decisions/parachain.json').receipt],
    ['trail', 'trail', load('receipts-chain/usual.json').trail],
    ['later-trail', 'trail', load('receipts-relay-chain/from-start.json').trail],
    ['genesis', 'genesis', load('receipts-chain/usual.json').genesis],
    ['start', 'start', load('receipts-relay-chain/from-start.json').relay.start],
    ['chain-spec', 'chain-spec', spec],
  ];
  const bases = Object.fromEntries(genuine.map(([name, kind, value]): [string, Base] => [name, { kind, text: JSON.stringify(value) }]));
  const cases = Object.entries(bases).flatMap(([name, base]) => (
    // What they share with the first of their kind is tried there.
    name.endsWith('-decision') ? casesOf(name, base, ['actor', 'verdict']) : [...casesOf(name, base), ...around(name, base)]
  ));
  return { bases, cases: [...cases, ...ofNoKind(), ...byHand(bases)] };
}

/** The file's text: a case a line, so that a change shows as what it is. */
export function vectorsText({ bases, cases }: Vectors): string {
  const lines = (all: string[]): string => all.map((line) => `    ${line}`).join(',\n');
  const named = Object.entries(bases).map(([name, base]) => `${JSON.stringify(name)}: ${JSON.stringify(base)}`);
  return `{\n  "bases": {\n${lines(named)}\n  },\n  "cases": [\n${lines(cases.map((each) => JSON.stringify(each)))}\n  ]\n}\n`;
}

/** The bytes of a case, and of which kind of file they are. */
export function contentOf(content: Content, bases: Record<string, Base>): { kind: Kind; bytes: Uint8Array } {
  if ('text' in content) return { kind: content.kind, bytes: utf8(content.text) };
  if ('bytes' in content) return { kind: content.kind, bytes: new Uint8Array(Buffer.from(content.bytes.slice(2), 'hex')) };
  const { kind, text } = bases[content.base] as Base;
  return { kind, bytes: utf8(`${text.slice(0, content.at)}${content.put}${text.slice(content.at + content.cut)}`) };
}
