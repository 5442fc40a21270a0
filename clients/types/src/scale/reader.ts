/** Reading SCALE, as much of it as headers, justifications, anchors and the answers of the rules need. */
import { concat, toHex, type Hex } from '../bytes.js';
import { IntegrityBroken } from '../errors.js';

/** Reads a sequence of bytes from its beginning. Throws {@link IntegrityBroken} where it ends too early. */
export class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** How far it has read. */
  get at(): number {
    return this.#at;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  /** The bytes read since `start`. */
  since(start: number): Uint8Array {
    return this.#bytes.slice(start, this.#at);
  }

  take(length: number): Uint8Array {
    if (length > this.left) throw new IntegrityBroken(`the encoding ends after ${this.#bytes.length} bytes, too early`);
    this.#at += length;
    return this.#bytes.slice(this.#at - length, this.#at);
  }

  hash(): Hex {
    return toHex(this.take(32));
  }

  u8(): number {
    return this.take(1)[0] as number;
  }

  u16(): number {
    return Number(littleEndian(this.take(2)));
  }

  u32(): number {
    return Number(littleEndian(this.take(4)));
  }

  u64(): bigint {
    return littleEndian(this.take(8));
  }

  /** A compact number. Larger ones than a number holds exactly are refused: nothing here is that long. */
  compact(): number {
    const number = Number(this.bigCompact());
    if (!Number.isSafeInteger(number)) throw new IntegrityBroken('a number in the encoding is too large');
    return number;
  }

  /** A compact number of any size: an amount. */
  bigCompact(): bigint {
    const first = this.u8();
    const mode = first & 3;
    if (mode === 0) return BigInt(first >> 2);
    const more = mode === 1 ? 1 : mode === 2 ? 3 : (first >> 2) + 4;
    const value = littleEndian(concat(Uint8Array.of(first), this.take(more)));
    return mode === 3 ? value >> 8n : value >> 2n;
  }

  bytes(): Uint8Array {
    return this.take(this.compact());
  }

  option<T>(read: () => T): T | undefined {
    return this.u8() === 0 ? undefined : read();
  }

  list<T>(read: () => T): T[] {
    const count = this.compact();
    if (count > this.left) throw new IntegrityBroken(`the encoding has no room for ${count} elements`);
    return Array.from({ length: count }, read);
  }

  /** Throws {@link IntegrityBroken} unless everything was read. */
  end(): void {
    if (this.left > 0) throw new IntegrityBroken(`the encoding goes on for ${this.left} bytes behind its end`);
  }
}

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] as number);
  return value;
}

/** `value` in as many bytes, the least first. */
export function toLittleEndian(value: bigint, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = Number((value >> BigInt(8 * i)) & 0xffn);
  return bytes;
}
