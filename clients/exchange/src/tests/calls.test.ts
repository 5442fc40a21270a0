/** Every call of the health pallets has a function, which sends the call of its name, or a reason stands here why not. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import * as accessLog from '../access-log/index.js';
import * as acknowledgement from '@salus/client/acknowledgement';
import * as anchors from '@salus/client/anchors';
import * as claims from '@salus/client/claims';
import * as care from '@salus/client/care';
import * as consent from '@salus/client/consent';
import * as emergency from '@salus/client/emergency';
import * as identity from '@salus/client/identity';
import * as registry from '@salus/client/registry';
import * as sealed from '@salus/client/sealed';
import * as signing from '@salus/client';
import type { Call } from '@salus/client';
import { InvalidArgument, SigningFailed, type Access, type Scope } from '@salus/types';
import type { ClaimLine, PlanDescription } from '@salus/types/claims';
import { signRequest } from '../request.js';

const PALLETS = ['registry', 'patientIdentity', 'consent', 'care', 'emergency', 'accessLog', 'acknowledgement', 'sealed', 'recordAnchor', 'claims'] as const;
type Pallet = (typeof PALLETS)[number];

/** Calls without a function in the module of their pallet, and why. */
const WITHOUT: Record<string, string> = {
  'registry.appointRegistrar': 'governance makes it: governance.appointRegistrar',
  'registry.dismissRegistrar': 'governance makes it: governance.dismissRegistrar',
  'care.setPolicy': 'governance makes it: governance.setCarePolicy',
};

/** The calls in the types that are generated from the metadata; a test against a running node keeps these up to date. */
function callsOf(pallet: Pallet): string[] {
  const types = readFileSync(new URL('../../../types/src/interfaces/augment-api-tx.ts', import.meta.url), 'utf8');
  const [, body = ''] = new RegExp(`^    ${pallet}: \\{\\n(.*?)^    \\};`, 'ms').exec(types) ?? [];
  return [...body.matchAll(/^      (\w+): AugmentedSubmittable/gm)].map(([, name]) => name as string);
}

interface Made {
  call: string;
  args: unknown[];
}

/** An api that answers each call with its name and its arguments. */
const constant = { toNumber: () => 4 };
const api = {
  consts: { recordAnchor: { maxRecords: constant, maxEvicted: constant } },
  tx: new Proxy({}, { get: (_, pallet) => new Proxy({}, { get: (__, name) => (...args: unknown[]): Made => ({ call: `${String(pallet)}.${String(name)}`, args }) }) }),
} as unknown as ApiPromise;

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const HANDLE = `0x${'1b'.repeat(32)}` as const;
const BYTES = new Uint8Array(32).fill(0x1b);
const SIGNATURE = { Sr25519: `0x${'03'.repeat(64)}` } as const;
const UNTIL = 1_800_000_000;
const SCOPE: Scope = { actions: ['Read'], purposes: ['Treat'], classes: ['Laboratory'] };
const ACCESS: Access = { ...SCOPE, until: UNTIL };
const WORD: care.SignedWord = { key: ALICE, until: UNTIL, id: 0, block: 7, expiry: UNTIL, signature: SIGNATURE };
const DECLARATION: emergency.Declaration = { organisation: 4, patient: HANDLE, reason: 'Transfer', classes: ['Laboratory'], detail: HANDLE };
const REF = { org: 4, seq: 7 };
const PLAN: PlanDescription = { asset: 1, autoLimit: 100_000n, benefits: { Specialist: { copay: 2_000n } } };
const LINES: ClaimLine[] = [{ category: 'Specialist', quantity: 1, charge: 18_000n, detail: HANDLE }];

