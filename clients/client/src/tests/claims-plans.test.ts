/** Plans: described, checked, sent, read back, and in words. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  BENEFIT_CATEGORIES, CLOCKS, eligibilityInWords, percent, planInWords, planTerms, type Eligibility, type PlanDescription,
} from '@salus/types/claims';
import { COVERAGE, DAY, USD, VISIT } from '@salus/types/testing';
import { createPlan, plan as planOf } from '../claims/index.js';
import type { Call } from '../tx.js';
import { chainWith, type Sent } from './claims-chain.js';

const DESCRIPTION: PlanDescription = {
  asset: 1, deductible: 5_000n, outOfPocketMaximum: 200_000n, autoLimit: 100_000n, interest: percent('10'),
  benefits: {
    PrimaryCare: {},
    Specialist: { allowedCap: 15_000n, copay: 2_000n, coinsurance: percent('20') },
    DiagnosticTest: { deductibleApplies: true, coinsurance: percent('12.5') },
    Rehabilitation: { visitLimit: 20, amountLimit: { kind: 'Considered', amount: 198_000n }, coinsurance: percent('20') },
    DentalAndVision: { visitLimit: 1, amountLimit: { kind: 'Paid', amount: 2n ** 100n } },
  },
};

const sentTerms = (description: PlanDescription): unknown =>
  (createPlan(chainWith().api, 8, description) as unknown as Call & Sent).args[1];

test('a description becomes terms: what is left out does not apply', () => {
  const terms = planTerms({ asset: 1, autoLimit: 0n, benefits: { Imaging: { copay: 500n } } });
  const { benefits, ...rest } = terms;
  assert.deepEqual(rest, {
    asset: 1, autoLimit: 0n, deductible: 0n, coordination: 'HigherAllowed', filingLimit: 365 * DAY, decisionTime: 30 * DAY,
    answerTime: 45 * DAY, paymentTime: 30 * DAY, interest: 0,
  });
  assert.deepEqual(Object.keys(benefits), [...BENEFIT_CATEGORIES]);
  assert.deepEqual(BENEFIT_CATEGORIES.filter((category) => benefits[category].covered), ['Imaging']);
  assert.deepEqual(benefits.Imaging, { covered: true, authorisationRequired: false, deductibleApplies: false, copay: 500n, coinsurance: 0 });
});

test('what is sent is read back as the same terms', async () => {
  for (const description of [DESCRIPTION, { asset: 7, autoLimit: 2n ** 127n, coordination: 'OwnAllowed' as const, benefits: {} }]) {
    const { api, asked } = chainWith({ plan: sentTerms(description) });
    assert.deepEqual(await planOf(api, 2, 3), planTerms(description));
    assert.deepEqual(asked.map(({ name, args }) => [name, ...args.map(Number)]), [['plan', 2, 3]]);
  }
  assert.equal(await planOf(chainWith({ plan: null }).api, 2, 3), undefined);
});

test('a percentage is exact, or refused', () => {
  for (const [text, ppm] of [['0', 0], ['20', 200_000], ['12.5', 125_000], ['0.0001', 1], ['100', 1_000_000]] as const) assert.equal(percent(text), ppm);
  for (const text of ['0.00001', '100.0001', '-1', '20 %', '']) assert.throws(() => percent(text), RangeError, text);
});

test('what no plan may say is refused before it is sent', () => {
  const benefit = (given: object): Partial<PlanDescription> => ({ benefits: { Specialist: given } });
  const wrong: [Partial<PlanDescription>, RegExp][] = [
    [benefit({ coinsurance: 1_000_001 }), /the coinsurance of Specialist is 1000001/], [benefit({ coinsurance: 0.2 }), /the coinsurance of Specialist is 0\.2/],
    [benefit({ allowedCap: 0n }), /the cap of Specialist is 0/], [benefit({ copay: -1n }), /the copay of Specialist is -1/],
    [benefit({ copay: 20 }), /the copay of Specialist is 20/], [benefit({ visitLimit: 2 ** 32 }), /the visits of Specialist/],
    [benefit({ amountLimit: { kind: 'Paid', amount: 2n ** 128n } }), /the limit of Specialist/],
    [{ deductible: 2n ** 128n }, /the deductible/], [{ outOfPocketMaximum: -1n }, /the out-of-pocket maximum/], [{ autoLimit: -1n }, /automatic settlement/],
    [{ interest: 1_000_001 }, /the interest is 1000001/], [{ asset: -1 }, /the asset is -1/],
    [{ benefits: { specialist: {} } as PlanDescription['benefits'] }, /unknown category specialist/],
    ...(Object.keys(CLOCKS) as (keyof typeof CLOCKS)[]).flatMap((clock): [Partial<PlanDescription>, RegExp][] => [
      [{ [clock]: CLOCKS[clock].least - 1 }, new RegExp(`${clock} is`)], [{ [clock]: CLOCKS[clock].most + 1 }, new RegExp(`${clock} is`)],
    ]),
  ];
  for (const [change, message] of wrong) assert.throws(() => planTerms({ ...DESCRIPTION, ...change }), { name: 'RangeError', message });
  for (const end of ['least', 'most'] as const) {
    planTerms({ ...DESCRIPTION, ...Object.fromEntries(Object.entries(CLOCKS).map(([clock, bounds]) => [clock, bounds[end]])) });
  }
});

test('a plan in words', () => {
  assert.deepEqual(planInWords(planTerms(DESCRIPTION), { currency: 'USD', decimals: 2 }), [
    'Where a deductible comes first, you pay the first 50.00 USD.',
    'Your shares come to 2000.00 USD at most.',
    'Primary care: paid in full.',
    'Specialist care: up to 150.00 a unit; you pay 20.00 a unit; you pay 20 % of the rest.',
    'Diagnostic tests: the deductible comes first; you pay 12.5 % of the rest.',
    'Rehabilitation: 20 units at most; 1980.00 at most, your share with it; you pay 20 % of it.',
    'Dental and eye care: 1 unit at most; the plan pays 12676506002282294014967032053.76 at most.',
    'Not covered: Preventive care, Imaging, Prescription drugs, Outpatient surgery, Emergency care, Urgent care, Hospital stay, Home health care, Skilled nursing, Medical equipment, Confidential care.',
    'A payment of up to 1000.00 is made at once; above it a person decides within 30 days, or the rules do.',
    'A claim is filed within 365 days, a question answered within 45 days.',
    'What is owed is due within 30 days, and bears 10 % of interest a year after that.',
  ]);
  const bare = planInWords(planTerms({ asset: 1, autoLimit: 0n, paymentTime: 0, decisionTime: 3_600, benefits: {} }), USD);
  assert.deepEqual(bare.slice(0, 2), ['There is no deductible.', 'There is no limit to what your shares come to.']);
  assert.match(bare.at(-3) as string, /within 1 hour, or the rules do/);
  assert.equal(bare.at(-1), 'What is owed is due at once.');
});

test('what is used of a plan, in words', () => {
  const { benefits } = planTerms(DESCRIPTION);
  const eligibility: Eligibility = {
    coverage: COVERAGE, at: VISIT, inForce: true, deductible: { limit: 5_000n, used: 5_000n }, outOfPocket: { limit: 200_000n, used: 10_640n },
    benefits: BENEFIT_CATEGORIES.map((category) => ({
      category, benefit: benefits[category],
      visitsUsed: category === 'Specialist' ? 1 : category === 'Rehabilitation' ? 2 : 0, amountUsed: category === 'Rehabilitation' ? 30_000n : 0n,
    })),
  };
  assert.deepEqual(eligibilityInWords(eligibility, USD), [
    'The coverage is in force.', 'Deductible: 50.00 of 50.00 used.', 'Your shares: 106.40 of 2000.00 used.', 'Specialist care: 1 unit used.',
    'Rehabilitation: 2 of 20 units used, 300.00 of 1980.00 used.', 'Dental and eye care: 0 of 1 units used, 0.00 of 12676506002282294014967032053.76 used.',
  ]);
  assert.equal(eligibilityInWords({ ...eligibility, inForce: false }, USD)[0], 'The coverage is not in force.');
});
