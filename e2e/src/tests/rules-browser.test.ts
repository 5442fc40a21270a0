/**
 * The rules in a browser: headless Chromium loads the module of `clients/wasm` and tries every vector of `docs/vectors/rules` on it,
 * under a content security policy that lets it compile WebAssembly and nothing else: in bytes, and by the SDK as front ends use it.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'puppeteer-core';
import { CHAIN } from '../chains.js';
import { moduleAt, MODULES } from '../modules.js';

const root = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const WASM = process.env['SALUS_RULES_WASM'] ?? root('clients/wasm/dist/salus_wasm_rules.wasm');

const FILES: Record<string, { file: string; type: string }> = {
  '/bytes.js': { file: root('e2e/fixtures/rules-page.mjs'), type: 'text/javascript' },
  '/sdk.js': { file: root('e2e/fixtures/rules-sdk-page.mjs'), type: 'text/javascript' },
  '/receipts.js': { file: root('e2e/fixtures/rules-receipts-page.mjs'), type: 'text/javascript' },
  '/salus_wasm_rules.wasm': { file: WASM, type: 'application/wasm' },
  '/vectors/decisions.json': { file: root('docs/vectors/rules/decisions.json'), type: 'application/json' },
  '/vectors/adjudications.json': { file: root('docs/vectors/rules/adjudications.json'), type: 'application/json' },
  '/vectors/openings.json': { file: root('docs/vectors/rules/openings.json'), type: 'application/json' },
};
/** The SDK's own files, as they are built: what the module needs of it needs no package of others and no bundler. */
const ENGINE = ['clients/receipts/dist/rules/engine.js', 'clients/receipts/dist/rules/errors.js', 'node_modules/@salus/types/dist/errors.js'].map((path) => MODULES + path);
/** Beside what the page needs that tries vectors in bytes. */
const OF_SDK = ['/sdk.js', '/receipts.js'];
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** The vectors of receipts, each with what it takes from `usual.json` of its folder. */
async function receipts(): Promise<object[]> {
  const all: object[] = [];
  for (const folder of ['receipts', 'receipts-relay', 'receipts-chain', 'receipts-relay-chain', 'decisions']) {
    const path = root(`docs/vectors/${folder}`);
    const load = async (name: string): Promise<Record<string, unknown>> => JSON.parse(await readFile(`${path}/${name}`, 'utf8')) as Record<string, unknown>;
    const usual = await load('usual.json');
    for (const name of await readdir(path)) {
      if (name === 'usual.json') continue;
      const vector = await load(name);
      for (const shared of ['genesis', 'trail']) if (vector[shared] === undefined || vector[shared] === 'usual') vector[shared] = usual[shared];
      all.push(vector);
    }
  }
  return all;
}

async function serve(path: string): Promise<{ type: string; body: string | Buffer } | undefined> {
  const page = /^\/(bytes|sdk|receipts)$/.exec(path);
  if (page) return { type: 'text/html', body: `<!doctype html><title>rules</title><script type="module" src="${path}.js"></script>` };
  if (path.startsWith(MODULES)) {
    const body = await moduleAt(root(''), path.slice(MODULES.length));
    return body === undefined ? undefined : { type: 'text/javascript', body };
  }
  if (path === '/vectors/receipts.json') return { type: 'application/json', body: JSON.stringify(await receipts()) };
  const known = FILES[path];
  return known && { type: known.type, body: await readFile(known.file) };
}

/** Chromium of the package, or the one named in `SALUS_CHROMIUM`. */
async function launch(): Promise<Browser> {
  const [{ default: puppeteer }, { default: chromium }] = await Promise.all([import('puppeteer-core'), import('@sparticuz/chromium')]);
  return puppeteer.launch({
    executablePath: process.env['SALUS_CHROMIUM'] ?? await chromium.executablePath(),
    args: await puppeteer.defaultArgs({ args: chromium.args, headless: 'shell' }),
    headless: 'shell',
  });
}

/** Why it is not tried, or `false`. */
async function missing(): Promise<string | false> {
  if (!process.env['SALUS_LONG']) return 'only with scripts/test.sh --long: a browser is to be unpacked and started';
  if (CHAIN.name !== 'solo') return 'no chain has a part in it, so it was tried with the other one';
  for (const name of ['puppeteer-core', '@sparticuz/chromium']) {
    try {
      import.meta.resolve(name);
    } catch {
      return `the package ${name} is not installed: npm ci`;
    }
  }
  // Where the module is named, it must be there.
  if (!process.env['SALUS_RULES_WASM'] && !existsSync(WASM)) return 'the module is not built: scripts/wasm-rules.sh';
  return false;
}

