import { anchors, best, finalised } from '@salus/client';
import { commitmentOf } from '@salus/exchange';
import { classify } from '@salus/fhir';
import { equal, verifyLog, type AccessEvent } from '@salus/types';
import { reasonOf } from '../asking.js';
import type { Answer } from '../gateway.js';
import { expect } from '../transcript.js';
import { until } from '../wait.js';
import type { Patient, World } from '../world.js';
import type { Institutions } from './admission.js';
import { NO_GATEWAYS, type Houses } from './gateways.js';
import { LETTER, REPORT, SCAN, VITALS, type Records } from './records.js';
import type { Staff } from './staff.js';

const flipped = (bytes: Uint8Array, at: number): Uint8Array => {
  const changed = bytes.slice();
  changed[at] = (changed[at] as number) ^ 1;
  return changed;
};

/** Waits until the best block of now is final: a gateway acts on nothing less. */
export async function untilFinal({ api }: World): Promise<void> {
  const { number } = await best(api);
  await until(`block ${number} is final`, async () => (await finalised(api)).number >= number);
}

/** Has the clinic's gateway fetch a record of the hospital, for the cardiologist who sits before a screen there. */
export function fetchAtClinic({ clinic, hospital }: Houses, record: string, patient: Patient): Promise<Answer> {
  const order = { custodian: hospital.org, record, purpose: 'Treat', asker: 'person', patient: patient.handle };
  return clinic.gateway.house('/fetch', JSON.stringify(order));
}

export async function release(
  world: World, { insurer }: Institutions, houses: Houses | undefined, { specialist, biller }: Staff, patient: Patient, records: Records,
): Promise<void> {
  const { api, out } = world;
  out.chapter('The hospital\'s gateway hands out records, and refuses');
  if (!houses) return out.skipped('this chapter', NO_GATEWAYS);
  const { hospital, clinic, counter } = houses;
  const ask = (record: string, purpose: 'Treat' | 'Hpaymt' = 'Treat') => counter.sign(specialist, clinic.org, record, { purpose });
  await untilFinal(world);

  // The cardiologist with the own key; then the clinic's gateway, in the clinic's name.
  const signed = await ask(REPORT);
  const { record, entry } = await counter.released(signed);
  expect(equal(record, records.get(REPORT) as Uint8Array), 'what came is not what the hospital keeps');
  out.saw(`the cardiologist asks, by a request signed with the own key, for ${REPORT}, a complete blood count, to treat: released, ${record.length} bytes`);
  out.because(`why, and by which blocks, stands in the hospital's log before the first byte leaves: ${entry.decision.replace(/0x([0-9a-f]{8})[0-9a-f]*/g, '0x$1…')}`);
  for (const [reference, what, expected] of [[REPORT, 'the same report', 'Laboratory'], [VITALS, 'the body mass index', 'Observations']] as const) {
    const fetched = await fetchAtClinic(houses, reference, patient);
    expect(fetched.status === 200, `the clinic's gateway does not get ${what}: ${fetched.body}`);
    const { record: content, standing } = fetched.json() as { record: string; standing: { state: string } };
    const bytes = Buffer.from(content, 'base64');
    // The clinic has the report without its results.
    const { resourceType, dataClass } = classify(bytes, { missingResults: 'tell' });
    expect(dataClass === expected && standing.state === 'current', `${what} is of the class ${dataClass}, and ${standing.state}`);
    out.saw(`the clinic's gateway fetches ${what} for the staff: ${resourceType} of the class ${dataClass}, ${bytes.length} bytes`);
    out.because('it has checked with its own node that this is what the hospital anchored, and that it stands');
  }
  const query = `patient=${patient.handle}&category=laboratory&_count=10`;
  const { entries } = await counter.page(specialist, clinic.org, 'Observation', query);
  expect(entries.length === 10, `a page of 10 laboratory results has ${entries.length}`);
  out.saw('the cardiologist searches for laboratory results: a page of 10, each decided and logged by itself');

  const { anchor, sealed } = await counter.receipted(await ask(REPORT));
  const sound = await anchors.verify(api, anchor, commitmentOf(sealed));
  const changed = await anchors.verify(api, anchor, commitmentOf({ ...sealed, record: flipped(sealed.record, 100) }));
  expect(sound.ok && !changed.ok && changed.reason === 'NotAMember', 'a changed record verifies');
  out.refused('one flipped bit: the record does not verify', changed.reason);

  out.refused('the same request again', await counter.refusal(signed));
  await hospital.gateway.stop();
  await hospital.gateway.start();
  out.refused('the same request again, to the gateway after it was stopped and started', await counter.refusal(signed));

  out.refused('the cardiologist, for payment', await counter.refusal(await ask(REPORT, 'Hpaymt')));
  out.refused('the cardiologist, the radiology report, a head CT: imaging was not granted', await counter.refusal(await ask(SCAN)));
  out.refused('the cardiologist, a document: asked for, but not granted', await counter.refusal(await ask(LETTER)));
  const [hidden, unknown] = await Promise.all([SCAN, 'DiagnosticReport/none'].map(async (record) => counter.read(await ask(record)))) as [Answer, Answer];
  expect(hidden.body === unknown.body, 'what is not permitted does not look as what is not there');
  out.because('what is not permitted and what is not there have the same answer, byte for byte');
  out.refused('the insurer\'s claims officer, for payment', await counter.refusal(await counter.sign(biller, insurer.org, REPORT, { purpose: 'Hpaymt' })));
  out.refused('the insurer\'s claims officer, pretending to treat', await counter.refusal(await counter.sign(biller, insurer.org, REPORT)));
  out.refused('the claims officer, pretending to be of the clinic', await counter.refusal(await counter.sign(biller, clinic.org, REPORT)));
  const borrowed = await counter.sign(biller, clinic.org, REPORT);
  borrowed.request.requester = specialist.address;
  out.refused('the claims officer, under the cardiologist\'s name', await counter.refusal(borrowed));

  const own = await counter.released(await counter.sign(patient.pair, undefined, REPORT, { purpose: 'Patrqt' }));
  out.saw(`the patient asks for the own record: released, ${own.record.length} bytes (${reasonOf(own.entry)})`);

  const [source, recipient] = await Promise.all([hospital.gateway.log(), clinic.gateway.log()]);
  verifyLog(source);
  verifyLog(recipient);
  const released = new Set(source.filter(({ outcome }) => outcome === 'released').map(({ hash }) => hash));
  const received = recipient.filter((each): each is typeof each & AccessEvent => each.outcome === 'received');
  expect(received.length === 2 && received.every(({ counterpart }) => counterpart !== undefined && released.has(counterpart)), 'the two logs do not agree');
  out.saw(`both sides log: ${source.length} entries at the hospital, of which ${released.size} disclosures; the ${received.length} that came by the clinic's gateway stand in both`);
  const counted = source.flatMap((each) => (each.outcome === 'unauthenticated' ? [each.failures] : []));
  expect(counted.length === 1 && counted[0]?.replayed === 1, `those who could not be authenticated are told of as ${JSON.stringify(counted)}`);
  out.because(`one entry counts those of before it was stopped who could not be authenticated: ${JSON.stringify(counted[0])}`);
}
