/** The other side of a release: opening what a custodian's gate handed out, and checking it. */
import type { ApiPromise } from '@polkadot/api';
import { present, type FreshnessOptions } from '@salus/client';
import { verify as verifyAnchor, type Verified } from '@salus/client/anchors';
import { IntegrityBroken, type AccessEvent, type LogEntry, type RequesterKind } from '@salus/types';
import { accountKey } from './account.js';
import { commitmentOf, open, type SealedRecord } from './envelope.js';
import type { Released } from './gate.js';
import type { AccessLog } from './log.js';
import { checkRelease } from './release.js';
import { requesterKindOf, type ReleaseRequest } from './request.js';

/** A record that came, was checked and is logged. */
export interface Received extends SealedRecord {
  verified: Verified;
  entry: LogEntry<AccessEvent>;
}

/** Who receives, and what was asked. */
export interface ReceiveOptions {
  api: ApiPromise;
  /** The age identity behind the registered key. */
  identity: string;
  /** The receiving organisation's own log. */
  log: AccessLog;
  request: ReleaseRequest;
  /** Whether a person asked or a machine, for the log. What the request says (`requesterKindOf`) unless given. */
  requesterKind?: RequesterKind;
  /** How it is told that the node's last final block is the present one. */
  freshness?: FreshnessOptions;
}

/**
 * Opens the envelope, checks the record against the chain, and logs the disclosure with the hash of
 * the source's entry, so that two logs tell of it.
 *
 * Throws {@link IntegrityBroken} if what came does not answer the request, or the record is not the one that was anchored, or does not stand, and `StaleNode` if
 * the node cannot tell whether it stands now: a node that is cut off knows of no retraction.
 */
export async function receive(released: Released, options: ReceiveOptions): Promise<Received> {
  const { api, identity, log, request, requesterKind = requesterKindOf(request) } = options;
  checkRelease(released, request);
  const sealed = await open(released.envelope, identity);
  const facts = await present(api, options.freshness);
  const verified = await verifyAnchor(facts.finalised.api, released.anchor, commitmentOf(sealed));
  if (!verified.ok) throw new IntegrityBroken(`the record is not the one anchored: ${verified.reason}`);
  if (verified.status === 'Retracted') throw new IntegrityBroken('its author has taken the record back');
  const entry = await log.append({
    time: facts.now(), side: 'recipient', organisation: request.organisation, outcome: 'received',
    requestId: request.id, recordId: released.recordId,
    requester: accountKey(request.requester), requesterOrganisation: request.organisation, requesterKind,
    purpose: request.purpose, action: request.action, decision: released.told,
    counterpart: released.entry.hash, custodian: request.custodian,
  });
  return { ...sealed, verified, entry };
}
