/** What the chain says of research, as plain values. All times are in seconds since 1970, all epsilon in millionths. */
import type { Hex } from '@salus/types';
import type {
  ApprovalEnding, Lapse, Modifier, OutputKind, Permission, RevocationReason, Rule, Size, StageName, Use,
} from './codes.js';

/** Where data is used: a country by its number in ISO 3166-1, or an area by its number in UN M49. */
export type Region = { country: number } | { area: number };

/** What a custodian offers a dataset for. What is not said does not restrict. */
export interface Offer {
  permission: Permission;
  /** Of DS, and of no other: the commitment to the disease (see `diseaseCode`). */
  disease?: Hex;
  modifiers: Modifier[];
  /** GS: where alone it may be used. */
  region?: Region;
  /** TS: for at most how many months. */
  months?: number;
  /** MOR: before which moment nothing may be published. */
  moratorium?: number;
  /** Modifiers that this version of the package does not know, by their index. Read only. */
  unknownModifiers?: number[];
}

/** What a request says of itself. What is not stated counts neither as a yes nor as a no. */
export interface Statement {
  uses: Use[];
  genotypes?: boolean;
  forProfit?: boolean;
  commercial?: boolean;
  publishes?: boolean;
  collaborates?: boolean;
  returns?: boolean;
  region?: Region;
  /** For how many months data is wanted: of a request always, 1 to 120. */
  months?: number;
  /** The earliest moment at which anything will be published. */
  publishesFrom?: number;
}

/** On which code the table gives no answer. */
export type Unanswered =
  | { about: 'Permission' }
  | { about: 'Modifier'; index: number }
  | { about: 'Use'; index: number }
  | { about: 'NoUse' }
  | { about: 'Condition'; rule: Rule };

/** What the table says of a request for an offer. */
export type Answer = { answer: 'Match' } | { answer: 'NoMatch'; rule: Rule } | { answer: 'Abstain'; because: Unanswered };

/** An answer, and the version of the table that gave it. */
export interface Decision {
  table: number;
  answer: Answer;
}

export type DatasetBasis = { basis: 'Consent' } | { basis: 'OptOut' } | { basis: 'LegalPermit'; code: number };

export interface CommitteeRule {
  committee: number;
  quorum: number;
  /** For how many seconds a vote is open at least. */
  deliberation: number;
}

export interface Budget {
  total: number;
  reserved: number;
  settled: number;
}

export interface Vote {
  by: string;
  inFavour: boolean;
  at: number;
}

export interface Tally {
  inFavour: number;
  against: number;
}

export interface Population {
  custodian: number;
  committee: number;
  quorum: number;
  budget: Budget;
  left: number;
  queries: number;
  /** The proposal of more budget on which can be voted. */
  motion: { number: number | undefined; more: number; by: string; at: number; votes: Vote[] } | undefined;
}

export interface Version {
  number: number;
  terms: Offer;
  /** How often the terms had changed. */
  termsVersion: number;
  root: Hex;
  size: Size;
  /** The withdrawal epoch that it honours. */
  epoch: number;
  /** The first moment at which the next epoch is overdue. */
  nextEpochDue: number;
  at: number;
}

export interface Dataset {
  id: number;
  custodian: number;
  basis: DatasetBasis;
  minCohort: number;
  rule: CommitteeRule;
  /** Whether what matches the terms needs no vote. */
  shortcut: boolean;
  offeredAt: number;
  retiredAt: number | undefined;
  version: Version;
}

export interface Approval {
  by: string;
  /** Which version of the protocol was approved. */
  protocol: number;
  from: number;
  until: number;
  ended: { at: number; how: ApprovalEnding } | undefined;
}

export interface Study {
  id: number;
  organisation: number;
  investigator: string;
  ethics: number;
  uses: Use[];
  protocols: { commitment: Hex; at: number }[];
  approvals: Approval[];
  withdrawnAt: number | undefined;
  requests: number;
  /** Whether an ethics approval lasts now. */
  approved: boolean;
}

/** Where a request stands; `rule` says by which the terms exclude it. */
export type Stage = { stage: Exclude<StageName, 'Excluded'> } | { stage: 'Excluded'; rule: Rule };

export interface AccessRequest {
  id: number;
  study: number;
  dataset: number;
  statement: Statement;
  disease: Hex | undefined;
  askedAt: number;
  cosigned: { by: string; at: number; version: number; decision: Decision } | undefined;
  votes: Vote[];
  outcome: { at: number; approved: boolean; by: 'Match' | Tally } | undefined;
  stage: Stage;
  /** The first moment at which it lapses, while somebody's time runs. */
  lapsesAt: number | undefined;
  answer: Answer | undefined;
  /** The votes that would count now. */
  tally: Tally;
}

/** What is true of a permit at a moment. */
export type Standing =
  | { standing: 'NotYet' }
  | { standing: 'Active' }
  | { standing: 'Suspended'; lapses: Lapse[]; unknown?: number[] }
  | { standing: 'Ended'; how: 'Revoked' | 'Closed' };

export interface Permit {
  id: number;
  study: number;
  dataset: number;
  from: number;
  until: number;
  renewal: { at: number; until: number } | undefined;
  ended: { at: number; how: 'Revoked' | 'Closed' } | undefined;
  accepted: { termsVersion: number; at: number; version: number }[];
  reports: { year: number; at: number; commitment: Hex }[];
  outputs: { kind: OutputKind; commitment: Hex; at: number }[];
  revoked: RevocationReason | undefined;
  /** The attestation that the data was destroyed; `at` where the chain tells it. */
  destruction: { commitment: Hex; at: number | undefined } | undefined;
  standing: Standing;
  closeOutDue: number;
}

/** A query for which budget was reserved. */
export interface Query {
  id: number;
  permit: number;
  version: number;
  commitment: Hex;
  epsilon: number;
  reservedAt: number;
  result: { commitment: Hex; at: number } | undefined;
}
