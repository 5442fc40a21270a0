/**
 * A billing system's FHIR R4 `Claim` as lines for the chain. What is not certain is refused, never
 * guessed: `claim-elements.ts` says of every element of R4 what becomes of it.
 */
import type { Claim, ClaimItem, CodeableConcept } from 'fhir/r4.js';
import { newSalt, utf8 } from '@salus/types';
import { commitDetail, MAX_LINES, type BenefitCategory, type ClaimLine, type Settlement } from '@salus/types/claims';
import { date, dateTime, daySpan, type Span } from '@salus/types/days';
import { categoryOf } from './fhir-categories.js';
import { CLAIM, DETAIL, ITEM, SUB_DETAIL } from './claim-elements.js';
import { checkInsurance, checkParties, checkParty, checkRelated, checkSupporting, type Parties } from './claim-parties.js';
import { checkElements } from './elements.js';
import { ENCOUNTER_SYSTEM, hl7 } from './fhir-parts.js';
import { FhirElement, canonicalText, codesOf, conceptOf, isNone, plain, readResource, targetOf } from './fhir-tree.js';
import { chargeOf, checkProgrammes, unitsOfMoney } from './prices.js';
import { dateIn, periodIn, spanIn } from './read-parts.js';
import { ClaimRefused, FhirRefused } from './refused.js';
import { unitsOf } from './units.js';

/**
 * The category of an item; `undefined` refuses it. The numbers in `item` and `claim` went through doubles:
 * they are for looking at, the amounts of the line are read from the text.
 */
export type CategoryMapping = (category: CodeableConcept | undefined, item: ClaimItem, claim: Claim) => BenefitCategory | undefined;

/** The encounter on the chain, and the zone of the place where it was. */
export interface BilledVisit {
  /** When it was opened, Unix seconds. */
  opened: number;
  /** When it was closed. Without it, it was closed on the day on which it was opened. */
  closed?: number;
  /** The zone in which the provider writes days, by its IANA name. */
  zone: string;
}

export interface FromFhirOptions {
  settlement: Settlement;
  /** Instead of {@link categoryOf}, which knows our own codes and some of HL7 and X12. */
  category?: CategoryMapping;
  /** The salt of an item, by its sequence. Fresh random ones unless given. */
  salt?: (sequence: number) => Uint8Array;
  /** The claim that this one replaces, if it is for `correct`. Then it must say so itself. */
  replaces?: number;
  /** For whom the claim is submitted. */
  parties?: Parties;
  /** The visit that is billed: days of service outside are refused. Without it, days are only checked to exist. */
  visit?: BilledVisit;
}

/** A line for the chain, and what opens its commitment: keep both, send neither to the chain. */
export interface CommittedLine {
  line: ClaimLine;
  salt: Uint8Array;
  /** The item in canonical FHIR JSON, its numbers as they were sent: what `line.detail` commits to (form `FhirJson`). */
  record: Uint8Array;
}

/**
 * The lines of a claim, in the order of its items. Takes the claim as it was sent, so that the item as
 * sent opens its commitment. {@link ClaimRefused} says by `code` and `path` what was not understood.
 */
export function claimLinesFromFhir(claim: Uint8Array | string, options: FromFhirOptions): CommittedLine[] {
  let sequence: number | undefined;
  try {
    const read = readResource(claim, 'Claim');
    const items = itemsOf(read, options);
    const total = read.child('total');
    const around: Around = {
      whole: plain(read.members) as Claim,
      isPharmacy: codesOf(read.child('type')).some((code) => PHARMACY.includes(code)),
      ...(total && items.length === 1 ? { alone: total } : {}),
    };
    const lines = items.map((item) => {
      sequence = item.positive('sequence');
      return lineOf(item, around, options);
    });
    sequence = undefined;
    const sum = lines.reduce((all, { line }) => all + line.charge, 0n);
    if (total && unitsOfMoney(total, options.settlement) !== sum) total.refuse('Total', 'it is not the sum of its items');
    return lines;
  } catch (error) {
    if (error instanceof FhirRefused) throw new ClaimRefused(error.code, error.path, error.reason, sequence, { cause: error });
    throw error;
  }
}

/** The items, once nothing of the claim around them stands against it. */
function itemsOf(claim: FhirElement, options: FromFhirOptions): FhirElement[] {
  checkElements(claim, CLAIM);
  const { parties = {}, replaces } = options;
  // Callers map categories by it, and find it as R4 has it.
  codesOf(claim.required(claim.child('type'), 'type'));
  const use = claim.required(claim.string('use'), 'use');
  if (use !== 'claim') claim.refuse('Use', `it is ${use}, not claim`, 'use');
  const status = claim.required(claim.string('status'), 'status');
  if (status !== 'active') claim.refuse('Status', `it is ${status}, not active`, 'status');
  const reserve = claim.child('fundsReserve');
  if (reserve && !isNone(reserve)) reserve.refuse('FundsReserve', 'money is to be set aside, which a claim cannot do here');
  checkParties(claim, parties);
  checkInsurance(claim, parties);
  checkRelated(claim, replaces);
  checkSupporting(claim);
  checkDays(claim, options.visit);
  const items = claim.children('item');
  if (items.length === 0) claim.refuse('Items', 'there are none', 'item');
  if (items.length > MAX_LINES) claim.refuse('Items', `there are ${items.length}, more than ${MAX_LINES}`, 'item');
  checkEncounters(items, parties);
  const seen = new Set<number>();
  for (const item of items) {
    const sequence = item.required(item.positive('sequence'), 'sequence');
    if (seen.has(sequence)) item.refuse('Sequence', `another item is number ${sequence} too`, 'sequence');
    seen.add(sequence);
  }
  return items;
}

