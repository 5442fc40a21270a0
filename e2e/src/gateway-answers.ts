/** What a node answers to the questions of a gateway: for the tests of `exchange/gateway`, which read the bytes without a node. */
import type { KeyringPair } from '@polkadot/keyring/types';
import { u8aToHex } from '@polkadot/util';
import type { ApiPromise } from '@salus/client';
import type { Institution, Patient } from './world.js';

/** Those about whom is asked: `system` has a role at `clinic`, and `patient` has permitted the clinic something. */
export interface About {
  patient: Patient;
  system: KeyringPair;
  clinic: Institution;
  other: Institution;
}

/** Bytes of a whole number, the lowest first. */
function littleEndian(number: number, bytes: number): string {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt(number));
  return buffer.subarray(0, bytes).toString('hex');
}

/** Asks after the last final block. */
export async function answersOf(api: ApiPromise, { patient, system, clinic, other }: About): Promise<object> {
  const at = await api.rpc.chain.getFinalizedHead();
  const call = async (name: string, argument: string) => ({ function: name, argument, answer: (await api.rpc.state.call(name, argument, at)).toHex() });
  const header = await api.rpc.chain.getHeader(at);
  const proof = await api.rpc.state.getReadProof([api.query.timestamp.now.key(), api.query.system.blockHash.key(0)], at);
  const time = Math.floor((await (await api.at(at)).query.timestamp.now()).toNumber() / 1000);
  const organisation = clinic.org;
  const roles = (who: KeyringPair) => `0x${littleEndian(organisation, 4)}${Buffer.from(who.publicKey).toString('hex')}${littleEndian(time, 8)}`;
  const { parentHash, number, stateRoot, extrinsicsRoot, digest } = header;
  return {
    about: 'What a development node of this repository answered, and what it was asked: written by e2e/src/tests/gateway.test.ts with SALUS_WRITE_TABLES=1, read by exchange/gateway/tests/exchange/answers.rs.',
    block: {
      hash: at.toHex(),
      header: {
        parentHash: parentHash.toHex(), number: `0x${number.toNumber().toString(16)}`, stateRoot: stateRoot.toHex(), extrinsicsRoot: extrinsicsRoot.toHex(),
        digest: { logs: digest.logs.map((log) => log.toHex()) },
      },
      time, genesis: api.genesisHash.toHex(), proof: { at: at.toHex(), proof: proof.proof.map((node) => u8aToHex(node.toU8a(true))) },
    },
    handle: patient.handle, who: u8aToHex(system.publicKey), own: u8aToHex(patient.pair.publicKey), organisation,
    admin: u8aToHex(clinic.admin.publicKey), otherAdmin: u8aToHex(other.admin.publicKey),
    organisationFound: await call('RegistryApi_organisation', `0x${littleEndian(organisation, 4)}`),
    organisationUnknown: await call('RegistryApi_organisation', `0x${littleEndian(4_294_967_294, 4)}`),
    roles: await call('RegistryApi_roles', roles(system)),
    noRoles: await call('RegistryApi_roles', roles(patient.pair)),
  };
}
