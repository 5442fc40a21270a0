/** Consents of others, R4 and R5 alike: all that is written in them is read, ignored for a reason, or refused by name. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvalidArgument, utf8, type ConsentDirective } from '@salus/types';
import { consentFromFhir, ResourceRefused, FHIR_VERSIONS, toConsent, type ConsentFault, type FhirVersion } from '../index.js';
import { CONSENT_ELEMENTS } from '../consent-elements.js';
import { modifiersOf } from '../modifiers.js';
import { fieldsOf, typesOf } from './claims-structure.js';
import { book, concept, foreignR4, foreignR5, hl7, NOW, PATIENT, PERMITTED, reader, ZONE } from './consent-fixture.js';
import { oddVariants } from './odd-values.js';

const foreignOf = { '4.0': foreignR4, '5.0': foreignR5 };
/** Where the rule of each is. */
const RULE = { '4.0': 'Consent.provision', '5.0': 'Consent.provision[0]' };
const DATE = { '4.0': 'dateTime', '5.0': 'date' };
const read = (consent: unknown, fhirVersion: FhirVersion) => reader(fhirVersion)(consent, book);

function assertRefused(consent: unknown, fhirVersion: FhirVersion, fault: ConsentFault, path: string, says = ''): void {
  const what = `R${fhirVersion} ${fault} ${path}`;
  assert.throws(() => read(consent, fhirVersion), (error) => {
    assert.ok(error instanceof ResourceRefused, `${what}: ${String(error)}`);
    assert.deepEqual([error.fault, error.path], [fault, path], `${what}: ${error.message}`);
    assert.ok(error.detail.includes(says), `${what}: ${error.detail} does not name ${says}`);
    return true;
  }, `${what} was taken: ${JSON.stringify(consent)}`);
}

const PERMIT: ConsentDirective = {
  effect: 'Permit', patient: PATIENT, grantee: { organisation: 4 }, labels: ['Psy'], from: NOW - 60, until: NOW + 86_400,
  scope: { actions: ['Read', 'Redisclose'], purposes: ['Treat'], classes: ['Laboratory'], data: { from: 0, until: NOW } },
  eraseAfter: NOW + 99, rediscloseDepth: 1,
};

/** Consents that are taken, and that have between them every element that is read and every kind of value. */
function* taken(): Generator<[object, FhirVersion]> {
  for (const fhirVersion of FHIR_VERSIONS) {
    const meta = { security: [hl7('v3-Confidentiality', 'R')], tag: [{ system: 'https://tags.example', code: 'mine' }] };
    yield [foreignOf[fhirVersion]({}, { meta, verification: [{ verified: true, verificationDate: fhirVersion === '4.0' ? '2027-01-01' : ['2027-01-01'] }] }), fhirVersion];
    yield [toConsent(PERMIT, { zone: ZONE, fhirVersion }), fhirVersion];
    yield [toConsent({ effect: 'Deny', patient: PATIENT, grantee: 'Any', labels: [], from: NOW, until: NOW + 9, scope: PERMIT.scope }, { zone: ZONE, fhirVersion }), fhirVersion];
  }
}

type Members = Record<string, unknown>;

/** Each object in a resource, with its path. */
function* objectsIn(node: unknown, path: string): Generator<[Members, string]> {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) yield [node as Members, path];
  for (const [name, value] of Object.entries(node)) yield* objectsIn(value, Array.isArray(node) ? `${path}[${name}]` : `${path}.${name}`);
}

/** Each object of each Consent that is taken, in a copy of the whole that may be changed. */
function* places(): Generator<[whole: object, inside: Members, path: string, version: FhirVersion]> {
  for (const [consent, fhirVersion] of taken()) {
    assert.ok(read(consent, fhirVersion).directives.length > 0);
    const paths = [...objectsIn(consent, 'Consent')].map(([, path]) => path);
    for (const each of paths) {
      // What is ignored is looked at below.
      if (each.startsWith('Consent.controller')) continue;
      // By JSON: what is written twice is two things in the copy.
      const whole = JSON.parse(JSON.stringify(consent)) as object;
      const [inside] = [...objectsIn(whole, 'Consent')].find(([, path]) => path === each) as [Members, string];
      yield [whole, inside, each, fhirVersion];
    }
  }
}

/** The one thing in these Consents that is ignored: the type to which one of our references is. */
const isIgnored = (inside: Members, name: string): boolean => name === 'type' && 'identifier' in inside;

const EXTENSION = { extension: [{ url: 'https://limits.example', valueBoolean: true }] };

