/**
 * From the block that revokes a Permit a gateway releases nothing under it: no record, be it asked for by a signed request or with a token that
 * was issued before, no next page of a search, and no further part of a running download. How long that takes is measured, over 4
 * revocations, 100 with SALUS_LONG, or as many as SALUS_REVOCATIONS says.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { KeyringPair } from '@polkadot/keyring/types';
import { consent } from '@salus/client';
import type { AccessEvent, LogEntry } from '@salus/types';
import { Counter, target } from '../asking.js';
import { needs } from '../chains.js';
import type { Answer } from '../gateway.js';
import { begin, people, type Peopled } from '../setting.js';
import { setUp, type House } from '../steps/gateways.js';
import { registerPatients } from '../steps/patient.js';
import { ingest } from '../steps/records.js';
import { untilFinal } from '../steps/release.js';
import { hire } from '../steps/staff.js';
import { putIntoService, type System } from '../tokens.js';
import { sleep } from '../wait.js';
import { DAY, type Patient } from '../world.js';

const REVOCATIONS = Number(process.env['SALUS_REVOCATIONS'] ?? (process.env['SALUS_LONG'] ? 100 : 4));
/** How many patients revoke in one go, at most. */
const AT_ONCE = 10;
/** Of how many of them, the first ones, a download runs meanwhile: as many as an organisation may have at one time. */
const DOWNLOADS = 4;
/** Each patient is asked about in three ways at once, without a break. */
const CONFIGURED = '[auth]\n[limits]\nrate = 10000\n';
/** A download that is larger than what the network's buffers take: it runs as long as nobody reads on. */
const LARGE = { records: 200, bytes: 120_000 };

let all: Peopled;
let hospital: House;
let counter: Counter;
let system: System;
/** The best blocks: when this process saw each first, in milliseconds. */
const seen = new Map<number, number>();
let unsubscribe: () => void;

const options = needs('node');

before(async () => {
  if (options.skip !== false) return;
  all = await people(await begin());
  const { api, world, institutions, endpoint } = all;
  hospital = await setUp(world, institutions.hospital, endpoint, { name: 'hospital-gateway', asks: ['Auditor'], more: CONFIGURED });
  counter = new Counter(world, hospital.org, hospital.gateway);
  system = await putIntoService(world, institutions.clinic, hospital.gateway);
  unsubscribe = await api.rpc.chain.subscribeNewHeads(({ number }) => {
    if (!seen.has(number.toNumber())) seen.set(number.toNumber(), performance.now());
  });
});

after(async () => {
  unsubscribe?.();
  await hospital?.gateway.stop();
  await all?.stop();
});

const result = (patient: string, id: string, note: string): Buffer => Buffer.from(JSON.stringify({
  resourceType: 'Observation', id, status: 'final', subject: { reference: `Patient/${patient}` }, effectiveDateTime: '2026-03-01',
  category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }],
  code: { coding: [{ system: 'http://loinc.org', code: '718-7' }] }, valueQuantity: { value: 7.0, unit: 'mmol/L' }, note: [{ text: note }],
}));

/** A patient whom the hospital's gateway knows, with so many results of about that size. */
async function known(patient: Patient, local: string, { records, bytes }: typeof LARGE): Promise<void> {
  await hospital.gateway.house('/links', JSON.stringify({ handle: patient.handle, patient: local }));
  for (let at = 0; at < records; at += 1) {
    const [taken] = await ingest(hospital.gateway, result(local, `${local}-${at}`, 'x'.repeat(bytes)));
    assert.equal(taken?.state, 'held', taken?.fault);
  }
}

/** An answer to somebody who asks again and again. */
interface Asked {
  begun: number;
  ended: number;
  isReleased: boolean;
  /** The best block by which it was released, where that is told. */
  block?: number;
}

/** Nothing is asked of a node whose blocks are not of the present, as where the machine has no time for it. */
type Ask = () => Promise<Asked | 'chain-stale'>;

