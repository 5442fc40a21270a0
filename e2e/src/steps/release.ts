import { join } from 'node:path';
import {
  anchors, best, classify, commitmentOf, finalised, IntegrityBroken, open, receive, ReleaseGate, ReleaseRefused,
  signRequest, verifyLog, type Purpose, type Released, type SignedRequest,
} from '@salus/client';
import { FileReplayCache } from '@salus/client/node';
import type { KeyringPair } from '@polkadot/keyring/types';
import { CHAIN } from '../chains.js';
import { expect, Surprise } from '../transcript.js';
import { until } from '../wait.js';
import type { Institution, Patient, World } from '../world.js';
import type { Institutions } from './admission.js';
import type { Records } from './records.js';
import type { Staff } from './staff.js';

/** The hospital's gate, and how others ask it. */
export interface Counter {
  gate: ReleaseGate;
  ask: (who: KeyringPair, organisation: number | undefined, recordId: string, purpose: Purpose) => Promise<SignedRequest>;
  /** The refusal that must come, as its reason. */
  refusal: (signed: SignedRequest) => Promise<string>;
  /** Stops the gate, and starts it anew from its files. */
  restart: () => Promise<void>;
}

/** Opens the hospital's gate. */
export async function openCounter(world: World, { hospital }: Institutions, records: Records): Promise<Counter> {
  const { api } = world;
  const start = async () => new ReleaseGate({
    api, custodian: hospital.org, identity: hospital.agreement.identity, store: records.store,
    log: hospital.log, replays: await FileReplayCache.open(join(world.folder, 'hospital-requests.jsonl')),
    freshness: { clock: CHAIN.clock },
    // No system of theirs fetches records by itself: the houses have agreed on that.
    requesterKind: () => 'person',
  });
  const counter: Counter = {
    gate: await start(),
    ask: async (who, organisation, recordId, purpose) => signRequest(api.genesisHash.toHex(), who, {
      custodian: hospital.org, recordId, purpose, action: 'Read', expiry: await world.now() + 300,
      ...(organisation === undefined ? {} : { organisation }),
    }),
    refusal: async (signed) => {
      try {
        await counter.gate.release(signed);
      } catch (error) {
        if (error instanceof ReleaseRefused) return error.reason;
        throw error;
      }
      throw new Surprise(`the gate released ${signed.request.recordId} for ${signed.request.purpose}`);
    },
    restart: async () => {
      await counter.gate.summarise();
      counter.gate = await start();
    },
  };
  return counter;
}

const flipped = (bytes: Uint8Array, at: number): Uint8Array => {
  const changed = bytes.slice();
  changed[at] = (changed[at] as number) ^ 1;
  return changed;
};

/** Fails with {@link IntegrityBroken}, or it is a surprise. */
async function breaks(attempt: Promise<unknown>, what: string): Promise<string> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof IntegrityBroken) return error.message;
    throw error;
  }
  throw new Surprise(`${what} went unnoticed`);
}

/** Waits until the approval is final: the gate acts on nothing less. */
const untilFinal = (world: World, block: number): Promise<true> =>
  until(`block ${block} is final`, async () => (await finalised(world.api)).number >= block);

