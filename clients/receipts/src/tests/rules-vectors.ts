/** The vectors of `docs/vectors/rules`, which the tests of `clients/wasm` wrote and check too, and the module that they are tried on. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { hexToU8a } from '@polkadot/util';
import { BENEFIT_CATEGORIES, type Benefit } from '@salus/types/claims';
import type { ClaimError, OpeningError } from '../rules/errors.js';
import type { Adjudication, Case, Claim, Disclosure, Force, Verdict } from '../rules/model.js';

interface Vector {
  /** Which tests it came from. */
  from: string;
  /** Input and answer of the module, `0x` and hexadecimal digits. */
  input: string;
  output: string;
  /** Why the input is none. */
  fault?: string;
}

export interface DecisionVector extends Vector {
  case?: Case;
  answer?: Verdict;
}

export interface AdjudicationVector extends Vector {
  claim?: Claim;
  answer?: Adjudication;
  error?: ClaimError;
}

export interface OpeningVector extends Vector {
  /** Missing where what the opening says has no name. */
  disclosure?: Disclosure;
  answer?: Force;
  error?: OpeningError;
}

/** `12n` is the bigint 12. */
const revive = (_: string, value: unknown): unknown =>
  (typeof value === 'string' && /^\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value);

function vectorsOf<T>(name: string): T[] {
  const text = readFileSync(new URL(`../../../../docs/vectors/rules/${name}`, import.meta.url), 'utf8');
  return (JSON.parse(text, revive) as { vectors: T[] }).vectors;
}

/** An opening with its salt in bytes, as the SDK has it. */
function salted<T extends { opening: { salt: Uint8Array } }>(held: T): void {
  held.opening.salt = hexToU8a(held.opening.salt as unknown as string);
}

export function decisions(): DecisionVector[] {
  const vectors = vectorsOf<DecisionVector>('decisions.json');
  for (const vector of vectors) vector.case?.sealed.openings.forEach(salted);
  return vectors;
}

export function openings(): OpeningVector[] {
  const vectors = vectorsOf<OpeningVector>('openings.json');
  for (const { disclosure } of vectors) if (disclosure) salted(disclosure);
  return vectors;
}

/** With the benefit that stands for every other category put in its places. */
export function adjudications(): AdjudicationVector[] {
  const vectors = vectorsOf<AdjudicationVector>('adjudications.json');
  for (const { claim } of vectors) {
    if (!claim) continue;
    const { '*': others, ...named } = claim.plan.benefits as Partial<Record<string, Benefit>>;
    claim.plan.benefits = Object.fromEntries(
      BENEFIT_CATEGORIES.map((category) => [category, named[category] ?? others]),
    ) as Claim['plan']['benefits'];
  }
  return vectors;
}

const named = process.env['SALUS_RULES_WASM'];
const file = named ?? fileURLToPath(new URL('../../../wasm/dist/salus_wasm_rules.wasm', import.meta.url));

/** Why nothing can be tried on the module, or `false`. Where it is named, it must be there. */
export const MISSING = named === undefined && !existsSync(file) ? 'the module is not built: scripts/wasm-rules.sh' : false;

export const moduleBytes = (): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(file));
