/** The command line of `gov` as far as it needs no chain: usage, secrets, exit codes. */
import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { ApiPromise } from '@salus/client';
import { secretIn, signerOf, UsageError } from '@salus/client/node';
import { FakeNode } from '@salus/client/testing';
import { ConnectionFailed, TransactionLost, type SentTransaction } from '@salus/types';
import { momentFrom, secondsFrom } from '@salus/types/time';
import { main, exitCodeOf } from '../node/gov.js';
import { Session } from '../node/gov-session.js';
import { parseCommandLine } from '../node/gov-options.js';
import { BadArgument, buildDecision } from '../governance.js';

let folder: string;
before(async () => { folder = await mkdtemp(join(tmpdir(), 'salus-gov-')); });
after(() => rm(folder, { recursive: true, force: true }));

async function gov(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await main(argv, {}, {
    out: (text) => { out += `${text}\n`; }, err: (text) => { err += `${text}\n`; }, interactive: false,
  });
  return { code, out, err };
}

async function secretFile(mode: number, content: string): Promise<string> {
  const path = join(folder, `key-${mode.toString(8)}-${content.length}`);
  await writeFile(path, content);
  await chmod(path, mode);
  return path;
}

test('help and kinds need no chain', async () => {
  assert.match((await gov()).out, /gov propose KIND/);
  const { code, out } = await gov('kinds');
  assert.equal(code, 0);
  assert.match(out, /appoint-registrar ACCOUNT ORGANISATION KINDS CAPABILITIES UNTIL/);
});

test('a secret on the command line is refused, and not repeated', async () => {
  const mnemonic = 'bottom drive obey lake curtain smoke basket hold race lonely fit walk';
  for (const argv of [
    ['vote', '0x11', 'aye', '--suri', 'hunter2'], ['vote', '0x11', 'aye', '--seed=hunter2'], ['propose', '//hunter2'],
    ['propose', 'add-council-member', `${mnemonic}//hunter2`], ['propose', mnemonic], ['status', '--suri-file', '//hunter2'],
    ['status', `0x${'11'.repeat(32)}//hunter2`],
  ]) {
    const { code, out, err } = await gov(...argv);
    assert.equal(code, 2, argv.join(' '));
    assert.match(err, /a secret does not belong on the command line/);
    assert.ok(!`${out}${err}`.includes('hunter2') && !`${out}${err}`.includes('lonely'), err);
    assert.equal(err.trim().split('\n').length, 1);
  }
});

test('a number of a decision is decimal digits and nothing else', () => {
  const api = { registry: { chainSS58: 42, chainDecimals: [12] } } as unknown as ApiPromise;
  const key = `0x${'11'.repeat(32)}`;
  const wrong = ['02', '+2', '-2', ' 2', '2 ', '0x2', '2e3', ''];
  const decisions: [RegExp, string[], (number: string) => [string, string[]]][] = [
    [/no number of an organisation/, [...wrong, '2.0', '4294967296'], (number) => ['add-validator', [key, number]]],
    [/no whole number/, [...wrong, '2.0', '4294967296'], (number) => ['void-spend', [number]]],
    [/no number of a block/, [...wrong, '2.0', '4294967296'], (number) => ['note-stalled', ['1', number]]],
    [/no whole number of the smallest unit/, [...wrong, '2.0', '1'.repeat(39)], (number) => ['create-asset', ['1', key, number]]],
    [/no amount/, [...wrong, '2.', '.5', '2.5.5', '02.5', '2.-5', '2.5e1', '0.0000000000001'], (number) => ['spend', [number, key]]],
  ];
  for (const [words, numbers, decision] of decisions) {
    for (const number of numbers) {
      assert.throws(() => buildDecision(api, ...decision(number)), (error) => error instanceof BadArgument && words.test(error.message), `${words} ${number}`);
    }
    // There is no chain behind it, but that is found out after the number was read.
    assert.throws(() => buildDecision(api, ...decision('20')), TypeError);
  }
  assert.deepEqual(['02', '+2', '02h', '0x2'].map(secondsFrom), [undefined, undefined, undefined, undefined]);
  assert.deepEqual(['0', '2', '10d'].map(secondsFrom), [0, 2, 864_000]);
  assert.equal(momentFrom('01801353600'), undefined);
});

