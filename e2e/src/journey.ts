/**
 * The care journey, played against a running chain:
 *
 *   node dist/journey.js [ws://127.0.0.1:9944]     or the endpoint in SALUS_WS
 *
 * It runs the programs salus-node and salus-verify too: those that SALUS_NODE and SALUS_VERIFY name, or those
 * of the last build. Exits with 0 if everything happened as it must, with 1 on any surprise.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { best } from '@salus/client';
import { CHAIN, has } from './chains.js';
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
import { registerPatient } from './steps/patient.js';
import { verifyOffline } from './steps/receipt.js';
import { anchorRecords } from './steps/records.js';
import { whoLooked } from './steps/looks.js';
import { openCounter, release } from './steps/release.js';
import { revoke } from './steps/revocation.js';
import { shareSealed } from './steps/sealed.js';
import { takeOnStaff } from './steps/staff.js';
import { nothingLinks } from './steps/unlinked.js';
import { visit } from './steps/visit.js';
import { expect, Transcript } from './transcript.js';
import { Verifier } from './verifier.js';
import { World } from './world.js';

const endpoint = process.argv[2] ?? process.env['SALUS_WS'] ?? 'ws://127.0.0.1:9944';

async function journey(): Promise<void> {
  // Before minutes of transactions, not after them.
  if (has('finality')) Verifier.find();
  const api = await reach(endpoint);
  const folder = await mkdtemp(join(tmpdir(), 'salus-journey-'));
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
    const patient = await registerPatient(world, institutions.hospital, staff);
    const records = await anchorRecords(world, institutions.hospital, staff, patient);
    const directive = await askAndApprove(world, institutions.clinic, staff, patient);
    const counter = await openCounter(world, institutions, records);
    await release(world, institutions, staff, patient, records, counter);
    await revoke(world, institutions.clinic, staff, patient, records, counter, directive);
    await acknowledgeWithdrawal(world, institutions, staff, patient, directive);
    await careByDefault(world, institutions.hospital, staff, patient);
    await emergencyAtNight(world, institutions, staff, patient);
    await whoLooked(world, institutions, staff, records);
    await shareSealed(world, institutions, staff, patient, records, counter);
    await amendResult(world, institutions.hospital, staff, patient);
    await disputeNote(world, institutions, staff, patient);
    const verifier = await verifyOffline(world, patient, records, counter);
    await erase(world, institutions.hospital, staff, patient, records, verifier, endpoint);
    const cover = await insure(world, institutions.insurer, staff);
    const claimed = await visit(world, institutions, staff, cover);
    await correct(world, institutions, staff, cover, claimed);
    await decide(world, institutions, staff, cover);
    await waitForFunds(world, institutions, staff, cover);
    await nothingLinks(world, first, patient, cover);
    out.result('RESULT: the journey went as it must');
  } finally {
    await rm(folder, { recursive: true, force: true });
    await api.disconnect();
  }
}

// Polkadot.js tells of a refused transaction here too; the transcript does so in words.
const { error: complain } = console;
console.error = (...words: unknown[]) => {
  if (!words.some((word) => /RPC-CORE/.test(String(word)))) complain(...words);
};

journey().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error && error.stack ? error.stack : error);
    console.log('\nRESULT: FAILED, something happened that must not');
    process.exit(1);
  },
);
