/**
 * An answer to a claim that another payer's system made, as FHIR R4 `ClaimResponse` or
 * `ExplanationOfBenefit`: taken if every line says who bears what, to the last unit, and refused if not.
 */
import {
  borneBy, carcOf, groupOf, inUnits, X12_CARC_SYSTEM, X12_GROUP_SYSTEM, type Adjustment, type Carc, type Settlement,
} from '@salus/types/claims';
import type { Span } from '@salus/types/days';
import {
  ADJUDICATION, CLAIM_RESPONSE, CLAIM_RESPONSE_INSURANCE, EXPLANATION, EXPLANATION_INSURANCE, EXPLANATION_ITEM, PAYMENT, RESPONSE_ITEM,
  TOTAL,
} from './answer-elements.js';
import { isPerson, isSameParty } from './claim-parties.js';
import { checkElements } from './elements.js';
import { hl7 } from './fhir-parts.js';
import { codesOf, isNone, readResource, targetOf, type FhirElement } from './fhir-tree.js';
import { amountOf, unitsOfMoney } from './prices.js';
import { checkStatus, dateIn, optionalTarget, requiredTarget, spanIn } from './read-parts.js';

export interface ReadAnswerOptions {
  settlement: Settlement;
  /** The zone in which the payer writes days, by its IANA name. */
  zone: string;
}

/** What became of an item. Its charge is `paid` and all adjustments together, exactly. */
export interface AnswerLine {
  /** The item of the claim. */
  sequence: number;
  charge: bigint;
  paid: bigint;
  patientResponsibility: bigint;
  adjustments: Adjustment[];
}

/** An answer to a claim, in the words of whoever made it: references are texts. */
export interface Answer {
  type: 'ClaimResponse' | 'ExplanationOfBenefit';
  /** `partial` if more will come. */
  outcome: 'complete' | 'partial';
  created: Span;
  patient: string;
  insurer: string;
  provider?: string;
  claim?: string;
  coverage?: string;
  lines: AnswerLine[];
  payment?: {
    /** What the provider gets. */
    amount: bigint;
    /** What of the benefit is kept back; negative if something is added, such as interest. */
    adjustment: bigint;
    date?: Span;
  };
}

const HL7 = hl7('adjudication');
const C4BB = 'http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudication';
const SYSTEMS = ['', HL7, C4BB, `${C4BB}Discriminator`];

/** The patient's shares, by code. The standard's own examples leave the system out. */
const SHARES = new Map<string, Carc>(([['copay', 'Copay'], ['deductible', 'Deductible'], ['coinsurance', 'Coinsurance']] as const)
  .flatMap(([code, carc]) => SYSTEMS.map((system): [string, Carc] => [`${system}|${code}`, carc])));

const known = (...codes: string[]): ReadonlySet<string> => new Set(SYSTEMS.flatMap((system) => codes.map((code) => `${system}|${code}`)));
const SUBMITTED = known('submitted');
const BENEFIT = known('benefit');
/** Amounts that are sums or steps of others, and say nothing about who bears what. */
const STEPS = known('eligible', 'eligpercent', 'memberliability', 'paidtoprovider');
/** Sums of what is told beside them, and so not something else. */
const OF_PATIENT = known('memberliability');
const TO_PROVIDER = known('paidtoprovider');

/** What an entry is, by each of its codes that is known: one that says two things says neither. */
function kindsOf(codes: readonly string[]): ReadonlySet<string> {
  const kind = (code: string): string | undefined =>
    (SUBMITTED.has(code) ? 'submitted' : BENEFIT.has(code) ? 'benefit' : STEPS.has(code) ? code.slice(code.indexOf('|')) : SHARES.get(code));
  return new Set(codes.map(kind).filter((one) => one !== undefined));
}

