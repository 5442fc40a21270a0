/**
 * What the tests do to the machine: network namespaces with wires between them, small file systems,
 * and taking all of it away again. It takes root; `scripts/network.sh` runs the tests in namespaces of
 * their own, so that nothing of it is seen from outside.
 */
import { execFile, execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

const undo: (() => void)[] = [];
let watching = false;

/**
 * Remembers how to take something away, and does it when this process ends, in whatever way it can be
 * told of its end. Answers a function that does it now.
 */
export function undoable(action: () => void): () => void {
  if (!watching) {
    watching = true;
    process.once('exit', () => { for (const each of [...undo].reverse()) each(); });
    for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const) {
      process.once(signal, () => process.exit(code));
    }
  }
  const once = (): void => {
    const index = undo.indexOf(once);
    if (index < 0) return;
    undo.splice(index, 1);
    try {
      action();
    } catch (error) {
      console.error(`could not clean up: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  undo.push(once);
  return once;
}

/** Runs a program of the machine; its error says which and why. */
export async function machine(command: string, ...args: string[]): Promise<string> {
  try {
    return (await execute(command, args)).stdout;
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new Error(`${command} ${args.join(' ')}: ${stderr?.trim() || message}`);
  }
}

const ip = (...args: string[]): Promise<string> => machine('ip', ...args);

/** Where a node runs, if not simply on this machine. */
export interface Place {
  /** The network namespace. */
  namespace: string;
  /** Its address towards the other nodes. */
  address: string;
  /** Its address towards the tests, on a wire of its own that leads nowhere else. */
  management: string;
}

let made = 0;

/**
 * Namespaces on two switches with one cable between them, which can be cut. Each namespace has a second
 * wire, to the tests alone.
 */
export class Wires {
  readonly #name: string;
  readonly #undo: (() => void)[] = [];
  #places = 0;

  private constructor(name: string) {
    this.#name = name;
  }

  static async lay(): Promise<Wires> {
    const wires = new Wires(`s${process.pid % 100_000}x${made += 1}`);
    for (const side of ['a', 'b']) {
      const bridge = wires.#bridge(side);
      await ip('link', 'add', bridge, 'type', 'bridge');
      wires.#undo.push(undoable(() => execFileSync('ip', ['link', 'del', bridge], { stdio: 'pipe' })));
      await ip('link', 'set', bridge, 'up');
    }
    const [left, right] = [wires.#cable('a'), wires.#cable('b')];
    await ip('link', 'add', left, 'type', 'veth', 'peer', 'name', right);
    wires.#undo.push(undoable(() => execFileSync('ip', ['link', 'del', left], { stdio: 'pipe' })));
    await ip('link', 'set', left, 'master', wires.#bridge('a'), 'up');
    await ip('link', 'set', right, 'master', wires.#bridge('b'), 'up');
    return wires;
  }

  #bridge(side: string): string { return `${this.#name}${side}`; }
  #cable(side: string): string { return `${this.#name}c${side}`; }

  /** A namespace on one of the two switches. */
  async place(side: 'a' | 'b'): Promise<Place> {
    const number = this.#places += 1;
    const namespace = `${this.#name}n${number}`;
    const [outer, manage] = [`${this.#name}o${number}`, `${this.#name}m${number}`];
    const [address, management] = [`10.77.${made}.${number}`, `10.78.${made * 16 + number}.2`];
    await ip('netns', 'add', namespace);
    // With the namespace both of its wires go.
    this.#undo.push(undoable(() => execFileSync('ip', ['netns', 'del', namespace], { stdio: 'pipe' })));
    await ip('link', 'add', outer, 'type', 'veth', 'peer', 'name', 'data', 'netns', namespace);
    await ip('link', 'set', outer, 'master', this.#bridge(side), 'up');
    await ip('link', 'add', manage, 'type', 'veth', 'peer', 'name', 'manage', 'netns', namespace);
    await ip('addr', 'add', management.replace(/2$/, '1/30'), 'dev', manage);
    await ip('link', 'set', manage, 'up');
    const inside = (...args: string[]): Promise<string> => ip('-n', namespace, ...args);
    await inside('addr', 'add', `${address}/24`, 'dev', 'data');
    await inside('addr', 'add', `${management}/30`, 'dev', 'manage');
    for (const device of ['lo', 'data', 'manage']) await inside('link', 'set', device, 'up');
    return { namespace, address, management };
  }

  /** Cuts the cable between the switches. */
  cut(): Promise<string> {
    return ip('link', 'set', this.#cable('a'), 'down');
  }

  /** Mends it. */
  mend(): Promise<string> {
    return ip('link', 'set', this.#cable('a'), 'up');
  }

  remove(): void {
    for (const each of this.#undo.reverse()) each();
  }
}

/** Mounts a file system of `megabytes` at `folder`. Answers what unmounts it. */
export async function smallDisk(folder: string, megabytes: number): Promise<() => void> {
  await mkdir(folder, { recursive: true });
  await machine('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'salus-test', folder);
  return undoable(() => execFileSync('umount', ['--lazy', folder], { stdio: 'pipe' }));
}
