import { acknowledgement, type Call } from '@salus/client';
import { clock, expect } from '../transcript.js';
import type { Patient, World } from '../world.js';
import type { Institutions } from './admission.js';
import { fails } from './amendment.js';
import type { Staff } from './staff.js';

/** The clinic, which was shown records before the patient withdrew, says on the chain that it knows of it; the patient sees that. */
export async function acknowledgeWithdrawal(
  world: World, { hospital, clinic }: Institutions, { specialist, officer, steward }: Staff, patient: Patient, directive: number,
): Promise<void> {
  const { api, out } = world;
  out.chapter('The clinic says that it knows of the withdrawal, and the patient sees it');
  const standing = async (): Promise<acknowledgement.Revocation> => {
    const found = await acknowledgement.revocation(api, patient.handle, directive);
    expect(found !== undefined && found.organisation === clinic.org, 'no acknowledgement is asked for');
    return found;
  };
  const { notice, revokedAt, due } = await standing();
  expect(notice.kind === 'Awaited' && due === revokedAt + 72 * 3_600, `it is ${notice.kind}, until ${due}`);
  out.saw(`the patient's wallet reads that ${clinic.name}, which the directive named, has until ${new Date(due * 1000).toISOString().slice(0, 10)} ${clock(due)}`);
  const acknowledging = (org: number): Call => acknowledgement.acknowledge(api, org, patient.handle, directive);
  const marking = (): Call => acknowledgement.markOverdue(api, patient.handle, directive);
  const [inOtherRole, ofOtherHouse, early] = await Promise.all([
    fails(world, acknowledging(clinic.org), specialist, 'NotAuthorised', 'acknowledgement'),
    fails(world, acknowledging(hospital.org), steward, 'WrongOrganisation', 'acknowledgement'),
    fails(world, marking(), patient.pair, 'TooEarly', 'acknowledgement'),
  ]);
  out.refused('the cardiologist, to acknowledge it', inOtherRole);
  out.refused('the hospital, which the directive did not name', ofOtherHouse);
  out.refused('the patient, to mark it overdue today', early);

  const before = await acknowledgement.tally(api, clinic.org);
  const done = await world.send(acknowledging(clinic.org), officer);
  expect(await world.tokensOf(officer.address) === 0n, 'the privacy officer holds tokens');
  await out.did(done, `the clinic's privacy officer acknowledges that directive ${directive} is revoked`);
  const since = (await standing()).notice;
  expect(since.kind === 'Acknowledged' && since.onTime && since.at === await world.momentOf(done), `it is ${since.kind}`);
  out.saw(`the patient's wallet reads: acknowledged at ${clock(since.at)}, in time`);
  const { onTime, late, overdue } = await acknowledgement.tally(api, clinic.org);
  expect(onTime === before.onTime + 1 && late === before.late && overdue === before.overdue, 'it is counted otherwise');
  out.saw(`anybody reads of ${clinic.name}: ${onTime} acknowledged in time, ${late} late, ${overdue} marked overdue`);
  const [again, marked] = await Promise.all([
    fails(world, acknowledging(clinic.org), officer, 'AlreadyAcknowledged', 'acknowledgement'),
    fails(world, marking(), patient.pair, 'AlreadyAcknowledged', 'acknowledgement'),
  ]);
  out.refused('the clinic, to acknowledge it again', again);
  out.refused('the patient, to mark it overdue', marked);
}
