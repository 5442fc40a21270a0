/** The command line against a chain that a test makes. */
import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Keyring } from '@polkadot/keyring';
import type { KeyringPair } from '@polkadot/keyring/types';
import { cryptoWaitReady } from '@polkadot/util-crypto';
import type { Codec } from '@polkadot/types/types';
import type { Call, Included } from '@salus/client';
import { receipts } from '@salus/receipts';
import { ConnectionFailed, InvalidArgument, TransactionLost, type Hex } from '@salus/types';
import type { ResearchChain } from '../cli/chain.js';
import { exitCodeOf, main } from '../cli/main.js';
import { nextReport } from '../cli/permits.js';
import { ResearchFolder, type KeptAnswer } from '../answers/folder.js';
import { refTo } from '../answers/query.js';
import { BOB, dataset, DAY, fakeTx, HASH, none, NOW, oneOfEach, permitInfo, repositoryFile, requestInfo, scale, some, study, TERMS, version, type Made } from './scene.js';
import { FakeAnswers, GENESIS, Site } from './site.js';

let path: string;
let alice: KeyringPair;
before(async () => {
  await cryptoWaitReady();
  alice = new Keyring({ type: 'sr25519' }).addFromUri('//Alice');
  path = await mkdtemp(join(tmpdir(), 'salus-research-cli-'));
});
after(() => rm(path, { recursive: true, force: true }));

interface Given {
  state?: Record<string, (...args: never[]) => Codec>;
  answers?: FakeAnswers;
  signer?: KeyringPair;
  events?: object[];
  problem?: string;
  /** The receipt of a query; none can be made unless told. */
  receipt?: ResearchChain['receipt'];
  /** What happens while the tool waits. */
  pause?: () => Promise<void>;
  stopped?: () => Promise<void>;
}

const noReceipt = async (): Promise<never> => { throw new receipts.ReceiptRefused('NotFinal', 'nothing became final'); };

/** Runs a command; tells its exit code, what it printed, and the calls that it sent. */
async function run(argv: readonly string[], { state = {}, answers = new FakeAnswers(), signer = alice, events = [], problem, receipt = noReceipt, pause = async () => undefined, stopped = async () => undefined }: Given = {}) {
  let [out, err] = ['', ''];
  const sent: Made[] = [];
  const at = { api: oneOfEach(state), number: 200, moment: NOW };
  const chain: ResearchChain = {
    genesis: GENESIS, final: at, best: at, now: () => NOW, problem, answers: async () => answers, receipt, constant: (name) => (name === 'reportGrace' ? 30 * DAY : undefined),
    prepare: (make) => {
      const call = make(fakeTx()) as Call & Made;
      return { name: `research.${call.call}`, hex: '0x3c00', send: async () => {
        sent.push(call);
        return { by: signer.address, block: 201, included: { events } as unknown as Included };
      } };
    },
    signer: async () => signer, close: async () => undefined,
  };
  const code = await main(argv, { out: (line) => { out += `${line}\n`; }, err: (line) => { err += `${line}\n`; }, env: {}, open: async () => chain, pause, stopped });
  return { code, out, err, sent };
}

const event = (method: string, data: object): object => ({ event: { section: 'research', method, data } });
const args = ({ names, args: given }: Made): Record<string, unknown> => Object.fromEntries(names.map((name, at) => [name, given[at]]));
const file = async (name: string, text = 'x'): Promise<string> => {
  await writeFile(join(path, name), text);
  return join(path, name);
};

test('help needs no chain, and names every command', async () => {
  const { code, out } = await run([]);
  assert.equal(code, 0);
  for (const command of ['datasets', 'study register', 'study amend', 'study show', 'request', 'cosign', 'follow', 'accept', 'report', 'output', 'renew', 'close-out', 'serve', 'ask', 'collect', 'answers', 'verify', 'audit', 'package']) {
    assert.match(out, new RegExp(`salus-research ${command}\\b`));
  }
});

