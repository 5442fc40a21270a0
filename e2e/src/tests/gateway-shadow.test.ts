/**
 * A gateway in shadow before a FHIR server that others wrote, with a made-up patient's whole record in it, and before a real node: what would be released and
 * refused, and why. What it tells is compared with what is found out without it, and nothing of it is done.
 */
import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { consent } from '@salus/client';
import type { DataClass } from '@salus/types';
import { CHAIN, needs } from '../chains.js';
import { gatewayProgram } from '../gateway.js';
import { run, type Ended } from '../node.js';
import { begin, people, type Peopled } from '../setting.js';
import { HouseServer, knownOf, Listener, referenceOf, synthetic, type Known, type Resource } from '../shadow-house.js';
import { addsUp, withoutExamples, type Answers, type Fates, type QuestionReport, type ShadowReport } from '../shadow-report.js';
import { registerPatients } from '../steps/patient.js';
import { DAY, type Patient } from '../world.js';

/** What each patient says: the clinic may read this, of this time, and nothing with labels; and it may not read that. To the insurer nothing is said. */
const PERMITTED: DataClass[] = ['Laboratory', 'Medications', 'Procedures'];
const FORBIDDEN: DataClass[] = ['Documents'];
const DATA = { from: Date.UTC(2000, 0) / 1000, until: Date.UTC(2030, 0) / 1000 };

/** Types that a gateway does not read unless it is told to: who works there, and where. */
const NOT_READ = new Set(['Organization', 'Practitioner', 'PractitionerRole', 'Location', 'Medication']);

/** Somebody of whom nobody has said who it is on the chain. */
const STRANGERS: Resource[] = [
  { resourceType: 'Patient', id: 'nobody-has-linked' },
  {
    resourceType: 'Observation', id: 'of-nobody-linked', status: 'final', subject: { reference: 'Patient/nobody-has-linked' }, effectiveDateTime: '2020-03-01',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }],
    code: { coding: [{ system: 'http://loinc.org', code: '718-7' }] },
  },
];

/** What the report says of what no directive permits, and of what one forbids. */
const UNSAID = 'Deny: no directive speaks';
const DENIED = 'Deny by directive';

/** Why the clinic is not given a record that is held, by what the patients say. The report knows the first word alone. */
const REASONS = {
  forbidden: [DENIED, 'a directive forbids the class'],
  class: [UNSAID, 'no directive permits the class'],
  label: [UNSAID, 'the class is permitted, and it has a label that is not'],
  timeless: [UNSAID, 'the class is permitted, and of what time it is is not known'],
  time: [UNSAID, 'the class is permitted, and it is of another time'],
} as const;

type Reason = keyof typeof REASONS;

const SERVER = process.env['SALUS_FHIR_SERVER'];
const foreign = SERVER ? false : 'SALUS_FHIR_SERVER names no FHIR server: scripts/fhir-server.sh starts one';
/** With the patients of many Bundles it takes minutes. */
const options = { skip: needs('node').skip || foreign, timeout: 1_500_000 };

let all: Peopled;
let listener: Listener;
let server: HouseServer;
let resources: Resource[];
let known: Known[];
/** The patients who are linked, by the house's id of each. */
let linked: Map<string, Patient>;

before(async () => {
  if (options.skip !== false || SERVER === undefined) return;
  resources = [...await synthetic(), ...STRANGERS];
  known = knownOf(resources).filter(({ resource }) => !NOT_READ.has(resource.resourceType));
  server = new HouseServer(SERVER);
  await server.putAll(resources);
  listener = await Listener.before(SERVER);
  all = await people(await begin());
  const { api, world, institutions: { hospital, clinic }, staff } = all;
  const ids = resources.filter((resource) => resource.resourceType === 'Patient' && !STRANGERS.includes(resource)).map(({ id }) => id);
  const patients = await registerPatients(world, hospital, staff, ids.length);
  linked = new Map(ids.flatMap((id, at) => { const patient = patients[at]; return patient ? [[id, patient]] : []; }));
  const until = await world.now() + 30 * DAY;
  const about = { actions: ['Read' as const], purposes: ['Treat' as const] };
  await Promise.all(patients.map(async ({ pair }) => {
    await world.send(consent.permit(api, { organisation: clinic.org }, { ...about, classes: PERMITTED, data: DATA, until }), pair);
    await world.sendForGood(consent.deny(api, { organisation: clinic.org }, { ...about, classes: FORBIDDEN }, until), pair);
  }));
});

after(async () => {
  await Promise.all([listener?.close(), all?.stop()]);
});

/** Why a record is not held; none if it is. */
function quarantined({ judged, patient }: Known): string | undefined {
  if ('fault' in judged) return judged.fault;
  if (patient === undefined) return 'it names no patient, or several';
  return linked.has(patient) ? undefined : 'the patient is not linked';
}

