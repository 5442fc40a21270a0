/** Sealed directives off the chain: the same commitments as the chain's rules, openings as bytes, and requests. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import { Keyring } from '@polkadot/keyring';
import { cryptoWaitReady, encodeAddress } from '@polkadot/util-crypto';
import type { Snapshot } from '../connect.js';
import { hexToU8a } from '@polkadot/util';
import {
  bytes32, IntegrityBroken, InvalidArgument, KINDS_FOR, toHex, type Action, type DataClass, type Effect, type Grantee, type Hex, type OrgKind,
  type Purpose, type Role, type SensitivityLabel,
} from '@salus/types';
import { LAST_MOMENT } from '@salus/types/arguments';
import { sealed } from '../index.js';

const { CODES_VERSION, checkSealedRequest, decideWithAt, mayAsk, newOpening, openingBytes, openingFrom, opensSealed, sealedCommitment, signSealedRequest } = sealed;

type Whom = 'Any' | { Organisation: number } | { RoleAt: [number, Role] } | { Practitioner: Hex } | { PractitionerAt: [Hex, number] };

interface Vector {
  about: string;
  genesis: Hex;
  patient: Hex;
  number: number;
  effect: Effect;
  salt: Hex;
  content: {
    grantee: Whom; actions: Action[]; purposes: Purpose[]; classes: DataClass[]; labels: SensitivityLabel[];
    data: { from: string; until: string }; eraseAfter: string | null;
  };
  opening: Hex;
  commitment: Hex;
  from: string;
  version: number;
  opens: boolean;
}

interface Vectors { kinds: Record<Purpose, OrgKind[]>; vectors: Vector[] }

const { kinds, vectors } = JSON.parse(readFileSync(new URL('../../../../docs/vectors/sealed.json', import.meta.url), 'utf8')) as Vectors;

function granteeOf(whom: Whom): Grantee {
  if (whom === 'Any') return 'Any';
  if ('Organisation' in whom) return { organisation: whom.Organisation };
  if ('RoleAt' in whom) return { organisation: whom.RoleAt[0], role: whom.RoleAt[1] };
  if ('Practitioner' in whom) return { practitioner: encodeAddress(whom.Practitioner) };
  return { practitioner: encodeAddress(whom.PractitionerAt[0]), at: whom.PractitionerAt[1] };
}

function openingOf({ salt, content }: Vector): sealed.Opening {
  const { grantee, data, eraseAfter, ...scope } = content;
  return {
    salt: bytes32(salt),
    content: {
      ...scope, grantee: granteeOf(grantee),
      ...(data.from === '0' ? {} : { data: { from: Number(data.from), ...(data.until === FOREVER ? {} : { until: Number(data.until) }) } }),
      ...(eraseAfter === null ? {} : { eraseAfter: Number(eraseAfter) }),
    },
  };
}

/** What the chain takes for no end. */
const FOREVER = String(2n ** 64n - 1n);
const GENESIS = `0x${'47'.repeat(32)}` as const;
const PATIENT = `0x${'11'.repeat(32)}` as const;
const HELD = { effect: 'Permit', from: 1, version: 1 } as const;
const CONTENT: sealed.SealedContent = {
  grantee: { organisation: 7 }, actions: ['Read'], purposes: ['Treat'], classes: ['Laboratory'], labels: ['Hiv'],
};

test('commitments and openings are byte for byte those of the chain\'s rules', () => {
  assert.ok(vectors.filter(({ opens }) => opens).length >= 8 && vectors.filter(({ opens }) => !opens).length >= 3);
  for (const vector of vectors) {
    const { about, genesis, patient, number, effect, commitment, version, opens } = vector;
    const opening = openingOf(vector);
    const held = { effect, commitment, version, from: Number(vector.from) };
    assert.equal(toHex(openingBytes(opening)), vector.opening, about);
    assert.deepEqual(openingFrom(hexToU8a(vector.opening)), opening, about);
    assert.equal(opensSealed(genesis, patient, number, held, opening), opens, about);
    if (opens) assert.equal(sealedCommitment(genesis, patient, number, effect, opening), commitment, about);
    assert.equal(opensSealed(genesis, patient, number, { ...held, version: CODES_VERSION + 1 }, opening), false, 'a version that nobody knows');
  }
});

