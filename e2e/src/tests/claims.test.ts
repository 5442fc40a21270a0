/** One test per promise of claims, from outside: through the SDK, against a running chain. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import { stringCamelCase } from '@polkadot/util';
import { attestMessage, best, claims, consent, identity, registerForMessage, signMessage } from '@salus/client';
import { newAgreementKey } from '@salus/exchange';
import { claimLinesFromFhir, explanationFromFhir, toExplanationOfBenefit } from '@salus/fhir/claims';
import { DispatchFailed, PoolRejected, QueryFailed, utf8 } from '@salus/types';
import { carcCode, explanationInWords, groupCode, opensDetail, planTerms, type ClaimLine } from '@salus/types/claims';
import {
  ASSET, CURRENCY, ZONE, attest, bill, cents, close, coded, explained, handIn, isSponsored, moved, open, type Cover, type Provider,
} from '../billing.js';
import { checkup, fails, insured, used, type Insured } from '../insured.js';
import { linkage } from '../linkage.js';
import type { Institutions } from '../steps/admission.js';
import { PLAN, accept, offer, type Offer } from '../steps/coverage.js';
import { registerPatient } from '../steps/patient.js';
import type { Staff } from '../steps/staff.js';
import { DAY, type Patient, type World } from '../world.js';

let all: Insured;
let api: ApiPromise;
let world: World;
let institutions: Institutions;
let staff: Staff;
let hospital: Provider;
let clinic: Provider;
let insurer: number;
let plan: number;
let patient: Patient;
let first: number;
let members: Offer[];
let visiting: Cover;
let common: Cover;

before(async () => {
  all = await insured(2);
  ({ api, world, institutions, staff, hospital, clinic, insurer, plan, patient, first, members } = all);
  [visiting, common] = all.members as [Offer, Offer];
});

after(() => all?.stop());

test('a plan is read back as it was published', async () => {
  assert.deepEqual(await claims.plan(api, plan, 0), planTerms(PLAN));
  assert.equal(await claims.plan(api, plan, 1), undefined);
});

test('a visit is paid in the block of its claim, and the explanation of benefits adds up to the cent', async () => {
  const services = [
    checkup(), coded('DiagnosticTest', 'G0404', '120.00'), coded('Preventive', 'G0438', '99.99'), coded('DentalAndVision', 'V2020', '45.00'),
  ];
  const lines = services.map(({ line }) => line);
  const estimate = await claims.estimate(api, visiting.coverage, lines);
  const { claim, submitted } = await bill(world, hospital, visiting, lines);
  const names = submitted.events.filter(({ event }) => event.section === 'claims').map(({ event }) => event.method);
  assert.deepEqual(names, ['Submitted', 'Adjudicated', 'Settled']);
  assert.deepEqual(claims.paymentsIn(submitted), [{ claim, paid: cents('259.99'), returned: 0n, interest: 0n }]);
  assert.deepEqual(await moved(api, submitted, insurer), { free: -cents('259.99'), held: 0n });
  assert.deepEqual(await moved(api, submitted, hospital.institution.org), { free: cents('259.99'), held: 0n });

  const found = await explained(api, claim);
  assert.deepEqual(found.lines, lines);
  assert.deepEqual({ results: found.results, totals: found.totals }, estimate);
  const inX12 = found.results.map(({ paid, adjustments }) =>
    [paid, ...adjustments.map(({ group, carc, amount }) => `${groupCode(group)} ${carcCode(carc)} ${amount}`)]);
  assert.deepEqual(inX12, [
    [cents('104.00'), 'CO 45 3000', 'PR 3 2000', 'PR 2 2600'], [cents('56.00'), 'PR 1 5000', 'PR 2 1400'],
    [cents('99.99')], [0n, 'PR 96 4500'],
  ]);
  assert.deepEqual(await used(api, visiting), [cents('50.00'), cents('110.00'), 1]);
  assert.deepEqual(await claims.claimsOf(api, visiting.coverage), [claim]);
  assert.deepEqual(await claims.claimsOf(api, visiting.coverage, claim), []);
  const settlement = await claims.settlementOf(api, ASSET, CURRENCY);
  assert.match(explanationInWords(found, settlement, { zone: ZONE }).at(-1) as string, /^Your insurer paid 259\.99 on /);
});

test('90 tablets of a billing system cost one fill: one copay, and the plan pays the rest', async () => {
  const bill90 = await readFile(new URL('../../../clients/fhir/fixtures/claim-cases/claim-90-tablets.json', import.meta.url));
  const published = await world.send(claims.createPlan(api, insurer, {
    asset: ASSET, autoLimit: cents('1000.00'), benefits: { Prescription: { copay: cents('10.00') } },
  }), institutions.insurer.admin);
  const offered = await offer(world, institutions.insurer, staff, claims.publishedAs(published).plan);
  await accept(world, offered);
  await world.until(offered.from);
  const settlement = await claims.settlementOf(api, ASSET, CURRENCY);
  const committed = claimLinesFromFhir(bill90, { settlement, category: () => 'Prescription' });
  const { claim, submitted } = await bill(world, hospital, offered, committed.map(({ line }) => line));
  assert.deepEqual(claims.paymentsIn(submitted), [{ claim, paid: cents('80.00'), returned: 0n, interest: 0n }]);
  const found = await explained(api, claim);
  assert.deepEqual([found.totals.paid, found.totals.patientResponsibility], [cents('80.00'), cents('10.00')]);
  // The item as the billing system sent it opens the line on the chain.
  const text = bill90.toString('utf8');
  const item = text.slice(text.indexOf('{"sequence":1,"productOrService":{"coding":[{"code":"compound"'), text.lastIndexOf('],'));
  assert.ok(opensDetail(found.lines[0] as ClaimLine, committed[0]?.salt as Uint8Array, utf8(item), 'FhirJson'));
  // And the explanation of it is read back as it is on the chain.
  const { coverage } = await claims.eligibility(api, offered.coverage);
  const benefit = toExplanationOfBenefit(found, { coverage, settlement, zone: ZONE, type: 'pharmacy' });
  assert.deepEqual(explanationFromFhir(JSON.stringify(benefit), 'ExplanationOfBenefit', { settlement, zone: ZONE }).explanation, found);
});

test('without the member\'s attestation nothing is claimed, and nobody else can give it', async () => {
  const { line } = checkup();
  const { coverage, member } = common;
  const { encounter } = await open(world, hospital);
  await close(world, hospital, encounter, [line]);
  await assert.rejects(handIn(world, hospital, encounter, [line]), fails('NotAttested'));
  await assert.rejects(attest(world, hospital, { coverage, member: world.stranger() }, encounter), fails('BadSignature'));
  const expiry = await world.now() + 600;
  const forAnother = attestMessage(api.genesisHash.toHex(), clinic.institution.org, encounter, coverage, expiry);
  const signature = await signMessage(member, forAnother);
  const handedIn = claims.attestFor(api, hospital.institution.org, encounter, coverage, expiry, signature);
  await assert.rejects(world.send(handedIn, staff.nurse), fails('BadSignature'));
  await assert.rejects(world.send(claims.attest(api, encounter, coverage), world.stranger()), PoolRejected);
  await assert.rejects(handIn(world, hospital, encounter, [line]), fails('NotAttested'));
  // By a transaction of its own, without tokens, the member can.
  assert.ok(isSponsored(await world.send(claims.attest(api, encounter, coverage), member)));
  const found = await claims.encounter(api, encounter);
  assert.ok(found?.attested !== undefined && found.coverage === coverage && found.closing?.lines === 1);
  await assert.rejects(handIn(world, hospital, encounter, [checkup().line]), fails('LinesNotRecorded'));
  assert.equal(claims.paymentsIn(await handIn(world, hospital, encounter, [line])).length, 1);
});

test('a key stands for one coverage and for nothing else: neither for another, nor for a patient\'s handle', async () => {
  // Neither this patient nor this member are those whom the search below must not find together.
  const other = await registerPatient(world, institutions.hospital, staff);
  const offered = await offer(world, institutions.insurer, staff, plan);
  const { member } = offered;
  assert.equal(await claims.coverageOf(api, member.address), undefined, 'an offer took the key');
  await accept(world, offered);
  const from = await world.after(20);
  const enrolAs = (key: string) =>
    world.send(claims.enrol(api, insurer, plan, key, { from, until: from + 30 * DAY }), staff.biller);
  await assert.rejects(enrolAs(other.pair.address), fails('KeyOfPatient'));
  await assert.rejects(enrolAs(member.address), fails('KeyInUse'));
  const { org } = institutions.hospital;
  const { publicKey } = await newAgreementKey();
  const signature = await signMessage(member, registerForMessage(api.genesisHash.toHex(), org, member.address, publicKey, from));
  await assert.rejects(
    world.send(identity.registerFor(api, org, member.address, publicKey, from, signature), staff.steward),
    (thrown) => thrown instanceof DispatchFailed && thrown.is('patientIdentity', 'KeyInUse'),
  );
});

test('neither members nor staff hold a token, then or ever', async () => {
  const people = [...members.map(({ member }) => member), staff.nurse, staff.clerk, staff.biller];
  assert.deepEqual(await Promise.all(people.map(({ address }) => world.tokensOf(address))), people.map(() => 0n));
});

test('no block and no entry of the chain links a member key to the patient\'s handle', async () => {
  await world.send(consent.permit(api, { organisation: institutions.clinic.org }, {
    actions: ['Read'], purposes: ['Treat'], classes: ['Laboratory'], until: await world.now() + DAY,
  }), patient.pair);
  const last = (await best(api)).number;
  const found = await linkage(api, first, last, patient, members.map(({ member }) => member));
  assert.deepEqual(found.links, []);
  assert.ok(found.patientFound > 2 && found.membersFound > members.length, JSON.stringify(found));
  // The search would find them: here it takes a key of the patient's own for a member key.
  const { links } = await linkage(api, last, last, patient, [patient.pair]);
  assert.ok(links.length > 0);
});

test('no field of the pallet is a patient\'s, and none of the others\' a member\'s', () => {
  const { lookup } = api.registry;
  type TypeId = Parameters<typeof lookup.getSiType>[0];
  const fieldsOf = (pallet: string): Set<string> => {
    const names = new Set<string>();
    const seen = new Set<string>();
    const walk = (id: TypeId): void => {
      if (seen.has(id.toString())) return;
      seen.add(id.toString());
      const { def } = lookup.getSiType(id);
      const fields = def.isComposite
        ? [...def.asComposite.fields]
        : def.isVariant ? def.asVariant.variants.flatMap((variant) => [...variant.fields]) : [];
      for (const { name, type } of fields) {
        if (name.isSome) names.add(name.unwrap().toString());
        walk(type);
      }
      if (def.isSequence) walk(def.asSequence.type);
      if (def.isArray) walk(def.asArray.type);
      if (def.isTuple) def.asTuple.forEach(walk);
      if (def.isCompact) walk(def.asCompact.type);
    };
    const found = api.runtimeMetadata.asLatest.pallets.find(({ name }) => stringCamelCase(name) === pallet);
    assert.ok(found, pallet);
    if (found.calls.isSome) walk(found.calls.unwrap().type);
    if (found.events.isSome) walk(found.events.unwrap().type);
    for (const { type } of found.storage.isSome ? found.storage.unwrap().items : []) {
      if (type.isMap) walk(type.asMap.key);
      walk(type.isMap ? type.asMap.value : type.asPlain);
    }
    return names;
  };
  const ofClaims = fieldsOf('claims');
  assert.ok(ofClaims.has('member') && ofClaims.has('coverage'), [...ofClaims].join(', '));
  for (const name of ['patient', 'patient_id', 'subject', 'handle', 'practitioner']) assert.ok(!ofClaims.has(name), name);
  for (const pallet of ['patientIdentity', 'consent', 'recordAnchor']) {
    const names = fieldsOf(pallet);
    assert.ok(names.size > 0, pallet);
    for (const name of ['member', 'coverage', 'encounter', 'claim']) assert.ok(!names.has(name), `${pallet}: ${name}`);
  }
});

test('a plain Polkadot.js client is answered by every question of claimsApi', async () => {
  const { coverage, member } = visiting;
  const [claim] = await claims.claimsOf(api, coverage) as [number];
  const { encounter } = await explained(api, claim);
  const line = { category: 'PrimaryCare', quantity: 1, charge: 18_000, authorisation: null, denial: null, prior: null };
  const asked: Record<string, unknown[]> = {
    plan: [plan, 0], coverageOf: [member.address], eligibility: [coverage, null], estimate: [coverage, [line]], encounter: [encounter],
    explanation: [claim], claimsOf: [coverage, null], waiting: [insurer, ASSET], settlementAccount: [insurer],
  };
  const questions = api.call['claimsApi'] as unknown as Record<string, (...args: unknown[]) => Promise<{ toHuman(): unknown }>>;
  assert.deepEqual(Object.keys(questions).sort(), Object.keys(asked).sort());
  for (const [name, args] of Object.entries(asked)) {
    const answer = (await questions[name]!(...args)).toHuman();
    const text = JSON.stringify(answer ?? null);
    assert.ok(text !== 'null' && !text.startsWith('{"Err"'), `${name}: ${text}`);
  }
  assert.notEqual(await claims.settlementAccount(api, insurer), await claims.settlementAccount(api, hospital.institution.org));
});

test('what is not there, or not yet, is answered as such', async () => {
  const unknown = 2 ** 40;
  const nothing = [
    claims.plan(api, 2 ** 31, 0), claims.encounter(api, unknown), claims.explanation(api, unknown),
    claims.coverageOf(api, patient.pair.address),
  ];
  assert.deepEqual(await Promise.all(nothing), nothing.map(() => undefined));
  assert.deepEqual(await claims.claimsOf(api, unknown), []);
  const because = (reason: string) => (thrown: unknown): boolean => thrown instanceof QueryFailed && thrown.reason === reason;
  await assert.rejects(claims.eligibility(api, unknown), because('UnknownCoverage'));
  await assert.rejects(claims.eligibility(api, common.coverage, await world.now() + DAY), because('InTheFuture'));
  await assert.rejects(claims.estimate(api, unknown, [checkup().line]), because('UnknownCoverage'));
  const most = { ...checkup().line, charge: 2n ** 128n - 1n };
  await assert.rejects(claims.estimate(api, common.coverage, [most, most]), because('TotalOverflow'));
});
