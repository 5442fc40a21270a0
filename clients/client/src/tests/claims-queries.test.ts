/** What the chain answers becomes what people, FHIR and billing systems are given. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stringCamelCase } from '@polkadot/util';
import type { ApiPromise } from '@polkadot/api';
import { QueryFailed } from '@salus/types';
import { BENEFIT_CATEGORIES, checkBalance, explanationInWords, planTerms, type ClaimState, type Explanation } from '@salus/types/claims';
import {
  anyExplanation, CORRECTED, COVERAGE, DAY, explanation as explained, LATE, PAID, seeded, SUPERSEDED, USD, VISIT, WAITING, ZONE,
} from '@salus/types/testing';
import { claimsOf, coverageOf, eligibility, encounter, estimate, explanation, funds, settlementAccount, settlementOf, waiting } from '../claims/index.js';
import { encodeLines, encodeTerms } from '../claims/encode.js';
import { TYPES, chainWith, questionNames, scale } from './claims-chain.js';

const { member } = COVERAGE;

/** A state as the pallet stores it. */
function chainState(state: ClaimState): object {
  const { kind, ...inside } = state;
  return { [kind]: kind === 'InformationRequested' ? { ...inside, reason: 'AboveLimit', left: 9 } : inside };
}

/** An explanation as the pallet gives it. */
const chainExplanation = (claim: Explanation): object => ({
  id: claim.claim,
  claim: {
    encounter: claim.encounter, coverage: claim.coverage, provider: claim.provider, payer: claim.payer, version: claim.version,
    previous: claim.previous ?? null, submitted: claim.submitted, paused: 0, requests: 0, state: chainState(claim.state),
    totals: claim.results.length > 0 ? claim.totals : null, transferred: claim.transferred, interest: claim.interest, held: 0n,
  },
  encounter: { provider: claim.provider, opened: claim.serviceDate, emergency: false, coverage: claim.coverage, attested: claim.submitted, closing: null, reviewed: false, claim: claim.claim, correction: null },
  lines: encodeLines(claim.lines),
  results: claim.results,
});

const read = async (claim: Explanation): Promise<Explanation | undefined> =>
  explanation(chainWith({ explanation: chainExplanation(claim) }).api, claim.claim);

test('any claim of the chain is explained as it is, in every state', async () => {
  const next = seeded(11);
  const seen = new Set<string>();
  const some = Array.from({ length: 200 }, () => anyExplanation(next).explanation);
  for (const claim of [PAID, LATE, CORRECTED, SUPERSEDED, WAITING, ...some]) {
    const answer = await read(claim);
    assert.deepEqual(answer, claim);
    checkBalance(answer as Explanation);
    seen.add(claim.state.kind);
  }
  assert.deepEqual([...seen].sort(), Object.keys((TYPES['ClaimState'] as { _enum: object })._enum).sort(), 'every state of the pallet');
  assert.equal(await explanation(chainWith({ explanation: null }).api, 11), undefined);
});

test('amounts beyond what a double holds keep every unit', async () => {
  const charge = 2n ** 127n + 1n;
  const line = { ...(PAID.lines[0] as (typeof PAID.lines)[0]), charge };
  const result = { ...(PAID.results[0] as (typeof PAID.results)[0]), paid: charge - 7_600n, usage: { visits: 1, amount: charge - 7_600n } };
  const answer = await read(explained(PAID.state, [line], [result], { interest: 2n ** 64n + 1n }));
  assert.deepEqual([answer?.lines[0]?.charge, answer?.totals.paid, answer?.interest], [charge, charge - 7_600n, 2n ** 64n + 1n]);
});

test('words take the answer directly', async () => {
  const answer = await read(PAID) as Explanation;
  assert.equal(explanationInWords(answer, USD, { zone: ZONE }).at(-1), 'Your insurer paid 104.00 on 1 Dec 2026.');
});

const terms = planTerms({
  asset: 1, autoLimit: 0n, deductible: 5_000n, outOfPocketMaximum: 200_000n,
  benefits: { PrimaryCare: { copay: 2_000n, visitLimit: 9 }, Imaging: { deductibleApplies: true, amountLimit: { kind: 'Considered', amount: 9_000n } } },
});

const chainEligibility = (change: { nextKey?: object; accepted?: number | null; noMaximum?: boolean } = {}): object => {
  const { rules } = encodeTerms(terms);
  return {
    coverage: {
      payer: 8, plan: 2, version: 3, member, period: { from: COVERAGE.from, until: COVERAGE.until },
      accepted: change.accepted === undefined ? COVERAGE.accepted : change.accepted, nextKey: change.nextKey ?? null,
    },
    at: VISIT, inForce: true, rules: change.noMaximum ? { ...rules, outOfPocketMaximum: null } : rules,
    used: {
      deductible: 4_000n, outOfPocket: 6_000n,
      usage: Object.fromEntries(BENEFIT_CATEGORIES.map((category, at) => [stringCamelCase(category), { visits: at, amount: BigInt(at) * 10n }])),
    },
  };
};

test('eligibility: the coverage, the benefits, and what is used of each', async () => {
  const { api, asked } = chainWith({ eligibility: { Ok: chainEligibility() } });
  const found = await eligibility(api, 5, VISIT);
  assert.deepEqual(found.coverage, COVERAGE);
  assert.deepEqual(found, {
    coverage: COVERAGE, at: VISIT, inForce: true, deductible: { limit: 5_000n, used: 4_000n }, outOfPocket: { limit: 200_000n, used: 6_000n },
    benefits: BENEFIT_CATEGORIES.map((category, at) => ({ category, benefit: terms.benefits[category], visitsUsed: at, amountUsed: BigInt(at) * 10n })),
  });
  await eligibility(api, 5);
  assert.deepEqual(asked.map(({ args }) => args.map((arg) => arg.toJSON())), [[5, VISIT], [5, null]]);
  const nextKey = { key: member, from: VISIT + DAY };
  const offered = await eligibility(chainWith({ eligibility: { Ok: chainEligibility({ nextKey, accepted: null, noMaximum: true }) } }).api, 5);
  const { accepted: _, ...offer } = COVERAGE;
  assert.deepEqual([offered.coverage, offered.outOfPocket], [{ ...offer, nextKey }, undefined]);
});

