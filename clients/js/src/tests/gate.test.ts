import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import { Keyring } from '@polkadot/keyring';
import type { KeyringPair } from '@polkadot/keyring/types';
import { cryptoWaitReady } from '@polkadot/util-crypto';
import { u8aWrapBytes } from '@polkadot/util';
import { toHex, utf8, type Hex } from '../bytes.js';
import { commit, newSalt } from '../commitment.js';
import { newAgreementKey, open, seal, type AgreementKeyPair } from '../envelope.js';
import { IntegrityBroken, ReleaseRefused } from '../errors.js';
import { receive, ReleaseGate, requestMessage, signRequest, type ReleaseRequest, type StoredRecord } from '../gate.js';
import { MemoryLog, verifyLog } from '../log.js';
import { newProfile, profileCommitment, type Profile } from '../profile.js';

const GENESIS: Hex = `0x${'aa'.repeat(32)}`;
const NOW = 1_000;
const CUSTODIAN = 4;
const READER = 5;

let requester: KeyringPair;
let custodian: AgreementKeyPair;
let reader: AgreementKeyPair;
let profile: Profile;
let record: StoredRecord;
let commitment: Hex;
const content = utf8('{"resourceType":"Observation"}');

before(async () => {
  await cryptoWaitReady();
  requester = new Keyring({ type: 'sr25519' }).addFromUri('//Requester');
  [custodian, reader] = await Promise.all([newAgreementKey(), newAgreementKey()]);
  profile = newProfile('Clinic', reader.publicKey);
  const salt = newSalt();
  commitment = toHex(commit(salt, content));
  record = {
    id: 'r1', subject: `0x${'01'.repeat(32)}`, dataClass: 'Observations', labels: [],
    anchor: { org: CUSTODIAN, seq: 0 },
    envelope: await seal({ form: 'Bytes', salt, record: content }, [custodian.publicKey]),
  };
});

/** A chain of one block that permits treatment and nothing else. */
function chain(): ApiPromise {
  const some = <T>(value: T) => ({ isSome: true, isNone: false, unwrap: () => value });
  const state = {
    query: { timestamp: { now: async () => NOW * 1000 } },
    call: {
      consentApi: {
        decide: async ({ purpose }: { purpose: string }) => ({
          isErr: false,
          asOk: { type: purpose === 'Treat' ? 'Permit' : 'Deny', inner: { type: 'Default', value: '' } },
        }),
      },
      registryApi: {
        organisation: async () => some({
          admin: 'admin', profile: { toHex: () => profileCommitment(profile) }, flagged: { isTrue: false }, licences: [],
        }),
      },
      recordAnchorApi: {
        verify: async (_org: number, _seq: number, asked: Hex) => asked === commitment
          ? { isErr: false, asOk: { anchoredAt: 1, version: 1, status: { type: 'Current' } } }
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

function gate(profiles: (org: number) => Promise<Profile | undefined> = async () => profile) {
  const log = new MemoryLog();
  const store = { get: async (id: string) => (id === record.id ? record : undefined), put: async () => undefined };
  const options = { api: chain(), custodian: CUSTODIAN, identity: custodian.identity, store, log, profileOf: profiles };
  return { gate: new ReleaseGate(options), log, api: options.api };
}

const ask = (over: Partial<ReleaseRequest> = {}) => signRequest(GENESIS, requester, {
  custodian: CUSTODIAN, recordId: 'r1', organisation: READER, purpose: 'Treat', action: 'Read', expiry: NOW + 60, ...over,
});

const refused = (reason: RegExp) => (error: unknown) => error instanceof ReleaseRefused && reason.test(error.reason);

test('a permitted request gets an envelope that opens for the reader alone, and both sides log', async () => {
  const { gate: asked, log, api } = gate();
  const signed = await ask();
  const released = await asked.release(signed);
  await assert.rejects(open(released.envelope, custodian.identity), IntegrityBroken);
  const theirs = new MemoryLog();
  const received = await receive(released, { api, identity: reader.identity, log: theirs, request: signed.request });
  assert.deepEqual(received.record, content);
  const [source, recipient] = [await log.entries(), await theirs.entries()];
  verifyLog(source);
  verifyLog(recipient);
  assert.equal(source[0]?.outcome, 'released');
  assert.equal(recipient[0]?.counterpart, source[0]?.hash);
});

test('a purpose that is not permitted, and a record that does not exist, are refused and logged', async () => {
  const { gate: asked, log } = gate();
  await assert.rejects(asked.release(await ask({ purpose: 'Hpaymt' })), refused(/Deny/));
  await assert.rejects(asked.release(await ask({ recordId: 'r2' })), refused(/no such record/));
  assert.deepEqual((await log.entries()).map(({ outcome }) => outcome), ['refused', 'refused']);
});

test('what the requester did not sign is refused, and does not fill the log', async () => {
  const { gate: asked, log } = gate();
  const changed = await ask({ purpose: 'Hpaymt' });
  changed.request.purpose = 'Treat';
  await assert.rejects(asked.release(changed), refused(/signature/));
  await assert.rejects(asked.release({ ...(await ask()), signature: '0x00' }), refused(/signature/));
  await assert.rejects(asked.release(await ask({ expiry: NOW })), refused(/expired/));
  await assert.rejects(asked.release(await ask({ expiry: NOW + 100_000 })), refused(/too long/));
  await assert.rejects(asked.release(await ask({ custodian: 9 })), refused(/another custodian/));
  const once = await ask();
  await asked.release(once);
  await assert.rejects(asked.release(once), refused(/answered before/));
  assert.equal((await log.entries()).length, 1);
});

test('the bytes as a wallet wraps them are taken too', async () => {
  const { gate: asked } = gate();
  const { request } = await ask();
  const signature = toHex(requester.sign(u8aWrapBytes(requestMessage(GENESIS, request))));
  assert.equal((await asked.release({ request, signature })).recordId, 'r1');
});

test('a profile that is not the one on the chain gives no key to encrypt to', async () => {
  const other = newProfile('Clinic', reader.publicKey);
  await assert.rejects(gate(async () => other).gate.release(await ask()), refused(/registered no key/));
  await assert.rejects(gate(async () => undefined).gate.release(await ask()), refused(/registered no key/));
});

test('a record that is not the one anchored is told from one that is', async () => {
  const { gate: asked, log, api } = gate();
  const signed = await ask();
  const released = await asked.release(signed);
  const forged = await seal({ form: 'Bytes', salt: newSalt(), record: content }, [reader.publicKey]);
  await assert.rejects(
    receive({ ...released, envelope: forged }, { api, identity: reader.identity, log, request: signed.request }),
    IntegrityBroken,
  );
});

test('an answer to another question is refused, however genuine', async () => {
  const { gate: asked, api } = gate();
  const signed = await ask();
  const released = await asked.release(signed);
  const theirs = new MemoryLog();
  const options = { api, identity: reader.identity, log: theirs, request: signed.request };
  for (const other of [
    { ...released, recordId: 'r2' },
    { ...released, requestId: (await ask()).request.id },
    { ...released, anchor: { ...released.anchor, org: 9 } },
  ]) {
    await assert.rejects(receive(other, options), IntegrityBroken);
  }
  assert.equal((await theirs.entries()).length, 0);
});
