/** The pallet's calls and questions. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiPromise, Call, Included } from '@salus/client';
import { ConnectionFailed, InvalidArgument, QueryFailed } from '@salus/types';
import * as research from '../index.js';
import { ALICE, BOB, fakeState, fakeTx, HASH, none, NOW, DAY, oneOfEach, palletCalls, requestInfo, scale, some, TERMS, version, dataset, permitInfo, type Made } from './scene.js';

const api = fakeTx();
const OFFER: research.Offer = { permission: 'HMB', modifiers: ['NPU'] };
const STATEMENT: research.Statement = { uses: ['BIOMEDICAL'], months: 12, forProfit: false };
const DATASET: research.DatasetOffer = {
  basis: { basis: 'OptOut' }, minCohort: 10, rule: { committee: 5, quorum: 3, deliberation: 3_600 }, terms: OFFER, root: HASH(2), size: 'Below10000',
};

/** One use of each function. */
const MADE: Record<string, (of: ApiPromise) => Call> = {
  openPopulation: (of) => research.openPopulation(of, 4, 5, 3, 1_000_000), proposeBudget: (of) => research.proposeBudget(of, 4, 500_000),
  voteBudget: (of) => research.voteBudget(of, 5, 4, 2, true), concludeBudget: (of) => research.concludeBudget(of, 5, 4, 2),
  offerDataset: (of) => research.offerDataset(of, 4, DATASET), publishVersion: (of) => research.publishVersion(of, 4, 7, { terms: OFFER, root: HASH(2), size: 'Million', epoch: 1 }),
  setShortcut: (of) => research.setShortcut(of, 5, 7, true), retireDataset: (of) => research.retireDataset(of, 4, 7),
  registerStudy: (of) => research.registerStudy(of, 6, 5, ['BIOMEDICAL'], HASH(3)), amendStudy: (of) => research.amendStudy(of, 6, 1, HASH(4)),
  approveEthics: (of) => research.approveEthics(of, 5, 1, HASH(3), NOW), suspendEthics: (of) => research.suspendEthics(of, 5, 1),
  withdrawEthics: (of) => research.withdrawEthics(of, 5, 1), request: (of) => research.request(of, 6, 1, 7, STATEMENT), cosign: (of) => research.cosign(of, 6, 12),
  vote: (of) => research.vote(of, 5, 12, false), conclude: (of) => research.conclude(of, 5, 12), acceptTerms: (of) => research.acceptTerms(of, 6, 12, 3),
  renew: (of) => research.renew(of, 6, 12), report: (of) => research.report(of, 6, 12, 1, HASH(5)),
  recordOutput: (of) => research.recordOutput(of, 6, 12, 'Publication', HASH(6)), closeOut: (of) => research.closeOut(of, 6, 12, HASH(7)),
  revoke: (of) => research.revoke(of, 4, 12, 'TermsBroken'), reserveQuery: (of) => research.reserveQuery(of, 4, 12, 3, HASH(8), 100_000),
  settleQuery: (of) => research.settleQuery(of, 4, 0, HASH(9)),
};

const made = (call: Call): Made => call as unknown as Made;
/** The arguments of a call by their names. */
const args = (call: Call): Record<string, unknown> => Object.fromEntries(made(call).names.map((name, at) => [name, made(call).args[at]]));

test('every call of the pallet has a function, and it fills every argument of the pallet', () => {
  const calls = palletCalls();
  assert.ok(calls.size >= 25, `${calls.size} calls are found`);
  const names = [...calls.keys()].map((name) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()));
  assert.deepEqual(Object.keys(MADE).sort(), names.sort());
  for (const [name, make] of Object.entries(MADE)) {
    const { call, names: wanted, args: given } = made(make(api));
    assert.equal(call, name);
    assert.equal(given.length, wanted.length);
    assert.ok(given.every((value) => value !== undefined), `${name}: ${wanted.filter((_, at) => given[at] === undefined).join(', ')}`);
  }
});

test('arguments stand where the pallet has them', () => {
  assert.deepEqual(args(MADE['revoke']?.(api) as Call), { actingFor: 4, permit: 12, reason: 'TermsBroken' });
  assert.deepEqual(args(MADE['reserveQuery']?.(api) as Call), { custodian: 4, permit: 12, version: 3, commitment: HASH(8), epsilon: 100_000 });
  const offered = args(research.offerDataset(api, 4, { ...DATASET, basis: { basis: 'LegalPermit', code: 9 }, terms: { permission: 'DS', disease: HASH(1), modifiers: ['PUB', 'IRB'], region: { country: 276 }, months: 24, moratorium: NOW } }));
  assert.deepEqual(offered['terms'], { permission: { Ds: HASH(1) }, modifiers: 0b1010_0000, region: { Country: 276 }, months: 24, moratorium: NOW });
  assert.deepEqual(offered['basis'], { LegalPermit: 9 });
  const asked = args(research.request(api, 6, 1, 7, { ...STATEMENT, publishes: true, region: { area: 150 } }, HASH(1)));
  assert.deepEqual([asked['disease'], asked['statement']], [HASH(1), {
    uses: 0b10, genotypes: 'Nothing', forProfit: 'No', commercial: 'Nothing', publishes: 'Yes', collaborates: 'Nothing', returns: 'Nothing', ethicsApproved: 'Nothing',
    region: { Area: 150 }, months: 12, publishesFrom: null,
  }]);
});

