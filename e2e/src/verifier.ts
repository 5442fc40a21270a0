/** The verifier as an outsider runs it: a program and files, and no network. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectRelay, type ApiPromise } from '@salus/client';
import { receipts } from '@salus/receipts';
import { program, RELAY, soloSpec } from './chains.js';
import { developmentSpec, run } from './node.js';
import { expect, Surprise } from './transcript.js';
import { PATIENCE } from './wait.js';

/** How the network is kept from a program, best first. */
const OFFLINE = [
  { command: ['unshare', '--net'], how: 'in a network namespace of its own, which has no network' },
  { command: ['unshare', '--map-root-user', '--net'], how: 'in a network namespace of its own, which has no network' },
  { command: [], how: 'plainly: this account may not take its network away, and the program was not told of any' },
];

/** What a connection to the relay chain answers. */
async function ofRelay<T>({ endpoint }: NonNullable<typeof RELAY>, ask: (relay: ApiPromise) => Promise<T>): Promise<T> {
  const relay = await connectRelay(endpoint, { timeout: PATIENCE * 1000 });
  try {
    return await ask(relay);
  } finally {
    await relay.disconnect();
  }
}

/** A receipt for one record: of a parachain, with what its relay chain says. */
export const receiptFor = (api: ApiPromise, request: receipts.ReceiptRequest): Promise<receipts.Receipt> =>
  RELAY ? ofRelay(RELAY, (relay) => receipts.makeUnderRelay(api, relay, [request])) : receipts.make(api, [request]);

export interface Answer {
  code: number | null;
  /** What the program says, in one line. */
  sentence: string;
}

export class Verifier {
  private constructor(
    private readonly path: string,
    private readonly offline: string[],
    /** In words, how the network is off. */
    readonly how: string,
    private readonly folder: string,
    private readonly chain: string[],
  ) {}

  /** The program's path. Throws if there is none: ask before anything else is done. */
  static find = (): string => program('salus-verify', 'SALUS_VERIFY');

  /**
   * What everybody needs once: the raw chain specification, which is that of the preset `dev` unless
   * `SALUS_CHAIN_SPEC` names another, and the trail of authority sets. Of a parachain, both are the relay chain's.
   */
  static async prepare(api: ApiPromise, folder: string): Promise<Verifier> {
    const path = Verifier.find();
    const genesis = api.genesisHash.toHex();
    const trail = join(folder, 'trail.json');
    const begins = async (spec: string, as: string, remedy: string): Promise<void> => {
      const { code, stdout } = await run(path, ['genesis', '--chain-spec', spec, '--expect-genesis', as]);
      expect(code === 0, `the chain does not begin as ${spec} says; ${remedy}: ${stdout.trim()}`);
    };
    const beginning: string[] = ['--expect-genesis', genesis, '--trail', trail];
    if (RELAY) {
      const { spec } = RELAY;
      const paraId = await api.query['parachainInfo']?.['parachainId']?.();
      expect(paraId !== undefined, 'the chain does not say which parachain it is');
      await ofRelay(RELAY, async (relay) => {
        const relayGenesis = relay.genesisHash.toHex();
        await begins(spec, relayGenesis, 'SALUS_RELAY_SPEC names the relay chain\'s');
        await writeFile(trail, JSON.stringify(await receipts.fetchTrail(relay)));
        beginning.push('--para-id', paraId.toString(), '--relay-spec', spec, '--expect-relay-genesis', relayGenesis);
      });
    } else {
      const spec = process.env['SALUS_CHAIN_SPEC'] ?? await presetDev(folder);
      await begins(spec, genesis, 'name its raw specification in SALUS_CHAIN_SPEC, or in SALUS_NODE the node that serves it');
      await writeFile(trail, JSON.stringify(await receipts.fetchTrail(api)));
      beginning.push('--chain-spec', spec);
    }
    return Verifier.of(folder, beginning);
  }

  /** The verifier of somebody who believes what these arguments of the program name. */
  static async of(folder: string, beginning: string[]): Promise<Verifier> {
    const path = Verifier.find();
    for (const { command, how } of OFFLINE) {
      const works = command.length === 0 || await run(command[0] as string, [...command.slice(1), 'true']).then((ended) => ended.code === 0, () => false);
      if (works) return new Verifier(path, command, how, folder, beginning);
    }
    throw new Surprise('the verifier cannot be run in any way');
  }

  /** Keeps a file as an outsider is handed it, and answers its path. */
  async keep(name: string, content: Uint8Array | receipts.Receipt | receipts.DecisionReceipt): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, content instanceof Uint8Array ? content : JSON.stringify(content));
    return path;
  }

  /** Verifies a record by its receipt, with the network off; or with `node`, whom it asks about today. */
  async verify(receipt: string, record: string, name: string, node?: string): Promise<Answer> {
    return this.#ask(node ? [] : this.offline, ['verify', '--receipt', receipt, '--record', record, '--name', name, ...node ? ['--node', node] : []]);
  }

  /** Recomputes a decision from its receipt, with the network off. */
  decide(receipt: string): Promise<Answer> {
    return this.#ask(this.offline, ['decision', '--receipt', receipt]);
  }

  /** Verifies a reservation receipt, that an answer is the one with which it was settled, and that it is to a query, with the network off. */
  reservation(receipt: string, answer: string, query: string): Promise<Answer> {
    return this.#ask(this.offline, ['reservation', '--receipt', receipt, '--answer', answer, '--query', query]);
  }

  /** What `salus-research verify --offline` believes: the same as this one, with the genesis in its compact form. */
  async pins(): Promise<string[]> {
    const file = join(this.folder, 'genesis.json');
    const named = (option: string): string | undefined => this.chain[this.chain.indexOf(option) + 1];
    const [spec, of, as] = this.chain.includes('--para-id') ? ['--relay-spec', '--expect-relay-genesis', '--relay-genesis'] : ['--chain-spec', '--expect-genesis', undefined];
    const { code, stdout, stderr } = await run(this.path, ['genesis', '--chain-spec', named(spec) as string, '--expect-genesis', named(of) as string, '--write', file]);
    expect(code === 0, `the genesis has no compact form: ${stdout}${stderr}`);
    const relay = as === undefined ? [] : [as, named(of) as string, '--para-id', named('--para-id') as string];
    return ['--genesis', named('--expect-genesis') as string, '--genesis-file', file, '--trail', named('--trail') as string, ...relay];
  }

  async #ask(under: string[], args: string[]): Promise<Answer> {
    const command = [...under, this.path, ...args, ...this.chain];
    const { code, stdout, stderr } = await run(command[0] as string, command.slice(1));
    expect(stderr === '', `the verifier complains: ${stderr}`);
    // Where the journey keeps its files is nobody's business.
    return { code, sentence: stdout.trim().replaceAll(join(this.folder, '/'), '') };
  }
}

/** The raw specification of the preset that `run.sh` serves, by the node's own binary. */
export async function presetDev(folder: string): Promise<string> {
  const [, made] = soloSpec();
  if (made !== undefined) return made;
  const path = join(folder, 'raw.json');
  await writeFile(path, await developmentSpec());
  return path;
}
