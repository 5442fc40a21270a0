import { addressEq } from '@polkadot/util-crypto';
import { finalised, type Snapshot } from '@salus/client';
import { accessLog } from '@salus/exchange';
import type { LogEntry } from '@salus/types';
import { headsOf } from '../heads.js';
import { clock, expect } from '../transcript.js';
import { until } from '../wait.js';
import type { World } from '../world.js';
import { fails } from './amendment.js';
import { NO_GATEWAYS, type House, type Houses } from './gateways.js';
import { REPORT, SCAN } from './records.js';
import type { Staff } from './staff.js';

/** Waits until a gateway has committed to all that it has logged so far. Answers the final state that tells of it. */
async function committedTo({ api, out }: World, { org, name, gateway }: House): Promise<Snapshot> {
  const { length } = await gateway.log();
  const [state, at] = await until(`the gateway of ${name} has committed to ${length} entries`, async () => {
    const final = await finalised(api);
    const { stands } = await accessLog.allCommits(accessLog.logCommits(final), org);
    return stands?.entries === BigInt(length) && [final, stands.lastAt] as const;
  });
  out.saw(`the gateway of ${name} has committed to its access log by itself, at ${clock(at)}: ${length} entries, and to what comes once a day`);
  return state;
}

/** What an auditor finds in a log, compared with the heads in the state of a block. */
async function audit({ api }: World, institution: House, entries: LogEntry[], at: Snapshot): Promise<accessLog.LogReport> {
  return accessLog.verifyLogAgainstHeads({ ...await headsOf(api, at, institution), entries });
}

/** A gateway compares its log of a day with the other one's. */
interface Compared {
  counts: accessLog.Counts;
  disagreements: unknown[];
}

/** Both gateways commit to their logs; an auditor verifies and compares them, and so do the gateways, and the patient reads who looked. */
export async function whoLooked(world: World, houses: Houses | undefined, { steward, nurse, specialist }: Staff): Promise<void> {
  const { api, out } = world;
  out.chapter('Who looked: the logs of both gateways, an auditor, and the patient');
  if (!houses) return out.skipped('this chapter', NO_GATEWAYS);
  const { hospital, clinic } = houses;
  await hospital.handIn();
  out.saw('the hospital gives its gateway the key of a data steward, too');
  await committedTo(world, clinic);
  const committed = await committedTo(world, hospital);
  const again = { organisation: hospital.org, seqFrom: 0n, seqUntil: 0n, root: accessLog.EMPTY_ROOT, previous: accessLog.HEAD_ORIGIN };
  out.refused('the hospital, to begin its log anew', await fails(world, accessLog.commit(api, again), steward, 'WrongPrevious', 'accessLog'));
  out.refused('a nurse, to commit', await fails(world, accessLog.commit(api, again), nurse, 'NotAuthorised', 'accessLog'));

  const [ours, theirs] = await Promise.all([hospital.gateway.log(), clinic.gateway.log()]);
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
  // Midnight may have passed since the journey began.
  const days = [day - 1, day];
  const sum = (found: readonly Pick<accessLog.Comparison, 'counts'>[], which: keyof accessLog.Counts): number => found.reduce((all, { counts }) => all + counts[which], 0);
  const found = await Promise.all(days.map((each) => accessLog.reconcile({ ...sides, day: each })));
  const received = theirs.filter(({ outcome }) => outcome === 'received').length;
  const matched = sum(found, 'matched');
  const byOwnKey = sum(found, 'onlyOurs');
  expect(matched === received && received > 0 && sum(found, 'onlyTheirs') === 0, `${matched} of ${received} disclosures match`);
  const persons = found.flatMap(({ onlyOurs }) => onlyOurs).every(({ requester }) => addressEq(requester, specialist.address));
  expect(persons && byOwnKey > 0, 'what the hospital alone has logged is not what the cardiologist read with the own key');
  out.saw(`the auditor compares them: both have logged the same ${matched} disclosures`);
  out.because(`${byOwnKey} more the hospital alone has logged: the cardiologist read them with the own key, past the clinic's gateway, and has to tell the clinic`);
  const compare = async (house: House, other: House): Promise<accessLog.Counts> => {
    const answers = await Promise.all(days.map((each) => house.gateway.house('/reconcile', JSON.stringify({ custodian: other.org, day: each }))));
    const results = answers.map((answer) => {
      expect(answer.status === 200, `the gateway of ${house.name} cannot compare: ${answer.status} ${answer.body}`);
      return answer.json() as Compared;
    });
    expect(results.every(({ disagreements }) => disagreements.length === 0), 'entries about one disclosure say different things');
    return { matched: sum(results, 'matched'), onlyOurs: sum(results, 'onlyOurs'), onlyTheirs: sum(results, 'onlyTheirs') };
  };
  const [one, other] = [await compare(hospital, clinic), await compare(clinic, hospital)];
  const same = one.matched === matched && other.matched === matched && one.onlyOurs === byOwnKey && other.onlyTheirs === byOwnKey && one.onlyTheirs === 0 && other.onlyOurs === 0;
  expect(same, `the gateways find otherwise: ${JSON.stringify([one, other])}`);
  out.saw('the two gateways ask each other for the entries about themselves, and each finds the same');
  const last = theirs.findLastIndex(({ outcome }) => outcome === 'received');
  const hidden = await Promise.all(days.map((each) => accessLog.reconcile({ ...sides, theirs: theirs.slice(0, last), day: each })));
  const known = new Set(found.flatMap(({ onlyOurs }) => onlyOurs.map(({ hash }) => hash)));
  const named = hidden.flatMap(({ onlyOurs }) => onlyOurs).filter(({ hash }) => !known.has(hash));
  expect(named.length === 1, 'an access that one side alone logged is not named');
  out.refused('the clinic\'s log without its last disclosure', `only the hospital has logged request ${named[0]?.requestId.slice(0, 10)}… of record ${named[0]?.recordId}`);
  const early = accessLog.attestReconciled(api, hospital.org, clinic.org, day, { matched, onlyOurs: 0, onlyTheirs: 0 });
  out.refused('the hospital, to attest today', await fails(world, early, steward, 'DayNotOver', 'accessLog'));

  const own = new Set([REPORT, SCAN]);
  const looks = await accessLog.looksAt((custodian, id) => custodian === hospital.org && own.has(id), [
    { organisation: hospital.org, entries: ours }, { organisation: clinic.org, entries: theirs },
  ]);
  expect(looks.some(({ outcome }) => outcome === 'released') && looks.some(({ outcome }) => outcome === 'refused'), 'the patient does not see who looked');
  out.saw(`the patient reads ${looks.length} entries about the two reports, for instance:`);
  const told = [looks.find(({ receivedAt }) => receivedAt !== undefined), looks.find(({ outcome, silent }) => outcome === 'released' && silent === clinic.org), looks.find(({ outcome }) => outcome === 'refused')];
  for (const look of told) {
    expect(look !== undefined, 'a look that the patient must see is missing');
    out.because(accessLog.lookInWords(look));
  }
  expect(told[0]?.requesterKind === 'person', 'it is not told that a person had the clinic\'s gateway look');
}
