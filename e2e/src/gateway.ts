/** Gateways of custodians, each with a folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { randomBytes } from 'node:crypto';
import type { ProfileKey, SignedRequest } from '@salus/exchange';
import type { LogEntry } from '@salus/types';
import { CHAIN, type Chain } from './chains.js';
import { run, type Ended } from './node.js';

/** The program, which `SALUS_GATEWAY` names, or that a build left in the usual folders. */
export function gatewayProgram(): string {
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
  header: (name: string) => string | null;
}

async function answered(request: Promise<Response>): Promise<Answer> {
  const response = await request;
  const body = await response.text();
  return { status: response.status, body, json: () => JSON.parse(body) as unknown, header: (name) => response.headers.get(name) };
}

/** The code of an OperationOutcome; the whole body if it is none. */
export function codeOf({ body }: Pick<Answer, 'body'>): string {
  try {
    const { issue } = JSON.parse(body) as { issue: { details: { coding: { code: string }[] } }[] };
    return issue[0]?.details.coding[0]?.code ?? body;
  } catch {
    return body;
  }
}

const hex = (bytes: Uint8Array): string => `0x${Buffer.from(bytes).toString('hex')}`;

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Where others reach each gateway, as it is told. */
export const URL_OF_GATEWAYS = 'https://gateway.example';

/** How a gateway is set up. */
export interface GatewayOptions {
  folder: string;
  organisation: number;
  /** The WebSocket of its node, which serves HTTP too. */
  endpoint: string;
  genesis: string;
  /** The seed of the Ed25519 key with which it asks others. */
  seed?: Uint8Array;
  /** How often it commits to its log, in seconds, if not once a day. */
  headsEvery?: number;
  /** The base URL of the house's FHIR server, from which it takes what is new there. */
  fhirServer?: string;
  /** How often it looks there for what is new, in seconds; 10, which is as often as it may, unless told. */
  fhirEvery?: number;
  /** How many requests a second one organisation may make, if not as many as usual. */
  rate?: number;
  /** Whether what it says of itself goes into the file `gateway.log` of its folder, and not to this process's standard error. */
  quiet?: boolean;
  /** By whose clock it tells the present, if not as all gateways of the chain do: that of a development chain whose clock was moved. */
  clock?: Chain['clock'];
  /** Further sections of its configuration. */
  more?: string;
}

/** How the house asks its gateway: GET, or POST if there is a body, unless told. */
export interface HouseOptions {
  method?: 'DELETE';
  type?: 'application/fhir+json' | 'application/fhir+ndjson';
}

/** What a gateway counts for researchers. */
export interface Counted {
  /** A researcher's mailbox, and the token that it gave the house. */
  mailbox: { url: string; token: string };
  /** The value sets of which queries may be, as JSON. */
  values: string;
  /** Its datasets, each with what a query of it costs, in millionths of epsilon. Their epochs are published from here. */
  datasets: readonly { id: number; epsilon: number }[];
}

interface Running {
  child: ChildProcess;
  ended: Promise<void>;
  outside: string;
  inside: string;
}

/** The program in a folder of its own, which can be stopped, killed, and started anew. Others find it where they found it first; the house does not. */
export class Gateway {
  #running: Running | undefined;

  private constructor(
    readonly folder: string,
    private readonly token: string,
    private readonly quiet: boolean,
  ) {}

