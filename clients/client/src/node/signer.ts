/** Whose key signs for a command line tool, and that no secret stands on a command line. */
import { readFile, stat } from 'node:fs/promises';
import { Keyring } from '@polkadot/keyring';
import type { KeyringPair } from '@polkadot/keyring/types';
import { cryptoWaitReady, keyExtractSuri, mnemonicValidate } from '@polkadot/util-crypto';
import { UsageError } from './inputs.js';

/** Where the secret of the signer is, and of which kind its key is. */
export interface SignerOptions {
  /** A file with the secret, which nobody but its owner can read; else it is in `SALUS_SURI`. */
  suriFile: string | undefined;
  crypto: 'sr25519' | 'ed25519' | 'ecdsa';
}

const SECRET_OPTIONS = ['suri', 'seed', 'mnemonic', 'secret', 'phrase', 'key', 'signer', 'password'];
const NO_SECRETS = 'a secret does not belong on the command line, where every process on this machine can read it: '
  + 'put it into a file with mode 600 and name that with --suri-file, or into the environment variable SALUS_SURI';

/** Whether a word of the command line looks like a secret: a derivation path, alone or behind a seed or words, or a mnemonic. */
const looksSecret = (word: string): boolean =>
  /^(0x[0-9a-f]{64})?\/\/[^/]/i.test(word) || /\s.*\/\//.test(word) || word.trim().split(/\s+/).length >= 12;

/** Refuses a command line with a secret on it; throws {@link UsageError}, and never repeats it. */
export function withoutSecrets(argv: readonly string[]): void {
  for (const word of argv) {
    const [, name = ''] = /^--?([a-z-]+)/i.exec(word) ?? [];
    if (SECRET_OPTIONS.includes(name.toLowerCase()) || looksSecret(word)) throw new UsageError(NO_SECRETS);
  }
}

/** The secret in a file that nobody but its owner can read. */
export async function secretIn(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new UsageError(`there is no file ${path}`);
  if ((found.mode & 0o077) !== 0) {
    throw new UsageError(`others can read ${path}: take its rights away with chmod 600, and think of the secret as known`);
  }
  const secret = (await readFile(path, 'utf8')).trim();
  if (secret === '' || secret.includes('\n')) throw new UsageError(`${path} must hold one line, the secret`);
  return secret;
}

/** The key that signs: from the file, else from `SALUS_SURI`. */
export async function signerOf(options: SignerOptions, env: NodeJS.ProcessEnv, ss58Format: number): Promise<KeyringPair> {
  const secret = options.suriFile === undefined ? env['SALUS_SURI'] : await secretIn(options.suriFile);
  if (!secret) throw new UsageError('no key to sign with: name a file with --suri-file, or set SALUS_SURI');
  await cryptoWaitReady();
  try {
    if (isSuri(secret)) return new Keyring({ type: options.crypto, ss58Format }).addFromUri(secret);
  } catch { /* not a secret either */ }
  throw new UsageError('the secret is neither a mnemonic, a seed nor a derivation path');
}

/** The keyring would take any short text for a seed; a mnemonic with a typing error must not become a key. */
function isSuri(secret: string): boolean {
  const { phrase } = keyExtractSuri(secret.startsWith('//') ? `${DEV_SEED}${secret}` : secret);
  return /^0x[0-9a-f]{64}$/i.test(phrase) || mnemonicValidate(phrase);
}

/** Stands for the development phrase, which the keyring puts in front of a bare path by itself. */
const DEV_SEED = `0x${'00'.repeat(32)}`;
