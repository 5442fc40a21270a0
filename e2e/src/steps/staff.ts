import type { KeyringPair } from '@polkadot/keyring/types';
import { registry, type Role } from '@salus/client';
import { expect } from '../transcript.js';
import { YEAR, type Institution, type World } from '../world.js';
import type { Institutions } from './admission.js';

export interface Staff {
  /** Keeps the hospital's records. */
  steward: KeyringPair;
  /** Treats at the clinic. */
  specialist: KeyringPair;
  /** Bills for the insurer. */
  biller: KeyringPair;
}

/** Each organisation takes somebody on; none of the three holds a token, then or ever. */
export async function takeOnStaff(world: World, { hospital, clinic, insurer }: Institutions): Promise<Staff> {
  const { api, out } = world;
  out.chapter('They take on staff, who hold no tokens');
  const until = await world.now() + YEAR / 2;

  const takeOn = async (employer: Institution, role: Role, title: string): Promise<KeyringPair> => {
    const person = world.stranger();
    const invited = await world.send(registry.invite(api, employer.org, person.address, role, until), employer.admin);
    await out.did(invited, `${employer.name} invites ${title} as ${role}`);
    const accepted = await world.send(registry.acceptAffiliation(api, employer.org, role), person);
    await out.did(accepted, `${title} accepts; the fee is the sponsor's`);
    const roles = await registry.rolesAt(api, employer.org, person.address, await world.now());
    expect(roles.includes(role), `${title} is no ${role} of ${employer.name}`);
    expect(await world.tokensOf(person.address) === 0n, `${title} holds tokens`);
    return person;
  };

  const [steward, specialist, biller] = await Promise.all([
    takeOn(hospital, 'DataSteward', 'a records clerk'),
    takeOn(clinic, 'Clinician', 'a cardiologist'),
    takeOn(insurer, 'Biller', 'a claims officer'),
  ]);
  return { steward, specialist, biller };
}