test('wrong usage ends with 2 and one sentence, and a secret is not repeated', async () => {
  const protocol = await file('protocol.txt');
  for (const [argv, words] of [
    [['frobnicate'], /there is no command "frobnicate"/], [['study'], /there is no command "study"/], [['datasets', '--study', '1'], /datasets has no option --study/],
    [['datasets', '--term', 'XYZ'], /no term "XYZ"/], [['datasets', '--use', 'CANCER'], /no use "CANCER"/], [['datasets', '--matching'], /--matching needs --use/],
    [['datasets', 'x'], /does not know what to do with "x"/], [['follow'], /needs one REQUEST/], [['follow', '-1'], /Unknown option|whole number/], [['follow', '1.5'], /whole number/],
    [['study', 'register', '--organisation', '6', '--ethics', '5', '--protocol', protocol, '--folder', path], /needs --use/],
    [['study', 'register', '--organisation', '6', '--ethics', '5', '--use', 'GENERAL', '--protocol', protocol], /needs --folder/],
    [['study', 'register', '--organisation', '6', '--ethics', '5', '--use', 'GENERAL', '--protocol', join(path, 'none'), '--folder', join(path, 'f0')], /cannot be read/],
    [['request', '--study', '1', '--dataset', '7', '--use', 'BIOMEDICAL'], /needs --months/], [['request', '--study', '1', '--dataset', '7', '--months', '121'], /up to 120/],
    [['request', '--study', '1', '--dataset', '7', '--months', '3', '--publishes', 'maybe'], /is yes or no/], [['request', '--study', '1', '--dataset', '7', '--months', '3', '--region', 'Germany'], /country:276/],
    [['request', '--study', '1', '--dataset', '7', '--months', '3', '--disease', 'diabetes'], /such as MONDO/], [['request', '--study', '1', '--dataset', '7', '--months', '3', '--publishes-from', '2027-02-30'], /is a day/],
    [['output', '12', '--kind', 'poster', '--file', protocol, '--folder', path], /publication or return/], [['accept', '12', '--crypto', 'rsa'], /no kind of key/],
    [['ask', '--query', protocol, '--folder', join(path, 'f1')], /needs --permit/], [['ask', '--permit', '12', '--permit', '12', '--query', protocol, '--folder', join(path, 'f1')], /one permit twice/],
    [['ask', '--permit', '12', '--query', protocol, '--folder', join(path, 'f1')], /malformed/], [['serve', '--folder', path, '--listen', 'here'], /HOST:PORT/],
    [['package', '--folder', path, '--out', 'x', '--name', 'x', '--license', 'mine'], /address of a licence/], [['datasets', '--ws', 'ws://a', '--node', 'ws://b'], /either --node or --ws/],
    [['accept', '12', '--suri', 'hunter2'], /a secret does not belong/], [['accept', '12', '//hunter2'], /a secret does not belong/],
  ] as const) {
    const { code, out, err, sent } = await run(argv);
    assert.equal(code, 2, `${argv.join(' ')}: ${err}`);
    assert.match(err, words, argv.join(' '));
    assert.equal(err.trim().split('\n').length, 1, err);
    assert.ok(!`${out}${err}`.includes('hunter2'));
    assert.deepEqual(sent, []);
  }
});

test('datasets are found by terms, and what the chain\'s table says of a request is shown', async () => {
  const others = [
    dataset(), dataset({ id: 8, custodian: 5, version: version({ terms: { ...TERMS, permission: { Ds: HASH(1) }, modifiers: 0, months: 12 } }) }), dataset({ id: 9, retiredAt: NOW - DAY }),
  ];
  const asked: unknown[] = [];
  const state = {
    datasets: () => scale('Vec<RDataset>', others),
    matchTerms: (terms: { permission: object }, said: unknown) => {
      asked.push(said);
      return scale('RDecision', { version: 1, answer: 'Ds' in terms.permission ? { NoMatch: 'Biomedical' } : { Abstain: { Condition: 'Npu' } } });
    },
  };
  const ids = (out: string): string[] => [...out.matchAll(/^dataset (\d+)/gm)].map(([, id]) => id as string);
  const all = await run(['datasets'], { state });
  assert.deepEqual([all.code, ids(all.out)], [0, ['7', '8']]);
  assert.match(all.out, /dataset 7 of organisation 4: HMB, NPU\n  version 3, Below10000, counts of 10 people or more, committee 5/);
  for (const [argv, found] of [
    [['--term', 'NPU'], ['7']], [['--term', 'duo:0000007'], ['8']], [['--term', 'TS'], ['8']], [['--without', 'NPU'], ['8']], [['--custodian', '5'], ['8']],
    [['--retired'], ['7', '8', '9']], [['--term', 'HMB', '--term', 'TS'], []],
  ] as const) assert.deepEqual(ids((await run(['datasets', ...argv], { state })).out), found, argv.join(' '));
  const previewed = await run(['datasets', '--use', 'biomedical', '--months', '3', '--commercial', 'no'], { state });
  assert.match(previewed.out, /the committee decides: it is not known whether the organisation is not for profit/);
  assert.match(previewed.out, /the terms exclude it: they demand that biomedical research is permitted/);
  assert.deepEqual((asked[0] as Record<string, unknown>)['commercial'], 'No');
  assert.deepEqual(ids((await run(['datasets', '--use', 'BIOMEDICAL', '--matching'], { state })).out), []);
  // Where the table abstains and another rule excludes it all the same, the chain tells.
  const excluding = { ...state, excludedBy: () => some('RRule', 'General') };
  assert.match((await run(['datasets', '--use', 'CONTROL'], { state: excluding })).out, /exclude it: they demand that research in general/);
  const { datasets } = JSON.parse((await run(['datasets', '--json'], { state })).out) as { datasets: { id: number; duo: { id: string }[] | null }[] };
  assert.deepEqual(datasets.map(({ id, duo }) => [id, duo?.map((each) => each.id) ?? null]), [[7, ['DUO:0000006', 'DUO:0000045']], [8, null]], 'DS is a commitment, which DUO has no term for');
});

test('a study is registered with a commitment whose salt is kept before anything is sent', async () => {
  const [protocol, folder] = [await file('protocol-1.txt', 'The protocol'), join(path, 'study')];
  const argv = ['study', 'register', '--organisation', '6', '--ethics', '5', '--use', 'biomedical', '--use', 'METHODS', '--protocol', protocol, '--folder', folder];
  const shown = await run(argv);
  assert.deepEqual([shown.code, shown.sent], [0, []]);
  assert.match(shown.out, /To be signed: research\.registerStudy/);
  const done = await run([...argv, '--send'], { events: [event('StudyRegistered', { study: 3 })] });
  assert.equal(done.code, 0, done.err);
  assert.match(done.out, /Study 3\. Next: organisation 5 approves it/);
  const [call] = done.sent as [Made];
  const { protocol: commitment, ...rest } = args(call);
  assert.deepEqual(rest, { organisation: 6, ethics: 5, uses: 0b1_0010 });
  const salts = await readdir(join(folder, 'salts'));
  const kept = await Promise.all(salts.map(async (name) => JSON.parse(await readFile(join(folder, 'salts', name), 'utf8')) as { commitment: string; salt: string }));
  assert.ok(kept.some((each) => each.commitment === commitment && /^0x[0-9a-f]{64}$/.test(each.salt)));
  assert.equal(new Set(kept.map(({ commitment: each }) => each)).size, 2, 'each time with another salt');
  const amended = await run(['study', 'amend', '1', '--protocol', protocol, '--folder', folder, '--send']);
  assert.match(amended.out, /Its ethics approval ends with this/);
  assert.equal(amended.sent[0]?.call, 'amendStudy');
  assert.match((await run(['study', 'amend', '2', '--protocol', protocol, '--folder', folder])).err, /the chain has no study 2/);
});