test('an estimate, and why there is none', async () => {
  const adjudication = { lines: PAID.results, totals: PAID.totals, accumulators: { deductible: 0n, outOfPocket: 4_600n, usage: {} } };
  const { api, asked } = chainWith({ estimate: { Ok: adjudication } });
  const line = { category: 'PrimaryCare', quantity: 1, charge: 18_000n } as const;
  assert.deepEqual(await estimate(api, 5, [line]), { results: PAID.results, totals: PAID.totals });
  assert.deepEqual(asked[0]?.args[1]?.toJSON(), [{ category: 'PrimaryCare', quantity: 1, charge: 18_000, authorisation: null, denial: null, prior: null }]);
  await assert.rejects(estimate(api, 5, []), /1 to 64 lines/);
  const failing: [object, string][] = [
    [{ UnknownCoverage: null }, 'UnknownCoverage'], [{ InTheFuture: null }, 'InTheFuture'], [{ Lines: { TotalOverflow: null } }, 'TotalOverflow'],
    [{ Lines: { Line: { index: 2, error: 'ZeroQuantity' } } }, 'line 3: ZeroQuantity'],
  ];
  for (const [error, reason] of failing) {
    const refused = (thrown: unknown): boolean => thrown instanceof QueryFailed && thrown.reason === reason && thrown.message.includes('coverage 5');
    await assert.rejects(estimate(chainWith({ estimate: { Err: error } }).api, 5, [line]), refused);
    await assert.rejects(eligibility(chainWith({ eligibility: { Err: error } }).api, 5), refused);
  }
});

test('an encounter, open and closed', async () => {
  const open = { provider: 3, opened: VISIT, emergency: true, coverage: 5, attested: null, closing: null, reviewed: false, claim: null, correction: null };
  assert.deepEqual(await encounter(chainWith({ encounter: open }).api, 7), { encounter: 7, provider: 3, opened: VISIT, emergency: true, coverage: 5, reviewed: false });
  const root = `0x${'ab'.repeat(32)}`;
  const closed = { ...open, emergency: false, attested: VISIT + 60, closing: { at: VISIT + 90, root, lines: 2, amendments: 1 }, reviewed: true, claim: 11, correction: 12 };
  assert.deepEqual(await encounter(chainWith({ encounter: closed }).api, 7), {
    encounter: 7, provider: 3, opened: VISIT, emergency: false, coverage: 5, attested: VISIT + 60, closing: { at: VISIT + 90, root, lines: 2, amendments: 1 },
    reviewed: true, claim: 11, correction: 12,
  });
  assert.equal(await encounter(chainWith({ encounter: null }).api, 7), undefined);
});

test('lists, numbers and accounts', async () => {
  const { api, asked } = chainWith({ claimsOf: [3, 11], coverageOf: 5, waiting: [70, [11, 12]], settlementAccount: member });
  assert.deepEqual(await claimsOf(api, 5), [3, 11]);
  assert.deepEqual(await claimsOf(api, 5, 2), [3, 11]);
  assert.equal(await coverageOf(api, member), 5);
  assert.deepEqual(await waiting(api, 8, 1), { count: 70, claims: [11, 12] });
  assert.equal(await settlementAccount(api, 8), member);
  assert.deepEqual(asked.map(({ name, args }) => [name, ...args.map((arg) => arg.toJSON())]), [
    ['claimsOf', 5, null], ['claimsOf', 5, 2], ['coverageOf', member], ['waiting', 8, 1], ['settlementAccount', 8],
  ]);
  assert.equal(await coverageOf(chainWith({ coverageOf: null }).api, member), undefined);
});

test('the money of an account, and how it reads', async () => {
  const option = (type: string, value: unknown) => scale(`Option<${type}>`, value);
  const withAssets = (balance: bigint | null, held: bigint | null): ApiPromise => Object.assign(chainWith({ settlementAccount: member }).api, {
    query: {
      assets: {
        account: async () => option('AssetAccountOfTheTests', balance === null ? null : { balance }),
        metadata: async (asset: number) => ({ symbol: scale('Bytes', asset === 1 ? 'eUSD' : ''), decimals: scale('u8', 2) }),
      },
      assetsHolder: { balancesOnHold: async () => option('u128', held) },
    },
  }) as unknown as ApiPromise;
  scale('Null', null).registry.register({ AssetAccountOfTheTests: { balance: 'u128' } } as never);
  assert.deepEqual(await funds(withAssets(2n ** 100n + 1n, 7n), 8, 1), { free: 2n ** 100n + 1n, held: 7n });
  assert.deepEqual(await funds(withAssets(null, null), 8, 1), { free: 0n, held: 0n });
  assert.deepEqual(await settlementOf(withAssets(null, null), 1, 'USD'), { ...USD, symbol: 'eUSD' });
  await assert.rejects(settlementOf(withAssets(null, null), 2, 'USD'), (error) => error instanceof QueryFailed && error.reason === 'NoMetadata');
});

test('every question of the pallet can be asked', () => {
  assert.deepEqual(questionNames(), ['plan', 'coverageOf', 'eligibility', 'estimate', 'encounter', 'explanation', 'claimsOf', 'waiting', 'settlementAccount']);
});
