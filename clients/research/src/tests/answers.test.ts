/** Whether answers are believed, the folder in which they are kept, the mailbox, the audit and the research object. */
import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Keyring } from '@polkadot/keyring';
import type { KeyringPair } from '@polkadot/keyring/types';
import { cryptoWaitReady } from '@polkadot/util-crypto';
import type { ApiPromise } from '@salus/client';
import { newProfile } from '@salus/exchange';
import { IntegrityBroken, toHex, type Hex } from '@salus/types';
import { auditAnswers, findingInWords, type Finding } from '../answers/audit.js';
import { CRATE_METADATA, crateOf, writeCrate } from '../answers/crate.js';
import { FolderUnsound, readAnswer, ResearchFolder, type KeptAnswer } from '../answers/folder.js';
import { makeJob, readJob, type Job, type SignedJob } from '../answers/job.js';
import { mailboxServer } from '../answers/mailbox.js';
import { fetchProof, openProof, proofText, queryKey, readProof } from '../answers/proof.js';
import { queryCommitment, readQuery, refTo, type CountQuery, type ValueSet } from '../answers/query.js';
import { resultCommitment, type Told } from '../answers/reply.js';
import { AnswerRefused, verifyAnswer, verifyByReceipt, type Doubt } from '../answers/verify.js';
import { HASH, NOW } from './scene.js';
import { FakeAnswers, GENESIS, proofOf, Site } from './site.js';

const VALUES: ValueSet = { id: 'example', version: 1, codes: [{ code: 'asthma', of: [{ system: 'http://snomed.info/sct', code: '195967001' }] }] };
const QUERY: CountQuery = { groups: [{ code: 'asthma', from: '2024-01', until: '2024-12' }], valueSet: refTo(VALUES) };
const TOKEN = 'a'.repeat(40);

let alice: KeyringPair;
let path: string;
before(async () => {
  await cryptoWaitReady();
  alice = new Keyring({ type: 'sr25519' }).addFromUri('//Alice');
  path = await mkdtemp(join(tmpdir(), 'salus-research-'));
});
after(() => rm(path, { recursive: true, force: true }));

const job = (dataset = 7, more: Partial<Parameters<typeof makeJob>[1]> = {}): Promise<SignedJob> =>
  makeJob(alice, { genesis: GENESIS, permit: dataset + 5, dataset, version: 3, query: QUERY, now: NOW - 100, life: 3_600, ...more });

async function scene(): Promise<{ chain: FakeAnswers; site: Site; signed: SignedJob }> {
  const chain = new FakeAnswers();
  return { chain, site: await Site.of(chain, 4), signed: await job() };
}

const doubts = async (doubt: Doubt, verified: Promise<unknown>): Promise<void> => {
  await assert.rejects(verified, (error) => {
    assert.ok(error instanceof AnswerRefused, String(error));
    assert.equal(error.doubt, doubt, error.message);
    return true;
  });
};

test('an answer is believed that is signed, to the job, reserved, settled and under an active permit', async () => {
  const { chain, site, signed } = await scene();
  const reply = await site.answer(signed, site.count(chain, signed, { count: 125 }));
  const { count, block, reservedAt, settledAt, proof } = await verifyAnswer(chain, signed, reply, 4, site.profile);
  assert.deepEqual([count.result, block.number, reservedAt, settledAt], [{ count: 125 }, 200, NOW - 40, NOW - 20]);
  assert.deepEqual(readProof(proofText(proof)), proof);
  // The same count is told again, to another job with a salt of its own, under the first one's reservation.
  const again = await job();
  const told = await site.answer(again, site.count(chain, signed, { count: 125 }, { reserve: false, over: { reservation: 0 } }), {});
  assert.notEqual(again.job.salt, signed.job.salt);
  await doubts('otherResult', verifyAnswer(chain, again, told, 4, site.profile));
});

test('a count that was told before is told again, with the salt of the first', async () => {
  const { chain, site, signed } = await scene();
  const first = site.count(chain, signed, { fewerThan: 10 });
  const again = await job();
  const { count } = await verifyAnswer(chain, again, await site.answer(again, first), 4, site.profile);
  assert.deepEqual(count, first.count);
});