test('a study is shown in words and as FHIR', async () => {
  assert.match((await run(['study', 'show', '1'])).out, /study 1 of organisation 6.*\n.*BIOMEDICAL\n.*approved until 2027-11-11/);
  const resource = JSON.parse((await run(['study', 'show', '1', '--fhir'])).out) as { resourceType: string; status: string };
  assert.deepEqual([resource.resourceType, resource.status], ['ResearchStudy', 'approved']);
  const lapsed = { study: () => some('RStudyInfo', { study: study(), approved: false }) };
  assert.match((await run(['study', 'show', '1'], { state: lapsed })).out, /no approval lasts/);
});

test('a request states what is written and no more, and is co-signed by the institution', async () => {
  const done = await run(['request', '--study', '1', '--dataset', '7', '--months', '12', '--for-profit', 'no', '--publishes-from', '2027-06-01', '--send'], { events: [event('AccessRequested', { request: 12 })] });
  assert.equal(done.code, 0, done.err);
  const { statement, ...rest } = args(done.sent[0] as Made);
  assert.deepEqual(rest, { organisation: 6, study: 1, dataset: 7, disease: null });
  assert.deepEqual(statement, {
    uses: 0b10, genotypes: 'Nothing', forProfit: 'No', commercial: 'Nothing', publishes: 'Nothing', collaborates: 'Nothing', returns: 'Nothing', ethicsApproved: 'Nothing', region: null,
    months: 12, publishesFrom: 1_811_808_000,
  });
  assert.match(done.out, /As things stand, the terms allow it\.[^]*Request 12\. Next: .* cosign 12 --send/);
  const waiting = { request: () => some('RRequestInfo', requestInfo({ stage: { AwaitingSignature: null } })) };
  const signed = await run(['cosign', '12', '--send'], { state: waiting });
  assert.deepEqual([signed.code, args(signed.sent[0] as Made)], [0, { organisation: 6, request: 12 }]);
  const late = await run(['cosign', '12', '--send']);
  assert.deepEqual([late.code, late.sent], [1, []]);
  assert.match(late.err, /request 12 has become a permit/);
});

test('follow says what is missing and until when', async () => {
  const stage = (name: string, more: object = {}) => ({ request: () => some('RRequestInfo', requestInfo({ stage: { [name]: null }, lapsesAt: NOW + DAY, ...more })) });
  const follow = async (state: Given['state'], code: number): Promise<string> => {
    const done = await run(['follow', '12'], state === undefined ? {} : { state });
    assert.equal(done.code, code, `${done.out}${done.err}`);
    return done.out;
  };
  assert.match(await follow(stage('AwaitingSignature'), 0), /waits for the co-signature[^]*until 2027-01-16 08:00 UTC; then it lapses/);
  assert.match(await follow(stage('Voting'), 0), /is with the committee[^]*3 for, 0 against; 3 are needed/);
  assert.match(await follow(stage('Approved'), 0), /accept the terms/);
  assert.match(await follow(stage('Rejected'), 3), /was rejected/);
  assert.match(await follow({ request: () => some('RRequestInfo', requestInfo({ stage: { Excluded: 'Ncu' } })) }, 3), /excluded for good: the terms demand that the use is not commercial/);
  const active = await follow(undefined, 0);
  assert.match(active, /permit 12: it is active\n  it lasts until 2027-11-21/);
  assert.match(active, /ethics approval lasts until 2027-11-11[^]*report of year 1 is overdue from 2027-12-26[^]*withdrawal epoch is overdue from 2027-02-04[^]*epsilon left .* 0\.7 of 1/);
  const suspended = await follow({ permit: () => some('RPermitInfo', permitInfo({ standing: { Suspended: 0b10_1001 } })) }, 3);
  for (const words of [/no ethics approval/, /terms have changed: accept them/, /yearly report is overdue/]) assert.match(suspended, words);
  assert.match(await follow({ permit: () => some('RPermitInfo', permitInfo({ standing: { Ended: 'Revoked' } })) }, 3), /was revoked[^]*destruction of the data is to be attested by/);
  assert.deepEqual(nextReport({ from: 0, reports: [{ year: 1, at: 1, commitment: HASH(1) }, { year: 3, at: 1, commitment: HASH(1) }] }, 10), { year: 2, overdueFrom: 2 * 365 * DAY + 10 });
});

