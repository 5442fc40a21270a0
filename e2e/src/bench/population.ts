/**
 * A chain with many patients: the state of another one, in which patients are copied as often as is asked. Each copy has a handle of its own and
 * all that the state keeps under it. No block is made on it: it is for questions alone.
 *
 * Some two thousand, from everywhere among them, are copies of one with as many directives as there can be, and these are asked about. The others have one
 * Permit: what is looked up has as many entries beside it and the trie is as deep, and a million with all directives would be gigabytes more.
 */
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import { u8aToHex } from '@polkadot/util';
import { blake2AsHex } from '@polkadot/util-crypto';
import { newSalt } from '@salus/types';
import { binary, run } from '../node.js';
import { rpc } from '../rpc.js';
import { CODE, stateAt } from '../state.js';

const bare = (hex: string): string => hex.slice(2);
/** What precedes a handle in a key: its hash of 16 bytes. */
const hashOf = (handle: string): string => bare(blake2AsHex(handle, 128));

/** How many of the copies have all directives, and are told. */
const TOLD = 2000;

/** The entries that the state has under a handle, each as what comes before the hash of the handle, what comes after the handle, and the value. */
function under(state: ReadonlyMap<string, string>, handle: string): [before: string, after: string, value: string][] {
  const hashed = hashOf(handle) + bare(handle);
  return [...state].flatMap(([key, value]): [string, string, string][] => {
    const [before, after] = key.split(hashed);
    return before === undefined || after === undefined ? [] : [[before, after, value]];
  });
}

/** A patient's entries, and how many bytes of keys and values they are. */
interface Original {
  entries: [before: string, after: string, value: string][];
  bytes: number;
}

function original(state: ReadonlyMap<string, string>, handle: string): Original {
  const entries = under(state, handle);
  if (entries.length < 2) throw new Error(`the state has ${entries.length} entries of the patient: too few to be one with a Permit`);
  // The handle and its hash stand in each key.
  return { entries, bytes: entries.reduce((sum, [before, after, value]) => sum + bare(before + after + value).length / 2 + 48, 0) };
}

export interface Population {
  /** The file of the specification. */
  spec: string;
  /** Those with all directives. */
  copies: `0x${string}`[];
  /** How many bytes of state one with all directives has, and one with a single Permit. */
  full: number;
  single: number;
}

/**
 * Writes the raw specification of a chain whose genesis has the state of the best block of `endpoint`, and `count` copies besides: of the patient `full`,
 * who has all directives, and of `single`, who has one Permit.
 */
export async function populated(endpoint: string, full: string, single: string, count: number, folder: string): Promise<Population> {
  const url = endpoint.replace('ws:', 'http:');
  const hash = await rpc<string>(url, 'chain_getBlockHash', []);
  const state = await stateAt(url, hash);
  const [ofFull, ofSingle] = [original(state, full), original(state, single)];
  state.set(CODE, await rpc<string>(url, 'state_getStorage', [CODE, hash]));

  const built = await run(binary(), ['build-spec', '--chain', 'dev', '--raw', '--disable-default-bootnode', '--base-path', join(folder, 'build')]);
  if (built.code !== 0) throw new Error(built.stderr.slice(-2_000));
  const whole = JSON.parse(built.stdout) as { genesis: { raw: { top: object } } };
  whole.genesis.raw.top = { '': '' };
  const [head, tail] = JSON.stringify(whole).split('"":""');
  if (head === undefined || tail === undefined) throw new Error('the specification has another form');

  const spec = join(folder, 'population.json');
  const file = createWriteStream(spec);
  const write = async (text: string): Promise<void> => { if (!file.write(text)) await once(file, 'drain'); };
  const entry = (key: string, value: string): string => `"${key}":"${value}"`;
  await write(head + [...state].map(([key, value]) => entry(key, value)).join(','));
  const AT_ONCE = 1000;
  const copies: `0x${string}`[] = [];
  for (let done = 0; done < count; done += AT_ONCE) {
    let text = '';
    for (let nth = done; nth < Math.min(count, done + AT_ONCE); nth += 1) {
      const copy = u8aToHex(newSalt());
      const asked = nth % Math.max(1, Math.floor(count / TOLD)) === 0;
      if (asked) copies.push(copy);
      const hashed = hashOf(copy) + bare(copy);
      for (const [before, after, value] of (asked ? ofFull : ofSingle).entries) text += `,${entry(before + hashed + after, value)}`;
    }
    await write(text);
  }
  file.end(tail);
  await once(file, 'finish');
  return { spec, copies, full: ofFull.bytes, single: ofSingle.bytes };
}