test('a call that has another argument than is known is not guessed at', () => {
  const without = new Map(palletCalls()).set('accept_terms', ['organisation', 'request']);
  assert.throws(() => research.acceptTerms(fakeTx(without), 6, 12, 3), (error) => error instanceof InvalidArgument && /has no argument version/.test(error.message));
  const more = new Map(palletCalls()).set('renew', ['organisation', 'permit', 'months']);
  assert.throws(() => research.renew(fakeTx(more), 6, 12), (error) => error instanceof InvalidArgument && /an argument months/.test(error.message));
  assert.throws(() => research.renew({ tx: {} } as unknown as ApiPromise, 6, 12), ConnectionFailed);
  // Both forms of those that were added.
  const before = new Map(palletCalls()).set('approve_ethics', ['ethics', 'study', 'until']);
  assert.deepEqual(made(MADE['approveEthics']?.(fakeTx(before)) as Call).args, [5, 1, NOW]);
  const after = new Map(palletCalls()).set('approve_ethics', ['ethics', 'study', 'protocol', 'until']);
  assert.deepEqual(made(MADE['approveEthics']?.(fakeTx(after)) as Call).args, [5, 1, HASH(3), NOW]);
  // A report that cannot be said is not left out.
  const noReport = new Map(palletCalls()).set('close_out', ['organisation', 'permit', 'destruction']);
  assert.throws(() => research.closeOut(fakeTx(noReport), 6, 12, HASH(7), HASH(8)), /has no argument report/);
});

/** What no call can mean, by the name of the argument that is said to be wrong. */
const WRONG: [string, (value: never) => unknown, unknown[]][] = [
  ['organisation', (value) => research.renew(api, value, 12), [-1, 0.5, 2 ** 32 - 1, '4', undefined, null, 4n, Number.NaN]],
  ['custodian', (value) => research.proposeBudget(api, value, 5), [-1, '4']],
  ['more', (value) => research.proposeBudget(api, 4, value), [0, -1, 0.5, '5']],
  ['permit', (value) => research.renew(api, 6, value), [-1, 2 ** 32, '12']],
  ['inFavour', (value) => research.vote(api, 5, 12, value), ['yes', 1, undefined, null]],
  ['reason', (value) => research.revoke(api, 4, 12, value), ['Because', 0]],
  ['kind', (value) => research.recordOutput(api, 6, 12, value, HASH(1)), ['publication']],
  ['year', (value) => research.report(api, 6, 12, value, HASH(1)), [0, -1]],
  ['until', (value) => research.approveEthics(api, 5, 1, HASH(3), value), [NOW * 1000, -1, '1']],
  ['protocol', (value) => research.amendStudy(api, 6, 1, value), ['0x12', new Uint8Array(31), 'text']],
  ['uses', (value) => research.registerStudy(api, 6, 5, value, HASH(3)), [[], ['CANCER'], 'GENERAL']],
  ['statement.uses', (value) => research.request(api, 6, 1, 7, { months: 3, uses: value }), [[], ['x']]],
  ['statement.months', (value) => research.request(api, 6, 1, 7, { uses: ['GENERAL'], months: value }), [0, 121, undefined]],
  ['statement.publishes', (value) => research.request(api, 6, 1, 7, { ...STATEMENT, publishes: value }), ['yes', null]],
  ['statement.region', (value) => research.request(api, 6, 1, 7, { ...STATEMENT, region: value }), [{}, { country: 1, area: 2 }]],
  ['terms.permission', (value) => research.offerDataset(api, 4, { ...DATASET, terms: { permission: value, modifiers: [] } }), ['hmb', 'Hmb']],
  ['terms.disease', (value) => research.offerDataset(api, 4, { ...DATASET, terms: { permission: value, modifiers: [] } }), ['DS']],
  ['terms.disease', (value) => research.offerDataset(api, 4, { ...DATASET, terms: { permission: value, disease: HASH(1), modifiers: [] } }), ['HMB']],
  ['terms.unknownModifiers', (value) => research.offerDataset(api, 4, { ...DATASET, terms: { ...OFFER, unknownModifiers: value } }), [[20]]],
  ['size', (value) => research.offerDataset(api, 4, { ...DATASET, size: value }), ['1000']],
];