/** One use of each function. */
const MADE: Record<Pallet, Record<string, () => Call>> = {
  registry: {
    apply: () => registry.apply(api, ['Provider'], HANDLE), withdraw: () => registry.withdraw(api, 4), admit: () => registry.admit(api, 4, 'Provider', UNTIL),
    decline: () => registry.decline(api, 4, 'Provider'), renew: () => registry.renew(api, 4, 'Provider', UNTIL), suspend: () => registry.suspend(api, 4, 'Provider'),
    reinstate: () => registry.reinstate(api, 4, 'Provider', UNTIL), revoke: () => registry.revoke(api, 4, 'Provider'), setFlag: () => registry.setFlag(api, 4, true),
    rotateAdmin: () => registry.rotateAdmin(api, 4, ALICE), acceptAdmin: () => registry.acceptAdmin(api, 4), setAgreementKey: () => registry.setAgreementKey(api, 4, BYTES),
    setClientKeys: () => registry.setClientKeys(api, 4, BYTES),
    invite: () => registry.invite(api, 4, ALICE, 'Nurse', UNTIL), cancelInvitation: () => registry.cancelInvitation(api, 4, ALICE, 'Nurse'),
    assumeDeposit: () => registry.assumeDeposit(api, 4, ALICE), acceptAffiliation: () => registry.acceptAffiliation(api, 4, 'Nurse'),
    declineAffiliation: () => registry.declineAffiliation(api, 4, 'Nurse'), endAffiliation: () => registry.endAffiliation(api, 4, ALICE, 'Nurse'),
  },
  patientIdentity: {
    register: () => identity.register(api, HANDLE), registerFor: () => identity.registerFor(api, 4, ALICE, HANDLE, UNTIL, SIGNATURE),
    addKey: () => identity.addKey(api, ALICE, ['View'], UNTIL, SIGNATURE), cancelPendingKey: () => identity.cancelPendingKey(api, ALICE),
    removeKey: () => identity.removeKey(api, ALICE), cancelKeyRemoval: () => identity.cancelKeyRemoval(api, ALICE), removeOwnKey: () => identity.removeOwnKey(api),
    rotateAgreementKey: () => identity.rotateAgreementKey(api, HANDLE), cancelRotation: () => identity.cancelRotation(api), freeze: () => identity.freeze(api),
    unfreeze: () => identity.unfreeze(api), cancelUnfreeze: () => identity.cancelUnfreeze(api), retire: () => identity.retire(api),
    cancelRetirement: () => identity.cancelRetirement(api), completeRetirement: () => identity.completeRetirement(api, HANDLE),
  },
  consent: {
    permit: () => consent.permit(api, 'Any', ACCESS), deny: () => consent.deny(api, 'Any', SCOPE, UNTIL), revoke: () => consent.revoke(api, 3),
    lift: () => consent.lift(api, 3), vetoPurpose: () => consent.vetoPurpose(api, 'Treat'), liftVeto: () => consent.liftVeto(api, 'Treat'),
    applyLift: () => consent.applyLift(api, HANDLE, { veto: 'Treat' }), cancelLift: () => consent.cancelLift(api, { directive: 3 }),
    requestAccess: () => consent.requestAccess(api, 4, HANDLE, 'Requester', ACCESS, HANDLE), approve: () => consent.approve(api, 3, ACCESS),
    decline: () => consent.decline(api, 3), expireRequest: () => consent.expireRequest(api, HANDLE, 3),
    setBaseDecision: () => consent.setBaseDecision(api, 'Deny'), relaxBaseDecision: () => consent.relaxBaseDecision(api, 'Permit'),
    blockRequester: () => consent.blockRequester(api, 4), unblockRequester: () => consent.unblockRequester(api, 4),
  },
  care: {
    invite: () => care.invite(api, 4, UNTIL), withdrawInvitation: () => care.withdrawInvitation(api, 3),
    open: () => care.open(api, 4, HANDLE, 'Admission', UNTIL), openFor: () => care.openFor(api, 4, 'Ambulatory', WORD),
    refer: () => care.refer(api, 4, 5, WORD), end: () => care.end(api, 7), leave: () => care.leave(api, 7), endFor: () => care.endFor(api, 4, 7),
    optOut: () => care.optOut(api), optOutOf: () => care.optOutOf(api, 4), optIn: () => care.optIn(api, 'Everybody'),
    applyOptIn: () => care.applyOptIn(api, HANDLE, { organisation: 4 }), cancelOptIn: () => care.cancelOptIn(api, 'Everybody'),
  },
  emergency: {
    breakGlass: () => emergency.breakGlass(api, DECLARATION), breakGlassLate: () => emergency.breakGlassLate(api, DECLARATION, UNTIL),
    review: () => emergency.review(api, 4, 2, 'Justified'), dispute: () => emergency.dispute(api, 2), rule: () => emergency.rule(api, 4, 2, 'Unjustified'),
    setAdvanceDirective: () => emergency.setAdvanceDirective(api, 'NoEmergency'), relaxAdvanceDirective: () => emergency.relaxAdvanceDirective(api, 'Unrestricted'),
    applyRelaxation: () => emergency.applyRelaxation(api, HANDLE), cancelRelaxation: () => emergency.cancelRelaxation(api),
  },
  accessLog: {
    commit: () => accessLog.commit(api, { organisation: 4, seqFrom: 0n, seqUntil: 2n, root: HANDLE, previous: HANDLE }),
    beginAnew: () => accessLog.beginAnew(api, 4, HANDLE),
    attestReconciled: () => accessLog.attestReconciled(api, 4, 5, 20_500, { matched: 2, onlyOurs: 0, onlyTheirs: 1 }),
  },
  acknowledgement: {
    acknowledge: () => acknowledgement.acknowledge(api, 4, HANDLE, 3), markOverdue: () => acknowledgement.markOverdue(api, HANDLE, 3),
  },
  sealed: {
    permitSealed: () => sealed.permitSealed(api, 3, HANDLE, 700 * sealed.GRID), denySealed: () => sealed.denySealed(api, 3, HANDLE),
    revoke: () => sealed.revoke(api, 3), lift: () => sealed.lift(api, 3), applyLift: () => sealed.applyLift(api, HANDLE, 3),
    cancelLift: () => sealed.cancelLift(api, 3),
  },
  recordAnchor: {
    anchor: () => anchors.anchor(api, 4, BYTES), anchorMany: () => anchors.anchorMany(api, 4, [{ commitment: BYTES }]),
    anchorBatch: () => anchors.anchorBatch(api, 4, { root: BYTES, leaves: 2 }), retract: () => anchors.retract(api, REF, 'Duplicate'),
    acknowledge: () => anchors.acknowledge(api, REF), dispute: () => anchors.dispute(api, REF, BYTES), extendDispute: () => anchors.extendDispute(api, REF),
    answerDispute: () => anchors.answer(api, REF, 'Upheld', BYTES), extendRetention: () => anchors.extendRetention(api, REF, UNTIL),
    hold: () => anchors.hold(api, REF, UNTIL), release: () => anchors.release(api, REF), requestErasure: () => anchors.requestErasure(api, REF),
    withdrawErasure: () => anchors.withdrawErasure(api, REF), refuseErasure: () => anchors.refuseErasure(api, REF, 'LegalClaims'),
    shred: () => anchors.shred(api, REF), evict: () => anchors.evict(api, 4, [7, 8]), sweep: () => anchors.sweep(api, REF, 16),
  },
  claims: {
    createPlan: () => claims.createPlan(api, 8, PLAN), revisePlan: () => claims.revisePlan(api, 8, 2, PLAN),
    enrol: () => claims.enrol(api, 8, 2, ALICE, { from: UNTIL, until: UNTIL + 1 }), acceptCoverage: () => claims.acceptCoverage(api, 5),
    terminateCoverage: () => claims.terminateCoverage(api, 5, UNTIL), rekeyCoverage: () => claims.rekeyCoverage(api, 8, 5, ALICE),
    acceptRekey: () => claims.acceptRekey(api, 5), cancelRekey: () => claims.cancelRekey(api, 5), openEncounter: () => claims.openEncounter(api, 3),
    openEmergency: () => claims.openEmergency(api, 3, 5), attest: () => claims.attest(api, 7, 5),
    attestFor: () => claims.attestFor(api, 3, 7, 5, UNTIL, SIGNATURE), closeEncounter: () => claims.closeEncounter(api, 3, 7, LINES),
    amendEncounter: () => claims.amendEncounter(api, 3, 7, LINES), submit: () => claims.submit(api, 3, 7, LINES), correct: () => claims.correct(api, 3, 11, LINES),
    void: () => claims.voidClaim(api, 3, 11), requestInformation: () => claims.requestInformation(api, 8, 11), answer: () => claims.answer(api, 3, 11),
    decide: () => claims.decide(api, 8, 11, 'AsAdjudicated'), poke: () => claims.poke(api, 11), settleWaiting: () => claims.settleWaiting(api, 8, 1, 16),
    fund: () => claims.fund(api, 8, 1, 20n), withdraw: () => claims.withdraw(api, 8, 1, 20n),
  },
};

