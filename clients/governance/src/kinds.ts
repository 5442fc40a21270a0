/** Every kind of decision by name, with what it takes: for tools and forms. */
import type { ApiPromise } from '@polkadot/api';
import type { Call as RuntimeCall } from '@polkadot/types/interfaces';
import { decodeAddress, encodeAddress } from '@polkadot/util-crypto';
import type { Call } from '@salus/client';
import { CARE_POLICIES, isDecimal, ORG_KINDS, SalusError, type CarePolicy } from '@salus/types';
import { fromDecimal } from '@salus/types/claims';
import { momentFrom, secondsFrom } from '@salus/types/time';
import { enactmentCancel, enactmentSetDelay, ENACTMENT_CLASSES } from './adapter.js';
import type { Body } from './bodies.js';
import { decodeCall } from './carried.js';
import * as decisions from './decisions.js';
import { CAPABILITIES } from './decisions.js';
import { authorise } from './upgrade.js';

/** A value that somebody typed and that is not what the parameter takes. */
export class BadArgument extends SalusError {}

type Reader<T> = (api: ApiPromise, text: string) => T;

function account(api: ApiPromise, text: string): string {
  try {
    return encodeAddress(decodeAddress(text), api.registry.chainSS58);
  } catch {
    throw new BadArgument(`"${text}" is no account: give its address, or its public key in hexadecimal digits`);
  }
}

function whole(text: string, what: string): number {
  if (!isDecimal(text) || Number(text) > 0xffff_ffff) throw new BadArgument(`"${text}" is no ${what}`);
  return Number(text);
}

/** Names from a list, separated by commas; `all` for every one and `none` for none. */
function names<T extends string>(list: readonly T[], text: string, what: string): T[] {
  if (text.toLowerCase() === 'all') return [...list];
  if (text.toLowerCase() === 'none') return [];
  return text.split(',').map((part) => {
    const found = list.find((known) => known.toLowerCase() === part.trim().toLowerCase());
    if (!found) throw new BadArgument(`"${part}" is no ${what}; there are ${list.join(', ')}, all and none`);
    return found;
  });
}

function read<T>(value: T | undefined, text: string, what: string): T {
  if (value === undefined) throw new BadArgument(`"${text}" is no ${what}`);
  return value;
}

const organisation: Reader<number> = (_, text) => whole(text, 'number of an organisation');
const block: Reader<number> = (_, text) => whole(text, 'number of a block');
const count: Reader<number> = (_, text) => whole(text, 'whole number');
const until: Reader<number> = (_, text) => read(momentFrom(text), text, 'moment: give a date such as 2027-01-31, or Unix seconds');
const hash: Reader<string> = (_, text) => read(/^0x[0-9a-f]{64}$/i.test(text) ? text : undefined, text, 'hash of 32 bytes');
const callOf: Reader<RuntimeCall> = (api, text) => read(decodeCall(api, text), text, 'call of this chain in hexadecimal digits');

function callName(api: ApiPromise, text: string): string {
  try {
    decisions.nameInMetadata(api, text);
    return text;
  } catch (error) {
    throw new BadArgument((error as Error).message);
  }
}

function amount(api: ApiPromise, text: string): bigint {
  const [whole = '', ...places] = text.split('.');
  try {
    if (!isDecimal(whole) || places.length > 1 || !places.every((digits) => /^[0-9]+$/.test(digits))) throw new RangeError('no amount');
    return fromDecimal(text, api.registry.chainDecimals[0] ?? 12);
  } catch {
    throw new BadArgument(`"${text}" is no amount: give whole tokens, with decimals if need be, such as 12.5`);
  }
}

function units(_: ApiPromise, text: string): bigint {
  if (!isDecimal(text) || text.length > 38) throw new BadArgument(`"${text}" is no whole number of the smallest unit`);
  return BigInt(text);
}

/** What a kind of decision is. */
export interface Kind {
  /** What it does, in one line. */
  about: string;
  /** The names of what it takes, in order; the last may be left out if it ends with `?`. */
  takes: readonly string[];
  build(api: ApiPromise, args: readonly string[]): Call;
}

const kind = (about: string, takes: string, build: (api: ApiPromise, ...args: string[]) => Call): Kind => ({
  about, takes: takes === '' ? [] : takes.split(' '), build: (api, args) => build(api, ...args),
});

const members = (body: Body, name: string, adjective: string): [string, Kind][] => [
  [`add-${name}-member`, kind(`give an account a seat in the ${adjective}`, 'ACCOUNT',
    (api, who = '') => decisions.addMember(api, body, account(api, who)))],
  [`remove-${name}-member`, kind(`take a seat in the ${adjective} away`, 'ACCOUNT',
    (api, who = '') => decisions.removeMember(api, body, account(api, who)))],
  [`swap-${name}-member`, kind(`give a seat in the ${adjective} to another account (a lost key)`, 'OUT IN',
    (api, out = '', entering = '') => decisions.swapMember(api, body, account(api, out), account(api, entering)))],
  [`set-${name}-prime`, kind(`make a member of the ${adjective} its prime; changes no vote`, 'ACCOUNT',
    (api, who = '') => decisions.setPrime(api, body, account(api, who)))],
  [`clear-${name}-prime`, kind(`leave the ${adjective} without a prime; changes no vote`, '', (api) => decisions.clearPrime(api, body))],
];

const classNamed: Reader<(typeof ENACTMENT_CLASSES)[number]> = (_, text) => read(
  ENACTMENT_CLASSES.find((known) => known.toLowerCase() === text.toLowerCase()), text, `class; there are ${ENACTMENT_CLASSES.join(', ')}`,
);

