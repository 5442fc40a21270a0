import { acknowledgement, type Call } from '@salus/client';
import { clock, expect } from '../transcript.js';
import { until } from '../wait.js';
import type { Patient, World } from '../world.js';
import type { Institutions } from './admission.js';
import { fails } from './amendment.js';
import { NO_GATEWAYS, type Houses } from './gateways.js';
import type { Staff } from './staff.js';

/** The clinic, which was shown records before the patient withdrew, has to say on the chain that it knows of it: its gateway does so, and the patient sees that. */
export async function acknowledgeWithdrawal(
  world: World, { hospital, clinic }: Institutions, houses: Houses | undefined, { specialist, officer, steward }: Staff, patient: Patient, directive: number,
): Promise<void> {
  const { api, out } = world;
  out.chapter('The clinic\'s gateway says that it knows of the withdrawal, and the patient sees it');
  if (!houses) return out.skipped('this chapter', NO_GATEWAYS);
  const standing = async (): Promise<acknowledgement.Revocation> => {
    const found = await acknowledgement.revocation(api, patient.handle, directive);
    expect(found !== undefined && found.organisation === clinic.org, 'no acknowledgement is asked for');
    return found;
  };
  const { revokedAt, due } = await standing();
  expect(due === revokedAt + 72 * 3_600, `it is due at ${due}`);
  out.saw(`the patient's wallet reads that ${clinic.name}, which the directive named, has until ${new Date(due * 1000).toISOString().slice(0, 10)} ${clock(due)}`);
  const { gateway } = houses.clinic;
  const listed = (state: string): Promise<true> => until(`the clinic's gateway lists the revocation as ${state}`, async () => {
    const { revocations } = (await gateway.house('/revocations')).json() as { revocations: { directive: number; state: string }[] };
    return revocations.some((each) => each.directive === directive && each.state === state);
  });
  await listed('due');
  out.saw('the clinic\'s privacy officer reads it in the gateway\'s list of what was taken back, and has staff stop using what came before');
  await houses.clinic.handIn();
  out.saw('the clinic gives its gateway the key of a data steward, so that it hands in by itself from now on');
  const since = await until('the clinic\'s gateway has acknowledged the revocation', async () => {
    const { notice } = await standing();
    return notice.kind === 'Acknowledged' && notice;
  });
  expect(since.onTime, 'it is late');
  out.saw(`the patient's wallet reads that it was acknowledged at ${clock(since.at)}, ${since.at - revokedAt} s after the withdrawal`);
  const { onTime, late, overdue } = await acknowledgement.tally(api, clinic.org);
  expect(onTime >= 1 && late === 0 && overdue === 0, 'it is counted otherwise');
  out.saw(`anybody reads of ${clinic.name}: ${onTime} acknowledged in time, ${late} late, ${overdue} marked overdue`);
  await listed('acknowledged');

  const acknowledging = (org: number): Call => acknowledgement.acknowledge(api, org, patient.handle, directive);
  const [inOtherRole, ofOtherHouse, again, marked] = await Promise.all([
    fails(world, acknowledging(clinic.org), specialist, 'NotAuthorised', 'acknowledgement'),
    fails(world, acknowledging(hospital.org), steward, 'WrongOrganisation', 'acknowledgement'),
    fails(world, acknowledging(clinic.org), officer, 'AlreadyAcknowledged', 'acknowledgement'),
    fails(world, acknowledgement.markOverdue(api, patient.handle, directive), patient.pair, 'AlreadyAcknowledged', 'acknowledgement'),
  ]);
  out.refused('the cardiologist, to acknowledge it', inOtherRole);
  out.refused('the hospital, which the directive did not name', ofOtherHouse);
  out.refused('the clinic\'s privacy officer, to acknowledge it again', again);
  out.refused('the patient, to mark it overdue', marked);
}
