import { best, care, decideAt, openForMessage, signMessage, snapshot, type Included, type SeenBlock } from '@salus/client';
import { allows, whyInWords, type Decision, type Question } from '@salus/types';
import { clock, expect } from '../transcript.js';
import { DAY, type Institution, type Patient, type World } from '../world.js';
import { fails } from './amendment.js';
import type { Staff } from './staff.js';

/** What a word says besides what is usual. */
export interface WordOptions {
  /** How far its number is beyond the one that is due. */
  ahead?: number;
  /** In how many seconds it expires, if not in half an hour. */
  life?: number;
  /** The block that it names, if not the best one. */
  seen?: SeenBlock;
}

/** The patient's word for the hospital, signed off chain now: it may record an admission until `until`. */
export async function signWord(
  world: World, hospital: Institution, patient: Patient, until: number, { ahead = 0, life = 30 * 60, seen: named }: WordOptions = {},
): Promise<care.SignedWord> {
  const { api } = world;
  const due = await care.nextWord(api, patient.handle, hospital.org);
  expect(due !== undefined, 'the patient can give no word to the hospital');
  const id = due + ahead;
  const expiry = await world.now() + life;
  const seen = named ?? await best(api);
  const message = openForMessage(api.genesisHash.toHex(), hospital.org, patient.handle, 'Admission', until, id, seen, expiry);
  return { key: patient.pair.address, until, id, block: seen.number, expiry, signature: await signMessage(patient.pair, message) };
}

/** A patient who has signed no directive for the hospital is treated there, and opts out of it. */
export async function careByDefault(world: World, hospital: Institution, { nurse }: Staff, patient: Patient): Promise<void> {
  const { api, out } = world;
  out.chapter('The hospital treats the patient, who has signed no directive for it');
  const ask = async ({ blockHash }: Pick<Included, 'blockHash'>, more: Partial<Question> = {}): Promise<Decision> =>
    decideAt(await snapshot(api, blockHash), {
      subject: patient.handle, actor: { organisation: hospital.org, practitioner: nurse.address },
      purpose: 'Treat', action: 'Read', dataClass: 'Medications', ...more,
    });
  const policy = await care.policyAt(api, await world.now());
  expect(policy === 'CareTeam', `the network's care policy is ${policy}`);

  const word = await signWord(world, hospital, patient, await world.now() + 14 * DAY);
  out.saw(`at the desk the patient's wallet signs that organisation ${hospital.org}, and no other, may record an admission`);
  const opened = await world.send(care.openFor(api, hospital.org, 'Admission', word), nurse);
  const relationship = care.openedAs(opened);
  await out.did(opened, `a nurse records the admission: relationship ${relationship}, until ${clock(word.until)} in 14 days`);
  const { number, moment } = await snapshot(api, opened.blockHash);
  const before = await ask(opened, { at: moment - 1 });
  expect(!allows(before), `a second before, the answer was ${before.verdict}`);
  const now = await ask(opened);
  expect(now.why.kind === 'TreatmentRelationship' && now.why.relationship === relationship, `the answer is ${now.verdict} (${whyInWords(now.why)})`);
  out.saw(`may the nurse read medications, to treat? ${now.verdict} (${whyInWords(now.why)}), from block ${number} on`);
  for (const [what, more] of [
    ['what bears a label', { labels: ['Hiv'] }], ['for payment', { purpose: 'Hpaymt' }], ['to take a copy away', { action: 'Export' }],
  ] as [string, Partial<Question>][]) {
    const answer = await ask(opened, more);
    expect(!allows(answer), `${what}: ${answer.verdict}`);
    out.refused(`the nurse, ${what}`, `${answer.verdict} (${whyInWords(answer.why)})`);
  }
  out.refused('the same signature again', await fails(world, care.openFor(api, hospital.org, 'Admission', word), nurse, 'WrongId', 'care'));

  // Signed before the patient leaves, and handed in afterwards.
  const early = await signWord(world, hospital, patient, word.until);
  expect(await world.tokensOf(patient.pair.address) === 0n, 'the patient holds tokens');
  const left = await world.send(care.leave(api, relationship), patient.pair);
  expect(left.fee === 0n, `opting out cost ${left.fee}`);
  await out.did(left, 'the patient leaves, and opts out towards the hospital; it cost nothing');
  const after = await ask(left);
  expect(!allows(after), `in the block of the opt-out the answer is ${after.verdict}`);
  out.saw(`may the nurse read medications, to treat? ${after.verdict} (${whyInWords(after.why)}), in that very block`);
  out.refused('a signature from before the opt-out', await fails(world, care.openFor(api, hospital.org, 'Admission', early), nurse, 'OptedOut', 'care'));
  const stillBefore = await ask(left, { at: moment });
  expect(stillBefore.verdict === 'LawfulBasis', 'the answer about the past has changed');
  out.saw(`as of ${clock(moment)} the answer is still ${stillBefore.verdict}: the past does not change`);
}