/** Reads it. `FhirRefused` says by `code` and `path` what is not understood. */
export function readAnswer(resource: Uint8Array | string, type: Answer['type'], { settlement, zone }: ReadAnswerOptions): Answer {
  const read = readResource(resource, type);
  const isResponse = type === 'ClaimResponse';
  checkStatus(read, 'active');
  const use = read.required(read.string('use'), 'use');
  if (use !== 'claim') read.refuse('Use', `it is ${use}, not claim`, 'use');
  const outcome = outcomeOf(read);
  checkElements(read, isResponse ? CLAIM_RESPONSE : EXPLANATION);
  checkPayee(read, isResponse);
  const items = read.children('item');
  if (items.length === 0) read.refuse('Items', 'it has none', 'item');
  const lines = items.map((item) => lineOf(item, isResponse, settlement));
  if (new Set(lines.map(({ sequence }) => sequence)).size !== lines.length) read.refuse('Sequence', 'two answers to one item', 'item');
  checkTotals(read, lines, settlement);
  const payment = paymentOf(read, lines, settlement, zone);
  const provider = optionalTarget(read, isResponse ? 'requestor' : 'provider');
  const claim = optionalTarget(read, isResponse ? 'request' : 'claim');
  const coverage = coverageOf(read, isResponse);
  return {
    type, outcome, lines,
    created: read.required(spanIn(read, 'created', zone), 'created'),
    patient: requiredTarget(read, 'patient'),
    insurer: requiredTarget(read, 'insurer'),
    ...(provider === undefined ? {} : { provider }),
    ...(claim === undefined ? {} : { claim }),
    ...(coverage === undefined ? {} : { coverage }),
    ...(payment ? { payment } : {}),
  };
}

function outcomeOf(read: FhirElement): Answer['outcome'] {
  const outcome = read.required(read.string('outcome'), 'outcome');
  if (outcome === 'complete' || outcome === 'partial') return outcome;
  const codes = (read.has('error') ? read.children('error') : []).flatMap((error) => codesOf(error.child('code')));
  return read.refuse('Undecided', `it is ${outcome}${codes.length > 0 ? `: ${codes.join(', ')}` : ''}`, 'outcome');
}

/** Nobody but the provider may have the money, and no other payer may have paid before. */
function checkPayee(read: FhirElement, isResponse: boolean): void {
  const reserve = read.child('fundsReserve');
  if (reserve && !isNone(reserve)) reserve.refuse('FundsReserve', 'money is set aside');
  const payee = isResponse ? undefined : read.child('payee');
  const type = isResponse ? read.child('payeeType') : payee?.child('type');
  const provider = [`${hl7('payeetype')}|provider`, '|provider'];
  if (type && (codesOf(type).length === 0 || !codesOf(type).every((code) => provider.includes(code)))) type.refuse('Payee', 'it is not the provider');
  const [party, own] = [payee?.child('party'), isResponse ? undefined : read.child('provider')];
  // "Provider" may be the house of the person who treated; without that word it must be the very provider.
  if (party && (type ? isPerson(party) : !(own && isSameParty(party, own)))) party.refuse('Payee', 'it is not the provider');
  if (payee && !type && !party) payee.refuse('Payee', 'it says nobody');
  const precedence = isResponse ? undefined : read.positive('precedence');
  if (precedence !== undefined && precedence !== 1) read.refuse('PriorPayer', 'another payer has paid before', 'precedence');
}

function coverageOf(read: FhirElement, isResponse: boolean): string | undefined {
  const insurances = read.children('insurance');
  insurances.forEach((insurance) => checkElements(insurance, isResponse ? CLAIM_RESPONSE_INSURANCE : EXPLANATION_INSURANCE));
  const focal = insurances.filter((insurance) => insurance.boolean('focal') !== false);
  if (focal.length > 1) read.refuse('Insurance', `${focal.length} are the focal one`, 'insurance');
  // A response numbers them, an explanation lists them in order.
  const [first] = focal;
  const place = isResponse ? first?.positive('sequence') ?? 1 : insurances.findIndex((insurance) => insurance === first) + 1;
  if (first && place !== 1) first.refuse('PriorPayer', `it is coverage number ${place}, and another one comes before it`);
  return targetOf(focal[0]?.child('coverage'));
}

