/** `salus-log`, with files and a chain in memory. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { chainEntry, IntegrityBroken, type AccessEvent, type LogEntry } from '@salus/types';
import { dayInWords, dayOf, nextCommit, type NextCommit } from '../access-log/index.js';
import { main, type Surroundings } from '../node/access-log.js';
import type { LogChain } from '../node/access-log-chain.js';
import { entriesIn, FileLog } from '../node/index.js';
import { accessFrom, ALICE, committed, DAY, GENESIS, ORG, OTHER, sceneFrom, seeded, START, type Scene } from './access-log-fixture.js';

let folder: string;
before(async () => { folder = await mkdtemp(join(tmpdir(), 'salus-log-')); });
after(() => rm(folder, { recursive: true, force: true }));

const lines = (entries: readonly unknown[]): string => entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');

async function fileOf(name: string, entries: readonly unknown[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, lines(entries));
  return path;
}

interface Sent {
  call: string;
  args: unknown[];
}

/** A chain in the place of a node. */
function chainOf({ chain, now }: Scene, more: Partial<LogChain> = {}): { open: Surroundings['open']; sent: Sent[]; closed: () => number } {
  const sent: Sent[] = [];
  let closed = 0;
  const prepare = (call: string, ...args: unknown[]) => ({
    hex: '0x1234' as const,
    send: async () => {
      sent.push({ call, args });
      return { by: ALICE, block: 77 };
    },
  });
  const state = { block: 12, moment: now, commits: chain };
  return {
    sent, closed: () => closed,
    open: async () => ({
      genesisHash: GENESIS, heartbeat: DAY, final: state, best: state, problem: undefined,
      commit: (next: NextCommit) => prepare('commit', next), beginAnew: (...args) => prepare('beginAnew', ...args), attest: (...args) => prepare('attest', ...args),
      close: async () => { closed += 1; }, ...more,
    }),
  };
}

async function run(surroundings: Partial<Surroundings>, ...argv: string[]): Promise<{ code: number; out: string[]; err: string[] }> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await main(argv, { env: {}, ...surroundings, out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out, err };
}

const unreachable: Surroundings['open'] = async () => { throw new Error('no chain is asked'); };

test('a sound log is told to be sound until which entry and moment', async () => {
  const scene = await sceneFrom(seeded(1));
  const path = await fileOf('sound', scene.entries);
  const { open, closed } = chainOf(scene);
  const { code, out, err } = await run({ open }, 'verify', path, '--organisation', '7');
  assert.deepEqual([code, err, closed()], [0, [], 1]);
  assert.match(out[0]!, new RegExp(`^${path}: sound, as of block 12 of 2024-`));
  assert.match(out[1]!, new RegExp(`^${scene.entries.length} lines, \\d entries not committed to yet; proved up to before entry ${committed(scene)}, by commit ${scene.chain.made.length - 1} of 2024-`));
  const json = await run({ open }, 'verify', '--node', 'ws://x', path, '--organisation', '7', '--json');
  const result = JSON.parse(json.out.join()) as Record<string, unknown>;
  assert.deepEqual([json.code, json.out.length, result['sound'], result['findings'], result['block']], [0, 1, true, [], 12]);
});

test('what is wrong with a log is printed by its name, and the exit code is 3', async () => {
  const scene = await sceneFrom(seeded(2));
  const { open } = chainOf(scene);
  const path = await fileOf('tampered', scene.entries.with(1, { ...scene.entries[1]!, time: START + 1 }).slice(0, committed(scene) - 1));
  const { code, out } = await run({ open }, 'verify', path, '--organisation', '7');
  assert.equal(code, 3);
  assert.ok(out.some((line) => line.startsWith('EditedEntry: entry 1: ')), out.join('\n'));
  assert.ok(out.some((line) => line.startsWith(`Truncated: entry ${committed(scene) - 1}: `)), out.join('\n'));
  assert.match(out.at(-2)!, /2 findings, as of block 12/);
  assert.match(out.at(-1)!, /nothing is proved/);
  // Another organisation's number: it has committed to nothing, and the entries are not its own.
  const other = await run({ open }, 'verify', path, '--organisation', '8');
  assert.equal(other.code, 3);
  assert.ok(other.out.some((line) => line.startsWith('OtherOrganisation: ')));
});

