/** The calls of the pallet `research`. Who signs which, and what each does, is in `pallets/research/README.md`. */
import type { ApiPromise, Call } from '@salus/client';
import { InvalidArgument, type Hex } from '@salus/types';
import { code, hash, mask, microEpsilon, moment, orgId, u32, u64, yesOrNo } from '../checks.js';
import { OUTPUT_KINDS, REVOCATION_REASONS, SIZES, USES, type OutputKind, type RevocationReason, type Size, type Use } from './codes.js';
import { encodeBasis, encodeOffer, encodeRule, encodeStatement, MAX_MONTHS } from './encode.js';
import type { CommitteeRule, DatasetBasis, Offer, Statement } from './model.js';
import { makeCall as call } from './typing.js';

type Bytes32 = Uint8Array | Hex | string;

// The custodian. Signed by its administrator or a data steward of it.

/** Opens the population of a custodian, once, with a budget in millionths of epsilon; `committee` votes on more. */
export const openPopulation = (api: ApiPromise, custodian: number, committee: number, quorum: number, total: number): Call =>
  call(api, 'openPopulation', { custodian: orgId(custodian, 'custodian'), committee: orgId(committee, 'committee'), quorum: u32(quorum, 'quorum'), total: microEpsilon(total, 'total') });

/** Proposes more budget, on which the population's committee votes. */
export const proposeBudget = (api: ApiPromise, custodian: number, more: number): Call =>
  call(api, 'proposeBudget', { custodian: orgId(custodian, 'custodian'), more: microEpsilon(more, 'more') });

/** What a custodian offers. */
export interface DatasetOffer {
  basis: DatasetBasis;
  /** About fewer people nothing is told: 5 at least. */
  minCohort: number;
  rule: CommitteeRule;
  terms: Offer;
  /** The Merkle root of salted commitments to the consents of those in it. */
  root: Bytes32;
  size: Size;
}

/** Offers a dataset. Its first version has the number 0 and the withdrawal epoch 0. */
export const offerDataset = (api: ApiPromise, custodian: number, { basis, minCohort, rule, terms, root, size }: DatasetOffer): Call => call(api, 'offerDataset', { custodian: orgId(custodian, 'custodian'), basis: encodeBasis(basis), minCohort: u32(minCohort, 'minCohort'), rule: encodeRule(rule), terms: encodeOffer(terms), root: hash(root, 'root'), size: code(SIZES, size, 'size') });

/** The next version of a dataset. */
export interface VersionOffer {
  /** The same terms, or tighter ones. */
  terms: Offer;
  root: Bytes32;
  size: Size;
  /** The withdrawal epoch that it honours: the last one or the next. */
  epoch: number;
}

/** Publishes the next version of a dataset. Tighter terms suspend every permit until they are accepted for it. */
export const publishVersion = (api: ApiPromise, custodian: number, dataset: number, { terms, root, size, epoch }: VersionOffer): Call => call(api, 'publishVersion', { custodian: orgId(custodian, 'custodian'), dataset: u32(dataset, 'dataset'), terms: encodeOffer(terms), root: hash(root, 'root'), size: code(SIZES, size, 'size'), epoch: u32(epoch, 'epoch') });

/** Takes a dataset back, for good. */
export const retireDataset = (api: ApiPromise, custodian: number, dataset: number): Call =>
  call(api, 'retireDataset', { custodian: orgId(custodian, 'custodian'), dataset: u32(dataset, 'dataset') });

/** Reserves budget for a query, before it is answered. Nothing of it is ever given back. */
export const reserveQuery = (api: ApiPromise, custodian: number, permit: number, version: number, commitment: Bytes32, epsilon: number): Call => call(api, 'reserveQuery', { custodian: orgId(custodian, 'custodian'), permit: u32(permit, 'permit'), version: u32(version, 'version'), commitment: hash(commitment, 'commitment'), epsilon: microEpsilon(epsilon, 'epsilon') });

/** Settles a query with a commitment to its result. */
export const settleQuery = (api: ApiPromise, custodian: number, query: number, result: Bytes32): Call =>
  call(api, 'settleQuery', { custodian: orgId(custodian, 'custodian'), query: u64(query, 'query'), result: hash(result, 'result') });

// The committee. Votes are signed by its members for data access, in person.

/** Votes on the proposal `motion` of more budget for the population of `custodian`. */
export const voteBudget = (api: ApiPromise, committee: number, custodian: number, motion: number, inFavour: boolean): Call =>
  call(api, 'voteBudget', { committee: orgId(committee, 'committee'), custodian: orgId(custodian, 'custodian'), motion: u32(motion, 'motion'), inFavour: yesOrNo(inFavour, 'inFavour') }, ['motion']);

/** Counts the votes on the proposal `motion`; signed by anyone. */
export const concludeBudget = (api: ApiPromise, committee: number, custodian: number, motion: number): Call => call(api, 'concludeBudget', { committee: orgId(committee, 'committee'), custodian: orgId(custodian, 'custodian'), motion: u32(motion, 'motion') }, ['committee', 'motion']);

/** Agrees, or agrees no more, that what matches the terms needs no vote; signed by the committee's administrator. */
export const setShortcut = (api: ApiPromise, committee: number, dataset: number, allowed: boolean): Call =>
  call(api, 'setShortcut', { committee: orgId(committee, 'committee'), dataset: u32(dataset, 'dataset'), allowed: yesOrNo(allowed, 'allowed') });

