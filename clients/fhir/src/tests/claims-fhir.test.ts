/** Claims in FHIR R4: well formed, balanced, without a person in them, and the same bytes each time. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type * as fhir4 from 'fhir/r4.js';
import { IntegrityBroken } from '@salus/types';
import { explanationInWords, type Eligibility, type Explanation, type Settlement } from '@salus/types/claims';
import {
  anyExplanation, CORRECTED, COVERAGE, DAY, explanation, LATE, PAID, seeded, SUPERSEDED, USD, VISIT, WAITING, ZONE,
} from '@salus/types/testing';
import { claimLinesFromFhir, fromMoney, outcomeOf, toClaim, toClaimResponse, toCoverage, toEligibilityRequest, toEligibilityResponse, toExplanationOfBenefit, type ClaimContext } from '../claims/index.js';
import { compare } from './claims-golden.js';
import { at, checkResource, requiredOf } from './claims-structure.js';

const context: ClaimContext = { coverage: COVERAGE, settlement: USD, zone: ZONE, type: 'professional' };

interface Resources {
  coverage: fhir4.Coverage;
  claim: fhir4.Claim;
  response: fhir4.ClaimResponse;
  explanation: fhir4.ExplanationOfBenefit;
}

const resourcesOf = (claim: Explanation, using: ClaimContext): Resources => ({
  coverage: toCoverage(COVERAGE, using.zone),
  claim: toClaim(claim, using),
  response: toClaimResponse(claim, using),
  explanation: toExplanationOfBenefit(claim, using),
});

const ELIGIBILITY: Eligibility = {
  coverage: COVERAGE, at: VISIT, inForce: true, deductible: { limit: 50_000n, used: 20_000n }, outOfPocket: { limit: 300_000n, used: 24_600n },
  benefits: [
    {
      category: 'PrimaryCare', visitsUsed: 1, amountUsed: 10_400n,
      benefit: { covered: true, authorisationRequired: false, deductibleApplies: false, allowedCap: 15_000n, copay: 2_000n, coinsurance: 200_000 },
    },
    {
      category: 'DentalAndVision', visitsUsed: 2, amountUsed: 30_000n,
      benefit: {
        covered: true, authorisationRequired: true, deductibleApplies: true, visitLimit: 4, amountLimit: { kind: 'Paid', amount: 100_000n },
        copay: 0n, coinsurance: 125_000,
      },
    },
    {
      category: 'Rehabilitation', visitsUsed: 0, amountUsed: 0n,
      benefit: {
        covered: true, authorisationRequired: false, deductibleApplies: true, amountLimit: { kind: 'Considered', amount: 200_000n },
        copay: 0n, coinsurance: 0,
      },
    },
    {
      category: 'Sensitive', visitsUsed: 0, amountUsed: 0n,
      benefit: { covered: false, authorisationRequired: false, deductibleApplies: false, copay: 0n, coinsurance: 0 },
    },
  ],
};

/** The sums that must hold in any answer to a claim. */
function checkSums(resource: fhir4.ClaimResponse | fhir4.ExplanationOfBenefit, settlement: Settlement): void {
  const units = (money: fhir4.Money | undefined): bigint => fromMoney(money as fhir4.Money, settlement);
  const kindOf = ({ coding }: fhir4.CodeableConcept): string => `${coding?.[0]?.system}|${coding?.[0]?.code}`;
  const items = (resource.item ?? []).map((item) => item.adjudication ?? []);
  const sums = new Map<string, bigint>();
  const add = (kind: string, amount: bigint): Map<string, bigint> => sums.set(kind, (sums.get(kind) ?? 0n) + amount);
  for (const entries of items) {
    const amountOf = (code: string): bigint | undefined => {
      const found = entries.filter(({ category }) => category.coding?.[0]?.code === code);
      assert.ok(found.length <= 1, `${code} occurs ${found.length} times`);
      return found[0] && units(found[0].amount);
    };
    const adjusted = entries.filter(({ reason }) => reason).reduce((sum, { amount }) => sum + units(amount), 0n);
    if (entries.length > 1) assert.equal(amountOf('submitted'), (amountOf('benefit') as bigint) + adjusted);
    assert.equal(resource.outcome === 'queued', entries.length === 1 && resource.status === 'active');
    for (const { category, reason, amount } of entries) {
      if (kindOf(category).endsWith('|adjustmentreason')) assert.ok(reason);
      else add(kindOf(category), units(amount));
      if (reason) add(kindOf(reason), units(amount));
    }
  }
  for (const { category, amount } of resource.total ?? []) assert.equal(units(amount), sums.get(kindOf(category)), `total ${kindOf(category)}`);
  for (const [kind, sum] of sums) {
    if (sum > 0n) assert.ok(resource.total?.some(({ category }) => kindOf(category) === kind), `no total ${kind}`);
  }
  const total = (code: string): bigint => units(resource.total?.find(({ category }) => category.coding?.[0]?.code === code)?.amount);
  if (!sums.has('http://terminology.hl7.org/CodeSystem/adjudication|benefit')) return assert.equal(resource.payment, undefined);
  const groups = ['CO', 'PR', 'OA', 'PI'].filter((code) => resource.total?.some(({ category }) => category.coding?.[0]?.code === code));
  assert.equal(total('submitted'), groups.reduce((sum, code) => sum + total(code), total('benefit')));
  const { payment } = resource;
  if (payment) assert.equal(units(payment.amount), total('benefit') - (payment.adjustment ? units(payment.adjustment) : 0n));
}

