/** What the standard's own examples and a generator's records become: taken, or refused for a reason that is written down. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test, type TestContext } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { BenefitCategory } from '@salus/types/claims';
import { USD } from '@salus/types/testing';
import { FhirRefused, categoryOf, claimLinesFromFhir, readAnswer, readCoverage, readEligibility, readEligibilityRequest, type CategoryMapping } from '../claims/index.js';
import { compareWith } from './claims-golden.js';

const folder = new URL('../../fixtures/hl7-examples/', import.meta.url);
const options = { settlement: USD, zone: 'America/Toronto' };

/** As a billing office would say it: by the category of the item if there is one, else by the type of the claim. */
const BY_TYPE: Record<string, BenefitCategory> = {
  pharmacy: 'Prescription', oral: 'DentalAndVision', vision: 'DentalAndVision', professional: 'PrimaryCare', institutional: 'HospitalStay',
};
const category: CategoryMapping = (concept, _, claim) => categoryOf(concept) ?? BY_TYPE[claim.type?.coding?.[0]?.code ?? ''];

const money = (units: bigint): string => `${units / 100n}.${String(units % 100n).padStart(2, '0')}`;

/** Reads a resource of any of the types, and says in a line what became of it. */
function became(type: string, resource: string): string {
  try {
    switch (type) {
      case 'Claim':
        return `taken: ${claimLinesFromFhir(resource, { settlement: USD, category }).map(({ line }) => `${line.category} × ${line.quantity}, ${money(line.charge)}`).join('; ')}`;
      case 'ClaimResponse': case 'ExplanationOfBenefit':
        return `taken: ${readAnswer(resource, type, options).lines.map(({ charge, paid, patientResponsibility }) => `charged ${money(charge)}, paid ${money(paid)}, patient ${money(patientResponsibility)}`).join('; ')}`;
      case 'Coverage': {
        const { period, payor } = readCoverage(resource, options);
        return `taken: payer ${payor}, ${period.from ?? 'open'} to ${period.until ?? 'open'}`;
      }
      case 'CoverageEligibilityRequest': return `taken: ${readEligibilityRequest(resource, options).purpose.join(', ')}`;
      case 'CoverageEligibilityResponse': return `taken: ${readEligibility(resource, options).coverages.map(({ inForce, items }) => `${inForce ? 'in force' : 'not in force'}, ${items.length} items`).join('; ')}`;
      default: return assert.fail(type);
    }
  } catch (error) {
    if (!(error instanceof FhirRefused)) throw error;
    return `refused: ${error.code}, ${error.message}`;
  }
}

/** Prints how many of each type were taken, and why the others were not. */
function count(context: TestContext, all: readonly (readonly [type: string, result: string])[]): Map<string, string> {
  const counts = new Map<string, string>();
  for (const type of new Set(all.map(([one]) => one))) {
    const results = all.filter(([one]) => one === type).map(([, result]) => result);
    const refusals = new Map<string, number>();
    for (const code of results.flatMap((result) => /^refused: (\w+)/.exec(result)?.[1] ?? [])) refusals.set(code, (refusals.get(code) ?? 0) + 1);
    const taken = results.filter((result) => result.startsWith('taken')).length;
    const others = [...refusals].map(([code, times]) => `${times} ${code}`).join(', ');
    counts.set(type, `${taken} of ${results.length} taken${others === '' ? '' : `; refused: ${others}`}`);
    context.diagnostic(`${type}: ${counts.get(type)}`);
  }
  return counts;
}

test('every example of the standard is taken, or refused for the reason that is written down', (context) => {
  const unpacked = gunzipSync(readFileSync(new URL('examples.ndjson.gz', folder)));
  const digest = createHash('sha256').update(unpacked).digest('hex');
  assert.ok(readFileSync(new URL('README.md', folder), 'utf8').includes(digest), 'the README has another hash');
  const all = unpacked.toString('utf8').trimEnd().split('\n').map((line) => {
    const { file, at, resource: { resourceType } } = JSON.parse(line) as { file: string; at: string; resource: { resourceType: string } };
    // The resource as it was written, not as JavaScript reads it.
    const resource = line.slice(line.indexOf(',"resource":') + ',"resource":'.length, -1);
    return { name: at === '' ? file : `${file} ${at}`, type: resourceType, result: became(resourceType, resource) };
  });
  compareWith(new URL('became.json', folder), Object.fromEntries(all.map(({ name, result }) => [name, result])));
  const counts = count(context, all.map(({ type, result }) => [type, result] as const));
  assert.deepEqual([...counts.keys()].sort(), ['Claim', 'ClaimResponse', 'Coverage', 'CoverageEligibilityRequest', 'CoverageEligibilityResponse', 'ExplanationOfBenefit']);
  assert.equal(all.filter(({ type }) => type === 'Claim').length, 17);
});

test('the generated patient\'s claims, answers and coverages are all taken', (context) => {
  const packed = readFileSync(new URL('../../../../e2e/fixtures/synthea/records.ndjson.gz', import.meta.url));
  const all = gunzipSync(packed).toString('utf8').trimEnd().split('\n').flatMap((line) => {
    const type = /^\{"resourceType":"(Claim|ExplanationOfBenefit|Coverage)"/.exec(line)?.[1];
    return type ? [[type, became(type, line)] as const] : [];
  });
  const counts = count(context, all);
  assert.deepEqual(Object.fromEntries(counts), { Claim: '67 of 67 taken', ExplanationOfBenefit: '67 of 67 taken', Coverage: '4 of 4 taken' });
});
