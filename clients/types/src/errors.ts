/** Everything this SDK throws on purpose. */
export class SalusError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The endpoint cannot be reached, or what answers there is not a Salus chain. */
export class ConnectionFailed extends SalusError {}

/** The node went away, or did not answer in time. What it was asked to do may have been done. */
export class NodeUnavailable extends SalusError {}

/** The node answered a request with an error. `code` is that of JSON-RPC. */
export class NodeError extends SalusError {
  constructor(message: string, readonly code: number | undefined, options?: ErrorOptions) {
    super(message, options);
  }
}

/** What the node knows is too old to act on, or the node is cut off or catching up. `reason` says which. */
export class StaleNode extends SalusError {
  constructor(readonly reason: string) {
    super(`the node cannot be relied on now: ${reason}`);
  }
}

/** An argument that no call and no question can mean. Nothing was sent. */
export class InvalidArgument extends SalusError {
  /** `argument` is its name, and `problem` what is wrong with it. */
  constructor(readonly argument: string, readonly problem: string) {
    super(`${argument} ${problem}`);
  }
}

/** Nothing was signed, and so nothing was sent: the wallet said no, or could not sign. */
export class SigningFailed extends SalusError {}

/**
 * The wallet did not answer in the time that the caller allows a person for it, or so late that its signature does not
 * hold any more. Nothing was sent, and nothing will be, whatever the wallet answers later.
 */
export class SigningTimedOut extends SigningFailed {}

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

/** What of a transaction is needed to look for it in the chain: the same signer never uses a nonce twice. */
export interface SentTransaction {
  /** The account that signed. */
  signer: string;
  nonce: number;
  /** The call, `pallet.call`, and its encoding. */
  call: string;
  method: string;
  /** The hashes under which it was sent: one for each time that it was signed. */
  hashes: readonly string[];
  /** It is in no block up to this one. */
  after: number;
  /** It is in no block after this one; undefined if it stays valid for ever. */
  until: number | undefined;
}

/**
 * A transaction was sent, and is not known to be included.
 *
 * - `never`: it cannot be included any more, because another transaction has its nonce or its time is over. It may be
 *   sent again.
 * - `unknown`: it may be in a block, or still come into one. **Do not send it again**; ask `whatBecameOf(api, sent)`.
 */
export class TransactionLost extends SalusError {
  constructor(message: string, readonly fate: 'never' | 'unknown', readonly sent: SentTransaction, options?: ErrorOptions) {
    super(message, options);
  }
}

/** A question to the chain that it could not answer. `reason` is its own word for why. */
export class QueryFailed extends SalusError {
  constructor(readonly reason: string, what: string) {
    super(`${what}: ${reason}`);
  }
}

/**
 * The release gate refused. `reason` may be passed on: of a record that is kept back it is the same whether there is no such record or none that may be
 * seen (`RecordWithheld` of `@salus/exchange`).
 */
export class ReleaseRefused extends SalusError {
  constructor(readonly reason: string, options?: ErrorOptions) {
    super(`release refused: ${reason}`, options);
  }
}

/** A record, an envelope, a path or a log is not what its commitment says. */
export class IntegrityBroken extends SalusError {}