test('any claim makes resources that are well formed and balanced', () => {
  const next = seeded(42);
  const seen = new Set<string>();
  for (let round = 0; round < 400; round++) {
    const { explanation: claim, settlement } = anyExplanation(next);
    const using: ClaimContext = { coverage: COVERAGE, settlement, zone: ZONE };
    const made = resourcesOf(claim, using);
    for (const resource of Object.values(made)) checkResource(resource, COVERAGE.member);
    checkSums(made.response, settlement);
    checkSums(made.explanation, settlement);
    seen.add(`${claim.state.kind} ${claim.results.length > 0}`);
    if (made.claim.status !== 'active') continue;
    const back = claimLinesFromFhir(JSON.stringify(made.claim), { settlement, ...(claim.previous === undefined ? {} : { replaces: claim.previous }) }).map(({ line: { category, quantity, charge } }) => ({ category, quantity, charge }));
    assert.deepEqual(back, claim.lines.map(({ category, quantity, charge }) => ({ category, quantity, charge })));
  }
  assert.equal(seen.size, 10, [...seen].join(', '));
});

test('the check of resources finds what is missing, unknown, empty or a person', () => {
  const { claim, response, explanation: benefit, coverage } = resourcesOf(CORRECTED, context);
  const request = toEligibilityRequest({ coverage: COVERAGE, at: VISIT, zone: ZONE, requestor: 3, categories: ['Imaging'] });
  const answer = toEligibilityResponse(ELIGIBILITY, USD, ZONE);
  for (const resource of [coverage, claim, response, benefit, request, answer]) {
    checkResource(resource, COVERAGE.member);
    for (const path of requiredOf(resource.resourceType)) {
      const broken = structuredClone(resource) as never;
      const names = path.split('.');
      const last = names.pop() as string;
      const around = names.length === 0 ? [broken] : at(broken, names.join('.'));
      assert.ok(around.length > 0, `${path} is never there`);
      delete (around[0] as Record<string, unknown>)[last];
      assert.throws(() => checkResource(broken, COVERAGE.member), new RegExp(`${last} is missing`), path);
    }
  }
  const wrong: [object, RegExp][] = [
    [{ ...claim, patientName: 'A' }, /patientName is not in FHIR R4/], [{ ...claim, item: [] }, /item is empty/],
    [{ ...claim, related: claim.related?.[0] }, /repeats or not/], [{ ...claim, status: 'paid' }, /is none of active/],
    [{ ...claim, patient: { ...claim.patient, display: 'A. Patient' } }, /more than a logical reference/],
    [{ ...claim, patient: { type: 'Patient', identifier: { system: 'urn:salus:handle', value: '1' } } }, /Claim\.patient/],
  ];
  for (const [resource, message] of wrong) assert.throws(() => checkResource(resource as never, COVERAGE.member), message);
});

