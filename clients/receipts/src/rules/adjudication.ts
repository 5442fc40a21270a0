/** Claims and what becomes of them as the module takes and gives them: `Claim` of `clients/wasm/src/input.rs`, field by field. */
import { code } from '@salus/types/arguments';
import { BENEFIT_CATEGORIES, CARCS, GROUPS, type Adjustment, type Benefit, type LineResult } from '@salus/types/claims';
import { bool, compact, fields, fixed, listOf, oneOf, option, struct, type Reader } from '@salus/types/scale';
import { AMOUNT_LIMITS, COORDINATIONS, DENIALS, type Accumulators, type Adjudication, type Claim, type Line, type Plan } from './model.js';
import { codeAt } from './codes.js';

const money = (value: bigint, name: string): Uint8Array => fixed(128, value, name);
const u32 = (value: number, name: string): Uint8Array => fixed(32, value, name);

function benefitOf(benefit: Benefit, name: string): Uint8Array {
  const { covered, authorisationRequired, deductibleApplies, allowedCap, visitLimit, amountLimit, copay, coinsurance } = fields(benefit, name);
  return struct(
    bool(covered, `${name}.covered`),
    bool(authorisationRequired, `${name}.authorisationRequired`),
    bool(deductibleApplies, `${name}.deductibleApplies`),
    option(allowedCap, (cap) => money(cap, `${name}.allowedCap`)),
    option(visitLimit, (visits) => u32(visits, `${name}.visitLimit`)),
    option(amountLimit, ({ kind, amount }) =>
      struct(oneOf(AMOUNT_LIMITS, kind, `${name}.amountLimit.kind`), money(amount, `${name}.amountLimit.amount`))),
    money(copay, `${name}.copay`),
    u32(coinsurance, `${name}.coinsurance`),
  );
}

function planOf(plan: Plan): Uint8Array {
  const { deductible, outOfPocketMaximum, coordination } = fields(plan, 'plan');
  const benefits = fields(plan.benefits, 'plan.benefits');
  return struct(
    money(deductible, 'plan.deductible'),
    option(outOfPocketMaximum, (most) => money(most, 'plan.outOfPocketMaximum')),
    oneOf(COORDINATIONS, coordination, 'plan.coordination'),
    ...BENEFIT_CATEGORIES.map((category) => benefitOf(benefits[category], `plan.benefits.${category}`)),
  );
}

function accumulatorsOf(accumulators: Accumulators): Uint8Array {
  const { deductible, outOfPocket } = fields(accumulators, 'before');
  const usage = fields(accumulators.usage, 'before.usage');
  // A category that is not there was not used. One that is written otherwise is not to be taken for that.
  for (const category of Object.keys(usage)) code(BENEFIT_CATEGORIES, category, 'a category of before.usage');
  return struct(
    compact(128, deductible, 'before.deductible'),
    compact(128, outOfPocket, 'before.outOfPocket'),
    ...BENEFIT_CATEGORIES.flatMap((category) => {
      const { visits, amount } = usage[category] ?? { visits: 0, amount: 0n };
      return [compact(32, visits, `before.usage.${category}.visits`), compact(128, amount, `before.usage.${category}.amount`)];
    }),
  );
}

const lineOf = ({ category, quantity, charge, authorisation, denial, prior }: Line, name: string): Uint8Array => struct(
  oneOf(BENEFIT_CATEGORIES, category, `${name}.category`),
  u32(quantity, `${name}.quantity`),
  money(charge, `${name}.charge`),
  option(authorisation, (given) =>
    struct(u32(given.quantity, `${name}.authorisation.quantity`), money(given.amount, `${name}.authorisation.amount`))),
  option(denial, (why) => oneOf(DENIALS, why, `${name}.denial`)),
  option(prior, ({ paid, patientResponsibility }) =>
    struct(money(paid, `${name}.prior.paid`), money(patientResponsibility, `${name}.prior.patientResponsibility`))),
);

/** A claim as the module takes it. Throws `InvalidArgument` with the name of what nothing can mean. */
export function encodeClaim(claim: Claim): Uint8Array {
  const { plan, before, lines } = fields(claim, 'claim');
  return struct(planOf(plan), accumulatorsOf(before), listOf(lines, 'lines', lineOf));
}

const usageOf = (reader: Reader): { visits: number; amount: bigint } => ({ visits: reader.compact(), amount: reader.bigCompact() });

const adjustmentOf = (reader: Reader): Adjustment =>
  ({ group: codeAt(GROUPS, reader.u8()), carc: codeAt(CARCS, reader.u8()), amount: reader.bigCompact() });

const resultOf = (reader: Reader): LineResult => ({
  category: codeAt(BENEFIT_CATEGORIES, reader.u8()),
  paid: reader.bigCompact(),
  patientResponsibility: reader.bigCompact(),
  usage: usageOf(reader),
  adjustments: reader.list(() => adjustmentOf(reader)),
});

function usedOf(reader: Reader): Accumulators {
  const [deductible, outOfPocket] = [reader.bigCompact(), reader.bigCompact()];
  const all = BENEFIT_CATEGORIES.map((category) => [category, usageOf(reader)] as const);
  const usage = Object.fromEntries(all.filter(([, { visits, amount }]) => visits > 0 || amount > 0n));
  return { deductible, outOfPocket, usage };
}

/** An adjudication as the module gives it. */
export const decodeAdjudication = (reader: Reader): Adjudication => ({
  results: reader.list(() => resultOf(reader)),
  totals: {
    charge: reader.bigCompact(),
    paid: reader.bigCompact(),
    contractualObligation: reader.bigCompact(),
    patientResponsibility: reader.bigCompact(),
    otherAdjustment: reader.bigCompact(),
    payerInitiated: reader.bigCompact(),
  },
  accumulators: usedOf(reader),
});
