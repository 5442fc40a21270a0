// Reads a patient's results from a running gateway by clients that nobody here wrote: a token by `oauth4webapi` (SMART Backend Services:
// private_key_jwt, ES384, with DPoP), proofs by `dpop`, FHIR by `fhir-kit-client`. What it is told comes on its input, as one line of JSON
// (gateway/examples/open.rs). Writes in the form of node's test runner.
import assert from 'node:assert/strict'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import * as DPoP from 'dpop'
import { Client } from 'fhir-kit-client'
import * as oauth from 'oauth4webapi'

const told = await new Promise((found) => createInterface(process.stdin).once('line', (line) => found(JSON.parse(line))))
const smart = await (await fetch(`${told.base}/.well-known/smart-configuration`)).json()
const as = { issuer: told.base, ...smart }
const client = { client_id: told.client }
const key = await crypto.subtle.importKey('jwk', told.key, { name: 'ECDSA', namedCurve: 'P-384' }, false, ['sign'])
const pair = await DPoP.generateKeyPair('ES256')
const options = { DPoP: oauth.DPoP(client, pair), [oauth.allowInsecureRequests]: true }
// SMART says that the assertion is for the URL of the token endpoint.
const authentication = oauth.PrivateKeyJwt(
	{ key, kid: told.kid },
	{ [oauth.modifyAssertion]: (_, payload) => Object.assign(payload, { aud: as.token_endpoint }) },
)

async function token(scope) {
	const response = await oauth.clientCredentialsGrantRequest(as, client, authentication, { scope }, options)
	return oauth.processClientCredentialsResponse(as, client, response)
}

/** A client of FHIR with a token, which proves its key with each request. */
function reader(token) {
	return new Client({
		baseUrl: told.base,
		requestSigner: async (url, request) => {
			const { origin, pathname } = new URL(url)
			const proof = await DPoP.generateProof(pair, origin + pathname, request.method, undefined, token)
			request.headers.set('authorization', `DPoP ${token}`)
			request.headers.set('dpop', proof)
		},
	})
}

const refusal = async (asked) => {
	const error = await asked.then(
		() => assert.fail('it was answered'),
		(error) => error,
	)
	return [error.response.status, error.response.data.issue[0].details.coding[0].code]
}

test('the statement of what is offered can be read', async () => {
	const statement = await new Client({ baseUrl: told.base }).capabilityStatement()
	assert.equal(statement.fhirVersion, '4.0.1')
	assert.ok(statement.rest[0].resource.some((each) => each.type === 'Observation'))
})

test('a token is issued, and a resource read with it', async () => {
	const issued = await token(told.scope)
	assert.equal(issued.token_type, 'dpop')
	assert.ok(issued.expires_in <= 300)
	const read = await reader(issued.access_token).read({ resourceType: 'Observation', id: 'r0' })
	assert.deepEqual([read.resourceType, read.id, read.valueQuantity.value], ['Observation', 'r0', 7])
})

test('a search is paged to its end, and has what is permitted and nothing else', async () => {
	const { access_token } = await token(told.scope)
	const fhir = reader(access_token)
	let page = await fhir.search({ resourceType: 'Observation', searchParams: { patient: told.patient, _count: 10 } })
	const found = []
	let pages = 0
	while (page) {
		pages += 1
		found.push(...(page.entry ?? []).map((entry) => entry.resource.id))
		page = await fhir.nextPage({ bundle: page })
	}
	assert.equal(new Set(found).size, told.permitted)
	assert.equal(found.length, told.permitted)
	assert.equal(pages, 3)
	assert.ok(!found.includes('hidden'))
})

test('what is hidden looks as what there is not, and other scopes are refused', async () => {
	const { access_token } = await token(told.scope)
	const fhir = reader(access_token)
	const hidden = await refusal(fhir.read({ resourceType: 'Observation', id: told.hidden.split('/')[1] }))
	const unknown = await refusal(fhir.read({ resourceType: 'Observation', id: 'unknown' }))
	assert.deepEqual(hidden, [404, 'not-found'])
	assert.deepEqual(unknown, hidden)
	const narrow = await token('system/Condition.rs urn:salus:purpose:Treat')
	assert.deepEqual(await refusal(reader(narrow.access_token).read({ resourceType: 'Observation', id: 'r0' })), [403, 'scope'])
	const bearer = new Client({ baseUrl: told.base, bearerToken: access_token })
	assert.equal((await refusal(bearer.read({ resourceType: 'Observation', id: 'r0' })))[0], 401)
})

test('a token that was ended is taken no more', async () => {
	const { access_token } = await token(told.scope)
	await oauth.processRevocationResponse(
		await oauth.revocationRequest(as, client, authentication, access_token, { [oauth.allowInsecureRequests]: true }),
	)
	assert.deepEqual(await refusal(reader(access_token).read({ resourceType: 'Observation', id: 'r0' })), [401, 'token-unknown'])
})
