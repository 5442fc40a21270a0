/** Tokens of an organisation's systems: SMART Backend Services with DPoP, as `docs/exchange-protocol.md` has them. */
import { createHash, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { registry } from '@salus/client';
import { newProfile, profileCommitment, shownProfile, type ProfileKey } from '@salus/exchange';
import { URL_OF_GATEWAYS, type Gateway } from './gateway.js';
import { expect } from './transcript.js';
import type { Institution, World } from './world.js';

const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

const base64url = (bytes: string | Uint8Array): string => Buffer.from(bytes).toString('base64url');

interface Pair {
  privateKey: KeyObject;
  jwk: { kty: 'EC'; crv: string; x: string; y: string };
}

function newPair(namedCurve: 'P-256' | 'P-384'): Pair {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return { privateKey, jwk: { kty: 'EC', crv: namedCurve, x, y } };
}

function signed(digest: 'sha256' | 'sha384', { privateKey }: Pair, header: object, claims: object): string {
  const text = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(claims))}`;
  return `${text}.${base64url(sign(digest, Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }))}`;
}

/** A system of an organisation, with the key of its profile and one to which its tokens are bound. */
export class System {
  readonly kid = randomUUID();
  readonly #own = newPair('P-384');
  readonly #bound = newPair('P-256');

  constructor(private readonly organisation: number) {}

  /** What the organisation's profile says of it. */
  get key(): ProfileKey {
    return { kid: this.kid, ...this.#own.jwk, crv: 'P-384' };
  }

  /** A proof for one request, whose URL ends with `path`, without a query. */
  #proof(method: string, path: string, token?: string): string {
    const claims = { jti: randomUUID(), htm: method, htu: `${URL_OF_GATEWAYS}${path}`, iat: Math.floor(Date.now() / 1000) };
    const bound = token === undefined ? {} : { ath: createHash('sha256').update(token).digest('base64url') };
    return signed('sha256', this.#bound, { typ: 'dpop+jwt', alg: 'ES256', jwk: this.#bound.jwk }, { ...claims, ...bound });
  }

  /** Asks a gateway for a token, which must be issued. */
  async token(gateway: Gateway, scope: string): Promise<string> {
    const id = String(this.organisation);
    const claims = { iss: id, sub: id, aud: `${URL_OF_GATEWAYS}/token`, exp: Math.floor(Date.now() / 1000) + 60, jti: randomUUID() };
    const assertion = signed('sha384', this.#own, { alg: 'ES384', typ: 'JWT', kid: this.kid }, claims);
    const form = { grant_type: 'client_credentials', client_assertion_type: ASSERTION, client_assertion: assertion, scope };
    const answer = await gateway.form('/token', form, { dpop: this.#proof('POST', '/token') });
    expect(answer.status === 200, `no token is issued: ${answer.status} ${answer.body}`);
    return (answer.json() as { access_token: string }).access_token;
  }

  /** The headers with which a token is shown for one request. */
  shows(token: string, path: string): Record<string, string> {
    return { authorization: `DPoP ${token}`, dpop: this.#proof('GET', path.split('?')[0] ?? path, token) };
  }
}

/** The organisation puts a system into service: its key is named on the chain, and the gateway is given the document that lists it. */
export async function putIntoService(world: World, { org, name, admin }: Institution, gateway: Gateway): Promise<System> {
  const system = new System(org);
  const profile = newProfile(name, { keys: [system.key] });
  await world.send(registry.setClientKeys(world.api, org, profileCommitment(profile)), admin);
  const kept = await gateway.house('/profiles', shownProfile(org, profile));
  expect(kept.status === 200, `the gateway does not take the profile: ${kept.status} ${kept.body}`);
  return system;
}
