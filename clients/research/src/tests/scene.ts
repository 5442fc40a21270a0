/** The pallet as a chain would show it: its types in SCALE, its calls by their names, and a runtime API that answers what a test says. */
import { readFileSync } from 'node:fs';
import { TypeRegistry } from '@polkadot/types';
import type { Codec } from '@polkadot/types/types';
import type { ApiAt, ApiPromise, Call } from '@salus/client';

export const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
export const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
export const HASH = (byte: number): `0x${string}` => `0x${byte.toString(16).padStart(2, '0').repeat(32)}`;
/** A moment in 2027, and a day. */
export const NOW = 1_800_000_000;
export const DAY = 86_400;

const ROOT = new URL('../../../../', import.meta.url);
/** A file of the repository. */
export const repositoryFile = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');
export const repositoryPath = (path: string): URL => new URL(path, ROOT);

export const types = new TypeRegistry();
const unit = (...names: string[]) => ({ _enum: names });
types.register({
  RPermission: { _enum: { Nres: null, Gru: null, Hmb: null, Ds: 'H256', Poa: null, Other: null } },
  RRegion: { _enum: { Country: 'u16', Area: 'u16' } },
  ROffer: { permission: 'RPermission', modifiers: 'u32', region: 'Option<RRegion>', months: 'Option<u16>', moratorium: 'Option<u64>' },
  RStated: unit('Nothing', 'No', 'Yes'),
  RStatement: {
    uses: 'u32', genotypes: 'RStated', forProfit: 'RStated', commercial: 'RStated', publishes: 'RStated', collaborates: 'RStated', returns: 'RStated',
    ethicsApproved: 'RStated', region: 'Option<RRegion>', months: 'Option<u16>', publishesFrom: 'Option<u64>',
  },
  RRule: { _enum: {
    General: 1, Biomedical: 2, Disease: 3, Ancestry: 4, Methods: 5, ClinicalCare: 6, Npu: 7, Ncu: 8, Npuncu: 9, Gso: 10, Pub: 11, Col: 12, Irb: 13, Rtn: 14,
    Us: 15, Ps: 16, Is: 17, Gs: 18, Ts: 19, Mor: 20,
  } },
  RCode: { _enum: { Permission: null, Modifier: 'u8', Use: 'u8', NoUse: null, Condition: 'RRule' } },
  RAnswer: { _enum: { Match: null, NoMatch: 'RRule', Abstain: 'RCode' } },
  RDecision: { version: 'u16', answer: 'RAnswer' },
  RVote: { by: 'AccountId32', inFavour: 'bool', at: 'u64' },
  RTally: { inFavour: 'u32', against: 'u32' },
  RMotion: { number: 'u32', more: 'u64', by: 'AccountId32', at: 'u64', votes: 'Vec<RVote>' },
  RBudget: { total: 'u64', reserved: 'u64', settled: 'u64' },
  RPopulation: { committee: 'u32', quorum: 'u32', budget: 'RBudget', left: 'u64', queries: 'u64', motion: 'Option<RMotion>' },
  RSize: unit('Below100', 'Below1000', 'Below10000', 'Below100000', 'Below1000000', 'Million'),
  RVersion: { number: 'u32', terms: 'ROffer', termsVersion: 'u32', root: 'H256', size_: 'RSize', epoch: 'u32', nextEpochDue: 'u64', at: 'u64' },
  RBasis: { _enum: { Consent: null, OptOut: null, LegalPermit: 'u16' } },
  RCommittee: { committee: 'u32', quorum: 'u32', deliberation: 'u64' },
  RDataset: {
    id: 'u32', custodian: 'u32', basis: 'RBasis', minCohort: 'u32', rule: 'RCommittee', shortcut: 'bool', offeredAt: 'u64', retiredAt: 'Option<u64>', version: 'RVersion',
  },
  RInterval: { from: 'u64', until: 'u64' },
  REnding: unit('Suspended', 'Withdrawn', 'Amended', 'Renewed'),
  RApproval: { by: 'AccountId32', protocol: 'u32', period: 'RInterval', ended: 'Option<(u64, REnding)>' },
  RProtocol: { commitment: 'H256', at: 'u64' },
  RStudy: {
    organisation: 'u32', investigator: 'AccountId32', ethics: 'u32', uses: 'u32', protocols: 'Vec<RProtocol>', approvals: 'Vec<RApproval>',
    withdrawnAt: 'Option<u64>', requests: 'u32', deposit: '(AccountId32, Null)',
  },
  RStudyInfo: { study: 'RStudy', approved: 'bool' },
  RCosigned: { by: 'AccountId32', at: 'u64', version: 'u32', decision: 'RDecision' },
  RDecidedBy: { _enum: { Match: null, Vote: 'RTally' } },
  ROutcome: { at: 'u64', approved: 'bool', by: 'RDecidedBy' },
  RRequest: {
    study: 'u32', dataset: 'u32', statement: 'RStatement', disease: 'Option<H256>', askedAt: 'u64', cosigned: 'Option<RCosigned>', votes: 'Vec<RVote>',
    outcome: 'Option<ROutcome>',
  },
  RStage: { _enum: { AwaitingSignature: null, Excluded: 'RRule', Voting: null, Rejected: null, Approved: null, Permitted: null, Lapsed: null } },
  RRequestInfo: { id: 'u32', request: 'RRequest', stage: 'RStage', lapsesAt: 'Option<u64>', answer: 'Option<RAnswer>', tally: 'RTally' },
  RHow: unit('Revoked', 'Closed'),
  RRenewal: { at: 'u64', until: 'u64' },
  RPermitEnd: { at: 'u64', how: 'RHow' },
  RPermit: { period: 'RInterval', renewal: 'Option<RRenewal>', ended: 'Option<RPermitEnd>' },
  RVersionFrom: { version: 'u32', from: 'u64' },
  RAccepted: { terms: 'RVersionFrom', version: 'u32' },
  RFiled: { year: 'u64', at: 'u64' },
  RReport: { filed: 'RFiled', commitment: 'H256' },
  ROutputKind: unit('Publication', 'Return'),
  ROutput: { kind: 'ROutputKind', commitment: 'H256', at: 'u64' },
  RReason: unit('TermsBroken', 'Reidentification', 'FalseStatement', 'OfferEnded', 'Order', 'DecisionFlawed'),
  RDestruction: { commitment: 'H256', at: 'u64' },
  RRecord: {
    study: 'u32', dataset: 'u32', permit: 'RPermit', accepted: 'Vec<RAccepted>', reports: 'Vec<RReport>', outputs: 'Vec<ROutput>', revoked: 'Option<RReason>',
    destruction: 'Option<RDestruction>',
  },
  RStanding: { _enum: { NotYet: null, Active: null, Suspended: 'u8', Ended: 'RHow' } },
  RPermitInfo: { id: 'u32', record: 'RRecord', standing: 'RStanding', closeOutDue: 'u64' },
  RResult: { commitment: 'H256', at: 'u64' },
  RQuery: { permit: 'u32', version: 'u32', commitment: 'H256', epsilon: 'u64', reservedAt: 'u64', result: 'Option<RResult>' },
  RQueryInfo: { id: 'u64', query: 'RQuery' },
  RLapsed: { id: 'u32', lapses: 'u8' },
});

