/** The chain's answers as plain values. */
import type { Enum, Option } from '@polkadot/types-codec';
import type { Codec } from '@polkadot/types/types';
import { codesOf, QueryFailed, type Hex } from '@salus/types';
import {
  APPROVAL_ENDINGS, LAPSES, MODIFIERS, OUTPUT_KINDS, PERMISSIONS, REVOCATION_REASONS, RULES, SIZES, STAGES, unknownBits, USES, type Rule,
} from './codes.js';
import type {
  AccessRequest, Answer, Approval, Dataset, DatasetBasis, Decision, Offer, Permit, Population, Query, Region, Stage, Standing, Statement, Study, Tally,
  Unanswered, Version, Vote,
} from './model.js';
import type * as Chain from './typing.js';

const num = (value: { toString(): string }): number => Number(value.toString());
const hex = (value: Codec): Hex => value.toHex() as Hex;
export const maybe = <T extends Codec, R>(option: Option<T>, map: (value: T) => R): R | undefined => (option.isSome ? map(option.unwrap()) : undefined);
/** A member that is there only if the chain has it. */
const optional = <K extends string, T extends Codec, R>(key: K, option: Option<T>, map: (value: T) => R): { [I in K]?: R } =>
  (option.isSome ? { [key]: map(option.unwrap()) } as { [I in K]?: R } : {});

/** One of the names that this version knows. A runtime that has more is told so, and nothing is guessed. */
function known<T extends string>(list: readonly T[], value: Enum, what: string): T {
  const found = list.find((name) => name.toLowerCase() === value.type.toLowerCase());
  if (found === undefined) throw new QueryFailed(value.type, `${what} is not known to this version`);
  return found;
}

export const regionOf = (value: Enum): Region => (value.type === 'Country' ? { country: num(value.value) } : { area: num(value.value) });
export const ruleOf = (value: Codec): Rule => known(RULES, value as Enum, 'a rule of the table');

export function offerOf(terms: Chain.CodecOffer): Offer {
  const modifiers = num(terms.modifiers);
  const unknown = unknownBits(MODIFIERS, modifiers);
  const permission = known(PERMISSIONS, terms.permission, 'a permission');
  return {
    permission, ...(permission === 'DS' ? { disease: hex(terms.permission.value) } : {}),
    modifiers: codesOf(MODIFIERS, modifiers), ...(unknown.length > 0 ? { unknownModifiers: unknown } : {}),
    ...optional('region', terms.region, regionOf), ...optional('months', terms.months, num), ...optional('moratorium', terms.moratorium, num),
  };
}

/** A matter that is stated, or nothing. */
const saidOf = <K extends string>(key: K, value: Enum): { [I in K]?: boolean } =>
  (value.type === 'Nothing' ? {} : { [key]: value.type === 'Yes' } as { [I in K]?: boolean });

export const statementOf = (said: Chain.CodecStatement): Statement => ({
  uses: codesOf(USES, num(said.uses)),
  ...saidOf('genotypes', said.genotypes), ...saidOf('forProfit', said.forProfit), ...saidOf('commercial', said.commercial),
  ...saidOf('publishes', said.publishes), ...saidOf('collaborates', said.collaborates), ...saidOf('returns', said.returns),
  ...optional('region', said.region, regionOf), ...optional('months', said.months, num), ...optional('publishesFrom', said.publishesFrom, num),
});

function unansweredOf(value: Enum): Unanswered {
  switch (value.type) {
    case 'Permission': case 'NoUse': return { about: value.type };
    case 'Modifier': case 'Use': return { about: value.type, index: num(value.value) };
    case 'Condition': return { about: 'Condition', rule: ruleOf(value.value) };
    default: throw new QueryFailed(value.type, 'what the table abstains on is not known to this version');
  }
}

export function answerOf(value: Enum): Answer {
  switch (value.type) {
    case 'Match': return { answer: 'Match' };
    case 'NoMatch': return { answer: 'NoMatch', rule: ruleOf(value.value) };
    case 'Abstain': return { answer: 'Abstain', because: unansweredOf(value.value as Enum) };
    default: throw new QueryFailed(value.type, 'the answer of the table is not known to this version');
  }
}

export const decisionOf = (value: Chain.CodecDecision): Decision => ({ table: num(value.version), answer: answerOf(value.answer) });

const voteOf = (value: Chain.CodecVote): Vote => ({ by: value.by.toString(), inFavour: value.inFavour.isTrue, at: num(value.at) });
const tallyOf = (value: Chain.CodecTally): Tally => ({ inFavour: num(value.inFavour), against: num(value.against) });

export const populationOf = (custodian: number, found: Chain.CodecPopulation): Population => ({
  custodian, committee: num(found.committee), quorum: num(found.quorum),
  budget: { total: num(found.budget.total), reserved: num(found.budget.reserved), settled: num(found.budget.settled) },
  left: num(found.left), queries: num(found.queries),
  motion: maybe(found.motion, (motion) => ({ number: motion.number && num(motion.number), more: num(motion.more), by: motion.by.toString(), at: num(motion.at), votes: motion.votes.map(voteOf) })),
});

export const versionOf = (found: Chain.CodecVersion): Version => ({
  number: num(found.number), terms: offerOf(found.terms), termsVersion: num(found.termsVersion), root: hex(found.root),
  size: known(SIZES, found.size_, 'a size'), epoch: num(found.epoch), nextEpochDue: num(found.nextEpochDue), at: num(found.at),
});

