/**
 * Which items of the chain's state an answer depends on because of sealed directives: the directives themselves, and, where one of them
 * denies, when who asks could not be denied in plain. The same as in `verify/src/decision/facts.rs`.
 */
import type { Hex } from '@salus/types';
import { Reader } from '@salus/types/scale';
import { organisationOf, PAGE, there, type Reading } from './decision-reading.js';
import { decisionKeys } from './keys.js';

const DENY = 1;

/** Whether a sealed denial was in force at a moment. Reads all sealed directives that can have been. */
export function* sealedDenials(patient: Hex, at: bigint, now: bigint): Reading<boolean> {
  const live = yield { key: decisionKeys.sealed(patient), tells: 'the patient\'s sealed directives' };
  if (!live) return false;
  const reader = new Reader(live);
  reader.u32();
  const swept = reader.u32();
  let denied = denies(reader, at);
  if (at === now) return denied;
  for (let page = Math.ceil(swept / PAGE) - 1; page >= 0; page--) {
    const tells = `page ${page} of the patient's past sealed directives`;
    const past = new Reader(there(yield { key: decisionKeys.pastSealed(patient, page), tells }, tells));
    if (past.u64() <= at) break;
    denied = denies(past, at) || denied;
  }
  return denied;
}

/** Whether a denial is in force among the sealed directives that come next. */
function denies(reader: Reader, at: bigint): boolean {
  return reader.list(() => {
    reader.u32();
    const effect = reader.u8();
    reader.take(32);
    const [from, until] = [reader.u64(), reader.u64()];
    const ended = reader.option(() => {
      const moment = reader.u64();
      reader.u8();
      return moment;
    });
    reader.u8();
    return effect === DENY && from <= at && at < until && (ended === undefined || at < ended);
  }).some(Boolean);
}

/** Reads when who asks could not be denied in plain. `flag`: whether the organisation is flagged now. */
export function* flagged(org: number, flag: boolean, who: Hex | undefined): Reading<void> {
  yield* wasFlagged(org, flag);
  if (who === undefined) return;
  const value = yield { key: decisionKeys.employers(who), tells: 'at which organisations the person works' };
  if (!value) return;
  const reader = new Reader(value);
  for (const employer of reader.list(() => reader.u32())) {
    if (employer !== org && (yield* wasFlagged(employer))) {
      yield { key: decisionKeys.affiliation(employer, who), tells: `who works for organisation ${employer}` };
    }
  }
}

/** Whether an organisation was ever flagged. Of one whose flag has never changed, the flag itself tells it. */
function* wasFlagged(org: number, flag?: boolean): Reading<boolean> {
  const value = yield { key: decisionKeys.flags(org), tells: `when organisation ${org} was flagged` };
  const history = value && new Reader(value);
  if (history && history.list(() => [history.u64(), history.option(() => history.u64())]).length > 0) return true;
  if (flag !== undefined) return flag;
  const organisation = yield { key: decisionKeys.organisation(org), tells: `organisation ${org}` };
  return organisation !== undefined && organisationOf(organisation).flag;
}
