/** What a gate says of a release beside the envelope, and whether that answers what was asked. */
import type { AnchorRef } from '@salus/client/anchors';
import { entryHash, IntegrityBroken, type AccessEvent, type Hex, type LogEntry } from '@salus/types';
import { sameAccount } from './account.js';
import type { ReleaseRequest } from './request.js';

/** The receipt of a release: which request was answered with which record, where that is anchored, and the custodian's log entry. */
export interface ReleaseReceipt {
  recordId: string;
  requestId: Hex;
  /** Where to check the record. */
  anchor: AnchorRef;
  /** The custodian's log entry of this disclosure. */
  entry: LogEntry<AccessEvent>;
}

/** Why a receipt is not the one for a request. */
export const RELEASE_FAULTS = [
  'other-request', 'other-record', 'other-custodian', 'entry-changed', 'entry-of-another-release',
] as const;
export type ReleaseFault = (typeof RELEASE_FAULTS)[number];

/** What came is not the answer to the request. */
export class NotThisRelease extends IntegrityBroken {
  constructor(readonly fault: ReleaseFault, detail: string) {
    super(detail);
  }
}

/**
 * Throws {@link NotThisRelease} unless `receipt` answers `request`: a gate that hands out another record must not pass because
 * that one, too, is genuine, and the entry that it shows must tell of this very disclosure, for two logs are compared by it.
 * Whether the record is the one anchored only the chain can tell.
 */
export function checkRelease(receipt: ReleaseReceipt, request: ReleaseRequest): void {
  if (receipt.requestId !== request.id) throw new NotThisRelease('other-request', 'what came answers another request');
  if (receipt.recordId !== request.recordId) throw new NotThisRelease('other-record', 'what came is another record than the one asked for');
  if (receipt.anchor.org !== request.custodian) {
    throw new NotThisRelease('other-custodian', 'the record was anchored by another than the custodian that was asked');
  }
  const { entry } = receipt;
  if (entry.hash !== entryHash(entry)) throw new NotThisRelease('entry-changed', 'the custodian\'s log entry is not what its hash says');
  const isOfThis = entry.side === 'source' && entry.outcome === 'released' && entry.organisation === request.custodian
    && entry.requestId === request.id && entry.recordId === request.recordId && sameAccount(entry.requester, request.requester)
    && entry.requesterOrganisation === request.organisation && entry.purpose === request.purpose && entry.action === request.action;
  if (!isOfThis) throw new NotThisRelease('entry-of-another-release', 'the custodian\'s log entry tells of another disclosure than this one');
}
