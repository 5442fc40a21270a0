/** What goes out is read back to the same model, and is refused if anything in it was changed on the way. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CoverageInfo } from '@salus/types/claims';
import { dateTime } from '@salus/types/days';
import { anyEligibility, anyExplanation, CORRECTED, COVERAGE, DAY, PAID, seeded, USD, VISIT } from '@salus/types/testing';
import { FhirRefused, coverageFromFhir, eligibilityFromFhir, eligibilityQuestionFromFhir, explanationFromFhir, readAnswer, readCoverage, readEligibility, readEligibilityRequest, toClaim, toClaimResponse, toCoverage, toEligibilityRequest, toEligibilityResponse, toExplanationOfBenefit, type EligibilityQuestion } from '../claims/index.js';

const ZONES = ['America/Los_Angeles', 'Europe/London', 'Asia/Kolkata', 'UTC'];
const { coverage, payer, member } = COVERAGE;

test('any claim is read back from its explanation of benefits and from the payer\'s answer', () => {
  const next = seeded(7);
  for (let round = 0; round < 300; round++) {
    const { explanation, settlement } = anyExplanation(next);
    const zone = ZONES[round % ZONES.length] as string;
    const context = { coverage: COVERAGE, settlement, zone, ...(round % 2 === 0 ? { type: 'vision' as const } : {}) };
    for (const [type, make] of [['ExplanationOfBenefit', toExplanationOfBenefit], ['ClaimResponse', toClaimResponse]] as const) {
      const read = explanationFromFhir(JSON.stringify(make(explanation, context)), type, { settlement, zone });
      const benefitPeriod = type === 'ClaimResponse' ? {} : { benefitPeriod: { from: COVERAGE.from, until: COVERAGE.until } };
      assert.deepEqual(read, { explanation, coverage: { coverage, payer, member }, ...benefitPeriod, detail: new Map() });
    }
  }
});

test('detail that an explanation discloses is read with it', () => {
  const concept = { coding: [{ system: 'urn:test', code: '99213' }] };
  const [line] = PAID.lines;
  const made = toExplanationOfBenefit(PAID, { coverage: COVERAGE, settlement: USD, zone: 'UTC', detail: () => concept });
  const { detail } = explanationFromFhir(JSON.stringify(made), 'ExplanationOfBenefit', { settlement: USD, zone: 'UTC' });
  assert.deepEqual(detail, new Map([[line?.detail, concept]]));
});

test('any coverage is read back: offered, accepted, cancelled, with another key on its way', () => {
  const { accepted: _, ...offer } = COVERAGE;
  const coverages: CoverageInfo[] = [
    COVERAGE, offer, { ...COVERAGE, until: COVERAGE.from }, { ...COVERAGE, until: COVERAGE.from - DAY },
    { ...COVERAGE, nextKey: { key: '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty', from: VISIT + 1 } },
  ];
  for (const zone of ZONES) {
    for (const one of coverages) assert.deepEqual(coverageFromFhir(JSON.stringify(toCoverage(one, zone)), { zone }), one, zone);
  }
});

test('any question about a coverage and its answer are read back', () => {
  const next = seeded(11);
  for (let round = 0; round < 200; round++) {
    const zone = ZONES[round % ZONES.length] as string;
    const { eligibility, settlement } = anyEligibility(next);
    assert.deepEqual(eligibilityFromFhir(JSON.stringify(toEligibilityResponse(eligibility, settlement, zone)), { settlement, zone }), eligibility);
    const question: EligibilityQuestion = {
      coverage: { coverage, payer, member }, at: VISIT + round, zone, ...(round % 2 === 0 ? { requestor: 3 } : {}),
      ...(round % 3 === 0 ? { categories: eligibility.benefits.map(({ category }) => category) } : {}),
    };
    assert.deepEqual(eligibilityQuestionFromFhir(JSON.stringify(toEligibilityRequest(question)), { zone }), question);
  }
});

test('our resources can be read like any other\'s', () => {
  const context = { coverage: COVERAGE, settlement: USD, zone: 'UTC' };
  const options = { settlement: USD, zone: 'UTC' };
  for (const [type, make] of [['ExplanationOfBenefit', toExplanationOfBenefit], ['ClaimResponse', toClaimResponse]] as const) {
    const answer = readAnswer(JSON.stringify(make(CORRECTED, context)), type, options);
    assert.deepEqual(answer.lines.map(({ charge, paid, adjustments }) => ({ charge, paid, adjustments })),
      CORRECTED.lines.map(({ charge }, at) => ({ charge, paid: CORRECTED.results[at]?.paid, adjustments: CORRECTED.results[at]?.adjustments })));
    assert.deepEqual([answer.payment?.amount, answer.payment?.adjustment, answer.claim], [50_525n, -125n, 'urn:salus:claim|12']);
  }
  assert.deepEqual(readCoverage(JSON.stringify(toCoverage(COVERAGE, 'UTC')), options).period, { from: COVERAGE.from, until: COVERAGE.until });
  const { eligibility } = anyEligibility(seeded(1));
  const question = { coverage: COVERAGE, at: VISIT, zone: 'UTC', categories: eligibility.benefits.map(({ category }) => category) };
  assert.deepEqual(readEligibilityRequest(JSON.stringify(toEligibilityRequest(question)), options).categories, question.categories);
  const read = readEligibility(JSON.stringify(toEligibilityResponse({ ...eligibility, inForce: true }, USD, 'UTC')), options);
  assert.deepEqual(read.coverages[0]?.items.slice(1).map(({ category }) => category), question.categories);
});

/** Every leaf of a resource, with a way to change it. */
function* leaves(node: unknown, path: string): Generator<{ path: string; change: () => void }> {
  if (typeof node !== 'object' || node === null) return;
  const members = node as Record<string, unknown>;
  for (const [name, inside] of Object.entries(members)) {
    const at = Array.isArray(node) ? `${path}[${name}]` : `${path}.${name}`;
    if (typeof inside === 'object') yield* leaves(inside, at);
    else {
      yield {
        path: at,
        change: () => {
          members[name] = typeof inside === 'number' ? inside + 1 : typeof inside === 'boolean' ? !inside : /^\d{4}-/.test(String(inside)) ? '2025-05-05T05:05:05Z' : `${inside}x`;
        },
      };
    }
  }
}

