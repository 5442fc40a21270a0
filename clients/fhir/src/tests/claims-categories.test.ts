/** Categories of benefits in FHIR, both ways. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BENEFIT_CATEGORIES } from '@salus/types/claims';
import { categoryConcept, categoryOf } from '../claims/index.js';

test('a category comes back from its concept', () => {
  for (const category of BENEFIT_CATEGORIES) assert.equal(categoryOf(categoryConcept(category)), category);
});

test('Sensitive has our code and no other, and what would refine it becomes Sensitive', () => {
  assert.deepEqual(categoryConcept('Sensitive'), {
    coding: [{ system: 'urn:salus:benefit-category', code: 'Sensitive', display: 'Confidential care' }], text: 'Confidential care',
  });
  const x12 = 'https://x12.org/codes/service-type-codes';
  const hl7 = 'http://terminology.hl7.org/CodeSystem/ex-benefitcategory';
  for (const [system, code] of [[hl7, '61'], [hl7, '69'], [x12, 'MH'], [x12, 'AI'], [x12, '82'], [x12, '69']]) {
    assert.equal(categoryOf({ coding: [{ system: system as string, code: code as string }] }), 'Sensitive', code);
  }
});

test('codes that are not known give no category, and two categories are refused', () => {
  const own = 'urn:salus:benefit-category';
  for (const coding of [[], [{ code: 'PrimaryCare' }], [{ system: own, code: 'primarycare' }], [{ system: own, code: 'toString' }]]) {
    assert.equal(categoryOf({ coding }), undefined);
  }
  assert.equal(categoryOf(undefined), undefined);
  assert.equal(categoryOf({ text: 'Imaging' }), undefined);
  assert.equal(categoryOf({ coding: [{ system: 'urn:local', code: '1' }, { system: own, code: 'Imaging' }] }), 'Imaging');
  const torn = { coding: [{ system: own, code: 'Specialist' }, { system: own, code: 'Sensitive' }] };
  assert.throws(() => categoryOf(torn), /several categories: Specialist, Sensitive/);
});