test('wrong usage ends with 2 and one sentence', async () => {
  for (const [argv, sentence] of [
    [['frobnicate'], /there is no command "frobnicate"/],
    [['add-validator', 'x'], /is a kind of decision: gov build add-validator ACCOUNT ORGANISATION/],
    [['status', '--frob'], /frob/],
    [['status', '--body', 'senate'], /there is no body "senate"/],
    [['status', '--threshold', '0'], /is no threshold/],
    [['upgrade', 'x', '--wait', '0'], /is no time to wait/],
    ...['02', '+2', ' 2', '0x2', '2e0', '2.0', '', '4294967296'].map((number) => [['status', '--threshold', number], /is no threshold/] as const),
    ...['02', '+2', ' 2', '0x2', '2e0', '0.5', '', '86401'].flatMap((number) => [
      [['status', '--timeout', number], /is no time to wait/] as const, [['upgrade', 'x', '--wait', number], /is no time to wait/] as const,
    ]),
    [['status', '--crypto', 'rsa'], /there is no kind of key "rsa"/],
    [['status', '--ws', 'localhost:9944'], /is no address of a node/],
  ] as const) {
    const { code, err } = await gov(...argv);
    assert.equal(code, 2, argv.join(' '));
    assert.match(err, sentence);
    assert.equal(err.trim().split('\n').length, 1, err);
  }
});

test('a file with a secret must be readable by its owner alone', async () => {
  assert.equal(await secretIn(await secretFile(0o600, '//Alice\n')), '//Alice');
  assert.equal(await secretIn(await secretFile(0o400, '//Bob')), '//Bob');
  for (const mode of [0o644, 0o640, 0o604, 0o660]) {
    await assert.rejects(async () => secretIn(await secretFile(mode, '//Alice')), /others can read .*chmod 600/);
  }
  await assert.rejects(async () => secretIn(await secretFile(0o600, '')), /must hold one line/);
  await assert.rejects(async () => secretIn(await secretFile(0o600, 'one\ntwo')), /must hold one line/);
  await assert.rejects(secretIn(join(folder, 'missing')), /there is no file/);
});

test('the key comes from the file, else from the environment, and a wrong one is not repeated', async () => {
  const { options } = parseCommandLine(['status'], {});
  const address = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
  assert.equal((await signerOf(options, { SALUS_SURI: '//Alice' }, 42)).address, address);
  const fromFile = { ...options, suriFile: await secretFile(0o600, '//Alice') };
  assert.equal((await signerOf(fromFile, { SALUS_SURI: '//Bob' }, 42)).address, address);
  await assert.rejects(signerOf(options, {}, 42), /no key to sign with/);
  await assert.rejects(signerOf(options, { SALUS_SURI: 'hunter two three' }, 42), (error: Error) =>
    error instanceof UsageError && !error.message.includes('hunter'));
});

test('options are taken from the environment unless the command line has them', () => {
  assert.equal(parseCommandLine(['status'], { SALUS_WS: 'wss://node' }).options.ws, 'wss://node');
  assert.equal(parseCommandLine(['status', '--ws', 'ws://other'], { SALUS_WS: 'wss://node' }).options.ws, 'ws://other');
  assert.deepEqual(parseCommandLine(['vote', '0x1', 'aye', '-y', '--json'], {}).args, ['0x1', 'aye']);
});

test('the exit code tells wrong usage from what the chain refused', () => {
  assert.equal(exitCodeOf(new UsageError('x')), 2);
  assert.equal(exitCodeOf(new BadArgument('x')), 2);
  assert.equal(exitCodeOf(new ConnectionFailed('x')), 1);
  const sent: SentTransaction = { signer: 'x', nonce: 1, call: 'x', method: '0x00', hashes: [], after: 1, until: 9 };
  assert.equal(exitCodeOf(new TransactionLost('x', 'unknown', sent)), 4);
  assert.equal(exitCodeOf(new TransactionLost('x', 'never', sent)), 1);
});

test('whoever sends waits for as long as --timeout says, and is told then that nobody knows what became of it', { timeout: 60_000 }, async () => {
  // The node takes it, and never says another word of it.
  const node = new FakeNode(() => undefined);
  const { options } = parseCommandLine(['close', '0x11', '--yes', '--timeout', '1'], {});
  const session = Object.assign(Object.create(Session.prototype) as Session, {
    api: node.api, options, result: {}, notPresent: async () => undefined,
    terminal: { out: () => undefined, err: () => undefined, interactive: false },
  });
  const began = Date.now();
  await assert.rejects(session.send(node.call, async () => node.pair, 'a call'), (error) => {
    assert.ok(error instanceof TransactionLost && error.fate === 'unknown', String(error));
    assert.equal(exitCodeOf(error), 4);
    return true;
  });
  assert.ok(Date.now() - began >= 900, 'it did not wait');
  assert.equal(node.sends, 1);
  assert.equal(parseCommandLine(['close', '0x11'], {}).options.timeout, undefined);
});