/** What a page makes of the rules, and what it asked its server for. */
async function outcomeOf<T>(t: TestContext, path: string): Promise<{ outcome: T; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const wanted = request.url ?? '';
    asked.push(wanted);
    serve(wanted).then((found) => {
      response.writeHead(found ? 200 : 404, { 'content-type': found?.type ?? 'text/plain', 'content-security-policy': POLICY });
      response.end(found?.body);
    }, (error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const browser = await launch();
  t.after(() => browser.close());

  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('requestfailed', (request) => complaints.push(request.url()));
  page.on('response', (response) => {
    if (response.status() !== 200 && !response.url().endsWith('/favicon.ico')) complaints.push(`${response.status()} ${response.url()}`);
  });
  // Hundreds of modules, on a machine that may be busy: the test's own time limit counts.
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { timeout: 0 });
  const outcome = await page.evaluate(() => (globalThis as { outcome?: Promise<unknown> }).outcome);
  assert.deepEqual(complaints, []);
  assert.ok(outcome, 'the page has run');
  return { outcome: outcome as T, asked: asked.filter((wanted) => wanted !== '/favicon.ico').sort() };
}

interface InBytes {
  agent: string;
  tried: { decide: number; adjudicate: number; open_sealed: number };
  wrong: unknown[];
}

test('headless Chromium answers every vector as the chain would, and asks for nothing else', { skip: await missing(), timeout: 120_000 }, async (t) => {
  const { outcome, asked } = await outcomeOf<InBytes>(t, '/bytes');
  assert.match(outcome.agent, /HeadlessChrome/);
  assert.deepEqual(outcome.wrong, []);
  const { decide, adjudicate, open_sealed: opened } = outcome.tried;
  assert.ok(decide >= 750 && adjudicate >= 150 && opened >= 100, JSON.stringify(outcome.tried));
  assert.deepEqual(asked, ['/bytes', ...ENGINE, ...Object.keys(FILES).filter((path) => !OF_SDK.includes(path))].sort());
  t.diagnostic(`${outcome.agent}: ${decide} decisions, ${adjudicate} adjudications, ${opened} openings`);
});

interface BySdk {
  agent: string;
  decided: number;
  /** How many cases there were of each verdict and reason. */
  answers: Record<string, number>;
  forces: Record<string, number>;
  refused: Record<string, number>;
  wrong: unknown[];
}

test('in headless Chromium the SDK opens sealed directives, and refuses wrong openings by name', { skip: await missing(), timeout: 300_000 }, async (t) => {
  const { outcome, asked } = await outcomeOf<BySdk>(t, '/sdk');
  assert.deepEqual(outcome.wrong, []);
  assert.ok(outcome.decided >= 700, `${outcome.decided} decisions`);
  // What is sealed was asked about in each way: a denial that nobody opened, and directives that were opened.
  for (const kind of ['Deny Sealed', 'Deny SealedDirective', 'Permit SealedDirective']) {
    assert.ok((outcome.answers[kind] ?? 0) >= 20, `${kind}: ${outcome.answers[kind]}`);
  }
  assert.deepEqual(Object.keys(outcome.forces).sort(), ['InForce', 'Lifted', 'NotYet', 'Revoked', 'RunOut']);
  assert.deepEqual(Object.keys(outcome.refused).sort(), ['WrongOpening IllFormed', 'WrongOpening Mismatch', 'WrongOpening UnknownVersion']);
  for (const [what, count] of Object.entries({ ...outcome.forces, ...outcome.refused })) assert.ok(count >= 12, `${what}: ${count}`);
  // No node, and nothing that could reach one: no API is among what was loaded.
  const others = asked.filter((path) => !path.startsWith(MODULES));
  assert.deepEqual(others, ['/salus_wasm_rules.wasm', '/sdk', '/sdk.js', '/vectors/decisions.json', '/vectors/openings.json']);
  assert.deepEqual(asked.filter((path) => /rpc|polkadot\/(api|types)/.test(path)), []);
  t.diagnostic(`${outcome.agent}: ${outcome.decided} decisions, ${JSON.stringify({ ...outcome.answers, ...outcome.forces, ...outcome.refused })}`);
});

interface Judged {
  agent: string;
  accepted: { records: number; decisions: number };
  refused: Record<string, number>;
  wrong: unknown[];
}

test('headless Chromium judges every receipt as salus-verify does, and asks no node', { skip: await missing(), timeout: 300_000 }, async (t) => {
  const { outcome, asked } = await outcomeOf<Judged>(t, '/receipts');
  assert.match(outcome.agent, /HeadlessChrome/);
  assert.deepEqual(outcome.wrong, []);
  assert.ok(outcome.accepted.records >= 23 && outcome.accepted.decisions >= 33, JSON.stringify(outcome.accepted));
  assert.ok(Object.keys(outcome.refused).length >= 45, JSON.stringify(outcome.refused));
  const others = asked.filter((path) => !path.startsWith(MODULES));
  assert.deepEqual(others, ['/receipts', '/receipts.js', '/salus_wasm_rules.wasm', '/vectors/receipts.json']);
  t.diagnostic(`${outcome.agent}: ${JSON.stringify({ ...outcome.accepted, ...outcome.refused })}`);
});