test('a role that a later version of the lists brought opens nothing that was sealed under an earlier one', () => {
  const opensAt = (version: number, role: Role): boolean => {
    const opening = newOpening({ ...CONTENT, grantee: { organisation: 7, role } });
    const commitment = sealedCommitment(GENESIS, PATIENT, 3, 'Permit', opening);
    return opensSealed(GENESIS, PATIENT, 3, { ...HELD, version, commitment }, opening);
  };
  const versions = [0, 1, 2, 3];
  assert.deepEqual(versions.map((version) => opensAt(version, 'Auditor')), [false, true, true, false]);
  assert.deepEqual(versions.map((version) => opensAt(version, 'Researcher')), [false, false, true, false]);
});

test('an opening about data from some moment on, without an end, is read as it was written', () => {
  const onwards = newOpening({ ...CONTENT, labels: ['Hiv'], data: { from: 1_577_836_800 } });
  assert.deepEqual(openingFrom(openingBytes(onwards)), onwards);
  const found = vectors.filter(({ content: { data } }) => data.from !== '0' && data.until === FOREVER);
  assert.deepEqual(found.map((vector) => openingFrom(hexToU8a(vector.opening)).content.data), [{ from: 1_577_836_800 }]);
});

test('the kinds that act for a purpose are those of the chain\'s rules', () => {
  const sorted = (all: Record<Purpose, readonly OrgKind[]>) => Object.entries(all).map(([purpose, of]) => [purpose, [...of].sort()]).sort();
  assert.deepEqual(sorted(KINDS_FOR), sorted(kinds));
});

test('a salt of zeros is refused before anything is sealed, and opens nothing', () => {
  const opening = { salt: new Uint8Array(32), content: CONTENT };
  assert.throws(
    () => sealedCommitment(GENESIS, PATIENT, 0, 'Permit', opening),
    (error: unknown) => error instanceof InvalidArgument && error.argument === 'salt',
  );
  const zeros = vectors.find(({ salt }) => /^0x0+$/.test(salt));
  assert.ok(zeros);
  assert.equal(zeros.opens, false);
});

test('a Permit whose copies were to be erased when it began opens nothing', () => {
  const opening = newOpening({ ...CONTENT, eraseAfter: 500 });
  const commitment = sealedCommitment(GENESIS, PATIENT, 3, 'Permit', opening);
  const opens = (from: number): boolean => opensSealed(GENESIS, PATIENT, 3, { effect: 'Permit', commitment, from, version: 1 }, opening);
  assert.deepEqual([499, 500, 501].map(opens), [true, false, false]);
});

test('an opening opens for its chain, patient, number, effect, salt and content alone', () => {
  const opening = newOpening(CONTENT);
  const commitment = sealedCommitment(GENESIS, PATIENT, 3, 'Permit', opening);
  assert.ok(opensSealed(GENESIS, PATIENT, 3, { ...HELD, commitment }, opening));
  assert.ok(!opensSealed(PATIENT, PATIENT, 3, { ...HELD, commitment }, opening));
  assert.ok(!opensSealed(GENESIS, GENESIS, 3, { ...HELD, commitment }, opening));
  assert.ok(!opensSealed(GENESIS, PATIENT, 4, { ...HELD, commitment }, opening));
  assert.ok(!opensSealed(GENESIS, PATIENT, 3, { ...HELD, effect: 'Deny', commitment }, opening));
  assert.ok(!opensSealed(GENESIS, PATIENT, 3, { ...HELD, commitment }, newOpening(CONTENT)), 'another salt');
  const { salt } = opening;
  for (const content of [
    { ...CONTENT, grantee: { organisation: 8 } }, { ...CONTENT, labels: [] }, { ...CONTENT, actions: ['Read' as const, 'Export' as const] },
    { ...CONTENT, data: { from: 1, until: 2 } }, { ...CONTENT, eraseAfter: 5 },
  ]) assert.ok(!opensSealed(GENESIS, PATIENT, 3, { ...HELD, commitment }, { salt, content }), JSON.stringify(content));
});