test('terms are accepted as they are in force, reports take the year that is due, and the rest goes to its call', async () => {
  const folder = join(path, 'permits');
  const report = await file('report.txt');
  assert.deepEqual(args((await run(['accept', '12', '--send'])).sent[0] as Made), { organisation: 6, request: 12, version: 3 });
  assert.match((await run(['accept', '12', '--version', '2', '--send'])).err, /version 3 of dataset 7 is in force, and not 2/);
  const filed = args((await run(['report', '12', '--file', report, '--folder', folder, '--send'], { state: { permit: () => some('RPermitInfo', permitInfo({}, { reports: [{ filed: { year: 1, at: 1 }, commitment: HASH(1) }] })) } })).sent[0] as Made);
  assert.deepEqual([filed['year'], filed['permit']], [2, 12]);
  assert.equal(args((await run(['output', '12', '--kind', 'publication', '--file', report, '--folder', folder, '--send'])).sent[0] as Made)['kind'], 'Publication');
  assert.deepEqual(args((await run(['renew', '12', '--send'])).sent[0] as Made), { organisation: 6, permit: 12 });
  const renewed = await run(['renew', '12', '--send'], { state: { permit: () => some('RPermitInfo', permitInfo({}, { permit: { period: { from: 1, until: 2 }, renewal: { at: 1, until: 3 }, ended: null } })) } });
  assert.match(renewed.err, /was renewed once/);
});

test('close-out asks for the outputs of the terms that were last accepted, and for none after a revocation', async () => {
  const report = await file('destroyed.txt');
  /** PUB and RTN. */
  const [pub, rtn] = [{ ...TERMS, modifiers: 0b10_0000 }, { ...TERMS, modifiers: 0b1_0000_0000 }];
  const close = async (state: Given['state']): Promise<string> => {
    const { out, sent } = await run(['close-out', '12', '--file', report, '--folder', join(path, 'closing'), '--send'], state === undefined ? {} : { state });
    assert.equal(sent[0]?.call, 'closeOut');
    return out;
  };
  const inForce = (terms: object, more: object = {}) => () => some('RDataset', dataset({ version: version({ terms, ...more }) }));
  // Version 3, with the first terms, was accepted 50 days ago.
  const accepted = (terms: object, next?: object) => (_: number, at: number) =>
    some('RVersion', next !== undefined && at >= NOW - 50 * DAY ? version({ number: 4, termsVersion: 2, terms: next }) : version({ terms }));
  const [asked, none] = [/last accepted demand a publication \(PUB\), and none is recorded: salus-research output 12 --kind publication/, /demand/];
  assert.match(await close({ versionAt: accepted(pub), dataset: inForce(pub) }), asked);
  assert.match(await close({ versionAt: accepted(rtn), dataset: inForce(TERMS) }), /demand a return \(RTN\)/, 'the terms in force do not matter');
  assert.doesNotMatch(await close({ versionAt: accepted(TERMS), dataset: inForce(pub, { number: 4, termsVersion: 2 }) }), none, 'a tightening that nobody accepted');
  // Terms that came in the second of the acceptance are what the chain answers for the end of that second.
  assert.match(await close({ versionAt: accepted(pub, TERMS) }), asked);
  assert.doesNotMatch(await close({ versionAt: accepted(TERMS, pub) }), none);
  const published = { permit: () => some('RPermitInfo', permitInfo({}, { outputs: [{ kind: 'Publication', commitment: HASH(1), at: NOW - DAY }] })) };
  assert.doesNotMatch(await close({ ...published, versionAt: accepted(pub) }), none);
  const revoked = { permit: () => some('RPermitInfo', permitInfo({ standing: { Ended: 'Revoked' } }, { revoked: 'Order' })) };
  assert.doesNotMatch(await close({ ...revoked, versionAt: accepted(pub), dataset: inForce(pub) }), none);
});

// Asking.

const QUERY = JSON.stringify({ groups: [{ code: 'asthma', from: '2024-01', until: '2024-12' }], valueSet: refTo({ id: 'example', version: 1, codes: [{ code: 'asthma', of: [{ system: 's', code: 'c' }] }] }) });

/** A chain with a permit for each of the datasets 7, 8, 9 of the organisations 4, 5, 6. */
const SITES: Given['state'] = {
  permit: (id: number) => some('RPermitInfo', permitInfo({ id }, { dataset: id - 5 })), permitAt: () => some('RStanding', { Active: null }),
  dataset: (id: number) => some('RDataset', dataset({ id, custodian: id - 3 })), study: () => some('RStudyInfo', { study: study(), approved: true }),
};

async function asking(name: string): Promise<{ answers: FakeAnswers; sites: [Site, Site, Site]; folder: ResearchFolder; argv: string[] }> {
  const answers = new FakeAnswers();
  const sites = [await Site.of(answers, 4), await Site.of(answers, 5), await Site.of(answers, 6)] as [Site, Site, Site];
  const folder = await ResearchFolder.open(join(path, name), true);
  for (const { custodian, profile } of sites) await writeFile(join(folder.path, 'profiles', `${custodian}.json`), JSON.stringify({ organisation: custodian, ...profile }));
  return { answers, sites, folder, argv: ['ask', '--permit', '12', '--permit', '13', '--permit', '14', '--query', await file(`${name}.json`, QUERY), '--folder', folder.path, '--wait', '3'] };
}