const goldens: Record<string, object> = {
  'paid-visit': { ...resourcesOf(PAID, context), words: explanationInWords(PAID, USD, { zone: ZONE, coinsurance: () => 200_000 }) },
  'denied-filing-limit': { ...resourcesOf(LATE, context), words: explanationInWords(LATE, USD, { zone: ZONE }) },
  corrected: { before: resourcesOf(SUPERSEDED, context), after: resourcesOf(CORRECTED, context), words: explanationInWords(CORRECTED, USD, { zone: ZONE }) },
  waiting: { ...resourcesOf(WAITING, context), words: explanationInWords(WAITING, USD, { zone: ZONE }) },
  eligibility: {
    request: toEligibilityRequest({ coverage: COVERAGE, at: VISIT, zone: ZONE, requestor: 3 }), response: toEligibilityResponse(ELIGIBILITY, USD, ZONE),
  },
};

for (const [name, produced] of Object.entries(goldens)) {
  test(`the fixture ${name} is what is produced, byte for byte`, () => {
    compare(name, produced);
  });
}

test('states have their status, outcome, relations and payment', () => {
  const lapsed = explanation({ kind: 'Lapsed', at: VISIT + DAY }, PAID.lines, [], { previous: 4 });
  const pended = explanation({ kind: 'Pended', reason: 'AboveLimit', due: VISIT + DAY }, PAID.lines, []);
  const rows: [Explanation, string, string, string[], number | undefined][] = [
    [PAID, 'active', 'complete', [], 104], [WAITING, 'active', 'partial', [], undefined], [pended, 'active', 'queued', [], undefined],
    [SUPERSEDED, 'cancelled', 'complete', ['replacedby 12'], undefined], [CORRECTED, 'active', 'complete', ['prior 11'], 505.25],
    [lapsed, 'cancelled', 'complete', ['prior 4'], undefined], [LATE, 'active', 'complete', [], undefined],
  ];
  for (const [claim, status, outcome, related, paid] of rows) {
    const { claim: asked, response, explanation: benefit } = resourcesOf(claim, context);
    assert.deepEqual([asked.status, response.status, benefit.status], [status, status, status]);
    assert.deepEqual([outcomeOf(claim), response.outcome, benefit.outcome], [outcome, outcome, outcome]);
    for (const resource of [asked, benefit]) {
      assert.deepEqual((resource.related ?? []).map((one) => `${one.relationship?.coding?.[0]?.code} ${one.claim?.identifier?.value}`), related);
    }
    assert.deepEqual([response.payment?.amount.value, benefit.payment?.amount?.value], [paid, paid]);
  }
  const { payment } = toClaimResponse(CORRECTED, context);
  assert.equal(payment?.adjustment?.value, -1.25);
  assert.equal(payment?.date, '2027-01-23');
  const part = toClaimResponse({ ...WAITING, transferred: 4_000n }, context).payment;
  assert.deepEqual([part?.type.coding?.[0]?.code, part?.amount.value, part?.date], ['partial', 40, undefined]);
});

test('coded detail is there only if it is given, and for Sensitive only if that is said', () => {
  const line = PAID.lines[0] as (typeof PAID.lines)[0];
  const lines = [line, { ...line, category: 'Sensitive' as const }];
  const claim = explanation({ kind: 'Pended', reason: 'AboveLimit', due: VISIT }, lines, []);
  const office: fhir4.CodeableConcept = { coding: [{ system: 'urn:test', code: '99213' }] };
  const given = (more: Partial<ClaimContext>): unknown[] =>
    [...toClaim(claim, { ...context, ...more }).item ?? [], ...toExplanationOfBenefit(claim, { ...context, ...more }).item ?? []]
      .map(({ productOrService }) => productOrService.coding?.[0]?.code ?? productOrService.extension?.[0]?.valueCode);
  assert.deepEqual(given({}), ['masked', 'masked', 'masked', 'masked']);
  assert.deepEqual(given({ detail: () => office }), ['99213', 'masked', '99213', 'masked']);
  assert.deepEqual(given({ detail: new Map([[line.detail, office]]), discloseSensitive: true }), ['99213', '99213', '99213', '99213']);
  assert.deepEqual(given({ detail: new Map(), discloseSensitive: true }), ['masked', 'masked', 'masked', 'masked']);
});

