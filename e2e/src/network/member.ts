/** One node of a network: started, stopped, killed, wiped and started again. */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { connect, type ApiPromise } from '@salus/client';
import { binary, fixedPort } from '../node.js';
import { insertKeys, newNodeKey, type NodeKey, type SessionKeys } from './keys.js';
import { smallDisk, undoable, type Place } from './machine.js';
import { rpc } from '../rpc.js';
import { eventually, sleep } from './wait.js';

const FAKETIME = [
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1',
];

/** What a member is for its whole life. */
export interface MemberOptions {
  name: string;
  /** The raw chain specification. */
  spec: string;
  /** What it runs, if not `salus-node`. */
  program?: string;
  /** The id in the specification, after which the folder of its data is named; that of the tests' chains unless told. */
  chain?: string;
  /** Whether it authors and votes, once it has keys. True unless told. */
  validator?: boolean;
  keys?: SessionKeys;
  place?: Place | undefined;
  /** Talk to nobody but the reserved peers. */
  closed?: boolean;
  /** The megabytes of the disk that its data is on, if it is to have one of its own. */
  disk?: number;
  /** Further arguments; they come last. */
  args?: string[];
}

/** How it is started this time. */
export interface StartOptions {
  /** By how many seconds its clock is ahead of the others', or behind if negative. */
  clock?: number;
  sync?: 'full' | 'warp';
  args?: string[];
}

/** How a process ended. */
export interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** The part of the environment that sets another clock. Waiting is by the true one. */
function faketime(offset: number): Record<string, string> {
  const library = FAKETIME.find((path) => existsSync(path));
  if (!library) throw new Error('libfaketime is missing; install it with: apt-get install faketime');
  return {
    LD_PRELOAD: library,
    FAKETIME: `${offset >= 0 ? '+' : ''}${offset}s`,
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  };
}

export class Member {
  readonly nodeKey: NodeKey = newNodeKey();
  /** What it is told to stay connected with. */
  reserved: string[] = [];
  #child: ChildProcess | undefined;
  #end: Promise<End> | undefined;
  #abandon: (() => void) | undefined;
  #api: Promise<ApiPromise> | undefined;

  private constructor(
    readonly options: MemberOptions,
    readonly basePath: string,
    readonly log: string,
    private readonly host: string,
    private readonly management: string,
    private readonly port: number,
    private readonly rpcPort: number,
    /** Takes its small disk away. */
    readonly unmount: (() => void) | undefined,
  ) {}

  static async make(folder: string, options: MemberOptions): Promise<Member> {
    const { name, place, keys, disk } = options;
    const basePath = join(folder, name);
    await mkdir(basePath, { recursive: true });
    const unmount = disk === undefined ? undefined : await smallDisk(basePath, disk);
    // A namespace has all ports for itself. Elsewhere they are fixed too: the others are told of the first before any node has started,
    // and those who are connected to the second look for the node there after it was stopped and started again.
    const [port, rpcPort] = place ? [30_333, 9_944] : [await fixedPort(), await fixedPort()];
    const member = new Member(
      options, basePath, join(folder, `${name}.log`), place?.address ?? '127.0.0.1', place?.management ?? '127.0.0.1',
      port, rpcPort, unmount,
    );
    if (keys) await insertKeys(member.keystore, keys);
    return member;
  }

