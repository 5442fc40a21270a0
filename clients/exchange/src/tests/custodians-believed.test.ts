/** Which profile is believed of an organisation. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import { toHex } from '@salus/types';
import { believedHouse, ProfileNotBelieved, readShownProfile, type ProfileFault } from '../custodians/index.js';
import { newProfile, profileCommitment, shownProfile, type Profile } from '../profile.js';
import { NOW } from './custodians-fixture.js';

const GATEWAY = 'https://records.clinic.example';
const profile = newProfile('Clinic', { gateway: GATEWAY });
const refused = (fault: ProfileFault, words = /./) => (error: unknown): boolean => error instanceof ProfileNotBelieved && error.fault === fault && words.test(error.message);

/** What the registry says of organisation 4 in one block; `undefined` if there is none. */
interface Registered {
  profile: Profile;
  licences: string[];
  flagged: boolean;
}

const REGISTERED: Registered = { profile, licences: ['Live'], flagged: false };

/** A chain of two blocks, by what the registry says in the best and in the last final one. `age` is that of the best one, in seconds. */
function chain(best: Registered | undefined, final: Registered | undefined = best, age = 1): ApiPromise {
  const hash = (hex: string) => ({ toHex: () => hex });
  const [BEST, FINAL] = [`0x${'bb'.repeat(32)}`, `0x${'ff'.repeat(32)}`];
  const state = (found: Registered | undefined) => ({
    query: { timestamp: { now: async () => (NOW - age) * 1_000 } },
    call: { registryApi: { organisation: async (org: number) => (org !== 4 || !found ? { isSome: false, isNone: true } : {
      isSome: true, isNone: false,
      unwrap: () => ({
        admin: 'x', profile: hash(profileCommitment(found.profile)), flagged: { isTrue: found.flagged }, agreementKey: { isSome: false, isNone: true },
        licences: found.licences.map((type) => ({ kind: { type: 'Provider' }, status: { type } })),
      }),
    }) } },
  });
  return {
    consts: { babe: { expectedBlockTime: { toNumber: () => 3_000 } } },
    rpc: {
      chain: { getBlockHash: async () => hash(BEST), getFinalizedHead: async () => hash(FINAL), getHeader: async () => ({ number: { toNumber: () => 9 } }) },
      system: {
        health: async () => ({ peers: { toNumber: () => 3 }, isSyncing: { isTrue: false }, shouldHavePeers: { isTrue: true } }),
        chainType: async () => ({ isDevelopment: false }),
      },
    },
    at: async (block: string) => state(block === BEST ? best : final),
  } as unknown as ApiPromise;
}

const freshness = { now: () => NOW * 1_000 };
const believe = (api: ApiPromise, shown = shownProfile(4, profile)) => believedHouse(api, shown, freshness);

test('the profile of a live licence tells name and gateway', async () => {
  assert.deepEqual(await believe(chain(REGISTERED)), { organisation: 4, name: 'Clinic', gateway: GATEWAY, flagged: false });
  const plain = newProfile(' Heart\u202e clinic ');
  const of = { ...REGISTERED, profile: plain };
  assert.deepEqual(await believe(chain(of), shownProfile(4, plain)), { organisation: 4, name: 'Heart\ufffd clinic', flagged: false });
  assert.equal((await believe(chain({ ...REGISTERED, licences: ['Revoked', 'Live'] }))).organisation, 4);
});

test('it must be so in the best and in the last final block', async () => {
  const other = { ...REGISTERED, profile: newProfile('Clinic', { gateway: 'https://elsewhere.example' }) };
  const ended = { ...REGISTERED, licences: ['Suspended', 'Expired', 'Revoked'] };
  for (const [wrong, fault] of [[other, 'other-profile'], [ended, 'not-licensed'], [undefined, 'not-licensed']] as const) {
    await assert.rejects(believe(chain(wrong, REGISTERED)), refused(fault));
    await assert.rejects(believe(chain(REGISTERED, wrong ?? ended)), refused(wrong === undefined ? 'not-licensed' : fault));
  }
  await assert.rejects(believe(chain(REGISTERED), shownProfile(5, profile)), refused('not-licensed', /organisation 5/));
  await assert.rejects(believe(chain(REGISTERED, REGISTERED, 1_000)), { name: 'StaleNode' });
  // Flagged in one of the two is flagged.
  for (const [best, final] of [[true, false], [false, true]] as const) {
    assert.equal((await believe(chain({ ...REGISTERED, flagged: best }, { ...REGISTERED, flagged: final }))).flagged, true);
  }
});

test('what the vectors of profiles show is read', () => {
  const { profiles } = JSON.parse(readFileSync(new URL('../../../../docs/vectors/exchange/profiles.json', import.meta.url), 'utf8')) as {
    profiles: (Profile & { shown: string; commitment: string })[];
  };
  assert.ok(profiles.length > 5);
  for (const { shown, commitment } of profiles) {
    const read = readShownProfile(shown);
    assert.equal(read.organisation, 4);
    assert.equal(profileCommitment(read.profile), commitment);
  }
});

test('what is no profile is refused', () => {
  const salt = toHex(new Uint8Array(32).fill(1));
  const shown = (over: object): string => JSON.stringify({ organisation: 4, name: 'Clinic', salt, ...over });
  assert.equal(readShownProfile(shown({})).profile.name, 'Clinic');
  const key = { kid: 'a', crv: 'P-384', kty: 'EC', x: 'x', y: 'y' };
  assert.equal(readShownProfile(shown({ keys: [key] })).profile.keys?.length, 1);
  const wrong = [
    { organisation: -1 }, { organisation: '4' }, { organisation: 4.5 }, { organisation: 0xffff_ffff }, { organisation: undefined }, { name: 7 }, { name: undefined }, { salt: '0x01' }, { salt: undefined },
    { gateway: 'http://127.0.0.1' }, { gateway: 'http://clinic.example' }, { gateway: 7 }, { gateway: null }, { extra: 1 }, { keys: [] }, { keys: {} }, { keys: [{ ...key, crv: 'P-256' }] },
    { keys: [{ ...key, d: 'z' }] }, { keys: [7] }, { keys: Array.from({ length: 17 }, () => key) }, { name: 'x'.repeat(16_384) },
  ];
  for (const over of wrong) assert.throws(() => readShownProfile(shown(over)), refused('malformed'), JSON.stringify(over).slice(0, 100));
  for (const text of ['', '[]', 'x', `${shown({})} x`, shown({}).replace('{', '{"name":"Other",'), undefined as unknown as string]) assert.throws(() => readShownProfile(text), refused('malformed'));
});
