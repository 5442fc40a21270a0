/** A wallet reads what a desk shows, signs it, and sends it. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Keyring } from '@polkadot/keyring';
import type { KeyringPair } from '@polkadot/keyring/types';
import { blake2AsHex, cryptoWaitReady, signatureVerify } from '@polkadot/util-crypto';
import { InvalidArgument } from '@salus/types';
import { LinkRefused, linkTarget, readLinkOffer, sendLink, signLink, type LinkOffer } from '../linking.js';
import { isWellFormed, requestMessage, type SignedRequest } from '../request.js';
import { silentServer } from './silent-server.js';

const GENESIS = `0x${'47'.repeat(32)}` as const;
const OFFER = '0f'.repeat(32);
const HANDLE = `0x${'11'.repeat(32)}` as const;
const NOW = 1_800_000_000;
const reading = { genesisHash: GENESIS, now: NOW };

const text = (over: Partial<Record<keyof LinkOffer, string>> = {}): string => {
  const members = { gateway: 'https://gateway.example', organisation: '4', genesis: GENESIS, offer: OFFER, expires: String(NOW + 600), ...over };
  return `salus-link:1?${Object.entries(members).map(([name, value]) => `${name}=${value}`).join('&')}`;
};

let patient: KeyringPair;

before(async () => {
  await cryptoWaitReady();
  patient = new Keyring({ type: 'ed25519' }).addFromSeed(new Uint8Array(32).fill(0x11));
});

test('what a gateway writes is read', () => {
  const read = readLinkOffer(text(), reading);
  assert.deepEqual(read, { gateway: 'https://gateway.example', organisation: 4, genesis: GENESIS, offer: OFFER, expires: NOW + 600 });
  for (const gateway of ['https://gateway.example:8443/salus', 'https://[2001:db8::1]', 'http://127.0.0.1:9000', 'http://localhost:1']) {
    assert.equal(readLinkOffer(text({ gateway }), reading).gateway, gateway);
  }
  assert.equal(readLinkOffer(text({ gateway: 'https://gateway.example/a%26b%2520' }), reading).gateway, 'https://gateway.example/a&b%20');
  assert.equal(readLinkOffer(text(), { ...reading, now: NOW + 599 }).expires, NOW + 600);
});

test('all else is refused, in words for the person who holds the wallet', () => {
  const cases: [string, RegExp][] = [
    ['', /no offer/], ['https://gateway.example', /no offer/], ['SALUS-LINK:1?', /no offer/], [` ${text()}`, /no offer/],
    [text().replace('1?', '2?'), /version/], ['salus-link:', /version/],
    ['salus-link:1?', /no member gateway/], [text().replace('&organisation=4', ''), /no member organisation/],
    [`${text()}&x=1`, /more members/], [`${text()}&offer=${OFFER}`, /more members/], [text({ offer: `${OFFER}&x=1` }), /no member expires/],
    [text({ gateway: 'http://gateway.example' }), /TLS/], [text({ gateway: 'ftp://gateway.example' }), /TLS/], [text({ gateway: 'gateway' }), /no URL/],
    [text({ gateway: '%zz' }), /no URL/], [text({ gateway: 'https://gateway.example/' }), /plain URL/], [text({ gateway: 'https://GATEWAY.example' }), /plain URL/],
    [text({ gateway: 'https://a:b%40gateway.example' }), /plain URL/], [text({ gateway: 'https://gateway.example%3Fx' }), /plain URL/],
    [text({ gateway: 'https://gateway.example%23x' }), /plain URL/], [text({ gateway: 'https://gat\u0435way.example' }), /plain URL/], [text({ gateway: 'https://a/../b' }), /plain URL/],
    [text({ organisation: '04' }), /whole number/], [text({ organisation: '-1' }), /whole number/], [text({ organisation: '4.0' }), /whole number/],
    [text({ organisation: '4294967295' }), /organisation/], [text({ expires: '1e9' }), /whole number/], [text({ expires: '' }), /whole number/],
    [text({ genesis: GENESIS.slice(2) }), /genesis/], [text({ genesis: `0x${'AB'.repeat(32)}` }), /genesis/],
    [text({ genesis: `0x${'48'.repeat(32)}` }), /another chain/],
    [text({ offer: OFFER.toUpperCase() }), /offer/], [text({ offer: OFFER.slice(2) }), /offer/],
    [text({ expires: String(NOW) }), /expired/], [text({ gateway: `https://gateway.example/${'x'.repeat(1_000)}` }), /longer than/],
  ];
  for (const [shown, why] of cases) {
    assert.throws(() => readLinkOffer(shown, reading), (error) => error instanceof InvalidArgument && why.test(error.message), shown);
  }
  assert.throws(() => readLinkOffer(undefined as unknown as string, reading), /no offer/);
  assert.throws(() => readLinkOffer(text(), { genesisHash: 'x' }), { argument: 'genesisHash' });
});

test('what is signed is the ordinary request for this offer, this patient and this house', async () => {
  const { url, authorization } = await signLink(readLinkOffer(text(), reading), HANDLE, patient);
  assert.equal(url, `https://gateway.example/links/${OFFER}?patient=${HANDLE}`);
  const [scheme, sent] = authorization.split(' ');
  const signed = JSON.parse(Buffer.from(sent ?? '', 'base64url').toString()) as SignedRequest;
  assert.equal(scheme, 'Salus-Signed');
  assert.ok(isWellFormed(signed) && /^[A-Za-z0-9_-]+$/.test(sent ?? ''));
  const { request: { id: _, ...request }, signature } = signed;
  assert.deepEqual(request, {
    custodian: 4, recordId: `$link?${blake2AsHex(`${OFFER}?patient=${HANDLE}`)}`, purpose: 'Patrqt', action: 'Read', expiry: NOW + 600, requester: patient.address,
  });
  assert.equal(linkTarget(OFFER, `patient=${HANDLE}`), request.recordId);
  assert.ok(signatureVerify(requestMessage(GENESIS, signed.request), signature, patient.addressRaw).isValid);
  await assert.rejects(signLink(readLinkOffer(text(), reading), '0x00', patient), { argument: 'handle' });
});

test('a signature is sent once, without a body, and a refusal says why', async () => {
  const link = { url: 'https://gateway.example/links/x?patient=y', authorization: 'Salus-Signed e30' };
  const asked: [string, RequestInit][] = [];
  const answering = (status: number, body = '') => async (url: string, init: RequestInit) => {
    asked.push([url, init]);
    return new Response(body, { status });
  };
  await sendLink(link, { fetch: answering(202, '{"status":"waiting"}') });
  const [[url, init] = ['', {} as RequestInit], ...more] = asked;
  assert.equal(more.length, 0);
  assert.deepEqual([url, init.method, init.body, init.redirect, init.headers], [link.url, 'POST', undefined, 'error', { authorization: link.authorization }]);
  const outcome = (code: string): string => JSON.stringify({ issue: [{ details: { coding: [{ code }] } }] });
  for (const [status, body, code, why] of [
    [404, outcome('not-found'), 'not-found', /no such offer/], [409, outcome('replayed'), 'replayed', /before/], [503, outcome('chain-stale'), 'chain-stale', /try again/],
    [429, outcome('too-often'), 'too-often', /too often/], [401, outcome('expired'), 'expired', /401 \(expired\)/], [500, '<html>', undefined, /answered 500$/],
    [200, 'x'.repeat(20_000), undefined, /answered 200$/],
  ] as const) {
    await assert.rejects(sendLink(link, { fetch: answering(status, body) }), (error) =>
      error instanceof LinkRefused && error.status === status && error.code === code && why.test(error.message));
  }
  await assert.rejects(sendLink(link, { fetch: silentServer, timeout: 20 }), { name: 'TimeoutError' });
  await assert.rejects(sendLink(link, { timeout: 0 }), { argument: 'timeout' });
});
