/** A server that takes a request and never answers it. */

/**
 * Stands for `fetch`. It settles only when the request's signal aborts. It keeps the process alive until then, as an open connection does: the timer
 * of `AbortSignal.timeout` does not, and node's test runner cancels a test when nothing is left to wait for.
 */
export const silentServer = async (_: string, { signal }: RequestInit): Promise<Response> => new Promise((__, reject) => {
  const connection = setTimeout(() => undefined, 60_000);
  signal?.addEventListener('abort', () => {
    clearTimeout(connection);
    reject(signal.reason as Error);
  });
});
