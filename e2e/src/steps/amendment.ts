import { randomUUID } from 'node:crypto';
import { anchors, type AnchorRef, type Call, type Sender } from '@salus/client';
import { commit, DispatchFailed, newSalt, PoolRejected, utf8 } from '@salus/types';
import { fhirExample } from '../fixtures.js';
import { expect, Surprise } from '../transcript.js';
import type { Institution, Patient, World } from '../world.js';
import type { Staff } from './staff.js';

/** A record that is anchored alone, with what opens its commitment. */
export interface Single {
  ref: AnchorRef;
  salt: Uint8Array;
  record: Uint8Array;
  commitment: Uint8Array;
}

/** The transaction is included and fails with this error of the anchors, or it is a surprise. */
export async function fails(world: Pick<World, 'send'>, call: Call, sender: Sender, error: string, pallet = 'recordAnchor'): Promise<string> {
  try {
    await world.send(call, sender);
  } catch (failure) {
    if (failure instanceof DispatchFailed && failure.is(pallet, error)) return `${error}: ${failure.docs}`;
    throw failure;
  }
  throw new Surprise(`the call did not fail with ${error}`);
}

/** Calls of one account, sent at once, are included and fail, each with its error. */
export async function allFail(world: World, calls: readonly (readonly [Call, error: string])[], sender: Sender, pallet: string): Promise<void> {
  const nonce = await world.nonceOf(sender);
  await Promise.all(calls.map(([call, error], at) => fails({ send: (each, by) => world.sendAs(nonce + at, each, by) }, call, sender, error, pallet)));
}

/** Sends what the node must refuse with `words` before it is in a block. */
export async function turnedAway(world: World, call: Call, sender: Sender, words: RegExp): Promise<string> {
  try {
    await world.send(call, sender);
  } catch (failure) {
    if (failure instanceof PoolRejected && words.test(failure.message)) return failure.message;
    throw failure;
  }
  throw new Surprise(`the node did not refuse the call as ${words} says`);
}

/** An example of the standard as a record of its own: with another id, and changed as told. */
export async function written(example: string, change: (resource: Record<string, unknown>) => void): Promise<Uint8Array> {
  const resource = await fhirExample(example);
  resource['id'] = randomUUID();
  // Its narrative would tell what stood there before the change.
  delete resource['text'];
  change(resource);
  return utf8(JSON.stringify(resource));
}

/** A fresh commitment to a record. */
export function salted(record: Uint8Array): Omit<Single, 'ref'> {
  const salt = newSalt();
  return { salt, record, commitment: commit(salt, record) };
}

/** A laboratory result had a wrong number: its correction succeeds it, and nobody can take the old for the new. */
export async function amendResult(world: World, hospital: Institution, { steward }: Staff, patient: Patient): Promise<void> {
  const { api, out } = world;
  const { org } = hospital;
  out.chapter('A laboratory result is corrected');
  const glucose = (value: number, status: string): Promise<Uint8Array> => written('Observation-f001', (resource) => {
    resource['status'] = status;
    (resource['valueQuantity'] as { value: number }).value = value;
  });
  const subject = patient.handle;
  const wrong = salted(await glucose(3.6, 'final'));
  const anchored = await world.send(anchors.anchor(api, org, wrong.commitment, { subject }), steward);
  const old = anchors.anchoredAt(anchored);
  await out.did(anchored, `a glucose of 3.6 mmol/l, as the laboratory reported it: slot ${old.org}/${old.seq}`);

  const right = salted(await glucose(6.3, 'corrected'));
  const corrected = await world.send(anchors.amend(api, org, old.seq, 'Corrects', right.commitment, { subject }), steward);
  const now = anchors.anchoredAt(corrected);
  await out.did(corrected, `it was 6.3 mmol/l: slot ${now.org}/${now.seq}, which corrects slot ${old.org}/${old.seq}`);

  const [before, after] = await Promise.all([
    anchors.verify(api, old, wrong.commitment), anchors.verify(api, now, right.commitment),
  ]);
  expect(before.ok && before.status === 'Superseded' && before.version === 1, 'the old result is not superseded');
  expect(after.ok && after.status === 'Current' && after.version === 2, 'the corrected result does not stand as version 2');
  out.saw(`verify: the old result is ${before.status}, the corrected one ${after.status}, version ${after.version}`);
  const then = await anchors.verify(api, old, wrong.commitment, before.anchoredAt);
  expect(then.ok && then.status === 'Current', 'the old result did not stand when it was anchored');
  out.saw('as of the moment at which it was anchored, the old result still stood: the past does not change');

  const second = salted(await glucose(6.4, 'corrected'));
  const reason = await fails(world, anchors.amend(api, org, old.seq, 'Corrects', second.commitment, { subject }), steward, 'PreviousNotHead');
  out.refused('a second correction of the old result, beside the first', reason);
}
