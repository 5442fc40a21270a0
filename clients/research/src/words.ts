/** What the chain says of research in plain words. */
import { MODIFIERS, USES, type Lapse, type Rule } from './chain/codes.js';
import type { Answer, Offer, Stage, Standing, Tally, Unanswered } from './chain/model.js';

/** A moment as people write it. */
export function utc(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? 'no time that there is' : date.toISOString().replace('T', ' ').replace(/:\d\d\.\d+Z$/, ' UTC');
}

/** Millionths of epsilon as the number that people use. */
export const epsilon = (micro: number): string => (micro / 1_000_000).toString();

/** What each rule of the table demands. */
const RULES: Readonly<Record<Rule, string>> = {
  General: 'research in general is permitted', Biomedical: 'biomedical research is permitted', Disease: 'research of this disease is permitted',
  Ancestry: 'research of origins or ancestry is permitted', Methods: 'the development of methods is permitted (NMDS)',
  ClinicalCare: 'clinical care is permitted (CC)', Npu: 'the organisation is not for profit (NPU)', Ncu: 'the use is not commercial (NCU)',
  Npuncu: 'neither the organisation nor the use is for profit (NPUNCU)', Gso: 'the study includes genotypes (GSO)',
  Pub: 'results are made available to the scientific community (PUB)', Col: 'the dataset\'s investigators are collaborated with (COL)',
  Irb: 'there is an ethics approval (IRB)', Rtn: 'derived data is returned (RTN)', Us: 'the custodian has approved the user (US)',
  Ps: 'the custodian has approved the project (PS)', Is: 'the custodian has approved the institution (IS)', Gs: 'it is used in the region (GS)',
  Ts: 'it is used for no longer than the terms allow (TS)', Mor: 'nothing is published before the moratorium ends (MOR)',
};

export const ruleInWords = (rule: Rule): string => RULES[rule];

function unansweredInWords(because: Unanswered): string {
  switch (because.about) {
    case 'Permission': return 'the dataset\'s permission is none of the Data Use Ontology\'s';
    case 'Modifier': return `the table has no rule for the condition ${MODIFIERS[because.index] ?? `number ${because.index}`}`;
    case 'Use': return `the use ${USES[because.index] ?? `number ${because.index}`} is sensitive, or has no rule`;
    case 'NoUse': return 'no use is stated';
    case 'Condition': return `it is not known whether ${RULES[because.rule]}`;
  }
}

/** What the table says. */
export function answerInWords(answer: Answer): string {
  switch (answer.answer) {
    case 'Match': return 'the terms allow it';
    case 'NoMatch': return `the terms exclude it: they demand that ${RULES[answer.rule]}`;
    case 'Abstain': return `the committee decides: ${unansweredInWords(answer.because)}`;
  }
}

/** What is missing while a permit is suspended, and who can mend it. */
const LAPSES: Readonly<Record<Lapse, string>> = {
  Ethics: 'no ethics approval of the study lasts: the ethics body has to approve it',
  Licence: 'the institution holds no licence for research: a registrar has to give or reinstate it',
  Affiliation: 'the principal investigator is not affiliated to the institution as a researcher: its administrator has to invite',
  Terms: 'the dataset\'s terms have changed: accept them (salus-research accept)',
  Epoch: 'the custodian is late with its withdrawal epoch: it has to publish a version',
  Report: 'a yearly report is overdue: file it (salus-research report)',
  Retired: 'the custodian has taken the dataset back, for good: close the permit (salus-research close-out)',
  Expired: 'the permit\'s time is over: renew it, once (salus-research renew), or close it (salus-research close-out)',
};

export const lapseInWords = (lapse: Lapse): string => LAPSES[lapse];

export function standingInWords(standing: Standing): string {
  switch (standing.standing) {
    case 'NotYet': return 'it has not begun';
    case 'Active': return 'it is active';
    case 'Ended': return standing.how === 'Revoked' ? 'it was revoked' : 'it was closed';
    case 'Suspended': {
      const unknown = (standing.unknown ?? []).map((bit) => `reason ${bit}, which this version does not know`);
      return `it is suspended: ${[...standing.lapses.map((lapse) => LAPSES[lapse]), ...unknown].join('; ')}`;
    }
  }
}

/** What comes next in a request, and who has to act. */
export function stageInWords(stage: Stage): string {
  switch (stage.stage) {
    case 'AwaitingSignature': return 'waits for the co-signature of the institution\'s administrator';
    case 'Excluded': return `is excluded for good: the terms demand that ${RULES[stage.rule]}`;
    case 'Voting': return 'is with the committee';
    case 'Rejected': return 'was rejected by the committee';
    case 'Approved': return 'is approved: accept the terms (salus-research accept), and the permit begins';
    case 'Permitted': return 'has become a permit';
    case 'Lapsed': return 'has lapsed: it was not signed, not decided or not accepted in time';
  }
}

export const tallyInWords = ({ inFavour, against }: Tally): string => `${inFavour} for, ${against} against`;

/** An offer on one line, by the short names of DUO. */
export function offerInWords(offer: Offer): string {
  const { permission, disease, modifiers, unknownModifiers = [], region, months, moratorium } = offer;
  const place = region === undefined ? undefined : 'country' in region ? `country ${region.country}` : `area ${region.area}`;
  return [
    disease === undefined ? permission : `${permission} (${disease})`, ...modifiers, ...unknownModifiers.map((index) => `modifier ${index}`),
    ...(place === undefined ? [] : [`GS ${place}`]), ...(months === undefined ? [] : [`TS ${months} months`]),
    ...(moratorium === undefined ? [] : [`MOR ${utc(moratorium)}`]),
  ].join(', ');
}
