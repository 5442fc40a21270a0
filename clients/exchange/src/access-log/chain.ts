/** Access logs on the chain: reading what custodians committed to, and the calls. */
import type { ApiPromise } from '@polkadot/api';
import type { Call, Snapshot } from '@salus/client';
import { maybe, numberOf } from '@salus/client/query';
import { SalusError, type Hex } from '@salus/types';
import { hash, orgId, u32 } from '@salus/types/arguments';
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

const without = (): SalusError => new SalusError('this chain keeps no heads of access logs: its runtime has no AccessLog');

/** Reads from the state of one block. Throws {@link SalusError} if its runtime knows no access logs. */
export function logCommits({ api }: Pick<Snapshot, 'api'>): LogCommits {
  const calls = api.call.accessLogApi as typeof api.call.accessLogApi | undefined;
  if (!calls) throw without();
  return {
    custodian: async (organisation) => maybe(await calls.custodian(orgId(organisation)), (found) => ({
      // The codec of a struct is a `Map`, whose `entries` is a method: Polkadot.js names the member otherwise.
      commits: numberOf(found.commits), epoch: numberOf(found.epoch), entries: found.entries_.toBigInt(), head: found.head.toHex() as Hex,
      lastAt: numberOf(found.lastAt), unpaid: numberOf(found.unpaid),
    })),
    commits: async (organisation, first) => (await calls.logCommits(orgId(organisation), u32(first, 'first'))).map((found) => ({
      number: numberOf(found.number), epoch: numberOf(found.epoch), seqFrom: found.seqFrom.toBigInt(), seqUntil: found.seqUntil.toBigInt(),
      root: found.root.toHex() as Hex, head: found.head.toHex() as Hex, at: numberOf(found.at),
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
  const consts = api.consts.accessLog as typeof api.consts.accessLog | undefined;
  if (!consts) throw without();
  return numberOf(consts.heartbeat);
}

function callsOf({ tx }: ApiPromise): ApiPromise['tx']['accessLog'] {
  const calls = tx.accessLog as typeof tx.accessLog | undefined;
  if (!calls) throw without();
  return calls;
}

/** Commits to log entries; signed by the organisation's administrator, privacy officer or data steward. */
export const commit = (api: ApiPromise, { organisation, seqFrom, seqUntil, root, previous }: NextCommit): Call =>
  callsOf(api).commit(orgId(organisation), seqFrom, seqUntil, hash(root, 'root'), hash(previous, 'previous'));

/**
 * Begins the log anew, in another epoch whose entries are counted from 0; `previous` is the head. For a log that is lost, or
 * that was committed to wrongly: auditors see it for ever. Signed as {@link commit} is.
 */
export const beginAnew = (api: ApiPromise, organisation: number, previous: Hex): Call =>
  callsOf(api).beginAnew(orgId(organisation), hash(previous, 'previous'));

/** Says what was found of a day in the logs of two organisations, once; signed as {@link commit} is. */
export const attestReconciled = (api: ApiPromise, organisation: number, counterparty: number, day: Day, counts: Counts): Call =>
  callsOf(api).attestReconciled(orgId(organisation), orgId(counterparty, 'counterparty'), u32(day, 'day'), {
    matched: u32(counts.matched, 'matched'), onlyOurs: u32(counts.onlyOurs, 'onlyOurs'), onlyTheirs: u32(counts.onlyTheirs, 'onlyTheirs'),
  });
