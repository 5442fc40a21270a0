/** Comparing the logs of two organisations: each disclosure from one to the other stands in both. */
import { InvalidArgument, type AccessEvent, type LogEntry } from '@salus/types';
import { orgId, u32 } from '@salus/types/arguments';
import { sameAccount } from '../account.js';
import { following, isAccess, type Entries } from './entries.js';

/** Whole days of 86,400 seconds since the beginning of 1970, in UTC, as the chain counts them. */
export type Day = number;

const DAY = 86_400;

/** How what is asked for begins when entries of the log are shown to the other side. That is logged, and is no disclosure of a record: the other does not log it. */
const SHOWN = '$counterpart?';

export const dayOf = (seconds: number): Day => Math.floor(seconds / DAY);

/** A day as `2026-11-28`. */
export const dayInWords = (day: Day): string => new Date(u32(day, 'day') * DAY * 1000).toISOString().slice(0, 10);

/** The day that is written as `2026-11-28`. Throws `InvalidArgument` for what is none. */
export function dayFrom(text: string): Day {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? dayOf(Date.parse(`${text}T00:00:00Z`) / 1000) : Number.NaN;
  // JavaScript takes the 31st of February for the 3rd of March.
  if (!(day >= 0) || dayInWords(day) !== text) throw new InvalidArgument('day', `is ${JSON.stringify(text)}, and must be a day from 1970 on, such as 2026-11-28`);
  return day;
}

/** What one organisation says it found of a day: the arguments of the call `attestReconciled`. */
export interface Counts {
  /** Logged by both. */
  matched: number;
  onlyOurs: number;
  onlyTheirs: number;
}

type Access = LogEntry<AccessEvent>;

/** One disclosure that both logged. */
export interface Pair {
  /** The entry of the one that disclosed, and of the one that received. */
  source: Access;
  recipient: Access;
}

/**
 * What two entries about one disclosure can say differently. `counterpart`: the recipient's hash of the source's entry. `requesterKind` where
 * both say it.
 */
export const COMPARED = ['counterpart', 'recordId', 'requester', 'requesterOrganisation', 'requesterKind', 'purpose', 'action', 'decision'] as const;

/** Two entries for one request that do not say the same. */
export interface Disagreement extends Pair {
  differ: (typeof COMPARED)[number][];
}

export interface Comparison {
  organisation: number;
  counterparty: number;
  day: Day;
  counts: Counts;
  matched: Pair[];
  /** Disclosures, in either direction, that the organisation alone logged, and that the counterparty alone did. */
  onlyOurs: Access[];
  onlyTheirs: Access[];
  /** Of the matched ones, those of which the two say different things. */
  disagreements: Disagreement[];
  /**
   * Entries of what was received that do not say from whom, and that the other log has no counterpart for. They were written
   * before entries said so, may be about a third organisation, and are not counted.
   */
  unattributed: Access[];
}

/** What a log has about another organisation. */
interface Disclosures {
  given: Access[];
  received: Access[];
  /** What was received from somebody who is not named. */
  fromSomebody: Access[];
}

/**
 * Compares two logs, of which each was verified against its heads, for one day. Both are given whole, or from long before the
 * day until long after it: what one side logged just before midnight, the other logged just after.
 *
 * A disclosure is what one released for a requester of the other. Its two entries belong together if the recipient's has
 * the hash of the source's, else if they have the same request. **The day of a disclosure is that of the source's entry**,
 * whenever the recipient logged it; if there is none, that of the recipient's. So both come to the same counts, seen from the
 * other side. What was opened and logged more than once by the recipient counts once.
 *
 * Throws `InvalidArgument` if the organisations are one, and `IntegrityBroken` if a log is broken or is another's.
 */
export async function reconcile(of: { organisation: number; counterparty: number; day: Day; ours: Entries; theirs: Entries }): Promise<Comparison> {
  const { organisation, counterparty, day } = of;
  orgId(organisation);
  u32(day, 'day');
  if (orgId(counterparty, 'counterparty') === organisation) throw new InvalidArgument('counterparty', 'is the organisation itself');
  const ours = await disclosuresIn(of.ours, organisation, counterparty);
  const theirs = await disclosuresIn(of.theirs, counterparty, organisation);
  const [toThem, toUs] = [paired(ours.given, theirs), paired(theirs.given, ours)];
  const ofDay = (entries: Access[]): Access[] => entries.filter(({ time }) => dayOf(time) === day).sort((a, b) => a.seq - b.seq);

  const matched = [...toThem.pairs, ...toUs.pairs].filter(({ source }) => dayOf(source.time) === day).sort((a, b) => a.source.time - b.source.time);
  const onlyOurs = ofDay([...toThem.onlySource, ...toUs.onlyRecipient]);
  const onlyTheirs = ofDay([...toUs.onlySource, ...toThem.onlyRecipient]);
  return {
    organisation, counterparty, day, matched, onlyOurs, onlyTheirs,
    counts: { matched: matched.length, onlyOurs: onlyOurs.length, onlyTheirs: onlyTheirs.length },
    disagreements: matched.map((pair) => ({ ...pair, differ: differences(pair) })).filter(({ differ }) => differ.length > 0),
    unattributed: [...ofDay(toUs.unattributed), ...ofDay(toThem.unattributed)],
  };
}

async function disclosuresIn(entries: Entries, organisation: number, other: number): Promise<Disclosures> {
  const found: Disclosures = { given: [], received: [], fromSomebody: [] };
  for await (const entry of following(entries, organisation)) {
    if (!isAccess(entry)) continue;
    if (entry.outcome === 'released' && entry.requesterOrganisation === other && !entry.recordId.startsWith(SHOWN)) found.given.push(entry);
    else if (entry.outcome === 'received' && entry.custodian === other) found.received.push(entry);
    else if (entry.outcome === 'received' && entry.custodian === undefined) found.fromSomebody.push(entry);
  }
  return found;
}

/** Puts together what one gave and what the other got. */
function paired(given: readonly Access[], { received, fromSomebody }: Disclosures) {
  const byHash = new Map(given.map((entry) => [entry.hash, entry]));
  const byRequest = new Map<string, Access[]>();
  for (const entry of given) {
    const same = byRequest.get(entry.requestId);
    if (same) same.push(entry);
    else byRequest.set(entry.requestId, [entry]);
  }
  const taken = new Map<Access, Access>();
  // Hashes first: they leave no doubt, whatever the order.
  const withoutHash = [...received, ...fromSomebody].filter((recipient) => {
    const source = recipient.counterpart && byHash.get(recipient.counterpart);
    if (!source) return true;
    if (!taken.has(source)) taken.set(source, recipient);
    return false;
  });
  const alone = withoutHash.filter((recipient) => {
    const source = byRequest.get(recipient.requestId)?.find((each) => !taken.has(each));
    if (source) taken.set(source, recipient);
    return !source;
  });
  return {
    pairs: [...taken].map(([source, recipient]): Pair => ({ source, recipient })),
    onlySource: given.filter((source) => !taken.has(source)),
    onlyRecipient: alone.filter(({ custodian }) => custodian !== undefined),
    unattributed: alone.filter(({ custodian }) => custodian === undefined),
  };
}

function differences({ source, recipient }: Pair): Disagreement['differ'] {
  return COMPARED.filter((part) => {
    if (part === 'counterpart') return recipient.counterpart !== source.hash;
    if (part === 'requesterKind' && (source[part] === undefined || recipient[part] === undefined)) return false;
    if (part === 'requester') return !sameAccount(source.requester, recipient.requester);
    return source[part] !== recipient[part];
  });
}

