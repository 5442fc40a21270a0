/** Everything this SDK throws on purpose. */
export class SalusError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The endpoint cannot be reached, or what answers there is not a Salus chain. */
export class ConnectionFailed extends SalusError {}

/** Where a failure hid: the transaction that carried the call succeeded, and an event tells of the failure. */
export interface WrappedIn {
  /** The event, `pallet.Event`. */
  event: string;
  /** Which call of a batch it was, counted from 0. Unknown where batches are in batches. */
  index?: number | undefined;
}

const inWords = ({ event, index }: WrappedIn): string =>
  index === undefined ? ` (${event})` : ` in call ${index} of the batch (${event})`;

/**
 * The call, or one that it wrapped, was included in a block and failed there. `pallet` and `error`
 * name the error.
 */
export class DispatchFailed extends SalusError {
  constructor(
    readonly pallet: string,
    readonly error: string,
    readonly docs: string,
    readonly call: string,
    readonly blockHash?: string,
    /** Set if a wrapped call failed. What the transaction did beside that may well stand. */
    readonly wrappedIn?: WrappedIn,
    /** What else failed in the same transaction, in order: a batch that goes on can fail more than once. */
    readonly others: readonly DispatchFailed[] = [],
  ) {
    const more = others.length > 0 ? `; ${others.length} more failed` : '';
    super(`${call} failed with ${pallet}.${error}${wrappedIn ? inWords(wrappedIn) : ''}${docs ? `: ${docs}` : ''}${more}`);
  }

  /** Whether this is the error `pallet.error`. */
  is(pallet: string, error: string): boolean {
    return this.pallet === pallet && this.error === error;
  }
}

/** The node refused the transaction before any block: nothing was charged. */
export class PoolRejected extends SalusError {
  constructor(
    readonly code: number | undefined,
    readonly detail: string,
    readonly call: string,
  ) {
    super(`${call} was refused by the node: ${detail}`);
  }
}

/** The transaction left the pool without being included, or nothing was heard of it in time. */
export class TransactionLost extends SalusError {}

/** A question to the chain that it could not answer. `reason` is its own word for why. */
export class QueryFailed extends SalusError {
  constructor(readonly reason: string, what: string) {
    super(`${what}: ${reason}`);
  }
}

/** The release gate refused. `reason` says why, in terms of the decision that it asked for. */
export class ReleaseRefused extends SalusError {
  constructor(readonly reason: string) {
    super(`release refused: ${reason}`);
  }
}

/** A record, an envelope, a path or a log is not what its commitment says. */
export class IntegrityBroken extends SalusError {}
