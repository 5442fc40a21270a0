/**
 * The release gate of a custodian: a record leaves only for somebody who signed the request, only
 * after the chain permitted it in the best and the finalised state, only encrypted to the key that
 * the asking organisation (or the patient) registered, and never without an entry in the log.
 */
import type { ApiPromise } from '@polkadot/api';
import { decodeAddress, randomAsU8a, signatureVerify } from '@polkadot/util-crypto';
import { bnToU8a, u8aWrapBytes } from '@polkadot/util';
import type { KeyringPair } from '@polkadot/keyring/types';
import { verify as verifyAnchor, type AnchorRef, type Verified } from './anchors.js';
import { blake2, bytes32, concat, toHex, utf8, type Hex } from './bytes.js';
import {
  ACTIONS, PURPOSES, type Action, type DataClass, type Purpose, type SensitivityLabel,
} from './codes.js';
import { best, finalised } from './connect.js';
import { decideSafely, type Actor, type Question, type SafeDecision } from './consent.js';
import { commitmentOf, open, rewrap, type SealedRecord } from './envelope.js';
import { IntegrityBroken, ReleaseRefused } from './errors.js';
import { resolve } from './identity.js';
import type { AccessLog, LogEntry } from './log.js';
import { isProfile, type Profile } from './profile.js';
import { organisation } from './registry.js';
import { signMessage, type Wallet } from './signing.js';

/** What a custodian keeps of a record: its envelope, and what a decision about it needs. */
export interface StoredRecord {
  /** Says nothing about the patient: it goes into logs. */
  id: string;
  subject: Hex;
  dataClass: DataClass;
  labels: SensitivityLabel[];
  /** From when the data is, in seconds since 1970, if that is known. */
  dataTime?: number | undefined;
  anchor: AnchorRef;
  envelope: Uint8Array;
}

export interface RecordStore {
  get(id: string): Promise<StoredRecord | undefined>;
  put(record: StoredRecord): Promise<void>;
}

export interface ReleaseRequest {
  /** 32 random bytes: a request is answered once. */
  id: Hex;
  /** The organisation whose gate is asked. */
  custodian: number;
  recordId: string;
  /** The account that asks, and the organisation for which it does; none for a patient. */
  requester: string;
  organisation?: number;
  purpose: Purpose;
  action: Action;
  /** Until when the gate may answer, in seconds since 1970. */
  expiry: number;
}

export interface SignedRequest {
  request: ReleaseRequest;
  signature: Hex;
}

const u32 = (value: number): Uint8Array => bnToU8a(value, { bitLength: 32, isLe: true });
const NO_ORGANISATION = 0xffff_ffff;

/** What the requester signs: every part of the request, bound to this chain and this custodian. */
export const requestMessage = (genesisHash: string, request: ReleaseRequest): Uint8Array => concat(
  utf8('salus:release:v1'),
  bytes32(genesisHash),
  bytes32(request.id),
  u32(request.custodian),
  blake2(utf8(request.recordId)),
  decodeAddress(request.requester),
  u32(request.organisation ?? NO_ORGANISATION),
  Uint8Array.of(PURPOSES.indexOf(request.purpose), ACTIONS.indexOf(request.action)),
  bnToU8a(request.expiry, { bitLength: 64, isLe: true }),
);

/** Signs a request with the key or wallet of the one who asks. */
export async function signRequest(
  genesisHash: string,
  signer: KeyringPair | Wallet,
  request: Omit<ReleaseRequest, 'id' | 'requester'>,
): Promise<SignedRequest> {
  const whole = { ...request, id: toHex(randomAsU8a(32)), requester: signer.address };
  const typed = await signMessage(signer, requestMessage(genesisHash, whole));
  return { request: whole, signature: Object.values(typed)[0] as Hex };
}

export interface Released {
  recordId: string;
  requestId: Hex;
  /** Encrypted to the reader's registered key. */
  envelope: Uint8Array;
  /** Where to check what is inside. */
  anchor: AnchorRef;
  decision: SafeDecision;
  /** The custodian's log entry of this disclosure. */
  entry: LogEntry;
}

export interface GateOptions {
  api: ApiPromise;
  custodian: number;
  /** The custodian's own age identity, with which its envelopes open. */
  identity: string;
  store: RecordStore;
  log: AccessLog;
  /** Finds an organisation's profile; the gate checks it against the chain. */
  profileOf: (organisation: number) => Promise<Profile | undefined>;
}

export class ReleaseGate {
  readonly #options: GateOptions;
  readonly #answered = new Map<Hex, number>();

  constructor(options: GateOptions) {
    this.#options = options;
  }

