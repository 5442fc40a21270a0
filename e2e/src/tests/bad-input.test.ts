/** Bad input at the node: one clear line that names the cause, and a non-zero exit. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, after, test } from 'node:test';
import { needs } from '../chains.js';
import { binary, run } from '../node.js';

let folder: string;
before(async () => { folder = await mkdtemp(join(tmpdir(), 'salus-bad-')); });
after(() => rm(folder, { recursive: true, force: true }));

/** Runs the node with ports that the kernel chooses; asserts that it ends by itself with one line of error. */
async function refused(args: string[], cause: RegExp): Promise<void> {
  const ports = ['--no-prometheus', '--no-telemetry'];
  if (!args.includes('--port')) ports.push('--port', '0');
  if (!args.includes('--rpc-port')) ports.push('--rpc-port', '0');
  const { code, stdout, stderr } = await run(binary(), [...ports, ...args]);
  assert.ok(code !== null && code !== 0, `it ended with ${code}:\n${stderr}`);
  const errors = stderr.split('\n').filter((line) => line.startsWith('Error: '));
  assert.equal(errors.length, 1, `not one line of error:\n${stdout}${stderr}`);
  assert.match(errors[0] as string, cause);
  assert.doesNotMatch(stderr, /panicked|RUST_BACKTRACE|stack backtrace/);
}

test('a malformed chain specification', needs('node'), async () => {
  const path = join(folder, 'chain.json');
  await writeFile(path, '{ "name": "Broken", ');
  await refused(['--chain', path, '--base-path', join(folder, 'a')], /chain\.json/);
});

test('a chain specification without a genesis', needs('node'), async () => {
  const path = join(folder, 'empty.json');
  await writeFile(path, '{}');
  await refused(['--chain', path, '--base-path', join(folder, 'b')], /empty\.json/);
});

test('a chain that does not exist', needs('node'), () =>
  refused(['--chain', join(folder, 'nowhere.json'), '--base-path', join(folder, 'c')], /nowhere\.json/));

test('a busy RPC port, and a busy peer-to-peer port', needs('node'), async (t) => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => { server.once('listening', resolve); });
  t.after(() => server.close());
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await refused(['--dev', '--base-path', join(folder, 'd'), '--rpc-port', String(port)], new RegExp(`${port}`));
  const all = createServer().listen(0, '0.0.0.0');
  await new Promise((resolve) => { all.once('listening', resolve); });
  t.after(() => all.close());
  const other = all.address();
  const second = typeof other === 'object' && other ? other.port : 0;
  await refused(['--dev', '--base-path', join(folder, 'e'), '--port', String(second)], new RegExp(`${second}`));
});

test('a base path that cannot be written', needs('node'), async () => {
  // Below a file: nobody can make a folder there, not even root.
  const file = join(folder, 'file');
  await writeFile(file, '');
  await refused(['--dev', '--base-path', join(file, 'below')], /file\/below/);
});

test('no chain chosen', needs('node'), () => refused(['--base-path', join(folder, 'f')], /--dev/));