test('what no directive could say is refused by its name before anything is sealed', () => {
  const refused = (effect: Effect, change: Partial<sealed.SealedContent>, argument: string): void => {
    assert.throws(
      () => sealedCommitment(GENESIS, PATIENT, 0, effect, newOpening({ ...CONTENT, ...change })),
      (error: unknown) => error instanceof InvalidArgument && error.argument === argument,
      JSON.stringify(change),
    );
  };
  refused('Permit', { actions: ['Redisclose'] }, 'actions');
  refused('Permit', { purposes: ['Btg'] }, 'purposes');
  refused('Permit', { classes: [] }, 'classes');
  refused('Permit', { data: { from: 2, until: 2 } }, 'data');
  refused('Permit', { grantee: { organisation: -1 } }, 'grantee.organisation');
  refused('Deny', { eraseAfter: 5 }, 'eraseAfter');
  assert.throws(() => sealedCommitment(GENESIS, PATIENT, -1, 'Permit', newOpening(CONTENT)), InvalidArgument);
});

test('bytes that are no opening, or one that this SDK cannot read, are refused with the reason', () => {
  const bytes = openingBytes({ salt: new Uint8Array(32), content: CONTENT });
  const changed = (at: number, value: number): Uint8Array => {
    const copy = bytes.slice();
    copy[at] = value;
    return copy;
  };
  const refused = (opening: Uint8Array, why: RegExp): void => {
    assert.throws(() => openingFrom(opening), (error: unknown) => error instanceof IntegrityBroken && why.test(error.message));
  };
  refused(bytes.subarray(0, bytes.length - 1), /too early/);
  refused(new Uint8Array([...bytes, 0]), /behind its end/);
  refused(changed(32, 5), /grantee/);
  refused(changed(37, 0x10), /actions that this SDK does not know/);
  refused(changed(47, 1), /labels that this SDK does not know/);
  refused(changed(55, 1), /data\.from\) after the year 9999/);
  refused(changed(63, 0xfe), /data\.until\) after the year 9999/);
  refused(changed(37, 0), /what no directive could say/);
  // An option is 0 or 1, and nothing else.
  refused(new Uint8Array([...changed(bytes.length - 1, 2), 1, 0, 0, 0, 0, 0, 0, 0]), /what no directive could say/);
});

test('a request for a sealed Permit is for its patient, its time and its signer alone', async () => {
  await cryptoWaitReady();
  const keyring = new Keyring({ type: 'sr25519' });
  const [doctor, other] = [keyring.addFromUri('//Doctor'), keyring.addFromUri('//Other')];
  const wallet = { patient: PATIENT, now: 1_000 };
  const asked = { patient: PATIENT, organisation: 7, content: CONTENT, until: 5_000, expiry: 2_000 } as const;
  const signed = await signSealedRequest(GENESIS, doctor, asked);
  checkSealedRequest(GENESIS, signed, wallet);
  // As a wallet gets it.
  const received = JSON.parse(JSON.stringify(signed)) as sealed.SignedSealedRequest;
  checkSealedRequest(GENESIS, received, wallet);
  const refused = (change: Partial<sealed.SealedRequest>, why: RegExp, of = wallet): void => {
    const other = { ...received, request: { ...received.request, ...change } };
    assert.throws(() => checkSealedRequest(GENESIS, other, of), (error: unknown) => error instanceof IntegrityBroken && why.test(error.message), String(why));
  };
  refused({}, /another patient/, { ...wallet, patient: GENESIS });
  refused({}, /has expired/, { ...wallet, now: 2_000 });
  refused({ expiry: 1_001 + sealed.MAX_SEALED_REQUEST_LIFE }, /too long/);
  refused({ until: 1_000 }, /over/);
  refused({ until: 5_001 }, /not signed/);
  refused({ requester: other.address }, /not signed/);
  refused({ id: `0x${'00'.repeat(32)}` }, /not signed/);
  refused({ id: received.request.id.toUpperCase() as Hex }, /malformed/);
  refused({ content: { ...CONTENT, labels: [] } }, /not signed/);
  refused({ content: { ...CONTENT, grantee: { organisation: 8 } } }, /malformed: content\.grantee/);
  refused({ content: { ...CONTENT, actions: ['Redisclose'] } }, /malformed: actions/);
  refused({ content: undefined as unknown as sealed.SealedContent }, /malformed/);
  const erasing = (eraseAfter: number) => signSealedRequest(GENESIS, doctor, { ...asked, content: { ...CONTENT, eraseAfter } });
  checkSealedRequest(GENESIS, await erasing(1_001), wallet);
  for (const over of [await erasing(1_000), await erasing(1)]) {
    assert.throws(() => checkSealedRequest(GENESIS, over, wallet), /erasure at a time that is over/);
  }
  assert.throws(() => checkSealedRequest(PATIENT, received, wallet), /not signed/);
  for (const nonsense of [undefined, null, {}, { request: null, signature: '0x00' }, { ...received, signature: 'zz' }]) {
    assert.throws(() => checkSealedRequest(GENESIS, nonsense as unknown as sealed.SignedSealedRequest, wallet), IntegrityBroken);
  }
  for (const grantee of ['Any', { practitioner: doctor.address }, { organisation: 8 }, { practitioner: doctor.address, at: 8 }] as Grantee[]) {
    await assert.rejects(signSealedRequest(GENESIS, doctor, { ...asked, content: { ...CONTENT, grantee } }), InvalidArgument);
  }
  await signSealedRequest(GENESIS, doctor, { ...asked, content: { ...CONTENT, grantee: { practitioner: doctor.address, at: 7 } } });
});

