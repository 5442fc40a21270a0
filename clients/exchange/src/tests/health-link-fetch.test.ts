/** Asking for what is behind a SMART Health Link. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { random, utf8 } from '@salus/types';
import { bundleOf, housesOf } from '../custodians/index.js';
import {
  encryptHealthFile, fetchHealthLink, HealthLinkRefused, healthLinkText, newHealthLink, readHealthLink, type HealthLink, type HealthLinkFault,
} from '../health-link/index.js';
import { GENESIS, listOf, NOW } from './custodians-fixture.js';
import { silentServer } from './silent-server.js';

const link = newHealthLink({ folder: 'https://files.example', expires: NOW + 60, now: NOW });
/** One that leads to a manifest. */
const listed: HealthLink = { ...link, direct: false };
const locked: HealthLink = { ...listed, passcode: true };
const asking = { recipient: 'Dr. Rossi, Heart Clinic', now: NOW };
const content = utf8('{"resourceType":"Bundle","type":"collection"}');

const refused = (fault: HealthLinkFault, details: object = {}) => (error: unknown): boolean => {
  if (!(error instanceof HealthLinkRefused) || error.fault !== fault) return false;
  assert.deepEqual(error.details, details);
  return true;
};

/** A server that gives these answers, one after the other, and what it was asked. */
function server(...answers: (Response | string)[]) {
  const asked: [string, RequestInit][] = [];
  const send = async (url: string, init: RequestInit): Promise<Response> => {
    asked.push([url, init]);
    const answer = answers[asked.length - 1];
    assert.ok(answer !== undefined, 'it was asked more often than there are answers');
    return typeof answer === 'string' ? new Response(answer) : answer;
  };
  return { asked, fetch: send };
}

const manifest = (...files: object[]): string => JSON.stringify({ files });

test('one file is asked for directly, with who asks, and nothing else', async () => {
  const { asked, fetch } = server(await encryptHealthFile(link, content));
  assert.deepEqual(await fetchHealthLink(link, { ...asking, fetch }), [{ contentType: 'application/fhir+json', content }]);
  const [[url, init] = ['', {} as RequestInit], ...more] = asked;
  assert.equal(more.length, 0);
  assert.equal(url, `${link.url}?recipient=Dr.%20Rossi%2C%20Heart%20Clinic`);
  assert.deepEqual([init.method, init.body, init.headers, init.redirect, init.credentials], [undefined, undefined, undefined, 'error', 'omit']);
  const signed = server(await encryptHealthFile(link, content));
  await fetchHealthLink({ ...link, url: `${link.url}?sas=a%26b` }, { ...asking, fetch: signed.fetch });
  assert.equal(signed.asked[0]?.[0], `${link.url}?sas=a%26b&recipient=Dr.%20Rossi%2C%20Heart%20Clinic`);
});

test('a patient shows where her records are, and another device reads it', async () => {
  const list = listOf(4, 9);
  const made = newHealthLink({ folder: 'https://files.example', expires: NOW + 3_600, label: 'Where my records are', now: NOW });
  const store = server(await encryptHealthFile(made, bundleOf(list.custodians, { genesisHash: GENESIS, now: NOW })));
  const read = readHealthLink(healthLinkText(made, 'https://viewer.example'), { now: NOW + 1 });
  const [file] = await fetchHealthLink(read, { ...asking, now: NOW + 1, fetch: store.fetch });
  assert.ok(file);
  assert.deepEqual(housesOf(file.content, { genesisHash: GENESIS }).map(({ organisation, gateway }) => [organisation, gateway]), [[4, 'https://gateway-4.example'], [9, 'https://gateway-9.example']]);
});

test('a manifest is asked for by POST, and its files are taken from it or from where they are', async () => {
  const file = await encryptHealthFile(listed, content);
  const { asked, fetch } = server(
    manifest(
      { contentType: 'application/fhir+json', embedded: file, status: 'finalized', lastUpdated: '2027-01-01T00:00:00Z', fhirVersion: '4.0.1' },
      { contentType: 'application/fhir+json;fhirVersion=4.0.1', location: 'https://bucket.example/f?sas=x@y' },
    ), file,
  );
  const found = await fetchHealthLink(listed, { ...asking, fetch });
  assert.deepEqual(found, [{ contentType: 'application/fhir+json', content, status: 'finalized' }, { contentType: 'application/fhir+json', content }]);
  const [first, second] = asked;
  assert.ok(first && second);
  assert.deepEqual([first[0], first[1].method, first[1].headers, first[1].redirect], [listed.url, 'POST', { 'content-type': 'application/json' }, 'error']);
  assert.deepEqual(JSON.parse(first[1].body as string), { recipient: 'Dr. Rossi, Heart Clinic', embeddedLengthMax: 340_000 });
  assert.deepEqual([second[0], second[1].method, second[1].body], ['https://bucket.example/f?sas=x@y', undefined, undefined]);
});

test('a passcode is sent where the link wants it, and nowhere else', async () => {
  const answer = manifest({ contentType: 'application/fhir+json', embedded: await encryptHealthFile(locked, content) });
  for (const [of, sent] of [[locked, 'secret'], [listed, undefined]] as const) {
    const { asked, fetch } = server(answer);
    await fetchHealthLink(of, { ...asking, passcode: 'secret', fetch });
    assert.equal((JSON.parse(asked[0]?.[1].body as string) as { passcode?: string }).passcode, sent);
  }
  const { asked, fetch } = server();
  await assert.rejects(fetchHealthLink(locked, { ...asking, fetch }), refused('passcode-needed'));
  assert.equal(asked.length, 0);
  await assert.rejects(fetchHealthLink(locked, { ...asking, passcode: '', fetch }), { argument: 'passcode' });
});

