/**
 * Claims as the chain has them, in the terms of `pallets/claims`. Amounts are in the smallest unit of
 * the settlement asset, moments in Unix seconds, organisations the numbers of the registry.
 */
import type { Hex } from '../bytes.js';

/** The coarse categories of benefits, in the order of their indices: all that a claim says in public of what was done. */
export const BENEFIT_CATEGORIES = [
  'PrimaryCare', 'Specialist', 'Preventive', 'DiagnosticTest', 'Imaging', 'Prescription',
  'OutpatientSurgery', 'Emergency', 'UrgentCare', 'HospitalStay', 'HomeHealth', 'Rehabilitation',
  'SkilledNursing', 'MedicalEquipment', 'DentalAndVision', 'Sensitive',
] as const;
export type BenefitCategory = (typeof BENEFIT_CATEGORIES)[number];

/** Who bears an adjustment, in the order of the indices: CO, PR, OA and PI of X12. */
export const GROUPS = [
  'ContractualObligation', 'PatientResponsibility', 'OtherAdjustment', 'PayerInitiated',
] as const;
export type Group = (typeof GROUPS)[number];

/** Why an amount is not paid, in the order of the indices. The list grows at the end only. */
export const CARCS = [
  'Deductible', 'Coinsurance', 'Copay', 'LacksInformation', 'Duplicate', 'OtherPayer', 'PriorPayer',
  'BeforeCoverage', 'AfterCoverage', 'FilingLimit', 'FeeSchedule', 'NotNecessary', 'NonCovered',
  'Bundled', 'BenefitMaximum', 'NegotiatedDiscount', 'AuthorisationAbsent', 'AuthorisationExceeded',
  'NoAnswer', 'ProviderNotEligible',
] as const;
export type Carc = (typeof CARCS)[number];

/** A part of a charge that is not paid: who bears it, and why. Never 0. */
export interface Adjustment {
  group: Group;
  carc: Carc;
  amount: bigint;
}

export interface ClaimLine {
  category: BenefitCategory;
  /** How many units (visits, days, fills), at least 1. */
  quantity: number;
  /** For all units together. */
  charge: bigint;
  /** The salted commitment to the coded detail, 32 bytes. */
  detail: Hex;
}

/** What became of a line: its charge is `paid` and all adjustments together, exactly. */
export interface LineResult {
  category: BenefitCategory;
  paid: bigint;
  /** The sum of the adjustments of group PatientResponsibility. */
  patientResponsibility: bigint;
  /** What the line used of its category. */
  usage: { visits: number; amount: bigint };
  adjustments: Adjustment[];
}

/** `charge` is `paid` and the four groups together, exactly. */
export interface Totals {
  charge: bigint;
  paid: bigint;
  contractualObligation: bigint;
  patientResponsibility: bigint;
  otherAdjustment: bigint;
  payerInitiated: bigint;
}

export type ClaimState =
  /** Waits for the payer's decision until `due`; then the plan's rules decide, or deny what was never attested. */
  | { kind: 'Pended'; reason: 'AboveLimit' | 'NotAttested' | 'Reviewed'; due: number }
  /** Waits for the provider's answer until `due`; the payer's clock stands. */
  | { kind: 'InformationRequested'; since: number; due: number }
  /** Decided; waits since then for funds of the payer. */
  | { kind: 'Waiting'; since: number }
  /** Decided and paid, if anything was to be paid. */
  | { kind: 'Settled'; at: number }
  /** Replaced by the corrected claim `by`. */
  | { kind: 'Superseded'; by: number }
  /** Taken back by the provider. */
  | { kind: 'Voided'; at: number }
  /** A correction that came to nothing; the claim before it stands. */
  | { kind: 'Lapsed'; at: number };

/** A claim and what became of it. */
export interface Explanation {
  claim: number;
  encounter: number;
  coverage: number;
  provider: number;
  payer: number;
  /** Within the lineage of corrections, from 1. */
  version: number;
  /** The claim that this one corrects. */
  previous?: number;
  serviceDate: number;
  submitted: number;
  state: ClaimState;
  lines: ClaimLine[];
  /** One for each line, or none while the claim is not decided. */
  results: LineResult[];
  /** While it is not decided, the charge and nothing else. */
  totals: Totals;
  /** What of `totals.paid` the provider has, by this claim and by those that it corrects. */
  transferred: bigint;
  /** The interest for late payment, on top of `transferred`. */
  interest: bigint;
}