test('what no call can mean is refused by its name', () => {
  for (const [name, make, values] of WRONG) {
    for (const value of values) {
      assert.throws(() => make(value as never), (error) => error instanceof InvalidArgument && error.argument === name, `${name}: ${String(value)}`);
    }
  }
});

test('what the chain says is read as it is', async () => {
  const state = oneOfEach();
  const found = await research.dataset(state, 7);
  assert.deepEqual(found, {
    id: 7, custodian: 4, basis: { basis: 'OptOut' }, minCohort: 10, rule: { committee: 5, quorum: 3, deliberation: 3_600 }, shortcut: false, offeredAt: NOW - 90 * DAY,
    retiredAt: undefined, version: {
      number: 3, terms: { permission: 'HMB', modifiers: ['NPU'] }, termsVersion: 1, root: HASH(2), size: 'Below10000', epoch: 2, nextEpochDue: NOW + 20 * DAY, at: NOW - 10 * DAY,
    },
  });
  assert.equal(await research.dataset(state, 8), undefined);
  const by = await research.study(state, 1);
  assert.deepEqual([by?.organisation, by?.investigator, by?.ethics, by?.uses, by?.approved, by?.approvals], [6, ALICE, 5, ['BIOMEDICAL'], true, [
    { by: BOB, protocol: 0, from: NOW - 70 * DAY, until: NOW + 300 * DAY, ended: undefined },
  ]]);
  const asked = await research.accessRequest(state, 12);
  assert.deepEqual(asked?.statement, { uses: ['BIOMEDICAL'], forProfit: false, publishes: true, months: 12 });
  assert.deepEqual([asked?.stage, asked?.outcome?.by, asked?.cosigned?.decision, asked?.tally], [
    { stage: 'Permitted' }, { inFavour: 3, against: 0 }, { table: 1, answer: { answer: 'Match' } }, { inFavour: 3, against: 0 },
  ]);
  const permit = await research.permit(state, 12);
  assert.deepEqual([permit?.from, permit?.until, permit?.accepted, permit?.standing], [NOW - 50 * DAY, NOW + 310 * DAY, [{ termsVersion: 1, at: NOW - 50 * DAY, version: 3 }], { standing: 'Active' }]);
  assert.deepEqual(await research.population(state, 4), {
    custodian: 4, committee: 5, quorum: 3, budget: { total: 1_000_000, reserved: 100_000, settled: 200_000 }, left: 700_000, queries: 3,
    motion: { number: 2, more: 5, by: BOB, at: NOW, votes: [] },
  });
  assert.deepEqual(await research.lapsed(state), [{ id: 3, lapses: ['Ethics', 'Report'] }]);
  assert.deepEqual(await research.stageAt(state, 12, NOW), { stage: 'Voting' });
  assert.equal((await research.versionAt(state, 7, NOW))?.number, 3);
  assert.equal(await research.reserved(state, 4, HASH(1)), undefined);
  assert.equal(await research.excludedBy(state, OFFER, STATEMENT), undefined, 'a chain that does not tell it');
});

