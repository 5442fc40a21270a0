/** Gateways of custodians, each with a folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { randomBytes } from 'node:crypto';
import { run } from './node.js';

const TOKEN = 'a-token-of-the-house-that-is-long-enough';

/** The program, which `SALUS_GATEWAY` names, or that a build left in the usual folders. */
function program(): string {
  const target = process.env['CARGO_TARGET_DIR'] ?? join(homedir(), '.cache/salus/target');
  const own = fileURLToPath(new URL('../../exchange/target', import.meta.url));
  const candidates = [process.env['SALUS_GATEWAY'], ...[join(target, 'exchange'), own].map((folder) => join(folder, 'debug/salus-gateway'))];
  const found = candidates.find((path) => path && existsSync(path));
  if (!found) throw new Error('no salus-gateway found; build it in exchange/ with `cargo build --locked -p salus-gateway`, or name it in SALUS_GATEWAY.');
  return found;
}

/** An answer over HTTP. */
export interface Answer {
  status: number;
  body: string;
  /** The body as JSON. */
  json: () => unknown;
}

async function answered(request: Promise<Response>): Promise<Answer> {
  const response = await request;
  const body = await response.text();
  return { status: response.status, body, json: () => JSON.parse(body) as unknown };
}

/** A gateway that listens. */
export interface Gateway {
  /** Where others ask. */
  outside: string;
  /** Asks as the house: GET, or POST if there is a body. */
  house: (path: string, body?: string) => Promise<Answer>;
  /** Asks as others do, with a signed request. */
  ask: (path: string, signed: unknown) => Promise<Answer>;
  /** The entries of its access log. */
  log: () => Promise<Record<string, unknown>[]>;
  stop: () => Promise<void>;
}

/** How a gateway is set up. */
export interface GatewayOptions {
  folder: string;
  organisation: number;
  /** The WebSocket of its node, which serves HTTP too. */
  endpoint: string;
  genesis: string;
  /** The seed of the Ed25519 key with which it asks others. */
  seed?: Uint8Array;
  /** The seed of the Ed25519 key of a data steward, with which it hands in to the chain. Without one it hands nothing in. */
  steward?: Uint8Array;
}

/** Writes a gateway's configuration, has it checked with its node, and starts it. */
export async function startGateway({ folder, organisation, endpoint, genesis, seed = randomBytes(32), steward }: GatewayOptions): Promise<Gateway> {
  await mkdir(folder, { recursive: true });
  const secret = (name: string, text: string) => writeFile(join(folder, name), text, { mode: 0o600 });
  const hex = (bytes: Uint8Array) => `0x${Buffer.from(bytes).toString('hex')}`;
  await secret('vault.key', hex(randomBytes(32)));
  await secret('signing.key', hex(seed));
  await secret('token', TOKEN);
  if (steward) await secret('chain.key', hex(steward));
  const file = join(folder, 'gateway.toml');
  await writeFile(file, `organisation = ${organisation}
data = "${folder}"
vault_key = "${folder}/vault.key"
signing_key = "${folder}/signing.key"
[outside]
listen = "127.0.0.1:0"
url = "https://gateway.example"
[inside]
listen = "127.0.0.1:0"
token = "${folder}/token"
[chain]
node = "${endpoint.replace(/^ws/, 'http')}"
genesis = "${genesis}"
kind = "solo"
${steward ? `key = "${folder}/chain.key"` : ''}
`);
  const checked = await run(program(), ['check-config', file, '--with-node']);
  if (checked.code !== 0) throw new Error(`the gateway's configuration has faults:\n${checked.stdout}${checked.stderr}`);
  const child = spawn(program(), ['run', file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => { child.once('exit', () => resolve()); });
  const [outside, inside] = await listening(child);
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/fhir+json' };
  const house = (path: string, body?: string) =>
    answered(fetch(`${inside}${path}`, body === undefined ? { headers } : { method: 'POST', headers, body }));
  return {
    outside, house,
    ask: (path, signed) => answered(fetch(`${outside}${path}`, {
      headers: { authorization: `Salus-Signed ${Buffer.from(JSON.stringify(signed)).toString('base64url')}` },
    })),
    log: async () => (await house('/log')).body.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** The two addresses, from its first line. */
function listening(child: ChildProcess): Promise<[string, string]> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the gateway ended with ${code}`)));
    if (!child.stdout) throw new Error('the gateway has no output');
    createInterface(child.stdout).once('line', (line) => {
      const found = /^listening outside (\S+) inside (\S+)$/.exec(line);
      if (found?.[1] && found[2]) resolve([`http://${found[1]}`, `http://${found[2]}`]);
      else reject(new Error(`the gateway says ${line}`));
    });
  });
}
