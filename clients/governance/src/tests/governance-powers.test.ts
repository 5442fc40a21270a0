/** Who may make a call, and what a motion of a body cannot carry. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TypeRegistry } from '@polkadot/types';
import type { Call } from '@polkadot/types/interfaces';
import { readFileSync } from 'node:fs';
import { utf8 } from '@salus/types';
import policies from '../policies.json' with { type: 'json' };
import { ENTRIES } from '../powers-by-hand.js';
import {
  allCalls, appsPage, authorityOf, decodeLink, FILTERED, inWords, isNeverPaused, KINDS, motionsLink, refusalsOf, refusedWhere, removed, swapped, usageOf,
  type Authority,
} from '../governance.js';

/** A decoded call as this module looks at one: its name, and what it carries. */
function call(name: string, ...args: unknown[]): Call {
  const [section, method] = name.split('.');
  return { section, method, args, callIndex: Uint8Array.of(0, 0) } as unknown as Call;
}

const refused = (of: Call, body: 'council' | 'technicalCommittee' = 'council'): string => refusalsOf(of, body).join('; ');

test('the Council decides about seats, validators and registrars; the Technical Committee does not', () => {
  for (const name of ['membership.addMember', 'validatorSet.removeValidator', 'registry.appointRegistrar', 'safeMode.forceExit']) {
    assert.equal(refused(call(name)), '', name);
    assert.match(refused(call(name), 'technicalCommittee'), /takes the Council/, name);
  }
});

test('each body decides about its own seats, and neither about the other\'s', () => {
  for (const method of ['addMember', 'removeMember', 'swapMember', 'setPrime', 'clearPrime']) {
    assert.equal(refused(call(`membership.${method}`)), '');
    assert.match(refused(call(`membership.${method}`), 'technicalCommittee'), /takes the Council/);
    assert.equal(refused(call(`technicalMembership.${method}`), 'technicalCommittee'), '');
    assert.match(refused(call(`technicalMembership.${method}`)), /takes the Technical Committee/);
  }
});

test('a body is not seated anew at one stroke, by itself or by the other', () => {
  for (const pallet of ['membership', 'technicalMembership']) {
    for (const body of ['council', 'technicalCommittee'] as const) assert.match(refused(call(`${pallet}.resetMembers`, []), body), /call filter/);
  }
});

test('a body keeps three seats: the filter counts those of now, and those that earlier calls of a motion leave', () => {
  const [three, four] = [['a', 'b', 'c'], ['a', 'b', 'c', 'd']];
  const of = (present: string[], members = present) => removed({ present, members }, 'a', 'council');
  assert.match(of(three).obstacles.join(), /call filter refuses it: the Council has 3 seats, and a body keeps 3 at least/);
  assert.deepEqual(of(four), { after: ['b', 'c', 'd'], obstacles: [] });
  assert.match(of(three, four).obstacles.join(), /call filter refuses it: the Council has 3 seats/, 'one added in the same motion does not count');
  assert.match(of(four, three).obstacles.join(), /only 3 by then.*CallFiltered/, 'one removed in the same motion does');
  assert.match(of(['b', 'c', 'd', 'e']).obstacles.join(), /NotMember/);
  assert.deepEqual(swapped(three, 'a', 'd'), { after: ['d', 'b', 'c'], obstacles: [] }, 'a swap takes no seat away');
  assert.match(refusedWhere('technicalMembership.removeMember') ?? '', /3 seats or fewer/);
});

test('an asset\'s administrator does not reach into a settlement account', () => {
  const registry = new TypeRegistry();
  const address = (start: string) => {
    const bytes = new Uint8Array(32);
    bytes.set(utf8(start));
    return registry.createType('MultiAddress', { Id: bytes });
  };
  for (const method of ['burn', 'freeze', 'block']) {
    const name = `assets.${method}`;
    for (const who of [address('modlslsclaim'), address('modlslsclaim\u0001'), registry.createType('MultiAddress', { Index: 7 })]) {
      assert.match(refused(call(name, 1, who)), /settlement account, whoever administers/, name);
      assert.match(refused(call('utility.batch', [call(name, 1, who)])), /settlement account, whoever administers/, name);
    }
    for (const who of [address('modlslsclai'), address('xmodlslsclaim')]) assert.doesNotMatch(refused(call(name, 1, who)), /settlement account, whoever administers/, name);
  }
  assert.doesNotMatch(refused(call('assets.thaw', 1, address('modlslsclaim'))), /settlement account, whoever administers/);
});

