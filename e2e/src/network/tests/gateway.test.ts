/** A gateway releases nothing while its node is cut off or finality stands still, and opens the desk for emergencies only then. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { consent, MAX_BEST_AGE_BLOCKS, MAX_FINAL_AGE } from '@salus/client';
import { MemoryLog, MemoryReplayCache, ReleaseGate, seal, signRequest, type StoredRecord } from '@salus/exchange';
import { newSalt, ReleaseRefused, utf8, type AccessEvent } from '@salus/types';
import { Counter } from '../../asking.js';
import { codeOf } from '../../gateway.js';
import { setUp, type House } from '../../steps/gateways.js';
import { people, type Peopled } from '../../setting.js';
import { registerPatient } from '../../steps/patient.js';
import { ingest } from '../../steps/records.js';
import { untilFinal } from '../../steps/release.js';
import { hire } from '../../steps/staff.js';
import { DAY } from '../../world.js';
import { Asker, atEnd, during, eventually, heads, Network, saw, scene, seconds, turn, Wires, type Heard, type Member } from '../harness.js';

/** How old the best block may be, in seconds. */
const BEST_AGE = MAX_BEST_AGE_BLOCKS * 3;
/** How long after the limit everybody must have been told that there is nothing, in seconds. */
const WITHIN = 15;
/** For how long it is watched that nothing leaves, in seconds. */
const WATCHED = 20;
/** The desk is asked this long, in milliseconds, after what it rests on was seen. */
const SEEN = 10_000;
const RECORD = 'Observation/result';
/** Two of four make nothing final, and make blocks. */
const STOPPED = ['Charlie', 'Dave'];

/** What somebody is told who asks the gateway, or the gate, for a record. */
type Told =
  /** It was released: at that moment by the custodian's log, in seconds. */
  | { released: number }
  /** It was not, and why. */
  | { refused: string };

let wires: Wires;
let all: Peopled;
let hospital: House;
/** Who asks the gateway, the SDK's gate, the desk for emergencies, and whether the gateway is ready. */
let reader: Asker<Told>;
let gate: Asker<Told>;
let desk: Asker<string>;
let ready: Asker<string>;
/** The last emergency that was declared. */
let emergency: string | undefined;
let deskToken: string;

async function start(): Promise<Network> {
  wires = await Wires.lay();
  const places = [];
  for (let index = 0; index < 4; index += 1) places.push(await wires.place('a'));
  return Network.start({ places, closed: true, guests: [{ name: 'hospital', place: await wires.place('b') }], sessionLength: 10 });
}

const isReleased = (told: Told): boolean => 'released' in told;

/** The moments of the best and of the last final block of a node, in seconds. */
async function moments(member: Member): Promise<{ best: number; finalised: number }> {
  const api = await member.api();
  const seen = await heads(member);
  const of = async (hash: string): Promise<number> => (await (await api.at(hash)).query.timestamp.now()).toNumber() / 1000;
  return { best: await of(seen.best.hash), finalised: await of(seen.finalised.hash) };
}

