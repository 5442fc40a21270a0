/**
 * Amounts as FHIR Money.
 *
 * A FHIR decimal is exact. A resource that comes in is read from its text (`fhir-tree.ts`), with any number
 * of digits. One that goes out is an object whose numbers are doubles, sure to keep 15 significant digits and
 * no more: an amount with more of them is refused, so that what is written is what was meant, to the last
 * unit. So it is where an object that was parsed before is looked at (`fromMoney`).
 */
import { exact, inUnits, refuseUnsure, toDecimal, type Decimal, type Settlement } from '@salus/types/claims';
import type { Money } from 'fhir/r4.js';

/** An amount as FHIR Money. A `RangeError` if a JSON number is not sure to carry it. */
export function toMoney(units: bigint, settlement: Settlement): Money {
  checkCurrency(settlement);
  const text = toDecimal(units, settlement.decimals);
  refuseUnsure(units, text);
  return { value: Number(text), currency: settlement.currency };
}

/** An amount of FHIR Money in the smallest unit. A `RangeError` for another currency, none, no value, too many decimals or digits. */
export const fromMoney = (money: Money, settlement: Settlement): bigint =>
  inUnits(decimalOf(money, settlement), settlement.decimals);

/** The value of FHIR Money as it is written, in the currency of `settlement`: unit prices may be finer than the smallest unit. */
export function decimalOf(money: Money, settlement: Settlement): Decimal {
  checkCurrency(settlement);
  if (money.value === undefined) throw new RangeError('the amount has no value');
  if (money.currency !== settlement.currency) {
    throw new RangeError(`the amount is in ${money.currency ?? 'no currency'}, not in ${settlement.currency}`);
  }
  return exact(money.value);
}

function checkCurrency({ currency }: Settlement): void {
  if (!/^[A-Z]{3}$/.test(currency)) throw new RangeError(`"${currency}" is not a currency code of ISO 4217`);
}
