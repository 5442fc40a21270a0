/** A council that tries what it must not fails in each case, and nothing changes. */
import assert from 'node:assert/strict';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { blake2AsHex } from '@polkadot/util-crypto';
import { best, claims, consent, decideAt, type ApiPromise, type Call } from '@salus/client';
import { governance } from '@salus/governance';
import { commit, newSalt, toHex, utf8 } from '@salus/types';
import { ASSET, cents } from '../../billing.js';
import { admission, type Institutions } from '../../steps/admission.js';
import { bankOf } from '../../steps/coverage.js';
import { registerPatient } from '../../steps/patient.js';
import { takeOnStaff, type Staff } from '../../steps/staff.js';
import { Transcript } from '../../transcript.js';
import { DAY, World, type Patient } from '../../world.js';
import { account, motion, Network, refusal, saw, scene, send } from '../harness.js';

const { enactmentApprove: approve, enactmentCancel: cancel, enactmentEnact: enact, enactmentSetDelay: setDelay, storedProposalOf } = governance;

let api: ApiPromise;
let world: World;
let institutions: Institutions;
let staff: Staff;
let patient: Patient;
let request: number;
let pool: string;

const FUNDS = cents('1000.00');

/** What the tries are after. */
async function treasures(): Promise<Record<string, unknown>> {
  const { clinic, insurer } = institutions;
  const decision = await decideAt(await best(api), {
    subject: patient.handle, purpose: 'Treat', action: 'Read', dataClass: 'Laboratory',
    actor: { organisation: clinic.org, practitioner: staff.specialist.address },
  });
  const [directives, free, ferdie, minimum, members, code, assets] = await Promise.all([
    api.call.consentApi.directives(patient.handle), claims.funds(api, insurer.org, ASSET),
    api.query.system.account(account('Ferdie').address), api.query.validatorSet.minimum(),
    api.query.validatorSet.members.keys(), api.rpc.state.getStorageHash('0x3a636f6465'),
    api.query.assets.asset.entries(),
  ]);
  return {
    verdict: decision.verdict, directives: directives.length, pool: free.free, ferdie: ferdie.data.free.toBigInt(),
    minimum: minimum.toNumber(), members: members.length, code: code.toHex(), assets: JSON.stringify(assets),
  };
}

/** Each must be refused, by both bodies, and leave everything as it was. */
async function allFail(attempts: [string, Call][], bodies: governance.Body[] = ['council', 'technicalCommittee']): Promise<void> {
  const before = await treasures();
  for (const [title, call] of attempts) {
    for (const body of bodies) {
      const reason = await refusal(() => motion(api, call, body));
      saw(`${body}: ${title}: ${reason}`);
      assert.ok(reason, `${body}: ${title} succeeded`);
    }
  }
  assert.deepEqual(await treasures(), before);
}

