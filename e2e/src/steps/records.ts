import { hexToU8a } from '@polkadot/util';
import { anchors } from '@salus/client';
import { commitmentOf } from '@salus/exchange';
import { classify } from '@salus/fhir';
import { utf8 } from '@salus/types';
import type { Gateway } from '../gateway.js';
import { houseRecords, LOCAL_PATIENT, type HouseRecord } from '../fixtures.js';
import { expect } from '../transcript.js';
import { until } from '../wait.js';
import type { Patient, World } from '../world.js';
import { NO_GATEWAYS, type House, type Houses } from './gateways.js';
import type { Staff } from './staff.js';

/** A laboratory report: a complete blood count. */
export const REPORT = 'DiagnosticReport/f001';
/** A head CT, which is no laboratory report. */
export const SCAN = 'DiagnosticReport/f201';
/** An observation at the bedside. */
export const VITALS = 'Observation/bmi';
/** The note of the synthetic patient's one stay in hospital. */
export const LETTER = 'DocumentReference/09b336ee-b281-4439-b720-3fdf7a503752';

/** What is put aside, and why: of each reason one at least. */
export const ASIDE: readonly (readonly [reference: string, fault: string])[] = [
  ['DocumentReference/example', 'restricted-unexplained'], ['Composition/example', 'document-not-given'], ['Observation/decimal', 'class-unknown'],
  ['Patient/example', 'patient-unknown'],
];

/** What became of a record that was handed to a gateway. */
interface Taken {
  reference: string;
  state: 'held' | 'quarantined' | 'same' | 'refused';
  fault?: string;
}

/** What the hospital keeps, by type and id, byte for byte. */
export type Records = Map<string, Uint8Array>;

/** How many lines go into one body. */
const LINES = 200;

/** Hands a record, or a Bundle, to a gateway. */
export async function ingest(gateway: Gateway, resource: Uint8Array): Promise<Taken[]> {
  const answer = await gateway.house('/ingest', resource);
  expect(answer.status === 200, `the gateway does not take a record: ${answer.status} ${answer.body}`);
  return (answer.json() as { results: Taken[] }).results;
}

/** Hands many to it, a resource a line. One whose text has several lines goes by itself. */
async function ingestAll(gateway: Gateway, records: readonly HouseRecord[]): Promise<Taken[]> {
  const taken: Taken[] = [];
  const lines = records.filter(({ bytes }) => !bytes.includes(10));
  for (const { bytes } of records.filter((record) => !lines.includes(record))) taken.push(...await ingest(gateway, bytes));
  for (let start = 0; start < lines.length; start += LINES) {
    const body = lines.slice(start, start + LINES).map(({ bytes }) => new TextDecoder().decode(bytes)).join('\n');
    const answer = await gateway.house('/ingest', utf8(body), { type: 'application/fhir+ndjson' });
    expect(answer.status === 200, `the gateway does not take lines: ${answer.status} ${answer.body}`);
    taken.push(...(answer.json() as { results: Taken[] }).results);
  }
  return taken;
}

/** Results go before the reports that name them, and those before documents: otherwise they would wait for each other. */
const RANKS: Readonly<Record<string, number>> = { Observation: 0, DiagnosticReport: 2, Composition: 3 };
const rank = ({ reference }: HouseRecord): number => RANKS[reference.split('/')[0] ?? ''] ?? 1;

interface Outbox {
  waiting: number;
  open: { root: string; leaves: number }[];
}

/** Closes what waits as batches, which are then on their way to the chain. */
export async function closeBatches({ gateway }: House): Promise<Outbox['open']> {
  return ((await gateway.house('/outbox', '')).json() as Outbox).open;
}

/** Waits until the gateway has found all its batches on the chain. */
export const anchored = ({ gateway }: House): Promise<true> =>
  until('the gateway has found its batches on the chain', async () => ((await gateway.house('/outbox')).json() as Outbox).open.length === 0);

/** The hospital's gateway takes in what the hospital keeps of the patient, encrypts and classifies it, and anchors it. */
export async function takeIn(world: World, houses: Houses | undefined, { steward }: Staff, patient: Patient): Promise<Records> {
  const { api, out } = world;
  out.chapter('The hospital\'s gateway takes in what the hospital keeps, and anchors it');
  const records = await houseRecords();
  const kept = new Map(records.map(({ reference, bytes }) => [reference, bytes]));
  if (!houses) {
    out.skipped('this chapter', NO_GATEWAYS);
    return kept;
  }
  const { hospital, counter } = houses;
  const tied = await hospital.gateway.house('/links', JSON.stringify({ handle: patient.handle, patient: LOCAL_PATIENT }));
  expect(tied.status === 200, `the handle is not tied to the patient's id: ${tied.body}`);
  out.saw('a clerk, who has checked it, ties the patient\'s handle to the hospital\'s own number of the patient');

  const begun = Date.now();
  const taken = await ingestAll(hospital.gateway, [...records].sort((a, b) => rank(a) - rank(b)));
  const held = taken.filter(({ state }) => state === 'held');
  const aside = new Map(taken.filter(({ state }) => state === 'quarantined').map((each) => [each.reference, each]));
  expect(taken.length === records.length && held.length + aside.size === records.length, `of ${records.length} records ${held.length} are held and ${aside.size} put aside`);
  for (const reference of [REPORT, SCAN, VITALS, LETTER]) expect(held.some((each) => each.reference === reference), `${reference} is put aside: ${aside.get(reference)?.fault}`);
  out.saw(`${records.length} resources, examples of FHIR R4 and those of a synthetic patient, are encrypted in its vault after ${((Date.now() - begun) / 1000).toFixed(0)} s`);
  out.saw(`${aside.size} of them are put aside for the privacy officer: whose they are, of which class, or how sensitive, cannot be told`);
  const { quarantine } = (await hospital.gateway.house('/quarantine')).json() as { quarantine: { reference: string; fault: string; detail: string }[] };
  for (const [reference, fault] of ASIDE) {
    const found = aside.get(reference);
    expect(found?.fault === fault, `${reference} is not put aside as ${fault}, but ${found?.fault ?? 'taken'}`);
    const detail = quarantine.find((each) => each.reference === reference)?.detail;
    out.because(`${reference}: ${detail === undefined ? '' : `${detail} `}(${fault})`);
  }
  const conflicts = [...aside.values()].filter(({ fault }) => fault === 'class-conflict').length;
  out.because(`${conflicts} of the synthetic patient: questionnaires and blood pressures that were filed under the laboratory (class-conflict)`);

  const [batch, ...more] = await closeBatches(hospital);
  expect(batch?.leaves === records.length && more.length === 0, `a batch has ${batch?.leaves} of ${records.length} records`);
  const handedIn = await world.send(anchors.anchorBatch(api, hospital.org, { root: hexToU8a(batch.root), leaves: batch.leaves }), steward);
  await out.did(handedIn, `the records clerk hands in the batch that it has closed: ${batch.leaves} records in one transaction`);
  await anchored(hospital);
  out.saw('the gateway finds it on the chain, with a proof of the final state');
  const { anchor, sealed } = await counter.receipted(await counter.sign(patient.pair, undefined, LETTER, { purpose: 'Patrqt' }));
  const verified = await anchors.verify(api, anchor, commitmentOf(sealed));
  expect(verified.ok && verified.status === 'Current', `${LETTER} does not verify`);
  out.saw(`number ${anchor.proof.index} of slot ${anchor.org}/${anchor.seq}, which the patient asks for, verifies against the chain by its path`);
  expect(classify(sealed.record).dataClass === 'Documents', `${LETTER} is no document`);
  return kept;
}
