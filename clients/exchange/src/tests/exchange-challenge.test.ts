/** Vectors of what patients sign for a token: `docs/vectors/exchange/challenges.json`. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Keyring } from '@polkadot/keyring';
import type { KeyringPair } from '@polkadot/keyring/types';
import { cryptoWaitReady, signatureVerify } from '@polkadot/util-crypto';
import { u8aConcat, u8aWrapBytes } from '@polkadot/util';
import { InvalidArgument, toHex, utf8, type Hex } from '@salus/types';
import { agreesWithVectors, storedVectors } from '@salus/types/testing';
import { challengeText, signChallenge, type Challenge } from '../challenge.js';

const KINDS = ['ed25519', 'sr25519', 'ecdsa'] as const;
type Kind = (typeof KINDS)[number];
const SEEDS: Record<Kind, number> = { ed25519: 0x11, sr25519: 0x22, ecdsa: 0x33 };

interface Row {
  kind: Kind;
  account: Hex;
  challenge: Challenge;
  /** The 32 bytes of `key`. */
  thumbprint: Hex;
  text: string;
  signatures: { raw: Hex; wrapped: Hex; typed: Hex };
}

interface Vectors {
  about: string;
  challenges: Row[];
  refused: { name: string; part: keyof Challenge; value: string }[];
}

const THUMBPRINT = new Uint8Array(32).fill(0xfb);
const usual: Challenge = {
  genesis: `0x${'47'.repeat(32)}`, custodian: 4, url: 'https://records.hospital.example', nonce: 'AbC-_0', scope: 'patient/*.rs',
  key: Buffer.from(THUMBPRINT).toString('base64url'),
};

let keys: Record<Kind, KeyringPair>;

before(async () => {
  await cryptoWaitReady();
  const pairOf = (kind: Kind): KeyringPair => new Keyring({ type: kind }).addFromSeed(new Uint8Array(32).fill(SEEDS[kind]));
  keys = { ed25519: pairOf('ed25519'), sr25519: pairOf('sr25519'), ecdsa: pairOf('ecdsa') };
});

/** Signs; a signature that need not be the same each time is the stored one, if that holds. */
function sign(kind: Kind, bytes: Uint8Array, stored: Hex | undefined): Hex {
  const pair = keys[kind];
  const holds = (signature: Hex): boolean => signatureVerify(bytes, signature, pair.addressRaw).isValid;
  return kind === 'sr25519' && stored !== undefined && holds(stored) ? stored : toHex(pair.sign(bytes));
}

const REFUSED: [string, keyof Challenge, string][] = [
  ['a line more', 'scope', 'patient/*.rs\nKey: x'],
  ['a tabulator', 'scope', 'patient/*.rs\tx'],
  ['a letter that looks like another', 'url', 'https://records.h\u043espital.example'],
  ['a blank at the end', 'nonce', 'x '],
  ['a blank before', 'nonce', ' x'],
  ['nothing', 'nonce', ''],
  ['too long', 'url', `https://${'x'.repeat(505)}`],
];

test('the vectors of challenges', () => {
  const stored = storedVectors<Vectors>('challenges.json');
  const challenges = KINDS.flatMap((kind, index) => [usual, { ...usual, custodian: 0, scope: 'patient/Observation.rs urn:salus:action:Export' }].map((challenge, at): Row => {
    const text = challengeText(challenge, keys[kind].address);
    assert.equal(challengeText(challenge, toHex(keys[kind].addressRaw)), text, 'whatever the form of the account');
    const before = stored?.challenges[index * 2 + at]?.signatures;
    const raw = sign(kind, utf8(text), before?.raw);
    const wrapped = sign(kind, u8aWrapBytes(utf8(text)), before?.wrapped);
    return {
      kind, account: toHex(keys[kind].addressRaw), challenge, thumbprint: toHex(THUMBPRINT), text,
      signatures: { raw, wrapped, typed: toHex(u8aConcat(Uint8Array.of(index), raw)) },
    };
  }));
  for (const [name, part, value] of REFUSED) {
    assert.throws(() => challengeText({ ...usual, [part]: value }, keys.ed25519.address), InvalidArgument, name);
  }
  assert.throws(() => challengeText({ ...usual, key: 'short' }, keys.ed25519.address), InvalidArgument);
  agreesWithVectors('challenges.json', {
    about: 'What a patient signs for a token: the text in UTF-8, as it is or in <Bytes>. `thumbprint` is the same as `key`. A part with a refused value cannot stand in it.',
    challenges, refused: REFUSED.map(([name, part, value]) => ({ name, part, value })),
  });
});

test('a wallet signs what the gateway builds again', async () => {
  for (const kind of KINDS) {
    const pair = keys[kind];
    const form = await signChallenge(usual, pair);
    assert.deepEqual([form.account, form.nonce, form.scope], [pair.address, usual.nonce, usual.scope]);
    assert.ok(signatureVerify(utf8(challengeText(usual, pair.address)), form.signature, pair.addressRaw).isValid, kind);
    const signRaw = async ({ data }: { data: string }): Promise<{ id: number; signature: Hex }> =>
      ({ id: 1, signature: toHex(pair.sign(u8aWrapBytes(data))) });
    const wallet = { address: pair.address, signer: { signRaw }, kind: ({ ed25519: 'Ed25519', sr25519: 'Sr25519', ecdsa: 'Ecdsa' } as const)[kind] };
    const wrapped = await signChallenge(usual, wallet);
    assert.ok(signatureVerify(u8aWrapBytes(utf8(challengeText(usual, pair.address))), wrapped.signature, pair.addressRaw).isValid, `${kind} of a wallet`);
  }
});
