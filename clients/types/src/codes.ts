/**
 * The chain's code lists and the sets over them, as in `pallets/primitives/src/codes.rs`. In a set
 * bit n stands for the variant with index n; the lists grow at the end only.
 */
export const PURPOSES = [
  'Treat', 'Etreat', 'Btg', 'Hpaymt', 'Hoperat', 'Hresch', 'Clintrch', 'Pubhlth', 'Caremgt',
  'Patrqt', 'Famrqt', 'Coverage', 'Eligdtrm', 'Hmarkt', 'Hdirect', 'Hlegal', 'Train', 'Hsysadmin',
] as const;
/** HL7 v3 PurposeOfUse. Matched exactly: a parent does not imply its children. */
export type Purpose = (typeof PURPOSES)[number];

export const DATA_CLASSES = [
  'Demographics', 'Problems', 'Medications', 'Laboratory', 'Observations', 'Imaging', 'Procedures',
  'Encounters', 'Documents', 'CarePlans', 'Questionnaires', 'Genomics', 'Financial',
] as const;
export type DataClass = (typeof DATA_CLASSES)[number];

export const SENSITIVITY_LABELS = ['Eth', 'Ethud', 'Opioidud', 'Psy', 'Sdv', 'Hiv', 'Sex', 'Minor'] as const;
export type SensitivityLabel = (typeof SENSITIVITY_LABELS)[number];

export const ACTIONS = ['Read', 'Export', 'Amend', 'Redisclose'] as const;
export type Action = (typeof ACTIONS)[number];

export const ORG_KINDS = [
  'Provider', 'Payer', 'Pharmacy', 'Laboratory', 'Research', 'Ethics', 'Auditor',
] as const;
export type OrgKind = (typeof ORG_KINDS)[number];

const CARE: readonly OrgKind[] = ['Provider', 'Pharmacy', 'Laboratory'];
const CARE_AND_PAYERS: readonly OrgKind[] = [...CARE, 'Payer'];
const CARE_AND_RESEARCH: readonly OrgKind[] = [...CARE, 'Research'];

/** The kinds of organisations that act for a purpose by their licence: one of them will do. As `kinds_for` of the consent rules. */
export const KINDS_FOR: Readonly<Record<Purpose, readonly OrgKind[]>> = {
  Treat: CARE, Etreat: CARE, Btg: CARE,
  Hpaymt: CARE_AND_PAYERS, Coverage: CARE_AND_PAYERS, Eligdtrm: CARE_AND_PAYERS, Caremgt: CARE_AND_PAYERS,
  Hoperat: CARE_AND_PAYERS, Train: CARE_AND_PAYERS, Hsysadmin: CARE_AND_PAYERS, Hmarkt: CARE_AND_PAYERS, Hdirect: CARE_AND_PAYERS,
  Hresch: CARE_AND_RESEARCH, Clintrch: CARE_AND_RESEARCH,
  Pubhlth: [...CARE_AND_PAYERS, 'Research'],
  Patrqt: ORG_KINDS, Famrqt: ORG_KINDS, Hlegal: ORG_KINDS,
};

export const ROLES = [
  'Clinician', 'Nurse', 'Pharmacist', 'LabScientist', 'PrivacyOfficer', 'Biller', 'DataSteward',
  'Auditor', 'Researcher', 'EthicsMember', 'DacMember',
] as const;
export type Role = (typeof ROLES)[number];

/** The states of a patient's handle. */
export const PATIENT_STATES = [
  'Active', 'Frozen', 'Recovering', 'Contested', 'DeceasedProvisional', 'DeceasedFinal', 'Retired',
] as const;
export type PatientState = (typeof PATIENT_STATES)[number];

export const KEY_PURPOSES = ['Authentication', 'Consent', 'View'] as const;
export type KeyPurpose = (typeof KEY_PURPOSES)[number];

export const RELATIONSHIP_KINDS = ['Admission', 'Ambulatory', 'PrimaryCare', 'Referral'] as const;
/** How a care relationship came about. */
export type RelationshipKind = (typeof RELATIONSHIP_KINDS)[number];

export const EMERGENCY_REASONS = ['UrgentCare', 'ConsentUnobtainable', 'Transfer', 'MajorIncident'] as const;
/** Why somebody breaks the glass; it says nothing about the patient's health. */
export type EmergencyReason = (typeof EMERGENCY_REASONS)[number];

export const EFFECTS = ['Permit', 'Deny'] as const;
/** Whether a directive lets or forbids. */
export type Effect = (typeof EFFECTS)[number];

export const CARE_POLICIES = ['ConsentOnly', 'CareTeam'] as const;
/** What a live relationship means on a network: nothing by itself, or that the care team reads unlabelled data for treatment. */
export type CarePolicy = (typeof CARE_POLICIES)[number];

export const BASE_DECISIONS = ['Unset', 'Deny', 'Permit'] as const;
/** What holds where no directive of the patient speaks; the strictest is `Deny`, and `Unset` is stricter than `Permit`. */
export type BaseDecision = (typeof BASE_DECISIONS)[number];

/** What a patient has said in advance about emergencies; each is stricter than the one before. */
export const ADVANCE_DIRECTIVES = ['Unrestricted', 'NoLabelled', 'NoEmergency'] as const;
export type AdvanceDirective = (typeof ADVANCE_DIRECTIVES)[number];

export const FINDINGS = ['Justified', 'Unjustified'] as const;
export type Finding = (typeof FINDINGS)[number];

/** The bit mask of `codes` over `list`. */
export function maskOf<T extends string>(list: readonly T[], codes: Iterable<T>): number {
  let mask = 0;
  for (const code of codes) {
    const bit = list.indexOf(code);
    if (bit < 0) throw new RangeError(`unknown code ${code}`);
    mask |= 1 << bit;
  }
  return mask >>> 0;
}

/** The codes of `list` that are in `mask`; bits that this SDK does not know are left out. */
export const codesOf = <T extends string>(list: readonly T[], mask: number): T[] =>
  list.filter((_, bit) => (mask & (1 << bit)) !== 0);

export const purposes = (...codes: Purpose[]): number => maskOf(PURPOSES, codes);
export const dataClasses = (...codes: DataClass[]): number => maskOf(DATA_CLASSES, codes);
export const labels = (...codes: SensitivityLabel[]): number => maskOf(SENSITIVITY_LABELS, codes);
export const actions = (...codes: Action[]): number => maskOf(ACTIONS, codes);
export const orgKinds = (...codes: OrgKind[]): number => maskOf(ORG_KINDS, codes);
export const keyPurposes = (...codes: KeyPurpose[]): number => maskOf(KEY_PURPOSES, codes);

export const ALL_DATA_CLASSES = dataClasses(...DATA_CLASSES);
