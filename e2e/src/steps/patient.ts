import { didDocument, handleOf, identity, registerForMessage, signMessage } from '@salus/client';
import { newAgreementKey } from '@salus/exchange';
import { expect } from '../transcript.js';
import type { Institution, Patient, World } from '../world.js';
import type { Staff } from './staff.js';

/** The hospital registers a patient's wallet that holds nothing, with the wallet's signature. */
export async function registerPatient(world: World, hospital: Institution, { steward }: Staff): Promise<Patient> {
  const { api, out } = world;
  out.chapter('The hospital registers a patient, whose wallet is empty');
  const pair = world.stranger();
  const agreement = await newAgreementKey();
  const genesis = api.genesisHash.toHex();
  const expiry = await world.now() + 30 * 60;

  const message = registerForMessage(genesis, hospital.org, pair.address, agreement.publicKey, expiry);
  const signature = await signMessage(pair, message);
  out.saw(`the wallet signs off chain that organisation ${hospital.org}, and no other, may register it`);
  const registered = await world.send(
    identity.registerFor(api, hospital.org, pair.address, agreement.publicKey, expiry, signature), steward,
  );
  const handle = handleOf(genesis, pair.address);
  await out.did(registered, `${hospital.name} registers the wallet; the handle is ${handle.slice(0, 14)}…`);

  const found = await identity.resolve(api, handle);
  expect(found?.state === 'Active' && found.agreementKey === agreement.publicKey, 'the handle does not resolve');
  expect(await identity.patientOf(api, pair.address) === handle, 'the wallet is not the handle\'s');
  expect(await world.tokensOf(pair.address) === 0n, 'the patient holds tokens');
  const network = { name: 'dev', genesisHash: genesis, ss58Prefix: api.registry.chainSS58 ?? 42 };
  const did = didDocument(network, found).didDocument;
  out.saw(`${did.id.slice(0, 32)}… with ${did.authentication.length} key, and a key to encrypt to`);
  return { pair, agreement, handle };
}

/** Several patients at once, where how they are registered is not what is told. */
export async function registerPatients(world: World, hospital: Institution, { steward }: Staff, count: number): Promise<Patient[]> {
  const { api } = world;
  const genesis = api.genesisHash.toHex();
  const expiry = await world.now() + 30 * 60;
  const made = await Promise.all(Array.from({ length: count }, async () => {
    const [pair, agreement] = [world.stranger(), await newAgreementKey()];
    const signature = await signMessage(pair, registerForMessage(genesis, hospital.org, pair.address, agreement.publicKey, expiry));
    return {
      patient: { pair, agreement, handle: handleOf(genesis, pair.address) },
      call: identity.registerFor(api, hospital.org, pair.address, agreement.publicKey, expiry, signature),
    };
  }));
  await world.sendAll(made.map(({ call }) => call), steward);
  return made.map(({ patient }) => patient);
}
