import { claims } from '@salus/client';
import { dateInWords, opensDetail } from '@salus/types/claims';
import { CURRENCY, ZONE, bill, cents, coded, dollars, explained, moved, type Cover } from '../billing.js';
import { expect } from '../transcript.js';
import type { World } from '../world.js';
import type { Institutions } from './admission.js';
import type { Staff } from './staff.js';
import { explain, hospitalOf, refusedWith } from './visit.js';

/** A stay costs more than is paid without a person: the claims officer asks, and decides line by line. */
export async function decide(world: World, institutions: Institutions, staff: Staff, cover: Cover): Promise<void> {
  const { api, out } = world;
  const { hospital, insurer } = institutions;
  const { biller, clerk } = staff;
  out.chapter('A claim above the plan\'s limit awaits the insurer, and is decided');
  const stay = coded('HospitalStay', 'G0378', '4000.00');
  const { claim, submitted } = await bill(world, hospitalOf(institutions, staff), cover, [stay.line]);
  await out.did(submitted, `a stay of ${dollars(stay.line.charge)}: claim ${claim}`);
  const { state } = await explained(api, claim);
  expect(state.kind === 'Pended' && state.reason === 'AboveLimit', `the claim is ${state.kind}`);
  const held = await moved(api, submitted, insurer.org);
  expect(held.held === cents('3600.00') && held.free === -held.held, `${dollars(held.held)} are on hold`);
  out.saw(`it is pended, and ${dollars(held.held)} ${CURRENCY} are on hold for it; nothing is lost if nobody decides:`);
  await explain(world, institutions, claim);

  const asked = await world.send(claims.requestInformation(api, insurer.org, claim), biller);
  const waiting = (await explained(api, claim)).state;
  expect(waiting.kind === 'InformationRequested', `the claim is ${waiting.kind}`);
  await out.did(asked, `the claims officer asks for the discharge letter; the hospital has until ${dateInWords(waiting.due, ZONE)}`);
  const answered = await world.send(claims.answer(api, hospital.org, claim), clerk);
  await out.did(answered, 'the hospital has shown it, off chain, with the salt of the line; the insurer\'s clock runs on');
  expect(opensDetail(stay.line, stay.salt, stay.record, 'FhirJson'), 'the detail is not what was committed to');
  out.because('its codes are those that were committed to when the encounter was closed');

  // Beginning with what the rules come to: 3,600.00 paid and 400.00 of coinsurance.
  const decision = claims.asDecision(await claims.estimate(api, cover.coverage, [stay.line]));
  const [line] = decision;
  expect(line?.paid === cents('3600.00') && line.adjustments.length === 1, 'the rules come to something else');
  line.paid = cents('3500.01');
  line.adjustments.push({ group: 'ContractualObligation', carc: 'NegotiatedDiscount', amount: cents('100.00') });
  await refusedWith(world, 'Unbalanced', 'a decision that is a cent too much',
    () => world.send(claims.decide(api, insurer.org, claim, decision), biller));
  line.paid = cents('3500.00');
  const decided = await world.send(claims.decide(api, insurer.org, claim, decision), biller);
  await out.did(decided, `the officer decides: ${dollars(line.paid)} are paid, as a discount of 100.00 was agreed`);
  const [payer, provider] = await Promise.all([moved(api, decided, insurer.org), moved(api, decided, hospital.org)]);
  const right = payer.held === -cents('3600.00') && payer.free === cents('100.00') && provider.free === cents('3500.00');
  expect(right, 'other money moved');
  const { state: settled, totals } = await explain(world, institutions, claim);
  const { paid, patientResponsibility } = totals;
  expect(settled.kind === 'Settled' && paid === cents('3500.00') && patientResponsibility === cents('400.00'), 'it was decided otherwise');
}