test('a claim that does not add up, or on another coverage, is refused', () => {
  const line = PAID.lines[0] as (typeof PAID.lines)[0];
  const result = PAID.results[0] as (typeof PAID.results)[0];
  const broken: Explanation[] = [
    ...(Object.keys(PAID.totals) as (keyof typeof PAID.totals)[]).map((name) => ({ ...PAID, totals: { ...PAID.totals, [name]: PAID.totals[name] + 1n } })),
    { ...PAID, lines: [{ ...line, charge: line.charge + 1n }] },
    explanation(PAID.state, [{ ...line, charge: line.charge + 1n }], [result]),
    explanation(PAID.state, [{ ...line, charge: line.charge + 1n }, { ...line, charge: line.charge - 1n }], [result, result]),
    { ...PAID, lines: [{ ...line, category: 'Imaging' }] },
    { ...PAID, lines: [line, line] },
    { ...PAID, lines: [], results: [] },
    { ...PAID, results: [] },
    { ...PAID, state: { kind: 'Pended', reason: 'AboveLimit', due: VISIT } },
    explanation(PAID.state, [line], [{ ...result, patientResponsibility: 4_599n }]),
    explanation(PAID.state, [line], [{ ...result, adjustments: [...result.adjustments, { group: 'OtherAdjustment', carc: 'PriorPayer', amount: 0n }] }]),
    explanation(PAID.state, [line], [{ ...result, adjustments: [{ group: 'PatientResponsibility', carc: 'NonCovered', amount: 4_600n }, { group: 'ContractualObligation', carc: 'FeeSchedule', amount: 3_000n }] }]),
  ];
  for (const claim of broken) {
    for (const make of [toClaim, toClaimResponse, toExplanationOfBenefit]) {
      assert.throws(() => make(claim, context), IntegrityBroken, JSON.stringify(claim, (_, value) => (typeof value === 'bigint' ? String(value) : value)));
    }
  }
  for (const coverage of [{ ...COVERAGE, coverage: 6 }, { ...COVERAGE, payer: 9 }]) {
    assert.throws(() => toClaim(PAID, { ...context, coverage }), RangeError);
  }
  assert.throws(() => toClaim(explanation(WAITING.state, [{ ...line, charge: 10n ** 15n + 1n }], [{ ...result, paid: 10n ** 15n + 1n - 7_600n }]), context), /significant digits/);
});

test('a coverage is an offer until it is accepted, and its end is included', () => {
  const { accepted: _, ...offer } = COVERAGE;
  assert.deepEqual([COVERAGE, offer, { ...COVERAGE, until: COVERAGE.from }].map((one) => toCoverage(one, ZONE).status), ['active', 'draft', 'cancelled']);
  assert.deepEqual(toCoverage(COVERAGE, ZONE).period, { start: '2026-01-01T00:00:00Z', end: '2026-12-31T23:59:59Z' });
  assert.throws(() => toCoverage({ ...COVERAGE, until: 2 ** 53 }, ZONE), /not a moment that FHIR can tell/);
});

test('what the questions of the chain answer goes out as it is', () => {
  assert.equal(toExplanationOfBenefit(PAID, context).payment?.amount?.value, 104);
  const found: Eligibility = {
    coverage: COVERAGE, at: VISIT, inForce: true, deductible: { limit: 5_000n, used: 4_000n }, outOfPocket: { limit: 200_000n, used: 6_000n }, benefits: [],
  };
  assert.equal(toEligibilityResponse(found, USD, ZONE).insurance?.[0]?.inforce, true);
  assert.equal(toEligibilityResponse({ ...found, inForce: false }, USD, ZONE).insurance?.[0]?.inforce, false);
});