  get name(): string { return this.options.name; }
  get chainFolder(): string { return join(this.basePath, 'chains', this.options.chain ?? 'salus_network_test'); }
  get keystore(): string { return join(this.chainFolder, 'keystore'); }
  /** Its address in the network. */
  get multiaddr(): string { return `/ip4/${this.host}/tcp/${this.port}/p2p/${this.nodeKey.peerId}`; }
  get url(): string { return `http://${this.management}:${this.rpcPort}`; }
  get endpoint(): string { return `ws://${this.management}:${this.rpcPort}`; }
  /** Its process, while it runs. */
  get pid(): number | undefined { return this.#child?.pid; }
  get running(): boolean { return this.#child !== undefined; }

  #commandLine({ sync = 'full', args = [] }: StartOptions): string[] {
    const { spec, validator = true, closed = false, place, args: always = [] } = this.options;
    // In a namespace, everything is open on its own loopback device alone, as by default; the tests
    // come by their own wire and may do what anybody may.
    const endpoints = place
      ? [`listen-addr=127.0.0.1:${this.rpcPort},methods=unsafe`, `listen-addr=${this.management}:${this.rpcPort},methods=safe`]
        .flatMap((endpoint) => ['--experimental-rpc-endpoint', endpoint])
      : ['--rpc-port', String(this.rpcPort), '--rpc-methods', 'unsafe'];
    return [
      '--chain', spec, '--base-path', this.basePath, '--name', this.name, '--node-key', this.nodeKey.secret,
      '--listen-addr', `/ip4/${this.host}/tcp/${this.port}`, ...endpoints, '--sync', sync,
      '--no-prometheus', '--no-telemetry', '--no-mdns',
      ...(validator ? ['--validator'] : []),
      ...(closed ? ['--reserved-only'] : []),
      ...this.reserved.flatMap((address) => ['--reserved-nodes', address]),
      ...args, ...always,
    ];
  }

  /** Starts it, and resolves once it answers. */
  async start(options: StartOptions = {}): Promise<void> {
    if (this.#child) throw new Error(`${this.name} is running`);
    const { place } = this.options;
    const line = [this.options.program ?? binary(), ...this.#commandLine(options)];
    const [command = '', ...args] = place ? ['ip', 'netns', 'exec', place.namespace, ...line] : line;
    const log = openSync(this.log, 'a');
    const env = { ...process.env, ...(options.clock ? faketime(options.clock) : {}) };
    const child = spawn(command, args, { stdio: ['ignore', log, log], env });
    closeSync(log);
    this.#child = child;
    this.#abandon = undoable(() => { child.kill('SIGKILL'); });
    this.#end = new Promise((resolve) => {
      const ended = (code: number | null, signal: NodeJS.Signals | null): void => {
        this.#child = undefined;
        this.#abandon?.();
        resolve({ code, signal });
      };
      child.once('exit', ended);
      child.once('error', () => ended(null, null));
    });
    let gone: End | undefined;
    void this.#end.then((end) => { gone = end; });
    await eventually(`${this.name} answers`, 480, async () => {
      if (gone) return { gone };
      // A node whose port was taken answers requests on another one: then who answers here is not this node.
      const peer = await rpc<string>(this.url, 'system_localPeerId');
      if (peer !== this.nodeKey.peerId) throw new Error(`${peer} answers at ${this.url}, not ${this.nodeKey.peerId}`);
      return {};
    }, 300).then(({ gone: end }: { gone?: End }) => {
      if (end) throw new Error(`${this.name} ended at once (${end.code ?? end.signal}):\n${this.tail()}`);
    });
  }

  /** Ends it as an operator does, or at once. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<End> {
    if (!this.#child || !this.#end) throw new Error(`${this.name} is not running`);
    this.#child.kill(signal);
    // A node that does not heed an operator is a failure of its own, and must not stay.
    const late = sleep(60_000).then(() => undefined);
    const end = await Promise.race([this.#end, late]);
    if (end) return end;
    this.#child?.kill('SIGKILL');
    throw new Error(`${this.name} did not end within 60 s of ${signal}`);
  }

  /** How it ended by itself, if it does within `limit` seconds. */
  async ended(limit: number): Promise<End | undefined> {
    return Promise.race([this.#end, sleep(limit * 1000).then(() => undefined)]);
  }

  /** Takes its database away, and leaves its keys. */
  async wipe(): Promise<void> {
    if (this.#child) throw new Error(`${this.name} is running`);
    for (const entry of await readdir(this.chainFolder)) {
      if (entry !== 'keystore') await rm(join(this.chainFolder, entry), { recursive: true, force: true });
    }
  }

  rpc<T>(method: string, params: unknown[] = []): Promise<T> {
    return rpc<T>(this.url, method, params);
  }

  /** Polkadot.js, connected to it. The connection comes back when the node does. */
  api(): Promise<ApiPromise> {
    this.#api ??= connect(this.endpoint).catch((error: unknown) => {
      this.#api = undefined;
      throw error;
    });
    return this.#api;
  }

  async disconnect(): Promise<void> {
    const api = this.#api;
    this.#api = undefined;
    await api?.then((connected) => connected.disconnect(), () => undefined);
  }

  /** The lines that it has logged and `pattern` matches. */
  logged(pattern: RegExp): string[] {
    return readFileSync(this.log, 'utf8').split('\n').filter((line) => pattern.test(line));
  }

  /** Its last words. */
  tail(lines = 15): string {
    if (!existsSync(this.log)) return `${this.name}: (nothing logged)`;
    const all = readFileSync(this.log, 'utf8').trimEnd().split('\n');
    return all.slice(-lines).map((line) => `    ${this.name}: ${line}`).join('\n');
  }
}