test('one query is asked at several sites: a line each, a range, and never a sum', async () => {
  const { answers, sites, folder, argv } = await asking('ask');
  const pause = async (): Promise<void> => {
    for await (const { custodian, signed } of folder.jobs()) {
      const site = sites[custodian - 4] as Site;
      if (custodian === 4) await folder.keepReply(signed.job.id, await site.answer(signed, await replied(site, answers, signed.job.id, () => site.count(answers, signed, { count: 125 }))));
      if (custodian === 5) await folder.keepReply(signed.job.id, await site.answer(signed, await replied(site, answers, signed.job.id, () => site.count(answers, signed, { fewerThan: 10 }))));
    }
  };
  // A site counts a job once, however often it is asked.
  const counts = new Map<string, ReturnType<Site['count']>>();
  const replied = async (_: Site, __: FakeAnswers, id: string, count: () => ReturnType<Site['count']>) => {
    const found = counts.get(id) ?? count();
    counts.set(id, found);
    return found;
  };
  const { code, out } = await run(argv, { state: SITES, answers, pause });
  assert.equal(code, 3, 'one is silent');
  assert.match(out, /organisation 4, dataset 7: about 125 \(version 3, epoch 2, epsilon 0\.1, counted 2027-01-15 07:59 UTC\)/);
  assert.match(out, /organisation 5, dataset 8: fewer than 10/);
  assert.match(out, /organisation 6, dataset 9: silent so far; it can answer until 2027-01-16/);
  assert.match(out, /Together between 125 and 135 people at the 2 sites that answered.*not added up/);
  assert.match(out, /1 of 3 sites are not in it/);
  const kept = await run(['answers', '--folder', folder.path]);
  assert.match(kept.out, /2 answers/);
  const formed = async (form: string) => {
    const { code: ended, out: lines, err } = await run(['answers', '--folder', folder.path, '--form', form]);
    return { ended, err, lines: lines.trim().split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as { responseSummary?: unknown; resourceType?: string; group?: unknown }) };
  };
  const beacon = await formed('beacon');
  assert.deepEqual([beacon.ended, ...beacon.lines.map(({ responseSummary }) => responseSummary)], [
    0, { countAdjustedTo: ['multiples of 5'], countPrecision: 'rounded', exists: true, numTotalResults: 125 }, { exists: false },
  ]);
  assert.deepEqual((await formed('measure-report')).lines.map(({ resourceType }) => resourceType), ['MeasureReport', 'MeasureReport']);
  const both = JSON.parse((await run(['answers', '--folder', folder.path, '--form', 'measure-report', '--json'])).out) as { answers: { period: unknown }[] };
  assert.deepEqual(both.answers.map(({ period }) => period), [{ start: '2024-01', end: '2024-12' }, { start: '2024-01', end: '2024-12' }]);
  const wrong = await formed('hl7');
  assert.deepEqual([wrong.ended, /--form is beacon or measure-report, not "hl7"/.test(wrong.err)], [2, true]);
  const [first] = await folder.answers();
  const verified = await run(['verify', first?.left.signed.job.id ?? '', '--folder', folder.path], { answers });
  assert.equal(verified.code, 0, verified.err);
  assert.match(verified.out, /believed: about 125[^]*signed by organisation 4; budget reserved .* as its query 0 and settled .*, proved as of block 200/);
  assert.equal((await run(['verify', join(folder.path, 'answers', first?.left.signed.job.id ?? '')], { answers })).code, 0);
  const audited = await run(['audit', '--folder', folder.path], { answers });
  assert.deepEqual([audited.code, /2 answers, 2 of them believed; 0 findings/.test(audited.out)], [0, true]);
  // Without its reservation the same answer is refused.
  answers.reserved.length = 0;
  const refused = await run(['verify', first?.left.signed.job.id ?? '', '--folder', folder.path], { answers });
  assert.deepEqual([refused.code, /REFUSED: organisation 4 has reserved no query 0 .*neverReserved/.test(refused.out)], [3, true]);
  const found = await run(['audit', '--folder', folder.path], { answers });
  assert.deepEqual([found.code, /answer without a reservation: organisation 4/.test(found.out)], [3, true]);
  const out2 = join(path, 'crate');
  const packed = await run(['package', '--folder', folder.path, '--out', out2, '--name', 'Asthma', '--license', 'https://creativecommons.org/licenses/by/4.0/']);
  assert.deepEqual([packed.code, /2 answers, 12 files/.test(packed.out)], [0, true]);
  assert.equal((await run(['package', '--folder', folder.path, '--out', out2, '--name', 'Asthma', '--license', 'https://creativecommons.org/licenses/by/4.0/'])).code, 2);
});

test('nothing is left for any site if something is wrong with one of them', async () => {
  const { answers, sites: [, , third], folder, argv } = await asking('all');
  const profileOf6 = join(folder.path, 'profiles', '6.json');
  await rm(profileOf6);
  const left = async (): Promise<number> => {
    let jobs = 0;
    for await (const _ of folder.jobs()) jobs += 1;
    return jobs;
  };
  const missing = await run(argv, { state: SITES, answers });
  assert.deepEqual([missing.code, await left()], [1, 0], missing.err);
  assert.match(missing.err, /the profile of organisation 6 is missing/);
  assert.doesNotMatch(missing.out, /left job/);
  await writeFile(profileOf6, JSON.stringify({ organisation: 6, ...third.profile }));
  // The last permit is for a study that another leads.
  const ofAnother = {
    ...SITES, permit: (id: number) => some('RPermitInfo', permitInfo({ id }, { dataset: id - 5, study: id === 14 ? 2 : 1 })),
    study: (id: number) => some('RStudyInfo', { study: study(id === 2 ? { investigator: BOB } : {}), approved: true }),
  };
  const wrong = await run(argv, { state: ofAnother, answers });
  assert.deepEqual([wrong.code, await left()], [2, 0], wrong.err);
  assert.match(wrong.err, /does not lead study 2/);
  // A permit that is not active is told of, and keeps nobody else from being asked.
  const suspended = { ...SITES, permitAt: (id: number) => some('RStanding', id === 14 ? { Suspended: 0b10 } : { Active: null }) };
  const asked = await run(argv, { state: suspended, answers });
  assert.deepEqual([asked.out.match(/^left job/gm)?.length, await left()], [2, 2], asked.err);
  assert.match(asked.out, /organisation 6, dataset 9: not asked: permit 14/);
});

