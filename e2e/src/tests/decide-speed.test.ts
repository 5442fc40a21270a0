/**
 * How long the chain takes to answer who may see what, asked over RPC, with as many directives as a patient can have in
 * force. The times are printed; what is required of them is far from them, so that a slow machine does not fail.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { best, consent, type Snapshot } from '@salus/client';
import type { Access, Question } from '@salus/types';
import { quantile } from '../quantile.js';
import { begin, people, type Peopled } from '../setting.js';
import { registerPatient } from '../steps/patient.js';
import { DAY, type Patient } from '../world.js';

/** As many directives as the runtime keeps in force for one patient, and how many of them can be Permits. */
const DIRECTIVES = 64;
const PERMITS = 48;
const ROUNDS = 200;

let all: Peopled;
let patient: Patient;
let at: Snapshot;
let question: Question;

before(async () => {
  all = await people(await begin());
  const { api, world, institutions, staff } = all;
  patient = await registerPatient(world, institutions.hospital, staff);
  await world.fund([patient.pair]);
  const until = await world.now() + 30 * DAY;
  const scope = { actions: ['Read'], purposes: ['Treat'] } satisfies Partial<Access>;
  const { clinic, hospital } = institutions;
  // The first permit answers the question; all others have to be looked at too, because any could be a Deny of it.
  const calls = [
    consent.permit(api, { organisation: clinic.org }, { ...scope, classes: ['Laboratory'], until }),
    ...Array.from({ length: PERMITS - 1 }, () => consent.permit(api, { organisation: hospital.org }, { ...scope, classes: ['Observations'], until })),
    ...Array.from({ length: DIRECTIVES - PERMITS }, () => consent.deny(api, { organisation: clinic.org }, { ...scope, classes: ['Imaging'] }, until)),
  ];
  for (let first = 0; first < calls.length; first += 16) {
    await world.send(api.tx.utility.batchAll(calls.slice(first, first + 16)), patient.pair);
  }
  at = await best(api);
  question = {
    subject: patient.handle, purpose: 'Treat', action: 'Read', dataClass: 'Laboratory',
    actor: { organisation: institutions.clinic.org, practitioner: staff.specialist.address },
  };
});

after(() => all?.stop());

async function timesOf(rounds: number, ask: () => Promise<unknown>): Promise<number[]> {
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    await ask();
    times.push(performance.now() - start);
  }
  return times;
}

test('one question with 64 directives is answered in milliseconds', async (t) => {
  const directives = await all.api.call.consentApi.directives(patient.handle);
  assert.equal(directives.length, DIRECTIVES);
  const { verdict, why } = await consent.decideAt(at, question);
  assert.deepEqual([verdict, why], ['Permit', { kind: 'Directive', directive: 0 }]);
  const times = await timesOf(ROUNDS, () => consent.decideAt(at, question));
  t.diagnostic(`decide, ${DIRECTIVES} directives, ${ROUNDS} times over RPC: p50 ${quantile(times, 0.5).toFixed(2)} ms, p99 ${quantile(times, 0.99).toFixed(2)} ms`);
  assert.ok(quantile(times, 0.5) < 100, `half of the answers took longer than ${quantile(times, 0.5)} ms`);
});

test('256 questions in one request are answered as each alone is', async (t) => {
  const { institutions } = all;
  const stranger = all.world.stranger().address;
  const variants: Question[] = [
    question,
    { ...question, dataClass: 'Observations' },
    { ...question, actor: { organisation: institutions.hospital.org }, dataClass: 'Observations' },
    { ...question, labels: ['Hiv'] },
    { ...question, actor: { organisation: institutions.clinic.org, practitioner: stranger } },
    { ...question, subject: `0x${'77'.repeat(32)}` },
    { ...question, at: at.moment - 3600 },
    { ...question, at: at.moment + 3600 },
  ];
  const questions = Array.from({ length: consent.MAX_QUESTIONS }, (_, n) => variants[n % variants.length] as Question);
  const answers = await consent.decideManyAt(at, questions);
  assert.equal(answers.length, consent.MAX_QUESTIONS);
  for (const [n, variant] of variants.entries()) {
    const alone = await consent.decideIn({ best: at, finalised: at }, variant);
    for (let same = n; same < answers.length; same += variants.length) assert.deepEqual(answers[same], alone.best, `question ${same}`);
  }
  assert.ok(new Set(answers.map(({ why }) => JSON.stringify(why))).size >= 4, 'the questions have different answers');
  const times = await timesOf(ROUNDS / 4, () => consent.decideManyAt(at, questions));
  t.diagnostic(`decideMany, 256 questions, ${DIRECTIVES} directives, ${ROUNDS / 4} times over RPC: p50 ${quantile(times, 0.5).toFixed(2)} ms, p99 ${quantile(times, 0.99).toFixed(2)} ms`);
  assert.ok(quantile(times, 0.5) < 1000, `half of the answers took longer than ${quantile(times, 0.5)} ms`);
});
