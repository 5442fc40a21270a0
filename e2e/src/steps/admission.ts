import { registry } from '@salus/client';
import { profileCommitment } from '@salus/exchange';
import type { OrgKind } from '@salus/types';
import { clock, expect } from '../transcript.js';
import { YEAR, type Institution, type World } from '../world.js';

export interface Institutions {
  hospital: Institution;
  clinic: Institution;
  insurer: Institution;
}

/** A hospital, a specialist clinic and an insurer apply; the registrar admits each. */
export async function admission(world: World): Promise<Institutions> {
  const { api, out, registrar } = world;
  out.chapter('The health authority admits three organisations');
  const hospital = await world.institution('Mercy Hospital', 'Hospital');
  const clinic = await world.institution('Heart Clinic', 'Clinic');
  const insurer = await world.institution('Fair Insurance', 'Insurer');
  const applicants: [Institution, OrgKind][] = [[hospital, 'Provider'], [clinic, 'Provider'], [insurer, 'Payer']];
  await world.fund(applicants.map(([{ admin }]) => admin));

  await Promise.all(applicants.map(async ([institution, kind]) => {
    const { admin, profile, name, agreement } = institution;
    // They apply at the same time, and are numbered in the order of the block: another block could number them in another order.
    const applied = await world.sendForGood(registry.apply(api, [kind], profileCommitment(profile)), admin);
    institution.org = registry.appliedAs(applied);
    await out.did(applied, `${name} applies as ${kind}: organisation ${institution.org}`);
    const named = await world.send(registry.setAgreementKey(api, institution.org, agreement.publicKey), admin);
    await out.did(named, `${name} names the key to which others encrypt for it`);
  }));

  const until = await world.now() + YEAR;
  const licences = applicants.map(([{ org }, kind]) => registry.admit(api, org, kind, until));
  const admitted = await world.send(api.tx.utility.batchAll(licences), registrar);
  for (const [{ org, name }, kind] of applicants) {
    await out.did(admitted, `the registrar admits ${name} as ${kind} for a year`);
    const found = await registry.organisation(api, org);
    expect(found?.licences.some((l) => l.kind === kind && l.status === 'Live') ?? false, `${name} holds no live licence`);
  }
  out.saw(`licences run until ${new Date(until * 1000).toISOString().slice(0, 10)} ${clock(until)}`);
  return { hospital, clinic, insurer };
}
