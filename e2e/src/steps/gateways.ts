import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Keyring } from '@polkadot/keyring';
import type { KeyringPair } from '@polkadot/keyring/types';
import { registry } from '@salus/client';
import type { Role } from '@salus/types';
import { Counter } from '../asking.js';
import { startGateway, type Gateway, type GatewayOptions } from '../gateway.js';
import { YEAR, type Institution, type World } from '../world.js';
import type { Institutions } from './admission.js';

/** A house with its gateway. */
export interface House extends Institution {
  gateway: Gateway;
  /** The account with which the gateway hands in to the chain, and what has it do so from then on. */
  steward: KeyringPair;
  handIn: () => Promise<void>;
}

/** The gateways of those between whom records move: of the custodian, and of whoever asks. */
export interface Houses {
  hospital: House;
  clinic: House;
  /** The hospital's gateway, as others reach it. */
  counter: Counter;
}

/** Why a chapter is not played by somebody who did not want gateways. */
export const NO_GATEWAYS = 'there are no gateways: the journey was begun with --no-gateways';

/** A key of a program: of a kind that the gateway signs with. */
function programKey(): { seed: Uint8Array; pair: KeyringPair } {
  const seed = randomBytes(32);
  return { seed, pair: new Keyring({ type: 'ed25519' }).addFromSeed(seed) };
}

/** Gives accounts of programs roles at a house, which they take by themselves. They hold no tokens. */
export async function appoint(world: World, { org, admin }: Institution, jobs: readonly (readonly [KeyringPair, readonly Role[]])[]): Promise<void> {
  const { api } = world;
  const until = await world.now() + YEAR / 2;
  const invitations = jobs.flatMap(([{ address }, roles]) => roles.map((role) => registry.invite(api, org, address, role, until)));
  await world.send(api.tx.utility.batchAll(invitations), admin);
  await Promise.all(jobs.map(([pair, roles]) => world.sendAll(roles.map((role) => registry.acceptAffiliation(api, org, role)), pair)));
}

/** How a house sets its gateway up, beside what is the gateway's own. */
interface SetUp extends Pick<GatewayOptions, 'headsEvery' | 'fhirServer' | 'fhirEvery' | 'rate' | 'clock' | 'more'> {
  /** The name of its folder. */
  name: string;
  /** The roles of the account with which it asks others. */
  asks: readonly Role[];
}

/** A house sets a gateway up, in a folder of the world's, with an account that asks others and one that can hand in to the chain. */
export async function setUp(world: World, institution: Institution, endpoint: string, { name, asks, ...more }: SetUp): Promise<House> {
  const { api, folder } = world;
  const [steward, system] = [programKey(), programKey()];
  await appoint(world, institution, [[steward.pair, ['DataSteward']], [system.pair, asks]]);
  const gateway = await startGateway({
    folder: join(folder, name), organisation: institution.org, endpoint, genesis: api.genesisHash.toHex(), seed: system.seed, quiet: true,
    ...more,
  });
  return { ...institution, gateway, steward: steward.pair, handIn: () => gateway.handIn(steward.seed) };
}

/** Which gateways there are to be. */
interface Wanted {
  wanted: boolean;
  /** The clinic's FHIR server, if it keeps its records in one. */
  fhirServer: string | undefined;
}

/** The hospital and the clinic each install a gateway, beside a node: from now on records leave through the one and arrive through the other. */
export async function setUpGateways(world: World, institutions: Institutions, endpoint: string, { wanted, fhirServer }: Wanted): Promise<Houses | undefined> {
  const { out } = world;
  out.chapter('The hospital and the clinic each set up a gateway');
  if (!wanted) {
    out.skipped('this chapter', NO_GATEWAYS);
    return undefined;
  }
  const [hospital, clinic] = await Promise.all([
    setUp(world, institutions.hospital, endpoint, { name: 'hospital-gateway', asks: ['Auditor'] }),
    setUp(world, institutions.clinic, endpoint, { name: 'clinic-gateway', asks: ['Clinician', 'Auditor'], ...(fhirServer === undefined ? {} : { fhirServer }) }),
  ]);
  await hospital.gateway.knows(clinic.org, clinic.gateway.outside);
  await clinic.gateway.knows(hospital.org, hospital.gateway.outside);
  for (const { name, gateway } of [hospital, clinic]) {
    out.saw(`${name}: salus-gateway has checked its configuration and its node, and listens: ${gateway.outside} for others, ${gateway.inside} for the house`);
  }
  out.because('each has a store of its own, and an account that asks others in the house\'s name; what it has for the chain, people hand in at first');
  if (fhirServer !== undefined) out.saw(`the clinic's gateway stands before the FHIR server ${fhirServer}, which it reads every ten seconds`);
  return { hospital, clinic, counter: new Counter(world, hospital.org, hospital.gateway) };
}
