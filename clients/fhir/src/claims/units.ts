/**
 * How many units of the chain a quantity of FHIR is. A unit is what a plan counts: a visit, a day of a
 * stay, a fill of a prescription; copays, caps and limits are for each. 90 tablets are one fill.
 */
import { decimal, type BenefitCategory, type Decimal } from '@salus/types/claims';
import type { FhirElement } from './fhir-tree.js';

/** The most units that the chain takes in a line. */
const MAX_UNITS = 10_000n;

/** What a unit counts. */
type Kind =
  /** Repetitions of the service or product. */
  | 'count'
  | 'visit' | 'day' | 'fill'
  /** How much of a product there was, in tablets, grams or millilitres: not how often it was given out. */
  | 'amount'
  /** Whatever a form calls a unit: a service, a quarter of an hour, a unit of a drug. Only one of them is one. */
  | 'unit'
  /** Time, distance and the like, which no plan counts: known, so that no code beside them makes visits of them. */
  | 'measure';

const UCUM = 'http://unitsofmeasure.org';
const DRUG_FORM = 'http://terminology.hl7.org/CodeSystem/v3-orderableDrugForm';
const SNOMED = 'http://snomed.info/sct';

const words = (kind: Kind, list: string): [string, Kind][] => list.split(' ').map((word) => [word, kind]);

/** Words of `Quantity.unit`, and of the annotations of UCUM, such as `{visit}`. */
const WORDS = new Map<string, Kind>([
  ...words('count', '1 each ea item items piece pieces count # service services procedure procedures test tests'),
  ...words('visit', 'visit visits encounter encounters session sessions treatment treatments consultation consultations exam exams'),
  // DA, and below F2, GR and ME, as in X12 355.
  ...words('day', 'd day days da'),
  ...words('fill', 'fill fills refill refills dispense dispenses dispensing prescription prescriptions rx'),
  ...words('amount', 'tab tabs tablet tablets tbl cap caps capsule capsules caplet caplets pill pills lozenge suppository patch patches'),
  ...words('amount', 'ampoule ampoules vial vials syringe syringes puff puffs spray sprays drop drops dose doses bottle bottles tube tubes'),
  ...words('amount', 'f2 gr me mg g gm gram grams kg ug mcg µg ng ml milliliter milliliters millilitre millilitres l cl dl ul meq mmol iu'),
]);

/** Words of `Quantity.unit` that are something else, whatever code stands beside them. */
const OTHER_WORDS = new Map<string, Kind>([
  ...words('unit', 'un unit units'),
  ...words('measure', 's sec second seconds min mins minute minutes mj h hr hrs hour hours wk week weeks mo month months a yr year years'),
  ...words('measure', 'm km mi mile miles kilometre kilometres kilometer kilometers % percent'),
]);

/** Codes of UCUM for what a product may be measured in. UCUM tells upper case from lower case. */
const UCUM_AMOUNTS = new Set('mg g kg ug ng mL L dL cL uL ml l meq mmol mol [iU] [IU] U TAB CAP [USP\'U] [arb\'U]'.split(' '));
const SNOMED_FORMS = new Set(['385055001', '385049006', '732936001', '732937005']);

/** What the categories count. Those that are not here count visits. */
const BY_DAY: ReadonlySet<BenefitCategory> = new Set(['HospitalStay', 'SkilledNursing']);

/** A word as the lists have it: `Tablet(s)` and `tab.` too. */
const plainWord = (word: string): string => word.trim().toLowerCase().replace(/(\(s\)|\.)$/, '');
const ofWord = (word: string): Kind | undefined => WORDS.get(plainWord(word));
const ofText = (text: string): Kind | undefined => ofWord(text) ?? OTHER_WORDS.get(plainWord(text));

function ofCode(system: string, code: string): Kind | undefined {
  if (system === DRUG_FORM) return 'amount';
  if (system === SNOMED) return SNOMED_FORMS.has(code) ? 'amount' : undefined;
  if (system !== UCUM) return undefined;
  const annotation = /^1?\{([^{}]*)\}$/.exec(code)?.[1];
  if (annotation !== undefined) return ofWord(annotation);
  if (code === '1') return 'count';
  if (code === 'd') return 'day';
  return UCUM_AMOUNTS.has(code.replace(/\{[^{}]*\}$/, '')) ? 'amount' : undefined;
}

