/**
 * What an entry of an access log says, and its hash. Every entry carries the hash of the one before, so that nothing can be
 * taken out or changed without every later hash changing. Keeping a log is the business of `@salus/exchange`.
 */
import { account, code, hash, moment, orgId } from './arguments.js';
import { AUTHENTICATION_FAILURES, type AuthenticationFailure, type FailureCounts } from './authentication-failures.js';
import { blake2, concat, hasLoneSurrogate, toHex, utf8, type Hex } from './bytes.js';
import { ACTIONS, PURPOSES } from './codes.js';
import { IntegrityBroken, InvalidArgument } from './errors.js';
import { MAX_RECORD_ID } from './request-id.js';

/** Who wrote the entry: the custodian that discloses, or the one that receives. */
export type Side = 'source' | 'recipient';

/** Whether a person asked, or a machine by itself: a system that fetches records without anybody who reads them then. */
export const REQUESTER_KINDS = ['person', 'machine'] as const;
export type RequesterKind = (typeof REQUESTER_KINDS)[number];

/** One request of a credentialed actor, and what came of it. */
export interface AccessEvent {
  /** Seconds since 1970, by the clock of whoever writes. The blocks that decided are in `decision`. */
  time: number;
  side: Side;
  /** The organisation whose log this is; none in the log of a patient. */
  organisation?: number | undefined;
  outcome: 'released' | 'refused' | 'received';
  requestId: Hex;
  recordId: string;
  requester: string;
  /** The organisation for which the requester asked; none of a patient, who asks for no organisation. */
  requesterOrganisation?: number | undefined;
  /**
   * Whether a person asked or a machine, as far as whoever writes the entry knows. The chain does not know it: to it, who asks is an account.
   * Unsaid in entries that were written before there was this member, and where it is not known.
   */
  requesterKind?: RequesterKind | undefined;
  purpose: string;
  action: string;
  /** The decision in words, with the block numbers on which it rests. */
  decision: string;
  /** For a recipient: the hash of the source's entry for the same disclosure. */
  counterpart?: Hex | undefined;
  /** For a recipient: the organisation that disclosed. Without it nobody can tell with whose log this one is to be compared. */
  custodian?: number | undefined;
}

/**
 * How many requests were refused whose sender could not be authenticated: one event for all of them,
 * because strangers could fill the log with a line each, and nothing they say of themselves is known
 * to be true.
 */
export interface AuthenticationFailureSummary {
  /** Until when they were counted, in seconds since 1970, by the clock of the gate. */
  time: number;
  side: 'source';
  organisation: number;
  outcome: 'unauthenticated';
  /** When the first of them came, in seconds since 1970, by the same clock. */
  since: number;
  /** How many, by why. */
  failures: FailureCounts;
}

/** What a log tells of; `outcome` says which of the two it is. */
export type LogEvent = AccessEvent | AuthenticationFailureSummary;

/** An event in its place in the chain. */
export type LogEntry<E extends LogEvent = LogEvent> = E & {
  seq: number;
  previous: Hex;
  hash: Hex;
};

/** What the first entry of a log has as `previous`. */
export const GENESIS_OF_LOG: Hex = `0x${'00'.repeat(32)}`;
const DOMAIN = utf8('salus:access-log:v1');

