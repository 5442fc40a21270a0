/** Everything this SDK throws on purpose. */
export class SalusError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The endpoint cannot be reached, or what answers there is not a Salus chain. */
export class ConnectionFailed extends SalusError {}

/** The call was included in a block and failed there. `pallet` and `error` name the error. */
export class DispatchFailed extends SalusError {
  constructor(
    readonly pallet: string,
    readonly error: string,
    readonly docs: string,
    readonly call: string,
    readonly blockHash?: string,
  ) {
    super(`${call} failed with ${pallet}.${error}${docs ? `: ${docs}` : ''}`);
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
