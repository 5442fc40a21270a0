/** A billing system's claim, as it was sent, becomes lines, or is refused for a reason of its own. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Claim, ClaimItem } from 'fhir/r4.js';
import { bytes32, opens, utf8 } from '@salus/types';
import { USD } from '@salus/types/testing';
import { ClaimRefused, claimLinesFromFhir, type FromFhirOptions, type RefusalCode } from '../claims/index.js';
import { compare, fixture, load } from './claims-golden.js';

const sent = readFileSync(fixture('billed-claim'));
const billed = load<Claim>('billed-claim');
const items = billed.item as ClaimItem[];
const salt = (sequence: number): Uint8Array => new Uint8Array(32).fill(sequence);
const options: FromFhirOptions = { settlement: USD, salt };

const linesOf = (claim: object, using = options) => claimLinesFromFhir(JSON.stringify(claim), using);

const withItem = (change: object): object => {
  const { total: _, ...rest } = billed;
  return { ...rest, item: [items[0] as ClaimItem, { ...(items[1] as ClaimItem), ...change }] };
};

test('the fixture becomes the lines that are written down beside it', () => {
  const lines = claimLinesFromFhir(sent, options).map(({ line, record }) =>
    ({ ...line, charge: String(line.charge), record: new TextDecoder().decode(record) }));
  compare('billed-lines', lines);
});

test('the item as it was sent opens its commitment, and no other does', () => {
  const text = new TextDecoder().decode(sent);
  const made = claimLinesFromFhir(sent, { settlement: USD });
  assert.equal(made.length, items.length);
  for (const [index, { line, salt: used, record }] of made.entries()) {
    const from = text.indexOf('{\n      "sequence"', index === 0 ? 0 : text.indexOf('"sequence": 2') - 20);
    const item = text.slice(from, text.indexOf('\n    }', from) + 6);
    assert.match(item, /00\.00|80\.00/);
    assert.ok(opens(bytes32(line.detail), used, utf8(item), 'FhirJson'), 'as it was sent');
    assert.ok(opens(bytes32(line.detail), used, record, 'FhirJson'));
    // The form is that of FHIR JSON: the order of members says nothing, how a number is written does.
    assert.ok(!opens(bytes32(line.detail), used, utf8(JSON.stringify(items[index])), 'FhirJson'), 'numbers through doubles');
    const upcoded = item.replace(/99213|70551/, '99215');
    assert.ok(!opens(bytes32(line.detail), used, utf8(upcoded), 'FhirJson'));
  }
  const again = claimLinesFromFhir(sent, { settlement: USD });
  assert.notEqual(again[0]?.line.detail, made[0]?.line.detail, 'a salt is used twice');
});

test('bytes, text and text with a byte order mark are the same claim; a parsed object and half a character are none', () => {
  const text = new TextDecoder().decode(sent);
  const details = (claim: Uint8Array | string): string[] => claimLinesFromFhir(claim, options).map(({ line }) => line.detail);
  assert.deepEqual(details(text), details(sent));
  assert.deepEqual(details(`\ufeff${text}`), details(sent));
  const reversed = JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text) as object).reverse()));
  assert.deepEqual(claimLinesFromFhir(reversed, options).map(({ line }) => line.charge), [18_000n, 60_000n]);
  const not = (claim: unknown, reason: RegExp) =>
    assert.throws(() => claimLinesFromFhir(claim as string, options), { name: 'ClaimRefused', code: 'NotFhirJson', message: reason });
  not(billed, /give it as it was sent/);
  not('{"resourceType":"Claim"', /not JSON/);
  not(text.replace('"use": "claim",', '"use": "claim", "use": "claim",'), /occurs twice/);
  not(text.replace('99213', '\ud800'), /half of a surrogate pair/);
  not(new Uint8Array([0x22, 0xff, 0x22]), /UTF-8/);
  not('{"\\u0000":1}', /U\+0000/);
});

test('amounts are exact to the last digit, with as many digits as are written', () => {
  const charge = (change: Partial<ClaimItem>): bigint | undefined => linesOf(withItem(change))[1]?.line.charge;
  const usd = (value: number) => ({ value, currency: 'USD' });
  assert.equal(charge({ unitPrice: usd(0.1), quantity: { value: 3 }, net: usd(0.3) }), 30n);
  assert.equal(charge({ unitPrice: usd(0.005), quantity: { value: 100 }, net: undefined }), 50n);
  assert.equal(charge({ unitPrice: usd(100), quantity: { value: 2 }, factor: 0.85, net: usd(170) }), 17_000n);
  // A price finer than a cent: the net is what the bill says, and the product rounded to the cent.
  assert.equal(charge({ unitPrice: usd(0.3333), quantity: { value: 90 }, net: usd(30) }), 3_000n);
  assert.equal(charge({ unitPrice: usd(0.335), quantity: { value: 3 }, net: usd(1) }), 100n);
  assert.equal(charge({ unitPrice: usd(0.335), quantity: { value: 3 }, net: usd(1.01) }), 101n);
  assert.throws(() => charge({ unitPrice: usd(0.335), quantity: { value: 3 }, net: usd(1.02) }), { code: 'Net' });
  assert.equal(charge({ unitPrice: undefined, net: usd(1.1) }), 110n);
  assert.equal(charge({ unitPrice: usd(0), net: usd(0) }), 0n);
  const written = (net: string, more = ''): bigint | undefined => claimLinesFromFhir(
    JSON.stringify(withItem({ unitPrice: undefined, net: undefined, quantity: undefined })).replace('"sequence":2,', `"sequence":2,${more}"net":{"value":${net},"currency":"USD"},`),
    options,
  )[1]?.line.charge;
  assert.equal(written('12345678901234567890.12'), 1_234_567_890_123_456_789_012n);
  assert.equal(written('1.10e2'), 11_000n);
  assert.equal(written('180.000'), 18_000n);
  // As doubles these three are 115, 0.30000000000000004 and infinite.
  assert.throws(() => written('114.99999999999999999999'), /has more than 2 decimals/);
  assert.equal(written('0.30', '"unitPrice":{"value":0.1,"currency":"USD"},"quantity":{"value":3},'), 30n);
  assert.throws(() => written('1e400'), { code: 'Amount' });
});

test('the caller may know more categories, by item and by claim, and may not make up one', () => {
  const local = withItem({ category: { coding: [{ system: 'urn:clinic', code: 'x-ray' }] } });
  const mapped = linesOf(local, {
    ...options,
    category: (category, { sequence }, { type }) => (sequence === 2 && category && type.coding?.[0]?.code === 'professional' ? 'DiagnosticTest' : 'PrimaryCare'),
  });
  assert.deepEqual(mapped.map(({ line }) => line.category), ['PrimaryCare', 'DiagnosticTest']);
  assert.throws(() => linesOf(local, { ...options, category: () => undefined }), { code: 'Category', path: 'Claim.item[0].category', sequence: 1 });
});

test('each refusal of an item has its name, its path and its words', () => {
  const usd = (value: number) => ({ value, currency: 'USD' });
  const service = { sequence: 1, productOrService: { text: 'a part' } };
  const refusals: [object, RefusalCode, string, RegExp][] = [
    [{ category: { coding: [{ system: 'urn:clinic', code: 'x-ray' }] } }, 'Category', 'category', /no benefit category is known for urn:clinic\|x-ray/],
    [{ category: undefined }, 'Category', 'category', /no benefit category is known for an item without a category/],
    [{ category: { coding: ['Specialist', 'Sensitive'].map((code) => ({ system: 'urn:salus:benefit-category', code })) } }, 'Category', 'category', /several categories/],
    [{ detail: [{ ...service, net: usd(600), category: { coding: [{ system: 'urn:salus:benefit-category', code: 'Sensitive' }] } }] }, 'Category', 'detail[0].category', /Sensitive, and its item is Imaging/],
    [{ net: usd(599.99) }, 'Net', 'net', /not quantity × unit price × factor/],
    [{ factor: 2 }, 'Net', 'net', /not quantity/],
    [{ _factor: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] } }, 'Malformed', 'factor', /an extension says why/],
    [{ quantity: undefined }, 'Net', 'net', /not quantity/],
    [{ unitPrice: usd(299.99) }, 'Net', 'net', /not quantity/], [{ unitPrice: usd(300.0026) }, 'Net', 'net', /not quantity/],
    [{ unitPrice: usd(-300), factor: -1 }, 'Amount', '', /unit price or factor is negative/],
    [{ net: undefined, unitPrice: undefined }, 'Net', '', /neither a net amount nor a unit price/],
    [{ net: { value: 600, currency: 'EUR' } }, 'Currency', 'net', /in EUR, not in USD/],
    [{ unitPrice: { value: 300, currency: 'EUR' } }, 'Currency', 'unitPrice', /in EUR, not in USD/],
    [{ net: { value: 600 } }, 'Currency', 'net', /no currency/],
    [{ net: { value: '600', currency: 'USD' } }, 'Malformed', 'net.value', /not a number/],
    [{ net: { currency: 'USD' } }, 'Amount', 'net', /no value/],
    [{ net: 600 }, 'Malformed', 'net', /not one element/],
    [{ unitPrice: undefined, net: usd(600.001) }, 'Amount', '', /600\.001 has more than 2 decimals/],
    [{ unitPrice: usd(0.001), net: undefined }, 'Amount', '', /0\.002 has more than 2 decimals/],
    [{ unitPrice: undefined, net: usd(-600) }, 'Amount', 'net', /negative/],
    [{ unitPrice: usd(-300), net: usd(-600) }, 'Amount', 'net', /negative/],
    [{ unitPrice: usd(-300), net: undefined }, 'Amount', '', /unit price or factor is negative/],
    [{ unitPrice: undefined, net: usd(1e30) }, 'Amount', '', /more than the chain takes/],
    [{ programCode: [{ coding: [{ code: 'none' }] }, { coding: [{ code: 'wc' }] }] }, 'Programme', 'programCode[1]', /another programme/],
    [{ programCode: [{ text: 'workers compensation' }] }, 'Programme', 'programCode[0]', /another programme/],
    [{ detail: [{ ...service, programCode: [{ coding: [{ code: 'wc' }] }] }] }, 'Programme', 'detail[0].programCode[0]', /another programme/],
    [{ productOrService: undefined }, 'Malformed', 'productOrService', /required/],
    [{ patientPaid: usd(20) }, 'UnknownElement', 'patientPaid', /no such element/],
    [{ tax: usd(20) }, 'UnknownElement', 'tax', /no such element/],
    [{ modifierExtension: [{ url: 'urn:cancelled', valueBoolean: true }] }, 'ModifierExtension', 'modifierExtension', /change the meaning/],
    [{ detail: [] }, 'Malformed', 'detail', /not a list of one or more/],
  ];
  for (const [change, code, path, reason] of refusals) {
    assert.throws(() => linesOf(withItem(change)), (error) => {
      assert.ok(error instanceof ClaimRefused, String(error));
      assert.equal(error.code, code, error.message);
      assert.equal(error.path, path === '' ? 'Claim.item[1]' : `Claim.item[1].${path}`);
      assert.match(error.message, reason);
      if (code !== 'ModifierExtension') assert.equal(error.sequence, 2);
      return true;
    }, JSON.stringify(change));
  }
});

test('parts of an item sum up to what contains them, at both depths', () => {
  const usd = (value: number) => ({ value, currency: 'USD' });
  const part = (sequence: number, more: object) => ({ sequence, productOrService: { text: 'a part' }, ...more });
  const charge = (change: object): bigint | undefined => linesOf(withItem({ unitPrice: undefined, quantity: undefined, net: usd(100), ...change }))[1]?.line.charge;
  assert.equal(charge({ detail: [part(1, { net: usd(60) }), part(2, { unitPrice: usd(50), factor: 0.8 })] }), 10_000n);
  assert.equal(charge({ detail: [part(1, { net: usd(100), subDetail: [part(1, { net: usd(99.5) }), part(2, { quantity: { value: 5 }, unitPrice: usd(0.1) })] })] }), 10_000n);
  // Of a group the unit price is the total of its parts (R4), and the net is as many times as much.
  assert.equal(charge({ net: usd(200), unitPrice: usd(100), quantity: { value: 2 }, detail: [part(1, { net: usd(100) })] }), 20_000n);
  assert.equal(charge({ detail: [part(1, {})] }), 10_000n, 'parts without prices say nothing');
  const refusals: [object, RefusalCode, string][] = [
    [{ detail: [part(1, { net: usd(60) }), part(2, { net: usd(50) })] }, 'Details', 'Claim.item[1].detail'],
    [{ detail: [part(1, { net: usd(100), subDetail: [part(1, { net: usd(99) })] })] }, 'Details', 'Claim.item[1].detail[0].subDetail'],
    [{ detail: [part(1, { subDetail: [part(1, { net: usd(100) })] })] }, 'Net', 'Claim.item[1].detail[0]'],
    [{ detail: [part(1, { net: usd(100), subDetail: [part(1, { net: { value: 100, currency: 'CAD' } })] })] }, 'Currency', 'Claim.item[1].detail[0].subDetail[0].net'],
    [{ detail: [part(1, { net: usd(100), quantity: { value: 3 }, unitPrice: usd(30) })] }, 'Net', 'Claim.item[1].detail[0].net'],
    [{ detail: [part(1, { net: usd(110) }), part(2, { net: usd(-10) })] }, 'Amount', 'Claim.item[1].detail[1].net'],
    [{ net: undefined, detail: [part(1, { net: usd(100) })] }, 'Net', 'Claim.item[1]'],
  ];
  for (const [change, code, path] of refusals) assert.throws(() => charge(change), { code, path }, JSON.stringify(change));
});

test('a claim has 1 to 64 items, each with a number of its own, and a total that is their sum', () => {
  const many = Array.from({ length: 65 }, (_, at) => ({ ...(items[0] as ClaimItem), sequence: at + 1 }));
  const { total: _, ...without } = billed;
  const refusals: [object, RefusalCode, string][] = [
    [{ ...billed, item: undefined }, 'Items', 'Claim.item'],
    [{ ...without, item: many }, 'Items', 'Claim.item'],
    [{ ...without, item: [items[0], items[0]] }, 'Sequence', 'Claim.item[1].sequence'],
    [{ ...without, item: [{ ...items[0], sequence: 0 }] }, 'Malformed', 'Claim.item[0].sequence'],
    [{ ...billed, total: { value: 1, currency: 'USD' } }, 'Total', 'Claim.total'],
    [{ ...billed, total: { value: 780, currency: 'EUR' } }, 'Currency', 'Claim.total'],
  ];
  for (const [claim, code, path] of refusals) assert.throws(() => linesOf(claim), { name: 'ClaimRefused', code, path });
  const whole = linesOf({ ...without, item: many.slice(1) });
  assert.equal(whole.length, 64);
  assert.equal(new Set(whole.map(({ line }) => line.detail)).size, 64);
});
