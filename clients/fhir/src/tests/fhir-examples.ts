/** Resources of the standard's own examples, packed in `fixtures/fhir-examples`. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const folder = new URL('../../fixtures/fhir-examples/classes/', import.meta.url);

/** A resource, and where in the examples it is: `Bundle-f001.json#entry[0].resource`. */
export interface Example {
  from: string;
  resource: Record<string, unknown>;
}

/** The lines of one of the packed files. */
export function exampleResources(name: 'resources' | 'consents' | 'consents-r5' | 'audit-events' | 'audit-events-r5' | 'security-codes'): Example[] {
  const packed = readFileSync(new URL(`${name}.ndjson.gz`, folder));
  return gunzipSync(packed).toString('utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Example);
}
