import { best } from '@salus/client';
import type { Cover } from '../billing.js';
import { linkage } from '../linkage.js';
import { expect } from '../transcript.js';
import type { Patient, World } from '../world.js';

/** Whoever reads the whole chain does not learn whose coverage it is. */
export async function nothingLinks(world: World, first: number, patient: Patient, { member }: Cover): Promise<void> {
  const { api, out } = world;
  out.chapter('Nothing on the chain says whose coverage it is');
  const found = await linkage(api, first, (await best(api)).number, patient, [member]);
  const { blocks, transactions, entries } = found;
  out.saw(`all ${blocks} blocks of this journey: ${transactions} transactions with their events, and ${entries} entries of storage`);
  // Were neither found anywhere, this would show nothing.
  expect(found.ofClaims > 0 && found.ofHandles > 0, 'there was nothing to look at');
  expect(found.patientFound > 0 && found.membersFound > 0, 'patient or member was found nowhere');
  expect(found.links.length === 0, `they are linked: ${found.links.join('; ')}`);
  out.saw(`the patient's handle and keys are in none of the ${found.ofClaims} transactions of claims, nor in what these keep`);
  out.saw(`the member key is in none of the ${found.ofHandles} of identity, consent, care, emergencies and records, nor in what these keep`);
  out.because('the hospital knows both; the chain does not');
}
