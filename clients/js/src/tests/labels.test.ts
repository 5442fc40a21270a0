/** Sensitivity labels count wherever they are in a resource. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { utf8 } from '../bytes.js';
import { IntegrityBroken } from '../errors.js';
import { classify } from '../fhir.js';
import { labelsOf } from '../labels.js';

const labelled = (...codes: string[]) => ({
  resourceType: 'Observation', meta: { security: codes.map((code) => ({ code })) },
});
const classified = (resource: object) => classify(utf8(JSON.stringify(resource)));
const bundle = (...resources: object[]) => ({
  resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })),
});

test('a contained resource labels the one that contains it', () => {
  const order = { resourceType: 'MedicationRequest', contained: [{ resourceType: 'Medication' }, labelled('HIV'), labelled('PSY', 'N')] };
  assert.deepEqual(classified(order).labels, ['Psy', 'Hiv']);
  assert.deepEqual(classified({ ...order, ...labelled('HIV', 'SEX') }).labels, ['Psy', 'Hiv', 'Sex']);
  // Not allowed by FHIR, and not lost for that.
  assert.deepEqual(classified({ ...labelled(), contained: [{ ...labelled(), contained: [labelled('ETH')] }] }).labels, ['Eth']);
});

test('so do the entries of a Bundle, the parts of Parameters, and what these contain', () => {
  const inside = { ...labelled('SDV'), contained: [labelled('MINOR')] };
  assert.deepEqual(labelsOf(bundle(labelled(), inside)), ['Sdv', 'Minor']);
  assert.deepEqual(labelsOf(bundle(bundle(inside))), ['Sdv', 'Minor']);
  assert.deepEqual(labelsOf({
    resourceType: 'Parameters',
    parameter: [{ name: 'a', resource: labelled('OPIOIDUD') }, { name: 'b', part: [{ name: 'c', part: [{ name: 'd', resource: inside }] }] }],
  }), ['Opioidud', 'Sdv', 'Minor']);
  assert.deepEqual(labelsOf({ resourceType: 'Bundle', entry: [{ response: { outcome: labelled('ETHUD') } }] }), ['Ethud']);
  assert.throws(() => classified(bundle(labelled('HIV'))), /no data class/);
  assert.throws(() => classified({ resourceType: 'Parameters' }), /no data class/);
});

test('an unknown security code is refused wherever it is', () => {
  for (const code of ['SUD', 'whatever', '', 'constructor', 'toString', '__proto__']) {
    const bad = labelled('HIV', code);
    const unknown = { name: 'RangeError', message: /no label is known/ };
    assert.throws(() => classified(bad), unknown, code);
    assert.throws(() => classified({ ...labelled('HIV'), contained: [bad] }), unknown, code);
    assert.throws(() => labelsOf(bundle(labelled('HIV'), bad)), unknown, code);
    assert.throws(() => labelsOf({ resourceType: 'Parameters', parameter: [{ part: [{ resource: bad }] }] }), unknown, code);
  }
  for (const security of [[{ display: 'by word alone' }], [null], ['HIV'], [{ code: 7 }], { code: 'SUD' }, 'HIV']) {
    const contained = [{ resourceType: 'Patient', meta: { security } }];
    assert.throws(() => classified({ ...labelled(), contained }), RangeError, JSON.stringify(security));
  }
  assert.deepEqual(classified({ ...labelled(), contained: [{ meta: { security: { code: 'HIV' } } }, { meta: null }] }).labels, ['Hiv']);
});

test('a restriction is explained by a label beside it or inside, and by no other', () => {
  assert.deepEqual(classified({ ...labelled('R'), contained: [labelled('HIV')] }).labels, ['Hiv']);
  assert.deepEqual(classified({ ...labelled(), contained: [labelled('V', 'HIV')] }).labels, ['Hiv']);
  assert.throws(() => classified({ ...labelled('HIV'), contained: [labelled('R')] }), RangeError);
  assert.throws(() => classified({ ...labelled(), contained: [labelled('R'), labelled('HIV')] }), RangeError);
});

test('a member that is there twice hides no label', () => {
  const twice = '{"resourceType":"Observation","meta":{"security":[{"code":"HIV"}]},"meta":{}}';
  assert.throws(() => classify(utf8(twice)), IntegrityBroken);
  assert.throws(() => classify(utf8('{"resourceType":"constructor"}')), RangeError);
});

test('a long attachment is classified like any other', () => {
  const data = 'QUJD'.repeat(4 * 1024 * 1024);
  const document = { resourceType: 'DocumentReference', contained: [labelled('HIV')], content: [{ attachment: { data } }] };
  assert.deepEqual(classified(document).labels, ['Hiv']);
});