test('the tables have every element of R4 and of R5, repeated as there, and no other', () => {
  // Refused before, wherever they are, except in a provision, where ours are read.
  const elsewhere = new Set(['extension', 'implicitRules', 'modifierExtension', 'fhir_comments']);
  for (const [fhirVersion, types] of [['4.0', typesOf('r4')], ['5.0', typesOf('r5')]] as const) {
    const { Extension: ours, ...tables } = CONSENT_ELEMENTS[fhirVersion];
    for (const [table, elements] of Object.entries(tables)) {
      const fields = fieldsOf(table, types);
      assert.ok(fields, `FHIR R${fhirVersion} has no ${table}`);
      const names = (all: Iterable<string>) => [...all].filter((name) => !elsewhere.has(name) && !name.startsWith('_')).sort();
      assert.deepEqual(names(Object.keys(elements)), names(fields.keys()), `${table} of R${fhirVersion}`);
      for (const [name, element] of Object.entries(elements)) {
        const field = fields.get(name);
        if (element.kind === 'ignored') continue;
        assert.equal(element.repeats, field?.many, `${table}.${name} of R${fhirVersion} repeats`);
        if (element.kind === 'inside') assert.equal(element.table, field?.type, `${table}.${name} of R${fhirVersion}`);
        if (element.kind === 'value') assert.equal(fieldsOf(field?.type ?? '', types), undefined, `${table}.${name} of R${fhirVersion} has elements`);
      }
    }
    assert.deepEqual(Object.keys(ours ?? {}).filter((name) => !fieldsOf('Extension', types)?.has(name)), []);
  }
});

test('an element that FHIR does not know is refused at every level', () => {
  let count = 0;
  for (const [whole, inside, path, fhirVersion] of places()) {
    inside['unheardOf'] = 1;
    assertRefused(whole, fhirVersion, 'not-a-consent', `${path}.unheardOf`);
    count += 1;
  }
  assert.ok(count > 100, `${count}`);
});

test('an extension that is not known is refused in all that is read, by its URL, also where it extends a value', () => {
  let count = 0;
  for (const [whole, inside, path, fhirVersion] of places()) {
    if (path === 'Consent.meta') continue;
    Object.assign(inside, EXTENSION);
    assertRefused(whole, fhirVersion, 'extension-unknown', `${path}.extension`, 'https://limits.example');
    delete inside['extension'];
    for (const [name, value] of Object.entries(inside)) {
      if (typeof value === 'object' || isIgnored(inside, name)) continue;
      inside[`_${name}`] = EXTENSION;
      assertRefused(whole, fhirVersion, 'extension-unknown', `${path}._${name}.extension`, 'https://limits.example');
      delete inside[`_${name}`];
      count += 1;
    }
  }
  assert.ok(count > 100, `${count}`);
});

test('what FHIR\'s JSON has beside a value is a name or an extension, and only values have it', () => {
  for (const fhirVersion of FHIR_VERSIONS) {
    const foreign = foreignOf[fhirVersion];
    assert.equal(read(foreign({}, { _status: { id: 'a' } }), fhirVersion).directives.length, 1);
    assertRefused(foreign({}, { _status: { unheardOf: 1 } }), fhirVersion, 'not-a-consent', 'Consent._status.unheardOf');
    assertRefused(foreign({ _actor: [{ id: 'a' }] }), fhirVersion, 'not-a-consent', `${RULE[fhirVersion]}._actor`);
    assertRefused(foreign({}, { _category: [{ id: 'a' }] }), fhirVersion, 'not-a-consent', 'Consent._category');
  }
});

test('a list is refused where FHIR has one thing', () => {
  // Passed over as no object, it would hide what is in it.
  let count = 0;
  for (const [whole, inside, path, fhirVersion] of places()) {
    for (const [name, value] of Object.entries(inside)) {
      if (Array.isArray(value) || isIgnored(inside, name) || (path === 'Consent' && name === 'resourceType')) continue;
      inside[name] = [value];
      // A list of URLs is none of ours.
      if (name === 'url') assertRefused(whole, fhirVersion, 'modified', path.replace(/\[\d\]$/, ''));
      else assertRefused(whole, fhirVersion, 'not-a-consent', `${path}.${name}`);
      inside[name] = value;
      count += 1;
    }
  }
  assert.ok(count > 100, `${count}`);
});

