/** The command line of `salus-research`: what is written on it. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { knownCommand, input, UsageError, withoutSecrets } from '@salus/client/node';
import type { Hex } from '@salus/types';
import { USES, type Use } from '../chain/codes.js';
import type { Region, Statement } from '../chain/model.js';
import { diseaseCode } from '../disease.js';

export { UsageError };

const OPTIONS = {
  node: { type: 'string' }, ws: { type: 'string' }, genesis: { type: 'string' }, 'chain-clock': { type: 'boolean' },
  'suri-file': { type: 'string' }, crypto: { type: 'string' }, send: { type: 'boolean' },
  folder: { type: 'string' }, organisation: { type: 'string' }, ethics: { type: 'string' }, custodian: { type: 'string' },
  study: { type: 'string' }, dataset: { type: 'string' }, permit: { type: 'string', multiple: true },
  use: { type: 'string', multiple: true }, months: { type: 'string' }, disease: { type: 'string' }, region: { type: 'string' },
  genotypes: { type: 'string' }, 'for-profit': { type: 'string' }, commercial: { type: 'string' }, publishes: { type: 'string' },
  collaborates: { type: 'string' }, returns: { type: 'string' }, 'publishes-from': { type: 'string' },
  term: { type: 'string', multiple: true }, without: { type: 'string', multiple: true }, retired: { type: 'boolean' }, matching: { type: 'boolean' },
  protocol: { type: 'string' }, file: { type: 'string' }, year: { type: 'string' }, kind: { type: 'string' }, report: { type: 'string' },
  version: { type: 'string' }, fhir: { type: 'boolean' }, zone: { type: 'string' },
  listen: { type: 'string' }, query: { type: 'string' }, life: { type: 'string' }, wait: { type: 'string' },
  form: { type: 'string' }, out: { type: 'string' }, name: { type: 'string' }, description: { type: 'string' }, license: { type: 'string' },
  relay: { type: 'string' }, offline: { type: 'boolean' }, 'genesis-file': { type: 'string' }, trail: { type: 'string' },
  'para-id': { type: 'string' }, 'relay-genesis': { type: 'string' }, 'relay-start': { type: 'string' }, 'relay-block': { type: 'string' },
  json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsConfig['options'];

export type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

const CHAIN = ['node', 'ws', 'genesis', 'chain-clock', 'json'] as const;
const SIGNER = ['suri-file', 'crypto'] as const;
const SENDS = [...CHAIN, ...SIGNER, 'send'] as const;
const STATEMENT = [
  'use', 'months', 'disease', 'region', 'genotypes', 'for-profit', 'commercial', 'publishes', 'collaborates', 'returns', 'publishes-from',
] as const;

/** What is believed without a node. */
export const OFFLINE = ['genesis-file', 'trail', 'para-id', 'relay-genesis', 'relay-start', 'relay-block'] as const;

/** Only these: an option that a command does not know is a mistake, not a wish. */
const KNOWN: Record<string, readonly (keyof Values)[]> = {
  datasets: [...CHAIN, ...STATEMENT, 'term', 'without', 'custodian', 'retired', 'matching'],
  'study register': [...SENDS, 'organisation', 'ethics', 'use', 'protocol', 'folder'],
  'study amend': [...SENDS, 'protocol', 'folder'],
  'study show': [...CHAIN, 'fhir', 'zone'],
  request: [...SENDS, ...STATEMENT, 'study', 'dataset'],
  cosign: [...SENDS],
  follow: [...CHAIN],
  accept: [...SENDS, 'version'],
  report: [...SENDS, 'year', 'file', 'folder'],
  output: [...SENDS, 'kind', 'file', 'folder'],
  renew: [...SENDS],
  'close-out': [...SENDS, 'file', 'report', 'folder'],
  serve: ['folder', 'listen', 'json'],
  ask: [...CHAIN, ...SIGNER, 'relay', 'permit', 'query', 'folder', 'life', 'wait'],
  collect: [...CHAIN, 'relay', 'folder'],
  answers: ['folder', 'form', 'json'],
  verify: [...CHAIN, 'folder', 'offline', ...OFFLINE],
  audit: [...CHAIN, 'folder', 'permit'],
  package: ['folder', 'out', 'name', 'description', 'license', 'json'],
  epoch: [...CHAIN],
};

