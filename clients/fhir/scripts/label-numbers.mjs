/**
 * How many resources would be held, with which labels, and how many would wait in quarantine, and why; build first:
 *
 *   npm run label-numbers --workspace @salus/fhir -- FOLDER...
 *
 * Of each folder each file that ends in .json: a resource, or a Bundle, of which each entry is classified with the Bundle beside it, as a
 * gateway does; or in .ndjson: a resource a line, with nothing beside it. Resources of the standard's conformance (profiles, value sets ...) are left out.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NotFhirJson } from '@salus/types';
import { classify, ResourceRefused } from '../dist/index.js';

const CONFORMANCE = new Set([
  'StructureDefinition', 'ValueSet', 'CodeSystem', 'SearchParameter', 'OperationDefinition', 'CapabilityStatement', 'ConceptMap', 'NamingSystem', 'StructureMap', 'ImplementationGuide',
  'CompartmentDefinition', 'GraphDefinition', 'MessageDefinition', 'ExampleScenario', 'TerminologyCapabilities', 'TestScript', 'TestReport', 'OperationOutcome', 'Parameters',
]);
const bytes = (value) => new TextEncoder().encode(JSON.stringify(value));
const none = () => ({ all: 0, held: 0, labelled: 0, faults: new Map(), labels: new Map(), types: new Map() });
const add = (map, key) => map.set(key, (map.get(key) ?? 0) + 1);
const listed = (map) => [...map].sort((a, b) => b[1] - a[1]).map(([name, count]) => `${name} ${count}`).join(', ') || '-';

function count(into, resource, documents) {
  if (typeof resource?.resourceType !== 'string' || CONFORMANCE.has(resource.resourceType)) return;
  into.all += 1;
  try {
    const { labels } = classify(bytes(resource), { documents });
    into.held += 1;
    if (labels.length > 0) into.labelled += 1;
    for (const label of labels) {
      add(into.labels, label);
      add(into.types, `${resource.resourceType} ${label}`);
    }
  } catch (error) {
    if (!(error instanceof ResourceRefused) && !(error instanceof NotFhirJson)) throw error;
    add(into.faults, `${error.fault}${['type-without-class', 'class-unknown', 'document-not-given'].includes(error.fault) ? ` (${resource.resourceType})` : ''}`);
  }
}

/** What a resource references, in the Bundle, and the Bundle around it: what a gateway looks up. */
function beside(bundle, entry, byTarget) {
  const [seen, found, left] = [new Set(), new Set([entry]), [entry.resource]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    JSON.stringify(next, (key, value) => {
      const there = key === 'reference' && typeof value === 'string' && !seen.has(value) && seen.size < 100 ? byTarget.get(value) : undefined;
      if (there) {
        seen.add(value);
        found.add(there);
        left.push(there.resource);
      }
      return value;
    });
  }
  return [bytes({ ...bundle, entry: [...found] })];
}

function countBundle(into, bundle) {
  const entries = (bundle.entry ?? []).filter(({ resource }) => resource);
  const byTarget = new Map(entries.flatMap((entry) => [[entry.fullUrl, entry], [`${entry.resource.resourceType}/${entry.resource.id}`, entry]]));
  for (const entry of entries) {
    if (entry.resource.resourceType === 'Bundle') countBundle(into, entry.resource);
    else count(into, entry.resource, beside(bundle, entry, byTarget));
  }
}

for (const folder of process.argv.slice(2)) {
  const into = none();
  for (const name of readdirSync(folder).sort()) {
    const text = () => readFileSync(join(folder, name), 'utf8');
    if (name.endsWith('.ndjson')) for (const line of text().split('\n').filter((each) => each !== '')) count(into, JSON.parse(line), []);
    if (!name.endsWith('.json') || name === 'package.json' || name.startsWith('.')) continue;
    const resource = JSON.parse(text());
    if (resource.resourceType === 'Bundle') countBundle(into, resource);
    else count(into, resource, []);
  }
  console.log(`${folder}: ${into.all} resources, ${into.held} held, ${into.labelled} of them with labels, ${into.all - into.held} in quarantine`);
  console.log(`  quarantine: ${listed(into.faults)}`);
  console.log(`  labels: ${listed(into.labels)}`);
  console.log(`  by type: ${listed(into.types)}`);
}
