/** A researcher as one works: the program `salus-research` and a folder, from which sites pull jobs. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { shownProfile, type Profile } from '@salus/exchange';
import type { answers } from '@salus/research';
import { ResearchFolder, type SiteOutcome, type SiteToken } from '@salus/research/node';
import { CHAIN, RELAY } from './chains.js';
import { run } from './node.js';
import { PATIENCE } from './wait.js';

const PROGRAM = fileURLToPath(new URL('../../clients/research/bin/salus-research.js', import.meta.url));

/** What `ask` answers, and `collect` for each query. */
export interface Told {
  sites: SiteOutcome[];
  /** Between how many and how many people the sites that answered have together; nothing if none did. */
  range?: { least: number; most: number };
}

/** What the program printed, and how it ended: 0 all is well, 3 something was refused or is missing. */
export interface Ran<T> {
  code: number | null;
  told: T;
}

/** Runs a command of `salus-research` that answers with JSON. */
export async function salusResearch<T>(...args: string[]): Promise<Ran<T>> {
  const { code, stdout, stderr } = await run(process.execPath, [PROGRAM, ...args, '--json']);
  if (code !== 0 && code !== 3) throw new Error(`salus-research ${args[0]} ended with ${code}: ${stdout}${stderr}`);
  return { code, told: JSON.parse(stdout) as T };
}

/** How `salus-research` is told which chain, and by whose clock it tells the present. */
export const chainArguments = (endpoint: string, genesis: string, clock = CHAIN.clock): string[] =>
  ['--node', endpoint, '--genesis', genesis, ...clock === 'chain' ? ['--chain-clock'] : []];

export class Researcher {
  #server: ChildProcess | undefined;
  readonly #tokens: SiteToken[] = [];

  private constructor(
    readonly folder: string,
    private readonly chain: readonly string[],
    private readonly suri: string,
  ) {}

  /** Makes a folder of its own, for the account with that seed. */
  static async open(folder: string, endpoint: string, genesis: string, seed: Uint8Array): Promise<Researcher> {
    for (const name of ['', 'profiles']) await mkdir(join(folder, name), { recursive: true, mode: 0o700 });
    const suri = join(folder, 'account.suri');
    await writeFile(suri, `0x${Buffer.from(seed).toString('hex')}\n`, { mode: 0o600 });
    return new Researcher(folder, chainArguments(endpoint, genesis), suri);
  }

  /** A token for a site, which is handed over by other means. It is asked about these datasets. */
  async admit(custodian: number, datasets: number[]): Promise<string> {
    const token = randomBytes(32).toString('hex');
    this.#tokens.push({ custodian, datasets, token });
    await writeFile(join(this.folder, 'tokens.json'), JSON.stringify(this.#tokens), { mode: 0o600 });
    return token;
  }

  /** Keeps what a custodian has handed over: the document of the keys that sign its answers. */
  keep(custodian: number, profile: Profile): Promise<void> {
    return writeFile(join(this.folder, 'profiles', `${custodian}.json`), shownProfile(custodian, profile));
  }

  /** Serves the mailbox. Answers its address. */
  async serve(): Promise<string> {
    if (this.#server) throw new Error('the mailbox is served already');
    const child = spawn(process.execPath, [PROGRAM, 'serve', '--folder', this.folder, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#server = child;
    // Whatever ends this process, the mailbox does not outlive it.
    process.once('exit', () => { child.kill('SIGKILL'); });
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`the mailbox ended with ${code}`)));
      createInterface(child.stdout).once('line', (line) => {
        const [, url] = /^Mailbox 0x[0-9a-f]{64} for .* at (http:\/\/\S+:\d+)\. /.exec(line) ?? [];
        if (url === undefined) reject(new Error(`salus-research serve says ${line}`));
        else resolve(url);
      });
    });
  }

  async stop(): Promise<void> {
    const child = this.#server;
    this.#server = undefined;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise<void>((resolve) => { child.once('exit', () => resolve()); });
    child.kill('SIGTERM');
    await ended;
  }

  /** One query at the site of each permit. It waits for less time than a program may take. */
  async ask(query: answers.CountQuery, permits: readonly number[], wait = PATIENCE - 60): Promise<Ran<Told>> {
    const file = join(this.folder, 'query.json');
    await writeFile(file, JSON.stringify(query));
    const relay = RELAY ? ['--relay', RELAY.endpoint] : [];
    return salusResearch('ask', ...this.chain, ...relay, '--suri-file', this.suri, '--folder', this.folder, '--query', file, '--wait', String(wait), ...permits.flatMap((permit) => ['--permit', String(permit)]));
  }

  /** What has come since, for each query. */
  async collect(): Promise<Told[]> {
    const relay = RELAY ? ['--relay', RELAY.endpoint] : [];
    return (await salusResearch<{ queries: Told[] }>('collect', ...this.chain, ...relay, '--folder', this.folder)).told.queries;
  }

  /** One answer against the chain; or without a node, by what `offline` names. */
  verify<T>(job: string, offline?: readonly string[]): Promise<Ran<T>> {
    return salusResearch('verify', job, '--folder', this.folder, ...offline ? ['--offline', ...offline] : this.chain);
  }

  /** The folder against the chain. */
  audit(): Promise<Ran<{ answers: number; believed: number; findings: unknown[] }>> {
    return salusResearch('audit', ...this.chain, '--folder', this.folder);
  }

  /** The folder, as the program keeps it. */
  open(): Promise<ResearchFolder> {
    return ResearchFolder.open(this.folder);
  }
}
