/** The identities of one validator: its account, its session keys, its place in the network. */
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Keyring } from '@polkadot/keyring';
import type { KeyringPair } from '@polkadot/keyring/types';
import { u8aConcat, u8aToHex } from '@polkadot/util';
import { base58Encode, ed25519PairFromSeed } from '@polkadot/util-crypto';

const sr25519 = new Keyring({ type: 'sr25519' });
const ed25519 = new Keyring({ type: 'ed25519' });

/** A development account, such as `//Alice`. */
export const account = (name: string): KeyringPair => sr25519.addFromUri(`//${name}`);

/** The keys that a session is made with, and the secret behind each. */
export interface SessionKeys {
  babe: { secret: string; address: string; publicKey: string };
  grandpa: { secret: string; address: string; publicKey: string };
}

/** Fresh keys that nobody else has. */
export function newSessionKeys(): SessionKeys {
  const make = (keyring: Keyring): SessionKeys['babe'] => {
    const secret = u8aToHex(randomBytes(32));
    const { address, publicKey } = keyring.addFromUri(secret);
    return { secret, address, publicKey: u8aToHex(publicKey) };
  };
  return { babe: make(sr25519), grandpa: make(ed25519) };
}

/** A collator's key. */
export type AuraKey = SessionKeys['babe'];

export const newAuraKey = (): AuraKey => newSessionKeys().babe;

/** Writes the keys where a node looks for them: what `salus-node key insert` does. */
export async function insertKeys(keystore: string, keys: SessionKeys): Promise<void> {
  await mkdir(keystore, { recursive: true });
  const file = (type: string, publicKey: string): string =>
    join(keystore, Buffer.from(type).toString('hex') + publicKey.slice(2));
  await writeFile(file('babe', keys.babe.publicKey), JSON.stringify(keys.babe.secret), { mode: 0o600 });
  await writeFile(file('gran', keys.grandpa.publicKey), JSON.stringify(keys.grandpa.secret), { mode: 0o600 });
}

/** The key that names a node in the network, and the name that it makes. */
export interface NodeKey {
  secret: string;
  peerId: string;
}

export function newNodeKey(): NodeKey {
  const seed = randomBytes(32);
  const { publicKey } = ed25519PairFromSeed(seed);
  // An identity multihash of the key's protobuf: type ed25519, 32 bytes.
  const peerId = base58Encode(u8aConcat([0x00, 0x24, 0x08, 0x01, 0x12, 0x20], publicKey));
  return { secret: seed.toString('hex'), peerId };
}
