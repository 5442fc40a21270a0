/** Claims for the tests: a few by hand, and any number from a seed. */
import { toHex } from '../bytes.js';
import {
  BENEFIT_CATEGORIES, CARCS, GROUPS, isDenial, totalsOf, type Adjustment, type Carc, type ClaimLine, type ClaimState,
  type CoverageInfo, type Eligibility, type Explanation, type Group, type LineResult, type Settlement,
} from '../claims/index.js';

export const USD: Settlement = { currency: 'USD', decimals: 2 };
/** 24 Nov 2026, 09:30 UTC. */
export const VISIT = Date.UTC(2026, 10, 24, 9, 30) / 1000;
export const DAY = 86_400;
/** Where the fixtures' clinic is: at 09:30 UTC it is the same day there. */
export const ZONE = 'Europe/London';

export const COVERAGE: CoverageInfo = {
  coverage: 5, payer: 8, plan: 2, planVersion: 3, member: '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY',
  from: Date.UTC(2026, 0, 1) / 1000, until: Date.UTC(2027, 0, 1) / 1000, accepted: Date.UTC(2025, 11, 20) / 1000,
};

const detail = (byte: number): ClaimLine['detail'] => toHex(new Uint8Array(32).fill(byte));

export const owed = (adjustments: readonly Adjustment[]): bigint =>
  adjustments.reduce((sum, { group, amount }) => (group === 'PatientResponsibility' ? sum + amount : sum), 0n);

export function explanation(state: ClaimState, lines: ClaimLine[], results: LineResult[], more: Partial<Explanation> = {}): Explanation {
  const totals = totalsOf(lines, results);
  return {
    claim: 11, encounter: 7, coverage: 5, provider: 3, payer: 8, version: 1, serviceDate: VISIT, submitted: VISIT + DAY, state,
    lines, results, totals, transferred: state.kind === 'Settled' ? totals.paid : 0n, interest: 0n, ...more,
  };
}

const adjustment = (group: Group, carc: Carc, amount: bigint): Adjustment => ({ group, carc, amount });

/** 180.00 charged, 150.00 allowed, a copay of 20.00, and 20 % of what is left of it. */
const visit: ClaimLine = { category: 'PrimaryCare', quantity: 1, charge: 18_000n, detail: detail(0x11) };
const visited: LineResult = {
  category: 'PrimaryCare', paid: 10_400n, patientResponsibility: 4_600n, usage: { visits: 1, amount: 10_400n },
  adjustments: [
    adjustment('ContractualObligation', 'FeeSchedule', 3_000n),
    adjustment('PatientResponsibility', 'Copay', 2_000n),
    adjustment('PatientResponsibility', 'Coinsurance', 2_600n),
  ],
};
const denied: LineResult = {
  category: 'PrimaryCare', paid: 0n, patientResponsibility: 0n, usage: { visits: 0, amount: 0n },
  adjustments: [adjustment('ContractualObligation', 'FilingLimit', 18_000n)],
};
const scan: ClaimLine = { category: 'Imaging', quantity: 2, charge: 60_000n, detail: detail(0x22) };
const scanned: LineResult = {
  category: 'Imaging', paid: 40_000n, patientResponsibility: 20_000n, usage: { visits: 2, amount: 60_000n },
  adjustments: [adjustment('PatientResponsibility', 'Deductible', 20_000n)],
};

export const PAID = explanation({ kind: 'Settled', at: VISIT + 7 * DAY }, [visit], [visited]);
export const LATE = explanation({ kind: 'Settled', at: VISIT + 500 * DAY }, [visit], [denied], { submitted: VISIT + 500 * DAY });
/** The second version of PAID: a scan was missing. It was paid late. */
export const CORRECTED = explanation({ kind: 'Settled', at: VISIT + 60 * DAY }, [visit, scan], [visited, scanned], {
  claim: 12, version: 2, previous: 11, submitted: VISIT + 10 * DAY, interest: 125n,
});
export const SUPERSEDED: Explanation = { ...PAID, state: { kind: 'Superseded', by: 12 } };
/** Decided a week after the visit, and not paid since. */
export const WAITING = explanation({ kind: 'Waiting', since: VISIT + 7 * DAY }, [visit], [visited]);

