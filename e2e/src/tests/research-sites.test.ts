/**
 * Counts at several sites, by gateways before a real node, and a researcher with `salus-research`: one site is down, one slow, one has published a withdrawal epoch meanwhile and
 * so has another version, one reads a language that is newer than its software. Each has a line of its own, and nothing is summed.
 */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { ApiPromise } from '@salus/client';
import * as research from '@salus/research';
import type { SiteOutcome } from '@salus/research/node';
import { has, needs } from '../chains.js';
import { MailboxProxy } from '../mailbox-proxy.js';
import { storedOf } from '../research-stored.js';
import { chainArguments, Researcher, type Told } from '../researcher.js';
import { begin, people, type Peopled } from '../setting.js';
import { beginCounting, EPSILON, fillWith, haemoglobinFrom, verifyKept, type Site } from '../steps/counts.js';
import { auditEpoch, publishEpoch } from '../steps/epochs.js';
import { setUp } from '../steps/gateways.js';
import { admitted, approveStudy, permitByMatch, setUpResearch, type Researchers } from '../steps/research.js';
import { hire } from '../steps/staff.js';
import { Verifier } from '../verifier.js';
import { until } from '../wait.js';
import type { Patient } from '../world.js';

let all: Peopled;
let api: ApiPromise;
let parties: Researchers;
/** It keeps a dataset of which another version comes into force; one that is down; one that is slow. */
let mercy: Site;
let clinic: Site;
let county: Site;
let sites: Site[];
/** Those who are known to the first one. */
let atMercy: Patient[];
/** In front of the mailbox, for the one that is slow, and for the one that gets to see a job late. */
let proxy: MailboxProxy | undefined;
let late: MailboxProxy | undefined;
let researcher: Researcher | undefined;

/**
 * How many people have a result at the hospital, and as many others at the slow site; at the clinic nobody has. With an epsilon of 1 the noise of a count is beyond 17 less often
 * than once in ten million: 40 people are told as 25 to 55, and the 80 of both sites as nothing.
 */
const PEOPLE = 40;

/** Its three sites wait for one another for six minutes; `scripts/test.sh --long` runs it. Two sites are in `research.test`. */
const LONG = { skip: process.env['SALUS_LONG'] ? false : 'takes ten minutes: scripts/test.sh --long' };
const options = { ...needs('node'), ...(needs('node').skip === false ? LONG : {}), timeout: 1_500_000 };

before(async () => {
  if (options.skip !== false) return;
  all = await people(await begin());
  api = all.api;
  const { world, institutions, endpoint } = all;
  parties = await setUpResearch(world);
  const study = await approveStudy(world, parties);
  const third = await world.institution('County Hospital', 'County');
  await world.fund([third.admin]);
  await admitted(world, third, 'Provider');
  const custodians = [institutions.hospital, institutions.clinic, third];
  sites = [];
  for (const [at, institution] of custodians.entries()) {
    const house = await setUp(world, institution, endpoint, { name: `gateway-${at}`, asks: ['Auditor'] });
    await house.handIn();
    const custodian = { name: institution.name, org: institution.org, steward: await hire(world, institution, 'DataSteward') };
    sites.push({ ...custodian, house, basis: 'OptOut', ...await permitByMatch(world, parties, custodian, study) });
  }
  [mercy, clinic, county] = sites as [Site, Site, Site];
  atMercy = await fillWith(world, mercy, PEOPLE);
  await fillWith(world, county, PEOPLE);
  researcher = await Researcher.open(join(all.folder, 'researcher'), endpoint, api.genesisHash.toHex(), parties.seed);
  await beginCounting(world, researcher, sites, async (url, { org }) => {
    if (org === clinic.org) return url;
    const own = await MailboxProxy.to(url);
    if (org === county.org) proxy = own;
    else late = own;
    return own.url;
  });
});

after(async () => {
  await Promise.all((sites ?? []).map(({ house }) => house.gateway.stop()));
  await Promise.all([proxy?.close(), late?.close()]);
  await researcher?.stop();
  await all?.stop();
});

const of = (told: Told | undefined, { org }: Site): SiteOutcome => {
  const found = told?.sites.find(({ custodian }) => custodian === org);
  assert.ok(found, `nothing is said of organisation ${org}`);
  return found;
};

