/**
 * The release gate of a custodian: a record leaves only for somebody who signed the request and whom
 * the chain vouches for, only after the chain permitted it in the best and the finalised state, which must be those of
 * the present (`freshness`), only
 * encrypted to the key that the asking organisation (or the patient) registered, only once for each
 * request, and never without an entry in the log.
 */
import type { ApiPromise } from '@polkadot/api';
import { presentAsTold, type FreshnessOptions, type Present } from '@salus/client';
import type { AnchorRef } from '@salus/client/anchors';
import { decideAt, decideIn, type Decide } from '@salus/client/consent';
import { Deadline, within } from '@salus/client/deadline';
import { resolve } from '@salus/client/identity';
import { organisation } from '@salus/client/registry';
import { decideWithAt, isReadable, sealedInForceAt, type Opening } from '@salus/client/sealed';
import {
  AUTHENTICATION_FAILURES, InvalidArgument, NodeError, NodeUnavailable, ReleaseRefused, REQUESTER_KINDS, toldInWords, type AccessEvent, type Actor,
  type AuthenticationFailure, type FailureCounts, type Hex, type LogEntry, type RequesterKind, type SafeDecision,
} from '@salus/types';
import { code, duration } from '@salus/types/arguments';
import { accountKey } from './account.js';
import { credentialFailure, signatureFailure } from './authentication.js';
import { rewrap } from './envelope.js';
import type { AccessLog } from './log.js';
import type { ReleaseReceipt } from './release.js';
import type { ReplayCache } from './replay.js';
import { requesterKindOf, type ReleaseRequest, type SignedRequest } from './request.js';
import { whyUnclassified, type RecordStore, type StoredRecord } from './store.js';
import { FailureTally } from './tally.js';

/** How long a node may take to decide, in milliseconds. */
const TIMEOUT = 30_000;

/** What a gate hands out, and goes to the house that asked. */
export interface Released extends ReleaseReceipt {
  /** Encrypted to the reader's registered key. */
  envelope: Uint8Array;
  /** Why, as whoever asked is told it and as both logs have it: of a patient who has sealed directives, `consent.toldInWords`. */
  told: string;
}

/**
 * What was released, and why. The decision stays in the house: it is no property of its own of the object, so that neither JSON nor a copy
 * takes it along.
 */
export class Disclosure implements Released {
  readonly recordId: string;
  readonly requestId: Hex;
  readonly envelope: Uint8Array;
  readonly anchor: AnchorRef;
  readonly told: string;
  readonly entry: LogEntry<AccessEvent>;
  readonly #decision: SafeDecision;

  constructor({ recordId, requestId, envelope, anchor, told, entry }: Released, decision: SafeDecision) {
    this.recordId = recordId;
    this.requestId = requestId;
    this.envelope = envelope;
    this.anchor = anchor;
    this.told = told;
    this.entry = entry;
    this.#decision = decision;
  }

  /** As secret as the openings with which it was made. */
  get decision(): SafeDecision {
    return this.#decision;
  }
}

/** What whoever asked is told where nothing is released to them, whatever is behind it. */
const NOTHING = 'there is no such record, or none that may be seen';

/**
 * There is no such record, it may not be seen, or it is kept without a class or labels. `reason` and the message are the same for all of these: an
 * application that passes them on does not tell whether there is a record.
 */
export class RecordWithheld extends ReleaseRefused {
  readonly #forLog: string;

  constructor(forLog: string) {
    super(NOTHING);
    this.#forLog = forLog;
  }

  /**
   * Why, as the custodian's own log has it: **not for whoever asked**. It is no property of its own of the error, so that neither JSON nor a
   * copy takes it along.
   */
  get forLog(): string {
    return this.#forLog;
  }
}

/** What a gate works with. */
export interface GateOptions {
  api: ApiPromise;
  custodian: number;
  /** The custodian's own age identity, with which its envelopes open. */
  identity: string;
  store: RecordStore;
  log: AccessLog;
  /** Which requests were answered: `FileReplayCache` in `@salus/exchange/node`, so that a restart forgets none. */
  replays: ReplayCache;
  /** How it is told that the node's blocks are those of the present. By the host's clock unless told. */
  freshness?: FreshnessOptions;
  /** How long the node, and `openings`, may take until it is decided, in milliseconds. 30,000 unless told. */
  timeout?: number;
  /**
   * Whether a person asks or a machine, where the custodian knows better than the request: from the token or certificate with which that came,
   * or from what it agreed with the other house about accounts of systems. Where it answers nothing, what the request says counts
   * (`requesterKindOf`). It stands in the log, and nothing is decided by it. If it throws, the request is refused.
   */
  requesterKind?: (request: ReleaseRequest) => RequesterKind | undefined;
  /**
   * The openings that the custodian was given of a patient's sealed directives, each with its number, with which it decides. The node must be
   * the custodian's **own**: it is told them. It is asked for them only if the patient has a sealed directive in force. Of such a patient
   * whoever gets a record and the log are told what `consent.toldInWords` leaves, and no reason, whether there are openings or not: nobody
   * learns from the form of an answer which house was given one.
   */
  openings?: (subject: Hex) => ReadonlyMap<number, Opening> | Promise<ReadonlyMap<number, Opening>>;
}