/** A state with one organisation, 7, of one administrator and one member. */
function registry(status: string, admin: string, member: string, kind: OrgKind = 'Provider'): Snapshot {
  const text = (value: string) => ({ toString: () => value, toHex: () => value, type: value });
  const some = <T>(value: T) => ({ isSome: true, unwrap: () => value });
  const found = { admin: text(admin), profile: text('0x'), agreementKey: { isSome: false }, flagged: { isTrue: true }, licences: [{ kind: text(kind), status: text(status) }] };
  const registryApi = {
    organisation: async (org: number) => (org === 7 ? some(found) : { isSome: false }),
    roles: async (_: number, who: string) => ({ isErr: false, asOk: text(who === member ? '1' : '0') }),
  };
  return { api: { call: { registryApi } }, moment: 1_000, number: 9 } as unknown as Snapshot;
}

test('only who acts for an organisation with a live licence may ask', async () => {
  const [admin, member, stranger] = ['01', '02', '03'].map((byte) => encodeAddress(`0x${byte.repeat(32)}`)) as [string, string, string];
  const may = (status: string, requester: string, organisation = 7): Promise<boolean> => mayAsk(registry(status, admin, member), {
    id: GENESIS, patient: PATIENT, organisation, requester, content: CONTENT, until: 5_000, expiry: 2_000,
  });
  assert.deepEqual(await Promise.all([admin, member, stranger].map((who) => may('Live', who))), [true, true, false]);
  assert.equal(await may('Suspended', admin), false);
  assert.equal(await may('Live', admin, 8), false);
});

test('an organisation asks for a purpose only if it has a live licence of a kind that acts for it', async () => {
  const [admin, member] = ['01', '02'].map((byte) => encodeAddress(`0x${byte.repeat(32)}`)) as [string, string];
  const may = (kind: OrgKind, ...purposes: Purpose[]): Promise<boolean> => mayAsk(registry('Live', admin, member, kind), {
    id: GENESIS, patient: PATIENT, organisation: 7, requester: member, content: { ...CONTENT, purposes }, until: 5_000, expiry: 2_000,
  });
  assert.equal(await may('Provider', 'Treat', 'Hpaymt'), true);
  assert.equal(await may('Payer', 'Hpaymt'), true);
  assert.equal(await may('Payer', 'Treat'), false);
  assert.equal(await may('Payer', 'Hpaymt', 'Treat'), false, 'each purpose needs one');
  assert.equal(await may('Research', 'Hresch'), true);
  assert.equal(await may('Ethics', 'Hresch'), false);
  assert.equal(await may('Ethics', 'Patrqt'), true);
});

