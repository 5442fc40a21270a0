/** What can be found when a custodian's access log is compared with its heads. */
import { moment, span } from '@salus/types/time';

/** What each finding means. The text is for people; `docs/access-logs.md` says what to do. */
export const FINDINGS = {
  /** The heads that were read do not follow from each other, or are not those that the chain says there are. */
  ForkedHeads: 'the heads do not form one chain',
  /** There was no commit for a heartbeat or longer. */
  Stale: 'the log was not committed to in time',
  /** The custodian began its log anew. What it committed to before is of another epoch, and of another log. */
  BegunAnew: 'the log was begun anew; ask for what was committed to before, and why',
  /** A line that is no entry. */
  Malformed: 'what stands there is no entry of an access log',
  /** An entry's `previous` is not the hash of the entry before it. */
  BrokenChain: 'the entry does not follow from the one before it',
  /** What an entry says is not what its hash, the entry after it, or the head is of. */
  EditedEntry: 'the entry was changed after it was written',
  /** The entries of a commit are not those that were committed to, and nothing tells which of them. */
  EditedCommit: 'the entries are not those that were committed to; nothing tells which of them were changed, put in or taken out',
  /** Numbers between others that no entry has. */
  Missing: 'entries are missing',
  /** The log ends before what was committed to. */
  Truncated: 'the log ends before what was committed to',
  /** An entry stands after one with a higher number. */
  OutOfOrder: 'the entry is not in its place',
  /** A second entry with the same number, which says something else. */
  ForkedEntry: 'there is another entry with this number',
  /** The same entry a second time. */
  RepeatedEntry: 'the entry stands in the log a second time',
  /** An entry's time is before what had been committed to before it, or before that of entries before it. */
  Backdated: 'the time of the entry is before what was committed to, or written, before it',
  /** An entry's time is after its commit, or after now. */
  Postdated: 'the time of the entry is after it was committed to, or in the future',
  /** An entry of another organisation's log, or of a patient's. */
  OtherOrganisation: 'the entry is of another log',
  /** Entries that are not committed to, the oldest for a heartbeat or longer. */
  UncommittedTail: 'entries were not committed to in time',
} as const satisfies Record<string, string>;

export type FindingKind = keyof typeof FINDINGS;

/** From one number up to just before another. */
export interface Span {
  from: number;
  until: number;
}

/** One thing that is wrong with a log, and where. */
export interface Finding {
  kind: FindingKind;
  /** The numbers of the entries. What custodians commit to beyond 2^53 is rounded. */
  entries?: Span;
  /** The numbers of the commits. */
  commits?: Span;
  /** Moments in seconds since 1970; of a finding that still holds, until the moment of the audit. */
  moments?: Span;
  /** The lines of the log as it was read, counted from 1. */
  lines?: Span;
  /** What more is known of it. */
  detail?: string;
}

const numbers = (what: string, many: string, { from, until }: Span): string =>
  (until - from === 1 ? `${what} ${from}` : `${many} ${from} to ${until - 1}`);

/** A finding in a line: its name, where, and what it means. */
export function findingInWords({ kind, entries, commits, moments, lines, detail }: Finding): string {
  const where = [
    ...(entries ? [numbers('entry', 'entries', entries)] : []),
    ...(commits ? [numbers('commit', 'commits', commits)] : []),
    ...(lines ? [numbers('line', 'lines', lines)] : []),
    ...(moments ? [`from ${moment(moments.from)} to ${moment(moments.until)} (${span(moments.until - moments.from)})`] : []),
  ];
  return `${kind}: ${where.join(', ')}${where.length > 0 ? ': ' : ''}${FINDINGS[kind]}${detail === undefined ? '' : `: ${detail}`}`;
}

const PARTS = ['entries', 'lines', 'commits'] as const;

/** Whether a finding begins where one before it ends, and says the same. */
function continues(last: Finding, next: Finding): boolean {
  if (last.detail !== next.detail || last.moments || next.moments) return false;
  if (PARTS.some((each) => (last[each] === undefined) !== (next[each] === undefined))) return false;
  const part = PARTS.find((each) => next[each]);
  return part !== undefined && last[part]?.until === next[part]?.from;
}

/** Findings in the order in which they were made. Those of the same kind at neighbouring places are one. */
export class Findings {
  readonly #list: Finding[] = [];
  readonly #last = new Map<FindingKind, Finding>();

  get list(): readonly Finding[] {
    return this.#list;
  }

  add(finding: Finding): void {
    const last = this.#last.get(finding.kind);
    if (last && continues(last, finding)) {
      for (const part of PARTS) {
        const [before, more] = [last[part], finding[part]];
        if (before && more) last[part] = { from: before.from, until: Math.max(before.until, more.until) };
      }
      return;
    }
    const kept = { ...finding };
    this.#last.set(finding.kind, kept);
    this.#list.push(kept);
  }
}
