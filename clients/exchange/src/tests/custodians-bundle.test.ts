/** Where a patient's records are, as FHIR. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUNDLE_STEP, bundleOf, CustodiansRefused, housesOf, MAX_CUSTODIANS, type CustodiansFault, type House } from '../custodians/index.js';
import { GENESIS, HANDLE, house, listOf, NOW, OTHER_GENESIS, upTo } from './custodians-fixture.js';

const here = { genesisHash: GENESIS };
const showing = { ...here, now: NOW };
const refused = (fault: CustodiansFault) => (error: unknown): boolean => error instanceof CustodiansRefused && error.fault === fault;

interface Bundle {
  entry?: { fullUrl: string; resource: Record<string, unknown> }[];
}

const parsed = (bytes: Uint8Array): Bundle & Record<string, unknown> => JSON.parse(new TextDecoder().decode(bytes)) as Bundle & Record<string, unknown>;
const shownOf = ({ flagged: _, ...shown }: House): Omit<House, 'flagged'> => shown;

test('a Bundle has an Organization and an Endpoint for each custodian, and nothing else', () => {
  const { gateway: _, ...without } = house(9, { name: 'Fair "Lab" \\ é' });
  const bundle = parsed(bundleOf([house(4), without], showing));
  const [first, endpoint, second, ...more] = bundle.entry ?? [];
  assert.ok(first && endpoint && second);
  assert.equal(more.length, 0);
  assert.deepEqual(bundle, {
    resourceType: 'Bundle', meta: { tag: [{ system: 'urn:salus:genesis', code: GENESIS }] }, type: 'collection', timestamp: '2027-01-15T08:00:00.000Z', entry: [
      { fullUrl: first.fullUrl, resource: {
        resourceType: 'Organization', identifier: [{ system: 'urn:salus:organisation', value: '4' }], active: true, name: 'House 4', endpoint: [{ reference: endpoint.fullUrl }],
      } },
      { fullUrl: endpoint.fullUrl, resource: {
        resourceType: 'Endpoint', status: 'active', connectionType: { system: 'http://terminology.hl7.org/CodeSystem/endpoint-connection-type', code: 'hl7-fhir-rest' }, name: 'House 4',
        managingOrganization: { reference: first.fullUrl },
        payloadType: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/endpoint-payload-type', code: 'any' }] }],
        payloadMimeType: ['application/fhir+json'], address: 'https://gateway-4.example',
      } },
      { fullUrl: second.fullUrl, resource: {
        resourceType: 'Organization', identifier: [{ system: 'urn:salus:organisation', value: '9' }], active: true, name: 'Fair "Lab" \\ é',
      } },
    ],
  });
  for (const { fullUrl } of [first, endpoint, second]) assert.match(fullUrl, /^urn:uuid:[0-9a-f-]{36}$/);
});

test('what the list keeps beside the house is not shown', () => {
  const text = new TextDecoder().decode(bundleOf(listOf(4).custodians, showing));
  for (const hidden of ['Noted', 'added', 'changed', 'state', 'flagged', 'Patient', HANDLE, HANDLE.slice(2)]) assert.ok(!text.includes(hidden), hidden);
});

test('names of resources are fresh each time', () => {
  const urls = [1, 2].flatMap(() => parsed(bundleOf([house(4)], showing)).entry?.map(({ fullUrl }) => fullUrl) ?? []);
  assert.equal(new Set(urls).size, 4);
});

test('what is shown comes back: none, some, with and without a gateway, and the most', () => {
  const { gateway: _, ...without } = house(9);
  const most = upTo(MAX_CUSTODIANS).map((at) => house(at, { name: '\u{1f3e5}'.repeat(100), gateway: `https://gateway-${at}.example/`.padEnd(256, 'x') }));
  for (const houses of [[], [house(4)], [without, house(4)], most]) assert.deepEqual(housesOf(bundleOf(houses, showing), here), houses.map(shownOf));
  assert.equal('entry' in parsed(bundleOf([], showing)), false, 'FHIR has no empty arrays');
  assert.throws(() => bundleOf(upTo(MAX_CUSTODIANS + 1).map((at) => house(at)), showing), { argument: 'custodians' });
});

test('its size comes in steps', () => {
  const sizes = [0, 1, 5, 20].map((count) => bundleOf(upTo(count).map((at) => house(at)), showing).length);
  assert.deepEqual(sizes, [BUNDLE_STEP, BUNDLE_STEP, BUNDLE_STEP, BUNDLE_STEP]);
  assert.equal(bundleOf(upTo(MAX_CUSTODIANS).map((at) => house(at)), showing).length % BUNDLE_STEP, 0);
});

test('a house whose very name tells something is shown only if the patient wants it', () => {
  const houses = [house(4), house(7, { name: 'Addiction clinic', flagged: true })];
  assert.throws(() => bundleOf(houses, showing), { argument: 'custodians', message: /organisation 7.*flagged/ });
  assert.equal(housesOf(bundleOf(houses, { ...showing, flagged: true }), here).length, 2);
  assert.equal(housesOf(bundleOf(houses.filter(({ flagged }) => !flagged), showing), here).length, 1);
});

test('what cannot be shown is refused', () => {
  assert.throws(() => bundleOf([house(4), house(4)], showing), { argument: 'custodians', message: /twice/ });
  assert.throws(() => bundleOf([house(4, { gateway: 'http://gateway.example' })], showing), { argument: 'custodians[0].gateway' });
  assert.throws(() => bundleOf([house(4)], { genesisHash: 'x' }), { argument: 'genesisHash' });
  assert.throws(() => bundleOf([house(4)], { ...here, now: -1 }), { argument: 'now' });
});

test('what is no such Bundle is not read', () => {
  const good = JSON.stringify(parsed(bundleOf([house(4)], showing)));
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  assert.equal(housesOf(bytes(good), here).length, 1);
  const wrong: [from: string, to: string][] = [
    ['"Bundle"', '"Parameters"'], ['"collection"', '"searchset"'], ['"timestamp"', '"implicitRules":"x","timestamp"'], ['"status":"active"', '"status":"suspended"'], ['"status":"active"', '"status":7'],
    ['"active":true', '"active":false'], ['"active":true', '"active":true,"modifierExtension":[{}]'], ['"resourceType":"Endpoint"', '"resourceType":"Patient"'], ['"value":"4"', '"value":"04"'],
    ['"value":"4"', '"value":"4294967295"'], ['"value":"4"', '"value":4'], ['"address"', '"adress"'], ['https://', 'http://'], ['"name":"House 4"', '"name":" "'], ['"endpoint":[', '"endpoint":[7,'],
    ['"endpoint":[{"reference":"urn', '"endpoint":[{"reference":"xrn'], ['urn:salus:organisation', 'urn:other'], ['"fullUrl"', '"url"'], ['urn:salus:genesis', 'urn:other'], ['"entry":[', '"entry":{},"more":['],
    ['{', '{"type":"collection",'],
  ];
  for (const [from, to] of wrong) {
    const text = good.replace(from, to);
    assert.notEqual(text, good, from);
    assert.throws(() => housesOf(bytes(text), here), refused('malformed'), to);
  }
  const { entry = [], ...rest } = parsed(bundleOf([house(4)], showing));
  const again = entry.map(({ fullUrl, resource }) => ({ fullUrl: `${fullUrl}x`, resource }));
  assert.throws(() => housesOf(bytes(JSON.stringify({ ...rest, entry: [...entry, ...again] })), here), refused('malformed'), 'an organisation twice');
  assert.throws(() => housesOf(bytes(JSON.stringify({ ...rest, entry: [...entry, ...entry] })), here), refused('malformed'), 'a URL twice');
  for (const text of ['', '[]', 'x', good.padEnd(1_048_577)]) assert.throws(() => housesOf(bytes(text), here), refused('malformed'));
  assert.throws(() => housesOf(bytes(good), { genesisHash: OTHER_GENESIS }), refused('other-chain'));
});
