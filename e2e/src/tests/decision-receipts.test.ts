/** Decision receipts from a running chain: `salus-verify` recomputes each verdict offline, and nothing else passes. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import { care, consent, decideAt, emergency, finalised, type Included } from '@salus/client';
import { receipts } from '@salus/receipts';
import { allows, toHex, type Decision, type Hex, type Question, type Scope } from '@salus/types';
import { has, needs } from '../chains.js';
import { refused } from '../receipt-checks.js';
import { begin, people, type Peopled } from '../setting.js';
import { registerPatient } from '../steps/patient.js';
import { Verifier, type Answer } from '../verifier.js';
import { YEAR, type Patient } from '../world.js';

const ACCESS: Scope = { actions: ['Read'], purposes: ['Treat'], classes: ['Laboratory'] };

let all: Peopled;
let api: ApiPromise;
let patient: Patient;
let verifier: Verifier;
let files = 0;

before(async () => {
  if (!has('authorities')) return;
  all = await people(await begin());
  ({ api } = all);
  patient = await registerPatient(all.world, all.institutions.hospital, all.staff);
  verifier = await Verifier.prepare(api, all.folder);
});

after(() => all?.stop());

const byPatient = (call: Parameters<Peopled['world']['send']>[0]): Promise<Included> => all.world.send(call, patient.pair);

/** Asked by the cardiologist of the clinic. */
const question = (change: Partial<Question> = {}): Question => ({
  subject: patient.handle, actor: { organisation: all.institutions.clinic.org, practitioner: all.staff.specialist.address },
  purpose: 'Treat', action: 'Read', dataClass: 'Laboratory', ...change,
});

/** What an outsider is told of a file. */
async function judged(receipt: receipts.DecisionReceipt): Promise<Answer> {
  files += 1;
  const parsed = receipts.parseDecision(JSON.stringify(receipt));
  assert.deepEqual(parsed, receipt);
  return verifier.decide(await verifier.keep(`${files}.decision.json`, receipt));
}

/** Makes a receipt and has it verified: it says what the chain says. Answers the moment that it is about. */
async function shown(asked: Question, verdict: Decision['verdict'], words: RegExp): Promise<{ receipt: receipts.OwnDecision; at: number }> {
  const receipt = await receipts.makeDecision(api, asked);
  const at = Number(receipt.question.at);
  const said = await decideAt(await finalised(api), { ...asked, at });
  assert.deepEqual([said.verdict, receipt.verdict.kind], [verdict, verdict]);
  const { code, sentence } = await judged(receipt);
  console.log(`${sentence} (${JSON.stringify(receipt).length} bytes, ${receipt.proof.length} nodes)`);
  assert.match(sentence, words);
  assert.ok(sentence.startsWith('Verified: at ') && sentence.includes(`of patient ${patient.handle}`), sentence);
  assert.equal(code, allows(said) ? 0 : 3, sentence);
  return { receipt, at };
}