/** The hash that an entry has, computed from its other members in a fixed order. What the entry says its hash is does not matter. */
export function entryHash(entry: object): Hex {
  const members = Object.entries(entry)
    .filter(([name, value]) => name !== 'hash' && value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return toHex(blake2(concat(DOMAIN, utf8(JSON.stringify(members)))));
}

/** The longest decision that is kept in words. */
export const MAX_DECISION = 1_024;
const OUTCOMES = { source: ['released', 'refused'], recipient: ['received'] } as const;

const optional = <T>(value: T | undefined, check: (value: T) => unknown): unknown => (value === undefined ? value : check(value));

function text(value: unknown, most: number, name: string): void {
  if (typeof value !== 'string' || value.length > most) throw new InvalidArgument(name, `must be a text of at most ${most} characters`);
  if (hasLoneSurrogate(value)) throw new InvalidArgument(name, 'has half of a surrogate pair');
}

const ACCESS = [
  'time', 'side', 'organisation', 'outcome', 'requestId', 'recordId', 'requester', 'requesterOrganisation', 'requesterKind', 'purpose', 'action', 'decision',
  'counterpart', 'custodian',
];
const SUMMARY = ['time', 'side', 'organisation', 'outcome', 'since', 'failures'];

function checkMembers(event: object, known: readonly string[]): void {
  const unknown = Object.keys(event).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new InvalidArgument(unknown, 'is no part of an entry of an access log');
}

function checkAccess(event: AccessEvent): void {
  checkMembers(event, ACCESS);
  code(['source', 'recipient'], event.side, 'side');
  code(OUTCOMES[event.side] as readonly AccessEvent['outcome'][], event.outcome, 'outcome');
  // A custodian that discloses is always an organisation; who receives may be a patient.
  if (event.side === 'source') orgId(event.organisation);
  else optional(event.organisation, (org) => orgId(org));
  hash(event.requestId, 'requestId');
  text(event.recordId, MAX_RECORD_ID, 'recordId');
  account(event.requester, 'requester');
  optional(event.requesterOrganisation, (org) => orgId(org, 'requesterOrganisation'));
  optional(event.requesterKind, (kind) => code(REQUESTER_KINDS, kind, 'requesterKind'));
  code(PURPOSES, event.purpose, 'purpose');
  code(ACTIONS, event.action, 'action');
  text(event.decision, MAX_DECISION, 'decision');
  optional(event.counterpart, (entry) => hash(entry, 'counterpart'));
  optional(event.custodian, (org) => orgId(org, 'custodian'));
  if (event.side === 'source' && event.custodian !== undefined) throw new InvalidArgument('custodian', 'is for the entry of a recipient: that of a source has its organisation');
}

function checkSummary(event: AuthenticationFailureSummary): void {
  checkMembers(event, SUMMARY);
  code(['source'], event.side, 'side');
  orgId(event.organisation);
  if (moment(event.since, 'since') > event.time) throw new InvalidArgument('since', 'is after the time of the entry');
  const counts = Object.entries(event.failures ?? {});
  if (counts.length === 0) throw new InvalidArgument('failures', 'counts nothing');
  for (const [why, count] of counts) {
    code(Object.keys(AUTHENTICATION_FAILURES) as AuthenticationFailure[], why, 'failures');
    if (!Number.isSafeInteger(count) || count < 1) throw new InvalidArgument(`failures.${why}`, 'must be a number of requests');
  }
}

/**
 * Throws `InvalidArgument` unless an event says what an entry must say, and nothing else: what once stands in the chain
 * of entries can never be put right. Every log checks this before it writes. Entries that were written before this
 * version are read as they are.
 */
export function checkEvent(event: LogEvent): void {
  moment(event.time, 'time');
  if (event.outcome === 'unauthenticated') checkSummary(event);
  else checkAccess(event);
}

/** The entry that follows `last` (or begins the log). Throws `InvalidArgument` for what is no event. */
export function chainEntry<E extends LogEvent>(last: LogEntry | undefined, event: E): LogEntry<E> {
  checkEvent(event);
  const entry = { ...event, seq: (last?.seq ?? -1) + 1, previous: last?.hash ?? GENESIS_OF_LOG };
  return { ...entry, hash: entryHash(entry) };
}

/** Throws {@link IntegrityBroken} at the first entry that does not follow from those before it. */
export function verifyLog(entries: readonly LogEntry[]): void {
  let previous = GENESIS_OF_LOG;
  entries.forEach((entry, position) => {
    if (entry.seq !== position || entry.previous !== previous || entry.hash !== entryHash(entry)) {
      throw new IntegrityBroken(`the access log is broken at entry ${position}`);
    }
    previous = entry.hash;
  });
}