test('every form of what the chain can say is read', async () => {
  const permit = await research.permit(oneOfEach({ permit: () => some('RPermitInfo', permitInfo({ standing: { Ended: 'Revoked' } }, {
    permit: { period: { from: 1, until: 2 }, renewal: { at: 2, until: 3 }, ended: { at: 2, how: 'Revoked' } }, revoked: 'Order', destruction: { commitment: HASH(7), at: 9 },
    reports: [{ filed: { year: 1, at: 5 }, commitment: HASH(5) }], outputs: [{ kind: 'Return', commitment: HASH(6), at: 6 }],
  })) }), 12);
  assert.deepEqual([permit?.renewal, permit?.ended, permit?.revoked, permit?.destruction, permit?.reports, permit?.outputs, permit?.standing], [
    { at: 2, until: 3 }, { at: 2, how: 'Revoked' }, 'Order', { commitment: HASH(7), at: 9 }, [{ year: 1, at: 5, commitment: HASH(5) }],
    [{ kind: 'Return', commitment: HASH(6), at: 6 }], { standing: 'Ended', how: 'Revoked' },
  ]);
  const standing = async (value: object) => research.permitAt(oneOfEach({ permitAt: () => some('RStanding', value) }), 12, NOW);
  assert.deepEqual(await standing({ Suspended: 0b1100_0110 }), { standing: 'Suspended', lapses: ['Licence', 'Affiliation', 'Expired', 'Retired'] });
  assert.deepEqual(await standing({ NotYet: null }), { standing: 'NotYet' });
  assert.equal(await research.permitAt(oneOfEach(), 13, NOW), undefined);
  const decided = async (answer: object) => research.matchTerms(oneOfEach({ matchTerms: () => scale('RDecision', { version: 1, answer }) }), OFFER, STATEMENT);
  assert.deepEqual((await decided({ NoMatch: 'Npuncu' })).answer, { answer: 'NoMatch', rule: 'Npuncu' });
  assert.deepEqual((await decided({ Abstain: { Use: 13 } })).answer, { answer: 'Abstain', because: { about: 'Use', index: 13 } });
  assert.deepEqual((await decided({ Abstain: { Condition: 'Irb' } })).answer, { answer: 'Abstain', because: { about: 'Condition', rule: 'Irb' } });
  assert.deepEqual((await decided({ Abstain: { NoUse: null } })).answer, { answer: 'Abstain', because: { about: 'NoUse' } });
  const excluded = await research.accessRequest(oneOfEach({ request: () => some('RRequestInfo', requestInfo({ stage: { Excluded: 'Biomedical' } }, { cosigned: null, outcome: null, disease: HASH(1) })) }), 12);
  assert.deepEqual([excluded?.stage, excluded?.cosigned, excluded?.outcome, excluded?.disease], [{ stage: 'Excluded', rule: 'Biomedical' }, undefined, undefined, HASH(1)]);
  const terms = { ...TERMS, permission: { Ds: HASH(1) }, modifiers: 2 ** 20 + 2, region: { Area: 150 }, months: 6, moratorium: NOW };
  const offered = await research.dataset(oneOfEach({ dataset: () => some('RDataset', dataset({ version: version({ terms }), basis: { LegalPermit: 3 }, retiredAt: NOW })) }), 7);
  assert.deepEqual([offered?.version.terms, offered?.basis, offered?.retiredAt], [
    { permission: 'DS', disease: HASH(1), modifiers: ['NCU'], unknownModifiers: [20], region: { area: 150 }, months: 6, moratorium: NOW }, { basis: 'LegalPermit', code: 3 }, NOW,
  ]);
  assert.equal(await research.excludedBy(oneOfEach({ excludedBy: () => some('RRule', 'Npu') }), OFFER, STATEMENT), 'Npu');
  assert.equal(await research.excludedBy(oneOfEach({ excludedBy: () => none('RRule') }), OFFER, STATEMENT), undefined);
});

test('all datasets are asked for page by page, and a node that repeats itself is not asked for ever', async () => {
  const firsts: number[] = [];
  const page = (first: number) => scale('Vec<RDataset>', Array.from({ length: first < 512 ? 256 : 3 }, (_, at) => dataset({ id: first + at })));
  const ids: number[] = [];
  for await (const { id } of research.datasets(fakeState({ datasets: (first: number) => { firsts.push(first); return page(first); } }))) ids.push(id);
  assert.deepEqual([firsts, ids.length, ids.at(-1)], [[0, 256, 512], 515, 514]);
  const stuck = fakeState({ datasets: () => page(0) });
  await assert.rejects(async () => { for await (const _ of research.datasets(stuck)); }, QueryFailed);
});

test('a chain without research is told so', async () => {
  await assert.rejects(research.dataset({ call: {} } as never, 7), ConnectionFailed);
});

test('the numbers that transactions gave are read from their events', () => {
  const included = (method: string, data: object) => ({ events: [{ event: { section: 'research', method, data } }] }) as unknown as Included;
  assert.equal(research.registeredAs(included('StudyRegistered', { study: { toString: () => '3' } })), 3);
  assert.equal(research.requestedAs(included('AccessRequested', { request: { toString: () => '12' } })), 12);
  assert.throws(() => research.offeredAs(included('StudyRegistered', { study: 3 })));
});

test('every stage, standing and answer has words', () => {
  for (const stage of research.STAGES) assert.ok(research.stageInWords(stage === 'Excluded' ? { stage, rule: 'Npu' } : { stage }).length > 5);
  for (const lapse of research.LAPSES) assert.match(research.standingInWords({ standing: 'Suspended', lapses: [lapse] }), /suspended: .{20}/);
  for (const rule of research.RULES) assert.match(research.answerInWords({ answer: 'NoMatch', rule }), /exclude it: they demand that .{10}/);
  assert.match(research.standingInWords({ standing: 'Suspended', lapses: [], unknown: [9] }), /reason 9, which this version does not know/);
  assert.match(research.answerInWords({ answer: 'Abstain', because: { about: 'Use', index: 30 } }), /number 30/);
  assert.equal(research.offerInWords({ permission: 'DS', disease: HASH(1), modifiers: ['PUB'], region: { country: 276 }, months: 6 }), `DS (${HASH(1)}), PUB, GS country 276, TS 6 months`);
});
