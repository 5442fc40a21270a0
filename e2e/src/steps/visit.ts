import { isDeepStrictEqual } from 'node:util';
import { claims } from '@salus/client';
import { explanationFromFhir, toExplanationOfBenefit } from '@salus/fhir/claims';
import { DispatchFailed } from '@salus/types';
import { eligibilityInWords, explanationInWords, type Eligibility, type Explanation } from '@salus/types/claims';
import {
  ASSET, CURRENCY, ZONE, bill, cents, coded, dollars, explained, handIn, moved, type Billed, type Coded, type Cover, type Provider,
} from '../billing.js';
import { expect, Surprise } from '../transcript.js';
import type { World } from '../world.js';
import type { Institutions } from './admission.js';
import type { Staff } from './staff.js';

/** A claim that stands, and the services that it is for. */
export interface Claimed extends Billed {
  services: Coded[];
}

export const hospitalOf = ({ hospital }: Institutions, { nurse, clerk }: Staff): Provider => ({ institution: hospital, nurse, clerk });

/** The explanation of benefits of a claim, line by line. */
export async function explain(world: World, { hospital, clinic }: Institutions, claim: number): Promise<Explanation> {
  const { api, out } = world;
  const found = await explained(api, claim);
  const settlement = await claims.settlementOf(api, ASSET, CURRENCY);
  const { benefits } = await claims.eligibility(api, found.coverage);
  const words = explanationInWords(found, settlement, {
    zone: ZONE,
    names: (org) => [hospital, clinic].find((institution) => institution.org === org)?.name,
    coinsurance: (category) => benefits.find((entry) => entry.category === category)?.benefit.coinsurance,
  });
  for (const line of words) out.because(line);
  return found;
}

/** What is used of a coverage, in words. */
export async function left(world: World, coverage: number): Promise<Eligibility> {
  const settlement = await claims.settlementOf(world.api, ASSET, CURRENCY);
  const eligibility = await claims.eligibility(world.api, coverage);
  world.out.saw('what is used of the coverage:');
  for (const line of eligibilityInWords(eligibility, settlement)) world.out.because(line);
  return eligibility;
}

/** Sends what must fail with an error of the pallet, and tells of it. */
export async function refusedWith(world: World, error: string, text: string, attempt: () => Promise<unknown>): Promise<void> {
  try {
    await attempt();
  } catch (failure) {
    if (!(failure instanceof DispatchFailed && failure.is('claims', error))) throw failure;
    world.out.refused(text, `${failure.error}: ${failure.docs}`);
    return;
  }
  throw new Surprise(`${text}: it was not refused with ${error}`);
}

/** The patient visits the hospital, attests it off chain, and the hospital has its money in the block of its claim. */
export async function visit(world: World, institutions: Institutions, staff: Staff, cover: Cover): Promise<Claimed> {
  const { api, out } = world;
  const { hospital, insurer } = institutions;
  const provider = hospitalOf(institutions, staff);
  out.chapter('A visit is paid in the block of its claim');

  // The second charge is a typing error, which the next chapter corrects.
  const services = [coded('PrimaryCare', 'G0463', '180.00'), coded('DiagnosticTest', 'G0404', '120.00')];
  const lines = services.map(({ line }) => line);
  const estimate = await claims.estimate(api, cover.coverage, lines);
  out.saw(`before anything is done, the plan would pay ${dollars(estimate.totals.paid)} of ${dollars(estimate.totals.charge)}`);

  const billed = await bill(world, provider, cover, lines);
  const { claim, encounter, submitted } = billed;
  await out.did(billed.opened, `a nurse opens encounter ${encounter} as the patient arrives`);
  await out.did(billed.attested, 'the nurse hands in the member\'s attestation, signed off chain: I am here, on this coverage');
  await out.did(billed.closed, `the encounter is closed: a root over ${lines.length} services, whose codes stay at the hospital`);
  await out.did(submitted, `the billing clerk claims ${dollars(cents('300.00'))}: claim ${claim}`);

  const [payment] = claims.paymentsIn(submitted);
  expect(payment?.claim === claim && payment.paid === cents('160.00'), 'the claim was not paid in its block');
  const [payer, payee] = await Promise.all([moved(api, submitted, insurer.org), moved(api, submitted, hospital.org)]);
  expect(payer.free === -cents('160.00') && payee.free === cents('160.00'), `${dollars(payer.free)} and ${dollars(payee.free)} moved`);
  out.saw(`in the same block ${dollars(payee.free)} ${CURRENCY} went from ${insurer.name} to ${hospital.name}. The explanation of benefits:`);
  const found = await explain(world, institutions, claim);
  const { totals, state } = found;
  expect(state.kind === 'Settled', `the claim is ${state.kind}`);
  expect(isDeepStrictEqual(found.results, estimate.results), 'the estimate was another');
  expect(totals.patientResponsibility === cents('110.00') && totals.contractualObligation === cents('30.00'), 'the shares are others');

  const detail = new Map(services.map(({ line, record }) => [line.detail, JSON.parse(new TextDecoder().decode(record)) as object]));
  const { coverage } = await claims.eligibility(api, cover.coverage);
  const settlement = await claims.settlementOf(api, ASSET, CURRENCY);
  const benefit = toExplanationOfBenefit(found, { coverage, settlement, zone: ZONE, type: 'institutional', detail });
  const back = explanationFromFhir(JSON.stringify(benefit), 'ExplanationOfBenefit', { settlement, zone: ZONE });
  expect(isDeepStrictEqual(back.explanation, found), 'the explanation of benefits says something else than the chain');
  const codes = benefit.item?.map(({ productOrService }) => productOrService.coding?.[0]?.code);
  const { amount } = benefit.payment ?? {};
  out.saw(`the hospital's FHIR ExplanationOfBenefit: ${benefit.outcome}, ${amount?.value} ${amount?.currency}, ${codes?.join(' and ')}`);

  await refusedWith(world, 'AlreadyClaimed', 'the same encounter, claimed again', () => handIn(world, provider, encounter, lines));
  return { ...billed, services };
}
