/** How long a node takes from its start to its first answer over RPC: the first time, and with the runtime that it compiled then. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binary, fixedPort } from '../node.js';
import { quantile } from '../quantile.js';
import { until } from '../wait.js';

async function startOnce(folder: string): Promise<number> {
  const port = await fixedPort();
  const start = performance.now();
  const node = spawn(binary(), [
    '--dev', '--base-path', join(folder, 'chain'), '--runtime-cache-path', join(folder, 'runtimes'), '--rpc-port', String(port), '--port', '0', '--no-prometheus',
  ], { stdio: 'ignore' });
  try {
    await until('the node answers', async () => {
      const answer = await fetch(`http://127.0.0.1:${port}`, {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'state_getRuntimeVersion' }),
      });
      return answer.ok;
    }, { every: 10, retryErrors: true });
    return (performance.now() - start) / 1000;
  } finally {
    const ended = new Promise((resolve) => { node.once('exit', resolve); });
    node.kill('SIGTERM');
    await ended;
  }
}

/** In seconds. */
export async function starts(again: number): Promise<{ first: number; second: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'salus-start-'));
  try {
    const first = await startOnce(folder);
    const later: number[] = [];
    for (let nth = 0; nth < again; nth += 1) later.push(await startOnce(folder));
    return { first, second: quantile(later, 0.5) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
