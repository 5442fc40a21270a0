/**
 * The chain of the tests: the types, calls and questions of the pallet, read from its own sources, behind
 * an api that encodes what it is given and answers in SCALE. No node is needed, and none can be out of step.
 */
import { readFileSync } from 'node:fs';
import type { ApiPromise } from '@polkadot/api';
import { TypeRegistry } from '@polkadot/types';
import type { Codec, RegistryTypes } from '@polkadot/types/types';
import { stringCamelCase } from '@polkadot/util';

const source = (path: string): string =>
  readFileSync(new URL(`../../../../pallets/${path}`, import.meta.url), 'utf8').replace(/^\s*\/\/.*\n/gm, '');

const ADJUDICATION = ['claim', 'codes', 'error', 'plan', 'result'].map((name) => source(`claims/adjudication/src/types/${name}.rs`));
const PALLET = ['answers', 'claim', 'coverage', 'encounter', 'money', 'plan'].map((name) => source(`claims/src/types/${name}.rs`));

const ALIASES: Record<string, string> = {
  Money: 'u128', Moment: 'u64', OrgId: 'u32', PlanId: 'u32', CoverageId: 'u64', ClaimId: 'u64', EncounterId: 'u64',
  PartsPerMillion: 'u32', Commitment: 'H256', AssetId: 'u32', Adjustments: 'Vec<Adjustment>', Results: 'Vec<LineResult>',
};

/** A type of Rust as Polkadot.js writes it. Bounds on lengths are left out: they do not change the encoding. */
const typeOf = (rust: string): string => rust.replace(/\s+/g, '')
  .replace(/Box<(\w+)<T>>/g, '$1').replace(/\w+::/g, '')
  .replace(/TermsOf(<T>)?|Terms<AssetId>/g, 'Terms').replace(/AssetIdOf<T>/g, 'u32')
  .replace(/\b(Coverage|NextKey|Eligibility)<AccountId>/g, '$1').replace(/OffchainSignature/g, 'MultiSignature')
  .replace(/PerLine</g, 'Vec<').replace(/List<(\w+),\w+>/g, 'Vec<$1>').replace(/ByCategory<(\w+)>/g, 'By$1')
  .replace(/\w+/g, (name) => ALIASES[name] ?? name);

/** Fields or parameters, one after the other; `compact` where an attribute says so. */
function membersOf(text: string): [string, string][] {
  return [...text.matchAll(/(#\[(?:codec|pallet::)\(?compact\)?\]\s*)?(?:pub )?(\w+): ((?:[\w:]+(?:<[^;{}]*?>+)?))(?:,|$)/gm)]
    .map(([, compact, name = '', type = '']) => [stringCamelCase(name), compact ? `Compact<${typeOf(type)}>` : typeOf(type)]);
}

function read(text: string, rename: (name: string) => string, types: Record<string, unknown>): void {
  const renamed = (members: [string, string][]): Record<string, string> =>
    Object.fromEntries(members.map(([name, type]) => [name, type.replace(/\w+/g, rename)]));
  for (const [, name = '', body = ''] of text.matchAll(/^pub struct (\w+)(?:<\w+>)? \{\n(.*?)^\}/gms)) {
    types[rename(name)] = renamed(membersOf(body));
  }
  for (const [, name = '', body = ''] of text.matchAll(/^pub enum (\w+) \{\n(.*?)^\}/gms)) {
    const variants: Record<string, string> = {};
    for (const [, variant = '', inner, fields] of body.matchAll(/^\t(\w+)(?:\((\w[\w<>]*)\)| \{\n(.*?)^\t\})?,$/gms)) {
      const part = `${rename(name)}${variant}`;
      if (fields !== undefined) types[part] = renamed(membersOf(fields));
      variants[variant] = fields !== undefined ? part : inner !== undefined ? typeOf(inner).replace(/\w+/g, rename) : 'Null';
    }
    types[rename(name)] = { _enum: variants };
  }
}

/** The variants of an enum that a macro makes. */
const listed = (text: string, row: RegExp): string[] => [...text.matchAll(row)].map(([, name]) => name as string);

export const TYPES: Record<string, unknown> = { Interval: { from: 'u64', until: 'u64' } };
{
  const codes = ADJUDICATION[1] as string;
  const plan = ADJUDICATION[3] as string;
  const rows = [...plan.matchAll(/^\t(\w+) (\w+) = \d+,$/gm)];
  TYPES['BenefitCategory'] = { _enum: rows.map(([, name]) => name) };
  for (const inner of ['Benefit', 'Usage']) TYPES[`By${inner}`] = Object.fromEntries(rows.map(([, , field = '']) => [stringCamelCase(field), inner]));
  TYPES['Carc'] = { _enum: listed(codes, /^\t(\w+) = \d+, "\w+",$/gm) };
  // In the pallet, the adjudication's plan is called the rules, and its error by its whole name.
  const own: Record<string, string> = { Plan: 'Rules', Error: 'AdjudicationError' };
  for (const text of ADJUDICATION) read(text, (name) => own[name] ?? name, TYPES);
  for (const text of PALLET) read(text, (name) => name, TYPES);
}

/** The calls of the pallet and the questions of its runtime API: parameters, and what is answered. */
const CALLS = new Map([...source('claims/src/lib.rs').matchAll(/pub fn (\w+)\(\s*origin: OriginFor<T>,?\s*([^)]*)\)/g)]
  .map(([, name = '', parameters = '']) => [stringCamelCase(name), membersOf(`${parameters.trim()},`)]));
const QUESTIONS = new Map([...source('claims/src/runtime_api.rs').matchAll(/\tfn (\w+)\(\s*([^)]*)\) -> ([^;]+);/g)]
  .map(([, name = '', parameters = '', answer = '']) => [stringCamelCase(name), { parameters: membersOf(`${parameters.trim()},`), answer: typeOf(answer) }]));

export const callNames = (): string[] => [...CALLS.keys()];
export const questionNames = (): string[] => [...QUESTIONS.keys()];

export const registry = new TypeRegistry();
registry.register(TYPES as RegistryTypes);

export const scale = (type: string, value: unknown): Codec => registry.createType(type, value);

function encoded(what: string, members: [string, string][], given: unknown[]): Codec[] {
  if (given.length !== members.length) throw new Error(`${what} takes ${members.length} arguments, not ${given.length}`);
  return members.map(([, type], at) => scale(type, given[at]));
}

/** A call as it would be sent. */
export interface Sent {
  name: string;
  args: Codec[];
}

export interface TestChain {
  api: ApiPromise;
  /** What was asked, in order. */
  asked: Sent[];
}

/** An api whose questions are answered with these values, encoded and decoded again. */
export function chainWith(answers: Record<string, unknown> = {}): TestChain {
  const asked: Sent[] = [];
  const claims = Object.fromEntries([...CALLS].map(([name, parameters]) =>
    [name, (...given: unknown[]): Sent => ({ name, args: encoded(name, parameters, given) })]));
  const claimsApi = Object.fromEntries([...QUESTIONS].map(([name, { parameters, answer }]) => [name, async (...given: unknown[]) => {
    asked.push({ name, args: encoded(name, parameters, given) });
    return scale(answer, scale(answer, answers[name]).toU8a());
  }]));
  return { api: { tx: { claims }, call: { claimsApi } } as unknown as ApiPromise, asked };
}
