/** Nodes that stand still, are cut off or go away: nothing is released on old facts, and no transaction is paid twice. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, mock, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import type { KeyringPair } from '@polkadot/keyring/types';
import type { ISubmittableResult } from '@polkadot/types/types';
import {
  best, blockAtLeast, claims, connect, consent, decideSafely, identity, MemoryLog, MemoryReplayCache, newSalt, NodeUnavailable, present,
  ReleaseGate, ReleaseRefused, SalusError, seal, signRequest, StaleNode, submit, TransactionLost, utf8, verifyLog,
  whatBecameOf, type Call, type Included, type Question, type StoredRecord,
} from '@salus/client';
import { reach, run, startNode, type RunningNode } from '../node.js';
import { Proxy } from '../proxy.js';
import { admission, type Institutions } from '../steps/admission.js';
import { registerPatient } from '../steps/patient.js';
import { takeOnStaff, type Staff } from '../steps/staff.js';
import { Transcript } from '../transcript.js';
import { GRACE, PATIENCE, sleep, until } from '../wait.js';
import { DAY, World, type Patient } from '../world.js';

const GOV = fileURLToPath(new URL('../../../clients/js/bin/gov.js', import.meta.url));
/** The bound for the best block, in seconds: four block times. */
const BEST = 12;
/** A second that is cut off. */
const SLACK = 1;

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

// Polkadot.js tells of each broken connection on the console as well.
for (const name of ['error', 'warn'] as const) {
  const write = console[name].bind(console);
  mock.method(console, name, (...words: unknown[]) => {
    if (!words.some((word) => /RPC-CORE|API-WS/.test(String(word)))) write(...words);
  });
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'salus-outages-'));
  author = await startNode(['--dev'], join(folder, 'author'));
  api = await reach(author.endpoint);
  const peer = (await api.rpc.system.localPeerId()).toString();
  follower = await startNode(['--chain', 'dev', '--bootnodes', `/ip4/127.0.0.1/tcp/${author.port}/p2p/${peer}`]);
  atFollower = await reach(follower.endpoint);
  world = new World(api, new Transcript(api, () => undefined), folder);
  institutions = await admission(world);
  staff = await takeOnStaff(world, institutions);
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
  await Promise.all([api?.disconnect(), atFollower?.disconnect()]);
  await Promise.all([author?.stop(), follower?.stop()]);
  if (folder) await rm(folder, { recursive: true, force: true });
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