test('each call about a record is classified by itself', () => {
  const whoOf = (method: string): string => inWords(authorityOf(`recordAnchor.${method}`)!);
  for (const method of ['dispute', 'requestErasure', 'withdrawErasure', 'acknowledge']) assert.match(whoOf(method), /patient/, method);
  for (const method of ['hold', 'release']) assert.match(whoOf(method), /court orders/, method);
  for (const method of ['evict', 'sweep']) assert.equal(whoOf(method), 'any account', method);
  assert.equal(authorityOf('recordAnchor.novelty'), undefined);
});

test('what tightens, governs, answers a clock or is mandatory is never paused, and the rest can be', () => {
  for (const name of ['consent.revoke', 'patientIdentity.freeze', 'registry.suspend', 'council.vote', 'system.remark', 'session.setKeys', 'claims.cancelRekey', 'enactment.enact', 'recordAnchor.dispute', 'recordAnchor.hold', 'recordAnchor.answerDispute',
    'recordAnchor.shred', 'claims.decide', 'claims.answer', 'claims.submit', 'claims.fund', 'treasury.payout', 'registry.dismissRegistrar', 'patientIdentity.removeKey', 'patientIdentity.unfreeze', 'registry.renew']) {
    assert.ok(isNeverPaused(name), name);
  }
  for (const name of ['consent.permit', 'consent.approve', 'balances.transferKeepAlive', 'claims.withdraw', 'claims.openEncounter', 'registry.admit', 'recordAnchor.anchor', 'recordAnchor.release']) assert.ok(!isNeverPaused(name), name);
});

const POLICIES = new Map(Object.entries(policies as Record<string, { signer: string; pausable: boolean }>));

test('the file of policies has the form in which the test of the runtimes writes it', () => {
  const names = [...POLICIES.keys()].sort();
  const rows = names.map((name) => `  "${name}": {"signer": "${POLICIES.get(name)?.signer}", "pausable": ${POLICIES.get(name)?.pausable}}`);
  const file = readFileSync(new URL('../../src/policies.json', import.meta.url), 'utf8');
  assert.equal(file, `{\n${rows.join(',\n')}\n}\n`);
  assert.ok(names.length > 200, `${names.length}`);
});

/** Calls that by their policy any account makes, and that fail for every account. */
const FAIL_FOR_ALL = ['safeMode.enter', 'safeMode.extend', 'safeMode.releaseDeposit'];

/** Whether who may make a call agrees with who signs it by its policy. */
function agrees(name: string, authority: Authority, by: string): boolean {
  const refusedByFilter = authority.by === 'nobody' && authority.why.startsWith('the call filter refuses it');
  switch (by) {
    case 'Nobody': return refusedByFilter;
    case 'Root': return authority.by === 'enactment' || (authority.by === 'nobody' && authority.why.startsWith('only Root could'));
    case 'Collective': return ['council', 'technical', 'either'].includes(authority.by);
    case 'Seat': return authority.by === 'seat';
    case 'Node': return authority.by === 'node';
    case 'Anybody':
      return FAIL_FOR_ALL.includes(name) ? authority.by === 'nobody' && !refusedByFilter : ['anyone', 'signer', 'carrier'].includes(authority.by);
    case 'PatientKey': case 'Member': case 'Staff': case 'Administrator': case 'Registrar': return authority.by === 'signer';
    default: return false;
  }
}

test('who may make a call agrees with its policy, and whatever a policy does not say is said by hand', () => {
  const byHand = new Map(ENTRIES);
  assert.deepEqual(ENTRIES.map(([name]) => name).filter((name, at, all) => all.indexOf(name) !== at), [], 'said twice');
  assert.deepEqual([...byHand.keys()].filter((name) => !POLICIES.has(name)), [], 'said of no call');
  const disagree = [...POLICIES].filter(([name, { signer }]) => {
    const authority = authorityOf(name);
    return !authority || !agrees(name, authority, signer);
  });
  assert.deepEqual(disagree, []);
  const unsaid = [...POLICIES].filter(([name, { signer }]) => ['Nobody', 'Root', 'Collective'].includes(signer) && !byHand.has(name));
  assert.deepEqual(unsaid, []);
  for (const [name, authority] of byHand) {
    if (authority.by === 'nobody') assert.match(authority.why, /: \S|Root/, `why nobody may make ${name}`);
  }
});

