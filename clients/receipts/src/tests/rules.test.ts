/** What the rules take and answer, in bytes and in the terms of this SDK: the vectors that the Rust tests wrote and check too. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hexToU8a } from '@polkadot/util';
import { opensSealed, type Opening } from '@salus/client/sealed';
import { InvalidArgument, toHex } from '@salus/types';
import { decodeAdjudication } from '../rules/adjudication.js';
import { decodeVerdict } from '../rules/decision.js';
import { RulesRefused, RulesUnusable, WrongOpening } from '../rules/errors.js';
import { answerOf, encodeCase, encodeClaim, encodeDisclosure } from '../rules/index.js';
import { ALWAYS, type Case, type Claim, type Disclosure } from '../rules/model.js';
import { decodeForce } from '../rules/opening.js';
import { adjudications, decisions, openings } from './rules-vectors.js';

/** How many cases there are of each verdict and reason. */
const KINDS: [string, string][] = [
  ['Permit', 'Directive'], ['Permit', 'Own'], ['Permit', 'Base'], ['Deny', 'Directive'], ['Deny', 'Default'], ['Deny', 'Veto'],
  ['Deny', 'State'], ['Deny', 'Credential'], ['Emergency', 'Emergency'], ['LawfulBasis', 'TreatmentRelationship'],
  ['Permit', 'SealedDirective'], ['Deny', 'Sealed'], ['Deny', 'SealedDirective'],
];

test('a case is written as the chain would encode it, and its verdict read', () => {
  const seen = new Map<string, number>();
  for (const { case: given, input, output, answer, fault } of decisions()) {
    const read = () => answerOf(hexToU8a(output), decodeVerdict);
    if (!answer) {
      assert.throws(read, (error) => error instanceof RulesRefused && error.fault.kind === fault);
      continue;
    }
    if (given) assert.equal(toHex(encodeCase(given)), input);
    assert.deepEqual(read(), answer);
    const kind = `${answer.verdict} ${answer.why.kind}`;
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
  }
  for (const kind of KINDS) assert.ok((seen.get(kind.join(' ')) ?? 0) >= 23, `${kind.join(' ')}: ${seen.get(kind.join(' '))}`);
  assert.equal(seen.size, KINDS.length);
});

test('an opening is written as the chain would encode it, and what it is worth read', () => {
  const seen = new Map<string, number>();
  for (const { disclosure, input, output, answer, error: expected, fault } of openings()) {
    const read = () => answerOf(hexToU8a(output), decodeForce);
    if (disclosure) assert.equal(toHex(encodeDisclosure(disclosure)), input);
    if (answer) assert.equal(read(), answer);
    else if (expected) assert.throws(read, (error) => error instanceof WrongOpening && error.why === expected && error.name === 'WrongOpening');
    else assert.throws(read, (error) => error instanceof RulesRefused && !(error instanceof WrongOpening) && error.fault.kind === fault);
    const kind = answer ?? expected ?? 'fault';
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
  }
  for (const kind of ['NotYet', 'InForce', 'RunOut', 'Revoked', 'Lifted', 'Mismatch', 'IllFormed', 'UnknownVersion']) {
    assert.ok((seen.get(kind) ?? 0) >= 12, `${kind}: ${seen.get(kind)}`);
  }
  assert.ok((seen.get('fault') ?? 0) >= 4);
});

test('what opens a directive by the rules opens it by opensSealed, and nothing else does', () => {
  const seen = { opens: 0, opensNot: 0 };
  for (const { disclosure, error: expected } of openings()) {
    if (!disclosure) continue;
    const { genesisHash, patient, directive, opening } = disclosure;
    const { data, eraseAfter, ...content } = opening.content;
    const always = data === undefined || (data.from === ALWAYS.from && data.until === ALWAYS.until);
    const same: Opening = {
      salt: opening.salt,
      content: {
        ...content,
        ...(always ? {} : { data: { from: Number(data.from), until: Number(data.until) } }),
        ...(eraseAfter === undefined ? {} : { eraseAfter: Number(eraseAfter) }),
      },
    };
    const opens = opensSealed(genesisHash, patient, directive.id, { ...directive, from: Number(directive.from) }, same);
    assert.equal(opens, expected === undefined, JSON.stringify(expected));
    seen[opens ? 'opens' : 'opensNot']++;
  }
  assert.ok(seen.opens >= 60 && seen.opensNot >= 60, JSON.stringify(seen));
});

test('a claim is written as the chain would encode it, and its adjudication read', () => {
  const seen = { answered: 0, unsound: 0, unreadable: 0 };
  for (const { claim, input, output, answer, error: expected, fault } of adjudications()) {
    const read = () => answerOf(hexToU8a(output), decodeAdjudication);
    if (claim) assert.equal(toHex(encodeClaim(claim)), input);
    if (answer) {
      assert.deepEqual(read(), answer);
      seen.answered++;
    } else if (expected) {
      assert.throws(read, (error) => {
        assert.ok(error instanceof RulesRefused);
        assert.deepEqual(error.fault, { kind: 'Adjudication', error: expected });
        return true;
      });
      seen.unsound++;
    } else {
      assert.throws(read, (error) => error instanceof RulesRefused && error.fault.kind === fault);
      seen.unreadable++;
    }
  }
  assert.ok(seen.answered >= 150 && seen.unsound >= 8 && seen.unreadable >= 4, JSON.stringify(seen));
});