test('a refusal says what to do', async () => {
  const of = (status: number, body = '', headers: Record<string, string> = {}) => fetchHealthLink(locked, { ...asking, passcode: 'x', fetch: server(new Response(body, { status, headers })).fetch });
  await assert.rejects(of(401, '{"remainingAttempts":3}'), refused('wrong-passcode', { remainingAttempts: 3 }));
  for (const body of ['', '{}', '{"remainingAttempts":"3"}', '{"remainingAttempts":-1}', 'x'.repeat(20_000)]) await assert.rejects(of(401, body), refused('wrong-passcode'));
  // Where no passcode was asked for, none can be wrong.
  await assert.rejects(fetchHealthLink(link, { ...asking, passcode: 'x', fetch: server(new Response('', { status: 401 })).fetch }), refused('refused'));
  const elsewhere = manifest({ contentType: 'application/fhir+json', location: 'https://bucket.example/f' });
  await assert.rejects(fetchHealthLink(locked, { ...asking, passcode: 'x', fetch: server(elsewhere, new Response('', { status: 401 })).fetch }), refused('refused'));
  await assert.rejects(of(404), refused('gone'));
  await assert.rejects(of(429, '', { 'retry-after': '120' }), refused('too-often', { retryAfter: 120 }));
  await assert.rejects(of(429, '', { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }), refused('too-often'));
  for (const status of [204, 206, 301, 403, 500]) await assert.rejects(fetchHealthLink(link, { ...asking, fetch: server(new Response(null, { status })).fetch }), refused('refused'));
});

test('what is no manifest is refused, before any of its files is asked for', async () => {
  const contentType = 'application/fhir+json';
  for (const answer of [
    '', '[]', '<html>', '{}', manifest(), '{"files":{}}', manifest({ contentType }), manifest({ embedded: 'x' }), manifest({ contentType, location: 'http://bucket.example/f' }),
    manifest({ contentType, location: 'https://a:b@bucket.example/f' }), manifest({ contentType, location: 'file:///etc/passwd' }), manifest({ contentType, location: 'http://127.0.0.1:9944/' }), manifest({ contentType, location: 7 }), '{"files":[7]}',
    '{"files":[],"files":[]}',
  ]) {
    const { asked, fetch } = server(answer);
    await assert.rejects(fetchHealthLink(listed, { ...asking, fetch }), refused('malformed'), answer);
    assert.equal(asked.length, 1);
  }
  await assert.rejects(fetchHealthLink(listed, { ...asking, fetch: server(new Response(Uint8Array.of(0xff, 0xfe))).fetch }), refused('malformed'));
  const many = manifest(...Array.from({ length: 17 }, () => ({ contentType, embedded: 'x' })));
  await assert.rejects(fetchHealthLink(listed, { ...asking, fetch: server(many).fetch }), refused('too-large'));
});

test('a manifest leads to this device only if its link does', async () => {
  const here: HealthLink = { ...listed, url: 'http://127.0.0.1:8080/m' };
  const { asked, fetch } = server(manifest({ contentType: 'application/fhir+json', location: 'http://127.0.0.1:8080/f' }), await encryptHealthFile(listed, content));
  assert.equal((await fetchHealthLink(here, { ...asking, fetch })).length, 1);
  assert.equal(asked[1]?.[0], 'http://127.0.0.1:8080/f');
});

test('of an answer that does not end no more is read than may be', async () => {
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({ pull: (to) => { sent += 1; to.enqueue(new Uint8Array(1_000_000)); } });
  await assert.rejects(fetchHealthLink(link, { ...asking, fetch: server(new Response(endless)).fetch }), refused('too-large'));
  assert.ok(sent < 10, `${sent} parts were read`);
});

test('a file of another link, or that somebody changed, is not taken', async () => {
  const other = await encryptHealthFile({ key: random(32) }, content);
  await assert.rejects(fetchHealthLink(link, { ...asking, fetch: server(other).fetch }), refused('not-decrypted'));
  await assert.rejects(fetchHealthLink(link, { ...asking, fetch: server('{}').fetch }), refused('not-decrypted'));
  const good = await encryptHealthFile(listed, content);
  const files = manifest({ contentType: 'application/smart-health-card', embedded: good });
  await assert.rejects(fetchHealthLink(listed, { ...asking, fetch: server(files).fetch }), refused('malformed'));
});

test('nothing is asked for a link whose time is over, or without saying who asks', async () => {
  const { asked, fetch } = server();
  await assert.rejects(fetchHealthLink(link, { ...asking, now: NOW + 60, fetch }), refused('expired'));
  for (const recipient of ['', ' ', 'x'.repeat(101), 'a\nb', undefined as unknown as string]) await assert.rejects(fetchHealthLink(link, { ...asking, recipient, fetch }), { argument: 'recipient' });
  await assert.rejects(fetchHealthLink(link, { ...asking, timeout: 0, fetch }), { argument: 'timeout' });
  assert.equal(asked.length, 0);
  await assert.rejects(fetchHealthLink(link, { ...asking, fetch: silentServer, timeout: 20 }), { name: 'TimeoutError' });
});
