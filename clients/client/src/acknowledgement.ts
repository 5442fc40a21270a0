/** Acknowledgements: whether organisations have said that they know what patients took back from them. */
import type { ApiPromise } from '@polkadot/api';
import type { PalletAcknowledgementNoticeStanding } from '@polkadot/types/lookup';
import { SalusError } from '@salus/types';
import { hash, orgId, u32 } from '@salus/types/arguments';
import type { ApiAt } from './connect.js';
import { maybe, numberOf } from './query.js';
import type { Call } from './tx.js';

/**
 * How a revocation stands: `Awaited` while the deadline is not over; `Overdue` afterwards, since when marked as such if anybody has;
 * `Acknowledged` when, and whether before the deadline; `TooLongAgo` if nobody did and now nobody can, because too much of the patient's has ended since.
 */
export type Notice =
  | { kind: 'Awaited' }
  | { kind: 'Overdue'; markedAt: number | undefined }
  | { kind: 'Acknowledged'; at: number; onTime: boolean }
  | { kind: 'TooLongAgo' };

/** A revocation that an organisation has to acknowledge, or has acknowledged. All times are in seconds since 1970. */
export interface Revocation {
  /** The organisation that the Permit named: as such, by a role there, or by a person there. */
  organisation: number;
  revokedAt: number;
  /** From when an acknowledgement is late. */
  due: number;
  notice: Notice;
}

/** How an organisation deals with revocations. */
export interface Tally {
  onTime: number;
  late: number;
  /** Marked overdue, and not acknowledged yet. */
  overdue: number;
  /** Acknowledged without a deposit, which the administrator could not pay. */
  unpaid: number;
}

/** Says that the organisation knows that the patient has revoked a Permit; signed by its administrator, a privacy officer or a data steward. */
export const acknowledge = (api: ApiPromise, organisation: number, patient: string, directive: number): Call =>
  api.tx.acknowledgement.acknowledge(orgId(organisation), hash(patient, 'patient'), u32(directive, 'directive'));

/** Marks a revocation that nobody has acknowledged in time; signed by anybody. */
export const markOverdue = (api: ApiPromise, patient: string, directive: number): Call =>
  api.tx.acknowledgement.markOverdue(hash(patient, 'patient'), u32(directive, 'directive'));

/**
 * How the revocation of a Permit stands; `undefined` if it needs no acknowledgement: it named no organisation or one whose very name says
 * something about its patients and is so before its time is over, or it was not revoked. `due` moves on by as long as the organisation is flagged before it.
 */
export async function revocation(api: ApiAt, patient: string, directive: number): Promise<Revocation | undefined> {
  const found = await api.call.acknowledgementApi.revocation(hash(patient, 'patient'), u32(directive, 'directive'));
  return maybe(found, ({ organisation, revokedAt, due, standing }) => ({
    organisation: numberOf(organisation),
    revokedAt: numberOf(revokedAt),
    due: numberOf(due),
    notice: noticeOf(standing),
  }));
}

function noticeOf(standing: PalletAcknowledgementNoticeStanding): Notice {
  switch (standing.type) {
    case 'Acknowledged': return { kind: 'Acknowledged', at: numberOf(standing.asAcknowledged.at), onTime: standing.asAcknowledged.onTime.isTrue };
    case 'Overdue': return { kind: 'Overdue', markedAt: maybe(standing.asOverdue.markedAt, numberOf) };
    case 'Awaited': case 'TooLongAgo': return { kind: standing.type };
    // Of a runtime that is newer: not to be taken for something that it is not.
    default: throw new SalusError(`a revocation stands as ${String(standing.type)}, which this SDK does not know`);
  }
}

/**
 * How many revocations an organisation has acknowledged in time and late, how many are marked overdue and still open, and how many have no deposit. What the numbers do not
 * show: `overdue` counts what somebody has marked, so 0 does not mean that all was answered; and `onTime` grows by whatever is
 * revoked and acknowledged, also by patients who are the organisation's own. Judge by single revocations, not by the sum.
 */
export async function tally(api: ApiAt, organisation: number): Promise<Tally> {
  const { onTime, late, overdue, unpaid } = await api.call.acknowledgementApi.tally(orgId(organisation));
  return { onTime: numberOf(onTime), late: numberOf(late), overdue: numberOf(overdue), unpaid: numberOf(unpaid) };
}
