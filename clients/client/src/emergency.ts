/** Emergencies: breaking the glass, what others find of it, and what a patient has said in advance. */
import type { ApiPromise } from '@polkadot/api';
import type { PalletEmergencyEmergencyInfo, PalletEmergencyOpinion } from '@polkadot/types/lookup';
import {
  ADVANCE_DIRECTIVES, codesOf, DATA_CLASSES, EMERGENCY_REASONS, FINDINGS, type AdvanceDirective, type DataClass, type EmergencyReason,
  type Finding, type Hex,
} from '@salus/types';
import { code, hash, mask, moment, orgId, u32 } from '@salus/types/arguments';
import type { ApiAt } from './connect.js';
import { maybe, numberOf } from './query.js';
import { eventOf, type Call, type Included } from './tx.js';

/** What a clinician declares. */
export interface Declaration {
  organisation: number;
  patient: string;
  reason: EmergencyReason;
  /** What is to be read. */
  classes: DataClass[];
  /** A salted commitment to what the organisation has written down about it; never that itself. */
  detail: string;
}

/**
 * What stands of an emergency: `UnjustifiedBySilence` where nobody reviewed it in time, `Unreviewed` where no auditor reviewed in time
 * what was recorded late, and `Disputed` from the patient's dispute until an auditor rules.
 */
export type Outcome =
  | { kind: 'Pending' }
  | { kind: 'Found' | 'Ruled'; finding: Finding }
  | { kind: 'Disputed'; since: number }
  | { kind: 'UnjustifiedBySilence' }
  | { kind: 'Unreviewed' };

/** What somebody found of an emergency, for which organisation, and when. */
export interface Opinion {
  finding: Finding;
  by: string;
  actingFor: number;
  at: number;
}

/** One breaking of the glass. All times are in seconds since 1970. */
export interface EmergencyRecord {
  id: number;
  patient: Hex;
  organisation: number;
  /** Who broke the glass. */
  by: string;
  reason: EmergencyReason;
  classes: DataClass[];
  /** From when it let that person read: of one that was recorded late, when it happened. */
  from: number;
  /** From when on it lets nothing any more; the organisation itself ends it by finding it unjustified. */
  until: number;
  recordedAt: number;
  /** Whether it was recorded after it had happened: then it lets nothing. */
  late: boolean;
  /** Whether it was beyond the credit of the organisation or of the person. */
  overCredit: boolean;
  detail: Hex;
  reviewBy: number;
  outcome: Outcome;
  review: Opinion | undefined;
  disputedAt: number | undefined;
  ruling: Opinion | undefined;
}

/** How an organisation stands. */
export interface Standing {
  /** How many emergencies it may declare within the period before they are beyond credit, and how many of them are left. */
  credit: number;
  left: number;
  /** How many can still be reviewed. */
  pending: number;
  counts: {
    timely: number; late: number; overCredit: number; justified: number; unjustified: number; bySilence: number; lateUnreviewed: number;
    disputed: number; overruled: number; unpaid: number;
  };
}

const declared = ({ organisation, patient, reason, classes }: Declaration) => [
  orgId(organisation), hash(patient, 'patient'), code(EMERGENCY_REASONS, reason, 'reason'), mask(DATA_CLASSES, classes, 'classes'),
] as const;

/** Breaks the glass: lets the signer, a clinician of the organisation, read these classes for purpose `Btg`, for four hours. */
export const breakGlass = (api: ApiPromise, declaration: Declaration): Call =>
  api.tx.emergency.breakGlass(...declared(declaration), hash(declaration.detail, 'detail'));

/** Records an emergency that happened while it could not be declared. It lets nothing. */
export const breakGlassLate = (api: ApiPromise, declaration: Declaration, happenedAt: number): Call =>
  api.tx.emergency.breakGlassLate(...declared(declaration), moment(happenedAt, 'happenedAt'), hash(declaration.detail, 'detail'));

/** Says what an emergency was; signed by a privacy officer of the organisation or by an auditor of another, never by who broke the glass. */
export const review = (api: ApiPromise, actingFor: number, emergency: number, finding: Finding): Call =>
  api.tx.emergency.review(orgId(actingFor, 'actingFor'), u32(emergency, 'emergency'), code(FINDINGS, finding, 'finding'));

/** Disputes that an emergency was justified; signed by any live key of the patient, free. */
export const dispute = (api: ApiPromise, emergency: number): Call => api.tx.emergency.dispute(u32(emergency, 'emergency'));

/** Rules on a disputed emergency, for good; signed by an auditor who has had no part in it. */
export const rule = (api: ApiPromise, actingFor: number, emergency: number, finding: Finding): Call =>
  api.tx.emergency.rule(orgId(actingFor, 'actingFor'), u32(emergency, 'emergency'), code(FINDINGS, finding, 'finding'));

/** Makes the patient's advance directive stricter, at once; signed by any live key of the patient, free. */
export const setAdvanceDirective = (api: ApiPromise, value: AdvanceDirective): Call =>
  api.tx.emergency.setAdvanceDirective(code(ADVANCE_DIRECTIVES, value, 'value'));

/** Asks to make it less strict, after a delay. */
export const relaxAdvanceDirective = (api: ApiPromise, value: AdvanceDirective): Call =>
  api.tx.emergency.relaxAdvanceDirective(code(ADVANCE_DIRECTIVES, value, 'value'));