test('every call of every health pallet has a function, or a reason why not', () => {
  const known = PALLETS.flatMap((pallet) => {
    const names = callsOf(pallet);
    assert.ok(names.length >= 2, `the calls of ${pallet} are not found`);
    return names.map((name) => `${pallet}.${name}`);
  });
  const made = PALLETS.flatMap((pallet) => Object.keys(MADE[pallet]).map((name) => `${pallet}.${name}`));
  assert.deepEqual([...made, ...Object.keys(WITHOUT)].sort(), known.sort());
  for (const pallet of PALLETS) {
    for (const [name, make] of Object.entries(MADE[pallet])) assert.equal((make() as unknown as Made).call, `${pallet}.${name}`);
  }
});

const argsOf = (call: Call): unknown[] => (call as unknown as Made).args;

test('passing data on takes a depth, and nothing else does', () => {
  const depthOf = (access: Access): unknown => (argsOf(consent.permit(api, 'Any', access))[1] as { rediscloseDepth: number }).rediscloseDepth;
  assert.equal(depthOf(ACCESS), 0);
  for (const depth of [1, 2]) assert.equal(depthOf({ ...ACCESS, actions: ['Read', 'Redisclose'], rediscloseDepth: depth }), depth);
  for (const access of [
    { ...ACCESS, actions: ['Redisclose'] }, { ...ACCESS, rediscloseDepth: 1 }, { ...ACCESS, actions: ['Redisclose'], rediscloseDepth: 3 },
    { ...ACCESS, actions: ['Redisclose'], rediscloseDepth: 0.5 }, { ...ACCESS, actions: ['Redisclose'], rediscloseDepth: -1 },
  ] as Access[]) {
    for (const make of [() => consent.permit(api, 'Any', access), () => consent.approve(api, 1, access), () => consent.requestAccess(api, 4, HANDLE, 'Requester', access, HANDLE)]) {
      assert.throws(make, (error) => error instanceof InvalidArgument && error.argument === 'rediscloseDepth');
    }
  }
});

