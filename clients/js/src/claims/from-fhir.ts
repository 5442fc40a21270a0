/** A billing system's FHIR R4 `Claim` as lines for the chain. What is not certain is refused, never guessed. */
import type { Claim, ClaimItem, CodeableConcept } from 'fhir/r4.js';
import { utf8 } from '../bytes.js';
import { newSalt } from '../commitment.js';
import { SalusError } from '../errors.js';
import { canonicalFhirJson } from '../fhir.js';
import { MAX_LINES } from './bounds.js';
import { categoryOf } from './categories.js';
import { commitDetail } from './detail.js';
import { decimalOf, exact, fromMoney, inUnits, type Decimal } from './money.js';
import type { BenefitCategory, ClaimLine, Settlement } from './model.js';

const MAX_QUANTITY = 0xffff_ffff;

/** A FHIR claim is not one that the chain can take. `sequence` is the item's, if it is about one. */
export class ClaimRefused extends SalusError {
  constructor(readonly reason: string, readonly sequence?: number, options?: ErrorOptions) {
    super(sequence === undefined ? reason : `item ${sequence}: ${reason}`, options);
  }
}

/** The category of an item; `undefined` refuses it. */
export type CategoryMapping = (category: CodeableConcept | undefined, item: ClaimItem) => BenefitCategory | undefined;

export interface FromFhirOptions {
  settlement: Settlement;
  /** Instead of {@link categoryOf}, which knows our own codes and some of HL7 and X12. */
  category?: CategoryMapping;
  /** The salt of an item, by its sequence. Fresh random ones unless given. */
  salt?: (sequence: number) => Uint8Array;
}

/** A line for the chain, and what opens its commitment: keep both, send neither to the chain. */
export interface CommittedLine {
  line: ClaimLine;
  salt: Uint8Array;
  /** The item in canonical FHIR JSON, the bytes that `line.detail` commits to (form `FhirJson`). */
  record: Uint8Array;
}

/**
 * The lines of a claim, in the order of its items. Throws {@link ClaimRefused} for a claim that is not
 * active or not of use `claim`, without items or with more than 64, or whose total is not their sum; and
 * for an item whose category is unknown, whose quantity is not a whole positive number, whose amount is
 * missing, negative, in another currency or not in whole units of the asset, or whose net is not
 * quantity × unit price × factor.
 */
export function claimLinesFromFhir(claim: Claim, options: FromFhirOptions): CommittedLine[] {
  const items = claim.item ?? [];
  if (claim.use !== 'claim') throw new ClaimRefused(`its use is ${claim.use}, not claim`);
  if (claim.status !== 'active') throw new ClaimRefused(`its status is ${claim.status}, not active`);
  if (items.length === 0) throw new ClaimRefused('it has no items');
  if (items.length > MAX_LINES) throw new ClaimRefused(`it has ${items.length} items, more than ${MAX_LINES}`);
  const sequences = new Set<number>();
  const lines = items.map((item) => {
    const { sequence } = item;
    if (!Number.isInteger(sequence) || sequence < 1) throw new ClaimRefused(`${sequence} is not a sequence of an item`);
    if (sequences.has(sequence)) throw new ClaimRefused('another item has the same sequence', sequence);
    sequences.add(sequence);
    return about(sequence, () => lineOf(item, options));
  });
  const { total } = claim;
  if (total) {
    const stated = about(undefined, () => fromMoney(total, options.settlement));
    if (stated !== lines.reduce((sum, { line }) => sum + line.charge, 0n)) throw new ClaimRefused('its total is not the sum of its items');
  }
  return lines;
}

function lineOf(item: ClaimItem, { settlement, category: mapping = categoryOf, salt: salting = newSalt }: FromFhirOptions): CommittedLine {
  const refuse = (reason: string): never => {
    throw new ClaimRefused(reason, item.sequence);
  };
  const category = mapping(item.category, item) ?? refuse(`no benefit category is known for ${described(item.category)}`);
  const quantity = quantityOf(item, refuse);
  const charge = chargeOf(item, quantity, settlement, refuse);
  const salt = salting(item.sequence);
  const record = canonicalFhirJson(utf8(JSON.stringify(item)));
  return { line: { category, quantity, charge, detail: commitDetail(salt, record, 'FhirJson') }, salt, record };
}

function quantityOf({ quantity }: ClaimItem, refuse: (reason: string) => never): number {
  const value = quantity?.value;
  if (value === undefined) return refuse('it has no quantity');
  if (quantity?.comparator) return refuse(`its quantity is ${quantity.comparator} ${value}, not a number`);
  if (!Number.isInteger(value) || value < 1 || value > MAX_QUANTITY) return refuse(`its quantity ${value} is not a whole positive number`);
  return value;
}

function chargeOf(item: ClaimItem, quantity: number, settlement: Settlement, refuse: (reason: string) => never): bigint {
  const { net, unitPrice, factor } = item;
  const product = unitPrice ? times(decimalOf(unitPrice, settlement), exact(quantity), exact(factor ?? 1)) : undefined;
  if (!net && !product) return refuse('it has neither a net amount nor a unit price');
  if (product && product.digits < 0n) return refuse('its unit price or factor is negative');
  const charge = net ? fromMoney(net, settlement) : inUnits(product as Decimal, settlement.decimals);
  if (charge < 0n) return refuse('its net amount is negative');
  if (product && product.digits * 10n ** BigInt(settlement.decimals) !== charge * 10n ** BigInt(product.scale)) {
    return refuse('its net amount is not quantity × unit price × factor');
  }
  return charge;
}

const times = (...factors: Decimal[]): Decimal => factors.reduce((product, next) =>
  ({ digits: product.digits * next.digits, scale: product.scale + next.scale }));

/** Runs `work`; what is out of range in it is refused with the item's sequence. */
function about<T>(sequence: number | undefined, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) throw new ClaimRefused(error.message, sequence, { cause: error });
    throw error;
  }
}

const described = (category: CodeableConcept | undefined): string =>
  category?.coding?.map(({ system, code }) => `${system ?? 'no system'}|${code ?? 'no code'}`).join(', ') ?? category?.text ?? 'an item without a category';