scene('what the Council must not', () => Network.start({ sessionLength: 20 }), (step) => {
  step('a patient, a request for access, and money in a pool', 240, async (network) => {
    api = await network.api();
    world = new World(api, new Transcript(api, () => undefined), await mkdtemp(join(network.folder, 'world-')));
    institutions = await admission(world);
    staff = await takeOnStaff(world, institutions);
    patient = await registerPatient(world, institutions.hospital, staff);
    const asked = await world.send(consent.requestAccess(api, institutions.clinic.org, patient.handle, 'Requester', {
      actions: ['Read'], purposes: ['Treat'], classes: ['Laboratory'], until: await world.now() + 30 * DAY,
    }, toHex(commit(newSalt(), utf8('Terms.')))), staff.specialist);
    request = consent.requestedAs(asked);
    const funded = await world.send(claims.fund(api, institutions.insurer.org, ASSET, FUNDS), bankOf(world, 'Insurer'));
    const transferred = funded.events.find(({ event }) => event.section === 'assets' && event.method === 'Transferred');
    pool = String((transferred?.event.data as unknown as { to: unknown }).to);
    const now = await treasures();
    assert.equal(now['verdict'], 'Deny');
    assert.equal(now['pool'], FUNDS);
  });

  step('consent is not the Council\'s to give', 240, async () => {
    const access = { actions: ['Read'], purposes: ['Treat'], classes: ['Laboratory'], until: await world.now() + 30 * DAY } as Parameters<typeof consent.permit>[2];
    const toClinic = { organisation: institutions.clinic.org };
    const permit = consent.permit(api, toClinic, access);
    await allFail([
      ['consent.permit', permit],
      ['consent.approve', consent.approve(api, request, access)],
      ['consent.permit in a batch', api.tx.utility.batchAll([permit])],
      ['consent.permit by a derived account', api.tx.utility.asDerivative(0, permit)],
      ['consent.permit by a schedule', api.tx.scheduler.scheduleAfter(1, null, 0, permit)],
      ['consent.permit as the patient (dispatch_as)', api.tx.utility.dispatchAs({ system: { Signed: patient.pair.address } }, permit)],
    ], ['council']);
  });

  step('money in a pool stays, and so does everybody\'s', 300, async () => {
    const { insurer } = institutions;
    const ferdie = account('Ferdie').address;
    await allFail([
      ['claims.withdraw', claims.withdraw(api, insurer.org, ASSET, 1n)],
      ['assets.forceTransfer from the pool', api.tx.assets.forceTransfer(ASSET, pool, ferdie, 1)],
      ['assets.transferApproved from the pool', api.tx.assets.transferApproved(ASSET, pool, ferdie, 1)],
      ['assets.forceAssetStatus', api.tx.assets.forceAssetStatus(ASSET, ferdie, ferdie, ferdie, ferdie, 1, false, false)],
      ['assets.mint', api.tx.assets.mint(ASSET, ferdie, 1)],
      ['assets.burn of the pool', api.tx.assets.burn(ASSET, pool, 1)],
      ['assets.freeze of the pool', api.tx.assets.freeze(ASSET, pool)],
      ['balances.forceTransfer', api.tx.balances.forceTransfer(ferdie, account('Alice').address, 1)],
      ['balances.forceSetBalance', api.tx.balances.forceSetBalance(ferdie, 0)],
      ['balances.forceUnreserve', api.tx.balances.forceUnreserve(ferdie, 1)],
      ['utility.dispatchAs the pool', api.tx.utility.dispatchAs({ system: { Signed: pool } }, api.tx.assets.transfer(ASSET, ferdie, 1))],
    ], ['council']);
  });

  step('Root\'s calls, the code and the minimum are out of reach of both bodies', 400, async () => {
    const minimum = api.query.validatorSet.minimum.key();
    const set = api.tx.system.setStorage([[minimum, '0x01000000']]);
    await allFail([
      ['system.setStorage of the minimum', set],
      ['system.killStorage of the minimum', api.tx.system.killStorage([minimum])],
      ['system.killPrefix', api.tx.system.killPrefix(minimum.slice(0, 34), 10)],
      ['system.setCode', api.tx.system.setCode('0x00')],
      ['system.setCodeWithoutChecks', api.tx.system.setCodeWithoutChecks('0x00')],
      ['system.authorizeUpgrade', api.tx.system.authorizeUpgrade(blake2AsHex('0x00'))],
      ['system.setStorage as Root (dispatch_as)', api.tx.utility.dispatchAs({ system: 'Root' }, set)],
      ['system.setStorage by a schedule', api.tx.scheduler.scheduleAfter(1, null, 0, set)],
    ]);
    // No call mentions the minimum: it was written at genesis.
    assert.deepEqual(Object.keys(api.tx.validatorSet).sort(), ['addValidator', 'removeValidator', 'retire']);
  });

  step('Enactment carries out nothing outside its catalogue, and nothing for one body alone', 300, async () => {
    const minimum = api.query.validatorSet.minimum.key();
    const ferdie = account('Ferdie').address;
    await allFail([
      ['enactment of system.setStorage', approve(api, api.tx.system.setStorage([[minimum, '0x01000000']]))],
      ['enactment of system.setCode', approve(api, api.tx.system.setCode('0x00'))],
      ['enactment of balances.forceSetBalance', approve(api, api.tx.balances.forceSetBalance(ferdie, 0))],
      ['enactment of utility.dispatchAs', approve(api, api.tx.utility.dispatchAs({ system: 'Root' }, api.tx.system.setHeapPages(1)))],
      ['enactment of a batch', approve(api, api.tx.utility.batchAll([api.tx.system.authorizeUpgrade(blake2AsHex('0x00'))]))],
      ['setting a delay without Root', setDelay(api, 'Upgrade', 1)],
    ]);
    const upgrade = api.tx.system.authorizeUpgrade(blake2AsHex('0x00'));
    await motion(api, approve(api, upgrade), 'technicalCommittee');
    const stored = await storedProposalOf(api, upgrade.method.hash.toHex());
    assert.deepEqual(stored?.approvals, { council: false, technicalCommittee: true });
    for (const [title, attempt] of [
      ['enacting what one body has approved', () => send(api, enact(api, upgrade.method.hash.toHex()), account('Ferdie'))],
      ['the same body approving twice', () => motion(api, approve(api, upgrade), 'technicalCommittee')],
      ['approving as an account', () => send(api, approve(api, upgrade), account('Alice'))],
    ] as const) {
      const reason = await refusal(attempt);
      saw(`${title}: ${reason}`);
      assert.match(String(reason), /enactment\.NotAgreed|enactment\.AlreadyApproved|system\.BadOrigin/);
    }
    assert.ok((await api.query.system.authorizedUpgrade()).isNone);
    await motion(api, cancel(api, upgrade.method.hash.toHex()));
    assert.equal(await storedProposalOf(api, upgrade.method.hash.toHex()), undefined);
  });
});
