/** What an auditor, the other side and the patient find in access logs, compared with the heads on a running chain. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { best, type ApiPromise } from '@salus/client';
import { accessLog } from '@salus/exchange';
import { chainEntry, toHex, type AccessEvent, type Hex, type LogEntry, type LogEvent } from '@salus/types';
import { CHAIN, needs } from '../chains.js';
import { headsOf } from '../heads.js';
import { run } from '../node.js';
import { begin, people, type Peopled } from '../setting.js';
import type { Institutions } from '../steps/admission.js';
import { fails } from '../steps/amendment.js';
import type { Staff } from '../steps/staff.js';
import type { Institution, World } from '../world.js';

let all: Peopled;
let api: ApiPromise;
let world: World;
let institutions: Institutions;
let staff: Staff;
/** What was committed to, and what was logged since. */
let ours: LogEntry[];
let theirs: LogEntry[];
let tail: LogEntry[];

const some = (): Hex => toHex(new Uint8Array(randomBytes(32)));

/** The hospital gives the cardiologist a record. */
const released = async (more: Partial<AccessEvent> = {}): Promise<AccessEvent> => ({
  time: await world.now(), side: 'source', organisation: institutions.hospital.org, outcome: 'released', requestId: some(), recordId: 'echo-2026-11',
  requester: staff.specialist.address, requesterOrganisation: institutions.clinic.org, purpose: 'Treat', action: 'Read',
  decision: 'best state Permit (Directive 3) at block 9, finalised state Permit (Directive 3) at block 7', ...more,
});

/** The same, as the clinic logs it. */
const asReceived = ({ requestId, recordId, ...event }: AccessEvent, counterpart: Hex): AccessEvent => ({
  ...event, requestId, recordId, side: 'recipient', organisation: institutions.clinic.org, outcome: 'received', counterpart, custodian: institutions.hospital.org,
});

async function disclose(recordId: string): Promise<void> {
  const given = await institutions.hospital.log.append(await released({ recordId }));
  const { seq: _seq, previous: _previous, hash, ...event } = given;
  await institutions.clinic.log.append(asReceived(event as AccessEvent, hash));
}

before(async () => {
  all = await people(await begin());
  ({ api, world, institutions, staff } = all);
  const { hospital, clinic } = institutions;
  for (const name of ['echo', 'ecg', 'lipids']) await disclose(name);
  await hospital.log.append(await released({ outcome: 'refused', decision: 'best state Deny (Default) at block 9, finalised state Deny (Default) at block 7' }));
  // What each of them alone has logged.
  await hospital.log.append(await released({ recordId: 'hidden-by-the-clinic' }));
  await clinic.log.append(asReceived(await released({ recordId: 'hidden-by-the-hospital' }), some()));
  for (const name of ['troponin', 'history']) await disclose(name);
  [ours, theirs] = await Promise.all([hospital.log.entries(), clinic.log.entries()]);
  for (const [{ org }, entries, who] of [[hospital, ours, staff.steward], [clinic, theirs, staff.officer]] as const) {
    const next = await accessLog.nextCommit(org, await accessLog.logCommits({ api }).custodian(org), entries);
    await world.sendForGood(accessLog.commit(api, next), who);
  }
  await disclose('after the commit');
  tail = (await hospital.log.entries()).slice(ours.length);
});

after(() => all?.stop());

/** Compares a log with the heads that the chain has now. */
async function audit(institution: Institution, entries: readonly unknown[], more: (found: Omit<accessLog.Audit, 'entries'>) => Partial<accessLog.Audit> = () => ({})): Promise<accessLog.LogReport> {
  const found = await headsOf(api, await best(api), institution);
  return accessLog.verifyLogAgainstHeads({ ...found, entries, ...more(found) });
}

