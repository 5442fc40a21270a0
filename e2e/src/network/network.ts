/** A network of validators on this machine, on a chain of its own. */
import { existsSync, rmSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { KeyringPair } from '@polkadot/keyring/types';
import type { ApiPromise } from '@salus/client';
import { heads, type Heads } from './chain.js';
import { account, newSessionKeys, type SessionKeys } from './keys.js';
import { undoable, type Place } from './machine.js';
import { Member, type MemberOptions } from './member.js';
import { makeSpec, type SpecOptions } from './spec.js';
import { endAll, eventually } from './wait.js';

export interface NetworkOptions extends Omit<SpecOptions, 'validators'> {
  /** The validators, by the names of their development accounts. Organisation 1 runs the first. */
  names?: string[];
  /** Where each of them runs, if not simply on this machine. */
  places?: Place[];
  /** Whether they talk to nobody else. */
  closed?: boolean;
  /** What is special about single ones: a small disk, further arguments. */
  special?: Record<string, Pick<MemberOptions, 'disk' | 'args'>>;
  /** Further nodes that the members expect, such as an auditor's: they are among the reserved. */
  guests?: { name: string; place?: Place }[];
}

export class Network {
  readonly members: Member[] = [];
  readonly keys = new Map<string, SessionKeys>();

  protected constructor(readonly folder: string, readonly spec: string, private readonly forget: () => void) {}

  /** A folder for a network's files, and what forgets it. */
  protected static async folder(): Promise<{ folder: string; forget: () => void }> {
    const folder = await mkdtemp(join(tmpdir(), 'salus-network-'));
    return { folder, forget: undoable(() => rmSync(folder, { recursive: true, force: true })) };
  }

  /** Starts the validators, and resolves once each has seen a final block. */
  static async start(options: NetworkOptions = {}): Promise<Network> {
    const { names = ['Alice', 'Bob', 'Charlie', 'Dave'], places, closed = false, special = {}, guests = [] } = options;
    const { folder, forget } = await Network.folder();
    const validators = names.map((name) => ({ name, account: account(name).address, keys: newSessionKeys() }));
    const network = new Network(folder, await makeSpec(folder, { ...options, validators }), forget);
    for (const [index, { name, keys }] of validators.entries()) {
      network.keys.set(name, keys);
      await network.make({ name, keys, closed, place: places?.[index], ...special[name] });
    }
    for (const guest of guests) await network.make({ ...guest, validator: false, closed });
    for (const member of network.members) {
      member.reserved = network.members.filter((other) => other !== member).map(({ multiaddr }) => multiaddr);
    }
    await network.begin(180);
    return network;
  }

  /** Starts the members together, and waits until each has seen a final block; if one does not, nothing is left of them. */
  protected async begin(limit: number): Promise<void> {
    try {
      await Promise.all(this.members.map((member) => member.start()));
      await this.everywhere('a final block', limit, ({ finalised }) => finalised.number >= 1);
    } catch (error) {
      console.error(this.tails());
      await this.stop();
      throw error;
    }
  }

  /** Makes a node, of this network's chain unless its options name another. */
  protected async make(options: Omit<MemberOptions, 'spec'> & { spec?: string }): Promise<Member> {
    const member = await Member.make(this.folder, { spec: this.spec, ...options });
    this.members.push(member);
    return member;
  }

  /** Makes one more node, which knows the members' addresses; they were told nothing of it. */
  async add(options: Omit<MemberOptions, 'spec'>): Promise<Member> {
    const known = this.members.map(({ multiaddr }) => multiaddr);
    const member = await this.make(options);
    member.reserved = known;
    return member;
  }

  member(name: string): Member {
    const found = this.members.find((member) => member.name === name);
    if (!found) throw new Error(`no node is called ${name}`);
    return found;
  }

  /** The account that operates a validator. */
  account(name: string): KeyringPair {
    return account(name);
  }

  get running(): Member[] {
    return this.members.filter(({ running }) => running);
  }

  api(name = 'Alice'): Promise<ApiPromise> {
    return this.member(name).api();
  }

  /** Waits until `holds` is true of each of `members`, by default of those that run. */
  async everywhere(
    what: string,
    limit: number,
    holds: (seen: Heads) => boolean,
    members = this.running,
  ): Promise<void> {
    await Promise.all(members.map((member) =>
      eventually(`${member.name}: ${what}`, limit, async () => holds(await heads(member)))));
  }

  /** The last words of each node. */
  tails(lines = 15): string {
    return this.members.map((member) => member.tail(lines)).join('\n');
  }

  async stop(): Promise<void> {
    endAll();
    await Promise.all(this.members.map((member) => member.disconnect()));
    // Nobody needs a clean end any more.
    await Promise.all(this.running.map((member) => member.stop('SIGKILL')));
    const kept = process.env['SALUS_NETWORK_LOGS'];
    if (kept) {
      await mkdir(kept, { recursive: true });
      const folder = await mkdtemp(join(kept, 'network-'));
      for (const { log } of this.members) if (existsSync(log)) await copyFile(log, join(folder, basename(log)));
    }
    for (const { unmount } of this.members) unmount?.();
    await rm(this.folder, { recursive: true, force: true });
    this.forget();
  }
}
