/** Answers, coverages and eligibility that others made: taken if everything is said, refused by name if not. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { USD } from '@salus/types/testing';
import { FhirRefused, REFUSALS, readAnswer, readCoverage, readEligibility, readEligibilityRequest, type RefusalCode } from '../claims/index.js';
import { oddVariants } from './odd-values.js';

const options = { settlement: USD, zone: 'America/New_York' };
const usd = (value: number) => ({ value, currency: 'USD' });
const hl7 = (code: string) => ({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/adjudication', code }] });
const x12 = (group: string, carc: string) => ({
  coding: [{ system: 'https://x12.org/codes/claim-adjustment-group-codes', code: group }, { system: 'https://x12.org/codes/claim-adjustment-reason-codes', code: carc }],
});
const entry = (code: string, value: number, more: object = {}) => ({ category: hl7(code), amount: usd(value), ...more });

const item = {
  itemSequence: 1,
  adjudication: [
    entry('submitted', 180), entry('eligible', 150), { category: hl7('eligpercent'), value: 80 }, entry('copay', 20), entry('coinsurance', 26),
    entry('noncovered', 30, { reason: x12('CO', '45') }), entry('benefit', 104),
  ],
};
const response = {
  resourceType: 'ClaimResponse', status: 'active', type: { text: 'any' }, use: 'claim', patient: { reference: 'Patient/1' }, created: '2026-12-01',
  insurer: { identifier: { system: 'urn:insurers', value: '8' } }, requestor: { reference: 'Organization/3' }, request: { reference: 'Claim/1' },
  outcome: 'complete', item: [item], total: [entry('submitted', 180), entry('benefit', 104), entry('memberliability', 46), entry('eligible', 150)],
  payment: { type: { text: 'complete' }, amount: usd(105.25), adjustment: usd(-1.25), date: '2026-12-02' },
  insurance: [{ sequence: 1, focal: true, coverage: { reference: 'Coverage/1' } }],
};
const coverage = {
  resourceType: 'Coverage', status: 'active', beneficiary: { reference: 'Patient/1' }, payor: [{ reference: 'Organization/8' }], period: { start: '2026-01-01', end: '2026-12-31' },
  class: [{ type: { coding: [{ system: 'urn:class', code: 'plan' }] }, value: 'P' }], order: 1,
};
const request = {
  resourceType: 'CoverageEligibilityRequest', status: 'active', purpose: ['benefits'], patient: { reference: 'Patient/1' }, created: '2026-11-24', insurer: { reference: 'Organization/8' },
  servicedDate: '2026-11-25', insurance: [{ coverage: { reference: 'Coverage/1' } }], item: [{ category: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/ex-benefitcategory', code: '69' }] } }],
};
const answer = {
  resourceType: 'CoverageEligibilityResponse', status: 'active', purpose: ['benefits'], patient: { reference: 'Patient/1' }, created: '2026-11-24', request: { reference: 'R/1' },
  outcome: 'complete', insurer: { reference: 'Organization/8' },
  insurance: [{ coverage: { reference: 'Coverage/1' }, inforce: true, item: [{ category: { text: 'all' }, benefit: [{ type: { coding: [{ code: 'benefit' }] }, allowedMoney: usd(500), usedMoney: usd(1.5) }, { type: { coding: [{ code: 'room' }] }, allowedString: 'shared' }] }] }],
};

const read = {
  response: (change: object) => readAnswer(JSON.stringify({ ...response, ...change }), 'ClaimResponse', options),
  benefit: (change: object) => {
    const { requestor, request: claim, payment, ...others } = response;
    return readAnswer(JSON.stringify({
      ...others, resourceType: 'ExplanationOfBenefit', provider: requestor, claim, payment,
      item: [{ sequence: 1, productOrService: { text: 'a visit' }, net: usd(180), adjudication: item.adjudication.slice(1) }],
      insurance: [{ focal: true, coverage: { reference: 'Coverage/1' } }], ...change,
    }), 'ExplanationOfBenefit', options);
  },
  coverage: (change: object) => readCoverage(JSON.stringify({ ...coverage, ...change }), options),
  request: (change: object) => readEligibilityRequest(JSON.stringify({ ...request, ...change }), options),
  answer: (change: object) => readEligibility(JSON.stringify({ ...answer, ...change }), options),
};

const at = (text: string): number => Date.parse(text) / 1000;
const NEW_YORK_DAY = { from: at('2026-12-01T05:00:00Z'), until: at('2026-12-02T05:00:00Z') };

test('an answer in which every line says who bears what is taken', () => {
  const line = {
    sequence: 1, charge: 18_000n, paid: 10_400n, patientResponsibility: 4_600n,
    adjustments: [
      { group: 'PatientResponsibility', carc: 'Copay', amount: 2_000n }, { group: 'PatientResponsibility', carc: 'Coinsurance', amount: 2_600n },
      { group: 'ContractualObligation', carc: 'FeeSchedule', amount: 3_000n },
    ],
  };
  const expected = {
    outcome: 'complete', lines: [line], created: NEW_YORK_DAY, patient: 'Patient/1', insurer: 'urn:insurers|8', provider: 'Organization/3', claim: 'Claim/1', coverage: 'Coverage/1',
    payment: { amount: 10_525n, adjustment: -125n, date: { from: NEW_YORK_DAY.until, until: NEW_YORK_DAY.until + 86_400 } },
  };
  assert.deepEqual(read.response({}), { type: 'ClaimResponse', ...expected });
  assert.deepEqual(read.benefit({}), { type: 'ExplanationOfBenefit', ...expected });
  assert.equal(read.response({ payment: undefined, outcome: 'partial' }).outcome, 'partial');
});

test('coverage and eligibility of others are taken with their days and amounts', () => {
  assert.deepEqual(read.coverage({}), {
    status: 'active', beneficiary: 'Patient/1', payor: 'Organization/8', period: { from: at('2026-01-01T05:00:00Z'), until: at('2027-01-01T05:00:00Z') }, order: 1,
    classes: [{ type: 'urn:class|plan', value: 'P' }],
  });
  const asked = read.request({});
  assert.deepEqual([asked.categories, asked.coverage, asked.serviced], [['Sensitive'], 'Coverage/1', { from: at('2026-11-25T05:00:00Z'), until: at('2026-11-26T05:00:00Z') }]);
  assert.deepEqual(read.answer({}).coverages[0]?.items[0]?.benefits, [{ type: ['|benefit'], allowed: 50_000n, used: 150n }, { type: ['|room'], allowed: 'shared' }]);
});

test('what is not understood in an answer is refused by its name and path', () => {
  const withEntries = (adjudication: object[]) => ({ item: [{ itemSequence: 1, adjudication }] });
  const [submitted, ...others] = item.adjudication;
  const money = (more: object) => ({ payment: { ...response.payment, ...more } });
  const insured = (more: object) => ({ insurance: [{ ...answer.insurance[0], ...more }] });
  const refusals: [keyof typeof read, object, RefusalCode, string][] = [
    ['response', { resourceType: 'Claim' }, 'OtherResource', 'resourceType'], ['response', { status: 'cancelled' }, 'Status', 'ClaimResponse.status'],
    ['response', { use: 'preauthorization' }, 'Use', 'ClaimResponse.use'], ['response', { outcome: 'queued' }, 'Undecided', 'ClaimResponse.outcome'],
    ['response', { outcome: 'error', error: [{ code: { coding: [{ code: 'a1' }] } }] }, 'Undecided', 'ClaimResponse.outcome'],
    ['response', { error: [{ code: { text: 'x' } }] }, 'Undecided', 'ClaimResponse.error'],
    ['response', { item: undefined }, 'Items', 'ClaimResponse.item'], ['response', { item: [item, item] }, 'Sequence', 'ClaimResponse.item'],
    ['response', { addItem: [{}] }, 'Items', 'ClaimResponse.addItem'], ['response', { adjudication: [submitted] }, 'OtherMoney', 'ClaimResponse.adjudication'],
    ['response', { preAuthRef: 'A' }, 'PreAuthorisation', 'ClaimResponse.preAuthRef'], ['response', { fundsReserve: { coding: [{ code: 'patient' }] } }, 'FundsReserve', 'ClaimResponse.fundsReserve'],
    ['response', { payeeType: { coding: [{ code: 'subscriber' }] } }, 'Payee', 'ClaimResponse.payeeType'],
    ['response', { insurance: [{ ...response.insurance[0], claimResponse: {} }] }, 'PriorPayer', 'ClaimResponse.insurance[0].claimResponse'],
    ['response', { insurance: [response.insurance[0], response.insurance[0]] }, 'Insurance', 'ClaimResponse.insurance'],
    ['response', withEntries(others), 'Unbalanced', 'ClaimResponse.item[0].adjudication'],
    ['response', withEntries(item.adjudication.slice(0, -1)), 'Unbalanced', 'ClaimResponse.item[0].adjudication'],
    ['response', withEntries([...item.adjudication, entry('copay', 1)]), 'Unbalanced', 'ClaimResponse.item[0].adjudication'],
    ['response', withEntries([...item.adjudication, entry('benefit', 1)]), 'Unbalanced', 'ClaimResponse.item[0].adjudication[7]'],
    ['response', withEntries([...item.adjudication, entry('tax', 1)]), 'Unbalanced', 'ClaimResponse.item[0].adjudication[7].category'],
    ['response', withEntries([...item.adjudication, entry('noncovered', 1, { reason: x12('CO', 'N9') })]), 'Unbalanced', 'ClaimResponse.item[0].adjudication[7].reason'],
    // Two codes that say two things, and sums that are other ones than those of the line.
    ['response', withEntries([{ category: { coding: [...hl7('copay').coding, ...hl7('deductible').coding] }, amount: usd(46) }]), 'Unbalanced', 'ClaimResponse.item[0].adjudication[0].category'],
    ['response', withEntries([{ category: { coding: [...hl7('submitted').coding, ...hl7('benefit').coding] }, amount: usd(180) }]), 'Unbalanced', 'ClaimResponse.item[0].adjudication[0].category'],
    ['response', withEntries([...item.adjudication, entry('paidtoprovider', 103)]), 'Unbalanced', 'ClaimResponse.item[0].adjudication[7].amount'],
    ['response', withEntries([...item.adjudication, entry('memberliability', 47)]), 'Unbalanced', 'ClaimResponse.item[0].adjudication[7].amount'],
    ['response', { total: [entry('paidtoprovider', 103)] }, 'Total', 'ClaimResponse.total[0]'],
    ['response', { insurance: [{ ...response.insurance[0], sequence: 2 }] }, 'PriorPayer', 'ClaimResponse.insurance[0]'],
    ['benefit', { insurance: [{ focal: false, coverage: { reference: 'Coverage/2' } }, { focal: true, coverage: { reference: 'Coverage/1' } }] }, 'PriorPayer', 'ExplanationOfBenefit.insurance[1]'],
    ['benefit', { payee: { party: { reference: 'Organization/9' } } }, 'Payee', 'ExplanationOfBenefit.payee.party'],
    ['benefit', { payee: { type: { coding: [{ code: 'provider' }] }, party: { reference: 'Patient/1' } } }, 'Payee', 'ExplanationOfBenefit.payee.party'],
    ['benefit', { payee: {} }, 'Payee', 'ExplanationOfBenefit.payee'],
    ['coverage', { payor: [coverage.beneficiary] }, 'Insurance', 'Coverage.payor[0]'],
    ['coverage', { payor: [{ type: 'RelatedPerson', identifier: { value: '1' } }] }, 'Insurance', 'Coverage.payor[0]'],
    ['response', withEntries([{ category: hl7('submitted') }]), 'Unbalanced', 'ClaimResponse.item[0].adjudication[0]'],
    ['response', withEntries([{ category: hl7('submitted'), amount: { value: 180, currency: 'CAD' } }]), 'Currency', 'ClaimResponse.item[0].adjudication[0].amount'],
    ['response', { total: [entry('benefit', 105)] }, 'Total', 'ClaimResponse.total[0]'], ['response', { total: [entry('memberliability', 45)] }, 'Total', 'ClaimResponse.total[0]'],
    ['response', money({ amount: usd(104) }), 'Unbalanced', 'ClaimResponse.payment'], ['response', money({ date: '2026-13-01' }), 'Date', 'ClaimResponse.payment.date'],
    ['response', money({ adjustment: usd(0.001) }), 'Amount', 'ClaimResponse.payment.adjustment'],
    ['response', { created: '2026-02-30' }, 'Date', 'ClaimResponse.created'], ['response', { patient: {} }, 'Malformed', 'ClaimResponse.patient'],
    ['benefit', { precedence: 2 }, 'PriorPayer', 'ExplanationOfBenefit.precedence'], ['benefit', { payee: { type: { coding: [{ code: 'other' }] } } }, 'Payee', 'ExplanationOfBenefit.payee.type'],
    ['benefit', { insurance: [{ focal: true, preAuthRef: ['A'] }] }, 'PreAuthorisation', 'ExplanationOfBenefit.insurance[0].preAuthRef'],
    ['benefit', { item: [{ sequence: 1, net: usd(181), adjudication: item.adjudication }] }, 'Unbalanced', 'ExplanationOfBenefit.item[0].net'],
    ['benefit', { patientPaid: usd(1) }, 'UnknownElement', 'ExplanationOfBenefit.patientPaid'],
    ['coverage', { status: 'entered-in-error' }, 'Status', 'Coverage.status'], ['coverage', { payor: [coverage.payor[0], coverage.payor[0]] }, 'Insurance', 'Coverage.payor'],
    ['coverage', { subrogation: true }, 'Insurance', 'Coverage.subrogation'], ['coverage', { costToBeneficiary: [{}] }, 'BusinessArrangement', 'Coverage.costToBeneficiary'],
    ['coverage', { type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/coverage-selfpay', code: 'pay' }] } }, 'Insurance', 'Coverage.type'],
    ['coverage', { period: { start: '2027', end: '2026' } }, 'Date', 'Coverage.period'], ['coverage', { payor: [{ display: 'Some insurer' }] }, 'Malformed', 'Coverage.payor[0]'],
    ['request', { insurance: [request.insurance[0], request.insurance[0]] }, 'Insurance', 'CoverageEligibilityRequest.insurance'],
    ['request', { insurance: [{ ...request.insurance[0], businessArrangement: 'B' }] }, 'BusinessArrangement', 'CoverageEligibilityRequest.insurance[0].businessArrangement'],
    ['request', { item: [{ category: { text: 'teeth' } }] }, 'Category', 'CoverageEligibilityRequest.item[0].category'], ['request', { purpose: ['gossip'] }, 'Malformed', 'CoverageEligibilityRequest.purpose'],
    ['request', { servicedDate: '2026-11-25T10:00:00Z' }, 'Date', 'CoverageEligibilityRequest.servicedDate'],
    ['answer', { outcome: 'error' }, 'Undecided', 'CoverageEligibilityResponse.outcome'], ['answer', { preAuthRef: 'A' }, 'PreAuthorisation', 'CoverageEligibilityResponse.preAuthRef'],
    ['answer', insured({ inforce: undefined }), 'Malformed', 'CoverageEligibilityResponse.insurance[0].inforce'], ['answer', { insurance: undefined }, 'Insurance', 'CoverageEligibilityResponse.insurance'],
    ['answer', insured({ item: [{ benefit: [{ type: {}, allowedMoney: usd(1), allowedString: '1' }] }] }), 'Malformed', 'CoverageEligibilityResponse.insurance[0].item[0].benefit[0]'],
    ['answer', insured({ item: [{ benefit: [{ type: {}, allowedMoney: { value: 1, currency: 'SAR' } }] }] }), 'Currency', 'CoverageEligibilityResponse.insurance[0].item[0].benefit[0].allowedMoney'],
    ['answer', { modifierExtension: [{}] }, 'ModifierExtension', 'CoverageEligibilityResponse.modifierExtension'],
  ];
  for (const [kind, change, code, path] of refusals) {
    assert.throws(() => read[kind](change), (error) => {
      assert.ok(error instanceof FhirRefused, String(error));
      assert.deepEqual([error.code, error.path], [code, path], error.message);
      return true;
    }, JSON.stringify(change));
  }
});

test('whatever stands in the place of a value, an answer is taken or refused by name', () => {
  const readers: [object, (text: string) => unknown][] = [
    [response, (text) => readAnswer(text, 'ClaimResponse', options)], [coverage, (text) => readCoverage(text, options)],
    [request, (text) => readEligibilityRequest(text, options)], [answer, (text) => readEligibility(text, options)],
  ];
  for (const [resource, reader] of readers) {
    for (const text of oddVariants(resource)) {
      try {
        reader(text);
      } catch (error) {
        assert.ok(error instanceof FhirRefused, `${String(error)}\n${text}`);
      }
    }
  }
});

test('each name of a refusal is reached by a test', () => {
  const folder = new URL('../../src/tests/', import.meta.url);
  const tests = readdirSync(folder).filter((name) => /^claims-.*\.test\.ts$/.test(name)).map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n');
  for (const code of REFUSALS) assert.ok(tests.includes(`'${code}'`), `no test expects ${code}`);
});