test('a resource of ours in which anything was changed, left out or put in is refused', () => {
  const context = { coverage: COVERAGE, settlement: USD, zone: 'Europe/London', type: 'professional' as const };
  const options = { settlement: USD, zone: 'Europe/London' };
  const { eligibility } = anyEligibility(seeded(3));
  const all: [object, (resource: string) => unknown][] = [
    [toExplanationOfBenefit(CORRECTED, context), (text) => explanationFromFhir(text, 'ExplanationOfBenefit', options)],
    [toClaimResponse(CORRECTED, context), (text) => explanationFromFhir(text, 'ClaimResponse', options)],
    [toCoverage(COVERAGE, 'Europe/London'), (text) => coverageFromFhir(text, options)],
    [toEligibilityRequest({ coverage: COVERAGE, at: VISIT, zone: 'Europe/London', requestor: 3 }), (text) => eligibilityQuestionFromFhir(text, options)],
    [toEligibilityResponse(eligibility, USD, 'Europe/London'), (text) => eligibilityFromFhir(text, options)],
  ];
  for (const [resource, read] of all) {
    const before = read(JSON.stringify(resource));
    const paths = [...leaves(structuredClone(resource), '')].map(({ path }) => path);
    assert.ok(paths.length > 15);
    let refused = 0;
    // What can be changed without contradiction is a fact of its own, and is read as another one.
    const isNoticed = (changed: object, what: string): void => {
      try {
        assert.notDeepEqual(read(JSON.stringify(changed)), before, `${what}: nobody noticed`);
      } catch (error) {
        if (!(error instanceof FhirRefused)) throw error;
        refused += 1;
      }
    };
    for (const path of paths) {
      const changed = structuredClone(resource);
      [...leaves(changed, '')].find((leaf) => leaf.path === path)?.change();
      isNoticed(changed, path);
    }
    for (const name of Object.keys(resource)) {
      const { [name]: _, ...without } = resource as Record<string, unknown>;
      isNoticed(without, name);
    }
    assert.ok(refused > paths.length / 2, `${refused} of ${paths.length}`);
    assert.throws(() => read(JSON.stringify({ ...resource, preAuthRef: 'A1' })), { code: 'Changed' });
    assert.throws(() => read(JSON.stringify({ ...resource, modifierExtension: [] })), { code: 'ModifierExtension' });
    assert.throws(() => read(JSON.stringify({ ...resource, identifier: [{ system: 'urn:other', value: '1' }] })), { code: 'NotOurs' });
    const served = { ...resource, id: 'x', meta: { versionId: '1' }, text: { status: 'generated', div: '<div/>' } };
    assert.deepEqual(read(JSON.stringify(served, null, 2)), before, 'a server adds an id');
  }
});

test('how a server writes numbers and offsets makes no difference, and how a claim was made out does', () => {
  const context = { coverage: COVERAGE, settlement: USD, zone: 'Asia/Kolkata' };
  const options = { settlement: USD, zone: 'Asia/Kolkata' };
  const text = JSON.stringify(toExplanationOfBenefit(PAID, context));
  const inUtc = text.replaceAll(dateTime(VISIT, 'Asia/Kolkata'), dateTime(VISIT, 'UTC')).replaceAll('"value":104,', '"value":104.00,');
  assert.notEqual(inUtc, text);
  assert.deepEqual(explanationFromFhir(inUtc, 'ExplanationOfBenefit', options).explanation, PAID);
  assert.throws(() => explanationFromFhir(JSON.stringify(toClaim(PAID, context)), 'ExplanationOfBenefit', options), { code: 'OtherResource' });
  assert.throws(() => explanationFromFhir(text, 'ExplanationOfBenefit', { ...options, settlement: { currency: 'EUR', decimals: 2 } }), { code: 'Currency' });
  assert.throws(() => explanationFromFhir(text, 'ExplanationOfBenefit', { ...options, zone: 'Nowhere' }), { name: 'UnknownZone' });
});
