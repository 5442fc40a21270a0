/** A Substrate state trie (layout V1) small enough to read, to make roots and proofs for tests. */
import { compactToU8a } from '@polkadot/util';
import { blake2, concat, toHex, type Hex } from '@salus/types';

interface Built {
  partial: string;
  value: Uint8Array | undefined;
  children: Map<string, Built>;
  encoded: Uint8Array;
}

/** The header of a node: `bits` in front, and the number of nibbles in what the mask leaves. */
function head(bits: number, free: number, nibbles: number): Uint8Array {
  const most = 2 ** free - 1;
  if (nibbles < most) return Uint8Array.of(bits | nibbles);
  const rest = nibbles - most;
  return concat(Uint8Array.of(bits | most), new Uint8Array(Math.floor(rest / 255)).fill(255), Uint8Array.of(rest % 255));
}

const packed = (nibbles: string): Uint8Array =>
  Uint8Array.from((nibbles.length % 2 ? `0${nibbles}` : nibbles).match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
const prefixed = (bytes: Uint8Array): Uint8Array => concat(compactToU8a(bytes.length), bytes);
const isHashed = (value: Uint8Array): boolean => value.length > 32;

function encode(partial: string, value: Uint8Array | undefined, children: Map<string, Built>): Uint8Array {
  const count = partial.length;
  const hashed = value !== undefined && isHashed(value);
  const stored = value === undefined ? new Uint8Array() : hashed ? blake2(value) : prefixed(value);
  if (children.size === 0) return concat(hashed ? head(0x20, 5, count) : head(0x40, 6, count), packed(partial), stored);
  const bits = [...children.keys()].reduce((all, nibble) => all | (1 << Number.parseInt(nibble, 16)), 0);
  const start = value === undefined ? head(0x80, 6, count) : hashed ? head(0x10, 4, count) : head(0xc0, 6, count);
  const below = [...children.values()].map(({ encoded }) => prefixed(encoded.length < 32 ? encoded : blake2(encoded)));
  return concat(start, packed(partial), Uint8Array.of(bits & 255, bits >> 8), stored, ...below);
}

function build(entries: [string, Uint8Array][]): Built {
  const [first, last] = [entries[0]?.[0] ?? '', entries.at(-1)?.[0] ?? ''];
  let shared = 0;
  while (shared < first.length && first[shared] === last[shared]) shared++;
  const partial = first.slice(0, shared);
  const value = entries.find(([key]) => key.length === shared)?.[1];
  const children = new Map<string, Built>();
  for (const nibble of '0123456789abcdef') {
    const below = entries.filter(([key]) => key[shared] === nibble);
    if (below.length > 0) children.set(nibble, build(below.map(([key, each]) => [key.slice(shared + 1), each])));
  }
  return { partial, value, children, encoded: encode(partial, value, children) };
}

/** The trie over a storage. */
export class Trie {
  readonly #top: Built;

  constructor(storage: ReadonlyMap<Hex, Uint8Array>) {
    this.#top = build([...storage].map(([key, value]): [string, Uint8Array] => [key.slice(2), value]).sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  get root(): Hex {
    return toHex(blake2(this.#top.encoded));
  }

  /** The nodes that whoever looks these keys up comes by. */
  proof(keys: readonly Hex[]): Uint8Array[] {
    const seen = new Map<Hex, Uint8Array>();
    const see = (bytes: Uint8Array): void => { seen.set(toHex(blake2(bytes)), bytes); };
    for (const key of keys) {
      let left = key.slice(2);
      for (let node: Built | undefined = this.#top; node;) {
        if (node === this.#top || node.encoded.length >= 32) see(node.encoded);
        if (!left.startsWith(node.partial)) break;
        left = left.slice(node.partial.length);
        if (left === '' && node.value && isHashed(node.value)) see(node.value);
        node = left === '' ? undefined : node.children.get(left[0] as string);
        left = left.slice(1);
      }
    }
    return [...seen.values()];
  }
}
