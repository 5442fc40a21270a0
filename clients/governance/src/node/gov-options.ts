/** The command line of `gov`: what is written on it. */
import { parseArgs } from 'node:util';
import { isAddress } from '@polkadot/util-crypto';
import { UsageError, withoutSecrets, type SignerOptions } from '@salus/client/node';
import { isDecimal, SalusError } from '@salus/types';
import { bodyNamed, DECISION_TIMEOUT, type Body } from '../governance.js';

/** The most votes that a motion can ask for: the chain keeps their number in 32 bits. */
const MAX_VOTES = 2 ** 32 - 1;

/** The new runtime is stored on the parachain, and the relay chain has not decided on it within `--wait`: exit code 3. */
export class NotDecided extends SalusError {}

export interface Options extends SignerOptions {
  ws: string;
  body: Body | undefined;
  threshold: number | undefined;
  /** The account whose proxy the signer is: what is signed is done for it. */
  real: string | undefined;
  /** Wait only until a block has it, not until that is final. */
  inBlock: boolean;
  /** Vote aye as well, after proposing. */
  aye: boolean;
  /** Apply the upgrade that is authorised. */
  apply: boolean;
  /** Show, and sign nothing. */
  dryRun: boolean;
  /** Sign without being asked. */
  yes: boolean;
  /** Send also what would be refused or would fail. */
  anyway: boolean;
  /** Tell the present by the clock of the chain, which is a development chain. */
  chainClock: boolean;
  /** How many seconds to wait for the node, and for the block of what is sent; undefined for the usual times. */
  timeout: number | undefined;
  /** How many seconds to wait for a relay chain's decision on an upgrade. */
  wait: number;
  json: boolean;
}

export interface CommandLine {
  command: string;
  args: string[];
  options: Options;
}

/** Reads the command line; throws {@link UsageError} in one sentence, and never repeats a secret. */
export function parseCommandLine(argv: readonly string[], env: NodeJS.ProcessEnv): CommandLine {
  withoutSecrets(argv);
  let parsed;
  try {
    parsed = parseArgs({
      args: [...argv], allowPositionals: true, strict: true,
      options: {
        ws: { type: 'string' }, body: { type: 'string' }, threshold: { type: 'string' }, 'suri-file': { type: 'string' },
        crypto: { type: 'string' }, for: { type: 'string' }, 'in-block': { type: 'boolean' }, aye: { type: 'boolean' }, apply: { type: 'boolean' }, 'dry-run': { type: 'boolean' },
        yes: { type: 'boolean', short: 'y' }, anyway: { type: 'boolean' }, 'chain-clock': { type: 'boolean' }, timeout: { type: 'string' }, wait: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message.split('\n')[0] as string);
  }
  const { values, positionals: [command = 'help', ...args] } = parsed;
  const body = values.body === undefined ? undefined : bodyNamed(values.body);
  if (values.body !== undefined && !body) throw new UsageError(`there is no body "${values.body}": council or technical`);
  const threshold = values.threshold === undefined ? undefined : positive(values.threshold, MAX_VOTES);
  if (values.threshold !== undefined && threshold === undefined) {
    throw new UsageError(`"${values.threshold}" is no threshold: give a number of votes`);
  }
  const [timeout, wait] = [secondsIn(values.timeout), secondsIn(values.wait) ?? DECISION_TIMEOUT / 1000];
  const crypto = values.crypto ?? 'sr25519';
  if (crypto !== 'sr25519' && crypto !== 'ed25519' && crypto !== 'ecdsa') {
    throw new UsageError(`there is no kind of key "${crypto}": sr25519, ed25519 or ecdsa`);
  }
  if (values.for !== undefined && !isAddress(values.for)) throw new UsageError(`"${values.for}" is no account`);
  const ws = values.ws ?? env['SALUS_WS'] ?? 'ws://127.0.0.1:9944';
  if (!/^wss?:\/\//.test(ws)) throw new UsageError(`"${ws}" is no address of a node: it begins with ws:// or wss://`);
  return {
    command: values.help ? 'help' : command, args,
    options: {
      ws, body, threshold, crypto, suriFile: values['suri-file'] ?? env['SALUS_SURI_FILE'],
      real: values.for, inBlock: values['in-block'] ?? false,
      aye: values.aye ?? false, apply: values.apply ?? false, dryRun: values['dry-run'] ?? false,
      yes: values.yes ?? false, anyway: values.anyway ?? false, chainClock: values['chain-clock'] ?? false, timeout, wait, json: values.json ?? false,
    },
  };
}

/** A number of 1 to `most` in decimal digits and nothing else. */
function positive(text: string, most: number): number | undefined {
  const value = Number(text);
  return isDecimal(text) && value >= 1 && value <= most ? value : undefined;
}

function secondsIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = positive(text, 86_400);
  if (seconds === undefined) throw new UsageError(`"${text}" is no time to wait: give a whole number of seconds, up to a day`);
  return seconds;
}
