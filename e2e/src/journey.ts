/**
 * The care journey, played against a running chain:
 *
 *   node dist/journey.js [ws://127.0.0.1:9944] [--keep FOLDER] [--no-gateways]     or the endpoint in SALUS_WS
 *
 * It runs the programs salus-gateway, twice, salus-verify and salus-node too: those that SALUS_GATEWAY, SALUS_VERIFY and SALUS_NODE name, or
 * those of the last build. With --keep the files of the two gateways stay, in hospital-gateway and clinic-gateway of an empty folder, so that
 * they can be started again. If SALUS_FHIR_SERVER names a FHIR server without records, the clinic keeps its own there. Without gateways the
 * chapters that need them are named and left out.
 *
 * Exits with 0 if everything happened as it must, with 1 on any surprise.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { best } from '@salus/client';
import { CHAIN, has } from './chains.js';
import { gatewayProgram } from './gateway.js';
import { reach } from './node.js';
import { acknowledgeWithdrawal } from './steps/acknowledgement.js';
import { admission } from './steps/admission.js';
import { amendResult } from './steps/amendment.js';
import { careByDefault } from './steps/care.js';
import { askAndApprove } from './steps/consent.js';
import { correct } from './steps/correction.js';
import { insure } from './steps/coverage.js';
import { decide } from './steps/decision.js';
import { disputeNote } from './steps/dispute.js';
import { emergencyAtNight } from './steps/emergency.js';
import { erase } from './steps/erasure.js';
import { waitForFunds } from './steps/funds.js';
import { keepInFhirServer } from './steps/fhir-server.js';
import { setUpGateways, type Houses } from './steps/gateways.js';
import { registerPatient } from './steps/patient.js';
import { verifyOffline } from './steps/receipt.js';
import { takeIn } from './steps/records.js';
import { whoLooked } from './steps/looks.js';
import { release } from './steps/release.js';
import { studyHearts } from './steps/research.js';
import { revoke } from './steps/revocation.js';
import { shareSealed } from './steps/sealed.js';
import { takeOnStaff } from './steps/staff.js';
import { nothingLinks } from './steps/unlinked.js';
import { visit } from './steps/visit.js';
import { listWhereRecordsAre } from './steps/whereabouts.js';
import { expect, Transcript } from './transcript.js';
import { Verifier } from './verifier.js';
import { World } from './world.js';

const { values: { keep, 'no-gateways': noGateways = false }, positionals: [named] } = parseArgs({
  allowPositionals: true, options: { keep: { type: 'string' }, 'no-gateways': { type: 'boolean' } },
});
const fhirServer = process.env['SALUS_FHIR_SERVER'];
const endpoint = named ?? process.env['SALUS_WS'] ?? 'ws://127.0.0.1:9944';

async function journey(): Promise<void> {
  // Before minutes of transactions, not after them.
  if (has('finality')) Verifier.find();
  if (!noGateways) gatewayProgram();
  const api = await reach(endpoint);
  const folder = keep ?? await mkdtemp(join(tmpdir(), 'salus-journey-'));
  await mkdir(folder, { recursive: true });
  let houses: Houses | undefined;
  try {
    const out = new Transcript(api);
    const world = new World(api, out, folder);
    const specName = api.runtimeVersion.specName.toString();
    expect(specName === CHAIN.specName, `the chain's runtime is ${specName}, not ${CHAIN.specName}: SALUS_CHAIN says which chain it is`);
    out.title('The care journey');
    out.saw(`chain ${api.runtimeChain.toString()}, genesis ${api.genesisHash.toHex().slice(0, 14)}…; times are UTC`);
    const { number: first } = await best(api);
    const institutions = await admission(world);
    const staff = await takeOnStaff(world, institutions);
    houses = await setUpGateways(world, institutions, endpoint, { wanted: !noGateways, fhirServer });
    const patient = await registerPatient(world, institutions.hospital, staff);
    const records = await takeIn(world, houses, staff, patient);
    const directive = await askAndApprove(world, institutions.clinic, staff, patient);
    await release(world, institutions, houses, staff, patient, records);
    await revoke(world, institutions.clinic, houses, staff, patient, directive);
    await acknowledgeWithdrawal(world, institutions, houses, staff, patient, directive);
    await careByDefault(world, institutions.hospital, staff, patient);
    await emergencyAtNight(world, institutions, houses, staff, patient);
    await whoLooked(world, houses, staff);
    await shareSealed(world, institutions, houses, staff, patient);
    if (houses && fhirServer) await keepInFhirServer(world, houses, staff, patient, fhirServer);
    await amendResult(world, institutions.hospital, staff, patient);
    await disputeNote(world, institutions, staff, patient);
    const verifier = await verifyOffline(world, houses, patient);
    await erase(world, institutions.hospital, houses, staff, patient, verifier, endpoint);
    const cover = await insure(world, institutions.insurer, staff);
    const claimed = await visit(world, institutions, staff, cover);
    await correct(world, institutions, staff, cover, claimed);
    await decide(world, institutions, staff, cover);
    await waitForFunds(world, institutions, staff, cover);
    await studyHearts(world, institutions, houses, patient, endpoint);
    await listWhereRecordsAre(world, houses, patient);
    await nothingLinks(world, first, patient, cover);
    out.result('RESULT: the journey went as it must');
  } catch (error) {
    for (const { name, gateway } of houses ? [houses.hospital, houses.clinic] : []) console.error(`\nWhat the gateway of ${name} said last:\n${await gateway.said()}`);
    throw error;
  } finally {
    await Promise.all([houses?.hospital.gateway.stop(), houses?.clinic.gateway.stop()]);
    if (keep === undefined) await rm(folder, { recursive: true, force: true });
    await api.disconnect();
  }
}

// Polkadot.js tells of a refused transaction here too; the transcript does so in words.
const { error: complain } = console;
console.error = (...words: unknown[]) => {
  if (!words.some((word) => /RPC-CORE/.test(String(word)))) complain(...words);
};

// Whoever ends it ends what it has started, too.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

journey().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error && error.stack ? error.stack : error);
    console.log('\nRESULT: FAILED, something happened that must not');
    process.exit(1);
  },
);
