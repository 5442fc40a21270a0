import { mock } from 'node:test';

/** Keeps off the console what Polkadot.js tells of each broken connection and each refused transaction; an error says so too. */
export function quiet(): void {
  for (const name of ['error', 'warn'] as const) {
    const write = console[name].bind(console);
    mock.method(console, name, (...words: unknown[]) => {
      if (!words.some((word) => /RPC-CORE|API-WS/.test(String(word)))) write(...words);
    });
  }
}
