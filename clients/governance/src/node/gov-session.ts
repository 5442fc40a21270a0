/** What every command of `gov` needs: the chain, the key, asking before signing, sending. */
import { createInterface } from 'node:readline/promises';
import type { ApiPromise } from '@polkadot/api';
import type { KeyringPair } from '@polkadot/keyring/types';
import { decodeAddress, encodeAddress } from '@polkadot/util-crypto';
import { connect, presentAsTold, submit, type Call, type Included } from '@salus/client';
import { signerOf, UsageError } from '@salus/client/node';
import { BODY_NAMES, decodeLink, seatsOf, type Body, type Motion, describe, wordingOf } from '../governance.js';
import type { Options } from './gov-options.js';

/** Where a command writes, and what it asks. */
export interface Terminal {
  out: (text: string) => void;
  err: (text: string) => void;
  /** Whether somebody sits there and can be asked. */
  interactive: boolean;
}

/** A command's run: the chain it speaks to, and what it has found, for `--json`. */
export class Session {
  /** What `--json` prints. */
  readonly result: Record<string, unknown> = {};
  #signer: KeyringPair | undefined;

  private constructor(
    readonly api: ApiPromise,
    readonly options: Options,
    readonly env: NodeJS.ProcessEnv,
    readonly terminal: Terminal,
  ) {}

  static async open(options: Options, env: NodeJS.ProcessEnv, terminal: Terminal): Promise<Session> {
    const session = new Session(await connect(options.ws, { timeout: (options.timeout ?? 30) * 1000 }), options, env, terminal);
    try {
      const problem = await session.notPresent();
      if (problem !== undefined) session.say(`Note: what follows is not of the present. ${problem}.`);
    } catch (error) {
      await session.api.disconnect();
      throw error;
    }
    return session;
  }

  /**
   * Why what the node tells of motions, terms and delays is not so now: it is cut off or catching up. Finality may stand
   * still: that is when some decisions are needed most.
   */
  async notPresent(): Promise<string | undefined> {
    const reason = (await presentAsTold(this.api, { clock: this.options.chainClock ? 'chain' : 'host' })).bestProblem();
    if (reason === undefined) return undefined;
    this.result['notPresent'] = reason;
    return `The node cannot be relied on now: ${reason}`;
  }

  /** Prints lines for people; with `--json` nothing but the object is printed. */
  say(...lines: string[]): void {
    if (!this.options.json) this.terminal.out(lines.join('\n'));
  }

  async signer(): Promise<KeyringPair> {
    this.#signer ??= await signerOf(this.options, this.env, this.api.registry.chainSS58 ?? 42);
    return this.#signer;
  }

  /** The signer, which must have a seat in the body. */
  async member(body: Body): Promise<KeyringPair> {
    const [pair, acting] = [await this.signer(), await this.acting()];
    const { seats } = await seatsOf(this.api, body);
    if (!seats.some(({ account }) => account === acting) && !this.options.anyway) {
      throw new UsageError(`${acting} has no seat in the ${BODY_NAMES[body]}`);
    }
    return pair;
  }

  /** The account that acts: the signer's, or the one whose proxy it is. */
  async acting(): Promise<string> {
    const { real } = this.options;
    return real === undefined ? (await this.signer()).address : encodeAddress(decodeAddress(real), this.api.registry.chainSS58);
  }

  /** Stops unless nothing stands in the way, or it is to be sent anyway. */
  stopIf(reasons: readonly string[]): void {
    if (reasons.length === 0) return;
    this.result['stoppedBy'] = reasons;
    if (this.options.anyway || this.options.dryRun) return;
    throw new UsageError(`not sent: ${reasons.join('; ')} (--anyway sends it all the same)`);
  }

  /**
   * Shows what would be signed, asks, signs, sends, and waits until it is final. `undefined` if it was only to
   * be shown.
   */
  async send(inner: Call, pair: () => Promise<KeyringPair>, what: string): Promise<Included | undefined> {
    const { real } = this.options;
    const call = real === undefined ? inner : this.api.tx.proxy.proxy(real, null, inner);
    const hex = call.method.toHex();
    const lines = hex.length <= 4_000
      ? [`Encoded: ${hex}`, `In Polkadot.js Apps: ${decodeLink(this.options.ws, hex)}`] : [`Encoded: ${hex.slice(0, 66)}... (${call.method.encodedLength} bytes)`];
    this.say('', `To be signed: ${what}${real === undefined ? '' : `, as the proxy of ${real}`}`, ...lines.map((line) => `  ${line}`));
    this.result['extrinsic'] = { call: `${call.method.section}.${call.method.method}`, hex };
    if (this.options.dryRun) {
      this.say('Nothing was signed (--dry-run).');
      return undefined;
    }
    const problem = await this.notPresent();
    if (problem !== undefined) this.stopIf([problem]);
    const signer = await pair();
    await this.agree(signer.address);
    const until = this.options.inBlock ? 'inBlock' : 'finalized';
    const { timeout } = this.options;
    const included = await submit(this.api, call, signer, { until, ...(timeout === undefined ? {} : { timeout: timeout * 1000 }) });
    this.say(`Done by ${signer.address}, in block ${included.blockNumber} (${included.blockHash}), ${this.options.inBlock ? 'not known to be final' : 'which is final'}.`);
    this.result['done'] = {
      by: signer.address, blockNumber: included.blockNumber, blockHash: included.blockHash, txHash: included.txHash, fee: included.fee,
    };
    return included;
  }

  async agree(address: string): Promise<void> {
    if (this.options.yes) return;
    if (!this.terminal.interactive) throw new UsageError('nobody can be asked here: add --yes to sign without being asked');
    const asking = createInterface({ input: process.stdin, output: process.stderr });
    const answer = await asking.question(`Sign as ${address}, and send? [y/N] `);
    asking.close();
    if (!/^y(es)?$/i.test(answer.trim())) throw new UsageError('not signed');
  }

  /** A motion for `--json`. */
  motionJson({ body, hash, index, threshold, ayes, nays, end, call }: Motion): Record<string, unknown> {
    return {
      body, hash, index, threshold, ayes, nays, end,
      call: { name: `${call.section}.${call.method}`, hex: call.toHex(), words: describe(call, wordingOf(this.api)) },
    };
  }
}