test('a label is said in no plain directive, which would let or forbid something else without it', () => {
  for (const labels of [['Hiv'], 'Hiv', null, 1]) {
    const labelled = { ...ACCESS, labels } as Access;
    for (const make of [
      () => consent.permit(api, 'Any', labelled), () => consent.deny(api, 'Any', { ...SCOPE, labels } as Scope, UNTIL),
      () => consent.approve(api, 1, labelled), () => consent.requestAccess(api, 4, HANDLE, 'Requester', labelled, HANDLE),
    ]) assert.throws(make, (error) => error instanceof InvalidArgument && error.argument === 'labels');
  }
  assert.deepEqual(argsOf(consent.permit(api, 'Any', { ...ACCESS, labels: [] } as Access)), argsOf(consent.permit(api, 'Any', ACCESS)));
});

test('the same argument is one, however it is written', () => {
  assert.deepEqual(argsOf(registry.setAgreementKey(api, 4, BYTES)), argsOf(registry.setAgreementKey(api, 4, HANDLE.toUpperCase().replace('0X', '0x'))));
  assert.deepEqual(argsOf(consent.permit(api, { organisation: 4, role: 'Nurse' }, ACCESS))[0], { RoleAt: [4, 'Nurse'] });
  assert.deepEqual(argsOf(consent.applyLift(api, HANDLE, { requester: 4 })), [HANDLE, { Requester: 4 }]);
  assert.deepEqual(argsOf(anchors.retract(api, REF, 'Replaced', 3)), [4, 7, 3, 'Replaced']);
  assert.deepEqual(argsOf(identity.addKey(api, ALICE, ['Consent', 'View'], UNTIL, SIGNATURE)).slice(1, 3), [6, UNTIL]);
});

