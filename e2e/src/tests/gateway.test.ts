/** Two gateways before a real node: a record is asked for, released, fetched, and refused from the block that revokes. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Keyring } from '@polkadot/keyring';
import type { KeyringPair } from '@polkadot/keyring/types';
import { blake2AsHex } from '@polkadot/util-crypto';
import { acknowledgement, best, consent, finalised, registry } from '@salus/client';
import { accessLog, signRequest } from '@salus/exchange';
import type { Purpose } from '@salus/types';
import { needs } from '../chains.js';
import { startGateway, type Answer, type Gateway } from '../gateway.js';
import { answersOf } from '../gateway-answers.js';
import { begin, people, type Peopled } from '../setting.js';
import { linkAtDesk } from '../steps/desk.js';
import { registerPatient } from '../steps/patient.js';
import { until } from '../wait.js';
import { DAY, type Institution, type Patient } from '../world.js';

const RECORD = 'Observation/r0';
const OBSERVATION = JSON.stringify({
  resourceType: 'Observation', id: 'r0', status: 'final', subject: { reference: 'Patient/p' }, effectiveDateTime: '2026-03-01',
  category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }],
  code: { coding: [{ system: 'http://loinc.org', code: '718-7' }] }, valueQuantity: { value: 7.0, unit: 'mmol/L' },
});

let all: Peopled;
let hospital: Gateway;
let clinic: Gateway;
let patient: Patient;
/** The key with which the clinic's gateway asks. */
let system: KeyringPair;

/** A parachain that is alone has a clock of its own, by which gateways do not go. */
const options = needs('node');

before(async () => {
  if (options.skip !== false) return;
  all = await people(await begin());
  const { api, world, institutions, staff, endpoint, folder } = all;
  patient = await registerPatient(world, institutions.hospital, staff);
  const seed = randomBytes(32);
  system = new Keyring({ type: 'ed25519' }).addFromSeed(seed);
  const invited = registry.invite(api, institutions.clinic.org, system.address, 'Clinician', await world.now() + 30 * DAY);
  await world.send(invited, institutions.clinic.admin);
  await world.sendForGood(registry.acceptAffiliation(api, institutions.clinic.org, 'Clinician'), system);
  const start = async (name: string, { org: organisation, admin }: Institution) => {
    const steward = randomBytes(32);
    const account = new Keyring({ type: 'ed25519' }).addFromSeed(steward);
    await world.send(registry.invite(api, organisation, account.address, 'DataSteward', await world.now() + 30 * DAY), admin);
    await world.sendForGood(registry.acceptAffiliation(api, organisation, 'DataSteward'), account);
    const gateway = await startGateway({ folder: join(folder, name), organisation, endpoint, genesis: api.genesisHash.toHex(), seed });
    await gateway.handIn(steward);
    return gateway;
  };
  hospital = await start('hospital-gateway', institutions.hospital);
  clinic = await start('clinic-gateway', institutions.clinic);
  await clinic.knows(institutions.hospital.org, hospital.outside);
});

after(async () => {
  await Promise.all([hospital?.stop(), clinic?.stop()]);
  await all?.stop();
});

/** Asks the hospital's gateway; `target` is what is signed. */
async function ask(who: KeyringPair, organisation: number | undefined, path: string, target: string, purpose: Purpose = 'Treat'): Promise<Answer> {
  const signed = await signRequest(all.api.genesisHash.toHex(), who, {
    custodian: all.institutions.hospital.org, recordId: target, purpose, action: 'Read', expiry: Math.floor(Date.now() / 1000) + 60,
    ...(organisation === undefined ? {} : { organisation }),
  });
  return hospital.ask(path, signed);
}

const asSpecialist = (path = `/fhir/${RECORD}`, target = RECORD, purpose: Purpose = 'Treat') =>
  ask(all.staff.specialist, all.institutions.clinic.org, path, target, purpose);

