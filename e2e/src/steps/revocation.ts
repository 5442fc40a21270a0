import {
  best, blockAtLeast, consent, decideSafely, DispatchFailed, finalised, PoolRejected, snapshot, whyInWords,
  type Question,
} from '@salus/client';
import { clock, expect, Surprise } from '../transcript.js';
import { until } from '../wait.js';
import type { Institution, Patient, World } from '../world.js';
import type { Counter } from './release.js';
import type { Records } from './records.js';
import type { Staff } from './staff.js';

/** The patient withdraws with an empty wallet: at once, for ever, and without changing the past. */
export async function revoke(
  world: World,
  clinic: Institution,
  { specialist }: Staff,
  patient: Patient,
  records: Records,
  { ask, refusal }: Counter,
  directive: number,
): Promise<void> {
  const { api, out } = world;
  out.chapter('The patient withdraws, with an empty wallet');
  expect(await world.tokensOf(patient.pair.address) === 0n, 'the patient holds tokens');
  const revoked = await world.send(consent.revoke(api, directive), patient.pair);
  expect(revoked.fee === 0n, `the revocation cost ${revoked.fee}`);
  await out.did(revoked, `directive ${directive} is revoked; it cost nothing`);

  const reason = await refusal(await ask(specialist, clinic.org, records.report, 'Treat'));
  const known = await finalised(api);
  out.refused(`the cardiologist, to treat (block ${known.number} is final, ${revoked.blockNumber} ${known.number < revoked.blockNumber ? 'not yet' : 'too'})`, reason);

  const { moment } = await snapshot(api, revoked.blockHash);
  await until('the revocation is final', async () => (await finalised(api)).number >= revoked.blockNumber);
  await blockAtLeast(api, (await best(api)).number + 1);
  out.refused('the cardiologist, a block later', await refusal(await ask(specialist, clinic.org, records.report, 'Treat')));

  const question: Question = {
    subject: patient.handle, actor: { organisation: clinic.org, practitioner: specialist.address },
    purpose: 'Treat', action: 'Read', dataClass: 'Laboratory',
  };
  const before = await decideSafely(api, { ...question, at: moment - 1 });
  expect(before.permitted, `as of ${moment - 1} the answer is no longer Permit: ${before.reason}`);
  out.saw(`as of ${clock(moment - 1)}, the moment before, the answer is still Permit`);
  const since = await decideSafely(api, { ...question, at: moment });
  expect(!since.permitted && since.finalised.verdict === 'Deny', 'as of the revocation the answer is not Deny');
  out.saw(`as of ${clock(moment)}, the moment of the revocation, it is Deny (${whyInWords(since.finalised.why)})`);

  try {
    await world.send(consent.revoke(api, directive), patient.pair);
  } catch (error) {
    // Free only where it takes effect, and never at the sponsor's expense: it does not enter a block.
    if (!(error instanceof PoolRejected || (error instanceof DispatchFailed && error.is('consent', 'AlreadyEnded')))) throw error;
    out.refused('a second revocation', error.message);
    expect(await world.tokensOf(patient.pair.address) === 0n, 'the patient holds tokens');
    return;
  }
  throw new Surprise('a second revocation was accepted');
}