/** What is said of the three sites. */
const outcomes = (told: Told | undefined): string[] => sites.map((site) => of(told, site).outcome);

const countOf = (told: Told | undefined, site: Site): number => {
  const found = of(told, site).told;
  assert.ok(found && 'count' in found, `${site.name} tells no count: ${JSON.stringify(found)}`);
  return found.count;
};

/** The 40 people of one site, which alone is in the range. */
function isOneSite(told: Told | undefined, site: Site): void {
  const count = countOf(told, site);
  assert.ok(count >= 25 && count <= 55, `40 people are told as ${count}`);
  assert.deepEqual(told?.range, { least: count, most: count });
}

/** Each of both sites has told its 40 people, side by side: the 80 of both are what there are at most, and told as no count. */
function areSideBySide(told: Told | undefined): void {
  for (const site of [mercy, county]) {
    const count = countOf(told, site);
    assert.ok(count >= 25 && count <= 55, `${site.name} tells 40 people as ${count}`);
  }
  const { least, most } = told?.range ?? { least: Number.NaN, most: Number.NaN };
  assert.ok(least >= 25 && least <= 55, `at least ${least} people, of whom 40 may be the same`);
  assert.ok(most >= 60 && most <= 120, `at most ${most} people, of 80 and fewer than 10`);
}

test('of three sites one is down, one slow, one has another version: each is told by name, and none is summed', options, async () => {
  const { world } = all;
  const asking = researcher as Researcher;
  const [slow, own] = [proxy, late] as [MailboxProxy, MailboxProxy];
  const query = haemoglobinFrom('01');
  const permits = sites.map(({ permit }) => permit);
  await clinic.house.gateway.stop();
  own.isCut = true;
  slow.hold();
  const asked = await asking.ask(query, permits, 0);
  assert.deepEqual([asked.code, outcomes(asked.told), asked.told.range], [3, ['silent', 'silent', 'silent'], undefined]);

  // The hospital's gateway publishes the next epoch, which is another version, before it sees the job, and the job is of the first one.
  const published = await publishEpoch(world, mercy);
  assert.deepEqual([published.epoch, published.opening.version], [1, 1]);
  await auditEpoch(world, chainArguments(all.endpoint, api.genesisHash.toHex()), mercy, published, atMercy);
  own.isCut = false;
  const folder = await asking.open();
  await until('the hospital has replied', async () => await folder.reply(of(asked.told, mercy).job as string) !== undefined);
  await until('the slow site has its reply on the way', () => slow.held > 0);
  const [first] = await asking.collect();
  assert.deepEqual([outcomes(first), first?.range], [['oldVersion', 'silent', 'silent'], undefined]);
  assert.match(of(first, mercy).words, /^old version: another version of the dataset is in force: ask again \(oldVersion\)$/);
  for (const site of [clinic, county]) assert.match(of(first, site).words, /^silent so far; it can answer until /);
  assert.equal((await folder.answers()).length, 0, 'an answer is kept that nobody gave');

  slow.release();
  await until('the slow site has replied', async () => await folder.reply(of(asked.told, county).job as string) !== undefined);
  const second = await until('its answer is believed', async () => {
    const [told] = await asking.collect();
    return of(told, county).outcome === 'answered' && told;
  });
  assert.deepEqual(outcomes(second), ['oldVersion', 'silent', 'answered']);
  isOneSite(second, county);

  // Asked again, about the version that is in force.
  const again = await asking.ask(query, [mercy.permit]);
  assert.deepEqual([again.code, again.told.sites.map(({ outcome }) => outcome)], [0, ['answered']]);
  const [third] = await asking.collect();
  assert.deepEqual(outcomes(third), ['answered', 'silent', 'answered']);
  areSideBySide(third);

  // And the one that was down, when it is back: the job is still there.
  await clinic.house.gateway.start();
  await until('the site that was down has replied', async () => await folder.reply(of(asked.told, clinic).job as string) !== undefined);
  const last = await until('its answer is believed', async () => {
    const [told] = await asking.collect();
    return of(told, clinic).outcome === 'answered' && told;
  });
  assert.deepEqual(outcomes(last), ['answered', 'answered', 'answered']);
  areSideBySide(last);
  // Nobody is known to the clinic: with noise that is fewer than 10, or 20 at the very most. It adds that to how many there are at most, and nothing to how many at least.
  assert.equal(last.range?.least, third?.range?.least);
  const more = (last.range?.most ?? Number.NaN) - (third?.range?.most ?? Number.NaN);
  assert.ok(more >= 10 && more <= 20, `the clinic, where nobody is, adds ${more}`);
  const { code, told } = await asking.audit();
  assert.deepEqual([code, told.answers, told.believed, told.findings], [0, 3, 3, []]);
});

