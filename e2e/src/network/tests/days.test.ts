/** Days go by: whoever fell silent is named, an emergency that nobody reviewed was unjustified, and what waits for a day holds. */
import assert from 'node:assert/strict';
import { acknowledgement, best, care, consent, decideAt, emergency, identity, snapshot, type ApiPromise, type Included } from '@salus/client';
import { accessLog } from '@salus/exchange';
import { allows, type AccessEvent, type Hex, type LogEntry, type Question } from '@salus/types';
import { headsOf } from '../../heads.js';
import { admission, type Institutions } from '../../steps/admission.js';
import { allFail, fails } from '../../steps/amendment.js';
import { signWord } from '../../steps/care.js';
import { registerPatient, registerPatients } from '../../steps/patient.js';
import { takeOnStaff, type Staff } from '../../steps/staff.js';
import { Transcript } from '../../transcript.js';
import { DAY, World, type Institution, type Patient } from '../../world.js';
import { heads, lagOf, Network, saw, scene } from '../harness.js';

const HOUR = 3_600;
/** Longer than an emergency can be reviewed, and than a log may go without a commit. */
const LATER = 74 * HOUR;

let api: ApiPromise;
let world: World;
let institutions: Institutions;
let staff: Staff;
let patient: Patient;
let broken: number;
/** A moment at which the emergency let. */
let then: number;
/** One that took something back from the clinic, one that froze its handle, and one that chose a base decision of Permit. */
let others: [withdrawn: Patient, frozen: Patient, open: Patient];
/** What the second had signed for the hospital before it froze, and until when the admission was to last. */
let ahead: care.SignedWord;

/** What an organisation has logged, compared with the heads that the chain has now. */
async function audit(institution: Institution, entries: readonly LogEntry[], epoch?: number): Promise<accessLog.LogReport> {
  return accessLog.verifyLogAgainstHeads({ ...await headsOf(api, await best(api), institution), entries, epoch });
}

const kinds = ({ findings }: accessLog.LogReport): string[] => {
  for (const finding of findings) saw(accessLog.findingInWords(finding));
  return findings.map(({ kind }) => kind);
};

const standsOf = ({ org }: Institution): Promise<accessLog.Custodian | undefined> => accessLog.logCommits({ api }).custodian(org);

async function commitTo({ org, log }: Institution): Promise<accessLog.NextCommit> {
  return accessLog.nextCommit(org, await accessLog.logCommits({ api }).custodian(org), await log.entries());
}

const answer = async (at?: number): Promise<string> => (await decideAt(await best(api), {
  subject: patient.handle, actor: { organisation: institutions.clinic.org, practitioner: staff.specialist.address },
  purpose: 'Btg', action: 'Read', dataClass: 'Medications', at,
})).verdict;

