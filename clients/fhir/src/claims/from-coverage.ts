/** Our `Coverage`, read back; and what of a coverage of ours is in other resources. */
import type { CoverageInfo } from '@salus/types/claims';
import { NotAMoment, periodSpan } from '@salus/types/days';
import { COVERAGE_CLASS_SYSTEM, COVERAGE_EXTENSION, COVERAGE_SYSTEM, MEMBER_KEY_SYSTEM, ORGANISATION_SYSTEM, hl7 } from './fhir-parts.js';
import { toCoverage } from './fhir-coverage.js';
import { codesOf, readResource, valueIn, type FhirElement } from './fhir-tree.js';
import { Extensions, checkUnchanged, numbered, ourNumber, ourReference } from './ours.js';

/** In which zone the resource was written. */
export interface ReadOptions {
  zone: string;
}

/**
 * A coverage that `toCoverage` made. `FhirRefused` if it was made by others (`NotOurs`; see `readCoverage`),
 * or if anything in it was changed.
 */
export function coverageFromFhir(resource: Uint8Array | string, { zone }: ReadOptions): CoverageInfo {
  const read = readResource(resource, 'Coverage');
  const number = numbered(read, ourNumber(read, COVERAGE_SYSTEM));
  const payors = read.children('payor');
  const payor = valueIn(ORGANISATION_SYSTEM, payors[0]);
  const classed = (code: string): number => {
    const found = read.children('class').find((one) => codesOf(one.child('type')).includes(code));
    return found ? numbered(found, found.string('value') ?? '') : read.refuse('Malformed', `it has no ${code}`, 'class');
  };
  const period = read.required(read.child('period'), 'period');
  const more = Extensions.of(read, COVERAGE_EXTENSION);
  const coverage: CoverageInfo = {
    coverage: number,
    payer: numbered(read, payor ?? read.refuse('NotOurs', 'it is no organisation of ours', 'payor')),
    plan: classed(`${hl7('coverage-class')}|plan`),
    planVersion: classed(`${COVERAGE_CLASS_SYSTEM}|plan-version`),
    member: ourReference(read, 'beneficiary', MEMBER_KEY_SYSTEM),
    ...spanOf(period, zone, more),
    ...moreOf(more),
  };
  checkUnchanged(read, toCoverage(coverage, zone));
  return coverage;
}

/** A period of ours. An empty one has its end in the extension, as FHIR has none. */
export function spanOf(period: FhirElement, zone: string, more: Extensions | undefined): Pick<CoverageInfo, 'from' | 'until'> {
  try {
    const { from, until } = periodSpan({ start: period.string('start'), end: period.string('end') }, zone);
    return { from: period.required(from, 'start'), until: more?.moment('until') ?? period.required(until, 'end') };
  } catch (error) {
    if (error instanceof NotAMoment) return period.refuse('Date', error.message);
    throw error;
  }
}

export function moreOf(more: Extensions | undefined): Pick<CoverageInfo, 'accepted' | 'nextKey'> {
  const accepted = more?.moment('accepted');
  const key = more?.text('nextKey');
  return {
    ...(accepted === undefined ? {} : { accepted }),
    ...(more === undefined || key === undefined ? {} : { nextKey: { key, from: more.needed(more.moment('nextKeyFrom'), 'nextKeyFrom') } }),
  };
}
