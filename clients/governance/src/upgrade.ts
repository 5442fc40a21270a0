/** Runtime upgrades: what a wasm file is, and the steps that put it on the chain. */
import { Decompress } from 'fzstd';
import type { ApiPromise } from '@polkadot/api';
import type { ApiAt, Call } from '@salus/client';
import { maybe } from '@salus/client/query';
import { equal, SalusError, toHex, type Hex } from '@salus/types';
import { callHash } from './bodies.js';

/** With what the SDK begins a compressed runtime. */
const COMPRESSED = Uint8Array.of(0x52, 0xbc, 0x53, 0x76, 0x46, 0xdb, 0x8e, 0x05);
const WASM = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);
/** The SDK refuses a runtime that decompresses to more. */
const MOST = 50 * 1024 * 1024;

/** What a runtime says of itself in the custom section `runtime_version`. */
export interface RuntimeVersion {
  specName: string;
  implName: string;
  specVersion: number;
  implVersion: number;
  transactionVersion: number;
}

/** A runtime as a file. */
export interface RuntimeCode {
  /** BLAKE2b-256 of the file as it is: what is authorised, and what is published. */
  hash: Hex;
  size: number;
  compressed: boolean;
  /** `undefined` if the code does not say, and then `unreadable` has the reason. */
  version: RuntimeVersion | undefined;
  unreadable: string | undefined;
}

const startsWith = (bytes: Uint8Array, prefix: Uint8Array): boolean => equal(bytes.subarray(0, prefix.length), prefix);

function inflate(compressed: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let size = 0;
  const stream = new Decompress((part) => {
    size += part.length;
    if (size > MOST) throw new SalusError(`it decompresses to more than ${MOST} bytes`);
    parts.push(part.slice());
  });
  stream.push(compressed, true);
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Reads numbers and text off bytes, and never past their end. */
class Reader {
  #at = 0;
  constructor(readonly bytes: Uint8Array) {}

  get done(): boolean {
    return this.#at >= this.bytes.length;
  }

  take(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.bytes.length) throw new SalusError('the file ends too early');
    const part = this.bytes.subarray(this.#at, end);
    this.#at = end;
    return part;
  }

  rest(): Uint8Array {
    return this.take(this.bytes.length - this.#at);
  }

  byte(): number {
    return this.take(1)[0] as number;
  }

  u32(): number {
    const part = this.take(4);
    return new DataView(part.buffer, part.byteOffset, 4).getUint32(0, true);
  }

  /** An unsigned LEB128 of wasm. */
  leb(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new SalusError('a length in the file is too long');
  }

  /** A SCALE compact number below 2^30. */
  compact(): number {
    const first = this.byte();
    if ((first & 3) === 0) return first >> 2;
    if ((first & 3) === 1) return (first | (this.byte() << 8)) >> 2;
    if ((first & 3) === 2) return (first + this.byte() * 2 ** 8 + this.byte() * 2 ** 16 + this.byte() * 2 ** 24 - 2) / 4;
    throw new SalusError('a length in the file is too long');
  }

  text(length: number): string {
    return new TextDecoder('utf-8', { fatal: true }).decode(this.take(length));
  }
}

/** The contents of the first custom section with that name of a wasm module. */
export function customSection(wasm: Uint8Array, name: string): Uint8Array | undefined {
  if (!startsWith(wasm, WASM)) throw new SalusError('it is no wasm module');
  const reader = new Reader(wasm.subarray(WASM.length));
  while (!reader.done) {
    const id = reader.byte();
    const section = reader.take(reader.leb());
    if (id !== 0) continue;
    const custom = new Reader(section);
    if (custom.text(custom.leb()) === name) return custom.rest();
  }
  return undefined;
}

/** The version from the contents of the section `runtime_version`. */
export function decodeVersion(section: Uint8Array): RuntimeVersion {
  const reader = new Reader(section);
  const specName = reader.text(reader.compact());
  const implName = reader.text(reader.compact());
  reader.u32(); // authoring_version
  const [specVersion, implVersion] = [reader.u32(), reader.u32()];
  // Eight bytes of an id and a version for each runtime API; the section of their own has them, here are none.
  reader.take(reader.compact() * 12);
  return { specName, implName, specVersion, implVersion, transactionVersion: reader.u32() };
}

/** What a runtime file is. Throws a `SalusError` if it is no runtime at all. */
export function readRuntime(code: Uint8Array): RuntimeCode {
  const compressed = startsWith(code, COMPRESSED);
  if (!compressed && !startsWith(code, WASM)) {
    throw new SalusError('the file is no runtime: it begins neither as wasm nor as a compressed runtime');
  }
  const about = { hash: callHash(code), size: code.length, compressed };
  try {
    const section = customSection(compressed ? inflate(code.subarray(COMPRESSED.length)) : code, 'runtime_version');
    return section
      ? { ...about, version: decodeVersion(section), unreadable: undefined }
      : { ...about, version: undefined, unreadable: 'the code has no section runtime_version' };
  } catch (error) {
    return { ...about, version: undefined, unreadable: (error as Error).message };
  }
}

/** The call that lets code with that hash be applied: to be approved by both bodies, then enacted. */
export const authorise = (api: ApiPromise, codeHash: string): Call => api.tx.system.authorizeUpgrade(codeHash);

/** Applies the code that was authorised; from any account, or unsigned with {@link sendBare}. */
export const applyUpgrade = (api: ApiPromise, code: Uint8Array | string): Call => api.tx.system.applyAuthorizedUpgrade(
  typeof code === 'string' ? code : toHex(code),
);

/** The hash of the code that may be applied now. */
export async function authorisedCode(api: ApiAt): Promise<Hex | undefined> {
  return maybe(await api.query.system.authorizedUpgrade(), ({ codeHash }) => codeHash.toHex() as Hex);
}

/** The version of the runtime that the chain runs, in the best block or at a block. */
export async function presentVersion(api: ApiPromise, at?: string): Promise<RuntimeVersion> {
  const version = at === undefined ? await api.rpc.state.getRuntimeVersion() : await api.rpc.state.getRuntimeVersion(at);
  return {
    specName: version.specName.toString(), implName: version.implName.toString(),
    specVersion: version.specVersion.toNumber(), implVersion: version.implVersion.toNumber(),
    transactionVersion: version.transactionVersion.toNumber(),
  };
}

/** Why a runtime would be refused when it is applied to a chain that runs `present`; empty if it would not. */
export function versionObstacles(present: RuntimeVersion, next: RuntimeVersion): string[] {
  const obstacles: string[] = [];
  if (next.specName !== present.specName) {
    obstacles.push(`its name is ${next.specName}, not ${present.specName}: the chain refuses it (InvalidSpecName)`);
  }
  if (next.specVersion <= present.specVersion) {
    obstacles.push(`its spec_version ${next.specVersion} is not above the present ${present.specVersion}: the chain refuses it (SpecVersionNeedsToIncrease)`);
  }
  return obstacles;
}
