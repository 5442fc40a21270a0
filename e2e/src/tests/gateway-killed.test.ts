/**
 * A gateway that hands in by itself is killed at random moments, against a real chain: nothing is anchored twice, the heads of its log have
 * no gap, and all that it had to hand in arrives. 20 times, or 50 with SALUS_LONG.
 */
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { after, before, test } from 'node:test';
import { acknowledgement, anchors, consent, finalised } from '@salus/client';
import { accessLog, commitmentOf } from '@salus/exchange';
import { Counter } from '../asking.js';
import { needs } from '../chains.js';
import { headsOf } from '../heads.js';
import { begin, people, type Peopled } from '../setting.js';
import { setUp, type House } from '../steps/gateways.js';
import { registerPatients } from '../steps/patient.js';
import { ingest } from '../steps/records.js';
import { untilFinal } from '../steps/release.js';
import { sleep, until } from '../wait.js';
import { DAY } from '../world.js';

const KILLS = process.env['SALUS_LONG'] ? 50 : 8;
/** How many heads of the log there are at least. */
const HEADS = process.env['SALUS_LONG'] ? 2 : 1;
/** How many patients take a Permit back from the hospital. */
const PATIENTS = 4;
/** How often a batch is closed: each third time that the gateway lives. */
const BATCH_EACH = 3;

let all: Peopled;
let hospital: House;

const options = needs('node');

before(async () => {
  if (options.skip !== false) return;
  all = await people(await begin());
  const { world, institutions, endpoint } = all;
  // As often as the chain lets it.
  hospital = await setUp(world, institutions.hospital, endpoint, { name: 'hospital-gateway', asks: ['Auditor'], headsEvery: 600 });
});

after(async () => {
  await hospital?.gateway.stop();
  await all?.stop();
});

const result = (id: string): Buffer => Buffer.from(JSON.stringify({
  resourceType: 'Observation', id, status: 'final', subject: { reference: 'Patient/p0' }, effectiveDateTime: '2026-03-01',
  category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }],
  code: { coding: [{ system: 'http://loinc.org', code: '718-7' }] }, valueQuantity: { value: 7.0, unit: 'mmol/L' },
}));

interface Outbox {
  waiting: number;
  open: unknown[];
  handedIn: unknown[];
}

test('a gateway that is killed at random moments hands in all that it has to, and nothing twice', { ...options, timeout: 1_700_000 }, async () => {
  const { api, world, institutions, staff } = all;
  const { gateway, org } = hospital;
  const counter = new Counter(world, org, gateway);
  const patients = await registerPatients(world, institutions.hospital, staff, PATIENTS);
  for (const [at, { handle }] of patients.entries()) await gateway.house('/links', JSON.stringify({ handle, patient: `p${at}` }));
  const [first] = patients;
  assert.ok(first);
  await Promise.all(patients.map(async ({ pair }) => {
    const granted = await world.send(consent.permit(api, { organisation: org }, {
      actions: ['Read'], purposes: ['Treat'], classes: ['Laboratory'], until: await world.now() + DAY,
    }), pair);
    await world.send(consent.revoke(api, consent.grantedAs(granted)), pair);
  }));
  await untilFinal(world);
  const before = await world.nonceOf(hospital.steward);

  const records: string[] = [];
  let batches = 0;
  for (let life = 0; life < KILLS; life += 1) {
    const begun = performance.now();
    const id = `r${life}`;
    const [taken] = await ingest(gateway, result(id));
    assert.equal(taken?.state, 'held', taken?.fault);
    records.push(`Observation/${id}`);
    await counter.released(await counter.sign(first.pair, undefined, `Observation/${id}`, { purpose: 'Patrqt' }));
    if (life % BATCH_EACH === 0) {
      await gateway.house('/outbox', '');
      batches += 1;
    }
    // So that its first head is one of something.
    if (life === 0) await hospital.handIn();
    // It hands in each six seconds: half of the times it is killed just then.
    const lives = life % 2 === 0 ? 5_950 + randomInt(300) : 6_000 + randomInt(7_000);
    await sleep(Math.max(0, lives - (performance.now() - begun)));
    await gateway.kill();
    await gateway.start();
  }
  await gateway.house('/outbox', '');
  batches += 1;

  await until('the outbox is empty', async () => {
    const { waiting, open, handedIn } = (await gateway.house('/outbox')).json() as Outbox;
    return waiting === 0 && open.length === 0 && handedIn.length === 0;
  }, { limit: 900 });
  // The chain takes a head each ten minutes.
  await until('the log is committed to again', async () => {
    const { commits } = await accessLog.allCommits(accessLog.logCommits(await finalised(api)), org);
    return commits.length >= HEADS;
  }, { limit: 900 });
  await until('all is acknowledged', async () => (await acknowledgement.tally(api, org)).onTime === PATIENTS);
  const { revocations } = (await gateway.house('/revocations')).json() as { revocations: { state: string }[] };
  assert.equal(revocations.length, PATIENTS);

  assert.equal((await api.query.recordAnchor.nextSeq(org)).toNumber(), batches, 'a batch is missing, or is there twice');
  for (const record of records) {
    const { anchor, sealed } = await counter.receipted(await counter.sign(first.pair, undefined, record, { purpose: 'Patrqt' }));
    const verified = await anchors.verify(api, anchor, commitmentOf(sealed));
    assert.ok(verified.ok && verified.status === 'Current', record);
  }
  const state = await finalised(api);
  const heads = await headsOf(api, state, hospital);
  const report = await accessLog.verifyLogAgainstHeads({ ...heads, entries: await gateway.log() });
  assert.deepEqual(report.findings, []);
  assert.ok(report.proved && report.proved.entries > 0, 'nothing of the log is committed to');
  const sent = await world.nonceOf(hospital.steward) - before;
  const done = batches + heads.commits.length + PATIENTS;
  // What was handed in twice the chain has refused.
  assert.ok(sent >= done, `${sent} transactions cannot have done all of it`);
  console.log(`killed ${KILLS} times: ${batches} batches with ${records.length} records, ${heads.commits.length} heads over ${report.proved.entries} of ${report.lines} entries, ${PATIENTS} acknowledgements; ` +
    `${sent} transactions in blocks, so that the chain refused ${Math.max(0, sent - done)}`);
});