/** What no call can mean, by the name of the argument that is said to be wrong. */
const WRONG: [string, (value: never) => unknown, unknown[]][] = [
  ['organisation', (value) => registry.admit(api, value, 'Provider', UNTIL), [-1, 0.5, 2 ** 32 - 1, '4', undefined, null, 4n, Number.NaN]],
  ['organisation', (value) => consent.requestAccess(api, value, HANDLE, 'Requester', ACCESS, HANDLE), [-1, 2 ** 32]],
  ['organisation', (value) => consent.permit(api, { organisation: value }, ACCESS), [-1, '4']],
  ['organisation', (value) => anchors.anchor(api, value, BYTES), [-1]],
  ['organisation', (value) => claims.openEncounter(api, value), [-1, '3', 2 ** 32 - 1]],
  ['organisation', (value) => claims.submit(api, value, 7, LINES), [-1]],
  ['organisation', (value) => care.invite(api, value, UNTIL), [-1, '4']],
  ['kind', (value) => care.open(api, 4, HANDLE, value, UNTIL), ['Visit', 0]],
  ['id', (value) => care.openFor(api, 4, 'Admission', { ...WORD, id: value }), [-1, 2 ** 32]],
  ['block', (value) => care.openFor(api, 4, 'Admission', { ...WORD, block: value }), [-1, 2 ** 32]],
  ['relationship', (value) => care.leave(api, value), [-1, 0.5, 2 ** 53]],
  ['reason', (value) => emergency.breakGlass(api, { ...DECLARATION, reason: value }), ['Curiosity', 1]],
  ['classes', (value) => emergency.breakGlass(api, { ...DECLARATION, classes: value }), [[], ['Gossip']]],
  ['finding', (value) => emergency.review(api, 4, 2, value), ['Fine']],
  ['payer', (value) => claims.settleWaiting(api, value, 1, 16), [-1]],
  ['coverage', (value) => claims.acceptCoverage(api, value), [-1, 1.5, 2 ** 53]],
  ['encounter', (value) => claims.attest(api, value, 5), [-1]],
  ['claim', (value) => claims.poke(api, value), ['11', undefined]],
  ['plan', (value) => claims.enrol(api, 8, value, ALICE, { from: UNTIL, until: UNTIL + 1 }), [-1]],
  ['member', (value) => claims.enrol(api, 8, 2, value, { from: UNTIL, until: UNTIL + 1 }), ['Bob']],
  ['period.until', (value) => claims.enrol(api, 8, 2, ALICE, { from: UNTIL, until: value }), [UNTIL * 1000]],
  ['key', (value) => claims.rekeyCoverage(api, 8, 5, value), ['Bob']],
  ['expiry', (value) => claims.attestFor(api, 3, 7, 5, value, SIGNATURE), [UNTIL * 1000]],
  ['asset', (value) => claims.fund(api, 8, value, 20n), [-1]],
  ['key', (value) => signing.registerForMessage(HANDLE, 4, value, HANDLE, UNTIL), ['Bob']],
  ['organisation', (value) => signing.registerForMessage(HANDLE, value, ALICE, HANDLE, UNTIL), [-1]],
  ['expiry', (value) => signing.attestMessage(HANDLE, 4, 7, 5, value), [UNTIL * 1000]],
  ['genesisHash', (value) => signing.handleOf(value, ALICE), ['0x']],
  ['purposeMask', (value) => signing.addKeyMessage(HANDLE, HANDLE, ALICE, value, UNTIL), [256, -1]],
  ['seen.number', (value) => signing.openForMessage(HANDLE, 4, HANDLE, 'Admission', UNTIL, 0, { number: value, hash: HANDLE }, UNTIL), [-1, 2 ** 32, '7', undefined]],
  ['seen.hash', (value) => signing.referMessage(HANDLE, 4, HANDLE, 5, UNTIL, 0, { number: 7, hash: value }, UNTIL), ['0x', HANDLE.slice(2), undefined]],
  ['organisation', (value) => anchors.shred(api, { org: value, seq: 1 }), [-1]],
  ['seq', (value) => anchors.shred(api, { org: 4, seq: value }), [-1, 2 ** 53, 1.5, '7']],
  ['directive', (value) => consent.revoke(api, value), [-1, 2 ** 32, '3']],
  ['request', (value) => consent.decline(api, value), [-1, undefined]],
  ['patient', (value) => consent.expireRequest(api, value, 3), ['0x1b', HANDLE.slice(2), `${HANDLE}00`, BYTES.subarray(1), undefined, ALICE]],
  ['terms', (value) => consent.requestAccess(api, 4, HANDLE, 'Requester', ACCESS, value), ['0x']],
  ['until', (value) => registry.admit(api, 4, 'Provider', value), [-1, 1.5, UNTIL * 1000, '2027-01-01', undefined]],
  ['until', (value) => consent.permit(api, 'Any', { ...ACCESS, until: value }), [UNTIL * 1000]],
  ['eraseAfter', (value) => consent.permit(api, 'Any', { ...ACCESS, eraseAfter: value }), [-1, UNTIL * 1000]],
  ['data', (value) => consent.permit(api, 'Any', { ...ACCESS, data: value }), [{ from: 2, until: 1 }, { from: 2, until: 2 }]],
  ['actions', (value) => consent.permit(api, 'Any', { ...ACCESS, actions: value }), [[], ['Eat'], 'Read', undefined]],
  ['purposes', (value) => consent.permit(api, 'Any', { ...ACCESS, purposes: value }), [[], ['Btg'], ['Treat', 'Whim']]],
  ['classes', (value) => consent.deny(api, 'Any', { ...SCOPE, classes: value }, UNTIL), [[], ['Horoscope']]],
  ['purpose', (value) => consent.vetoPurpose(api, value), ['Btg', 0, undefined]],
  ['practitioner', (value) => consent.permit(api, { practitioner: value }, ACCESS), ['Alice', '0x00', '', undefined, '5'.repeat(1_000_000)]],
  ['at', (value) => consent.permit(api, { practitioner: ALICE, at: value }, ACCESS), [-1, 1.5, '4', 2 ** 32, null]],
  ['role', (value) => consent.permit(api, { organisation: 4, role: value }, ACCESS), ['Chief', 1]],
  ['role', (value) => registry.invite(api, 4, ALICE, value, UNTIL), ['Chief']],
  ['account', (value) => registry.invite(api, 4, value, 'Nurse', UNTIL), ['Bob', `${ALICE}x`]],
  ['kind', (value) => registry.suspend(api, 4, value), ['Circus']],
  ['kinds', (value) => registry.apply(api, value, HANDLE), [[], ['Circus']]],
  ['agreementKey', (value) => identity.register(api, value), ['0x00']],
  ['purposes', (value) => identity.addKey(api, ALICE, value, UNTIL, SIGNATURE), [[], ['Sign']]],
  ['key', (value) => identity.removeKey(api, value), ['Bob']],
  ['commitment', (value) => anchors.anchor(api, 4, value), [BYTES.subarray(1), '0x', undefined]],
  ['retention', (value) => anchors.anchor(api, 4, BYTES, { retention: value }), ['Forever']],
  ['previous.relation', (value) => anchors.anchor(api, 4, BYTES, { previous: { seq: 1, relation: value } }), ['New']],
  ['records', (value) => anchors.anchorMany(api, 4, value), [[], Array(5).fill({ commitment: BYTES })]],
  ['seqs', (value) => anchors.evict(api, 4, value), [[], [1, 2, 3, 4, 5]]],
  ['seqs[1]', (value) => anchors.evict(api, 4, value), [[1, -1]]],
  ['reason', (value) => anchors.retract(api, REF, value), ['Whim']],
  ['outcome', (value) => anchors.answer(api, REF, value, BYTES), ['Maybe']],
];