test('when the only author stands still, a gate at another node refuses in time, and releases again afterwards', async () => {
  const { gate, log } = gateAt(atFollower);
  await until('the follower\'s gate releases', async () => await refusalOf(gate) === undefined);
  const question: Question = {
    subject: patient.handle, actor: { organisation: institutions.clinic.org, practitioner: staff.specialist.address },
    purpose: 'Treat', action: 'Read', dataClass: 'Laboratory',
  };
  assert.ok((await decideSafely(atFollower, question)).permitted);

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
  assert.ok((await decideSafely(atFollower, { ...question, at: (await best(atFollower)).moment - 6 })).permitted);

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

/** A call of which every inclusion can be seen: it moves tokens. */
const AMOUNT = 1_000_000_000_000n;
const pay = (to: string, node = api): Call => node.tx.balances.transferKeepAlive(to, AMOUNT);
const alice = (): KeyringPair => world.keyring.addFromUri('//Alice');
const nonceOf = async (who: KeyringPair): Promise<number> => (await api.rpc.system.accountNextIndex(who.address)).toNumber();
const paid = async (to: string): Promise<bigint> => world.tokensOf(to);

/** What the node tells of a call, as it comes, from when it is sent on: the first word is that its pool has it. */
function toldOf(call: Call): string[] {
  const told: string[] = [];
  const send = call.send.bind(call) as unknown as (listener: (result: ISubmittableResult) => void) => Promise<() => void>;
  const heard = (listener: (result: ISubmittableResult) => void): Promise<() => void> => send((result) => {
    told.push(result.status.type);
    listener(result);
  });
  Object.assign(call, { send: heard });
  return told;
}

/** How a submission ended, without waiting for it here. */
const outcomeOf = (work: Promise<Included>): Promise<Included | Error> => work.catch((error: Error) => error);

test('a node that stands still: the caller hears of it in time, and learns later what became of the transaction', async () => {
  const to = world.stranger().address;
  const call = pay(to);
  const told = toldOf(call);
  const timeout = 10_000;
  const nonce = await nonceOf(alice());
  const began = Date.now();
  // Behind a gap, so that no block takes it before the node stands still.
  const sending = outcomeOf(submit(api, call, alice(), { nonce: nonce + 1, timeout }));
  await until('the pool has it', () => told.length > 0);
  author.freeze();
  const ended = await sending;
  assert.ok(Date.now() - began <= timeout + GRACE, `${Date.now() - began} ms`);
  author.thaw();
  assert.ok(ended instanceof TransactionLost, String(ended));
  assert.equal(ended.fate, 'unknown');
  await submit(api, pay(alice().address), alice(), { nonce, until: 'inBlock' });
  await until('it is final', async () => {
    const found = await whatBecameOf(api, ended.sent);
    return found.state === 'included' && found.final;
  });
  assert.equal(await paid(to), AMOUNT);
});

test('a node that stands still before anything is sent: an error of this SDK, in time, and nothing is sent', async () => {
  const to = world.stranger().address;
  author.freeze();
  const began = Date.now();
  await assert.rejects(submit(api, pay(to), alice(), { timeout: 2_000 }), NodeUnavailable);
  await assert.rejects(connect(author.endpoint, { timeout: 2_000 }), SalusError);
  assert.ok(Date.now() - began < 4_000 + GRACE, `${Date.now() - began} ms`);
  author.thaw();
  const now = await best(api);
  await blockAtLeast(api, now.number + 2);
  assert.equal(await paid(to), 0n);
});

test('a connection that breaks after the transaction was sent: it is found, and paid once', async (t) => {
  const proxy = await Proxy.to(author.rpcPort);
  const through = await reach(proxy.endpoint);
  t.after(async () => {
    await through.disconnect();
    await proxy.close();
  });
  // A block takes it while the connection is broken, and after that.
  for (const early of [true, false]) {
    const to = world.stranger().address;
    const call = pay(to, through);
    const told = toldOf(call);
    const nonce = await nonceOf(alice());
    const sending = submit(through, call, alice(), { nonce: nonce + 1, timeout: PATIENCE * 1000 });
    await until('it was sent', () => told.length > 0);
    proxy.cut();
    const closeGap = () => submit(api, pay(alice().address), alice(), { nonce });
    if (early) {
      await closeGap();
      await until('it was paid', async () => await paid(to) > 0n);
    }
    proxy.mend();
    if (!early) await closeGap();
    const included = await sending;
    assert.equal(included.txHash, call.hash.toHex());
    assert.equal(await paid(to), AMOUNT, 'paid once');
  }
  // While nothing gets through, every question fails with this SDK's own error.
  proxy.cut();
  await until('it is cut off', () => !through.isConnected);
  await assert.rejects(identity.resolve(through, patient.handle), NodeUnavailable);
  await assert.rejects(claims.coverageOf(through, alice().address), NodeUnavailable);
  await assert.rejects(best(through), NodeUnavailable);
  await assert.rejects(submit(through, pay(alice().address, through), alice(), { timeout: 2_000 }), NodeUnavailable);
});

test('usurped by another transaction with the same nonce: it says so when that is final, and only the other is paid', async () => {
  const payer = world.account('Usurped');
  await world.fund([payer]);
  const nonce = await nonceOf(payer);
  const [first, second] = [world.stranger().address, world.stranger().address];
  // Behind a gap, so that no block takes it before the other comes.
  const call = pay(first);
  const told = toldOf(call);
  const sending = outcomeOf(submit(api, call, payer, { nonce: nonce + 1, timeout: PATIENCE * 1000 }));
  await until('the pool has it', () => told.length > 0);
  const other = await pay(second).signAsync(payer, { nonce: nonce + 1, tip: 1_000_000_000 });
  await api.rpc.author.submitExtrinsic(other);
  await submit(api, api.tx.balances.transferKeepAlive(alice().address, 1), payer, { nonce, until: 'inBlock' });
  const ended = await sending;
  assert.ok(ended instanceof TransactionLost && ended.fate === 'never', String(ended));
  assert.match(ended.message, new RegExp(other.hash.toHex()));
  assert.deepEqual([await paid(first), await paid(second)], [0n, AMOUNT]);
});

test('let go by a pool that is full: sent again when there is room, included, and paid once', async (t) => {
  const small = await startNode(['--dev', '--pool-type', 'single-state', '--pool-limit', '30', '--tx-ban-seconds', '1']);
  const there = await reach(small.endpoint);
  t.after(async () => {
    await there.disconnect();
    await small.stop();
  });
  const [payer, flooder] = [alice(), world.keyring.addFromUri('//Bob')];
  const to = world.stranger().address;
  const call = pay(to, there);
  const told = toldOf(call);
  const { submitExtrinsic } = there.rpc.author;
  const sendAgain = t.mock.fn((bytes: Call) => submitExtrinsic(bytes));
  Object.defineProperty(there.rpc.author, 'submitExtrinsic', { value: sendAgain });
  // Behind a gap it waits; of those that wait the pool keeps three, and lets the oldest go.
  const sending = outcomeOf(submit(there, call, payer, { nonce: 1, timeout: PATIENCE * 1000 }));
  await until('the pool has it', () => told.length > 0);
  for (let nonce = 10; !told.includes('Dropped'); nonce += 1) {
    assert.ok(nonce < 70, `the pool has it still: ${told.join()}`);
    const filler = await there.tx.balances.transferKeepAlive(to, 1).signAsync(flooder, { nonce });
    await there.rpc.author.submitAndWatchExtrinsic(filler, () => undefined);
  }
  await until('it is sent again', () => sendAgain.mock.callCount() > 0);
  // Nobody else has it. While the node refuses what it let go, each attempt makes that longer: there must be pauses.
  await submit(there, there.tx.balances.transferKeepAlive(payer.address, 1), payer, { nonce: 0, until: 'inBlock' });
  const ended = await sending;
  assert.ok(!(ended instanceof Error), String(ended));
  assert.equal(ended.txHash, call.hash.toHex());
  assert.equal((await there.query.system.account(to)).data.free.toBigInt(), AMOUNT);
});

test('a node with an old database and no peers: its gate refuses from the first request on', async () => {
  const { gate } = gateAt(api);
  await until('the author\'s gate releases', async () => await refusalOf(gate) === undefined);
  await api.disconnect();
  await author.stop();
  const alone = await startNode(['--chain', 'dev'], join(folder, 'author'));
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