test('each kind of verdict is recomputed offline', needs('authorities'), async () => {
  const { institutions: { clinic, hospital }, staff, world } = all;
  await shown(question(), 'Deny', /refused because nothing permits it/);
  await shown(question({ actor: { own: patient.pair.address } }), 'Permit', /permitted as access to the patient's own data/);
  await shown(question({ actor: { organisation: 4_000 } }), 'Deny', /want of a live licence/);

  const until = await world.now() + YEAR / 4;
  const permitted = consent.grantedAs(await byPatient(consent.permit(api, { organisation: clinic.org }, { ...ACCESS, until })));
  const { receipt, at } = await shown(question(), 'Permit', new RegExp(`permitted by the patient's directive ${permitted}, for account 0x[0-9a-f]{64}, acting for organisation ${clinic.org}, to read laboratory results`));
  assert.ok(JSON.stringify(receipt).length < 200_000);

  const denied = consent.deniedAs(await byPatient(consent.deny(api, { practitioner: staff.specialist.address }, ACCESS, until)));
  await shown(question(), 'Deny', new RegExp(`refused by the patient's directive ${denied}`));
  await byPatient(consent.vetoPurpose(api, 'Treat'));
  await shown(question(), 'Deny', /veto of the purpose/);

  // Of then it stays what it was, and a block of now shows it.
  const before = await shown(question({ at }), 'Permit', new RegExp(`directive ${permitted}`));
  assert.notEqual(before.receipt.header, receipt.header);
  assert.equal(before.at, at);

  const broken = emergency.declaredAs(await world.send(emergency.breakGlass(api, {
    organisation: clinic.org, patient: patient.handle, reason: 'UrgentCare', classes: ['Laboratory'], detail: toHex(new Uint8Array(32)),
  }), staff.specialist));
  const glass = await shown(question({ purpose: 'Btg' }), 'Emergency', new RegExp(`without the patient's consent by emergency ${broken}`));
  await shown(question({ purpose: 'Btg', at }), 'Deny', /nothing permits/);

  // Another patient, who signed nothing and is treated at the hospital.
  const other = await registerPatient(world, hospital, staff);
  await world.send(care.invite(api, hospital.org, until), other.pair);
  const related = care.openedAs(await world.send(care.open(api, hospital.org, other.handle, 'Ambulatory', until), staff.nurse));
  const asked: Question = { ...question(), subject: other.handle, actor: { organisation: hospital.org, practitioner: staff.nurse.address } };
  const lawful = await receipts.makeDecision(api, asked);
  assert.deepEqual(lawful.verdict, { kind: 'LawfulBasis', rule: 'TreatmentRelationship', number: String(related) });
  const told = await judged(lawful);
  assert.equal(told.code, 0, told.sentence);
  await world.send(care.leave(api, related), other.pair);
  const left = await judged(await receipts.makeDecision(api, asked));
  assert.equal(left.code, 3, left.sentence);
  const stillSo = await judged(await receipts.makeDecision(api, { ...asked, at: Number(lawful.question.at) }));
  assert.equal(stillSo.code, 0, stillSo.sentence);

  await forged(receipt, glass.receipt);
});

/** What somebody could hand in instead. */
async function forged(genuine: receipts.OwnDecision, other: receipts.OwnDecision): Promise<void> {
  const { institutions: { hospital } } = all;
  const { question: asked, proof } = genuine;
  const withoutOne = (left: number): Hex[] => proof.filter((_, i) => i !== left);
  const cases: [receipts.DecisionReceipt, RegExp][] = [
    [{ ...genuine, verdict: { kind: 'Deny', rule: 'Default', number: null } }, /says "refused because nothing permits it", and the chain's rules say "permitted/],
    [{ ...genuine, verdict: { ...genuine.verdict, number: '77' } }, /says "permitted by the patient's directive 77"/],
    [{ ...genuine, question: { ...asked, purpose: 'Hmarkt' } }, /chain's rules say "refused/],
    [{ ...genuine, question: { ...asked, labels: ['Hiv'] } }, /chain's rules say "refused/],
    [{ ...genuine, question: { ...asked, subject: `0x${'22'.repeat(32)}` } }, /no such patient|leaves open/],
    [{ ...genuine, question: { ...asked, actor: { ...asked.actor, organisation: hospital.org } } }, /leaves open|chain's rules say "refused/],
    [{ ...genuine, question: { ...asked, at: other.question.at } }, /the receipt's block is older/],
    [{ ...genuine, proof: other.proof }, /proof is of another block's state/],
    [{ ...genuine, header: other.header, finality: other.finality }, /proof is of another block's state/],
    [{ ...genuine, header: other.header }, /not for block/],
    [{ ...genuine, specVersion: genuine.specVersion + 1 }, /names the rules of version/],
    [{ ...genuine, genesis: `0x${'33'.repeat(32)}` }, /of another chain/],
    ...proof.map((_, i): [receipts.DecisionReceipt, RegExp] => [{ ...genuine, proof: withoutOne(i) }, /leaves open|has nothing of the state/]),
  ];
  for (const [receipt, words] of cases) {
    const { code, sentence } = await judged(receipt);
    assert.equal(code, 1, sentence);
    assert.match(sentence, words);
  }
}

test('what has no answer, or whose moment does not come, has no receipt', needs('authorities'), async () => {
  const nobody = question({ subject: `0x${'22'.repeat(32)}` });
  await assert.rejects(receipts.makeDecision(api, nobody), refused('Unanswered'));
  const early = question({ at: 1_000_000 });
  await assert.rejects(receipts.makeDecision(api, early), refused('Unanswered'));
  const future = question({ at: await all.world.now() + 3_600 });
  await assert.rejects(receipts.makeDecision(api, future, { timeout: 5_000 }), refused('NotFinal'));
  // A moment a little ahead is waited for.
  const soon = await all.world.after(3);
  const receipt = await receipts.makeDecision(api, question({ at: soon }));
  assert.equal(receipt.question.at, String(soon));
  assert.equal((await judged(receipt)).code, 3, 'vetoed by then');
});
