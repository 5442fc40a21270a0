import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base58 } from '@scure/base';
import { didDocument, didOf, parseDid } from '../did.js';
import type { PatientInfo } from '../identity.js';

const handle = `0x${'ab'.repeat(32)}` as const;
const network = { name: 'dev', genesisHash: `0x${'cd'.repeat(32)}`, ss58Prefix: 42 };
const patient: PatientInfo = {
  handle, state: 'Active', since: 1, registeredBy: 3, agreementKey: `0x${'01'.repeat(32)}`,
  keys: [
    { account: '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY', purposes: ['Authentication', 'Consent', 'View'], live: true },
    { account: '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty', purposes: ['Authentication'], live: false },
  ],
};

test('a DID names network and handle', () => {
  const did = didOf('dev', handle);
  assert.equal(did, `did:salus:dev:${'ab'.repeat(32)}`);
  assert.deepEqual(parseDid(did), { network: 'dev', handle });
  for (const bad of ['did:salus:dev:00', 'did:other:dev:' + 'ab'.repeat(32), 'did:salus:dev:' + 'AB'.repeat(32)]) {
    assert.throws(() => parseDid(bad), RangeError);
  }
  assert.throws(() => didOf('No Net', handle), RangeError);
});

test('a DID document names the live keys by purpose, and the agreement key', () => {
  const { didDocument: document, didDocumentMetadata: metadata } = didDocument(network, patient);
  assert.equal(document.verificationMethod.length, 1);
  const [method] = document.verificationMethod;
  assert.equal(method?.blockchainAccountId, `polkadot:${'cd'.repeat(16)}:${patient.keys[0]!.account}`);
  assert.deepEqual(document.authentication, [method?.id]);
  assert.deepEqual(document.capabilityInvocation, [method?.id]);
  const multibase = document.keyAgreement[0]?.publicKeyMultibase ?? '';
  assert.deepEqual([...base58.decode(multibase.slice(1))], [0xec, 0x01, ...new Array<number>(32).fill(1)]);
  assert.equal(metadata.deactivated, false);
});

test('a retired handle resolves to a deactivated document without keys', () => {
  const { didDocument: document, didDocumentMetadata: metadata } = didDocument(network, { ...patient, state: 'Retired', keys: [] });
  assert.deepEqual([document.verificationMethod, document.keyAgreement], [[], []]);
  assert.equal(metadata.deactivated, true);
});