/** Asks until it is refused, and gives all answers. */
async function untilRefused(ask: Ask): Promise<Asked[]> {
  const answers: Asked[] = [];
  do {
    const asked = await ask();
    if (asked !== 'chain-stale') answers.push(asked);
  } while (answers.at(-1)?.isReleased !== false);
  return answers;
}

const bestOf = ({ decision }: AccessEvent): number => Number(/best block (\d+) /.exec(decision)?.[1]);

/** What an answer to somebody who asks for one record says. */
function ofRecord(answer: Answer, begun: number): Awaited<ReturnType<Ask>> {
  const ended = performance.now();
  if (answer.status === 503) return 'chain-stale';
  assert.ok(answer.status === 200 || answer.status === 404, answer.body);
  const isReleased = answer.status === 200;
  if (!isReleased) return { begun, ended, isReleased };
  return { begun, ended, isReleased, block: bestOf(JSON.parse(Buffer.from(answer.header('salus-log-entry') ?? '', 'base64url').toString()) as AccessEvent) };
}

function reader(who: KeyringPair, organisation: number, record: string): Ask {
  return async () => {
    const signed = await counter.sign(who, organisation, record);
    const begun = performance.now();
    return ofRecord(await counter.read(signed), begun);
  };
}

/** Reads with a token that was issued before. */
function tokenReader(token: string, record: string): Ask {
  const path = `/fhir/${record}`;
  return async () => {
    const headers = system.shows(token, path);
    const begun = performance.now();
    return ofRecord(await hospital.gateway.askWith(path, headers), begun);
  };
}

function searcher(who: KeyringPair, organisation: number, next: string): Ask {
  return async () => {
    const signed = await counter.sign(who, organisation, target('Observation', next));
    const begun = performance.now();
    const answer = await hospital.gateway.ask(`/fhir/Observation?${next}`, signed);
    const ended = performance.now();
    if (answer.status === 503) return 'chain-stale';
    assert.equal(answer.status, 200, answer.body);
    return { begun, ended, isReleased: (answer.json() as { entry?: unknown[] }).entry !== undefined };
  };
}

/** How many bytes of a download are read in a tenth of a second, so that it runs for half a minute, and each part leaves in time. */
const PACE = 64_000;

/** A download that is read slowly until `goOn`, and then as it comes. Answers when it ended, broken off or not, and which request it was. */
async function download(who: KeyringPair, organisation: number, { handle }: Patient, goOn: Promise<unknown>): Promise<{ ended: number; id: string }> {
  const query = `patient=${handle}`;
  const signed = await counter.sign(who, organisation, target('$export', query), { action: 'Export' });
  const response = await hospital.gateway.begin(`/fhir/$export?${query}`, signed);
  assert.equal(response.status, 200);
  const stream = (response.body as ReadableStream<Uint8Array>).getReader();
  let isSlow = true;
  void goOn.then(() => { isSlow = false; });
  let taken = 0;
  try {
    for (;;) {
      const { done, value } = await stream.read();
      if (done) break;
      taken += value.length;
      if (!isSlow || taken < PACE) continue;
      taken = 0;
      await Promise.race([goOn, sleep(100)]);
    }
  } catch {
    // It broke off. Why, the hospital's log tells.
  }
  return { ended: performance.now(), id: signed.request.id };
}

/** The longest of some times, in milliseconds, and of how many. */
const longest = (times: readonly number[]): string => (times.length === 0 ? 'none' : `${Math.round(Math.max(...times))} ms (of ${times.length})`);

