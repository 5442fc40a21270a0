/** Our `ExplanationOfBenefit` and `ClaimResponse`, read back to the claim on the chain. */
import type { CodeableConcept } from 'fhir/r4.js';
import { IntegrityBroken, type Hex } from '@salus/types';
import {
  BENEFIT_CATEGORIES, borneBy, carcOf, groupOf, totalsOf, X12_CARC_SYSTEM, X12_GROUP_SYSTEM, type Adjustment, type BenefitCategory, type ClaimLine,
  type ClaimState, type CoverageInfo, type Explanation, type LineResult, type Settlement,
} from '@salus/types/claims';
import type { Span } from '@salus/types/days';
import { categoryOf } from './fhir-categories.js';
import type { ClaimContext } from './fhir-claim.js';
import {
  CLAIM_RESPONSE_SYSTEM, COVERAGE_SYSTEM, DETAIL_EXTENSION, EXPLANATION_EXTENSION, EXPLANATION_SYSTEM, LINE_EXTENSION,
  MEMBER_KEY_SYSTEM, ORGANISATION_SYSTEM, USAGE_EXTENSION, hl7,
} from './fhir-parts.js';
import { toClaimResponse, toExplanationOfBenefit } from './fhir-response.js';
import { codesOf, conceptOf, readResource, type FhirElement } from './fhir-tree.js';
import { spanOf } from './from-coverage.js';
import { Extensions, checkUnchanged, numbered, ourNumber, ourReference } from './ours.js';
import { unitsOfMoney } from './prices.js';

export interface ReadExplanationOptions {
  settlement: Settlement;
  /** The zone in which it was written: the context of the one who made it. */
  zone: string;
}

/** What such a resource says. */
export interface ExplanationRead {
  explanation: Explanation;
  coverage: Pick<CoverageInfo, 'coverage' | 'payer' | 'member'>;
  /** The period of the coverage: only an explanation of benefits has it. */
  benefitPeriod?: Span;
  /** The coded detail that it discloses, by commitment. */
  detail: ReadonlyMap<Hex, CodeableConcept>;
}

const TYPES: ReadonlySet<string> = new Set(['institutional', 'oral', 'pharmacy', 'professional', 'vision']);

/**
 * A claim and what became of it, of an `ExplanationOfBenefit` or a `ClaimResponse` that this SDK made.
 * `FhirRefused` if it was made by others (`NotOurs`; see `readAnswer`), if it does not add up, or if
 * anything in it was changed.
 */
export function explanationFromFhir(
  resource: Uint8Array | string, type: 'ExplanationOfBenefit' | 'ClaimResponse', options: ReadExplanationOptions,
): ExplanationRead {
  const read = readResource(resource, type);
  const { settlement, zone } = options;
  const isResponse = type === 'ClaimResponse';
  const claim = numbered(read, ourNumber(read, isResponse ? CLAIM_RESPONSE_SYSTEM : EXPLANATION_SYSTEM));
  const said = Extensions.required(read, EXPLANATION_EXTENSION);
  const [insurance, ...others] = read.children('insurance');
  if (!insurance || others.length > 0) return read.refuse('Insurance', 'it is not on one coverage', 'insurance');
  const coverage = {
    coverage: numbered(insurance, ourReference(insurance, 'coverage', COVERAGE_SYSTEM)),
    payer: numbered(read, ourReference(read, 'insurer', ORGANISATION_SYSTEM)),
    member: ourReference(read, 'patient', MEMBER_KEY_SYSTEM),
  };
  const items = read.children('item').map((item) => itemOf(item, isResponse, settlement));
  const lines = items.map(({ line }) => line);
  const disclosed = new Set(items.flatMap((item, at) => (item.disclosed ? [`${type}.item[${at}].productOrService`] : [])));
  const results = items.flatMap(({ result }) => (result ? [result] : []));
  if (results.length !== 0 && results.length !== lines.length) read.refuse('Unbalanced', 'some of its items are decided, and some are not', 'item');
  const money = (name: string): bigint => unitsOfMoney(said.needed(said.money(name), name), settlement);
  const previous = said.number('previous');
  const explanation: Explanation = {
    claim,
    encounter: said.needed(said.number('encounter'), 'encounter'),
    coverage: coverage.coverage,
    provider: numbered(read, ourReference(read, isResponse ? 'requestor' : 'provider', ORGANISATION_SYSTEM)),
    payer: coverage.payer,
    version: said.needed(said.number('version'), 'version'),
    ...(previous === undefined ? {} : { previous }),
    serviceDate: said.needed(said.moment('serviceDate'), 'serviceDate'),
    submitted: said.needed(said.moment('submitted'), 'submitted'),
    state: stateOf(read, said),
    lines,
    results,
    totals: totalsOf(lines, results),
    transferred: money('transferred'),
    interest: money('interest'),
  };
  const code = codesOf(read.child('type')).find((one) => one.startsWith(`${hl7('claim-type')}|`))?.split('|')[1];
  const period = read.child('benefitPeriod');
  const benefitPeriod = period && spanOf(period, zone, undefined);
  const context: ClaimContext = {
    coverage: { ...coverage, ...(benefitPeriod ?? { from: 0, until: 0 }) }, settlement, zone, ...(code !== undefined && TYPES.has(code) ? { type: code as NonNullable<ClaimContext['type']> } : {}),
  };
  try {
    checkUnchanged(read, (isResponse ? toClaimResponse : toExplanationOfBenefit)(explanation, context), (path) => disclosed.has(path));
  } catch (error) {
    if (error instanceof IntegrityBroken) read.refuse('Unbalanced', error.message);
    throw error;
  }
  return { explanation, coverage, ...(benefitPeriod ? { benefitPeriod } : {}), detail: new Map(items.flatMap((item) => (item.disclosed ? [[item.line.detail, item.disclosed]] : []))) };
}