test('of a node that is behind it is said that what follows is not of the present', async () => {
  const scene = await sceneFrom(seeded(3));
  const path = await fileOf('behind', scene.entries);
  const { err, out } = await run(chainOf(scene, { problem: 'it has no peers' }), 'verify', path, '--organisation', '7', '--json');
  assert.deepEqual(err, ['Note: what follows is not of the present. The node cannot be relied on now: it has no peers.']);
  assert.equal((JSON.parse(out.join()) as Record<string, unknown>)['notPresent'], 'it has no peers');
});

test('the next commit is shown, and sent if that is asked for', async () => {
  const scene = await sceneFrom(seeded(4));
  const path = await fileOf('commit', scene.entries);
  const { open, sent } = chainOf(scene);
  const next = await nextCommit(ORG, scene.chain.stands, scene.entries);
  const shown = await run({ open }, 'commit', path, '--organisation', '7');
  assert.deepEqual([shown.code, shown.err, sent], [0, [], []]);
  assert.match(shown.out[0]!, new RegExp(`^Commit ${scene.chain.made.length} of organisation 7: entries ${next.seqFrom} up to before ${next.seqUntil}, root ${next.root}, head before ${next.previous}$`));
  assert.deepEqual(shown.out.slice(1), ['To be signed: 0x1234', 'Nothing was sent (--send).']);
  const done = await run({ open }, 'commit', path, '--organisation', '7', '--send');
  assert.deepEqual([done.code, done.out.at(-1)], [0, `Signed by ${ALICE}, in block 77, which is final.`]);
  assert.deepEqual(sent, [{ call: 'commit', args: [next] }]);
});

test('a log that is not the one that was committed to before is not committed to', async () => {
  const scene = await sceneFrom(seeded(5));
  const { open, sent } = chainOf(scene);
  for (const [name, entries] of [
    ['cut', scene.entries.slice(0, committed(scene) - 1)], ['edited', scene.entries.with(0, { ...scene.entries[0]!, time: 1 })], ['empty', []],
  ] as const) {
    const { code, err } = await run({ open }, 'commit', await fileOf(name, entries), '--organisation', '7', '--send');
    assert.deepEqual([code, err.length, sent], [3, 1, []], name);
    assert.match(err[0]!, /not committed to: .* is not the log that was committed to before/);
  }
});

test('a log is begun anew, and verified and proved by epoch', async () => {
  const scene = await sceneFrom(seeded(10));
  const { chain, entries } = scene;
  const [{ open, sent }, path, org] = [chainOf(scene), await fileOf('epochs', entries), ['--organisation', '7']];
  const head = chain.stands!.head;
  const shown = await run({ open }, 'begin-anew', ...org);
  assert.deepEqual([shown.code, shown.err, sent], [0, [], []]);
  assert.deepEqual(shown.out, [`Epoch 1 of the log of organisation 7, after ${committed(scene)} entries of epoch 0, head before ${head}`, 'To be signed: 0x1234', 'Nothing was sent (--send).']);
  assert.equal((await run({ open }, 'begin-anew', ...org, '--send')).code, 0);
  assert.deepEqual(sent, [{ call: 'beginAnew', args: [ORG, head] }]);
  const never = await run({ open }, 'begin-anew', '--organisation', '8');
  assert.deepEqual([never.code, never.err], [2, ['error: organisation 8 has not begun a log']]);

  const number = chain.beginAnew(scene.now).number;
  const next = await run({ open }, 'commit', path, ...org);
  assert.match(next.out[0]!, new RegExp(`^Commit ${number + 1} of organisation 7: entries 0 up to before ${entries.length},`));
  chain.commit(await nextCommit(ORG, chain.stands, entries), scene.now);
  for (const [epoch, proved] of [[['--epoch', '0'], number - 1], [['--epoch', '1'], number + 1], [[], number + 1]] as const) {
    const { code, out } = await run({ open }, 'verify', path, ...org, ...epoch);
    assert.equal(code, 3);
    assert.match(out[0]!, new RegExp(`^BegunAnew: commit ${number}: `));
    assert.match(out.at(-1)!, new RegExp(`by commit ${proved} of`));
  }
  const proof = join(folder, 'epoch.json');
  assert.deepEqual((await run({ open }, 'prove', path, ...org, '--entry', '1', '--epoch', '0', '--out', proof)).out, [`${proof}: entry 1 of organisation 7, under commit 0`]);
  assert.equal((await run({ open }, 'check', proof, ...org)).code, 0);
  const beyond = await run({ open }, 'verify', path, ...org, '--epoch', '2');
  assert.deepEqual([beyond.code, beyond.err], [2, ["error: epoch is 2, and the log's last is 1"]]);
});

