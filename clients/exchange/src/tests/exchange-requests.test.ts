/** Vectors of signed requests, for whoever else signs or checks them: `docs/vectors/exchange/requests.json`. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Keyring } from '@polkadot/keyring';
import type { KeyringPair } from '@polkadot/keyring/types';
import { cryptoWaitReady, encodeAddress, signatureVerify } from '@polkadot/util-crypto';
import { u8aConcat, u8aWrapBytes } from '@polkadot/util';
import { ACTIONS, DATA_CLASSES, MAX_RECORD_ID, PURPOSES, SENSITIVITY_LABELS, toHex, type AuthenticationFailure, type Hex } from '@salus/types';
import { agreesWithVectors, storedVectors } from '@salus/types/testing';
import { signatureFailure } from '../authentication.js';
import { MAX_REQUEST_LIFE, requestMessage, type ReleaseRequest, type SignedRequest } from '../request.js';

const GATE = { genesisHash: `0x${'47'.repeat(32)}`, custodian: 4, now: 1_800_000_000 };
const KINDS = ['ed25519', 'sr25519', 'ecdsa'] as const;
type Kind = (typeof KINDS)[number];
const SEEDS: Record<Kind, number> = { ed25519: 0x11, sr25519: 0x22, ecdsa: 0x33 };

interface Accepted {
  name: string;
  kind: Kind;
  /** 0x and the key's 64 digits. */
  account: Hex;
  message: Hex;
  /** Over the message as it is, over the message in <Bytes>, and the first with the index of its kind before it. */
  signatures: { raw: Hex; wrapped: Hex; typed: Hex };
  /** The request as it is sent, with each of the three. */
  request: ReleaseRequest;
}

interface Refused {
  name: string;
  /** What was sent. */
  document: string;
  failure: AuthenticationFailure;
}

interface Vectors {
  about: string;
  gate: typeof GATE;
  limits: { requestLife: number; recordId: number };
  accepted: Accepted[];
  refused: Refused[];
}

let keys: Record<Kind, KeyringPair>;

before(async () => {
  await cryptoWaitReady();
  const pairOf = (kind: Kind): KeyringPair => new Keyring({ type: kind }).addFromSeed(new Uint8Array(32).fill(SEEDS[kind]));
  keys = { ed25519: pairOf('ed25519'), sr25519: pairOf('sr25519'), ecdsa: pairOf('ecdsa') };
});

const usual = (requester: string): ReleaseRequest => ({
  id: `0x${'0a'.repeat(32)}`, custodian: GATE.custodian, recordId: 'r1', requester, organisation: 5, purpose: 'Treat', action: 'Read', expiry: GATE.now + 60,
});

/** Requests that are answered, by what is special about them. */
const requests = (address: string, key: Uint8Array): [string, ReleaseRequest][] => {
  const { organisation: _, ...own } = usual(address);
  return [
    ['an organisation asks', usual(address)],
    ['a patient asks', { ...own, purpose: 'Patrqt', action: 'Export' }],
    ['the first and the last organisation, the last codes', { ...usual(address), organisation: 0, purpose: PURPOSES.at(-1)!, action: ACTIONS.at(-1)! }],
    ['the highest number of an organisation', { ...usual(address), organisation: 0xffff_fffe }],
    ['the last second of its life', { ...usual(address), expiry: GATE.now + 1 }],
    ['the longest life', { ...usual(address), expiry: GATE.now + MAX_REQUEST_LIFE }],
    ['the longest id of a record, in code units of UTF-16', { ...usual(address), recordId: '\u{1f600}'.repeat(MAX_RECORD_ID / 2) }],
    ['an empty id of a record', { ...usual(address), recordId: '' }],
    ['the account as its key', { ...usual(address), requester: toHex(key) }],
    ['the account as its key, in upper case', { ...usual(address), requester: `0x${toHex(key).slice(2).toUpperCase()}` }],
    ['the account with a prefix of one byte', { ...usual(address), requester: encodeAddress(key, 0) }],
    ['the account with a prefix of two bytes', { ...usual(address), requester: encodeAddress(key, 16_383) }],
    ['a person of an organisation asks', { ...usual(address), requesterKind: 'person' }],
    ['a machine of an organisation asks', { ...usual(address), requesterKind: 'machine' }],
    ['a machine of a patient asks', { ...own, requesterKind: 'machine' }],
  ];
};

