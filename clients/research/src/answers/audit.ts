/** A folder of answers against the chain: what was answered without a reservation, what was reserved without a result, and what was used twice. */
import type { Query } from '../chain/model.js';
import { canonical } from './closed.js';
import type { KeptAnswer } from './folder.js';
import { readReply, type Count } from './reply.js';
import { AnswerRefused, verifyAnswer, type AnswerChain, type Doubt } from './verify.js';

/** Something that was found. */
export type Finding =
  /** An answer for which no budget was reserved. */
  | { finding: 'withoutReservation'; job: string; custodian: number; reservation: number; detail: string }
  /** An answer that is not believed for another reason. */
  | { finding: 'notBelieved'; job: string; custodian: number; doubt: Doubt; detail: string }
  /** A reservation under one of the permits that has no result. */
  | { finding: 'notSettled'; custodian: number; reservation: number; permit: number; reservedAt: number }
  /** A reservation under one of the permits, settled, for which no answer is kept. */
  | { finding: 'withoutAnswer'; custodian: number; reservation: number; permit: number; reservedAt: number }
  /** One reservation with which different counts were told. */
  | { finding: 'usedTwice'; custodian: number; reservation: number; jobs: string[] };

export interface AuditReport {
  answers: number;
  believed: number;
  findings: Finding[];
}

/** What an audit asks of the chain besides. */
export interface AuditChain extends AnswerChain {
  /** All queries of a custodian. */
  queries(custodian: number): AsyncIterable<Query>;
}

function countIn(reply: string): Count | undefined {
  const { says } = readReply(reply).reply;
  return 'answer' in says ? says.answer.count : undefined;
}

/** Compares all answers with the chain, and the chain with the answers, for the permits that the answers and `permits` name. */
export async function auditAnswers(chain: AuditChain, kept: readonly KeptAnswer[], permits: readonly number[] = []): Promise<AuditReport> {
  const findings: Finding[] = [];
  const uses = new Map<string, { count: Count; jobs: string[]; forms: Set<string> }>();
  let believed = 0;
  for (const { left, reply, profile } of kept) {
    const { job } = left.signed;
    const { custodian } = left;
    const count = countIn(reply);
    try {
      await verifyAnswer(chain, left.signed, reply, custodian, profile);
      believed += 1;
    } catch (error) {
      if (!(error instanceof AnswerRefused)) throw error;
      const { doubt, detail } = error;
      findings.push(doubt === 'neverReserved' && count
        ? { finding: 'withoutReservation', job: job.id, custodian, reservation: count.reservation, detail }
        : { finding: 'notBelieved', job: job.id, custodian, doubt, detail });
    }
    if (!count) continue;
    const use = uses.get(`${custodian} ${count.reservation}`) ?? { count, jobs: [], forms: new Set<string>() };
    use.jobs.push(job.id);
    use.forms.add(canonical(count));
    uses.set(`${custodian} ${count.reservation}`, use);
  }
  // The same count may be told again, to whoever asks the same.
  for (const { count: { custodian, reservation }, jobs, forms } of uses.values()) {
    if (forms.size > 1) findings.push({ finding: 'usedTwice', custodian, reservation, jobs });
  }
  const ours = new Set([...permits, ...kept.map(({ left }) => left.signed.job.permit)]);
  const custodians = new Set(kept.map(({ left }) => left.custodian));
  for (const id of ours) {
    const permit = await chain.permit(id);
    const dataset = permit && await chain.dataset(permit.dataset);
    if (dataset) custodians.add(dataset.custodian);
  }
  for (const custodian of custodians) {
    for await (const { id, permit, reservedAt, result } of chain.queries(custodian)) {
      if (!ours.has(permit)) continue;
      const at = { custodian, reservation: id, permit, reservedAt };
      if (result === undefined) findings.push({ finding: 'notSettled', ...at });
      else if (!uses.has(`${custodian} ${id}`)) findings.push({ finding: 'withoutAnswer', ...at });
    }
  }
  return { answers: kept.length, believed, findings };
}

/** A finding in words. */
export function findingInWords(found: Finding): string {
  const what = `organisation ${found.custodian}`;
  switch (found.finding) {
    case 'withoutReservation': return `answer without a reservation: ${what}, job ${found.job}: ${found.detail}`;
    case 'notBelieved': return `answer that is not believed: ${what}, job ${found.job}: ${found.detail} (${found.doubt})`;
    case 'notSettled': return `reservation without a result: ${what}, query ${found.reservation}, permit ${found.permit}`;
    case 'withoutAnswer': return `reservation whose answer is not kept here: ${what}, query ${found.reservation}, permit ${found.permit}`;
    case 'usedTwice': return `one reservation with different counts: ${what}, query ${found.reservation}, jobs ${found.jobs.join(', ')}`;
  }
}