/** A generator of numbers below 1 that is the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Any claim that the chain could give, with its settlement. */
export function anyExplanation(next: () => number): { explanation: Explanation; settlement: Settlement } {
  const below = (count: number): number => Math.floor(next() * count);
  const one = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const units = (most: bigint): bigint => (most * BigInt(below(1_000_001))) / 1_000_000n;
  const lines = Array.from({ length: next() < 0.1 ? 64 : 1 + below(4) }, (_, at): ClaimLine => ({
    category: one(BENEFIT_CATEGORIES), quantity: 1 + below(9), charge: units(10n ** BigInt(1 + below(11))), detail: detail(at),
  }));
  const state = one<ClaimState>([
    { kind: 'Pended', reason: one(['AboveLimit', 'NotAttested', 'Reviewed']), due: VISIT + 9 * DAY },
    { kind: 'InformationRequested', since: VISIT + 2 * DAY, due: VISIT + 9 * DAY },
    { kind: 'Waiting', since: VISIT + 2 * DAY }, { kind: 'Settled', at: VISIT + 3 * DAY }, { kind: 'Superseded', by: 99 },
    { kind: 'Voided', at: VISIT + 4 * DAY }, { kind: 'Lapsed', at: VISIT + 4 * DAY },
  ]);
  const decided = state.kind === 'Waiting' || state.kind === 'Settled' || (state.kind !== 'Pended' && state.kind !== 'InformationRequested' && next() < 0.5);
  const results = decided ? lines.map((line) => anyResult(line, below, one, units)) : [];
  const made = explanation(state, lines, results, next() < 0.3 ? { previous: 4, version: 2 } : {});
  if (state.kind === 'Settled' && next() < 0.3) made.interest = units(made.totals.paid);
  return { explanation: made, settlement: { currency: one(['USD', 'EUR', 'JPY']), decimals: one([0, 2, 3, 6, 18]) } };
}

function anyResult(line: ClaimLine, below: (count: number) => number, one: <T>(list: readonly T[]) => T, units: (most: bigint) => bigint): LineResult {
  let left = line.charge;
  const adjustments: Adjustment[] = [];
  const take = (group: Group, carc: Carc, amount: bigint): void => {
    const again = adjustments.some((other) => other.carc === carc && other.group === group);
    if (amount === 0n || again) return;
    adjustments.push({ group, carc, amount });
    left -= amount;
  };
  if (below(4) === 0) {
    take(one(GROUPS), one(CARCS.filter(isDenial)), left);
  } else {
    for (let count = below(6); count > 0; count--) {
      const carc = one(CARCS.filter((candidate) => !isDenial(candidate)));
      const share = carc === 'Deductible' || carc === 'Coinsurance' || carc === 'Copay';
      take(share ? 'PatientResponsibility' : carc === 'PriorPayer' ? 'OtherAdjustment' : one(GROUPS), carc, units(left));
    }
  }
  const paid = left;
  return { category: line.category, paid, patientResponsibility: owed(adjustments), usage: { visits: line.quantity, amount: paid }, adjustments };
}

/** Any answer about a coverage that the chain could give, with its settlement. */
export function anyEligibility(next: () => number): { eligibility: Eligibility; settlement: Settlement } {
  const below = (count: number): number => Math.floor(next() * count);
  const units = (): bigint => BigInt(below(1_000_000));
  const sometimes = <T>(make: () => T): T | undefined => (next() < 0.5 ? make() : undefined);
  const benefits = BENEFIT_CATEGORIES.filter(() => next() < 0.6).map((category): Eligibility['benefits'][number] => {
    if (next() < 0.2) {
      return {
        category, visitsUsed: below(3), amountUsed: BigInt(below(3)),
        benefit: { covered: false, authorisationRequired: false, deductibleApplies: false, copay: 0n, coinsurance: 0 },
      };
    }
    const [allowedCap, visitLimit, amountLimit] = [
      sometimes(units), sometimes(() => below(50)), sometimes(() => ({ kind: next() < 0.5 ? 'Considered' as const : 'Paid' as const, amount: units() })),
    ];
    return {
      category, visitsUsed: below(9), amountUsed: units(),
      benefit: {
        covered: true, authorisationRequired: next() < 0.3, deductibleApplies: next() < 0.5, copay: units(), coinsurance: below(1_000_001),
        ...(allowedCap === undefined ? {} : { allowedCap }), ...(visitLimit === undefined ? {} : { visitLimit }),
        ...(amountLimit === undefined ? {} : { amountLimit }),
      },
    };
  });
  const outOfPocket = sometimes(() => ({ limit: units(), used: units() }));
  return {
    eligibility: {
      coverage: COVERAGE, at: VISIT + below(1000), inForce: next() < 0.5, deductible: { limit: units(), used: units() },
      ...(outOfPocket ? { outOfPocket } : {}), benefits,
    },
    settlement: { currency: 'USD', decimals: below(7) },
  };
}
