/** Waiting for wallets: a person looks at what they sign, and takes the time for it that they take. */
import type { Signer } from '@polkadot/api/types';
import type { KeyringPair } from '@polkadot/keyring/types';
import type { Registry, SignerPayloadJSON } from '@polkadot/types/types';
import { SigningTimedOut } from '@salus/types';
import { within } from './deadline.js';

/**
 * How long a wallet may take over one signature, in milliseconds, unless told. The signature of a transaction holds for
 * some six minutes from before the wallet is asked, and the transaction has to get into a block after it.
 */
export const SIGNING_TIMEOUT = 300_000;

export interface SigningOptions {
  /**
   * How long a person may take over the wallet, in milliseconds. 300,000 unless told. Keys in memory sign at once. A
   * transaction that is signed more than some six minutes after the wallet was asked does not hold any more.
   */
  signingTimeout?: number;
}

/** What the wallet signs, or {@link SigningTimedOut} if that takes more than `millis`. `what` is to be signed. */
export const signatureOf = <T>(wallet: Promise<T>, millis: number, what: string): Promise<T> =>
  within(wallet, millis, (seconds) => new SigningTimedOut(`${what} was not signed: the wallet did not answer within ${seconds} s; nothing was sent`));

/** A key pair in memory as a wallet, which signs at once. */
export const signerOf = (pair: KeyringPair, registry: Registry): Signer => ({
  signPayload: async (payload) => ({ id: 1, ...registry.createType('ExtrinsicPayload', payload, { version: payload.version }).sign(pair) }),
});

/** A wallet of which it is known when it is asked: until then one waits for the node, and from then for a person. */
export interface WatchedSigner {
  signer: Signer;
  /** Resolves when the wallet is asked. */
  asked: Promise<void>;
  /** What it was asked to sign the last time, if that is not bytes alone. */
  payload: SignerPayloadJSON | undefined;
}

export function watched(wallet: Signer): WatchedSigner {
  let tell: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => { tell = resolve; });
  const signer: Signer = {};
  const all: WatchedSigner = { signer, asked, payload: undefined };
  // The API looks which of these there are. Called on the wallet: it may be an object with a state.
  const { signPayload, signRaw, update } = wallet;
  if (signPayload) {
    signer.signPayload = (payload) => {
      all.payload = payload;
      tell();
      return signPayload.call(wallet, payload);
    };
  }
  if (signRaw) {
    signer.signRaw = (raw) => {
      tell();
      return signRaw.call(wallet, raw);
    };
  }
  if (update) signer.update = update.bind(wallet);
  return all;
}
