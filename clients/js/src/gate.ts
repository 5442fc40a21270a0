/**
 * The release gate of a custodian: a record leaves only for somebody who signed the request and whom
 * the chain vouches for, only after the chain permitted it in the best and the finalised state, only
 * encrypted to the key that the asking organisation (or the patient) registered, only once for each
 * request, and never without an entry in the log.
 */
import type { ApiPromise } from '@polkadot/api';
import type { AnchorRef } from './anchors.js';
import {
  AUTHENTICATION_FAILURES, credentialFailure, signatureFailure, type AuthenticationFailure, type FailureCounts,
} from './authentication.js';
import type { Hex } from './bytes.js';
import { best, finalised, type Snapshot } from './connect.js';
import { decideSafely, type Actor, type SafeDecision } from './consent.js';
import { rewrap } from './envelope.js';
import { ReleaseRefused } from './errors.js';
import { resolve } from './identity.js';
import type { AccessEvent, AccessLog, LogEntry } from './log.js';
import { organisation } from './registry.js';
import type { ReplayCache } from './replay.js';
import type { ReleaseRequest, SignedRequest } from './request.js';
import type { RecordStore, StoredRecord } from './store.js';
import { FailureTally } from './tally.js';

/** What a gate hands out. */
export interface Released {
  recordId: string;
  requestId: Hex;
  /** Encrypted to the reader's registered key. */
  envelope: Uint8Array;
  /** Where to check what is inside. */
  anchor: AnchorRef;
  decision: SafeDecision;
  /** The custodian's log entry of this disclosure. */
  entry: LogEntry<AccessEvent>;
}

/** What a gate works with. */
export interface GateOptions {
  api: ApiPromise;
  custodian: number;
  /** The custodian's own age identity, with which its envelopes open. */
  identity: string;
  store: RecordStore;
  log: AccessLog;
  /** Which requests were answered: `FileReplayCache` in `@salus/client/node`, so that a restart forgets none. */
  replays: ReplayCache;
}

/**
 * Hands out records. Whom it could authenticate it answers once for each request, and logs each answer;
 * all others it counts, and logs the counts at most once an hour ({@link ReleaseGate.summarise}).
 */
export class ReleaseGate {
  readonly #options: GateOptions;
  readonly #failures = new FailureTally();
  /** The best block's time at the last request. */
  #moment = 0;

  constructor(options: GateOptions) {
    this.#options = options;
  }

  /** Hands out the record, or throws {@link ReleaseRefused} with the reason. */
  async release(signed: SignedRequest): Promise<Released> {
    const now = await best(this.#options.api);
    this.#moment = now.moment;
    if (this.#failures.isDue(now.moment)) await this.summarise();

    const record = await this.#authenticate(signed, now);
    try {
      return await this.#answer(signed.request, record, now.moment);
    } catch (error) {
      // The request is used up, so its end belongs into the log, whatever it was.
      const refused = error instanceof ReleaseRefused;
      await this.#note(signed.request, now.moment, 'refused', refused ? error.reason : 'the gate failed');
      throw error;
    }
  }

  /** Hands out the record to a credentialed actor, or throws. */
  async #answer(request: ReleaseRequest, record: StoredRecord | undefined, time: number): Promise<Released> {
    const { api, identity } = this.#options;
    if (!record) throw new ReleaseRefused('there is no such record');
    const actor: Actor = request.organisation === undefined
      ? { own: request.requester }
      : { organisation: request.organisation, practitioner: request.requester };
    const decision = await decideSafely(api, {
      subject: record.subject, actor, purpose: request.purpose, action: request.action,
      dataClass: record.dataClass, labels: record.labels, dataTime: record.dataTime,
    });
    if (!decision.permitted) throw new ReleaseRefused(decision.reason);
    const reader = await this.#readerKey(record, request.organisation);
    if (!reader) throw new ReleaseRefused('the reader has registered no key to encrypt to');
    const envelope = await rewrap(record.envelope, identity, [reader]);
    const entry = await this.#note(request, time, 'released', decision.reason);
    return { recordId: record.id, requestId: request.id, envelope, anchor: record.anchor, decision, entry };
  }

  /** How many requests were refused, since the last summary, whose sender could not be authenticated. */
  get failures(): FailureCounts {
    return this.#failures.failures;
  }

  /**
   * Logs how many requests were refused whose sender could not be authenticated, if any were. The gate
   * does so by itself when it is asked and an hour has passed; call it before stopping the gate.
   */
  async summarise(): Promise<void> {
    const { custodian, log } = this.#options;
    const tally = this.#failures.take();
    if (!tally) return;
    try {
      await log.append({ time: this.#moment, side: 'source', organisation: custodian, outcome: 'unauthenticated', ...tally });
    } catch (error) {
      this.#failures.restore(tally);
      throw error;
    }
  }

  /**
   * Throws unless the request is a credentialed actor's and claims its id, and so was never answered;
   * returns the record that it is about.
   */
  async #authenticate(signed: SignedRequest, now: Snapshot): Promise<StoredRecord | undefined> {
    const { api, custodian, store, replays } = this.#options;
    const check = (failure: AuthenticationFailure | undefined): void => {
      if (!failure) return;
      this.#failures.count(failure, now.moment);
      throw new ReleaseRefused(AUTHENTICATION_FAILURES[failure]);
    };
    check(signatureFailure(signed, { genesisHash: api.genesisHash.toHex(), custodian, now: now.moment }));
    const { request } = signed;
    const record = await store.get(request.recordId);
    check(await credentialFailure(now, request, record));
    // Last, so that strangers leave nothing behind. A replay is counted, not logged: anybody may have
    // copied the request, and what the requester got is in the log already.
    check(await replays.claim(request.id, request.expiry, now.moment) ? undefined : 'replayed');
    return record;
  }

  #note(
    request: ReleaseRequest,
    time: number,
    outcome: 'released' | 'refused',
    decision: string,
  ): Promise<LogEntry<AccessEvent>> {
    const { custodian, log } = this.#options;
    return log.append({
      time, side: 'source', organisation: custodian, outcome,
      requestId: request.id, recordId: request.recordId,
      requester: request.requester, requesterOrganisation: request.organisation ?? -1,
      purpose: request.purpose, action: request.action, decision,
    });
  }

  /** The key to which the reader's copy is encrypted, as the finalised state knows it. */
  async #readerKey(record: StoredRecord, org: number | undefined): Promise<Hex | undefined> {
    const { api } = await finalised(this.#options.api);
    if (org === undefined) return (await resolve(api, record.subject))?.agreementKey;
    return (await organisation(api, org))?.agreementKey;
  }
}
