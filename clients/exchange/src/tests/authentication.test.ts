/** Strangers at the gate: refused, counted, and unable to fill the log. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { toHex, verifyLog, type Hex, type LogEntry } from '@salus/types';
import { requestMessage, type ReleaseRequest, type SignedRequest } from '../request.js';
import { FAILURE_SUMMARY_INTERVAL } from '../tally.js';
import {
  APPLICANT, ask, askAsPatient, cast, GENESIS, openGate, READER, refused, REVOKED, START, SUSPENDED, type Cast,
} from './gate-fixture.js';

let people: Cast;

before(async () => {
  people = await cast();
});

const outcomes = (entries: LogEntry[]): string[] => entries.map(({ outcome }) => outcome);

test('strangers with fresh keys write nothing into the log, however many come', async () => {
  let claims = 0;
  const { gate, log } = openGate(people, { replays: { claim: async () => { claims += 1; return true; } } });
  for (let round = 0; round < 25; round++) {
    const stranger = people.stranger();
    await assert.rejects(gate.release(await ask(stranger)), refused(/not affiliated/));
    await assert.rejects(gate.release(await ask(stranger, { recordId: 'r2' })), refused(/not affiliated/));
    await assert.rejects(gate.release(await ask(stranger, { organisation: 1_000 + round })), refused(/none that a registrar admitted/));
    await assert.rejects(gate.release({ ...(await ask(stranger)), signature: '0x00' }), refused(/signature/));
    await assert.rejects(gate.release(await askAsPatient(stranger)), refused(/no live key/));
    await assert.rejects(gate.release(await askAsPatient(stranger, { recordId: 'r2' })), refused(/no live key/));
  }
  assert.deepEqual(await log.entries(), []);
  assert.equal(claims, 0, 'nor into the memory of answered requests');
  assert.deepEqual(gate.failures, { affiliation: 50, organisation: 25, signature: 25, notOwn: 50 });
});

test('an hour of strangers is one entry, with how many there were and why', async () => {
  const { gate, log, clock } = openGate(people);
  const visit = async (): Promise<void> => {
    await assert.rejects(gate.release(await ask(people.stranger(), { expiry: clock.now + 60 })), refused(/affiliated/));
  };
  const hours = 3;
  for (let visits = 0; visits <= 6 * hours; visits++) {
    await visit();
    clock.now += FAILURE_SUMMARY_INTERVAL / 6;
  }
  const summaries = await log.entries();
  verifyLog(summaries);
  assert.deepEqual(outcomes(summaries), Array(hours).fill('unauthenticated'));
  const [first] = summaries;
  assert.ok(first?.outcome === 'unauthenticated');
  assert.deepEqual([first.since, first.time, first.failures], [START, START + FAILURE_SUMMARY_INTERVAL, { affiliation: 6 }]);
});

test('a gate that stops writes what it has counted, once', async () => {
  const { gate, log } = openGate(people);
  await gate.summarise();
  await assert.rejects(gate.release(await ask(people.stranger())), refused(/affiliated/));
  await gate.summarise();
  await gate.summarise();
  assert.deepEqual(outcomes(await log.entries()), ['unauthenticated']);
  assert.deepEqual(gate.failures, {});
});

test('whom the chain knows is logged by name when refused, also of a suspended organisation', async () => {
  const { gate, log } = openGate(people);
  const { requester, admin } = people;
  for (const [who, organisation] of [[requester, READER], [requester, SUSPENDED], [admin, READER]] as const) {
    await assert.rejects(gate.release(await ask(who, { organisation, purpose: 'Hpaymt' })), refused(/Deny/));
  }
  assert.deepEqual(
    (await log.entries()).map((entry) => entry.outcome === 'refused' && [entry.requester, entry.requesterOrganisation]),
    ([[requester, READER], [requester, SUSPENDED], [admin, READER]] as const).map(([who, organisation]) => [toHex(who.publicKey), organisation]),
  );
  assert.deepEqual(gate.failures, {});
});

test('a role at an organisation that was never admitted, or was thrown out, is no credential', async () => {
  const { gate, log } = openGate(people);
  for (const organisation of [APPLICANT, REVOKED]) {
    await assert.rejects(gate.release(await ask(people.requester, { organisation })), refused(/none that a registrar admitted/));
    await assert.rejects(gate.release(await ask(people.admin, { organisation })), refused(/none that a registrar admitted/));
  }
  assert.deepEqual([await log.entries(), gate.failures], [[], { organisation: 4 }]);
});

test('a request sent again is counted, not logged: anybody may have copied it', async () => {
  const { gate, log } = openGate(people);
  const denied = await ask(people.requester, { purpose: 'Hpaymt' });
  const signed = await ask(people.requester);
  await gate.release(signed);
  await assert.rejects(gate.release(denied), refused(/Deny/));
  for (let again = 0; again < 5; again++) {
    await assert.rejects(gate.release(signed), refused(/answered before/));
    await assert.rejects(gate.release(denied), refused(/answered before/));
  }
  assert.deepEqual(outcomes(await log.entries()), ['released', 'refused']);
  assert.deepEqual(gate.failures, { replayed: 10 });
});

test('another spelling of an answered request is no new one', async () => {
  const { gate } = openGate(people);
  const request: ReleaseRequest = { ...(await ask(people.requester)).request, id: `0x${'0a'.repeat(32)}` };
  const signature = toHex(people.requester.sign(requestMessage(GENESIS, request)));
  await gate.release({ request, signature });
  for (const id of [`0x${'0A'.repeat(32)}`, '0a'.repeat(32), `0x${'ga'.repeat(32)}`] as Hex[]) {
    // The encoder takes it for the same id, so that the signature holds.
    assert.deepEqual(requestMessage(GENESIS, { ...request, id }), requestMessage(GENESIS, request));
    await assert.rejects(gate.release({ request: { ...request, id }, signature }), refused(/malformed/), id);
  }
});

test('what is no request at all is refused in words, and counted', async () => {
  const { gate, log } = openGate(people);
  const good = await ask(people.requester);
  const parts: { [name in keyof ReleaseRequest]?: unknown }[] = [
    { id: '0x00' }, { id: [good.request.id] }, { custodian: '4' }, { custodian: 2 ** 32 + 4 }, { organisation: 2 ** 32 + READER },
    { organisation: 0xffff_ffff }, { organisation: null }, { recordId: 7 }, { recordId: 'r'.repeat(129) }, { requester: 'nobody' },
    { requester: undefined }, { requester: '0x00' }, { requester: '5'.repeat(1_000_000) }, { purpose: 'Whim' }, { action: 'Eat' },
    { expiry: START + 0.5 }, { expiry: '1060' }, { expiry: -1 },
  ];
  const bad = [undefined, null, 1, {}, { request: null }, { ...good, signature: 'none' }, { ...good, signature: undefined },
    ...parts.map((part) => ({ ...good, request: { ...good.request, ...part } }))];
  for (const signed of bad) {
    await assert.rejects(gate.release(signed as unknown as SignedRequest), refused(/malformed/), JSON.stringify(signed));
  }
  assert.deepEqual([await log.entries(), gate.failures], [[], { malformed: bad.length }]);
});
