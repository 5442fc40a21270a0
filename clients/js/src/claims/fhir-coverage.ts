/** Coverages as FHIR R4 `Coverage`. */
import type { Coverage } from 'fhir/r4.js';
import { period } from './days.js';
import { COVERAGE_SYSTEM, concept, hl7, identifier, organisation, patient } from './fhir-parts.js';
import type { CoverageInfo } from './model.js';

/**
 * A coverage. An offer that the member has not accepted is a `draft`; one whose period is empty was
 * `cancelled` before it began. Whether it is in force on a day, `period` says, with the offsets of `zone`.
 */
export function toCoverage(coverage: CoverageInfo, zone: string): Coverage {
  return {
    resourceType: 'Coverage',
    identifier: [identifier(COVERAGE_SYSTEM, coverage.coverage)],
    status: coverage.until <= coverage.from ? 'cancelled' : coverage.accepted === undefined ? 'draft' : 'active',
    beneficiary: patient(coverage.member),
    period: period(coverage, zone),
    payor: [organisation(coverage.payer)],
    class: [
      { type: concept(hl7('coverage-class'), 'plan', 'Plan'), value: String(coverage.plan) },
      { type: concept('urn:salus:coverage-class', 'plan-version', 'Version of the plan'), value: String(coverage.planVersion) },
    ],
  };
}