/** The desk, as a program of the house reaches it. */
async function atDesk(path: string, body?: object): Promise<{ status: number; body: string }> {
  const response = await fetch(`${hospital.gateway.inside}${path}`, {
    method: body === undefined ? 'GET' : 'POST', headers: { authorization: `Bearer ${deskToken}` }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.text() };
}

/** Institutions, a patient with a record and a Permit, and the hospital's gateway at its own node. */
async function furnish(network: Network): Promise<void> {
  const own = network.member('hospital');
  const { folder } = network;
  all = await people({ endpoint: own.endpoint, api: await own.api(), folder, stop: async () => undefined });
  const { world, institutions, staff, api } = all;
  const clinician = await hire(world, institutions.hospital, 'Clinician');
  const place = join(folder, 'hospital-gateway');
  deskToken = randomBytes(32).toString('hex');
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'desk.token'), deskToken, { mode: 0o600 });
  hospital = await setUp(world, institutions.hospital, own.endpoint, {
    name: 'hospital-gateway', asks: ['Auditor'], more: `[emergency]\ntoken = "${place}/desk.token"\n`,
  });
  atEnd(() => { void hospital.gateway.kill(); });
  const patient = await registerPatient(world, institutions.hospital, staff);
  const house = async (path: string, body: object): Promise<void> => {
    const answer = await hospital.gateway.house(path, JSON.stringify(body));
    assert.equal(answer.status, 200, answer.body);
  };
  // What the gateway keeps for an emergency it reads out of a final block, and then for a quarter of an hour no more.
  await untilFinal(world);
  await house('/links', { handle: patient.handle, patient: 'p' });
  await house('/staff', { add: [clinician.address] });
  const [taken] = await ingest(hospital.gateway, Buffer.from(JSON.stringify({
    resourceType: 'Observation', id: 'result', status: 'final', subject: { reference: 'Patient/p' }, effectiveDateTime: '2026-03-01',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }],
    code: { coding: [{ system: 'http://loinc.org', code: '718-7' }] }, valueQuantity: { value: 7.0, unit: 'mmol/L' },
  })));
  assert.equal(taken?.state, 'held', taken?.fault);
  await world.send(consent.permit(api, { organisation: institutions.clinic.org }, {
    actions: ['Read'], purposes: ['Treat'], classes: ['Laboratory'], until: await world.now() + DAY,
  }), patient.pair);
  await untilFinal(world);

  const counter = new Counter(world, hospital.org, hospital.gateway);
  reader = new Asker<Told>('who asks the gateway', async () => {
    const answer = await counter.read(await counter.sign(staff.specialist, institutions.clinic.org, RECORD));
    if (answer.status !== 200) return { refused: `${answer.status} ${codeOf(answer)}` };
    return { released: (JSON.parse(Buffer.from(answer.header('salus-log-entry') ?? '', 'base64url').toString()) as AccessEvent).time };
  }, 200);
  gate = new Asker<Told>('who asks the gate', await gateAt(patient.handle), 400);
  desk = new Asker('the desk', async () => {
    const answer = await atDesk('/emergency', { credential: clinician.address, patient: 'p', reason: 'UrgentCare', classes: ['Laboratory'] });
    if (answer.status !== 200) return codeOf(answer);
    ({ emergency } = JSON.parse(answer.body) as { emergency: string });
    return 'open';
  }, 500);
  ready = new Asker('who watches the gateway', async () => {
    const { status, why = '' } = JSON.parse((await hospital.gateway.askWith('/readyz', {})).body) as { status: string; why?: string };
    return status === 'ready' ? status : why;
  }, 500);
}

/** The same record in a gate of the SDK, at the same node. */
async function gateAt(subject: `0x${string}`): Promise<() => Promise<Told>> {
  const { api, institutions: { clinic, hospital: { org, agreement } }, staff } = all;
  const sealed = { form: 'Bytes' as const, salt: newSalt(), record: utf8('{"resourceType":"Observation"}') };
  const record: StoredRecord = {
    id: RECORD, subject, dataClass: 'Laboratory', labels: [], anchor: { org, seq: 0 }, envelope: await seal(sealed, [agreement.publicKey]),
  };
  const store = { get: async (id: string) => (id === record.id ? record : undefined), put: async () => undefined };
  const options = { api, custodian: org, identity: agreement.identity, store, log: new MemoryLog(), replays: new MemoryReplayCache() };
  const own = new ReleaseGate(options);
  return async () => {
    const signed = await signRequest(api.genesisHash.toHex(), staff.specialist, {
      custodian: org, organisation: clinic.org, recordId: RECORD, purpose: 'Treat', action: 'Read', expiry: Math.floor(Date.now() / 1000) + 300,
    });
    try {
      return { released: (await own.release(signed)).entry.time };
    } catch (error) {
      if (!(error instanceof ReleaseRefused)) throw error;
      return { refused: error.reason };
    }
  };
}

const isStale = (told: Told): boolean => 'refused' in told && /^503 chain-stale$|cannot be relied on now|did not answer/.test(told.refused);

/**
 * Waits until the limit, in seconds, is over and gateway, gate and desk all have answered since, and goes on for a while. Answers the limit: that of the
 * blocks that the node has then. What was heard meanwhile of gateway and gate is a release or that the chain is silent, and nothing else.
 */
