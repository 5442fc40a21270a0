/** Starts nodes for the tests: free ports, a temporary folder, and stopped by their own id. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type ApiPromise } from '@salus/client';
import { CHAIN, program, soloSpec } from './chains.js';
import { PATIENCE } from './wait.js';

/** The binary of this repository's node. */
export const binary = (): string => program('salus-node', 'SALUS_NODE');

/** A port that nobody listens on at this moment. */
export const freePort = (): Promise<number> => new Promise((resolve, reject) => {
  const server = createServer();
  server.on('error', reject);
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
  });
});

export interface RunningNode {
  endpoint: string;
  rpcPort: number;
  /** Where it speaks to other nodes, unless its arguments name a listen address. */
  port: number;
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
 * Its database is in `own`, which stays, or else in a folder that goes with it. It takes a free port for its peers unless
 * `args` name a listen address.
 */
export const startNode = (args: readonly string[] = ['--dev', ...soloSpec()], own?: string): Promise<RunningNode> => start(binary(), args, own);

/** Starts a node that makes blocks of the chain that is chosen, alone. `more` is added to how it is started. */
export const startChain = (...more: string[]): Promise<RunningNode> => start(CHAIN.program(), [...CHAIN.development(), ...more]);

async function start(program: string, args: readonly string[], own?: string): Promise<RunningNode> {
  const folder = own ?? await mkdtemp(join(tmpdir(), 'salus-node-'));
  const [rpcPort, port] = [await freePort(), await freePort()];
  const peers = args.includes('--listen-addr') ? [] : ['--port', String(port)];
  const child = spawn(program, [
    ...args, '--base-path', folder, '--rpc-port', String(rpcPort), ...peers, '--no-prometheus',
  ], { stdio: ['ignore', 'ignore', 'pipe'] });
  // Whatever ends this process, the node does not outlive it.
  const abandon = (): void => { child.kill('SIGKILL'); };
  process.once('exit', abandon);
  let said = '';
  const listening = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the node does not listen after ${PATIENCE} s:\n${said}`)), PATIENCE * 1000);
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-8000);
      if (/Running JSON-RPC server/.test(said)) {
        clearTimeout(timer);
        resolve();
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
  try {
    await listening;
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    endpoint: `ws://127.0.0.1:${rpcPort}`, rpcPort, port, stop,
    freeze: () => { child.kill('SIGSTOP'); }, thaw: () => { child.kill('SIGCONT'); },
  };
}

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
