import { claims } from '@salus/client';
import { CURRENCY, cents, dollars, explained, moved, type Cover } from '../billing.js';
import { expect } from '../transcript.js';
import type { World } from '../world.js';
import type { Institutions } from './admission.js';
import type { Staff } from './staff.js';
import { explain, left, refusedWith, type Claimed } from './visit.js';

/** The clerk typed 120.00 for 102.00. One call puts it right, and only the net moves. */
export async function correct(
  world: World,
  institutions: Institutions,
  { clerk }: Staff,
  cover: Cover,
  claimed: Claimed,
): Promise<void> {
  const { api, out } = world;
  const { hospital, insurer } = institutions;
  out.chapter('A typing error is corrected in one call');
  const lines = claimed.services.map(({ line }) => line);
  const [visit, test] = lines;
  expect(visit !== undefined && test !== undefined, 'the claim has two lines');
  out.saw('the test cost 102.00; the clerk had typed 120.00. The codes are right, so the encounter stays as it was written down');

  const right = [visit, { ...test, charge: cents('102.00') }];
  const corrected = await world.send(claims.correct(api, hospital.org, claimed.claim, right), clerk);
  const claim = claims.submittedAs(corrected);
  await out.did(corrected, `claim ${claim} takes the place of claim ${claimed.claim}`);
  const [payment] = claims.paymentsIn(corrected);
  expect(payment?.paid === 0n && payment.returned === cents('14.40'), 'more than the net moved');
  const [back, from] = await Promise.all([moved(api, corrected, insurer.org), moved(api, corrected, hospital.org)]);
  expect(back.free === cents('14.40') && from.free === -cents('14.40'), `${dollars(back.free)} and ${dollars(from.free)} moved`);
  out.saw(`only the net moved: ${dollars(payment.returned)} ${CURRENCY}, back from ${hospital.name} to ${insurer.name}`);

  const found = await explain(world, institutions, claim);
  const { version, previous, transferred } = found;
  expect(version === 2 && previous === claimed.claim && transferred === cents('145.60'), 'the correction is another');
  const { state } = await explained(api, claimed.claim);
  expect(state.kind === 'Superseded' && state.by === claim, `claim ${claimed.claim} is ${state.kind}`);

  const { deductible, outOfPocket, benefits } = await left(world, cover.coverage);
  const counted = deductible.used === cents('50.00') && outOfPocket?.used === cents('106.40');
  expect(counted, 'what is used is not what the corrected claim used');
  const visits = benefits.filter(({ visitsUsed }) => visitsUsed > 0).map(({ category, visitsUsed }) => `${category} ${visitsUsed}`);
  expect(visits.join() === 'PrimaryCare 1,DiagnosticTest 1', `used were ${visits.join(', ')}`);

  await refusedWith(world, 'NotCurrent', 'correcting the claim that was replaced',
    () => world.send(claims.correct(api, hospital.org, claimed.claim, lines), clerk));
}
