/** A year goes by: what had to be kept may leave, and a receipt of then is as good as ever. */
import assert from 'node:assert/strict';
import { anchors, best, handleOf, identity, registry, sealed, type AnchorRef, type ApiPromise } from '@salus/client';
import { newAgreementKey } from '@salus/exchange';
import { receipts } from '@salus/receipts';
import { commit, newSalt, utf8, type Decision } from '@salus/types';
import { Verifier } from '../../verifier.js';
import { account, eventsNamed, heads, lagOf, Network, refusal, saw, scene, send, blockAt } from '../harness.js';

const DAY = 86_400;
/** An emergency summary is kept for a year. */
const LATER = 366 * DAY;

let api: ApiPromise;
let anchor: AnchorRef;
let verifier: Verifier;
let receipt: string;
let record: string;
/** A patient that has sealed a Permit for the hospital, what opens it, and a moment at which it let. */
let patient: string;
let opening: sealed.Opening;
let then: number;

const evict = (by: string) => send(api, anchors.evict(api, anchor.org, [anchor.seq]), account(by));

/** May the hospital read what bears a label, by whoever has the opening? */
const withOpening = async (at?: number): Promise<Decision> => sealed.decideWithAt(await best(api), {
  subject: patient, actor: { organisation: anchor.org }, purpose: 'Treat', action: 'Read', dataClass: 'Laboratory', labels: ['Hiv'], at,
}, new Map([[0, opening]]));

scene('four validators and one record', () => Network.start({ sessionLength: 20 }), (step) => {
  step('an emergency summary is anchored, and its receipt made', 200, async (network) => {
    api = await network.api();
    const admin = account('Hospital');
    const org = registry.appliedAs(await send(api, registry.apply(api, ['Provider'], `0x${'11'.repeat(32)}`), admin));
    await send(api, registry.admit(api, org, 'Provider', Math.floor(Date.now() / 1000) + 2 * LATER), account('Registrar'));
    const [salt, bytes] = [newSalt(), utf8('Penicillin allergy; blood group 0 negative.')];
    const included = await send(api, anchors.anchor(api, org, commit(salt, bytes), { retention: 'EmergencySummary' }), admin);
    anchor = anchors.anchoredAt(included);
    const made = await receipts.make(api, [{ anchor, salt, record: bytes, name: 'summary' }]);
    process.env['SALUS_CHAIN_SPEC'] = network.spec;
    verifier = await Verifier.prepare(api, network.folder);
    receipt = await verifier.keep('summary.receipt.json', made);
    record = await verifier.keep('summary.txt', bytes);
    const today = await verifier.verify(receipt, record, 'summary', network.member('Bob').url);
    saw(`exit code ${today.code}: ${today.sentence}`);
    assert.equal(today.code, 0);
  });

  step('nobody takes it off the chain before its time', 60, async () => {
    const early = await refusal(() => evict('Ferdie'));
    saw(`evicted at once: ${early}`);
    assert.equal(early, 'recordAnchor.RetentionNotOver');
  });

  step('a patient lets the hospital read what bears a label, by a sealed directive', 120, async () => {
    const who = account('Eve');
    await send(api, identity.register(api, (await newAgreementKey()).publicKey), who);
    patient = handleOf(api.genesisHash.toHex(), who.address);
    opening = sealed.newOpening({ grantee: { organisation: anchor.org }, actions: ['Read'], purposes: ['Treat'], classes: ['Laboratory'], labels: ['Hiv'] });
    await send(api, (await sealed.sealing(api, patient, 'Permit', opening, Math.floor(Date.now() / 1000) + 90 * DAY)).call, who);
    const { verdict, why, moment } = await withOpening();
    assert.deepEqual([verdict, why], ['Permit', { kind: 'SealedDirective', sealed: 0 }]);
    then = moment;
  });

  step('every node is off, and on again a year later: the chain goes on', 300, async (network) => {
    const before = await heads(network.member('Alice'));
    await Promise.all(network.members.map((member) => member.stop()));
    await Promise.all(network.members.map((member) => member.start({ clock: LATER })));
    await network.everywhere('six more are final', 200, (seen) =>
      seen.finalised.number >= before.best.number + 6 && lagOf(seen) <= 6);
    const { finalised } = await heads(network.member('Alice'));
    const now = (await (await api.at(finalised.hash)).query.timestamp.now()).toNumber();
    const { epochIndex, currentSlot } = (await api.at(finalised.hash)).query.babe;
    saw(`block ${finalised.number} is final, of ${new Date(now).toISOString()}; epoch ${(await epochIndex()).toString()}, slot ${(await currentSlot()).toString()}`);
    assert.ok(now - Date.now() > (LATER - DAY) * 1000, 'no year has gone by on the chain');
  });

  step('the sealed directive has ended by itself: its opening opens nothing, and answers about then stay', 60, async () => {
    const [now, past] = [await withOpening(), await withOpening(then)];
    saw(`with the opening: ${now.verdict} now, and ${past.verdict} as of then`);
    assert.deepEqual([now.verdict, now.why], ['Deny', { kind: 'Default' }]);
    assert.deepEqual([past.verdict, past.why], ['Permit', { kind: 'SealedDirective', sealed: 0 }]);
  });

  step('anybody takes it off the chain now', 90, async (network) => {
    const { blockNumber } = await evict('Ferdie');
    const [event] = eventsNamed(await blockAt(api, blockNumber), 'recordAnchor.Evicted');
    assert.ok(event, 'no event tells of it');
    saw(`evicted in block ${blockNumber}`);
    assert.ok((await api.query.recordAnchor.anchors(anchor.org, anchor.seq)).isNone);
    // Whoever verifies is told of what is final.
    await network.everywhere('the eviction is final', 60, ({ finalised }) => finalised.number >= blockNumber);
  });

  step('the receipt of then verifies offline; a node says what became of the record', 120, async (network) => {
    const offline = await verifier.verify(receipt, record, 'summary');
    saw(`${verifier.how}: exit code ${offline.code}: ${offline.sentence}`);
    assert.equal(offline.code, 0);
    const today = await verifier.verify(receipt, record, 'summary', network.member('Bob').url);
    saw(`exit code ${today.code}: ${today.sentence}`);
    assert.equal(today.code, 4);
    assert.match(today.sentence, /evicted/);
  });

  step('and the chain makes receipts as before, over the year without blocks', 200, async (network) => {
    const [salt, bytes] = [newSalt(), utf8('A note of the year after.')];
    const included = await send(api, anchors.anchor(api, anchor.org, commit(salt, bytes)), account('Hospital'));
    const made = await receipts.make(api, [{ anchor: anchors.anchoredAt(included), salt, record: bytes, name: 'note' }]);
    const fresh = await Verifier.prepare(api, network.folder);
    const { code, sentence } = await fresh.verify(await fresh.keep('note.receipt.json', made), await fresh.keep('note.txt', bytes), 'note');
    saw(`exit code ${code}: ${sentence}`);
    assert.equal(code, 0);
  });
});