function stateOf(read: FhirElement, said: Extensions): ClaimState {
  const kind = said.text('state');
  const [since, due, at] = [said.moment('since'), said.moment('due'), said.moment('at')];
  switch (kind) {
    case 'Pended': {
      const reason = said.text('reason');
      if (reason !== 'AboveLimit' && reason !== 'NotAttested' && reason !== 'Reviewed') return read.refuse('Malformed', `${reason} is no reason to pend a claim`, 'extension');
      return { kind, reason, due: said.needed(due, 'due') };
    }
    case 'InformationRequested': return { kind, since: said.needed(since, 'since'), due: said.needed(due, 'due') };
    case 'Waiting': return { kind, since: said.needed(since, 'since') };
    case 'Superseded': return { kind, by: said.needed(said.number('by'), 'by') };
    case 'Settled': case 'Voided': case 'Lapsed': return { kind, at: said.needed(at, 'at') };
    default: return read.refuse('Malformed', `${kind} is not a state of a claim`, 'extension');
  }
}

interface Item {
  line: ClaimLine;
  result: LineResult | undefined;
  disclosed: CodeableConcept | undefined;
}

const HEX_32 = /^0x[0-9a-f]{64}$/;

function itemOf(item: FhirElement, isResponse: boolean, settlement: Settlement): Item {
  const detail = item.children('extension').find((one) => one.string('url') === DETAIL_EXTENSION)?.string('valueString');
  if (detail === undefined || !HEX_32.test(detail)) return item.refuse('NotOurs', 'it has no commitment to its detail', 'extension');
  const [category, quantity] = isResponse ? saidLine(item) : shownLine(item);
  const entries = item.children('adjudication').map((entry) => ({
    codes: codesOf(entry.child('category')), reasons: codesOf(entry.child('reason')), entry,
    amount: unitsOfMoney(entry.required(entry.child('amount'), 'amount'), settlement),
  }));
  const amountOf = (code: string): bigint | undefined => entries.find(({ codes }) => codes.includes(code))?.amount;
  const charge = amountOf(`${hl7('adjudication')}|submitted`) ?? item.refuse('Unbalanced', 'it does not say what was charged', 'adjudication');
  const line: ClaimLine = { category, quantity, charge, detail: detail as Hex };
  const product = isResponse ? undefined : item.required(item.child('productOrService'), 'productOrService');
  const disclosed = product && !product.has('extension') ? conceptOf(product) : undefined;
  const usage = Extensions.of(item, USAGE_EXTENSION);
  if (!usage) return { line, result: undefined, disclosed };
  const adjustments = entries.flatMap(({ reasons, entry, amount }): Adjustment[] => {
    if (reasons.length === 0) return [];
    const code = (system: string): string => reasons.find((one) => one.startsWith(`${system}|`))?.slice(system.length + 1) ?? '';
    try {
      return [{ group: groupOf(code(X12_GROUP_SYSTEM)), carc: carcOf(code(X12_CARC_SYSTEM)), amount }];
    } catch (error) {
      return entry.refuse('Unbalanced', (error as Error).message, 'reason');
    }
  });
  const result: LineResult = {
    category,
    paid: amountOf(`${hl7('adjudication')}|benefit`) ?? item.refuse('Unbalanced', 'it does not say what is paid', 'adjudication'),
    patientResponsibility: borneBy(adjustments, 'PatientResponsibility'),
    usage: { visits: usage.needed(usage.number('visits'), 'visits'), amount: unitsOfMoney(usage.needed(usage.money('amount'), 'amount'), settlement) },
    adjustments,
  };
  return { line, result, disclosed };
}

const isCategory = (text: string | undefined): text is BenefitCategory => BENEFIT_CATEGORIES.some((one) => one === text);

function saidLine(item: FhirElement): [BenefitCategory, number] {
  const said = Extensions.required(item, LINE_EXTENSION);
  const category = said.text('category');
  return [isCategory(category) ? category : item.refuse('Category', `${category} is no benefit category`, 'extension'), said.needed(said.number('quantity'), 'quantity')];
}

function shownLine(item: FhirElement): [BenefitCategory, number] {
  const concept = item.required(item.child('category'), 'category');
  const category = categoryOf(conceptOf(concept)) ?? concept.refuse('Category', 'it is no benefit category');
  const quantity = item.required(item.child('quantity'), 'quantity');
  return [category, quantity.required(quantity.positive('value'), 'value')];
}