test('whatever stands in a place, it is read or refused by name, also an object that cannot be made a text', () => {
  let refused = 0;
  const attempt = (text: string, fhirVersion: FhirVersion): void => {
    try {
      consentFromFhir(utf8(text), { now: NOW, zone: ZONE, fhirVersion, ...book });
    } catch (error) {
      assert.ok(error instanceof ResourceRefused, `${text}: ${String(error)}`);
      refused += 1;
    }
  };
  for (const [whole, inside, , fhirVersion] of places()) {
    for (const name of new Set([...Object.keys(inside), 'extension', 'modifierExtension'])) {
      const [had, before] = [Object.hasOwn(inside, name), inside[name]];
      for (const odd of [{ toString: 1, valueOf: 1 }, [{ toString: 1 }], { url: { toString: 1 } }]) {
        inside[name] = odd;
        attempt(JSON.stringify(whole), fhirVersion);
      }
      if (had) inside[name] = before;
      else delete inside[name];
    }
  }
  for (const variant of oddVariants(foreignR4())) attempt(variant, '4.0');
  assert.ok(refused > 1_000, `${refused}`);
});

test('what is ignored may have extensions and elements of its own', () => {
  const odd = { unheardOf: 1, ...EXTENSION };
  for (const fhirVersion of FHIR_VERSIONS) {
    const foreign = foreignOf[fhirVersion];
    const before = read(foreign(), fhirVersion).directives;
    const ignored = {
      id: 'c1', language: 'en', text: { status: 'generated', ...odd }, contained: [{ resourceType: 'Organization', id: 'o', ...odd }],
      identifier: fhirVersion === '4.0' ? [{ value: '7', ...odd }] : [odd], sourceReference: { reference: 'DocumentReference/1', ...odd },
      meta: { versionId: '1', lastUpdated: '2027-01-01T00:00:00Z', source: 'x', profile: ['https://profile.example'], ...EXTENSION },
      ...(fhirVersion === '4.0' ? { organization: [odd] } : { manager: [odd], controller: [odd], grantee: [odd], policyText: [odd] }),
      verification: [{ verified: true, verifiedWith: odd }],
    };
    assert.deepEqual(read(foreign({}, ignored), fhirVersion).directives, before);
  }
});

test('every coding of category, scope, base rule, role and action must be understood: one beside the known one may say something else', () => {
  const dnr = hl7('consentcategorycodes', 'dnr');
  const known = { system: 'http://loinc.org', code: '59284-0' };
  const beside = [dnr, { system: 'https://own.example', code: 'x' }, { code: 'x' }, { display: 'words' }];
  for (const fhirVersion of FHIR_VERSIONS) {
    const foreign = foreignOf[fhirVersion];
    const rule = RULE[fhirVersion];
    assert.equal(read(foreign({}, { category: [concept(known, hl7('v3-ActCode', 'INFA'))] }), fhirVersion).directives.length, 1);
    assertRefused(foreign({}, { category: [concept(known), concept(dnr)] }), fhirVersion, 'other-kind', 'Consent.category[1]', 'dnr');
    for (const other of beside) {
      assertRefused(foreign({}, { category: [concept(known, other)] }), fhirVersion, 'other-kind', 'Consent.category[0]');
      assertRefused(foreign({}, { category: [concept(other, known)] }), fhirVersion, 'other-kind', 'Consent.category[0]');
      const actor = [{ role: concept(hl7('v3-ParticipationType', 'PRCP'), other), reference: { reference: 'Organization/f001' } }];
      assertRefused(foreign({ actor }), fhirVersion, 'actor-role', `${rule}.actor[0].role`);
      assertRefused(foreign({ action: [concept(hl7('consentaction', 'access'), other)] }), fhirVersion, 'action-unknown', `${rule}.action[0]`);
    }
    // Of two of ours in one concept, one alone would make a Deny narrower.
    const both = concept(...['Read', 'Export'].map((code) => ({ system: 'urn:salus:action', code })));
    assertRefused(foreign({ action: [both] }), fhirVersion, 'action-unknown', `${rule}.action[0]`);
  }
  for (const other of beside) {
    assertRefused(foreignR4({}, { scope: concept(hl7('consentscope', 'patient-privacy'), other) }), '4.0', 'other-kind', 'Consent.scope');
    assertRefused(foreignR4({}, { policyRule: concept(hl7('v3-ActCode', 'OPTOUT'), other) }), '4.0', 'policy-unknown', 'Consent.policyRule');
  }
});

