/** DUO codings both ways, and visas. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import type { ApiPromise } from '@salus/client';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import * as research from '../index.js';
import { BOB, dataset, HASH, NOW, DAY, none, oneOfEach, permitInfo, repositoryFile, some, study, version } from './scene.js';

const { NotRepresentable } = research;
const refused = (fault: string, path?: RegExp) => (error: unknown) => {
  assert.ok(error instanceof NotRepresentable, String(error));
  assert.equal(error.fault, fault, error.message);
  if (path) assert.match(error.path, path);
  return true;
};
const MONDO = 'MONDO:0005015';
const WHOLE: research.Offer = {
  permission: 'DS', disease: research.diseaseCode(MONDO), modifiers: ['NPU', 'PUB', 'IRB', 'NPOA'], region: { country: 56 }, months: 24, moratorium: NOW,
};

test('an offer is codings of DUO, and they are the same offer again', () => {
  const codings = research.offerToDuo(WHOLE, { diseases: ['MONDO:0004992', MONDO] });
  assert.deepEqual(codings.map(({ id }) => id), ['DUO:0000007', 'DUO:0000045', 'DUO:0000019', 'DUO:0000021', 'DUO:0000044', 'DUO:0000022', 'DUO:0000025', 'DUO:0000024']);
  assert.deepEqual(codings[0]?.modifiers, [{ id: MONDO }]);
  assert.deepEqual(codings[5]?.modifiers, [{ id: 'ISO3166-1:056' }]);
  assert.deepEqual(research.offerFromDuo(codings), WHOLE);
  // As Beacon writes them: labels and versions change nothing, and neither does an underscore.
  assert.deepEqual(research.offerFromDuo([{ id: 'DUO_0000042', label: 'GRU', version: '17-07-2016' }]), { permission: 'GRU', modifiers: [] });
});

test('each permission and each modifier that DUO has goes both ways', () => {
  for (const permission of research.PERMISSIONS) {
    if (permission === 'Other') continue;
    const offer: research.Offer = { permission, modifiers: [], ...(permission === 'DS' ? { disease: research.diseaseCode(MONDO) } : {}) };
    assert.deepEqual(research.offerFromDuo(research.offerToDuo(offer, { diseases: [MONDO] })), offer);
  }
  for (const modifier of research.MODIFIERS) {
    const offer: research.Offer = { permission: 'NRES', modifiers: [modifier] };
    if (modifier === 'OTHER') assert.throws(() => research.offerToDuo(offer), refused('not-representable'));
    else assert.deepEqual(research.offerFromDuo(research.offerToDuo(offer)), offer);
  }
  const uses = research.USES.filter((use) => {
    try { return research.usesToDuo([use]).length === 1; } catch (error) { refused('not-representable')(error); return false; }
  });
  assert.equal(uses.length, 10);
  assert.deepEqual(research.usesFromDuo(research.usesToDuo(uses)), uses);
});

interface Vectors {
  cases: { offer: { permission: string; modifiers?: string[]; disease?: string; country?: number; area?: number; months?: number; moratorium?: number } }[];
}

test('every offer of the published vectors that has a permission of DUO goes both ways', () => {
  const { cases } = JSON.parse(repositoryFile('docs/vectors/data-use.json')) as Vectors;
  let both = 0;
  for (const { offer } of cases) {
    const permission = research.PERMISSIONS.find((each) => each === offer.permission);
    const modifiers = (offer.modifiers ?? []).flatMap((name) => research.MODIFIERS.filter((each) => each === name));
    if (!permission || permission === 'Other' || modifiers.includes('OTHER') || modifiers.length !== (offer.modifiers ?? []).length || (permission === 'DS' && offer.disease === undefined)) continue;
    // Names of diseases stand for their codes there.
    const code = `MONDO:${(offer.disease ?? '').replace(/[^A-Za-z0-9]/g, '_').slice(0, 40)}`;
    const known: research.Offer = {
      permission, modifiers: research.MODIFIERS.filter((each) => modifiers.includes(each)), ...(permission === 'DS' ? { disease: research.diseaseCode(code) } : {}),
      ...(offer.country === undefined ? {} : { region: { country: offer.country } }), ...(offer.months === undefined ? {} : { months: offer.months }),
      ...(offer.moratorium === undefined ? {} : { moratorium: offer.moratorium }),
    };
    assert.deepEqual(research.offerFromDuo(research.offerToDuo(known, { diseases: [code] })), known);
    both += 1;
  }
  assert.ok(both > 200, `${both} offers`);
});

test('a code that is not known, or has no place, is refused with the reason, and never left out', () => {
  const GRU = { id: 'DUO:0000042' };
  const cases: [research.DuoCoding[], string, RegExp][] = [
    [[GRU, { id: 'DUO:0000999' }], 'code-unknown', /\[1\]/], [[GRU, { id: 'DUO:0000017' }], 'not-representable', /\[1\]/],
    [[GRU, { id: 'DUO:0000006' }], 'contradiction', /\[1\]/], [[GRU, GRU], 'contradiction', /\[1\]/], [[GRU, { id: 'DUO:0000045' }, { id: 'DUO:0000045' }], 'contradiction', /\[2\]/], [[], 'missing', /codings/],
    [[{ id: 'DUO:0000045' }], 'missing', /codings/], [[{ id: 'HMB' }], 'other-kind', /\[0\]/], [[{ id: 'DUO:42' }], 'other-kind', /\[0\]/],
    [[{ id: 'DUO:0000007' }], 'missing', /modifiers/], [[{ id: 'DUO:0000007', modifiers: [{ id: MONDO }, { id: 'MONDO:1' }] }], 'not-representable', /modifiers/],
    [[{ id: 'DUO:0000007', modifiers: [{ id: 'diabetes' }] }], 'other-kind', /modifiers/],
    [[{ ...GRU, modifiers: [{ id: MONDO }] }], 'not-representable', /modifiers/], [[GRU, { id: 'DUO:0000022' }], 'missing', /modifiers/],
    [[GRU, { id: 'DUO:0000022', modifiers: [{ id: 'Germany' }] }], 'other-kind', /\[1\]/], [[GRU, { id: 'DUO:0000025', modifiers: [{ id: '12 months' }] }], 'other-kind', /\[1\]/],
    [[GRU, { id: 'DUO:0000025', modifiers: [{ id: 'salus.months:70000' }] }], 'other-kind', /\[1\]/], [[undefined as never], 'other-kind', /\[0\]/],
  ];
  for (const [codings, fault, path] of cases) assert.throws(() => research.offerFromDuo(codings), refused(fault, path), JSON.stringify(codings));
  assert.throws(() => research.offerToDuo(WHOLE), refused('unknown-party', /disease/));
  assert.throws(() => research.offerToDuo({ permission: 'Other', modifiers: [] }), refused('not-representable'));
  assert.throws(() => research.offerToDuo({ permission: 'GRU', modifiers: [], unknownModifiers: [16] }), refused('code-unknown'));
  assert.throws(() => research.usesFromDuo([{ id: 'DUO:0000045' }]), refused('code-unknown'));
});

test('a disease is the same 32 bytes for the same code, and no other', () => {
  assert.equal(research.diseaseCode(MONDO), research.diseaseCode('MONDO:0005015'));
  assert.notEqual(research.diseaseCode(MONDO), research.diseaseCode('MONDO:0005016'));
  assert.equal(research.diseaseOf(research.diseaseCode(MONDO), ['MONDO:1', MONDO]), MONDO);
  assert.equal(research.diseaseOf(HASH(1), [MONDO]), undefined);
  for (const wrong of ['diabetes', 'MONDO:', 'mondo:1', `MONDO:${'1'.repeat(41)}`, '']) assert.throws(() => research.diseaseCode(wrong), /such as MONDO/);
});

// Visas.

const es256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed25519 = generateKeyPairSync('ed25519');
const KEYS: Record<string, { sign: research.VisaKey; verify: research.VisaKey }> = {
  ES256: { sign: { alg: 'ES256', kid: 'v1', key: es256.privateKey }, verify: { alg: 'ES256', kid: 'v1', key: es256.publicKey } },
  Ed25519: { sign: { alg: 'Ed25519', kid: 'v2', key: ed25519.privateKey }, verify: { alg: 'Ed25519', kid: 'v2', key: ed25519.publicKey } },
};
const OPTIONS: research.VisaOptions = {
  issuer: 'https://visas.example', subject: 'researcher@broker', value: 'https://hospital.example/datasets/7', source: 'https://hospital.example', now: () => NOW * 1000,
};

/** A chain whose best and final states answer about the permit as is said. */
function chain(
  final: object | undefined, best: object | undefined,
  more: { syncing?: boolean; permit?: object; answers?: Record<'final' | 'best', Parameters<typeof oneOfEach>[0]> } = {},
): ApiPromise {
  const hash = (text: string) => ({ toHex: () => text, toString: () => text });
  const stateOf = (standing: object | undefined, answers: Parameters<typeof oneOfEach>[0] = {}) => ({
    ...oneOfEach({
      ...answers,
      permitAt: () => (standing === undefined ? none('RStanding') : some('RStanding', standing)), permit: () => some('RPermitInfo', permitInfo(more.permit)),
    }),
    query: { timestamp: { now: async () => ({ toNumber: () => NOW * 1000, toBigInt: () => BigInt(NOW * 1000), toString: () => String(NOW * 1000) }) } },
  });
  const states: Record<string, unknown> = { best: stateOf(best, more.answers?.best), final: stateOf(final, more.answers?.final) };
  return {
    genesisHash: hash(HASH(0x47)),
    consts: { babe: { expectedBlockTime: { toNumber: () => 6_000 } }, timestamp: { minimumPeriod: { toNumber: () => 3_000 } } },
    rpc: {
      system: {
        health: async () => ({ isSyncing: { isTrue: more.syncing ?? false }, peers: { toNumber: () => 3 }, shouldHavePeers: { isTrue: true } }),
        chainType: async () => ({ isDevelopment: false }),
      },
      chain: {
        getFinalizedHead: async () => hash('final'), getBlockHash: async () => hash('best'),
        getHeader: async (at?: unknown) => ({ number: { toNumber: () => 9 }, hash: hash(at === undefined ? 'best' : String(at)) }),
      },
    },
    at: async (at: unknown) => states[String(at)],
  } as unknown as ApiPromise;
}

