/** What provider, payer and member do about a visit: for the steps of the journey, and for the tests. */
import type { KeyringPair } from '@polkadot/keyring/types';
import { attestMessage, claims, signMessage, type ApiAt, type ApiPromise, type Included } from '@salus/client';
import { newSalt, utf8 } from '@salus/types';
import { checkBalance, commitDetail, fromDecimal, toDecimal, type BenefitCategory, type ClaimLine, type Explanation } from '@salus/types/claims';
import type { Institution, World } from './world.js';

/** The settlement asset of the development presets. */
export const ASSET = 1;
/** Where hospital, clinic and patient are: days are days there. */
export const ZONE = 'Europe/Zurich';
/** The currency for which it stands. */
export const CURRENCY = 'USD';

/** An amount of the settlement asset, such as `150.00`. */
export const cents = (text: string): bigint => fromDecimal(text, 2);

/** The same, the other way round. */
export const dollars = (units: bigint): string => toDecimal(units, 2);

/** A coverage, and the key that stands for the person in it. */
export interface Cover {
  coverage: number;
  member: KeyringPair;
}

/** A service in codes, and what the chain is told of it. The salt stays with provider and payer. */
export interface Coded {
  line: ClaimLine;
  salt: Uint8Array;
  record: Uint8Array;
}

const HCPCS = 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets';

/** A service by its HCPCS code, its coarse category and its charge. */
export function coded(category: BenefitCategory, code: string, charge: string, quantity = 1): Coded {
  const salt = newSalt();
  const record = utf8(JSON.stringify({ coding: [{ system: HCPCS, code }] }));
  return { line: { category, quantity, charge: cents(charge), detail: commitDetail(salt, record, 'FhirJson') }, salt, record };
}

/** Somebody who acts for a provider. */
export interface Provider {
  institution: Institution;
  /** Receives patients. */
  nurse: KeyringPair;
  /** Writes down what was done, and bills. */
  clerk: KeyringPair;
}

export interface Visit {
  encounter: number;
  opened: Included;
  attested: Included;
  closed: Included;
}

/** Opens an encounter. */
export async function open(world: World, { institution, nurse }: Provider): Promise<{ encounter: number; opened: Included }> {
  const opened = await world.send(claims.openEncounter(world.api, institution.org), nurse);
  return { encounter: claims.openedAs(opened), opened };
}

/** Hands in the member's signature, made off chain, that it is here and on this coverage. */
export async function attest(world: World, provider: Provider, { coverage, member }: Cover, encounter: number): Promise<Included> {
  const { api } = world;
  const { institution, nurse } = provider;
  const expiry = await world.now() + 30 * 60;
  const signature = await signMessage(member, attestMessage(api.genesisHash.toHex(), institution.org, encounter, coverage, expiry));
  return world.send(claims.attestFor(api, institution.org, encounter, coverage, expiry, signature), nurse);
}

/** Writes down what was done. */
export const close = (world: World, provider: Provider, encounter: number, lines: ClaimLine[]): Promise<Included> =>
  world.send(claims.closeEncounter(world.api, provider.institution.org, encounter, lines), provider.clerk);

/** A visit, from the arrival to what was written down. */
export async function treat(world: World, provider: Provider, cover: Cover, lines: ClaimLine[]): Promise<Visit> {
  const { encounter, opened } = await open(world, provider);
  const [attested, closed] = await Promise.all([attest(world, provider, cover, encounter), close(world, provider, encounter, lines)]);
  return { encounter, opened, attested, closed };
}

/** Claims what was done. */
export const handIn = (world: World, provider: Provider, encounter: number, lines: ClaimLine[]): Promise<Included> =>
  world.send(claims.submit(world.api, provider.institution.org, encounter, lines), provider.clerk);

export interface Billed extends Visit {
  claim: number;
  submitted: Included;
}

/** A visit, and the claim for it. */
export async function bill(world: World, provider: Provider, cover: Cover, lines: ClaimLine[]): Promise<Billed> {
  const visit = await treat(world, provider, cover, lines);
  const submitted = await handIn(world, provider, visit.encounter, lines);
  return { ...visit, submitted, claim: claims.submittedAs(submitted) };
}

/** The explanation of a claim, which must be there and add up. */
export async function explained(api: ApiAt, claim: number): Promise<Explanation> {
  const found = await claims.explanation(api, claim);
  if (!found) throw new Error(`there is no claim ${claim}`);
  checkBalance(found);
  return found;
}

/** Whether the sponsor paid the fee. */
export const isSponsored = ({ events }: Included): boolean =>
  events.some(({ event }) => event.section === 'sponsorship' && event.method === 'FeeSponsored');

/** By how much the money in an organisation's settlement account changed in a block. */
export async function moved(api: ApiPromise, { blockHash }: Included, org: number): Promise<{ free: bigint; held: bigint }> {
  const { parentHash } = await api.rpc.chain.getHeader(blockHash);
  const fundsAt = async (hash: string) => claims.funds(await api.at(hash), org, ASSET);
  const [before, after] = await Promise.all([fundsAt(parentHash.toHex()), fundsAt(blockHash)]);
  return { free: after.free - before.free, held: after.held - before.held };
}