test('an answer that was never reserved is refused, whatever it says', async () => {
  const { chain, site, signed } = await scene();
  await doubts('neverReserved', verifyAnswer(chain, signed, await site.answer(signed, site.count(chain, signed, { count: 125 }, { reserve: false })), 4, site.profile));
  // Somebody else's reservation does not serve it.
  const other = await job(7, { query: { ...QUERY, groups: [{ code: 'asthma', from: '2023-01', until: '2023-12' }] } });
  site.count(chain, other, { count: 5 });
  const unreserved = site.count(chain, signed, { count: 125 }, { reserve: false, over: { reservation: 0 } });
  await doubts('neverReserved', verifyAnswer(chain, signed, await site.answer(signed, unreserved), 4, site.profile));
});

test('each thing that speaks against an answer is found', async () => {
  const { chain, site, signed } = await scene();
  const good = site.count(chain, signed, { count: 125 });
  const reply = await site.answer(signed, good);
  const verify = (text: string, of = signed): Promise<unknown> => verifyAnswer(chain, of, text, 4, site.profile);
  await verify(reply);
  await doubts('otherJob', verify(reply, await job()));
  await doubts('otherJob', verifyAnswer(chain, signed, await site.answer(signed, good, { custodian: 5 }), 4, site.profile));
  await doubts('profile', verifyAnswer(chain, signed, reply, 4, newProfile('Hospital 4', { keys: site.profile.keys ?? [] })));
  await doubts('signature', verify(await site.sign({ custodian: 4, dataset: 7, genesis: GENESIS, job: signed.job.id, permit: 12, told: NOW, says: { answer: good } }, (await Site.of(new FakeAnswers(), 4)).key)));
  await doubts('otherCount', verify(await site.answer(signed, { ...good, count: { ...good.count, version: 2 } })));
  await doubts('otherQuery', verify(await site.answer(signed, { ...good, querySalt: HASH(1) })));
  await doubts('otherResult', verify(await site.answer(signed, { ...good, count: { ...good.count, result: { count: 130 } } })));
  await doubts('otherResult', verify(await site.answer(signed, { ...good, resultSalt: HASH(1) })));
  await doubts('otherReservation', verify(await site.answer(signed, { ...good, count: { ...good.count, epsilon: 50_000 } })));
  await doubts('refused', verify(await site.refuse(signed, { code: 'budgetSpent', lapses: [] })));
  chain.standing = { standing: 'Suspended', lapses: ['Licence'] };
  await doubts('permit', verify(reply));
  chain.standing = undefined;
  await doubts('permit', verify(reply));
  chain.standing = { standing: 'Active' };
  for (const [change, doubt] of [
    [{ dataset: { custodian: 9 } }, 'otherDataset'], [{ permit: { dataset: 8 } }, 'otherDataset'], [{ version: { epoch: 3 } }, 'otherVersion'], [{ version: { number: 4 } }, 'otherVersion'],
  ] as const) {
    chain.change = change;
    await doubts(doubt, verify(reply));
  }
  chain.change = {};
  for (const blocks of [[], [{ number: 123, hash: HASH(2), moment: NOW - 30 }], [{ number: 123, hash: HASH(0xb1), moment: NOW - 29 }]]) {
    chain.blocks = blocks;
    await doubts('otherBlock', verify(reply));
  }
  const open = await job();
  await doubts('notSettled', verify(await site.answer(open, site.count(chain, open, { count: 5 }, { settle: false })), open));
});

test('an answer that was counted before its reservation, or after its settlement, is refused', async () => {
  for (const [moment, is] of [[NOW - 41, false], [NOW - 40, true], [NOW - 20, true], [NOW - 19, false]] as const) {
    const { chain, site, signed } = await scene();
    chain.blocks = [{ number: 123, hash: HASH(0xb1), moment }];
    const reply = await site.answer(signed, site.count(chain, signed, { count: 125 }, { over: { moment } }));
    const verified = verifyAnswer(chain, signed, reply, 4, site.profile);
    await (is ? verified : doubts('otherBlock', verified));
  }
});