test('a visa says what the permit is, for an hour at most, and holds under its key', async () => {
  for (const [alg, { sign, verify }] of Object.entries(KEYS)) {
    const token = await research.issueVisa(chain({ Active: null }, { Active: null }), 12, sign, OPTIONS);
    assert.deepEqual(decodeProtectedHeader(token), { alg, kid: sign.kid, typ: 'vnd.ga4gh.visa+jwt' });
    const visa = await research.readVisa(token, [KEYS['ES256']?.verify, KEYS['Ed25519']?.verify].filter((key) => key !== undefined), NOW + 10);
    assert.deepEqual(visa, {
      iss: 'https://visas.example', sub: 'researcher@broker', iat: NOW, exp: NOW + 3_600, salus_permit: 12, salus_chain: HASH(0x47),
      ga4gh_visa_v1: { type: 'ControlledAccessGrants', asserted: NOW - 50 * DAY, value: 'https://hospital.example/datasets/7', source: 'https://hospital.example', by: 'dac' },
    });
    assert.equal(decodeJwt(token).exp, NOW + 3_600);
    await assert.rejects(research.readVisa(token, [verify], NOW + 3_700), refused('not-in-force'));
    await assert.rejects(research.readVisa(token, [verify], NOW - 100), refused('not-in-force'));
    await assert.rejects(research.readVisa(token, [], NOW), refused('unknown-party'));
    await assert.rejects(research.readVisa(`${token.slice(0, -8)}AAAAAAAA`, [verify], NOW), refused('other-kind'));
  }
});

