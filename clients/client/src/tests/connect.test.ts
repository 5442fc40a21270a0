/** Whatever goes wrong between a client and its node is an error of this SDK, and comes in time. */
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { mock, test } from 'node:test';
import { ConnectionFailed, NodeError, NodeUnavailable } from '@salus/types';
import { connect } from '../connect.js';
import { Provider, transportError } from '../provider.js';
import { SocketServer } from './socket.js';

// Polkadot.js tells each broken connection on the console as well.
mock.method(console, 'error', () => undefined);
mock.method(console, 'warn', () => undefined);

/** By how much an answer may come later than it must, in milliseconds, on a busy machine: less than if nobody kept the time. */
const GRACE = 15_000;

/** Rejects with `ConnectionFailed`, names the endpoint, and takes no longer than it may. */
async function fails(endpoint: string, timeout: number): Promise<string> {
  const began = Date.now();
  let message = '';
  await assert.rejects(connect(endpoint, { timeout }), (error) => {
    message = String((error as Error).message);
    return error instanceof ConnectionFailed && message.startsWith(endpoint);
  }, endpoint);
  assert.ok(Date.now() - began < timeout + GRACE, `${endpoint}: ${Date.now() - began} ms`);
  return message;
}

test('what is no address of a node is refused at once', async () => {
  for (const endpoint of ['http://127.0.0.1:9944', 'https://node.example', '127.0.0.1:9944', '', 'ws:', 'ws://', 'wss:///path', 'ws://:9944x', 'ws://[::1', 'ws://a b', 'WS://127.0.0.1', 'file:///etc/passwd']) {
    assert.match(await fails(endpoint, 1_000), /begins with ws:\/\/|[Uu]rl|URL/, endpoint);
  }
});

test('a host that is not there, does not answer, or is no node', async (t) => {
  const silent = createServer((socket) => { socket.on('error', () => undefined); });
  await new Promise<void>((resolve) => { silent.listen(0, '127.0.0.1', resolve); });
  const web = await SocketServer.open(() => undefined);
  web.server.removeAllListeners('upgrade');
  const mute = await SocketServer.open(() => undefined);
  t.after(async () => {
    silent.close();
    await Promise.all([web.close(), mute.close()]);
  });
  const ports = [9, (silent.address() as AddressInfo).port, web.port, mute.port];
  await Promise.all(ports.map((port) => fails(`ws://127.0.0.1:${port}`, 700)));
  await fails('ws://no-such-host.invalid:9944', 700);
});

test('a request that is not answered, is refused, or is cut off', async (t) => {
  const server = await SocketServer.open(({ method }) => {
    if (method === 'refused') return { error: { code: 1010, message: 'Invalid Transaction', data: 'Custom error: 160' } };
    return method === 'answered' ? { result: 7 } : undefined;
  });
  const endpoint = `ws://127.0.0.1:${server.port}`;
  const [provider, hasty] = [new Provider(endpoint), new Provider(endpoint, 300)];
  t.after(async () => {
    await Promise.all([provider.disconnect(), hasty.disconnect()]);
    await server.close();
  });
  await Promise.all([provider.isReady, hasty.isReady]);
  assert.equal(await provider.send('answered', []), 7);
  await assert.rejects(provider.send('refused', []), (error) =>
    error instanceof NodeError && error.code === 1010 && error.message === '1010: Invalid Transaction: Custom error: 160');
  const began = Date.now();
  await assert.rejects(hasty.send('unanswered', []), (error) => error instanceof NodeUnavailable && /unanswered: no answer within 0.3 s/.test(error.message));
  assert.ok(Date.now() - began < 300 + GRACE);
  const pending = assert.rejects(provider.send('unanswered', []), (error) => error instanceof NodeUnavailable && /disconnected/.test(error.message));
  server.cut();
  await pending;
  await assert.rejects(provider.send('answered', []), NodeUnavailable);
  // It connects again by itself, and an answer that failed is not kept.
  if (!provider.isConnected) await new Promise<void>((resolve) => { provider.on('connected', () => resolve()); });
  assert.equal(await provider.send('answered', [], true), 7);
});

test('an error of another library says what was asked, and nothing of what was in it', () => {
  const error = transportError(new Error('WebSocket is not connected\nFailed WS Request: {"method":"x","params":["0x5ec7e7"]}'), 'state_call');
  assert.ok(error instanceof NodeUnavailable);
  assert.equal(error.message, 'state_call: WebSocket is not connected');
});