/** A value of one of these types. */
export const scale = (type: string, value?: unknown): Codec => types.createType(type, value as never) as unknown as Codec;
export const some = (type: string, value: unknown): Codec => scale(`Option<${type}>`, value);
export const none = (type: string): Codec => scale(`Option<${type}>`);

/** Terms for health research by who is not for profit. */
export const TERMS = { permission: 'Hmb', modifiers: 0b1, region: null, months: null, moratorium: null };
export const version = (more: object = {}) => ({
  number: 3, terms: TERMS, termsVersion: 1, root: HASH(2), size_: 'Below10000', epoch: 2, nextEpochDue: NOW + 20 * DAY, at: NOW - 10 * DAY, ...more,
});
export const dataset = (more: object = {}) => ({
  id: 7, custodian: 4, basis: { OptOut: null }, minCohort: 10, rule: { committee: 5, quorum: 3, deliberation: 3_600 }, shortcut: false, offeredAt: NOW - 90 * DAY,
  retiredAt: null, version: version(), ...more,
});
export const study = (more: object = {}) => ({
  organisation: 6, investigator: ALICE, ethics: 5, uses: 0b10, protocols: [{ commitment: HASH(3), at: NOW - 80 * DAY }],
  approvals: [{ by: BOB, protocol: 0, period: { from: NOW - 70 * DAY, until: NOW + 300 * DAY }, ended: null }], withdrawnAt: null, requests: 1, deposit: [ALICE, null], ...more,
});
export const STATEMENT = {
  uses: 0b10, genotypes: 'Nothing', forProfit: 'No', commercial: 'Nothing', publishes: 'Yes', collaborates: 'Nothing', returns: 'Nothing', ethicsApproved: 'Nothing',
  region: null, months: 12, publishesFrom: null,
};
export const requestInfo = (more: object = {}, request: object = {}) => ({
  id: 12,
  request: {
    study: 1, dataset: 7, statement: STATEMENT, disease: null, askedAt: NOW - 60 * DAY,
    cosigned: { by: BOB, at: NOW - 59 * DAY, version: 3, decision: { version: 1, answer: { Match: null } } }, votes: [{ by: BOB, inFavour: true, at: NOW - 58 * DAY }],
    outcome: { at: NOW - 55 * DAY, approved: true, by: { Vote: { inFavour: 3, against: 0 } } }, ...request,
  },
  stage: { Permitted: null }, lapsesAt: null, answer: { Match: null }, tally: { inFavour: 3, against: 0 }, ...more,
});
export const permitInfo = (more: object = {}, record: object = {}) => ({
  id: 12,
  record: {
    study: 1, dataset: 7, permit: { period: { from: NOW - 50 * DAY, until: NOW + 310 * DAY }, renewal: null, ended: null },
    accepted: [{ terms: { version: 1, from: NOW - 50 * DAY }, version: 3 }], reports: [], outputs: [], revoked: null, destruction: null, ...record,
  },
  standing: { Active: null }, closeOutDue: NOW + 490 * DAY, ...more,
});

