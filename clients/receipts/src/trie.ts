/**
 * Reading storage proofs: nodes of a Substrate state trie (layout V1), each found by its hash, from the
 * state root downwards. Shows what a proof says, and also whatever else is in its nodes.
 */
import { blake2, IntegrityBroken, toHex, type Hex } from '@salus/types';
import { Reader } from '@salus/types/scale';

/** A value beside its key in a node, or the hash under which the proof has it. */
type Slot = { inline: Uint8Array } | { hash: Hex };
/** A child is named by its hash, or stands in its parent if it is shorter than a hash. */
type Child = { hash: Hex } | { node: Uint8Array };

interface TrieNode {
  /** The nibbles of the key that all below this node share, as hexadecimal digits. */
  partial: string;
  value: Slot | undefined;
  children: Map<string, Child>;
}

/** The headers of nodes: their first bits, how many bits are left for the length, and what follows. */
const HEADERS = [
  { mask: 0b1100_0000, bits: 0b0100_0000, branch: false, value: 'inline' },
  { mask: 0b1100_0000, bits: 0b1000_0000, branch: true, value: 'none' },
  { mask: 0b1100_0000, bits: 0b1100_0000, branch: true, value: 'inline' },
  { mask: 0b1110_0000, bits: 0b0010_0000, branch: false, value: 'hash' },
  { mask: 0b1111_0000, bits: 0b0001_0000, branch: true, value: 'hash' },
] as const;

function decodeNode(bytes: Uint8Array): TrieNode | undefined {
  const reader = new Reader(bytes);
  const first = reader.u8();
  if (first === 0) return undefined;
  const kind = HEADERS.find(({ mask, bits }) => (first & mask) === bits);
  if (!kind) throw new IntegrityBroken('the proof has a node of an unknown kind');
  const most = 0xff & ~kind.mask;
  let nibbles = first & most;
  if (nibbles === most) {
    let more: number;
    do {
      more = reader.u8();
      nibbles += more;
    } while (more === 255);
  }
  const partial = toHex(reader.take(Math.ceil(nibbles / 2))).slice(2).slice(nibbles % 2);
  const bitmap = kind.branch ? reader.u8() | (reader.u8() << 8) : 0;
  const value = kind.value === 'none' ? undefined
    : kind.value === 'hash' ? { hash: toHex(reader.take(32)) } : { inline: reader.bytes() };
  const children = new Map<string, Child>();
  for (let nibble = 0; nibble < 16; nibble++) {
    if ((bitmap & (1 << nibble)) === 0) continue;
    const child = reader.bytes();
    children.set(nibble.toString(16), child.length === 32 ? { hash: toHex(child) } : { node: child });
  }
  reader.end();
  return { partial, value, children };
}

/** What a set of nodes proves under one state root. */
export class StorageProof {
  readonly #root: Hex;
  readonly #nodes: Map<Hex, Uint8Array>;

  constructor(root: Hex, nodes: readonly Uint8Array[]) {
    this.#root = root;
    this.#nodes = new Map(nodes.map((node) => [toHex(blake2(node)), node]));
  }

  /** Whether it has the root's node. If it does not, it is of another state. */
  get hasRoot(): boolean {
    return this.#nodes.has(this.#root);
  }

  /**
   * The value under `key`, or `undefined` if the proof shows that there is none. Throws
   * {@link IntegrityBroken} if it shows neither.
   */
  get(key: Uint8Array): Uint8Array | undefined {
    const found = this.#walk(key);
    if ('lacks' in found) throw new IntegrityBroken(`the proof lacks the node ${found.lacks}`);
    return found.value;
  }

  /** The same, with `open` where the proof shows neither. */
  lookUp(key: Uint8Array): Uint8Array | undefined | 'open' {
    const found = this.#walk(key);
    return 'lacks' in found ? 'open' : found.value;
  }

  /** What is under `key`, or which node is not there to tell. */
  #walk(key: Uint8Array): { value: Uint8Array | undefined } | { lacks: Hex } {
    let left = toHex(key).slice(2);
    let next: Child = { hash: this.#root };
    for (;;) {
      const bytes: Uint8Array | undefined = 'hash' in next ? this.#nodes.get(next.hash) : next.node;
      if (!bytes) return { lacks: (next as { hash: Hex }).hash };
      const node = decodeNode(bytes);
      if (!node || !left.startsWith(node.partial)) return { value: undefined };
      left = left.slice(node.partial.length);
      if (left === '') {
        if (!node.value || 'inline' in node.value) return { value: node.value?.inline };
        const value = this.#nodes.get(node.value.hash);
        return value ? { value } : { lacks: node.value.hash };
      }
      const child = node.children.get(left[0] as string);
      if (!child) return { value: undefined };
      left = left.slice(1);
      next = child;
    }
  }

  /**
   * The keys of all values that can be read from the nodes, asked for or not. A node on the way to a
   * key that is absent may hold a neighbour's value.
   */
  *keys(): Generator<Hex> {
    const open: { path: string; node: Uint8Array | undefined }[] = [{ path: '', node: this.#nodes.get(this.#root) }];
    for (let next = open.pop(); next; next = open.pop()) {
      const node = next.node && decodeNode(next.node);
      if (!node) continue;
      const path = next.path + node.partial;
      if (node.value && ('inline' in node.value || this.#nodes.has(node.value.hash))) yield `0x${path}`;
      for (const [nibble, child] of node.children) {
        open.push({ path: path + nibble, node: 'hash' in child ? this.#nodes.get(child.hash) : child.node });
      }
    }
  }
}