/** Why the clinic is not given a record that is held; none if it is given it. */
function withheld({ judged, time }: Known): Reason | undefined {
  if ('fault' in judged) throw new Error('what has a fault is not held');
  const { dataClass, labels } = judged;
  if (FORBIDDEN.includes(dataClass)) return 'forbidden';
  if (!PERMITTED.includes(dataClass)) return 'class';
  if (labels.length > 0) return 'label';
  if (time === undefined) return 'timeless';
  return time[0] >= DATA.from && time[1] < DATA.until ? undefined : 'time';
}

const isGiven = (record: Known): boolean => withheld(record) === undefined;

/** How often each of them comes. */
function count<T>(each: readonly T[], keyOf: (one: T) => string | undefined): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of each) {
    const key = keyOf(one);
    if (key !== undefined) counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

const total = (counts: Record<string, number>): number => Object.values(counts).reduce((sum, each) => sum + each, 0);

/** What would become of records, by what they are: of each it is told whether it would leave. */
function fates(held: readonly Known[], keysOf: (record: Known) => readonly string[], leaves: (record: Known) => boolean): Record<string, Fates> {
  const rows: Record<string, Fates> = {};
  for (const record of held) {
    for (const key of keysOf(record)) {
      const row = rows[key] ??= { whole: 0, part: 0, refused: 0, undecided: 0 };
      row[leaves(record) ? 'whole' : 'refused'] += 1;
    }
  }
  return rows;
}

const typeOf = ({ resource }: Known): string => resource.resourceType;
const classesOf = ({ judged }: Known): string[] => ('fault' in judged ? [] : [judged.dataClass]);
const labelsOf = ({ judged }: Known): string[] => ('fault' in judged ? [] : judged.labels.length === 0 ? ['none'] : judged.labels);

/** That a question is answered as each record by itself says. */
function answersAs({ totals, types, classes, labels }: QuestionReport, held: readonly Known[], leaves: (record: Known) => boolean): void {
  const whole = held.filter(leaves).length;
  assert.deepEqual(totals, { whole, part: 0, refused: held.length - whole, undecided: 0 });
  assert.deepEqual(types, fates(held, (record) => [typeOf(record)], leaves));
  assert.deepEqual(classes, fates(held, classesOf, leaves));
  assert.deepEqual(labels, fates(held, labelsOf, leaves));
}

const table = (rows: readonly (readonly (string | number)[])[]): string => rows.map((row) => `| ${row.join(' | ')} |`).join('\n');

interface Shadowed extends Ended {
  report: ShadowReport;
  /** The files of the report, as they are written. */
  json: string;
  page: string;
}

/** Writes the configuration, has it looked, and reads what it told. */
async function look(name: string, examples: number, asked: readonly { who: string; what: string }[]): Promise<Shadowed> {
  const { api, endpoint, folder, institutions: { clinic, insurer }, staff } = all;
  const file = (suffix: string): string => join(folder, `${name}${suffix}`);
  await writeFile(file('.csv'), `# linked by hand\n${[...linked].map(([id, { handle }]) => `${handle},${id}\n`).join('')}`, { mode: 0o600 });
  await writeFile(file('.ndjson'), asked.map((line) => `${JSON.stringify(line)}\n`).join(''), { mode: 0o600 });
  await writeFile(file('.toml'), `[upstream]
url = "${listener.url}"
[shadow]
report = "${file('')}"
links = "${file('.csv')}"
requests = "${file('.ndjson')}"
most = 100000
examples = ${examples}
[[shadow.question]]
name = "clinic"
organisation = ${clinic.org}
purpose = "Treat"
[[shadow.question]]
name = "cardiologist"
organisation = ${clinic.org}
who = "${staff.specialist.address}"
purpose = "Treat"
[[shadow.question]]
name = "insurer"
organisation = ${insurer.org}
purpose = "Hpaymt"
[chain]
node = "${endpoint.replace(/^ws/, 'http')}"
genesis = "${api.genesisHash.toHex()}"
kind = "${CHAIN.name}"
finality = "believed"
`);
  const ended = await run(gatewayProgram(), ['shadow', file('.toml')]);
  assert.equal(ended.code, 0, ended.stderr);
  const [json, page] = await Promise.all(['shadow.json', 'shadow.md'].map((each) => readFile(join(file(''), each), 'utf8')));
  assert.ok(json !== undefined && page !== undefined);
  const modes = await Promise.all(['', '/shadow.json', '/shadow.md'].map(async (each) => (await stat(file(each))).mode & 0o777));
  assert.deepEqual(modes, [0o700, 0o600, 0o600]);
  return { ...ended, json, page, report: JSON.parse(json) as ShadowReport };
}

/** Requests as the house's log has them: reads of records, and searches of each patient's records of each type. */
const reads = (who: string, records: readonly Resource[]) => records.map((record) => ({ who, what: `GET /fhir/${referenceOf(record)}` }));

interface Search {
  who: string;
  what: string;
  patient: string;
  type: string;
}

const searches = (who: string, query: string): Search[] => [...linked.keys()].flatMap((patient) =>
  [...new Set(known.map(typeOf)), 'Appointment'].map((type) => ({ who, what: `GET /fhir/${type}?${query}${patient}`, patient, type })));

/** How many searches find all that there is, how many some, how many nothing. */
const found = (searched: readonly Search[], leaves: (record: Known) => boolean) => count(searched, ({ patient, type }) => {
  const there = known.filter((record) => record.patient === patient && typeOf(record) === type);
  const leaving = there.filter((record) => quarantined(record) === undefined && leaves(record)).length;
  return leaving === 0 ? 'none' : leaving === there.length ? 'all' : 'some';
});

const answers = (released: number, refused: Record<string, number>, { all: searchAll = 0, some: searchSome = 0, none: searchNone = 0 }): Answers =>
  ({ requests: released + total(refused) + searchAll + searchSome + searchNone, released, refused, searchAll, searchSome, searchNone });

/** Ids of all resources, and what else tells who somebody is. */
function secretsOf(): Set<string> {
  const secrets = new Set(resources.map(({ id }) => id));
  for (const each of resources.filter(({ resourceType }) => resourceType === 'Patient')) {
    const { name = [], identifier = [], birthDate } = each as { name?: { family?: string }[]; identifier?: { value?: string }[]; birthDate?: string };
    for (const secret of [birthDate, ...name.map(({ family }) => family), ...identifier.map(({ value }) => value)]) if (secret !== undefined) secrets.add(secret);
  }
  return secrets;
}

test('in shadow it tells what would be released and refused of a made-up patient\'s whole record, and why', options, async (t) => {
  const held = known.filter((record) => quarantined(record) === undefined);
  const given = held.filter(isGiven);
  const others = known.filter((record) => !given.includes(record));
  for (const reason of Object.keys(REASONS)) assert.ok(held.some((record) => withheld(record) === reason), `nothing is refused for this: ${reason}`);

  // The clinic asks for just what it is given, so that one record in the place of another would be seen; the cardiologist for all else.
  const resourcesOf = (records: readonly Known[]): Resource[] => records.map(({ resource }) => resource);
  const nowhere: Resource = { resourceType: 'Observation', id: 'was-never-there' };
  const practitioner = resources.find(({ resourceType }) => resourceType === 'Practitioner');
  assert.ok(practitioner);
  const [ofClinic, ofInsurer] = [searches('clinic', 'patient='), searches('insurer', 'subject=Patient/')];
  const asked = [
    ...reads('clinic', resourcesOf(given)), ...ofClinic, { who: 'clinic', what: 'POST /fhir/Observation' }, { who: 'clinic', what: 'GET /fhir/Observation?code=718-7' },
    ...reads('cardiologist', [...resourcesOf(others), practitioner, nowhere]),
    ...reads('insurer', resourcesOf(given)), ...ofInsurer, ...reads('somebody', [nowhere]),
  ].map(({ who, what }) => ({ who, what }));

  const atServer = await server.state(resources);
  const begun = Date.now();
  const named = await look('named', 5, asked);
  const seconds = Math.round((Date.now() - begun) / 1000);
  const unnamed = await look('unnamed', 0, asked);
  const { report } = named;
  const { read } = report.totals;
  const [clinic, cardiologist, insurer] = report.questions;
  assert.ok(clinic && cardiologist && insurer && report.questions.length === 3);
  const { requests } = report;
  assert.ok(requests !== null);

  await t.test('nothing on the server is written', async () => {
    assert.deepEqual(listener.asked.filter((request) => !request.startsWith('GET ')), []);
    assert.deepEqual(await server.state(resources), atServer);
  });

  await t.test('the numbers add up, and are those of a count without it', () => {
    addsUp(report);
    const faults = count(known, (record) => { const why = quarantined(record); return why?.includes(' ') ? 'patient-unknown' : why; });
    assert.deepEqual(Object.fromEntries(Object.entries(report.faults).map(([fault, { records }]) => [fault, records])), faults);
    const aside = known.length - held.length;
    assert.deepEqual(report.totals, { read: known.length, held: held.length, quarantined: aside, refused: 0, heldOnceLinked: report.totals.heldOnceLinked });
    assert.equal(report.totals.heldOnceLinked, held.length + STRANGERS.length, 'all that wait for a link alone');
    assert.equal(named.stdout, `read ${known.length} held ${held.length} quarantined ${aside} refused 0 report ${join(all.folder, 'named')}\n`);
    assert.deepEqual([report.patients.linked, report.patients.unlinked], [linked.size, 1]);
  });

  await t.test('the clinic and its cardiologist would be given what the patient permits, and nothing else', () => {
    for (const question of [clinic, cardiologist]) {
      answersAs(question, held, isGiven);
      assert.deepEqual(question.reasons, count(held, (record) => { const reason = withheld(record); return reason && REASONS[reason][0]; }));
    }
    assert.deepEqual(Object.keys(clinic.classes).filter((name) => (clinic.classes[name]?.whole ?? 0) > 0), PERMITTED);
    for (const [label, row] of Object.entries(clinic.labels)) assert.ok(label === 'none' || row.whole === 0, label);
  });

  await t.test('the insurer, to which nothing is said, would be given nothing', () => {
    answersAs(insurer, held, () => false);
    assert.deepEqual(insurer.reasons, { [UNSAID]: held.length });
  });

  await t.test('each request that is played back has its answer', () => {
    assert.deepEqual([requests.requests, requests.unknownAsker, requests.notUnderstood], [asked.length, 1, 2]);
    const why = count(others, (record) => {
      const fault = quarantined(record);
      if (fault !== undefined) return `quarantine: ${fault}`;
      const reason = withheld(record);
      return reason && REASONS[reason][0];
    });
    const nobodys = 'quarantine: it names no patient, or several';
    assert.deepEqual(requests.byAsker, {
      clinic: answers(given.length, {}, found(ofClinic, isGiven)),
      cardiologist: answers(0, { ...why, [nobodys]: (why[nobodys] ?? 0) + 1, 'the server does not have it': 1 }, {}),
      insurer: answers(0, { [UNSAID]: given.length }, found(ofInsurer, () => false)),
    });
  });

  await t.test('its examples name records, and nothing else of it names anybody', () => {
    assert.deepEqual(withoutExamples(unnamed.report), withoutExamples(report));
    for (const { examples } of report.questions) assert.equal(examples.length, 5);
    const secrets = secretsOf();
    const bare = [JSON.stringify(withoutExamples(report)), named.page.split('\n').filter((line) => !line.startsWith('- ')).join('\n')];
    for (const text of [...bare, unnamed.json, unnamed.page, named.stdout, named.stderr, unnamed.stdout, unnamed.stderr]) {
      for (const secret of secrets) assert.ok(!text.includes(secret), `${secret} is told`);
    }
    for (const text of [named.json, named.page, named.stdout, named.stderr]) {
      for (const { handle } of linked.values()) assert.ok(!text.includes(handle.slice(2)), 'a handle is in the file that ties it to an id, and nowhere else');
    }
  });

  const percent = `${Math.round((100 * given.length) / read)} %`;
  const [because, waiting] = [count(held, withheld), count(known, quarantined)];
  console.log(`${resources.length} resources in the FHIR server, of patients linked ${linked.size}, unlinked 1; ${listener.asked.length / 2} requests, all GET, ${seconds} s\n`);
  console.log(table([
    [`Of ${read} resources that are read`, 'clinic, Treat', 'insurer, Hpaymt'], ['---', '---:', '---:'],
    ['would be released', `${given.length} (${percent})`, 0],
    ...(Object.keys(REASONS) as Reason[]).map((reason) => [`refused, "${REASONS[reason][0]}": ${REASONS[reason][1]}`, because[reason] ?? 0, '']),
    [`refused, "${UNSAID}": nothing is said to it`, '', held.length],
    ...Object.entries(waiting).sort(([, a], [, b]) => b - a).map(([fault, records]) => [`in quarantine: ${fault}`, records, records]),
  ]));
  console.log(`\n${table([
    ['Class', 'held', 'released to the clinic', 'refused'], ['---', '---:', '---:', '---:'],
    ...Object.entries(clinic.classes).map(([name, row]) => [name, row.whole + row.refused, row.whole, row.refused]),
  ])}`);
  console.log(`\n${table([
    ['Requests played back', 'all', 'reads released', 'reads refused', 'searches: all found', 'some', 'none'], ['---', '---:', '---:', '---:', '---:', '---:', '---:'],
    ...Object.entries(requests.byAsker).map(([name, row]) => [name, row.requests, row.released, total(row.refused), row.searchAll, row.searchSome, row.searchNone]),
  ])}`);
  for (const [reason, times] of Object.entries(requests.byAsker['cardiologist']?.refused ?? {})) console.log(`cardiologist: ${times} refused: ${reason}`);
});
