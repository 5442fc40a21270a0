/**
 * Amounts: exact in the smallest unit of the settlement asset, and as decimal text.
 *
 * A number of JavaScript is a double, sure to keep 15 significant digits and no more: what has more of them is refused where
 * an amount goes through one, so that what is written is what was meant, to the last unit.
 */
/** So many significant digits every decimal keeps through a double (`DBL_DIG`). */
export const SURE_DIGITS = 15;

/** `digits` · 10^-`scale`. */
export interface Decimal {
  digits: bigint;
  scale: number;
}

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;

/** Reads a decimal number, such as `180.00` or `1e-7`. Anything else is a `RangeError`. */
export function decimal(text: string): Decimal {
  const [, sign = '', whole, fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  if (whole === undefined) throw new RangeError(`"${text}" is not a decimal number`);
  const digits = BigInt(`${sign}${whole}${fraction}`);
  const scale = fraction.length - Number(exponent);
  return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale };
}

/** The decimal that a JavaScript number stands for. A number with more than 15 significant digits is a `RangeError`: it may have been another one in the JSON. */
export function exact(value: number): Decimal {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is not an amount`);
  const read = decimal(String(value));
  refuseUnsure(read.digits, String(value));
  return read;
}

/** `value` in units of 10^-`decimals`. What is not a whole number of units is a `RangeError`. */
export function inUnits(value: Decimal, decimals: number): bigint {
  checkDecimals(decimals);
  const scaled = value.digits * 10n ** BigInt(decimals);
  const unit = 10n ** BigInt(value.scale);
  if (scaled % unit !== 0n) throw new RangeError(`${toDecimal(value.digits, value.scale)} has more than ${decimals} decimals`);
  return scaled / unit;
}

/** Decimal text with all `decimals` places: 18000 with 2 is `180.00`. */
export function toDecimal(units: bigint, decimals: number): string {
  checkDecimals(decimals);
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  const fraction = decimals === 0 ? '' : `.${digits.slice(point)}`;
  return `${units < 0n ? '-' : ''}${digits.slice(0, point)}${fraction}`;
}

/** The inverse of {@link toDecimal}; more places are fine if they are zeros, and a `RangeError` if not. */
export const fromDecimal = (text: string, decimals: number): bigint => inUnits(decimal(text), decimals);

/** Refuses, with a `RangeError`, what has more significant digits than a number in JSON is sure to carry. `text` is how it is written. */
export function refuseUnsure(digits: bigint, text: string): void {
  const significant = (digits < 0n ? -digits : digits).toString().replace(/0+$/, '');
  if (significant.length > SURE_DIGITS) {
    throw new RangeError(`${text} has more than ${SURE_DIGITS} significant digits: a number in JSON may not carry it to the unit`);
  }
}

function checkDecimals(decimals: number): void {
  if (!Number.isInteger(decimals) || decimals < 0) throw new RangeError(`${decimals} is not a number of decimals`);
}