/** A disclosure that both logged, one that only the source did, and one of which the two say different things. */
async function twoLogs(): Promise<[ours: string, theirs: string, LogEntry<AccessEvent>[]]> {
  const random = seeded(6);
  const ours: LogEntry<AccessEvent>[] = [];
  for (let n = 0; n < 3; n += 1) ours.push(chainEntry(ours.at(-1), accessFrom(random, START + n, { outcome: 'released', requesterOrganisation: OTHER, recordId: `r-${n}` })));
  const theirs: LogEntry[] = [];
  for (const { seq: _, previous: __, hash, ...event } of [ours[0]!, ours[2]!]) {
    theirs.push(chainEntry(theirs.at(-1), {
      ...event, side: 'recipient', outcome: 'received', organisation: OTHER, counterpart: hash, custodian: ORG, ...(event.recordId === 'r-2' ? { purpose: 'Hmarkt' } : {}),
    }));
  }
  return [await fileOf('ours', ours), await fileOf('theirs', theirs), ours];
}

test('two logs are compared for a day, what one side alone logged is named, and the numbers are sent', async () => {
  const [ours, theirs, entries] = await twoLogs();
  const day = dayInWords(dayOf(START));
  const { code, out, err } = await run({ open: unreachable }, 'reconcile', ours, theirs, '--day', day);
  assert.deepEqual([code, err, out.length], [3, [], 3]);
  assert.match(out[0]!, new RegExp(`^OnlyOurs: entry 1 of organisation 7, .*: released, request ${entries[1]!.requestId}, record r-1: organisation 8 has not logged it$`));
  assert.match(out[1]!, /^Disagreement: entry 2 of organisation 7, .*: entry 1 of organisation 8 says another purpose$/);
  assert.equal(out[2], `Organisations 7 and 8 on ${day}: 2 logged by both, 1 by 7 alone, 0 by 8 alone, 1 of which they say different things`);
  const scene = await sceneFrom(seeded(1));
  const { open, sent } = chainOf(scene);
  const mirrored = await run({ open }, 'reconcile', theirs, ours, '--day', day, '--send', '--json');
  assert.equal(mirrored.code, 3);
  assert.deepEqual((JSON.parse(mirrored.out.join()) as Record<string, unknown>)['counts'], { matched: 2, onlyOurs: 0, onlyTheirs: 1 });
  assert.deepEqual(sent, [{ call: 'attest', args: [OTHER, ORG, dayOf(START), { matched: 2, onlyOurs: 0, onlyTheirs: 1 }] }]);
  const quiet = await run({ open: unreachable }, 'reconcile', ours, theirs, '--day', dayInWords(dayOf(START) + 1));
  assert.deepEqual([quiet.code, quiet.out.length], [0, 1]);
});

