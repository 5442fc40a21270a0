/** Promises of claims about money, from outside: once for each service, the net of a correction, and in their order when there is none. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import { claims } from '@salus/client';
import { ASSET, bill, cents, coded, explained, handIn, moved, treat, type Cover, type Provider } from '../billing.js';
import { checkup, fails, insured, used, type Insured } from '../insured.js';
import type { Institutions } from '../steps/admission.js';
import { bankOf, type Offer } from '../steps/coverage.js';
import type { Staff } from '../steps/staff.js';
import type { World } from '../world.js';

let all: Insured;
let api: ApiPromise;
let world: World;
let institutions: Institutions;
let staff: Staff;
let hospital: Provider;
let clinic: Provider;
let insurer: number;
/** Nothing is used of the first before its test. */
let correcting: Cover;
let common: Cover;

before(async () => {
  all = await insured(2);
  ({ api, world, institutions, staff, hospital, clinic, insurer } = all);
  [correcting, common] = all.members as [Offer, Offer];
});

after(() => all?.stop());

const funds = async (org: number): Promise<bigint> => (await claims.funds(api, org, ASSET)).free;

test('the same line a second time is refused, also by another provider and after a correction', async () => {
  const { line } = checkup();
  const org = hospital.institution.org;
  const { claim, encounter } = await bill(world, hospital, common, [line]);
  const [here, there] = await Promise.all([treat(world, hospital, common, [line]), treat(world, clinic, common, [line])]);
  await assert.rejects(handIn(world, hospital, encounter, [line]), fails('AlreadyClaimed'));
  await assert.rejects(handIn(world, hospital, here.encounter, [line]), fails('LineAlreadyClaimed'));
  await assert.rejects(handIn(world, clinic, there.encounter, [line]), fails('LineAlreadyClaimed'));
  const corrected = await world.send(claims.correct(api, org, claim, [{ ...line, charge: cents('150.00') }]), staff.clerk);
  await assert.rejects(handIn(world, clinic, there.encounter, [line]), fails('LineAlreadyClaimed'));
  // Taken back, it may be claimed elsewhere: once.
  await world.send(claims.voidClaim(api, org, claims.submittedAs(corrected)), staff.clerk);
  const elsewhere = await handIn(world, clinic, there.encounter, [line]);
  assert.deepEqual(claims.paymentsIn(elsewhere).map(({ paid }) => paid), [cents('104.00')]);
  for (const again of [here.encounter, encounter]) {
    await assert.rejects(handIn(world, hospital, again, [line]), fails('LineAlreadyClaimed'));
  }
});

test('a correction moves only the net, up or down, and taking a claim back restores every accumulator', async () => {
  const org = hospital.institution.org;
  const stood = await funds(org);
  assert.deepEqual(await used(api, correcting), [0n, 0n, 0]);
  const [seen, tested] = [checkup().line, coded('DiagnosticTest', 'G0404', '120.00').line];
  let { claim } = await bill(world, hospital, correcting, [seen, tested]);
  assert.deepEqual(await used(api, correcting), [cents('50.00'), cents('110.00'), 1]);
  const steps: [string, bigint, bigint, bigint][] = [
    ['102.00', 0n, cents('14.40'), cents('106.40')],
    ['210.00', cents('86.40'), 0n, cents('128.00')],
    ['120.00', 0n, cents('72.00'), cents('110.00')],
  ];
  for (const [charge, paid, returned, outOfPocket] of steps) {
    const corrected = await world.send(claims.correct(api, org, claim, [seen, { ...tested, charge: cents(charge) }]), staff.clerk);
    const next = claims.submittedAs(corrected);
    assert.deepEqual(claims.paymentsIn(corrected), [{ claim: next, paid, returned, interest: 0n }]);
    assert.deepEqual(await moved(api, corrected, org), { free: paid - returned, held: 0n });
    assert.deepEqual(await moved(api, corrected, insurer), { free: returned - paid, held: 0n });
    assert.deepEqual((await explained(api, claim)).state, { kind: 'Superseded', by: next });
    assert.deepEqual(await used(api, correcting), [cents('50.00'), outOfPocket, 1]);
    claim = next;
  }
  const { version, transferred } = await explained(api, claim);
  assert.deepEqual([version, transferred, await funds(org) - stood], [4, cents('160.00'), cents('160.00')]);
  await world.send(claims.voidClaim(api, org, claim), staff.clerk);
  assert.equal((await explained(api, claim)).state.kind, 'Voided');
  assert.deepEqual([await used(api, correcting), await funds(org)], [[0n, 0n, 0], stood]);
});

test('a payer without funds: claims wait in their order, and are paid by whoever funds', async () => {
  const { admin } = institutions.insurer;
  const bank = bankOf(world, 'Insurer');
  await world.send(claims.withdraw(api, insurer, ASSET, await funds(insurer)), admin);
  const waiting: number[] = [];
  for (const charge of ['180.00', '150.00']) {
    const { claim, submitted } = await bill(world, hospital, common, [checkup(charge).line]);
    assert.deepEqual(claims.paymentsIn(submitted), []);
    waiting.push(claim);
    assert.deepEqual(await claims.waiting(api, insurer, ASSET), { count: waiting.length, claims: waiting });
  }
  const { state, totals, transferred } = await explained(api, waiting[0] as number);
  assert.deepEqual([state.kind, totals.paid, transferred], ['Waiting', cents('104.00'), 0n]);
  // Too little for the first: nothing is paid, also not the second, and nothing is taken out.
  assert.deepEqual(claims.paymentsIn(await world.send(claims.fund(api, insurer, ASSET, cents('103.99')), bank)), []);
  await Promise.all([
    assert.rejects(world.send(claims.withdraw(api, insurer, ASSET, 1n), admin), fails('ClaimsWaiting')),
    assert.rejects(world.send(claims.settleWaiting(api, insurer, ASSET, 16), bank), fails('InsufficientFunds')),
  ]);
  const funded = await world.send(claims.fund(api, insurer, ASSET, cents('104.02')), bank);
  assert.deepEqual(claims.paymentsIn(funded), waiting.map((claim) => ({ claim, paid: cents('104.00'), returned: 0n, interest: 0n })));
  assert.deepEqual(await claims.waiting(api, insurer, ASSET), { count: 0, claims: [] });
  assert.equal(await funds(insurer), 1n);
  for (const claim of waiting) assert.equal((await explained(api, claim)).state.kind, 'Settled');
  await assert.rejects(world.send(claims.settleWaiting(api, insurer, ASSET, 16), bank), fails('NothingWaiting'));
});