/** A copy of the first case, or claim, that has what is to be changed. */
function caseWith(has: (given: Case) => boolean): Case {
  const found = decisions().find((vector) => vector.case && has(vector.case))?.case;
  assert.ok(found);
  return found;
}
const aClaim = (): Claim => {
  const found = adjudications().find(({ claim, answer }) => claim && answer)?.claim;
  assert.ok(found);
  return found;
};

/** `value` as if it were of the type: what a caller without types may give. */
const untyped = <T>(value: unknown): T => value as T;

test('what a case cannot mean is refused by its name, and becomes no other value', () => {
  const whole = caseWith(({ directives, vetoes }) => directives.length > 1 && vetoes.length > 0);
  const [first, second] = whole.directives;
  assert.ok(first && second);
  const second_ = (change: object): Case => ({ ...whole, directives: [first, { ...second, ...change }] });
  const wrong: [string, Case][] = [
    ['at', { ...whole, at: -1 }],
    ['at', { ...whole, at: 2n ** 64n }],
    // Beyond what a number is exact for: another moment may have been meant.
    ['at', { ...whole, at: 2 ** 53 }],
    ['at', { ...whole, at: 1.5 }],
    ['at', { ...whole, at: untyped('5') }],
    ['state', { ...whole, state: untyped('Alive') }],
    ['question.subject', { ...whole, question: { ...whole.question, subject: '0x1234' } }],
    ['question.purpose', { ...whole, question: { ...whole.question, purpose: untyped('TREAT') } }],
    ['question.labels', { ...whole, question: { ...whole.question, labels: untyped('Hiv') } }],
    ['question.actor.practitioner', { ...whole, question: { ...whole.question, actor: { organisation: 1, practitioner: 'nobody' } } }],
    ['question.actor', { ...whole, question: { ...whole.question, actor: untyped(undefined) } }],
    ['standing', { ...whole, standing: untyped(undefined) }],
    ['standing.ownKey', { ...whole, standing: { ...whole.standing, ownKey: untyped(1) } }],
    ['standing.roles', { ...whole, standing: { ...whole.standing, roles: [untyped('Surgeon')] } }],
    ['vetoes', { ...whole, vetoes: untyped(undefined) }],
    ['vetoes[0].until', { ...whole, vetoes: [{ purpose: 'Treat', from: 0, until: untyped(null) }] }],
    ['directives[1].effect', second_({ effect: 'Maybe' })],
    ['directives[1].grantee', second_({ grantee: null })],
    ['directives[1].grantee.organisation', second_({ grantee: { organisation: 2 ** 32 } })],
    ['directives[1].scope', second_({ scope: undefined })],
    ['directives[1].scope.data', second_({ scope: { ...second.scope, data: undefined } })],
    ['directives[1].rediscloseDepth', second_({ rediscloseDepth: 256 })],
    ['directives[1].grantedBy', second_({ grantedBy: undefined })],
    ['directives[1].ended.why', second_({ ended: { at: 1, why: 'Forgotten' } })],
    ['care.policy', { ...whole, care: { ...whole.care, policy: untyped('Everybody') } }],
    ['sealed', { ...whole, sealed: untyped(undefined) }],
    ['sealed.genesisHash', { ...whole, sealed: { ...whole.sealed, genesisHash: untyped(undefined) } }],
    ['sealed.flagged', { ...whole, sealed: { ...whole.sealed, flagged: untyped(undefined) } }],
    // As it was before flags had times: what was true of them then is no list of them.
    ['sealed.flagged', { ...whole, sealed: { ...whole.sealed, flagged: untyped(false) } }],
    ['sealed.flagged[0].until', { ...whole, sealed: { ...whole.sealed, flagged: [untyped({ from: 0 })] } }],
    ['sealed.directives', { ...whole, sealed: { ...whole.sealed, directives: untyped(undefined) } }],
    ['sealed.openings[0].opening', { ...whole, sealed: { ...whole.sealed, openings: [untyped({ sealed: 1 })] } }],
    ['emergency.accesses[0]', { ...whole, emergency: { ...whole.emergency, accesses: [untyped(7)] } }],
  ];
  assert.ok(encodeCase(whole).length > 0);
  for (const [name, given] of wrong) {
    assert.throws(() => encodeCase(given), (error) => error instanceof InvalidArgument && error.argument === name, name);
  }
});

