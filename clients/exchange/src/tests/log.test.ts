import assert from 'node:assert/strict';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { IntegrityBroken, InvalidArgument, random, toHex, verifyLog, type AccessEvent, type LogEntry, type LogEvent } from '@salus/types';
import { MemoryLog } from '../log.js';
import { FileLog, FileStore } from '../node/index.js';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';

const event = (time: number): AccessEvent => ({
  time, side: 'source', organisation: 1, outcome: 'released', requestId: toHex(random(32)),
  recordId: 'r', requester: ALICE, requesterOrganisation: 2, purpose: 'Treat', action: 'Read',
  decision: 'Permit',
});

test('a log holds together, and breaks at whatever is changed or taken out', async () => {
  const log = new MemoryLog();
  for (let time = 0; time < 4; time++) await log.append(event(time));
  const entries = await log.entries();
  verifyLog(entries);
  assert.throws(() => verifyLog(entries.slice(1)), IntegrityBroken);
  assert.throws(() => verifyLog(entries.toSpliced(1, 1)), IntegrityBroken);
  assert.throws(() => verifyLog(entries.with(2, { ...entries[2]!, purpose: 'Hpaymt' } as LogEntry)), /entry 2/);
  assert.throws(() => verifyLog(entries.with(2, { ...entries[2]!, requesterKind: 'person' } as LogEntry)), /entry 2/);
});

test('a log file goes on where it stopped, in order, and a changed one is refused', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'salus-log-'));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, 'access.jsonl');
  const log = await FileLog.open(path);
  await Promise.all([1, 2, 3].map((time) => log.append(event(time))));
  const again = await FileLog.open(path);
  assert.equal((await again.append(event(4))).seq, 3);
  verifyLog(await again.entries());
  await writeFile(path, (await readFile(path, 'utf8')).replace('Treat', 'Train'));
  await assert.rejects(FileLog.open(path), IntegrityBroken);
});

test('entries are written in their order, however slow the disk is with one of them', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'salus-log-'));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, 'access.jsonl');
  const log = await FileLog.open(path);
  const handle = await open(path);
  const files = Object.getPrototypeOf(handle) as typeof handle;
  await handle.close();
  const { writeFile: write } = files;
  let delay = 40;
  t.mock.method(files, 'writeFile', async function slow(this: typeof handle, text: string) {
    await setTimeout(delay -= 20);
    await write.call(this, text);
  });
  await Promise.all([1, 2].map((time) => log.append(event(time))));
  verifyLog(await log.entries());
});

test('a log that a crash tore goes on behind its last whole entry', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'salus-log-'));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, 'access.jsonl');
  const log = await FileLog.open(path);
  const first = await log.append(event(1));
  await log.append({ time: 2, side: 'source', organisation: 1, outcome: 'unauthenticated', since: 1, failures: { signature: 3 } });
  const whole = await readFile(path, 'utf8');
  await writeFile(path, whole.slice(0, -5));
  const again = await FileLog.open(path);
  assert.deepEqual(await again.entries(), [first]);
  assert.equal((await again.append(event(3))).previous, first.hash);
  verifyLog(await (await FileLog.open(path)).entries());
  await writeFile(path, `${whole}\n`);
  await assert.rejects(FileLog.open(path), IntegrityBroken);
});

test('a store gives back what was put in, and takes no path for an id', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'salus-store-'));
  t.after(() => rm(folder, { recursive: true }));
  const store = new FileStore(folder);
  const record = {
    id: 'abc', subject: toHex(random(32)), dataClass: 'Laboratory' as const, labels: [],
    anchor: { org: 1, seq: 2, proof: { index: 0, leaves: 2, path: [random(32)] } },
    envelope: random(100),
  };
  await store.put(record);
  assert.deepEqual(await store.get('abc'), record);
  assert.equal(await store.get('abd'), undefined);
  assert.equal(await store.get('../abc'), undefined);
  await assert.rejects(store.put({ ...record, id: '../abc' }), RangeError);
  assert.equal(await store.count(), 1);
});

test('what is no entry is not written: it could never be put right', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'salus-log-'));
  t.after(() => rm(folder, { recursive: true }));
  const good = event(1);
  const received: AccessEvent = { ...good, side: 'recipient', outcome: 'received', counterpart: toHex(random(32)), custodian: 3 };
  const summary: LogEvent = { time: 2, side: 'source', organisation: 1, outcome: 'unauthenticated', since: 1, failures: { signature: 3 } };
  const { requesterOrganisation: _, ...ofPatient } = good;
  const { organisation: __, ...atPatient } = received;
  const wrong: [object, Record<string, unknown>[]][] = [
    [good, [
      { time: -1 }, { time: 1.5 }, { time: '1' }, { time: Date.now() }, { side: 'both' }, { organisation: -1 }, { organisation: 2 ** 32 - 1 },
      { organisation: undefined }, { outcome: 'received' }, { outcome: 'lost' }, { requestId: '0x00' }, { requestId: 'r' }, { recordId: 7 },
      { recordId: 'r'.repeat(129) }, { requester: 'Alice' }, { requester: '' }, { requesterOrganisation: -1 }, { requesterOrganisation: 2 ** 32 },
      { requesterOrganisation: null }, { requesterKind: 'robot' }, { requesterKind: null }, { purpose: 'Whim' }, { action: 'Eat' }, { decision: undefined }, { decision: 'x'.repeat(1_025) },
      { counterpart: '0x' }, { custodian: 1 }, { patient: 'Ada' }, { hash: toHex(random(32)) }, { seq: 0 },
    ]],
    [received, [{ outcome: 'released' }, { organisation: -1 }, { custodian: -1 }]],
    [summary, [{ since: 3 }, { since: -1 }, { side: 'recipient' }, { organisation: -1 }, { failures: {} }, { failures: { whim: 1 } }, { failures: { signature: 0 } }, { requester: ALICE }]],
  ];
  for (const log of [new MemoryLog(), await FileLog.open(join(folder, 'access.jsonl'))]) {
    for (const [event_, changes] of wrong) {
      for (const change of changes) {
        await assert.rejects(log.append({ ...event_, ...change } as unknown as LogEvent), InvalidArgument, JSON.stringify(change));
      }
    }
    assert.deepEqual(await log.entries(), []);
    for (const each of [good, { ...good, requesterKind: 'person' as const }, { ...received, requesterKind: 'machine' as const }, ofPatient, received, atPatient, summary]) await log.append(each);
    verifyLog(await log.entries());
  }
});

const OLD = {
  time: 1, side: 'source', organisation: 1, outcome: 'released', requestId: `0x${'01'.repeat(32)}`, recordId: 'r', requester: ALICE,
  requesterOrganisation: -1, purpose: 'Patrqt', action: 'Read',
  decision: 'best state Permit (Own) at block 9, finalised state Permit (Own) at block 7', seq: 0, previous: `0x${'00'.repeat(32)}`,
  hash: '0x38ec87c6bc0bef444872a386327a6749fddfe6ae20f44aa57a23fb84be2b91ee',
};

test('entries of logs that were begun before are read as they are', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'salus-log-'));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, 'access.jsonl');
  // Written by version 0.1.0 for a patient.
  await writeFile(path, `${JSON.stringify(OLD)}\n`);
  const log = await FileLog.open(path);
  assert.equal((await log.append(event(2))).previous, OLD.hash);
  verifyLog(await log.entries());
});
