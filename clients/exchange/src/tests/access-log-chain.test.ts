/** What the runtime answers about access logs is read exactly, and the calls are made of what was checked. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TypeRegistry } from '@polkadot/types';
import type { ApiPromise } from '@polkadot/api';
import type { Snapshot } from '@salus/client';
import { InvalidArgument, SalusError } from '@salus/types';
import * as accessLog from '../access-log/index.js';

const { attestReconciled, beginAnew, commit, heartbeatOf, logCommits } = accessLog;

const HASH = `0x${'0a'.repeat(32)}` as const;
const registry = new TypeRegistry();
// As Polkadot.js names the members that it finds in the runtime's metadata: none like a method of a `Map`.
registry.register({
  Custodian: { commits: 'u32', epoch: 'u32', entries_: 'u64', head: 'H256', lastAt: 'u64', unpaid: 'u32' },
  CommitInfo: { number: 'u32', epoch: 'u32', seqFrom: 'u64', seqUntil: 'u64', root: 'H256', head: 'H256', at: 'u64' },
});
const MOST = 2n ** 64n - 1n;

const at = (api: unknown): Pick<Snapshot, 'api'> => ({ api }) as Pick<Snapshot, 'api'>;

test('where a log stands and its commits are read, also of numbers beyond those of JavaScript', async () => {
  const asked: unknown[] = [];
  const chain = logCommits(at({ call: { accessLogApi: {
    custodian: async (organisation: number) => registry.createType('Option<Custodian>', organisation === 7 ? { commits: 3, epoch: 1, entries_: MOST, head: HASH, lastAt: 1_795_000_000, unpaid: 2 } : null),
    logCommits: async (...args: unknown[]) => {
      asked.push(args);
      return registry.createType('Vec<CommitInfo>', [{ number: 2, epoch: 1, seqFrom: 2n ** 53n + 1n, seqUntil: MOST, root: HASH, head: HASH, at: 1_795_000_000 }]);
    },
  } } }));
  assert.deepEqual(await chain.custodian(7), { commits: 3, epoch: 1, entries: MOST, head: HASH, lastAt: 1_795_000_000, unpaid: 2 });
  assert.equal(await chain.custodian(8), undefined);
  assert.deepEqual(await chain.commits(7, 2), [{ number: 2, epoch: 1, seqFrom: 2n ** 53n + 1n, seqUntil: MOST, root: HASH, head: HASH, at: 1_795_000_000 }]);
  assert.deepEqual(asked, [[7, 2]]);
  await assert.rejects(chain.custodian(-1), InvalidArgument);
  await assert.rejects(chain.commits(7, -1), InvalidArgument);
});

test('the heartbeat is the constant of the pallet', () => {
  assert.equal(heartbeatOf(at({ consts: { accessLog: { heartbeat: registry.createType('u64', 86_400) } } })), 86_400);
});

test('a log is begun anew on its head', () => {
  const api = { tx: { accessLog: { beginAnew: (...args: unknown[]) => args } } } as unknown as ApiPromise;
  assert.deepEqual(beginAnew(api, 7, HASH), [7, HASH]);
  assert.throws(() => beginAnew(api, 7, '0x12'), InvalidArgument);
});

test('a chain without access logs is named as such', () => {
  const old = { call: {}, consts: {}, tx: {} };
  for (const use of [
    () => logCommits(at(old)), () => heartbeatOf(at(old)),
    () => commit(old as unknown as ApiPromise, { organisation: 7, seqFrom: 0n, seqUntil: 0n, root: HASH, previous: HASH }),
    () => beginAnew(old as unknown as ApiPromise, 7, HASH),
    () => attestReconciled(old as unknown as ApiPromise, 7, 8, 1, { matched: 0, onlyOurs: 0, onlyTheirs: 0 }),
  ]) assert.throws(use, (error) => error instanceof SalusError && /keeps no heads of access logs/.test(error.message));
});

test('the calls have their arguments in order, and what cannot be meant makes none', () => {
  const api = { tx: { accessLog: { commit: (...args: unknown[]) => args, attestReconciled: (...args: unknown[]) => args } } } as unknown as ApiPromise;
  const next = { organisation: 7, seqFrom: 1n, seqUntil: MOST, root: HASH, previous: `0x${'0b'.repeat(32)}` as const };
  assert.deepEqual(commit(api, next), [7, 1n, MOST, HASH, next.previous]);
  assert.deepEqual(attestReconciled(api, 7, 8, 20_785, { matched: 1, onlyOurs: 2, onlyTheirs: 3 }), [7, 8, 20_785, { matched: 1, onlyOurs: 2, onlyTheirs: 3 }]);
  for (const wrong of [{ organisation: -1 }, { root: '0x' as const }, { previous: '0x12' as const }]) assert.throws(() => commit(api, { ...next, ...wrong }), InvalidArgument);
  for (const [org, other, day] of [[-1, 8, 1], [7, -1, 1], [7, 8, -1]] as const) assert.throws(() => attestReconciled(api, org, other, day, { matched: 0, onlyOurs: 0, onlyTheirs: 0 }), InvalidArgument);
  assert.throws(() => attestReconciled(api, 7, 8, 1, { matched: 2 ** 32, onlyOurs: 0, onlyTheirs: 0 }), InvalidArgument);
});
