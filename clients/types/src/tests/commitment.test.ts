import assert from 'node:assert/strict';
import { test } from 'node:test';
import { utf8 } from '../bytes.js';
import { commit, newSalt, opens } from '../commitment.js';
import { IntegrityBroken } from '../errors.js';
import { canonicalFhirJson } from '../fhir-json.js';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

test('a commitment opens for its record and salt alone', () => {
  const salt = newSalt();
  const record = utf8('{"resourceType":"Observation","valueQuantity":{"value":1.0}}');
  const commitment = commit(salt, record);
  assert.ok(opens(commitment, salt, record));
  for (const at of [0, 20, record.length - 1]) {
    const changed = record.slice();
    changed[at] = (changed[at] as number) ^ 1;
    assert.ok(!opens(commitment, salt, changed), `a flipped bit in byte ${at}`);
  }
  assert.ok(!opens(commitment, newSalt(), record));
  assert.ok(!opens(commitment, salt, record, 'FhirJson'));
  assert.throws(() => commit(new Uint8Array(31), record), RangeError);
});

test('FhirJson ignores order and white space, and keeps numbers as written', () => {
  const one = utf8('{ "b": [1.00, -0.5e+3, {"y":null,"x":true}],\n "a": "\\u0041\\/" }');
  const other = utf8('{"a":"A/","b":[1.00,-0.5e+3,{"x":true,"y":null}]}');
  assert.equal(text(canonicalFhirJson(one)), text(other));
  assert.equal(text(canonicalFhirJson(other)), text(other));
  assert.notEqual(text(canonicalFhirJson(utf8('[1.0]'))), text(canonicalFhirJson(utf8('[1.00]'))));
  assert.equal(text(canonicalFhirJson(utf8(' {} '))), '{}');
});

test('FhirJson refuses what is not JSON, and members that occur twice', () => {
  for (const bad of ['', '{', '[1,]', '{"a":1,}', '{"a" 1}', '01', '[1 2]', '{"a":1}x', '{a:1}', '{"a":1,"a":2}', ',', '"\n"', '[}']) {
    assert.throws(() => canonicalFhirJson(utf8(bad)), IntegrityBroken, bad);
  }
});