function kindOf(quantity: FhirElement): Kind {
  const [unit, system, code] = [quantity.string('unit'), quantity.string('system'), quantity.string('code')];
  const word = unit === undefined ? undefined : ofText(unit);
  if (code === undefined) {
    if (system !== undefined) quantity.refuse('Unit', 'a system without a code', 'system');
    if (unit === undefined) return 'count';
    return word ?? quantity.refuse('Unit', `the unit "${unit}" is not known`, 'unit');
  }
  if (system === undefined) return quantity.refuse('Unit', `the code ${code} is of no system`, 'code');
  const kind = ofCode(system, code) ?? quantity.refuse('Unit', `the unit ${system}|${code} is not one that a plan counts`, 'code');
  if (word === 'unit' && kind === 'count') return 'unit';
  if (word !== undefined && word !== kind) quantity.refuse('Unit', `it says "${unit}" and ${code}, which are not the same`, 'unit');
  return kind;
}

/** The number of a quantity, for the price: 1 if there is no quantity (R4, `Claim.item.net`). */
export function numberOf(quantity: FhirElement | undefined): Decimal {
  if (!quantity) return { digits: 1n, scale: 0 };
  const comparator = quantity.string('comparator');
  const value = quantity.number('value') ?? quantity.refuse('Quantity', 'a unit without a number');
  if (comparator !== undefined) quantity.refuse('Quantity', `${comparator} ${value} is not a number`, 'comparator');
  if (value.length > 40 || /[eE][+-]?\d{3}/.test(value)) quantity.refuse('Quantity', 'no quantity is so long, so large or so small', 'value');
  const number = decimal(value);
  if (number.digits <= 0n) quantity.refuse('Quantity', `${value} is not above 0`, 'value');
  return number;
}

/**
 * The units of an item of a category. A quantity in a unit that the category does not count is refused:
 * minutes are not visits. Of a prescription, how much was given out is one fill; a number alone could be
 * either, and is taken only if it is 1. So it is of all that a pharmacy bills, whatever its category:
 * 100 test strips are no 100 pieces of equipment with a copay each.
 */
export function unitsOf(quantity: FhirElement | undefined, category: BenefitCategory, isPharmacy = false): number {
  if (!quantity) return 1;
  const number = numberOf(quantity);
  const kind = kindOf(quantity);
  const written = quantity.number('value') as string;
  if (category === 'Prescription' && kind === 'amount') return 1;
  const counted: Kind[] = category === 'Prescription' ? ['fill', 'count'] : BY_DAY.has(category) ? ['count', 'visit', 'day'] : ['count', 'visit'];
  if (kind === 'unit' && isOne(number)) return 1;
  if (!counted.includes(kind)) quantity.refuse('Unit', `${written} ${UNIT_WORDS[kind]} are not units of ${category}`);
  const unit = 10n ** BigInt(number.scale);
  if (number.digits % unit !== 0n) quantity.refuse('Quantity', `${written} is not a whole number`, 'value');
  const units = number.digits / unit;
  if (units > MAX_UNITS) quantity.refuse('Quantity', `${written} is more than ${MAX_UNITS}`, 'value');
  if ((isPharmacy || category === 'Prescription') && kind === 'count' && units !== 1n) {
    quantity.refuse('Unit', `${written} could be fills or tablets: say it with a unit, such as ${category === 'Prescription' ? '{fill}' : '{visit}'}`);
  }
  return Number(units);
}

const isOne = ({ digits, scale }: Decimal): boolean => digits === 10n ** BigInt(scale);

const UNIT_WORDS: Record<Kind, string> = {
  count: 'repetitions', visit: 'visits', day: 'days', fill: 'fills', amount: 'of a product\'s measure',
  unit: 'units of something', measure: 'of a measure of time or distance',
};

/** Units of the chain as a quantity, in a form that {@link unitsOf} reads back. */
export const quantityOf = (units: number, category: BenefitCategory): { value: number; unit?: string; system?: string; code?: string } =>
  (category === 'Prescription' ? { value: units, unit: 'fill', system: UCUM, code: '{fill}' } : { value: units });
