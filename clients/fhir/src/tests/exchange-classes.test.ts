/** Vectors of classes and labels, and the tables as data: what a gateway makes of a FHIR resource, and what this client does, is one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DATA_CLASSES, NotFhirJson, SENSITIVITY_LABELS, utf8 } from '@salus/types';
import { agreesWithFile, agreesWithVectors } from '@salus/types/testing';
import { classify, type ClassifyOptions } from '../classify.js';
import { CLASS_BY_TYPE, CLASS_TABLE, TELLING_ELEMENTS } from '../class-table.js';
import { LABEL_TABLE } from '../label-table.js';
import { DOCUMENT_PLACES } from '../labels.js';
import { BESIDE_RESULTS, HOLDERS, MEMBERS, RESULTS } from '../members.js';
import { DOCUMENTS, MAYBE_DOCUMENTS, REASONS } from '../references.js';
import { ResourceRefused } from '../refused.js';
import { ALIASES } from '../systems.js';
import { classCases, type ClassCase } from './exchange-class-cases.js';
import { exampleResources, type Example } from './fhir-examples.js';

/** What is made of a record: its class and labels, or why it is refused. */
function made(record: string, { documents = [], results = [], ...options }: Omit<ClassCase, 'name' | 'record'>): object {
  const given: ClassifyOptions = { ...options, documents: documents.map(utf8), results: results.map(utf8) };
  try {
    const { dataClass, labels, missing } = classify(utf8(record), given);
    return { dataClass, labels, missing };
  } catch (error) {
    if (error instanceof NotFhirJson) return { fault: error.fault };
    assert.ok(error instanceof ResourceRefused, String(error));
    return { fault: error.fault, path: error.path, labels: error.labels ?? null };
  }
}

test('the vectors of classes and labels are what this client makes of each case', () => {
  const cases = classCases().map((each) => ({ ...each, expected: made(each.record, each) }));
  assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length, 'each name once');
  const faults = new Set(cases.map(({ expected }) => (expected as { fault?: string }).fault));
  for (const fault of [
    undefined, 'not-a-resource', 'type-without-class', 'modifier-unknown', 'class-unknown', 'class-conflict', 'label-unknown', 'restricted-unexplained', 'document-not-given', 'result-not-given',
    'member-twice', 'not-json', 'too-deep',
  ]) assert.ok(faults.has(fault), fault);
  agreesWithVectors('classes.json', {
    about: 'FHIR R4 resources, what is given beside them, and what is made of them: class, labels and named results that are missing, or the fault, its path, and the labels found all the same. Texts are JSON documents as they are stored.',
    cases,
  });
});

/** The observations of the Bundle in which an example came, by their numbers among the examples. */
function resultsOf({ from, resource }: Example, all: readonly Example[]): number[] {
  const bundle = /^.*\.json#(.*\.)?entry\[/.exec(from)?.[0];
  if (bundle === undefined || !['result', 'hasMember', 'derivedFrom'].some((name) => name in resource)) return [];
  return all.flatMap((each, at) => (each.resource['resourceType'] === 'Observation' && each.from.startsWith(bundle) ? [at] : []));
}

test('the vectors of the standard\'s examples are what this client makes of each', () => {
  const all = exampleResources('resources');
  const texts = all.map(({ resource }) => JSON.stringify(resource));
  const examples = all.map((example, at) => {
    const results = resultsOf(example, all);
    return {
      from: example.from, alone: made(texts[at] as string, {}),
      ...(results.length > 0 && { results, withResults: made(texts[at] as string, { results: results.map((each) => texts[each] as string) }) }),
    };
  });
  assert.ok(examples.length > 600 && examples.filter(({ results }) => results !== undefined).length > 10);
  agreesWithVectors('examples.json', {
    about: 'What is made of each resource of clients/fhir/fixtures/fhir-examples/classes/resources.ndjson.gz, in its order: alone, and with the observations of its Bundle, by their numbers from 0, as results.',
    examples,
  });
});

test('the tables that the exchange reads are those of this client', () => {
  agreesWithFile(new URL('../../../../exchange/policy/tables/fhir-r4.json', import.meta.url), {
    about: 'Which classes and labels FHIR R4 resources have: written from clients/fhir/src by clients/fhir/src/tests/exchange-classes.test.ts. Meanings and sources: docs/fhir-classes.md. It contains content from LOINC, copyright Regenstrief Institute, Inc. and the LOINC Committee, at no cost under https://loinc.org/license; SNOMED CT is copyright SNOMED International.',
    version: 2,
    dataClasses: DATA_CLASSES,
    sensitivityLabels: SENSITIVITY_LABELS,
    classByType: CLASS_BY_TYPE,
    tellingElements: TELLING_ELEMENTS,
    classRows: CLASS_TABLE.map(({ system, dataClass, above = [], codes }) => ({ system, dataClass, above, codes: Object.keys(codes) })),
    labelRows: LABEL_TABLE.map(({ system, code, rule }) => ({ system, code, rule })),
    systemAliases: Object.fromEntries(ALIASES),
    results: [...RESULTS],
    holders: [...HOLDERS],
    besideResults: BESIDE_RESULTS,
    namedElements: [...MEMBERS].flatMap(([resourceType, elements]) => elements.map(({ name, types, isSource }) => ({ resourceType, name, types: [...types], isSource }))),
    documents: [...DOCUMENTS],
    documentPlaces: [...DOCUMENT_PLACES],
    maybeDocuments: [...MAYBE_DOCUMENTS],
    reasons: [...REASONS],
  });
});
