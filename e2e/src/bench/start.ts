/** How long a node takes from its start to its first answer over RPC: the first time, and with the runtime that it compiled then. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binary, developmentSpec, fixedPort } from '../node.js';
import { quantile } from '../quantile.js';
import { PATIENCE, until } from '../wait.js';

export interface Served {
  endpoint: string;
  /** From its start to its first answer. */
  seconds: number;
  stop: () => Promise<void>;
}

/** Starts a node, and waits until it answers: for `limit` seconds, since one with a large genesis takes minutes. */
export async function serve(args: readonly string[], limit = PATIENCE): Promise<Served> {
  const port = await fixedPort();
  const start = performance.now();
  const node = spawn(binary(), [...args, '--rpc-port', String(port), '--port', '0', '--no-prometheus'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let [said, over] = ['', false];
  node.stderr.setEncoding('utf8').on('data', (text: string) => { said = (said + text).slice(-4_000); });
  const ended = new Promise<void>((resolve) => {
    const end = (): void => { over = true; resolve(); };
    node.once('exit', end);
    node.once('error', end);
  });
  // Whatever ends this process, the node does not outlive it.
  const abandon = (): void => { node.kill('SIGKILL'); };
  process.once('exit', abandon);
  const stop = async (): Promise<void> => {
    node.kill('SIGTERM');
    await ended;
    process.off('exit', abandon);
  };
  try {
    await until('the node answers', async () => {
      const answer = await fetch(`http://127.0.0.1:${port}`, {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'state_getRuntimeVersion' }),
      }).catch(() => undefined);
      if (over) throw new Error(`the node ended:\n${said}`);
      return answer?.ok;
    }, { every: 10, limit });
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint: `ws://127.0.0.1:${port}`, seconds: (performance.now() - start) / 1000, stop };
}

async function startOnce(folder: string): Promise<number> {
  const { seconds, stop } = await serve(['--chain', join(folder, SPEC), '--base-path', join(folder, 'chain'), '--runtime-cache-path', join(folder, 'runtimes')]);
  await stop();
  return seconds;
}

const SPEC = 'raw.json';

/** In seconds. By a raw specification, as every network has one: `--dev` makes its genesis anew at each start, by a runtime that it compiles for that. */
export async function starts(again: number): Promise<{ first: number; second: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'salus-start-'));
  try {
    await writeFile(join(folder, SPEC), await developmentSpec());
    const first = await startOnce(folder);
    const later: number[] = [];
    for (let nth = 0; nth < again; nth += 1) later.push(await startOnce(folder));
    return { first, second: quantile(later, 0.5) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
