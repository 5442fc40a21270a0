/** Starts nodes for the tests: ports of their own, a temporary folder, and stopped by their own id. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type ApiPromise } from '@salus/client';
import { CHAIN, program, runtimeCache, soloSpec } from './chains.js';
import { rpc } from './rpc.js';
import { PATIENCE, until } from './wait.js';

/** The binary of this repository's node. */
export const binary = (): string => program('salus-node', 'SALUS_NODE');

/** The port in the line in which a node tells where it answers requests. It listens on 127.0.0.1 first. */
const RPC_SERVER = /Running JSON-RPC server: addr=127\.0\.0\.1:(\d+)[,\s]/;

/** Those that `fixedPort` has given already: a node that is not started yet does not hold its own. */
const given = new Set<number>();

/**
 * A port for a node that must have one before it starts: because others are told of it by then, or because it comes back on it
 * after a stop. All other nodes are started with port 0 and asked for the one that they got. Nobody holds it meanwhile, so it is one
 * below 32768, from where on the kernel gives ports to whoever asks for any.
 */
export async function fixedPort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (!given.has(port) && await isFree(port)) {
      given.add(port);
      return port;
    }
  }
}

const isFree = (port: number): Promise<boolean> => new Promise((resolve) => {
  const server = createServer();
  server.once('error', () => resolve(false));
  server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
});

export interface RunningNode {
  endpoint: string;
  rpcPort: number;
  /** Where other nodes reach it, with its name among them. */
  peerAddress: () => Promise<string>;
  /** Stops it at once as if the machine stood still, and lets it go on. */
  freeze: () => void;
  thaw: () => void;
  /** Ends it, and removes its folder unless that is the caller's. */
  stop: () => Promise<void>;
}

const ended = (child: ChildProcess): Promise<void> => new Promise((resolve) => {
  if (child.exitCode !== null || child.signalCode !== null) resolve();
  else child.once('exit', () => resolve());
});

/**
 * Starts a node of this repository and resolves once it listens: a development node, unless `args` say which chain and role.
 * Its database is in `own`, which stays, or else in a folder that goes with it.
 */
export const startNode = (args: readonly string[] = ['--dev', ...soloSpec()], own?: string): Promise<RunningNode> => start(binary(), [...args, ...runtimeCache()], own);

/** Starts a node that makes blocks of the chain that is chosen, alone. `more` is added to how it is started. */
export const startChain = (...more: string[]): Promise<RunningNode> => start(CHAIN.program(), [...CHAIN.development(), ...more]);

async function start(program: string, args: readonly string[], own?: string): Promise<RunningNode> {
  const folder = own ?? await mkdtemp(join(tmpdir(), 'salus-node-'));
  // The kernel chooses both ports. A port that was free a moment ago may be taken by now: then a node ends, or answers requests
  // on another one and says so in its log alone.
  const peers = args.includes('--listen-addr') ? [] : ['--port', '0'];
  const metrics = args.includes('--prometheus-port') ? [] : ['--no-prometheus'];
  const child = spawn(program, [
    ...args, '--base-path', folder, '--rpc-port', '0', ...peers, ...metrics,
  ], { stdio: ['ignore', 'ignore', 'pipe'] });
  // Whatever ends this process, the node does not outlive it.
  const abandon = (): void => { child.kill('SIGKILL'); };
  process.once('exit', abandon);
  let said = '';
  const listening = new Promise<number>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the node does not listen after ${PATIENCE} s:\n${said}`)), PATIENCE * 1000);
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-8000);
      const [, port] = RPC_SERVER.exec(said) ?? [];
      if (port !== undefined) {
        clearTimeout(timer);
        resolve(Number(port));
      }
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the node ended with ${code}:\n${said}`));
    });
    child.once('error', reject);
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGCONT');
    child.kill('SIGTERM');
    await ended(child);
    process.off('exit', abandon);
    if (own === undefined) await rm(folder, { recursive: true, force: true });
  };
  let rpcPort: number;
  try {
    rpcPort = await listening;
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    endpoint: `ws://127.0.0.1:${rpcPort}`, rpcPort, stop,
    peerAddress: () => peerAddress(`http://127.0.0.1:${rpcPort}`),
    freeze: () => { child.kill('SIGSTOP'); }, thaw: () => { child.kill('SIGCONT'); },
  };
}

/** The address for peers of a node on this machine, once it has one. */
const peerAddress = (url: string): Promise<string> => until('the node listens for peers', async () => {
  const addresses = await rpc<string[]>(url, 'system_localListenAddresses');
  return addresses.find((address) => address.startsWith('/ip4/127.0.0.1/tcp/'));
});

/** A connection to a node that may be busy. */
export const reach = (endpoint: string): Promise<ApiPromise> => connect(endpoint, { timeout: PATIENCE * 1000 });

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end; one that does not end is stopped and told so. */
export async function run(command: string, args: string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const ended: Ended = { code: null, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => { ended.stdout += text; });
  child.stderr.setEncoding('utf8').on('data', (text: string) => { ended.stderr += text; });
  const timer = setTimeout(() => {
    ended.stderr += `\nstopped after ${PATIENCE} s`;
    child.kill('SIGKILL');
  }, PATIENCE * 1000);
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      ended.code = code;
      resolve();
    });
  });
  clearTimeout(timer);
  return ended;
}

/** The raw specification of the preset `dev`, as this repository's node exports it for others. */
export async function developmentSpec(): Promise<string> {
  const { code, stdout, stderr } = await run(binary(), ['export-chain-spec', '--chain', 'dev', '--raw']);
  if (code !== 0) throw new Error(`the node does not export its specification:\n${stderr.slice(-2_000)}`);
  return stdout;
}

/** The chain that `SALUS_WS` names, or one of our own. */
export async function chain(): Promise<{ endpoint: string; stop: () => Promise<void> }> {
  const endpoint = process.env['SALUS_WS'];
  return endpoint ? { endpoint, stop: async () => undefined } : startChain();
}
