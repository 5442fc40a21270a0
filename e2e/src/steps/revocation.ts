import type { KeyringPair } from '@polkadot/keyring/types';
import { best, blockAtLeast, consent, decideSafely, finalised, snapshot, type Included } from '@salus/client';
import { DispatchFailed, PoolRejected, whyInWords, type Question } from '@salus/types';
import { codeOf } from '../gateway.js';
import { clock, expect, Surprise } from '../transcript.js';
import { until } from '../wait.js';
import type { Institution, Patient, World } from '../world.js';
import { NO_GATEWAYS, type Houses } from './gateways.js';
import { REPORT } from './records.js';
import { fetchAtClinic } from './release.js';
import type { Staff } from './staff.js';

/** Nothing leaves any more under the Permit: no record, no record for the clinic's gateway, and no next page of a search that had begun. */
async function refuseAtOnce(
  { api, out }: World, houses: Houses, specialist: KeyringPair, patient: Patient, next: string | undefined, revoked: Included,
): Promise<void> {
  const { clinic, counter } = houses;
  const reason = await counter.refusal(await counter.sign(specialist, clinic.org, REPORT));
  const known = await finalised(api);
  out.refused(`the cardiologist, to treat (block ${known.number} is final, ${revoked.blockNumber} ${known.number < revoked.blockNumber ? 'not yet' : 'too'})`, reason);
  const fetched = await fetchAtClinic(houses, REPORT, patient);
  expect(fetched.status === 502, `the clinic's gateway still gets the report: ${fetched.status}`);
  const { issue: [issue] } = fetched.json() as { issue: { diagnostics?: string; details?: { text?: string } }[] };
  out.refused('the clinic\'s gateway, to fetch the report', issue?.details?.text ?? issue?.diagnostics ?? codeOf(fetched));
  expect(next !== undefined, 'the search has no next page');
  const { entries } = await counter.page(specialist, clinic.org, 'Observation', next);
  expect(entries.length === 0, `the next page of the search has ${entries.length} results`);
  out.refused('the next page of a search that had begun before', 'it is empty, as of a patient who has nothing');
}

/** The patient withdraws with an empty wallet: at once, for ever, and without changing the past. */
export async function revoke(
  world: World,
  clinic: Institution,
  houses: Houses | undefined,
  { specialist }: Staff,
  patient: Patient,
  directive: number,
): Promise<void> {
  const { api, out } = world;
  out.chapter('The patient withdraws, with an empty wallet');
  expect(await world.tokensOf(patient.pair.address) === 0n, 'the patient holds tokens');
  // A search whose next page is asked for afterwards.
  const query = `patient=${patient.handle}&category=laboratory&_count=5`;
  const begun = await houses?.counter.page(specialist, clinic.org, 'Observation', query);
  const revoked = await world.send(consent.revoke(api, directive), patient.pair);
  expect(revoked.fee === 0n, `the revocation cost ${revoked.fee}`);
  await out.did(revoked, `directive ${directive} is revoked; it cost nothing`);

  if (houses) await refuseAtOnce(world, houses, specialist, patient, begun?.next, revoked);
  else out.skipped('what the gateways refuse', NO_GATEWAYS);

  const { moment } = await snapshot(api, revoked.blockHash);
  await until('the revocation is final', async () => (await finalised(api)).number >= revoked.blockNumber);
  await blockAtLeast(api, (await best(api)).number + 1);
  if (houses) {
    out.refused('the cardiologist, a block later', await houses.counter.refusal(await houses.counter.sign(specialist, clinic.org, REPORT)));
  }

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
