/** A folder of replies against the chain: what was answered without a reservation, what was reserved without a result, and what was used twice. */
import type { Query } from '../chain/model.js';
import { canonical, Malformed } from './closed.js';
import type { RepliedJob } from './folder.js';
import { readReply, type Count } from './reply.js';
import { AnswerRefused, verifyAnswer, type AnswerChain, type Doubt } from './verify.js';

/** Something that was found. */
export type Finding =
  /** An answer for which no budget was reserved. */
  | { finding: 'withoutReservation'; job: string; custodian: number; reservation: number; detail: string }
  /** An answer about fewer people than the dataset promises on the chain. The custodian has settled it. */
  | { finding: 'belowCohort'; job: string; custodian: number; reservation: number; detail: string }
  /** An answer that is not believed for another reason. */
  | { finding: 'notBelieved'; job: string; custodian: number; doubt: Doubt; detail: string }
  /** What lies there as a reply cannot be read. */
  | { finding: 'unreadable'; job: string; custodian: number; detail: string }
  /** A reservation under one of the permits that has no result. */
  | { finding: 'notSettled'; custodian: number; reservation: number; permit: number; reservedAt: number }
  /** A reservation under one of the permits, settled, for which no answer is here that is believed. */
  | { finding: 'withoutAnswer'; custodian: number; reservation: number; permit: number; reservedAt: number }
  /** One reservation with which the custodian has told different counts. */
  | { finding: 'usedTwice'; custodian: number; reservation: number; jobs: string[] };

export interface AuditReport {
  answers: number;
  believed: number;
  /** Replies that are refusals. Nothing is reserved for those. */
  refusals: number;
  findings: Finding[];
}

/** What an audit asks of the chain besides. */
export interface AuditChain extends AnswerChain {
  /** All queries of a custodian. */
  queries(custodian: number): AsyncIterable<Query>;
}

/** Doubts whether it is the custodian's word on this job at all: what it says then is held against nobody. */
const OF_WHOSE_IT_IS: readonly Doubt[] = ['job', 'profile', 'signature', 'otherJob', 'otherCount', 'otherQuery'];

/** Doubts that are findings of their own: breaches of what a custodian has bound itself to on the chain. */
const NAMED: ReadonlyMap<Doubt, 'withoutReservation' | 'belowCohort'> = new Map([['neverReserved', 'withoutReservation'], ['belowCohort', 'belowCohort']]);

/** What a reply tells: its count; nothing, if it is a refusal; or why it cannot be read. */
function toldIn(reply: string): { count: Count | undefined } | { unreadable: string } {
  try {
    const { says } = readReply(reply).reply;
    return { count: 'answer' in says ? says.answer.count : undefined };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { unreadable: error.message };
  }
}

/** What is known of the reservations that replies name, by custodian and number. */
class Uses {
  readonly #uses = new Map<string, { count: Count; jobs: string[]; forms: Set<string>; believed: boolean }>();

  add(count: Count, job: string, believed: boolean): void {
    const name = `${count.custodian} ${count.reservation}`;
    const use = this.#uses.get(name) ?? { count, jobs: [], forms: new Set<string>(), believed: false };
    use.jobs.push(job);
    use.forms.add(canonical(count));
    use.believed ||= believed;
    this.#uses.set(name, use);
  }

  isAnswered(custodian: number, reservation: number): boolean {
    return this.#uses.get(`${custodian} ${reservation}`)?.believed ?? false;
  }

  /** The same count may be told again, to whoever asks the same; another one may not. */
  usedTwice(): Finding[] {
    return [...this.#uses.values()].filter(({ forms }) => forms.size > 1)
      .map(({ count: { custodian, reservation }, jobs }) => ({ finding: 'usedTwice', custodian, reservation, jobs }));
  }
}

/** Compares all replies with the chain, and the chain with the answers, for the permits that the jobs and `permits` name. */
export async function auditAnswers(chain: AuditChain, replies: readonly RepliedJob[], permits: readonly number[] = []): Promise<AuditReport> {
  const findings: Finding[] = [];
  const uses = new Uses();
  let [answers, believed, refusals] = [0, 0, 0];
  for (const { left: { custodian, signed }, reply, profile } of replies) {
    const job = signed.job.id;
    const told = toldIn(reply);
    if ('unreadable' in told) {
      findings.push({ finding: 'unreadable', job, custodian, detail: told.unreadable });
      continue;
    }
    const { count } = told;
    if (!count) {
      refusals += 1;
      continue;
    }
    answers += 1;
    try {
      await verifyAnswer(chain, signed, reply, custodian, profile);
      believed += 1;
      uses.add(count, job, true);
    } catch (error) {
      if (!(error instanceof AnswerRefused)) throw error;
      const { doubt, detail } = error;
      const named = NAMED.get(doubt);
      findings.push(named === undefined ? { finding: 'notBelieved', job, custodian, doubt, detail } : { finding: named, job, custodian, reservation: count.reservation, detail });
      if (!OF_WHOSE_IT_IS.includes(doubt)) uses.add(count, job, false);
    }
  }
  findings.push(...uses.usedTwice(), ...await reservedFindings(chain, uses, replies, permits));
  return { answers, believed, refusals, findings };
}

/** What the chain has under the permits and is not settled, or not answered. */
async function reservedFindings(chain: AuditChain, uses: Uses, replies: readonly RepliedJob[], permits: readonly number[]): Promise<Finding[]> {
  const ours = new Set([...permits, ...replies.map(({ left }) => left.signed.job.permit)]);
  const custodians = new Set(replies.map(({ left }) => left.custodian));
  for (const id of ours) {
    const permit = await chain.permit(id);
    const dataset = permit && await chain.dataset(permit.dataset);
    if (dataset) custodians.add(dataset.custodian);
  }
  const findings: Finding[] = [];
  for (const custodian of custodians) {
    for await (const { id, permit, reservedAt, result } of chain.queries(custodian)) {
      if (!ours.has(permit)) continue;
      const at = { custodian, reservation: id, permit, reservedAt };
      if (result === undefined) findings.push({ finding: 'notSettled', ...at });
      else if (!uses.isAnswered(custodian, id)) findings.push({ finding: 'withoutAnswer', ...at });
    }
  }
  return findings;
}

/** A finding in words. */
export function findingInWords(found: Finding): string {
  const what = `organisation ${found.custodian}`;
  switch (found.finding) {
    case 'withoutReservation': return `answer without a reservation: ${what}, job ${found.job}: ${found.detail}`;
    case 'belowCohort': return `answer about fewer people than may be told of: ${what}, job ${found.job}: ${found.detail}`;
    case 'notBelieved': return `answer that is not believed: ${what}, job ${found.job}: ${found.detail} (${found.doubt})`;
    case 'unreadable': return `reply that cannot be read: ${what}, job ${found.job}: ${found.detail}`;
    case 'notSettled': return `reservation without a result: ${what}, query ${found.reservation}, permit ${found.permit}`;
    case 'withoutAnswer': return `reservation whose answer is not kept here: ${what}, query ${found.reservation}, permit ${found.permit}`;
    case 'usedTwice': return `one reservation with different counts: ${what}, query ${found.reservation}, jobs ${found.jobs.join(', ')}`;
  }
}