test('an answer about fewer people than the dataset may tell of is refused, and an audit names it', async () => {
  const { chain, site } = await scene();
  const told = async (result: Told): Promise<{ signed: SignedJob; reply: string; reservation: number }> => {
    const signed = await job();
    const answer = site.count(chain, signed, result);
    return { signed, reply: await site.answer(signed, answer), reservation: answer.count.reservation };
  };
  const [five, fewer] = [await told({ count: 5 }), await told({ fewerThan: 5 })];
  for (const [minCohort, below, enough] of [
    // A dataset that promises less than ten is told as one of ten.
    [5, [{ count: 0 }, { count: 5 }, { fewerThan: 0 }, { fewerThan: 5 }], [{ count: 10 }, { fewerThan: 10 }, { fewerThan: 15 }]],
    [18, [{ count: 15 }, { fewerThan: 15 }], [{ count: 20 }, { fewerThan: 20 }]],
    [20, [{ count: 5 }, { count: 15 }, { fewerThan: 5 }, { fewerThan: 10 }], [{ count: 20 }, { fewerThan: 20 }, { count: 125 }]],
  ] as const) {
    chain.change = { dataset: { minCohort } };
    for (const result of below) {
      const { signed, reply } = await told(result);
      await doubts('belowCohort', verifyAnswer(chain, signed, reply, 4, site.profile));
    }
    for (const result of enough) {
      const { signed, reply } = await told(result);
      assert.deepEqual((await verifyAnswer(chain, signed, reply, 4, site.profile)).count.result, result);
    }
  }
  for (const { signed, reply, reservation } of [five, fewer]) {
    const { believed, findings } = await auditAnswers(chain, [await keptBy(chain, site, signed, reply, 1)]);
    const found = findings.find(({ finding }) => finding === 'belowCohort');
    assert.deepEqual([believed, found], [0, {
      finding: 'belowCohort', job: signed.job.id, custodian: 4, reservation, detail: 'organisation 4 tells of fewer people than 20, the least of whom dataset 7 may tell',
    }]);
    assert.match(findingInWords(found as Finding), /^answer about fewer people than may be told of: organisation 4, job 0x/);
  }
});

/** Each member of a job, as it could be changed after it was signed. */
const changesOf = (at: SignedJob): Record<keyof Job | 'signature', SignedJob> => {
  const to = (over: Partial<Job>): SignedJob => ({ ...at, job: { ...at.job, ...over } });
  return {
    dataset: to({ dataset: 8 }), expires: to({ expires: at.job.expires + 1 }), genesis: to({ genesis: HASH(1) }), id: to({ id: HASH(1) }), investigator: to({ investigator: HASH(1) }),
    issued: to({ issued: at.job.issued - 1 }), permit: to({ permit: 13 }), query: to({ query: { ...QUERY, groups: [{ code: 'asthma', from: '2023-01', until: '2024-12' }] } }),
    salt: to({ salt: HASH(1) }), version: to({ version: 4 }), signature: { ...at, signature: `0x${'11'.repeat(64)}` },
  };
};

test('no member of a job can be changed beside the answer to it', async () => {
  const { chain, site, signed } = await scene();
  const reply = await site.answer(signed, site.count(chain, signed, { count: 125 }));
  await verifyAnswer(chain, signed, reply, 4, site.profile);
  const changes = changesOf(signed);
  assert.deepEqual(Object.keys(changes).sort(), [...Object.keys(signed.job), 'signature'].sort(), 'each member of a job is changed');
  for (const changed of Object.values(changes)) await doubts('job', verifyAnswer(chain, changed, reply, 4, site.profile));
  // Somebody else's job, with a signature that is its maker's.
  const bob = new Keyring({ type: 'sr25519' }).addFromUri('//Bob');
  const { id: _, salt: __, investigator: ___, issued, expires, ...wish } = signed.job;
  const other = await makeJob(bob, { ...wish, now: issued, life: expires - issued });
  await doubts('job', verifyAnswer(chain, other, await site.answer(other, site.count(chain, other, { count: 125 })), 4, site.profile));
  chain.change = { study: { investigator: bob.address } };
  await doubts('job', verifyAnswer(chain, signed, reply, 4, site.profile));
  await verifyAnswer(chain, other, await site.answer(other, site.count(chain, other, { count: 125 })), 4, site.profile);
});

test('what comes in the same second after a reservation does not undo it', async () => {
  const { chain, site, signed } = await scene();
  const reply = await site.answer(signed, site.count(chain, signed, { count: 125 }));
  const verify = (): Promise<unknown> => verifyAnswer(chain, signed, reply, 4, site.profile);
  // Budget was reserved at NOW - 40. From that second on the permit is suspended, and the next version in force.
  chain.standing = { standing: 'Suspended', lapses: ['Terms'] };
  chain.change = { version: { number: 4, epoch: 3 } };
  chain.before = { moment: NOW - 40, standing: { standing: 'Active' }, version: { number: 3, epoch: 2 } };
  await verify();
  chain.before = { ...chain.before, version: { number: 3, epoch: 1 } };
  await doubts('otherVersion', verify());
  // What was so a second earlier, and not any more when it was reserved, is another thing.
  chain.before = { moment: NOW - 41, standing: { standing: 'Active' }, version: { number: 3, epoch: 2 } };
  await doubts('permit', verify());
  chain.standing = { standing: 'Active' };
  await doubts('otherVersion', verify());
});

