/** Every call of the pallet can be made, with the arguments that it takes, in SCALE. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomAsU8a } from '@polkadot/util-crypto';
import { bytes32, MerkleTree, newSalt, SalusError, toHex, utf8, verifyPath } from '@salus/types';
import { commitDetail, linesTree, opensDetail, type ClaimLine, type LineDecision } from '@salus/types/claims';
import { COVERAGE, PAID } from '@salus/types/testing';
import { acceptCoverage, acceptRekey, amendEncounter, answer, asDecision, attest, attestFor, cancelRekey, closeEncounter, correct, createPlan, decide, enrol, enrolledAs, fund, openEmergency, openEncounter, openedAs, paymentsIn, poke, publishedAs, rekeyCoverage, requestInformation, revisePlan, settleWaiting, submit, submittedAs, terminateCoverage, voidClaim, withdraw } from '../claims/index.js';
import type { Call, Included } from '../tx.js';
import { callNames, chainWith, scale, type Sent } from './claims-chain.js';

const { api } = chainWith();
const sent = (call: Call): Sent => call as unknown as Sent;
const argsOf = (call: Call): unknown[] => sent(call).args.map((arg) => arg.toJSON());

const detail = (byte: number): ClaimLine['detail'] => toHex(new Uint8Array(32).fill(byte));
const lines: ClaimLine[] = [
  { category: 'Specialist', quantity: 1, charge: 18_000n, detail: detail(1) },
  { category: 'DiagnosticTest', quantity: 3, charge: 2n ** 100n, detail: detail(2) },
];
const member = COVERAGE.member;
const period = { from: 1_800_000_000, until: 1_831_536_000 };
const plan = { asset: 1, autoLimit: 100_000n, benefits: { Specialist: { copay: 2_000n } } };

test('every call of the pallet has a function, and each sends the call of its name', () => {
  const signature = { Sr25519: toHex(new Uint8Array(64).fill(3)) };
  const made: Record<string, Call> = {
    createPlan: createPlan(api, 8, plan), revisePlan: revisePlan(api, 8, 2, plan), enrol: enrol(api, 8, 2, member, period),
    acceptCoverage: acceptCoverage(api, 5), terminateCoverage: terminateCoverage(api, 5, period.until), rekeyCoverage: rekeyCoverage(api, 8, 5, member),
    acceptRekey: acceptRekey(api, 5), cancelRekey: cancelRekey(api, 5), openEncounter: openEncounter(api, 3), openEmergency: openEmergency(api, 3, 5),
    attest: attest(api, 7, 5), attestFor: attestFor(api, 3, 7, 5, period.from, signature), closeEncounter: closeEncounter(api, 3, 7, lines),
    amendEncounter: amendEncounter(api, 3, 7, lines), submit: submit(api, 3, 7, lines), correct: correct(api, 3, 11, lines), void: voidClaim(api, 3, 11),
    requestInformation: requestInformation(api, 8, 11), answer: answer(api, 3, 11), decide: decide(api, 8, 11, 'AsAdjudicated'), poke: poke(api, 11),
    settleWaiting: settleWaiting(api, 8, 1, 16), fund: fund(api, 8, 1, 20_000n), withdraw: withdraw(api, 8, 1, 20_000n),
  };
  assert.deepEqual(Object.keys(made), callNames());
  for (const [name, call] of Object.entries(made)) assert.equal(sent(call).name, name);
  const arguments_: Record<string, unknown[]> = {
    enrol: [8, 2, member, period], terminateCoverage: [5, period.until], rekeyCoverage: [8, 5, member], openEmergency: [3, 5], attest: [7, 5],
    attestFor: [3, 7, 5, period.from, { sr25519: signature.Sr25519 }], void: [3, 11], requestInformation: [8, 11], answer: [3, 11],
    decide: [8, 11, { asAdjudicated: null }], settleWaiting: [8, 1, 16], fund: [8, 1, 20_000], withdraw: [8, 1, 20_000],
  };
  for (const [name, args] of Object.entries(arguments_)) assert.deepEqual(argsOf(made[name] as Call), args, name);
});

test('lines are sent byte for byte as the pallet reads them, whatever the charge', () => {
  for (const call of [submit(api, 3, 7, lines), correct(api, 3, 7, lines)]) {
    assert.equal(sent(call).args[2]?.toHex(), `0x08${[
      // Category 1, compact 1, compact 18,000; category 3, compact 3, compact 2^100 in 13 bytes.
      `01${'04'}${'42190100'}${'01'.repeat(32)}`, `03${'0c'}${'27'}${'00'.repeat(12)}10${'02'.repeat(32)}`,
    ].join('')}`);
  }
});

test('an encounter is closed with the root over the details, in their order', () => {
  const tree = new MerkleTree(lines.map((line) => bytes32(line.detail)));
  for (const make of [closeEncounter, amendEncounter]) {
    assert.deepEqual(argsOf(make(api, 3, 7, lines)), [3, 7, toHex(tree.root), 2]);
    assert.notDeepEqual(argsOf(make(api, 3, 7, [...lines].reverse())), argsOf(make(api, 3, 7, lines)));
  }
  // One line is shown to the payer, and none of the others.
  assert.ok(verifyPath(linesTree(lines).root, bytes32(detail(2)), linesTree(lines).path(1)));
  const many = Array.from({ length: 65 }, (_, at) => ({ detail: detail(at) }));
  assert.equal(argsOf(closeEncounter(api, 3, 7, many.slice(1)))[3], 64);
  for (const wrong of [[], many]) assert.throws(() => closeEncounter(api, 3, 7, wrong), /an encounter has 1 to 64 lines/);
  assert.throws(() => closeEncounter(api, 3, 7, [{ detail: '0x00' }]), /expected 32 bytes/);
});

test('a detail opens with its salt and its bytes, and with nothing else', () => {
  const coded = utf8('{"coding":[{"system":"urn:hcpcs","code":"G0463"}]}');
  const salt = randomAsU8a(32);
  const line = { detail: commitDetail(salt, coded) };
  assert.ok(opensDetail(line, salt, coded));
  assert.ok(!opensDetail(line, salt, utf8('{"coding":[{"system":"urn:hcpcs","code":"G0464"}]}')));
  assert.ok(!opensDetail(line, newSalt(), coded));
  assert.ok(!opensDetail(line, salt, coded, 'FhirJson'), 'the form is part of it');
  const spaced = utf8('{ "coding": [{ "code": "G0463", "system": "urn:hcpcs" }] }');
  assert.ok(opensDetail({ detail: commitDetail(salt, coded, 'FhirJson') }, salt, spaced, 'FhirJson'));
});

test('lines that the chain could not take are refused here, in words', () => {
  const line = lines[0] as ClaimLine;
  const wrong: [ClaimLine[], RegExp][] = [
    [[], /1 to 64 lines, not 0/], [Array.from({ length: 65 }, () => line), /1 to 64 lines, not 65/],
    [[line, { ...line, quantity: 0 }], /the quantity of line 2 is 0/], [[{ ...line, quantity: 1.5 }], /the quantity of line 1 is 1\.5/],
    [[{ ...line, quantity: 2 ** 32 }], /quantity of line 1 is 4294967296/], [[{ ...line, charge: -1n }], /the charge of line 1 is -1/],
    [[{ ...line, charge: 2n ** 128n }], /the charge of line 1/], [[{ ...line, charge: 180 as unknown as bigint }], /the charge of line 1 is 180/],
    [[{ ...line, detail: '0x11' }], /expected 32 bytes/],
  ];
  for (const [made, message] of wrong) {
    for (const make of [submit, correct]) assert.throws(() => make(api, 3, 7, made), { name: 'RangeError', message });
  }
});

test('a decision is what the rules come to, or one for each line', () => {
  const decided: LineDecision[] = asDecision(PAID);
  assert.deepEqual(decided[0]?.paid, 10_400n);
  (decided[0] as LineDecision).paid = 10_300n;
  (decided[0] as LineDecision).adjustments.push({ group: 'ContractualObligation', carc: 'NegotiatedDiscount', amount: 100n });
  assert.equal(PAID.results[0]?.adjustments.length, 3, 'the results are not changed with it');
  assert.deepEqual(argsOf(decide(api, 8, 11, decided)), [8, 11, { lines: [{
    paid: 10_300, adjustments: [
      { group: 'ContractualObligation', carc: 'FeeSchedule', amount: 3_000 }, { group: 'PatientResponsibility', carc: 'Copay', amount: 2_000 },
      { group: 'PatientResponsibility', carc: 'Coinsurance', amount: 2_600 }, { group: 'ContractualObligation', carc: 'NegotiatedDiscount', amount: 100 },
    ],
  }] }]);
  const discount = { group: 'ContractualObligation', carc: 'NegotiatedDiscount', amount: 1n } as const;
  const wrong: [LineDecision[], RegExp][] = [
    [[], /1 to 64 lines/], [[{ paid: -1n, adjustments: [] }], /the payment of line 1 is -1/],
    [[{ paid: 1n, adjustments: [{ ...discount, amount: 0n }] }], /an adjustment is 0/],
    [[{ paid: 1n, adjustments: Array.from({ length: 9 }, () => discount) }], /line 1 has more than 8 adjustments/],
  ];
  for (const [decision, message] of wrong) assert.throws(() => decide(api, 8, 11, decision), { name: 'RangeError', message });
});

test('what a transaction did is read from its events, to the unit', () => {
  const event = (section: string, method: string, data: object) => ({ event: { section, method, data } });
  const included = (...events: object[]): Included => ({ txHash: '0x00', events } as unknown as Included);
  const u64 = (value: number) => scale('u64', value);
  const money = (value: bigint) => scale('u128', value);
  assert.deepEqual(publishedAs(included(event('claims', 'PlanPublished', { payer: u64(8), plan: u64(2), version: u64(3) }))), { plan: 2, version: 3 });
  assert.equal(enrolledAs(included(event('claims', 'Enrolled', { coverage: u64(5) }))), 5);
  assert.equal(openedAs(included(event('claims', 'EncounterOpened', { encounter: u64(7) }))), 7);
  const settled = (claim: number, paid: bigint, returned = 0n) =>
    event('claims', 'Settled', { claim: u64(claim), paid: money(paid), returned: money(returned), interest: money(125n) });
  const funded = included(event('assets', 'Settled', {}), settled(11, 2n ** 127n), event('claims', 'Funded', {}), settled(12, 0n, 1_440n));
  assert.deepEqual(paymentsIn(funded), [
    { claim: 11, paid: 2n ** 127n, returned: 0n, interest: 125n }, { claim: 12, paid: 0n, returned: 1_440n, interest: 125n },
  ]);
  const part = event('claims', 'PaidInPart', { claim: u64(13), paid: money(4_000n), interest: money(31n) });
  assert.deepEqual(paymentsIn(included(part, event('claims', 'Waiting', {}))), [{ claim: 13, paid: 4_000n, returned: 0n, interest: 31n }]);
  assert.throws(() => submittedAs(funded), (error) => error instanceof SalusError && /emitted no claims\.Submitted/.test(error.message));
});
