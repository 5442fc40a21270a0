/** Trees of any number of commitments in files, built in one pass and read node by node. */
import { createReadStream } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import {
  bytes32, concat, equal, IntegrityBroken, MAX_DEPTH, nodesOf, readPath, streamTree, toHex, utf8, type MerklePath, type MerkleRoot,
} from '@salus/types';

const MAGIC = utf8('salus:tree:v1\n\n\n');
/** Magic, the number of leaves (8 bytes, little-endian), the root. */
const HEAD = MAGIC.length + 8 + 32;
const BUFFER = 1 << 20;
const LINE = /^(?:0x)?[0-9a-fA-F]{64}$/;

/** The commitments in a file with one of them a line, as 64 hexadecimal digits with or without `0x`. */
export async function* commitmentsIn(path: string): AsyncGenerator<Uint8Array> {
  let number = 0;
  let rest = '';
  const commitment = (line: string): Uint8Array => {
    number += 1;
    if (!LINE.test(line)) throw new IntegrityBroken(`${path}: line ${number} is no commitment of 32 bytes`);
    return bytes32(line.startsWith('0x') ? line : `0x${line}`);
  };
  for await (const chunk of createReadStream(path, { encoding: 'latin1', highWaterMark: BUFFER })) {
    const lines = (rest + (chunk as string)).split(/\r?\n/);
    rest = lines.pop() ?? '';
    if (rest.length > 70) throw new IntegrityBroken(`${path}: line ${number + lines.length + 1} is no commitment of 32 bytes`);
    for (const line of lines) yield commitment(line);
  }
  if (rest !== '') yield commitment(rest);
}

/**
 * A tree in a file of about 64 bytes a leaf. Keep it with the records: without it nobody can show that
 * one of them is in the batch.
 */
export class TreeFile implements MerkleRoot {
  readonly #file: FileHandle;

  private constructor(file: FileHandle, readonly leaves: number, readonly root: Uint8Array) {
    this.#file = file;
  }

  /** Builds the tree over `commitments` and writes it to `path`, which appears only when it is whole. */
  static async write(path: string, commitments: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<MerkleRoot> {
    const fresh = `${path}.new`;
    const file = await open(fresh, 'w');
    try {
      const buffer = Buffer.alloc(BUFFER);
      let used = 0;
      let at = HEAD;
      const flush = async (): Promise<void> => {
        for (let from = 0; from < used;) {
          const { bytesWritten } = await file.write(buffer, from, used - from, at);
          from += bytesWritten;
          at += bytesWritten;
        }
        used = 0;
      };
      const tree = await streamTree(commitments, (node) => {
        buffer.set(node, used);
        used += 32;
        return used === BUFFER ? flush() : undefined;
      });
      await flush();
      const leaves = Buffer.alloc(8);
      leaves.writeBigUInt64LE(BigInt(tree.leaves));
      await file.write(concat(MAGIC, leaves, tree.root), 0, HEAD, 0);
      await file.sync();
      await file.close();
      await rename(fresh, path);
      return tree;
    } catch (error) {
      await file.close().catch(() => undefined);
      await rm(fresh, { force: true });
      throw error;
    }
  }

  /** Opens a tree's file. Throws {@link IntegrityBroken} if it is none, or is cut short. Close it after use. */
  static async open(path: string): Promise<TreeFile> {
    const file = await open(path, 'r');
    try {
      const head = Buffer.alloc(HEAD);
      const { bytesRead } = await file.read(head, 0, HEAD, 0);
      if (bytesRead < HEAD || !equal(head.subarray(0, MAGIC.length), MAGIC)) throw new IntegrityBroken(`${path} is no file of a tree`);
      const leaves = Number(head.readBigUInt64LE(MAGIC.length));
      const { size } = await file.stat();
      if (leaves < 1 || leaves > 2 ** MAX_DEPTH || size !== HEAD + 32 * nodesOf(leaves)) {
        throw new IntegrityBroken(`${path}: ${size} bytes are no tree of ${leaves} leaves`);
      }
      return new TreeFile(file, leaves, new Uint8Array(head.subarray(HEAD - 32)));
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** The path of the commitment at `index`: reads at most a few nodes a level. */
  path(index: number): Promise<MerklePath> {
    return readPath(this.leaves, index, async (position) => {
      const node = new Uint8Array(32);
      const { bytesRead } = await this.#file.read(node, 0, 32, HEAD + 32 * position);
      if (bytesRead !== 32) throw new IntegrityBroken(`the file of the tree ${toHex(this.root)} is cut short`);
      return node;
    });
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
