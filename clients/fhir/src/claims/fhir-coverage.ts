/** Coverages as FHIR R4 `Coverage`. */
import type { Coverage, Extension } from 'fhir/r4.js';
import type { CoverageInfo } from '@salus/types/claims';
import { dateTime, period } from '@salus/types/days';
import {
  COVERAGE_CLASS_SYSTEM, COVERAGE_EXTENSION, COVERAGE_SYSTEM, concept, extension, hl7, identifier, organisation, patient, type Said,
} from './fhir-parts.js';

/** What FHIR has no place for: when it was accepted, a key that may take the place of the present one, an empty period. */
export function coverageExtension({ accepted, from, until, nextKey }: CoverageInfo, zone: string, plan: Record<string, Said> = {}): Extension[] {
  const said = extension(COVERAGE_EXTENSION, {
    ...plan,
    accepted: accepted === undefined ? undefined : { valueDateTime: dateTime(accepted, zone) },
    until: until > from ? undefined : { valueDateTime: dateTime(until, zone) },
    nextKey: nextKey && { valueString: nextKey.key },
    nextKeyFrom: nextKey && { valueDateTime: dateTime(nextKey.from, zone) },
  });
  return said.extension?.length ? [said] : [];
}

/**
 * A coverage. An offer that the member has not accepted is a `draft`; one whose period is empty was
 * `cancelled` before it began. Whether it is in force on a day, `period` says, with the offsets of `zone`.
 */
export function toCoverage(coverage: CoverageInfo, zone: string): Coverage {
  const more = coverageExtension(coverage, zone);
  return {
    resourceType: 'Coverage',
    ...(more.length > 0 ? { extension: more } : {}),
    identifier: [identifier(COVERAGE_SYSTEM, coverage.coverage)],
    status: coverage.until <= coverage.from ? 'cancelled' : coverage.accepted === undefined ? 'draft' : 'active',
    beneficiary: patient(coverage.member),
    period: period(coverage, zone),
    payor: [organisation(coverage.payer)],
    class: [
      { type: concept(hl7('coverage-class'), 'plan', 'Plan'), value: String(coverage.plan) },
      { type: concept(COVERAGE_CLASS_SYSTEM, 'plan-version', 'Version of the plan'), value: String(coverage.planVersion) },
    ],
  };
}
