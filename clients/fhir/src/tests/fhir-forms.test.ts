/** The form `FhirJson`: what two servers print of one resource, and the vectors that all implementations share. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  blake2, canonicalFhirJson, commit, equal, IntegrityBroken, JSON_FAULTS, MAX_JSON_BYTES, newSalt, NotFhirJson, opens, toHex, utf8, type Form,
  type JsonFault,
} from '@salus/types';
import { classify } from '../index.js';

const file = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../../${path}`, import.meta.url)));
const fixture = (style: string): Uint8Array => file(`fixtures/fhir-forms/observation.${style}.json`);
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const [hapi, azure, reprinted] = [fixture('hapi'), fixture('azure'), fixture('reprinted')];

test('two servers\' serialisations of one resource: one commitment in the FHIR form, two in the byte form', () => {
  assert.deepEqual(JSON.parse(text(hapi)), JSON.parse(text(azure)), 'the fixtures hold one resource');
  const salt = newSalt();
  const commitments = (form: Form): Uint8Array[] => [hapi, azure].map((bytes) => commit(salt, bytes, form));
  const [one, other] = commitments('FhirJson') as [Uint8Array, Uint8Array];
  assert.ok(equal(one, other));
  assert.ok(opens(one, salt, azure, 'FhirJson') && opens(one, salt, hapi, 'FhirJson'));
  const [bytes, otherBytes] = commitments('Bytes') as [Uint8Array, Uint8Array];
  assert.ok(!equal(bytes, otherBytes));
  assert.ok(!opens(bytes, salt, azure));
  assert.ok(!equal(one, bytes), 'the forms are told apart');
});

test('a server that drops the precision of a decimal changes the commitment in both forms', () => {
  assert.deepEqual(JSON.parse(text(hapi)), JSON.parse(text(reprinted)), 'to a reader of doubles it is the same');
  const salt = newSalt();
  for (const form of ['Bytes', 'FhirJson'] as const) {
    assert.ok(!equal(commit(salt, hapi, form), commit(salt, reprinted, form)), form);
  }
  for (const decimal of ['1.00', '0.10', '1.20', '1e2', '-0.50']) {
    assert.ok(text(canonicalFhirJson(azure)).includes(`"value":${decimal}}`) || text(canonicalFhirJson(azure)).includes(`"value":${decimal},`), decimal);
  }
});

interface Vector {
  name: string;
  /** The text, or the parts of which it is made, each repeated as often as it says. */
  input?: string;
  parts?: [string, number][];
  /** `null` if it is refused, and where it would be too long to print. */
  canonical: string | null;
  digest: string | null;
  fault: JsonFault | null;
}

const vectors = JSON.parse(text(file('../../docs/vectors/fhir-forms.json'))) as Vector[];
const inputOf = ({ input, parts = [] }: Vector): Uint8Array =>
  utf8(input ?? parts.map(([part, times]) => part.repeat(times)).join(''));

test('the vectors: canonical bytes and digests', () => {
  const accepted = vectors.filter(({ fault }) => fault === null);
  assert.ok(accepted.length >= 35);
  for (const vector of accepted) {
    const { name, canonical, digest } = vector;
    const found = canonicalFhirJson(inputOf(vector));
    assert.equal(toHex(blake2(found)), digest, name);
    if (canonical !== null) assert.equal(text(found), canonical, name);
    assert.ok(equal(canonicalFhirJson(found), found), `${name}: the canonical form is its own`);
  }
  const digestOf = (bytes: Uint8Array): string | null | undefined => vectors.find(({ input }) => input === text(bytes))?.digest;
  assert.ok(digestOf(hapi) && digestOf(hapi) === digestOf(azure), 'both fixtures are among them');
  assert.ok(digestOf(reprinted) && digestOf(reprinted) !== digestOf(hapi));
});

test('the vectors: what is refused, for its reason and never by a crash', () => {
  const refused = vectors.filter(({ fault }) => fault !== null);
  assert.ok(refused.length >= 50);
  for (const vector of refused) {
    assert.throws(() => canonicalFhirJson(inputOf(vector)), (error) => {
      assert.ok(error instanceof NotFhirJson && error instanceof IntegrityBroken, vector.name);
      assert.equal(error.fault, vector.fault, vector.name);
      return true;
    });
  }
  const reasons = new Set(refused.map(({ fault }) => fault));
  // The vectors are text, so what is not UTF-8 is below.
  assert.deepEqual(JSON_FAULTS.filter((fault) => !reasons.has(fault)), ['not-utf-8']);
});

test('an object with a million members is sorted', () => {
  const names = Array.from({ length: 1_000_000 }, (_, index) => `"${String(999_999 - index).padStart(7, '0')}":0`);
  const sorted = text(canonicalFhirJson(utf8(`{${names.join(',')}}`)));
  assert.ok(sorted.startsWith('{"0000000":0,"0000001":0,') && sorted.length === 12_000_001);
});

test('a record of the largest size is classified, and committed to in both forms', () => {
  const frame = '{"resourceType":"Patient","photo":[{"data":""}]}';
  const largest = utf8(frame.replace('""', `"${'QUJD'.repeat((MAX_JSON_BYTES - 64) / 4)}"`));
  assert.equal(classify(largest).dataClass, 'Demographics');
  const salt = newSalt();
  for (const form of ['Bytes', 'FhirJson'] as const) assert.ok(opens(commit(salt, largest, form), salt, largest, form), form);
});

test('bytes that are no UTF-8, and nesting without end, are refused in words', () => {
  for (const bytes of [[0x22, 0xff, 0x22], [0x22, 0xc0, 0x80, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22], [0xff, 0xfe, 0x7b, 0, 0x7d, 0]]) {
    assert.throws(() => canonicalFhirJson(Uint8Array.from(bytes)), (error) => error instanceof IntegrityBroken && /UTF-8/.test(error.message));
  }
  assert.throws(() => canonicalFhirJson(utf8('['.repeat(1_000_000))), (error) => error instanceof IntegrityBroken && /512 levels/.test(error.message));
  assert.throws(() => classify(utf8(`{"resourceType":"Observation","x":${'['.repeat(600)}${']'.repeat(600)}}`)), IntegrityBroken);
});