function basisOf(value: Enum): DatasetBasis {
  const basis = known(['Consent', 'OptOut', 'LegalPermit'], value, 'a basis');
  return basis === 'LegalPermit' ? { basis, code: num(value.value) } : { basis };
}

export const datasetOf = (found: Chain.CodecDataset): Dataset => ({
  id: num(found.id), custodian: num(found.custodian), basis: basisOf(found.basis), minCohort: num(found.minCohort),
  rule: { committee: num(found.rule.committee), quorum: num(found.rule.quorum), deliberation: num(found.rule.deliberation) },
  shortcut: found.shortcut.isTrue, offeredAt: num(found.offeredAt), retiredAt: maybe(found.retiredAt, num), version: versionOf(found.version),
});

const approvalOf = (found: Chain.CodecApproval): Approval => ({
  by: found.by.toString(), protocol: num(found.protocol), from: num(found.period.from), until: num(found.period.until),
  ended: maybe(found.ended, ([at, how]) => ({ at: num(at), how: known(APPROVAL_ENDINGS, how, 'the end of an approval') })),
});

export const studyOf = (id: number, { study, approved }: Chain.CodecStudyInfo): Study => ({
  id, organisation: num(study.organisation), investigator: study.investigator.toString(), ethics: num(study.ethics), uses: codesOf(USES, num(study.uses)),
  protocols: study.protocols.map(({ commitment, at }) => ({ commitment: hex(commitment), at: num(at) })),
  approvals: study.approvals.map(approvalOf), withdrawnAt: maybe(study.withdrawnAt, num), requests: num(study.requests), approved: approved.isTrue,
});

export function stageOf(value: Enum): Stage {
  const stage = known(STAGES, value, 'a stage');
  return stage === 'Excluded' ? { stage, rule: ruleOf(value.value) } : { stage };
}

export const requestOf = ({ id, request, stage, lapsesAt, answer, tally }: Chain.CodecRequestInfo): AccessRequest => ({
  id: num(id), study: num(request.study), dataset: num(request.dataset), statement: statementOf(request.statement), disease: maybe(request.disease, hex),
  askedAt: num(request.askedAt),
  cosigned: maybe(request.cosigned, (signed) => ({
    by: signed.by.toString(), at: num(signed.at), version: num(signed.version), decision: decisionOf(signed.decision),
  })),
  votes: request.votes.map(voteOf),
  outcome: maybe(request.outcome, ({ at, approved, by }) => ({
    at: num(at), approved: approved.isTrue, by: by.type === 'Match' ? 'Match' as const : tallyOf(by.value as Chain.CodecTally),
  })),
  stage: stageOf(stage), lapsesAt: maybe(lapsesAt, num), answer: maybe(answer, answerOf), tally: tallyOf(tally),
});

const endingOf = (value: Codec): 'Revoked' | 'Closed' => known(['Revoked', 'Closed'], value as Enum, 'the end of a permit');

export function lapsesOf(mask: number): { lapses: ReturnType<typeof codesOf<(typeof LAPSES)[number]>>; unknown?: number[] } {
  const unknown = unknownBits(LAPSES, mask);
  return { lapses: codesOf(LAPSES, mask), ...(unknown.length > 0 ? { unknown } : {}) };
}

export function standingOf(value: Enum): Standing {
  switch (value.type) {
    case 'NotYet': case 'Active': return { standing: value.type };
    case 'Suspended': return { standing: 'Suspended', ...lapsesOf(num(value.value)) };
    case 'Ended': return { standing: 'Ended', how: endingOf(value.value) };
    default: throw new QueryFailed(value.type, 'the standing of a permit is not known to this version');
  }
}

export const permitOf = ({ id, record, standing, closeOutDue }: Chain.CodecPermitInfo): Permit => ({
  id: num(id), study: num(record.study), dataset: num(record.dataset), from: num(record.permit.period.from), until: num(record.permit.period.until),
  renewal: maybe(record.permit.renewal, ({ at, until }) => ({ at: num(at), until: num(until) })),
  ended: maybe(record.permit.ended, ({ at, how }) => ({ at: num(at), how: endingOf(how) })),
  accepted: record.accepted.map(({ terms, version }) => ({ termsVersion: num(terms.version), at: num(terms.from), version: num(version) })),
  reports: record.reports.map(({ filed, commitment }) => ({ year: num(filed.year), at: num(filed.at), commitment: hex(commitment) })),
  outputs: record.outputs.map(({ kind, commitment, at }) => ({ kind: known(OUTPUT_KINDS, kind, 'an output'), commitment: hex(commitment), at: num(at) })),
  revoked: maybe(record.revoked, (reason) => known(REVOCATION_REASONS, reason, 'the reason of a revocation')),
  destruction: maybe(record.destruction, (given) => ('commitment' in given ? { commitment: hex(given.commitment), at: num(given.at) } : { commitment: hex(given), at: undefined })), standing: standingOf(standing), closeOutDue: num(closeOutDue),
});

export const queryOf = ({ id, query }: Chain.CodecQueryInfo): Query => ({
  id: num(id), permit: num(query.permit), version: num(query.version), commitment: hex(query.commitment), epsilon: num(query.epsilon),
  reservedAt: num(query.reservedAt), result: maybe(query.result, ({ commitment, at }) => ({ commitment: hex(commitment), at: num(at) })),
});
