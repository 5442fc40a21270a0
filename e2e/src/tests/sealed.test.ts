/** Sealed directives: who is let by one and who is not, what an unopened denial shuts, and that the chain tells nothing of what they say. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { KeyringPair } from '@polkadot/keyring/types';
import { hexToU8a } from '@polkadot/util';
import {
  best, consent, decideAt, decideSafely, finalised, registry, sealed, snapshot, type ApiPromise, type Call, type Included,
} from '@salus/client';
import { profileCommitment } from '@salus/exchange';
import { PoolRejected, toHex, toldOf, type Decision, type Effect, type Grantee, type Hex, type Question, type Scope } from '@salus/types';
import { CHAIN } from '../chains.js';
import { blocksOf, changesOf, holding, namingOrganisation, type Trace } from '../footprint.js';
import { isFiltered } from '../governing.js';
import { begin, people, type Peopled } from '../setting.js';
import type { Institutions } from '../steps/admission.js';
import { allFail, fails } from '../steps/amendment.js';
import { registerPatients } from '../steps/patient.js';
import { hireAtAll, type Staff } from '../steps/staff.js';
import { until } from '../wait.js';
import { DAY, YEAR, type Patient, type World } from '../world.js';

let all: Peopled;
let api: ApiPromise;
let world: World;
let institutions: Institutions;
let staff: Staff;
/** A nurse of the hospital who works at the clinic as well. */
let both: KeyringPair;
let patients: Record<'lets' | 'other' | 'denies' | 'later' | 'scanned' | 'plain', Patient>;
/**
 * What a directive in plain leaves, and a salt in the place of a commitment: for searches that must find something. After the block `last`
 * the clinic hires nobody.
 */
let control: { plain: Scan; pot: string; salt: Uint8Array; last: number };

const clinician = (): Grantee => ({ practitioner: staff.specialist.address, at: institutions.clinic.org });
const LABELLED = {
  actions: ['Read'], purposes: ['Treat'], classes: ['Laboratory', 'Genomics'], labels: ['Hiv', 'Psy', 'Sex'],
} satisfies Omit<sealed.SealedContent, 'grantee'>;
const PLAIN = { actions: ['Read'], purposes: ['Treat'], classes: ['Laboratory'] } satisfies Scope;
/** The clinic's specialist, and labelled data. */
const aboutLabels = (): sealed.SealedContent => ({ grantee: clinician(), ...LABELLED });

/** What somebody did, and what the blocks of that leave. */
interface Scan {
  traces: Trace[];
  signers: string[];
  payers: string[];
}

async function scan(act: () => Promise<Included[]>): Promise<Scan> {
  const first = (await best(api)).number + 1;
  const last = Math.max(...(await act()).map(({ blockNumber }) => blockNumber));
  const [{ traces, signers, payers }, changes] = await Promise.all([
    blocksOf(api, first, last), changesOf(api, all.endpoint.replace(/^ws/, 'http'), first, last),
  ]);
  assert.ok(changes.length > 4);
  return { traces: [...traces, ...changes], signers: [...signers], payers: [...payers] };
}

/** Registers the patients, of whom one permits in plain what the others seal. */
async function inPlain(): Promise<void> {
  const names = ['lets', 'other', 'denies', 'later', 'scanned', 'plain'] as const;
  const registered = await registerPatients(world, institutions.hospital, staff, names.length);
  patients = Object.fromEntries(names.map((name, at) => [name, registered[at]])) as typeof patients;
  const { plain } = patients;
  const { salt } = sealed.newOpening(aboutLabels());
  const [end, expiry] = [sealed.endOnGrid(await world.now() + YEAR, 'Permit'), await world.now() + DAY];
  let pot: string | undefined;
  const traces = await scan(async () => {
    const [permitted, ...more] = await world.sendAll([
      consent.permit(api, clinician(), { ...PLAIN, until: expiry }), sealed.permitSealed(api, 0, toHex(salt), end),
    ], plain.pair);
    pot = permitted?.payer;
    return permitted ? [permitted, ...more] : more;
  });
  assert.ok(pot !== undefined && pot !== plain.pair.address, 'nobody sponsors the patient');
  control = { plain: traces, pot, salt, last: 0 };
}

before(async () => {
  all = await people(await begin());
  ({ api, world, institutions, staff } = all);
  const { hospital, clinic } = institutions;
  const [hired] = await Promise.all([hireAtAll(world, [[hospital, 'Nurse'], [clinic, 'Nurse']]), inPlain()]);
  both = hired;
  control.last = (await best(api)).number;
  await world.send(registry.setFlag(api, clinic.org, true), world.registrar);
});