test('no visa is given unless both states say that the permit is active now', async () => {
  const key = KEYS['ES256']?.sign as research.VisaKey;
  for (const [final, best, words] of [
    [{ Suspended: 0b10 }, { Active: null }, /final block it is suspended: the institution holds no licence/], [{ Active: null }, { Suspended: 0b1 }, /best block it is suspended: no ethics/],
    [{ Active: null }, { Ended: 'Revoked' }, /was revoked/], [{ NotYet: null }, { Active: null }, /not begun/], [undefined, { Active: null }, /there is none/],
  ] as const) {
    await assert.rejects(research.issueVisa(chain(final, best), 12, key, OPTIONS), (error) => error instanceof research.NoVisa && words.test(error.message));
  }
  await assert.rejects(research.issueVisa(chain({ Active: null }, { Active: null }, { syncing: true }), 12, key, OPTIONS), /catching up/);
  for (const wrong of [{ life: 3_601 }, { life: 0 }, { issuer: 'http://visas.example' }, { value: 'dataset 7' }, { subject: '' }, { subject: 'a b' }]) {
    await assert.rejects(research.issueVisa(chain({ Active: null }, { Active: null }), 12, key, { ...OPTIONS, ...wrong }), /must be/, JSON.stringify(wrong));
  }
});

