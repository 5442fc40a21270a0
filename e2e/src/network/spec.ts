/** Chain specifications for the tests: the preset `local`, with other validators and shorter sessions. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { binary, run } from '../node.js';
import type { SessionKeys } from './keys.js';

export interface Validator {
  account: string;
  keys: SessionKeys;
}

export interface SpecOptions {
  validators: Validator[];
  /** The smallest set; 4 unless told. */
  minValidators?: number;
  /** The length of a session in slots of three seconds; 10 unless told. */
  sessionLength?: number;
}

interface Patch {
  validatorSet: { validators: [string, number][]; minValidators: number; sessionLength: number };
  session: { keys: [string, string, { babe: string; grandpa: string }][] };
  registry: { organisations: [string, number, number, boolean][] };
}

interface PlainSpec {
  id: string;
  name: string;
  bootNodes: string[];
  genesis: { runtimeGenesis: { patch: Patch } };
}

async function buildSpec(folder: string, args: string[]): Promise<string> {
  const always = ['build-spec', '--disable-default-bootnode', '--base-path', join(folder, 'build-spec')];
  const { code, stdout, stderr } = await run(binary(), [...always, ...args]);
  if (code !== 0) throw new Error(`build-spec ${args.join(' ')} ended with ${code}:\n${stderr.slice(-2_000)}`);
  return stdout;
}

let preset: Promise<string> | undefined;

/** Puts validators, minimum and session length into the preset's genesis. */
function change(spec: PlainSpec, { validators, minValidators = 4, sessionLength = 10 }: SpecOptions): void {
  const { patch } = spec.genesis.runtimeGenesis;
  // Organisation 0 is the health authority; 1 and up run the validators.
  const [authority, example] = patch.registry.organisations;
  if (!authority || !example) throw new Error('the preset `local` has no organisations');
  patch.registry.organisations = [authority, ...validators.map((validator): typeof example => [
    validator.account, example[1], example[2], example[3],
  ])];
  patch.validatorSet = {
    validators: validators.map((validator, index) => [validator.account, index + 1]), minValidators, sessionLength,
  };
  patch.session.keys = validators.map(({ account, keys }) => [
    account, account, { babe: keys.babe.address, grandpa: keys.grandpa.address },
  ]);
}

/** Makes a raw specification in `folder`, and answers its path. */
export async function makeSpec(folder: string, options: SpecOptions): Promise<string> {
  preset ??= buildSpec(folder, ['--chain', 'local']);
  const spec = JSON.parse(await preset) as PlainSpec;
  spec.id = 'salus_network_test';
  spec.name = 'Salus network test';
  change(spec, options);
  const plain = join(folder, 'plain.json');
  await writeFile(plain, JSON.stringify(spec));
  return makeRaw(folder, plain);
}

/** Makes the raw form of a specification: a node that starts with it need not run the genesis. */
export async function makeRaw(folder: string, plain: string): Promise<string> {
  const raw = join(folder, 'spec.json');
  await writeFile(raw, await buildSpec(folder, ['--chain', plain, '--raw']));
  return raw;
}
