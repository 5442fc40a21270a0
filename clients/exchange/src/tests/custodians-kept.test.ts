/** The list of custodians as it is kept: who can open it, and what its text tells. */
import assert from 'node:assert/strict';
import { createDecipheriv, hkdfSync } from 'node:crypto';
import { test } from 'node:test';
import { CompactEncrypt } from 'jose';
import { random } from '@salus/types';
import { LAST_MOMENT } from '@salus/types/arguments';
import {
  addCustodian, checkList, CustodiansRefused, LIST_BYTES, listKeyOf, MAX_CUSTODIANS, MAX_GATEWAY, MAX_NAME, MAX_REMOVED, newList, newListKey, openList, removeCustodian,
  sealList, type CustodianList, type CustodiansFault,
} from '../custodians/index.js';
import { GENESIS, HANDLE, house, listOf, NOW, OTHER_GENESIS, upTo } from './custodians-fixture.js';

const here = { genesisHash: GENESIS };
const key = newListKey();

const refused = (fault: CustodiansFault, words = /./) => (error: unknown): boolean =>
  error instanceof CustodiansRefused && error.fault === fault && words.test(error.message);

/** A list that takes as many bytes as one can: the longest names, URLs and numbers, and as many that were removed. */
function fullest(): CustodianList {
  const last = 0xffff_fffe;
  const name = '\u{1f3e5}'.repeat(MAX_NAME);
  const host = 'https://gateway.example/';
  const gateway = host.padEnd(MAX_GATEWAY, 'x');
  return checkList({
    genesis: GENESIS,
    custodians: upTo(MAX_CUSTODIANS).map((at) => ({ organisation: last - at, name, gateway, flagged: false, state: 'Linked' as const, added: LAST_MOMENT, changed: LAST_MOMENT })),
    removed: upTo(MAX_REMOVED).map((at) => ({ organisation: last - MAX_CUSTODIANS - at, changed: LAST_MOMENT })),
  });
}

/** A text with the members of its header replaced. */
function withHeader(text: string, over: object): string {
  const [header = '', ...rest] = text.split('.');
  const members = { ...JSON.parse(Buffer.from(header, 'base64url').toString()) as object, ...over };
  return [Buffer.from(JSON.stringify(members)).toString('base64url'), ...rest].join('.');
}

test('a list comes back as it was, empty, with some, and the fullest', async () => {
  for (const list of [newList(GENESIS), removeCustodian(listOf(7, 2, 5), 2, NOW + 100), fullest()]) assert.deepEqual(await openList(await sealList(list, key), key, here), list);
});

test('the size of the text does not tell how many there are', async () => {
  const texts = await Promise.all([newList(GENESIS), listOf(1), fullest()].map((list) => sealList(list, key)));
  assert.equal(new Set(texts.map(({ length }) => length)).size, 1);
});

test('two texts of one list have nothing in common but their kind', async () => {
  const [one = '', other = ''] = await Promise.all([1, 2].map(() => sealList(listOf(1), key)));
  const [a, b] = [one, other].map((text) => JSON.parse(Buffer.from(text.split('.')[0] ?? '', 'base64url').toString()) as Record<string, unknown>);
  assert.ok(a && b);
  assert.deepEqual(Object.keys(a), ['alg', 'enc', 'typ', 'v', 'salt', 'check']);
  for (const member of ['alg', 'enc', 'typ', 'v']) assert.equal(a[member], b[member]);
  for (const member of ['salt', 'check']) assert.notEqual(a[member], b[member]);
  for (const at of [2, 3, 4]) assert.notEqual(one.split('.')[at], other.split('.')[at]);
});

/** Opens a list by its description alone, with another library. */
function openedElsewhere(text: string, of: Uint8Array): unknown {
  const [header = '', wrapped, iv, sealed, tag] = text.split('.');
  const { salt, check } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { salt: string; check: string };
  const bytes = Buffer.from(hkdfSync('sha256', of, Buffer.from(salt, 'base64url'), 'salus:custodians:file:v1', 48));
  assert.equal(bytes.subarray(32).toString('base64url'), check);
  assert.equal(wrapped, '');
  const cipher = createDecipheriv('aes-256-gcm', bytes.subarray(0, 32), Buffer.from(iv ?? '', 'base64url'));
  cipher.setAAD(Buffer.from(header)).setAuthTag(Buffer.from(tag ?? '', 'base64url'));
  const plain = Buffer.concat([cipher.update(Buffer.from(sealed ?? '', 'base64url')), cipher.final()]);
  assert.equal(plain.length, LIST_BYTES);
  return JSON.parse(plain.toString());
}

test('it is written as it is described: another library opens it', async () => {
  const list = removeCustodian(listOf(7, 2), 2, NOW + 100);
  assert.deepEqual(openedElsewhere(await sealList(list, key), key), list);
});

test('the key comes from a secret of the wallet, for one patient of one chain', async () => {
  const secret = random(32);
  const of = await listKeyOf(secret, { ...here, handle: HANDLE });
  const info = Buffer.concat([Buffer.from('salus:custodians:key:v1'), Buffer.alloc(32, 0x47), Buffer.alloc(32, 0x11)]);
  assert.deepEqual(of, new Uint8Array(hkdfSync('sha256', secret, '', info, 32)));
  const others = await Promise.all([
    listKeyOf(random(32), { ...here, handle: HANDLE }), listKeyOf(secret, { genesisHash: OTHER_GENESIS, handle: HANDLE }), listKeyOf(secret, { ...here, handle: OTHER_GENESIS }),
  ]);
  const text = await sealList(listOf(1), of);
  assert.deepEqual(await openList(text, await listKeyOf(secret, { ...here, handle: HANDLE }), here), listOf(1));
  for (const other of others) await assert.rejects(openList(text, other, here), refused('wrong-key', /another key/));
  await assert.rejects(listKeyOf(random(31), { ...here, handle: HANDLE }), { argument: 'secret' });
  await assert.rejects(listKeyOf('correct horse battery staple and more' as unknown as Uint8Array, { ...here, handle: HANDLE }), { argument: 'secret' });
  for (const wrong of [new Uint8Array(31), new Uint8Array(33), 'x' as unknown as Uint8Array]) {
    await assert.rejects(sealList(listOf(1), wrong), { argument: 'key' });
    await assert.rejects(openList(text, wrong, here), { argument: 'key' });
  }
});