after(() => all?.stop());

/** A directive that was sealed. */
interface Made {
  number: number;
  opening: sealed.Opening;
  included: Included;
}

async function seal(patient: Patient, effect: Effect, content: sealed.SealedContent): Promise<Made> {
  const opening = sealed.newOpening(content);
  const end = effect === 'Permit' ? await world.now() + YEAR : undefined;
  const { sealed: number, call } = await sealed.sealing(api, patient.handle, effect, opening, end);
  const included = await world.send(call, patient.pair);
  assert.equal(sealed.sealedAs(included, effect), number);
  return { number, opening, included };
}

/** May the specialist of the clinic read laboratory results, in order to treat? */
const question = (patient: Patient, more: Partial<Question> = {}): Question => ({
  subject: patient.handle, actor: { organisation: institutions.clinic.org, practitioner: staff.specialist.address },
  purpose: 'Treat', action: 'Read', dataClass: 'Laboratory', ...more,
});
const HIV = { labels: ['Hiv'] } satisfies Partial<Question>;
/** The same, asked at the hospital. */
const atHospital = ({ address }: KeyringPair): Partial<Question> => ({ actor: { organisation: institutions.hospital.org, practitioner: address } });

/** What the state of a block answers, with the openings of these. */
async function ask(
  { blockHash }: Pick<Included, 'blockHash'>, patient: Patient, more: Partial<Question>, ...opened: Pick<Made, 'number' | 'opening'>[]
): Promise<Pick<Decision, 'verdict' | 'why'>> {
  const at = await snapshot(api, blockHash);
  const asked = question(patient, more);
  const { verdict, why } = opened.length === 0 ? await decideAt(at, asked)
    : await sealed.decideWithAt(at, asked, new Map(opened.map(({ number, opening }) => [number, opening])));
  return { verdict, why } as Pick<Decision, 'verdict' | 'why'>;
}
const DEFAULT = { verdict: 'Deny', why: { kind: 'Default' } };
const byDirective = (directive: number) => ({ verdict: 'Permit', why: { kind: 'Directive', directive } });
const bySealed = (verdict: 'Permit' | 'Deny', { number }: Pick<Made, 'number'>) => ({ verdict, why: { kind: 'SealedDirective', sealed: number } });
const unopened = ({ number }: Pick<Made, 'number'>) => ({ verdict: 'Deny', why: { kind: 'Sealed', sealed: number } });

/** What must not stand in a block of a sealed directive, and does stand in its opening. */
function said(opening: sealed.Opening): [string, Uint8Array][] {
  const bytes = sealed.openingBytes(opening);
  // The salt, the grantee (a kind, an account and an organisation), and the scope: actions, purposes, classes, labels, and of when the data is.
  const [grantee, scope] = [32, 32 + 37];
  return [
    ['the opening', bytes], ['the salt', opening.salt], ['the content', bytes.slice(grantee)], ['the grantee', bytes.slice(grantee, scope)],
    ['the scope', bytes.slice(scope, scope + 27)], ['purposes, classes and labels', bytes.slice(scope + 1, scope + 11)],
    ['the labels and the time', bytes.slice(scope + 9, scope + 27)], ['who is let', staff.specialist.publicKey],
  ];
}

/** Who and what belongs to the clinic. */
const ofClinic = ({ clinic }: Institutions): [string, Uint8Array][] => [
  ['its clinician', staff.specialist.publicKey], ['its privacy officer', staff.officer.publicKey], ['its nurse', both.publicKey],
  ['its administrator', clinic.admin.publicKey], ['its key', hexToU8a(clinic.agreement.publicKey)], ['its profile', hexToU8a(profileCommitment(clinic.profile))],
];