/** A request, and of which kind its requester is, as far as that is known. */
interface Asked {
  request: ReleaseRequest;
  kind: RequesterKind;
}

/**
 * Hands out records. Whom it could authenticate it answers once for each request, and logs each answer;
 * all others it counts, and logs the counts at most once an hour ({@link ReleaseGate.summarise}).
 */
export class ReleaseGate {
  readonly #options: GateOptions;
  readonly #failures = new FailureTally();
  /** The time at the last request, by the gate's clock. */
  #moment = 0;

  constructor(options: GateOptions) {
    this.#options = options;
    if (options.timeout !== undefined) duration(options.timeout, 'timeout');
    this.#moment = this.#hostTime();
  }

  /** Hands out the record, or throws {@link ReleaseRefused} with a reason that may be told; of what may not be seen, {@link RecordWithheld}. */
  async release(signed: SignedRequest): Promise<Disclosure> {
    const facts = await this.#facts();
    const now = facts.now();
    this.#moment = now;
    if (this.#failures.isDue(now)) await this.summarise();

    const record = await this.#authenticate(signed, facts);
    let kind = requesterKindOf(signed.request);
    try {
      kind = this.#kindOf(signed.request);
      return await this.#answer({ request: signed.request, kind }, record, facts);
    } catch (error) {
      // The request is used up, so its end belongs into the log, whatever it was.
      await this.#note({ request: signed.request, kind }, facts.now(), 'refused', reasonOf(error));
      throw error;
    }
  }

  /** What is known of who asks. A word that is none must not end up in the log. */
  #kindOf(request: ReleaseRequest): RequesterKind {
    return code(REQUESTER_KINDS, this.#options.requesterKind?.(request) ?? requesterKindOf(request), 'requesterKind');
  }

  /** The blocks from which everything about one request is read. */
  async #facts(): Promise<Present> {
    try {
      return await presentAsTold(this.#options.api, this.#options.freshness);
    } catch (error) {
      if (error instanceof InvalidArgument) throw error;
      // Nobody can be authenticated without the chain, so this is counted, and not logged request by request.
      this.#moment = Math.max(this.#moment, this.#hostTime());
      if (this.#failures.isDue(this.#moment)) await this.summarise();
      this.#failures.count('silent', this.#moment);
      throw new ReleaseRefused(AUTHENTICATION_FAILURES.silent, { cause: error });
    }
  }

  /** The host's time in seconds since 1970; of a gate that goes by the chain's, that is not asked. */
  #hostTime(): number {
    const { clock, now = Date.now } = this.#options.freshness ?? {};
    return clock === 'chain' ? this.#moment : Math.floor(now() / 1000);
  }

  /** Hands out the record to a credentialed actor, or throws. */
  async #answer({ request, kind }: Asked, record: StoredRecord | undefined, facts: Present): Promise<Disclosure> {
    const { identity, timeout = TIMEOUT } = this.#options;
    const deadline = new Deadline(timeout);
    ensureFresh(facts);
    if (!record) throw new RecordWithheld('there is no such record');
    const unclassified = whyUnclassified(record);
    if (unclassified) throw new RecordWithheld(unclassified);
    const actor: Actor = request.organisation === undefined
      ? { own: request.requester }
      : { organisation: request.organisation, practitioner: request.requester };
    const states = await deadline.within(Promise.all([facts.best, facts.finalised].map((at) => sealedInForceAt(at, record.subject))), 'the sealed directives');
    const inForce = new Set(states.flat());
    const openings = inForce.size > 0 ? await this.#openings(record.subject, inForce, deadline) : new Map<number, Opening>();
    const decide: Decide = openings.size > 0 ? (at, question) => decideWithAt(at, question, openings) : decideAt;
    const decision = await deadline.within(decideIn(facts, {
      subject: record.subject, actor, purpose: request.purpose, action: request.action,
      dataClass: record.dataClass, labels: record.labels, dataTime: record.dataTime,
    }, decide), 'the decision');
    // This depends on what everybody sees on the chain, and not on whether this house has openings.
    const told = inForce.size > 0 ? toldInWords(decision) : decision.reason;
    if (!decision.permitted) throw new RecordWithheld(told);
    const reader = await deadline.within(this.#readerKey(record, request.organisation, facts), 'the reader\'s key');
    if (!reader) throw new ReleaseRefused('the reader has registered no key to encrypt to');
    const envelope = await rewrap(record.envelope, identity, [reader]);
    // The node may have taken its time over the answers: what was permitted then may have been revoked since.
    ensureFresh(facts);
    const entry = await this.#note({ request, kind }, facts.now(), 'released', told);
    return new Disclosure({ recordId: record.id, requestId: request.id, envelope, anchor: record.anchor, told, entry }, decision);
  }

  /**
   * What the custodian was given to open of the directives in force. Its store may be slow, and must not keep a request open whose id is
   * claimed. One that cannot be read is left out: its directive then lets nothing, and forbids what it could be about.
   */
  async #openings(subject: Hex, inForce: ReadonlySet<number>, deadline: Deadline): Promise<ReadonlyMap<number, Opening>> {
    const read = async () => this.#options.openings?.(subject);
    const kept = await within(read(), deadline.left, () => new ReleaseRefused('the gate\'s own store did not answer in time'));
    return new Map([...kept ?? []].filter(([sealed, opening]) => inForce.has(sealed) && isReadable(opening)));
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
  async #authenticate(signed: SignedRequest, facts: Present): Promise<StoredRecord | undefined> {
    const { api, custodian, store, replays } = this.#options;
    const now = facts.now();
    const check = (failure: AuthenticationFailure | undefined): void => {
      if (!failure) return;
      this.#failures.count(failure, now);
      throw new ReleaseRefused(failure === 'stale' ? `${AUTHENTICATION_FAILURES.stale}: ${facts.problem()}` : AUTHENTICATION_FAILURES[failure]);
    };
    check(signatureFailure(signed, { genesisHash: api.genesisHash.toHex(), custodian, now }));
    const { request } = signed;
    const record = await store.get(request.recordId);
    const failure = await this.#credentialFailure(facts, request, record);
    // From a node that is behind nobody can tell that somebody has no credential; who had one is known by name.
    check(failure && facts.problem() !== undefined ? 'stale' : failure);
    // Last, so that strangers leave nothing behind. A replay is counted, not logged: anybody may have
    // copied the request, and what the requester got is in the log already.
    check(await replays.claim(request.id, request.expiry, now) ? undefined : 'replayed');
    return record;
  }