scene('four validators, two custodians and an emergency', () => Network.start({ sessionLength: 20 }), (step) => {
  step('a record is given out, both sides commit to their logs, and the glass is broken', 300, async (network) => {
    api = await network.api();
    world = new World(api, new Transcript(api, () => undefined), network.folder);
    institutions = await admission(world);
    staff = await takeOnStaff(world, institutions);
    const { hospital, clinic } = institutions;
    patient = await registerPatient(world, hospital, staff);
    const event: AccessEvent = {
      time: await world.now(), side: 'source', organisation: hospital.org, outcome: 'released', requestId: `0x${'5a'.repeat(32)}`, recordId: 'echo',
      requester: staff.specialist.address, requesterOrganisation: clinic.org, purpose: 'Btg', action: 'Read', decision: 'Emergency 0',
    };
    const { hash } = await hospital.log.append(event);
    await clinic.log.append({ ...event, side: 'recipient', organisation: clinic.org, outcome: 'received', counterpart: hash as Hex, custodian: hospital.org });
    await Promise.all([
      world.sendForGood(accessLog.commit(api, await commitTo(hospital)), staff.steward),
      world.sendForGood(accessLog.commit(api, await commitTo(clinic)), staff.officer),
    ]);
    const declared = await world.sendForGood(emergency.breakGlass(api, {
      organisation: clinic.org, patient: patient.handle, reason: 'ConsentUnobtainable', classes: ['Medications'], detail: `0x${'5b'.repeat(32)}`,
    }), staff.specialist);
    broken = emergency.declaredAs(declared);
    then = await world.now();
    assert.equal(await answer(), 'Emergency');
    for (const institution of [hospital, clinic]) assert.deepEqual(kinds(await audit(institution, await institution.log.entries())), []);
  });

  step('something is taken back, a handle is frozen that has signed ahead, and a base decision is asked for', 120, async () => {
    const { hospital, clinic } = institutions;
    others = await registerPatients(world, hospital, staff, 3) as typeof others;
    const [withdrawn, frozen, open] = others;
    const until = await world.now() + LATER + 14 * DAY;
    // A word of a block before the freeze, that expires only after it.
    ahead = await signWord(world, hospital, frozen, until, { life: LATER + HOUR / 2 });
    await Promise.all([
      world.send(consent.permit(api, { organisation: clinic.org }, { actions: ['Read'], purposes: ['Treat'], classes: ['Laboratory'], until }), withdrawn.pair),
      world.send(care.invite(api, hospital.org, until), frozen.pair),
      world.send(consent.relaxBaseDecision(api, 'Permit'), open.pair),
    ]);
    await Promise.all([world.send(consent.revoke(api, 0), withdrawn.pair), world.send(identity.freeze(api), frozen.pair)]);
    await world.sendForGood(identity.unfreeze(api), frozen.pair);
    assert.deepEqual((await acknowledgement.revocation(api, withdrawn.handle, 0))?.notice, { kind: 'Awaited' });
    await fails(world, acknowledgement.markOverdue(api, withdrawn.handle, 0), world.registrar, 'TooEarly', 'acknowledgement');
  });

  step('every node is off, and on again 74 hours later: the chain goes on', 300, async (network) => {
    const before = await heads(network.member('Alice'));
    await Promise.all(network.members.map((member) => member.stop()));
    await Promise.all(network.members.map((member) => member.start({ clock: LATER })));
    await network.everywhere('six more are final', 200, (seen) => seen.finalised.number >= before.best.number + 6 && lagOf(seen) <= 6);
    const now = await world.now();
    saw(`${Math.floor((now - then) / HOUR)} hours have gone by on the chain`);
    assert.ok(now - then >= LATER - HOUR, 'they have not');
  });

  step('what nobody reviewed is unjustified, without a transaction, and answers about then stay', 60, async () => {
    const record = await emergency.emergencyOf(api, broken);
    assert.deepEqual(record?.outcome, { kind: 'UnjustifiedBySilence' });
    assert.deepEqual(await emergency.outcomeAt(api, broken, then), { kind: 'Pending' });
    const { counts, credit } = await emergency.standing(api, institutions.clinic.org);
    const all = api.consts.emergency.credit.toNumber();
    saw(`the clinic's credit is ${credit} of ${all}`);
    assert.deepEqual([counts.bySilence, counts.justified, counts.unjustified], [1, 0, 0]);
    assert.ok(credit < all, 'its credit has not shrunk');
    await fails(world, emergency.review(api, institutions.clinic.org, broken, 'Justified'), staff.officer, 'ReviewTooLate', 'emergency');
    assert.deepEqual([await answer(then), await answer()], ['Emergency', 'Deny']);
  });

  step('what the clinic has not acknowledged by then anybody marks as overdue, and a late answer stays late', 120, async () => {
    const { clinic } = institutions;
    const [{ handle }] = others;
    const stands = async (): Promise<acknowledgement.Notice | undefined> => (await acknowledgement.revocation(api, handle, 0))?.notice;
    const counts = async (): Promise<number[]> => {
      const { onTime, late, overdue } = await acknowledgement.tally(api, clinic.org);
      return [onTime, late, overdue];
    };
    // Silence is told by whoever asks, and counted when somebody has marked it.
    assert.deepEqual([await stands(), await counts()], [{ kind: 'Overdue', markedAt: undefined }, [0, 0, 0]]);
    const marking = acknowledgement.markOverdue(api, handle, 0);
    const marked = await world.send(marking, world.registrar);
    assert.deepEqual([await stands(), await counts()], [{ kind: 'Overdue', markedAt: await world.momentOf(marked) }, [0, 0, 1]]);
    await fails(world, marking, world.registrar, 'AlreadyOverdue', 'acknowledgement');
    const late = await world.send(acknowledgement.acknowledge(api, clinic.org, handle, 0), staff.officer);
    assert.deepEqual([await stands(), await counts()], [{ kind: 'Acknowledged', at: await world.momentOf(late), onTime: false }, [0, 1, 0]]);
    await fails(world, marking, world.registrar, 'AlreadyAcknowledged', 'acknowledgement');
    saw('marked by somebody else, and acknowledged late');
  });

  step('a handle that was frozen is Active again, and what was signed or invited before the freeze opens nothing', 120, async () => {
    const { hospital } = institutions;
    const [, { handle }] = others;
    assert.equal((await identity.resolve(api, handle))?.state, 'Active');
    // Within its time, with the number that is due, and of a block that is not old: the nodes made none meanwhile.
    const opening = care.openFor(api, hospital.org, 'Admission', ahead);
    await allFail(world, [[opening, 'WordVoid'], [care.open(api, hospital.org, handle, 'Admission', ahead.until), 'InvitationStopped']], staff.nurse, 'care');
    assert.deepEqual(await care.relationships(api, handle), []);
    const anew = await signWord(world, hospital, others[1], ahead.until);
    await world.send(care.openFor(api, hospital.org, 'Admission', anew), staff.nurse);
    assert.ok((await care.relationships(api, handle)).some(({ live }) => live));
  });

  step('a base decision of Permit holds when somebody applies it: it lets read and export, and no more, and ends at once', 120, async () => {
    const { hospital, clinic, insurer } = institutions;
    const [, , open] = others;
    const ask = async ({ blockHash }: Pick<Included, 'blockHash'>, more: Partial<Question>): Promise<string> => {
      const { verdict, why } = await decideAt(await snapshot(api, blockHash), {
        subject: open.handle, actor: { organisation: clinic.org, practitioner: staff.specialist.address },
        purpose: 'Treat', action: 'Read', dataClass: 'Imaging', ...more,
      });
      return allows({ verdict, why }) ? `${verdict} ${why.kind}` : verdict;
    };
    const applied = await world.send(consent.applyLift(api, open.handle, { baseDecision: 'Permit' }), world.registrar);
    const from = await world.momentOf(applied);
    assert.deepEqual(await consent.baseDecisions(api, open.handle), [{ from, decision: 'Permit' }]);
    for (const more of [
      {}, { action: 'Export' }, { actor: { organisation: hospital.org } }, { purpose: 'Hmarkt' },
      { purpose: 'Hpaymt', actor: { organisation: insurer.org, practitioner: staff.biller.address } },
    ] as Partial<Question>[]) assert.equal(await ask(applied, more), 'Permit Base', JSON.stringify(more));
    for (const more of [
      { action: 'Amend' }, { action: 'Redisclose' }, { purpose: 'Btg' }, { labels: ['Hiv'] }, { at: from - 1 },
      // Who has no credential for it: an insurer treats nobody, and the clinic's specialist is nobody at the hospital.
      { actor: { organisation: insurer.org, practitioner: staff.biller.address } }, { actor: { organisation: hospital.org, practitioner: staff.specialist.address } },
    ] as Partial<Question>[]) assert.equal(await ask(applied, more), 'Deny', JSON.stringify(more));
    const ended = await world.send(consent.setBaseDecision(api, 'Unset'), open.pair);
    assert.equal(ended.fee, 0n);
    assert.deepEqual([await ask(ended, {}), await ask(ended, { at: from })], ['Deny', 'Permit Base']);
  });

  step('both custodians are stale by name, and one that commits again was so for just that time', 120, async () => {
    const { hospital, clinic } = institutions;
    for (const institution of [hospital, clinic]) assert.deepEqual(kinds(await audit(institution, await institution.log.entries())), ['Stale']);
    const before = await standsOf(hospital);
    await world.sendForGood(accessLog.commit(api, await commitTo(hospital)), staff.steward);
    const after = await standsOf(hospital);
    const report = await audit(hospital, await hospital.log.entries());
    assert.deepEqual(kinds(report), ['Stale']);
    const from = (before?.lastAt ?? 0) + accessLog.heartbeatOf(await best(api));
    assert.deepEqual(report.findings[0]?.moments, { from, until: after?.lastAt });
    assert.equal(report.proved?.commit, 1);
  });

  step('a log that is begun anew is named as that, and the one before is still proved', 120, async () => {
    const { clinic } = institutions;
    const entries = await clinic.log.entries();
    const stands = await standsOf(clinic);
    assert.ok(stands);
    await world.sendForGood(accessLog.beginAnew(api, clinic.org, stands.head), staff.officer);
    assert.deepEqual([(await standsOf(clinic))?.epoch, (await standsOf(clinic))?.entries], [1, 0n]);
    const anew = await audit(clinic, []);
    assert.deepEqual(kinds(anew), ['BegunAnew', 'Stale']);
    const former = await audit(clinic, entries, 0);
    assert.deepEqual([kinds(former), former.proved?.entries], [['BegunAnew', 'Stale'], entries.length]);
    // Whoever has lost it cannot hide that: of its epoch it is cut off.
    assert.ok(kinds(await audit(clinic, [], 0)).includes('Truncated'));
  });

  step('the day of the disclosure is over: both say what they found of it, and agree', 120, async () => {
    const { hospital, clinic } = institutions;
    const [ours, theirs] = await Promise.all([hospital.log.entries(), clinic.log.entries()]);
    const day = accessLog.dayOf(ours[0]?.time ?? 0);
    const both = await Promise.all([
      accessLog.reconcile({ organisation: hospital.org, counterparty: clinic.org, day, ours, theirs }),
      accessLog.reconcile({ organisation: clinic.org, counterparty: hospital.org, day, ours: theirs, theirs: ours }),
    ]);
    for (const { counts } of both) assert.deepEqual(counts, { matched: 1, onlyOurs: 0, onlyTheirs: 0 });
    await Promise.all([
      world.sendForGood(accessLog.attestReconciled(api, hospital.org, clinic.org, day, both[0].counts), staff.steward),
      world.sendForGood(accessLog.attestReconciled(api, clinic.org, hospital.org, day, both[1].counts), staff.officer),
    ]);
    await fails(world, accessLog.attestReconciled(api, hospital.org, clinic.org, day, both[0].counts), staff.steward, 'AlreadyAttested', 'accessLog');
  });
});
