/** `salus-receipt`: makes receipts, keeps the trail of authority sets, and builds trees. `bin/salus-receipt.js` runs it. */
import { existsSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { cryptoWaitReady } from '@polkadot/util-crypto';
import {
  decodeHeader, endOf, fetchStart, fetchTrail, fromStart, genesisAuthorities, make, makeUnderRelay, parseStart, parseTrail,
  type Receipt, type Start,
} from '../receipts.js';
import { hexToU8a } from '@polkadot/util';
import { connect, connectRelay, type ApiPromise } from '@salus/client';
import { knownCommand, input, UsageError, wholeNumber, withoutNoise } from '@salus/client/node';
import { toHex } from '@salus/types';
import { requestsOf } from './receipt-inputs.js';
import { TreeFile, commitmentsIn } from './tree.js';

const HELP = `salus-receipt: proofs of anchored records, for verifying offline with salus-verify

  salus-receipt make --out FILE RECORDS   one receipt for one record or many
      RECORDS: --record FILE --salt FILE.json, once for each record; the salt's file is JSON:
                 {"salt": "0x...", "form": "Bytes" | "FhirJson", "anchor": {"org": 1, "seq": 5}},
                 in a batch with "proof" (index, leaves, path) or "index" in the anchor
               --author N --seq N --form F --index N   the same on the command line, for one record
               --tree FILE        the batch's tree, for the paths
           or: --store FOLDER --id ID... --identity FILE   envelopes, and the age identity that opens them
      --at N           as of block N or the next whose justification is kept, if the node holds that state
      --allow-ended    also for records that were retracted or superseded
      --names          put the files' names in as hints; they must name no person
      --timeout S      how long to wait for the next final block; 120 unless told
  salus-receipt trail FILE                make the trail of authority sets, or continue the one in FILE
      --chain-spec FILE   the raw chain spec: checks the first hand-off's signatures too
      --start FILE        begin at a start instead of the genesis; also to continue such a trail
  salus-receipt start FILE                a start: the last final block of the chain, from which its authority sets can be
                                          followed; it prints the block's hash, which verifiers must be told
  salus-receipt tree LIST --out FILE      build the tree of a list of commitments, one a line
  salus-receipt tree FILE --index N       print the path of one of them, as JSON

  --ws URL         the node; SALUS_WS or ws://127.0.0.1:9944 unless told
  --relay URL      a node of the relay chain, of a parachain: a receipt needs both nodes; a trail and a start are the
                   relay chain's, and need this one alone. It keeps its states for some 25 minutes: make receipts soon
  --genesis HASH   refuse any other chain
A receipt holds the salts of its records: give it only to whom you give the records.
Exit codes: 0 done, 1 refused or not reached, 2 wrong usage. Nothing is written unless all is done.`;

const OPTIONS = {
  ws: { type: 'string' }, genesis: { type: 'string' }, out: { type: 'string' },
  record: { type: 'string', multiple: true }, salt: { type: 'string', multiple: true },
  author: { type: 'string' }, seq: { type: 'string' }, form: { type: 'string' },
  tree: { type: 'string' }, index: { type: 'string' },
  store: { type: 'string' }, id: { type: 'string', multiple: true }, identity: { type: 'string' },
  at: { type: 'string' }, 'allow-ended': { type: 'boolean' }, names: { type: 'boolean' }, timeout: { type: 'string' },
  'chain-spec': { type: 'string' }, relay: { type: 'string' }, start: { type: 'string' }, help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsConfig['options'];

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

/** Where the tool writes; the process's own streams unless a test gives others. */
export interface Output {
  out: (line: string) => void;
  err: (line: string) => void;
}

const REAL: Output = {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
};

/** Only these: an option that a command does not know is a mistake, not a wish. */
const KNOWN: Record<string, readonly (keyof Values)[]> = {
  make: [
    'ws', 'relay', 'genesis', 'out', 'record', 'salt', 'author', 'seq', 'form', 'tree', 'index', 'store', 'id', 'identity',
    'at', 'allow-ended', 'names', 'timeout',
  ],
  trail: ['ws', 'relay', 'genesis', 'chain-spec', 'start'],
  start: ['ws', 'relay', 'genesis'],
  tree: ['out', 'index'],
};

function commandLine(argv: readonly string[]): { command: string; args: string[]; values: Values } {
  let parsed;
  try {
    parsed = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const { values, positionals: [command = '', ...args] } = parsed;
  if (values.help || command === 'help') return { command: 'help', args: [], values };
  knownCommand(command, values, KNOWN);
  return { command, args, values };
}

/** The file appears whole or not at all. */
async function writeWhole(path: string, value: unknown): Promise<number> {
  const text = `${JSON.stringify(value)}\n`;
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
  return text.length;
}

async function connected<T>({ ws, genesis }: Values, use: (api: ApiPromise) => Promise<T>): Promise<T> {
  const endpoint = ws ?? process.env['SALUS_WS'] ?? 'ws://127.0.0.1:9944';
  return over(await connect(endpoint, genesis === undefined ? {} : { genesisHash: genesis }), use);
}

async function over<T>(api: ApiPromise, use: (api: ApiPromise) => Promise<T>): Promise<T> {
  try {
    return await use(api);
  } finally {
    await api.disconnect();
  }
}

/** A connection to the chain whose authorities are meant: the relay chain's, if one is named. */
async function connectedToFinality<T>(values: Values, use: (api: ApiPromise) => Promise<T>): Promise<T> {
  const { relay, ws, genesis } = values;
  if (relay === undefined) return connected(values, use);
  if (ws !== undefined) throw new UsageError('either --relay or --ws: the authority sets are those of one chain');
  return over(await connectRelay(relay, genesis === undefined ? {} : { genesisHash: genesis }), use);
}

async function makeCommand(args: string[], values: Values, { out }: Output): Promise<void> {
  const path = values.out;
  if (args.length > 0) throw new UsageError(`make does not know what to do with "${args[0]}"`);
  if (path === undefined) throw new UsageError('make needs --out FILE');
  const requests = await requestsOf(values);
  const at = values.at === undefined ? {} : { at: wholeNumber(values.at, '--at') };
  const options = {
    ...(values.timeout === undefined ? {} : { timeout: 1000 * wholeNumber(values.timeout, '--timeout') }),
    allowEnded: values['allow-ended'] ?? false,
  };
  const { relay } = values;
  if (relay !== undefined && 'at' in at) throw new UsageError('--at is for chains that make their own blocks final: a relay chain\'s nodes drop their states too soon');
  const receipt: Receipt = await connected(values, async (api) => (relay === undefined
    ? make(api, requests, { ...options, ...at })
    : over(await connectRelay(relay), (above) => makeUnderRelay(api, above, requests, options))));
  const size = await writeWhole(path, receipt);
  const { number } = decodeHeader(hexToU8a(receipt.header));
  const count = receipt.records.length;
  out(`${path}: ${count} record${count === 1 ? '' : 's'} as of block ${number}, ${by(receipt)}, ${size} bytes`);
}

/** Who made the block of a receipt final. */
function by({ finality }: Receipt): string {
  if (!('relay' in finality)) return `authority set ${finality.setId}`;
  const { paraId, setId, header } = finality.relay;
  return `head of parachain ${paraId} in relay block ${decodeHeader(hexToU8a(header)).number}, authority set ${setId} of the relay chain`;
}

async function startCommand([path, ...rest]: string[], values: Values, { out }: Output): Promise<void> {
  if (path === undefined || rest.length > 0) throw new UsageError('start needs one FILE');
  const { file, block } = await connectedToFinality(values, fetchStart);
  await writeWhole(path, file);
  out(`${path}: block ${block.number}, ${block.hash}; verifiers compare this hash with a source of their own`);
}

/** The start in a file, as whoever made it says: what it is worth is for verifiers, who are told its block's hash. */
async function startIn(path: string): Promise<Start> {
  const file = parseStart(await input(path));
  return fromStart(file, decodeHeader(hexToU8a(file.header)).hash);
}

async function trailCommand([path, ...rest]: string[], values: Values, { out }: Output): Promise<void> {
  if (path === undefined || rest.length > 0) throw new UsageError('trail needs one FILE, which it makes or continues');
  const spec = values['chain-spec'];
  if (spec !== undefined && values.start !== undefined) throw new UsageError('either --chain-spec or --start: a trail begins once');
  const start = values.start === undefined ? undefined : await startIn(values.start);
  const genesisSet = spec === undefined ? undefined : genesisAuthorities(await input(spec));
  const previous = existsSync(path) ? parseTrail(await input(path)) : undefined;
  const options = { ...(genesisSet ? { genesisAuthorities: genesisSet } : {}), ...(start ? { start } : {}) };
  const trail = await connectedToFinality(values, (api) => fetchTrail(api, previous, options));
  await writeWhole(path, trail);
  const { setId, number } = endOf(trail);
  const fresh = trail.handoffs.length - (previous?.handoffs.length ?? 0);
  out(`${path}: ${trail.handoffs.length} hand-offs, ${fresh} of them new; the chain is in authority set ${setId}${setId > 0 ? `, since block ${number}` : ''}`);
}

async function treeCommand([path, ...rest]: string[], { out: target, index }: Values, { out }: Output): Promise<void> {
  if (path === undefined || rest.length > 0) throw new UsageError('tree needs one file');
  if ((target === undefined) === (index === undefined)) throw new UsageError('tree needs either --out FILE or --index N');
  if (!existsSync(path)) throw new UsageError(`${path} cannot be read: ENOENT`);
  if (target !== undefined) {
    await cryptoWaitReady(); // hashes much faster than without
    const { root, leaves } = await TreeFile.write(target, commitmentsIn(path));
    out(JSON.stringify({ root: toHex(root), leaves }));
    return;
  }
  const tree = await TreeFile.open(path);
  try {
    const at = wholeNumber(index as string, '--index');
    if (at >= tree.leaves) throw new UsageError(`there is no commitment ${at}: the tree has ${tree.leaves}, from 0`);
    const proof = await tree.path(at);
    out(JSON.stringify({ root: toHex(tree.root), ...proof, path: proof.path.map(toHex) }));
  } finally {
    await tree.close();
  }
}

const COMMANDS: Record<string, (args: string[], values: Values, output: Output) => Promise<void>> = {
  make: makeCommand, trail: trailCommand, start: startCommand, tree: treeCommand,
  help: async (_args, _values, { out }) => out(HELP),
};

/** Runs one command and answers with the exit code. */
export async function main(argv: readonly string[], output: Output = REAL): Promise<0 | 1 | 2> {
  const restore = withoutNoise();
  try {
    const { command, args, values } = commandLine(argv);
    await (COMMANDS[command] as (typeof COMMANDS)[string])(args, values, output);
    return 0;
  } catch (error) {
    output.err(`error: ${(error as Error).message.split('\n')[0]}`);
    return error instanceof UsageError ? 2 : 1;
  } finally {
    restore();
  }
}
