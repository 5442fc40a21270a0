/**
 * What was done, in codes: it stays with provider and payer, and the chain has a salted commitment to it
 * for each line, and over all lines of an encounter the root of their tree.
 */
import { bytes32, toHex, type Hex } from '../bytes.js';
import { commit, opens, type Form } from '../commitment.js';
import { MerkleTree } from '../merkle.js';
import { checkCount } from './bounds.js';
import type { ClaimLine } from './model.js';

/** A line, as far as its detail goes. */
export type WithDetail = Pick<ClaimLine, 'detail'>;

/**
 * The commitment to the coded detail of a line: procedure codes, modifiers, diagnoses, in whatever bytes
 * the two sides keep. A fresh salt (`newSalt`) for each line, also for the same service on another day:
 * the chain takes a commitment once, and without a salt a guessed code would confirm itself.
 */
export const commitDetail = (salt: Uint8Array, detail: Uint8Array, form: Form = 'Bytes'): Hex =>
  toHex(commit(salt, detail, form));

/** Whether a line is about this detail: for a payer who was shown it. */
export const opensDetail = (line: WithDetail, salt: Uint8Array, detail: Uint8Array, form: Form = 'Bytes'): boolean =>
  opens(bytes32(line.detail), salt, detail, form);

/**
 * The tree over the details of an encounter's lines, in the order in which they are claimed. Its root is
 * what `closeEncounter` writes down; a path of it shows one line, and none of the others.
 */
export function linesTree(lines: readonly WithDetail[]): MerkleTree {
  checkCount('an encounter', lines);
  return new MerkleTree(lines.map(({ detail }) => bytes32(detail)));
}
