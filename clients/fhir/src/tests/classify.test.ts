import assert from 'node:assert/strict';
import { test } from 'node:test';
import { utf8 } from '@salus/types';
import { classify, ResourceRefused } from '../index.js';

test('resources are classified, with their labels, and what cannot be told is refused', () => {
  const hl7 = (name: string, code: string) => ({ system: `http://terminology.hl7.org/CodeSystem/${name}`, code });
  const observation = { resourceType: 'Observation', category: [{ coding: [hl7('observation-category', 'laboratory')] }] };
  const secured = (...security: object[]) => utf8(JSON.stringify({ ...observation, meta: { security } }));
  assert.deepEqual(
    classify(secured(hl7('v3-ActCode', 'HIV'), hl7('v3-Confidentiality', 'R'))),
    { resourceType: 'Observation', dataClass: 'Laboratory', labels: ['Hiv'], missing: [] },
  );
  for (const text of ['{"resourceType":"Observation"}', '{"resourceType":"Horoscope"}', '{}']) assert.throws(() => classify(utf8(text)), ResourceRefused, text);
  for (const security of [
    hl7('v3-ActCode', 'TBOO'), hl7('v3-Confidentiality', 'R'), hl7('v3-Confidentiality', 'V'), hl7('v3-ActCode', 'whatever'),
    { code: 'HIV' }, { code: 'N' }, { system: 'https://ehr.example/sensitivity', code: 'N' },
  ]) assert.throws(() => classify(secured(security)), ResourceRefused, JSON.stringify(security));
});
