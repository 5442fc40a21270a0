/** Amounts keep every unit, or are refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromDecimal, toDecimal } from '@salus/types/claims';
import { seeded, USD } from '@salus/types/testing';
import { fromMoney, toMoney } from '../claims/index.js';

const refused = (work: () => unknown, message: RegExp): void => assert.throws(work, { name: 'RangeError', message });

test('decimal text is exact both ways, however long', () => {
  const pairs: [bigint, number, string][] = [
    [0n, 0, '0'], [0n, 2, '0.00'], [5n, 2, '0.05'], [-5n, 2, '-0.05'], [18_000n, 2, '180.00'], [7n, 0, '7'],
    [1n, 18, '0.000000000000000001'], [2n ** 128n - 1n, 12, '340282366920938463463374607.431768211455'],
  ];
  for (const [units, decimals, text] of pairs) {
    assert.equal(toDecimal(units, decimals), text);
    assert.equal(fromDecimal(text, decimals), units);
  }
  assert.equal(fromDecimal('1.5000', 2), 150n);
  assert.equal(fromDecimal('1e-7', 7), 1n);
  assert.equal(fromDecimal('12e3', 1), 120_000n);
});

test('text that is no whole number of units is refused', () => {
  refused(() => fromDecimal('0.001', 2), /0\.001 has more than 2 decimals/);
  for (const text of ['', '.5', '1.', '1,5', '0x10', ' 1', '1e1000', '--1', 'NaN']) refused(() => fromDecimal(text, 2), /not a decimal number/);
  for (const decimals of [-1, 0.5, NaN]) refused(() => toDecimal(1n, decimals), /not a number of decimals/);
});

test('15 significant digits pass through JSON, and 16 are refused', () => {
  const most = 999_999_999_999_999n;
  for (const decimals of [0, 2, 6, 15, 18]) {
    for (const units of [most, -most, most - 1n, 1n, most * 10n ** 9n]) {
      const written = JSON.parse(JSON.stringify(toMoney(units, { currency: 'USD', decimals })));
      assert.equal(fromMoney(written, { currency: 'USD', decimals }), units, `${units} with ${decimals} decimals`);
    }
    refused(() => toMoney(most + 2n, { currency: 'USD', decimals }), /significant digits/);
    assert.deepEqual(toMoney(most + 1n, { currency: 'USD', decimals }).value, Number(toDecimal(10n ** 15n, decimals)));
  }
  // Two amounts a unit apart that are one and the same double: without the refusal, a unit would be lost.
  assert.equal(Number('9007199254740.993'), Number('9007199254740.992'));
  refused(() => toMoney(9_007_199_254_740_993n, { currency: 'USD', decimals: 3 }), /significant digits/);
  refused(() => fromMoney({ value: 9_007_199_254_740.993, currency: 'USD' }, { currency: 'USD', decimals: 3 }), /significant digits/);
});

test('any amount of 15 digits comes back', () => {
  const next = seeded(20_261_124);
  for (let round = 0; round < 2_000; round++) {
    const units = BigInt(Math.floor(next() * 10 ** (1 + Math.floor(next() * 15))));
    const settlement = { currency: 'EUR', decimals: Math.floor(next() * 19) };
    assert.equal(fromMoney(JSON.parse(JSON.stringify(toMoney(units, settlement))), settlement), units);
  }
});

test('money in another currency, or none, is refused', () => {
  assert.equal(fromMoney({ value: 0.1, currency: 'USD' }, USD), 10n);
  refused(() => fromMoney({ value: 1, currency: 'EUR' }, USD), /in EUR, not in USD/);
  refused(() => fromMoney({ value: 1 }, USD), /no currency/);
  refused(() => fromMoney({ currency: 'USD' }, USD), /no value/);
  refused(() => fromMoney({ value: 0.125, currency: 'USD' }, USD), /more than 2 decimals/);
  refused(() => fromMoney({ value: Infinity, currency: 'USD' }, USD), /not an amount/);
  refused(() => toMoney(1n, { currency: 'dollars', decimals: 2 }), /ISO 4217/);
});