  /** Hands out the record, or throws {@link ReleaseRefused} with the reason. */
  async release(signed: SignedRequest): Promise<Released> {
    const { api, custodian, identity, store, log } = this.#options;
    const { request } = signed;
    const now = await best(api);
    this.#authenticate(signed, now.moment);

    const record = await store.get(request.recordId);
    const actor: Actor = request.organisation === undefined
      ? { own: request.requester }
      : { organisation: request.organisation, practitioner: request.requester };
    const note = (outcome: 'released' | 'refused', decision: string): Promise<LogEntry> => log.append({
      time: now.moment, side: 'source', organisation: custodian, outcome,
      requestId: request.id, recordId: request.recordId,
      requester: request.requester, requesterOrganisation: request.organisation ?? -1,
      purpose: request.purpose, action: request.action, decision,
    });
    const refuse = async (reason: string): Promise<never> => {
      await note('refused', reason);
      throw new ReleaseRefused(reason);
    };

    if (!record) return refuse('there is no such record');
    const question: Question = {
      subject: record.subject, actor, purpose: request.purpose, action: request.action,
      dataClass: record.dataClass, labels: record.labels, dataTime: record.dataTime,
    };
    const decision = await decideSafely(api, question);
    if (!decision.permitted) return refuse(decision.reason);
    const reader = await this.#readerKey(record, request.organisation);
    if (!reader) return refuse('the reader has registered no key to encrypt to');
    const envelope = await rewrap(record.envelope, identity, [reader]);
    const entry = await note('released', decision.reason);
    return { recordId: record.id, requestId: request.id, envelope, anchor: record.anchor, decision, entry };
  }

  /** Refuses, without a log entry, what nobody signed: strangers must not fill the log. */
  #authenticate({ request, signature }: SignedRequest, now: number): void {
    const { api, custodian } = this.#options;
    if (request.custodian !== custodian) throw new ReleaseRefused('the request is for another custodian');
    if (request.expiry <= now) throw new ReleaseRefused('the request has expired');
    if (request.expiry > now + MAX_REQUEST_LIFE) throw new ReleaseRefused('the request runs for too long');
    const message = requestMessage(api.genesisHash.toHex(), request);
    const holds = [message, u8aWrapBytes(message)].some((bytes) => {
      try {
        return signatureVerify(bytes, signature, request.requester).isValid;
      } catch {
        return false;
      }
    });
    if (!holds) throw new ReleaseRefused('the signature is not the requester\'s');
    for (const [id, expiry] of this.#answered) if (expiry <= now) this.#answered.delete(id);
    if (this.#answered.has(request.id)) throw new ReleaseRefused('the request was answered before');
    this.#answered.set(request.id, request.expiry);
  }

  /** The key to which the reader's copy is encrypted, as the finalised state knows it. */
  async #readerKey(record: StoredRecord, org: number | undefined): Promise<Hex | undefined> {
    const { api } = await finalised(this.#options.api);
    if (org === undefined) return (await resolve(api, record.subject))?.agreementKey;
    const [found, profile] = await Promise.all([organisation(api, org), this.#options.profileOf(org)]);
    return found && profile && isProfile(profile, found.profile) ? profile.agreementKey : undefined;
  }
}

/** The longest time, in seconds, from now to the expiry of a request: what was answered is remembered that long. */
export const MAX_REQUEST_LIFE = 600;

export interface Received extends SealedRecord {
  verified: Verified;
  entry: LogEntry;
}

export interface ReceiveOptions {
  api: ApiPromise;
  /** The age identity behind the registered key. */
  identity: string;
  /** The receiving organisation's own log. */
  log: AccessLog;
  request: ReleaseRequest;
}

/**
 * The other side of a release: opens the envelope, checks the record against the chain, and logs the
 * disclosure with the hash of the source's entry, so that two logs tell of it.
 *
 * Throws {@link IntegrityBroken} if the record is not the one that was anchored, or does not stand.
 */
export async function receive(released: Released, options: ReceiveOptions): Promise<Received> {
  const { api, identity, log, request } = options;
  // A gate that hands out another record must not pass because that one, too, is genuine.
  if (released.requestId !== request.id || released.recordId !== request.recordId) {
    throw new IntegrityBroken('what came answers another request');
  }
  if (released.anchor.org !== request.custodian) {
    throw new IntegrityBroken('the record was anchored by another than the custodian that was asked');
  }
  const sealed = await open(released.envelope, identity);
  const at = await finalised(api);
  const verified = await verifyAnchor(at.api, released.anchor, commitmentOf(sealed));
  if (!verified.ok) throw new IntegrityBroken(`the record is not the one anchored: ${verified.reason}`);
  if (verified.status === 'Retracted') throw new IntegrityBroken('its author has taken the record back');
  const entry = await log.append({
    time: at.moment, side: 'recipient', organisation: request.organisation ?? -1, outcome: 'received',
    requestId: request.id, recordId: released.recordId,
    requester: request.requester, requesterOrganisation: request.organisation ?? -1,
    purpose: request.purpose, action: request.action, decision: released.decision.reason,
    counterpart: released.entry.hash,
  });
  return { ...sealed, verified, entry };
}
