/** Every element of the FHIR R4 Claim is understood, ignored for a reason, or refused: none is overlooked. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Claim } from 'fhir/r4.js';
import { COVERAGE, USD, VISIT } from '@salus/types/testing';
import { ANSWER_ELEMENTS, CLAIM_ELEMENTS, ClaimRefused, claimLinesFromFhir, type FromFhirOptions, type RefusalCode } from '../claims/index.js';
import { load } from './claims-golden.js';
import { fieldsOf } from './claims-structure.js';
import { oddVariants } from './odd-values.js';

const billed = load<Claim>('billed-claim');
const options: FromFhirOptions = { settlement: USD };

const TYPES: Record<string, string> = {
  'Claim': 'Claim', 'Claim.related': 'ClaimRelated', 'Claim.payee': 'ClaimPayee', 'Claim.supportingInfo': 'ClaimSupportingInfo',
  'Claim.insurance': 'ClaimInsurance', 'Claim.item': 'ClaimItem', 'Claim.item.detail': 'ClaimItemDetail',
  'Claim.item.detail.subDetail': 'ClaimItemDetailSubDetail',
};

/** These change the meaning of all that is around them, and are refused wherever they are. */
const ANYWHERE = ['modifierExtension', 'implicitRules'];

test('the table has every element of R4, and no other', () => {
  assert.deepEqual(Object.keys(CLAIM_ELEMENTS), Object.keys(TYPES));
  for (const [path, type] of Object.entries(TYPES)) {
    const inR4 = [...(fieldsOf(type)?.keys() ?? [])].filter((name) => !name.startsWith('_') && !ANYWHERE.includes(name));
    assert.ok(inR4.length >= 4, `${type} was not read`);
    assert.deepEqual(Object.keys(CLAIM_ELEMENTS[path] ?? {}).sort(), inR4.sort(), path);
  }
});

test('the tables of answers, coverages and eligibility have every element of R4, and no other', () => {
  const types: Record<string, string> = {
    'ClaimResponse': 'ClaimResponse', 'ClaimResponse.item': 'ClaimResponseItem', 'ClaimResponse.item.adjudication': 'ClaimResponseItemAdjudication',
    'ClaimResponse.total': 'ClaimResponseTotal', 'ClaimResponse.payment': 'ClaimResponsePayment', 'ClaimResponse.insurance': 'ClaimResponseInsurance',
    'ExplanationOfBenefit': 'ExplanationOfBenefit', 'ExplanationOfBenefit.item': 'ExplanationOfBenefitItem',
    'ExplanationOfBenefit.item.adjudication': 'ExplanationOfBenefitItemAdjudication', 'ExplanationOfBenefit.total': 'ExplanationOfBenefitTotal',
    'ExplanationOfBenefit.payment': 'ExplanationOfBenefitPayment', 'ExplanationOfBenefit.insurance': 'ExplanationOfBenefitInsurance',
    'Coverage': 'Coverage', 'CoverageEligibilityRequest': 'CoverageEligibilityRequest',
    'CoverageEligibilityRequest.insurance': 'CoverageEligibilityRequestInsurance', 'CoverageEligibilityRequest.item': 'CoverageEligibilityRequestItem',
    'CoverageEligibilityResponse': 'CoverageEligibilityResponse', 'CoverageEligibilityResponse.insurance': 'CoverageEligibilityResponseInsurance',
    'CoverageEligibilityResponse.insurance.item': 'CoverageEligibilityResponseInsuranceItem',
    'CoverageEligibilityResponse.insurance.item.benefit': 'CoverageEligibilityResponseInsuranceItemBenefit',
  };
  assert.deepEqual(Object.keys(ANSWER_ELEMENTS).sort(), Object.keys(types).sort());
  for (const [path, type] of Object.entries(types)) {
    const inR4 = [...(fieldsOf(type)?.keys() ?? [])].filter((name) => !name.startsWith('_') && !ANYWHERE.includes(name));
    assert.ok(inR4.length >= 4, `${type} was not read`);
    assert.deepEqual(Object.keys(ANSWER_ELEMENTS[path] ?? {}).sort(), inR4.sort(), path);
  }
});

