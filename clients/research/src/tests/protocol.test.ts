/** The protocol of counts against the vectors of the gateway's side: queries, value sets, jobs, pages, replies. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { Keyring } from '@polkadot/keyring';
import { cryptoWaitReady } from '@polkadot/util-crypto';
import type { ProfileKey } from '@salus/exchange';
import { blake2, toHex, utf8, type Hex } from '@salus/types';
import { answers } from '../index.js';
import { readJson } from '../answers/closed.js';
import { signedJobFrom } from '../answers/job.js';
import { replyText } from '../answers/reply.js';
import { repositoryFile, repositoryPath } from './scene.js';

const { canonical, Malformed, isOf, isSigned, jobFault, jobMessage, jobText, makeJob, queryCommitment, readJob, readQuery, readReply, readValueSet, refTo, replyFault, resultCommitment } = answers;
const vectors = <T>(name: string): T => JSON.parse(repositoryFile(`exchange/counts/vectors/${name}.json`)) as T;

interface Refused { name: string; document: string; part: string }
const refuses = (read: (document: string) => unknown, cases: readonly Refused[]): void => {
  assert.ok(cases.length >= 3);
  for (const { name, document, part } of cases) {
    assert.throws(() => read(document), (error) => {
      assert.ok(error instanceof Malformed, `${name}: ${String(error)}`);
      assert.equal(error.part, part, name);
      return true;
    }, name);
  }
};

test('queries have the canonical form and the commitment of the vectors, and what is refused there is refused here', () => {
  const { accepted, refused, limits } = vectors<{
    accepted: { document: string; canonical: string; salt: Hex; commitment: Hex }[]; refused: Refused[]; limits: Record<string, number>;
  }>('queries');
  assert.ok(accepted.length >= 2);
  for (const { document, canonical: form, salt, commitment } of accepted) {
    const query = readQuery(document);
    assert.equal(canonical(query), form);
    assert.equal(queryCommitment(query, salt), commitment);
  }
  refuses(readQuery, refused);
  assert.deepEqual([limits['groups'], limits['bytes'], limits['lastBand']], [answers.MAX_GROUPS, answers.MAX_QUERY, answers.LAST_BAND]);
  const [{ document } = { document: '' }] = accepted;
  assert.throws(() => readQuery(document + ' '.repeat(answers.MAX_QUERY)), Malformed);
  assert.throws(() => readQuery(document.replace('{', '{"groups":[],')), Malformed, 'a member twice');
});

test('a query beside an answer is the one that was reserved if salus-verify says so', () => {
  const path = 'docs/vectors/reservations-chain/';
  const told: string[] = [];
  for (const name of readdirSync(repositoryPath(path))) {
    const { asked, answer, verdict } = JSON.parse(repositoryFile(`${path}${name}`)) as {
      asked?: unknown; answer: { querySalt: Hex; count: { query: Hex } }; verdict?: { error: string | null };
    };
    if (asked === undefined || verdict === undefined) continue;
    const isIt = (() => {
      try {
        return queryCommitment(readQuery(JSON.stringify(asked)), answer.querySalt) === answer.count.query;
      } catch (error) {
        assert.ok(error instanceof Malformed, name);
        return false;
      }
    })();
    assert.equal(isIt, verdict.error === null, name);
    told.push(verdict.error ?? 'it is');
  }
  assert.deepEqual(told.sort(), ['it is', 'malformed', 'other-query', 'other-query', 'other-query', 'other-query']);
});

test('value sets have the hash of the vectors', () => {
  const { accepted, refused, limits } = vectors<{ accepted: { document: string; canonical: string; hash: Hex }[]; refused: Refused[]; limits: Record<string, number> }>('value-sets');
  for (const { document, canonical: form, hash } of accepted) {
    const set = readValueSet(document);
    assert.equal(canonical(set), form);
    assert.equal(refTo(set).hash, hash);
    assert.equal(toHex(blake2(utf8(form))), hash);
  }
  refuses(readValueSet, refused);
  assert.deepEqual([limits['bytes'], limits['codes'], limits['concepts']], [answers.MAX_VALUE_SET, answers.MAX_CODES, answers.MAX_CONCEPTS]);
});

interface Jobs {
  gate: { genesis: Hex; now: number };
  accepted: { name: string; document: string; message: Hex; commitment: Hex }[];
  refused: { name: string; document: string; failure: string }[];
  malformed: Refused[];
  page: { document: string; mailbox: Hex; numbers: number[] };
  limits: Record<string, number>;
}

test('jobs are signed over the message of the vectors, and refused for the same reasons', async () => {
  await cryptoWaitReady();
  const { gate, accepted, refused, malformed, page, limits } = vectors<Jobs>('jobs');
  for (const { name, document, message, commitment } of accepted) {
    const signed = readJob(document);
    assert.equal(jobText(signed), document, name);
    assert.equal(toHex(jobMessage(signed.job)), message, name);
    assert.equal(queryCommitment(signed.job.query, signed.job.salt), commitment, name);
    assert.equal(jobFault(signed, gate.genesis, gate.now), undefined, name);
  }
  for (const { name, document, failure } of refused) assert.equal(jobFault(readJob(document), gate.genesis, gate.now), failure, name);
  refuses(readJob, malformed);
  const jobs = (readJson(page.document, limits['pageBytes'] ?? 0) as { jobs: { job: unknown; seq: number }[] }).jobs;
  assert.deepEqual(jobs.map(({ seq }) => seq), page.numbers);
  assert.deepEqual(jobs.map(({ job }) => jobText(signedJobFrom(job))), accepted.map(({ document }) => document));
  assert.deepEqual([limits['bytes'], limits['life'], limits['ahead']], [answers.MAX_JOB, answers.MAX_JOB_LIFE, answers.MAX_AHEAD]);
});

test('a job that is made here is taken as those of the vectors are, with a key of each kind', async () => {
  await cryptoWaitReady();
  const { gate, accepted } = vectors<Jobs>('jobs');
  const { query } = readJob((accepted[0] as { document: string }).document).job;
  const ids = new Set<Hex>();
  for (const type of ['sr25519', 'ed25519', 'ecdsa'] as const) {
    const signed = await makeJob(new Keyring({ type }).addFromUri('//Alice'), { genesis: gate.genesis, permit: 12, dataset: 7, version: 3, query, now: gate.now, life: 60 });
    assert.equal(jobFault(readJob(jobText(signed)), gate.genesis, gate.now), undefined, type);
    assert.ok(!isSigned({ ...signed, job: { ...signed.job, permit: 13 } }), type);
    ids.add(signed.job.id).add(signed.job.salt);
  }
  assert.equal(ids.size, 6);
  await assert.rejects(makeJob(new Keyring({ type: 'sr25519' }).addFromUri('//Alice'), { genesis: gate.genesis, permit: 1, dataset: 1, version: 1, query, now: gate.now, life: answers.MAX_JOB_LIFE + 1 }), /life must be/);
});

interface Replies {
  key: ProfileKey;
  custodian: number;
  job: string;
  codes: string[];
  accepted: { name: string; reply: string; claims: string; resultCommitment: Hex | null; beacon: unknown; measureReport: unknown }[];
  refused: { name: string; reply: string; failure: string }[];
  otherKey: string;
  limits: Record<string, number>;
}

test('replies are read as the vectors say, and only those of the key are the custodian\'s', async () => {
  const { key, custodian, job, codes, accepted, refused, otherKey, limits } = vectors<Replies>('replies');
  const left = readJob(job).job;
  for (const { name, reply, claims, resultCommitment: settled } of accepted) {
    const read = readReply(reply);
    assert.equal(replyText(read.reply), claims, name);
    assert.ok(await isOf(read, key), name);
    assert.equal(replyFault(read.reply, left, custodian), undefined, name);
    const { says } = read.reply;
    assert.equal('answer' in says ? resultCommitment(says.answer) : null, settled, name);
  }
  for (const { name, reply, failure } of refused) {
    const read = readReply(reply);
    assert.ok(await isOf(read, key), name);
    assert.equal(replyFault(read.reply, left, custodian), failure, name);
  }
  assert.ok(!await isOf(readReply(otherKey), key));
  const [{ reply } = { reply: '' }] = accepted;
  assert.ok(!await isOf(readReply(reply), { ...key, kid: 'counts-2' }));
  const [head, claims, signature] = reply.split('.') as [string, string, string];
  // Another answer under the signature of the first, a header without one, what is no token.
  const other = Buffer.from(Buffer.from(claims, 'base64url').toString().replace('"count":125', '"count":130')).toString('base64url');
  assert.ok(!await isOf(readReply(`${head}.${other}.${signature}`), key));
  const unsigned = Buffer.from('{"alg":"none","kid":"counts-1","typ":"salus-count-reply"}').toString('base64url');
  for (const wrong of [`${unsigned}.${claims}.`, `${unsigned}.${claims}.${signature}`, `${head}.${claims}`, `${head}.${claims}=.${signature}`, `${head}.${claims}.${signature}x`, 'x'.repeat((limits['bytes'] ?? 0) + 1)]) {
    assert.throws(() => readReply(wrong), Malformed);
  }
  assert.deepEqual([...answers.REFUSAL_CODES].sort(), codes);
  assert.equal(limits['bytes'], answers.MAX_REPLY);
  for (const code of answers.REFUSAL_CODES) assert.match(answers.refusalInWords({ code, lapses: [] }), new RegExp(`\\(${code}\\)$`));
});

test('answers are told in the forms of Beacon v2 and of FHIR as the vectors say, and refusals in none', () => {
  const { job, accepted } = vectors<Replies>('replies');
  const { query } = readJob(job).job;
  const told = { beacon: 0, measureReport: 0, none: 0 };
  for (const { name, reply, beacon, measureReport } of accepted) {
    const read = readReply(reply);
    assert.deepEqual(answers.toBeacon(read) ?? null, beacon, name);
    assert.deepEqual(answers.toMeasureReport(read, query) ?? null, measureReport, name);
    for (const [kind, form] of [['beacon', beacon], ['measureReport', measureReport]] as const) told[form === null ? 'none' : kind] += 1;
  }
  assert.deepEqual(told, { beacon: 2, measureReport: 2, none: 4 }, 'a count, one that is too small, and two refusals');
});

test('the least cohort is that of the vectors, and nothing that they tell is below it', () => {
  const { k, step, cases, leastCohorts } = vectors<{
    k: number; step: number; cases: { least: number; told: answers.Told }[]; leastCohorts: { site: number; dataset: number; least: number }[];
  }>('told');
  assert.deepEqual([answers.LEAST_COHORT, answers.STEP], [k, step]);
  assert.ok(cases.length > 0 && leastCohorts.length > 0);
  for (const { site, dataset, least } of leastCohorts) assert.equal(answers.leastCohort(site, dataset), least, `${site} ${dataset}`);
  for (const { least, told } of cases) {
    assert.ok(!answers.isBelowCohort(told, least), JSON.stringify(told));
    // With one step more it would be.
    assert.ok(answers.isBelowCohort(told, ('count' in told ? told.count : told.fewerThan) + step), JSON.stringify(told));
  }
});

test('counts of several sites are a range: people can be at several', () => {
  assert.deepEqual(answers.rangeOf([{ count: 125 }, { count: 40 }]), { least: 125, most: 165 });
  assert.deepEqual(answers.rangeOf([{ fewerThan: 10 }, { count: 40 }]), { least: 40, most: 50 });
  assert.deepEqual(answers.rangeOf([{ fewerThan: 10 }]), { least: 0, most: 10 });
  assert.deepEqual(answers.rangeOf([]), { least: 0, most: 0 });
});
