/**
 * Background traffic: transfers, and records that a licensed hospital anchors, a few a second. What was
 * accepted must be included in the end, and what was refused is known with its reason.
 */
import { randomBytes } from 'node:crypto';
import type { KeyringPair } from '@polkadot/keyring/types';
import { anchors, registry, submit, type ApiPromise, type Call, type SubmitOptions } from '@salus/client';
import { account } from './keys.js';
import type { Member } from './member.js';
import { send } from './motion.js';
import { RpcRefused, rpc } from '../rpc.js';
import { atEnd, eventually, sleep } from './wait.js';

/** Nobody else signs with these. */
const SENDERS = ['Hospital', 'Alice//stash', 'Bob//stash', 'Charlie//stash', 'Dave//stash'];

interface Sender {
  name: string;
  pair: KeyringPair;
  nonce: number;
  /** What was accepted, by nonce: a node that was killed forgets its pool. */
  accepted: Map<number, string>;
}

export interface Sums {
  accepted: number;
  included: number;
  resent: number;
  refused: string[];
}

export class Traffic {
  readonly #senders: Sender[];
  readonly #refused: string[] = [];
  #resent = 0;
  #stopped = false;
  #loop: Promise<void> = Promise.resolve();

  private constructor(
    private readonly api: ApiPromise,
    private readonly hospital: number,
    private readonly targets: () => Member[],
    nonces: number[],
  ) {
    this.#senders = SENDERS.map((name, index) => ({
      name, pair: account(name), nonce: nonces[index] as number, accepted: new Map<number, string>(),
    }));
  }

  /**
   * Licenses the hospital, and begins. `api` only signs; the transactions go to one of `targets` after
   * the other, whatever has become of them.
   */
  static async start(api: ApiPromise, targets: () => Member[], perSecond = 3): Promise<Traffic> {
    const admin = account('Hospital');
    const hospital = registry.appliedAs(await send(api, registry.apply(api, ['Provider'], `0x${'11'.repeat(32)}`), admin));
    const until = Math.floor(Date.now() / 1000) + 86_400;
    await send(api, registry.admit(api, hospital, 'Provider', until), account('Registrar'));
    const nonces = await Promise.all(SENDERS.map((name) => api.rpc.system.accountNextIndex(account(name).address)));
    const traffic = new Traffic(api, hospital, targets, nonces.map((nonce) => nonce.toNumber()));
    atEnd(() => { traffic.#stopped = true; });
    traffic.#loop = traffic.#run(1000 / perSecond);
    return traffic;
  }

  #call({ name }: Sender): Call {
    return name === 'Hospital'
      ? anchors.anchor(this.api, this.hospital, randomBytes(32))
      : this.api.tx.balances.transferKeepAlive(account('Ferdie').address, 1_000_000_000n);
  }

  async #run(pause: number): Promise<void> {
    for (let turn = 0; !this.#stopped; turn += 1) {
      const sender = this.#senders[turn % this.#senders.length] as Sender;
      const targets = this.targets();
      const target = targets[Math.floor(turn / this.#senders.length) % Math.max(targets.length, 1)];
      if (target) await this.#send(sender, target);
      await sleep(pause);
    }
  }

  async #send(sender: Sender, target: Member): Promise<void> {
    // Immortal, so that it can be included on whichever chain wins in the end.
    const signed = await this.#call(sender).signAsync(sender.pair, { nonce: sender.nonce, era: 0 });
    try {
      await rpc(target.url, 'author_submitExtrinsic', [signed.toHex()], 5_000);
    } catch (error) {
      // A node that has just gone is no refusal.
      if (!(error instanceof RpcRefused)) return;
      this.#refused.push(`${sender.name}: ${error.message}`);
      return;
    }
    sender.accepted.set(sender.nonce, signed.toHex());
    sender.nonce += 1;
  }

  /**
   * Stops, and waits until all that was accepted is final at `member`, sending again what a killed node
   * has forgotten.
   */
  async stop(member: Member, limit = 120): Promise<Sums> {
    this.#stopped = true;
    await this.#loop;
    const api = await member.api();
    const missing = async (): Promise<number> => {
      const at = await api.at(await api.rpc.chain.getFinalizedHead());
      const nonces = await Promise.all(this.#senders.map(async ({ pair }) => (await at.query.system.account(pair.address)).nonce.toNumber()));
      return this.#senders.reduce((sum, { nonce }, index) => sum + Math.max(0, nonce - (nonces[index] as number)), 0);
    };
    let rounds = 0;
    await eventually('every accepted transaction is final', limit, async () => {
      if (await missing() === 0) return true;
      rounds += 1;
      // Every now and then, as most of it is merely on its way.
      if (rounds % 15 === 0) await this.#resend(api, member);
      return false;
    });
    const accepted = this.#senders.reduce((sum, sender) => sum + sender.accepted.size, 0);
    return { accepted, included: accepted - await missing(), resent: this.#resent, refused: this.#refused };
  }

  /** Sends again, in order, what the best chain lacks. */
  async #resend(api: ApiPromise, member: Member): Promise<void> {
    for (const { pair, nonce, accepted } of this.#senders) {
      const { nonce: next } = await api.query.system.account(pair.address);
      for (let missing = next.toNumber(); missing < nonce; missing += 1) {
        const again = accepted.get(missing);
        if (!again) throw new Error(`${pair.address} never sent its transaction ${missing}`);
        // What the pool still holds it refuses.
        const sent = await member.rpc('author_submitExtrinsic', [again]).then(() => true, () => false);
        if (sent) this.#resent += 1;
      }
    }
  }
}

/** The sums in words, for the log. */
export const inWords = ({ accepted, included, resent, refused }: Sums): string =>
  `traffic: ${accepted} accepted, ${included} included, ${resent} sent again, ${refused.length} refused`
  + (refused[0] ? ` (first: ${refused[0]})` : '');

/** One account that sends one transaction after the other, through the client, as a front-end does. */
export class Steady {
  included = 0;
  readonly failures: string[] = [];
  #stopped = false;
  readonly #loop: Promise<void>;

  /** `options` say what it waits for with each. Unless told it waits for a block, which on a parachain may be made anew. */
  constructor(private readonly api: ApiPromise, private readonly name: string, private readonly options: SubmitOptions = { until: 'inBlock' }) {
    atEnd(() => { this.#stopped = true; });
    this.#loop = this.#run();
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const call = this.api.tx.balances.transferKeepAlive(account('Ferdie').address, 1_000_000_000n);
      try {
        await submit(this.api, call, account(this.name), this.options);
        this.included += 1;
      } catch (error) {
        this.failures.push(String(error));
        await sleep(1_000);
      }
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#loop;
  }
}