test('what cannot be meant is refused by the name of the argument, before anything is encoded', () => {
  for (const [argument, make, values] of WRONG) {
    for (const value of values) {
      assert.throws(() => make(value as never), (error) => error instanceof InvalidArgument && error.argument === argument && error.message.length < 300, `${argument}: ${String(value).slice(0, 80)}`);
    }
  }
});

test('what cannot be meant is not signed either', async () => {
  const signer = { address: ALICE, sign: () => assert.fail('it was signed') } as never;
  const request = { custodian: 4, recordId: 'r', organisation: 5, purpose: 'Treat', action: 'Read', expiry: UNTIL } as const;
  for (const wrong of [{ custodian: -1 }, { organisation: 2 ** 32 - 1 }, { purpose: 'Whim' }, { action: 'Eat' }, { expiry: UNTIL * 1000 }]) {
    await assert.rejects(signRequest(HANDLE, signer, { ...request, ...wrong } as never), InvalidArgument, JSON.stringify(wrong));
  }
  await assert.rejects(signing.signMessage({ address: ALICE, type: 'ethereum', sign: () => BYTES } as never, BYTES), InvalidArgument);
  await assert.rejects(signing.signMessage({ address: ALICE, signer: {} }, BYTES), SigningFailed);
  await assert.rejects(signing.signMessage({ address: ALICE, signer: { signRaw: async () => { throw new Error('Cancelled'); } } }, BYTES), SigningFailed);
});