/** Signs; a signature that need not be the same each time is the stored one, if that holds. */
function sign(kind: Kind, bytes: Uint8Array, stored: Hex | undefined): Hex {
  const pair = keys[kind];
  const holds = (signature: Hex): boolean => signatureVerify(bytes, signature, pair.addressRaw).isValid;
  return kind === 'sr25519' && stored !== undefined && holds(stored) ? stored : toHex(pair.sign(bytes));
}

function accepted(stored: Vectors | undefined): Accepted[] {
  return KINDS.flatMap((kind, index) => requests(keys[kind].address, keys[kind].addressRaw).map(([name, request]): Accepted => {
    const before = stored?.accepted.find((each) => each.kind === kind && each.name === name)?.signatures;
    const message = requestMessage(GATE.genesisHash, request);
    const raw = sign(kind, message, before?.raw);
    const wrapped = sign(kind, u8aWrapBytes(message), before?.wrapped);
    return {
      name, kind, account: toHex(keys[kind].addressRaw), message: toHex(message),
      signatures: { raw, wrapped, typed: toHex(u8aConcat(Uint8Array.of(index), raw)) }, request,
    };
  }));
}

function refused(all: readonly Accepted[]): Refused[] {
  const [good] = all as [Accepted];
  const { request, signatures: { raw } } = good;
  const signature = raw;
  const pair = keys.ed25519;
  const signed = (over: Partial<ReleaseRequest>, genesis = GATE.genesisHash): SignedRequest => {
    const whole = { ...request, ...over };
    return { request: whole, signature: toHex(pair.sign(requestMessage(genesis, whole))) };
  };
  const rows: [string, unknown, AuthenticationFailure][] = [
    ['for another custodian', signed({ custodian: 9 }), 'otherCustodian'],
    ['expires now', signed({ expiry: GATE.now }), 'expired'],
    ['has expired', signed({ expiry: 0 }), 'expired'],
    ['a second too long', signed({ expiry: GATE.now + MAX_REQUEST_LIFE + 1 }), 'tooLong'],
    ['for ever', signed({ expiry: Number.MAX_SAFE_INTEGER }), 'tooLong'],
    ['on another chain', signed({}, `0x${'48'.repeat(32)}`), 'signature'],
    ['by another key', { request: { ...request, requester: keys.sr25519.address }, signature }, 'signature'],
    ['without a byte of the signature', { request, signature: signature.slice(0, -2) }, 'signature'],
    ['with a byte more', { request, signature: `${signature}0000` }, 'signature'],
    ['an empty signature', { request, signature: '0x' }, 'signature'],
    ['nothing but zeros', { request, signature: `0x${'00'.repeat(64)}` }, 'signature'],
    ...(['ed25519', 'sr25519', 'ecdsa'] as const).map((kind): [string, unknown, AuthenticationFailure] => {
      const one = all.find((each) => each.kind === kind) as Accepted;
      const last = one.signatures.raw.length - (kind === 'ecdsa' ? 4 : 1);
      const flipped = one.signatures.raw.slice(0, last) + (one.signatures.raw[last] === '1' ? '2' : '1') + one.signatures.raw.slice(last + 1);
      return [`a digit of the signature is another, ${kind}`, { request: one.request, signature: flipped }, 'signature'];
    }),
    ...(Object.entries({ id: `0x${'0b'.repeat(32)}`, recordId: 'r2', organisation: 6, purpose: 'Hpaymt', action: 'Export', expiry: GATE.now + 61 })
      .map(([part, value]): [string, unknown, AuthenticationFailure] => [`its ${part} is not the one signed`, { request: { ...request, [part]: value }, signature }, 'signature'])),
    ['the organisation is taken off', { request: { ...request, organisation: undefined }, signature }, 'signature'],
    ['a person is said to ask, which is not signed', { request: { ...request, requesterKind: 'person' }, signature }, 'signature'],
    ['a person is said to ask, where a machine has signed', { ...signed({ requesterKind: 'machine' }), request: { ...request, requesterKind: 'person' } }, 'signature'],
    ['that a machine asks is taken off', { ...signed({ requesterKind: 'machine' }), request }, 'signature'],
    ...[null, 1, 'x', [], {}, { request: null, signature }, { request: [], signature }, { request }, { request, signature: 'none' }, { request, signature: 7 },
      { request, signature: signature.slice(2) }, { request, signature: signature.slice(0, -1) }, { request, signature: null }]
      .map((value, at): [string, unknown, AuthenticationFailure] => [`no signed request, ${at}`, value, 'malformed']),
    ...Object.entries<unknown[]>({
      id: ['0x00', ['0x'], `0x${'0A'.repeat(32)}`, '0a'.repeat(32), `0x${'ga'.repeat(32)}`, `0x${'0a'.repeat(33)}`, null, 7],
      custodian: ['4', -1, 4.5, 2 ** 32 + 4, 0xffff_ffff, null, undefined],
      organisation: [2 ** 32 + 5, 0xffff_ffff, -1, 0.5, null, '5'],
      recordId: [7, null, undefined, 'r'.repeat(MAX_RECORD_ID + 1), '\u{1f600}'.repeat(MAX_RECORD_ID / 2 + 1)],
      requester: [
        'nobody', undefined, null, 7, '', '0x', '0x00', `0x${'11'.repeat(31)}`, `0x${'11'.repeat(33)}`, toHex(pair.addressRaw).slice(0, -1), toHex(pair.addressRaw).slice(2),
        `${pair.address.slice(0, -1)}${pair.address.endsWith('a') ? 'b' : 'a'}`, ` ${pair.address}`, `${pair.address}1`, pair.address.replace(/^./, '0'), '5'.repeat(66), '5'.repeat(67),
      ],
      requesterKind: ['robot', 'Person', '', 0, null],
      purpose: ['Whim', 'treat', '', 0, null, undefined],
      action: ['Eat', 'read', 0, null, undefined],
      expiry: [GATE.now + 0.5, `${GATE.now + 60}`, -1, 2 ** 53, null, undefined],
    }).flatMap(([part, values]) => values.map((value, at): [string, unknown, AuthenticationFailure] => [`a wrong ${part}, ${at}`, { request: { ...request, [part]: value }, signature }, 'malformed'])),
  ];
  return rows.map(([name, value, failure]) => ({ name, document: JSON.stringify(value), failure }));
}