test('the documentation has the table', () => {
  const docs = readFileSync(new URL('../../../../docs/claims.md', import.meta.url), 'utf8');
  for (const row of rows()) assert.ok(docs.includes(`${row}\n`), `docs/claims.md lacks the row\n${row}`);
});

/** The table as the documentation has it: what is treated alike, in one row. */
function rows(): string[] {
  const groups = new Map<string, string[]>();
  for (const [path, elements] of Object.entries(CLAIM_ELEMENTS)) {
    for (const [name, treatment] of Object.entries(elements)) {
      const words = treatment.kind === 'understood' ? treatment.how : treatment.why;
      const key = `${treatment.kind === 'refused' ? `refused, \`${treatment.code}\`` : treatment.kind} | ${words}`;
      const shown = path === 'Claim' ? name : `${path.slice('Claim.'.length)}.${name}`;
      groups.set(key, [...(groups.get(key) ?? []), shown]);
    }
  }
  return [...groups].map(([key, names]) => `| ${shortened(names).map((name) => `\`${name}\``).join(', ')} | ${key} |`);
}

/** `id` and `extension` are everywhere, and much of an item is in its parts too. */
function shortened(names: string[]): string[] {
  if (names.includes('id')) return ['id', 'extension'];
  const has = (name: string): boolean => names.includes(name);
  return names.flatMap((name) => {
    const [, prefix = '', last = ''] = /^(item(?:\.detail)?(?:\.subDetail)?)\.(\w+)$/.exec(name) ?? [];
    if (prefix === '' || !has(`item.${last}`) || !has(`item.detail.${last}`) || !has(`item.detail.subDetail.${last}`)) return [name];
    return prefix === 'item' ? [`item(.detail(.subDetail)).${last}`] : [];
  });
}
if (process.env['PRINT_TABLE'] === '1') process.stdout.write(`${rows().join('\n')}\n`);

/** Puts a member beside each object in a resource, one at a time, with the path of it. */
function* everywhere(node: unknown, path: string, put: (inside: Record<string, unknown>) => void): Generator<[string, () => void]> {
  if (Array.isArray(node)) {
    for (const [at, inside] of node.entries()) yield* everywhere(inside, `${path}[${at}]`, put);
  } else if (typeof node === 'object' && node !== null) {
    const members = node as Record<string, unknown>;
    yield [path, () => put(members)];
    for (const [name, inside] of Object.entries(members)) yield* everywhere(inside, `${path}.${name}`, put);
  }
}

test('whatever stands in the place of a value, the claim is taken or refused by name', () => {
  const whole = { ...billed, ...contained({ order: 1, payor: [{ reference: 'Organization/1' }] }), payee: { type: { coding: [{ code: 'provider' }] }, party: provider }, related: [related('associated', ours)] };
  let refusedOnes = 0;
  for (const claim of oddVariants(whole)) {
    try {
      claimLinesFromFhir(claim, options);
    } catch (error) {
      assert.ok(error instanceof ClaimRefused, `${String(error)}\n${claim}`);
      refusedOnes += 1;
    }
  }
  assert.ok(refusedOnes > 500, `${refusedOnes} refused`);
  // The caller's mapping finds what R4 has: it is not asked about a claim that is not so.
  for (const type of [undefined, {}, { coding: [null] }, { coding: 'pharmacy' }]) {
    const ask = () => claimLinesFromFhir(JSON.stringify({ ...billed, type }), { ...options, category: (_, __, { type: { coding } }) => (coding?.[0]?.code === 'x' ? 'Imaging' : 'PrimaryCare') });
    if (type && !('coding' in type)) assert.equal(ask().length, 2);
    else assert.throws(ask, { name: 'ClaimRefused', code: 'Malformed' });
  }
});

test('a modifier extension or implicit rules refuse the claim, wherever in it they are', () => {
  for (const [name, value, code] of [
    ['modifierExtension', [{ url: 'http://hl7.org/fhir/us/davinci-pas/StructureDefinition/modifierextension-infoCancelled', valueBoolean: true }], 'ModifierExtension'],
    ['implicitRules', 'urn:rules', 'ImplicitRules'],
    ['_implicitRules', { id: 'x' }, 'ImplicitRules'],
  ] as const) {
    const whole = { ...billed, contained: [{ resourceType: 'Device', id: 'd' }] };
    const paths = [...everywhere(structuredClone(whole), 'Claim', () => undefined)].map(([path]) => path);
    assert.ok(paths.length > 20 && paths.includes('Claim.item[1].net') && paths.includes('Claim.contained[0]'));
    for (const path of paths) {
      const claim = structuredClone(whole);
      const found = [...everywhere(claim, 'Claim', (inside) => Object.assign(inside, { [name]: value }))].find(([at]) => at === path);
      found?.[1]();
      assert.throws(() => claimLinesFromFhir(JSON.stringify(claim), options), { code, path: `${path}.${name}` });
    }
  }
});

const coding = (system: string, code: string) => ({ coding: [{ system, code }] });
const focal = billed.insurance[0];
const provider = { type: 'Organization', identifier: { system: 'urn:salus:organisation', value: '3' } };
const related = (code: string, claim: object) => ({ relationship: coding('http://terminology.hl7.org/CodeSystem/ex-relatedclaimrelationship', code), claim });
const ours = { identifier: { system: 'urn:salus:claim', value: '11' } };
const tag = (code: string) => ({ coding: code, system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code });
const contained = (more: object) => ({
  contained: [{ resourceType: 'Coverage', id: 'c', status: 'active', ...more }], insurance: [{ ...focal, coverage: { reference: '#c' } }],
});

test('each element that changes what is owed or to whom is refused, by its name and path', () => {
  const refusals: [object, RefusalCode, string][] = [
    [{ resourceType: 'ExplanationOfBenefit' }, 'OtherResource', 'resourceType'],
    [{ resourceType: undefined }, 'OtherResource', 'resourceType'],
    [{ use: 'preauthorization' }, 'Use', 'Claim.use'], [{ use: 'predetermination' }, 'Use', 'Claim.use'], [{ use: undefined }, 'Malformed', 'Claim.use'],
    ...['cancelled', 'draft', 'entered-in-error'].map((status): [object, RefusalCode, string] => [{ status }, 'Status', 'Claim.status']),
    [{ outcome: 'complete' }, 'UnknownElement', 'Claim.outcome'], [{ patientPaid: {} }, 'UnknownElement', 'Claim.patientPaid'],
    [{ meta: { tag: [tag('SUBSETTED')] } }, 'Partial', 'Claim.meta.tag[0]'],
    [{ meta: { security: [tag('HTEST')] } }, 'TestData', 'Claim.meta.security[0]'],
    [{ accident: { date: '2026-11-20' } }, 'Accident', 'Claim.accident'],
    [{ fundsReserve: { coding: [{ code: 'provider' }] } }, 'FundsReserve', 'Claim.fundsReserve'],
    [{ fundsReserve: { text: 'patient' } }, 'FundsReserve', 'Claim.fundsReserve'],
    [{ subType: coding('https://www.cms.gov/codes/billtype', '837') }, 'BillType', 'Claim.subType'],
    [{ supportingInfo: [{ sequence: 1, category: coding('http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBSupportingInfoType', 'typeofbill'), code: coding('urn:x', '0118') }] }, 'BillType', 'Claim.supportingInfo[0].code'],
    [{ supportingInfo: [{ sequence: 1, category: { text: 'paid by the patient' }, valueQuantity: { value: 20, system: 'urn:iso:std:iso:4217', code: 'USD' } }] }, 'OtherMoney', 'Claim.supportingInfo[0].valueQuantity'],
    ...[{ unit: 'USD' }, { unit: '$' }, { unit: 'EUR', code: 'EUR' }, { system: 'https://www.iso.org/iso-4217-currency-codes.html', code: 'USD' }].map((unit): [object, RefusalCode, string] =>
      [{ supportingInfo: [{ sequence: 1, category: { text: 'paid' }, valueQuantity: { value: 20, ...unit } }] }, 'OtherMoney', 'Claim.supportingInfo[0].valueQuantity']),
    // The frequency of a bill alone, in the systems of Medicare and of X12; a type of bill in words.
    [{ supportingInfo: [{ sequence: 1, category: { text: 'frequency' }, code: coding('https://bluebutton.cms.gov/resources/variables/clm_freq_cd', '7') }] }, 'BillType', 'Claim.supportingInfo[0].code'],
    [{ subType: coding('https://codesystem.x12.org/005010/1325', '8') }, 'BillType', 'Claim.subType'],
    ...[{ code: { text: '0137' } }, { valueString: '0138' }, { code: { text: 'replacement' } }].map((said): [object, RefusalCode, string] =>
      [{ supportingInfo: [{ sequence: 1, category: coding('http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBSupportingInfoType', 'typeofbill'), ...said }] }, 'BillType', 'Claim.supportingInfo[0]']),
    // Nothing says that these are the provider.
    [{ provider: { display: 'Clinic' }, payee: { type: { coding: [{ code: 'provider' }] }, party: { display: 'Somebody' } } }, 'Payee', 'Claim.payee.party'],
    [{ payee: { type: { coding: [{ code: 'provider' }] }, party: {} } }, 'Payee', 'Claim.payee.party'],
    [{ provider: { reference: 'Organization/3', identifier: { system: 'urn:npi', value: '1' } },
      payee: { type: { coding: [{ code: 'provider' }] }, party: { reference: 'Organization/3', identifier: { system: 'urn:npi', value: '2' } } } }, 'Payee', 'Claim.payee.party'],
    ...['subscriber', 'other'].map((code): [object, RefusalCode, string] => [{ payee: { type: coding('http://terminology.hl7.org/CodeSystem/payeetype', code) } }, 'Payee', 'Claim.payee.type']),
    [{ payee: { type: { text: 'provider' } } }, 'Payee', 'Claim.payee.type'],
    [{ payee: { type: { coding: [{ system: 'urn:other', code: 'provider' }] } } }, 'Payee', 'Claim.payee.type'],
    [{ payee: { type: { coding: [{ code: 'provider' }] }, party: { reference: 'Organization/9' } } }, 'Payee', 'Claim.payee.party'],
    ...['prior', 'replaces'].map((code): [object, RefusalCode, string] => [{ related: [related(code, ours)] }, 'Related', 'Claim.related[0]']),
    [{ related: [{ claim: ours }] }, 'Related', 'Claim.related[0]'],
    [{ insurance: undefined }, 'Insurance', 'Claim.insurance'],
    [{ insurance: [{ ...focal, focal: false }] }, 'Insurance', 'Claim.insurance'],
    [{ insurance: [focal, { ...focal, sequence: 2 }] }, 'Insurance', 'Claim.insurance'],
    [{ insurance: [{ ...focal, focal: false }, { ...focal, sequence: 2 }] }, 'Insurance', 'Claim.insurance[1]'],
    [{ insurance: [{ ...focal, sequence: 2 }, { ...focal, sequence: 1, focal: false }] }, 'Insurance', 'Claim.insurance[0]'],
    [{ insurance: [focal, { ...focal, focal: false }] }, 'Insurance', 'Claim.insurance'],
    // More than a call can have arguments.
    [{ insurance: Array.from({ length: 150_000 }, (_, index) => ({ ...focal, focal: index === 1, sequence: index + 1 })) }, 'Insurance', 'Claim.insurance[1]'],
    [{ insurance: [{ ...focal, sequence: 2 }] }, 'Insurance', 'Claim.insurance[0].sequence'],
    [{ insurance: [{ ...focal, focal: 'true' }] }, 'Malformed', 'Claim.insurance[0].focal'],
    [{ insurance: [{ ...focal, coverage: undefined }] }, 'Malformed', 'Claim.insurance[0].coverage'],
    [{ insurance: [{ ...focal, claimResponse: { reference: 'ClaimResponse/1' } }] }, 'PriorPayer', 'Claim.insurance[0].claimResponse'],
    [{ insurance: [focal, { ...focal, sequence: 2, focal: false, claimResponse: {} }] }, 'PriorPayer', 'Claim.insurance[1].claimResponse'],
    [{ insurance: [{ ...focal, preAuthRef: ['A1'] }] }, 'PreAuthorisation', 'Claim.insurance[0].preAuthRef'],
    [{ insurance: [{ ...focal, _preAuthRef: [{ id: 'a' }] }] }, 'PreAuthorisation', 'Claim.insurance[0]._preAuthRef'],
    [{ insurance: [{ ...focal, businessArrangement: 'B1' }] }, 'BusinessArrangement', 'Claim.insurance[0].businessArrangement'],
    [contained({ status: 'cancelled' }), 'Insurance', 'Claim.contained[0].status'],
    [contained({ order: 2 }), 'Insurance', 'Claim.contained[0].order'],
    [contained({ subrogation: true }), 'Insurance', 'Claim.contained[0].subrogation'],
    [contained({ type: coding('http://terminology.hl7.org/CodeSystem/coverage-selfpay', 'pay') }), 'Insurance', 'Claim.contained[0].type'],
    [contained({ beneficiary: { reference: 'Patient/1' }, payor: [{ reference: 'Patient/1' }] }), 'Insurance', 'Claim.contained[0].payor[0]'],
    [contained({ payor: [{ reference: 'https://x.example/RelatedPerson/1' }] }), 'Insurance', 'Claim.contained[0].payor[0]'],
    [{ insurance: [{ ...focal, coverage: { reference: '#nowhere' } }] }, 'Insurance', 'Claim.insurance[0].coverage'],
    [contained({ resourceType: 'Patient' }), 'Insurance', 'Claim.contained[0].resourceType'],
    [{ ...contained({}), contained: [...contained({}).contained, ...contained({ order: 2 }).contained] }, 'Insurance', 'Claim.insurance[0].coverage'],
    [{ created: '2026-02-30' }, 'Date', 'Claim.created'], [{ created: '2026-11-25T09:30:00' }, 'Date', 'Claim.created'],
    [{ billablePeriod: { start: '2026-11-25', end: '2026-11-24' } }, 'Date', 'Claim.billablePeriod'],
    [{ provider: undefined }, 'Malformed', 'Claim.provider'], [{ patient: undefined }, 'Malformed', 'Claim.patient'],
    [{ item: [{ ...billed.item?.[0], encounter: [{ reference: 'Encounter/1' }] }, { ...billed.item?.[1], encounter: [{ reference: 'Encounter/2' }] }] }, 'OtherParty', 'Claim.item[1].encounter[0]'],
  ];
  for (const [change, code, path] of refusals) {
    assert.throws(() => claimLinesFromFhir(JSON.stringify({ ...billed, ...change }), options), { name: 'ClaimRefused', code, path }, JSON.stringify(change));
  }
});

test('what says the same in another way is taken', () => {
  const taken: object[] = [
    { payee: { type: { coding: [{ code: 'provider' }] }, party: provider } },
    { fundsReserve: { coding: [{ code: 'none' }] } },
    { subType: coding('https://www.cms.gov/codes/billtype', '831') },
    { supportingInfo: [{ sequence: 1, category: { text: 'weight' }, valueQuantity: { value: 70, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' } }] },
    { supportingInfo: [{ sequence: 1, category: { coding: [{ code: 'typeofbill' }] }, code: { text: '0131' } }] },
    { provider: { ...provider, reference: 'Organization/3' }, payee: { type: { coding: [{ code: 'provider' }] }, party: { reference: 'Organization/3' } } },
    { related: [related('associated', { reference: 'Claim/9' })] },
    { insurance: [{ ...focal, sequence: 2, focal: false }, { ...focal, sequence: 1 }] },
    contained({ order: 1, subrogation: false }),
    { meta: { tag: [{ system: 'urn:x', code: 'reviewed' }] }, id: 'x', text: { status: 'empty' }, extension: [{ url: 'urn:x', valueBoolean: true }] },
    { _created: { extension: [{ url: 'urn:x', valueString: 'by hand' }] } },
  ];
  for (const change of taken) assert.equal(claimLinesFromFhir(JSON.stringify({ ...billed, ...change }), options).length, 2, JSON.stringify(change));
});

test('a replacement is taken only for the claim that it replaces', () => {
  const correction = JSON.stringify({ ...billed, related: [related('prior', ours)] });
  assert.equal(claimLinesFromFhir(correction, { ...options, replaces: 11 }).length, 2);
  assert.throws(() => claimLinesFromFhir(correction, { ...options, replaces: 12 }), { code: 'Related', path: 'Claim.related[0]' });
  assert.throws(() => claimLinesFromFhir(JSON.stringify(billed), { ...options, replaces: 11 }), { code: 'Related', path: 'Claim.related' });
});

test('a claim with our identifiers is for those whom it is submitted for', () => {
  const claim = JSON.stringify({ ...billed, insurer: { identifier: { system: 'urn:salus:organisation', value: '8' } },
    item: billed.item?.map((item) => ({ ...item, encounter: [{ identifier: { system: 'urn:salus:encounter', value: '7' } }] })) });
  const parties = { member: COVERAGE.member, payer: 8, provider: 3, coverage: 5, encounter: 7 };
  assert.equal(claimLinesFromFhir(claim, { ...options, parties }).length, 2);
  const others: [object, string][] = [
    [{ member: `${COVERAGE.member}x` }, 'patient'], [{ payer: 9 }, 'insurer'], [{ provider: 4 }, 'provider'],
    [{ coverage: 6 }, 'insurance[0].coverage'], [{ encounter: 8 }, 'item[0].encounter[0]'],
  ];
  for (const [other, path] of others) {
    assert.throws(() => claimLinesFromFhir(claim, { ...options, parties: { ...parties, ...other } }), { code: 'OtherParty', path: `Claim.${path}` });
  }
});

test('days of service are days of the visit, where it was', () => {
  const on = (servicedDate: string, zone: string, more: object = {}) => claimLinesFromFhir(
    JSON.stringify({ ...billed, item: billed.item?.map((item) => ({ ...item, servicedDate })) }), { ...options, visit: { opened: VISIT + 16 * 3600, zone, ...more } });
  // 01:30 on the 25th in London is 17:30 on the 24th in Los Angeles.
  assert.equal(on('2026-11-24', 'America/Los_Angeles').length, 2);
  assert.throws(() => on('2026-11-25', 'America/Los_Angeles'), { code: 'Date', path: 'Claim.item[0].servicedDate', sequence: 1 });
  assert.equal(on('2026-11-25', 'Europe/London').length, 2);
  assert.throws(() => on('2026-11-24', 'Europe/London'), { code: 'Date' });
  assert.equal(on('2026-11-26', 'Europe/London', { closed: VISIT + 40 * 3600 }).length, 2);
  assert.throws(() => on('2026-11', 'Europe/London'), { code: 'Date' });
  for (const zone of ['', undefined, 'Europe/Londinium']) assert.throws(() => on('2026-11-25', zone as string), { name: 'UnknownZone' });
});