test('by a receipt an answer is held against all that the receipt proves', async () => {
  const { chain, site, signed } = await scene();
  const good = site.count(chain, signed, { count: 125 });
  const reply = await site.answer(signed, good);
  const [{ query }] = chain.reserved as [(typeof chain.reserved)[0]];
  const { permit, version, commitment, epsilon, reservedAt, result } = query;
  const proven = {
    custodian: 4, query: 0, permit, dataset: 7, version, epoch: 2, commitment, epsilon, reservedAt, result, keys: chain.profiles.get(4) as Hex, time: NOW - 10,
  };
  const verify = (over: Partial<typeof proven> = {}, genesis = GENESIS, text = reply): Promise<unknown> => verifyByReceipt(genesis, signed, text, 4, site.profile, {
    block: { number: 200, hash: HASH(0xc8) } as never, signers: { setId: 0, end: 'open' }, relay: undefined, reservation: { ...proven, ...over },
  });
  assert.deepEqual(await verify(), { count: good.count, block: { number: 200, hash: HASH(0xc8), time: NOW - 10 }, signers: { setId: 0, end: 'open' }, reservedAt: NOW - 40, settledAt: NOW - 20 });
  await doubts('profile', verify({ keys: HASH(1) }));
  await doubts('otherCount', verify({}, HASH(1)));
  for (const over of [{ query: 1 }, { custodian: 5 }, { commitment: HASH(1) }]) await doubts('neverReserved', verify(over));
  for (const over of [{ permit: 13 }, { version: 4 }, { epsilon: 1 }]) await doubts('otherReservation', verify(over));
  await doubts('notSettled', verify({ result: undefined }));
  await doubts('otherResult', verify({ result: { commitment: HASH(1), at: NOW } }));
  await doubts('otherDataset', verify({ dataset: 8 }));
  await doubts('otherVersion', verify({ epoch: 3 }));
  await doubts('otherResult', verify({}, GENESIS, await site.answer(signed, { ...good, count: { ...good.count, result: { count: 130 } } })));
  await doubts('signature', verify({}, GENESIS, await site.sign({ custodian: 4, dataset: 7, genesis: GENESIS, job: signed.job.id, permit: 12, told: NOW, says: { answer: good } }, (await Site.of(new FakeAnswers(), 4)).key)));
  await doubts('refused', verify({}, GENESIS, await site.refuse(signed, { code: 'budgetSpent', lapses: [] })));
  // Without a node it is not known what the dataset promises: what is below ten is refused all the same.
  for (const [told, below] of [[{ count: 5 }, true], [{ fewerThan: 5 }, true], [{ count: 10 }, false], [{ fewerThan: 10 }, false]] as const) {
    const few = { ...good, count: { ...good.count, result: told } };
    const verified = verify({ result: { commitment: resultCommitment(few), at: NOW - 20 } }, GENESIS, await site.answer(signed, few));
    await (below ? doubts('belowCohort', verified) : verified);
  }
  for (const changed of Object.values(changesOf(signed))) {
    await doubts('job', verifyByReceipt(GENESIS, changed, reply, 4, site.profile, {
      block: { number: 200, hash: HASH(0xc8) } as never, signers: { setId: 0, end: 'open' }, relay: undefined, reservation: proven,
    }));
  }
});

test('a proof proves what the header\'s state holds, and nothing else', async () => {
  const { chain, site, signed } = await scene();
  site.count(chain, signed, { count: 5 });
  const [{ query }] = chain.reserved as [(typeof chain.reserved)[0]];
  const proof = proofOf(4, query);
  assert.deepEqual(openProof(proof).stored, query);
  assert.deepEqual(openProof(proofOf(4, { ...query, result: undefined })).stored, { ...query, result: undefined });
  // Another key is shown to be absent, a changed value and a missing node show nothing.
  assert.equal(openProof({ ...proof, query: 1 }).stored, undefined);
  const changed = proofOf(4, { ...query, epsilon: 1 });
  assert.throws(() => openProof({ ...proof, nodes: changed.nodes }), IntegrityBroken);
  assert.throws(() => openProof({ ...proof, nodes: [proof.nodes[0] as Hex] }), IntegrityBroken);
  for (const wrong of ['{}', proofText({ ...proof, nodes: ['0xz' as Hex] }), proofText(proof).replace('"version":1', '"version":2')]) assert.throws(() => readProof(wrong));
});