  /** Writes its secrets and its configuration, and has that checked with its node. */
  static async configure(options: GatewayOptions): Promise<Gateway> {
    const { folder, organisation, endpoint, genesis, seed = randomBytes(32), headsEvery, fhirServer, fhirEvery = 10, rate, quiet = false, clock = CHAIN.clock, more = '' } = options;
    await mkdir(folder, { recursive: true });
    const token = randomBytes(32).toString('hex');
    const gateway = new Gateway(folder, token, quiet);
    await gateway.#secret('vault.key', hex(randomBytes(32)));
    await gateway.#secret('signing.key', hex(seed));
    await gateway.#secret('inside.token', token);
    const file = join(folder, 'gateway.toml');
    await writeFile(file, `organisation = ${organisation}
data = "${folder}"
vault_key = "${folder}/vault.key"
signing_key = "${folder}/signing.key"
[outside]
listen = "127.0.0.1:0"
url = "${URL_OF_GATEWAYS}"
[inside]
listen = "127.0.0.1:0"
token = "${folder}/inside.token"
${headsEvery === undefined ? '' : `[log]\nevery = ${headsEvery}\n`}${rate === undefined ? '' : `[limits]\nrate = ${rate}\n`}${fhirServer === undefined ? '' : `[upstream]\nurl = "${fhirServer}"\ningest = true\nevery = ${fhirEvery}\n`}${more}[chain]
node = "${endpoint.replace(/^ws/, 'http')}"
genesis = "${genesis}"
kind = "${CHAIN.name}"
${clock === 'chain' ? 'clock = "chain"\n' : ''}${CHAIN.name === 'solo' ? 'finality = "believed"\n' : ''}`);
    const checked = await run(gatewayProgram(), ['check-config', file, '--with-node']);
    if (checked.code !== 0) throw new Error(`the gateway's configuration has faults:\n${checked.stdout}${checked.stderr}`);
    return gateway;
  }

  /** Starts it, and waits until it listens. */
  async start(): Promise<void> {
    if (this.#running) throw new Error('the gateway runs already');
    const log = this.quiet ? openSync(join(this.folder, 'gateway.log'), 'a') : undefined;
    const child = spawn(gatewayProgram(), ['run', join(this.folder, 'gateway.toml')], { stdio: ['ignore', 'pipe', log ?? 'inherit'] });
    if (log !== undefined) closeSync(log);
    // Whatever ends this process, the gateway does not outlive it.
    const abandon = (): void => { child.kill('SIGKILL'); };
    process.once('exit', abandon);
    const ended = new Promise<void>((resolve) => {
      child.once('exit', () => {
        process.off('exit', abandon);
        resolve();
      });
    });
    const [outside, inside] = await listening(child);
    this.#running = { child, ended, outside, inside };
    await this.#rewrite((text) => text.replace('[outside]\nlisten = "127.0.0.1:0"', `[outside]\nlisten = "${outside.slice('http://'.length)}"`));
  }

  get #now(): Running {
    if (!this.#running) throw new Error('the gateway does not run');
    return this.#running;
  }

  /** Gives it the seed of the Ed25519 key of a data steward, and starts it anew: from now on it hands in to the chain by itself. */
  async handIn(steward: Uint8Array): Promise<void> {
    await this.stop();
    await this.#secret('chain.key', hex(steward));
    // The section of the chain is the last one.
    await appendFile(join(this.folder, 'gateway.toml'), `key = "${this.folder}/chain.key"\n`);
    await this.start();
  }

  /** Tells it where another organisation's gateway is, which stands on this host too, and starts it anew. */
  async knows(organisation: number, url: string): Promise<void> {
    await this.stop();
    await this.#rewrite((text) => text.replace('[chain]\n', `[[others.gateway]]\norganisation = ${organisation}\nurl = "${url}"\nlocal = true\n[chain]\n`));
    await this.start();
  }

  async #rewrite(change: (text: string) => string): Promise<void> {
    const file = join(this.folder, 'gateway.toml');
    await writeFile(file, change(await readFile(file, 'utf8')));
  }

