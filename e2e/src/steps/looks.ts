import { accessLog, snapshot, type Included, type LogEntry } from '@salus/client';
import type { KeyringPair } from '@polkadot/keyring/types';
import { headsOf } from '../heads.js';
import { expect } from '../transcript.js';
import type { Institution, World } from '../world.js';
import type { Institutions } from './admission.js';
import { fails } from './amendment.js';
import type { Records } from './records.js';
import type { Staff } from './staff.js';

/** Commits to all that an organisation has logged so far. */
async function commitLog(world: World, { org, name, log }: Institution, officer: KeyringPair): Promise<Included> {
  const { api, out } = world;
  const next = await accessLog.nextCommit(org, await accessLog.logCommits({ api }).custodian(org), await log.entries());
  const included = await world.send(accessLog.commit(api, next), officer);
  await out.did(included, `${name} commits to its access log: entries ${next.seqFrom} to ${next.seqUntil - 1n}`);
  return included;
}

/** What an auditor finds in a log, compared with the heads in the state of a block. */
async function audit({ api }: World, institution: Institution, entries: LogEntry[], at: Pick<Included, 'blockHash'>): Promise<accessLog.LogReport> {
  return accessLog.verifyLogAgainstHeads({ ...await headsOf(api, await snapshot(api, at.blockHash), institution), entries });
}

/** Both sides commit to their logs; an auditor verifies and compares them, and the patient reads who looked. */
export async function whoLooked(world: World, { hospital, clinic }: Institutions, { steward, officer, nurse }: Staff, records: Records): Promise<void> {
  const { api, out } = world;
  out.chapter('Who looked: the logs of both sides, an auditor, and the patient');
  await commitLog(world, clinic, officer);
  const committed = await commitLog(world, hospital, steward);
  const again = { organisation: hospital.org, seqFrom: 0n, seqUntil: 0n, root: accessLog.EMPTY_ROOT, previous: accessLog.HEAD_ORIGIN };
  out.refused('the hospital, to begin its log anew', await fails(world, accessLog.commit(api, again), steward, 'WrongPrevious', 'accessLog'));
  out.refused('a nurse, to commit', await fails(world, accessLog.commit(api, again), nurse, 'NotAuthorised', 'accessLog'));

  const [ours, theirs] = await Promise.all([hospital.log.entries(), clinic.log.entries()]);
  for (const [institution, entries] of [[hospital, ours], [clinic, theirs]] as const) {
    const report = await audit(world, institution, entries, committed);
    expect(report.findings.length === 0 && report.proved?.entries === entries.length, `${institution.name}: ${report.findings.map(accessLog.findingInWords).join('; ')}`);
    out.saw(`the auditor verifies the log of ${institution.name}: ${report.lines} entries, no findings`);
  }
  const edited = ours.map((entry) => (entry.outcome === 'refused' ? { ...entry, purpose: 'Treat', decision: 'best state Permit' } : entry)) as LogEntry[];
  for (const [what, entries] of [['without its last entries', ours.slice(0, -2)], ['with its refusals changed', edited]] as const) {
    const [finding] = (await audit(world, hospital, entries, committed)).findings;
    expect(finding !== undefined, `a log ${what} passes`);
    out.refused(`the hospital's log ${what}`, accessLog.findingInWords(finding));
  }

  const day = accessLog.dayOf(await world.now());
  const sides = { organisation: hospital.org, counterparty: clinic.org, ours, theirs };
  const days = [day - 1, day].map((each) => accessLog.reconcile({ ...sides, day: each }));
  const found = await Promise.all(days);
  const [matched, alone] = [found.reduce((sum, { counts }) => sum + counts.matched, 0), found.reduce((sum, { counts }) => sum + counts.onlyOurs + counts.onlyTheirs, 0)];
  expect(matched === 2 && alone === 0, `${matched} disclosures match, and ${alone} are logged by one side alone`);
  out.saw(`compared: both sides have logged the same ${matched} disclosures`);
  const hidden = await Promise.all([day - 1, day].map((each) => accessLog.reconcile({ ...sides, theirs: theirs.slice(0, 1), day: each })));
  const named = hidden.flatMap(({ onlyOurs }) => onlyOurs);
  expect(named.length === 1, 'an access that one side alone logged is not named');
  out.refused('the clinic\'s log without its last entry', `only the hospital has logged request ${named[0]?.requestId.slice(0, 10)}… of record ${named[0]?.recordId.slice(0, 8)}…`);
  const early = accessLog.attestReconciled(api, hospital.org, clinic.org, day, { matched, onlyOurs: 0, onlyTheirs: 0 });
  out.refused('the hospital, to attest today', await fails(world, early, steward, 'DayNotOver', 'accessLog'));

  const own = new Set([records.report, records.scan]);
  const looks = await accessLog.looksAt((custodian, id) => custodian === hospital.org && own.has(id), [
    { organisation: hospital.org, entries: ours }, { organisation: clinic.org, entries: theirs },
  ]);
  expect(looks.some(({ outcome }) => outcome === 'released') && looks.some(({ outcome }) => outcome === 'refused'), 'the patient does not see who looked');
  out.saw(`the patient reads ${looks.length} entries about the two reports, for instance:`);
  for (const look of [looks.find(({ outcome }) => outcome === 'released'), looks.find(({ outcome }) => outcome === 'refused')]) {
    if (!look) continue;
    expect(look.requesterKind === 'person', 'it is not told that a person looked');
    out.because(accessLog.lookInWords(look));
  }
}
