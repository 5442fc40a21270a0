/**
 * Which security codes ask for which of the chain's labels: one table, over the value sets of FHIR R4
 * `security-labels` that say how confidential (v3-Confidentiality) and why (InformationSensitivityPolicy of v3-ActCode).
 *
 * A code that covers more than the chain has labels for asks for every label that it may mean: SUD may be opioids
 * or alcohol, so whoever wants the record needs a directive for both. A code that means something the chain has no
 * label for (genetic disease, sickle cell, religion ...) is refused: no directive could say who may see it.
 */
import type { SensitivityLabel } from '@salus/types';
import { keyOf, V3_ACT_CODE, V3_ACT_REASON, V3_CONFIDENTIALITY, type Code } from './systems.js';

/** What a security code asks for. */
export type LabelRule =
  /** No more care than any record gets. */
  | 'ordinary'
  /** More care, for a reason that it does not tell. */
  | 'restricted'
  /** A directive for each of these. */
  | readonly SensitivityLabel[]
  /** Known, and not to be expressed on the chain. */
  | 'no-label';

export interface LabelRow {
  system: string;
  code: string;
  display: string;
  rule: LabelRule;
}

const rows = (system: string, rule: LabelRule, codes: Record<string, string>): LabelRow[] =>
  Object.entries(codes).map(([code, display]) => ({ system, code, display, rule }));

const SUBSTANCES: readonly SensitivityLabel[] = ['Eth', 'Ethud', 'Opioidud'];

export const LABEL_TABLE: readonly LabelRow[] = [
  // How confidential, from the least to the most: U < L < M < N < R < V.
  ...rows(V3_CONFIDENTIALITY, 'ordinary', { U: 'unrestricted', L: 'low', M: 'moderate', N: 'normal' }),
  ...rows(V3_CONFIDENTIALITY, 'restricted', { R: 'restricted', V: 'very restricted' }),
  // Retired codes of the same system, which old records still have.
  ...rows(V3_CONFIDENTIALITY, ['Eth'], { ETH: 'substance abuse related' }),
  ...rows(V3_CONFIDENTIALITY, ['Hiv'], { HIV: 'HIV related' }),
  ...rows(V3_CONFIDENTIALITY, ['Psy'], { PSY: 'psychiatry related' }),
  ...rows(V3_CONFIDENTIALITY, ['Sdv'], { SDV: 'sexual and domestic violence related' }),
  ...rows(V3_CONFIDENTIALITY, 'no-label', {
    B: 'business', C: 'celebrity', D: 'clinician', I: 'individual', S: 'sensitive', T: 'taboo',
  }),
  // Why: the codes that are the chain's labels.
  ...rows(V3_ACT_CODE, ['Eth'], { ETH: 'substance abuse' }),
  ...rows(V3_ACT_CODE, ['Ethud'], { ETHUD: 'alcohol use disorder' }),
  ...rows(V3_ACT_CODE, ['Opioidud'], { OPIOIDUD: 'opioid use disorder' }),
  ...rows(V3_ACT_CODE, ['Psy'], { PSY: 'psychiatry disorder' }),
  ...rows(V3_ACT_CODE, ['Sdv'], { SDV: 'sexual assault, abuse, or domestic violence' }),
  ...rows(V3_ACT_CODE, ['Hiv'], { HIV: 'HIV/AIDS' }),
  ...rows(V3_ACT_CODE, ['Sex'], { SEX: 'sexuality and reproductive health' }),
  // MINOR is the chain's own word beside those of HL7; ADOL is what HL7 has for it.
  ...rows(V3_ACT_CODE, ['Minor'], { ADOL: 'adolescent', MINOR: 'a minor\'s confidential care' }),
  // Above them, and beside them: every label that may be meant.
  ...rows(V3_ACT_CODE, SUBSTANCES, { SUD: 'substance use disorder' }),
  // The law of the United States about programmes that treat substance use.
  ...rows(V3_ACT_CODE, SUBSTANCES, { '42CFRPart2': '42 CFR Part 2' }),
  // It asks to read the labels of parts, which is done always.
  ...rows(V3_ACT_CODE, 'ordinary', { PROCESSINLINELABEL: 'process inline security label' }),
  ...rows(V3_ACT_CODE, ['Psy'], { MH: 'mental health', EMOTDIS: 'emotional disturbance' }),
  ...rows(V3_ACT_CODE, [...SUBSTANCES, 'Psy'], { BH: 'behavioral health', SPI: 'specially protected' }),
  ...rows(V3_ACT_CODE, ['Hiv', 'Sex'], { STD: 'sexually transmitted disease' }),
  ...rows(V3_ACT_CODE, ['Sdv'], { MST: 'military sexual trauma', VIO: 'violence' }),
  ...rows(V3_ACT_CODE, ['Sex'], { GENDER: 'gender and sexual orientation' }),
  // No label of the chain says this.
  ...rows(V3_ACT_CODE, 'no-label', {
    PSYTHPN: 'psychotherapy note', COGN: 'cognitive disability', DVD: 'developmental disability',
    GDIS: 'genetic disease', SCA: 'sickle cell anemia', SICKLE: 'sickle cell', TBOO: 'taboo',
    DEMO: 'all demographic information', DOB: 'date of birth', LIVARG: 'living arrangement', MARST: 'marital status',
    RACE: 'race', REL: 'religion', B: 'business', EMPL: 'employer', LOCIS: 'location', SSP: 'sensitive service provider',
    CEL: 'celebrity', DIA: 'diagnosis', DRGIS: 'drug', EMP: 'employee', PDS: 'patient default', PHY: 'physician requested',
    PRS: 'patient requested',
  }),
  ...rows(V3_ACT_REASON, 'ordinary', { HTEST: 'test health data' }),
];

const RULES = new Map(LABEL_TABLE.map((row) => [keyOf(row), row.rule]));

/** What a code asks for; `undefined` if it is in no row. */
export const labelRule = (code: Code): LabelRule | undefined => RULES.get(keyOf(code));
