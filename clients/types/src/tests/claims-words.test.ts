/** What a patient reads. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CARCS, GROUPS, explanationInWords, percentInWords, reasonInWords, stateInWords, type Explanation } from '../claims/index.js';
import { IntegrityBroken } from '../errors.js';
import { CORRECTED, DAY, LATE, PAID, SUPERSEDED, USD, VISIT, WAITING, anyExplanation, explanation, seeded, ZONE } from '../testing/claims-fixture.js';

const undecided = (state: Explanation['state'], more: Partial<Explanation> = {}): Explanation => explanation(state, PAID.lines, [], more);

test('a visit with copay and coinsurance', () => {
  assert.deepEqual(explanationInWords(PAID, USD, { zone: ZONE, coinsurance: () => 200_000 }), [
    'Visit on 24 Nov 2026 at organisation 3: charged 180.00 USD.',
    'Your plan allows 150.00.',
    'You pay 46.00: 20.00 copay, 26.00 coinsurance (20 %).',
    'The provider writes off 30.00 and may not bill you for it.',
    'Your insurer paid 104.00 on 1 Dec 2026.',
  ]);
});

test('the rate is named only where the amount comes from it', () => {
  const shares = (rate: number): string => explanationInWords(PAID, USD, { zone: ZONE, coinsurance: () => rate })[2] as string;
  assert.match(shares(200_000), /\(20 %\)/);
  assert.match(shares(200_050), /\(20\.005 %\)/);
  for (const rate of [300_000, 201_000, 199_000]) assert.doesNotMatch(shares(rate), /%/);
  assert.equal(percentInWords(125_000), '12.5 %');
  assert.equal(percentInWords(1_000_000), '100 %');
  assert.equal(percentInWords(0), '0 %');
});

test('organisations have names where the caller knows them', () => {
  const names = (organisation: number): string | undefined => (organisation === 3 ? 'Hill Street Clinic' : undefined);
  assert.equal(explanationInWords(PAID, USD, { zone: ZONE, names })[0], 'Visit on 24 Nov 2026 at Hill Street Clinic: charged 180.00 USD.');
  assert.match(explanationInWords({ ...PAID, provider: 4 }, USD, { zone: ZONE, names })[0] as string, /at organisation 4:/);
});

test('a denied claim says why, and who bears it', () => {
  assert.deepEqual(explanationInWords(LATE, USD, { zone: ZONE }), [
    'Visit on 24 Nov 2026 at organisation 3: charged 180.00 USD.',
    'Denied: The claim was filed after the time limit.',
    'You pay nothing.',
    'The provider writes off 180.00 and may not bill you for it.',
    'Your insurer pays nothing.',
  ]);
  assert.equal(
    reasonInWords({ group: 'PatientResponsibility', carc: 'BeforeCoverage', amount: 1n }),
    'The service was before the coverage began. You pay it.',
  );
  const all = new Set(CARCS.flatMap((carc) => GROUPS.map((group) => reasonInWords({ group, carc, amount: 1n }))));
  assert.equal(all.size, CARCS.length * GROUPS.length);
});

test('a correction, line by line, with interest', () => {
  assert.deepEqual(explanationInWords(CORRECTED, USD, { zone: ZONE }), [
    'Visit on 24 Nov 2026 at organisation 3: charged 780.00 USD.',
    'This claim corrects claim 11.',
    'Primary care: charged 180.00.', 'Your plan allows 150.00.', 'You pay 46.00: 20.00 copay, 26.00 coinsurance.',
    'The provider writes off 30.00 and may not bill you for it.',
    'Imaging: charged 600.00.', 'Your plan allows 600.00.', 'You pay 200.00: 200.00 deductible.',
    'In all, you pay 246.00.',
    'For this visit your insurer has paid 504.00 in all, settled on 23 Jan 2027.',
    'Your insurer also paid the provider 1.25 of interest for being late. It costs you nothing.',
  ]);
});

test('a claim that waits for funds says that it is not paid yet', () => {
  assert.deepEqual(explanationInWords(WAITING, USD, { zone: ZONE }).slice(-2), [
    'Your insurer owes the provider 104.00.',
    'Your insurer decided on 1 Dec 2026, and pays as soon as it has the funds.',
  ]);
  // A correction to more: the provider has a part of it already.
  assert.equal(
    explanationInWords({ ...WAITING, previous: 4, version: 2, transferred: 4_000n }, USD, { zone: ZONE }).at(-2),
    'Your insurer paid 40.00 before and owes the provider 64.00 more.',
  );
});

test('a claim that is not decided or no longer counts says so, and asks nobody for money', () => {
  const said: [Explanation, RegExp][] = [
    [undecided({ kind: 'Pended', reason: 'AboveLimit', due: VISIT + 9 * DAY }), /not decided yet.*above what the plan pays without one.*by 3 Dec 2026/],
    [undecided({ kind: 'Pended', reason: 'NotAttested', due: VISIT + 9 * DAY }), /you have not confirmed the visit/],
    [undecided({ kind: 'Pended', reason: 'Reviewed', due: VISIT + 9 * DAY }), /decided about this visit before.*the rules of the plan do/],
    [undecided({ kind: 'InformationRequested', since: VISIT + DAY, due: VISIT + 9 * DAY }), /on 25 Nov 2026.*by 3 Dec 2026, the claim is denied/],
    [SUPERSEDED, /was corrected.*Claim 12 stands/],
    [{ ...PAID, state: { kind: 'Voided', at: VISIT + DAY } }, /took the claim back on 25 Nov 2026/],
    [undecided({ kind: 'Lapsed', at: VISIT + DAY }, { previous: 4 }), /came to nothing on 25 Nov 2026\. Claim 4 stands/],
  ];
  for (const [claim, words] of said) {
    const lines = explanationInWords(claim, USD, { zone: ZONE });
    assert.match(lines.at(-1) as string, words);
    assert.equal(lines.at(-1), stateInWords(claim, ZONE));
    assert.doesNotMatch(lines.join(' '), /You pay|writes off|paid/);
  }
});

test('another insurer, limits and amounts that nobody pays are named', () => {
  const result = {
    category: 'PrimaryCare' as const, paid: 1_000n, patientResponsibility: 600n, usage: { visits: 1, amount: 1_000n },
    adjustments: [
      { group: 'OtherAdjustment' as const, carc: 'PriorPayer' as const, amount: 15_000n },
      { group: 'ContractualObligation' as const, carc: 'AuthorisationExceeded' as const, amount: 900n },
      { group: 'PatientResponsibility' as const, carc: 'BenefitMaximum' as const, amount: 600n },
      { group: 'OtherAdjustment' as const, carc: 'BenefitMaximum' as const, amount: 500n },
    ],
  };
  assert.deepEqual(explanationInWords(explanation({ kind: 'Settled', at: VISIT }, PAID.lines, [result]), USD, { zone: ZONE }).slice(1, -1), [
    'The insurer before this one settled 150.00.',
    'It goes beyond what was authorised beforehand.',
    'The most that the plan gives for the period is reached.',
    'You pay 6.00: 6.00 beyond the most that the plan pays.',
    'The provider writes off 9.00 and may not bill you for it.',
    'Nobody pays 5.00 on this claim.',
  ]);
});

test('of any claim, the amounts in words are those of its totals', () => {
  const next = seeded(7);
  for (let round = 0; round < 300; round++) {
    const { explanation: claim, settlement } = anyExplanation(next);
    const text = explanationInWords(claim, settlement, { zone: ZONE }).join('\n');
    assert.doesNotMatch(text, /undefined|NaN|\bnull\b/);
    if (claim.state.kind !== 'Settled') continue;
    const written = [...text.matchAll(/^(?:Your insurer paid|For this visit your insurer has paid) (\S+) (?:on|in all)/gm)].map(([, amount]) => amount);
    const units = BigInt((written[0] ?? '0').replace('.', ''));
    assert.equal(units, claim.totals.paid);
  }
});

test('a claim that does not add up is not put in words', () => {
  assert.throws(() => explanationInWords({ ...PAID, totals: { ...PAID.totals, paid: 10_401n } }, USD, { zone: ZONE }), IntegrityBroken);
});
