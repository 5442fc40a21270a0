import { consent } from '@salus/client';
import { commit, newSalt, toHex, utf8, type DataClass } from '@salus/types';
import { clock, expect } from '../transcript.js';
import { DAY, type Institution, type Patient, type World } from '../world.js';
import type { Staff } from './staff.js';

/** What the patient lets the cardiologist see; the request asked for more. */
export const GRANTED: DataClass[] = ['Laboratory', 'Observations'];
const ASKED: DataClass[] = [...GRANTED, 'Problems', 'Medications', 'Documents'];

/** The cardiologist asks for the clinic, whose gateway is to fetch records too; the patient, with an empty wallet, approves less. Answers the directive. */
export async function askAndApprove(
  world: World,
  clinic: Institution,
  { specialist }: Staff,
  patient: Patient,
): Promise<number> {
  const { api, out } = world;
  out.chapter('The cardiologist asks for access for the clinic, and the patient grants a part of it');
  const now = await world.now();
  const terms = toHex(commit(newSalt(), utf8('Second opinion on a heart murmur. No copies are kept.')));

  const asked = await world.send(consent.requestAccess(api, clinic.org, patient.handle, 'Organisation', {
    actions: ['Read', 'Export'], purposes: ['Treat', 'Caremgt'], classes: ASKED, until: now + 90 * DAY,
  }, terms), specialist);
  const request = consent.requestedAs(asked);
  await out.did(asked, `request ${request}: read and export ${ASKED.length} classes, to treat and to manage care, 90 days`);

  const until = now + 30 * DAY;
  const approved = await world.send(consent.approve(api, request, {
    actions: ['Read'], purposes: ['Treat'], classes: GRANTED, until,
  }), patient.pair);
  const directive = consent.grantedAs(approved);
  await out.did(approved, `the patient approves: read ${GRANTED.join(' and ')}, to treat, 30 days: directive ${directive}`);
  expect(await world.tokensOf(patient.pair.address) === 0n, 'the patient holds tokens');
  out.saw(`it ends by itself on ${new Date(until * 1000).toISOString().slice(0, 10)} at ${clock(until)}`);
  return directive;
}
