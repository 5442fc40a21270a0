/** The mailbox over HTTP: sites pull jobs from it and put their replies into it (`docs/research-protocol.md`). */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { blake2, equal, utf8 } from '@salus/types';
import type { ResearchFolder, SiteToken } from './folder.js';
import { jobText } from './job.js';
import { MAX_REPLY, readReply } from './reply.js';

/** The most jobs of a page. */
export const MAX_PAGE = 32;
/** How long a site may take over one request, in milliseconds. */
const REQUEST_TIMEOUT = 30_000;
/** How many requests are answered at once. */
const MAX_AT_ONCE = 16;

/** An answer of the mailbox. Nothing is told beside the status where there is no text. */
class Answered extends Error {
  constructor(readonly status: number, readonly text = '') {
    super(String(status));
  }
}

export interface MailboxOptions {
  /** The tokens, read anew for each request so that one can be taken away. */
  tokens: () => Promise<SiteToken[]>;
  /** Now, in seconds since 1970. */
  now?: () => number;
  /** What happened, a line for each thing that was taken or refused. Never a token, a salt or a query. */
  log?: (line: string) => void;
}

/** A number in decimal digits and nothing else. */
const numberOf = (text: string | null | undefined, most: number): number => {
  if (text == null || !/^(0|[1-9]\d{0,15})$/.test(text) || Number(text) > most) throw new Answered(400);
  return Number(text);
};

async function siteOf(request: IncomingMessage, tokens: readonly SiteToken[]): Promise<SiteToken> {
  const [, given = ''] = /^Bearer ([\x21-\x7e]{32,512})$/.exec(request.headers.authorization ?? '') ?? [];
  // All are compared, and in a time that does not tell how much of one fits.
  const digest = blake2(utf8(given));
  const found = tokens.filter(({ token }) => equal(blake2(utf8(token)), digest));
  return found[0] ?? Promise.reject(new Answered(401));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MAX_REPLY) throw new Answered(413);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('latin1');
}

async function page(folder: ResearchFolder, site: SiteToken, dataset: number, after: number, count: number, now: number): Promise<string> {
  const jobs: string[] = [];
  for await (const { seq, custodian, signed } of folder.jobs(after)) {
    if (jobs.length === count) break;
    const { job } = signed;
    // Salts are shown to the site of their dataset alone.
    if (job.dataset !== dataset || custodian !== site.custodian || job.expires <= now || await folder.reply(job.id) !== undefined) continue;
    jobs.push(`{"job":${jobText(signed)},"seq":${seq}}`);
  }
  return `{"jobs":[${jobs.join(',')}],"mailbox":"${folder.mailbox}"}`;
}

async function take(folder: ResearchFolder, site: SiteToken, dataset: number, id: string, text: string): Promise<void> {
  const left = await folder.jobWith(id);
  if (!left || left.signed.job.dataset !== dataset || left.custodian !== site.custodian) throw new Answered(404);
  let named: string;
  try {
    named = readReply(text).reply.job;
  } catch {
    throw new Answered(400);
  }
  if (named !== id) throw new Answered(400);
  if (await folder.keepReply(id, text) === 'other') throw new Answered(409);
}

async function answer(folder: ResearchFolder, request: IncomingMessage, { tokens, now = () => Math.floor(Date.now() / 1000) }: MailboxOptions): Promise<string | undefined> {
  let url: URL;
  try {
    url = new URL(request.url ?? '', 'http://mailbox');
  } catch {
    throw new Answered(400);
  }
  const site = await siteOf(request, await tokens());
  const [, digits, rest] = /^\/v1\/datasets\/(\d{1,10})\/(.+)$/.exec(url.pathname) ?? [];
  if (digits === undefined || rest === undefined) throw new Answered(404);
  const dataset = numberOf(digits, 0xffff_ffff);
  if (!site.datasets.includes(dataset)) throw new Answered(403);
  if (rest === 'jobs') {
    if (request.method !== 'GET') throw new Answered(405);
    if ([...url.searchParams.keys()].some((name) => name !== 'after' && name !== 'count')) throw new Answered(400);
    const after = numberOf(url.searchParams.get('after') ?? '0', Number.MAX_SAFE_INTEGER);
    const count = numberOf(url.searchParams.get('count') ?? String(MAX_PAGE), MAX_PAGE);
    return page(folder, site, dataset, after, count, now());
  }
  const [, id] = /^jobs\/(0x[0-9a-f]{64})\/reply$/.exec(rest) ?? [];
  if (id === undefined) throw new Answered(404);
  if (request.method !== 'PUT') throw new Answered(405);
  if (request.headers['content-type'] !== 'application/jose') throw new Answered(400);
  await take(folder, site, dataset, id, await bodyOf(request));
  return undefined;
}

/** The server of a mailbox. Whoever runs it puts TLS in front, unless sites are on the same host. */
export function mailboxServer(folder: ResearchFolder, options: MailboxOptions): Server {
  const { log = () => undefined } = options;
  let open = 0;
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let status = 503;
    let text: string | undefined = '';
    try {
      if (open > MAX_AT_ONCE) throw new Answered(503);
      text = await answer(folder, request, options);
      status = text === undefined ? 204 : 200;
    } catch (error) {
      // Whatever else went wrong is ours, and the site comes again.
      [status, text] = error instanceof Answered ? [error.status, error.text] : [503, ''];
      if (!(error instanceof Answered)) log(`503: ${error instanceof Error ? error.message : 'an error'}`);
    }
    log(`${status} ${request.method ?? ''} ${(request.url ?? '').slice(0, 200)}`);
    response.writeHead(status, {
      'cache-control': 'no-store', ...(status === 200 ? { 'content-type': 'application/json' } : {}), ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      // What was not read to its end would be taken for the next request.
      ...(status === 413 ? { connection: 'close' } : {}),
    });
    response.end(text);
  };
  const server = createServer((request, response) => {
    open += 1;
    handle(request, response).catch(() => response.destroy()).finally(() => { open -= 1; });
  });
  server.requestTimeout = REQUEST_TIMEOUT;
  server.maxHeadersCount = 64;
  return server;
}