export interface CommandLine {
  command: string;
  args: string[];
  values: Values;
}

/** Reads the command line; throws `UsageError` in one sentence, and never repeats a secret. */
export function commandLine(argv: readonly string[]): CommandLine {
  withoutSecrets(argv);
  let parsed;
  try {
    parsed = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message.split('\n')[0] as string);
  }
  const { values, positionals: [first = '', ...rest] } = parsed;
  if (values.help || first === 'help' || first === '') return { command: 'help', args: [], values };
  const [command, args] = first === 'study' ? [`study ${rest[0] ?? ''}`.trim(), rest.slice(1)] : [first, rest];
  knownCommand(command, values, KNOWN);
  if (values.node !== undefined && values.ws !== undefined) throw new UsageError('either --node or --ws: they are the same');
  return { command, args, values };
}

/** A number in decimal digits and nothing else. */
export function numberIn(text: string, what: string, most = 0xffff_ffff): number {
  const value = Number(text);
  if (!/^(0|[1-9]\d{0,15})$/.test(text) || value > most) throw new UsageError(`${what} is a whole number up to ${most}, not "${text}"`);
  return value;
}

export const numberIf = (text: string | undefined, what: string, most?: number): number | undefined => (text === undefined ? undefined : numberIn(text, what, most));

export function needed(value: string | undefined, command: string, option: string): string {
  if (value === undefined) throw new UsageError(`${command} needs ${option}`);
  return value;
}

/** One argument, a number. */
export function oneNumber({ command, args }: CommandLine, name: string): number {
  if (args.length !== 1) throw new UsageError(`${command} needs one ${name}`);
  return numberIn(args[0] as string, name);
}

export function noArguments({ command, args }: CommandLine): void {
  if (args.length > 0) throw new UsageError(`${command} does not know what to do with "${args[0]}"`);
}

export function usesIn(words: readonly string[] | undefined): Use[] {
  return (words ?? []).map((word) => USES.find((use) => use === word.toUpperCase())
    ?? (() => { throw new UsageError(`there is no use "${word}"; there are: ${USES.join(', ')}`); })());
}

function yesOrNo(text: string | undefined, option: string): boolean | undefined {
  if (text === undefined) return undefined;
  if (text === 'yes' || text === 'no') return text === 'yes';
  throw new UsageError(`${option} is yes or no, not "${text}"`);
}

function regionIn(text: string | undefined): Region | undefined {
  if (text === undefined) return undefined;
  const [, kind, digits] = /^(country|area):(\d{1,5})$/.exec(text) ?? [];
  if (digits === undefined) throw new UsageError(`--region is country:276, by ISO 3166-1, or area:150, by UN M49, not "${text}"`);
  return kind === 'country' ? { country: Number(digits) } : { area: Number(digits) };
}

/** A moment: seconds since 1970, or a day of UTC. */
function momentIn(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{9,11}$/.test(text)) return Number(text);
  const millis = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(millis) || new Date(millis).toISOString().slice(0, 10) !== text) throw new UsageError(`${option} is a day such as 2027-01-31, or seconds since 1970, not "${text}"`);
  return millis / 1000;
}

/** What a request states, as it is written on the command line. What is not written is not stated. */
export function statementIn(values: Values): { statement: Statement; disease: Hex | undefined } {
  const stated = {
    genotypes: yesOrNo(values.genotypes, '--genotypes'), forProfit: yesOrNo(values['for-profit'], '--for-profit'),
    commercial: yesOrNo(values.commercial, '--commercial'), publishes: yesOrNo(values.publishes, '--publishes'),
    collaborates: yesOrNo(values.collaborates, '--collaborates'), returns: yesOrNo(values.returns, '--returns'),
    region: regionIn(values.region), months: numberIf(values.months, '--months', 120), publishesFrom: momentIn(values['publishes-from'], '--publishes-from'),
  };
  const said = Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined));
  return { statement: { uses: usesIn(values.use), ...said }, disease: values.disease === undefined ? undefined : diseaseCode(values.disease) };
}

/** A file's bytes; `UsageError` if it cannot be read. */
export const fileIn = (path: string): Promise<Uint8Array> => input(path);
