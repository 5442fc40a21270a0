import type { KeyringPair } from '@polkadot/keyring/types';
import { claims } from '@salus/client';
import { percent, planInWords, type PlanDescription } from '@salus/types/claims';
import { ASSET, CURRENCY, cents, dollars, isSponsored, type Cover } from '../billing.js';
import { clock, expect } from '../transcript.js';
import { YEAR, type Institution, type World } from '../world.js';
import type { Staff } from './staff.js';

/** What the insurer promises. */
export const PLAN: PlanDescription = {
  asset: ASSET,
  deductible: cents('50.00'),
  outOfPocketMaximum: cents('2000.00'),
  autoLimit: cents('1000.00'),
  interest: percent('10'),
  benefits: {
    PrimaryCare: { allowedCap: cents('150.00'), copay: cents('20.00'), coinsurance: percent('20') },
    Preventive: {},
    DiagnosticTest: { deductibleApplies: true, coinsurance: percent('20') },
    HospitalStay: { deductibleApplies: true, coinsurance: percent('10') },
  },
};

/** What the insurer puts into its settlement account. */
const FUNDS = cents('5000.00');

/** Whoever holds money outside the claims: the development account of that name. */
export const bankOf = (world: World, name: 'Insurer' | 'Hospital' | 'Clinic'): KeyringPair => world.keyring.addFromUri(`//${name}`);

/** The insurer publishes its plan. Answers the plan's number. */
export async function publishPlan(world: World, insurer: Institution): Promise<number> {
  const { api, out } = world;
  const settlement = await claims.settlementOf(api, ASSET, CURRENCY);
  expect(settlement.decimals === 2, `the settlement asset has ${settlement.decimals} decimals`);
  const published = await world.send(claims.createPlan(api, insurer.org, PLAN), insurer.admin);
  const { plan, version } = claims.publishedAs(published);
  await out.did(published, `${insurer.name} publishes plan ${plan}, in ${settlement.symbol}; this version never changes`);
  const terms = await claims.plan(api, plan, version);
  expect(terms !== undefined, `there is no plan ${plan}`);
  for (const line of planInWords(terms, settlement)) out.because(line);
  return plan;
}

/** The insurer puts money where only claims and its administrator can draw on it. */
export async function fund(world: World, insurer: Institution, amount: bigint): Promise<void> {
  const { api, out } = world;
  const { free } = await claims.funds(api, insurer.org, ASSET);
  const funded = await world.send(claims.fund(api, insurer.org, ASSET, amount), bankOf(world, 'Insurer'));
  await out.did(funded, `${insurer.name} puts ${dollars(amount)} ${CURRENCY} into its settlement account`);
  const after = await claims.funds(api, insurer.org, ASSET);
  expect(after.free === free + amount, `there are ${dollars(after.free)} in the account`);
}

/** A coverage that is offered, and from when on it is in force. */
export interface Offer extends Cover {
  from: number;
}

/** A wallet makes a key for one coverage alone, without tokens, and the insurer enrols it. */
export async function offer(world: World, insurer: Institution, { biller }: Staff, plan: number): Promise<Offer> {
  const { api, out } = world;
  const member = world.stranger();
  out.saw('the patient\'s wallet makes a key for this coverage alone; it is none of the patient\'s handle');
  // A busy chain may take some blocks until it includes the offer, and it must begin after that.
  const from = await world.after(7);
  const enrolled = await world.send(claims.enrol(api, insurer.org, plan, member.address, { from, until: from + YEAR }), biller);
  const coverage = claims.enrolledAs(enrolled);
  await out.did(enrolled, `${insurer.name} offers coverage ${coverage} to that key, from ${clock(from)} on for a year`);
  return { coverage, member, from };
}

/** The member accepts, with an empty wallet. */
export async function accept(world: World, { coverage, member }: Offer): Promise<void> {
  const { api, out } = world;
  const accepted = await world.send(claims.acceptCoverage(api, coverage), member);
  await out.did(accepted, 'the member accepts with an empty wallet; the fee is the sponsor\'s');
  expect(isSponsored(accepted) && await world.tokensOf(member.address) === 0n, 'the member key holds tokens');
  expect(await claims.coverageOf(api, member.address) === coverage, 'the key does not stand for the coverage');
}

/** The insurer publishes a plan, funds it, and covers the patient under a fresh key. */
export async function insure(world: World, insurer: Institution, staff: Staff): Promise<Cover> {
  const { api, out } = world;
  out.chapter('The insurer publishes a plan, and covers the patient under a key of its own');
  const plan = await publishPlan(world, insurer);
  await fund(world, insurer, FUNDS);
  const offered = await offer(world, insurer, staff, plan);
  await accept(world, offered);
  await world.until(offered.from);
  const { inForce } = await claims.eligibility(api, offered.coverage);
  expect(inForce, 'the coverage is not in force');
  out.saw(`coverage ${offered.coverage} is in force, and nothing of it is used`);
  return offered;
}