/** The findings by name and place. */
const places = ({ findings }: accessLog.LogReport): accessLog.Finding[] => findings.map(({ kind, entries, commits, moments }) => ({
  kind, ...(entries && { entries }), ...(commits && { commits }), ...(moments && { moments }),
}));
const span = (from: number, until = from + 1): accessLog.Span => ({ from, until });

/** The entries with the numbers, links and hashes of a log that was written like that from the start. */
function relinked(events: readonly LogEvent[]): LogEntry[] {
  const entries: LogEntry[] = [];
  for (const event of events) {
    const { seq: _seq, previous: _previous, hash: _hash, ...plain } = event as LogEntry;
    entries.push(chainEntry(entries.at(-1), plain as LogEvent));
  }
  return entries;
}

const edited = (entry: LogEntry): LogEntry => ({ ...entry, purpose: 'Hpaymt' }) as LogEntry;

test('the logs as they were written are sound, up to what was committed to', async () => {
  for (const [institution, entries] of [[institutions.hospital, [...ours, ...tail]], [institutions.clinic, theirs]] as const) {
    const { findings, proved, uncommitted } = await audit(institution, entries);
    assert.deepEqual(findings.map(accessLog.findingInWords), []);
    assert.equal(proved?.commit, 0);
    assert.equal(uncommitted, entries.length - (proved?.entries ?? 0));
    assert.equal(proved?.entries, institution === institutions.hospital ? ours.length : theirs.length);
  }
});

/** What is done to the hospital's log of which entry 2 is in the middle, and what an audit names: that, and nothing else. */
const TAMPERINGS: [name: string, log: () => Promise<unknown[]> | unknown[], expected: () => accessLog.Finding[]][] = [
  ['edits an entry', () => ours.with(2, edited(ours[2] as LogEntry)), () => [{ kind: 'EditedEntry', entries: span(2) }]],
  ['edits an entry and gives it the hash of what it says now',
    () => ours.with(2, relinked([...ours.slice(0, 2), edited(ours[2] as LogEntry)])[2] as LogEntry), () => [{ kind: 'EditedEntry', entries: span(2) }]],
  ['edits an entry and writes all later ones anew', () => relinked(ours.with(2, edited(ours[2] as LogEntry))),
    () => [{ kind: 'EditedCommit', entries: span(0, ours.length), commits: span(0) }]],
  ['truncates its log', () => ours.slice(0, -2), () => [{ kind: 'Truncated', entries: span(ours.length - 2, ours.length) }]],
  ['has no log any more', () => [], () => [{ kind: 'Truncated', entries: span(0, ours.length) }]],
  ['takes an entry out', () => ours.toSpliced(2, 1), () => [{ kind: 'Missing', entries: span(2) }]],
  ['takes an entry out and writes all later ones anew', () => relinked(ours.toSpliced(2, 1)),
    () => [{ kind: 'Truncated', entries: span(ours.length - 1, ours.length) }]],
  ['forks its log: two entries have one number', async () => [...ours, chainEntry(ours[1], await released())], () => [{ kind: 'ForkedEntry', entries: span(2) }]],
  ['forks its log: it hands over one that goes another way from an entry on', async () => {
    const other = await released();
    return relinked([...ours.slice(0, 2), ...ours.slice(2).map(() => other)]);
  }, () => [{ kind: 'EditedCommit', entries: span(0, ours.length), commits: span(0) }]],
  ['hands over another organisation\'s log', () => theirs, () => [
    { kind: 'OtherOrganisation', entries: span(0, theirs.length) },
    ...theirs.length < ours.length ? [{ kind: 'Truncated' as const, entries: span(theirs.length, ours.length) }] : [],
  ]],
];

for (const [name, log, expected] of TAMPERINGS) {
  test(`a custodian that ${name} is found, by that finding alone`, async () => {
    const report = await audit(institutions.hospital, await log());
    assert.deepEqual(places(report), expected());
    // Of two entries with one number the first is the one that was committed to: all else is proved.
    assert.equal(report.proved?.entries, expected()[0]?.kind === 'ForkedEntry' ? ours.length : undefined);
  });
}