test('a Consent that is dated, or was verified, after now is not in force', () => {
  for (const fhirVersion of FHIR_VERSIONS) {
    const [foreign, name] = [foreignOf[fhirVersion], DATE[fhirVersion]];
    const before = read(foreign(), fhirVersion).directives;
    // Now is the first second of 2027-01-15 where it was written.
    for (const date of ['2027-01-15', '2027-01', '2027', '2027-01-15T08:00:00Z', '2026-12-31T23:59:59-08:00']) {
      assert.deepEqual(read(foreign({}, { [name]: date }), fhirVersion).directives, before, date);
    }
    for (const date of ['2099-01-01T00:00:00Z', '2099', '2027-02', '2027-01-16', '2027-01-15T08:00:01Z']) {
      assertRefused(foreign({}, { [name]: date }), fhirVersion, 'not-in-force', `Consent.${name}`);
      const verification = [{ verified: true, verificationDate: fhirVersion === '4.0' ? date : ['2027-01-01', date] }];
      assertRefused(foreign({}, { verification }), fhirVersion, 'not-in-force', `Consent.verification[0].verificationDate${fhirVersion === '4.0' ? '' : '[1]'}`);
    }
    for (const date of ['yesterday', '2027-02-30', 2027, {}, null]) assertRefused(foreign({}, { [name]: date }), fhirVersion, 'no-moment', `Consent.${name}`);
  }
});

test('now is a moment: compared with what is none, nothing would be over and nothing later', () => {
  for (const now of [Number.NaN, undefined, NOW * 1000, '1800000000'] as number[]) {
    assert.throws(() => reader('4.0')(foreignR4(), { ...book, now }), (error) => error instanceof InvalidArgument && error.argument === 'now', String(now));
  }
});

test('a security label of the Consent says how confidential it is: one that obliges, forbids or is unknown is refused by its code', () => {
  const ordinary = [hl7('v3-Confidentiality', 'N'), hl7('v3-Confidentiality', 'R'), hl7('v3-ActCode', 'HIV'), hl7('v3-ActCode', 'PSYTHPN')];
  const others = [hl7('v3-ActCode', 'NODSCLCD'), hl7('v3-ActCode', 'NORDSCLCD'), hl7('v3-ActCode', 'DELAU'), hl7('v3-ActReason', 'TREAT'), { system: 'https://own.example', code: 'M' }, { code: 'N' }];
  for (const fhirVersion of FHIR_VERSIONS) {
    const foreign = foreignOf[fhirVersion];
    assert.deepEqual(read(foreign({}, { meta: { security: ordinary } }), fhirVersion).directives, read(foreign(), fhirVersion).directives);
    for (const other of others) {
      assertRefused(foreign({}, { meta: { security: [...ordinary, other] } }), fhirVersion, 'label-unknown', `Consent.meta.security[${ordinary.length}]`, other.code);
      assertRefused(foreign({}, { meta: { security: other } }), fhirVersion, 'label-unknown', 'Consent.meta.security', other.code);
    }
  }
});

test('rules and modifiers count under the names with an underscore too, also where ours are read', () => {
  const foreign = { url: 'https://x.example', valueBoolean: true };
  const ours = { url: 'urn:salus:erase-after', valueDateTime: '2027-12-31T00:00:00Z' };
  for (const fhirVersion of FHIR_VERSIONS) {
    const [consent, rule] = [foreignOf[fhirVersion], RULE[fhirVersion]];
    for (const value of [{ id: 'x' }, { extension: [foreign] }]) assertRefused(consent({}, { _implicitRules: value }), fhirVersion, 'modified', 'Consent._implicitRules');
    for (const value of [[foreign], [ours], [], ours]) {
      assertRefused(consent({}, { _modifierExtension: value }), fhirVersion, 'modified', 'Consent._modifierExtension');
      assertRefused(consent({ _modifierExtension: value }), fhirVersion, 'modified', `${rule}._modifierExtension`);
    }
    assertRefused(consent({ actor: [{ ...PERMITTED.actor[0], _modifierExtension: [ours] }] }), fhirVersion, 'modified', `${rule}.actor[0]._modifierExtension`);
    assert.equal(read(consent({ modifierExtension: [ours] }), fhirVersion).directives[0]?.eraseAfter, Date.parse('2027-12-31T00:00:00Z') / 1000);
    for (const more of [{ valueInteger: 1 }, { valueDateTime: undefined, valueInteger: 1 }]) {
      assertRefused(consent({ modifierExtension: [{ ...ours, ...more }] }), fhirVersion, 'modified', `${rule}.modifierExtension[0]`);
    }
  }
  const found = [...modifiersOf({ _implicitRules: { id: 'x' }, deep: [{ _modifierExtension: [foreign] }], __implicitRules: 1 }, 'AuditEvent')].map(({ name, path, place }) => [name, path, place]);
  assert.deepEqual(found, [
    ['implicitRules', 'AuditEvent._implicitRules', 'AuditEvent'], ['modifierExtension', 'AuditEvent.deep[0]._modifierExtension', 'deep'],
  ]);
});
