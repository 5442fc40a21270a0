/** JSON-RPC over HTTP: light enough to ask every node once a second. */

export class RpcRefused extends Error {
  constructor(readonly method: string, readonly code: number, readonly detail: string) {
    super(`${method}: ${code}: ${detail}`);
  }
}

interface Answer {
  result?: unknown;
  error?: { code: number; message: string; data?: unknown };
}

const request = (method: string, params: unknown[]): string =>
  JSON.stringify({ id: 1, jsonrpc: '2.0', method, params });

/** What an answer holds; {@link RpcRefused} if it is an error. */
export function resultOf<T>(method: string, answer: Answer): T {
  const { error } = answer;
  if (error) throw new RpcRefused(method, error.code, [error.message, error.data].filter(Boolean).join(': '));
  return answer.result as T;
}

/** Calls a method of the node at `url`. */
export async function rpc<T>(url: string, method: string, params: unknown[] = [], timeout = 10_000): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: request(method, params),
    signal: AbortSignal.timeout(timeout),
  });
  if (!response.ok) throw new Error(`${method}: HTTP ${response.status}`);
  return resultOf<T>(method, await response.json() as Answer);
}

/** The node's reason to refuse a call; undefined if it does not. */
export async function refusedRpc(attempt: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await attempt();
    return undefined;
  } catch (error) {
    if (error instanceof RpcRefused) return error.detail;
    throw error;
  }
}