test('the chain takes no fork, no second beginning, and nothing in place of what was committed to', async () => {
  const { hospital } = institutions;
  const stands = await accessLog.logCommits({ api }).custodian(hospital.org);
  assert.ok(stands);
  const other = await accessLog.nextCommit(hospital.org, undefined, relinked(ours.toSpliced(2, 1)));
  await fails(world, accessLog.commit(api, other), staff.steward, 'WrongPrevious', 'accessLog');
  // Not even with the right head, in its place: it is too soon for the next, and it would not be due.
  await fails(world, accessLog.commit(api, { ...other, previous: stands.head }), staff.steward, 'TooSoon', 'accessLog');
  await fails(world, accessLog.beginAnew(api, hospital.org, stands.head), staff.steward, 'TooSoon', 'accessLog');
  await fails(world, accessLog.beginAnew(api, hospital.org, stands.head), staff.nurse, 'NotAuthorised', 'accessLog');
  assert.deepEqual(await accessLog.logCommits({ api }).custodian(hospital.org), stands);
});

test('a node that gives other heads than it says there are is not believed', async () => {
  const { hospital } = institutions;
  const forged = await audit(hospital, ours, ({ commits }) => ({ commits: commits.map((each) => ({ ...each, head: some() })) }));
  assert.deepEqual(forged.findings.map(({ kind }) => kind), ['ForkedHeads', 'ForkedHeads']);
  const hidden = await audit(hospital, ours, () => ({ commits: [] }));
  assert.equal(hidden.findings[0]?.kind, 'ForkedHeads');
});

test('an auditor to whom these are the last heads after two days finds the custodian stale, and not a second before', async () => {
  const { hospital } = institutions;
  // The chain's clock cannot be moved here; when an audit is made is the auditor's to say. The tests of networks let days go by.
  const later = (seconds: number) => ({ stands, heartbeat }: Pick<accessLog.Audit, 'stands' | 'heartbeat'>): Partial<accessLog.Audit> =>
    ({ now: (stands?.lastAt ?? 0) + heartbeat + seconds });
  assert.deepEqual((await audit(hospital, ours, later(-1))).findings, []);
  const { stands } = await accessLog.allCommits(accessLog.logCommits(await best(api)), hospital.org);
  const heartbeat = accessLog.heartbeatOf(await best(api));
  const from = (stands?.lastAt ?? 0) + heartbeat;
  assert.deepEqual(places(await audit(hospital, ours, later(60))), [{ kind: 'Stale', commits: span(0), moments: span(from, from + 60) }]);
  // What it has logged since, and has not committed to, is named besides.
  const [first] = tail as [LogEntry];
  const report = await audit(hospital, [...ours, ...tail], later(3_600));
  assert.deepEqual(places(report), [
    { kind: 'Stale', commits: span(0), moments: span(from, from + 3_600) },
    { kind: 'UncommittedTail', entries: span(ours.length, ours.length + tail.length), moments: span(first.time, from + 3_600) },
  ]);
});