test('transactions, events and state of sealed directives tell neither what they say nor of whom', async () => {
  const { hospital, clinic } = institutions;
  const { scanned } = patients;
  // In plain it does not get as far as a block.
  const inPlainWords = consent.permit(api, { organisation: clinic.org }, { ...PLAIN, until: await world.now() + DAY });
  await assert.rejects(world.send(inPlainWords, scanned.pair), isFiltered);
  const [permit, denial] = [sealed.newOpening(aboutLabels()), sealed.newOpening(aboutLabels())];
  const commitments = ([['Permit', permit], ['Deny', denial]] as const).map(([effect, opening], number) =>
    sealed.sealedCommitment(api.genesisHash.toHex(), scanned.handle, number, effect, opening));
  const end = sealed.endOnGrid(await world.now() + YEAR, 'Permit');
  const found = await scan(async () => [
    ...await world.sendAll([sealed.permitSealed(api, 0, commitments[0] as Hex, end), sealed.denySealed(api, 1, commitments[1] as Hex)], scanned.pair),
    ...await world.sendAll([sealed.revoke(api, 0), sealed.lift(api, 1)], scanned.pair),
    await world.send(sealed.cancelLift(api, 1), scanned.pair),
  ]);
  for (const [what, bytes] of [...said(permit), ...said(denial), ...ofClinic(institutions)]) assert.deepEqual(holding(found.traces, bytes), [], what);
  assert.deepEqual(namingOrganisation(found.traces, clinic.org), []);
  assert.deepEqual(found.traces.filter(({ where }) => / registry\./.test(where)), [], 'what the registry has stays untouched');
  // Whoever registered the patient stands in its budget, and nowhere else.
  assert.deepEqual(namingOrganisation(found.traces, hospital.org).filter((where) => !/ sponsorship\./.test(where)), []);
  // The patient alone signs, and what costs something is paid by the pot that pays for all.
  assert.deepEqual(found.signers, [scanned.pair.address]);
  assert.deepEqual(found.payers, [control.pot]);
  for (const { address } of [...Object.values(staff) as KeyringPair[], both, hospital.admin, clinic.admin]) assert.ok(!found.payers.includes(address));
  // The search finds what is there.
  for (const bytes of [scanned.pair.publicKey, ...[scanned.handle, ...commitments].map((each) => hexToU8a(each))]) {
    assert.ok(holding(found.traces, bytes).length >= 2);
  }
  const { entries } = (await api.query.sealed.live(scanned.handle)).toJSON() as unknown as { entries: [id: number, directive: object][] };
  const parts = ['commitment', 'effect', 'ended', 'period', 'version'];
  assert.deepEqual(entries.map(([id, directive]) => [id, Object.keys(directive).sort()]), [[0, parts], [1, parts]]);
});

test('the same search finds a directive in plain, an opening that somebody publishes, and who acts for the clinic', async () => {
  const { clinic } = institutions;
  const { plain, salt, last } = control;
  for (const found of [namingOrganisation(plain.traces, clinic.org), holding(plain.traces, staff.specialist.publicKey), holding(plain.traces, salt)]) {
    assert.ok(found.some((where) => /^the transaction /.test(where)), found.join('; '));
    assert.ok(found.some((where) => /^what block \d+ made of (consent|sealed)\./.test(where)), found.join('; '));
  }
  const opening = sealed.newOpening(aboutLabels());
  const published: Trace = { where: 'an opening', hex: toHex(sealed.openingBytes(opening)).slice(2), told: undefined };
  for (const [what, bytes] of said(opening)) assert.deepEqual(holding([published], bytes), ['an opening'], what);
  const { traces, signers } = await blocksOf(api, 1, last);
  for (const [what, bytes] of ofClinic(institutions)) assert.notDeepEqual(holding(traces, bytes), [], what);
  assert.ok(signers.has(clinic.admin.address) && namingOrganisation(traces, clinic.org).length > 0);
});

