/** The codes are those of the chain and of X12, and `Sensitive` says nothing more. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { BENEFIT_CATEGORIES, CARCS, GROUPS, carcCode, carcMeaning, carcOf, groupCode, groupOf, isDenial } from '../claims/index.js';

const rust = (file: string): string =>
  readFileSync(new URL(`../../../../pallets/claims/adjudication/src/types/${file}`, import.meta.url), 'utf8');

test('reasons, groups and categories are those of the chain, in its order', () => {
  const codes = rust('codes.rs');
  const reasons = [...codes.matchAll(/^\t(\w+) = (\d+), "(\w+)",$/gm)].map(([, name, index, x12]) => [name, Number(index), x12]);
  assert.deepEqual(reasons, CARCS.map((carc, index) => [carc, index, carcCode(carc)]));
  const groups = [...codes.matchAll(/Self::(\w+) => "(\w\w)"/g)].map(([, name, x12]) => [name, x12]);
  assert.deepEqual(groups, GROUPS.map((group) => [group, groupCode(group)]));
  const denying = codes.slice(codes.indexOf('fn denies')).split('=> true')[0] as string;
  assert.deepEqual([...denying.matchAll(/Self::(\w+)/g)].map(([, name]) => name), CARCS.filter(isDenial));
  const categories = [...rust('plan.rs').matchAll(/^\t(\w+) \w+ = (\d+),$/gm)].map(([, name, index]) => [name, Number(index)]);
  assert.deepEqual(categories, BENEFIT_CATEGORIES.map((category, index) => [category, index]));
});

test('X12 codes are read back, and others are refused', () => {
  for (const carc of CARCS) assert.equal(carcOf(carcCode(carc)), carc);
  for (const group of GROUPS) assert.equal(groupOf(groupCode(group)), group);
  assert.throws(() => carcOf('999'), /unknown claim adjustment reason code 999/);
  assert.throws(() => groupOf('CR'), /unknown claim adjustment group code CR/);
  assert.equal(new Set(CARCS.map(carcMeaning)).size, CARCS.length);
});