test('whatever is changed, nothing of it is believed, and it is said what was', async () => {
  const text = await sealList(listOf(1, 2), key);
  const parts = text.split('.');
  const changed = (at: number, to: (part: string) => string): string => parts.map((part, index) => (index === at ? to(part) : part)).join('.');
  const flip = (place: number) => (part: string): string => {
    const bytes = Buffer.from(part, 'base64url');
    bytes[place < 0 ? bytes.length + place : place]! ^= 1;
    return bytes.toString('base64url');
  };
  for (const at of [2, 3, 4]) for (const place of [0, -1]) await assert.rejects(openList(changed(at, flip(place)), key, here), refused('altered'), `part ${at}, byte ${place}`);
  await assert.rejects(openList(changed(3, (part) => part.slice(0, -4)), key, here), refused('altered'));
  await assert.rejects(openList(changed(1, () => 'AAAA'), key, here), refused('altered'));
  await assert.rejects(openList(withHeader(text, { cty: 'x' }), key, here), refused('altered'));
  // Another salt is another key.
  await assert.rejects(openList(withHeader(text, { salt: Buffer.from(random(32)).toString('base64url') }), key, here), refused('wrong-key'));
  const other = await sealList(listOf(1), newListKey());
  await assert.rejects(openList([parts[0], ...other.split('.').slice(1)].join('.'), key, here), refused('altered'));
});

test('what is no list, or of a newer version, is told apart', async () => {
  const text = await sealList(listOf(1), key);
  await assert.rejects(openList(withHeader(text, { v: 2 }), key, here), refused('newer-version', /version 2.*not lost/));
  // Also if the newer one has other members, or looks otherwise in all else.
  await assert.rejects(openList(withHeader('e30.x.y', { typ: 'salus-custodians', v: 9 }), key, here), refused('newer-version'));
  const headers = [{ v: 0 }, { v: '1' }, { v: 1.5 }, { v: undefined }, { typ: 'JWT' }, { alg: 'A256KW' }, { enc: 'A128GCM' }, { salt: 'AA' }, { salt: 7 }, { check: undefined }, { check: '!' }];
  for (const over of headers) await assert.rejects(openList(withHeader(text, over), key, here), refused('malformed'), JSON.stringify(over));
  for (const wrong of ['', 'x', '{}', 'a.b.c.d.e', 'x'.repeat(1_048_577), undefined as unknown as string]) await assert.rejects(openList(wrong, key, here), refused('malformed'));
  await assert.rejects(openList(text, key, { genesisHash: OTHER_GENESIS }), refused('other-chain'));
  await assert.rejects(openList(text, key, { genesisHash: 'x' }), { argument: 'genesisHash' });
});

/** Encrypts what no wallet writes, with the right key. */
async function sealedOtherwise(plain: string, header: object = {}): Promise<string> {
  const salt = random(32);
  const bytes = Buffer.from(hkdfSync('sha256', key, salt, 'salus:custodians:file:v1', 48));
  return new CompactEncrypt(new TextEncoder().encode(plain))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', typ: 'salus-custodians', v: 1, salt: Buffer.from(salt).toString('base64url'), check: bytes.subarray(32).toString('base64url'), ...header })
    .encrypt(bytes.subarray(0, 32));
}

test('what a faulty wallet has written with the right key is not taken', async () => {
  const whole = JSON.stringify(listOf(1));
  assert.deepEqual(await openList(await sealedOtherwise(whole), key, here), listOf(1));
  const wrong = [
    '', '[]', `${whole}x`, whole.replace('{', '{"genesis":1,'), whole.replace('"removed"', '"taken"'), whole.replace('{', '{"more":1,'), whole.replace('"flagged"', '"more":1,"flagged"'), whole.replace('"name"', '"diagnosis"'), whole.replace('"organisation":1', '"organisation":1.0'),
    whole.replace('"organisation":1', '"organisation":-1'), whole.replace('"state":"Noted"', '"state":"Known"'), whole.replace('false', '"false"'), whole.replace('https://', 'http://'),
    whole.replace('"custodians":[', '"custodians":[7,'), whole.replace('"removed":[]', '"removed":[{"organisation":1,"changed":2}]'), whole.replace('"removed":[]', '"removed":{}'),
    whole.replace('"House 1"', '"House\\u202e1"'), whole.padEnd(LIST_BYTES + 1),
  ];
  for (const plain of wrong) {
    assert.notEqual(plain, whole);
    await assert.rejects(openList(await sealedOtherwise(plain), key, here), refused('malformed'), plain.slice(0, 300));
  }
  // What is compressed is not even unpacked: a few bytes could become very many.
  await assert.rejects(openList(await sealedOtherwise(whole, { zip: 'DEF' }), key, here), refused('altered'));
});

test('a list that is none is not written', async () => {
  const list = addCustodian(newList(GENESIS), house(1));
  await assert.rejects(sealList({ ...list, custodians: [...list.custodians, ...list.custodians] }, key), { argument: 'list' });
});