function lineOf(item: FhirElement, isResponse: boolean, settlement: Settlement): AnswerLine {
  checkElements(item, isResponse ? RESPONSE_ITEM : EXPLANATION_ITEM);
  const name = isResponse ? 'itemSequence' : 'sequence';
  const net = isResponse ? undefined : item.child('net');
  const stated = net && unitsOfMoney(net, settlement);
  let charge: bigint | undefined;
  let paid: bigint | undefined;
  const adjustments: Adjustment[] = [];
  const sums: { entry: FhirElement; units: bigint; isOfPatient: boolean }[] = [];
  for (const entry of item.children('adjudication')) {
    checkElements(entry, ADJUDICATION);
    const codes = codesOf(entry.child('category'));
    if (kindsOf(codes).size > 1) entry.refuse('Unbalanced', `it is ${codes.join(' and ')} at once`, 'category');
    const amount = entry.child('amount');
    const units = amount && unitsOfMoney(amount, settlement);
    const once = (before: bigint | undefined): bigint => {
      if (before !== undefined) entry.refuse('Unbalanced', 'it is there twice');
      return units ?? entry.refuse('Unbalanced', 'it has no amount');
    };
    if (codes.some((code) => SUBMITTED.has(code))) charge = once(charge);
    else if (codes.some((code) => BENEFIT.has(code))) paid = once(paid);
    else if (units !== undefined && codes.some((code) => OF_PATIENT.has(code) || TO_PROVIDER.has(code))) sums.push({ entry, units, isOfPatient: codes.some((code) => OF_PATIENT.has(code)) });
    else if (units !== undefined && units > 0n && !codes.some((code) => STEPS.has(code))) adjustments.push(adjustmentOf(entry, codes, units));
  }
  if (charge !== undefined && stated !== undefined && charge !== stated) net?.refuse('Unbalanced', 'it is not what was submitted');
  charge ??= stated ?? item.refuse('Unbalanced', 'it does not say what was charged', 'adjudication');
  paid ??= item.refuse('Unbalanced', 'it does not say what is paid', 'adjudication');
  const borne = adjustments.reduce((sum, { amount }) => sum + amount, 0n);
  if (charge !== paid + borne) {
    item.refuse('Unbalanced', `charged is ${charge}, paid ${paid}, and of ${charge - paid - borne} units nothing says who bears them`, 'adjudication');
  }
  const patientResponsibility = borneBy(adjustments, 'PatientResponsibility');
  for (const { entry, units, expected } of sums.map((sum) => ({ ...sum, expected: sum.isOfPatient ? patientResponsibility : paid }))) {
    if (units !== expected) entry.refuse('Unbalanced', `it is ${units}, and the other entries come to ${expected}`, 'amount');
  }
  return { sequence: item.required(item.positive(name), name), charge, paid, patientResponsibility, adjustments };
}

/** An amount that is not paid: a share of the patient by its code, or with its group and reason of X12. */
function adjustmentOf(entry: FhirElement, codes: readonly string[], amount: bigint): Adjustment {
  const reasons = codesOf(entry.child('reason'));
  const coded = (system: string): string | undefined => reasons.find((code) => code.startsWith(`${system}|`))?.slice(system.length + 1);
  const [group, carc] = [coded(X12_GROUP_SYSTEM), coded(X12_CARC_SYSTEM)];
  if (group !== undefined && carc !== undefined) {
    try {
      return { group: groupOf(group), carc: carcOf(carc), amount };
    } catch (error) {
      return entry.refuse('Unbalanced', (error as Error).message, 'reason');
    }
  }
  const share = codes.map((code) => SHARES.get(code)).find((one) => one !== undefined);
  return share ? { group: 'PatientResponsibility', carc: share, amount } : entry.refuse('Unbalanced', `of ${codes.join(', ') || 'an amount'} nothing says who bears it`, 'category');
}

function checkTotals(read: FhirElement, lines: readonly AnswerLine[], settlement: Settlement): void {
  const sum = (of: (line: AnswerLine) => bigint): bigint => lines.reduce((all, line) => all + of(line), 0n);
  for (const total of read.children('total')) {
    checkElements(total, TOTAL);
    const codes = codesOf(total.child('category'));
    const units = unitsOfMoney(total.required(total.child('amount'), 'amount'), settlement);
    const expected = codes.some((code) => SUBMITTED.has(code)) ? sum(({ charge }) => charge)
      : codes.some((code) => BENEFIT.has(code) || TO_PROVIDER.has(code)) ? sum(({ paid }) => paid)
        : codes.some((code) => OF_PATIENT.has(code)) ? sum(({ patientResponsibility }) => patientResponsibility)
          : units;
    if (units !== expected) total.refuse('Total', `it is ${units}, and its items come to ${expected}`);
  }
}

function paymentOf(read: FhirElement, lines: readonly AnswerLine[], settlement: Settlement, zone: string): Answer['payment'] | undefined {
  const payment = read.child('payment');
  if (!payment) return undefined;
  checkElements(payment, PAYMENT);
  const amount = unitsOfMoney(payment.required(payment.child('amount'), 'amount'), settlement);
  const kept = payment.child('adjustment');
  let adjustment = 0n;
  if (kept) {
    const written = amountOf(kept, settlement);
    try {
      adjustment = inUnits(written, settlement.decimals);
    } catch (error) {
      kept.refuse('Amount', (error as Error).message);
    }
  }
  const paid = lines.reduce((sum, line) => sum + line.paid, 0n);
  if (amount !== paid - adjustment) payment.refuse('Unbalanced', `it is ${amount}, and its items come to ${paid} less ${adjustment}`);
  const date = dateIn(payment, 'date', zone);
  return { amount, adjustment, ...(date ? { date } : {}) };
}
