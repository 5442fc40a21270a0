/** Label rules: the file is what the client has, and codes of published lists are caught, and those of others not. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { SENSITIVITY_LABELS, type SensitivityLabel } from '@salus/types';
import { LABEL_RULES } from '../label-rules-data.js';
import { LabelRules, placeOf, STANDARD_RULES } from '../label-rules.js';
import { ALIASES } from '../systems.js';
import { labelRulesDocument } from './label-rules-document.js';

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8'));

interface List { oid: string; name: string; system: string; labels?: SensitivityLabel[]; codes: string[] }

const asked = (system: string, code: string): SensitivityLabel[] => {
  const labels = new Set<SensitivityLabel>();
  STANDARD_RULES.addLabels({ system, code }, labels);
  return [...labels];
};

test('the rules of this client are the file that the gateway reads', () => {
  assert.deepEqual(LABEL_RULES, read('exchange/policy/tables/label-rules.json'));
});

test('each rule asks for labels of the chain, of systems by their first names, by codes that can be met', () => {
  const names = new Set(LABEL_RULES.rules.map(({ name }) => name));
  assert.equal(names.size, LABEL_RULES.rules.length, 'each name once');
  for (const { name, title, labels, systems, match, source, codes } of LABEL_RULES.rules) {
    assert.ok(title.length > 0 && source.length > 10, name);
    assert.ok(labels.length > 0 && labels.every((label) => (SENSITIVITY_LABELS as readonly string[]).includes(label)), name);
    assert.ok(match === 'exact' || match === 'under', name);
    for (const system of systems) assert.ok(!ALIASES.has(system), `${name}: ${system}`);
    assert.equal(new Set(codes).size, codes.length, `${name}: a code twice`);
    for (const code of codes) assert.ok(match === 'exact' ? /^\S+$/.test(code) : placeOf(code) === code.replaceAll('.', ''), `${name}: ${code}`);
  }
});

test('every code of the published lists is caught, but for tobacco, which no law protects', () => {
  const { must } = read('docs/vectors/exchange/label-lists.json') as { must: List[] };
  assert.ok(must.length >= 13 && must.reduce((sum, { codes }) => sum + codes.length, 0) > 2_500);
  const missed = must.flatMap(({ name, system, labels = [], codes }) => codes.flatMap((code) => {
    // Lists have the codes of ICD-10-CM without their dots, records with them.
    const written = system.endsWith('icd-10-cm') && code.length > 3 ? [code, `${code.slice(0, 3)}.${code.slice(3)}`] : [code];
    return written.filter((each) => !labels.every((label) => asked(system, each).includes(label))).map((each) => `${name} ${each}`);
  }));
  assert.deepEqual(missed.filter((each) => !/^Substance Abuse F17/.test(each)), []);
  assert.equal(missed.length, 40);
});

test('no code of lists about other things is caught', () => {
  const { mustNot } = read('docs/vectors/exchange/label-lists.json') as { mustNot: List[] };
  assert.ok(mustNot.length >= 20 && mustNot.reduce((sum, { codes }) => sum + codes.length, 0) > 1_500);
  assert.deepEqual(mustNot.flatMap(({ name, system, codes }) => codes.filter((code) => asked(system, code).length > 0).map((code) => `${name} ${code}`)), []);
});

test('the document for privacy officers is printed from the rules', () => {
  assert.equal(readFileSync(new URL('../../../../docs/label-rules.md', import.meta.url), 'utf8'), labelRulesDocument(), 'write it anew: npm run label-rules --workspace @salus/fhir');
});

test('a rule below whose code nothing can be is refused', () => {
  for (const code of ['', '.', '30.4', '\u2020']) {
    assert.throws(() => new LabelRules([{ systems: ['urn:x'], match: 'under', codes: [code], labels: ['Psy'] }]), RangeError, code);
  }
});
