import { decideAt, emergency, snapshot, type Included } from '@salus/client';
import { commit, newSalt, toHex, utf8, whyInWords, type Decision, type Question } from '@salus/types';
import { reasonOf, type Counter } from '../asking.js';
import { clock, expect } from '../transcript.js';
import type { Patient, World } from '../world.js';
import type { Institutions } from './admission.js';
import { fails, turnedAway } from './amendment.js';
import { NO_GATEWAYS, type Houses } from './gateways.js';
import { REPORT, SCAN } from './records.js';
import { untilFinal } from './release.js';
import type { Staff } from './staff.js';

/** At night nobody can ask the patient; next morning somebody else looks at what was done, and the patient reads it. */
export async function emergencyAtNight(
  world: World,
  { hospital, clinic }: Institutions,
  houses: Houses | undefined,
  { specialist, nurse, officer }: Staff,
  patient: Patient,
): Promise<void> {
  const { api, out } = world;
  out.chapter('At night the patient is unconscious, and the cardiologist breaks the glass');
  const ask = async ({ blockHash }: Pick<Included, 'blockHash'>, more: Partial<Question> = {}): Promise<Decision> =>
    decideAt(await snapshot(api, blockHash), {
      subject: patient.handle, actor: { organisation: clinic.org, practitioner: specialist.address },
      purpose: 'Btg', action: 'Read', dataClass: 'Medications', ...more,
    });
  const detail = toHex(commit(newSalt(), utf8('Collapsed at the bus stop, brought in at 02:40.')));
  const declaration: emergency.Declaration = {
    organisation: clinic.org, patient: patient.handle, reason: 'ConsentUnobtainable', classes: ['Medications', 'Laboratory'], detail,
  };
  const atHospital = emergency.breakGlass(api, { ...declaration, organisation: hospital.org });
  out.refused('a nurse of the hospital', await fails(world, atHospital, nurse, 'WrongRole', 'emergency'));
  out.refused('the cardiologist, for the hospital', await turnedAway(world, atHospital, specialist, /acts for nobody who is sponsored/));

  const broken = await world.send(emergency.breakGlass(api, declaration), specialist);
  const id = emergency.declaredAs(broken);
  const [record] = (await emergency.ofPatient(api, patient.handle)).filter((found) => found.id === id);
  expect(record !== undefined && !record.overCredit, 'the emergency is not as it was declared');
  await out.did(broken, `emergency ${id}: medications and laboratory, until ${clock(record.until)}; its details as a commitment`);
  for (const [what, more, lets] of [
    ['medications', {}, true], ['medications that bear a label', { labels: ['Psy'] }, true],
    ['imaging, which was not named', { dataClass: 'Imaging' }, false], ['medications, to treat', { purpose: 'Treat' }, false],
    ['medications, to take a copy away', { action: 'Export' }, false],
    ['medications, by a colleague', { actor: { organisation: clinic.org, practitioner: officer.address } }, false],
  ] as [string, Partial<Question>, boolean][]) {
    const answer = await ask(broken, more);
    expect((answer.verdict === 'Emergency') === lets, `${what}: ${answer.verdict}`);
    out.saw(`${what}: ${answer.verdict} (${whyInWords(answer.why)})`);
  }

  const askGateway = (counter: Counter, record: string) => counter.sign(specialist, clinic.org, record, { purpose: 'Btg' });
  if (houses) {
    const { counter } = houses;
    await untilFinal(world);
    const { record: report, entry } = await counter.released(await askGateway(counter, REPORT));
    out.saw(`the hospital's gateway, which nobody has to wake, hands out ${REPORT}: ${report.length} bytes; its log says ${reasonOf(entry)}`);
    out.refused('the head CT', await counter.refusal(await askGateway(counter, SCAN)));
  } else {
    out.skipped('what the hospital\'s gateway hands out', NO_GATEWAYS);
  }

  out.chapter('Afterwards somebody else looks at it, and so does the patient');
  out.refused('the cardiologist, to review it', await fails(world, emergency.review(api, clinic.org, id, 'Justified'), specialist, 'OwnEmergency', 'emergency'));
  const reviewed = await world.send(emergency.review(api, clinic.org, id, 'Justified'), officer);
  await out.did(reviewed, 'the clinic\'s privacy officer finds it justified');
  const [seen] = (await emergency.ofPatient(api, patient.handle)).filter((found) => found.id === id);
  expect(seen?.outcome.kind === 'Found' && seen.outcome.finding === 'Justified', 'the finding is not told');
  out.saw(`the patient reads: ${clock(seen.from)} to ${clock(seen.until)}, organisation ${seen.organisation}, ${seen.reason}: ${seen.outcome.finding}`);
  const { counts, left, credit } = await emergency.standing(api, clinic.org);
  out.saw(`the clinic's emergencies: ${counts.timely}, of which ${counts.justified} justified; ${left} of ${credit} are left before it is told to the regulator`);

  const directive = await world.send(emergency.setAdvanceDirective(api, 'NoEmergency'), patient.pair);
  expect(directive.fee === 0n, `the advance directive cost ${directive.fee}`);
  await out.did(directive, 'the patient wants no such access in future; it cost nothing');
  const since = await ask(directive);
  expect(since.verdict === 'Deny', `the emergency lets on: ${since.verdict}`);
  out.refused('the cardiologist, whose four hours are not over', `${since.verdict} (${whyInWords(since.why)})`);
  if (houses) out.refused('the cardiologist, at the hospital\'s gateway', await houses.counter.refusal(await askGateway(houses.counter, REPORT)));
  const again = emergency.breakGlass(api, { ...declaration, classes: ['Problems'] });
  out.refused('the cardiologist, to break the glass again', await fails(world, again, specialist, 'Excluded', 'emergency'));
}
