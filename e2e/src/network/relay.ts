/** A relay chain with two validators, and the parachain with its collators and a full node for RPC below it, on this machine. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compactFromU8a, hexToU8a, u8aConcat, u8aToHex } from '@polkadot/util';
import { blake2AsHex, xxhashAsU8a } from '@polkadot/util-crypto';
import { connectRelay, type ApiPromise } from '@salus/client';
import type { Hex } from '@salus/types';
import { relayProgram } from '../chains.js';
import { run } from '../node.js';
import { account, newAuraKey, type AuraKey } from './keys.js';
import type { Member } from './member.js';
import { Network } from './network.js';
import { eventually } from './wait.js';

/** The number of the parachain on the relay chain. */
export const PARA_ID = 2000;
/** The relay chain in the SDK's node: a session of two minutes, and keys that everybody has. */
const RELAY_CHAIN = 'westend-local';
/** The name of the parachain's full node. */
const FULL = 'RPC';

async function must(command: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(command, args);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${stderr.slice(-2_000)}`);
  return stdout;
}

interface Collator {
  name: string;
  account: string;
  key: AuraKey;
}

interface ParaSpec {
  id: string;
  genesis: { runtimeGenesis: { patch: {
    registry: { organisations: unknown[][] };
    session: { keys: [string, string, { aura: string }][] };
    validatorSet: { validators: [string, number][]; minValidators: number; sessionLength: number };
  } } };
}

/** The files of a parachain with these collators, made by the script that operators use. */
async function makeParachain(folder: string, collators: Collator[]): Promise<{ id: string; raw: string }> {
  const script = fileURLToPath(new URL('../../../scripts/parachain-spec.sh', import.meta.url));
  const files = join(folder, 'parachain');
  await must(script, '--plain', '--preset', 'local_testnet', '--relay-chain', RELAY_CHAIN, '--para-id', String(PARA_ID), files);
  const plain = join(files, 'para.json');
  const spec = JSON.parse(await readFile(plain, 'utf8')) as ParaSpec;
  const { patch } = spec.genesis.runtimeGenesis;
  // Organisation 0 is the health authority; 1 and up run the collators.
  const [authority, example] = patch.registry.organisations;
  if (!authority || !example) throw new Error('the preset has no organisations');
  patch.registry.organisations = [authority, ...collators.map(({ account: admin }) => [admin, ...example.slice(1)])];
  patch.session.keys = collators.map(({ account: own, key }) => [own, own, { aura: key.address }]);
  patch.validatorSet = { ...patch.validatorSet, validators: collators.map((each, index) => [each.account, index + 1]) };
  await writeFile(plain, JSON.stringify(spec));
  await must(script, '--again', files);
  return { id: spec.id, raw: join(files, 'para-raw.json') };
}

/** The relay chain's specification, with the parachain in its first state and without a superuser. */
async function makeRelay(folder: string): Promise<{ id: string; raw: string }> {
  const polkadot = relayProgram('polkadot');
  const spec = JSON.parse(await must(polkadot, 'export-chain-spec', '--chain', RELAY_CHAIN)) as {
    id: string;
    bootNodes: string[];
    genesis: { runtimeGenesis: { patch: Record<string, unknown> } };
  };
  const [head, code] = await Promise.all(['genesis-head', 'genesis-wasm'].map(async (name) =>
    (await readFile(join(folder, 'parachain', name), 'utf8')).trim()));
  Object.assign(spec.genesis.runtimeGenesis.patch, {
    paras: { paras: [[PARA_ID, { genesis_head: head, validation_code: code, parachain: true }]] },
    sudo: { key: null },
  });
  spec.bootNodes = [];
  const plain = join(folder, 'relay.json');
  await writeFile(plain, JSON.stringify(spec));
  const raw = join(folder, 'relay-raw.json');
  await must(polkadot, 'export-chain-spec', '--chain', plain, '--raw', '--output', raw);
  return { id: spec.id, raw };
}

/** The key of an item in a chain's state: of a single value, or of a map that is hashed by `twox64_concat`. */
function stateKey(pallet: string, item: string, number?: number): Hex {
  const prefix = u8aConcat(xxhashAsU8a(pallet, 128), xxhashAsU8a(item, 128));
  if (number === undefined) return u8aToHex(prefix);
  const key = new Uint8Array(4);
  new DataView(key.buffer).setUint32(0, number, true);
  return u8aToHex(u8aConcat(prefix, xxhashAsU8a(key, 64), key));
}

export class RelayNetwork extends Network {
  readonly validators: Member[] = [];
  readonly collators: Member[] = [];
  /** The relay chain's raw specification. */
  relaySpec = '';

  /** The node that gateways and front-ends ask. It has both collators as peers, so that it is not alone when one is away. */
  get full(): Member { return this.member(FULL); }

  /** Of the parachain's full node, unless another is named. */
  override api(name = FULL): Promise<ApiPromise> {
    return super.api(name);
  }

  /** Starts the relay chain's validators, two collators and the full node, and resolves once each has seen a final block of its chain. */
  static override async start(): Promise<RelayNetwork> {
    const collators = ['Alice', 'Bob'].map((name) => ({ name, account: account(name).address, key: newAuraKey() }));
    const { folder, forget } = await Network.folder();
    const para = await makeParachain(folder, collators);
    const relay = await makeRelay(folder);
    const network = new RelayNetwork(folder, para.raw, forget);
    network.relaySpec = relay.raw;
    for (const name of ['alice', 'bob']) {
      network.validators.push(await network.make({
        name: `relay-${name}`, spec: relay.raw, chain: relay.id, program: relayProgram('polkadot'),
        // Its sandbox wants a kernel with landlock, and rights that a namespace lacks.
        args: [`--${name}`, '--no-hardware-benchmarks', '--insecure-validator-i-know-what-i-do'],
      }));
    }
    const bootnodes = network.validators.flatMap(({ multiaddr }) => ['--bootnodes', multiaddr]);
    const below = {
      spec: para.raw, chain: para.id, program: relayProgram('polkadot-omni-node'),
      // What is behind the two dashes is for its node of the relay chain, which dials the validators and is asked nothing.
      args: ['--no-hardware-benchmarks', '--', '--chain', relay.raw, '--listen-addr', '/ip4/127.0.0.1/tcp/0',
        '--rpc-port', '0', ...bootnodes, '--no-mdns', '--no-telemetry', '--no-prometheus'],
    };
    for (const { name, key } of collators) {
      const collator = await network.make({ name, ...below });
      await insertAura(collator, key);
      network.collators.push(collator);
    }
    const full = await network.make({ name: FULL, validator: false, ...below });
    for (const group of [network.validators, [...network.collators, full]]) {
      for (const member of group) member.reserved = group.filter((other) => other !== member).map(({ multiaddr }) => multiaddr);
    }
    await network.begin(600);
    return network;
  }

  /** An item in the relay chain's state at its last final block. */
  async onRelay(pallet: string, item: string, key?: number): Promise<Hex | null> {
    const [validator] = this.validators;
    if (!validator) throw new Error('there is no relay chain');
    const final = await validator.rpc<Hex>('chain_getFinalizedHead');
    return validator.rpc<Hex | null>('state_getStorage', [stateKey(pallet, item, key), final]);
  }

  /** The parachain's head there: the number of the block, and its hash. */
  async headOnRelay(): Promise<{ number: number; hash: Hex }> {
    const stored = await this.onRelay('Paras', 'Heads', PARA_ID);
    if (stored === null) throw new Error('the relay chain knows no such parachain');
    const bytes = hexToU8a(stored);
    // Bytes with their length, and in them a header: the parent's hash, then the number.
    const header = bytes.subarray(compactFromU8a(bytes)[0]);
    return { number: compactFromU8a(header.subarray(32))[1].toNumber(), hash: blake2AsHex(header) as Hex };
  }

  /** Waits until the relay chain has made a block of the parachain final that comes after `number`. */
  finalAfter(number: number, limit: number): Promise<{ number: number; hash: Hex }> {
    return eventually(`block ${number + 1} is final on the relay chain`, limit, async () => {
      const head = await this.headOnRelay();
      return head.number > number && head;
    });
  }
}

/** Sends a message to the parachain from an account of the relay chain, on which anybody may, and waits until it is on its way. */
export async function messageFromRelay(network: RelayNetwork, sender: string): Promise<void> {
  const [validator] = network.validators;
  if (!validator) throw new Error('there is no relay chain');
  const api = await connectRelay(validator.endpoint);
  try {
    const send = api.tx['xcmPallet']?.['send'];
    if (!send) throw new Error('the relay chain has no call that sends messages');
    const call = send({ V4: { parents: 0, interior: { X1: [{ Parachain: PARA_ID }] } } }, { V4: [{ ClearOrigin: null }] });
    await new Promise<void>((resolve, reject) => {
      call.signAndSend(account(sender), ({ status, dispatchError }) => {
        if (!status.isInBlock) return;
        if (dispatchError) reject(new Error(`the message was not sent: ${dispatchError.toString()}`));
        else resolve();
      }).catch(reject);
    });
  } finally {
    await api.disconnect();
  }
}

/** Puts a collator's key where its node looks for it, as its operator does: the secret comes from a file. */
async function insertAura(collator: Member, key: AuraKey): Promise<void> {
  const file = join(collator.basePath, 'aura');
  await writeFile(file, key.secret, { mode: 0o600 });
  const { spec, program = '' } = collator.options;
  await must(program, 'key', 'insert', '--base-path', collator.basePath, '--chain', spec, '--scheme', 'sr25519', '--key-type', 'aura', '--suri', file);
}