test('the same question is told again as it was, and costs nothing', options, async () => {
  const asking = researcher as Researcher;
  const before = await Promise.all(sites.map(({ org }) => research.population(api, org)));
  const { told, code } = await asking.ask(haemoglobinFrom('01'), sites.map(({ permit }) => permit));
  assert.equal(code, 0, JSON.stringify(told));
  const kept = await (await asking.open()).answers();
  for (const site of sites) {
    const counts = kept.filter(({ left }) => left.custodian === site.org).map(({ reply }) => {
      const { says } = research.answers.readReply(reply).reply;
      return 'answer' in says ? says.answer.count : undefined;
    });
    assert.equal(counts.length, 2);
    assert.deepEqual(counts[0], counts[1]);
  }
  for (const [at, { org }] of sites.entries()) {
    const { budget } = await research.population(api, org) as research.Population;
    assert.deepEqual(budget, before[at]?.budget);
    assert.deepEqual([budget.reserved, budget.settled], [0, EPSILON]);
  }
});

test('a site that reads a newer language than its software refuses by name', options, async () => {
  const asking = researcher as Researcher;
  const newer = proxy as MailboxProxy;
  // As a later version of the protocol could have it: a group says something that this one does not know.
  newer.rewrite = (page) => page.replaceAll('"code":"haemoglobin"', '"code":"haemoglobin","ethnicity":"any"');
  try {
    const { code, told } = await asking.ask(haemoglobinFrom('02'), [mercy.permit, county.permit]);
    assert.equal(code, 3);
    assert.deepEqual([of(told, mercy).outcome, of(told, county).outcome], ['answered', 'refused']);
    assert.equal(of(told, county).words, 'refused: it could not read the job (malformed)');
    isOneSite(told, mercy);
    assert.equal((await research.population(api, county.org))?.budget.settled, EPSILON, 'what could not be read has cost something');
  } finally {
    newer.rewrite = undefined;
  }
});

test('what is kept with an answer is verified from the genesis on, without a node', { ...options, skip: options.skip || needs('finality').skip }, async () => {
  const asking = researcher as Researcher;
  const [kept] = await (await asking.open()).answers();
  assert.ok(kept);
  assert.equal(kept.proof.format, 'salus-reservation');
  const verifier = has('finality') ? await Verifier.prepare(api, all.folder) : undefined;
  const { left } = kept;
  const { dataset, permit, id: job } = left.signed.job;
  await verifyKept(all.world, asking, verifier, { custodian: left.custodian, dataset, permit, job, outcome: 'answered', words: '' });
  // Another chain's genesis is refused, and so is an answer without its receipt.
  const pins = await (verifier as Verifier).pins();
  const other = pins.map((each, at) => (pins[at - 1] === '--genesis' ? `0x${'ab'.repeat(32)}` : each));
  await assert.rejects(asking.verify(job, other), /another chain/);
});

test('a dataset that is taken back is told as such', options, async () => {
  const { world } = all;
  await world.sendForGood(research.retireDataset(api, clinic.org, clinic.dataset), clinic.steward);
  const stored = await storedOf(api, clinic);
  if (process.env['SALUS_WRITE_TABLES']) {
    await writeFile(new URL('../../../exchange/gateway/tests/research.json', import.meta.url), `${JSON.stringify(stored, undefined, 1)}\n`);
  }
  const { told, code } = await (researcher as Researcher).ask(haemoglobinFrom('03'), [clinic.permit]);
  assert.deepEqual([code, told.sites.map(({ outcome }) => outcome), told.range], [3, ['notAsked'], undefined]);
  assert.match(of(told, clinic).words, /has taken the dataset back, for good/);
});
