/** A FHIR R4 `Coverage` that others made. */
import type { Span } from '@salus/types/days';
import { COVERAGE } from './answer-elements.js';
import { checkInsured } from './claim-parties.js';
import { checkElements } from './elements.js';
import { codesOf, readResource, targetOf } from './fhir-tree.js';
import type { ReadOptions } from './from-coverage.js';
import { checkStatus, periodIn, requiredTarget } from './read-parts.js';

/** In the words of whoever made it: references are texts. */
export interface CoverageRead {
  status: 'active' | 'draft' | 'cancelled';
  beneficiary: string;
  payor: string;
  /** Without a side it is open there. */
  period: Partial<Span>;
  /** 1 is the first to pay. Without it, nothing says. */
  order?: number;
  /** Group, plan and such, by the code of the class. */
  classes: { type: string; value: string }[];
}

/** Reads it. `FhirRefused` says by `code` and `path` what is not understood. */
export function readCoverage(resource: Uint8Array | string, { zone }: ReadOptions): CoverageRead {
  const read = readResource(resource, 'Coverage');
  checkElements(read, COVERAGE);
  const status = checkStatus(read, 'active', 'draft', 'cancelled') as CoverageRead['status'];
  checkInsured(read);
  if (read.boolean('subrogation')) read.refuse('Insurance', 'somebody else may owe it (subrogation)', 'subrogation');
  const [payor, ...others] = read.children('payor');
  if (!payor || others.length > 0) return read.refuse('Insurance', `it has ${others.length + (payor ? 1 : 0)} payers, and one must be`, 'payor');
  const order = read.positive('order');
  return {
    status,
    beneficiary: requiredTarget(read, 'beneficiary'),
    payor: targetOf(payor) ?? payor.refuse('Malformed', 'it says neither what it is to nor a number of it'),
    period: periodIn(read, 'period', zone) ?? {},
    ...(order === undefined ? {} : { order }),
    classes: read.children('class').map((one) => ({
      type: codesOf(one.child('type'))[0] ?? one.refuse('Malformed', 'it has no code', 'type'), value: one.required(one.string('value'), 'value'),
    })),
  };
}