/** The permit of the scene with what a visa depends on, in which these end then. */
async function ground(ends: { permit?: number; approvals?: object[]; epoch?: number } = {}): Promise<research.VisaGround> {
  const state = oneOfEach({
    permit: () => some('RPermitInfo', permitInfo({}, { permit: { period: { from: 1, until: ends.permit ?? NOW + 310 * DAY }, renewal: null, ended: null } })),
    study: () => some('RStudyInfo', { study: study(ends.approvals ? { approvals: ends.approvals } : {}), approved: true }),
    dataset: () => some('RDataset', dataset({ version: version(ends.epoch === undefined ? {} : { nextEpochDue: ends.epoch }) })),
  });
  const [permit, approved, offered] = await Promise.all([research.permit(state, 12), research.study(state, 1), research.dataset(state, 7)]);
  assert.ok(permit && approved && offered);
  return { permit, request: { outcome: { at: 1, approved: true, by: 'Match' } }, study: approved, dataset: offered };
}

const approval = (from: number, until: number, ended: [number, string] | null = null) => ({ by: BOB, protocol: 0, period: { from, until }, ended });

test('a visa says how it was granted, and ends with its permit, the approval of the study or the epoch of the dataset, whichever ends first', async () => {
  const expiry = async (ends: Parameters<typeof ground>[0]) => research.visaPayload(await ground(ends), HASH(1), NOW, OPTIONS).exp;
  assert.equal(research.visaPayload(await ground(), HASH(1), NOW, OPTIONS).ga4gh_visa_v1.by, 'system');
  const cases: [Parameters<typeof ground>[0], number][] = [
    [{}, NOW + 3_600], [{ permit: NOW + 60 }, NOW + 60], [{ approvals: [approval(1, NOW + 70)] }, NOW + 70], [{ epoch: NOW + 80 }, NOW + 80],
    [{ permit: NOW + 90, approvals: [approval(1, NOW + 70)], epoch: NOW + 80 }, NOW + 70], [{ permit: NOW + 90, approvals: [approval(1, NOW + 99)], epoch: NOW + 80 }, NOW + 80],
    // Of several approvals the one that lasts longest; not one that has ended, nor one that has not begun.
    [{ approvals: [approval(1, NOW + 70), approval(1, NOW + 500), approval(1, NOW + DAY, [NOW - 9, 'Suspended']), approval(NOW + 20, NOW + DAY)] }, NOW + 500],
  ];
  for (const [ends, at] of cases) assert.equal(await expiry(ends), at, JSON.stringify(ends));
  for (const ends of [{ permit: NOW }, { approvals: [] }, { approvals: [approval(1, NOW - 1)] }, { epoch: NOW }]) {
    await assert.rejects(expiry(ends), (error) => error instanceof research.VisaOver && /no visa for permit 12: it was active until/.test(error.message), JSON.stringify(ends));
  }
});

test('a visa ends with what ends first in either of both states', async () => {
  const key = KEYS['ES256']?.sign as research.VisaKey;
  const due = (at: number) => ({ dataset: () => some('RDataset', dataset({ version: version({ nextEpochDue: at }) })) });
  for (const [final, best] of [[NOW + 600, NOW + 30 * DAY], [NOW + 30 * DAY, NOW + 600]] as const) {
    const token = await research.issueVisa(chain({ Active: null }, { Active: null }, { answers: { final: due(final), best: due(best) } }), 12, key, OPTIONS);
    assert.equal(decodeJwt(token).exp, NOW + 600);
  }
});

test('a token that lives longer, or says something else, is no visa', async () => {
  const { sign, verify } = KEYS['ES256'] as { sign: research.VisaKey; verify: research.VisaKey };
  const good = { iss: 'https://v', sub: 's', iat: NOW, exp: NOW + 60, salus_permit: 1, salus_chain: HASH(1), ga4gh_visa_v1: { type: 'ControlledAccessGrants', asserted: 1, value: 'v', source: 's', by: 'dac' } };
  const signed = (payload: object, header: object = {}) => new SignJWT(payload as never).setProtectedHeader({ alg: 'ES256', kid: 'v1', typ: 'vnd.ga4gh.visa+jwt', ...header }).sign(sign.key);
  assert.equal((await research.readVisa(await signed(good), [verify], NOW)).sub, 's');
  for (const [token, fault] of [
    [await signed({ ...good, exp: NOW + 3_601 }), 'not-representable'], [await signed({ ...good, ga4gh_visa_v1: { ...good.ga4gh_visa_v1, type: 'ResearcherStatus' } }), 'other-kind'],
    [await signed({ ...good, salus_permit: undefined }), 'missing'], [await signed({ ...good, ga4gh_visa_v1: { ...good.ga4gh_visa_v1, by: 'self' } }), 'missing'],
    [await signed({ ...good, exp: undefined }), 'other-kind'], [await signed(good, { typ: 'JWT' }), 'other-kind'], ['x.y.z', 'other-kind'],
  ] as const) await assert.rejects(research.readVisa(token, [verify], NOW), refused(fault));
});
