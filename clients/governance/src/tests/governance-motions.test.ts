/** How motions and proposals stand, from their votes and moments alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moment, momentFrom, secondsFrom, span } from '@salus/types/time';
import { bodiesMissing, bodyNamed, padded, stageOf, standingOf, storedProposal, votesNeeded } from '../governance.js';

const SEATS = ['a', 'b', 'c', 'd', 'e'];
const open = (over: Partial<Parameters<typeof standingOf>[0]> = {}) => ({ threshold: 4, ayes: [], nays: [], end: 100, ...over });
const outcomeOf = (votes: Parameters<typeof open>[0], { seats = SEATS, now = 50 } = {}) =>
  standingOf(open(votes), seats, now).outcome;

test('two thirds are rounded up, as the chain compares 3 * ayes with 2 * seats', () => {
  for (let seats = 1; seats <= 100; seats++) {
    const needed = votesNeeded(seats);
    assert.ok(needed * 3 >= 2 * seats, `${seats}`);
    assert.ok((needed - 1) * 3 < 2 * seats, `${seats}`);
  }
  assert.deepEqual([1, 2, 3, 4, 5, 6, 7].map(votesNeeded), [1, 2, 2, 3, 4, 4, 5]);
});

test('a motion passes with its threshold and two thirds of the seats, and not with one of them', () => {
  assert.equal(outcomeOf({ ayes: ['a', 'b', 'c', 'd'] }), 'Passes');
  assert.equal(outcomeOf({ ayes: ['a', 'b', 'c'] }), 'IsOpen');
  assert.equal(outcomeOf({ threshold: 2, ayes: ['a', 'b'] }), 'FailsForWantOfVotes');
  assert.equal(outcomeOf({ threshold: 5, ayes: ['a', 'b', 'c', 'd'] }), 'IsOpen');
});

test('a motion that passed with the seats of before fails once there are more of them', () => {
  const motion = open({ threshold: 2, ayes: ['a', 'b'] });
  assert.equal(standingOf(motion, ['a', 'b', 'c'], 1).outcome, 'Passes');
  const grown = standingOf(motion, ['a', 'b', 'c', 'd'], 1);
  assert.deepEqual([grown.outcome, grown.needed, grown.missing], ['FailsForWantOfVotes', 3, 1]);
});

test('nays reject a motion as soon as its threshold cannot be reached', () => {
  assert.equal(outcomeOf({ nays: ['a'] }), 'IsOpen');
  assert.equal(outcomeOf({ nays: ['a', 'b'] }), 'IsRejected');
  assert.equal(standingOf(open({ nays: ['a', 'b'] }), SEATS, 1).canPass, false);
});

test('when time is up, those who were silent count as nays', () => {
  const votes = { ayes: ['a', 'b', 'c'] };
  assert.equal(outcomeOf(votes, { now: 99 }), 'IsOpen');
  assert.equal(outcomeOf(votes, { now: 100 }), 'IsRejected');
  assert.equal(outcomeOf({ threshold: 3, ayes: ['a', 'b'] }, { now: 100 }), 'IsRejected');
  assert.equal(outcomeOf({ ayes: ['a', 'b', 'c', 'd'] }, { now: 100 }), 'Passes', 'the ayes that are needed carry it after its end too');
  assert.equal(outcomeOf({ threshold: 3, ayes: ['a', 'b', 'c'] }, { now: 100 }), 'FailsForWantOfVotes');
  assert.equal(outcomeOf({}, { now: 100 }), 'IsRejected');
});

test('what is missing is counted, and who has not voted is named', () => {
  const standing = standingOf(open({ ayes: ['a'], nays: ['e'] }), SEATS, 1);
  assert.deepEqual([standing.needed, standing.missing, standing.canPass, standing.over], [4, 3, true, false]);
  assert.deepEqual(standing.yetToVote, ['b', 'c', 'd']);
});

test('a weight bound is a tenth more, rounded up, and fits its type', () => {
  assert.deepEqual([padded(0n), padded(1n), padded(1_000n), padded(1_001n)], [0n, 2n, 1_100n, 1_102n]);
  assert.equal(padded(2n ** 64n - 1n), 2n ** 64n - 1n);
});

test('a proposal goes from one body to both, waits, is ready, and lapses', () => {
  const proposal = { due: 200, lapses: 300 };
  assert.equal(stageOf({ due: undefined, lapses: 300 }, 100), 'OneBody');
  assert.deepEqual([199, 200, 299, 300].map((now) => stageOf(proposal, now)), ['Delay', 'Ready', 'Ready', 'Lapsed']);
  assert.equal(stageOf({ due: undefined, lapses: 300 }, 300), 'Lapsed');
});

test('a stored proposal is read, with its options', () => {
  const hash = `0x${'11'.repeat(32)}`;
  const json = {
    call: '0x0009', class: 'Upgrade', proposedAt: 5, approvals: { council: false, technical: true }, due: null, lapses: 900,
  };
  const stored = storedProposal(hash, json);
  assert.deepEqual(stored.approvals, { council: false, technicalCommittee: true });
  assert.deepEqual([stored.due, stored.lapses], [undefined, 900]);
  assert.deepEqual(bodiesMissing(stored), ['council']);
  assert.equal(storedProposal(hash, { ...json, due: 7 }).due, 7);
});

test('bodies, spans and moments are read as people write them', () => {
  assert.deepEqual(['Council', 'technical', 'TechnicalCommittee', 'tech-comm', 'senate'].map(bodyNamed),
    ['council', 'technicalCommittee', 'technicalCommittee', 'technicalCommittee', undefined]);
  assert.deepEqual(['90', '90s', '15m', '2h', '3d', '', '1w', '-1'].map(secondsFrom),
    [90, 90, 900, 7_200, 259_200, undefined, undefined, undefined]);
  assert.equal(momentFrom('2027-01-31'), Date.UTC(2027, 0, 31) / 1000);
  assert.equal(momentFrom('2027-01-31T12:00'), Date.UTC(2027, 0, 31, 12) / 1000);
  assert.equal(momentFrom('1801353600'), 1_801_353_600);
  assert.deepEqual(['soon', '2027-13-01', '31.1.2027'].map(momentFrom), [undefined, undefined, undefined]);
  assert.equal(moment(0), '1970-01-01 00:00:00 UTC');
  assert.deepEqual([0, 1, 60, 3_661, 259_200, 300_000].map(span),
    ['0 seconds', '1 second', '1 minute', '1 hour 1 minute', '3 days', '3 days 11 hours']);
});
