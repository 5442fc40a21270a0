/** Refusals, answers and ranges in words. */
import type { Lapse } from '../chain/codes.js';
import { epsilon, lapseInWords, utc } from '../words.js';
import type { Count, Refusal, RefusalCode, Told } from './reply.js';

const REFUSALS: Readonly<Record<RefusalCode, string>> = {
  malformed: 'it could not read the job', otherChain: 'the job is of another chain', expired: 'the job had expired, or too little of its time was left to count',
  notYet: 'by its clock the job is of the future', tooLong: 'the job runs for too long', signature: 'the signature is not the investigator\'s',
  otherDataset: 'it does not serve that dataset, or the permit is for another',
  unknownPermit: 'there is no such permit', notInvestigator: 'who signed does not lead the permit\'s study', permitNotYet: 'the permit has not begun',
  permitSuspended: 'the permit is suspended', epochOverdue: 'the custodian is late with its withdrawal epoch, which suspends the permit', permitRevoked: 'the permit was revoked',
  permitClosed: 'the permit was closed', datasetRetired: 'the dataset is not offered any more', oldVersion: 'another version of the dataset is in force: ask again',
  unknownValueSet: 'it does not have the value set with that content', unknownCode: 'a code is not in the value set', budgetSpent: 'what is left of the privacy budget does not suffice',
  commitmentUsed: 'another job has used this salt for this query', tooManyJobs: 'the permit has too many open jobs there', tooManyPeople: 'there are more records with such data than it looks at for one query',
  tookTooLong: 'counting took longer than it lets it; the budget is spent, and the same query, asked again, costs nothing more',
  notReserved: 'the chain did not take the reservation in the job\'s time, or the custodian has no licence in force',
};

/** Why a site does not answer. */
export function refusalInWords({ code, lapses }: Refusal): string {
  const missing = lapses.map((lapse: Lapse) => lapseInWords(lapse));
  return missing.length === 0 ? `${REFUSALS[code]} (${code})` : `${REFUSALS[code]} (${code}): ${missing.join('; ')}`;
}

export const toldInWords = (told: Told): string => ('count' in told ? `about ${told.count}` : `fewer than ${told.fewerThan}`);

/** A count on one line. */
export const countInWords = (count: Count): string =>
  `${toldInWords(count.result)} (version ${count.version}, epoch ${count.epoch}, epsilon ${epsilon(count.epsilon)}, counted ${utc(count.moment)})`;

/** Between how many and how many people all sites have together: people can be at several sites, so it is no sum. */
export function rangeOf(results: readonly Told[]): { least: number; most: number } {
  const least = results.map((told) => ('count' in told ? told.count : 0));
  const most = results.map((told) => ('count' in told ? told.count : told.fewerThan));
  return { least: Math.max(0, ...least), most: most.reduce((sum, count) => sum + count, 0) };
}