test('from the block that revokes nothing leaves any more', { ...options, timeout: 3_600_000 }, async () => {
  assert.ok(Number.isSafeInteger(REVOCATIONS) && REVOCATIONS > 0, 'SALUS_REVOCATIONS is no number of revocations');
  const { api, world, institutions, staff } = all;
  const { org } = institutions.clinic;
  const who = staff.specialist;
  const took: Record<'read' | 'page' | 'token' | 'download', number[]> = { read: [], page: [], token: [], download: [] };
  let revocations = 0;
  while (revocations < REVOCATIONS) {
    // Patients and whoever registers them are new each time: an account's allowance of fees is for a day.
    const registrar = await hire(world, institutions.hospital, 'DataSteward');
    const patients = await registerPatients(world, institutions.hospital, { ...staff, steward: registrar }, Math.min(AT_ONCE, REVOCATIONS - revocations));
    const local = (at: number): string => `p${revocations + at}`;
    for (const [at, patient] of patients.entries()) await known(patient, local(at), at < DOWNLOADS ? LARGE : { records: 3, bytes: 10 });
    const granted = await Promise.all(patients.map(async ({ pair }) => consent.grantedAs(await world.send(consent.permit(api, { organisation: org }, {
      actions: ['Read', 'Export'], purposes: ['Treat'], classes: ['Laboratory'], until: await world.now() + DAY,
    }), pair))));
    await untilFinal(world);

    // A search of each has begun, and each is asked for again and again while the patient revokes.
    const token = await system.token(hospital.gateway, 'system/*.rs urn:salus:purpose:Treat');
    const asking = patients.map(async (patient, at) => {
      const { next } = await counter.page(who, org, 'Observation', `patient=${patient.handle}&_count=1`);
      assert.ok(next);
      const record = `Observation/${local(at)}-0`;
      return Promise.all([reader(who, org, record), searcher(who, org, next), tokenReader(token, record)].map(untilRefused));
    });
    let goOn = (): void => undefined;
    const wait = new Promise<void>((resolve) => { goOn = resolve; });
    const downloading = patients.slice(0, DOWNLOADS).map((patient) => download(who, org, patient, wait));
    await sleep(500);
    const revoked = await Promise.all(patients.map(({ pair }, at) => world.send(consent.revoke(api, granted[at] as number), pair)));
    goOn();
    const blockOf = (at: number): number => revoked[at]?.blockNumber ?? 0;
    const sawBlock = (at: number): number => {
      const when = seen.get(blockOf(at));
      assert.ok(when !== undefined, 'the block was not seen');
      return when;
    };
    for (const [at, ways] of (await Promise.all(asking)).entries()) {
      const when = sawBlock(at);
      for (const [which, kind] of (['read', 'page', 'token'] as const).entries()) {
        const answers = ways[which] ?? [];
        const released = answers.filter(({ isReleased }) => isReleased);
        assert.ok(released.length > 0, 'nothing was released before');
        assert.ok(released.every(({ block }) => block === undefined || block < blockOf(at)), 'it was released by the block that revokes, or a later one');
        assert.ok(released.every(({ begun }) => begun < when), 'what was asked for after that block was released');
        took[kind].push((answers.at(-1)?.ended ?? Infinity) - when);
      }
    }
    const downloaded = await Promise.all(downloading);
    const log = (await hospital.gateway.log()).filter((entry): entry is LogEntry<AccessEvent> => 'requestId' in entry);
    for (const [at, { ended, id }] of downloaded.entries()) {
      const entries = log.filter(({ requestId }) => requestId === id);
      // A machine that has no time for the reader ends the download before the block, and then it is not one of those that ran.
      if (entries.at(-1)?.outcome === 'refused') took.download.push(ended - sawBlock(at));
      const parts = entries.filter(({ outcome }) => outcome === 'released');
      assert.ok(parts.length > 0 && parts.every((entry) => bestOf(entry) < blockOf(at)), 'a part left by the block that revokes, or a later one');
    }
    revocations += patients.length;
    console.log(`${revocations} revocations; longest from the block to the refusal: a record ${longest(took.read)}, the next page of a search ${longest(took.page)}, a record with an issued token ${longest(took.token)}, a running download ${longest(took.download)}`);
  }
  assert.ok(took.download.length > 0, 'no download ran until the block that revokes');
});
