/** What a front-end sees that knows Polkadot.js and nothing of Salus. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApiPromise, WsProvider } from '@polkadot/api';
import { stringCamelCase } from '@polkadot/util';
import { CHAIN } from '../chains.js';
import { chain } from '../node.js';

const OURS: Record<string, string[]> = {
  registryApi: ['organisation', 'administers', 'wasLicensed', 'wasAffiliated', 'roles', 'registrar'],
  patientIdentityApi: ['resolve', 'patientOf', 'handleOf', 'stateAt', 'agreementKeyAt'],
  consentApi: ['decide', 'decideMany', 'directives', 'history', 'requests', 'vetoes', 'pendingLifts'],
  researchApi: [
    'population', 'dataset', 'datasets', 'versionAt', 'study', 'request', 'requests', 'stageAt', 'permit', 'permitAt', 'lapsed', 'matchTerms', 'queries', 'reserved',
  ],
  careApi: [
    'carePolicy', 'carePolicies', 'relationshipAt', 'relationship', 'relationships', 'invitations', 'optOuts', 'pendingOptIns', 'nextWord',
  ],
  emergencyApi: [
    'emergency', 'outcomeAt', 'emergenciesOfPatient', 'emergenciesOfOrganisation', 'standing', 'advanceDirectives', 'pendingRelaxation',
  ],
  accessLogApi: ['custodian', 'logCommits', 'commitBy', 'wasStale', 'reconciliation'],
  recordAnchorApi: ['slot', 'anchor', 'lineage', 'verify'],
  claimsApi: ['plan', 'coverageOf', 'eligibility', 'estimate', 'encounter', 'explanation', 'claimsOf', 'waiting', 'settlementAccount'],
  sponsorshipApi: ['quote', 'allowance'],
};
const PALLETS = ['registry', 'patientIdentity', 'consent', 'care', 'emergency', 'accessLog', 'acknowledgement', 'sealed', 'recordAnchor', 'claims', 'research', 'sponsorship', 'validatorSet', 'enactment'];

let api: ApiPromise;
let stop: () => Promise<void>;
const warnings: string[] = [];

before(async () => {
  const running = await chain();
  stop = running.stop;
  const { warn, error } = console;
  console.warn = console.error = (...words: unknown[]) => { warnings.push(words.map(String).join(' ')); };
  try {
    api = await ApiPromise.create({ provider: new WsProvider(running.endpoint) });
  } finally {
    Object.assign(console, { warn, error });
  }
});

after(async () => {
  await api?.disconnect();
  await stop?.();
});

test('Polkadot.js connects without a warning about this chain', () => {
  // It names RPC methods that it does not know of any node of this release.
  const others = warnings.filter((warning) => !warning.includes('RPC methods not decorated') && !CHAIN.warnings.some((known) => known.test(warning)));
  assert.deepEqual(others, []);
});

test('every constant decodes', () => {
  let count = 0;
  for (const pallet of api.runtimeMetadata.asLatest.pallets) {
    for (const { name } of pallet.constants) {
      const value = api.consts[stringCamelCase(pallet.name)]?.[stringCamelCase(name)];
      assert.ok(value !== undefined, `${pallet.name}.${name}`);
      assert.notEqual(value.toHuman(), undefined);
      count += 1;
    }
  }
  assert.ok(count > 50, `${count} constants`);
});

test('every storage item decodes', async () => {
  let count = 0;
  for (const pallet of api.runtimeMetadata.asLatest.pallets) {
    for (const { name, type } of pallet.storage.isSome ? pallet.storage.unwrap().items : []) {
      const entry = api.query[stringCamelCase(pallet.name)]?.[stringCamelCase(name)];
      assert.ok(entry, `${pallet.name}.${name}`);
      if (type.isMap) {
        for (const [key, value] of await entry.entriesPaged({ args: [], pageSize: 20 })) {
          key.toHuman();
          value.toHuman();
        }
      } else {
        (await entry()).toHuman();
      }
      count += 1;
    }
  }
  assert.ok(count > 80, `${count} storage items`);
});

test('every call, event and error is known, with its fields', () => {
  const { lookup } = api.registry;
  const variants = (id: Parameters<typeof lookup.getSiType>[0]) => lookup.getSiType(id).def.asVariant.variants;
  const fields = (id: Parameters<typeof lookup.getSiType>[0], what: string): void => {
    for (const variant of variants(id)) {
      for (const field of variant.fields) {
        assert.doesNotThrow(() => api.createType(api.registry.createLookupType(field.type)), `${what}.${variant.name}`);
      }
    }
  };
  for (const pallet of api.runtimeMetadata.asLatest.pallets) {
    const section = stringCamelCase(pallet.name);
    if (pallet.calls.isSome) {
      fields(pallet.calls.unwrap().type, section);
      for (const { name } of variants(pallet.calls.unwrap().type)) assert.ok(api.tx[section]?.[stringCamelCase(name)], `${section}.${name}`);
    }
    if (pallet.events.isSome) {
      fields(pallet.events.unwrap().type, section);
      for (const { name } of variants(pallet.events.unwrap().type)) assert.ok(api.events[section]?.[name.toString()], `${section}.${name}`);
    }
    if (pallet.errors.isSome) {
      for (const { name } of variants(pallet.errors.unwrap().type)) {
        const error = api.errors[section]?.[name.toString()];
        assert.ok(error, `${section}.${name}`);
        if (PALLETS.includes(section)) assert.ok(error.meta.docs.join('').length > 0, `${section}.${name} has no documentation`);
      }
    }
  }
  for (const pallet of PALLETS) assert.ok(api.tx[pallet] ?? api.query[pallet], pallet);
});

test('every event of the chain so far decodes', async () => {
  const head = (await api.rpc.chain.getHeader()).number.toNumber();
  for (let number = 0; number <= Math.min(head, 50); number++) {
    const at = await api.at(await api.rpc.chain.getBlockHash(number));
    for (const record of await at.query.system!.events!() as unknown as Iterable<{ toHuman(): unknown }>) record.toHuman();
  }
});

test('api.call shows every runtime API of the metadata, and ours', () => {
  for (const { name, methods } of api.runtimeMetadata.asLatest.apis) {
    const section = stringCamelCase(name);
    for (const method of methods) {
      assert.equal(typeof api.call[section]?.[stringCamelCase(method.name)], 'function', `${name}.${method.name}`);
    }
  }
  for (const [section, methods] of Object.entries(OURS)) {
    const found = Object.keys(api.call[section] ?? {});
    for (const method of methods) assert.ok(found.includes(method), `api.call.${section}.${method}`);
  }
});

test('a runtime API answers a plain Polkadot.js client', async () => {
  const authority = await api.call['registryApi']!['organisation']!(0);
  assert.ok(!authority.isEmpty, 'organisation 0 is the health authority');
  const unknown = await api.call['patientIdentityApi']!['resolve']!(`0x${'00'.repeat(32)}`);
  assert.ok(unknown.isEmpty);
});