test('a proof is taken from a node, which must show the header that it was asked for', async () => {
  const { chain, site, signed } = await scene();
  site.count(chain, signed, { count: 5 });
  const [{ query }] = chain.reserved as [(typeof chain.reserved)[0]];
  const proof = proofOf(4, query);
  const { hash } = openProof(proof).block;
  const asked: unknown[] = [];
  const node = (final: Hex) => ({
    rpc: {
      chain: { getFinalizedHead: async () => ({ toHex: () => final }), getHeader: async (at: { toHex: () => Hex }) => { asked.push(at.toHex()); return { toHex: () => proof.header }; } },
      state: { getReadProof: async ([key]: [Hex], at: { toHex: () => Hex }) => { asked.push(key, at.toHex()); return { proof: proof.nodes.map((each) => ({ toHex: () => each })) }; } },
    },
  }) as unknown as ApiPromise;
  assert.deepEqual(await fetchProof(node(hash), 4, 0), proof);
  assert.deepEqual(asked, [hash, toHex(queryKey(4, 0)), hash]);
  assert.equal(await fetchProof(node(hash), 4, 1), undefined, 'a query that the state does not have');
  await assert.rejects(fetchProof(node(HASH(9)), 4, 0), IntegrityBroken);
});

// The folder.

const opened = async (name: string, make = true): Promise<ResearchFolder> => ResearchFolder.open(join(path, name), make);

test('a folder is private, gives each job a number of its own, and keeps one reply to each', async () => {
  await assert.rejects(opened('none', false), FolderUnsound);
  const folder = await opened('jobs');
  assert.equal((await stat(folder.path)).mode & 0o077, 0);
  assert.equal((await opened('jobs', false)).mailbox, folder.mailbox);
  const jobs = await Promise.all(Array.from({ length: 8 }, (_, at) => job(7 + at)));
  const numbers = await Promise.all(jobs.map((each) => folder.leave(each.job.dataset - 3, each)));
  assert.deepEqual([...numbers].sort((a, b) => a - b), [1, 2, 3, 4, 5, 6, 7, 8]);
  const [first] = jobs as [SignedJob];
  assert.deepEqual((await folder.jobWith(first.job.id))?.signed, readJob(JSON.stringify(first)));
  assert.equal(await folder.jobWith(HASH(1)), undefined);
  assert.equal(await folder.reply(first.job.id), undefined);
  assert.deepEqual([await folder.keepReply(first.job.id, 'a.b.c'), await folder.keepReply(first.job.id, 'a.b.c'), await folder.keepReply(first.job.id, 'a.b.d')], ['kept', 'kept', 'other']);
  assert.equal(await folder.reply(first.job.id), 'a.b.c');
  await assert.rejects(folder.keepReply('../x', 'a'), FolderUnsound);
  const all = await readdir(folder.path, { recursive: true });
  assert.deepEqual(all.filter((name) => name.endsWith('.new')), []);
  for (const name of all.filter((each) => /\.(json|jws)$/.test(each))) assert.equal((await stat(join(folder.path, name))).mode & 0o077, 0, name);
});

test('tokens are read from a private file, each once', async () => {
  const folder = await opened('tokens');
  await assert.rejects(folder.tokens(), /tokens\.json is missing/);
  const file = join(folder.path, 'tokens.json');
  const write = async (value: unknown, mode = 0o600): Promise<void> => { await writeFile(file, JSON.stringify(value)); await chmod(file, mode); };
  const site = { custodian: 4, datasets: [7], token: TOKEN };
  await write([site]);
  assert.deepEqual(await folder.tokens(), [site]);
  await write([site], 0o644);
  await assert.rejects(folder.tokens(), /others can read/);
  for (const wrong of [[{ ...site, token: 'short' }], [site, { ...site, custodian: 5 }], [{ ...site, more: 1 }], {}]) {
    await write(wrong);
    await assert.rejects(folder.tokens());
  }
});