test('an organisation without an entry is named on the command line', async () => {
  const [ours] = await twoLogs();
  const empty = await fileOf('no-entries', []);
  const day = ['--day', dayInWords(dayOf(START))];
  const unsaid = await run({ open: unreachable }, 'reconcile', ours, empty, ...day);
  assert.deepEqual([unsaid.code, unsaid.err], [2, [`error: ${empty} does not say whose log it is: say it with --counterparty N`]]);
  const said = await run({ open: unreachable }, 'reconcile', ours, empty, ...day, '--counterparty', '8');
  assert.match(said.out.at(-1)!, /0 logged by both, 3 by 7 alone, 0 by 8 alone/);
});

test('the proof of an entry is made, and checked by whom it is given to', async () => {
  const scene = await sceneFrom(seeded(7));
  const { open } = chainOf(scene);
  const [path, proof] = [await fileOf('proved', scene.entries), join(folder, 'proof.json')];
  const made = await run({ open }, 'prove', path, '--organisation', '7', '--entry', '2', '--out', proof);
  assert.deepEqual([made.code, made.err], [0, []]);
  const checked = await run({ open }, 'check', proof, '--organisation', '7');
  assert.equal(checked.code, 0);
  assert.match(checked.out.join(), /organisation 7 committed to entry 2 at 2024-/);
  const text = await readFile(proof, 'utf8');
  const forged = join(folder, 'forged.json');
  for (const [from, to, why] of [
    ['"time":', '"time":1', 'the entry is not what its hash is of'], ['"commit":0', '"commit":1', 'the entry has a number that the commit does not have'],
    ['"commit":0', '"commit":9999', 'it is for another commit'],
  ] as const) {
    assert.ok(text.includes(from));
    await writeFile(forged, text.replace(from, to));
    const { code, out } = await run({ open }, 'check', forged, '--organisation', '7');
    assert.deepEqual([code, out], [3, [`${forged}: not proved: ${why}`]]);
  }
  const beyond = await run({ open }, 'prove', path, '--organisation', '7', '--entry', '9999', '--out', proof);
  assert.deepEqual([beyond.code, beyond.err], [2, ['error: seq is 9999, and no commit of epoch 0 has that entry']]);
});

test('a patient is told who looked', async () => {
  const [ours, theirs] = await twoLogs();
  const records = join(folder, 'records.json');
  await writeFile(records, JSON.stringify([{ custodian: ORG, recordId: 'r-0' }, { custodian: ORG, recordId: 'r-1' }]));
  const { code, out, err } = await run({ open: unreachable }, 'patient', ours, theirs, '--records', records);
  assert.deepEqual([code, err, out.length], [3, [], 3]);
  assert.match(out[1]!, /record r-1 of organisation 7, .*Organisation 8 should have logged this too, and did not\.$/);
  assert.equal(out[2], '2 requests');
  assert.equal((await run({ open: unreachable }, 'patient', ours, '--records', records)).code, 0);
});

