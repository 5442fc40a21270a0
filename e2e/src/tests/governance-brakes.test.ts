/** What stops calls for everybody: safe mode, and the pause of single calls. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import type { KeyringPair } from '@polkadot/keyring/types';
import { governance as gov } from '@salus/governance';
import { DispatchFailed } from '@salus/types';
import { govern, isFiltered, type Governing } from '../governing.js';

let all: Governing;
let api: ApiPromise;
let newcomer: KeyringPair;
let done: Governing['done'];
let refused: Governing['refused'];
let send: Governing['send'];
let carry: Governing['carry'];

before(async () => {
  all = await govern();
  ({ api, newcomer, done, refused, send, carry } = all);
});

after(() => all?.stop());

test('safe mode: either body enters it, transfers stop, governance goes on, and the Council ends it', async () => {
  await refused(2, /either body can decide this/, ['propose', 'enter-safe-mode'], 'Alice');
  const { inspection } = await done(['build', 'enter-safe-mode', '--body', 'technical']);
  assert.match(inspection.changes.join('\n'), /Lasts \d+ blocks .* ends by itself[^]*Stops: [^]*Goes on: /);
  await carry('technicalCommittee', gov.enterSafeMode(api));
  const { safeMode } = await done(['status']);
  assert.ok(safeMode.until > 0);
  const transfer = api.tx.balances.transferKeepAlive(newcomer.address, 10n ** 12n);
  await assert.rejects(send(transfer), isFiltered);
  const again = await done(['build', 'enter-safe-mode', '--body', 'technical']);
  assert.match(again.inspection.obstacles.join(), /safe mode is on already/);
  assert.match((await done(['build', 'exit-safe-mode', '--body', 'technical'])).inspection.refusals.join(), /takes the Council/);
  await carry('council', gov.exitSafeMode(api));
  assert.equal((await done(['status'])).safeMode, null);
  await send(transfer);
});

test('one call is paused for everybody, and what revokes cannot be', async () => {
  const transfer = api.tx.balances.transferKeepAlive(newcomer.address, 10n ** 12n);
  await carry('technicalCommittee', gov.pauseCall(api, 'balances.transferKeepAlive'));
  assert.deepEqual((await done(['status'])).paused, [['Balances', 'transfer_keep_alive']]);
  await assert.rejects(send(transfer), isFiltered);
  await carry('technicalCommittee', gov.unpauseCall(api, 'Balances.transfer_keep_alive'));
  await send(transfer);
  const unpausable = await done(['build', 'pause', 'consent.revoke', '--body', 'council']);
  assert.match(unpausable.inspection.obstacles.join(), /Unpausable/);
  await refused(2, /has no call consent\.everything/, ['build', 'pause', 'consent.everything']);
  await assert.rejects(carry('council', gov.pauseCall(api, 'consent.revoke')), (error: Error) => error instanceof DispatchFailed && error.error === 'Unpausable');
});

test('the chain pauses every call that the tool says can be paused, and no other', async () => {
  const { tx } = api;
  const names = Object.entries(tx).flatMap(([pallet, calls]) => Object.keys(calls).map((method) => `${pallet}.${method}`));
  // Each pause ends at once, inside the motion that makes it.
  const all = tx.utility.forceBatch(names.flatMap((name) => [gov.pauseCall(api, name), gov.unpauseCall(api, name)]));
  const made = gov.proposedAs(await send(await gov.propose(api, 'technicalCommittee', all)), 'technicalCommittee');
  assert.ok(made);
  const motion = await gov.findMotion(api, made.hash, 'technicalCommittee');
  await Promise.all((['Alice', 'Bob'] as const).map((name) => send(gov.vote(api, motion, true), name)));
  const failed = await send(await gov.close(api, motion), 'Dave').then(() => undefined, (error: Error) => error);
  assert.ok(failed instanceof DispatchFailed && failed.blockHash, 'what cannot be paused fails, and the batch goes on');
  const events = await (await api.at(failed.blockHash)).query.system.events();
  const paused = events.filter(({ event }) => event.section === 'txPause' && event.method === 'CallPaused')
    .map(({ event }) => (event.data[0] as unknown as { toUtf8(): string }[]).map((part) => part.toUtf8()).join('.'));
  const pausable = names.filter((name) => !gov.isNeverPaused(name)).map((name) => Object.values(gov.nameInMetadata(api, name)).join('.'));
  assert.ok(pausable.length > 50 && pausable.length < names.length);
  assert.deepEqual(paused.sort(), pausable.sort());
  assert.deepEqual((await done(['status'])).paused, []);
});