export interface CoverageInfo {
  coverage: number;
  payer: number;
  plan: number;
  planVersion: number;
  /** The member key as an SS58 address: all that the chain knows of the person. */
  member: string;
  /** The first moment inside. */
  from: number;
  /** The first moment outside again. */
  until: number;
  /** When the member accepted; before that the coverage is an offer. */
  accepted?: number;
  /** The member key that may take the place of the present one `from` that moment on, unless somebody says no. */
  nextKey?: { key: string; from: number };
}

/** What a plan says of one category. If it is not covered, nothing else of it holds. */
export interface Benefit {
  covered: boolean;
  authorisationRequired: boolean;
  deductibleApplies: boolean;
  /** The most that the plan allows for a unit; without it, the charge. */
  allowedCap?: bigint;
  /** The most units in the plan's period. */
  visitLimit?: number;
  /** The most money in the plan's period: that the plan considers, the member's share with it, or that it pays. */
  amountLimit?: { kind: 'Considered' | 'Paid'; amount: bigint };
  /** For each unit. */
  copay: bigint;
  /** The member's share of what is left after the copay, in parts per million. */
  coinsurance: number;
}

/** How a plan counts that is not the first payer: by the higher of both allowed amounts, or by its own. */
export type Coordination = 'HigherAllowed' | 'OwnAllowed';

/** A version of a plan. It never changes. Times are in seconds. */
export interface PlanTerms {
  /** The number of the settlement asset. */
  asset: number;
  /** What the member pays first in the plan's period; 0 for none. */
  deductible: bigint;
  /** The most that the member pays in deductible, copay and coinsurance in the plan's period. */
  outOfPocketMaximum?: bigint;
  coordination: Coordination;
  benefits: Record<BenefitCategory, Benefit>;
  /** Up to which payment a claim is settled without anybody's decision. */
  autoLimit: bigint;
  /** For how long after an encounter was closed a claim may be filed. */
  filingLimit: number;
  /** For how long the payer may think about a pended claim; then the rules decide. */
  decisionTime: number;
  /** For how long a provider may take to answer a question; then the claim is denied. */
  answerTime: number;
  /** After what time since it was submitted a claim that is not paid bears interest. */
  paymentTime: number;
  /** In parts per million for a year of 365 days, simple. */
  interest: number;
}

/** A visit or stay at a provider. */
export interface EncounterInfo {
  encounter: number;
  provider: number;
  /** When it was opened: the service date of all its lines. */
  opened: number;
  emergency: boolean;
  /** Named by the member itself or, in an emergency, by the provider. */
  coverage?: number;
  /** When the member attested it. */
  attested?: number;
  /** What was done, once it is closed: the root over the details of its lines. */
  closing?: { at: number; root: Hex; lines: number; amendments: number };
  /** Whether the payer has decided about it line by line: then a correction awaits the payer again. */
  reviewed: boolean;
  /** The claim that stands for it. */
  claim?: number;
  /** The correction of that claim which awaits a decision. */
  correction?: number;
}

/** What lines would come to. */
export interface Estimate {
  results: LineResult[];
  totals: Totals;
}

/** What a payer decides about a line: its charge is `paid` and all adjustments together, exactly. */
export interface LineDecision {
  paid: bigint;
  adjustments: Adjustment[];
}

/** What a payer decides about a pended claim: what the plan's rules come to, or something else line by line. */
export type ClaimDecision = 'AsAdjudicated' | LineDecision[];

/** What a coverage gives, and what was used of it, at the moment `at`. */
export interface Eligibility {
  coverage: CoverageInfo;
  at: number;
  inForce: boolean;
  deductible: { limit: bigint; used: bigint };
  outOfPocket?: { limit: bigint; used: bigint };
  benefits: { category: BenefitCategory; benefit: Benefit; visitsUsed: number; amountUsed: bigint }[];
}

/** How the settlement asset's smallest unit reads as money: 10^`decimals` of it are one `currency`. */
export interface Settlement {
  /** ISO 4217, such as `USD`. */
  currency: string;
  decimals: number;
}
