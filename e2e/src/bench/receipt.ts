/** How large a receipt is, and how long it takes to verify it from its text, by the SDK, as somebody does who has nothing but files. */
import { readFile } from 'node:fs/promises';
import { anchors } from '@salus/client';
import { receipts } from '@salus/receipts';
import { commit, MerkleTree, newSalt, utf8 } from '@salus/types';
import { quantile } from '../quantile.js';
import type { Peopled } from '../setting.js';
import { presetDev } from '../verifier.js';

/** How many records the batch has that the receipt's is one of. */
const RECORDS = 1000;
const ROUNDS = 200;

export interface Verified {
  bytes: number;
  /** In milliseconds: the middle one, and the one of a hundred that takes longest. */
  p50: number;
  p99: number;
}

export async function verified({ api, world, institutions: { hospital }, staff, folder }: Peopled): Promise<Verified> {
  const salt = newSalt();
  const records = Array.from({ length: RECORDS }, (_, nth) => utf8(`record ${nth}`));
  const tree = new MerkleTree(records.map((record) => commit(salt, record)));
  const slot = anchors.anchoredAt(await world.send(anchors.anchorBatch(api, hospital.org, tree), staff.steward));
  const record = records[0] as Uint8Array;
  const text = JSON.stringify(await receipts.make(api, [{ anchor: { ...slot, proof: tree.path(0) }, salt, record }]));
  const trail = JSON.stringify(await receipts.fetchTrail(api));
  const authorities = receipts.genesisAuthorities(await readFile(await presetDev(folder), 'utf8'));
  const times: number[] = [];
  for (let nth = 0; nth < ROUNDS; nth += 1) {
    const start = performance.now();
    const sets = new receipts.Sets({ genesis: api.genesisHash.toHex(), setId: 0, authorities, block: undefined }, receipts.parseTrail(trail));
    const opened = new receipts.OpenedReceipt(receipts.parseReceipt(text), sets);
    const [entry] = opened.find(record);
    if (!entry || opened.verify(entry) !== 'Current') throw new Error('the receipt does not verify');
    times.push(performance.now() - start);
  }
  return { bytes: Buffer.byteLength(text), p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}
