/** A proxy in front of a researcher's mailbox, for a site that is slow or cut off from it, or that reads what is newer than its software. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export class MailboxProxy {
  /** How many replies were held back so far. */
  held = 0;
  /** Whether nothing gets through, in either direction. */
  isCut = false;
  /** Changes each page of jobs on its way to the site. */
  rewrite: ((page: string) => string) | undefined;
  #released: Promise<void> | undefined;
  #release: (() => void) | undefined;

  private constructor(private readonly server: Server) {}

  /** Listens on a free port, in front of the mailbox at `url`. */
  static async to(url: string): Promise<MailboxProxy> {
    const server = createServer();
    const proxy = new MailboxProxy(server);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      proxy.#pass(url, request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Holds replies back until they are released. The site has jobs, and counts. */
  hold(): void {
    this.#released = new Promise((resolve) => { this.#release = resolve; });
  }

  release(): void {
    this.#release?.();
    this.#released = undefined;
  }

  async #pass(url: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.isCut) {
      response.destroy();
      return;
    }
    const parts: Buffer[] = [];
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
    const isReply = request.method === 'PUT';
    if (isReply && this.#released) {
      this.held += 1;
      await this.#released;
    }
    const { authorization = '', 'content-type': type } = request.headers;
    const answer = await fetch(`${url}${request.url ?? ''}`, {
      method: request.method ?? 'GET', headers: { authorization, ...(type === undefined ? {} : { 'content-type': type }) },
      ...(isReply ? { body: Buffer.concat(parts) } : {}),
    });
    const text = await answer.text();
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' });
    response.end(!isReply && answer.status === 200 && this.rewrite ? this.rewrite(text) : text);
  }

  async close(): Promise<void> {
    this.release();
    this.server.closeAllConnections();
    await new Promise((resolve) => { this.server.close(resolve); });
  }
}
