/** Failures of calls in a block: of the transaction itself, and of calls that others wrap. */
import type { ApiPromise } from '@polkadot/api';
import type { DispatchError, EventRecord } from '@polkadot/types/interfaces';
import { DispatchFailed, type WrappedIn } from '@salus/types';

/** The error of a dispatch, by name and documentation. */
export function dispatchFailure(
  api: ApiPromise,
  error: DispatchError,
  call: string,
  blockHash?: string,
  wrappedIn?: WrappedIn,
  others: DispatchFailed[] = [],
): DispatchFailed {
  if (error.isModule) {
    const { section, name, docs } = api.registry.findMetaError(error.asModule);
    return new DispatchFailed(section, name, docs.join(' ').trim(), call, blockHash, wrappedIn, others);
  }
  const detail = error.isToken ? error.asToken.type : error.isArithmetic ? error.asArithmetic.type : '';
  const name = detail ? `${error.type}.${detail}` : error.type;
  return new DispatchFailed('system', name, '', call, blockHash, wrappedIn, others);
}

/** Events whose last part is the error itself. All others carry a `Result`. */
const BARE_ERRORS = new Set(['utility.BatchInterrupted', 'utility.ItemFailed', 'system.RejectedInvalidAuthorizedUpgrade']);

/** Events that tell of one call of a batch, and those that end one. */
const ITEMS = new Set(['utility.ItemCompleted', 'utility.ItemFailed']);
const BATCH_ENDS = new Set(['utility.BatchCompleted', 'utility.BatchCompletedWithErrors', 'utility.BatchInterrupted']);

const nameOf = ({ event }: EventRecord): string => `${event.section}.${event.method}`;

/** What a `Result` has; the class itself may be there twice, once for each module system. */
interface ResultLike {
  isErr?: boolean;
  asErr?: unknown;
}

/** The error of a failed call of which an event tells. */
function errorIn(record: EventRecord): DispatchError | undefined {
  const { data } = record.event;
  if (BARE_ERRORS.has(nameOf(record))) return data.at(-1) as DispatchError;
  for (const part of data as Iterable<ResultLike>) {
    if (part.isErr && (part.asErr as DispatchError).isModule !== undefined) return part.asErr as DispatchError;
  }
  return undefined;
}

/**
 * Which call of a batch the event at `position` tells of. A batch that stops says so itself. Otherwise
 * it is the number of calls before; but batches say only where they end, so that of batches in batches
 * nobody can tell which call belongs to which, and the answer is none rather than a wrong one.
 */
function indexAt(events: readonly EventRecord[], position: number): number | undefined {
  const failed = events[position] as EventRecord;
  if (nameOf(failed) === 'utility.BatchInterrupted') return Number(failed.event.data[0]);
  const ends = events.flatMap((record, at) => (BATCH_ENDS.has(nameOf(record)) ? [at] : []));
  if (ends.length !== 1 || (ends[0] as number) < position) return undefined;
  return events.slice(0, position).filter((record) => ITEMS.has(nameOf(record))).length;
}

/**
 * The failure of a wrapped call, if `events` tell of one: of a batch, a proxy, a multisig, a motion of
 * a collective, a scheduled task, or of anything else that goes on, itself successful, when the call
 * inside fails, and puts its `Result` into an event. If several failed it is the first, with the others.
 *
 * `submit` asks this of every transaction. A scheduled task runs in no transaction: give the events of
 * the block in which it ran. The first call of `utility.if_else` may fail, as that is what it is for.
 */
export function wrappedFailure(
  api: ApiPromise,
  events: readonly EventRecord[],
  call: string,
  blockHash?: string,
): DispatchFailed | undefined {
  const failures = events.flatMap((record, position) => {
    const error = errorIn(record);
    return error ? [{ error, wrappedIn: { event: nameOf(record), index: indexAt(events, position) } }] : [];
  });
  const [first, ...rest] = failures;
  if (!first) return undefined;
  const others = rest.map(({ error, wrappedIn }) => dispatchFailure(api, error, call, blockHash, wrappedIn));
  return dispatchFailure(api, first.error, call, blockHash, first.wrappedIn, others);
}