/** A claim is for one encounter. */
function checkEncounters(items: readonly FhirElement[], { encounter }: Parties): void {
  const targets = new Set<string>();
  for (const item of items) {
    for (const reference of item.children('encounter')) {
      checkParty(reference, ENCOUNTER_SYSTEM, encounter);
      const target = targetOf(reference);
      if (target !== undefined) targets.add(target);
      if (targets.size > 1) reference.refuse('OtherParty', 'the items are of several encounters: a claim for each');
    }
  }
}

const PHARMACY = [`${hl7('claim-type')}|pharmacy`, '|pharmacy'];

/** What of a claim its items depend on. */
interface Around {
  whole: Claim;
  isPharmacy: boolean;
  /** The total, if there is one item. */
  alone?: FhirElement;
}

function lineOf(item: FhirElement, { whole, isPharmacy, alone }: Around, { settlement, category: mapping = categoryOf, salt: salting = newSalt, visit }: FromFhirOptions): CommittedLine {
  checkElements(item, ITEM);
  const details = item.children('detail');
  for (const detail of details) {
    checkElements(detail, DETAIL);
    for (const part of detail.children('subDetail')) checkElements(part, SUB_DETAIL);
  }
  const parts = [item, ...details, ...details.flatMap((detail) => detail.children('subDetail'))];
  for (const part of parts) {
    part.required(part.positive('sequence'), 'sequence');
    part.required(part.child('productOrService'), 'productOrService');
  }
  const category = benefitOf(parts, whole, mapping);
  checkProgrammes(item);
  checkServiced(item, visit);
  const quantity = unitsOf(item.child('quantity'), category, isPharmacy);
  const charge = chargeOf(item, settlement, alone);
  const salt = salting(item.positive('sequence') as number);
  const record = utf8(canonicalText(item.members));
  return { line: { category, quantity, charge, detail: commitDetail(salt, record, 'FhirJson') }, salt, record };
}

/** The category of an item. Parts of it that say one must say the same. */
function benefitOf(parts: readonly FhirElement[], claim: Claim, mapping: CategoryMapping): BenefitCategory {
  const [item] = parts as [FhirElement, ...FhirElement[]];
  const whole = plain(item.members) as ClaimItem;
  const found = (part: FhirElement): BenefitCategory | undefined => {
    const concept = part.child('category');
    try {
      return mapping(concept && conceptOf(concept), whole, claim);
    } catch (error) {
      if (error instanceof RangeError) return part.refuse('Category', error.message, 'category');
      throw error;
    }
  };
  const category = found(item) ?? item.refuse('Category', `no benefit category is known for ${described(item.child('category'))}`, 'category');
  for (const part of parts.slice(1)) {
    const other = part.has('category') ? found(part) : undefined;
    if (other !== undefined && other !== category) part.refuse('Category', `it is ${other}, and its item is ${category}`, 'category');
  }
  return category;
}

const described = (category: FhirElement | undefined): string =>
  codesOf(category).join(', ') || (category?.string('text') ?? 'an item without a category');

/** Which zone a day is of makes no difference to whether it exists, but for the very few that a zone left out. */
const ANY_ZONE = 'UTC';

const zoneOf = (visit: BilledVisit | undefined): string => (visit ? visit.zone : ANY_ZONE);

function checkDays(claim: FhirElement, visit: BilledVisit | undefined): void {
  claim.required(spanIn(claim, 'created', zoneOf(visit)), 'created');
  const billable = periodIn(claim, 'billablePeriod', zoneOf(visit));
  if (billable) checkWithin(claim, 'billablePeriod', billable, visit);
}

function checkServiced(item: FhirElement, visit: BilledVisit | undefined): void {
  const day = dateIn(item, 'servicedDate', zoneOf(visit));
  const period = periodIn(item, 'servicedPeriod', zoneOf(visit));
  if (day && period) item.refuse('Malformed', 'it has a day and a period', 'servicedPeriod');
  if (day) checkWithin(item, 'servicedDate', day, visit);
  if (period) checkWithin(item, 'servicedPeriod', period, visit);
}

/** Refuses what is not on a day of the visit, from the day on which it was opened to the day on which it was closed. */
function checkWithin(element: FhirElement, name: string, { from, until }: Partial<Span>, visit: BilledVisit | undefined): void {
  if (!visit) return;
  const { opened, closed = opened, zone } = visit;
  const first = daySpan(date(opened, zone), zone).from;
  const end = daySpan(date(closed, zone), zone).until;
  const isInside = (from === undefined || (from >= first && from < end)) && (until === undefined || (until > first && until <= end));
  if (!isInside) element.refuse('Date', `it is not within the visit, from ${dateTime(opened, zone)} to ${dateTime(closed, zone)} in ${zone}`, name);
}
