/** A network, and the steps that are tried on it one after the other. */
import { after, before, describe, test } from 'node:test';
import type { Network } from './network.js';

/** Prints what was observed. */
export const saw = (text: string): void => console.log(`    ${text}`);

export type Step<N extends Network = Network> = (title: string, limit: number, body: (network: N) => Promise<void>) => void;

/**
 * Describes a network and what is tried on it. Each step has a limit in seconds. Steps build on each
 * other: once one has failed, those after it fail at once and say why. A failed step shows the last words
 * of all nodes.
 */
export function scene<N extends Network>(name: string, start: () => Promise<N>, steps: (step: Step<N>) => void): void {
  describe(name, () => {
    let network: N | undefined;
    let failed: string | undefined;
    before(async () => {
      const began = Date.now();
      network = await start();
      saw(`${name}: ${network.members.length} nodes up after ${Math.round((Date.now() - began) / 1000)} s`);
    }, { timeout: 1_500_000 });
    after(() => network?.stop());
    steps((title, limit, body) => test(title, { timeout: limit * 1000 }, async () => {
      if (failed !== undefined) throw new Error(`not tried, because this failed before: ${failed}`);
      if (!network) throw new Error('there is no network');
      failed = title;
      const began = Date.now();
      try {
        await body(network);
      } catch (error) {
        console.log(network.tails());
        throw error;
      }
      failed = undefined;
      saw(`${title}: ${Math.round((Date.now() - began) / 1000)} s`);
    }));
  });
}

// Polkadot.js tells of every connection that a test has cut on purpose.
const { error: complain } = console;
console.error = (...words: unknown[]) => {
  if (!words.some((word) => /API-WS|RPC-CORE/.test(String(word)))) complain(...words);
};