test('questions are checked as calls are', async () => {
  const asked = { subject: HANDLE, actor: { organisation: 4 }, purpose: 'Treat', action: 'Read', dataClass: 'Laboratory' } as const;
  const at = { hash: HANDLE, number: 1, moment: 1, api: {} } as never;
  for (const wrong of [
    { subject: ALICE }, { actor: { organisation: -1 } }, { actor: { own: 'me' } }, { actor: { organisation: 4, practitioner: 'me' } }, { purpose: 'Whim' },
    { action: 'Eat' }, { dataClass: 'Horoscope' }, { labels: ['Secret'] }, { dataTime: -1 }, { at: Date.now() },
  ]) {
    // The api has no question at all: it must not come so far.
    await assert.rejects(async () => consent.decideManyAt({ ...(at as object), api: { call: { consentApi: {} } } } as never, [asked, { ...asked, ...wrong }] as never), InvalidArgument);
    await assert.rejects(async () => consent.decideAt({ ...(at as object), api: { call: { consentApi: {} } } } as never, { ...asked, ...wrong } as never), InvalidArgument, JSON.stringify(wrong));
  }
  await assert.rejects(consent.decideManyAt(at, Array(consent.MAX_QUESTIONS + 1).fill(asked)), (error) => error instanceof InvalidArgument && error.argument === 'questions');
  await assert.rejects(identity.resolve({ query: { timestamp: { now: async () => 0 } }, call: { patientIdentityApi: {} } } as never, 'nobody'), InvalidArgument);
  await assert.rejects(identity.patientOf({ call: { patientIdentityApi: {} } } as never, 'nobody'), InvalidArgument);
  await assert.rejects(registry.organisation({ call: { registryApi: {} } } as never, -1), InvalidArgument);
  await assert.rejects(registry.rolesAt({ call: { registryApi: {} } } as never, 4, 'nobody', 1), InvalidArgument);
  await assert.rejects(registry.wasFlagged({ call: { registryApi: {} } } as never, -1, 1), InvalidArgument);
  await assert.rejects(registry.wasFlagged({ call: { registryApi: {} } } as never, 4, Date.now()), InvalidArgument);
  await assert.rejects(registry.refusedTimes({ call: { registryApi: {} } } as never, -1), InvalidArgument);
  await assert.rejects(registry.refusedTimes({ call: { registryApi: {} } } as never, 4, 'nobody'), InvalidArgument);
  await assert.rejects(anchors.verify({ call: { recordAnchorApi: {} } } as never, REF, new Uint8Array(31)), InvalidArgument);
});

test('the times at which a plain denial was refused are exact, of an organisation alone or of a person, too', async () => {
  const asked: unknown[] = [];
  const moment = (value: bigint) => ({ toBigInt: () => value });
  const api = { call: { registryApi: { refusedTimes: async (...of: unknown[]) => {
    asked.push(of);
    return [{ from: moment(5n), until: moment(2n ** 64n - 1n) }, { from: moment(3n), until: moment(4n) }];
  } } } } as never;
  assert.deepEqual(await registry.refusedTimes(api, 4), [{ from: 5n, until: consent.FOREVER }, { from: 3n, until: 4n }]);
  await registry.refusedTimes(api, 4, ALICE);
  assert.deepEqual(asked, [[4, null], [4, ALICE]]);
});