// The mailbox.

test('a site pulls the jobs of its datasets and puts its replies; others see nothing', async () => {
  const chain = new FakeAnswers();
  const [site, folder] = [await Site.of(chain, 4), await opened('mailbox')];
  const lines: string[] = [];
  let tokens = [{ custodian: 4, datasets: [7], token: TOKEN }, { custodian: 5, datasets: [7, 8], token: 'b'.repeat(40) }];
  const server = mailboxServer(folder, { tokens: async () => tokens, now: () => NOW, log: (line) => lines.push(line) });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => { server.once('listening', resolve); });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = async (where: string, { token = TOKEN, ...options }: RequestInit & { token?: string } = {}): Promise<{ status: number; text: string }> => {
    const response = await fetch(`${base}${where}`, { ...options, headers: { authorization: `Bearer ${token}`, ...options.headers } });
    return { status: response.status, text: await response.text() };
  };
  try {
    const [one, two, over, ofOther] = [await job(), await job(), await job(7, { life: 50 }), await job(8)];
    for (const each of [one, two, over]) await folder.leave(4, each);
    await folder.leave(5, ofOther);
    const page = async (after: number, count = 32) => JSON.parse((await ask(`/v1/datasets/7/jobs?after=${after}&count=${count}`)).text) as { jobs: { seq: number; job: SignedJob }[]; mailbox: string };
    assert.deepEqual((await page(0)).jobs.map(({ seq }) => seq), [1, 2], 'the one that has expired is left out');
    assert.deepEqual((await page(1)).jobs.map(({ seq, job: left }) => [seq, left.job.id]), [[2, two.job.id]]);
    assert.deepEqual([(await page(0, 1)).jobs.length, (await page(0)).mailbox], [1, folder.mailbox]);
    for (const [where, status, options] of [
      ['/v1/datasets/7/jobs', 401, { token: 'c'.repeat(40) }], ['/v1/datasets/7/jobs', 401, { headers: { authorization: '' } }], ['/v1/datasets/8/jobs', 403, {}],
      ['/v1/datasets/7/jobs?after=-1', 400, {}], ['/v1/datasets/7/jobs?count=33', 400, {}], ['/v1/datasets/7/jobs?to=1', 400, {}], ['/v1/datasets/7/jobs', 405, { method: 'PUT', body: '' }],
      ['/v1/datasets/7/other', 404, {}], ['/', 404, {}], ['/v1/datasets/99999999999/jobs', 404, {}],
    ] as const) assert.equal((await ask(where, options)).status, status, `${where} ${status}`);
    // A token for the dataset, of another custodian, shows none of the first one's salts.
    assert.deepEqual((JSON.parse((await ask('/v1/datasets/7/jobs', { token: 'b'.repeat(40) })).text) as { jobs: unknown[] }).jobs, []);

    const put = (signed: SignedJob, body: string, more: RequestInit & { token?: string } = {}) =>
      ask(`/v1/datasets/7/jobs/${signed.job.id}/reply`, { method: 'PUT', body, ...more, headers: { 'content-type': 'application/jose', ...more.headers } });
    const reply = await site.answer(one, site.count(chain, one, { count: 125 }));
    const second = await site.refuse(one, { code: 'budgetSpent', lapses: [] });
    assert.equal((await put(one, reply, { token: 'b'.repeat(40) })).status, 404, 'a job of another custodian');
    assert.equal((await put(one, reply, { headers: { 'content-type': 'text/plain' } })).status, 400);
    assert.equal((await put(two, reply)).status, 400, 'it names another job');
    assert.equal((await put(one, 'no token')).status, 400);
    assert.equal((await put(one, 'x'.repeat(9_000))).status, 413);
    assert.deepEqual([(await put(one, reply)).status, (await put(one, reply)).status, (await put(one, second)).status], [204, 204, 409]);
    assert.equal((await put(ofOther, reply)).status, 404);
    assert.equal(await folder.reply(one.job.id), reply);
    assert.deepEqual((await page(0)).jobs.map(({ seq }) => seq), [2], 'the one that has a reply is left out');
    // A token that was taken away is none from the next request on.
    tokens = [];
    assert.equal((await ask('/v1/datasets/7/jobs')).status, 401);
    const said = lines.join('\n');
    for (const secret of [TOKEN, one.job.salt, two.job.salt, 'asthma']) assert.ok(!said.includes(secret), secret);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => { server.close(resolve); });
  }
});

