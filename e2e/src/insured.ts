/** What the tests of claims begin with: people, a plan with money behind it, and members whom it covers. */
import { best, claims, type ApiPromise } from '@salus/client';
import { DispatchFailed } from '@salus/types';
import { cents, coded, type Coded, type Cover, type Provider } from './billing.js';
import { begin, people, type Peopled } from './setting.js';
import { accept, fund, offer, publishPlan, type Offer } from './steps/coverage.js';
import { registerPatient } from './steps/patient.js';
import { hospitalOf } from './steps/visit.js';
import type { Patient } from './world.js';

export interface Insured extends Peopled {
  hospital: Provider;
  clinic: Provider;
  insurer: number;
  plan: number;
  patient: Patient;
  /** The block before all that happened. */
  first: number;
  /** Coverages in force, of which nothing is used. */
  members: Offer[];
}

/** As many members as there shall be. */
export async function insured(count: number): Promise<Insured> {
  const setting = await begin();
  const { number: first } = await best(setting.api);
  const peopled = await people(setting);
  try {
    const { world, institutions, staff } = peopled;
    const [patient, plan] = await Promise.all([
      registerPatient(world, institutions.hospital, staff),
      publishPlan(world, institutions.insurer),
      fund(world, institutions.insurer, cents('10000.00')),
    ]);
    const members: Offer[] = [];
    while (members.length < count) members.push(await offer(world, institutions.insurer, staff, plan));
    await Promise.all(members.map((offered) => accept(world, offered)));
    await world.until(Math.max(...members.map(({ from }) => from)));
    const clinic = { institution: institutions.clinic, nurse: staff.specialist, clerk: institutions.clinic.admin };
    return { ...peopled, first, patient, plan, members, clinic, hospital: hospitalOf(institutions, staff), insurer: institutions.insurer.org };
  } catch (error) {
    await peopled.stop();
    throw error;
  }
}

/** Whether something failed with this error of the pallet. */
export const fails = (error: string) => (thrown: unknown): boolean => thrown instanceof DispatchFailed && thrown.is('claims', error);

export const checkup = (charge = '180.00'): Coded => coded('PrimaryCare', 'G0463', charge);

/** What is used of a coverage: deductible, out of pocket, primary care visits. */
export async function used(api: ApiPromise, { coverage }: Cover): Promise<[bigint, bigint | undefined, number | undefined]> {
  const { deductible, outOfPocket, benefits } = await claims.eligibility(api, coverage);
  return [deductible.used, outOfPocket?.used, benefits.find(({ category }) => category === 'PrimaryCare')?.visitsUsed];
}
