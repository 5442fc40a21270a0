/** A patient's directives as the chain gives them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import type { ConsentDirective } from '@salus/types';
import { directivesOf } from '../consent-directives.js';

const NOW = 1_800_000_000;
const PATIENT = `0x${'5a'.repeat(32)}`;
const PERMIT: ConsentDirective = {
  effect: 'Permit', patient: PATIENT, grantee: { organisation: 4 }, labels: [], from: NOW - 60, until: NOW + 86_400,
  scope: { actions: ['Read'], purposes: ['Treat'], classes: ['Laboratory', 'Observations'] },
};

test('the chain\'s directives are read for going out', async () => {
  const number = (value: bigint | number) => ({ toString: () => String(value) });
  const some = (value: unknown) => ({ isSome: true, unwrap: () => value });
  const none = { isSome: false };
  const given = (grantee: object, more: object = {}) => ({
    effect: { type: 'Permit' }, grantee, maxUses: none, rediscloseDepth: number(0), eraseAfter: none, ended: none,
    scope: { actions: number(1), purposes: number(1), classes: number(0b11000), labels: number(0), data: { from: number(0), until: number(2n ** 64n - 1n) } },
    period: { from: number(PERMIT.from), until: number(PERMIT.until) }, ...more,
  });
  const onwards = given({ type: 'Any' });
  onwards.scope.data.from = number(5);
  const api = { call: { consentApi: { directives: async () => [
    [number(0), given({ type: 'Organisation', asOrganisation: number(4) })],
    [number(3), given({ type: 'RoleAt', asRoleAt: [number(4), { type: 'Nurse' }] }, { ended: some({ at: number(NOW) }), eraseAfter: some(number(NOW + 9)) })],
    [number(4), given({ type: 'Practitioner', asPractitioner: number(7) }, { rediscloseDepth: number(2) })],
    [number(5), given({ type: 'Any' })],
    [number(6), given({ type: 'PractitionerAt', asPractitionerAt: [number(7), number(4)] })],
    [number(8), onwards],
  ] } } } as unknown as ApiPromise;
  assert.deepEqual(await directivesOf(api, PATIENT), [
    { number: 0, directive: PERMIT },
    { number: 3, directive: { ...PERMIT, grantee: { organisation: 4, role: 'Nurse' }, eraseAfter: NOW + 9 }, ended: NOW },
    { number: 4, directive: { ...PERMIT, grantee: { practitioner: '7' }, rediscloseDepth: 2 } },
    { number: 5, directive: { ...PERMIT, grantee: 'Any' } },
    { number: 6, directive: { ...PERMIT, grantee: { practitioner: '7', at: 4 } } },
    { number: 8, directive: { ...PERMIT, grantee: 'Any', scope: { ...PERMIT.scope, data: { from: 5 } } } },
  ]);
});
