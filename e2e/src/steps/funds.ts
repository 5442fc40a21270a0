import { claims } from '@salus/client';
import { ASSET, CURRENCY, bill, cents, coded, dollars, explained, moved, type Cover } from '../billing.js';
import { expect } from '../transcript.js';
import type { World } from '../world.js';
import type { Institutions } from './admission.js';
import { bankOf } from './coverage.js';
import type { Staff } from './staff.js';
import { explain, hospitalOf, refusedWith } from './visit.js';

/** The insurer has no money: the next claim waits, for all to see, and is paid when money comes. */
export async function waitForFunds(world: World, institutions: Institutions, staff: Staff, cover: Cover): Promise<void> {
  const { api, out } = world;
  const { hospital, insurer } = institutions;
  out.chapter('The insurer has no money: a claim waits, and is paid when money comes');
  const { free } = await claims.funds(api, insurer.org, ASSET);
  const withdrawn = await world.send(claims.withdraw(api, insurer.org, ASSET, free), insurer.admin);
  await out.did(withdrawn, `${insurer.name} takes ${dollars(free)} ${CURRENCY} out, all that is free`);

  const service = coded('PrimaryCare', 'G0463', '180.00');
  const { claim, submitted } = await bill(world, hospitalOf(institutions, staff), cover, [service.line]);
  await out.did(submitted, `the patient comes again: claim ${claim}`);
  await explain(world, institutions, claim);
  const { state, totals } = await explained(api, claim);
  expect(state.kind === 'Waiting' && totals.paid === cents('104.00'), `the claim is ${state.kind}`);
  expect(claims.paymentsIn(submitted).length === 0, 'something was paid');
  const queue = await claims.waiting(api, insurer.org, ASSET);
  expect(queue.count === 1 && queue.claims[0] === claim, 'the claim is in no queue');
  out.saw(`anybody can see it: ${queue.count} claim waits for ${insurer.name}'s funds`);
  // A cent, so that there would be something to take out.
  await world.send(claims.fund(api, insurer.org, ASSET, cents('0.01')), bankOf(world, 'Insurer'));
  await refusedWith(world, 'ClaimsWaiting', 'taking money out while a claim waits',
    () => world.send(claims.withdraw(api, insurer.org, ASSET, cents('0.01')), insurer.admin));

  const funded = await world.send(claims.fund(api, insurer.org, ASSET, cents('500.00')), bankOf(world, 'Insurer'));
  await out.did(funded, `${dollars(cents('500.00'))} ${CURRENCY} come in, and what waits is paid in the same block`);
  const [payment] = claims.paymentsIn(funded);
  expect(payment?.claim === claim && payment.paid === cents('104.00'), 'the claim was not paid by the funding');
  const [payer, provider] = await Promise.all([moved(api, funded, insurer.org), moved(api, funded, hospital.org)]);
  expect(payer.free === cents('396.00') && provider.free === cents('104.00'), 'other money moved');
  await explain(world, institutions, claim);
  expect((await claims.waiting(api, insurer.org, ASSET)).count === 0, 'a claim still waits');
}