// Each acts on patients of its own.
describe('what a sealed directive means', { concurrency: true }, () => {
  describe('a Permit', { concurrency: false }, () => {
    test('a sealed Permit for labelled data lets whom it names with its opening, and nobody without one that fits', async () => {
      const { clinic } = institutions;
      const { lets, other } = patients;
      const [made, ofOther] = await Promise.all([seal(lets, 'Permit', aboutLabels()), seal(other, 'Permit', aboutLabels())]);
      const { included, opening, number } = made;
      assert.deepEqual(await ask(included, lets, HIV), DEFAULT, 'the chain itself knows nothing');
      assert.deepEqual(await ask(included, lets, HIV, made), bySealed('Permit', made));
      for (const more of [
        { labels: ['Hiv', 'Minor'] }, { ...HIV, dataClass: 'Imaging' }, { ...HIV, action: 'Export' }, { ...HIV, action: 'Redisclose' },
        { ...HIV, purpose: 'Caremgt' }, { ...HIV, actor: { organisation: clinic.org, practitioner: staff.officer.address } },
        { ...HIV, ...atHospital(staff.nurse) }, { ...HIV, actor: { organisation: clinic.org } },
      ] as Partial<Question>[]) assert.deepEqual(await ask(included, lets, more, made), DEFAULT, JSON.stringify(more));

      const [held] = await sealed.sealedDirectives(api, lets.handle);
      assert.ok(held && held.id === number && held.ended === undefined);
      const opens = (each: Pick<Made, 'number' | 'opening'>): boolean => sealed.opensSealed(api.genesisHash.toHex(), lets.handle, each.number, held, each.opening);
      assert.ok(opens(made));
      for (const [what, wrong] of [
        ['another salt', { number, opening: sealed.newOpening(opening.content) }],
        ['another content', { number, opening: { ...opening, content: { ...opening.content, labels: ['Hiv'] } } }],
        ['another patient\'s, of the same content and number', ofOther],
        ['the right one under another number', { number: number + 1, opening }],
        ['what no directive could say', { number, opening: { ...opening, content: { ...opening.content, actions: ['Read', 'Redisclose'] } } }],
      ] as [string, Pick<Made, 'number' | 'opening'>][]) {
        assert.deepEqual(await ask(included, lets, HIV, wrong), DEFAULT, what);
        assert.equal(opens(wrong), false, what);
      }
      assert.deepEqual(await ask(included, other, HIV, made), DEFAULT, 'nor does it open the other patient\'s');

      // Acted on where it is final, and told as yes or no.
      await until('the Permit is final', async () => (await finalised(api)).number >= included.blockNumber);
      const freshness = { clock: CHAIN.clock };
      const decision = await sealed.decideSafely(api, question(lets, HIV), new Map([[number, opening]]), freshness);
      assert.ok(decision.permitted, decision.reason);
      assert.deepEqual(toldOf(decision), { verdict: 'Permit' });
      assert.equal((await decideSafely(api, question(lets, HIV), freshness)).permitted, false);
    });

    test('a sealed Permit that is revoked lets nothing from that block on, which is free, and answers about before stay', async () => {
      const { lets } = patients;
      const [held] = await sealed.sealedDirectives(api, lets.handle);
      const made = await seal(lets, 'Permit', aboutLabels());
      assert.deepEqual(await ask(made.included, lets, HIV, made), bySealed('Permit', made));
      const revoked = await world.send(sealed.revoke(api, made.number), lets.pair);
      assert.equal(revoked.fee, 0n);
      const at = await world.momentOf(revoked);
      assert.deepEqual(await ask(revoked, lets, HIV, made), DEFAULT);
      assert.deepEqual(await ask(revoked, lets, { ...HIV, at: at - 1 }, made), bySealed('Permit', made));
      const found = await sealed.sealedDirectives(api, lets.handle);
      assert.deepEqual(found.map(({ id, ended }) => [id, ended]), [[held?.id, undefined], [made.number, at]]);
      // Free where it takes effect, and refused before any block where it does not.
      for (const number of [made.number, 77]) await assert.rejects(world.send(sealed.revoke(api, number), lets.pair), PoolRejected);
    });
  });

  test('what cannot be sealed is refused by its name: an end off the grid, over, or too far, and another number', async () => {
    const { plain } = patients;
    const [now, commitment] = [await world.now(), toHex(sealed.newOpening(aboutLabels()).salt)];
    const end = sealed.endOnGrid(now + YEAR, 'Permit');
    // The SDK offers no end off the grid.
    assert.throws(() => sealed.permitSealed(api, 1, commitment, end + 1), { name: 'InvalidArgument' });
    await allFail(world, [
      [api.tx.sealed.permitSealed(1, commitment, end + 1), 'NotOnGrid'],
      [sealed.permitSealed(api, 1, commitment, sealed.endOnGrid(now, 'Permit')), 'InvalidInterval'],
      [sealed.permitSealed(api, 1, commitment, sealed.endOnGrid(now + 3 * YEAR, 'Permit')), 'TermTooLong'],
      [sealed.permitSealed(api, 0, commitment, end), 'WrongNumber'],
      [sealed.denySealed(api, 2, commitment), 'WrongNumber'],
      [sealed.lift(api, 0), 'NotADeny'],
    ], plain.pair, 'sealed');
    assert.equal(await sealed.nextSealed(api, plain.handle), 1);
  });

  describe('a denial', { concurrency: false }, () => {
    test('a sealed denial that is not opened denies in the same block what it could be about, and nothing else', async () => {
      const { hospital } = institutions;
      const { denies, later } = patients;
      const { specialist, nurse } = staff;
      const expiry = await world.now() + DAY;
      const everybody = (): Call => consent.permit(api, 'Any', { ...PLAIN, until: expiry });
      const opening = sealed.newOpening({ grantee: { organisation: hospital.org }, ...LABELLED, classes: ['Genomics'] });
      const letting = await sealed.sealing(api, denies.handle, 'Permit', opening, await world.now() + YEAR);
      const [included] = await Promise.all([world.sendAll([everybody(), letting.call], denies.pair), world.send(everybody(), later.pair)]);
      const permit = { number: letting.sealed, opening };
      const before = included[1] as Included;
      const asked: [string, Partial<Question>][] = [
        ['ordinary data, at the hospital', atHospital(nurse)], ['ordinary data, at the clinic', {}],
        ['ordinary data, at the hospital, for who works at the clinic too', atHospital(both)], ['labelled data, at the hospital', { ...HIV, dataClass: 'Genomics', ...atHospital(nurse) }],
      ];
      const answers = async (block: Pick<Included, 'blockHash'>, at: number | undefined, ...opened: Pick<Made, 'number' | 'opening'>[]) =>
        Promise.all(asked.map(([, more]) => ask(block, denies, { ...more, at }, ...opened)));
      const open = [byDirective(0), byDirective(0), byDirective(0), bySealed('Permit', permit)];
      assert.deepEqual(await answers(before, undefined, permit), open);

      // It is about the specialist alone, which nobody sees.
      const denied = await seal(denies, 'Deny', { grantee: { practitioner: specialist.address }, ...PLAIN });
      const shut = [byDirective(0), unopened(denied), unopened(denied), unopened(denied)];
      assert.deepEqual(await answers(denied.included, undefined, permit), shut, 'in the same block');
      const whole = [byDirective(0), bySealed('Deny', denied), byDirective(0), bySealed('Permit', permit)];
      assert.deepEqual(await answers(denied.included, undefined, permit, denied), whole);
      assert.deepEqual(await answers(denied.included, await world.momentOf(denied.included) - 1, permit), open, 'as of before');

      // Only the patient ends it, after a day.
      await assert.rejects(world.send(sealed.revoke(api, denied.number), denies.pair), PoolRejected);
      const lifting = await world.send(sealed.lift(api, denied.number), denies.pair);
      assert.deepEqual(await answers(lifting, undefined, permit), shut);
      await Promise.all([
        fails(world, sealed.applyLift(api, denies.handle, denied.number), world.registrar, 'TooEarly', 'sealed'),
        allFail(world, [[sealed.lift(api, denied.number), 'AlreadyPending']], denies.pair, 'sealed'),
      ]);
      assert.deepEqual((await sealed.pendingLifts(api, denies.handle)).map((lift) => lift.sealed), [denied.number]);
    });

    test('a sealed denial stays what it was when the organisation\'s mark is taken off, and one of then counts when the mark is back', async () => {
      const { clinic } = institutions;
      const { denies, later } = patients;
      const earlier = { number: 1 };
      const cleared = await world.send(registry.setFlag(api, clinic.org, false), world.registrar);
      // The patient lifts it, and nobody else.
      assert.deepEqual(await ask(cleared, denies, {}), unopened(earlier));
      assert.deepEqual(await ask(cleared, denies, atHospital(both)), unopened(earlier));
      // What could have been denied in plain counts for nobody who lacks the opening; labelled data is shut as ever.
      const meanwhile = await seal(later, 'Deny', { grantee: clinician(), ...PLAIN });
      assert.deepEqual(await ask(meanwhile.included, later, {}), byDirective(0));
      assert.deepEqual(await ask(meanwhile.included, later, HIV), unopened(meanwhile));
      assert.deepEqual(await ask(meanwhile.included, later, {}, meanwhile), bySealed('Deny', meanwhile));
      const then = await world.momentOf(meanwhile.included);
      const again = await world.send(registry.setFlag(api, clinic.org, true), world.registrar);
      assert.deepEqual(await ask(again, later, {}), unopened(meanwhile));
      assert.deepEqual(await ask(again, later, { at: then }), byDirective(0), 'as of when it bore no mark');
      assert.deepEqual(await ask(again, denies, { at: then }), unopened(earlier));
      const [off, on] = [await world.momentOf(cleared), await world.momentOf(again)];
      const told = await Promise.all([off - 1, off, on - 1, on].map((at) => registry.wasFlagged(api, clinic.org, at)));
      assert.deepEqual(told, [true, false, false, true]);
    });
  });
});