async function watched(begun: number, within: number, limitOf: () => Promise<number>): Promise<number> {
  const limit = await eventually('nothing is released, and the desk is open', within, async () => {
    const found = await limitOf();
    const since = (found + 1) * 1000;
    const knows = reader.since(since).some(({ told }) => isStale(told)) && gate.since(since).some(({ told }) => isStale(told)) && desk.since(since).at(-1)?.told === 'open';
    return knows && found;
  }).catch((error: unknown) => {
    saw(`told last: the gateway's reader ${JSON.stringify(reader.heard.at(-1)?.told)}, the gate's ${JSON.stringify(gate.heard.at(-1)?.told)}, the desk ${desk.heard.at(-1)?.told}`);
    throw error;
  });
  await during(WATCHED, async () => undefined);
  for (const asker of [reader, gate]) {
    const others = asker.since(begun).filter(({ told }) => !isReleased(told) && !isStale(told));
    assert.deepEqual(others, [], `${asker.name} is told something else`);
  }
  return limit;
}

/** Whether the desk was open without a reason, and for how long after the limit it was shut. */
function checkDesk(since: number, limit: number): string {
  const heard = desk.since(since);
  const stale: Heard<unknown>[] = [...ready.since(since - SEEN).filter(({ told }) => told !== 'ready'), ...reader.since(since - SEEN).filter(({ told }) => isStale(told))];
  for (const { begun, ended, told } of heard) {
    assert.ok(told === 'open' || told === 'chain-answers', `the desk says ${told}`);
    if (told === 'open') assert.ok(stale.some((seen) => seen.ended >= begun - SEEN && seen.begun <= ended), 'the desk was open while the gateway released');
  }
  const { next } = turn(heard, (told) => told !== 'open');
  assert.ok(next, 'the desk does not stay open');
  assert.ok(next.ended <= (limit + WITHIN) * 1000, `the desk opened ${next.ended / 1000 - limit} s after the limit`);
  return `${(next.ended / 1000 - limit).toFixed(1)} s`;
}

/** No release after the limit, in seconds; and everybody was told within the time. */
function checkReleases(asker: Asker<Told>, since: number, limit: number): string {
  const heard = asker.since(since);
  const { last, next } = turn(heard, isReleased);
  assert.ok(last && 'released' in last.told, `${asker.name} was released nothing before`);
  // By the custodian's own log, in whole seconds; and by the clock of who asked.
  assert.ok(last.told.released <= limit, `${asker.name}: released ${last.told.released - limit} s after the limit`);
  assert.ok(last.begun < (limit + 1) * 1000, `${asker.name}: asked ${last.begun / 1000 - limit} s after the limit, and released`);
  assert.ok(next, `${asker.name} has no answer any more`);
  assert.ok(next.ended <= (limit + WITHIN) * 1000, `${asker.name} was told ${next.ended / 1000 - limit} s after the limit`);
  const after = heard.filter(({ begun }) => begun > last.begun);
  return `last release ${(limit - last.told.released).toFixed(1)} s before the limit, refused for the first time ${(next.ended / 1000 - limit).toFixed(1)} s after it, ${after.length} times and never released since`;
}

/** Prints by which reasons the gateway was not ready. */
function reasons(since: number): string {
  const counts = new Map<string, number>();
  for (const { told } of ready.since(since)) counts.set(told, (counts.get(told) ?? 0) + 1);
  return [...counts].map(([why, count]) => `${why} ${count}`).join(', ');
}

/** Waits until gateway and gate release again and the desk is shut; an emergency that was declared is over with it. */
async function back(began: number, limit: number): Promise<void> {
  const isBack = [
    () => reader.since(began).some(({ told }) => isReleased(told)), () => gate.since(began).some(({ told }) => isReleased(told)),
    () => desk.since(began).some(({ told }) => told === 'chain-answers'),
  ];
  await eventually('all is released again, and the desk is shut', limit, () => isBack.every((each) => each()));
  await eventually('nothing is shown under the emergency any more', 60, async () => {
    const shut = await atDesk(`/emergency/${emergency}/records`);
    return shut.status === 409 && codeOf(shut) === 'chain-answers';
  });
  saw(`released again, and the desk shut, ${seconds(began)} s later`);
}

