/** The days in resources are those of the place where they are made. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daySpan } from '@salus/types/days';
import { COVERAGE, explanation, PAID, USD } from '@salus/types/testing';
import { toClaim, toCoverage, toEligibilityRequest, toExplanationOfBenefit } from '../claims/index.js';

const LOS_ANGELES = 'America/Los_Angeles';
/** 17:30 on the 24th in Los Angeles, 01:30 on the 25th in UTC. */
const EVENING = Date.parse('2026-11-24T17:30:00-08:00') / 1000;

test('an evening in Los Angeles is that day in every resource', () => {
  const claim = explanation({ kind: 'Settled', at: EVENING + 60 }, PAID.lines, PAID.results, { serviceDate: EVENING, submitted: EVENING + 30 });
  const context = { coverage: COVERAGE, settlement: USD, zone: LOS_ANGELES };
  const benefit = toExplanationOfBenefit(claim, context);
  const said = [
    toClaim(claim, context), benefit, toEligibilityRequest({ coverage: COVERAGE, at: EVENING, zone: LOS_ANGELES }),
  ].flatMap((resource) => JSON.stringify(resource).match(/"(?:servicedDate|start|created|date)":"2026-11[^"]*"/g) ?? []);
  assert.ok(said.length >= 7, said.join());
  for (const one of said) assert.match(one, /":"2026-11-24/);
  assert.equal(benefit.payment?.date, '2026-11-24');
  assert.equal(benefit.billablePeriod?.start, '2026-11-24T17:30:00-08:00');
  assert.deepEqual(toCoverage({ ...COVERAGE, ...daySpan('2026', LOS_ANGELES) }, LOS_ANGELES).period,
    { start: '2026-01-01T00:00:00-08:00', end: '2026-12-31T23:59:59-08:00' });
});

test('a zone that is unknown or missing is refused by every resource', () => {
  const context = { coverage: COVERAGE, settlement: USD };
  for (const zone of ['', 'Mars/Olympus', undefined, null, 8] as string[]) {
    const uses = [
      () => toCoverage(COVERAGE, zone), () => toClaim(PAID, { ...context, zone }), () => toExplanationOfBenefit(PAID, { ...context, zone }),
      () => toEligibilityRequest({ coverage: COVERAGE, at: EVENING, zone }),
    ];
    for (const use of uses) assert.throws(use, { name: 'UnknownZone' }, `${zone} ${use}`);
  }
});
