/** A billing system's claim becomes lines, or is refused for a reason of its own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Claim, ClaimItem } from 'fhir/r4.js';
import { bytes32, utf8 } from '../bytes.js';
import { opens } from '../commitment.js';
import { ClaimRefused, claimLinesFromFhir, type FromFhirOptions } from '../claims/index.js';
import { USD } from './claims-fixture.js';
import { compare, load } from './claims-golden.js';

const billed = load<Claim>('billed-claim');
const items = billed.item as ClaimItem[];
const salt = (sequence: number): Uint8Array => new Uint8Array(32).fill(sequence);
const options: FromFhirOptions = { settlement: USD, salt };

const withItem = (change: Partial<ClaimItem>): Claim => {
  const { total: _, ...rest } = billed;
  return { ...rest, item: [items[0] as ClaimItem, { ...(items[1] as ClaimItem), ...change }] };
};

test('the fixture becomes the lines that are written down beside it', () => {
  const lines = claimLinesFromFhir(billed, options).map(({ line, record }) =>
    ({ ...line, charge: String(line.charge), record: new TextDecoder().decode(record) }));
  compare('billed-lines', lines);
});

test('the commitments open for the record that is returned, and for no other', () => {
  const made = claimLinesFromFhir(billed, { settlement: USD });
  assert.equal(made.length, items.length);
  for (const [index, { line, salt: used, record }] of made.entries()) {
    assert.ok(opens(bytes32(line.detail), used, record, 'FhirJson'));
    // The form is that of FHIR JSON: the order of members says nothing.
    const reversed = Object.fromEntries(Object.entries(items[index] as ClaimItem).reverse());
    assert.ok(opens(bytes32(line.detail), used, utf8(JSON.stringify(reversed)), 'FhirJson'));
    const upcoded = { ...items[index], productOrService: { coding: [{ system: 'urn:test', code: '99215' }] } };
    assert.ok(!opens(bytes32(line.detail), used, utf8(JSON.stringify(upcoded)), 'FhirJson'));
  }
  const again = claimLinesFromFhir(billed, { settlement: USD });
  assert.notEqual(again[0]?.line.detail, made[0]?.line.detail, 'a salt is used twice');
});

test('amounts are exact: no price, no net, factors, prices below the smallest unit', () => {
  const charge = (change: Partial<ClaimItem>): bigint | undefined => claimLinesFromFhir(withItem(change), options)[1]?.line.charge;
  const usd = (value: number) => ({ value, currency: 'USD' });
  assert.equal(charge({ unitPrice: usd(0.1), quantity: { value: 3 }, net: usd(0.3) }), 30n);
  assert.equal(charge({ unitPrice: usd(0.005), quantity: { value: 100 }, net: undefined }), 50n);
  assert.equal(charge({ unitPrice: usd(100), quantity: { value: 2 }, factor: 0.85, net: usd(170) }), 17_000n);
  assert.equal(charge({ unitPrice: undefined, net: usd(1.1) }), 110n);
  assert.equal(charge({ unitPrice: usd(0), net: usd(0) }), 0n);
});

test('the caller may know more categories, and may not make up one', () => {
  const local = withItem({ category: { coding: [{ system: 'urn:clinic', code: 'x-ray' }] } });
  const mapped = claimLinesFromFhir(local, { ...options, category: (category, { sequence }) => (sequence === 2 && category ? 'DiagnosticTest' : 'PrimaryCare') });
  assert.deepEqual(mapped.map(({ line }) => line.category), ['PrimaryCare', 'DiagnosticTest']);
  assert.throws(() => claimLinesFromFhir(local, { ...options, category: () => undefined }), /item 1: no benefit category/);
});

test('each refusal has its own words, and names the item', () => {
  const usd = (value: number) => ({ value, currency: 'USD' });
  const refusals: [Partial<ClaimItem>, RegExp][] = [
    [{ category: { coding: [{ system: 'urn:clinic', code: 'x-ray' }] } }, /no benefit category is known for urn:clinic\|x-ray/],
    [{ category: undefined }, /no benefit category is known for an item without a category/],
    [{ category: { coding: ['Specialist', 'Sensitive'].map((code) => ({ system: 'urn:salus:benefit-category', code })) } }, /several categories/],
    [{ quantity: undefined }, /has no quantity/],
    [{ quantity: { value: 0 } }, /quantity 0 is not a whole positive number/],
    [{ quantity: { value: 1.5 } }, /quantity 1\.5 is not/],
    [{ quantity: { value: -1 } }, /quantity -1 is not/],
    [{ quantity: { value: 2 ** 32 } }, /quantity 4294967296 is not/],
    [{ quantity: { value: 2, comparator: '>=' } }, /quantity is >= 2/],
    [{ net: usd(599.99) }, /net amount is not quantity × unit price × factor/],
    [{ factor: 2 }, /net amount is not quantity/],
    [{ unitPrice: usd(299.999) }, /net amount is not quantity/],
    [{ net: undefined, unitPrice: undefined }, /neither a net amount nor a unit price/],
    [{ net: { value: 600, currency: 'EUR' } }, /in EUR, not in USD/],
    [{ unitPrice: { value: 300, currency: 'EUR' } }, /in EUR, not in USD/],
    [{ net: { value: 600 } }, /no currency/],
    [{ net: { currency: 'USD' } }, /no value/],
    [{ unitPrice: undefined, net: usd(600.001) }, /600\.001 has more than 2 decimals/],
    [{ unitPrice: usd(0.001), net: undefined }, /0\.002 has more than 2 decimals/],
    [{ unitPrice: undefined, net: usd(-600) }, /net amount is negative/],
    [{ unitPrice: usd(-300), net: usd(-600) }, /unit price or factor is negative/],
    [{ unitPrice: undefined, net: usd(1234567890123.456) }, /significant digits/],
  ];
  for (const [change, reason] of refusals) {
    assert.throws(() => claimLinesFromFhir(withItem(change), options), (error) => {
      assert.ok(error instanceof ClaimRefused, String(error));
      assert.match(error.message, reason);
      assert.match(error.message, /^item 2: /);
      return error.sequence === 2;
    });
  }
});

test('claims that are not whole are refused', () => {
  const many = Array.from({ length: 65 }, (_, at) => ({ ...(items[0] as ClaimItem), sequence: at + 1 }));
  const { total: _, ...without } = billed;
  const refusals: [Claim, RegExp][] = [
    [{ ...billed, use: 'preauthorization' }, /use is preauthorization/],
    [{ ...billed, status: 'cancelled' }, /status is cancelled/],
    [{ ...billed, item: [] }, /no items/],
    [{ ...without, item: many }, /65 items, more than 64/],
    [{ ...without, item: [items[0] as ClaimItem, items[0] as ClaimItem] }, /item 1: another item has the same sequence/],
    [{ ...without, item: [{ ...(items[0] as ClaimItem), sequence: 0 }] }, /0 is not a sequence/],
    [{ ...billed, total: { value: 1, currency: 'USD' } }, /total is not the sum/],
    [{ ...billed, total: { value: 780, currency: 'EUR' } }, /in EUR/],
  ];
  for (const [claim, reason] of refusals) assert.throws(() => claimLinesFromFhir(claim, options), { name: 'ClaimRefused', message: reason });
  assert.equal(claimLinesFromFhir({ ...without, item: many.slice(1) }, options).length, 64);
  assert.equal(new Set(claimLinesFromFhir({ ...without, item: many.slice(1) }, options).map(({ line }) => line.detail)).size, 64);
});
