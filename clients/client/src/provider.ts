/** The transport: one WebSocket, whose failures are errors of this SDK, the same in browsers and in Node.js. */
import { WsProvider } from '@polkadot/api';
import { NodeError, NodeUnavailable, SalusError } from '@salus/types';
import { within } from './deadline.js';

/** How long one request may take, in milliseconds, unless told. */
export const ANSWER_TIMEOUT = 30_000;

/** How long to wait before connecting again, in milliseconds. */
const RETRY = 500;

/** What an error of the transport is, in terms of this SDK. A `method` is what was asked. */
export function transportError(error: unknown, method: string): SalusError {
  if (error instanceof SalusError) return error;
  const { message, code } = error as { message?: string; code?: unknown };
  const first = (message ?? String(error)).split('\n')[0] as string;
  // Only an answer of the node has a code of JSON-RPC.
  return typeof code === 'number' ? new NodeError(first, code, { cause: error }) : new NodeUnavailable(`${method}: ${first}`, { cause: error });
}

/** Rejects what is not answered in time. Nothing is cached: an answer that failed once would be given again. */
export class Provider extends WsProvider {
  readonly #timeout: number;

  constructor(endpoint: string, timeout = ANSWER_TIMEOUT) {
    super(endpoint, RETRY, {}, timeout);
    this.#timeout = timeout;
  }

  override async send<T>(method: string, params: unknown[], _isCacheable?: boolean, subscription?: Parameters<WsProvider['send']>[3]): Promise<T> {
    try {
      return await within(super.send<T>(method, params, false, subscription), this.#timeout, method);
    } catch (error) {
      throw transportError(error, method);
    }
  }
}