test('the vectors of signed requests are what this client signs, and says of each', () => {
  const stored = storedVectors<Vectors>('requests.json');
  const taken = accepted(stored);
  const vectors: Vectors = {
    about: 'Requests for a record, as they are signed. The message is "salus:release:v1", genesis hash, id, custodian (u32), blake2b-256 of the record\'s id in UTF-8, account, organisation (u32, 0xffffffff for none), purpose and action (u8 each), expiry (u64), all little-endian. Of a request with a requesterKind it begins with "salus:release:v2", and ends with that: 0 for a person, 1 for a machine (u8). Each key is made of 32 equal bytes: 11 (ed25519), 22 (sr25519), 33 (ecdsa). A signature is taken over the message or over <Bytes>message</Bytes>. What is refused is refused at the gate with that genesis hash, custodian and time.',
    gate: GATE, limits: { requestLife: MAX_REQUEST_LIFE, recordId: MAX_RECORD_ID }, accepted: taken, refused: refused(taken),
  };
  for (const { name, kind, request, signatures } of vectors.accepted) {
    for (const signature of Object.values(signatures)) assert.equal(signatureFailure({ request, signature }, GATE), undefined, `${name}, ${kind}`);
  }
  for (const { name, document, failure } of vectors.refused) {
    assert.equal(signatureFailure(JSON.parse(document) as SignedRequest, GATE), failure, `${name}: ${document}`);
  }
  agreesWithVectors('requests.json', vectors);
});

test('half of a surrogate pair in the id of a record is refused: two such ids have one signature', () => {
  const twins = ['\ud800', '\udc00'].map((recordId) => ({ ...usual(keys.ed25519.address), recordId }));
  const [one, other] = twins.map((request) => requestMessage(GATE.genesisHash, request));
  assert.deepEqual(one, other);
  for (const request of twins) assert.equal(signatureFailure({ request, signature: toHex(keys.ed25519.sign(one as Uint8Array)) }, GATE), 'malformed');
});

test('the vectors of codes are the lists of this client', () => {
  agreesWithVectors('codes.json', {
    about: 'The chain\'s lists of codes. A code\'s index is its place in its list.',
    purposes: PURPOSES, actions: ACTIONS, dataClasses: DATA_CLASSES, sensitivityLabels: SENSITIVITY_LABELS,
  });
});