test('a record leaves by the chain\'s word, reaches another gateway, and stays from the block that revokes', options, async () => {
  const { api, world, institutions } = all;
  await linkAtDesk(hospital, api.genesisHash.toHex(), patient, 'p');
  const taken = (await hospital.house('/ingest', OBSERVATION)).json();
  assert.deepEqual(taken, { results: [{ reference: RECORD, state: 'held', version: 1 }] });
  const nothing = await asSpecialist();
  assert.equal(nothing.status, 404, nothing.body);
  const own = await ask(patient.pair, undefined, `/fhir/${RECORD}`, RECORD);
  assert.deepEqual([own.status, own.body], [200, OBSERVATION]);

  const permit = consent.permit(api, { organisation: institutions.clinic.org }, {
    actions: ['Read'], purposes: ['Treat'], classes: ['Laboratory'], data: { from: 1_700_000_000, until: 1_800_000_000 }, until: await world.now() + 30 * DAY,
  });
  const granted = await world.sendForGood(permit, patient.pair);
  const released = await asSpecialist();
  assert.deepEqual([released.status, released.body], [200, OBSERVATION]);
  assert.equal((await asSpecialist(undefined, undefined, 'Hresch')).body, nothing.body, 'another purpose');
  const query = `patient=${patient.handle}&category=laboratory`;
  const page = (await asSpecialist(`/fhir/Observation?${query}`, `Observation?${blake2AsHex(query)}`)).json() as { entry?: { resource: unknown }[] };
  assert.deepEqual(page.entry?.map(({ resource }) => resource), [JSON.parse(OBSERVATION)]);

  const { open: [batch] } = (await hospital.house('/outbox', '')).json() as { open: { leaves: number }[] };
  assert.equal(batch?.leaves, 1);
  await clinic.house('/links', JSON.stringify({ handle: patient.handle, patient: 'ours' }));
  await until('the hospital\'s gateway has anchored its batch', async () => ((await hospital.house('/outbox')).json() as { open: unknown[] }).open.length === 0);
  const order = JSON.stringify({ url: hospital.outside, custodian: institutions.hospital.org, record: RECORD, purpose: 'Treat' });
  const fetched = await clinic.house('/fetch', order);
  assert.equal(fetched.status, 200, fetched.body);
  const { record, standing } = fetched.json() as { record: string; standing: unknown };
  assert.deepEqual([Buffer.from(record, 'base64').toString(), standing], [OBSERVATION, { state: 'current' }]);
  const [ours, theirs] = [(await clinic.log()).at(-1), (await hospital.log()).at(-1)];
  assert.deepEqual([ours?.outcome, ours?.outcome === 'received' && ours.counterpart], ['received', theirs?.hash]);

  if (process.env['SALUS_WRITE_TABLES']) {
    const answers = await answersOf(api, { patient, system, clinic: institutions.clinic, other: institutions.hospital });
    await writeFile(new URL('../../../exchange/gateway/tests/answers.json', import.meta.url), `${JSON.stringify(answers, undefined, 1)}\n`);
  }

  await world.send(consent.revoke(api, consent.grantedAs(granted)), patient.pair);
  assert.ok((await finalised(api)).number < (await best(api)).number, 'the revocation is in the best block alone');
  assert.equal((await asSpecialist()).body, nothing.body);
  assert.equal((await clinic.house('/fetch', order)).status, 502);
  assert.deepEqual((await hospital.log()).slice(-2).map(({ outcome }) => outcome), ['refused', 'refused']);

  await until('the clinic\'s gateway has acknowledged the revocation', async () => {
    const { revocations: [found] } = (await clinic.house('/revocations')).json() as { revocations: { state: string }[] };
    return found?.state === 'acknowledged';
  });
  const answered = await acknowledgement.revocation(api, patient.handle, consent.grantedAs(granted));
  assert.deepEqual([answered?.organisation, answered?.notice.kind], [institutions.clinic.org, 'Acknowledged']);
  for (const { org } of [institutions.hospital, institutions.clinic]) {
    await until('the gateway has committed to its log', async () => {
      const { stands } = await accessLog.allCommits(accessLog.logCommits(await finalised(api)), org);
      return stands !== undefined;
    });
  }
});
