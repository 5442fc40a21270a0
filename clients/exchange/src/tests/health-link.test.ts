/** SMART Health Links: the text of a link, and the encrypted files behind it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base64url, CompactEncrypt, decodeProtectedHeader } from 'jose';
import { random, utf8 } from '@salus/types';
import {
  decryptHealthFile, encryptHealthFile, HealthLinkRefused, healthLinkText, MAX_CONTENT, newHealthLink, readHealthLink, type HealthLink, type HealthLinkFault,
} from '../health-link/index.js';
import { CARD_BEGINS, DIRECT, ENCRYPTED, ENCRYPTED_TYPE, GENERATED } from './health-link-spec.js';

const NOW = 1_800_000_000;
const FOLDER = 'https://files.example/shared';
const key = base64url.decode(GENERATED.key);

const refused = (fault: HealthLinkFault, words = /./) => (error: unknown): boolean => error instanceof HealthLinkRefused && error.fault === fault && words.test(error.message);
const written = (payload: unknown): string => `shlink:/${base64url.encode(typeof payload === 'string' ? payload : JSON.stringify(payload))}`;
const PAYLOAD = { url: 'https://files.example/x', flag: 'U', key: GENERATED.key };
const read = (over: object): HealthLink => readHealthLink(written({ ...PAYLOAD, ...over }), { now: NOW });

test('of the specification: its example is read, and written to the letter', () => {
  const link: HealthLink = { url: GENERATED.url, key, direct: false, longTerm: true, passcode: true, label: GENERATED.label };
  const bare = GENERATED.text.slice(GENERATED.text.indexOf('shlink:/'));
  for (const text of [GENERATED.text, bare]) assert.deepEqual(readHealthLink(text, { now: NOW }), link);
  assert.equal(healthLinkText(link, GENERATED.viewer), GENERATED.text);
  assert.equal(healthLinkText(link), bare);
});

test('of the specification: the link of its page of examples', () => {
  const link = { url: DIRECT.url, key: base64url.decode(DIRECT.key), direct: true, longTerm: true, passcode: false, label: DIRECT.label };
  assert.deepEqual(readHealthLink(DIRECT.text, { now: NOW }), link);
  assert.equal(healthLinkText(link, 'https://joshuamandel.com/cgm'), DIRECT.text);
});

test('of the specification: its encrypted file opens', async () => {
  const { contentType, content } = await decryptHealthFile({ key }, ENCRYPTED);
  assert.equal(contentType, ENCRYPTED_TYPE);
  const { verifiableCredential: [card, ...more] } = JSON.parse(new TextDecoder().decode(content)) as { verifiableCredential: string[] };
  assert.ok(card?.startsWith(CARD_BEGINS));
  assert.equal(more.length, 0);
});

test('a link that is made leads to a place that nobody guesses, and is read as it was', () => {
  const [one, other] = [1, 2].map(() => newHealthLink({ folder: FOLDER, expires: NOW + 3_600, label: 'Where my records are', now: NOW })) as [HealthLink, HealthLink];
  assert.match(one.url, /^https:\/\/files\.example\/shared\/[A-Za-z0-9_-]{43}$/);
  assert.notEqual(one.url, other.url);
  assert.notDeepEqual(one.key, other.key);
  assert.deepEqual(readHealthLink(healthLinkText(one), { now: NOW }), one);
  assert.deepEqual(readHealthLink(healthLinkText(one, 'https://viewer.example/show'), { now: NOW }), one);
  const longTerm = newHealthLink({ folder: `${FOLDER}/`, expires: NOW + 1, longTerm: true, now: NOW });
  assert.match(longTerm.url, /\/shared\/[A-Za-z0-9_-]{43}$/);
  const payload = JSON.parse(Buffer.from(healthLinkText(longTerm).slice('shlink:/'.length), 'base64url').toString()) as object;
  assert.deepEqual(payload, { url: longTerm.url, flag: 'LU', key: base64url.encode(longTerm.key), exp: NOW + 1 });
});

test('what no link may say is not written', () => {
  const make = { folder: FOLDER, expires: NOW + 60, now: NOW };
  for (const [over, argument] of [
    [{ folder: 'http://files.example' }, 'folder'], [{ folder: 'https://files.example/?a' }, 'folder'], [{ folder: 'files' }, 'folder'], [{ folder: `https://files.example/${'x'.repeat(100)}` }, 'url'],
    [{ expires: NOW }, 'expires'], [{ expires: -1 }, 'expires'], [{ label: '' }, 'label'], [{ label: 'x'.repeat(81) }, 'label'], [{ label: 'a\u202eb' }, 'label'],
  ] as const) assert.throws(() => newHealthLink({ ...make, ...over }), { name: 'InvalidArgument', argument }, JSON.stringify(over));
  const link = newHealthLink(make);
  for (const [over, argument] of [
    [{ passcode: true }, 'passcode'], [{ key: random(31) }, 'key'], [{ url: `https://files.example/${'x'.repeat(107)}` }, 'url'], [{ url: 'ftp://files.example/x' }, 'url'],
  ] as const) assert.throws(() => healthLinkText({ ...link, ...over }), { argument }, argument);
  for (const viewer of ['http://viewer.example', 'https://viewer.example#', 'viewer']) assert.throws(() => healthLinkText(link, viewer), { argument: 'viewer' });
  assert.equal(newHealthLink({ ...make, label: '\u{1f600}'.repeat(80) }).label, '\u{1f600}'.repeat(80));
});

test('a link is good until its end, and not from then on', () => {
  assert.equal(read({ exp: NOW + 1 }).expires, NOW + 1);
  assert.equal(read({ exp: NOW + 1.5 }).expires, NOW + 1);
  assert.equal(read({}).expires, undefined);
  for (const exp of [NOW, NOW - 1, 0]) assert.throws(() => read({ exp }), refused('expired', /another one/));
  for (const exp of [-1, NOW * 1_000, 'tomorrow', null, []]) assert.throws(() => read({ exp }), refused('malformed', /end/));
});

test('flags: those that are known count, others change nothing, and a passcode goes with a manifest alone', () => {
  const flags = (flag: unknown): string => {
    const { direct, longTerm, passcode } = read({ flag });
    return [direct && 'U', longTerm && 'L', passcode && 'P'].filter(Boolean).join();
  };
  for (const [flag, found] of [['', ''], ['L', 'L'], ['P', 'P'], ['LP', 'L,P'], ['U', 'U'], ['LU', 'U,L'], ['UL', 'U,L'], ['XLZ', 'L'], ['u', '']] as const) assert.equal(flags(flag), found, flag);
  assert.equal(flags(undefined), '');
  for (const flag of ['PU', 'UP', 'LPU']) assert.throws(() => flags(flag), refused('malformed', /passcode/), flag);
  for (const flag of [7, null, ['U']]) assert.throws(() => flags(flag), refused('malformed', /flags/));
});

test('a newer version is told by name, with what the link says that it is about', () => {
  assert.equal(read({ v: 1 }).direct, true);
  assert.throws(() => read({ v: 2, label: 'Records', url: undefined, key: 7 }), (error) =>
    refused('newer-version', /version 2/)(error) && (error as HealthLinkRefused).details.label === 'Records');
  for (const v of [0, -1, 1.5, '1', null]) assert.throws(() => read({ v }), refused('malformed', /version/));
});

test('what the specification does not know is passed over', () => {
  const { url, direct } = read({ extension: [{ url: 'x' }], _vendor: 1, color: 'red' });
  assert.deepEqual([url, direct], [PAYLOAD.url, true]);
});

test('all else is refused', () => {
  for (const over of [
    { key: undefined }, { key: GENERATED.key.slice(1) }, { key: `${GENERATED.key}A` }, { key: `${GENERATED.key}=` }, { key: GENERATED.key.replace('r', '+') }, { key: 7 },
    // The last character of 32 bytes has bits that no byte fills: one key has one text.
    { key: `${GENERATED.key.slice(0, -1)}R` },
    { url: undefined }, { url: 'http://files.example/x' }, { url: 'http://127.0.0.1:9944/' }, { url: 'http://localhost/x' }, { url: 'http://[::1]/x' }, { url: 'https://user@files.example/x' }, { url: 'https://files.example/x#y' }, { url: `https://files.example/${'x'.repeat(107)}` }, { url: 'files' }, { url: 7 },
    { label: 'x'.repeat(81) }, { label: 7 },
  ]) assert.throws(() => read(over), refused('malformed'), JSON.stringify(over));
  assert.equal(read({ label: 'a\u202eb' }).label, 'a\ufffdb', 'what is shown disturbs nothing');
  assert.equal(read({ url: `https://files.example/${'x'.repeat(106)}` }).url.length, 128);
  // A trial says that a link may lead to this device; elsewhere there is TLS in any case.
  const trial = (url: string): HealthLink => readHealthLink(written({ ...PAYLOAD, url }), { now: NOW, local: true });
  assert.equal(trial('http://127.0.0.1:8080/x').url, 'http://127.0.0.1:8080/x');
  assert.throws(() => trial('http://files.example/x'), refused('malformed'));
  const good = written(PAYLOAD);
  for (const text of [
    '', 'shlink:/', 'shlink:', 'shlink://e30', `SHLINK${good.slice(6)}`, good.replace(':/', ':'), `${good}=`, `${good} `, ` ${good}`, `viewer#${good}`, `https://viewer.example/${good}`, `https://viewer.example#x${good}`,
    `javascript:alert(1)#${good}`, `${good}!`, written('[]'), written('x'), written(`${JSON.stringify(PAYLOAD)}x`), written(JSON.stringify(PAYLOAD).replace('{', '{"url":"https://other.example",')),
    written({ ...PAYLOAD, more: 'x'.repeat(4_000) }), undefined as unknown as string,
  ]) assert.throws(() => readHealthLink(text, { now: NOW }), refused('malformed'), text);
  assert.throws(() => readHealthLink(good, { now: -1 }), { argument: 'now' });
});

test('a file comes back as it was, compressed or not, and each time under another nonce', async () => {
  const link = newHealthLink({ folder: FOLDER, expires: NOW + 60, now: NOW });
  const content = utf8('{"resourceType":"Bundle"}'.padEnd(32_768));
  for (const compress of [false, true]) {
    const [one, other] = await Promise.all([1, 2].map(() => encryptHealthFile(link, content, { compress }))) as [string, string];
    assert.deepEqual(decodeProtectedHeader(one), { alg: 'dir', enc: 'A256GCM', cty: 'application/fhir+json', ...(compress ? { zip: 'DEF' } : {}) });
    assert.notEqual(one.split('.')[2], other.split('.')[2]);
    assert.equal(one.length < content.length, compress);
    assert.deepEqual(await decryptHealthFile(link, `${one}\n`), { contentType: 'application/fhir+json', content });
  }
  const empty = await encryptHealthFile(link, new Uint8Array(0), { contentType: 'text/plain; charset=utf-8' });
  assert.deepEqual(await decryptHealthFile(link, empty), { contentType: 'text/plain', content: new Uint8Array(0) });
});

test('a file that was changed, or is for another link, does not open', async () => {
  const link = newHealthLink({ folder: FOLDER, expires: NOW + 60, now: NOW });
  const file = await encryptHealthFile(link, utf8('{}'));
  const parts = file.split('.');
  for (const [at, to] of [[0, base64url.encode('{"alg":"dir","enc":"A256GCM"}')], [1, 'AAAA'], [2, base64url.encode(random(12))], [3, 'AAAA'], [4, base64url.encode(random(16))]] as const) {
    await assert.rejects(decryptHealthFile(link, parts.map((part, index) => (index === at ? to : part)).join('.')), refused('not-decrypted'), `part ${at}`);
  }
  for (const text of ['', 'x', '{}', parts.slice(1).join('.')]) await assert.rejects(decryptHealthFile(link, text), refused('not-decrypted'));
  await assert.rejects(decryptHealthFile({ key: random(32) }, file), refused('not-decrypted'));
});

test('only the encryption of the specification opens', async () => {
  for (const [header, secret] of [
    [{ alg: 'dir', enc: 'A128CBC-HS256' }, key], [{ alg: 'A256KW', enc: 'A256GCM' }, key], [{ alg: 'PBES2-HS256+A128KW', enc: 'A256GCM' }, utf8('word')],
  ] as const) {
    const file = await new CompactEncrypt(utf8('{}')).setProtectedHeader({ ...header, cty: 'application/fhir+json' }).encrypt(secret);
    await assert.rejects(decryptHealthFile({ key: secret }, file), refused('not-decrypted'), header.alg);
  }
});

test('a file is no larger than it may be, packed or unpacked', async () => {
  await assert.rejects(encryptHealthFile({ key }, new Uint8Array(MAX_CONTENT + 1)), { argument: 'content' });
  const bomb = await new CompactEncrypt(new Uint8Array(MAX_CONTENT + 1)).setProtectedHeader({ alg: 'dir', enc: 'A256GCM', cty: 'application/fhir+json', zip: 'DEF' }).encrypt(key);
  assert.ok(bomb.length < 10_000);
  await assert.rejects(decryptHealthFile({ key }, bomb), refused('not-decrypted', /limit/));
  const most = await encryptHealthFile({ key }, new Uint8Array(MAX_CONTENT));
  assert.equal((await decryptHealthFile({ key }, most)).content.length, MAX_CONTENT);
  await assert.rejects(decryptHealthFile({ key }, 'x'.repeat(5_600_001)), refused('too-large'));
});

test('a file says what it is, as its manifest does', async () => {
  const without = await new CompactEncrypt(utf8('{}')).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(key);
  await assert.rejects(decryptHealthFile({ key }, without), refused('malformed', /what it is/));
  assert.equal((await decryptHealthFile({ key }, without, 'application/fhir+json')).contentType, 'application/fhir+json');
  for (const cty of ['', 'a\u202eb/c', 'text/plain\nx', 'a/b/c', 7 as unknown as string]) {
    const wrong = await new CompactEncrypt(utf8('{}')).setProtectedHeader({ alg: 'dir', enc: 'A256GCM', cty }).encrypt(key);
    await assert.rejects(decryptHealthFile({ key }, wrong), refused('malformed', /what it is/), JSON.stringify(cty));
  }
  await assert.rejects(encryptHealthFile({ key }, utf8('{}'), { contentType: 'a b' }), { argument: 'contentType' });
  const short = await encryptHealthFile({ key }, utf8('{}'), { contentType: 'FHIR+json; fhirVersion=4.0.1' });
  assert.equal((await decryptHealthFile({ key }, short, 'application/fhir+json;fhirVersion=4.0')).contentType, 'application/fhir+json');
  await assert.rejects(decryptHealthFile({ key }, short, 'application/smart-api-access'), refused('malformed', /listed as/));
});