/** What stands in the way of nobody: a release to both, and a desk that is shut. */
const goesWell = async (): Promise<void> => {
  const begun = Date.now();
  await eventually('all is released, and the desk is shut', 120, () =>
    reader.since(begun).some(({ told }) => isReleased(told)) && gate.since(begun).some(({ told }) => isReleased(told)) && desk.since(begun).at(-1)?.told === 'chain-answers');
};

scene('a gateway at a node of its own', start, (step) => {
  step('while the chain answers all is released, and the desk is shut', 600, async (network) => {
    await furnish(network);
    await goesWell();
    const begun = Date.now();
    await during(WATCHED, async () => undefined);
    const released = [reader, gate].map((asker) => asker.since(begun).filter(({ told }) => isReleased(told)).length);
    saw(`in ${WATCHED} s the gateway released ${released[0]} times, the gate ${released[1]} times; the gateway was ${reasons(begun)}`);
    assert.ok(released.every((count) => count >= 3), 'hardly anything was released');
  });

  step('cut off: nothing leaves after the limit, and the desk opens', 240, async (network) => {
    await goesWell();
    const begun = Date.now();
    await wires.cut();
    const own = network.member('hospital');
    const limit = await watched(begun, BEST_AGE + 2 * WITHIN + 30, async () => (await moments(own)).best + BEST_AGE);
    const best = limit - BEST_AGE;
    assert.equal((await moments(own)).best, best, 'blocks came after the cut');
    saw(`the last block came ${(best - begun / 1000).toFixed(1)} s after the cut, and the limit is ${BEST_AGE} s later`);
    for (const asker of [reader, gate]) saw(`${asker.name}: ${checkReleases(asker, begun, limit)}`);
    saw(`the desk opened ${checkDesk(begun, limit)} after the limit; the gateway was ${reasons(begun)}`);
    const shown = await atDesk(`/emergency/${emergency}/records`);
    assert.equal(shown.status, 200, shown.body);
    assert.match(shown.body, /"id":"result"/);
    const others = await moments(network.member('Alice'));
    assert.ok(others.best > best + BEST_AGE, 'the others stood still too: it was not the cut');
  });

  step('the link is back', 420, async () => {
    const began = Date.now();
    await wires.mend();
    await back(began, 360);
  });

  step('finality stands still while blocks go on: nothing leaves after the limit, and the desk opens', 300, async (network) => {
    await goesWell();
    const begun = Date.now();
    await Promise.all(STOPPED.map((name) => network.member(name).stop('SIGKILL')));
    const own = network.member('hospital');
    const before = await heads(own);
    const limit = await watched(begun, MAX_FINAL_AGE + 2 * WITHIN + 30, async () => (await moments(own)).finalised + MAX_FINAL_AGE);
    const seen = await heads(own);
    const { best, finalised } = await moments(own);
    assert.equal(finalised + MAX_FINAL_AGE, limit, 'blocks became final');
    saw(`${seen.best.number - before.best.number} blocks came, the last one is ${(Date.now() / 1000 - best).toFixed(1)} s old; the last final one is ${(Date.now() / 1000 - finalised).toFixed(1)} s old`);
    for (const asker of [reader, gate]) saw(`${asker.name}: ${checkReleases(asker, begun, limit)}`);
    saw(`the desk opened ${checkDesk(begun, limit)} after the limit; the gateway was ${reasons(begun)}`);
    assert.ok(ready.since(begun).some(({ told }) => told === 'final-old'), 'it was for another reason');
    assert.ok(seen.best.number - before.best.number >= 5, 'the blocks stood still too');
  });

  step('finality goes on', 420, async (network) => {
    const began = Date.now();
    await Promise.all(STOPPED.map((name) => network.member(name).start()));
    await back(began, 360);
    await Promise.all([reader, gate, desk, ready].map((asker) => asker.stop()));
    await hospital.gateway.stop();
    wires.remove();
  });
});
