/** Coverages as FHIR R4 `Coverage`. */
import type { Coverage } from 'fhir/r4.js';
import { COVERAGE_SYSTEM, concept, hl7, identifier, organisation, patient, period } from './fhir-parts.js';
import type { CoverageInfo } from './model.js';

/**
 * A coverage. An offer that the member has not accepted is a `draft`; one whose period is empty was
 * `cancelled` before it began. Whether it is in force on a day, `period` says.
 */
export function toCoverage(coverage: CoverageInfo): Coverage {
  return {
    resourceType: 'Coverage',
    identifier: [identifier(COVERAGE_SYSTEM, coverage.coverage)],
    status: coverage.until <= coverage.from ? 'cancelled' : coverage.accepted === undefined ? 'draft' : 'active',
    beneficiary: patient(coverage.member),
    period: period(coverage.from, coverage.until),
    payor: [organisation(coverage.payer)],
    class: [
      { type: concept(hl7('coverage-class'), 'plan', 'Plan'), value: String(coverage.plan) },
      { type: concept('urn:salus:coverage-class', 'plan-version', 'Version of the plan'), value: String(coverage.planVersion) },
    ],
  };
}