test('what cannot be a disclosure is refused by its name, and becomes no other value', () => {
  const whole = openings().find(({ disclosure, answer }) => disclosure && answer === 'Revoked')?.disclosure;
  assert.ok(whole);
  const { directive, opening } = whole;
  const content = (change: object): Disclosure => ({ ...whole, opening: { ...opening, content: { ...opening.content, ...change } } });
  const wrong: [string, Disclosure][] = [
    ['disclosure', untyped(undefined)],
    ['genesisHash', { ...whole, genesisHash: '0x12' }],
    ['patient', { ...whole, patient: untyped(undefined) }],
    ['at', { ...whole, at: untyped(undefined) }],
    ['directive', { ...whole, directive: untyped(undefined) }],
    ['directive.id', { ...whole, directive: { ...directive, id: 2 ** 32 } }],
    ['directive.effect', { ...whole, directive: { ...directive, effect: untyped('Maybe') } }],
    ['directive.commitment', { ...whole, directive: { ...directive, commitment: '0x1234' } }],
    ['directive.version', { ...whole, directive: { ...directive, version: untyped(undefined) } }],
    ['directive.version', { ...whole, directive: { ...directive, version: 256 } }],
    ['directive.ended', { ...whole, directive: { ...directive, ended: untyped(null) } }],
    ['opening', { ...whole, opening: untyped(undefined) }],
    ['opening.salt', { ...whole, opening: { ...opening, salt: opening.salt.slice(1) } }],
    ['opening.salt', { ...whole, opening: { ...opening, salt: untyped('0x00') } }],
    ['opening.content', { ...whole, opening: untyped({ salt: opening.salt }) }],
    ['opening.content.grantee', content({ grantee: undefined })],
    ['opening.content.labels', content({ labels: ['HIV'] })],
    ['opening.content.data.from', content({ data: { until: 5 } })],
    ['opening.content.data.until', content({ data: { from: 0, until: null } })],
    ['opening.content.eraseAfter', content({ eraseAfter: 0.5 })],
  ];
  for (const [name, given] of wrong) {
    assert.throws(() => encodeDisclosure(given), (error) => error instanceof InvalidArgument && error.argument === name, name);
  }
  // Data without an end is all data from then on.
  assert.deepEqual(encodeDisclosure(content({ data: { from: 0 } })), encodeDisclosure(content({ data: undefined })));
});

test('what a claim cannot mean is refused by its name, and becomes no other value', () => {
  const whole = aClaim();
  const [line] = whole.lines;
  assert.ok(line);
  const { PrimaryCare: _, ...fewer } = whole.plan.benefits;
  const wrong: [string, Claim][] = [
    ['plan.deductible', { ...whole, plan: { ...whole.plan, deductible: -1n } }],
    ['plan.deductible', { ...whole, plan: { ...whole.plan, deductible: untyped('100') } }],
    ['plan.coordination', { ...whole, plan: { ...whole.plan, coordination: untyped('Neither') } }],
    ['plan.benefits.PrimaryCare', { ...whole, plan: { ...whole.plan, benefits: untyped(fewer) } }],
    ['before.deductible', { ...whole, before: { ...whole.before, deductible: 2n ** 128n } }],
    ['a category of before.usage', { ...whole, before: { ...whole.before, usage: untyped({ primaryCare: { visits: 1, amount: 1n } }) } }],
    ['before.usage.Imaging.visits', { ...whole, before: { ...whole.before, usage: { Imaging: { visits: 2 ** 32, amount: 0n } } } }],
    ['lines', { ...whole, lines: untyped({}) }],
    ['lines[0].quantity', { ...whole, lines: [{ ...line, quantity: 0.5 }] }],
    ['lines[0].charge', { ...whole, lines: [{ ...line, charge: untyped(Number.NaN) }] }],
    ['lines[0].denial', { ...whole, lines: [{ ...line, denial: untyped('Because') }] }],
    ['lines[0].prior.paid', { ...whole, lines: [{ ...line, prior: { paid: untyped(undefined), patientResponsibility: 0n } }] }],
  ];
  assert.ok(encodeClaim(whole).length > 0);
  for (const [name, given] of wrong) {
    assert.throws(() => encodeClaim(given), (error) => error instanceof InvalidArgument && error.argument === name, name);
  }
});

test('an answer that this SDK does not know is no answer', () => {
  const unknown = [
    '0x02', // neither an answer nor a fault
    '0x0004', // a fifth verdict
    '0x000004', // a fifth basis
    '0x000107', // an eighth reason
    '0x000301', // a second lawful basis
    '0x0106', // a seventh fault
    '0x010502', // neither malformed nor not
    '0x010403', // a fourth way in which an opening is wrong
  ];
  for (const bytes of unknown) assert.throws(() => answerOf(hexToU8a(bytes), decodeVerdict), RulesUnusable, bytes);
  assert.throws(() => answerOf(hexToU8a('0x0000'), decodeVerdict), /too early/);
  assert.throws(() => answerOf(hexToU8a('0x00000100'), decodeVerdict), /goes on/);
});