// Audit and research object.

async function keptBy(chain: FakeAnswers, site: Site, signed: SignedJob, reply: string, seq: number): Promise<KeptAnswer> {
  const proof = await chain.proof(site.custodian, 0) ?? proofOf(site.custodian, (chain.reserved[0] as (typeof chain.reserved)[0]).query);
  return { left: { seq, custodian: site.custodian, signed }, reply, proof, profile: site.profile };
}

test('an audit names what was not reserved, not settled, not kept and used twice, and nothing of what is in order', async () => {
  const chain = new FakeAnswers();
  const site = await Site.of(chain, 4);
  const [good, same, unsettled, lost, twice, never] = await Promise.all([job(), job(), job(), job(), job(), job()]) as [SignedJob, SignedJob, SignedJob, SignedJob, SignedJob, SignedJob];
  const first = site.count(chain, good, { count: 125 });
  site.count(chain, unsettled, { count: 10 }, { settle: false });
  site.count(chain, lost, { count: 15 });
  const kept = [
    await keptBy(chain, site, good, await site.answer(good, first), 1),
    // Told again: in order.
    await keptBy(chain, site, same, await site.answer(same, first), 2),
  ];
  const sound = new FakeAnswers();
  sound.profiles.set(4, chain.profiles.get(4) as Hex);
  sound.reserved.push(chain.reserved[0] as (typeof chain.reserved)[0]);
  assert.deepEqual(await auditAnswers(sound, kept), { answers: 2, believed: 2, refusals: 0, findings: [] });

  kept.push(
    await keptBy(chain, site, twice, await site.answer(twice, { ...first, count: { ...first.count, result: { count: 500 } } }), 3),
    await keptBy(chain, site, never, await site.answer(never, site.count(chain, never, { count: 5 }, { reserve: false, over: { reservation: 77 } })), 4),
  );
  const { answers: all, believed, findings } = await auditAnswers(chain, kept);
  assert.deepEqual([all, believed], [4, 2]);
  assert.deepEqual(findings.map(({ finding }) => finding).sort(), ['notBelieved', 'notSettled', 'usedTwice', 'withoutAnswer', 'withoutReservation']);
  const found = <F extends string>(name: F) => findings.find(({ finding }) => finding === name);
  assert.deepEqual(found('withoutReservation'), { ...found('withoutReservation'), job: never.job.id, reservation: 77 });
  assert.deepEqual(found('notSettled'), { finding: 'notSettled', custodian: 4, reservation: 1, permit: 12, reservedAt: NOW - 40 });
  assert.deepEqual(found('withoutAnswer'), { finding: 'withoutAnswer', custodian: 4, reservation: 2, permit: 12, reservedAt: NOW - 40 });
  assert.deepEqual(found('usedTwice'), { finding: 'usedTwice', custodian: 4, reservation: 0, jobs: [good.job.id, same.job.id, twice.job.id] });
  for (const each of findings) assert.ok(findingInWords(each).length > 20);
  // What the custodian has not signed, or not for this job, is held against nobody, and answers nothing.
  const stranger = await Site.of(new FakeAnswers(), 4);
  const forged = { ...await keptBy(chain, site, lost, await stranger.answer(lost, { ...first, count: { ...first.count, result: { count: 500 } } }), 5) };
  const ofForged = await auditAnswers(chain, [...kept.slice(0, 2), forged]);
  assert.deepEqual(ofForged.findings.map(({ finding }) => finding).sort(), ['notBelieved', 'notSettled', 'withoutAnswer']);
  // A permit without a kept answer is looked at if it is named.
  assert.deepEqual((await auditAnswers(chain, [], [12])).findings.map(({ finding }) => finding).sort(), ['notSettled', 'withoutAnswer', 'withoutAnswer']);
  assert.deepEqual((await auditAnswers(chain, [], [13])).findings, []);
});

