/** A custodian's gate on a chain of one block, for the tests of the gate. */
import assert from 'node:assert/strict';
import type { ApiPromise } from '@polkadot/api';
import { Keyring } from '@polkadot/keyring';
import type { KeyringPair } from '@polkadot/keyring/types';
import { addressEq, cryptoWaitReady } from '@polkadot/util-crypto';
import { commit, newSalt, random, ReleaseRefused, toHex, utf8, type Hex } from '@salus/types';
import { newAgreementKey, seal, type AgreementKeyPair } from '../envelope.js';
import { RecordWithheld, ReleaseGate, type GateOptions } from '../gate.js';
import { MemoryLog } from '../log.js';
import { MemoryReplayCache } from '../replay.js';
import { signRequest, type ReleaseRequest, type SignedRequest } from '../request.js';
import type { StoredRecord } from '../store.js';

export const GENESIS: Hex = `0x${'aa'.repeat(32)}`;
/** The chain's time when a test begins. */
export const START = 10_000;
export const CUSTODIAN = 4;
/** The organisation for which the requester asks. */
export const READER = 5;
/** Organisations that a registrar suspended, threw out and never admitted. */
export const SUSPENDED = 6;
export const REVOKED = 7;
export const APPLICANT = 8;
/** The number of the sealed directive of which a house can have the opening. */
export const SEALED = 4_711;
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

/** The host's time, which a test moves, and how the node stands to it. */
export interface Clock {
  now: number;
  /** By how much the best block is behind the host's clock, in seconds, and the last final block. */
  lag: number;
  finalLag: number;
  isSyncing: boolean;
  peers: number;
  bootNodes: boolean;
  chainType: 'Development' | 'Local' | 'Live';
  /** Whether collators make its blocks: six seconds each, not three. */
  parachain: boolean;
  /** Whether the node answers, refuses to, or says nothing at all. */
  mode: 'well' | 'failing' | 'silent';
  /** Until when, by the chain's time, the patient's sealed directive is in force, if there is one. */
  sealedUntil: number | undefined;
  /** Called before each answer about consent: the place for what happens while a request is answered. */
  deciding: () => void;
}

export const newClock = (over: Partial<Clock> = {}): Clock => ({
  now: START, lag: 0, finalLag: 0, isSyncing: false, peers: 3, bootNodes: true, chainType: 'Live', parachain: false, mode: 'well', sealedUntil: undefined,
  deciding: () => undefined, ...over,
});

/** The blocks of the chain by their hashes. */
const BEST = `0x${'bb'.repeat(32)}`;
const FINAL = `0x${'ff'.repeat(32)}`;

/** A chain of two blocks that permits treatment, and patients their own, and nothing else. */
export function chain({ requester, admin, patient, reader, commitment }: Cast, clock: Clock): ApiPromise {
  const some = <T>(value: T) => ({ isSome: true, isNone: false, unwrap: () => value });
  const none = { isSome: false, isNone: true };
  const ok = <T>(asOk: T) => ({ isErr: false, asOk });
  const hash = (hex: string) => ({ toHex: () => hex });
  const state = (moment: number) => ({
    query: { timestamp: { now: async () => moment * 1000 } },
    call: {
      consentApi: {
        decide: async ({ purpose, actor }: { purpose: string; actor: object }) => {
          clock.deciding();
          const permitted = purpose === 'Treat' || 'Own' in actor;
          if (!permitted && clock.sealedUntil !== undefined && moment < clock.sealedUntil) return ok({ type: 'Deny', inner: { type: 'Sealed', value: String(SEALED) } });
          return ok({ type: permitted ? 'Permit' : 'Deny', inner: { type: permitted ? 'Own' : 'Default', value: '' } });
        },
        // As if the only opening that there is let somebody read for payment, and forbade treatment.
        decideWith: async ({ purpose }: { purpose: string }, openings: [number, Uint8Array][]) => {
          clock.deciding();
          assert.deepEqual(openings.map(([sealed]) => sealed), [SEALED]);
          return ok({ type: purpose === 'Hpaymt' ? 'Permit' : 'Deny', inner: { type: 'SealedDirective', value: String(SEALED) } });
        },
      },
      sealedApi: {
        sealedDirectives: async () => (clock.sealedUntil === undefined ? [] : [[SEALED, {
          effect: { type: 'Deny' }, commitment: hash(GENESIS), period: { from: 0, until: clock.sealedUntil }, ended: none, version: 1,
        }]]),
      },
      registryApi: {
        organisation: async (org: number) => LICENCES[org] ? some({
          admin: admin.address, profile: { toHex: () => GENESIS }, flagged: { isTrue: false },
          agreementKey: org === KEYLESS ? none : some({ key: { toHex: () => reader.publicKey } }),
          licences: LICENCES[org].map((type) => ({ kind: { type: 'Provider' }, status: { type } })),
        }) : none,
        roles: async (_org: number, who: string) => ok(addressEq(who, requester.address) ? 1 : 0),
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
  });
  const answer = <T>(value: () => T) => async (): Promise<T> => {
    if (clock.mode === 'silent') return new Promise(() => undefined);
    if (clock.mode === 'failing') throw new Error('WebSocket is not connected');
    return value();
  };
  return {
    genesisHash: hash(GENESIS),
    consts: clock.parachain
      ? { aura: { slotDuration: { toNumber: () => 6_000 } } }
      : { babe: { expectedBlockTime: { toNumber: () => 3_000 } } },
    rpc: {
      chain: {
        getBlockHash: answer(() => hash(BEST)),
        getFinalizedHead: answer(() => hash(FINAL)),
        getHeader: async (block: string) => ({ number: { toNumber: () => (block === BEST ? 9 : 7) } }),
      },
      system: {
        health: answer(() => ({
          peers: { toNumber: () => clock.peers }, isSyncing: { isTrue: clock.isSyncing }, shouldHavePeers: { isTrue: clock.bootNodes },
        })),
        chainType: answer(() => ({ isDevelopment: clock.chainType === 'Development' })),
      },
    },
    at: async (block: string) => state(block === BEST ? clock.now - clock.lag : clock.now - clock.finalLag),
  } as unknown as ApiPromise;
}

/** A gate, with the options that a test replaces. */
export function openGate(people: Cast, over: Partial<GateOptions> = {}, node: Partial<Clock> = {}) {
  const { record, custodian } = people;
  const clock = newClock(node);
  const log = over.log ?? new MemoryLog();
  const options: GateOptions = {
    api: chain(people, clock), custodian: CUSTODIAN, identity: custodian.identity, log,
    store: { get: async (id) => (id === record.id ? record : undefined), put: async () => undefined },
    replays: new MemoryReplayCache(), freshness: { now: () => clock.now * 1000 }, ...over,
  };
  return { gate: new ReleaseGate(options), log, clock, api: options.api, freshness: options.freshness };
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

/** Whether an error is a refusal for this reason, as the custodian's own log has it. */
export const refused = (reason: RegExp) => (error: unknown): boolean =>
  error instanceof ReleaseRefused && reason.test(error instanceof RecordWithheld ? error.forLog : error.reason);
