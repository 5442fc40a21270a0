/** Making records that receipts are for, and checking receipts from what is in them, for the tests. */
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import type { ApiPromise } from '@polkadot/api';
import { hexToU8a, u8aToHex } from '@polkadot/util';
import { xxhashAsHex } from '@polkadot/util-crypto';
import { anchors, type AnchorRef } from '@salus/client';
import { receipts } from '@salus/receipts';
import { commit, newSalt, utf8 } from '@salus/types';
import { run, type Ended } from './node.js';
import type { Peopled } from './setting.js';
import type { Patient } from './world.js';

/** Runs the command line tool for receipts. */
export const tool = (...args: string[]): Promise<Ended> =>
  run(process.execPath, [fileURLToPath(new URL('../../clients/receipts/bin/salus-receipt.js', import.meta.url)), ...args]);

export interface Kept {
  anchor: AnchorRef;
  salt: Uint8Array;
  record: Uint8Array;
}

/** Anchors one record alone, for the hospital. */
export async function anchorOne({ api, world, institutions, staff }: Peopled, text: string, options: anchors.AnchorOptions = {}): Promise<Kept> {
  const [salt, record] = [newSalt(), utf8(text)];
  const included = await world.send(anchors.anchor(api, institutions.hospital.org, commit(salt, record, options.form), options), staff.steward);
  return { anchor: anchors.anchoredAt(included), salt, record };
}

/** Checks that a receipt follows from itself and the authorities of its block, as a verifier would, and answers its block's number. */
export function checked(api: ApiPromise, receipt: receipts.OwnReceipt, set: readonly receipts.Authority[]): number {
  const header = receipts.decodeHeader(hexToU8a(receipt.header));
  const justification = receipts.decodeJustification(hexToU8a(receipt.finality.justification));
  assert.equal(receipts.flawOf(justification, header, BigInt(receipt.finality.setId), set), undefined);
  const proof = new receipts.StorageProof(header.stateRoot, receipt.proof.map((node) => hexToU8a(node)));
  const value = (key: string): Uint8Array | undefined => proof.get(hexToU8a(key));
  const { anchors: slots, retractions, successors } = api.query.recordAnchor;
  for (const { author, seq, leaf } of receipt.records) {
    assert.ok(value(slots.key(author, seq)), `slot ${author}/${seq} is proven`);
    assert.equal(value(retractions.key(author, seq, null)), undefined);
    assert.equal(value(successors.key(author, seq)), undefined);
    if (leaf) assert.equal(value(retractions.key(author, seq, leaf.index)), undefined);
  }
  assert.ok(value(api.query.timestamp.now.key()), 'the time is proven');
  return header.number;
}

export const refused = (reason: receipts.RefusalReason) => (error: unknown): boolean =>
  error instanceof receipts.ReceiptRefused && error.reason === reason;

/** No trace of the patient: neither the handle, nor a key that leads to it, nor a key of the patient's. */
export function namesNobody(api: ApiPromise, text: string, { anchor }: Kept, patient: Patient): void {
  const subject = api.query.recordAnchor.subjects.key(anchor.org, anchor.seq).slice(2);
  const map = xxhashAsHex('Subjects', 128).slice(2);
  for (const secret of [patient.handle.slice(2), subject, map, patient.agreement.publicKey.slice(2), u8aToHex(patient.pair.publicKey).slice(2)]) {
    assert.ok(!text.includes(secret));
  }
}
