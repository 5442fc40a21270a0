/** Vectors of Consents, for whoever else makes them of directives: `docs/vectors/exchange/consents.json`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ACTIONS, DATA_CLASSES, PURPOSES, ROLES, SENSITIVITY_LABELS, type ConsentDirective, type Grantee, type Purpose,
} from '@salus/types';
import { agreesWithVectors } from '@salus/types/testing';
import { toConsent, toSealedConsent, type SealedOnChain } from '../index.js';
import { ALICE, NOW, PATIENT, reader } from './consent-fixture.js';

/** No end: the last moment of the chain, which is no number of JSON. In the vectors it is left out. */
const FOR_EVER = 2 ** 64;
const read = reader('4.0');

const PERMIT: ConsentDirective = {
  effect: 'Permit', patient: PATIENT, grantee: { organisation: 4 }, labels: [], from: NOW - 60, until: NOW + 86_400,
  scope: { actions: ['Read'], purposes: ['Treat'], classes: ['Laboratory', 'Observations'] },
};
const DENY: ConsentDirective = { ...PERMIT, effect: 'Deny', grantee: 'Any', until: FOR_EVER };

const GRANTEES: [string, Grantee][] = [
  ['everybody', 'Any'],
  ['an organisation', { organisation: 0 }],
  ['the last organisation', { organisation: 4_294_967_294 }],
  ['a person', { practitioner: ALICE }],
  ['a person at an organisation', { practitioner: ALICE, at: 7 }],
  ...ROLES.map((role): [string, Grantee] => [`the role ${role} at an organisation`, { organisation: 7, role }]),
];

/** A veto, as the denial that it amounts to. */
const vetoOf = (purpose: Purpose, from: number): ConsentDirective => ({
  effect: 'Deny', patient: PATIENT, grantee: 'Any', labels: [], from, until: FOR_EVER,
  scope: { actions: [...ACTIONS], purposes: [purpose], classes: [...DATA_CLASSES] },
});

interface Case {
  name: string;
  directive: ConsentDirective;
  ended?: number;
}

const CASES: Case[] = [
  ...GRANTEES.map(([name, grantee]) => ({ name: `a Permit to ${name}`, directive: { ...PERMIT, grantee } })),
  ...GRANTEES.slice(0, 6).map(([name, grantee]) => ({ name: `a Deny of ${name}`, directive: { ...DENY, grantee } })),
  { name: 'a Deny with an end', directive: { ...DENY, until: NOW + 5 } },
  { name: 'all codes', directive: { ...PERMIT, scope: { actions: [...ACTIONS], purposes: PURPOSES.filter((it) => it !== 'Btg'), classes: [...DATA_CLASSES] }, rediscloseDepth: 1 } },
  ...ACTIONS.map((action) => ({ name: `to ${action}`, directive: { ...PERMIT, scope: { ...PERMIT.scope, actions: [action] }, ...(action === 'Redisclose' ? { rediscloseDepth: 2 } : {}) } })),
  { name: 'data of a time', directive: { ...PERMIT, scope: { ...PERMIT.scope, data: { from: 951_782_400, until: NOW } } } },
  { name: 'data until a time', directive: { ...PERMIT, scope: { ...PERMIT.scope, data: { from: 0, until: 1 } } } },
  { name: 'data from a time on', directive: { ...PERMIT, scope: { ...PERMIT.scope, data: { from: NOW } } } },
  { name: 'a Deny of data of a time', directive: { ...DENY, scope: { ...DENY.scope, data: { from: 0, until: NOW } } } },
  { name: 'a Permit with all labels', directive: { ...PERMIT, labels: [...SENSITIVITY_LABELS] } },
  { name: 'a Permit with a label', directive: { ...PERMIT, labels: ['Hiv'] } },
  { name: 'a Deny with labels', directive: { ...DENY, labels: ['Psy', 'Minor'] } },
  { name: 'to be erased', directive: { ...PERMIT, eraseAfter: NOW + 7_000 } },
  { name: 'to be erased, and passed on', directive: { ...PERMIT, scope: { ...PERMIT.scope, actions: ['Read', 'Redisclose'] }, eraseAfter: NOW + 7_000, rediscloseDepth: 2 } },
  { name: 'a Permit that was revoked', directive: PERMIT, ended: NOW - 10 },
  { name: 'a Permit that was revoked as it began', directive: PERMIT, ended: NOW - 60 },
  { name: 'a Deny for ever that was lifted', directive: DENY, ended: NOW },
  { name: 'a Permit that was revoked after its end', directive: PERMIT, ended: NOW + 90_000 },
  { name: 'until the last second of FHIR', directive: { ...DENY, until: 253_402_300_799 } },
  { name: 'until the first moment that FHIR cannot tell', directive: { ...DENY, until: 253_402_300_800 } },
];

const SEALED: { name: string; sealed: SealedOnChain; ended?: number }[] = [
  { name: 'a sealed Permit', sealed: { effect: 'Permit', patient: PATIENT, from: NOW - 60, until: NOW + 86_400 } },
  { name: 'a sealed Deny for ever', sealed: { effect: 'Deny', patient: PATIENT, from: NOW, until: FOR_EVER } },
  { name: 'a sealed Permit that was revoked', sealed: { effect: 'Permit', patient: PATIENT, from: NOW - 60, until: NOW + 86_400 }, ended: NOW },
];

const when = (ended: number | undefined) => (ended === undefined ? {} : { ended });
/** Without an end that no number of JSON is. */
const written = <T extends { until: number }>({ until, ...rest }: T) => ({ ...rest, ...(until === FOR_EVER ? {} : { until }) });

test('directives of every kind are the Consents of the vectors', () => {
  const zone = 'UTC';
  agreesWithVectors('consents.json', {
    about: 'Directives of the chain, and the FHIR R4 Consents that they are, in UTC. Without `until` a directive holds for ever, and without `until` of `data` it is about data without an end. `vetoes`: vetoes of a purpose, as the denials that they amount to. `sealed`: what everybody sees of sealed directives. The order of members means nothing.',
    directives: CASES.map(({ name, directive, ended }) => (
      { name, directive: written(directive), ...when(ended), consent: toConsent(directive, { zone, ...when(ended) }) }
    )),
    vetoes: (['Treat', 'Btg', 'Hresch', 'Hsysadmin'] as const).map((purpose, at) => ({ purpose, patient: PATIENT, from: NOW + at, consent: toConsent(vetoOf(purpose, NOW + at), { zone }) })),
    sealed: SEALED.map(({ name, sealed, ended }) => (
      { name, sealed: written(sealed), ...when(ended), consent: toSealedConsent(sealed, { zone, ...when(ended) }) }
    )),
  });
});

test('what is in force is read back as the directive that it is', () => {
  const inForce = CASES.filter(({ directive: { effect, until }, ended }) => ended === undefined && (effect === 'Permit' || until < 10 ** 10));
  assert.ok(inForce.length > 20);
  for (const { name, directive } of inForce) {
    assert.deepEqual(read(toConsent(directive, { zone: 'UTC' })).directives, [directive], name);
  }
});

test('that something is sealed is never read as a directive', () => {
  for (const { name, sealed, ended } of SEALED) {
    const consent = toSealedConsent(sealed, { zone: 'UTC', ...when(ended) });
    assert.throws(() => read(consent), { fault: 'modified' }, name);
    assert.equal(consent.provision?.type, undefined, 'it permits nothing');
    assert.equal(consent.provision?.provision, undefined);
  }
});
