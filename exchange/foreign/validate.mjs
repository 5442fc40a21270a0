// Validates FHIR answers against the definitions of R4 (4.0.1): structure, cardinality, types and required bindings, by `fhir` of npm. The answers are
// in the folder that SALUS_FHIR_ANSWERS names, as `gateway/tests/common/kept.rs` writes them.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fhir from 'fhir'

const validator = new fhir.Fhir()

const folder = process.env.SALUS_FHIR_ANSWERS
const answers = readdirSync(folder).map((name) => ({ name, resource: JSON.parse(readFileSync(join(folder, name), 'utf8')) }))
const faults = (resource) =>
	validator
		.validate(resource, { errorOnUnexpected: true })
		.messages.filter((message) => ['error', 'fatal'].includes(message.severity))
		.map((message) => `${message.resourceId} ${message.location}: ${message.message}`)

test('the validator finds what is wrong', () => {
	const wrong = [
		{ resourceType: 'Observation', code: { text: 'a' } },
		{ resourceType: 'Observation', status: 'finall', code: { text: 'a' } },
		{ resourceType: 'Observation', status: 'final', code: { text: 'a' }, other: 1 },
		{ resourceType: 'OperationOutcome', issue: { severity: 'error', code: 'login' } },
		{ resourceType: 'Bundle', type: 'searchset', entry: [{ resource: { resourceType: 'Observation', status: 'final' } }] },
	]
	for (const resource of wrong) assert.notEqual(faults(resource).length, 0, JSON.stringify(resource))
	assert.deepEqual(faults({ resourceType: 'Observation', status: 'final', code: { text: 'a' } }), [])
})

test('there is an answer of each kind', () => {
	const kinds = new Set(answers.map(({ resource }) => [resource.resourceType, resource.type].filter((it) => typeof it === 'string').join(' ')))
	for (const kind of ['AuditEvent', 'Bundle document', 'Bundle searchset', 'CapabilityStatement', 'Consent', 'Observation', 'OperationOutcome']) {
		assert.ok(kinds.has(kind), `no ${kind} among ${[...kinds]}`)
	}
})

for (const type of [...new Set(answers.map(({ resource }) => resource.resourceType))].sort()) {
	const own = answers.filter(({ resource }) => resource.resourceType === type)
	test(`${own.length} answers that are ${type}`, () => {
		const found = own.flatMap(({ name, resource }) => faults(resource).map((fault) => `${name}: ${fault}`))
		assert.deepEqual(found.slice(0, 20), [], `${found.length} faults`)
	})
}
