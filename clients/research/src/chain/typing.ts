/**
 * The pallet `research` as `@polkadot/api` decorates it from the metadata, written by hand: the interfaces that are generated for the
 * client do not have it yet. Everything else in this package goes through `makeCall` and `questionsOf`, so that generated types replace this file alone.
 */
import type { ApiPromise } from '@polkadot/api';
import type { Bool, Enum, Option, Struct, u16, u32, u64, u8, Vec } from '@polkadot/types-codec';
import type { AccountId32, H256 } from '@polkadot/types/interfaces';
import type { ApiAt, Call } from '@salus/client';
import { ConnectionFailed, InvalidArgument } from '@salus/types';

type Num = u8 | u16 | u32 | u64;

export interface CodecOffer extends Struct { permission: Enum; modifiers: u32; region: Option<Enum>; months: Option<u16>; moratorium: Option<u64> }
export interface CodecStatement extends Struct {
  uses: u32; genotypes: Enum; forProfit: Enum; commercial: Enum; publishes: Enum; collaborates: Enum; returns: Enum; ethicsApproved: Enum;
  region: Option<Enum>; months: Option<u16>; publishesFrom: Option<u64>;
}
export interface CodecDecision extends Struct { version: u16; answer: Enum }
export interface CodecVote extends Struct { by: AccountId32; inFavour: Bool; at: u64 }
export interface CodecTally extends Struct { inFavour: u32; against: u32 }
export interface CodecMotion extends Struct { number?: u32; more: u64; by: AccountId32; at: u64; votes: Vec<CodecVote> }
export interface CodecBudget extends Struct { total: u64; reserved: u64; settled: u64 }
export interface CodecPopulation extends Struct { committee: u32; quorum: u32; budget: CodecBudget; left: u64; queries: u64; motion: Option<CodecMotion>; refusedAt?: Option<u64> }
export interface CodecVersion extends Struct {
  // Of names that its structs have already, such as `size`, Polkadot.js makes others.
  number: u32; terms: CodecOffer; termsVersion: u32; root: H256; size_: Enum; epoch: u32; nextEpochDue: u64; at: u64;
}
export interface CodecRule extends Struct { committee: u32; quorum: u32; deliberation: u64 }
export interface CodecDataset extends Struct {
  id: u32; custodian: u32; basis: Enum; minCohort: u32; rule: CodecRule; shortcut: Bool; offeredAt: u64; retiredAt: Option<u64>; version: CodecVersion;
}
export interface CodecInterval extends Struct { from: u64; until: u64 }
export interface CodecApproval extends Struct { by: AccountId32; protocol: u32; period: CodecInterval; ended: Option<Enum & [u64, Enum]> }
export interface CodecStudy extends Struct {
  organisation: u32; investigator: AccountId32; ethics: u32; uses: u32; protocols: Vec<Struct & { commitment: H256; at: u64 }>;
  approvals: Vec<CodecApproval>; withdrawnAt: Option<u64>; requests: u32;
}
export interface CodecStudyInfo extends Struct { study: CodecStudy; approved: Bool }
export interface CodecCosigned extends Struct { by: AccountId32; at: u64; version: u32; decision: CodecDecision }
export interface CodecOutcome extends Struct { at: u64; approved: Bool; by: Enum }
export interface CodecRequest extends Struct {
  study: u32; dataset: u32; statement: CodecStatement; disease: Option<H256>; askedAt: u64; cosigned: Option<CodecCosigned>; votes: Vec<CodecVote>;
  outcome: Option<CodecOutcome>;
}
export interface CodecRequestInfo extends Struct {
  id: u32; request: CodecRequest; stage: Enum; lapsesAt: Option<u64>; answer: Option<Enum>; tally: CodecTally;
}
export interface CodecPermit extends Struct {
  period: CodecInterval; renewal: Option<Struct & { at: u64; until: u64 }>; ended: Option<Struct & { at: u64; how: Enum }>;
}
export interface CodecRecord extends Struct {
  study: u32; dataset: u32; permit: CodecPermit; accepted: Vec<Struct & { terms: Struct & { version: u32; from: u64 }; version: u32 }>;
  reports: Vec<Struct & { filed: Struct & { year: u64; at: u64 }; commitment: H256 }>;
  outputs: Vec<Struct & { kind: Enum; commitment: H256; at: u64 }>; revoked: Option<Enum>; destruction: Option<H256 | (Struct & { commitment: H256; at: u64 })>;
}
export interface CodecPermitInfo extends Struct { id: u32; record: CodecRecord; standing: Enum; closeOutDue: u64 }
export interface CodecQuery extends Struct {
  permit: u32; version: u32; commitment: H256; epsilon: u64; reservedAt: u64; result: Option<Struct & { commitment: H256; at: u64 }>;
}
export interface CodecQueryInfo extends Struct { id: u64; query: CodecQuery }

