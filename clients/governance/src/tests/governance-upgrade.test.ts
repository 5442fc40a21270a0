/** What a runtime file says of itself: its hash, and the version in its custom section. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concat, utf8 } from '@salus/types';
import { callHash, customSection, decodeVersion, readRuntime, versionObstacles } from '../governance.js';

const WASM = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
const COMPRESSED = Uint8Array.of(0x52, 0xbc, 0x53, 0x76, 0x46, 0xdb, 0x8e, 0x05);

function leb(value: number): Uint8Array {
  return value < 0x80 ? Uint8Array.of(value) : concat(Uint8Array.of((value & 0x7f) | 0x80), leb(value >> 7));
}
const section = (id: number, content: Uint8Array): Uint8Array => concat(Uint8Array.of(id), leb(content.length), content);
const custom = (name: string, content: Uint8Array): Uint8Array => section(0, concat(leb(name.length), utf8(name), content));
const u32 = (value: number): Uint8Array => Uint8Array.of(value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24);
const text = (value: string): Uint8Array => concat(Uint8Array.of(value.length << 2), utf8(value));

const version = (spec: number): Uint8Array => concat(
  text('salus'), text('salus-node'), u32(1), u32(spec), u32(7), Uint8Array.of(0), u32(3), Uint8Array.of(1),
);
const runtime = (spec: number): Uint8Array => concat(
  WASM, section(1, new Uint8Array(300)), custom('name', utf8('anything')), custom('runtime_version', version(spec)),
  custom('runtime_apis', new Uint8Array(12)),
);
/** A zstd frame whose one block is stored as it is. */
const zstd = (bytes: Uint8Array): Uint8Array => concat(
  Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x50), u32((bytes.length << 3) | 1).subarray(0, 3), bytes,
);

test('the version is read from a plain and from a compressed runtime', () => {
  const expected = { specName: 'salus', implName: 'salus-node', specVersion: 2_000, implVersion: 7, transactionVersion: 3 };
  const plain = readRuntime(runtime(2_000));
  assert.deepEqual(plain.version, expected);
  assert.equal(plain.compressed, false);
  const file = concat(COMPRESSED, zstd(runtime(2_000)));
  const packed = readRuntime(file);
  assert.deepEqual(packed.version, expected);
  assert.deepEqual([packed.compressed, packed.size, packed.unreadable], [true, file.length, undefined]);
});

test('the hash is that of the file as it is, compressed or not', () => {
  const file = concat(COMPRESSED, zstd(runtime(2_000)));
  assert.equal(readRuntime(file).hash, callHash(file));
  assert.notEqual(readRuntime(file).hash, readRuntime(runtime(2_000)).hash);
});

test('a version with runtime APIs in it is read too', () => {
  const withApis = concat(text('salus'), text('n'), u32(1), u32(9), u32(0), Uint8Array.of(2 << 2), new Uint8Array(24), u32(5));
  assert.deepEqual([decodeVersion(withApis).specVersion, decodeVersion(withApis).transactionVersion], [9, 5]);
});

test('what cannot be read is said, and the hash is there all the same', () => {
  const without = readRuntime(concat(WASM, custom('name', utf8('x'))));
  assert.equal(without.version, undefined);
  assert.match(without.unreadable ?? '', /no section runtime_version/);
  const cut = readRuntime(runtime(2_000).subarray(0, -40));
  assert.match(cut.unreadable ?? '', /ends too early/);
  assert.match(readRuntime(concat(COMPRESSED, utf8('no zstd'))).unreadable ?? '', /zstd|invalid/i);
  assert.equal(customSection(WASM, 'runtime_version'), undefined);
});

test('what decompresses to more than the SDK takes is not read to its end', () => {
  const blocks = Array.from({ length: 420 }, (_, at) => concat(u32((131_072 << 3) | (1 << 1) | (at === 419 ? 1 : 0)).subarray(0, 3), Uint8Array.of(0)));
  const bomb = concat(COMPRESSED, Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x50), ...blocks);
  assert.match(readRuntime(bomb).unreadable ?? '', /decompresses to more/);
});

test('a file that is no runtime is refused', () => {
  assert.throws(() => readRuntime(utf8('#!/bin/sh')), /the file is no runtime/);
  assert.throws(() => readRuntime(new Uint8Array()), /the file is no runtime/);
});

test('another name and a version that is not above the present one stand in the way', () => {
  const present = decodeVersion(version(2_000));
  assert.deepEqual(versionObstacles(present, decodeVersion(version(2_001))), []);
  assert.match(versionObstacles(present, decodeVersion(version(2_000))).join(), /SpecVersionNeedsToIncrease/);
  assert.match(versionObstacles(present, { ...present, specName: 'other', specVersion: 3_000 }).join(), /InvalidSpecName/);
});
