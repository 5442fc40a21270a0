// An identity provider, `oidc-provider` of npm, with two clients: one for which it signs by RS256, and one by ES256. Whoever gives a name is let
// in under it. Prints the issuer, and answers until it is ended. For tests alone: scripts/identity-provider.sh.
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import Provider from 'oidc-provider'

const pair = (type, options, kid) => ({
	...generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' }),
	kid,
	use: 'sig',
})
const client = (client_id, id_token_signed_response_alg) => ({
	client_id,
	client_secret: 'a secret of these tests alone, which is long',
	redirect_uris: ['https://inside.example/login/callback'],
	response_types: ['code'],
	grant_types: ['authorization_code'],
	id_token_signed_response_alg,
})
// The address must be known before the provider is made.
const server = createServer()
await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
const issuer = `http://127.0.0.1:${server.address().port}`
const provider = new Provider(issuer, {
	clients: [client('rsa', 'RS256'), client('curve', 'ES256')],
	enabledJWA: { idTokenSigningAlgValues: ['RS256', 'ES256'] },
	jwks: { keys: [pair('rsa', { modulusLength: 2048 }, 'rsa'), pair('ec', { namedCurve: 'P-256' }, 'curve')] },
	cookies: { keys: ['of these tests'] },
	pkce: { required: () => true },
	findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
})
server.on('request', provider.callback())
console.log(`issuer ${issuer}`)
