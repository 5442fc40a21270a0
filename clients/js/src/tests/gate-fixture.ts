/** A custodian's gate on a chain of one block, for the tests of the gate. */
import type { ApiPromise } from '@polkadot/api';
import { Keyring } from '@polkadot/keyring';
import type { KeyringPair } from '@polkadot/keyring/types';
import { cryptoWaitReady } from '@polkadot/util-crypto';
import { random, toHex, utf8, type Hex } from '../bytes.js';
import { commit, newSalt } from '../commitment.js';
import { newAgreementKey, seal, type AgreementKeyPair } from '../envelope.js';
import { ReleaseRefused } from '../errors.js';
import { ReleaseGate, type GateOptions } from '../gate.js';
import { MemoryLog } from '../log.js';
import { MemoryReplayCache } from '../replay.js';
import { signRequest, type ReleaseRequest, type SignedRequest } from '../request.js';
import type { StoredRecord } from '../store.js';

export const GENESIS: Hex = `0x${'aa'.repeat(32)}`;
/** The chain's time when a test begins. */
export const START = 1_000;
export const CUSTODIAN = 4;
/** The organisation for which the requester asks. */
export const READER = 5;
/** Organisations that a registrar suspended, threw out and never admitted. */
export const SUSPENDED = 6;
export const REVOKED = 7;
export const APPLICANT = 8;
/** One that has named no key to encrypt to. */
export const KEYLESS = 10;
export const content = utf8('{"resourceType":"Observation"}');

const LICENCES: Record<number, string[]> = {
  [READER]: ['Live'], [SUSPENDED]: ['Suspended'], [REVOKED]: ['Revoked'], [APPLICANT]: [], [KEYLESS]: ['Live'],
};

/** Everybody who matters to a gate, and the record that it keeps. */
export interface Cast {
  /** Has a role at every organisation there is. */
  requester: KeyringPair;
  admin: KeyringPair;
  patient: KeyringPair;
  stranger: () => KeyringPair;
  custodian: AgreementKeyPair;
  reader: AgreementKeyPair;
  record: StoredRecord;
  commitment: Hex;
}

export async function cast(): Promise<Cast> {
  await cryptoWaitReady();
  const keyring = new Keyring({ type: 'sr25519' });
  const [custodian, reader] = await Promise.all([newAgreementKey(), newAgreementKey()]);
  const salt = newSalt();
  return {
    requester: keyring.addFromUri('//Requester'), admin: keyring.addFromUri('//Admin'),
    patient: keyring.addFromUri('//Patient'), stranger: () => keyring.addFromSeed(random(32)),
    custodian, reader, commitment: toHex(commit(salt, content)),
    record: {
      id: 'r1', subject: `0x${'01'.repeat(32)}`, dataClass: 'Observations', labels: [],
      anchor: { org: CUSTODIAN, seq: 0 },
      envelope: await seal({ form: 'Bytes', salt, record: content }, [custodian.publicKey]),
    },
  };
}

/** The chain's time, which a test moves. */
export interface Clock {
  now: number;
}

/** A chain of one block that permits treatment, and patients their own, and nothing else. */
export function chain({ requester, admin, patient, reader, commitment }: Cast, clock: Clock): ApiPromise {
  const some = <T>(value: T) => ({ isSome: true, isNone: false, unwrap: () => value });
  const none = { isSome: false, isNone: true };
  const ok = <T>(asOk: T) => ({ isErr: false, asOk });
  const state = {
    query: { timestamp: { now: async () => clock.now * 1000 } },
    call: {
      consentApi: {
        decide: async ({ purpose, actor }: { purpose: string; actor: object }) =>
          ok({ type: purpose === 'Treat' || 'Own' in actor ? 'Permit' : 'Deny', inner: { type: 'Default', value: '' } }),
      },
      registryApi: {
        organisation: async (org: number) => LICENCES[org] ? some({
          admin: admin.address, profile: { toHex: () => GENESIS }, flagged: { isTrue: false },
          agreementKey: org === KEYLESS ? none : some({ key: { toHex: () => reader.publicKey } }),
          licences: LICENCES[org].map((type) => ({ kind: { type: 'Provider' }, status: { type } })),
        }) : none,
        roles: async (_org: number, who: string) => ok(who === requester.address ? 1 : 0),
      },
      patientIdentityApi: {
        resolve: async () => some({
          patient: { toHex: () => `0x${'01'.repeat(32)}` }, state: { type: 'Active' }, since: 0, registeredBy: none,
          keys_: [{ account: patient.address, purposes: 1, from: 0, until: none }],
          agreementKey: { value: { toHex: () => reader.publicKey } },
        }),
      },
      recordAnchorApi: {
        verify: async (_org: number, _seq: number, asked: Hex) => asked === commitment
          ? ok({ anchoredAt: 1, version: 1, status: { type: 'Current' } })
          : { isErr: true, asErr: { type: 'NotAMember' } },
      },
    },
  };
  const hash = { toHex: () => GENESIS };
  return {
    genesisHash: hash,
    rpc: {
      chain: {
        getBlockHash: async () => hash,
        getFinalizedHead: async () => hash,
        getHeader: async () => ({ number: { toNumber: () => 1 } }),
      },
    },
    at: async () => state,
  } as unknown as ApiPromise;
}

/** A gate, with the options that a test replaces. */
export function openGate(people: Cast, over: Partial<GateOptions> = {}) {
  const { record, custodian } = people;
  const clock: Clock = { now: START };
  const log = over.log ?? new MemoryLog();
  const options: GateOptions = {
    api: chain(people, clock), custodian: CUSTODIAN, identity: custodian.identity, log,
    store: { get: async (id) => (id === record.id ? record : undefined), put: async () => undefined },
    replays: new MemoryReplayCache(), ...over,
  };
  return { gate: new ReleaseGate(options), log, clock, api: options.api };
}

/** A request of `who`, for the record, to treat. */
export const ask = (who: KeyringPair, over: Partial<ReleaseRequest> = {}): Promise<SignedRequest> => signRequest(GENESIS, who, {
  custodian: CUSTODIAN, recordId: 'r1', organisation: READER, purpose: 'Treat', action: 'Read', expiry: START + 60, ...over,
});

/** A request of a patient, who asks for no organisation. */
export async function askAsPatient(who: KeyringPair, over: Partial<ReleaseRequest> = {}): Promise<SignedRequest> {
  return signRequest(GENESIS, who, {
    custodian: CUSTODIAN, recordId: 'r1', purpose: 'Patrqt', action: 'Read', expiry: START + 60, ...over,
  });
}

/** Whether an error is a refusal for this reason. */
export const refused = (reason: RegExp) => (error: unknown): boolean =>
  error instanceof ReleaseRefused && reason.test(error.reason);