/** The rules of RO-Crate 1.1 for the metadata of a crate with local files: https://www.researchobject.org/ro-crate/1.1/ */
function crateFaults(metadata: unknown, files: ReadonlySet<string>): string[] {
  const faults: string[] = [];
  const { '@context': context, '@graph': graph } = metadata as { '@context': unknown; '@graph': Record<string, unknown>[] };
  if (context !== 'https://w3id.org/ro/crate/1.1/context') faults.push('context');
  const entities = new Map(graph.map((entity) => [entity['@id'] as string, entity]));
  if (entities.size !== graph.length) faults.push('an entity is there twice');
  const descriptor = entities.get('ro-crate-metadata.json');
  if (descriptor?.['@type'] !== 'CreativeWork' || (descriptor['conformsTo'] as Record<string, string>)?.['@id'] !== 'https://w3id.org/ro/crate/1.1') faults.push('descriptor');
  const root = entities.get((descriptor?.['about'] as Record<string, string>)?.['@id'] ?? '');
  if (root?.['@type'] !== 'Dataset' || root['@id'] !== './') faults.push('root');
  for (const name of ['name', 'description', 'datePublished', 'license']) if (root?.[name] === undefined) faults.push(`root without ${name}`);
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(String(root?.['datePublished']))) faults.push('datePublished');
  const reached = new Set<string>();
  const open = [root];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const { '@id': id } of (next['hasPart'] ?? []) as { '@id': string }[]) {
      if (reached.has(id)) continue;
      reached.add(id);
      open.push(entities.get(id));
    }
  }
  for (const entity of graph) {
    if (typeof entity['@id'] !== 'string' || entity['@type'] === undefined) faults.push('an entity without id or type');
    const isData = [entity['@type']].flat().some((type) => type === 'File' || (type === 'Dataset' && entity['@id'] !== './'));
    if (isData && !reached.has(entity['@id'] as string)) faults.push(`${String(entity['@id'])} is not reached from the root by hasPart`);
    if (entity['@type'] === 'File' && !files.has(entity['@id'] as string)) faults.push(`${String(entity['@id'])} is no file of the crate`);
    for (const value of Object.values(entity).flat()) {
      const id = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)['@id'] : undefined;
      if (typeof id === 'string' && id !== 'https://w3id.org/ro/crate/1.1' && !entities.has(id)) faults.push(`${id} is referred to and not described`);
    }
  }
  return faults;
}

test('a research object has the answers with their receipts, and is a crate by RO-Crate 1.1', async () => {
  const chain = new FakeAnswers();
  const [site, other] = [await Site.of(chain, 4), await Site.of(chain, 5)];
  const [one, two] = [await job(), await job(8)];
  const kept = [
    await keptBy(chain, site, one, await site.answer(one, site.count(chain, one, { count: 125 })), 1),
    await keptBy(chain, other, two, await other.answer(two, other.count(chain, two, { fewerThan: 10 })), 2),
  ];
  kept[0] = { ...kept[0] as KeptAnswer, proof: await chain.proof(4, 0) as KeptAnswer['proof'] };
  const about = { name: 'Asthma at two hospitals', description: 'Counts', license: 'https://creativecommons.org/licenses/by/4.0/', now: NOW * 1000 };
  const { metadata, files } = crateOf(kept, about);
  assert.deepEqual(crateFaults(metadata, new Set(files.map(({ path: name }) => name))), []);
  assert.equal(files.length, 12, 'six of each answer');
  // The check is one: it finds what is wrong.
  assert.ok(crateFaults({ ...metadata, '@graph': metadata['@graph'].slice(1) }, new Set()).length > 8);
  assert.throws(() => crateOf([], about), /no answer/);

  const out = join(path, 'crate');
  await writeCrate(out, kept, about);
  const written = JSON.parse(await readFile(join(out, CRATE_METADATA), 'utf8')) as unknown;
  assert.deepEqual(written, JSON.parse(JSON.stringify(metadata)));
  for (const { left: { signed }, reply } of kept) assert.equal(await readFile(join(out, 'answers', signed.job.id, 'reply.jws'), 'utf8'), reply);
  await assert.rejects(writeCrate(out, kept, about), { code: 'EEXIST' });
  // What is kept in a folder is read back as it was.
  const folder = await opened('kept');
  const at = await folder.keepAnswer(kept[0] as KeptAnswer);
  const back = await readAnswer(at);
  assert.equal(queryCommitment(readQuery(await readFile(join(at, 'query.json'))), one.job.salt), queryCommitment(one.job.query, one.job.salt));
  assert.deepEqual([back.reply, back.proof, back.left.signed.job.id], [kept[0]?.reply, kept[0]?.proof, one.job.id]);
  assert.deepEqual((await folder.answers()).length, 1);
  await verifyAnswer(chain, back.left.signed, back.reply, back.left.custodian, back.profile);
});