const policyNamed: Reader<CarePolicy> = (_, text) => read(
  CARE_POLICIES.find((known) => known.toLowerCase() === text.toLowerCase()), text, `care policy; there are ${CARE_POLICIES.join(', ')}`,
);

/** Every kind by the name that `gov` knows it by. */
export const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ...members('council', 'council', 'Council'),
  ...members('technicalCommittee', 'technical', 'Technical Committee'),
  ['add-validator', kind('let an account of an organisation become a validator', 'ACCOUNT ORGANISATION',
    (api, who = '', org = '') => decisions.addValidator(api, account(api, who), organisation(api, org)))],
  ['remove-validator', kind('take a validator out of the set', 'ACCOUNT',
    (api, who = '') => decisions.removeValidator(api, account(api, who)))],
  ['appoint-registrar', kind('appoint a registrar', 'ACCOUNT ORGANISATION KINDS CAPABILITIES UNTIL',
    (api, who = '', org = '', kinds = '', capabilities = '', end = '') => decisions.appointRegistrar(
      api, account(api, who), organisation(api, org), names(ORG_KINDS, kinds, 'kind of organisation'),
      names(CAPABILITIES, capabilities, 'capability'), until(api, end)))],
  ['dismiss-registrar', kind('dismiss a registrar', 'ACCOUNT',
    (api, who = '') => decisions.dismissRegistrar(api, account(api, who)))],
  ['enter-safe-mode', kind('stop everything that loosens, for a time', '', decisions.enterSafeMode)],
  ['extend-safe-mode', kind('let safe mode last longer', '', decisions.extendSafeMode)],
  ['exit-safe-mode', kind('end safe mode before its time', '', decisions.exitSafeMode)],
  ['pause', kind('pause one call for everybody', 'PALLET.CALL', (api, name = '') => decisions.pauseCall(api, callName(api, name)))],
  ['unpause', kind('end the pause of a call', 'PALLET.CALL', (api, name = '') => decisions.unpauseCall(api, callName(api, name)))],
  ['spend', kind('promise tokens of the treasury to an account', 'AMOUNT ACCOUNT FROM-BLOCK?',
    (api, tokens = '', who = '', from) => decisions.spend(
      api, amount(api, tokens), account(api, who), from === undefined ? undefined : block(api, from)))],
  ['void-spend', kind('take a promise of the treasury back', 'INDEX', (api, index = '') => decisions.voidSpend(api, count(api, index)))],
  ['create-asset', kind('create a settlement asset', 'ID ADMIN MINIMUM',
    (api, id = '', admin = '', least = '') => decisions.createAsset(api, count(api, id), account(api, admin), units(api, least)))],
  ['schedule', kind('carry a decision of the Council out at a block', 'BLOCK CALL-HEX',
    (api, at = '', hex = '') => decisions.scheduleAt(api, block(api, at), callOf(api, hex)))],
  ['schedule-after', kind('carry a decision of the Council out so many blocks later', 'BLOCKS CALL-HEX',
    (api, after = '', hex = '') => decisions.scheduleAfter(api, count(api, after), callOf(api, hex)))],
  ['cancel-scheduled', kind('take what is scheduled out again', 'BLOCK INDEX',
    (api, at = '', index = '') => decisions.cancelScheduled(api, block(api, at), count(api, index)))],
  ['upgrade', kind('let a runtime with that hash be applied (takes both bodies)', 'CODE-HASH',
    (api, code = '') => authorise(api, hash(api, code)))],
  ['note-stalled', kind('let finality go on without stalled authorities (takes both bodies)', 'DELAY-BLOCKS BEST-FINALISED-BLOCK',
    (api, delay = '', best = '') => decisions.noteStalled(api, count(api, delay), block(api, best)))],
  ['set-delay', kind('change the public delay of a class (takes both bodies)', 'CLASS SPAN',
    (api, ofClass = '', text = '') => enactmentSetDelay(
      api, classNamed(api, ofClass), read(secondsFrom(text), text, 'span of time, such as 20s, 15m, 2h or 3d')))],
  ['set-care-policy', kind('announce another care policy, or withdraw an announcement (takes both bodies)', 'POLICY',
    (api, policy = '') => decisions.setCarePolicy(api, policyNamed(api, policy)))],
  ['cancel-enactment', kind('stop a proposal for enactment', 'PROPOSAL-HASH',
    (api, proposal = '') => enactmentCancel(api, hash(api, proposal)))],
  ['call', kind('any call, encoded', 'CALL-HEX', (api, hex = '') => {
    const call = callOf(api, hex);
    return (api.tx as never as Record<string, Record<string, (...args: unknown[]) => Call>>)[call.section]![call.method]!(...call.args);
  })],
]);

/** How a kind is written. */
export const usageOf = (name: string, { takes }: Kind): string =>
  [name, ...takes.map((what) => (what.endsWith('?') ? `[${what.slice(0, -1)}]` : what))].join(' ');

/** The call of a decision of a kind, from text. Throws {@link BadArgument} with one sentence. */
export function buildDecision(api: ApiPromise, name: string, args: readonly string[]): Call {
  const found = KINDS.get(name);
  if (!found) throw new BadArgument(`there is no kind of decision "${name}"; \`gov kinds\` lists them`);
  const least = found.takes.filter((what) => !what.endsWith('?')).length;
  if (args.length < least || args.length > found.takes.length) throw new BadArgument(`a decision of this kind is written: ${usageOf(name, found)}`);
  return found.build(api, args);
}
