/** Access logs on the chain: reading what custodians committed to, and the calls. */
import type { ApiPromise } from '@polkadot/api';
import type { Codec } from '@polkadot/types/types';
import type { Option, Struct, Vec } from '@polkadot/types-codec';
import { hash, orgId, u32 } from '../arguments.js';
import type { Hex } from '../bytes.js';
import type { Snapshot } from '../connect.js';
import { SalusError } from '../errors.js';
import { maybe, numberOf } from '../query.js';
import type { Call } from '../tx.js';
import type { Commit, Custodian } from './heads.js';
import type { NextCommit } from './next.js';
import type { Counts, Day } from './reconcile.js';

/** What is read of a custodian's log, all in one state. */
export interface LogCommits {
  /** Where the log stands; undefined if the organisation never committed to one. */
  custodian(organisation: number): Promise<Custodian | undefined>;
  /** Some commits, in order, from number `first` on; none if there are no more. */
  commits(organisation: number, first: number): Promise<Commit[]>;
}

/** The part of the runtime's API that is used. The generated interfaces do not have it yet. */
interface AccessLogApi {
  custodian(organisation: number): Promise<Option<Struct>>;
  logCommits(organisation: number, first: number): Promise<Vec<Struct>>;
}

/** A member by its name. As a property `entries` would be the method of that name: the codec of a struct is a `Map`. */
function member(struct: Struct, name: string): Codec {
  const value = struct.get(name) as Codec | undefined;
  if (!value) throw new SalusError(`the runtime's answer about access logs has no ${name}`);
  return value;
}
const numberIn = (struct: Struct, name: string): number => numberOf(member(struct, name));
const bigIn = (struct: Struct, name: string): bigint => BigInt(member(struct, name).toString());
const hexIn = (struct: Struct, name: string): Hex => member(struct, name).toHex() as Hex;

const without = (): SalusError => new SalusError('this chain keeps no heads of access logs: its runtime has no AccessLog');

/** Reads from the state of one block. Throws {@link SalusError} if its runtime knows no access logs. */
export function logCommits({ api }: Pick<Snapshot, 'api'>): LogCommits {
  const calls = api.call['accessLogApi'] as unknown as AccessLogApi | undefined;
  if (!calls) throw without();
  return {
    custodian: async (organisation) => maybe(await calls.custodian(orgId(organisation)), (found) => ({
      commits: numberIn(found, 'commits'), epoch: numberIn(found, 'epoch'), entries: bigIn(found, 'entries'), head: hexIn(found, 'head'),
      lastAt: numberIn(found, 'lastAt'), unpaid: numberIn(found, 'unpaid'),
    })),
    commits: async (organisation, first) => (await calls.logCommits(orgId(organisation), u32(first, 'first'))).map((found) => ({
      number: numberIn(found, 'number'), epoch: numberIn(found, 'epoch'), seqFrom: bigIn(found, 'seqFrom'), seqUntil: bigIn(found, 'seqUntil'),
      root: hexIn(found, 'root'), head: hexIn(found, 'head'), at: numberIn(found, 'at'),
    })),
  };
}

/** All commits of an organisation, and where its log stands. */
export async function allCommits(chain: LogCommits, organisation: number): Promise<{ stands: Custodian | undefined; commits: Commit[] }> {
  const stands = await chain.custodian(organisation);
  const commits: Commit[] = [];
  while (commits.length < (stands?.commits ?? 0)) {
    const some = await chain.commits(organisation, commits.length);
    // That there are fewer than there should be is for whoever compares them.
    if (some.length === 0) break;
    commits.push(...some);
  }
  return { stands, commits };
}

/** After how many seconds without a commit a log is stale on this chain. */
export function heartbeatOf({ api }: Pick<Snapshot, 'api'>): number {
  const heartbeat = api.consts['accessLog']?.['heartbeat'];
  if (!heartbeat) throw without();
  return numberOf(heartbeat as Codec);
}

function txOf(api: ApiPromise, name: 'commit' | 'beginAnew' | 'attestReconciled') {
  const make = api.tx['accessLog']?.[name];
  if (!make) throw without();
  return make;
}

/** Commits to log entries; signed by the organisation's administrator, privacy officer or data steward. */
export const commit = (api: ApiPromise, { organisation, seqFrom, seqUntil, root, previous }: NextCommit): Call =>
  txOf(api, 'commit')(orgId(organisation), seqFrom, seqUntil, hash(root, 'root'), hash(previous, 'previous'));

/**
 * Begins the log anew, in another epoch whose entries are counted from 0; `previous` is the head. For a log that is lost, or
 * that was committed to wrongly: auditors see it for ever. Signed as {@link commit} is.
 */
export const beginAnew = (api: ApiPromise, organisation: number, previous: Hex): Call =>
  txOf(api, 'beginAnew')(orgId(organisation), hash(previous, 'previous'));

/** Says what was found of a day in the logs of two organisations, once; signed as {@link commit} is. */
export const attestReconciled = (api: ApiPromise, organisation: number, counterparty: number, day: Day, counts: Counts): Call =>
  txOf(api, 'attestReconciled')(orgId(organisation), orgId(counterparty, 'counterparty'), u32(day, 'day'), {
    matched: u32(counts.matched, 'matched'), onlyOurs: u32(counts.onlyOurs, 'onlyOurs'), onlyTheirs: u32(counts.onlyTheirs, 'onlyTheirs'),
  });