test('what is sealed is made for the next number, and ends on the grid that all share', async () => {
  const call = (...args: unknown[]) => args;
  const api = {
    genesisHash: { toHex: () => GENESIS },
    call: { sealedApi: { nextSealed: async () => ({ toString: () => '4' }) } },
    tx: { sealed: { permitSealed: call, denySealed: call } },
  } as unknown as ApiPromise;
  const opening = newOpening(CONTENT);
  const commitment = (effect: Effect): Hex => sealedCommitment(GENESIS, PATIENT, 4, effect, opening);
  const permitted = await sealed.sealing(api, PATIENT, 'Permit', opening, 700 * sealed.GRID + 12_345);
  assert.deepEqual(permitted, { sealed: 4, until: 700 * sealed.GRID, call: [4, commitment('Permit'), 700 * sealed.GRID] });
  const denied = await sealed.sealing(api, PATIENT, 'Deny', opening);
  assert.deepEqual(denied, { sealed: 4, until: undefined, call: [4, commitment('Deny'), '18446744073709551615'] });
  const end = 701 * sealed.GRID;
  const ended = await sealed.sealing(api, PATIENT, 'Deny', opening, end - 1);
  assert.deepEqual(ended, { sealed: 4, until: end, call: [4, commitment('Deny'), end] });
  await assert.rejects(sealed.sealing(api, PATIENT, 'Permit', opening), InvalidArgument);
  assert.throws(() => sealed.permitSealed(api, 4, commitment('Permit'), 700 * sealed.GRID + 1), InvalidArgument);
  assert.throws(() => sealed.denySealed(api, 4, commitment('Deny'), 12_345), InvalidArgument);
});

test('a Permit ends no later than was wished, and a Deny no earlier', () => {
  const { endOnGrid, GRID } = sealed;
  for (const [wished, permit, deny] of [
    [700 * GRID - 1, 699, 700], [700 * GRID, 700, 700], [700 * GRID + 1, 700, 701], [1, 0, 1], [0, 0, 0],
  ] as const) assert.deepEqual([endOnGrid(wished, 'Permit'), endOnGrid(wished, 'Deny')], [permit * GRID, deny * GRID], `${wished}`);
  const last = Math.floor(LAST_MOMENT / GRID) * GRID;
  assert.deepEqual([endOnGrid(last, 'Deny'), endOnGrid(last + 1, 'Deny'), endOnGrid(LAST_MOMENT, 'Deny')], [last, undefined, undefined]);
  assert.equal(endOnGrid(LAST_MOMENT, 'Permit'), last);
  for (const [wished, effect, argument] of [[LAST_MOMENT + 1, 'Deny', 'until'], [1.5, 'Permit', 'until'], [1, 'Maybe', 'effect']] as const) {
    assert.throws(() => endOnGrid(wished, effect as Effect), (error: unknown) => error instanceof InvalidArgument && error.argument === argument);
  }
});

test('a node is asked with the bytes of each opening and its number, and at most 64', async () => {
  const asked: unknown[] = [];
  const at = {
    number: 9, moment: 1_000,
    api: { call: { consentApi: { decideWith: async (_: unknown, openings: unknown) => {
      asked.push(openings);
      return { isErr: false, asOk: { type: 'Permit', inner: { type: 'SealedDirective', value: 3 } } };
    } } } },
  } as unknown as Snapshot;
  const question = { subject: PATIENT, actor: { organisation: 7 }, purpose: 'Treat', action: 'Read', dataClass: 'Laboratory', labels: ['Hiv'] } as const;
  const opening = newOpening(CONTENT);
  const decision = await decideWithAt(at, { ...question, labels: ['Hiv'] }, new Map([[3, opening]]));
  assert.deepEqual(decision, { block: 9, moment: 1_000, verdict: 'Permit', why: { kind: 'SealedDirective', sealed: 3 } });
  assert.deepEqual(asked, [[[3, openingBytes(opening)]]]);
  const many = new Map(Array.from({ length: sealed.MAX_OPENINGS + 1 }, (_, id) => [id, opening]));
  await assert.rejects(decideWithAt(at, { ...question, labels: ['Hiv'] }, many), InvalidArgument);
});
