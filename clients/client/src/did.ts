/**
 * `did:salus:<network>:<handle>`: a W3C DID document (DID Core 1.0) of a patient's handle. It names
 * keys and nothing else; who the person is stands nowhere.
 */
import { base58 } from '@scure/base';
import { encodeAddress } from '@polkadot/util-crypto';
import { bytes32, concat, toHex, type Hex, type KeyPurpose } from '@salus/types';
import type { PatientInfo } from './identity.js';

export interface DidNetwork {
  /** The name in the DID, such as `dev`. Lower-case letters, digits and `-`. */
  name: string;
  genesisHash: Uint8Array | string;
  ss58Prefix: number;
}

interface VerificationMethod {
  id: string;
  type: string;
  controller: string;
  blockchainAccountId?: string;
  publicKeyMultibase?: string;
}

export interface DidDocument {
  '@context': string[];
  id: string;
  verificationMethod: VerificationMethod[];
  authentication: string[];
  capabilityInvocation: string[];
  keyAgreement: VerificationMethod[];
}

export interface DidResolution {
  didDocument: DidDocument;
  didDocumentMetadata: { deactivated: boolean; state: string };
  didResolutionMetadata: { contentType: 'application/did+ld+json' };
}

const DID = /^did:salus:([a-z0-9-]+):([0-9a-f]{64})$/;

export function didOf(network: string, handle: Uint8Array | string): string {
  const did = `did:salus:${network}:${toHex(bytes32(handle)).slice(2)}`;
  if (!DID.test(did)) throw new RangeError(`not a network name: ${network}`);
  return did;
}

export function parseDid(did: string): { network: string; handle: Hex } {
  const [, network, handle] = DID.exec(did) ?? [];
  if (!network || !handle) throw new RangeError(`not a DID of this method: ${did}`);
  return { network, handle: `0x${handle}` };
}

/** `z` and base58 of the multicodec prefix of X25519 (0xec 0x01) and the raw key. */
const x25519Multibase = (key: Uint8Array): string =>
  `z${base58.encode(concat(Uint8Array.of(0xec, 0x01), bytes32(key)))}`;

/** The DID document of what the chain says about a handle. */
export function didDocument(network: DidNetwork, patient: PatientInfo): DidResolution {
  const id = didOf(network.name, patient.handle);
  const chain = toHex(bytes32(network.genesisHash)).slice(2, 34);
  const live = patient.keys.filter((key) => key.live);
  const methods = live.map((key, position) => ({
    id: `${id}#key-${position + 1}`,
    // The chain knows an account, not of which kind its key is; hence no raw public key here.
    type: 'BlockchainVerificationMethod2021',
    controller: id,
    blockchainAccountId: `polkadot:${chain}:${encodeAddress(key.account, network.ss58Prefix)}`,
  }));
  const forPurpose = (purpose: KeyPurpose): string[] =>
    methods.filter((_, i) => live[i]?.purposes.includes(purpose)).map((method) => method.id);
  return {
    didDocument: {
      '@context': [
        'https://www.w3.org/ns/did/v1',
        'https://w3id.org/security/suites/blockchain-2021/v1',
        'https://w3id.org/security/suites/x25519-2020/v1',
      ],
      id,
      verificationMethod: methods,
      authentication: forPurpose('Authentication'),
      capabilityInvocation: forPurpose('Consent'),
      keyAgreement: patient.state === 'Retired' ? [] : [{
        id: `${id}#agreement`,
        type: 'X25519KeyAgreementKey2020',
        controller: id,
        publicKeyMultibase: x25519Multibase(bytes32(patient.agreementKey)),
      }],
    },
    didDocumentMetadata: { deactivated: patient.state === 'Retired', state: patient.state },
    didResolutionMetadata: { contentType: 'application/did+ld+json' },
  };
}