test('a site that is asked under two permits has a line for each, and is in a range once', async () => {
  const { answers, sites, folder, argv } = await asking('twice');
  // Permits 12 and 15 are for dataset 7 of organisation 4, 13 is for dataset 8 of organisation 5.
  const twice: Given['state'] = { ...SITES, permit: (id: number) => some('RPermitInfo', permitInfo({ id }, { dataset: id === 15 ? 7 : id - 5 })) };
  const permitOf = answers.permit.bind(answers);
  answers.permit = (id) => permitOf(id === 15 ? 12 : id);
  const counts = new Map<number, ReturnType<Site['count']>>();
  const pause = async (): Promise<void> => {
    for await (const { custodian, signed } of folder.jobs()) {
      const site = sites[custodian - 4] as Site;
      // The same query of the same version is answered once, and that is told to each permit.
      const count = counts.get(custodian) ?? site.count(answers, signed, custodian === 4 ? { count: 125 } : { fewerThan: 10 });
      counts.set(custodian, count);
      await folder.keepReply(signed.job.id, await site.answer(signed, count));
    }
  };
  const asked = (...permits: string[]) => run([argv[0] as string, ...permits.flatMap((permit) => ['--permit', permit]), ...argv.slice(7)], { state: twice, answers, pause });
  const lines = (out: string): number => out.match(/organisation 4, dataset 7: about 125/g)?.length ?? 0;
  const one = await asked('12', '15');
  assert.deepEqual([one.code, lines(one.out)], [0, 2], one.out);
  assert.match(one.out, /One site has answered/);
  const two = await asked('12', '15', '13');
  assert.deepEqual([two.code, lines(two.out)], [0, 2], two.out);
  assert.match(two.out, /Together between 125 and 135 people at the 2 sites that answered/);
  assert.doesNotMatch(two.out, /sites are not in it/);
});

test('an audit looks at every reply in the folder, believed or not', async () => {
  const { answers, sites: [site, other, third], folder, argv } = await asking('audit');
  let asked = false;
  const pause = async (): Promise<void> => {
    if (asked) return;
    asked = true;
    for await (const { custodian, signed } of folder.jobs()) {
      // The first site signs a count for which it has reserved nothing; the second one refuses; of the third one's there is a reservation.
      if (custodian === 4) await folder.keepReply(signed.job.id, await site.answer(signed, site.count(answers, signed, { count: 125 }, { reserve: false })));
      if (custodian === 5) await folder.keepReply(signed.job.id, await other.refuse(signed, { code: 'budgetSpent', lapses: [] }));
      if (custodian === 6) await folder.keepReply(signed.job.id, await third.answer(signed, third.count(answers, signed, { count: 50 })));
    }
  };
  const { out: told } = await run(argv, { state: SITES, answers, pause });
  assert.match(told, /organisation 4, dataset 7: its answer is refused: organisation 4 has reserved no query 0/);
  assert.equal((await folder.answers()).length, 1, 'what is not believed is not kept as an answer');
  const audit = async () => {
    const { code, out } = await run(['audit', '--folder', folder.path, '--json'], { answers });
    const { findings, ...counts } = JSON.parse(out) as { findings: { finding: string; custodian: number; job?: string }[]; answers: number; believed: number; refusals: number };
    return { code, counts, findings: findings.map(({ finding, custodian }) => [custodian, finding]) };
  };
  assert.deepEqual(await audit(), { code: 3, counts: { answers: 2, believed: 1, refusals: 1 }, findings: [[4, 'withoutReservation']] });
  const { out } = await run(['audit', '--folder', folder.path], { answers });
  assert.match(out, /answer without a reservation: organisation 4, job 0x[^]*2 answers, 1 of them believed; 1 finding, as of block 200\n1 refusal besides/);

  // The third site tells another count under the reservation of the first one; and something lies there that is no reply.
  await run(argv, { state: SITES, answers });
  let seen = 0;
  for await (const { custodian, signed } of folder.jobs(3)) {
    seen += 1;
    const again = third.count(answers, signed, { count: 80 }, { reserve: false, over: { reservation: 0, query: answers.reserved[0]?.query.commitment as Hex } });
    const [first] = await folder.answers() as [KeptAnswer];
    if (custodian === 6) await folder.keepReply(signed.job.id, await third.answer(signed, { ...again, querySalt: first.left.signed.job.salt }));
    if (custodian === 5) await folder.keepReply(signed.job.id, 'no reply');
    if (custodian === 4) await folder.keepReply(signed.job.id, 'x'.repeat(9_000));
  }
  assert.equal(seen, 3);
  const { code, findings, counts } = await audit();
  assert.deepEqual([code, counts], [3, { answers: 3, believed: 1, refusals: 1 }]);
  assert.deepEqual(findings, [[4, 'withoutReservation'], [4, 'unreadable'], [5, 'unreadable'], [6, 'notBelieved'], [6, 'usedTwice']]);
});

/** A receipt of `salus-verify`'s vectors, of a chain that was made by hand. */
const vector = (name: string): { receipt: receipts.ReservationReceipt; expectGenesis: string } =>
  JSON.parse(repositoryFile(`docs/vectors/reservations-chain/${name}.json`)) as { receipt: receipts.ReservationReceipt; expectGenesis: string };