  async #credentialFailure(facts: Present, request: ReleaseRequest, record: StoredRecord | undefined): Promise<AuthenticationFailure | undefined> {
    try {
      return await within(credentialFailure(facts.best, request, record), this.#options.timeout ?? TIMEOUT, 'the credential');
    } catch (error) {
      if (error instanceof NodeUnavailable || error instanceof NodeError) return 'silent';
      throw error;
    }
  }

  #note(
    { request, kind }: Asked,
    time: number,
    outcome: 'released' | 'refused',
    decision: string,
  ): Promise<LogEntry<AccessEvent>> {
    const { custodian, log } = this.#options;
    return log.append({
      time, side: 'source', organisation: custodian, outcome,
      requestId: request.id, recordId: request.recordId,
      requester: accountKey(request.requester), requesterOrganisation: request.organisation, requesterKind: kind,
      purpose: request.purpose, action: request.action, decision,
    });
  }

  /** The key to which the reader's copy is encrypted, as the finalised state knows it. */
  async #readerKey(record: StoredRecord, org: number | undefined, { finalised: { api } }: Present): Promise<Hex | undefined> {
    if (org === undefined) return (await resolve(api, record.subject))?.agreementKey;
    return (await organisation(api, org))?.agreementKey;
  }
}

function ensureFresh(facts: Present): void {
  const problem = facts.problem();
  if (problem !== undefined) throw new ReleaseRefused(`the gate's node cannot be relied on now: ${problem}`);
}

/** What the log says of an answer that failed. Only what this SDK says in its own words: others may name a person or a path. */
function reasonOf(error: unknown): string {
  if (error instanceof RecordWithheld) return error.forLog;
  if (error instanceof ReleaseRefused) return error.reason;
  return error instanceof NodeUnavailable ? 'the gate\'s node did not answer' : 'the gate failed';
}
