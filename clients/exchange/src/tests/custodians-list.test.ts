/** The wallet's list of custodians: what it takes, and what becomes of the lists of two devices. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvalidArgument } from '@salus/types';
import { LAST_MOMENT } from '@salus/types/arguments';
import {
  addCustodian, checkList, MAX_CUSTODIANS, MAX_GATEWAY, MAX_NAME, MAX_REMOVED, mergeLists, newList, removeCustodian, setLinkState, shownName, type CustodianList,
} from '../custodians/index.js';
import { GENESIS, house, listOf, NOW, OTHER_GENESIS, upTo } from './custodians-fixture.js';

const numbersOf = ({ custodians }: CustodianList): number[] => custodians.map(({ organisation }) => organisation);

test('a custodian is added, linked step by step, told anew, and removed', () => {
  let list = addCustodian(newList(GENESIS), house(4), { now: NOW });
  assert.deepEqual(list.custodians, [{ organisation: 4, name: 'House 4', gateway: 'https://gateway-4.example', flagged: false, state: 'Noted', added: NOW, changed: NOW }]);
  list = setLinkState(list, 4, 'Signed', NOW + 1);
  list = setLinkState(list, 4, 'Linked', NOW + 2);
  assert.deepEqual(list.custodians.map(({ state, added, changed }) => [state, added, changed]), [['Linked', NOW, NOW + 2]]);
  // What its profile says now takes the place of what it said; the link stays.
  const { gateway: _, ...without } = house(4, { name: 'New name' });
  list = addCustodian(list, without, { now: NOW + 3 });
  assert.deepEqual(list.custodians, [{ organisation: 4, name: 'New name', flagged: false, state: 'Linked', added: NOW, changed: NOW + 3 }]);
  list = removeCustodian(list, 4, NOW + 4);
  assert.deepEqual([list.custodians, list.removed], [[], [{ organisation: 4, changed: NOW + 4 }]]);
  list = addCustodian(list, house(4), { state: 'Signed', now: NOW + 5 });
  assert.deepEqual([list.custodians.map(({ state, added }) => [state, added]), list.removed], [[['Signed', NOW + 5]], []]);
  for (const wrong of [() => removeCustodian(list, 5), () => setLinkState(list, 5, 'Linked')]) assert.throws(wrong, { argument: 'organisation', message: /not on the list/ });
});

test('a list is by number, whatever the order in which houses come', () => {
  assert.deepEqual(numbersOf(listOf(9, 4, 7)), [4, 7, 9]);
  assert.deepEqual(listOf().custodians, []);
});

test('what is no house is refused by its name', () => {
  const wrong: [object, string][] = [
    [{ organisation: -1 }, 'house.organisation'], [{ organisation: 4.5 }, 'house.organisation'], [{ organisation: 0xffff_ffff }, 'house.organisation'],
    [{ name: '' }, 'house.name'], [{ name: ' a' }, 'house.name'], [{ name: 'a\u202eb' }, 'house.name'], [{ name: 'x'.repeat(MAX_NAME + 1) }, 'house.name'], [{ name: 7 }, 'house.name'],
    [{ gateway: 'http://gateway.example' }, 'house.gateway'], [{ gateway: 'https://a:b@gateway.example' }, 'house.gateway'], [{ gateway: 'https://GATEWAY.example' }, 'house.gateway'],
    [{ gateway: 'https://gateway.example/?q' }, 'house.gateway'], [{ gateway: 'https://gateway.example/#f' }, 'house.gateway'], [{ gateway: 'javascript:1' }, 'house.gateway'],
    [{ gateway: `https://gateway.example/${'x'.repeat(MAX_GATEWAY)}` }, 'house.gateway'], [{ flagged: 1 }, 'house.flagged'],
  ];
  for (const [over, argument] of wrong) assert.throws(() => addCustodian(newList(GENESIS), house(4, over)), { name: 'InvalidArgument', argument }, JSON.stringify(over));
  assert.throws(() => addCustodian(newList(GENESIS), house(4), { state: 'Known' as 'Noted', now: NOW }), { argument: 'list.custodians[0].state' });
  assert.throws(() => addCustodian(newList(GENESIS), house(4), { now: LAST_MOMENT + 1 }), { argument: 'now' });
  assert.throws(() => newList('0x47'), { argument: 'genesisHash' });
  // A gateway on this device needs no TLS.
  assert.equal(addCustodian(newList(GENESIS), house(4, { gateway: 'http://127.0.0.1:9000' })).custodians.length, 1);
});

test('names become such as can be shown, and stay so', () => {
  for (const [name, shown] of [['  Mercy  ', 'Mercy'], ['a\nb\u202e', 'a\ufffdb\ufffd'], ['', 'organisation 4'], [' \t', 'organisation 4'], ['\u{1f600}'.repeat(200), `${'\u{1f600}'.repeat(99)}…`]] as const) {
    assert.equal(shownName(name, 4), shown);
    assert.equal(shownName(shown, 4), shown);
  }
});

test('a full list takes no other custodian, and changes those that it has', () => {
  const full = listOf(...upTo(MAX_CUSTODIANS));
  assert.equal(full.custodians.length, 64);
  assert.throws(() => addCustodian(full, house(64)), { argument: 'list', message: /has 64 custodians/ });
  assert.equal(addCustodian(full, house(63, { name: 'Other' })).custodians[63]?.name, 'Other');
  assert.equal(addCustodian(removeCustodian(full, 0), house(64)).custodians.length, 64);
});

test('of those that were removed the last ones are remembered', () => {
  let list = newList(GENESIS);
  for (const at of upTo(MAX_REMOVED + 2)) list = removeCustodian(addCustodian(list, house(at), { now: NOW + 2 * at }), at, NOW + 2 * at + 1);
  assert.deepEqual(list.removed.map(({ organisation }) => organisation), upTo(MAX_REMOVED).map((at) => at + 2));
});

test('of two devices the line counts that was changed last', () => {
  const before = listOf(1, 2, 3);
  const phone = removeCustodian(setLinkState(before, 1, 'Linked', NOW + 100), 2, NOW + 100);
  const tablet = addCustodian(setLinkState(setLinkState(before, 1, 'Signed', NOW + 50), 2, 'Signed', NOW + 50), house(4), { now: NOW + 60 });
  const merged = mergeLists(phone, tablet);
  assert.deepEqual(merged.custodians.map(({ organisation, state }) => [organisation, state]), [[1, 'Linked'], [3, 'Noted'], [4, 'Noted']]);
  assert.deepEqual(merged.removed, [{ organisation: 2, changed: NOW + 100 }]);
  assert.deepEqual(mergeLists(tablet, phone), merged);
  assert.deepEqual(mergeLists(merged, phone), merged);
  assert.deepEqual(mergeLists(merged, merged), merged);
  // An older file that a store gives takes nothing away.
  assert.deepEqual(mergeLists(before, merged), merged);
  assert.deepEqual(mergeLists(newList(GENESIS), merged), merged);
});

test('a change of what a device has seen counts as later than it, also by a clock that is behind', () => {
  const ahead = setLinkState(listOf(1), 1, 'Signed', NOW + 10_000);
  const back = setLinkState(ahead, 1, 'Linked', NOW);
  assert.deepEqual(mergeLists(ahead, back).custodians.map(({ state, changed }) => [state, changed]), [['Linked', NOW + 10_001]]);
  const gone = removeCustodian(back, 1, 0);
  assert.deepEqual(mergeLists(back, gone).custodians, []);
  assert.deepEqual(numbersOf(mergeLists(gone, addCustodian(gone, house(1), { now: 0 }))), [1]);
});

test('at the same moment all devices choose the same', () => {
  const base = listOf(1);
  const [signed, linked, gone] = [setLinkState(base, 1, 'Signed', NOW + 9), setLinkState(base, 1, 'Linked', NOW + 9), removeCustodian(base, 1, NOW + 9)];
  assert.deepEqual(mergeLists(signed, linked), mergeLists(linked, signed));
  for (const other of [signed, linked]) for (const merged of [mergeLists(gone, other), mergeLists(other, gone)]) assert.deepEqual(merged, gone);
  const orders = [[signed, linked, gone], [gone, signed, linked], [linked, gone, signed]].map(([a, b, c]) => mergeLists(mergeLists(a as CustodianList, b as CustodianList), c as CustodianList));
  for (const each of orders) assert.deepEqual(each, gone);
});

test('lists that do not go together are not merged', () => {
  assert.throws(() => mergeLists(listOf(1), newList(OTHER_GENESIS)), { argument: 'lists', message: /two chains/ });
  const [one, other] = [listOf(...upTo(40)), listOf(...upTo(40).map((at) => at + 30))];
  assert.throws(() => mergeLists(one, other), { argument: 'lists', message: /70 custodians together/ });
  // What is removed on one device goes from both.
  const fewer = upTo(6).reduce((list, at) => removeCustodian(list, at, NOW + 1_000), one);
  assert.equal(mergeLists(fewer, other).custodians.length, 64);
});

test('a list that says an organisation twice, or too much, is none', () => {
  const { custodians: [line] } = listOf(1);
  assert.ok(line);
  const wrong: Partial<CustodianList>[] = [
    { custodians: [line, line] }, { custodians: [line], removed: [{ organisation: 1, changed: NOW }] },
    { custodians: upTo(MAX_CUSTODIANS + 1).map((organisation) => ({ ...line, organisation })) },
    { removed: upTo(MAX_REMOVED + 1).map((organisation) => ({ organisation, changed: NOW })) },
    { custodians: [{ ...line, added: -1 }] }, { genesis: '0x' },
  ];
  for (const over of wrong) assert.throws(() => checkList({ ...newList(GENESIS), ...over }), InvalidArgument, Object.keys(over).join());
});