  /**
   * Has it count for researchers, and starts it anew: it draws a key for answers, whose public part is answered, as the house's profile has
   * it. It must hand in by itself before.
   */
  async counts({ mailbox, values, datasets }: Counted): Promise<ProfileKey> {
    await this.stop();
    await this.#secret('mailbox.token', mailbox.token);
    await writeFile(join(this.folder, 'values.json'), values);
    const file = join(this.folder, 'gateway.toml');
    await appendFile(file, `[research]
key = "${this.folder}/counts.key"
kid = "counts-1"
every = 10
[[research.mailbox]]
url = "${mailbox.url}"
token = "${this.folder}/mailbox.token"
plain_http = true
${datasets.map(({ id, epsilon }) => `[[research.dataset]]\nid = ${id}\nvalues = ["${this.folder}/values.json"]\nepsilon = ${epsilon}\npublish = true\n`).join('')}`);
    const { code, stdout, stderr } = await run(gatewayProgram(), ['research-key', file, '--new']);
    if (code !== 0) throw new Error(`the gateway draws no key for answers:\n${stdout}${stderr}`);
    await this.start();
    return JSON.parse(stdout) as ProfileKey;
  }

  /** What a steward asks the gateway that runs about the epochs of a dataset, with `salus-gateway research-epoch`. */
  async researchEpoch(dataset: number, ...more: string[]): Promise<Ended> {
    // Where the house asks is a port that was free when it started: a file beside its own one tells it.
    const file = join(this.folder, 'asking.toml');
    const text = await readFile(join(this.folder, 'gateway.toml'), 'utf8');
    await writeFile(file, text.replace('[inside]\nlisten = "127.0.0.1:0"', `[inside]\nlisten = "${this.inside.slice('http://'.length)}"`));
    return run(gatewayProgram(), ['research-epoch', file, String(dataset), ...more]);
  }

  #secret(name: string, text: string): Promise<void> {
    return writeFile(join(this.folder, name), text, { mode: 0o600 });
  }

  /** The number of its process. */
  get pid(): number {
    return this.#now.child.pid ?? 0;
  }

  /** Where others ask. */
  get outside(): string {
    return this.#now.outside;
  }

  /** Where the house asks. */
  get inside(): string {
    return this.#now.inside;
  }

  /** Asks as the house. */
  house(path: string, body?: string | Uint8Array, { method, type = 'application/fhir+json' }: HouseOptions = {}): Promise<Answer> {
    const headers = { authorization: `Bearer ${this.token}`, 'content-type': type };
    return answered(fetch(`${this.inside}${path}`, body === undefined ? { headers, method: method ?? 'GET' } : { method: 'POST', headers, body: typeof body === 'string' ? body : new Uint8Array(body) }));
  }

  /** Asks as others do, with a signed request. */
  ask(path: string, signed: SignedRequest): Promise<Answer> {
    return answered(this.begin(path, signed));
  }

  /** Asks as others do, with headers that say who asks. */
  askWith(path: string, headers: Record<string, string>): Promise<Answer> {
    return answered(fetch(`${this.outside}${path}`, { headers }));
  }

  /** Posts a form outside. */
  form(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Answer> {
    return answered(fetch(`${this.outside}${path}`, { method: 'POST', headers, body: new URLSearchParams(fields) }));
  }

  /** Asks with a signed request; answered as soon as the answer begins. */
  begin(path: string, signed: SignedRequest): Promise<Response> {
    return fetch(`${this.outside}${path}`, { headers: { authorization: `Salus-Signed ${base64url(signed)}` } });
  }

  /** The entries of its access log, from that number on. */
  async log(from = 0): Promise<LogEntry[]> {
    const entries: LogEntry[] = [];
    for (;;) {
      const lines = (await this.house(`/log?from=${from + entries.length}`)).body.split('\n').filter((line) => line !== '');
      if (lines.length === 0) return entries;
      entries.push(...lines.map((line) => JSON.parse(line) as LogEntry));
    }
  }

  /** Lets it finish what was begun, and ends it. */
  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  /** Ends it at once, whatever it does. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    running?.child.kill(signal);
    await running?.ended;
  }

  /** The last lines that it said of itself, if they are kept. */
  async said(): Promise<string> {
    return this.quiet ? (await readFile(join(this.folder, 'gateway.log'), 'utf8')).split('\n').slice(-20).join('\n') : '';
  }
}

/** Sets a gateway up, and starts it. It hands nothing in by itself yet. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const gateway = await Gateway.configure(options);
  await gateway.start();
  return gateway;
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