/** What was called, with its arguments. */
export interface Made {
  call: string;
  names: string[];
  args: unknown[];
}

/** The calls of the pallet and the names of their arguments, from its source. */
export function palletCalls(): Map<string, string[]> {
  const source = repositoryFile('pallets/research/src/calls.rs');
  return new Map([...source.matchAll(/pub fn (\w+)\(\s*origin: OriginFor<T>,?([^)]*)\)/g)].map(([, name, args]) => [
    name as string, [...(args as string).matchAll(/(\w+): /g)].map(([, each]) => each as string),
  ]));
}

const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** An api that answers each call with its name and its arguments, in the order of the pallet. */
export function fakeTx(calls = palletCalls()): ApiPromise {
  const research = Object.fromEntries([...calls].map(([name, args]) => {
    const make = (...given: unknown[]): Call => ({
      call: camel(name), names: args.map(camel), args: given,
      method: { section: 'research', method: camel(name), toHex: () => '0x3c00' },
    }) as unknown as Call;
    return [camel(name), Object.assign(make, { meta: { args: args.map((each) => ({ name: each })) } })];
  }));
  return { tx: { research } } as unknown as ApiPromise;
}

/** A state whose runtime API answers with these values; `undefined` for what the chain does not have. */
export function fakeState(answers: Record<string, (...args: never[]) => Codec>): ApiAt {
  const researchApi = Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, async (...args: never[]) => answer(...args)]));
  return { call: { researchApi } } as unknown as ApiAt;
}

/** The state of a chain with one dataset, study, request and permit. */
export const oneOfEach = (more: Record<string, (...args: never[]) => Codec> = {}): ApiAt => fakeState({
  population: () => some('RPopulation', {
    committee: 5, quorum: 3, budget: { total: 1_000_000, reserved: 100_000, settled: 200_000 }, left: 700_000, queries: 3,
    motion: { number: 2, more: 5, by: BOB, at: NOW, votes: [] },
  }),
  dataset: (id: number) => (id === 7 ? some('RDataset', dataset()) : none('RDataset')),
  datasets: (first: number) => scale('Vec<RDataset>', first <= 7 ? [dataset()] : []),
  versionAt: () => some('RVersion', version()),
  study: (id: number) => (id === 1 ? some('RStudyInfo', { study: study(), approved: true }) : none('RStudyInfo')),
  request: (id: number) => (id === 12 ? some('RRequestInfo', requestInfo()) : none('RRequestInfo')),
  requests: () => scale('Vec<RRequestInfo>', [requestInfo()]),
  stageAt: () => some('RStage', { Voting: null }),
  permit: (id: number) => (id === 12 ? some('RPermitInfo', permitInfo()) : none('RPermitInfo')),
  permitAt: (id: number) => (id === 12 ? some('RStanding', { Active: null }) : none('RStanding')),
  lapsed: () => scale('Vec<RLapsed>', [{ id: 3, lapses: 0b10_0001 }]),
  matchTerms: () => scale('RDecision', { version: 1, answer: { Match: null } }),
  queries: () => scale('Vec<RQueryInfo>', []),
  reserved: () => none('RQueryInfo'),
  ...more,
});
