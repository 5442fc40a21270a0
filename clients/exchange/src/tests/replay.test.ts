/** A request is answered once, whatever happens to the gate in between. */
import assert from 'node:assert/strict';
import { appendFile, mkdtemp, open, readFile, rm, truncate, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test, type TestContext } from 'node:test';
import { IntegrityBroken, random, toHex, type Hex, type LogEntry, type LogEvent } from '@salus/types';
import { MemoryLog } from '../log.js';
import { FileReplayCache } from '../node/index.js';
import { MemoryReplayCache, type ReplayCache } from '../replay.js';
import { ask, cast, openGate, refused, START, type Cast } from './gate-fixture.js';

let people: Cast;

before(async () => {
  people = await cast();
});

const newId = (): Hex => toHex(random(32));

/** A path in a folder of its own. */
async function newPath(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'salus-replay-'));
  t.after(() => rm(folder, { recursive: true }));
  return join(folder, 'gate', 'requests.jsonl');
}

const linesOf = async (path: string): Promise<string[]> => (await readFile(path, 'utf8')).split('\n').slice(0, -1);

test('a restarted gate does not answer what was answered before', async (t) => {
  const path = await newPath(t);
  const signed = await ask(people.requester);
  await openGate(people, { replays: await FileReplayCache.open(path) }).gate.release(signed);
  const { gate, log } = openGate(people, { replays: await FileReplayCache.open(path) });
  await assert.rejects(gate.release(signed), refused(/answered before/));
  assert.deepEqual(await log.entries(), []);
  await gate.release(await ask(people.requester));
});

test('the claim is kept before anything leaves, and nothing leaves if it cannot be', async (t) => {
  const path = await newPath(t);
  const replays = await FileReplayCache.open(path);
  const { gate, log } = openGate(people, { replays });
  const signed = await ask(people.requester);
  const handle = await open(path);
  const disk = t.mock.method(Object.getPrototypeOf(handle) as { sync: () => Promise<void> }, 'sync', async () => {
    throw new Error('EIO');
  });
  await handle.close();
  await assert.rejects(gate.release(signed), /EIO/);
  disk.mock.restore();
  assert.deepEqual(await log.entries(), []);
  // Nobody knows what the file holds now, so that nothing goes on until somebody looks.
  await assert.rejects(gate.release(signed), refused(/answered before/));
  await assert.rejects(gate.release(await ask(people.requester)), /could not be written before/);
  assert.deepEqual(await log.entries(), []);
  const { gate: restarted } = openGate(people, { replays: await FileReplayCache.open(path) });
  await restarted.release(await ask(people.requester));
});

test('when an entry tells of a release, its claim is in the file', async (t) => {
  const path = await newPath(t);
  const claims: number[] = [];
  class Watched extends MemoryLog {
    override async append<E extends LogEvent>(event: E): Promise<LogEntry<E>> {
      claims.push((await linesOf(path)).length);
      return super.append(event);
    }
  }
  const { gate } = openGate(people, { replays: await FileReplayCache.open(path), log: new Watched() });
  await gate.release(await ask(people.requester));
  assert.deepEqual(claims, [1]);
});

const kinds: [string, (t: TestContext) => Promise<ReplayCache>][] = [
  ['in memory', async () => new MemoryReplayCache()],
  ['in a file', async (t) => FileReplayCache.open(await newPath(t))],
];
for (const [kind, open] of kinds) {
  test(`${kind}: of the same request at the same time, one is answered`, async (t) => {
    const cache = await open(t);
    const id = newId();
    const claims = await Promise.all(Array.from({ length: 20 }, () => cache.claim(id, 60, 0)));
    assert.equal(claims.filter(Boolean).length, 1);
  });

  test(`${kind}: what was forgotten stays refused when the chain's time goes back`, async (t) => {
    const cache = await open(t);
    const id = newId();
    assert.ok(await cache.claim(id, 60, 0));
    assert.ok(await cache.claim(newId(), 700, 100));
    assert.ok(!await cache.claim(id, 60, 50));
    assert.ok(!await cache.claim(newId(), 100, 50));
    assert.ok(await cache.claim(newId(), 101, 50));
  });
}

test('the file keeps what can be sent again, and not much more', async (t) => {
  const path = await newPath(t);
  const cache = await FileReplayCache.open(path);
  const ids: Hex[] = [];
  for (let now = 0; now < 600; now++) {
    ids.push(newId());
    assert.ok(await cache.claim(ids[now] as Hex, now + 10, now));
  }
  const lines = await linesOf(path);
  assert.ok(lines.length < 300, `${lines.length} lines for 10 requests`);
  const again = await FileReplayCache.open(path);
  // Those in force, by their ids; those that are gone, by their expiry, at whatever time.
  for (const [now, id] of ids.entries()) assert.ok(!await again.claim(id, now + 10, Math.min(now, 300)), `request ${now}`);
  assert.ok(await again.claim(newId(), 1_000, 600));
});

test('a last line that a crash tore is dropped, wherever it broke off', async (t) => {
  const path = await newPath(t);
  const [kept, torn] = [newId(), newId()];
  const cache = await FileReplayCache.open(path);
  await cache.claim(kept, START + 60, START);
  const whole = (await readFile(path)).length;
  await cache.claim(torn, START + 60, START);
  const bytes = await readFile(path);
  for (let length = whole; length < bytes.length; length += 7) {
    await writeFile(path, bytes.subarray(0, length));
    const again = await FileReplayCache.open(path);
    assert.ok(!await again.claim(kept, START + 60, START), 'what was answered');
    assert.ok(await again.claim(torn, START + 60, START), 'what never was');
    // What is written behind it is whole.
    assert.ok(!await (await FileReplayCache.open(path)).claim(torn, START + 60, START));
  }
  await truncate(path, whole);
  await appendFile(path, Buffer.alloc(40));
  assert.ok(!await (await FileReplayCache.open(path)).claim(kept, START + 60, START), 'zeros for a last line');
});

test('anything else that is unreadable stops the gate from opening', async (t) => {
  const path = await newPath(t);
  const cache = await FileReplayCache.open(path);
  for (let count = 0; count < 3; count++) await cache.claim(newId(), START + 60, START);
  const lines = await linesOf(path);
  const used = lines[0] as string;
  const bad = [
    '', '{', 'null', '[]', '"id"', '{}', '{"id":"0x00","expiry":1}', used.replace(/"0x../, '"0xAA'), used.replace(/:\d+}/, ':"1"}'),
    used.replace(/:\d+}/, ':-1}'), used.replace(/,.*/, '}'), '\0'.repeat(20),
  ];
  for (const line of bad) {
    for (let at = 0; at <= lines.length; at++) {
      await writeFile(path, lines.toSpliced(at, 0, line).map((each) => `${each}\n`).join(''));
      await assert.rejects(FileReplayCache.open(path), IntegrityBroken, `${line} as line ${at + 1}`);
    }
  }
  await writeFile(path, `${used}\n{"horizon":5}\n`);
  await assert.rejects(FileReplayCache.open(path), IntegrityBroken, 'a horizon that is not the first line');
});

test('a file that somebody takes away does not begin again as if nothing had been in it', async (t) => {
  const path = await newPath(t);
  const cache = await FileReplayCache.open(path);
  await cache.claim(newId(), START + 60, START);
  await unlink(path);
  await assert.rejects(cache.claim(newId(), START + 60, START), /ENOENT/);
});
