/** What the tests of governance begin with: the two bodies, which are Alice, Bob and Charlie, and `gov` as people use it. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Keyring } from '@polkadot/keyring';
import type { KeyringPair } from '@polkadot/keyring/types';
import { submit, type Call, type Included } from '@salus/client';
import { governance as gov } from '@salus/governance';
import { PoolRejected } from '@salus/types';
import { CHAIN } from './chains.js';
import { run, type Ended } from './node.js';
import { begin, type Setting } from './setting.js';
import { PATIENCE } from './wait.js';

export const GOV = fileURLToPath(new URL('../../clients/governance/bin/gov.js', import.meta.url));
export const MEMBERS = ['Alice', 'Bob', 'Charlie'] as const;
export type Name = (typeof MEMBERS)[number] | 'Dave';

const keyring = new Keyring({ type: 'sr25519' });
export const pair = (name: string): KeyringPair => keyring.addFromUri(`//${name}`);

/** The chain's call filter answers before any block. */
export const isFiltered = (error: unknown): boolean => error instanceof PoolRejected && /call is not expected/.test(error.detail);

export interface Governing extends Setting {
  /** A key that no other run has seen. */
  newcomer: KeyringPair;
  /** Runs `gov` with this key, and returns what it printed with `--json`, which says that all is well. */
  done: (args: string[], as?: Name) => Promise<any>;
  /** The same where it must end with this code and one sentence. */
  refused: (code: 1 | 2, sentence: RegExp, args: string[], as?: Name) => Promise<any>;
  send: (call: Call, as?: Name) => Promise<Included>;
  /** Carries a decision through a body with the SDK: proposed, voted by all, closed. */
  carry: (body: gov.Body, call: Call) => Promise<void>;
}

export async function govern(): Promise<Governing> {
  const setting = await begin();
  const { api, endpoint, folder } = setting;
  for (const name of [...MEMBERS, 'Dave']) {
    await writeFile(join(folder, name), `//${name}`);
    await chmod(join(folder, name), 0o600);
  }

  const clock = CHAIN.clock === 'chain' ? ['--chain-clock'] : [];
  const tool = async (args: string[], as?: Name): Promise<Ended & { json: any }> => {
    const key = as ? ['--suri-file', join(folder, as), '--yes', '--in-block'] : [];
    const ended = await run(process.execPath, [GOV, ...args, '--json', '--ws', endpoint, '--timeout', String(PATIENCE), ...clock, ...key]);
    return { ...ended, json: ended.stdout.trim().startsWith('{') ? JSON.parse(ended.stdout) : undefined };
  };
  const done: Governing['done'] = async (args, as) => {
    const { code, json, stderr, stdout } = await tool(args, as);
    assert.equal(code, 0, `gov ${args.join(' ')}\n${stderr}${stdout}`);
    assert.equal(json.ok, true);
    return json;
  };
  const refused: Governing['refused'] = async (code, sentence, args, as) => {
    const ended = await tool(args, as);
    assert.equal(ended.code, code, `gov ${args.join(' ')}\n${ended.stderr}`);
    assert.match(ended.stderr, sentence);
    assert.equal(ended.stderr.trim().split('\n').length, 1, `one sentence: ${ended.stderr}`);
    return ended.json;
  };
  const send: Governing['send'] = (call, as = 'Alice') => submit(api, call, pair(as), { until: 'inBlock', timeout: PATIENCE * 1000 });
  const carry: Governing['carry'] = async (body, call) => {
    const made = gov.proposedAs(await send(await gov.propose(api, body, call)), body);
    assert.ok(made);
    const motion = await gov.findMotion(api, made.hash, body);
    const seats = (await api.query[body].members()).map(String);
    const voters = MEMBERS.filter((name) => seats.includes(pair(name).address)).slice(0, gov.votesNeeded(seats.length));
    await Promise.all(voters.map((name) => send(gov.vote(api, motion, true), name)));
    await send(await gov.close(api, motion), 'Dave');
  };
  return { ...setting, newcomer: keyring.addFromSeed(new Uint8Array(randomBytes(32))), done, refused, send, carry };
}
