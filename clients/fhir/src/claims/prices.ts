/** What a FHIR item charges, exactly: no amount goes through a double. */
import { decimal, inUnits, toDecimal, type Decimal, type Settlement } from '@salus/types/claims';
import { numberOf } from './units.js';
import { isNone, type FhirElement } from './fhir-tree.js';

const MAX_CHARGE = 2n ** 96n;
/** More than any amount or factor has; a longer one would only take time. */
const MAX_TEXT = 60;

function read(element: FhirElement, name: string): Decimal | undefined {
  const text = element.number(name);
  if (text === undefined) return undefined;
  if (text.length > MAX_TEXT || /[eE][+-]?\d{3}/.test(text)) element.refuse('Amount', `more than ${MAX_TEXT} characters`, name);
  return decimal(text);
}

/** An amount as it is written, in the settlement currency. It may be finer than the smallest unit. */
export function amountOf(money: FhirElement, { currency }: Settlement): Decimal {
  const stated = money.string('currency');
  if (stated !== currency) money.refuse('Currency', `it is in ${stated ?? 'no currency'}, not in ${currency}`);
  return read(money, 'value') ?? money.refuse('Amount', 'it has no value');
}

/** An amount in the smallest unit of the settlement asset, not below 0. */
export function unitsOfMoney(money: FhirElement, settlement: Settlement): bigint {
  const amount = amountOf(money, settlement);
  return wholeUnits(money, amount, settlement);
}

function wholeUnits(at: FhirElement, amount: Decimal, { decimals }: Settlement): bigint {
  const text = toDecimal(amount.digits, amount.scale);
  if (amount.digits < 0n) at.refuse('Amount', `${text} is negative`);
  if ((amount.digits * 10n ** BigInt(decimals)) % 10n ** BigInt(amount.scale) !== 0n) at.refuse('Amount', `${text} has more than ${decimals} decimals`);
  const units = inUnits(amount, decimals);
  if (units > MAX_CHARGE) at.refuse('Amount', `${text} is more than the chain takes`);
  return units;
}

const times = (...factors: Decimal[]): Decimal => factors.reduce((product, next) =>
  ({ digits: product.digits * next.digits, scale: product.scale + next.scale }));

const isSame = (a: Decimal, b: Decimal): boolean => a.digits * 10n ** BigInt(b.scale) === b.digits * 10n ** BigInt(a.scale);

/** Whether an amount is the product, or the product rounded to the smallest unit: a price may be finer than a cent. */
function isRounded(amount: Decimal, product: Decimal, { decimals }: Settlement): boolean {
  if (isSame(amount, product)) return true;
  const unit = 10n ** BigInt(decimals);
  const isWhole = (amount.digits * unit) % 10n ** BigInt(amount.scale) === 0n;
  const difference = plus(amount, { digits: -product.digits, scale: product.scale });
  const twice = (difference.digits < 0n ? -2n : 2n) * difference.digits * unit;
  return isWhole && twice <= 10n ** BigInt(difference.scale);
}

function plus(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  const scaled = (of: Decimal): bigint => of.digits * 10n ** BigInt(scale - of.scale);
  return { digits: scaled(a) + scaled(b), scale };
}

/**
 * The charge of an item. `alone` is the total of a claim whose only item it is: if it has no price, that is
 * its net. Otherwise its net is quantity × unit price × factor, where quantity and factor are 1 if
 * they are missing. Its parts sum up to the net or, as R4 has it of a group, to the unit price.
 */
export function chargeOf(item: FhirElement, settlement: Settlement, alone?: FhirElement): bigint {
  const charge = netOf(item, ['detail', 'subDetail'], settlement) ?? (alone && amountOf(alone, settlement));
  return charge === undefined ? item.refuse('Net', 'it has neither a net amount nor a unit price') : wholeUnits(item, charge, settlement);
}

/** The net of an item or of a part of one, as far as it has a price, with its parts checked. */
function netOf(item: FhirElement, parts: readonly string[], settlement: Settlement): Decimal | undefined {
  const [net, price] = [item.child('net'), item.child('unitPrice')];
  const factor = read(item, 'factor');
  const number = numberOf(item.child('quantity'));
  const stated = net && amountOf(net, settlement);
  const unitPrice = price && amountOf(price, settlement);
  const product = unitPrice && times(unitPrice, number, factor ?? { digits: 1n, scale: 0 });
  if (net && stated && stated.digits < 0n) net.refuse('Amount', 'it is negative');
  // Each by itself: two negative ones make a positive product.
  if ([unitPrice, factor].some((part) => part !== undefined && part.digits < 0n)) item.refuse('Amount', 'its unit price or factor is negative');
  if (net && stated && product && !isRounded(stated, product, settlement)) net.refuse('Net', 'it is not quantity × unit price × factor');
  const own = stated ?? product;
  const [name, ...deeper] = parts;
  const priced = name === undefined ? [] : item.children(name).map((part) => netOf(part, deeper, settlement)).filter((part) => part !== undefined);
  if (priced.length === 0) return own;
  const sum = priced.reduce(plus);
  if (own === undefined) return item.refuse('Net', 'its parts have prices, and it has none itself');
  if (!isSame(sum, own) && !(unitPrice && isSame(sum, unitPrice))) {
    item.refuse('Details', `its parts come to ${shown(sum)}, and it charges ${shown(own)}`, name);
  }
  return own;
}

const shown = ({ digits, scale }: Decimal): string => {
  const text = toDecimal(digits, scale);
  return scale === 0 ? text : text.replace(/\.?0+$/, '');
};

/** Refuses a programme other than `none`, in an item and in its parts. */
export function checkProgrammes(item: FhirElement, parts: readonly string[] = ['detail', 'subDetail']): void {
  for (const programme of item.children('programCode')) {
    if (!isNone(programme)) programme.refuse('Programme', 'another programme might owe it');
  }
  const [name, ...deeper] = parts;
  if (name !== undefined) item.children(name).forEach((part) => checkProgrammes(part, deeper));
}