test('wrong usage ends with 2 and one line, and no chain is asked', async () => {
  const [log, noJson, noList] = [await fileOf('usage', []), join(folder, 'no.json'), join(folder, 'list.json')];
  await writeFile(noJson, '{');
  await writeFile(noList, '[{"custodian":"7"}]');
  const org = ['--organisation', '7'];
  const cases: [string[], RegExp][] = [
    [[], /no command ""; there are: verify, commit, begin-anew, reconcile, prove, check, patient/],
    [['constructor'], /no command "constructor"/],
    [['verify', '--what'], /--what/],
    [['verify', log], /verify needs --organisation N/],
    [['verify', ...org], /verify needs LOG/],
    [['verify', log, log, ...org], /does not know what to do with/],
    [['verify', log, '--organisation', 'x'], /--organisation is a whole number, not "x"/],
    [['verify', log, ...org, '--slack', '1.5'], /--slack is a whole number/],
    [['verify', log, ...org, '--send'], /verify has no option --send/],
    [['verify', log, ...org, '--node', 'ws://x', '--ws', 'ws://y'], /either --node or --ws/],
    [['verify', join(folder, 'none'), ...org], /none cannot be read: ENOENT/],
    [['verify', folder, ...org], /is no file/],
    [['begin-anew'], /begin-anew needs --organisation N/],
    [['begin-anew', log, ...org], /begin-anew does not know what to do with/],
    [['verify', log, ...org, '--epoch', 'x'], /--epoch is a whole number/],
    [['commit', log], /commit needs --organisation N/],
    [['commit', log, ...org, '--crypto', 'rsa'], /no kind of key "rsa"/],
    [['commit', log, ...org, '--suri', '//Alice'], /a secret does not belong on the command line/],
    [['reconcile', log, '--day', '2026-11-28'], /reconcile needs OURS and THEIRS/],
    [['reconcile', log, log], /reconcile needs --day/],
    [['reconcile', log, log, '--day', '2026-02-30'], /must be a day from 1970 on/],
    [['prove', log, ...org, '--entry', '1'], /prove needs --out FILE/],
    [['prove', log, ...org, '--out', 'x'], /prove needs --entry N/],
    [['check', noJson, ...org], /is no JSON/],
    [['check', noList, ...org], /is no proof of an entry/],
    [['patient', '--records', noList], /patient needs LOG/],
    [['patient', log], /patient needs --records FILE/],
    [['patient', log, '--records', noList], /is no list of records/],
    [['patient', log, '--records', noJson], /is no JSON/],
  ];
  for (const [argv, words] of cases) {
    const { code, err, out } = await run({ open: unreachable }, ...argv);
    assert.deepEqual([code, err.length, out.length], [2, 1, 0], `${argv.join(' ')}: ${err.join('|')}`);
    assert.match(err[0]!, words);
  }
});

test('a chain that cannot be reached, or refuses, ends with 1, and the connection is closed', async () => {
  const scene = await sceneFrom(seeded(8));
  const path = await fileOf('refused', scene.entries);
  const gone = await run({ open: unreachable }, 'verify', path, '--organisation', '7');
  assert.deepEqual([gone.code, gone.err], [1, ['error: no chain is asked']]);
  const { open, closed } = chainOf(scene, { commit: () => ({ hex: '0x', send: async () => { throw new Error('the node refused'); } }) });
  const refused = await run({ open }, 'commit', path, '--organisation', '7', '--send');
  assert.deepEqual([refused.code, refused.err, closed()], [1, ['error: the node refused'], 1]);
});

test('help is there, also from the command itself', async () => {
  for (const argv of [['--help'], ['help'], ['verify', '-h']]) {
    const { code, out } = await run({ open: unreachable }, ...argv);
    assert.equal(code, 0);
    assert.match(out.join('\n'), /salus-log verify LOG --organisation N/);
  }
  const { stdout } = await promisify(execFile)(process.execPath, [new URL('../../bin/salus-log.js', import.meta.url).pathname, 'help']);
  assert.match(stdout, /salus-log verify LOG --organisation N/);
});

test('a log is read line by line: across chunks, without what a crash left, and with every line that is no JSON', async () => {
  const path = join(folder, 'lines');
  const read = async (): Promise<unknown[]> => {
    const found: unknown[] = [];
    for await (const value of entriesIn(path)) found.push(value);
    return found;
  };
  const log = await FileLog.open(path);
  const first = await log.append(accessFrom(seeded(9), START));
  assert.deepEqual(await read(), [first]);
  const whole = lines([first]);
  for (const [text, expected] of [
    ['', []], [`${whole}{"torn`, [first]], [whole.trimEnd(), [first]], [`${whole}\n${whole}`, [first, undefined, first]], [`x\n${whole}`, [undefined, first]],
  ] as const) {
    await writeFile(path, text);
    assert.deepEqual(await read(), expected, JSON.stringify(text.slice(-20)));
  }
  // Letters of more than one byte at the borders of what is read at a time.
  const long = Array.from({ length: 9_000 }, (_, n) => ({ n, text: 'ü€😀'.repeat(20) }));
  await writeFile(path, lines(long));
  assert.deepEqual(await read(), long);
  await writeFile(path, `${whole}"${'x'.repeat(3 << 20)}"\n`);
  await assert.rejects(read(), (error) => error instanceof IntegrityBroken && /line 2 is longer/.test(error.message));
});
