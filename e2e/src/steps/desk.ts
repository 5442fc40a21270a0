/** How a patient is linked with a house's record of her at its desk, by her wallet. */
import { readLinkOffer, sendLink, signLink } from '@salus/exchange';
import type { Gateway } from '../gateway.js';
import { expect } from '../transcript.js';
import type { Patient } from '../world.js';

/** A desk offers a link, the patient's wallet reads, signs and sends it, and a clerk who sees the person confirms it. */
export async function linkAtDesk(gateway: Gateway, genesisHash: string, { handle, pair }: Pick<Patient, 'handle' | 'pair'>, local: string): Promise<void> {
  const made = await gateway.house('/links/offers', JSON.stringify({ patient: local }));
  expect(made.status === 201, `the desk has no offer: ${made.status} ${made.body}`);
  const { offer, text } = made.json() as { offer: string; text: string };
  const read = readLinkOffer(text, { genesisHash });
  const signed = await signLink(read, handle, pair);
  // Nothing resolves the URL under which the gateway says it is.
  await sendLink({ ...signed, url: signed.url.replace(read.gateway, gateway.outside) });
  const stands = (await gateway.house(`/links/offers/${offer}`)).json() as { status: string; handle?: string };
  expect(stands.status === 'signed' && stands.handle === handle, `the offer is ${stands.status}, by ${stands.handle}`);
  const confirmed = await gateway.house(`/links/offers/${offer}/confirm`, JSON.stringify({ by: 'the clerk at the desk' }));
  expect(confirmed.status === 200, `the clerk cannot confirm it: ${confirmed.status} ${confirmed.body}`);
}
