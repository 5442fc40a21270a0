/**
 * Answers in the forms of others: a Beacon v2 response, and a FHIR R4 MeasureReport. Each has the permit, the version, epsilon and the receipt: the reply itself, with its
 * signature. The twin of `exchange/counts/src/views.rs`, by the same vectors.
 */
import type { Extension, MeasureReport, MeasureReportGroupPopulation } from 'fhir/r4.js';
import type { CountQuery } from './query.js';
import { STEP, type Count, type SignedReply, type Told } from './reply.js';

/** The version of the Beacon framework in which `countPrecision` is known. */
const BEACON = 'v2.2.0';

/** A response of Beacon v2: the parts of it that are here. */
export interface BeaconResponse {
  info: Readonly<Record<string, string | number>>;
  meta: Readonly<Record<string, unknown>>;
  responseSummary: { exists: boolean; numTotalResults?: number; countPrecision?: 'rounded'; countAdjustedTo?: string[] };
}

/** The count in a reply, and the permit under which it was told. None of a refusal. */
function countOf({ reply: { permit, says } }: SignedReply): { count: Count; permit: number } | undefined {
  if (!('answer' in says)) return undefined;
  const { count } = says.answer;
  return { count, permit: permit ?? count.permit };
}

function beaconSummary(told: Told): { granularity: 'count' | 'boolean'; summary: BeaconResponse['responseSummary']; words: string } {
  if ('fewerThan' in told) return { granularity: 'boolean', summary: { exists: false }, words: `fewer than ${told.fewerThan}, perhaps none` };
  return {
    granularity: 'count', words: `about ${told.count}, with noise, rounded to ${STEP}`,
    summary: { countAdjustedTo: [`multiples of ${STEP}`], countPrecision: 'rounded', exists: true, numTotalResults: told.count },
  };
}

/**
 * The answer as a Beacon v2 response; none of a refusal. A count is marked as rounded. What is fewer than the least cohort is a response of the granularity `boolean` that
 * says that nothing is there: Beacon has no word for "perhaps".
 */
export function toBeacon(reply: SignedReply): BeaconResponse | undefined {
  const found = countOf(reply);
  if (!found) return undefined;
  const { permit, count: { custodian, dataset, epoch, epsilon, moment, result, version } } = found;
  const { granularity, summary, words } = beaconSummary(result);
  return {
    info: { dataset, epoch, epsilonMicro: epsilon, moment, permit, receipt: reply.text, result: words, version },
    meta: {
      apiVersion: BEACON, beaconId: `urn:salus:organisation:${custodian}`,
      receivedRequestSummary: { apiVersion: BEACON, pagination: {}, requestedGranularity: 'count', requestedSchemas: [] },
      returnedGranularity: granularity, returnedSchemas: [{ entityType: 'individual' }],
    },
    responseSummary: summary,
  };
}

const extension = (name: string, value: string | number): Extension => ({ url: `urn:salus:count:${name}`, valueString: String(value) });

/** The people who were counted, or that they are too few to be told. */
function population(told: Told): MeasureReportGroupPopulation {
  const code = { coding: [{ code: 'initial-population', system: 'http://terminology.hl7.org/CodeSystem/measure-population' }] };
  if ('count' in told) return { code, count: told.count };
  return { code, _count: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }] } };
}

/**
 * The answer as a FHIR R4 MeasureReport over the whole time of its query; none of a refusal. What is fewer than the least cohort has no count, but the reason `masked` in its
 * place.
 */
export function toMeasureReport(reply: SignedReply, { groups }: CountQuery): MeasureReport | undefined {
  const found = countOf(reply);
  const [from] = groups.map((group) => group.from).sort();
  const until = groups.map((group) => group.until).sort().at(-1);
  if (!found || from === undefined || until === undefined) return undefined;
  const { permit, count: { custodian, dataset, epoch, epsilon, moment, query, reservation, result, version } } = found;
  return {
    resourceType: 'MeasureReport',
    extension: [
      extension('permit', permit), extension('dataset', dataset), extension('version', version), extension('epoch', epoch), extension('epsilon-micro', epsilon),
      extension('moment', moment), extension('receipt', reply.text), extension('rounded-to', STEP), ...('count' in result ? [] : [extension('fewer-than', result.fewerThan)]),
    ],
    identifier: [{ system: 'urn:salus:count', value: `${custodian}/${reservation}` }],
    status: 'complete', type: 'summary', measure: `urn:salus:count-query:${query}`,
    reporter: { identifier: { system: 'urn:salus:organisation', value: String(custodian) } },
    period: { start: from, end: until },
    group: [{ population: [population(result)] }],
  };
}