test('an access that one side alone has logged is named to both', async () => {
  const { hospital, clinic } = institutions;
  const days = [...new Set([...ours, ...theirs].map(({ time }) => accessLog.dayOf(time)))];
  const compare = async (organisation: number, counterparty: number, logs: { ours: LogEntry[]; theirs: LogEntry[] }) => {
    const found = await Promise.all(days.map((day) => accessLog.reconcile({ organisation, counterparty, day, ...logs })));
    const records = (of: 'onlyOurs' | 'onlyTheirs'): string[] => found.flatMap((each) => each[of].map(({ recordId }) => recordId));
    return {
      matched: found.reduce((sum, { counts }) => sum + counts.matched, 0), onlyOurs: records('onlyOurs'), onlyTheirs: records('onlyTheirs'),
      disagreements: found.flatMap(({ disagreements }) => disagreements).length,
    };
  };
  const [toHospital, toClinic] = await Promise.all([
    compare(hospital.org, clinic.org, { ours, theirs }), compare(clinic.org, hospital.org, { ours: theirs, theirs: ours }),
  ]);
  assert.deepEqual(toHospital, { matched: 5, onlyOurs: ['hidden-by-the-clinic'], onlyTheirs: ['hidden-by-the-hospital'], disagreements: 0 });
  assert.deepEqual(toClinic, { matched: 5, onlyOurs: ['hidden-by-the-hospital'], onlyTheirs: ['hidden-by-the-clinic'], disagreements: 0 });

  // And to the patient, from both logs.
  const looks = await accessLog.looksAt(() => true, [{ organisation: hospital.org, entries: ours }, { organisation: clinic.org, entries: theirs }]);
  const silent = looks.filter((look) => look.silent !== undefined).map((look) => [look.recordId, look.silent]);
  assert.deepEqual(silent.sort(), [['hidden-by-the-clinic', clinic.org], ['hidden-by-the-hospital', hospital.org]]);

  // A day is attested once it is over.
  const today = accessLog.dayOf(await world.now());
  const counts = { matched: 5, onlyOurs: 1, onlyTheirs: 1 };
  await fails(world, accessLog.attestReconciled(api, hospital.org, clinic.org, today, counts), staff.steward, 'DayNotOver', 'accessLog');
});

test('the tool tells the same by its exit code: 0 for a sound log, 3 with the finding by name', needs('finality'), async () => {
  const { hospital } = institutions;
  const tool = fileURLToPath(new URL('../../../clients/exchange/bin/salus-log.js', import.meta.url));
  const file = async (name: string, entries: readonly unknown[]): Promise<string> => {
    const path = join(all.folder, name);
    await writeFile(path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    return path;
  };
  const log = async (command: string, ...args: string[]): Promise<{ code: number | null; told: Record<string, unknown>; stderr: string }> => {
    const chain = ['--node', all.endpoint, ...CHAIN.clock === 'chain' ? ['--chain-clock'] : []];
    const { code, stdout, stderr } = await run(process.execPath, [tool, command, ...args, '--organisation', `${hospital.org}`, ...chain, '--json']);
    return { code, told: stdout === '' ? {} : JSON.parse(stdout) as Record<string, unknown>, stderr };
  };
  const sound = await file('sound.jsonl', ours);
  const [good, cut, changed] = await Promise.all([
    log('verify', sound), log('verify', await file('cut.jsonl', ours.slice(0, -2))), log('verify', await file('changed.jsonl', ours.with(2, edited(ours[2] as LogEntry)))),
  ]);
  const kinds = ({ told }: typeof good): unknown => (told['findings'] as accessLog.Finding[] | undefined)?.map(({ kind }) => kind);
  assert.deepEqual([good, cut, changed].map((each) => [each.code, kinds(each)]), [[0, []], [3, ['Truncated']], [3, ['EditedEntry']]], [good, cut, changed].map(({ stderr }) => stderr).join('\n'));
  // It goes on with no other log than the one that was committed to.
  const [refused, shown] = await Promise.all([log('commit', await file('other.jsonl', relinked(ours.toSpliced(2, 1)))), log('commit', sound)]);
  assert.equal(refused.code, 3, refused.stderr);
  assert.match(refused.stderr, /is not the log that was committed to before/);
  assert.deepEqual([shown.code, shown.told['seqFrom'], shown.told['seqUntil']], [0, `${ours.length}`, `${ours.length}`], shown.stderr);
  // Where there is no node, nothing is known.
  const { code } = await run(process.execPath, [tool, 'verify', sound, '--organisation', `${hospital.org}`, '--node', 'ws://127.0.0.1:9']);
  assert.equal(code, 1);
});
