/** Nodes that stand still, are cut off or go away: nothing is released on old facts. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import { consent, decideSafely, finalised, present } from '@salus/client';
import { MemoryLog, MemoryReplayCache, ReleaseGate, seal, signRequest, type StoredRecord } from '@salus/exchange';
import { newSalt, ReleaseRefused, StaleNode, utf8, verifyLog, type Question } from '@salus/types';
import { has, needs, soloSpec } from '../chains.js';
import { GOV } from '../governing.js';
import { reach, run, startNode, type RunningNode } from '../node.js';
import { quiet } from '../quiet.js';
import { begin, people, type Peopled } from '../setting.js';
import type { Institutions } from '../steps/admission.js';
import { registerPatient } from '../steps/patient.js';
import type { Staff } from '../steps/staff.js';
import { GRACE, sleep, until } from '../wait.js';
import { DAY, type Patient, type World } from '../world.js';

/** A node of the development chain that makes no blocks. */
const development = (): string[] => (soloSpec().length > 0 ? soloSpec() : ['--chain', 'dev']);
/** The bound for the best block, in seconds: four block times. */
const BEST = 12;
/** A second that is cut off. */
const SLACK = 1;

let all: Peopled;
let author: RunningNode;
let follower: RunningNode;
let folder: string;
let api: ApiPromise;
let atFollower: ApiPromise;
let world: World;
let institutions: Institutions;
let staff: Staff;
let patient: Patient;
let record: StoredRecord;

quiet();

before(async () => {
  if (!has('followers')) return;
  all = await people(await begin(async (its) => {
    folder = its;
    author = await startNode(['--dev', ...soloSpec()], join(folder, 'author'));
    return author;
  }));
  ({ api, world, institutions, staff } = all);
  follower = await startNode([...development(), '--bootnodes', await author.peerAddress()]);
  atFollower = await reach(follower.endpoint);
  patient = await registerPatient(world, institutions.hospital, staff);
  const { hospital } = institutions;
  const sealed = { form: 'Bytes' as const, salt: newSalt(), record: utf8('{"resourceType":"Observation"}') };
  record = {
    id: 'potassium', subject: patient.handle, dataClass: 'Laboratory', labels: [], anchor: { org: hospital.org, seq: 0 },
    envelope: await seal(sealed, [hospital.agreement.publicKey]),
  };
  await world.send(consent.permit(api, { organisation: institutions.clinic.org }, {
    actions: ['Read'], purposes: ['Treat'], classes: ['Laboratory'], until: await world.now() + DAY,
  }), patient.pair);
});

after(async () => {
  author?.thaw();
  await atFollower?.disconnect();
  await follower?.stop();
  await all?.stop();
});

/** The hospital's gate at a node, and its log. */
function gateAt(node: ApiPromise): { gate: ReleaseGate; log: MemoryLog } {
  const { hospital } = institutions;
  const log = new MemoryLog();
  const store = { get: async (id: string) => (id === record.id ? record : undefined), put: async () => undefined };
  return { log, gate: new ReleaseGate({ api: node, custodian: hospital.org, identity: hospital.agreement.identity, store, log, replays: new MemoryReplayCache() }) };
}

const ask = () => signRequest(api.genesisHash.toHex(), staff.specialist, {
  custodian: institutions.hospital.org, organisation: institutions.clinic.org, recordId: record.id, purpose: 'Treat', action: 'Read',
  expiry: Math.floor(Date.now() / 1000) + 300,
});

/** Why the gate refuses, or undefined if it releases. */
async function refusalOf(gate: ReleaseGate): Promise<string | undefined> {
  try {
    await gate.release(await ask());
    return undefined;
  } catch (error) {
    if (error instanceof ReleaseRefused) return error.reason;
    throw error;
  }
}

test('when the only author stands still, a gate at another node refuses in time, and releases again afterwards', needs('followers'), async () => {
  const { gate, log } = gateAt(atFollower);
  await until('the follower\'s gate releases', async () => await refusalOf(gate) === undefined);
  const question: Question = {
    subject: patient.handle, actor: { organisation: institutions.clinic.org, practitioner: staff.specialist.address },
    purpose: 'Treat', action: 'Read', dataClass: 'Laboratory',
  };
  assert.ok((await decideSafely(atFollower, question)).permitted);
  // Final already: nothing becomes final any more.
  const { moment: permitted } = await finalised(atFollower);

  author.freeze();
  const frozen = Date.now();
  let last = frozen;
  let reason: string | undefined;
  // Whatever is revoked from now on, the follower does not hear of it.
  await until('the gate refuses', async () => {
    // The gate reads the clock after this: how long it takes to answer is no matter.
    const asked = Date.now();
    reason = await refusalOf(gate);
    if (reason === undefined) last = asked;
    return reason !== undefined;
  });
  assert.ok(last - frozen <= (BEST + SLACK) * 1000, `released ${(last - frozen) / 1000} s after the author stood still`);
  assert.match(reason ?? '', /best block is of .* s ago|no peers/);
  await assert.rejects(decideSafely(atFollower, question), StaleNode);
  await assert.rejects(present(atFollower), StaleNode);
  // About the past it goes on answering, for what was so does not change.
  assert.ok((await decideSafely(atFollower, { ...question, at: permitted })).permitted);

  // A governor sees that what is shown is of the past, and signs nothing on it.
  const gov = (args: string[], env = {}) => run(process.execPath, [GOV, ...args, '--json', '--ws', follower.endpoint], env);
  const status = await gov(['status']);
  assert.equal(status.code, 0, status.stderr);
  assert.match((JSON.parse(status.stdout) as { notPresent: string }).notPresent, /best block is of|no peers/);
  const motion = await gov(['propose', 'add-council-member', staff.specialist.address, '--yes'], { SALUS_SURI: '//Alice' });
  assert.equal(motion.code, 2, motion.stdout);
  assert.match(motion.stderr, /not sent: The node cannot be relied on now: .* \(--anyway sends it all the same\)/);

  // The author's own gate: its node says nothing at all.
  const own = gateAt(api);
  const began = Date.now();
  assert.match(await refusalOf(own.gate) ?? 'released', /did not answer/);
  assert.ok(Date.now() - began < 10_000 + GRACE, `${Date.now() - began} ms`);
  author.thaw();
  await until('the gate releases again', async () => await refusalOf(gate) === undefined);
  const entries = await log.entries();
  verifyLog(entries);
  const refused = entries.filter(({ outcome }) => outcome === 'refused');
  assert.ok(refused.some((entry) => 'decision' in entry && /cannot be relied on now/.test(entry.decision)), 'the log tells of the refusals, and why');
});

test('a node with an old database and no peers: its gate refuses from the first request on', needs('followers'), async () => {
  const { gate } = gateAt(api);
  await until('the author\'s gate releases', async () => await refusalOf(gate) === undefined);
  await api.disconnect();
  await author.stop();
  const alone = await startNode(development(), join(folder, 'author'));
  const old = await reach(alone.endpoint);
  try {
    await sleep(BEST * 1000);
    const { gate: itsGate, log } = gateAt(old);
    assert.match(await refusalOf(itsGate) ?? 'released', /best block is of .* s ago/);
    const [entry] = await log.entries();
    assert.ok(entry?.outcome === 'refused' && /best block is of/.test(entry.decision));
    // The chain's own clock is believed of a development chain, and only by an option.
    await assert.rejects(present(old), StaleNode);
    assert.ok(await present(old, { clock: 'chain' }));
  } finally {
    await old.disconnect();
    await alone.stop();
  }
});