test('nothing is guessed of a call that has no policy', () => {
  for (const name of ['registry.novelty', 'balances.novelty', 'utility.novelty', 'council.novelty', 'novelty.anything', 'constructor', 'toString']) {
    assert.equal(authorityOf(name), undefined, name);
    assert.equal(isNeverPaused(name), false, name);
    assert.ok(!FILTERED.includes(name), name);
  }
});

test('either body enters safe mode, pauses, approves and cancels', () => {
  for (const name of ['safeMode.forceEnter', 'safeMode.forceExtend', 'txPause.pause', 'txPause.unpause', 'enactment.cancel']) {
    for (const body of ['council', 'technicalCommittee'] as const) assert.equal(refused(call(name), body), '', name);
  }
});

test('what takes Root passes in an approval, and not by itself', () => {
  for (const name of ['system.authorizeUpgrade', 'grandpa.noteStalled', 'enactment.setDelay', 'care.setPolicy']) {
    assert.match(refused(call(name)), /takes Root/, name);
    assert.equal(refused(call('enactment.approve', call(name))), '', name);
  }
});

test('an approval takes nothing that is not in the catalogue', () => {
  for (const name of ['system.setStorage', 'balances.forceTransfer', 'membership.addMember', 'utility.batch']) {
    assert.match(refused(call('enactment.approve', call(name))), /NotInCatalogue/, name);
  }
});

test('what the filter refuses is refused inside batches and schedules too', () => {
  for (const name of FILTERED) {
    assert.match(refused(call(name)), /call filter/, name);
    assert.match(refused(call('utility.batchAll', [call('membership.addMember'), call(name)])), /call filter/, name);
    assert.match(refused(call('scheduler.schedule', 9, null, 0, call(name))), /call filter/, name);
  }
  assert.ok(FILTERED.includes('system.setStorage') && FILTERED.includes('utility.dispatchAs') && FILTERED.includes('session.purgeKeys'));
});

test('a motion signs nothing: what takes a signature is refused', () => {
  for (const name of ['consent.permit', 'claims.withdraw', 'balances.transferKeepAlive', 'council.propose', 'proxy.proxy', 'registry.suspend']) {
    assert.match(refused(call(name)), /BadOrigin/, name);
  }
});

test('a call that this version does not know is not passed as fine', () => {
  assert.match(refused(call('novelty.anything')), /not known/);
});

test('calls are carried eight levels deep with the motion, and no deeper', () => {
  const nested = (levels: number): Call => (levels === 0 ? call('membership.addMember') : call('utility.batch', [nested(levels - 1)]));
  assert.equal(refused(nested(7)), '');
  assert.match(refused(nested(8)), /8 levels/);
  assert.equal(allCalls(nested(3)).length, 4);
});

test('every authority has a sentence, and every kind a usage', () => {
  for (const name of ['membership.addMember', 'safeMode.forceEnter', 'system.authorizeUpgrade', 'council.vote', 'enactment.enact', 'consent.revoke', 'utility.batch', 'timestamp.set', 'system.setCode']) {
    const authority = authorityOf(name);
    assert.ok(authority && inWords(authority).length > 3, name);
  }
  assert.equal(usageOf('spend', KINDS.get('spend')!), 'spend AMOUNT ACCOUNT [FROM-BLOCK]');
});

test('links lead to the pages of Polkadot.js Apps, with the node encoded', () => {
  assert.equal(decodeLink('ws://127.0.0.1:9944', '0x00'), 'https://polkadot.js.org/apps/?rpc=ws%3A%2F%2F127.0.0.1%3A9944#/extrinsics/decode/0x00');
  assert.equal(motionsLink('wss://n', 'council'), appsPage('wss://n', 'council/motions'));
  assert.equal(motionsLink('wss://n', 'technicalCommittee'), appsPage('wss://n', 'techcomm/proposals'));
});
