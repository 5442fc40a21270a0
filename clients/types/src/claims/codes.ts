/** The adjustment codes of X12, and what they say, in words of our own. */
import { CARCS, GROUPS, type Adjustment, type Carc, type Group, type LineResult } from './model.js';

export const X12_GROUP_SYSTEM = 'https://x12.org/codes/claim-adjustment-group-codes';
export const X12_CARC_SYSTEM = 'https://x12.org/codes/claim-adjustment-reason-codes';

interface GroupCode {
  /** CAS01 of an X12 835. */
  x12: string;
  label: string;
  /** To the patient. */
  meaning: string;
}

const GROUP_CODES: Record<Group, GroupCode> = {
  ContractualObligation: { x12: 'CO', label: 'Borne by the provider, by contract or law', meaning: 'The provider bears it, by contract or law, and may not bill you for it.' },
  PatientResponsibility: { x12: 'PR', label: 'Borne by the patient', meaning: 'You pay it.' },
  OtherAdjustment: { x12: 'OA', label: 'Borne by nobody on this claim', meaning: 'Nobody pays it on this claim.' },
  PayerInitiated: {
    x12: 'PI', label: 'Borne by the provider, by decision of the payer',
    meaning: 'The provider bears it, as your insurer decided, and may not bill you for it.',
  },
};

interface CarcCode {
  /** CAS02 of an X12 835. */
  x12: string;
  meaning: string;
  /** What it is called beside an amount. */
  label: string;
  /** Whether nothing of the line may be paid. The other reasons reduce. */
  denies: boolean;
}

const reduces = (x12: string, label: string, meaning: string): CarcCode => ({ x12, label, meaning, denies: false });
const denies = (x12: string, label: string, meaning: string): CarcCode => ({ x12, label, meaning, denies: true });

const CARC_CODES: Record<Carc, CarcCode> = {
  Deductible: reduces('1', 'deductible', 'It counts towards the deductible of the plan, which comes first.'),
  Coinsurance: reduces('2', 'coinsurance', 'It is the share of the cost that the plan leaves to its members.'),
  Copay: reduces('3', 'copay', 'It is the fixed amount that the plan asks of its members.'),
  LacksInformation: denies('16', 'information missing', 'The claim lacks information that is needed to decide, or has errors in it.'),
  Duplicate: denies('18', 'duplicate', 'The same service is on another claim.'),
  OtherPayer: denies('22', 'another insurer', 'Another insurer may have to pay for it.'),
  PriorPayer: reduces('23', 'settled with the insurer before', 'The insurer before this one settled it, by payments and adjustments.'),
  BeforeCoverage: denies('26', 'before the coverage', 'The service was before the coverage began.'),
  AfterCoverage: denies('27', 'after the coverage', 'The service was after the coverage ended.'),
  FilingLimit: denies('29', 'filed too late', 'The claim was filed after the time limit.'),
  FeeSchedule: reduces('45', 'above what the plan allows', 'The charge is above what the plan or the contract allows for the service.'),
  NotNecessary: denies('50', 'not medically necessary', 'The insurer does not see a medical need for the service.'),
  NonCovered: denies('96', 'not covered', 'The plan does not cover the service.'),
  Bundled: denies('97', 'part of another service', 'The payment for another service includes it.'),
  BenefitMaximum: reduces('119', 'beyond the most that the plan pays', 'The most that the plan gives for the period is reached.'),
  NegotiatedDiscount: reduces('131', 'discount', 'It is a discount that was agreed for this claim.'),
  AuthorisationAbsent: denies('197', 'not authorised', 'The service needs an authorisation beforehand, and there is none.'),
  AuthorisationExceeded: reduces('198', 'beyond the authorisation', 'It goes beyond what was authorised beforehand.'),
  NoAnswer: denies('226', 'no answer from the provider', 'The insurer asked the provider for information, and the answer was missing, late or incomplete.'),
  ProviderNotEligible: denies('B7', 'provider not eligible', 'The provider was not licensed or eligible for the service on that day.'),
};

/** CO, PR, OA or PI. */
export const groupCode = (group: Group): string => GROUP_CODES[group].x12;

/** The X12 claim adjustment reason code. */
export const carcCode = (carc: Carc): string => CARC_CODES[carc].x12;

/** Who bears it, in a sentence to the patient. */
export const groupMeaning = (group: Group): string => GROUP_CODES[group].meaning;

/** Who bears it, in a few words to anybody. */
export const groupLabel = (group: Group): string => GROUP_CODES[group].label;

/** Why it is not paid, in a sentence to anybody. */
export const carcMeaning = (carc: Carc): string => CARC_CODES[carc].meaning;

/** The reason in a few words, to stand behind an amount. */
export const carcLabel = (carc: Carc): string => CARC_CODES[carc].label;

/** Whether the reason denies the line: nothing of it may be paid. */
export const isDenial = (carc: Carc): boolean => CARC_CODES[carc].denies;

export const isDenied = ({ adjustments }: LineResult): boolean => adjustments.some(({ carc }) => isDenial(carc));

/** The group of an X12 code; anything else is a `RangeError`. */
export function groupOf(x12: string): Group {
  const group = GROUPS.find((candidate) => GROUP_CODES[candidate].x12 === x12);
  if (!group) throw new RangeError(`unknown claim adjustment group code ${x12}`);
  return group;
}

/** The reason of an X12 code; a code that the chain does not know is a `RangeError`. */
export function carcOf(x12: string): Carc {
  const carc = CARCS.find((candidate) => CARC_CODES[candidate].x12 === x12);
  if (!carc) throw new RangeError(`unknown claim adjustment reason code ${x12}`);
  return carc;
}

/** The sum of the adjustments for one of the reasons, whoever bears them. */
export const sumOf = (adjustments: readonly Adjustment[], ...carcs: Carc[]): bigint =>
  adjustments.reduce((sum, { carc, amount }) => (carcs.includes(carc) ? sum + amount : sum), 0n);
