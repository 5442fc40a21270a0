import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Keyring } from '@polkadot/keyring';
import type { KeyringPair } from '@polkadot/keyring/types';
import { best, blockAtLeast, blockMillis, snapshot, submit, type ApiPromise, type Call, type Included, type Sender } from '@salus/client';
import { newAgreementKey, newProfile, type AgreementKeyPair, type Profile } from '@salus/exchange';
import { FileLog } from '@salus/exchange/node';
import { Transcript } from './transcript.js';
import { PATIENCE } from './wait.js';

/** A number of tokens that covers fees and deposits of one journey many times: 100 SLS. */
const PURSE = 100_000_000_000_000n;
export const DAY = 86_400;
export const YEAR = 365 * DAY;

/** An organisation with all that it holds off chain. */
export interface Institution {
  name: string;
  /** Its number on the chain, once it has applied. */
  org: number;
  admin: KeyringPair;
  /** The public document behind its `profile` commitment. */
  profile: Profile;
  /** The key of its record system. */
  agreement: AgreementKeyPair;
  log: FileLog;
}

export interface Patient {
  pair: KeyringPair;
  agreement: AgreementKeyPair;
  handle: `0x${string}`;
}

/** What every step needs. */
export class World {
  readonly keyring = new Keyring({ type: 'sr25519' });
  /** Another word for each run, so that a journey can be repeated on a chain that goes on. */
  readonly run = randomBytes(4).toString('hex');
  readonly registrar = this.keyring.addFromUri('//Registrar');

  constructor(
    readonly api: ApiPromise,
    readonly out: Transcript,
    readonly folder: string,
  ) {}

  /** A development account of this run. */
  account(name: string): KeyringPair {
    return this.keyring.addFromUri(`//${name}//${this.run}`);
  }

  /** A fresh key that has never been seen on the chain and holds nothing. */
  stranger(): KeyringPair {
    return this.keyring.addFromSeed(new Uint8Array(randomBytes(32)));
  }

  /** Sends a call and waits until a block includes it. */
  send(call: Call, sender: Sender): Promise<Included> {
    return submit(this.api, call, sender, { until: 'inBlock', timeout: PATIENCE * 1000 });
  }

  /** The same until that block is final, for what must not become different when another block wins. */
  sendForGood(call: Call, sender: Sender): Promise<Included> {
    return submit(this.api, call, sender, { timeout: PATIENCE * 1000 });
  }

  /**
   * Sends calls of one account at once, in their order, and waits until blocks include them: a scene that is only set needs no block for
   * each. What one of them makes possible must not be needed by the next: a node looks at each as if the others were not there.
   */
  async sendAll(calls: readonly Call[], sender: Sender): Promise<Included[]> {
    const nonce = await this.nonceOf(sender);
    return Promise.all(calls.map((call, at) => this.sendAs(nonce + at, call, sender)));
  }

  /** The nonce of the account's next transaction, behind those that wait. */
  async nonceOf({ address }: Pick<Sender, 'address'>): Promise<number> {
    return (await this.api.rpc.system.accountNextIndex(address)).toNumber();
  }

  /** Sends a call with that nonce, and waits until a block includes it. */
  sendAs(nonce: number, call: Call, sender: Sender): Promise<Included> {
    return submit(this.api, call, sender, { until: 'inBlock', nonce, timeout: PATIENCE * 1000 });
  }

  async fund(accounts: KeyringPair[]): Promise<void> {
    const { tx } = this.api;
    const transfers = accounts.map(({ address }) => tx.balances.transferKeepAlive(address, PURSE));
    await this.send(tx.utility.batchAll(transfers), this.keyring.addFromUri('//Alice'));
  }

  async institution(name: string, key: string): Promise<Institution> {
    const agreement = await newAgreementKey();
    return {
      name, org: -1, admin: this.account(key), agreement,
      profile: newProfile(name),
      log: await FileLog.open(join(this.folder, `${key.toLowerCase()}-access.jsonl`)),
    };
  }

  /** The tokens that an account holds, free and held together, in the smallest unit. */
  async tokensOf(address: string): Promise<bigint> {
    const { data } = await this.api.query.system.account(address);
    return data.free.toBigInt() + data.reserved.toBigInt();
  }

  /** The best block's time, in seconds since 1970. */
  async now(): Promise<number> {
    return Math.floor((await this.api.query.timestamp.now()).toNumber() / 1000);
  }

  /** The time of the block that includes a transaction. */
  async momentOf({ blockHash }: Pick<Included, 'blockHash'>): Promise<number> {
    return (await snapshot(this.api, blockHash)).moment;
  }

  /** The moment that the chain will have reached after so many blocks more. */
  async after(blocks: number): Promise<number> {
    return await this.now() + Math.ceil((blocks * blockMillis(this.api)) / 1000);
  }

  /** Waits until the best block's time has reached `moment`. */
  async until(moment: number): Promise<void> {
    for (;;) {
      const now = await best(this.api);
      if (now.moment >= moment) return;
      await blockAtLeast(this.api, now.number + 1);
    }
  }
}
