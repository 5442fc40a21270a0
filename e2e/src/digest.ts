/**
 * The metadata hash of a runtime (RFC-0078), as a wallet computes it: from the metadata that a node answers. Its
 * implementation is not the one with which the runtime was built.
 *
 *   node dist/digest.js WASM     prints the hash of the runtime in this file
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ApiPromise, WsProvider } from '@polkadot/api';
import type { Signer, SubmittableExtrinsic } from '@polkadot/api/types';
import type { KeyringPair } from '@polkadot/keyring/types';
import { hexToU8a, u8aToHex } from '@polkadot/util';
import { MerkleizedMetadata } from '@dedot/merkleized-metadata';
import { binary, run, startNode } from './node.js';

/** What wallets show of the token, and the runtime's build puts into the hash. */
const TOKEN = { decimals: 12, tokenSymbol: 'SLS' };
/** The version of metadata that the hash is made of. */
const METADATA_VERSION = '0x0f000000';

type Hex = `0x${string}`;

/** The hash of the runtime that works behind the API, or of one that has another token. */
export async function metadataHash(api: ApiPromise, token: typeof TOKEN = TOKEN): Promise<Hex> {
  const answer = await api.rpc.state.call('Metadata_metadata_at_version', METADATA_VERSION);
  const metadata = api.createType('Option<Bytes>', hexToU8a(answer.toHex())).unwrap();
  return u8aToHex(new MerkleizedMetadata(metadata.toU8a(true), token).digest());
}

/** Signs as a wallet does that checks the metadata hash, and sends. Answers the transaction's hash, or throws the refusal. */
export async function sendWithHash(
  api: ApiPromise, call: SubmittableExtrinsic<'promise'>, signer: KeyringPair, hash: Hex,
): Promise<string> {
  const signed = await call.signAsync(signer, { nonce: -1, mode: 1, metadataHash: hash });
  return (await api.rpc.author.submitExtrinsic(signed)).toHex();
}

/**
 * A wallet that checks the metadata hash, as those of hardware keys do: it puts the hash into what it signs, and so answers the
 * whole transaction. Without a hash it is one that answers the whole transaction for another reason.
 */
export const wholeWallet = (api: ApiPromise, pair: KeyringPair, hash?: Hex): { address: string; signer: Signer } => ({
  address: pair.address,
  signer: {
    signPayload: async (asked) => {
      if (!asked.withSignedTransaction) throw new Error('whoever asks does not take a whole transaction');
      const payload = hash === undefined ? asked : { ...asked, mode: 1, metadataHash: hash };
      const { signature } = api.registry.createType('ExtrinsicPayload', payload, { version: payload.version }).sign(pair);
      const extrinsic = api.registry.createType('Extrinsic', { method: payload.method }, { version: payload.version });
      extrinsic.addSignature(payload.address, signature, payload);
      return { id: 1, signature, signedTransaction: extrinsic.toHex() };
    },
  },
});

/** The hash of the runtime in a file: that of a development chain that begins with it. */
async function ofFile(wasm: string): Promise<Hex> {
  const folder = await mkdtemp(join(tmpdir(), 'salus-digest-'));
  try {
    const { code, stdout, stderr } = await run(binary(), ['build-spec', '--chain', 'dev', '--disable-default-bootnode']);
    if (code !== 0) throw new Error(stderr);
    const spec = JSON.parse(stdout) as { genesis: { runtimeGenesis: { code: Hex } } };
    spec.genesis.runtimeGenesis.code = u8aToHex(await readFile(wasm));
    const chain = join(folder, 'chain.json');
    await writeFile(chain, JSON.stringify(spec));
    const node = await startNode(['--dev', '--chain', chain]);
    try {
      const api = await ApiPromise.create({ provider: new WsProvider(node.endpoint), noInitWarn: true });
      const hash = await metadataHash(api);
      await api.disconnect();
      return hash;
    } finally {
      await node.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = process.argv[2];
  if (!file) throw new Error('usage: node dist/digest.js WASM');
  console.log(await ofFile(file));
}