test('with an answer the signatures are kept that made its block final, at once or when it is collected', async () => {
  const usual = JSON.parse(repositoryFile('docs/vectors/reservations-chain/usual.json')) as { genesis: unknown; trail: unknown };
  const { answers, sites, folder, argv } = await asking('receipts');
  await run(argv, { state: SITES, answers });
  for await (const { custodian, signed } of folder.jobs()) {
    if (custodian === 4) await folder.keepReply(signed.job.id, await (sites[0] as Site).answer(signed, (sites[0] as Site).count(answers, signed, { count: 100 })));
  }
  const first = await run(['collect', '--folder', folder.path], { answers });
  assert.match(first.out, /organisation 4, dataset 7: about 100 \([^)]*\); kept without the signatures that made its block final \(no receipt: nothing became final\): collect looks for them again/);
  assert.match((await run(['answers', '--folder', folder.path])).out, /proved as of block 200, which a node said is final/);
  const [kept] = await folder.answers() as [KeptAnswer];
  const { id } = kept.left.signed.job;
  const offline = ['--offline', '--genesis', vector('settled').expectGenesis, '--genesis-file', await file('genesis.json', JSON.stringify(usual.genesis)), '--trail', await file('trail.json', JSON.stringify(usual.trail))];
  const unproven = await run(['verify', id, '--folder', folder.path, ...offline]);
  assert.deepEqual([unproven.code, /REFUSED: no signatures are kept .*unproven/.test(unproven.out)], [3, true]);

  const asked: unknown[] = [];
  const receipt = async (...of: number[]): Promise<receipts.ReservationReceipt> => { asked.push(of); return vector('settled').receipt; };
  const second = await run(['collect', '--folder', folder.path], { answers, receipt });
  assert.doesNotMatch(second.out, /without the signatures/);
  await run(['collect', '--folder', folder.path], { answers, receipt });
  assert.deepEqual(asked, [[4, 0]], 'what was proved once is proved');
  assert.match((await run(['answers', '--folder', folder.path])).out, /proved as of block 335, with the signatures that made it final/);
  assert.deepEqual((await folder.answers())[0]?.proof, vector('settled').receipt);
  const answer = JSON.parse(await readFile(join(folder.path, 'answers', id, 'answer.json'), 'utf8')) as { count: { result: unknown } };
  assert.deepEqual(answer.count.result, { count: 100 });
  // It is of another chain than the answer: its signatures hold, and the answer is not believed.
  const other = await run(['verify', id, '--folder', folder.path, ...offline]);
  assert.deepEqual([other.code, /REFUSED: the profile is not what organisation 4 has committed to/.test(other.out)], [3, true]);
  const wrong = await run(['verify', id, '--folder', folder.path, ...offline.map((each) => (each === vector('settled').expectGenesis ? HASH(1) : each))]);
  assert.deepEqual([wrong.code, /other chain|another chain/.test(wrong.err)], [1, true], wrong.err);
  for (const [line, words] of [
    [['verify', id, '--folder', folder.path, '--offline'], /needs --genesis HASH/], [['verify', id, '--folder', folder.path, '--offline', '--genesis', HASH(1)], /needs --genesis-file FILE/],
    [['verify', id, '--folder', folder.path, '--trail', 'x'], /--trail is about verify --offline/], [['verify', id, '--folder', folder.path, '--offline', '--genesis', 'x'], /64 digits/],
    [['verify', id, '--folder', folder.path, ...offline, '--relay-genesis', HASH(1)], /about a parachain/],
  ] as const) {
    const { code, err } = await run([...line]);
    assert.deepEqual([code, words.test(err)], [2, true], err);
  }
});

test('what comes after asking is collected, each query by itself, and a site that was asked twice is in a range once', async () => {
  const { answers, sites, folder, argv } = await asking('collect');
  assert.match((await run(argv, { state: SITES, answers })).out, /No site has answered/);
  // The first site is asked again, and another query at it.
  const other = await file('collect-other.json', QUERY.replace('2024-01', '2023-01'));
  const again = [...argv.slice(0, 3), ...argv.slice(7)];
  await run(again, { state: SITES, answers });
  await run(again.map((word) => (word.endsWith('collect.json') ? other : word)), { state: SITES, answers });
  for await (const { custodian, signed } of folder.jobs()) {
    if (custodian === 6) continue;
    const site = sites[custodian - 4] as Site;
    await folder.keepReply(signed.job.id, await site.answer(signed, site.count(answers, signed, { count: 100 })));
  }
  const { code, out } = await run(['collect', '--folder', folder.path], { answers });
  assert.equal(code, 3);
  assert.match(out, /Query of [^]*organisation 4[^]*organisation 5[^]*organisation 6, dataset 9: silent[^]*Together between 100 and 200 people at the 2 sites[^]*Query of [^]*2023-01[^]*One site has answered/);
  assert.equal((await folder.answers()).length, 4);
  assert.match((await run(['collect', '--folder', join(path, 'nowhere')], { answers })).err, /no folder of salus-research/);
});

