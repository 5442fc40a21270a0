import type { KeyringPair } from '@polkadot/keyring/types';
import { registry } from '@salus/client';
import type { Role } from '@salus/types';
import { expect } from '../transcript.js';
import { YEAR, type Institution, type World } from '../world.js';
import type { Institutions } from './admission.js';

export interface Staff {
  /** Keeps the hospital's records. */
  steward: KeyringPair;
  /** Receives patients at the hospital. */
  nurse: KeyringPair;
  /** Bills for the hospital. */
  clerk: KeyringPair;
  /** Treats at the clinic. */
  specialist: KeyringPair;
  /** Looks after privacy at the clinic. */
  officer: KeyringPair;
  /** Enrols and decides for the insurer. */
  biller: KeyringPair;
}

interface Job {
  role: Role;
  title: string;
}

/** Each organisation takes somebody on; none of them holds a token, then or ever. */
export async function takeOnStaff(world: World, { hospital, clinic, insurer }: Institutions): Promise<Staff> {
  const { api, out } = world;
  out.chapter('They take on staff, who hold no tokens');
  const until = await world.now() + YEAR / 2;

  const takeOn = async <T extends string>(employer: Institution, jobs: Record<T, Job>): Promise<Record<T, KeyringPair>> => {
    const people = Object.entries<Job>(jobs).map(([name, job]) => ({ name, ...job, person: world.stranger() }));
    const invitations = people.map(({ person, role }) => registry.invite(api, employer.org, person.address, role, until));
    const invited = await world.send(api.tx.utility.batchAll(invitations), employer.admin);
    await Promise.all(people.map(async ({ person, role, title }) => {
      await out.did(invited, `${employer.name} invites ${title} as ${role}`);
      const accepted = await world.send(registry.acceptAffiliation(api, employer.org, role), person);
      await out.did(accepted, `${title} accepts; the fee is the sponsor's`);
      const roles = await registry.rolesAt(api, employer.org, person.address, await world.now());
      expect(roles.includes(role), `${title} is no ${role} of ${employer.name}`);
      expect(await world.tokensOf(person.address) === 0n, `${title} holds tokens`);
    }));
    return Object.fromEntries(people.map(({ name, person }) => [name, person])) as Record<T, KeyringPair>;
  };

  const [atHospital, atClinic, atInsurer] = await Promise.all([
    takeOn(hospital, {
      steward: { role: 'DataSteward', title: 'a records clerk' },
      nurse: { role: 'Nurse', title: 'a nurse' },
      clerk: { role: 'Biller', title: 'a billing clerk' },
    }),
    takeOn(clinic, {
      specialist: { role: 'Clinician', title: 'a cardiologist' },
      officer: { role: 'PrivacyOfficer', title: 'a privacy officer' },
    }),
    takeOn(insurer, { biller: { role: 'Biller', title: 'a claims officer' } }),
  ]);
  return { ...atHospital, ...atClinic, ...atInsurer };
}

/** An organisation takes one more person on, or gives one who works there another role. */
export async function hire(world: World, { org, admin }: Institution, role: Role, person = world.stranger()): Promise<KeyringPair> {
  const { api } = world;
  await world.send(registry.invite(api, org, person.address, role, await world.now() + YEAR / 2), admin);
  await world.send(registry.acceptAffiliation(api, org, role), person);
  return person;
}

/** Several organisations take the same person on, each in a role. */
export async function hireAtAll(world: World, jobs: readonly [Institution, Role][], person = world.stranger()): Promise<KeyringPair> {
  const { api } = world;
  const until = await world.now() + YEAR / 2;
  await Promise.all(jobs.map(([{ org, admin }, role]) => world.send(registry.invite(api, org, person.address, role, until), admin)));
  await world.sendAll(jobs.map(([{ org }, role]) => registry.acceptAffiliation(api, org, role)), person);
  return person;
}