/** Carries that out, when the delay is over; signed by anybody. */
export const applyRelaxation = (api: ApiPromise, patient: string): Call => api.tx.emergency.applyRelaxation(hash(patient, 'patient'));

/** Calls that off; signed by any live key of the patient, free. */
export const cancelRelaxation = (api: ApiPromise): Call => api.tx.emergency.cancelRelaxation();

/** The number of the emergency that a transaction declared. */
export const declaredAs = (included: Included): number => numberOf(eventOf(included, 'emergency', 'GlassBroken')['emergency'] as number);

/** The number of the emergency that a transaction recorded late. */
export const recordedLateAs = (included: Included): number => numberOf(eventOf(included, 'emergency', 'RecordedLate')['emergency'] as number);

function outcomeOf(outcome: PalletEmergencyEmergencyInfo['outcome']): Outcome {
  switch (outcome.type) {
    case 'Found': return { kind: 'Found', finding: outcome.asFound.type };
    case 'Ruled': return { kind: 'Ruled', finding: outcome.asRuled.type };
    case 'Disputed': return { kind: 'Disputed', since: numberOf(outcome.asDisputed) };
    default: return { kind: outcome.type };
  }
}

const opinionOf = ({ finding, by, actingFor, at }: PalletEmergencyOpinion): Opinion =>
  ({ finding: finding.type, by: by.toString(), actingFor: numberOf(actingFor), at: numberOf(at) });

function recordOf({ id, emergency, letsUntil, reviewBy, outcome }: PalletEmergencyEmergencyInfo): EmergencyRecord {
  const { access, patient, reason, detail, recordedAt, overCredit, review, disputedAt, ruling } = emergency;
  const from = numberOf(access.period.from);
  return {
    id: numberOf(id),
    patient: patient.toHex() as Hex,
    organisation: numberOf(access.organisation),
    by: access.who.toString(),
    reason: reason.type,
    classes: codesOf(DATA_CLASSES, numberOf(access.classes)),
    from,
    until: numberOf(letsUntil),
    recordedAt: numberOf(recordedAt),
    late: from === numberOf(access.period.until),
    overCredit: overCredit.isTrue,
    detail: detail.toHex() as Hex,
    reviewBy: numberOf(reviewBy),
    outcome: outcomeOf(outcome),
    review: maybe(review, opinionOf),
    disputedAt: maybe(disputedAt, numberOf),
    ruling: maybe(ruling, opinionOf),
  };
}

/** One emergency. */
export async function emergencyOf(api: ApiAt, id: number): Promise<EmergencyRecord | undefined> {
  return maybe(await api.call.emergencyApi.emergency(u32(id, 'emergency')), recordOf);
}

/** Up to 256 emergencies of a patient, from its `first` one on, counted from 0. */
export async function ofPatient(api: ApiAt, patient: string, first = 0): Promise<EmergencyRecord[]> {
  return (await api.call.emergencyApi.emergenciesOfPatient(hash(patient, 'patient'), u32(first, 'first'))).map(recordOf);
}

/** Up to 256 emergencies of an organisation, from its `first` one on, counted from 0. */
export async function ofOrganisation(api: ApiAt, organisation: number, first = 0): Promise<EmergencyRecord[]> {
  return (await api.call.emergencyApi.emergenciesOfOrganisation(orgId(organisation), u32(first, 'first'))).map(recordOf);
}

/** The credit of an organisation, and how many emergencies there were. */
export async function standing(api: ApiAt, organisation: number): Promise<Standing> {
  const { credit, left, pending, counts } = await api.call.emergencyApi.standing(orgId(organisation));
  return {
    credit: numberOf(credit), left: numberOf(left), pending: numberOf(pending),
    counts: {
      timely: numberOf(counts.timely), late: numberOf(counts.late), overCredit: numberOf(counts.overCredit),
      justified: numberOf(counts.justified), unjustified: numberOf(counts.unjustified), bySilence: numberOf(counts.bySilence),
      lateUnreviewed: numberOf(counts.lateUnreviewed), disputed: numberOf(counts.disputed), overruled: numberOf(counts.overruled), unpaid: numberOf(counts.unpaid),
    },
  };
}

/** What the patient has said in advance, the oldest first; each holds until the next begins. */
export async function advanceDirectives(api: ApiAt, patient: string): Promise<{ from: number; value: AdvanceDirective }[]> {
  const found = await api.call.emergencyApi.advanceDirectives(hash(patient, 'patient'));
  return found.map(({ from, value }) => ({ from: numberOf(from), value: value.type }));
}

/** A relaxation of the patient's advance directive that waits, and from when it can be applied. */
export async function pendingRelaxation(api: ApiAt, patient: string): Promise<{ value: AdvanceDirective; readyAt: number } | undefined> {
  return maybe(await api.call.emergencyApi.pendingRelaxation(hash(patient, 'patient')), ({ value, readyAt }) => ({ value: value.type, readyAt: numberOf(readyAt) }));
}

/** What stood of an emergency at a moment; `undefined` if it was not recorded by then. */
export async function outcomeAt(api: ApiAt, id: number, at: number): Promise<Outcome | undefined> {
  return maybe(await api.call.emergencyApi.outcomeAt(u32(id, 'emergency'), moment(at, 'at')), outcomeOf);
}