test('refusals, old versions, and what is not believed are told apart', async () => {
  const { answers, sites, folder, argv } = await asking('refusals');
  let done = false;
  const pause = async (): Promise<void> => {
    if (done) return;
    done = true;
    for await (const { custodian, signed } of folder.jobs()) {
      const site = sites[custodian - 4] as Site;
      const says = [
        () => site.refuse(signed, { code: 'permitSuspended', lapses: ['Ethics', 'Report'] }), () => site.refuse(signed, { code: 'oldVersion', lapses: [] }),
        async () => site.answer(signed, site.count(answers, signed, { count: 125 }, { reserve: false })),
      ][custodian - 4] as () => Promise<string>;
      await folder.keepReply(signed.job.id, await says());
    }
  };
  const { code, out } = await run([...argv, '--json'], { state: SITES, answers, pause });
  assert.equal(code, 3);
  const { sites: told, range } = JSON.parse(out) as { sites: { outcome: string; words: string }[]; range?: unknown };
  assert.deepEqual(told.map(({ outcome }) => outcome), ['refused', 'oldVersion', 'notBelieved']);
  assert.match(told[0]?.words ?? '', /permit is suspended \(permitSuspended\): no ethics approval.*report is overdue/);
  assert.match(told[1]?.words ?? '', /old version: .*another version of the dataset is in force/);
  assert.match(told[2]?.words ?? '', /refused: organisation 6 has reserved no query/);
  assert.equal(range, undefined);
  assert.deepEqual(await folder.answers(), []);
});

test('an answer whose reservation this node does not see yet is looked at again until the time is over', async () => {
  const { answers, sites: [site], folder, argv } = await asking('late');
  const one = [...argv.slice(0, 3), ...argv.slice(7)];
  const later: FakeAnswers['reserved'] = [];
  let looks = 0;
  const pause = async (): Promise<void> => {
    looks += 1;
    for await (const { signed } of folder.jobs()) {
      if (looks === 1) {
        await folder.keepReply(signed.job.id, await site.answer(signed, site.count(answers, signed, { count: 125 })));
        later.push(...answers.reserved.splice(0));
      }
      if (looks === 2) answers.reserved.push(...later);
    }
  };
  const { code, out } = await run(one, { state: SITES, answers, pause });
  assert.deepEqual([code, looks], [0, 2], out);
  assert.match(out, /organisation 4, dataset 7: about 125[^]*One site has answered/);
});

test('a refusal in a site\'s name that it has not signed is not believed', async () => {
  const { answers, sites, folder, argv } = await asking('forged');
  const stranger = await Site.of(new FakeAnswers(), 4);
  const pause = async (): Promise<void> => {
    for await (const { custodian, signed } of folder.jobs()) if (custodian === 4) await folder.keepReply(signed.job.id, await stranger.refuse(signed, { code: 'budgetSpent', lapses: [] }));
  };
  const { out } = await run(argv, { state: SITES, answers, pause });
  assert.match(out, /organisation 4, dataset 7: its answer is refused: no key of organisation 4's profile has signed it/);
  assert.equal(sites.length, 3);
});

test('nothing is asked without an active permit, by somebody else, of an unknown custodian, or of a node of yesterday', async () => {
  const { answers, folder, argv } = await asking('not-asked');
  const suspended = await run(argv, { state: { ...SITES, permitAt: () => some('RStanding', { Suspended: 0b1 }) }, answers });
  assert.deepEqual([suspended.code, /not asked: permit 12: it is suspended: no ethics/.test(suspended.out)], [3, true]);
  const bob = new Keyring({ type: 'sr25519' }).addFromUri('//Bob');
  assert.equal(bob.address, BOB);
  assert.match((await run(argv, { state: SITES, answers, signer: bob })).err, /does not lead study 1/);
  assert.match((await run(argv, { state: SITES, answers, problem: 'it has no peers' })).err, /nothing is asked while the node cannot be relied on/);
  assert.match((await run(argv, { state: { ...SITES, permit: () => none('RPermitInfo') }, answers })).err, /has no permit 12/);
  await rm(join(folder.path, 'profiles', '4.json'));
  assert.match((await run(argv, { state: SITES, answers })).err, /profile of organisation 4 is missing/);
  for await (const _ of folder.jobs()) assert.fail('a job was left');
});

test('the mailbox is served until it is told to stop', async () => {
  const folder = join(path, 'served');
  await mkdir(folder);
  assert.match((await run(['serve', '--folder', folder])).err, /tokens\.json is missing/);
  await writeFile(join(folder, 'tokens.json'), JSON.stringify([{ custodian: 4, datasets: [7], token: 'a'.repeat(40) }]));
  await chmod(join(folder, 'tokens.json'), 0o600);
  let said = '';
  let status = 0;
  const code = await main(['serve', '--folder', folder, '--listen', '127.0.0.1:0'], {
    out: (line) => { said += `${line}\n`; }, err: () => undefined, env: {},
    stopped: async () => {
      const [, base] = /(http:\/\/127\.0\.0\.1:\d+)/.exec(said) as unknown as [string, string];
      status = (await fetch(`${base}/v1/datasets/7/jobs`, { headers: { authorization: `Bearer ${'a'.repeat(40)}` } })).status;
    },
  });
  assert.deepEqual([code, status], [0, 200]);
  assert.match(said, /for 1 site at http/);
});

test('the exit code tells wrong usage from what the chain refused and from what nobody knows', () => {
  assert.equal(exitCodeOf(new InvalidArgument('x', 'y')), 2);
  assert.equal(exitCodeOf(new ConnectionFailed('x')), 1);
  const sent = { signer: 'x', nonce: 1, call: 'x', method: '0x00', hashes: [] as Hex[], after: 1, until: 9 };
  assert.equal(exitCodeOf(new TransactionLost('x', 'unknown', sent)), 4);
  assert.equal(exitCodeOf(new TransactionLost('x', 'never', sent)), 1);
});
