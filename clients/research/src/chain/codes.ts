/** The code lists of research, as in `pallets/research`. In a set bit n stands for the code with index n; the lists grow at the end only. */

/** For which research a dataset is offered: permissions of DUO, and `Other`, on which the table does not decide. */
export const PERMISSIONS = ['NRES', 'GRU', 'HMB', 'DS', 'POA', 'Other'] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** Conditions of an offer that need no parameter: modifiers of DUO, and `OTHER`. */
export const MODIFIERS = [
  'NPU', 'NCU', 'NPUNCU', 'GSO', 'NMDS', 'PUB', 'COL', 'IRB', 'RTN', 'US', 'PS', 'IS', 'CC', 'RS', 'NPOA', 'OTHER',
] as const;
export type Modifier = (typeof MODIFIERS)[number];

/** What a study wants data for. From `CONTROL` on the table abstains, and a committee decides. */
export const USES = [
  'GENERAL', 'BIOMEDICAL', 'DISEASE', 'ANCESTRY', 'METHODS', 'CLINICAL-CARE', 'CONTROL', 'POPULATION-GROUP', 'AGE-GROUP', 'GENDER',
  'VULNERABLE', 'ILLEGAL-BEHAVIOUR', 'ADDICTION', 'SEXUAL', 'PSYCHOLOGICAL', 'STIGMATISING', 'NOT-HEALTH', 'DRUG-DEVELOPMENT', 'OTHER',
] as const;
export type Use = (typeof USES)[number];

/** The rules of the table; the first has the number 1. */
export const RULES = [
  'General', 'Biomedical', 'Disease', 'Ancestry', 'Methods', 'ClinicalCare', 'Npu', 'Ncu', 'Npuncu', 'Gso', 'Pub', 'Col', 'Irb', 'Rtn',
  'Us', 'Ps', 'Is', 'Gs', 'Ts', 'Mor',
] as const;
export type Rule = (typeof RULES)[number];

/** Why a permit is suspended. */
export const LAPSES = ['Ethics', 'Licence', 'Affiliation', 'Terms', 'Epoch', 'Report', 'Expired', 'Retired'] as const;
export type Lapse = (typeof LAPSES)[number];

/** How many people are in a version: fewer than each number, or a million and more. */
export const SIZES = ['Below100', 'Below1000', 'Below10000', 'Below100000', 'Below1000000', 'Million'] as const;
export type Size = (typeof SIZES)[number];

export const STAGES = ['AwaitingSignature', 'Excluded', 'Voting', 'Rejected', 'Approved', 'Permitted', 'Lapsed'] as const;
export type StageName = (typeof STAGES)[number];

export const OUTPUT_KINDS = ['Publication', 'Return'] as const;
/** What came of a permit. Nothing says whether a result is positive, negative or null. */
export type OutputKind = (typeof OUTPUT_KINDS)[number];

export const REVOCATION_REASONS = ['TermsBroken', 'Reidentification', 'FalseStatement', 'OfferEnded', 'Order', 'DecisionFlawed'] as const;
export type RevocationReason = (typeof REVOCATION_REASONS)[number];

export const APPROVAL_ENDINGS = ['Suspended', 'Withdrawn', 'Amended', 'Renewed'] as const;
export type ApprovalEnding = (typeof APPROVAL_ENDINGS)[number];

/** The indices of the bits of a mask that no code of the list has: of a runtime that is newer than this. */
export function unknownBits(list: readonly string[], mask: number): number[] {
  return Array.from({ length: 32 - list.length }, (_, at) => list.length + at).filter((bit) => ((mask >>> bit) & 1) === 1);
}