export async function release(
  world: World,
  institutions: Institutions,
  { specialist, biller }: Staff,
  patient: Patient,
  records: Records,
  counter: Counter,
): Promise<void> {
  const { api, out } = world;
  const { hospital, clinic, insurer } = institutions;
  const { ask, refusal } = counter;
  out.chapter('The hospital\'s gate hands out records, and refuses');
  await untilFinal(world, (await best(api)).number);

  const receiveAt = (who: Institution, identity: string, signed: SignedRequest, released: Released) =>
    receive(released, { api, identity, log: who.log, request: signed.request, requesterKind: 'person', freshness: { clock: CHAIN.clock } });

  // The record that is anchored alone, and one of the batch with its path.
  for (const [recordId, what, expected] of [
    [records.report, 'the laboratory report, a complete blood count', 'Laboratory'],
    [records.inBatch('Observations'), 'an observation of the batch', 'Observations'],
  ] as const) {
    const signed = await ask(specialist, clinic.org, recordId, 'Treat');
    const released = await counter.gate.release(signed);
    out.saw(`the cardiologist asks for ${what}, to treat: released`);
    out.because(released.decision.reason);
    const received = await receiveAt(clinic, clinic.agreement.identity, signed, released);
    // The clinic has the report without its results.
    const { resourceType, dataClass } = classify(received.record, { missingResults: 'tell' });
    expect(dataClass === expected, `${what} is of the class ${dataClass}`);
    out.because(`decrypted: ${resourceType} of the class ${dataClass}, ${received.record.length} bytes; it is what was anchored, and it stands`);

    if (recordId !== records.report) continue;
    await breaks(open(flipped(released.envelope, released.envelope.length - 20), clinic.agreement.identity), 'a changed envelope');
    const changed = { ...received, record: flipped(received.record, 100) };
    const verified = await anchors.verify(api, released.anchor, commitmentOf(changed));
    expect(!verified.ok && verified.reason === 'NotAMember', 'a changed record verifies');
    out.refused('one flipped bit: the envelope does not open, and the record does not verify', verified.reason);
    await breaks(open(released.envelope, insurer.agreement.identity), 'a stranger\'s key');
    out.refused('the insurer\'s key does not open that envelope', 'it is encrypted to the clinic alone');
    out.refused('the same request again', await refusal(signed));
    await counter.restart();
    out.refused('the same request again, to the gate after a restart', await refusal(signed));
  }

  out.refused('the cardiologist, for payment', await refusal(await ask(specialist, clinic.org, records.report, 'Hpaymt')));
  out.refused('the cardiologist, the radiology report, a head CT: imaging was not granted', await refusal(await ask(specialist, clinic.org, records.scan, 'Treat')));
  out.refused('the cardiologist, a document: asked for, but not granted', await refusal(await ask(specialist, clinic.org, records.inBatch('Documents'), 'Treat')));
  out.refused('the insurer\'s claims officer, for payment', await refusal(await ask(biller, insurer.org, records.report, 'Hpaymt')));
  out.refused('the insurer\'s claims officer, pretending to treat', await refusal(await ask(biller, insurer.org, records.report, 'Treat')));
  out.refused('the claims officer, pretending to be of the clinic', await refusal(await ask(biller, clinic.org, records.report, 'Treat')));
  const signed = await ask(biller, clinic.org, records.report, 'Treat');
  signed.request.requester = specialist.address;
  out.refused('the claims officer, under the cardiologist\'s name', await refusal(signed));

  const own = await ask(patient.pair, undefined, records.report, 'Patrqt');
  const opened = await open((await counter.gate.release(own)).envelope, patient.agreement.identity);
  out.saw(`the patient asks for the own record: released, ${opened.record.length} bytes`);

  await counter.gate.summarise();
  const [source, recipient] = await Promise.all([hospital.log.entries(), clinic.log.entries()]);
  verifyLog(source);
  verifyLog(recipient);
  const released = new Set(source.filter(({ outcome }) => outcome === 'released').map(({ hash }) => hash));
  expect(released.size === 3 && recipient.length === 2, 'the logs do not tell of every disclosure');
  const paired = recipient.every((entry) => entry.outcome === 'received' && entry.counterpart && released.has(entry.counterpart));
  expect(paired, 'the two logs do not agree');
  out.saw(`both sides log: ${source.length} entries at the hospital, ${recipient.length} at the clinic, each chained and paired`);
  const counted = source.flatMap((entry) => (entry.outcome === 'unauthenticated' ? [entry.failures] : []));
  expect(counted.length === 2, 'those who could not be authenticated are not told of in one entry for each time the gate ran');
  out.because(`two entries, one for each time the gate ran, count those who could not be authenticated: ${JSON.stringify(counted)}`);
}
