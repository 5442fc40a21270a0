/** What the chain answers about research: the runtime API `ResearchApi`, of the state that `api` is bound to. */
import type { ApiAt, ApiPromise } from '@salus/client';
import { QueryFailed, type Hex } from '@salus/types';
import { hash, moment, orgId, u32, u64 } from '../checks.js';
import type { Lapse, Rule } from './codes.js';
import {
  datasetOf, decisionOf, lapsesOf, maybe, permitOf, populationOf, queryOf, requestOf, ruleOf, stageOf, standingOf, studyOf, versionOf,
} from './decode.js';
import { encodeOffer, encodeStatement } from './encode.js';
import type { AccessRequest, Dataset, Decision, Offer, Permit, Population, Query, Stage, Standing, Statement, Study, Version } from './model.js';
import { questionsOf } from './typing.js';

type Api = ApiAt | ApiPromise;

/** How many things the chain tells at once. */
const PAGE = 256;

/** The population of a custodian, with its privacy budget. */
export async function population(api: Api, custodian: number): Promise<Population | undefined> {
  return maybe(await questionsOf(api).population(orgId(custodian, 'custodian')), (found) => populationOf(custodian, found));
}

/** The dataset with this number, and the version in force. */
export async function dataset(api: Api, id: number): Promise<Dataset | undefined> {
  return maybe(await questionsOf(api).dataset(u32(id, 'dataset')), datasetOf);
}

/** Everything from `first` on, asked for page by page. Numbers are given without gaps, and nothing is ever deleted. */
async function* paged<T extends { id: number }>(first: number, ask: (first: number) => Promise<T[]>): AsyncGenerator<T> {
  for (let next = first; ;) {
    const page = await ask(next);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    // A node that repeats itself must not be asked for ever.
    if (last.id < next) throw new QueryFailed('the page goes backwards', `what is from number ${next} on`);
    next = last.id + 1;
  }
}

/** All datasets from the number `first` on. */
export const datasets = (api: Api, first = 0): AsyncGenerator<Dataset> =>
  paged(u32(first, 'first'), async (from) => (await questionsOf(api).datasets(from)).map(datasetOf));

/** The version of a dataset that was in force at a moment that is not in the future. */
export async function versionAt(api: Api, id: number, at: number): Promise<Version | undefined> {
  return maybe(await questionsOf(api).versionAt(u32(id, 'dataset'), moment(at, 'at')), versionOf);
}

/** The study with this number. */
export async function study(api: Api, id: number): Promise<Study | undefined> {
  return maybe(await questionsOf(api).study(u32(id, 'study')), (found) => studyOf(id, found));
}

/** The request with this number, and where it stands. */
export async function accessRequest(api: Api, id: number): Promise<AccessRequest | undefined> {
  return maybe(await questionsOf(api).request(u32(id, 'request')), requestOf);
}

/** All requests from the number `first` on. */
export const accessRequests = (api: Api, first = 0): AsyncGenerator<AccessRequest> =>
  paged(u32(first, 'first'), async (from) => (await questionsOf(api).requests(from)).map(requestOf));

/** Where a request stood at a moment that is not in the future. */
export async function stageAt(api: Api, id: number, at: number): Promise<Stage | undefined> {
  return maybe(await questionsOf(api).stageAt(u32(id, 'request'), moment(at, 'at')), stageOf);
}

/** The permit with this number, which is that of its request. */
export async function permit(api: Api, id: number): Promise<Permit | undefined> {
  return maybe(await questionsOf(api).permit(u32(id, 'permit')), permitOf);
}

/** What was true of a permit at a moment; `undefined` if there is none, or the moment is after the state's. */
export async function permitAt(api: Api, id: number, at: number): Promise<Standing | undefined> {
  return maybe(await questionsOf(api).permitAt(u32(id, 'permit'), moment(at, 'at')), standingOf);
}

/** The permits that are suspended now among 256 requests from the number `first` on. */
export async function lapsed(api: Api, first = 0): Promise<{ id: number; lapses: Lapse[]; unknown?: number[] }[]> {
  return (await questionsOf(api).lapsed(u32(first, 'first'))).map(({ id, lapses }) => ({ id: Number(id.toString()), ...lapsesOf(Number(lapses.toString())) }));
}

/** What the chain's table says of a statement for terms. The lineage of a disease is not known to it. */
export async function matchTerms(api: Api, terms: Offer, statement: Statement, disease?: Hex | Uint8Array): Promise<Decision> {
  return decisionOf(await questionsOf(api).matchTerms(
    encodeOffer(terms), encodeStatement(statement), disease === undefined ? null : hash(disease, 'disease'),
  ));
}

/** By which rule terms exclude a statement, also where the table abstains; `undefined` if by none, or if the chain does not tell it. */
export async function excludedBy(api: Api, terms: Offer, statement: Statement, disease?: Hex | Uint8Array): Promise<Rule | undefined> {
  const asked = questionsOf(api).excludedBy?.(encodeOffer(terms), encodeStatement(statement), disease === undefined ? null : hash(disease, 'disease'));
  return asked === undefined ? undefined : maybe(await asked, ruleOf);
}

/** All queries of a custodian's population from the number `first` on. */
export const queries = (api: Api, custodian: number, first = 0): AsyncGenerator<Query> =>
  paged(u64(first, 'first'), async (from) => (await questionsOf(api).queries(orgId(custodian, 'custodian'), from)).map(queryOf));

/** The query of a custodian that was reserved with this commitment. An answer without one must not be believed. */
export async function reserved(api: Api, custodian: number, commitment: Hex | Uint8Array): Promise<Query | undefined> {
  return maybe(await questionsOf(api).reserved(orgId(custodian, 'custodian'), hash(commitment, 'commitment')), queryOf);
}
