import { readFile, readdir } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { FhirVersion } from '@salus/fhir';
import { utf8 } from '@salus/types';

const folder = new URL('../fixtures/', import.meta.url);

export interface Fixture {
  name: string;
  bytes: Uint8Array;
}

/** The example resources of the FHIR R4 standard, byte for byte. */
export async function fhirExamples(): Promise<Fixture[]> {
  const names = (await readdir(new URL('fhir/', folder))).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(names.map(async (name) => ({
    name: name.replace(/\.json$/, ''),
    bytes: new Uint8Array(await readFile(new URL(`fhir/${name}`, folder))),
  })));
}

/** One of them, to be changed. */
export async function fhirExample(name: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(new URL(`fhir/${name}.json`, folder), 'utf8')) as Record<string, unknown>;
}

/** The lines of a packed file. */
const packedLines = async (file: URL): Promise<string[]> =>
  gunzipSync(await readFile(file)).toString('utf8').split('\n').filter((line) => line !== '');

/** One synthetic patient's whole record: 1,611 resources. */
export async function syntheticRecords(): Promise<Fixture[]> {
  const lines = await packedLines(new URL('synthea/records.ndjson.gz', folder));
  return lines.map((line, index) => ({ name: `synthea-${index}`, bytes: utf8(line) }));
}

/** The id of the synthetic patient in the hospital's own system. */
export const LOCAL_PATIENT = 'e91e2c28-a451-4f53-b425-90d67b5a583f';

/** A record as the hospital's system has it: `Type/id`, and its bytes. */
export interface HouseRecord {
  reference: string;
  bytes: Uint8Array;
}

/**
 * All of them as records of one patient of one house: what the synthetic ones refer to by `urn:uuid:` is named by type and id, and the
 * examples, which are of many patients, are of this one. The one example that is a patient stays another.
 */
export async function houseRecords(): Promise<HouseRecord[]> {
  const texts = async (fixtures: Promise<Fixture[]>): Promise<string[]> => (await fixtures).map(({ bytes }) => new TextDecoder().decode(bytes));
  const synthetic = await texts(syntheticRecords());
  const named = (text: string): { resourceType: string; id: string } => JSON.parse(text) as { resourceType: string; id: string };
  const types = new Map(synthetic.map(named).map(({ resourceType, id }) => [id, resourceType]));
  const told = synthetic.map((text) => text.replace(/urn:uuid:([0-9a-f-]{36})/g, (whole, id: string) => (types.has(id) ? `${types.get(id)}/${id}` : whole)));
  const examples = (await texts(fhirExamples())).map((text) => text
    .replace(/"Patient\/[A-Za-z0-9.-]+"/g, `"Patient/${LOCAL_PATIENT}"`)
    // Of the five results of the blood count one is among the examples: a report without its results waits for them.
    .replace(/,\s*\{\s*"reference": "Observation\/f00[2-5]"\s*\}/g, ''));
  return [...examples, ...told].map((text) => {
    const { resourceType, id } = named(text);
    return { reference: `${resourceType}/${id}`, bytes: utf8(text) };
  });
}

/** The Consents among the standard's examples, as the tests of the SDK have them. Those of R5 without the mark of test data that each bears. */
export async function consentExamples(fhirVersion: FhirVersion): Promise<{ from: string; resource: Record<string, unknown> }[]> {
  const name = fhirVersion === '5.0' ? 'consents-r5' : 'consents';
  const lines = await packedLines(new URL(`../../clients/fhir/fixtures/fhir-examples/classes/${name}.ndjson.gz`, import.meta.url));
  return lines.map((line) => {
    const { from, resource: { meta, ...resource } } = JSON.parse(line) as { from: string; resource: Record<string, unknown> };
    return { from, resource: fhirVersion === '5.0' || meta === undefined ? resource : { ...resource, meta } };
  });
}
