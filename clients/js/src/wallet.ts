/** Waiting for wallets: a person looks at what they sign, and takes the time for it that they take. */
import type { Signer } from '@polkadot/api/types';
import type { SignerPayloadJSON } from '@polkadot/types/types';
import { within } from './deadline.js';
import { SigningTimedOut } from './errors.js';

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

/** A wallet of which it is known when it is asked: until then one waits for the node, and from then for a person. */
export interface WatchedSigner {
  signer: Signer;
  /** Resolves when the wallet is asked, with what it is to sign if that is not bytes alone. */
  asked: Promise<{ payload: SignerPayloadJSON | undefined }>;
}

export function watched(wallet: Signer): WatchedSigner {
  let tell: (asked: { payload: SignerPayloadJSON | undefined }) => void = () => undefined;
  const asked = new Promise<{ payload: SignerPayloadJSON | undefined }>((resolve) => { tell = resolve; });
  const signer: Signer = {};
  // The API looks which of these there are. Called on the wallet: it may be an object with a state.
  const { signPayload, signRaw, update } = wallet;
  if (signPayload) {
    signer.signPayload = (payload) => {
      tell({ payload });
      return signPayload.call(wallet, payload);
    };
  }
  if (signRaw) {
    signer.signRaw = (raw) => {
      tell({ payload: undefined });
      return signRaw.call(wallet, raw);
    };
  }
  if (update) signer.update = update.bind(wallet);
  return { signer, asked };
}
