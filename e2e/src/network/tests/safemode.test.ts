/** Safe mode: loosening stops, what protects and what governs goes on, and it ends by itself. */
import assert from 'node:assert/strict';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { consent, identity, registry, type ApiPromise, type Call } from '@salus/client';
import type { KeyringPair } from '@polkadot/keyring/types';
import { newAgreementKey } from '@salus/exchange';
import { admission, type Institutions } from '../../steps/admission.js';
import { registerPatient } from '../../steps/patient.js';
import { takeOnStaff, type Staff } from '../../steps/staff.js';
import { Transcript } from '../../transcript.js';
import { DAY, World, type Patient } from '../../world.js';
import {
  account, eventually, heads, lagOf, motion, Network, refusal, saw, scene, send, session,
} from '../harness.js';

/** In slots: safe mode lasts four of them, and what is tried in it has to fit. */
const SESSION = 20;

let api: ApiPromise;
let world: World;
let institutions: Institutions;
let staff: Staff;
let patient: Patient;
let directive: number;
/** An organisation that has applied to be a laboratory. */
let laboratory: number;
/** The last block of safe mode. */
let until: number;

/** The calls that must not pass, each with who would sign it. */
async function loosening(): Promise<[string, Call, KeyringPair][]> {
  const access = { actions: ['Read'], purposes: ['Treat'], classes: ['Laboratory'], until: await world.now() + 30 * DAY } as Parameters<typeof consent.permit>[2];
  const { publicKey } = await newAgreementKey();
  return [
    ['a patient permits', consent.permit(api, { organisation: institutions.clinic.org }, access), patient.pair],
    ['somebody registers', identity.register(api, publicKey), account('Ferdie')],
    ['a registrar licenses', registry.admit(api, laboratory, 'Laboratory', await world.now() + DAY), world.registrar],
    ['money moves', api.tx.balances.transferKeepAlive(account('Ferdie').address, 1), account('Eve')],
  ];
}

const entered = async (): Promise<number | undefined> => {
  const stored = await api.query.safeMode.enteredUntil();
  return stored.isSome ? stored.unwrap().toNumber() : undefined;
};

scene('safe mode', () => Network.start({ sessionLength: SESSION }), (step) => {
  step('before: a patient permits', 240, async (network) => {
    api = await network.api();
    world = new World(api, new Transcript(api, () => undefined), await mkdtemp(join(network.folder, 'world-')));
    institutions = await admission(world);
    staff = await takeOnStaff(world, institutions);
    laboratory = registry.appliedAs(await send(api, registry.apply(api, ['Laboratory'], `0x${'22'.repeat(32)}`), account('Eve')));
    patient = await registerPatient(world, institutions.hospital, staff);
    const access = { actions: ['Read'], purposes: ['Treat'], classes: ['Laboratory'], until: await world.now() + 30 * DAY } as Parameters<typeof consent.permit>[2];
    directive = consent.grantedAs(await world.send(consent.permit(api, { organisation: institutions.clinic.org }, access), patient.pair));
  });

  step('entered by a motion, for four sessions', 90, async () => {
    const included = await motion(api, api.tx.safeMode.forceEnter(), 'technicalCommittee');
    const found = await entered();
    assert.ok(found !== undefined);
    until = found;
    saw(`entered in block ${included.blockNumber}, until block ${until}`);
    assert.equal(until - included.blockNumber, 4 * SESSION);
  });

  step('loosening is refused', 90, async () => {
    for (const [title, call, signer] of await loosening()) {
      const reason = await refusal(() => send(api, call, signer));
      saw(`${title}: ${reason}`);
      assert.match(String(reason), /not even included|system\.CallFiltered/);
    }
    assert.ok(await entered() !== undefined, 'safe mode was over already');
  });

  step('tightening, governance and session keys go on', 150, async (network) => {
    for (const [title, call] of [
      ['vetoes a purpose', consent.vetoPurpose(api, 'Treat')],
      ['revokes', consent.revoke(api, directive)],
      ['freezes', identity.freeze(api)],
    ] as const) {
      const { blockNumber, fee } = await send(api, call, patient.pair);
      saw(`the patient ${title}: block ${blockNumber}, fee ${fee}`);
    }
    const added = await motion(api, api.tx.membership.addMember(account('Dave').address));
    saw(`the Council takes on a member: block ${added.blockNumber}`);
    assert.equal((await api.query.membership.members()).length, 4);
    const bob = account('Bob');
    const { keys, proof } = await network.member('Bob').rpc<{ keys: string; proof: string }>(
      'author_rotateKeysWithOwner', [`0x${Buffer.from(bob.publicKey).toString('hex')}`]);
    const set = await send(api, api.tx.session.setKeys(keys, proof), bob);
    saw(`a validator changes its keys: block ${set.blockNumber}`);
    assert.ok(await entered() !== undefined, 'safe mode was over already');
  });

  step('an equivocation is reported and punished, blocks and finality go on', 400, async (network) => {
    const before = await session(api);
    const keys = network.keys.get('Dave');
    assert.ok(keys);
    const twin = await network.add({ name: 'Dave-again', keys });
    await twin.start();
    const dave = account('Dave').address;
    await eventually('Dave is disabled', 180, async () => (await session(api)).disabled.includes(dave));
    const now = await entered();
    saw(`disabled in session ${(await session(api)).index} (begun in ${before.index}), safe mode until ${now}`);
    assert.ok(now !== undefined, 'safe mode was over already');
    await twin.stop();
    await network.everywhere('finality is close', 60, (seen) => lagOf(seen) <= 6);
  });

  step('it ends by itself, and loosening works again', 400, async (network) => {
    const alice = network.member('Alice');
    await eventually('safe mode is over', 300, async () => await entered() === undefined);
    const { best } = await heads(alice);
    saw(`over at block ${best.number}; it was to last until ${until}`);
    assert.ok(best.number >= until, 'it ended before its time');
    for (const [title, call, signer] of (await loosening()).slice(1)) {
      const { blockNumber } = await send(api, call, signer);
      saw(`${title}: block ${blockNumber}`);
    }
    const other = await registerPatient(world, institutions.hospital, staff);
    const [, permit] = (await loosening())[0] ?? [];
    assert.ok(permit);
    const { blockNumber } = await send(api, permit, other.pair);
    saw(`a patient permits: block ${blockNumber}`);
  });
});