/** Votes on a request. */
export const vote = (api: ApiPromise, committee: number, id: number, inFavour: boolean): Call =>
  call(api, 'vote', { committee: orgId(committee, 'committee'), request: u32(id, 'request'), inFavour: yesOrNo(inFavour, 'inFavour') });

/** Counts the votes on a request, after the deliberation; signed by anyone. */
export const conclude = (api: ApiPromise, committee: number, id: number): Call =>
  call(api, 'conclude', { committee: orgId(committee, 'committee'), request: u32(id, 'request') }, ['committee']);

/** Revokes a permit, at once and for good; signed for the custodian or the committee. */
export const revoke = (api: ApiPromise, actingFor: number, permit: number, reason: RevocationReason): Call =>
  call(api, 'revoke', { actingFor: orgId(actingFor, 'actingFor'), permit: u32(permit, 'permit'), reason: code(REVOCATION_REASONS, reason, 'reason') });

// The ethics body. Signed by a member of its committee; an approval in person.

/** Approves a study with the protocol of this commitment, the last one, until a moment. */
export const approveEthics = (api: ApiPromise, ethics: number, study: number, protocol: Bytes32, until: number): Call =>
  call(api, 'approveEthics', { ethics: orgId(ethics, 'ethics'), study: u32(study, 'study'), protocol: hash(protocol, 'protocol'), until: moment(until, 'until') }, ['protocol']);

/** Suspends the approval, at once. */
export const suspendEthics = (api: ApiPromise, ethics: number, study: number): Call =>
  call(api, 'suspendEthics', { ethics: orgId(ethics, 'ethics'), study: u32(study, 'study') });

/** Withdraws the approval, at once and for good. */
export const withdrawEthics = (api: ApiPromise, ethics: number, study: number): Call =>
  call(api, 'withdrawEthics', { ethics: orgId(ethics, 'ethics'), study: u32(study, 'study') });

// The researcher. Signed by the principal investigator, a researcher of the institution, unless said otherwise.

/** Registers a study, which `ethics` is to approve. The protocol is a salted commitment: keep it with its salt. */
export const registerStudy = (api: ApiPromise, organisation: number, ethics: number, uses: readonly Use[], protocol: Bytes32): Call => call(api, 'registerStudy', { organisation: orgId(organisation), ethics: orgId(ethics, 'ethics'), uses: mask(USES, uses, 'uses'), protocol: hash(protocol, 'protocol') });

/** Amends the protocol of a study: its ethics approval ends. */
export const amendStudy = (api: ApiPromise, organisation: number, study: number, protocol: Bytes32): Call =>
  call(api, 'amendStudy', { organisation: orgId(organisation), study: u32(study, 'study'), protocol: hash(protocol, 'protocol') });

/** Asks for a dataset: the uses, the months (1 to 120), and what the terms ask about. */
export function request(api: ApiPromise, organisation: number, study: number, dataset: number, statement: Statement, disease?: Bytes32): Call {
  const { months } = statement;
  if (months === undefined || months < 1 || months > MAX_MONTHS) throw new InvalidArgument('statement.months', `must be a number of months from 1 to ${MAX_MONTHS}`);
  mask(USES, statement.uses, 'statement.uses');
  return call(api, 'request', { organisation: orgId(organisation), study: u32(study, 'study'), dataset: u32(dataset, 'dataset'), statement: encodeStatement(statement), disease: disease === undefined ? null : hash(disease, 'disease') });
}

/** Co-signs a request for the institution; signed by its administrator, who is not the principal investigator. */
export const cosign = (api: ApiPromise, organisation: number, id: number): Call => call(api, 'cosign', { organisation: orgId(organisation), request: u32(id, 'request') });

/** Accepts the terms as they are in `version`, the last one. The first time, the permit begins. */
export const acceptTerms = (api: ApiPromise, organisation: number, id: number, version: number): Call =>
  call(api, 'acceptTerms', { organisation: orgId(organisation), request: u32(id, 'request'), version: u32(version, 'version') });

/** Renews a permit, once, by as much time as it was given for. */
export const renew = (api: ApiPromise, organisation: number, permit: number): Call => call(api, 'renew', { organisation: orgId(organisation), permit: u32(permit, 'permit') });

/** Files the report of a year of a permit: 1 is the first. */
export const report = (api: ApiPromise, organisation: number, permit: number, year: number, commitment: Bytes32): Call => {
  if (year === 0) throw new InvalidArgument('year', 'is 0, and the first year of a permit is 1');
  return call(api, 'report', { organisation: orgId(organisation), permit: u32(permit, 'permit'), year: u64(year, 'year'), commitment: hash(commitment, 'commitment') });
};

/** Records a publication, whatever its results, or data that was returned. */
export const recordOutput = (api: ApiPromise, organisation: number, permit: number, kind: OutputKind, commitment: Bytes32): Call => call(api, 'recordOutput', { organisation: orgId(organisation), permit: u32(permit, 'permit'), kind: code(OUTPUT_KINDS, kind, 'kind'), commitment: hash(commitment, 'commitment') });

/** Closes a permit for good, with a salted commitment to the attestation that the data was destroyed, and the last yearly report if it was not filed; also by the administrator. */
export const closeOut = (api: ApiPromise, organisation: number, permit: number, destruction: Bytes32, last?: Bytes32): Call =>
  call(api, 'closeOut', { organisation: orgId(organisation), permit: u32(permit, 'permit'), destruction: hash(destruction, 'destruction'), report: last === undefined ? null : hash(last, 'report') }, last === undefined ? ['report'] : []);
