/**
 * The chains that the tests and the journey run against. `SALUS_CHAIN` says which: `solo`, unless told, or `parachain`.
 * Whatever differs between them is here; a test says what it needs, and is skipped where the chain lacks that.
 */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a chain may have, or not. */
export type Need =
  /** Finality with justifications of GRANDPA, its own or a relay chain's: for receipts. */
  | 'finality'
  /** Authorities of its own who make its blocks final. */
  | 'authorities'
  /** Nodes beside the one that makes blocks, which follow it. */
  | 'followers'
  /** The node of this repository. */
  | 'node'
  /** What a light client can verify without another chain. */
  | 'light client'
  /** The runtime from which the SDK's types are generated. */
  | 'generated types';

export interface Chain {
  name: string;
  /** As the runtime calls itself. */
  specName: string;
  program: () => string;
  /** What the program is started with, so that it makes blocks of a development chain by itself. */
  development: () => string[];
  /** How many files of tests run at a time. A development chain mostly waits for its next block, so more than there are cores. */
  atOnce: number;
  /** By whose clock its blocks are of the present. */
  clock: 'host' | 'chain';
  /** Words of the warnings with which a plain Polkadot.js meets it, each harmless. */
  warnings: RegExp[];
  /** Why it lacks what it lacks, in words. */
  lacks: Partial<Record<Need, string>>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = process.env['SALUS_CACHE'] ?? join(homedir(), '.cache/salus');

/** A program that `variable` names, or that a build left in the usual folders. */
export function program(name: string, variable: string): string {
  const folders = [process.env['CARGO_TARGET_DIR'], join(homedir(), '.cache/salus/target'), join(root, 'target')];
  const candidates = [
    process.env[variable],
    ...folders.flatMap((folder) => folder ? ['debug', 'release'].map((profile) => join(folder, profile, name)) : []),
  ].filter((path): path is string => path !== undefined && path !== '');
  return existing(candidates, `no ${name} found; build it with \`cargo build --locked -p salus-node -p salus-verify\`, or name it in ${variable}.`);
}

/** A program of a relay chain: from the folder that `SALUS_RELAY_BIN` names, else from the PATH, else from where the set-up puts it. */
export function relayProgram(name: string): string {
  const { SALUS_RELAY_BIN: own, PATH = '' } = process.env;
  const folders = own ? [own] : [...PATH.split(delimiter).filter(Boolean), join(cache, 'relay/bin')];
  return existing(folders.map((folder) => join(folder, name)), `no ${name} found; name its folder in SALUS_RELAY_BIN, or get it with \`scripts/setup.sh --parachain\`.`);
}

function existing(candidates: string[], otherwise: string): string {
  const found = candidates.find((path) => existsSync(path));
  if (!found) throw new Error(`${otherwise} Looked for:\n${candidates.join('\n')}`);
  return found;
}

/** The raw specification of the parachain. */
function parachainSpec(): string {
  const spec = process.env['SALUS_PARACHAIN_SPEC'];
  if (!spec) throw new Error('name the raw specification of the parachain in SALUS_PARACHAIN_SPEC; scripts/parachain-spec.sh makes it');
  return spec;
}

/** The raw specification of the preset `dev`, if it has been made already: a node with it starts sooner. */
export const soloSpec = (): string[] => process.env['SALUS_DEV_SPEC'] ? ['--chain', process.env['SALUS_DEV_SPEC']] : [];

/** Where nodes of this repository keep compiled runtimes: each start of one would compile the same for some ten seconds. */
export const runtimeCache = (): string[] => ['--runtime-cache-path', join(cache, 'compiled-runtimes')];

const solo: Chain = {
  name: 'solo',
  specName: 'salus',
  program: () => program('salus-node', 'SALUS_NODE'),
  development: () => ['--dev', ...soloSpec(), ...runtimeCache()],
  atOnce: 4,
  clock: 'host',
  warnings: [],
  lacks: {},
};

/** The relay chain under which the parachain runs, if there is one: one of its nodes, and its raw specification. */
export const RELAY = relayNamed();

function relayNamed(): { endpoint: string; spec: string } | undefined {
  const { SALUS_RELAY_WS: endpoint, SALUS_RELAY_SPEC: spec } = process.env;
  if (!endpoint) return undefined;
  if (!spec) throw new Error('name the raw specification of the relay chain in SALUS_RELAY_SPEC');
  return { endpoint, spec };
}

const parachain: Chain = {
  name: 'parachain',
  specName: 'salus-parachain',
  program: () => relayProgram('polkadot-omni-node'),
  // Alone. Each block is a slot of six seconds later than the one before, however soon it comes, and the first is of two hours ago.
  development: () => ['--chain', parachainSpec(), '--dev', '--dev-block-time', '2000', '--no-hardware-benchmarks'],
  atOnce: 3,
  clock: RELAY ? 'host' : 'chain',
  // It adds nothing to what is signed.
  warnings: [/REGISTRY: Unknown signed extensions StorageWeightReclaim found, treating them as no-effect$/],
  lacks: {
    ...(RELAY ? {} : { finality: 'a parachain has no finality of its own, and there is no relay chain here: a receipt needs one' }),
    authorities: 'a parachain has no authorities that make its blocks final',
    followers: 'alone, a parachain is one node, whose blocks nobody else takes',
    node: 'a parachain is served by polkadot-omni-node, which is not of this repository',
    'light client': 'a light client follows a parachain by its relay chain, and there is none here',
    'generated types': 'the types of the SDK are those of the solo runtime; a test of the runtimes compares the two',
  },
};

function chosen(): Chain {
  const name = process.env['SALUS_CHAIN'] || 'solo';
  const found = [solo, parachain].find((each) => each.name === name);
  if (!found) throw new Error(`SALUS_CHAIN is "${name}", and is solo or parachain`);
  return found;
}

export const CHAIN = chosen();

/** Options for a test that needs something: skipped, with the reason, where the chain lacks it. */
export function needs(need: Need): { skip: string | false } {
  return { skip: CHAIN.lacks[need] ?? false };
}

/** Whether the chain has it. */
export const has = (need: Need): boolean => CHAIN.lacks[need] === undefined;