/** The questions of the runtime API `ResearchApi`. */
export interface Questions {
  population(custodian: number): Promise<Option<CodecPopulation>>;
  dataset(id: number): Promise<Option<CodecDataset>>;
  datasets(first: number): Promise<Vec<CodecDataset>>;
  versionAt(dataset: number, at: number): Promise<Option<CodecVersion>>;
  study(id: number): Promise<Option<CodecStudyInfo>>;
  request(id: number): Promise<Option<CodecRequestInfo>>;
  requests(first: number): Promise<Vec<CodecRequestInfo>>;
  stageAt(id: number, at: number): Promise<Option<Enum>>;
  permit(id: number): Promise<Option<CodecPermitInfo>>;
  permitAt(id: number, at: number): Promise<Option<Enum>>;
  lapsed(first: number): Promise<Vec<Struct & { id: Num; lapses: Num }>>;
  matchTerms(terms: unknown, statement: unknown, disease: string | null): Promise<CodecDecision>;
  /** Of chains that have it: by which rule terms exclude a statement, also where the table abstains. */
  excludedBy?(terms: unknown, statement: unknown, disease: string | null): Promise<Option<Enum>>;
  queries(custodian: number, first: number): Promise<Vec<CodecQueryInfo>>;
  reserved(custodian: number, commitment: string): Promise<Option<CodecQueryInfo>>;
}

const none = (what: string): never => {
  throw new ConnectionFailed(`the node's chain has no research: its runtime lacks ${what}`);
};

interface Maker {
  (...args: unknown[]): Call;
  meta: { args: Iterable<{ name: { toString(): string } }> };
}

const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/**
 * A call of the pallet with its arguments by name, in the order that the chain's metadata has. Throws `InvalidArgument` if the chain asks for one that is
 * not there, or does not know one that is; `mayLack` names those that were added to a call, which a chain may not know yet.
 */
export function makeCall(api: ApiPromise, name: string, args: Readonly<Record<string, unknown>>, mayLack: readonly string[] = []): Call {
  const { research } = api.tx as unknown as Record<string, Record<string, Maker>>;
  if (!research) return none('the pallet research');
  const make = research[name];
  if (!make) throw new InvalidArgument('api', `is of a chain whose pallet research has no call ${name}`);
  const wanted = [...make.meta.args].map((each) => camel(each.name.toString()));
  const missing = wanted.find((each) => !Object.hasOwn(args, each));
  if (missing !== undefined) throw new InvalidArgument('api', `is of a chain whose call research.${name} has an argument ${missing}, which this version does not know`);
  const stray = Object.keys(args).find((each) => !wanted.includes(each) && !mayLack.includes(each));
  if (stray !== undefined) throw new InvalidArgument('api', `is of a chain whose call research.${name} has no argument ${stray}`);
  return make(...wanted.map((each) => args[each]));
}

/** The questions of a state. Throws `ConnectionFailed` if the chain has no research. */
export function questionsOf(api: ApiAt | ApiPromise): Questions {
  const { researchApi } = api.call as unknown as Record<string, Questions>;
  return researchApi ?? none('ResearchApi');
}
