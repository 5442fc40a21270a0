/** Quantities and their units: what counts as a visit, a day or a fill, and what does not. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import type { BenefitCategory, ClaimLine } from '@salus/types/claims';
import { USD } from '@salus/types/testing';
import { claimLinesFromFhir, type FromFhirOptions, type RefusalCode } from '../claims/index.js';

const folder = new URL('../../fixtures/claim-cases/', import.meta.url);
const BY_TYPE: Record<string, BenefitCategory> = { pharmacy: 'Prescription', oral: 'DentalAndVision', professional: 'PrimaryCare' };
const options: FromFhirOptions = { settlement: USD, category: (_, __, { type }) => BY_TYPE[type.coding?.[0]?.code ?? ''] };

test('each claim of the folder is taken as it should be, or refused by name', () => {
  const become: Record<string, Partial<ClaimLine> | RefusalCode> = {
    // One fill: with a copay of 10.00 a unit the patient owes 10.00 and the plan 80.00, not 90 copays.
    'claim-90-tablets': { category: 'Prescription', quantity: 1, charge: 9_000n },
    'claim-no-quantity': { category: 'PrimaryCare', quantity: 1, charge: 10_000n },
    'claim-details-differ': 'Currency',
    // As Synthea exports a prescription: no price, but a total of the only item.
    'claim-synthea-pharmacy': { category: 'Prescription', quantity: 1, charge: 584n },
    // As it exports a visit: the total has the price of the visit in it, and no item has.
    'claim-synthea-visit': 'Net',
  };
  const names = readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => name.replace(/\.json$/, ''));
  assert.deepEqual(names.sort(), Object.keys(become).sort());
  for (const name of names) {
    const claim = readFileSync(new URL(`${name}.json`, folder));
    const wanted = become[name];
    if (typeof wanted === 'string') {
      assert.throws(() => claimLinesFromFhir(claim, options), { name: 'ClaimRefused', code: wanted }, name);
      continue;
    }
    const [made, ...others] = claimLinesFromFhir(claim, options).map(({ line: { detail: _, ...line } }) => line);
    assert.deepEqual([made, others], [wanted, []], name);
  }
});

const UCUM = 'http://unitsofmeasure.org';
const base = JSON.parse(readFileSync(new URL('claim-no-quantity.json', folder), 'utf8')) as { item: object[] };

function units(quantity: string | undefined, category: BenefitCategory): number {
  const { unitPrice: _, factor: __, ...item } = base.item[0] as { unitPrice: unknown; factor: unknown };
  const claim = JSON.stringify({ ...base, item: [{ ...item, quantity: 0 }] })
    .replace(',"quantity":0', quantity === undefined ? '' : `,"quantity":${quantity}`);
  return claimLinesFromFhir(claim, { settlement: USD, category: () => category })[0]?.line.quantity as number;
}
const ucum = (value: string, code: string): string => `{"value":${value},"system":"${UCUM}","code":${JSON.stringify(code)}}`;
const said = (value: string, unit: string): string => `{"value":${value},"unit":"${unit}"}`;

test('a quantity counts visits, days of a stay, or fills, by its unit and the category', () => {
  const counts: [string | undefined, BenefitCategory, number][] = [
    [undefined, 'PrimaryCare', 1], [undefined, 'Prescription', 1], [undefined, 'HospitalStay', 1],
    [said('30', 'Tablet(s)'), 'Prescription', 1], [said('30', 'tab.'), 'Prescription', 1], [said('5', 'DA'), 'HospitalStay', 5], [said('400', 'F2'), 'Prescription', 1], [said('2', 'Visit(s)'), 'Specialist', 2],
    // One of whatever a form calls a unit is one.
    [said('1', 'UN'), 'PrimaryCare', 1], [said('1.0', 'Units'), 'Prescription', 1], [`{"value":1,"unit":"unit","system":"${UCUM}","code":"1"}`, 'PrimaryCare', 1],
    ['{"value":3}', 'Rehabilitation', 3], ['{"value":3.00}', 'Rehabilitation', 3], ['{"value":1e1}', 'Rehabilitation', 10],
    ['{"value":10000}', 'MedicalEquipment', 10_000], ['{"value":1}', 'Prescription', 1],
    [ucum('2', '1'), 'DiagnosticTest', 2], [ucum('2', '{visit}'), 'Specialist', 2], [ucum('2', '{visits}'), 'Specialist', 2],
    [ucum('2', '1{session}'), 'Rehabilitation', 2], [ucum('4', 'd'), 'HospitalStay', 4], [ucum('4', '{day}'), 'SkilledNursing', 4],
    [ucum('2', '{fill}'), 'Prescription', 2], [ucum('1', '1'), 'Prescription', 1],
    [said('2', 'visits'), 'Specialist', 2], [said('2', ' Day '), 'HospitalStay', 2], [said('3', 'each'), 'MedicalEquipment', 3],
    // How much was given out, however it is written, is one fill.
    [ucum('90', 'TAB'), 'Prescription', 1], [ucum('90', '{tablet}'), 'Prescription', 1], [ucum('0.5', 'mL'), 'Prescription', 1],
    [ucum('2.5', 'g'), 'Prescription', 1], [ucum('1000', '[iU]'), 'Prescription', 1], [said('90', 'Tablets'), 'Prescription', 1],
    ['{"value":90,"system":"http://terminology.hl7.org/CodeSystem/v3-orderableDrugForm","code":"TAB"}', 'Prescription', 1],
    ['{"value":28,"unit":"Tablet","system":"http://snomed.info/sct","code":"732936001"}', 'Prescription', 1],
  ];
  for (const [quantity, category, expected] of counts) assert.equal(units(quantity, category), expected, `${quantity} ${category}`);
});

test('a quantity that is something else is refused, never counted', () => {
  const refusals: [string, BenefitCategory, RefusalCode][] = [
    ['{"value":0}', 'PrimaryCare', 'Quantity'], ['{"value":-1}', 'PrimaryCare', 'Quantity'], ['{"value":1.5}', 'PrimaryCare', 'Quantity'],
    ['{"value":1.0000000000000000001}', 'PrimaryCare', 'Quantity'], ['{"value":10001}', 'PrimaryCare', 'Quantity'], ['{"value":1e99}', 'PrimaryCare', 'Quantity'],
    ['{"value":2,"comparator":"<"}', 'PrimaryCare', 'Quantity'], ['{"unit":"visit"}', 'PrimaryCare', 'Quantity'], ['{}', 'PrimaryCare', 'Quantity'],
    ['{"value":"2"}', 'PrimaryCare', 'Malformed'], ['{"_value":{"id":"x"}}', 'PrimaryCare', 'Malformed'], ['2', 'PrimaryCare', 'Malformed'],
    ['{"value":90}', 'Prescription', 'Unit'], [ucum('90', '1'), 'Prescription', 'Unit'], [ucum('90', 'd'), 'Prescription', 'Unit'], [ucum('2', '{visit}'), 'Prescription', 'Unit'],
    [ucum('-90', 'TAB'), 'Prescription', 'Quantity'], [ucum('0', 'TAB'), 'Prescription', 'Quantity'],
    [ucum('90', 'TAB'), 'PrimaryCare', 'Unit'], [ucum('45', 'min'), 'OutpatientSurgery', 'Unit'], [ucum('45', 'min'), 'Prescription', 'Unit'],
    [ucum('3', 'h'), 'HomeHealth', 'Unit'], [ucum('2', 'd'), 'PrimaryCare', 'Unit'], [ucum('2', 'wk'), 'HospitalStay', 'Unit'], [ucum('30', 'mL'), 'MedicalEquipment', 'Unit'],
    [ucum('2', '{units}'), 'PrimaryCare', 'Unit'], [ucum('2', 'd{visit}'), 'HospitalStay', 'Unit'], [ucum('2', 'D'), 'HospitalStay', 'Unit'],
    [said('45', 'minutes'), 'OutpatientSurgery', 'Unit'], [said('3', 'units'), 'Rehabilitation', 'Unit'], [said('2', 'UN'), 'PrimaryCare', 'Unit'],
    ['{"value":2,"code":"{visit}"}', 'PrimaryCare', 'Unit'], ['{"value":2,"system":"http://unitsofmeasure.org"}', 'PrimaryCare', 'Unit'],
    ['{"value":2,"system":"urn:other","code":"{visit}"}', 'PrimaryCare', 'Unit'],
    ['{"value":2,"system":"http://snomed.info/sct","code":"258701004"}', 'Prescription', 'Unit'],
    [`{"value":90,"unit":"visits","system":"${UCUM}","code":"TAB"}`, 'Prescription', 'Unit'],
    // A word that says something else than the code, also where no plan counts it.
    ...[['15', 'min', '1'], ['15', 'Minutes', '{visit}'], ['4', 'h', '1'], ['2', 'weeks', 'd'], ['90', 'units', '1']].map(([value, unit, code]): [string, BenefitCategory, RefusalCode] =>
      [`{"value":${value},"unit":"${unit}","system":"${UCUM}","code":"${code}"}`, code === 'd' ? 'HospitalStay' : 'PrimaryCare', 'Unit']),
    [said('1', 'min'), 'PrimaryCare', 'Unit'], [said('15', 'MJ'), 'PrimaryCare', 'Unit'], [said('5', 'DA'), 'PrimaryCare', 'Unit'], [said('5', 'ME'), 'Specialist', 'Unit'], ['{"value":1e9999}', 'PrimaryCare', 'Quantity'], ['{"value":1e-9999}', 'Prescription', 'Quantity'], ['{"value":1E+100}', 'PrimaryCare', 'Quantity'],
    [`{"value":9,"unit":"tablets","system":"${UCUM}","code":"{visit}"}`, 'PrimaryCare', 'Unit'],
  ];
  for (const [quantity, category, code] of refusals) assert.throws(() => units(quantity, category), { name: 'ClaimRefused', code }, `${quantity} ${category}`);
});

test('what a pharmacy bills by number alone could be tablets or strips, whatever its category', () => {
  const by = (quantity: string, category: BenefitCategory, type: object): ClaimLine | undefined => claimLinesFromFhir(
    JSON.stringify({ ...base, type, item: [{ sequence: 1, productOrService: { text: 'strips' }, net: { value: 40, currency: 'USD' }, quantity: 0 }], total: undefined }).replace('"quantity":0', `"quantity":${quantity}`),
    { settlement: USD, category: () => category },
  )[0]?.line;
  const type = (code: string, system?: string) => ({ coding: [{ ...(system === undefined ? {} : { system }), code }] });
  for (const pharmacy of [type('pharmacy', 'http://terminology.hl7.org/CodeSystem/claim-type'), type('pharmacy')]) {
    for (const quantity of ['{"value":100}', said('100', 'each'), ucum('100', '1')]) {
      for (const category of ['MedicalEquipment', 'Preventive', 'PrimaryCare', 'Prescription'] as const) {
        assert.throws(() => by(quantity, category, pharmacy), { code: 'Unit' }, `${quantity} ${category}`);
      }
    }
    assert.equal(by('{"value":1}', 'MedicalEquipment', pharmacy)?.quantity, 1);
    assert.equal(by(ucum('2', '{visit}'), 'Preventive', pharmacy)?.quantity, 2);
  }
  assert.equal(by('{"value":100}', 'MedicalEquipment', type('professional', 'http://terminology.hl7.org/CodeSystem/claim-type'))?.quantity, 100);
});
