/** What logs tell a patient: who looked, for whom, when and why; what concerns others is not in it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ACTIONS, chainEntry, entryHash, IntegrityBroken, InvalidArgument, PURPOSES, toldInWords, whyInWords, type AccessEvent, type Decision,
  type LogEntry, type LogEvent,
} from '@salus/types';
import { lookInWords, looksAt, reasonInWords, type Look } from '../access-log/index.js';
import { accessFrom, ALICE, bytesFrom, ORG, OTHER, seeded, START } from './access-log-fixture.js';

const MINE = 'r-mine';
const isMine = (custodian: number, recordId: string): boolean => custodian === ORG && recordId === MINE;

const chained = (events: readonly LogEvent[]): LogEntry[] => {
  const log: LogEntry[] = [];
  for (const event of events) log.push(chainEntry(log.at(-1), event));
  return log;
};
const random = seeded(1);
const asked = (time: number, more: Partial<AccessEvent> = {}): AccessEvent =>
  accessFrom(random, START + time, { outcome: 'released', recordId: MINE, requester: ALICE, purpose: 'Treat', action: 'Read', ...more });
const received = (source: LogEntry, time: number, more: Partial<AccessEvent> = {}): AccessEvent => {
  const { requestId, recordId, requester, requesterOrganisation, purpose, action, decision } = source as LogEntry<AccessEvent>;
  return {
    time: START + time, side: 'recipient', organisation: OTHER, outcome: 'received', requestId, recordId, requester, requesterOrganisation, purpose, action, decision,
    counterpart: source.hash, custodian: ORG, ...more,
  };
};
const told = (looks: readonly Look[]) => looks.map(({ time, outcome, receivedAt, silent, entry }) => ({
  time: time - START, outcome, ...(receivedAt === undefined ? {} : { receivedAt: receivedAt - START }), ...(silent === undefined ? {} : { silent }), by: entry.organisation,
}));

test('a patient sees what was released and what was refused, in the order of time, and nothing of others', async () => {
  const source = chained([
    asked(30), asked(10, { outcome: 'refused', decision: 'there is no such record' }), asked(20, { recordId: 'r-other' }),
    { time: START + 40, side: 'source', organisation: ORG, outcome: 'unauthenticated', since: START, failures: { signature: 3 } },
  ]);
  // The same name of a record at another custodian is another record.
  const elsewhere = chained([{ ...asked(5), organisation: OTHER }]);
  const looks = await looksAt(isMine, [{ organisation: ORG, entries: source }, { organisation: OTHER, entries: elsewhere }]);
  assert.deepEqual(told(looks), [{ time: 10, outcome: 'refused', by: ORG }, { time: 30, outcome: 'released', silent: OTHER, by: ORG }]);
  const [, look] = looks;
  const { requestId } = source[0] as LogEntry<AccessEvent>;
  assert.deepEqual(look, {
    time: START + 30, outcome: 'released', custodian: ORG, recordId: MINE, requester: ALICE, requesterOrganisation: OTHER, requesterKind: undefined, purpose: 'Treat', action: 'Read',
    why: 'a permit of the patient, directive 3', requestId, receivedAt: undefined, silent: OTHER, entry: { organisation: ORG, seq: 0 },
  });
});

test('what the other side logged is told, and a side that should have logged and did not is named', async () => {
  const source = chained([asked(1), asked(2), asked(3, { requesterOrganisation: undefined, purpose: 'Patrqt' })]);
  const recipient = chained([
    received(source[0]!, 4),
    // Received, and the custodian, whose log is there, has no entry of it.
    received(source[1]!, 5, { counterpart: bytesFrom(random), requestId: bytesFrom(random) }),
    // Of a record that is not the patient's, and from somebody who is not named.
    received(source[1]!, 6, { recordId: 'r-other', counterpart: bytesFrom(random) }),
    received(source[1]!, 7, { custodian: undefined, counterpart: bytesFrom(random) }),
  ]);
  const both = [{ organisation: ORG, entries: source }, { organisation: OTHER, entries: recipient }];
  const expected = [
    { time: 1, outcome: 'released', receivedAt: 4, by: ORG }, { time: 2, outcome: 'released', silent: OTHER, by: ORG },
    { time: 3, outcome: 'released', by: ORG }, { time: 5, outcome: 'received', receivedAt: 5, silent: ORG, by: OTHER },
  ];
  assert.deepEqual(told(await looksAt(isMine, both)), expected);
  assert.deepEqual(told(await looksAt(isMine, both.toReversed())), expected);
  // Of a log that is not there nothing is said.
  assert.deepEqual(told(await looksAt(isMine, both.slice(0, 1))).map(({ silent }) => silent), [undefined, undefined, undefined]);
  assert.deepEqual(told(await looksAt(isMine, both.slice(1))), [{ time: 4, outcome: 'received', receivedAt: 4, by: OTHER }, { time: 5, outcome: 'received', receivedAt: 5, by: OTHER }]);
});

test('an entry of version 0.1.0 of a patient tells of no organisation', async () => {
  const [entry] = chained([asked(1, { requesterOrganisation: undefined })]) as [LogEntry];
  const old = { ...entry, requesterOrganisation: -1 };
  const [look] = await looksAt(isMine, [{ organisation: ORG, entries: [{ ...old, hash: entryHash(old) }] }]);
  assert.equal(look?.requesterOrganisation, undefined);
  assert.match(lookInWords(look!), new RegExp(`account ${ALICE} asked to`));
});

const decision = (best: string, final = best): string => `best state ${best} at block 9, finalised state ${final} at block 7`;

test('reasons are in words, and what is not known is told as it stands', () => {
  const cases: [string, string][] = [
    [decision('Permit (Directive 3)'), 'a permit of the patient, directive 3'],
    [decision('Deny (Directive 4)'), 'a denial of the patient, directive 4'],
    [decision('Permit (Own)'), 'it is the patient\'s own access'],
    [decision('Permit (Base)'), 'the patient decided to permit what nothing forbids'],
    [decision('Deny (Base)'), 'the patient decided to forbid what nothing permits'],
    [decision('Deny (Default)'), 'nothing permits it'],
    [decision('Deny (Veto)'), 'the patient forbade this purpose'],
    [decision('Deny (Credential)'), 'who asked had no credential for it'],
    [decision('Emergency (Emergency 5)'), 'an emergency, number 5, which is reviewed'],
    [decision('LawfulBasis (TreatmentRelationship 6)'), 'the patient is treated there, relationship 6'],
    [decision('LawfulBasis (LawfulBasis TreatmentRelationship 6)'), 'the patient is treated there, relationship 6'],
    [decision('LawfulBasis (LawfulBasis 7)'), 'a law permits it, code 7'],
    // Both states have to permit it: the one that does not says why not.
    [decision('Permit (Directive 3)', 'Deny (Default)'), 'nothing permits it'],
    [decision('Deny (Veto)', 'Permit (Directive 3)'), 'the patient forbade this purpose'],
    [decision('Deny (Sealed 7)'), 'a sealed denial of the patient, number 7, which the custodian cannot open'],
    [decision('Permit (SealedDirective 8)', 'Deny (Sealed 7)'), 'a sealed denial of the patient, number 7, which the custodian cannot open'],
    [decision('Permit (SealedDirective 8)'), 'a sealed permit of the patient, number 8'],
    [decision('Deny (SealedDirective 9)'), 'a sealed denial of the patient, number 9'],
    ['Perhaps, by the states of blocks 9 and 7', 'Perhaps, by the states of blocks 9 and 7'],
    [decision('Deny (SomethingNew)'), 'Deny (SomethingNew)'],
    ['the gate failed', 'the gate failed'],
    ['', ''],
  ];
  for (const [text, words] of cases) assert.equal(reasonInWords(text), words, text);
});

test('what decisions say of why is told in words, each kind of it', () => {
  const known: [Decision['verdict'], Decision['why'], RegExp][] = [
    ['Permit', { kind: 'Directive', directive: 3 }, /directive 3$/], ['Permit', { kind: 'Own' }, /own access/], ['Permit', { kind: 'Base' }, /decided to permit/],
    ['Deny', { kind: 'Directive', directive: 3 }, /^a denial .* directive 3$/], ['Deny', { kind: 'Default' }, /nothing permits/], ['Deny', { kind: 'Veto' }, /purpose/],
    ['Deny', { kind: 'State' }, /state/], ['Deny', { kind: 'Credential' }, /credential/], ['Emergency', { kind: 'Emergency', emergency: 5 }, /emergency, number 5/],
    ['LawfulBasis', { kind: 'TreatmentRelationship', relationship: 6 }, /treated there, relationship 6/],
  ];
  for (const [verdict, why, words] of known) assert.match(reasonInWords(decision(`${verdict} (${whyInWords(why)})`)), words);
});

test('of a patient who has sealed directives it is told in words whether it was let, and no more than the log has', () => {
  const told = (best: Pick<Decision, 'verdict' | 'why'>): string => {
    const at = { ...best, block: 9, moment: START } as Decision;
    return reasonInWords(toldInWords({ permitted: best.verdict !== 'Deny', best: at, finalised: { ...at, block: 7 }, reason: '' }));
  };
  const hidden = 'why is not told, because the patient has sealed directives';
  for (const why of [{ kind: 'Directive', directive: 3 }, { kind: 'SealedDirective', sealed: 4 }] as const) {
    assert.equal(told({ verdict: 'Permit', why }), `the patient permits it; ${hidden}`);
    assert.equal(told({ verdict: 'Deny', why }), `it is forbidden, or nothing permits it; ${hidden}`);
  }
  assert.equal(told({ verdict: 'Emergency', why: { kind: 'Emergency', emergency: 5 } }), 'an emergency, number 5, which is reviewed');
  assert.equal(told({ verdict: 'LawfulBasis', why: { kind: 'TreatmentRelationship', relationship: 6 } }), 'the patient is treated there, relationship 6');
});

test('what a gateway says of why is told in words, without the blocks on which it has decided', () => {
  const blocks = `best block 25 0x${'ab'.repeat(32)}, final block 23 0x${'cd'.repeat(32)}`;
  const known: [string, RegExp][] = [
    ['Permit by directive 3', /^a permit of the patient, directive 3$/], ['Permit: the patient\'s own access', /own access$/], ['Permit by the base decision', /decided to permit/],
    ['Permit', /^the patient permits it; why is not told/], ['Deny', /^it is forbidden, or nothing permits it; why is not told/],
    ['Deny by directive 3', /^a denial of the patient, directive 3$/], ['Deny: no directive speaks', /^nothing permits it$/], ['Deny: the purpose is vetoed', /purpose$/],
    ['Deny by the state of the handle', /frozen$/], ['Deny: no credential', /credential/], ['Deny: sealed denial 4 is not opened', /sealed denial of the patient, number 4/],
    ['Emergency 5', /emergency, number 5/], ['Lawful basis: care relationship 6', /treated there, relationship 6$/],
    ['the gateway failed', /^the gateway failed$/],
  ];
  for (const [text, words] of known) {
    assert.match(reasonInWords(`${text}; ${blocks}`), words);
    // What is not wholly of this form is told as it stands.
    assert.equal(reasonInWords(`${text}; best block 25`), `${text}; best block 25`);
  }
});

test('every purpose and action has words, and a look is told in a line', async () => {
  for (const purpose of PURPOSES) {
    for (const action of ACTIONS) {
      const [look] = await looksAt(isMine, [{ organisation: ORG, entries: chained([asked(0, { purpose, action })]) }]);
      const words = lookInWords(look!);
      assert.doesNotMatch(words, new RegExp(`for ${purpose}\\b`), purpose);
      assert.doesNotMatch(words, new RegExp(`to ${action}\\b`), action);
    }
  }
  const [look] = await looksAt(isMine, [{ organisation: ORG, entries: chained([asked(0)]) }, { organisation: OTHER, entries: [] }]);
  assert.equal(lookInWords(look!), `2024-10-04 00:00:00 UTC: Released: account ${ALICE} for organisation 8 asked to read record r-mine of organisation 7, for treatment. `
    + 'Reason: a permit of the patient, directive 3. Organisation 8 should have logged this too, and did not.');
});

test('whether a person looked or a machine is told, by whichever side said it', async () => {
  for (const [ours, theirs, words] of [['machine', undefined, ' (a machine)'], [undefined, 'person', ' (a person)'], [undefined, undefined, '']] as const) {
    const source = chained([asked(1, { requesterKind: ours })]);
    const recipient = chained([received(source[0]!, 2, { requesterKind: theirs })]);
    const [look] = await looksAt(isMine, [{ organisation: ORG, entries: source }, { organisation: OTHER, entries: recipient }]);
    assert.equal(look?.requesterKind, ours ?? theirs);
    assert.ok(lookInWords(look!).includes(`account ${ALICE}${words} for organisation ${OTHER} asked`), lookInWords(look!));
  }
});

test('a broken log tells nothing, nor do two logs of one organisation', async () => {
  const entries = chained([asked(1), asked(2), asked(3)]);
  await assert.rejects(looksAt(isMine, [{ organisation: ORG, entries: entries.toSpliced(1, 1) }]), IntegrityBroken);
  await assert.rejects(looksAt(isMine, [{ organisation: OTHER, entries }]), IntegrityBroken);
  await assert.rejects(looksAt(isMine, [{ organisation: ORG, entries }, { organisation: ORG, entries }]), InvalidArgument);
});

test('what another wrote into its log disturbs no terminal, makes no line of its own, and names no kind that there is not', async () => {
  const forged = 'there is no such record\n2027-01-01 00:00: Refused\u001b[1A\u001b[2K\u202egnp.exe';
  const [look] = await looksAt(isMine, [{ organisation: ORG, entries: chained([asked(10, { outcome: 'refused', decision: forged })]) }]);
  assert.ok(look);
  const words = lookInWords(look);
  assert.match(words, /there is no such record\ufffd2027/);
  assert.doesNotMatch(words, /[\p{Cc}\u202e]/u);
  const strange = lookInWords({ ...look, requesterKind: 'person (checked)\u001b[2J' as never });
  assert.match(strange, /of a kind that is unknown/);
  assert.doesNotMatch(strange, /checked/);
  assert.ok([...lookInWords({ ...look, why: 'x'.repeat(100_000) })].length <= 1_000);
});

test('where the two sides say different things of who asked, the patient reads that', async () => {
  const source = chained([asked(10, { requesterKind: 'person', requesterOrganisation: OTHER })]);
  const recipient = chained([received(source[0] as LogEntry, 12, { requesterKind: 'machine' })]);
  const [look] = await looksAt(isMine, [{ organisation: ORG, entries: source }, { organisation: OTHER, entries: recipient }]);
  assert.equal(look?.requesterKind, 'Disputed');
  assert.match(lookInWords(look), /a person, says one side, and a machine, says the other/);
});
